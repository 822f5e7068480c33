//! A person at the page: the whole application against the simulated Azure on a virtual clock.
//!
//! Presses what is on the screen, by its words, and only what can be pressed. Keeps a log of what was done and what
//! was shown: the story's snapshot.

use super::print::{self, lines};
use crate::{entra, openapi};
use pgflex_restore::app::{Event, Field, Model, Notices, Person, Session, Start};
use pgflex_restore::azure::http::{Method, Request, Response, Unreachable};
use pgflex_restore::config::{self, Config};
use pgflex_restore::flow::host::File;
use pgflex_restore::flow::standing::Standing;
use pgflex_restore::flow::{Command, Sharing, Ticket};
use pgflex_restore::moment::{Moment, Span};
use pgflex_restore::screen::{Act, Block, Button, Screen, screen};
use pgflex_restore::sim::Azure;
use pgflex_restore::when::Zone;
use std::collections::{BTreeMap, BTreeSet};

/// The night of the mock-ups.
pub const NIGHT: &str = "2026-11-22T02:12:00Z";

pub const CONFIG: &str = r#"{"clientId":"1b4e28ba-2fa1-4d3b-9f04-0c8a5b1d2e3f","tenant":"contoso.onmicrosoft.com"}"#;

/// What stands between the application and Azure: it may answer in Azure's place.
pub type Between = Box<dyn FnMut(Moment, &Request) -> Option<Result<Response, Unreachable>>>;

/// What stands between Azure and the application: it may change what Azure has answered.
pub type After = Box<dyn FnMut(&Request, &mut Result<Response, Unreachable>)>;

pub struct Story {
    pub model: Model,
    pub azure: Azure,
    pub now: Moment,
    pub log: Vec<String>,
    /// Every request that was sent.
    pub sent: Vec<Request>,
    /// What the browser keeps.
    pub journal: BTreeMap<String, String>,
    pub draft: Option<String>,
    pub history: Vec<String>,
    pub clipboard: Option<String>,
    /// Whether the next start is by a link, and not by a reload.
    pub opened: bool,
    /// Whether the browser can have the system share something.
    pub can_share: bool,
    /// Whether single keys are shortcuts, as the browser keeps it.
    pub keys: bool,
    /// What the system was given to share.
    pub shared: Option<Sharing>,
    /// Whether the browser has left for the sign-in page.
    pub left: bool,
    /// What the sign-in page was asked to have proven.
    pub claims: Option<String>,
    /// How often another token was asked for.
    pub renewals: usize,
    /// Every account that is signed in in this tab; whose session it is goes without.
    pub accounts: Vec<Person>,
    /// Which account each request that was sent went with.
    pub sent_as: Vec<String>,
    pub between: Between,
    pub after: After,
    /// The names that this page has claimed and not given up.
    pub claimed: BTreeSet<String>,
    /// Whether another tab holds every name that this page claims from now on.
    pub held_elsewhere: bool,
    pub config: String,
    /// The page's own folder.
    pub folder: String,
    /// What the page's own host answers about a file of the program.
    pub host: Box<dyn FnMut(File) -> Result<Response, Unreachable>>,
    /// The reader's time zone.
    pub zone: Zone,
    /// By how much the browser's clock is ahead of Azure's.
    pub ahead: Span,
    /// Whether the page may show notifications.
    pub notices: Notices,
    /// The notifications that it asked for: how the restore of which server stands.
    pub notified: Vec<(Standing, String)>,
    /// What the tab's icon shows.
    pub mark: Option<Standing>,
    pub queue: BTreeMap<(Moment, u64), Event>,
    /// How many rows of a table are on screen: they tell that they are there.
    pub rows_on_screen: usize,
    /// The rows that have told it since they were drawn.
    rows_seen: BTreeSet<String>,
    count: u64,
    shown: String,
    seed: u64,
}

impl Story {
    /// Opens an address of the demo.
    pub fn demo(address: &str) -> Story {
        Story::open(address, Session::SignedOut)
    }

    /// Opens an address as somebody who is signed in.
    pub fn signed_in(address: &str) -> Story {
        Story::open(address, person())
    }

