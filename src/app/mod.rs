//! The whole application without a page: [`Model`], [`Event`], and [`Model::update`], which takes in what happened
//! and says what is to be done. Synchronous, without a clock, a network or a browser.

mod activity;
mod beforehand;
mod event;
mod follow;
mod known;
mod memory;
mod person;
mod settle;
mod shown;
mod target;

pub use activity::Forgetting;
pub use event::*;
pub use follow::Stand;
pub use shown::{Answer, Shown};
pub use target::Resolved;

use crate::azure::call::Arm;
use crate::azure::cloud::Cloud;
use crate::azure::id::InstanceId;
use crate::config::{self, Config};
use crate::flow::draft::Draft;
use crate::flow::find::{Find, Scope};
use crate::flow::grant::Grant;
use crate::flow::places::Places;
use crate::flow::preflight::Preflight;
use crate::flow::recent::Recent;
use crate::flow::restore::Restore;
use crate::flow::source::Source;
use crate::flow::standing::{News, Standing};
use crate::flow::token::Token;
use crate::flow::watch::Watch;
use crate::flow::{Command, Context, Dice, Told};
use crate::journal::{Journal, Note};
use crate::link::{self, Link, Place, Prefix, World};
use crate::moment::Moment;

/// Everything that the application knows.
#[derive(Debug)]
pub struct Model {
    /// Which Azure, and which page; or why the address is no link.
    pub link: Result<Link, link::Problem>,
    /// What the host was configured with.
    pub config: Result<Config, Vec<config::Problem>>,
    /// Who is signed in.
    pub session: Session,
    /// Whether the browser says it is online.
    pub online: bool,
    /// The page's own folder.
    pub folder: String,
    /// Whether another page shows this one in a frame: then nothing is started from here.
    pub framed: bool,
    /// Whether the browser does not call this page secure.
    pub insecure: bool,
    /// What the browser calls itself.
    pub browser: String,
    /// The servers to choose from.
    pub find: Find,
    /// What is looked for, and whether it was to be opened and names nothing.
    pub search: (String, bool),
    /// The instance in hand.
    pub source: Option<Source>,
    /// Where files may go, as Azure lists it.
    pub places: Places,
    /// The restore being prepared.
    pub draft: Option<Draft>,
    /// The restores of this page: being reviewed, started, followed.
    pub restores: Vec<Restore>,
    /// What is known beforehand of the restore under review.
    pub preflight: Option<Preflight>,
    /// The role that was assigned last.
    pub grant: Option<Grant>,
    /// The jobs that are followed: the one on the page, and those of the restores that were started here.
    pub watches: Vec<Watch>,
    /// The restores started in this browser.
    pub journal: Journal,
    /// The restore jobs of the vaults, whoever began them.
    pub recent: Recent,
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
    world: World,
    started: bool,
    dice: Dice,
    tickets: u64,
    token: Token,
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
    /// The list of restores is empty now.
    Forgotten,
    /// One restore is no longer in it.
    ForgottenOne,
    /// A restore stands otherwise than before.
    News,
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
            online: true,
            folder: String::new(),
            framed: false,
            insecure: false,
            browser: String::new(),
            find: Find::default(),
            search: (String::new(), false),
            source: None,
            places: Places::default(),
            draft: None,
            restores: Vec::new(),
            preflight: None,
            grant: None,
            watches: Vec::new(),
            journal: Journal::default(),
            recent: Recent::default(),
            filter: String::new(),
            forgetting: None,
            storage_refused: false,
            said: None,
            news: None,
            notices: Notices::Absent,
            shown: Shown::default(),
            reconciled: None,
            world: World::Azure,
            started: false,
            dice: Dice::new(0),
            tickets: 0,
            token: Token::default(),
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
                self.shown.answered(ticket, &answer);
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
            Event::Copied(done) => self.say(if done { Said::Copied } else { Said::NotCopied }),
            done => self.obey(done, now, &mut commands),
        }
        self.settle(now, &mut commands);
        self.settle_standings(&mut commands);
        self.shown.sent(&commands);
        commands
    }

    /// What the host knows is taken over; whatever was before is forgotten.
    fn begin(&mut self, start: Start, now: Moment, commands: &mut Vec<Command>) {
        // Whatever the tab shows of another world is shown no more.
        if self.mark.is_some() {
            commands.push(Command::Mark(None));
        }
        let world = World::of(&start.address);
        *self = Model {
            link: Link::parse(&start.address),
            config: start.config,
            session: start.session,
            online: start.online,
            folder: start.folder,
            framed: start.framed,
            insecure: start.insecure,
            browser: start.browser,
            draft: start.draft.as_deref().and_then(Note::parse).map(Draft::from_note),
            storage_refused: start.journal.is_err(),
            journal: start.journal.map(|rows| Journal::read(&rows)).unwrap_or_default(),
            notices: start.notices,
            world,
            started: true,
            dice: Dice::new(start.seed),
            // Tickets go on, so that an answer to what was asked before is stale.
            tickets: self.tickets,
            token: Token::new(start.proved.then_some(now)),
            ..Model::new()
        };
        self.enter(now, commands);
    }

    /// The address changed: by a link, by Back or Forward, by hand.
    fn arrive(&mut self, address: &str, now: Moment, commands: &mut Vec<Command>) {
        let link = Link::parse(address);
        if link == self.link {
            return;
        }
        self.link = link;
        (self.said, self.forgetting) = (None, None);
        let world = World::of(address);
        if world != self.world {
            // The host begins anew with the other world's storage.
            (self.world, self.started) = (world, false);
            return;
        }
        self.enter(now, commands);
    }

    /// Goes to a page of this world.
    fn go(&mut self, place: Place, now: Moment, commands: &mut Vec<Command>) {
        let link = Link { world: self.world, place };
        if self.link.as_ref() != Ok(&link) {
            commands.push(Command::Go(link.print()));
            self.link = Ok(link);
        }
        self.enter(now, commands);
    }

    /// Begins to read what the page needs. Only reads: opening a page never writes to Azure.
    fn enter(&mut self, now: Moment, commands: &mut Vec<Command>) {
        if !self.may_ask() {
            return;
        }
        self.reconcile(now, commands);
        match self.place() {
            Place::Start | Place::About => {}
            Place::Activity => self.see_recent(now, commands),
            place @ (Place::Find | Place::FindVault(_) | Place::FindInstance(_)) => {
                self.with(now, commands, |model, context| model.find.see(&Scope::of(&place), context));
            }
            Place::Points(instance, _) => self.open(&instance, now, commands),
            Place::Target(point) => {
                self.open(&point.instance, now, commands);
                self.places.forget_unknown();
            }
            Place::Review(point) => self.open(&point.instance, now, commands),
            Place::Restore(point, prefix) => self.resume(point, prefix, None, now, commands),
            Place::Job(job) => self.follow(job, now, commands),
        }
        self.wake_lists(now, commands);
    }

    fn open(&mut self, instance: &InstanceId, now: Moment, commands: &mut Vec<Command>) {
        if self.source_of(instance).is_none() {
            self.with(now, commands, |model, context| {
                if let Some(source) = &mut model.source {
                    source.stop(context);
                }
                model.source = Some(Source::open(instance, context));
            });
        }
    }

    /// Asks at once for what the page waits for, and once more for what failed.
    fn hurry(&mut self, now: Moment, commands: &mut Vec<Command>) {
        self.with(now, commands, |model, context| match model.place() {
            Place::Find | Place::FindVault(_) | Place::FindInstance(_) => model.find.hurry(context),
            Place::Points(..) | Place::Target(_) | Place::Review(_) => {
                if let Some(source) = &mut model.source {
                    source.hurry(context);
                }
                if matches!(model.place(), Place::Target(_)) {
                    model.places.hurry(context);
                }
                model.restores.iter_mut().for_each(|restore| restore.hurry(context));
                model.drop_preflight(context);
            }
            Place::Restore(_, prefix) => {
                model.restores.iter_mut().filter(|r| r.plan.prefix == prefix).for_each(|r| r.hurry(context));
            }
            Place::Job(job) => {
                model.watches.iter_mut().filter(|watch| watch.id == job).for_each(|watch| watch.hurry(context));
            }
            Place::Activity => {
                model.restores.iter_mut().for_each(|restore| restore.hurry(context));
                model.watches.iter_mut().for_each(|watch| watch.hurry(context));
                model.recent.hurry(context);
            }
            Place::Start | Place::About => {}
        });
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
        let (arm, online) = (self.arm(), self.online);
        let lent = (&mut dice, &mut tickets, &mut token);
        let mut context = Context { now, arm, online, dice: lent.0, tickets: lent.1, token: lent.2, commands };
        work(self, &mut context);
        (self.dice, self.tickets, self.token) = (dice, tickets, token);
    }
}
