//! Finding a server: how much is asked for at once, and when what is given up.

use super::{Host, bad, good, list};
use crate::azure::{SUB, VAULT};
use pgflex_restore::azure::http::{Response, Unreachable};
use pgflex_restore::azure::id::{Found, InstanceId, find};
use pgflex_restore::flow::find::walk::Part;
use pgflex_restore::flow::find::{Find, Scope};
use pgflex_restore::flow::{Command, Ticket, Told};
use serde_json::{Value, json};

type Answer = Result<Response, Unreachable>;

/// The page of all servers, with what is on its way for it.
struct Finding {
    host: Host,
    find: Find,
    /// What was sent and is not answered: ticket, last names of the path, query.
    out: Vec<(Ticket, String)>,
    rests: Vec<Ticket>,
}

impl Finding {
    fn new(scope: &Scope) -> Finding {
        let mut finding = Finding { host: Host::new(), find: Find::default(), out: Vec::new(), rests: Vec::new() };
        finding.host.with(|context| finding.find.see(scope, context));
        finding.collect();
        finding
    }

    fn collect(&mut self) {
        for command in self.host.commands() {
            match command {
                Command::Send(ticket, request) => self.out.push((ticket, request.url.as_str().to_string())),
                Command::Wake(ticket, _) => self.rests.push(ticket),
                Command::LetSleep(ticket) => self.rests.retain(|rests| *rests != ticket),
                _ => {}
            }
        }
    }

    fn hear(&mut self, told: Told<'_>, shown: bool) {
        self.host.with(|context| self.find.hear(told, shown, context));
        self.collect();
    }

    /// Answers the oldest request whose address has this in it.
    #[track_caller]
    fn answer(&mut self, part: &str, answer: &Answer, shown: bool) {
        let at = self.out.iter().position(|(_, url)| url.contains(part)).expect(part);
        let (ticket, _) = self.out.remove(at);
        self.hear(Told::Answered(ticket, answer), shown);
    }

    /// All rests are over.
    fn wake(&mut self) {
        for ticket in std::mem::take(&mut self.rests) {
            self.hear(Told::Woke(ticket), true);
        }
    }

    fn out(&self, part: &str) -> usize {
        self.out.iter().filter(|(_, url)| url.contains(part)).count()
    }

    fn show(&mut self, id: &InstanceId) {
        self.host.with(|context| self.find.shown(id, context));
        self.collect();
    }
}

fn subscriptions(count: usize) -> Answer {
    let items: Vec<Value> = (0..count)
        .map(|nth| json!({ "subscriptionId": subscription(nth), "displayName": format!("S{nth}") }))
        .collect();
    good(&list(&items))
}

fn subscription(nth: usize) -> String {
    format!("00000000-0000-4000-8000-{nth:012}")
}

fn vault(nth: usize) -> String {
    format!("{}-{nth}", VAULT)
}

fn vaults(count: usize) -> Answer {
    let items: Vec<Value> = (0..count).map(|nth| json!({ "id": vault(nth), "location": "westeurope" })).collect();
    good(&list(&items))
}

/// The graph's answer: so many servers of one vault.
fn servers(count: usize) -> Answer {
    let rows: Vec<Value> = (0..count).map(|nth| json!({ "id": format!("{VAULT}/backupInstances/psql-{nth:02}"), "name": format!("psql-{nth:02}"), "state": "ProtectionConfigured" })).collect();
    good(&json!({ "data": rows }))
}

fn instance(nth: usize) -> InstanceId {
    match find(&format!("{VAULT}/backupInstances/psql-{nth:02}")) {
        Some(Found::Instance(id)) => id,
        other => panic!("{other:?}"),
    }
}

/// A walk that has come to its vaults.
fn walk(count: usize) -> Finding {
    let mut finding = Finding::new(&Scope::Subscription(crate::azure::subscription()));
    finding.answer("ResourceGraph", &bad(403), true);
    finding.answer("/subscriptions?", &subscriptions(1), true);
    finding.answer("/backupVaults?", &vaults(count), true);
    finding
}

#[test]
fn at_most_eight_vaults_are_read_side_by_side_and_each_end_begins_another() {
    let mut finding = walk(20);
    assert_eq!(finding.out("/backupInstances?"), 8);
    for read in 1..=12 {
        finding.answer("/backupInstances?", &good(&list(&[])), true);
        assert_eq!(finding.out("/backupInstances?"), 8, "after {read}");
    }
    for left in (0..8).rev() {
        finding.answer("/backupInstances?", &good(&list(&[])), true);
        assert_eq!(finding.out("/backupInstances?"), left);
    }
    assert!(!finding.find.list().unwrap().is_reading());
}

