//! A tab that follows many restores, without a screen: the model, a clock, and an Azure whose jobs all run.

use pgflex_restore::app::{Event, Model, Notices, Person, Session, Start};
use pgflex_restore::azure::http::{Request, Response};
use pgflex_restore::azure::id::{Found, JobId, find};
use pgflex_restore::config;
use pgflex_restore::flow::Command;
use pgflex_restore::journal::Entry;
use pgflex_restore::link::Prefix;
use pgflex_restore::moment::{Moment, Span};
use pgflex_restore::when::Zone;
use serde_json::{Value, json};
use std::collections::BTreeMap;

pub const NIGHT: &str = "2026-11-22T02:12:00Z";
const CONFIG: &str = r#"{"clientId":"1b4e28ba-2fa1-4d3b-9f04-0c8a5b1d2e3f","tenant":"contoso.onmicrosoft.com"}"#;
const CONTAINER: &str = "https://stordersrestoreweu.blob.core.windows.net/pg-restore-drills";
/// How long an answer takes.
const TAKES: Span = Span::from_millis(200);

/// So many restores of so many servers in so many vaults.
#[derive(Clone, Copy)]
pub struct Many {
    pub restores: usize,
    pub servers: usize,
    pub vaults: usize,
}

impl Many {
    fn vault(self, nth: usize) -> String {
        let vault = nth % self.vaults;
        format!(
            "/subscriptions/6f2d9a41-5c0e-4b7a-9f63-2d1e8c7b4a05/resourceGroups/rg-backup-prod/providers/Microsoft.DataProtection/backupVaults/bvault-{vault}"
        )
    }

    fn point(self, nth: usize) -> String {
        format!("{}/backupInstances/psql-{}/recoveryPoints/{nth:032x}", self.vault(nth), nth % self.servers)
    }

    fn job_id(self, nth: usize) -> String {
        let drawn = (nth as u32).wrapping_mul(0x9e37_79b1);
        format!("{}/backupJobs/{drawn:08x}-5c0e-4b7a-9f63-{nth:012x}", self.vault(nth))
    }

    /// What the journal has of it: its job is known, and runs.
    fn row(self, nth: usize) -> String {
        let Some(Found::Point(point)) = find(&self.point(nth)) else { unreachable!("a point") };
        let at = Moment::parse(NIGHT).unwrap() - Span::from_secs(600);
        let prefix = Prefix::parse(&format!("orders-{nth}")).unwrap();
        let entry = Entry {
            realm: "public/3c0d5a7e-16b2-4f58-9f0a-b7d1e9c2a840".into(),
            point,
            made: at,
            server: format!("psql-{}", nth % self.servers),
            container: CONTAINER.into(),
            target: None,
            region: "westeurope".into(),
            identity: None,
            prefix,
            sent: at,
            accepted: Some(at),
            refused: None,
            job: JobId::parse(&self.job_id(nth)),
            outcome: None,
        };
        entry.print()
    }

    /// The job as Azure tells it: in full where it is asked for by itself.
    fn job(self, nth: usize, full: bool) -> Value {
        let point = self.point(nth);
        let (instance, point) = point.split_once("/recoveryPoints/").unwrap();
        let mut properties = json!({
            "operationCategory": "Restore",
            "status": "InProgress",
            "backupInstanceId": instance,
            "dataSourceName": format!("psql-{}", nth % self.servers),
            "startTime": (Moment::parse(NIGHT).unwrap() - Span::from_secs(590)).iso(),
        });
        if full {
            properties["extendedInfo"] = json!({
                "additionalDetails": { "Restore File Prefix": format!("orders-{nth}") },
                "recoveryDestination": CONTAINER,
                "sourceRecoverPoint": { "recoveryPointID": point },
            });
        }
        json!({ "id": self.job_id(nth), "properties": properties })
    }
}

/// A tab that follows them.
pub struct Tab {
    pub model: Model,
    pub now: Moment,
    /// What was asked: when, and the path.
    pub asked: Vec<(Moment, String)>,
    many: Many,
    queue: BTreeMap<(Moment, u64), Event>,
    count: u64,
}