    /// Opens an address.
    pub fn open(address: &str, session: Session) -> Story {
        let mut story = Story::closed(address);
        story.start(session);
        story
    }

    /// A browser with an address in its bar, not loaded yet.
    pub fn closed(address: &str) -> Story {
        Story {
            model: Model::new(),
            azure: Azure::new(None),
            now: Moment::parse(NIGHT).unwrap(),
            log: Vec::new(),
            sent: Vec::new(),
            journal: BTreeMap::new(),
            draft: None,
            history: vec![address.to_string()],
            clipboard: None,
            opened: false,
            can_share: true,
            keys: true,
            shared: None,
            left: false,
            claims: None,
            renewals: 0,
            accounts: Vec::new(),
            sent_as: Vec::new(),
            between: Box::new(|_, _| None),
            after: Box::new(|_, _| ()),
            claimed: BTreeSet::new(),
            held_elsewhere: false,
            config: CONFIG.into(),
            folder: "https://restore.contoso.com/".into(),
            host: Box::new(|file| Ok(super::host::sealed(file))),
            zone: Zone::default(),
            ahead: Span::default(),
            notices: Notices::Absent,
            notified: Vec::new(),
            mark: None,
            queue: BTreeMap::new(),
            rows_on_screen: 15,
            rows_seen: BTreeSet::new(),
            count: 0,
            shown: String::new(),
            seed: 7,
        }
    }

    /// Loads the page: what was on its way is lost, what the browser keeps is there.
    pub fn start(&mut self, session: Session) {
        self.model = Model::new();
        self.begin(session);
    }

    /// The program begins, or begins anew in a page that stays.
    fn begin(&mut self, session: Session) {
        self.queue.clear();
        self.rows_seen.clear();
        self.claimed.clear();
        self.seed += 1;
        let start = Start {
            address: self.address().to_string(),
            config: self.config_read(),
            session,
            opened: std::mem::take(&mut self.opened),
            accounts: self.accounts.clone(),
            proved: std::mem::take(&mut self.claims).is_some(),
            journal: Ok(self.journal.values().cloned().collect()),
            draft: self.draft.clone(),
            seed: self.seed,
            online: true,
            notices: self.notices,
            folder: self.folder.clone(),
            framed: false,
            insecure: false,
            shares: self.can_share,
            keys: self.keys,
            browser: "Mozilla/5.0".into(),
            msal: "5.0.0".into(),
            zone: self.zone.clone(),
        };
        self.tell(Event::Started(Box::new(start)));
    }

    fn config_read(&self) -> Result<Config, Vec<config::Problem>> {
        config::read(&self.config)
    }

    /// Loads the page again.
    pub fn reload(&mut self) {
        self.note("reloads");
        let session = self.model.session.clone();
        self.start(session);
    }

    /// The address bar.
    pub fn address(&self) -> &str {
        self.history.last().map_or("", String::as_str)
    }

    /// The Back button.
    pub fn back(&mut self) {
        self.history.pop();
        self.note("goes back");
        self.tell(Event::AddressChanged(self.address().to_string()));
    }

    /// Follows a link, or types an address.
    pub fn go(&mut self, address: &str) {
        self.history.push(address.to_string());
        self.tell(Event::AddressChanged(address.to_string()));
    }

    pub fn screen(&self) -> Screen {
        screen(&self.model)
    }

    /// All that can be read on the page.
    pub fn text(&self) -> String {
        print::page(&self.screen(), self.now)
    }

    /// Fails unless the page says this.
    #[track_caller]
    pub fn sees(&self, words: &str) {
        let text = self.text();
        assert!(text.contains(words), "the page does not say “{words}”:\n{text}\n{}", self.log.join("\n"));
    }

    /// Fails if the page says this.
    #[track_caller]
    pub fn does_not_see(&self, words: &str) {
        let text = self.text();
        assert!(!text.contains(words), "the page says “{words}”:\n{text}");
    }

    /// The button with these words.
    pub fn button(&self, label: &str) -> Option<Button> {
        print::buttons(&self.screen()).into_iter().find(|button| button.label == label)
    }