#[test]
fn many_subscriptions_are_listed_eight_at_a_time_too() {
    let mut finding = Finding::new(&Scope::All);
    finding.answer("ResourceGraph", &bad(400), true);
    assert_eq!(finding.out.len(), 1);
    finding.answer("/subscriptions?", &subscriptions(30), true);
    assert_eq!(finding.out("/backupVaults?"), 8);
}

#[test]
fn nothing_new_is_asked_for_a_page_that_is_not_shown() {
    let mut finding = walk(20);
    for _ in 0..8 {
        finding.answer("/backupInstances?", &good(&list(&[])), false);
    }
    assert_eq!(finding.out.len(), 0);
    assert!(finding.find.list().unwrap().is_reading());
    finding.hear(Told::Resumed, true);
    assert_eq!(finding.out("/backupInstances?"), 8);
}

#[test]
fn a_vault_in_trouble_makes_room_after_four_tries_and_only_where_others_wait() {
    let mut finding = walk(9);
    for tried in 1..=4 {
        assert_eq!(finding.find.list().unwrap().unread().len(), 0, "before {tried}");
        finding.answer(&format!("{}/", vault(8)), &bad(503), true);
        finding.wake();
    }
    let unread = finding.find.list().unwrap().unread().to_vec();
    assert!(matches!(&unread[..], [(Part::Instances(id), _)] if id.path() == vault(8)), "{unread:?}");
    assert_eq!(finding.out("/backupInstances?"), 8, "the ninth has its place");
    for _ in 0..7 {
        finding.answer("/backupInstances?", &good(&list(&[])), true);
    }
    for _ in 0..10 {
        finding.answer("/backupInstances?", &bad(503), true);
        finding.wake();
    }
    assert_eq!(finding.find.list().unwrap().unread().len(), 1, "the last one keeps nobody waiting");
}

#[test]
fn what_slows_everybody_down_gives_no_vault_up() {
    let mut finding = walk(9);
    for _ in 0..10 {
        finding.answer(&format!("{}/", vault(8)), &bad(429), true);
        finding.wake();
    }
    assert_eq!(finding.find.list().unwrap().unread().len(), 0);
    assert_eq!(finding.out("/backupInstances?"), 8);
}

#[test]
fn at_most_four_newest_points_are_asked_for_side_by_side_and_each_once() {
    let mut finding = Finding::new(&Scope::All);
    finding.answer("ResourceGraph", &servers(10), true);
    assert_eq!(finding.out.len(), 0, "nobody has looked yet");
    for nth in (0..10).chain(0..10) {
        finding.show(&instance(nth));
    }
    assert_eq!(finding.out("/recoveryPoints?"), 4);
    assert!(finding.out.iter().all(|(_, url)| url.contains("startDate%20eq%20%272025-12-22T")), "{:?}", finding.out);
    let point =
        json!({ "name": "a", "properties": { "recoveryPointId": "a", "recoveryPointTime": "2026-01-01T00:00:00Z" } });
    for told in 0..10 {
        finding.answer("/recoveryPoints?", &good(&list(std::slice::from_ref(&point))), true);
        assert_eq!(finding.out.len(), 4.min(9 - told));
    }
    finding.show(&instance(3));
    assert_eq!(finding.out.len(), 0);
}

#[test]
fn whose_points_are_older_than_fifteen_days_is_asked_for_all_of_them() {
    let mut finding = Finding::new(&Scope::All);
    finding.answer("ResourceGraph", &servers(1), true);
    finding.show(&instance(0));
    finding.answer("startDate", &good(&list(&[])), true);
    assert_eq!(finding.out.len(), 1);
    assert!(!finding.out[0].1.contains("startDate"));
    finding.answer("/recoveryPoints?", &good(&list(&[])), true);
    assert_eq!(finding.out.len(), 0);
}

#[test]
fn points_that_cannot_be_read_make_room_after_three_tries() {
    let mut finding = Finding::new(&Scope::All);
    finding.answer("ResourceGraph", &servers(5), true);
    (0..5).for_each(|nth| finding.show(&instance(nth)));
    for _ in 0..2 {
        finding.answer("psql-00", &bad(500), true);
        assert_eq!(finding.out("psql-04"), 0);
        finding.wake();
    }
    finding.answer("psql-00", &bad(500), true);
    assert_eq!(finding.out("psql-04"), 1);
    finding.wake();
    assert_eq!(finding.out("psql-00"), 0);
}

#[test]
fn a_vault_is_read_itself_and_its_own_subscription_is_enough() {
    let finding = Finding::new(&Scope::Vault(crate::azure::vault()));
    assert_eq!(finding.out.len(), 1);
    assert!(finding.out[0].1.contains(&format!("{VAULT}/backupInstances?")) && VAULT.contains(SUB));
}
