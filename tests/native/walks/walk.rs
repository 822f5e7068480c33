//! A walk: tabs of one browser, what the browser keeps, a simulated Azure for each world, and all that is on its way.
//!
//! Every tab does with commands what the edge does with them (`src/browser/edge.rs`), down to the world that begins
//! anew when the address leads into the other one.

use super::chance::Chance;
use super::network::{Heard, Trouble};
use super::promises::{self, Kept};
use super::seen::{Seen, Sight};
use crate::stories::story::{CONFIG, NIGHT};
use pgflex_restore::app::{Event, Model, Notices, Person, Session, Start};
use pgflex_restore::azure::http::{Request, Response, Unreachable};
use pgflex_restore::flow::{Command, Ticket};
use pgflex_restore::link::World;
use pgflex_restore::moment::{Moment, Span};
use pgflex_restore::screen::{Screen, screen};
use pgflex_restore::sim::Azure;
use pgflex_restore::when::Zone;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

/// A tab.
pub struct Tab {
    pub model: Model,
    pub screen: Screen,
    pub world: World,
    /// Who is signed in, in the real world.
    pub session: Session,
    /// Whether the sign-in has lapsed without the page's knowing.
    pub lapsed: bool,
    /// Whether the person is on the way back from a sign-in with more proof.
    proved: bool,
    pub history: Vec<String>,
    pub at: usize,
    /// Session storage: the draft of each world.
    pub drafts: [Option<String>; 2],
    /// Counts the pages loaded and the worlds entered: what is for an earlier one is dropped.
    pub visit: u64,
    pub framed: bool,
    /// How often a restore was asked for since the page was loaded.
    pub presses: usize,
    /// Whether a start was pressed since the last request to start left.
    pub pressed: bool,
    /// The prefixes of a plan whose start a person has confirmed since, none of which has left; a first press (0) or a
    /// second word (1).
    pub named: BTreeMap<String, usize>,
    /// How many restore requests left since then.
    pub posts: usize,
    /// What the person or the browser did since then that may set something off.
    pub acts: usize,
    /// Whether the last press was a first one (0) or a second try (1).
    pub last_press: usize,
    /// Whether making a container was pressed since the last request to make one left.
    pub making: bool,
    /// The same, of assigning a role.
    pub granting: bool,
    /// What is on its way to it.
    pub waits: usize,
    refusal_told: bool,
}

/// What is going to happen.
pub enum Coming {
    /// Something is told to a tab.
    Told(usize, u64, Event),
    /// Azure reads a request that has no one to answer to.
    Read(World, Request),
    /// The page is loaded again where it was left.
    Load(usize, u64),
}

/// What was done: when it began, what, how often again. It outlives a walk that panics.
pub type Log = Rc<RefCell<Vec<(String, String, usize)>>>;

/// What was done, a line each.
pub fn told(log: &Log) -> Vec<String> {
    let again = |count: &usize| if *count > 0 { format!(" (and {count} times more)") } else { String::new() };
    log.borrow().iter().map(|(time, line, count)| format!("{time} {line}{}", again(count))).collect()
}

/// A walk under way.
pub struct Walk {
    pub chance: Chance,
    /// Azure's clock.
    pub now: Moment,
    /// How wrong the browser's is.
    pub skew: Span,
    pub azure: [Azure; 2],
    /// Local storage: the rows of each world's journal, by prefix.
    pub journals: [BTreeMap<String, String>; 2],
    /// Which tab holds a claimed name of a world.
    pub claims: BTreeMap<(usize, String), usize>,
    /// Whether storage refuses what it is given.
    pub full: bool,
    pub online: bool,
    pub tabs: Vec<Tab>,
    /// The tab in front.
    pub front: usize,
    pub trouble: Trouble,
    /// What Azure heard and said.
    pub heard: Heard,
    pub seen: Seen,
    /// Whether the page falls over while the next commands are performed; where, chance decides.
    pub falls: bool,
    /// What was done, if it is to be told.
    pub log: Option<Log>,
    coming: BTreeMap<(Moment, u64), Coming>,
    serial: u64,
}

