//! The whole application without a page: [`Model`], [`Event`], and [`Model::update`], which takes in what happened
//! and says what is to be done. Synchronous, without a clock, a network or a browser.

mod activity;
mod after;
mod beforehand;
mod begin;
mod event;
mod follow;
mod keys;
mod known;
mod memory;
mod person;
mod plan;
mod points;
mod settle;
mod shown;
mod sight;
mod specimen;
mod target;
mod travel;
mod wished;

pub use activity::Forgetting;
pub use event::*;
pub use follow::Stand;
pub use points::OLDEST_FIRST;
pub use shown::{Answer, Failure, Shown};
pub use sight::Unseen;
pub use target::Resolved;
pub use wished::Wished;

use crate::azure::call::Arm;
use crate::azure::cloud::Cloud;
use crate::azure::id::{JobId, PointId};
use crate::commands::runbook::Typed;
use crate::config::{self, Config};
use crate::flow::draft::Draft;
use crate::flow::find::Find;
use crate::flow::grant::Grant;
use crate::flow::host::Host;
use crate::flow::past::Past;
use crate::flow::places::Places;
use crate::flow::preflight::Preflight;
use crate::flow::recent::Recent;
use crate::flow::restore::Restore;
use crate::flow::sight::Sight;
use crate::flow::source::Source;
use crate::flow::standing::{News, Standing};
use crate::flow::token::Token;
use crate::flow::watch::Watch;
use crate::flow::{Command, Context, Dice, Told};
use crate::journal::Journal;
use crate::link::{self, Link, Place, Prefix, Wish, World};
use crate::moment::Moment;
use crate::when::Zone;

/// Everything that the application knows.
#[derive(Debug)]
pub struct Model {
    /// Which Azure, and which page; or why the address is no link.
    pub link: Result<Link, link::Problem>,
    /// What the host was configured with.
    pub config: Result<Config, Vec<config::Problem>>,
    /// Who is signed in.
    pub session: Session,
    /// Every account that is signed in here.
    pub accounts: Vec<Person>,
    /// Whether another one of them sees what this one does not.
    pub sight: Option<Sight>,
    /// Whether the browser says it is online.
    pub online: bool,
    /// The page's own folder.
    pub folder: String,
    /// Whether another page shows this one in a frame: then nothing is started from here.
    pub framed: bool,
    /// Whether the browser does not call this page secure.
    pub insecure: bool,
    /// Whether the browser can hand something to the system to be shared.
    pub shares: bool,
    /// Whether single keys are shortcuts.
    pub keys: bool,
    /// Whether their list is open.
    pub help: bool,
    /// The field that a key has led to, with a number that tells repetitions apart.
    pub led_to: Option<(u64, Field)>,
    /// What the browser calls itself.
    pub browser: String,
    /// The version of MSAL that was loaded; nothing where none was.
    pub msal: String,
    /// What this host sends along with its files.
    pub host: Host,
    /// The reader's time zone.
    pub zone: Zone,
    /// The time before which a point is looked for.
    pub wish: Option<Wished>,
    /// The servers to choose from.
    pub find: Find,
    /// What is looked for, and whether it was to be opened and names nothing.
    pub search: (String, bool),
    /// The instances in hand: that of the page, and those of the plan.
    pub sources: Vec<Source>,
    /// Where files may go, as Azure lists it.
    pub places: Places,
    /// The restores being prepared, the last one last.
    pub drafts: Vec<Draft>,
    /// The points that were gathered into a plan.
    pub gathered: Vec<Wish>,
    /// Whether a plan was begun, so that points can be added to it where servers are looked for.
    pub gathering: bool,
    /// What the link asked for with which this page was opened, as long as its page is shown.
    pub opened: Option<Place>,
    /// The restores of the plan that a person is asked to confirm: these and no others are started.
    pub confirming: Option<Vec<PointId>>,
    /// The restores of this page: being reviewed, started, followed.
    pub restores: Vec<Restore>,
    /// What is known beforehand of the restores under review.
    pub preflights: Vec<Preflight>,
    /// The role that was assigned last.
    pub grant: Option<Grant>,
    /// The jobs that are followed: the one on the page, and those of the restores that were started here.
    pub watches: Vec<Watch>,
    /// The restores started in this browser.
    pub journal: Journal,
    /// The restore jobs of the vaults, whoever began them.
    pub recent: Recent,
    /// How long restores took that have ended.
    pub past: Past,
    /// Where the files of a job are to be loaded, as typed.
    typed: Option<(JobId, Typed)>,
    /// What both are filtered by.
    pub filter: String,
    /// What is to be forgotten, and has not ended: it waits for a second word.
    pub forgetting: Option<Forgetting>,
    /// Whether storage did not keep what it was given.
    pub storage_refused: bool,
    /// A passing message, with a number that tells repetitions apart.
    pub said: Option<(u64, Said)>,
    /// What [`Said::News`] is about.
    pub news: Option<News>,
    /// Whether this page may show notifications.
    pub notices: Notices,
    /// Which headers Azure's answers had.
    pub shown: Shown,
    /// For whom the journal was reconciled with Azure since the program began, and which restores were open then.
    pub reconciled: Option<(String, Vec<Prefix>)>,
    /// The program in another state: what a page looks like then.
    pub example: Option<Box<Model>>,
    /// When the demo's table was dropped.
    pub incident: Option<Moment>,
    world: World,
    started: bool,
    dice: Dice,
    tickets: u64,
    token: Token,
    /// What was pressed for on the plan and waits for its turn.
    queue: plan::Queue,
    /// What session storage was given last of the restores being prepared.
    kept: String,
    /// Whose these were, if a sign-in lies between.
    owner: String,
    stands: Vec<Stand>,
    mark: Option<Standing>,
}

