//! Everything that can happen: told by the host or done by the person.

use crate::azure::http::{Response, Unreachable};
use crate::azure::id::{InstanceId, PointId, PointName};
use crate::config::Config;
use crate::flow::Ticket;
use crate::link::{Place, Prefix, Wish};
use crate::when::{Sense, Zone};

pub use crate::flow::Sharing;

/// What happened.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// The program begins; told once, before anything else.
    Started(Box<Start>),
    /// The address now says this (the fragment, `#` included): Back, Forward, a link, a typed address.
    AddressChanged(String),
    /// A request was answered, or was not.
    Answered(Ticket, Result<Response, Unreachable>),
    /// A wait is over.
    Woke(Ticket),
    /// The page is looked at again, or the network came back: ask at once what is being waited for.
    Resumed,
    /// The network went away (`false`) or came back.
    OnlineChanged(bool),
    /// Sign-in ended in another way than it was.
    SessionChanged(Session),
    /// Storage did not take what had to be kept.
    StorageRefused,
    /// Another tab changed a row of the journal: its prefix, and what it says now.
    EntryChanged(String, Option<String>),
    /// A claim was granted; or not, since a page of this program holds that name: another one, or this one.
    Claimed(Ticket, bool),
    /// Copying went well, or not.
    Copied(bool),
    /// The system did not share what it was given.
    NotShared,
    /// Whether this page may show notifications, after the person was asked.
    NoticesChanged(Notices),
    /// A key was pressed that is a shortcut, where nothing could be typed into; or the button that says the same.
    KeyPressed(Key),
    /// The list of shortcuts was closed.
    HelpClosed,
    /// Single keys are to be shortcuts, or not.
    KeysSwitched(bool),

    /// Sign in was pressed.
    SignInPressed,
    /// Sign in was pressed where Azure wants more proof: the claims that it asks for, as JSON.
    ProofPressed(String),
    /// "Switch to …" was pressed, or "Open it as …": the account with this id is to be the one in use.
    UseAccountPressed(String),
    /// Sign out was pressed.
    SignOutPressed,
    /// A field was typed into or chosen from.
    Typed(Field, String),
    /// The search field's form was submitted.
    OpenPressed,
    /// The row of a server came on screen.
    RowShown(InstanceId),
    /// "Show 100 more" was pressed, below the servers that are drawn.
    MorePressed,
    /// "Read every vault instead" was pressed.
    ReadVaultsPressed,
    /// A recovery point was chosen.
    PointChosen(PointName),
    /// "Read it as UTC instead" was pressed, or what takes the time that was typed in another sense.
    ReadAsPressed(Sense),
    /// The target's form was submitted.
    TargetPressed,
    /// "Create this container" was pressed.
    MakePressed,
    /// "Check with Azure" was pressed.
    CheckPressed,
    /// "Read again" was pressed, beside the servers or beside what is known beforehand; or "Ask again", about this host.
    ReadAgainPressed,
    /// "Assign the role" was pressed.
    GrantPressed,
    /// "Start restore" was pressed.
    StartPressed,
    /// "Start it anyway" was pressed, after something was found that speaks against it.
    StartInSpitePressed,
    /// "Do not start it" was pressed.
    NotNowPressed,
    /// "Try again, same prefix" was pressed, after a search that found nothing.
    StartAgainPressed,
    /// "Restore again with a new prefix" was pressed, after Azure said the job failed.
    NewPrefixPressed,
    /// "Ask now" or "Try again" was pressed.
    AskPressed,
    /// "Tell me when it is done" was pressed.
    TellMePressed,
    /// A copy button was pressed: this text is wanted.
    CopyPressed(String),
    /// "Add to the plan" was pressed, beside this point; or "Begin a plan", where servers are looked for.
    GatherPressed(Option<Wish>),
    /// One of the demo's prepared links was pressed: it opens as one that somebody has sent.
    LinkPressed(Place),
    /// "Remove from the plan" was pressed, on the plan.
    LeaveOutPressed(Wish),
    /// Another point was chosen in place of one of the plan.
    InsteadPressed(Wish, PointName),
    /// "Check all with Azure" was pressed.
    CheckAllPressed,
    /// "Start … restores" was pressed: what will be started is to be shown first.
    StartAllPressed,
    /// "Start these now" was pressed, or "Do not start them".
    ConfirmPressed(bool),
    /// "Start it anyway" or "Do not start it" was pressed for one of the plan, after something was found that speaks
    /// against it.
    DecidePressed(Prefix, bool),
    /// "Restore again with a new prefix" was pressed for one of the plan.
    AgainPressed(PointId),
    /// "Share…" was pressed.
    SharePressed(Sharing),
    /// "Forget all of them" was pressed: this browser's list of restores is to be emptied.
    ForgetPressed,
    /// "Forget" was pressed beside the restore with this prefix.
    ForgetOnePressed(Prefix),
    /// "Forget it anyway" was pressed, after it was told what has not ended.
    ForgetInSpitePressed,
    /// "Keep it" was pressed in its place.
    KeepPressed,
}

