//! The restore jobs of the last days: how many lists are read at once, when which is given up, what stays.

use super::{Host, START, bad, good, job, list, name};
use crate::azure::SUB;
use pgflex_restore::azure::http::{Response, Unreachable};
use pgflex_restore::azure::id::{Found, VaultId, find};
use pgflex_restore::flow::recent::Recent;
use pgflex_restore::flow::{Command, Ticket, Told};
use pgflex_restore::moment::Span;
use serde_json::{Value, json};

const FLEXIBLE: &str = "Microsoft.DBforPostgreSQL/flexibleServers";

struct Reading {
    host: Host,
    recent: Recent,
    /// What was sent and is not answered: ticket and address.
    out: Vec<(Ticket, String)>,
    rests: Vec<Ticket>,
}

fn vault_path(nth: usize) -> String {
    format!("/subscriptions/{SUB}/resourceGroups/rg/providers/Microsoft.DataProtection/backupVaults/bvault-{nth}")
}

fn vaults(count: usize) -> Vec<VaultId> {
    let vault = |nth| match find(&vault_path(nth)) {
        Some(Found::Vault(vault)) => vault,
        other => panic!("{other:?}"),
    };
    (0..count).map(vault).collect()
}

/// A restore of a vault as its list tells it, begun so many seconds ago.
fn of_vault(nth: usize, digit: char, ago: i64) -> Value {
    let began = (START - Span::from_secs(ago)).iso();
    let mut job = job(digit, json!({ "startTime": began, "dataSourceType": FLEXIBLE, "dataSourceName": "psql" }));
    job["id"] = format!("{}/backupJobs/{}", vault_path(nth), name(digit)).into();
    job
}

/// A restore as the graph tells it, begun so many seconds ago.
fn row(nth: usize, digit: char, ago: i64) -> Value {
    json!({
        "id": format!("{}/backupJobs/{}", vault_path(nth), name(digit)), "server": "psql", "status": "InProgress",
        "began": (START - Span::from_secs(ago)).iso(), "prefix": format!("prefix-{digit}"), "container": "c",
    })
}

impl Reading {
    fn new() -> Reading {
        let mut reading = Reading { host: Host::new(), recent: Recent::default(), out: Vec::new(), rests: Vec::new() };
        reading.see("one");
        reading
    }

    /// The page is opened by whoever is of this realm.
    fn see(&mut self, realm: &str) {
        self.host.with(|context| self.recent.see(realm, context));
        self.collect();
    }