/// Which Azure, which storage.
pub fn of(world: World) -> usize {
    usize::from(world == World::Demo)
}

/// Somebody who signs in.
pub fn person(tenant: usize) -> Session {
    Session::SignedIn(account(tenant))
}

/// One of the accounts of a tab, by the tenant that it is of.
fn account(tenant: usize) -> Person {
    let tenants = ["3c0d5a7e-16b2-4f58-9f0a-b7d1e9c2a840", "9d1f6b30-7e24-4c8a-b5d9-02c3e8f7a614"];
    Person { id: tenant.to_string(), username: "oncall-dba@contoso.com".into(), tenant: tenants[tenant].into() }
}

impl Walk {
    pub fn new(chance: Chance, trouble: Trouble, skew: Span) -> Walk {
        Walk {
            chance,
            now: Moment::parse(NIGHT).unwrap(),
            skew,
            azure: [Azure::new(None), Azure::new(None)],
            journals: [BTreeMap::new(), BTreeMap::new()],
            claims: BTreeMap::new(),
            full: false,
            online: true,
            tabs: Vec::new(),
            front: 0,
            trouble,
            heard: Heard::default(),
            seen: Seen::default(),
            falls: false,
            log: None,
            coming: BTreeMap::new(),
            serial: 0,
        }
    }

    /// What the browser takes for now.
    pub fn browser_time(&self) -> Moment {
        self.now + self.skew
    }

    pub fn note(&mut self, line: impl FnOnce() -> String) {
        if let Some(log) = &self.log {
            let mut log = log.borrow_mut();
            let (time, line) = (self.now.iso()[5..19].to_string(), line());
            match log.last_mut() {
                // What happens over and over is told once.
                Some((_, last, again)) if *last == line => *again += 1,
                _ => log.push((time, line, 0)),
            }
        }
    }

    /// Opens a tab and loads an address. A tab opened out of another begins with its session storage.
    pub fn open(&mut self, address: &str, drafts: [Option<String>; 2], session: Session, framed: bool) -> Kept {
        let skew = self.skew.secs();
        self.note(|| format!("opens a tab at {address}, with a clock {skew} s wrong"));
        let model = Model::new();
        self.tabs.push(Tab {
            screen: screen(&model),
            model,
            world: World::of(address),
            session,
            lapsed: false,
            proved: false,
            history: vec![address.to_string()],
            at: 0,
            drafts,
            visit: 0,
            framed,
            presses: 0,
            pressed: false,
            named: BTreeMap::new(),
            posts: 0,
            acts: 0,
            last_press: 0,
            making: false,
            granting: false,
            waits: 0,
            refusal_told: false,
        });
        self.front = self.tabs.len() - 1;
        if self.tabs.len() > 1 {
            self.seen.see(Sight::TwoTabs);
        }
        self.load(self.front)
    }

    /// Loads the page of a tab: what was on its way to it is lost, what the browser keeps is there.
    pub fn load(&mut self, tab: usize) -> Kept {
        self.tabs[tab].model = Model::new();
        self.enter(tab)
    }

