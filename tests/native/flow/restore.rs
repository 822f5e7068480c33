//! One restore, from a press to its end: what leaves, once, and where each answer leads.

use super::{Host, START, bad, details, good, id, job, list, point};
use pgflex_restore::azure::http::{Response, Unreachable};
use pgflex_restore::flow::draft::{Plan, Target};
use pgflex_restore::flow::restore::{Noted, Restore, Stage};
use pgflex_restore::flow::{Command, Context, Ticket, Told};
use pgflex_restore::link::Prefix;
use pgflex_restore::moment::Span;
use serde_json::{Value, json};

const CONTAINER: &str = "https://acct1.blob.core.windows.net/dumps";

/// An answer, or why there is none.
pub type Heard = Result<Response, Unreachable>;

pub fn plan() -> Plan {
    Plan {
        point: point(),
        made: START,
        server: "orders".into(),
        target: Target { url: CONTAINER.into(), ..Target::default() },
        prefix: Prefix::parse("orders-k3x9").unwrap(),
        region: "westeurope".into(),
        identity: None,
    }
}

/// The presses of a page that holds no claim for another restore.
pub fn start(restore: &mut Restore, context: &mut Context<'_>) {
    restore.start(&[], context);
}

pub fn start_again(restore: &mut Restore, context: &mut Context<'_>) {
    restore.start_again(&[], context);
}

pub fn start_in_spite(restore: &mut Restore, context: &mut Context<'_>) {
    restore.start_in_spite(&[], context);
}

/// A restore and what it has around it.
pub struct Restoring {
    pub host: Host,
    pub restore: Restore,
}

impl Restoring {
    pub fn new() -> Self {
        Restoring { host: Host::new(), restore: Restore::new(plan()) }
    }

    pub fn does(&mut self, act: fn(&mut Restore, &mut Context<'_>)) -> &mut Self {
        self.host.with(|context| act(&mut self.restore, context));
        self
    }

    pub fn told(&mut self, told: Told<'_>) -> &mut Self {
        self.host.with(|context| self.restore.hear(told, context));
        self
    }

    /// Answers the request that is under way.
    #[track_caller]
    pub fn answered(&mut self, answer: &Heard) -> &mut Self {
        let (ticket, _) = self.host.asked();
        self.told(Told::Answered(ticket, answer))
    }

    /// Grants, or not, what is being claimed.
    #[track_caller]
    pub fn claimed(&mut self, granted: bool) -> &mut Self {
        let commands = self.host.commands();
        let [Command::Claim(ticket, _)] = commands.as_slice() else { panic!("{commands:?}") };
        self.told(Told::Claimed(*ticket, granted))
    }

    /// Whatever rests is woken.
    #[track_caller]
    pub fn wakes(&mut self) -> &mut Self {
        let (ticket, seconds) = self.host.rests();
        self.host.passes(seconds);
        self.told(Told::Woke(ticket))
    }

    /// How far it is, in a word.
    pub fn stage(&self) -> &'static str {
        match &self.restore.stage {
            Stage::Reviewing => "reviewing",
            Stage::Checking(_) => "checking",
            Stage::Ready => "ready",
            Stage::Unseen => "unseen",
            Stage::Rejected(_) => "rejected",
            Stage::Preparing(_) => "preparing",
            Stage::Doubtful(_) => "doubtful",
            Stage::Cleared => "cleared",
            Stage::Triggering(..) => "triggering",
            Stage::Accepted(_) => "accepted",
            Stage::Running(_) => "running",
            Stage::Refused(_) => "refused",
            Stage::Failed(_) => "failed",
            Stage::Searching { heard: true, .. } => "searching, heard",
            Stage::Searching { heard: false, .. } => "searching",
        }
    }

    #[track_caller]
    pub fn is(&mut self, expected: &str) -> &mut Self {
        assert_eq!(self.stage(), expected);
        self
    }

    /// Whether the claim was given up since the last look.
    pub fn gave_up_its_claim(&mut self) -> bool {
        self.host.commands().iter().any(|command| matches!(command, Command::Release(_)))
    }
}

pub fn over_at_once() -> Heard {
    good(&json!({ "objectType": "OperationJobExtendedInfo" }))
}

pub fn accepted() -> Heard {
    let address = format!("https://management.azure.com{}/operationStatus/x", crate::azure::VAULT);
    Ok(crate::azure::answer(202, &[("Azure-AsyncOperation", &address)], ""))
}

pub fn says(status: &str, more: Value) -> Heard {
    let mut body = more;
    body["status"] = json!(status);
    good(&body)
}

