//! Performs commands and tells what happens: everything between the program and the browser, for one world at a time.
//!
//! The address decides on the world (`#/demo…` is the demo's). When it leads from one into the other, the program is
//! held, every wait is forgotten, every answer still on its way is dropped, and it begins anew with what the other
//! world keeps: `Started`, just as when the page was loaded.
//!
//! ```text
//! enter(world) → hold → (Azure: MSAL and config.json, the sign-in page's answer) → gather → begin(Started)
//! ```

mod accounts;
mod awake;

use super::address::{self, Address};
use super::clock::{Clock, real};
use super::demo::{self, Simulation};
use super::js::{folder, framed, insecure, online, outcome, window};
use super::listen::Listener;
use super::lock::Locks;
use super::runtime::{Program, Runtime};
use super::sign_in::{self, Account, SignIn};
use super::storage::{Refused, Store};
use super::timers::Timers;
use super::{chance, clipboard, favicon, fetch, host_config, keys, msal, notify, own_host, share, stop, zone};
use crate::app::{Event, Session, Start};
use crate::azure::http::{Request, Response, Unreachable};
use crate::config::{Config, Problem};
use crate::flow::host::File;
use crate::flow::upload::Uploads;
use crate::flow::{Command, Ticket};
use crate::link::World;
use gloo_timers::callback::Timeout;
use js_sys::Promise;
use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;

/// The edge of one running program. Dropped, it listens and waits no more.
pub struct Edge<P: Program + 'static> {
    me: Weak<Edge<P>>,
    runtime: Runtime<P>,
    clock: Rc<Cell<Clock>>,
    world: Cell<World>,
    /// Counts the worlds entered: what belongs to an earlier visit is dropped.
    visit: Cell<u64>,
    address: Address,
    timers: Rc<Timers>,
    refusal_told: Cell<bool>,
    leaving: Cell<bool>,
    azure: RefCell<Azure>,
    simulation: RefCell<Option<Rc<Simulation>>>,
    locks: Locks,
    uploads: Cell<Uploads>,
    listeners: RefCell<Vec<Listener>>,
}

/// What is known of the way to Azure.
#[derive(Clone)]
enum Azure {
    /// Nothing was asked for yet: so in the demo. Or MSAL did not load or begin, and may the next time.
    Unknown,
    /// It is being found out.
    Asked,
    /// Found out, once for this page.
    Known { config: Result<Config, Vec<Problem>>, sign_in: Option<Rc<SignIn>>, session: Session },
}