    /// Begins in the world that the address names.
    fn enter(&mut self, at: usize) -> Kept {
        let seed = self.chance.roll();
        self.claims.retain(|_, holder| *holder != at);
        let tab = &mut self.tabs[at];
        tab.world = World::of(&tab.history[tab.at]);
        tab.visit += 1;
        (tab.presses, tab.posts, tab.acts, tab.waits, tab.refusal_told) = (0, 0, 0, 0, false);
        (tab.pressed, tab.making, tab.granting) = (false, false, false);
        tab.named.clear();
        let world = of(tab.world);
        let config = if tab.world == World::Demo { Err(Vec::new()) } else { pgflex_restore::config::read(CONFIG) };
        let start = Start {
            opened: false,
            address: tab.history[tab.at].clone(),
            config,
            proved: std::mem::take(&mut tab.proved),
            session: if tab.world == World::Demo { person(0) } else { tab.session.clone() },
            accounts: match (tab.world, &tab.session) {
                (World::Azure, Session::SignedIn(_)) => vec![account(0), account(1)],
                _ => Vec::new(),
            },
            journal: Ok(self.journals[world].values().cloned().collect()),
            draft: tab.drafts[world].clone(),
            seed,
            online: self.online,
            notices: Notices::Absent,
            folder: "https://restore.contoso.com/".into(),
            framed: tab.framed,
            insecure: false,
            shares: true,
            keys: true,
            browser: "Mozilla/5.0".into(),
            msal: "5.0.0".into(),
            zone: Zone::default(),
        };
        self.tell(at, Event::Started(Box::new(start)))?;
        if self.full { self.storage_refused(at) } else { Ok(()) }
    }

    /// The address of a tab was changed by the person: by a link, by Back, by hand.
    pub fn arrive(&mut self, at: usize) -> Kept {
        let tab = &self.tabs[at];
        let address = tab.history[tab.at].clone();
        if World::of(&address) == tab.world { self.tell(at, Event::AddressChanged(address)) } else { self.enter(at) }
    }

    /// Follows a link.
    pub fn go(&mut self, at: usize, address: &str) -> Kept {
        self.push(at, address);
        self.arrive(at)
    }

    fn push(&mut self, at: usize, address: &str) {
        let tab = &mut self.tabs[at];
        tab.history.truncate(tab.at + 1);
        tab.history.push(address.to_string());
        tab.at += 1;
    }

    /// Something happens to a tab: it takes it in, shows what there is to show, does what there is to do.
    pub fn tell(&mut self, at: usize, event: Event) -> Kept {
        let time = self.browser_time();
        self.seen.events += 1;
        let tab = &mut self.tabs[at];
        let commands = tab.model.update(event, time);
        let visit = tab.visit;
        promises::of_commands(self, at, &commands)?;
        self.look(at)?;
        // The moment at which a page would better not fall over.
        self.falls |= self.heard.leaving.is_some() && self.chance.happens(150);
        let falls = if self.falls && !commands.is_empty() {
            self.falls = false;
            Some(self.chance.below(commands.len() + 1))
        } else {
            None
        };
        let all = commands.len();
        for (index, command) in commands.into_iter().enumerate() {
            if falls == Some(index) {
                return self.fall(at, index, all);
            }
            self.perform(at, command)?;
            if self.tabs[at].visit != visit {
                // The world has changed: nothing that was meant for the old one is done in the new.
                return Ok(());
            }
        }
        if falls == Some(all) { self.fall(at, all, all) } else { Ok(()) }
    }

    fn look(&mut self, at: usize) -> Kept {
        let tab = &mut self.tabs[at];
        tab.screen = screen(&tab.model);
        self.seen.look(&tab.model);
        #[cfg(feature = "view")]
        if self.seen.events % 64 == 1 {
            crate::view::html(tab.screen.clone());
        }
        self.seen.most_waits = self.seen.most_waits.max(tab.waits);
        promises::of_the_page(&self.tabs[at], &self.heard)
    }

    /// The page falls over between two commands, and is loaded again at once or later.
    fn fall(&mut self, at: usize, done: usize, all: usize) -> Kept {
        self.note(|| format!("the page of tab {at} falls over after {done} of {all} commands"));
        let sight = match self.heard.noted_last.take() {
            Some((tab, false)) if tab == at => Some(Sight::FellBeforeSending),
            Some((tab, true)) if tab == at => Some(Sight::FellAfterSending),
            _ => None,
        };
        sight.into_iter().for_each(|sight| self.seen.see(sight));
        // What the tab had in hand is lost with it; a new one is loaded before anything else happens to it.
        self.tabs[at].visit += 1;
        self.load(at)
    }

