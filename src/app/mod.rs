//! The whole application without a page: [`Model`], [`Event`], and [`Model::update`], which takes in what happened
//! and says what is to be done. Synchronous, without a clock, a network or a browser.

mod event;
mod person;
mod settle;

pub use event::*;

use crate::azure::call::Arm;
use crate::azure::cloud::Cloud;
use crate::azure::id::{InstanceId, PointId};
use crate::config::{self, Config};
use crate::flow::browse::{Browse, Opened};
use crate::flow::draft::{Draft, Plan, Target};
use crate::flow::restore::Restore;
use crate::flow::source::Source;
use crate::flow::watch::Watch;
use crate::flow::{Command, Context, Dice, Told};
use crate::journal::{Entry, Journal, Note};
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
    /// The walk down to an instance.
    pub browse: Browse,
    /// What was typed to be opened, and what became of it where it led nowhere.
    pub search: (String, Option<Opened>),
    /// The instance in hand.
    pub source: Option<Source>,
    /// The restore being prepared.
    pub draft: Option<Draft>,
    /// The restores of this page: being reviewed, started, followed.
    pub restores: Vec<Restore>,
    /// The job in hand.
    pub watch: Option<Watch>,
    /// The restores started in this browser.
    pub journal: Journal,
    /// Whether storage did not keep what it was given.
    pub storage_refused: bool,
    /// A passing message, with a number that tells repetitions apart.
    pub said: Option<(u64, Said)>,
    world: World,
    started: bool,
    dice: Dice,
    tickets: u64,
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
            browse: Browse::default(),
            search: (String::new(), None),
            source: None,
            draft: None,
            restores: Vec::new(),
            watch: None,
            journal: Journal::default(),
            storage_refused: false,
            said: None,
            world: World::Azure,
            started: false,
            dice: Dice::new(0),
            tickets: 0,
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

    /// The instance in hand, if it is this one.
    pub fn source_of(&self, id: &InstanceId) -> Option<&Source> {
        self.source.as_ref().filter(|source| source.id == *id)
    }

    /// The draft in hand, if it is of this point.
    pub fn draft_of(&self, point: &PointId) -> Option<&Draft> {
        self.draft.as_ref().filter(|draft| draft.point == *point)
    }

    /// The restore with this prefix.
    pub fn restore_of(&self, prefix: &Prefix) -> Option<&Restore> {
        self.restores.iter().find(|restore| restore.plan.prefix == *prefix)
    }

    /// The restore that is reviewed for this point.
    pub fn reviewed(&self, point: &PointId) -> Option<&Restore> {
        self.restore_of(&self.draft_of(point)?.full_prefix().ok()?)
    }

    /// The plan that the draft makes, once all that it needs is there and well formed.
    pub fn plan(&self, point: &PointId) -> Option<Plan> {
        let (source, draft) = (self.source_of(&point.instance)?, self.draft_of(point)?);
        let (instance, made) = (source.instance.value.as_ref()?, source.point(&point.name)?.made);
        let region = source.region().map(str::to_string).or_else(|| {
            let typed = draft.region.trim().to_string();
            (!typed.is_empty()).then_some(typed)
        });
        if !draft.problems(self.cloud(), source.region()).is_empty() {
            return None;
        }
        Some(Plan {
            point: point.clone(),
            made,
            server: source.server_name().to_string(),
            target: draft.target(self.cloud()).ok()?,
            prefix: draft.full_prefix().ok()?,
            region: region?,
            identity: instance.identity.clone(),
        })
    }

    /// Takes in what happened; says what is to be done, in this order.
    pub fn update(&mut self, event: Event, now: Moment) -> Vec<Command> {
        let mut commands = Vec::new();
        match event {
            Event::Started(start) => self.begin(*start, now, &mut commands),
            Event::AddressChanged(address) => self.arrive(&address, now, &mut commands),
            Event::Answered(ticket, answer) => self.tell(Told::Answered(ticket, &answer), now, &mut commands),
            Event::Woke(ticket) => self.tell(Told::Woke(ticket), now, &mut commands),
            Event::Resumed => self.tell(Told::Resumed, now, &mut commands),
            Event::OnlineChanged(online) => {
                self.online = online;
                if online {
                    self.tell(Told::Resumed, now, &mut commands);
                }
            }
            Event::SessionChanged(session) => {
                self.session = session;
                if self.may_ask() {
                    self.enter(now, &mut commands);
                    self.hurry(now, &mut commands);
                }
            }
            Event::StorageRefused => self.storage_refused = true,
            Event::JournalChanged(text) => {
                self.journal = text.as_deref().and_then(Journal::parse).unwrap_or_default();
            }
            Event::Copied(done) => self.say(if done { Said::Copied } else { Said::NotCopied }),
            done => self.obey(done, now, &mut commands),
        }
        self.settle(now, &mut commands);
        commands
    }

    /// What the host knows is taken over; whatever was before is forgotten.
    fn begin(&mut self, start: Start, now: Moment, commands: &mut Vec<Command>) {
        let world = World::of(&start.address);
        *self = Model {
            link: Link::parse(&start.address),
            config: start.config,
            session: start.session,
            online: start.online,
            folder: start.folder,
            framed: start.framed,
            insecure: start.insecure,
            draft: start.draft.as_deref().and_then(Note::parse).map(Draft::from_note),
            storage_refused: start.journal.is_err(),
            journal: start.journal.ok().flatten().as_deref().and_then(Journal::parse).unwrap_or_default(),
            world,
            started: true,
            dice: Dice::new(start.seed),
            // Tickets go on, so that an answer to what was asked before is stale.
            tickets: self.tickets,
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
        match self.place() {
            Place::Start | Place::About | Place::Activity => {}
            Place::Find => self.with(now, commands, |model, context| model.browse.see_subscriptions(context)),
            Place::FindVault(id) => self.with(now, commands, |model, context| {
                model.browse.see_subscriptions(context);
                model.browse.see_vaults(&id, context);
            }),
            Place::FindInstance(id) => {
                self.with(now, commands, |model, context| model.browse.see_instances(&id, context));
            }
            Place::Points(instance, _) => self.open(&instance, now, commands),
            Place::Target(point) | Place::Review(point) => self.open(&point.instance, now, commands),
            Place::Restore(point, prefix) => self.resume(point, prefix, now, commands),
            Place::Job(job) => {
                if self.watch.as_ref().is_none_or(|watch| watch.id != job) {
                    self.with(now, commands, |model, context| model.watch = Some(Watch::start(job, context)));
                }
            }
        }
    }

    fn open(&mut self, instance: &InstanceId, now: Moment, commands: &mut Vec<Command>) {
        if self.source_of(instance).is_none() {
            self.with(now, commands, |model, context| model.source = Some(Source::open(instance, context)));
        }
    }

    /// A restore whose job is not known yet, after a reload: what the journal noted of it, or at least what the
    /// address says.
    fn resume(&mut self, point: PointId, prefix: Prefix, now: Moment, commands: &mut Vec<Command>) {
        if self.restore_of(&prefix).is_some() {
            return;
        }
        let cloud = self.cloud();
        let noted = self.journal.by_prefix(&prefix).cloned();
        let plan = Plan {
            made: noted.as_ref().map_or(Moment::default(), |entry| entry.made),
            server: noted.as_ref().map_or_else(|| point.instance.name.to_string(), |entry| entry.server.clone()),
            target: noted.as_ref().and_then(|entry| target_of(&entry.container, cloud)).unwrap_or_default(),
            region: String::new(),
            identity: None,
            prefix,
            point,
        };
        let sent = noted.as_ref().map(|entry| entry.sent);
        self.with(now, commands, |model, context| model.restores.push(Restore::resume(plan, sent, context)));
    }

    /// Tells every machine; each knows by its tickets what concerns it.
    fn tell(&mut self, told: Told<'_>, now: Moment, commands: &mut Vec<Command>) {
        self.with(now, commands, |model, context| {
            model.browse.hear(told, context);
            if let Some(source) = &mut model.source {
                source.hear(told, context);
            }
            for restore in &mut model.restores {
                restore.hear(told, context);
            }
            if let Some(watch) = &mut model.watch {
                watch.hear(told, context);
            }
        });
    }

    /// Asks at once for what the page waits for, and once more for what failed.
    fn hurry(&mut self, now: Moment, commands: &mut Vec<Command>) {
        self.with(now, commands, |model, context| match model.place() {
            Place::Find | Place::FindVault(_) | Place::FindInstance(_) => model.browse.hurry(context),
            Place::Points(..) | Place::Target(_) | Place::Review(_) => {
                if let Some(source) = &mut model.source {
                    source.hurry(context);
                }
                model.restores.iter_mut().for_each(|restore| restore.hurry(context));
            }
            Place::Restore(_, prefix) => {
                model.restores.iter_mut().filter(|r| r.plan.prefix == prefix).for_each(|r| r.hurry(context));
            }
            Place::Job(_) => {
                if let Some(watch) = &mut model.watch {
                    watch.hurry(context);
                }
            }
            Place::Start | Place::About | Place::Activity => {}
        });
    }

    fn say(&mut self, said: Said) {
        let count = self.said.map_or(0, |(count, _)| count);
        self.said = Some((count + 1, said));
    }

    /// Does something that needs time and chance. The generator and the counter are lent out meanwhile.
    fn with(&mut self, now: Moment, commands: &mut Vec<Command>, work: impl FnOnce(&mut Model, &mut Context<'_>)) {
        let (mut dice, mut tickets) = (self.dice.clone(), self.tickets);
        let mut context = Context { now, arm: self.arm(), dice: &mut dice, tickets: &mut tickets, commands };
        work(self, &mut context);
        (self.dice, self.tickets) = (dice, tickets);
    }

    /// The journal's note of a restore that is about to be sent.
    fn entry(&self, plan: &Plan, sent: Moment) -> Entry {
        Entry {
            realm: self.realm(),
            point: plan.point.clone(),
            made: plan.made,
            server: plan.server.clone(),
            container: plan.target.url.clone(),
            prefix: plan.prefix.clone(),
            sent,
            job: None,
            refused: false,
        }
    }
}

/// The target that a container's URL names.
fn target_of(url: &str, cloud: Cloud) -> Option<Target> {
    crate::flow::draft::read_container(url, cloud).ok()
}