impl<P: Program + 'static> Edge<P> {
    /// The edge of this program. Nothing happens before [`Edge::enter`].
    pub fn new(runtime: Runtime<P>, clock: Rc<Cell<Clock>>) -> Rc<Self> {
        let edge = Rc::new_cyclic(|me: &Weak<Edge<P>>| {
            let (for_address, for_timers) = (me.clone(), me.clone());
            Edge {
                me: me.clone(),
                runtime,
                clock,
                world: Cell::new(World::of(&address::read())),
                visit: Cell::new(0),
                address: Address::new(move |fragment| {
                    if let Some(edge) = for_address.upgrade() {
                        edge.arrive(fragment);
                    }
                }),
                timers: Timers::new(Clock::REAL, move |ticket| {
                    if let Some(edge) = for_timers.upgrade() {
                        edge.tell(Event::Woke(ticket));
                    }
                }),
                refusal_told: Cell::new(false),
                leaving: Cell::new(false),
                azure: RefCell::new(Azure::Unknown),
                simulation: RefCell::default(),
                locks: Locks::default(),
                uploads: Cell::new(fetch::uploads()),
                listeners: RefCell::default(),
            }
        });
        edge.runtime.performed_by({
            let me = edge.me.clone();
            move |command| {
                if let Some(edge) = me.upgrade() {
                    edge.perform(command);
                }
            }
        });
        edge.listen();
        edge
    }

    /// Begins in the world that the address names.
    pub fn enter(&self) {
        let world = World::of(&address::read());
        self.world.set(world);
        self.visit.set(self.visit.get() + 1);
        self.refusal_told.set(false);
        self.runtime.hold();
        self.locks.clear();
        match world {
            World::Demo => {
                let simulation = self.simulation();
                self.turn_to(simulation.clock());
                // A demo asks no host for its configuration and nobody for a password.
                self.begin(Err(Vec::new()), demo::person());
            }
            World::Azure => {
                self.turn_to(Clock::REAL);
                self.enter_azure();
            }
        }
    }

    /// Goes by this clock from now on; what was waited for by the one before is forgotten.
    fn turn_to(&self, clock: Clock) {
        self.clock.set(clock);
        self.timers.clear(clock);
    }

    fn enter_azure(&self) {
        let known = self.azure.borrow().clone();
        match known {
            Azure::Known { config, session, .. } => self.begin(config, session),
            // Whoever asked will begin.
            Azure::Asked => (),
            Azure::Unknown => self.find_azure(false),
        }
    }

    /// Finds out the way to Azure, and begins; for somebody who wants to sign in, goes on to that.
    fn find_azure(&self, signs_in: bool) {
        self.azure.replace(Azure::Asked);
        self.spawn(async move |edge| {
            let (config, sign_in, session) = find_azure().await;
            let found = sign_in.is_some();
            let known = match sign_in {
                None if matches!(session, Session::Failed { .. }) => Azure::Unknown,
                sign_in => {
                    Azure::Known { config: config.clone(), sign_in: sign_in.map(Rc::new), session: session.clone() }
                }
            };
            edge.azure.replace(known);
            edge.address.look();
            // The person may have gone on to the demo meanwhile.
            if edge.world.get() == World::Azure {
                edge.begin(config, session);
                if found && signs_in {
                    edge.sign_in(None);
                }
            }
        });
    }

    fn begin(&self, config: Result<Config, Vec<Problem>>, session: Session) {
        let store = self.store();
        let start = Start {
            address: self.address.look(),
            config,
            session,
            opened: self.address.opened(),
            accounts: self.people(),
            proved: self.signing_in().is_some_and(|sign_in| sign_in.proved()),
            journal: store.journal().map_err(|Refused| ()),
            draft: store.draft(),
            seed: chance::seed(),
            online: online(),
            notices: notify::notices(),
            folder: folder(),
            framed: framed(),
            insecure: insecure(),
            shares: share::shares(),
            keys: keys::are_on(),
            browser: window().navigator().user_agent().unwrap_or_default(),
            msal: msal::version(),
            zone: zone::table(real()),
        };
        self.runtime.begin(Event::Started(Box::new(start)));
        if !store.takes() {
            self.refused();
        }
    }

    /// Something happened, for the program to know.
    fn tell(&self, event: Event) {
        self.runtime.dispatch(event);
    }

    /// The person has changed the address.
    fn arrive(&self, fragment: String) {
        if World::of(&fragment) == self.world.get() {
            self.tell(Event::AddressChanged(fragment));
        } else {
            self.enter();
        }
    }

    fn perform(&self, command: Command) {
        match command {
            Command::Send(ticket, request) => {
                self.send(ticket, request, self.signing_in().and_then(|sign_in| sign_in.account()));
            }
            Command::SendAs(ticket, request, id) => {
                self.send(ticket, request, self.signing_in().and_then(|sign_in| sign_in.of(&id)));
            }
            Command::AskHost(ticket, file) => self.ask_host(ticket, file),
            Command::Renew => {
                if let Some(sign_in) = self.signing_in() {
                    sign_in.renew();
                }
            }
            Command::Wake(ticket, moment) => self.timers.set(ticket, moment),
            Command::LetSleep(ticket) => self.timers.forget(ticket),
            Command::Go(fragment) => {
                self.address.go(&fragment);
                self.follow();
            }
            Command::Replace(fragment) => {
                self.address.replace(&fragment);
                self.follow();
            }
            Command::SignIn { claims } => self.sign_in(claims),
            Command::UseAccount(id) => self.use_account(&id),
            Command::SignOut => self.sign_out(),
            Command::KeepDraft(text) => self.kept(self.store().keep_draft(text.as_deref())),
            Command::KeepEntry(prefix, row) => self.kept(self.store().keep_entry(&prefix, row.as_deref())),
            Command::Mark(standing) => favicon::show(standing),
            Command::Notify(news) => notify::tell(self.world.get(), &news),
            Command::AskToNotify => self.ask_to_notify(),
            Command::KeepKeys(on) => keys::keep(on),
            Command::Copy(text) => self.hear(clipboard::copy(&text), |came| Some(Event::Copied(came.is_ok()))),
            Command::Share(sharing) => {
                self.hear(share::share(&sharing), |came| share::failed(came).then_some(Event::NotShared));
            }
            Command::Claim(ticket, name) => self.claim(ticket, &name),
            Command::Release(name) => self.locks.release(&self.store().key(&name)),
        }
    }

    /// What was asked of the browser within the press comes to something: tells what that means.
    fn hear(&self, asked: Result<Promise, JsValue>, means: fn(&Result<JsValue, JsValue>) -> Option<Event>) {
        self.spawn(async move |edge| {
            if let Some(event) = means(&outcome(asked).await) {
                edge.tell(event);
            }
        });
    }

    fn ask_to_notify(&self) {
        let me = self.me.clone();
        notify::ask(move |notices| {
            if let Some(edge) = me.upgrade() {
                edge.tell(Event::NoticesChanged(notices));
            }
        });
    }

    /// The program has changed the address: perhaps into the other world.
    fn follow(&self) {
        if World::of(&address::read()) != self.world.get() {
            self.enter();
        }
    }

    fn send(&self, ticket: Ticket, request: Request, account: Option<Rc<Account>>) {
        let (visit, world) = (self.visit.get(), self.world.get());
        self.spawn(async move |edge| match world {
            World::Azure => {
                let outcome = edge.ask_azure(&request, account).await;
                edge.answered(visit, ticket, outcome);
            }
            World::Demo => {
                let simulation = edge.simulation();
                if let Err(thrown) = simulation.loaded().await {
                    return stop::stop(&thrown);
                }
                let (after, outcome) = simulation.answer(&request);
                Timeout::new(after, move || edge.answered(visit, ticket, outcome)).forget();
            }
        });
    }

    /// In the demo too: its host is the real one.
    fn ask_host(&self, ticket: Ticket, file: File) {
        let visit = self.visit.get();
        self.spawn(async move |edge| edge.answered(visit, ticket, own_host::ask(file).await));
    }

    fn answered(&self, visit: u64, ticket: Ticket, outcome: Result<Response, Unreachable>) {
        if self.visit.get() == visit {
            self.tell(Event::Answered(ticket, outcome));
        }
    }

    fn claim(&self, ticket: Ticket, name: &str) {
        let (visit, me) = (self.visit.get(), self.me.clone());
        self.locks.claim(self.store().key(name), move |granted| {
            if let Some(edge) = me.upgrade().filter(|edge| edge.visit.get() == visit) {
                edge.tell(Event::Claimed(ticket, granted));
            }
        });
    }

    async fn ask_azure(&self, request: &Request, account: Option<Rc<Account>>) -> Result<Response, Unreachable> {
        let known = self.azure.borrow().clone();
        let Azure::Known { config: Ok(config), sign_in: Some(sign_in), .. } = known else {
            return Err(Unreachable::SignedOut("no_account".to_string()));
        };
        let arm_host = config.cloud.arm_host();
        fetch::check(arm_host, &request.url)?;
        let token = sign_in.token(account).await?;
        fetch::send(arm_host, &token, request, &self.uploads).await
    }

    fn session_changed(&self, now: Session) {
        if let (World::Azure, Azure::Known { session, .. }) = (self.world.get(), &mut *self.azure.borrow_mut()) {
            *session = now.clone();
        }
        self.tell(Event::SessionChanged(now));
    }

    fn signing_in(&self) -> Option<Rc<SignIn>> {
        match &*self.azure.borrow() {
            Azure::Known { sign_in, .. } => sign_in.clone(),
            _ => None,
        }
    }

    fn simulation(&self) -> Rc<Simulation> {
        self.simulation.borrow_mut().get_or_insert_with(|| Rc::new(Simulation::resume())).clone()
    }

    fn store(&self) -> Store {
        Store::of(self.world.get())
    }

    fn kept(&self, outcome: Result<(), Refused>) {
        if outcome.is_err() {
            self.refused();
        }
    }

    /// Storage did not take something: told once, since it will not take the next thing either.
    fn refused(&self) {
        if !self.refusal_told.replace(true) {
            self.tell(Event::StorageRefused);
        }
    }

    fn spawn(&self, work: impl AsyncFnOnce(Rc<Self>) + 'static) {
        if let Some(edge) = self.me.upgrade() {
            spawn_local(async move { work(edge).await });
        }
    }
}

/// Loads what the way to Azure needs, reads the configuration, takes in the sign-in page's answer.
async fn find_azure() -> (Result<Config, Vec<Problem>>, Option<SignIn>, Session) {
    let loaded = sign_in::loaded().await;
    let config = host_config::read();
    let (sign_in, session) = match (&config, loaded) {
        (Ok(config), Ok(())) => SignIn::begin(config).await,
        (_, Err(refusal)) => (None, sign_in::failed(refusal)),
        (Err(_), Ok(())) => (None, Session::SignedOut),
    };
    sign_in::restore_address();
    (config, sign_in, session)
}