fn nobody_can_read_it() -> Heard {
    Ok(crate::azure::answer(200, &[], "<html>"))
}

pub fn ready() -> Restoring {
    let mut restoring = Restoring::new();
    restoring.does(Restore::check).is("checking").answered(&over_at_once()).is("ready");
    restoring
}

/// One whose request is about to leave.
pub fn cleared() -> Restoring {
    let mut restoring = ready();
    restoring.does(start).is("preparing").claimed(true).answered(&good(&list(&[]))).is("cleared");
    restoring
}

/// One whose request has left.
pub fn sent() -> Restoring {
    let mut restoring = cleared();
    restoring.does(Restore::send).is("triggering");
    restoring
}

/// One whose request got no answer, and which was looked for in vain.
pub fn lost() -> Restoring {
    let mut restoring = sent();
    restoring.answered(&Err(Unreachable::NoAnswer)).is("searching");
    in_vain(&mut restoring);
    restoring
}

/// The search is answered with nothing until it gives up.
#[track_caller]
pub fn in_vain(restoring: &mut Restoring) {
    for _ in 0..100 {
        restoring.answered(&good(&list(&[])));
        match &restoring.restore.stage {
            Stage::Searching { search, .. } if !search.over => restoring.wakes(),
            _ => return,
        };
    }
    panic!("it never gives up");
}

/// One whose request has left a second time.
pub fn sent_again() -> Restoring {
    let mut restoring = lost();
    restoring.host.commands();
    restoring.does(start_again).is("preparing").claimed(true).is("cleared").does(Restore::send);
    restoring.is("triggering");
    restoring
}

/// Where an answer to the restore request leads, and whether other tabs may start the same from then on.
#[track_caller]
fn check(answer: &Heard, first: &str, gives_up: bool, second: &str) {
    let mut restoring = sent();
    restoring.answered(answer).is(first);
    assert_eq!(restoring.gave_up_its_claim(), gives_up, "{first}");
    sent_again().answered(answer).is(second);
}

#[test]
fn every_answer_to_the_restore_request_leads_where_it_must() {
    let named = good(&json!({ "jobId": format!("{}/backupJobs/{}", crate::azure::VAULT, super::name('1')) }));
    check(&named, "running", true, "running");
    check(&accepted(), "accepted", false, "accepted");
    // Azure took it, and it has to be found.
    check(&over_at_once(), "searching, heard", false, "searching, heard");
    check(&Ok(crate::azure::answer(202, &[], "")), "searching, heard", false, "searching, heard");
    // Nobody knows whether it arrived.
    for why in [Unreachable::NoAnswer, Unreachable::TooLong] {
        check(&Err(why), "searching", false, "searching");
    }
    for status in [408, 500, 502, 503, 504] {
        check(&bad(status), "searching", false, "searching");
    }
    check(&nobody_can_read_it(), "searching", false, "searching");
    // It did not leave, or was not looked at: it can be pressed again. A first one may have arrived all the same.
    for why in [Unreachable::Offline, Unreachable::NoToken, Unreachable::SignedOut("x".into()), Unreachable::Refused] {
        check(&Err(why), "ready", true, "searching");
    }
    check(&bad(401), "ready", true, "searching");
    // It was refused: nothing was started. A first one may be what it is refused for.
    for status in [400, 403, 404, 409, 412, 429] {
        check(&bad(status), "refused", true, "searching");
    }
}

#[test]
fn a_request_that_did_not_leave_counts_for_nothing() {
    let mut restoring = sent();
    assert_eq!((restoring.restore.sent, restoring.restore.never_left), (Some(START), false));
    restoring.answered(&Err(Unreachable::Offline)).is("ready");
    assert_eq!((restoring.restore.sent, restoring.restore.never_left), (None, true));
    assert!(restoring.restore.trouble.is_some() && !restoring.restore.is_started());
    restoring.host.passes(60);
    restoring.host.commands();
    restoring.does(start).claimed(true).answered(&good(&list(&[]))).does(Restore::send);
    assert_eq!((restoring.restore.sent, restoring.restore.never_left), (Some(restoring.host.now), false));
    restoring.answered(&bad(400)).is("refused");
}

#[test]
fn nothing_leaves_but_by_a_press_and_only_when_it_may() {
    let mut restoring = Restoring::new();
    for press in [start, start_again, start_in_spite, Restore::send, Restore::hurry] {
        restoring.does(press).is("reviewing").host.is_quiet();
    }
    let mut restoring = ready();
    for press in [start_again, start_in_spite, Restore::send] {
        restoring.does(press).is("ready").host.is_quiet();
    }
    let mut restoring = sent();
    restoring.host.commands();
    for press in [Restore::check, start, start_again, start_in_spite, Restore::send] {
        restoring.does(press).is("triggering").host.is_quiet();
    }
}