/// Passing messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Said {
    /// The text is on the clipboard.
    Copied,
    /// The browser did not allow copying.
    NotCopied,
    /// A point was put into the plan.
    Gathered,
    /// The browser did not share it.
    NotShared,
    /// The list of restores is empty now.
    Forgotten,
    /// One restore is no longer in it.
    ForgottenOne,
    /// A restore stands otherwise than before.
    News,
    /// Another account is in use now.
    Switched,
}

impl Default for Model {
    fn default() -> Self {
        Model::new()
    }
}

impl Model {
    /// Before anything is known.
    pub fn new() -> Self {
        Model {
            link: Ok(Link::default()),
            config: Err(Vec::new()),
            session: Session::SignedOut,
            accounts: Vec::new(),
            sight: None,
            online: true,
            folder: String::new(),
            framed: false,
            insecure: false,
            shares: false,
            keys: true,
            help: false,
            led_to: None,
            browser: String::new(),
            msal: String::new(),
            host: Host::default(),
            zone: Zone::default(),
            wish: None,
            find: Find::default(),
            search: (String::new(), false),
            sources: Vec::new(),
            places: Places::default(),
            drafts: Vec::new(),
            gathered: Vec::new(),
            gathering: false,
            opened: None,
            confirming: None,
            restores: Vec::new(),
            preflights: Vec::new(),
            grant: None,
            watches: Vec::new(),
            journal: Journal::default(),
            recent: Recent::default(),
            past: Past::default(),
            typed: None,
            filter: String::new(),
            forgetting: None,
            storage_refused: false,
            said: None,
            news: None,
            notices: Notices::Absent,
            shown: Shown::default(),
            reconciled: None,
            example: None,
            incident: None,
            world: World::Azure,
            started: false,
            dice: Dice::new(0),
            tickets: 0,
            token: Token::default(),
            queue: plan::Queue::default(),
            kept: String::new(),
            owner: String::new(),
            stands: Vec::new(),
            mark: None,
        }
    }

    /// Which Azure answers, and whose storage is used.
    pub fn world(&self) -> World {
        self.world
    }

    /// The page; the first one where the address is no link.
    pub fn place(&self) -> Place {
        self.link.as_ref().map_or(Place::Start, |link| link.place.clone())
    }

    /// Which cloud is spoken to, in which version.
    pub fn arm(&self) -> Arm {
        match (&self.config, self.world) {
            (Ok(config), World::Azure) => Arm { cloud: config.cloud, api: config.api_version },
            _ => Arm::default(),
        }
    }