    fn perform(&mut self, at: usize, command: Command) -> Kept {
        match command {
            Command::Send(ticket, request) => self.send(at, ticket, request)?,
            Command::Wake(ticket, moment) => self.told_at(moment - self.skew, at, Event::Woke(ticket)),
            Command::Go(address) => {
                self.note(|| format!("    address {address}"));
                self.push(at, &address);
                return self.follow(at);
            }
            Command::Replace(address) => {
                self.note(|| format!("    address becomes {address}"));
                let tab = &mut self.tabs[at];
                tab.history[tab.at] = address;
                return self.follow(at);
            }
            Command::SignIn { claims } => {
                self.tabs[at].proved = claims.is_some();
                self.sign_in(at);
            }
            // The other account sees what this one does; what is asked with its token is held to what every request is.
            Command::SendAs(ticket, request, _) => self.send(at, ticket, request)?,
            Command::UseAccount(id) => {
                self.note(|| format!("    tab {at} goes on as account {id}"));
                self.seen.see(Sight::Switched);
                self.tabs[at].session = person(usize::from(id == "1"));
                return self.enter(at);
            }
            Command::AskHost(ticket, _) => {
                self.told_in(Span::from_millis(50), at, Event::Answered(ticket, Err(Unreachable::NoAnswer)));
            }
            Command::Renew => {}
            Command::SignOut => {
                self.tabs[at].session = Session::SignedOut;
                self.told_in(Span::from_millis(300), at, Event::SessionChanged(Session::SignedOut));
            }
            Command::KeepDraft(text) => {
                let (full, tab) = (self.full, &mut self.tabs[at]);
                if !full {
                    tab.drafts[of(tab.world)] = text;
                } else {
                    self.storage_refused(at)?;
                }
            }
            Command::KeepEntry(prefix, row) => return self.keep_entry(at, prefix, row),
            Command::Claim(ticket, name) => {
                let key = (of(self.tabs[at].world), name);
                let granted = !self.claims.contains_key(&key);
                if granted {
                    self.claims.insert(key, at);
                }
                self.told_in(Span::from_millis(2), at, Event::Claimed(ticket, granted));
            }
            Command::Release(name) => {
                self.claims.remove(&(of(self.tabs[at].world), name));
            }
            Command::LetSleep(ticket) => self.let_sleep(at, ticket),
            Command::Mark(_) | Command::AskToNotify | Command::Notify(_) => {}
            Command::KeepKeys(_) => {}
            Command::Share(_) => self.told_in(Span::from_millis(5), at, Event::NotShared),
            Command::Copy(_) => self.told_in(Span::from_millis(5), at, Event::Copied(true)),
        }
        Ok(())
    }

    /// The program has changed the address: perhaps into the other world.
    fn follow(&mut self, at: usize) -> Kept {
        let tab = &self.tabs[at];
        if World::of(&tab.history[tab.at]) == tab.world { Ok(()) } else { self.enter(at) }
    }

    fn sign_in(&mut self, at: usize) {
        if self.tabs[at].world == World::Demo {
            self.told_in(Span::from_millis(5), at, Event::SessionChanged(person(0)));
            return;
        }
        self.note(|| format!("tab {at} leaves to sign in"));
        // Now and then somebody else comes back.
        let who = usize::from(self.chance.happens(50));
        let tab = &mut self.tabs[at];
        (tab.session, tab.lapsed) = (person(who), false);
        self.seen.see(Sight::SignedInAgain);
        self.told_in(Span::from_millis(5), at, Event::SessionChanged(Session::Leaving));
        let visit = self.tabs[at].visit;
        self.later(self.now + Span::from_secs(1), Coming::Load(at, visit));
    }