    /// Presses the button with these words, which has to be there and enabled.
    #[track_caller]
    pub fn press(&mut self, label: &str) {
        let Some(button) = self.button(label) else {
            panic!("there is no button “{label}”:\n{}", self.text());
        };
        assert_eq!(button.disabled, None, "“{label}” cannot be pressed");
        self.note(&format!("presses “{label}”"));
        match button.act {
            Act::Go(address) => self.go(&address),
            Act::Do(event) => self.tell(event),
            Act::Submit => {
                let is_it =
                    |block: &Block| matches!(block, Block::Buttons(all) if all.iter().any(|b| b.label == label));
                let form = print::blocks(&self.screen()).into_iter().find_map(|block| match block {
                    Block::Form(body, event) if body.iter().any(is_it) => Some(event),
                    _ => None,
                });
                self.tell(form.expect("the button stands in a form"));
            }
            Act::Out(address) => panic!("“{label}” leads away, to {address}"),
            Act::Print => panic!("“{label}” is the browser's"),
        }
    }

    /// Presses the button with these words that has so many of the same words before it: in a row, on a card.
    #[track_caller]
    pub fn press_at(&mut self, label: &str, at: usize) {
        let screen = self.screen();
        let buttons = print::buttons(&screen).into_iter().filter(|button| button.label == label);
        let mut events: Vec<Event> =
            print::presses(&screen).into_iter().filter(|(t, _)| t == label).map(|(_, e)| e).collect();
        for button in buttons {
            assert_eq!(button.disabled, None, "“{label}” cannot be pressed");
            match button.act {
                Act::Do(event) => events.push(event),
                Act::Go(address) => events.push(Event::AddressChanged(address)),
                act => panic!("“{label}” does {act:?}"),
            }
        }
        assert!(at < events.len(), "there are {} “{label}”:\n{}", events.len(), self.text());
        self.note(&format!("presses “{label}” ({})", at + 1));
        match events.swap_remove(at) {
            Event::AddressChanged(address) => self.go(&address),
            event => self.tell(event),
        }
    }

    /// Has Azure check the request that is reviewed, and sees that it would let it through.
    #[track_caller]
    pub fn check(&mut self) {
        self.press("Check with Azure");
        self.wait_for("Azure would accept it");
    }

    /// Follows the link with these words.
    #[track_caller]
    pub fn follow(&mut self, words: &str) {
        let Some(href) = print::links(&self.screen()).into_iter().find(|(text, _)| text == words).map(|(_, href)| href)
        else {
            panic!("there is no link “{words}”:\n{}", self.text());
        };
        self.note(&format!("follows “{words}”"));
        self.go(&href);
    }

    /// Types into a field.
    pub fn type_into(&mut self, field: Field, text: &str) {
        self.note(&format!("types “{text}”"));
        self.tell(Event::Typed(field, text.into()));
    }

    /// Chooses what begins with these words from a field's choices or options.
    #[track_caller]
    pub fn pick(&mut self, field: Field, words: &str) {
        let options = self.options(field);
        let Some((value, _)) = options.iter().find(|(_, says)| says.starts_with(words)) else {
            panic!("there is no “{words}” among {options:?}:\n{}", self.text());
        };
        self.note(&format!("picks “{words}”"));
        self.tell(Event::Typed(field, value.clone()));
    }

    /// What a field offers to choose from: values and words.
    pub fn options(&self, field: Field) -> Vec<(String, String)> {
        let offered = print::blocks(&self.screen()).into_iter().find_map(|block| match block {
            Block::Choice(choice) if choice.field == field => {
                let said = |words| print::text(words, self.now);
                Some(choice.options.iter().map(|(value, words, _)| (value.clone(), said(words))).collect())
            }
            Block::Input(input) if input.field == field => Some(input.options),
            _ => None,
        });
        offered.unwrap_or_default()
    }

    /// Chooses the recovery point in a row, the newest being 0.
    pub fn choose(&mut self, row: usize) {
        let points = self.screen().page.points.expect("the page has points");
        let name = points.rows()[row].name.clone();
        self.note(&format!("chooses the point of {}", points.rows()[row].made.iso()));
        self.tell(Event::PointChosen(name));
    }