impl Tab {
    /// It has just been loaded.
    pub fn loaded(many: Many) -> Tab {
        let now = Moment::parse(NIGHT).unwrap();
        let (queue, count) = (BTreeMap::new(), 0);
        let mut tab = Tab { model: Model::new(), now, asked: Vec::new(), many, queue, count };
        let start = Start {
            config: config::read(CONFIG),
            session: Session::SignedIn(Person {
                id: "oncall".into(),
                username: "oncall-dba@contoso.com".into(),
                tenant: "3c0d5a7e-16b2-4f58-9f0a-b7d1e9c2a840".into(),
            }),
            journal: Ok((0..many.restores).map(|nth| many.row(nth)).collect()),
            ..start("#/about")
        };
        let commands = tab.model.update(Event::Started(Box::new(start)), now);
        tab.perform(commands);
        tab
    }

    /// The next thing that happens, if it happens before the end.
    pub fn next(&mut self, end: Moment) -> Option<Event> {
        let (at, _) = *self.queue.first_key_value()?.0;
        if at > end {
            return None;
        }
        self.now = at;
        self.queue.pop_first().map(|(_, event)| event)
    }

    /// Does what the model wants done.
    pub fn perform(&mut self, commands: Vec<Command>) {
        for command in commands {
            match command {
                Command::Send(ticket, request) => {
                    let answer = Response { status: 200, headers: Vec::new(), body: self.answer(&request) };
                    self.asked.push((self.now, request.url.path().to_string()));
                    self.later(self.now + TAKES, Event::Answered(ticket, Ok(answer)));
                }
                Command::Wake(ticket, at) => self.later(at, Event::Woke(ticket)),
                Command::LetSleep(ticket) => self.queue.retain(|_, event| *event != Event::Woke(ticket)),
                _ => {}
            }
        }
    }

    fn answer(&self, request: &Request) -> String {
        let (path, many) = (request.url.path(), self.many);
        let body = if path.ends_with("/backupJobs") {
            let of_vault = |nth: &usize| path.starts_with(&format!("{}/", many.vault(*nth)));
            json!({ "value": (0..many.restores).filter(of_vault).map(|nth| many.job(nth, false)).collect::<Vec<_>>() })
        } else {
            let nth = usize::from_str_radix(path.rsplit('-').next().unwrap(), 16).unwrap();
            assert_eq!(path, many.job_id(nth), "nothing else is asked");
            many.job(nth, true)
        };
        body.to_string()
    }

    fn later(&mut self, at: Moment, event: Event) {
        self.count += 1;
        self.queue.insert((at, self.count), event);
    }

    /// Lists of jobs, and jobs, that were asked for within a minute of the following; the first one is 1.
    pub fn in_minute(&self, minute: i64) -> (usize, usize) {
        let from = Moment::parse(NIGHT).unwrap() + Span::from_secs(60 * (minute - 1));
        let within = self.asked.iter().filter(|(at, _)| *at >= from && *at < from + Span::from_secs(60));
        let (lists, jobs): (Vec<_>, Vec<_>) = within.partition(|(_, path)| path.ends_with("/backupJobs"));
        (lists.len(), jobs.len())
    }

    /// How low the allowance has come of which Azure Resource Manager lets one person read in a subscription: so much at
    /// once, and so much more each second.
    pub fn least_left(&self) -> i64 {
        const AT_ONCE: i64 = 250_000;
        const A_SECOND: i64 = 25;
        let (mut left, mut least, mut last) = (AT_ONCE, AT_ONCE, Moment::parse(NIGHT).unwrap());
        for (at, _) in &self.asked {
            left = (left + at.since(last).millis() * A_SECOND).min(AT_ONCE) - 1000;
            (least, last) = (least.min(left), *at);
        }
        least / 1000
    }
}

/// A program that begins at an address: nobody is signed in, nothing is kept.
pub fn start(address: &str) -> Start {
    Start {
        opened: false,
        address: address.into(),
        config: Err(Vec::new()),
        session: Session::SignedOut,
        accounts: Vec::new(),
        proved: false,
        journal: Ok(Vec::new()),
        draft: None,
        seed: 1,
        online: true,
        notices: Notices::Absent,
        folder: "https://restore.contoso.com/".into(),
        framed: false,
        insecure: false,
        shares: true,
        keys: true,
        browser: "Mozilla/5.0".into(),
        msal: "5.0.0".into(),
        zone: Zone::default(),
    }
}