/// The keys that are shortcuts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key {
    /// `/`: to the field that this page is searched by, or to the servers.
    Search,
    /// `?`: the list of shortcuts.
    Help,
}

/// The fields that can be typed into. Its id in the page is [`Field::id`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// What a server is found by: words, or a resource id or a portal address to open.
    Search,
    /// How the container is named: picked, or typed. What is told is the id of the field that is used then.
    How,
    /// The subscription whose storage accounts are listed. As the two below, it tells a resource id.
    Subscription,
    /// The storage account.
    Account,
    /// The container, as picked.
    Picked,
    /// What the storage accounts are filtered by.
    AccountFilter,
    /// What the containers are filtered by.
    ContainerFilter,
    /// The name of a container to be made.
    NewContainer,
    /// The container, as typed: its URL, resource id or portal address.
    Container,
    /// The file prefix, without its ending.
    Prefix,
    /// The region of the restore.
    Region,
    /// What the restores of the page Activity are filtered by.
    Jobs,
    /// The server that the files of a restore are loaded into.
    IntoServer,
    /// The name to log in to it with.
    IntoLogin,
    /// The databases to load, with commas between.
    IntoDatabases,
    /// The one table that is wanted.
    IntoTable,
    /// How far back points are shown: tells a [`Range`](crate::flow::series::Range) by its name.
    Range,
    /// What the points are filtered by.
    Points,
    /// In which order points are listed.
    Order,
    /// The time before which a point is looked for: a line of a log, or words.
    When,
}

impl Field {
    /// Its id in the page.
    pub fn id(self) -> &'static str {
        match self {
            Field::Search => "search",
            Field::How => "how",
            Field::Subscription => "subscription",
            Field::Account => "account",
            Field::Picked => "picked",
            Field::AccountFilter => "account-filter",
            Field::ContainerFilter => "container-filter",
            Field::NewContainer => "new-container",
            Field::Container => "container",
            Field::Prefix => "prefix",
            Field::Region => "region",
            Field::Jobs => "filter",
            Field::IntoServer => "into-server",
            Field::IntoLogin => "into-login",
            Field::IntoDatabases => "into-databases",
            Field::IntoTable => "into-table",
            Field::Range => "range",
            Field::Points => "point-filter",
            Field::Order => "order",
            Field::When => "when",
        }
    }
}

/// What the host knows when the program begins.
#[derive(Clone, Debug, PartialEq)]
pub struct Start {
    /// The address: the fragment, `#` included.
    pub address: String,
    /// What `config.json` said.
    pub config: Result<Config, Vec<crate::config::Problem>>,
    /// Whether somebody is signed in.
    pub session: Session,
    /// Whether the address was opened just now, by a link or by hand: neither loaded again nor come back to.
    pub opened: bool,
    /// Every account that is signed in in this tab, the one in use among them. Signing in loads the page and signing out
    /// ends them all, so that they are told once.
    pub accounts: Vec<Person>,
    /// Whether the person comes back just now from a sign-in with more proof.
    pub proved: bool,
    /// The rows of the journal, as local storage has them, in any order; `Err` where storage cannot be read.
    pub journal: Result<Vec<String>, ()>,
    /// The restores being prepared, as session storage has them.
    pub draft: Option<String>,
    /// Random: every id and every prefix ending follows from it.
    pub seed: u64,
    /// Whether the browser says it is online.
    pub online: bool,
    /// Whether this page may show notifications.
    pub notices: Notices,
    /// The page's own folder: what the app registration has to name as its redirect URI.
    pub folder: String,
    /// Whether another page shows this one in a frame.
    pub framed: bool,
    /// Whether the browser does not call this page secure: plain http on a host that is not this computer.
    pub insecure: bool,
    /// Whether the browser can hand something to the system to be shared.
    pub shares: bool,
    /// Whether single keys are shortcuts: the person may have switched them off.
    pub keys: bool,
    /// What the browser calls itself.
    pub browser: String,
    /// The version of MSAL that was loaded; nothing where none was.
    pub msal: String,
    /// The reader's time zone.
    pub zone: Zone,
}

/// Whether this page may show notifications.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Notices {
    /// This browser has none, or not here.
    #[default]
    Absent,
    /// The person has not been asked.
    Askable,
    /// It may.
    Allowed,
    /// The person, or the browser for them, has said no.
    Blocked,
}

/// Whether somebody is signed in.
#[derive(Clone, Debug, PartialEq, Default)]
pub enum Session {
    /// Nobody is.
    #[default]
    SignedOut,
    /// The browser is on its way to the sign-in page.
    Leaving,
    /// Somebody is.
    SignedIn(Person),
    /// Signing in failed: MSAL's or Entra's code, and what it said.
    Failed {
        /// Such as `AADSTS65004` or `state_mismatch`.
        code: String,
        /// Entra's own words; may be empty.
        message: String,
    },
}

/// Who is signed in.
#[derive(Clone, Debug, PartialEq)]
pub struct Person {
    /// What tells accounts apart: two tenants may know the same login name. Kept nowhere and never shown.
    pub id: String,
    /// The login name, as shown.
    pub username: String,
    /// The tenant's id.
    pub tenant: String,
}