    /// Which cloud is spoken to.
    pub fn cloud(&self) -> Cloud {
        self.arm().cloud
    }

    /// Whether Azure can be asked: in the demo always, else once somebody is signed in.
    pub fn may_ask(&self) -> bool {
        self.started
            && (self.world == World::Demo || (self.config.is_ok() && matches!(self.session, Session::SignedIn(_))))
    }

    /// Whose restores the journal shows.
    pub fn realm(&self) -> String {
        match (&self.session, self.world) {
            (_, World::Demo) => "demo".into(),
            (Session::SignedIn(person), _) => format!("{}/{}", self.cloud().name(), person.tenant),
            _ => String::new(),
        }
    }

    /// The address of a place in this world.
    pub fn address(&self, place: Place) -> String {
        Link { world: self.world, place }.print()
    }

    /// Takes in what happened; says what is to be done, in this order.
    pub fn update(&mut self, event: Event, now: Moment) -> Vec<Command> {
        let mut commands = Vec::new();
        match event {
            Event::Started(start) => self.begin(*start, now, &mut commands),
            Event::AddressChanged(address) => self.arrive(&address, now, &mut commands),
            Event::Answered(ticket, answer) => {
                self.shown.answered(ticket, &answer, now);
                self.tell(Told::Answered(ticket, &answer), now, &mut commands);
            }
            Event::Woke(ticket) => self.tell(Told::Woke(ticket), now, &mut commands),
            Event::Claimed(ticket, granted) => self.tell(Told::Claimed(ticket, granted), now, &mut commands),
            Event::Resumed => self.tell(Told::Resumed, now, &mut commands),
            Event::OnlineChanged(online) => {
                if std::mem::replace(&mut self.online, online) != online {
                    self.tell(Told::Resumed, now, &mut commands);
                }
            }
            Event::SessionChanged(session) => {
                self.session = session;
                if self.may_ask() {
                    self.enter(now, &mut commands);
                    self.hurry(now, &mut commands);
                    self.hurry_signed_out(now, &mut commands);
                }
            }
            Event::StorageRefused => self.storage_refused = true,
            Event::EntryChanged(prefix, row) => self.heard_of(&prefix, row.as_deref(), now, &mut commands),
            Event::NoticesChanged(notices) => self.notices = notices,
            Event::KeyPressed(key) => self.press_key(key, now, &mut commands),
            Event::HelpClosed => self.help = false,
            Event::KeysSwitched(on) => {
                self.keys = on;
                commands.push(Command::KeepKeys(on));
            }
            Event::NotShared => self.say(Said::NotShared),
            Event::Copied(done) => self.say(if done { Said::Copied } else { Said::NotCopied }),
            // An example can be looked at, and copied from.
            Event::CopyPressed(text) => commands.push(Command::Copy(text)),
            _ if matches!(self.place(), Place::State(_)) => {}
            done => self.obey(done, now, &mut commands),
        }
        self.settle(now, &mut commands);
        self.settle_standings(&mut commands);
        self.shown.sent(&commands);
        commands
    }

    /// Does something that needs time and chance.
    fn with(&mut self, now: Moment, commands: &mut Vec<Command>, work: impl FnOnce(&mut Model, &mut Context<'_>)) {
        let mut work = Some(work);
        self.lend(now, commands, &mut |model, context| {
            if let Some(work) = work.take() {
                work(model, context);
            }
        });
    }

    /// The generator and the counter are lent out meanwhile.
    #[inline(never)]
    fn lend(&mut self, now: Moment, commands: &mut Vec<Command>, work: &mut dyn FnMut(&mut Model, &mut Context<'_>)) {
        let (mut dice, mut tickets, mut token) = (self.dice.clone(), self.tickets, self.token);
        let (mut past, arm, online) = (std::mem::take(&mut self.past), self.arm(), self.online);
        let turns = self.watches.iter().filter_map(Watch::next).collect();
        work(
            self,
            &mut Context {
                now,
                arm,
                online,
                turns,
                dice: &mut dice,
                tickets: &mut tickets,
                token: &mut token,
                past: &mut past,
                commands,
            },
        );
        (self.dice, self.tickets, self.token, self.past) = (dice, tickets, token, past);
    }
}