    fn walk(&mut self, count: usize) {
        self.host.with(|context| self.recent.walk(vaults(count), context));
        self.collect();
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

    fn hear(&mut self, told: Told<'_>, shown: bool) -> bool {
        let wanted = self.host.with(|context| self.recent.hear(told, shown, context));
        self.collect();
        wanted
    }

    /// Answers the oldest request; says whether the vaults' lists are wanted.
    #[track_caller]
    fn answer(&mut self, answer: &Result<Response, Unreachable>, shown: bool) -> bool {
        let (ticket, _) = self.out.remove(0);
        self.hear(Told::Answered(ticket, answer), shown)
    }

    fn asked(&self) -> Vec<&str> {
        self.out.iter().map(|(_, url)| url.split("bvault-").nth(1).map_or("graph", |rest| &rest[..1])).collect()
    }

    /// The last digits of the jobs, as they stand there.
    fn jobs(&self) -> String {
        self.recent.rows.iter().filter_map(|row| row.id.name.to_string().chars().next_back()).collect()
    }
}

fn graph(rows: &[Value]) -> Result<Response, Unreachable> {
    good(&json!({ "totalRecords": rows.len(), "count": rows.len(), "data": rows, "resultTruncated": "false" }))
}

#[test]
fn what_the_graph_tells_is_read_anew_when_it_is_a_minute_old() {
    let mut reading = Reading::new();
    assert_eq!(reading.asked(), ["graph"]);
    assert!(!reading.answer(&graph(&[row(0, '1', 10), row(1, '2', 20)]), true));
    assert_eq!(reading.jobs(), "12");
    reading.host.passes(60);
    reading.see("one");
    assert!(reading.asked().is_empty());
    reading.host.passes(1);
    reading.see("one");
    assert_eq!((reading.asked(), reading.jobs().as_str()), (vec!["graph"], "12"));
    reading.answer(&graph(&[row(0, '3', 5)]), true);
    assert_eq!(reading.jobs(), "3");
}

#[test]
fn another_realm_is_shown_nothing_of_what_was_read_or_is_on_its_way() {
    let mut reading = Reading::new();
    reading.answer(&graph(&[row(0, '1', 10)]), true);
    reading.host.with(|context| reading.recent.ask(context));
    reading.collect();
    reading.see("two");
    assert_eq!(reading.jobs(), "");
    assert_eq!(reading.asked(), ["graph", "graph"]);
    reading.answer(&graph(&[row(0, '1', 10)]), true);
    assert_eq!(reading.jobs(), "", "the answer to the first one's question is nobody's");
    reading.answer(&graph(&[row(0, '2', 10)]), true);
    assert_eq!((reading.jobs().as_str(), reading.recent.realm.as_str()), ("2", "two"));
}

#[test]
fn a_refusal_and_an_empty_answer_want_the_lists_and_what_passes_does_not() {
    let mut reading = Reading::new();
    assert!(!reading.answer(&bad(503), true));
    assert!(reading.recent.trouble().is_some_and(|(_, next)| next.is_some()));
    let rest = reading.rests.remove(0);
    reading.hear(Told::Woke(rest), true);
    assert!(reading.answer(&bad(403), true));
    assert!(reading.recent.refusal().is_some() && reading.recent.trouble().is_none());
    assert_eq!(reading.recent.read, None, "nothing was read yet");
    let mut empty = Reading::new();
    assert!(empty.answer(&graph(&[]), true));
    assert!(empty.recent.told_nothing && empty.recent.read.is_some());
    let mut lapsed = Reading::new();
    assert!(!lapsed.answer(&bad(401), true));
}

#[test]
fn four_lists_are_read_side_by_side_and_no_more_once_the_page_is_left() {
    let mut reading = Reading::new();
    reading.answer(&bad(403), true);
    reading.walk(6);
    assert_eq!(reading.asked(), ["0", "1", "2", "3"]);
    reading.answer(&good(&list(&[of_vault(0, '1', 30)])), true);
    assert_eq!(reading.asked(), ["1", "2", "3", "4"]);
    reading.answer(&good(&list(&[of_vault(1, '2', 20)])), false);
    assert_eq!(reading.asked(), ["2", "3", "4"], "what comes is taken in, and nothing new is asked");
    assert_eq!(reading.jobs(), "21");
    assert!(reading.recent.is_reading());
    reading.hear(Told::Resumed, true);
    assert_eq!(reading.asked(), ["2", "3", "4", "5"]);
    for _ in 0..4 {
        reading.answer(&good(&list(&[])), true);
    }
    assert!(!reading.recent.is_reading() && reading.recent.read.is_some());
}

#[test]
fn of_a_list_only_restores_of_flexible_servers_of_the_last_fourteen_days_count() {
    let mut reading = Reading::new();
    reading.walk(1);
    reading.out.remove(0);
    let (mut backup, mut disk) = (of_vault(0, '3', 10), of_vault(0, '4', 10));
    backup["properties"]["operationCategory"] = "Backup".into();
    disk["properties"]["dataSourceType"] = "Microsoft.Compute/disks".into();
    let days = 86_400;
    let (mut old, mut young) = (of_vault(0, '1', 14 * days + 1), of_vault(0, '2', 14 * days));
    old["properties"]["status"] = "Completed".into();
    young["properties"]["status"] = "Completed".into();
    // What has not ended counts, however long ago this computer's clock says that it began.
    let runs = of_vault(0, '6', 30 * days);
    let all = [old, young, backup, disk, of_vault(0, '5', 5), runs];
    reading.answer(&good(&list(&all)), true);
    assert_eq!(reading.jobs(), "526");
}

#[test]
fn what_the_graph_told_of_a_job_outlives_a_list_that_does_not() {
    let mut reading = Reading::new();
    reading.answer(&graph(&[row(0, '1', 10), row(1, '2', 20), row(2, '3', 30)]), true);
    reading.walk(2);
    assert_eq!(reading.jobs(), "12", "of a vault that is not read nothing is known any more");
    reading.answer(&good(&list(&[of_vault(0, '1', 10), of_vault(0, '4', 5)])), true);
    reading.answer(&bad(403), true);
    assert_eq!(reading.jobs(), "412", "what cannot be read takes nothing away");
    let told: Vec<Option<&str>> = reading.recent.rows.iter().map(|row| row.prefix.as_deref()).collect();
    assert_eq!(told, [None, Some("prefix-1"), Some("prefix-2")]);
    let lists = reading.recent.lists.as_ref().unwrap();
    assert_eq!((lists.faults.len(), lists.done()), (1, 2));
    reading.host.with(|context| reading.recent.hurry(context));
    reading.collect();
    assert_eq!(reading.asked(), ["1"], "what failed is asked for again, and nothing else");
}

#[test]
fn one_vault_that_does_not_answer_keeps_no_other_from_being_read() {
    let mut reading = Reading::new();
    reading.out.clear();
    reading.walk(5);
    for try_in_vain in 1..=4 {
        let (ticket, _) = reading.out.remove(0);
        reading.hear(Told::Answered(ticket, &bad(503)), true);
        if try_in_vain < 4 {
            let rest = reading.rests.remove(0);
            reading.hear(Told::Woke(rest), true);
            let asked = reading.out.pop().unwrap();
            reading.out.insert(0, asked);
        }
    }
    assert_eq!(reading.asked(), ["1", "2", "3", "4"]);
    assert_eq!(reading.recent.lists.as_ref().unwrap().faults.len(), 1);
    for _ in 0..4 {
        reading.answer(&good(&list(&[])), true);
    }
    assert!(!reading.recent.is_reading());
}

#[test]
fn a_lapsed_sign_in_is_told_once_and_holds_the_other_lists_back() {
    let mut reading = Reading::new();
    reading.out.clear();
    reading.walk(6);
    // The token is renewed once; then somebody has to sign in.
    for _ in 0..8 {
        if reading.out.is_empty() {
            break;
        }
        reading.answer(&bad(401), true);
    }
    assert!(reading.out.is_empty() && !reading.recent.is_reading());
    assert!(reading.recent.trouble().is_some_and(|(fault, _)| fault.is_of_sign_in()));
    assert!(reading.recent.lists.as_ref().unwrap().faults.is_empty());
    assert_eq!(reading.recent.read, None);
    reading.host.with(|context| reading.recent.hurry(context));
    reading.collect();
    assert_eq!(reading.out.len(), 4);
}