    /// Something happens.
    pub fn tell(&mut self, event: Event) {
        let commands = self.model.update(event, self.now);
        self.show();
        for command in commands {
            self.perform(command);
        }
        self.see_rows();
    }

    /// A row that has come on screen tells it, once as long as it is drawn.
    fn see_rows(&mut self) {
        let rows = print::rows(&self.screen());
        self.rows_seen.retain(|seen| rows.iter().any(|(key, shown)| key == seen && shown.is_some()));
        for (key, shown) in rows.into_iter().take(self.rows_on_screen) {
            if let Some(shown) = shown
                && self.rows_seen.insert(key)
            {
                self.later(self.now, shown);
            }
        }
    }

    /// Lets time pass until the page says this; fails after six hours.
    #[track_caller]
    pub fn wait_for(&mut self, words: &str) {
        let end = self.now + Span::from_secs(6 * 3600);
        while !self.text().contains(words) {
            if !self.step(end) {
                panic!("waited in vain for “{words}”:\n{}\n{}", self.text(), self.log.join("\n"));
            }
        }
    }

    /// What the page that lists them tells of the restores that were started in this browser.
    pub fn started_here(&self) -> String {
        let tables = print::blocks(&self.screen()).into_iter().filter_map(|block| match block {
            Block::Table { label, rows, .. } if label == "Started in this browser" => Some(rows),
            _ => None,
        });
        let cells = tables.flatten().flat_map(|row| row.cells);
        lines(&cells.map(|cell| print::text(&cell, self.now)).collect::<Vec<_>>())
    }

    /// Lets time pass until one of those is told so.
    #[track_caller]
    pub fn wait_for_here(&mut self, words: &str) {
        let end = self.now + Span::from_secs(6 * 3600);
        while !self.started_here().contains(words) {
            assert!(self.step(end), "waited in vain for “{words}”:\n{}", self.text());
        }
    }

    /// Lets time pass until nothing waits for anything, or until so many seconds are over.
    pub fn wait(&mut self, seconds: i64) {
        let end = self.now + Span::from_secs(seconds);
        while self.step(end) {}
        self.now = end;
    }

    /// The next thing that happens, if it happens before the end.
    pub fn step(&mut self, end: Moment) -> bool {
        let Some(((at, _), _)) = self.queue.first_key_value() else { return false };
        if *at > end {
            return false;
        }
        let ((at, _), event) = self.queue.pop_first().unwrap();
        self.now = self.now.max(at);
        self.tell(event);
        true
    }

    /// How much is on its way: answers and wake-ups.
    pub fn waits(&self) -> usize {
        self.queue.len()
    }

    /// Whether nothing waits for anything.
    pub fn is_at_rest(&self) -> bool {
        self.queue.is_empty()
    }

    /// How often a write of this kind was sent.
    pub fn count(&self, method: Method, ending: &str) -> usize {
        self.sent.iter().filter(|r| r.method == method && r.url.path().ends_with(ending)).count()
    }

    fn later(&mut self, at: Moment, event: Event) {
        self.count += 1;
        self.queue.insert((at, self.count), event);
    }