    fn keep_entry(&mut self, at: usize, prefix: String, row: Option<String>) -> Kept {
        self.heard.noted_last = self.heard.leaving.is_some().then_some((at, false));
        if self.full {
            self.note(|| "    storage refuses the journal".into());
            return self.storage_refused(at);
        }
        self.note(|| "    keeps the journal".into());
        let world = self.tabs[at].world;
        let rows = &mut self.journals[of(world)];
        match row.clone() {
            Some(row) => rows.insert(prefix.clone(), row),
            None => rows.remove(&prefix),
        };
        for other in (0..self.tabs.len()).filter(|other| *other != at) {
            let soon = self.chance.millis(0, 30);
            if self.tabs[other].world == world {
                self.told_in(soon, other, Event::EntryChanged(prefix.clone(), row.clone()));
            }
        }
        Ok(())
    }

    fn let_sleep(&mut self, at: usize, ticket: Ticket) {
        let before = self.coming.len();
        // Another page of this tab, loaded before, may have had a ticket of this number.
        let (visit, woke) = (self.tabs[at].visit, Event::Woke(ticket));
        let is_it = |coming: &Coming| matches!(coming, Coming::Told(tab, of, event) if (*tab, *of) == (at, visit) && *event == woke);
        self.coming.retain(|_, coming| !is_it(coming));
        let let_go = before - self.coming.len();
        self.tabs[at].waits -= let_go;
    }

    fn storage_refused(&mut self, at: usize) -> Kept {
        let tab = &mut self.tabs[at];
        if !std::mem::replace(&mut tab.refusal_told, true) {
            self.told_in(Span::default(), at, Event::StorageRefused);
        }
        Ok(())
    }

    /// Answers a tab's request after a while.
    pub fn answer(&mut self, at: usize, ticket: Ticket, takes: Span, outcome: Result<Response, Unreachable>) {
        self.told_in(takes, at, Event::Answered(ticket, outcome));
    }

    pub fn told_in(&mut self, after: Span, at: usize, event: Event) {
        self.told_at(self.now + after, at, event);
    }

    fn told_at(&mut self, moment: Moment, at: usize, event: Event) {
        if matches!(event, Event::Woke(_) | Event::Answered(..)) {
            self.tabs[at].waits += 1;
        }
        let visit = self.tabs[at].visit;
        self.later(moment, Coming::Told(at, visit, event));
    }

    pub fn later(&mut self, moment: Moment, coming: Coming) {
        self.serial += 1;
        self.coming.insert((moment, self.serial), coming);
    }

    /// When the next thing happens, if anything does.
    pub fn next(&self) -> Option<Moment> {
        self.coming.first_key_value().map(|((at, _), _)| *at)
    }

    /// Lets the next thing happen, if it does before the end.
    pub fn step(&mut self, end: Moment) -> Kept<bool> {
        if self.next().is_none_or(|at| at > end) {
            return Ok(false);
        }
        let Some(((at, _), coming)) = self.coming.pop_first() else { return Ok(false) };
        self.now = self.now.max(at);
        match coming {
            Coming::Told(tab, visit, event) if self.tabs[tab].visit == visit => {
                if matches!(event, Event::Woke(_) | Event::Answered(..)) {
                    self.tabs[tab].waits -= 1;
                }
                self.tell(tab, event)?;
            }
            Coming::Told(..) => {}
            Coming::Read(world, request) => self.read(world, &request),
            Coming::Load(tab, visit) if self.tabs[tab].visit == visit => self.load(tab)?,
            Coming::Load(..) => {}
        }
        Ok(true)
    }

    /// Lets time pass. After so many things the computer sleeps: what is late then comes late.
    pub fn pass(&mut self, time: Span, most: usize) -> Kept {
        let end = self.now + time;
        for _ in 0..most {
            if !self.step(end)? {
                break;
            }
        }
        self.now = self.now.max(end);
        Ok(())
    }

    /// Closes every tab.
    pub fn close(&mut self) {
        self.coming.retain(|_, coming| matches!(coming, Coming::Read(..)));
        self.tabs.clear();
    }
}
