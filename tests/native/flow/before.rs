//! What is looked at before a restore request leaves: the claim, then every running restore of the instance.

use super::{Host, bad, details, good, id, job, list, name, point};
use pgflex_restore::azure::http::{Response, Unreachable};
use pgflex_restore::flow::before::{Before, Verdict};
use pgflex_restore::flow::{Command, Ticket, Told};
use serde_json::{Value, json};

struct Looked {
    host: Host,
    before: Before,
    claim: Ticket,
}

impl Looked {
    fn begun(claim_only: bool) -> Self {
        let mut host = Host::new();
        let before = host.with(|context| Before::start(point(), "restore it", claim_only, context));
        match host.commands().as_slice() {
            [Command::Claim(claim, name)] if name == "restore it" => Looked { claim: *claim, host, before },
            other => panic!("{other:?}"),
        }
    }

    /// One whose claim was granted: the jobs are listed.
    fn granted() -> Self {
        let mut looked = Looked::begun(false);
        assert_eq!(looked.told(Told::Claimed(looked.claim, true)), None);
        looked
    }

    /// What it comes to, if it has come to anything.
    fn told(&mut self, told: Told<'_>) -> Option<String> {
        let verdict = self.host.with(|context| self.before.hear(told, context));
        verdict.map(|verdict| match verdict {
            Verdict::Clear => "clear".into(),
            Verdict::Elsewhere => "elsewhere".into(),
            Verdict::Busy(jobs) => {
                let mut digits: Vec<char> = jobs.iter().filter_map(|job| job.id.name.as_str().chars().next()).collect();
                digits.sort();
                format!("busy {}", String::from_iter(digits))
            }
            Verdict::Unknown(fault) => format!("unknown {:?}", fault.code),
        })
    }

    #[track_caller]
    fn answered(&mut self, answer: Result<Response, Unreachable>) -> Option<String> {
        let (ticket, _) = self.host.asked();
        self.told(Told::Answered(ticket, &answer))
    }
}

#[test]
fn a_claim_that_another_tab_holds_ends_it() {
    let mut looked = Looked::begun(false);
    let another = Ticket(looked.claim.0 + 100);
    assert_eq!(looked.told(Told::Claimed(another, false)), None, "another's claim");
    assert_eq!(looked.told(Told::Claimed(another, true)), None, "another's claim");
    looked.host.is_quiet();
    assert_eq!(looked.told(Told::Claimed(looked.claim, false)).as_deref(), Some("elsewhere"));
}

#[test]
fn where_a_person_has_decided_the_claim_is_enough() {
    let mut looked = Looked::begun(true);
    assert_eq!(looked.told(Told::Claimed(looked.claim, true)).as_deref(), Some("clear"));
    looked.host.is_quiet();
}

/// What a list comes to, when each job of it that is read says this. Also tells which were read, by their digits.
#[track_caller]
fn check(jobs: &[Value], said: &[(char, Value)], expected: &str) {
    let mut looked = Looked::granted();
    let mut verdict = looked.answered(good(&list(jobs)));
    let mut read = Vec::new();
    while verdict.is_none() {
        let (ticket, asked) = looked.host.asked();
        let digit = asked.chars().next().unwrap();
        read.push(digit);
        let (_, said) = said.iter().find(|(known, _)| *known == digit).expect("a job that is to be read");
        verdict = looked.told(Told::Answered(ticket, &good(&job(digit, said.clone()))));
    }
    read.sort();
    assert_eq!(format!("{} after {}", verdict.unwrap(), String::from_iter(read)), expected);
}

#[test]
fn every_running_restore_of_the_instance_is_read_and_those_of_the_point_are_told() {
    check(&[], &[], "clear after ");
    let of_point = || details("p", "c", "A1B2");
    let mut ended = details("p", "c", "a1b2");
    ended["status"] = json!("Completed");
    let jobs = [
        job('1', json!({})),
        job('2', json!({ "operationCategory": "Backup" })),
        job('3', json!({ "backupInstanceId": format!("{}/backupInstances/other", crate::azure::VAULT) })),
        job('4', json!({ "status": "Failed" })),
        job('5', json!({})),
        job('6', json!({ "backupInstanceId": null })),
        job('7', json!({})),
    ];
    let said =
        [('1', of_point()), ('5', details("p", "c", "c3d4")), ('6', json!({ "extendedInfo": {} })), ('7', ended)];
    check(&jobs, &said, "busy 16 after 1567");
    check(&jobs[4..5], &said, "clear after 5");
    check(&jobs[6..], &said, "clear after 7");
}

#[test]
fn it_decides_when_the_whole_list_has_come() {
    let mut looked = Looked::granted();
    let next = format!("https://management.azure.com{}/backupJobs?page=2", crate::azure::VAULT);
    assert_eq!(looked.answered(good(&json!({ "value": [], "nextLink": next }))), None);
    assert_eq!(looked.answered(good(&list(&[job('1', json!({}))]))), None);
    assert_eq!(looked.host.asked().1, name('1'));
    assert_eq!(id('1').name.as_str(), name('1'));
}

#[test]
fn what_cannot_be_read_leaves_it_to_the_person() {
    assert_eq!(Looked::granted().answered(bad(403)).as_deref(), Some("unknown Forbidden"));
    let mut looked = Looked::granted();
    looked.answered(good(&list(&[job('1', json!({}))])));
    assert_eq!(looked.answered(bad(404)).as_deref(), Some("unknown NotFound"));
}

#[test]
fn trouble_is_told_while_it_is_tried_again_and_a_press_asks_at_once() {
    let mut looked = Looked::granted();
    assert!(looked.before.trouble().is_none() && looked.before.next().is_none());
    for answer in [good(&list(&[job('1', json!({}))])), good(&job('1', details("p", "c", "a1b2")))] {
        assert_eq!(looked.answered(bad(503)), None);
        assert!(looked.before.trouble().is_some());
        assert!(looked.before.next().is_some_and(|at| at > looked.host.now));
        looked.host.commands();
        looked.host.with(|context| looked.before.hurry(context));
        let (ticket, _) = looked.host.asked();
        if looked.told(Told::Answered(ticket, &answer)).is_some() {
            return;
        }
    }
    panic!("it came to nothing");
}