    fn perform(&mut self, command: Command) {
        match command {
            Command::Send(ticket, request) => {
                let id = match &self.model.session {
                    Session::SignedIn(person) => person.id.clone(),
                    _ => String::new(),
                };
                self.send(ticket, request, id);
            }
            Command::SendAs(ticket, request, id) => self.send(ticket, request, id),
            Command::AskHost(ticket, file) => {
                let answer = (self.host)(file);
                self.later(self.now + Span::from_millis(50), Event::Answered(ticket, answer));
            }
            Command::UseAccount(id) => {
                let person = self.accounts.iter().find(|person| person.id == id).expect("it is signed in").clone();
                self.note(&format!("goes on as {}", person.username));
                self.begin(Session::SignedIn(person));
            }
            Command::Wake(ticket, at) => self.later(at, Event::Woke(ticket)),
            Command::LetSleep(ticket) => self.queue.retain(|_, event| *event != Event::Woke(ticket)),
            Command::Mark(mark) => self.mark = mark,
            Command::AskToNotify => self.tell(Event::NoticesChanged(Notices::Allowed)),
            Command::Notify(news) => self.notified.push((news.standing, news.server)),
            Command::Go(address) => {
                self.note(&format!("address {}", short(&address)));
                self.history.push(address);
            }
            Command::Replace(address) => {
                self.note(&format!("address becomes {}", short(&address)));
                self.history.pop();
                self.history.push(address);
            }
            Command::SignIn { claims } => {
                self.note(if claims.is_some() { "leaves to sign in with more proof" } else { "leaves to sign in" });
                (self.left, self.claims) = (true, claims);
            }
            Command::Renew => {
                self.note("has the token renewed");
                self.renewals += 1;
            }
            Command::SignOut => self.note("signs out"),
            Command::KeepDraft(draft) => self.draft = draft,
            Command::KeepEntry(prefix, row) => {
                self.note(if row.is_some() { "notes the restore" } else { "forgets a restore" });
                match row {
                    Some(row) => self.journal.insert(prefix, row),
                    None => self.journal.remove(&prefix),
                };
            }
            Command::Copy(text) => {
                self.clipboard = Some(text);
                self.tell(Event::Copied(true));
            }
            Command::Share(sharing) => self.shared = Some(sharing),
            Command::KeepKeys(on) => self.keys = on,
            Command::Claim(ticket, name) => {
                let granted = !self.held_elsewhere && self.claimed.insert(name);
                self.later(self.now, Event::Claimed(ticket, granted));
            }
            Command::Release(name) => {
                self.claimed.remove(&name);
            }
        }
    }

    fn send(&mut self, ticket: Ticket, request: Request, account: String) {
        entra::hold(&request);
        // What stands in between sees the token.
        let mut told = request.clone();
        told.headers.push(("Authorization".into(), format!("Bearer {account}")));
        self.sent_as.push(account);
        let (mut outcome, takes) = match (self.between)(self.now, &told) {
            Some(outcome) => {
                openapi::hold(&request, None);
                (outcome, Span::from_millis(200))
            }
            None => {
                let reply = self.azure.answer(self.now - self.ahead, &request);
                openapi::hold(&request, reply.outcome.as_ref().ok());
                (reply.outcome, reply.takes)
            }
        };
        (self.after)(&request, &mut outcome);
        let what = match &outcome {
            Ok(response) => response.status.to_string(),
            Err(why) => format!("{why:?}"),
        };
        self.note(&format!("{} {} → {what}", request.method.as_str(), short(request.url.path())));
        self.sent.push(request);
        self.later(self.now + takes, Event::Answered(ticket, outcome));
    }

    fn show(&mut self) {
        let screen = self.screen();
        let mut shown = screen.page.title.clone();
        for (tone, title) in print::statuses(&screen) {
            shown.push_str(&format!(" | {tone:?}: {title}"));
        }
        if shown != self.shown {
            self.note(&format!("    shows “{shown}”"));
            self.shown = shown;
        }
    }

    fn note(&mut self, line: &str) {
        let time = self.now.iso();
        self.log.push(format!("{} {line}", &time[11..19]));
    }

    /// The log, for a snapshot.
    pub fn told(&self) -> String {
        lines(&self.log)
    }
}

pub fn person() -> Session {
    Session::SignedIn(Person {
        id: "oncall".into(),
        username: "oncall-dba@contoso.com".into(),
        tenant: "3c0d5a7e-16b2-4f58-9f0a-b7d1e9c2a840".into(),
    })
}

/// A path or an address by what tells it apart: its last names, ids cut.
fn short(text: &str) -> String {
    if let Some((page, _)) = text.split_once('?') {
        return page.to_string();
    }
    let names: Vec<&str> = text.rsplit('/').take(2).collect();
    let cut = |name: &str| if name.len() > 24 { format!("{}…", &name[..12]) } else { name.to_string() };
    names.into_iter().rev().map(cut).collect::<Vec<_>>().join("/")
}