#[test]
fn an_answer_to_something_else_changes_nothing() {
    let stale = Ticket(999);
    let mut restoring = Restoring::new();
    restoring.does(Restore::check).told(Told::Answered(stale, &over_at_once())).is("checking");
    let mut restoring = sent();
    restoring.told(Told::Answered(stale, &bad(400))).is("triggering");
    restoring.told(Told::Woke(stale)).told(Told::Resumed).is("triggering");
}

#[test]
fn it_has_started_when_its_request_has_left_and_then_for_good() {
    let is_started = |restoring: &Restoring| restoring.restore.is_started();
    assert!(!is_started(&Restoring::new()) && !is_started(&ready()) && !is_started(&cleared()));
    let mut preparing = ready();
    preparing.does(start).is("preparing");
    assert!(!is_started(&preparing) && preparing.restore.is_pending());
    assert!(!ready().restore.is_pending() && !cleared().restore.is_pending());
    assert!(is_started(&sent()) && is_started(&lost()) && is_started(&sent_again()));
    let mut again = lost();
    again.does(start_again).is("preparing");
    assert!(is_started(&again), "the first request may have arrived");
}

#[test]
fn it_can_be_started_again_when_nobody_knows_and_the_search_has_ended() {
    assert!(lost().restore.may_start_again());
    assert!(!ready().restore.may_start_again() && !sent().restore.may_start_again());
    let mut restoring = sent();
    restoring.answered(&Err(Unreachable::NoAnswer));
    assert!(!restoring.restore.may_start_again(), "it is still looked for");
    restoring.answered(&bad(403)).is("searching");
    assert!(!restoring.restore.may_start_again(), "the list could not be read");
    let mut heard = sent();
    heard.answered(&over_at_once());
    in_vain(&mut heard);
    heard.is("searching, heard");
    assert!(!heard.restore.may_start_again(), "Azure took it");
    let mut found_again = lost();
    found_again.restore.plan.target = Target::default();
    assert!(!found_again.restore.may_start_again(), "another content would be no second try");
    found_again.host.commands();
    found_again.does(start_again).is("searching").host.is_quiet();
}

#[test]
fn a_restore_that_is_found_again_is_looked_for_in_its_container() {
    for (url, theirs, found) in
        [("", "https://x.example/y", true), (CONTAINER, "https://x.example/y", false), (CONTAINER, CONTAINER, true)]
    {
        let mut host = Host::new();
        let plan = Plan { target: Target { url: url.into(), ..Target::default() }, ..plan() };
        let sent = Some(START - Span::from_secs(60));
        let restore = host.with(|context| Restore::resume(plan, Noted { sent, ..Noted::default() }, None, context));
        let mut restoring = Restoring { host, restore };
        assert!(restoring.restore.is_started() && restoring.restore.sent == sent);
        restoring.is("searching").answered(&good(&list(&[job('1', json!({}))])));
        restoring.answered(&good(&job('1', details("orders-k3x9", theirs, "a1b2"))));
        restoring.is(if found { "running" } else { "searching" });
    }
}

#[test]
fn what_azure_took_is_followed_until_it_names_its_job() {
    let named =
        json!({ "properties": { "jobId": format!("{}/backupJobs/{}", crate::azure::VAULT, super::name('1')) } });
    for (said, first, second) in [
        (says("Succeeded", named), "running", "running"),
        (says("Succeeded", json!({})), "searching, heard", "searching, heard"),
        (says("Inprogress", json!({})), "accepted", "accepted"),
        // The files of the first try may be what the second one fails for.
        (says("Failed", json!({ "error": { "code": "X" } })), "failed", "searching"),
    ] {
        sent().answered(&accepted()).wakes().answered(&said).is(first);
        sent_again().answered(&accepted()).wakes().answered(&said).is(second);
    }
    let mut restoring = sent();
    restoring.answered(&accepted());
    assert_eq!(restoring.restore.accepted, Some(START));
    for _ in 0..5 {
        restoring.is("accepted").wakes().answered(&bad(403));
    }
    restoring.is("searching, heard");
    let found = restoring.answered(&good(&list(&[job('1', json!({}))])));
    found.answered(&good(&job('1', details("orders-k3x9", CONTAINER, "a1b2")))).is("running");
    assert!(matches!(&restoring.restore.stage, Stage::Running(job) if *job == id('1')));
    assert!(restoring.gave_up_its_claim());
}
