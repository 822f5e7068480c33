//! What happens, in the user's language. This file is the protocol that every machine follows.
//!
//! A machine is a value. It is told an event and gets a [`Context`]; it changes itself and leaves commands there.
//! It never waits, never reads a clock, never draws a random number: time and chance come in with the context.

pub mod ask;
pub mod before;
pub mod draft;
pub mod find;
pub mod following;
pub mod grant;
pub mod host;
pub mod load;
pub mod lookup;
pub mod making;
pub mod meant;
pub mod past;
pub mod places;
pub mod preflight;
pub mod recent;
pub mod restore;
pub mod search;
pub mod series;
pub mod sight;
pub mod source;
pub mod standing;
pub mod token;
pub mod upload;
pub mod watch;

use crate::azure::call::{Arm, Call};
use crate::azure::http::{Request, Response, Unreachable};
use crate::fault::{Fault, Step};
use crate::moment::Moment;
use past::Past;
use standing::{News, Standing};
use token::Token;

/// Names one wait for one thing. A reply that carries another ticket than the one waited for is stale.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Ticket(pub u64);

/// What machines are told: the part of what happens that answers their commands.
#[derive(Clone, Copy, Debug)]
pub enum Told<'a> {
    /// A request was answered, or was not.
    Answered(Ticket, &'a Result<Response, Unreachable>),
    /// A wait is over.
    Woke(Ticket),
    /// The page is looked at again, or the network came back: what waits should ask at once. Or the network went: what
    /// waits should rest until it is back.
    Resumed,
    /// A claim was granted, or somebody else holds what was claimed.
    Claimed(Ticket, bool),
}

/// What the host is asked to do.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// Send this to Azure; answer with `Answered`.
    Send(Ticket, Request),
    /// The same with the token of another account that is signed in here, by its id. For reads alone.
    SendAs(Ticket, Request, String),
    /// Ask this page's own host about one of its files, without a token; answer with `Answered`, without a body.
    AskHost(Ticket, host::File),
    /// Have the requests that are sent from now on go with another token than those before.
    Renew,
    /// Say `Woke` at this moment.
    Wake(Ticket, Moment),
    /// Do not say `Woke` for this: it is no longer waited for.
    LetSleep(Ticket),
    /// Go to this address (a fragment), as a new entry of the history.
    Go(String),
    /// Put this address in place of the current one.
    Replace(String),
    /// Leave for the sign-in page. With claims, if Azure asked for more proof.
    SignIn {
        /// The claims that Azure asked for, as JSON.
        claims: Option<String>,
    },
    /// Make the account with this id the one in use, and begin anew with it; answer with `Started`. What is on its way
    /// goes with the token of the account that it was asked for, and its answer is told no more.
    UseAccount(String),
    /// Sign every account out here, and the one in use at Entra.
    SignOut,
    /// Keep the draft in session storage; without text, drop it.
    KeepDraft(Option<String>),
    /// Keep a row of the journal under this prefix in local storage, before the next command is performed; without
    /// text, remove it.
    KeepEntry(String, Option<String>),
    /// Keep in local storage whether single keys are shortcuts, and go by it from now on.
    KeepKeys(bool),
    /// Put this on the clipboard; answer with `Copied`.
    Copy(String),
    /// Have the system share this; answer with `NotShared` where it did not, unless the person has dismissed it.
    Share(Sharing),
    /// Claim this name among all pages of this program that this browser has open; answer with `Claimed`. A courtesy
    /// between tabs and no guard: where a browser has no locks, every claim is granted.
    Claim(Ticket, String),
    /// Give a claimed name up, or stop claiming it. A page that is closed or loaded anew gives up all that it claimed.
    Release(String),
    /// Show on the browser's tab how the restore stands that matters most; without one, the program's own icon.
    Mark(Option<Standing>),
    /// Ask the person whether this page may show notifications; answer with `NoticesChanged`.
    AskToNotify,
    /// Show a notification, if the page may and nobody looks at it.
    Notify(News),
}

/// What is shared by way of the system.
#[derive(Clone, Debug, PartialEq)]
pub struct Sharing {
    /// What it leads to: the subject of a mail.
    pub title: String,
    /// A short text.
    pub text: String,
    /// The address.
    pub url: String,
}

/// What an answer to a call says, or why it says nothing.
fn read<T>(call: &Call<T>, answer: &Result<Response, Unreachable>, step: Step, now: Moment) -> Result<T, Fault> {
    match answer {
        Ok(response) => call.read(response).map_err(|problem| Fault::said(problem, step, now)),
        Err(why) => Err(Fault::unreachable(why, step, now)),
    }
}

/// Chance, as data: a small generator (splitmix64) seeded once from the browser's cryptographic source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dice(u64);

impl Dice {
    /// A generator from a random seed.
    pub fn new(seed: u64) -> Self {
        Dice(seed)
    }

    /// The next number.
    pub fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A new GUID, version 4.
    pub fn guid(&mut self) -> String {
        let (a, b) = (self.roll(), self.roll());
        format!(
            "{:08x}-{:04x}-4{:03x}-{:04x}-{:012x}",
            a >> 32,
            (a >> 16) & 0xffff,
            a & 0xfff,
            0x8000 | ((b >> 48) & 0x3fff),
            b & 0xffff_ffff_ffff
        )
    }
}

/// What a machine is given along with an event.
#[derive(Debug)]
pub struct Context<'a> {
    /// Now.
    pub now: Moment,
    /// Which Azure is spoken to.
    pub arm: Arm,
    /// Whether there is a network: without one nothing is read.
    pub online: bool,
    /// Where chance comes from.
    pub dice: &'a mut Dice,
    /// The last ticket given out.
    pub tickets: &'a mut u64,
    /// When the jobs that are followed are asked for next: another one is not asked for at the same time.
    pub turns: Vec<Moment>,
    /// What is known of the token that requests go with.
    pub token: &'a mut Token,
    /// What is learned in passing of restores that have ended.
    pub past: &'a mut Past,
    /// Where commands go.
    pub commands: &'a mut Vec<Command>,
}

impl Context<'_> {
    /// A ticket that nothing else has.
    pub fn ticket(&mut self) -> Ticket {
        *self.tickets += 1;
        Ticket(*self.tickets)
    }

    /// Asks for a wake-up, and says which.
    pub fn wake(&mut self, at: Moment) -> Ticket {
        let ticket = self.ticket();
        self.command(Command::Wake(ticket, at));
        ticket
    }

    /// Sends a request under a new client request id, and says which ticket and id it has.
    pub fn send(&mut self, request: &Request) -> (Ticket, String) {
        let ticket = self.ticket();
        let id = self.dice.guid();
        let mut request = request.clone();
        request.headers.push(("x-ms-client-request-id".into(), id.clone()));
        self.command(Command::Send(ticket, request));
        (ticket, id)
    }

    /// Sends a read with the token of another account.
    pub fn send_as(&mut self, request: &Request, account: &str) -> Ticket {
        let (ticket, _) = self.send(request);
        if let Some(Command::Send(ticket, request)) = self.commands.pop() {
            self.command(Command::SendAs(ticket, request, account.to_string()));
        }
        ticket
    }

    /// Claims a name among the tabs of this browser.
    pub fn claim(&mut self, name: &str) -> Ticket {
        let ticket = self.ticket();
        self.command(Command::Claim(ticket, name.to_string()));
        ticket
    }

    /// Asks the host for something.
    pub fn command(&mut self, command: Command) {
        self.commands.push(command);
    }
}
