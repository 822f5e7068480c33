//! What is forgotten leaves no timer and no claim behind, and what was refused is looked for all the same.

use super::restore::{Restoring, accepted, lost, ready, sent, start};
use super::{bad, details, good, job, list};
use pgflex_restore::flow::restore::{Noted, Restore};
use pgflex_restore::flow::{Command, Told};
use pgflex_restore::moment::Span;
use serde_json::json;

const CONTAINER: &str = "https://acct1.blob.core.windows.net/dumps";

/// Stops it while something rests: its timer is taken away.
#[track_caller]
fn leaves_nothing(mut restoring: Restoring, what: &str) {
    let (ticket, _) = restoring.host.rests();
    restoring.does(Restore::stop);
    let commands = restoring.host.commands();
    assert!(commands.contains(&Command::LetSleep(ticket)), "{what}: {commands:?}");
}

#[test]
fn whatever_rests_is_let_sleep_when_it_is_stopped() {
    let mut checking = Restoring::new();
    checking.does(Restore::check).answered(&accepted()).is("checking");
    leaves_nothing(checking, "a check");
    let mut preparing = ready();
    preparing.does(start).claimed(true).answered(&bad(503)).is("preparing");
    leaves_nothing(preparing, "the look before");
    let mut followed = sent();
    followed.answered(&accepted()).is("accepted");
    leaves_nothing(followed, "an operation");
    let mut searching = sent();
    searching.answered(&bad(500)).is("searching").answered(&good(&list(&[])));
    leaves_nothing(searching, "a search");
    let mut refused = sent();
    refused.answered(&bad(409)).is("refused").answered(&good(&list(&[])));
    leaves_nothing(refused, "a search in spite of a refusal");
}

#[test]
fn one_that_reads_a_job_before_the_start_leaves_no_timer_either() {
    let mut preparing = ready();
    preparing.does(start).claimed(true).answered(&good(&list(&[job('1', json!({}))]))).answered(&bad(503));
    leaves_nothing(preparing, "a job");
}

#[test]
fn what_is_put_back_rests_no_more() {
    let mut preparing = ready();
    preparing.does(start).claimed(true).answered(&bad(503));
    let (ticket, _) = preparing.host.rests();
    preparing.does(Restore::put_back).is("ready");
    assert!(preparing.host.commands().contains(&Command::LetSleep(ticket)));
}

#[test]
fn a_claim_is_given_up_with_the_restore() {
    let mut preparing = ready();
    preparing.does(start).claimed(true);
    preparing.does(Restore::stop);
    assert!(preparing.gave_up_its_claim());
    preparing.does(Restore::stop);
    assert!(!preparing.gave_up_its_claim(), "once");
}

#[test]
fn a_second_start_looks_no_more_for_the_first_one() {
    let mut refused = sent();
    refused.answered(&bad(409)).answered(&good(&list(&[])));
    let (ticket, _) = refused.host.rests();
    refused.does(Restore::check).answered(&super::restore::over_at_once()).is("ready");
    refused.does(start).claimed(true).answered(&good(&list(&[]))).is("cleared").does(Restore::send);
    assert!(refused.host.commands().contains(&Command::LetSleep(ticket)));
    assert_eq!(refused.restore.sent, Some(refused.host.now));
}

#[test]
fn a_refusal_comes_to_nothing_only_after_the_jobs_were_read() {
    let mut refused = sent();
    refused.answered(&bad(409)).is("refused");
    assert!(!refused.restore.came_to_nothing() && refused.restore.is_sought_in_spite());
    refused.answered(&good(&list(&[])));
    assert!(refused.restore.came_to_nothing() && !refused.restore.will_come_to_nothing(), "the list may lag");
    for _ in 0..2 {
        refused.wakes().answered(&good(&list(&[])));
    }
    assert!(refused.restore.will_come_to_nothing() && !refused.restore.is_sought_in_spite());
    refused.host.is_quiet();
}

#[test]
fn a_refusal_may_have_come_to_something_where_the_jobs_cannot_be_read() {
    let mut refused = sent();
    refused.answered(&bad(409)).answered(&bad(403));
    assert!(refused.restore.may_have_come_to_something());
    assert!(!refused.restore.came_to_nothing() && !refused.restore.will_come_to_nothing());
    // A press looks again.
    refused.does(Restore::hurry).answered(&good(&list(&[])));
    assert!(refused.restore.came_to_nothing() && !refused.restore.may_have_come_to_something());
}

#[test]
fn a_job_found_in_spite_of_a_refusal_is_followed() {
    let mut refused = sent();
    refused.answered(&bad(409)).answered(&good(&list(&[job('1', json!({}))])));
    refused.answered(&good(&job('1', details("orders-k3x9", CONTAINER, "a1b2")))).is("running");
    refused.host.is_quiet();
}

#[test]
fn nothing_is_looked_for_in_spite_of_a_check_that_says_no() {
    let mut rejected = Restoring::new();
    rejected.does(Restore::check).answered(&bad(400)).is("rejected");
    assert!(rejected.restore.came_to_nothing() && !rejected.restore.is_sought_in_spite());
}

#[test]
fn what_another_tab_has_heard_counts_only_where_that_tab_has_sent_it() {
    let mut ours = lost();
    let at = ours.host.now;
    ours.restore.is_accepted(at);
    assert_eq!(ours.restore.accepted, None, "this page has sent it, and heard nothing");
    let mut theirs = Restoring::new();
    theirs.restore = theirs.host.with(|context| {
        let noted = Noted { sent: Some(at), ..Noted::default() };
        Restore::resume(super::restore::plan(), noted, None, context)
    });
    theirs.is("searching");
    theirs.restore.is_accepted(at);
    theirs.is("searching, heard");
    assert_eq!(theirs.restore.accepted, Some(at));
}

#[test]
fn what_was_refused_before_the_page_was_loaded_is_looked_for_unless_that_was_done() {
    for (settled, stage) in [(false, true), (true, false)] {
        let mut again = Restoring::new();
        let at = again.host.now;
        again.restore = again.host.with(|context| {
            let noted = Noted { sent: Some(at), refused: Some(at), settled, ..Noted::default() };
            Restore::resume(super::restore::plan(), noted, None, context)
        });
        again.is("refused");
        assert_eq!(again.restore.is_sought_in_spite(), stage);
        assert_eq!(again.restore.came_to_nothing(), settled);
        if settled {
            again.host.is_quiet();
        }
    }
}

#[test]
fn one_that_is_resumed_later_asks_nothing_before() {
    let mut later = Restoring::new();
    later.restore = later
        .host
        .with(|context| Restore::resume(super::restore::plan(), Noted::default(), Some(Span::from_secs(60)), context));
    let (ticket, seconds) = later.host.rests();
    assert_eq!(seconds, 60);
    later.host.passes(60);
    later.told(Told::Woke(ticket));
    assert_eq!(later.host.asked().1, "backupJobs");
}

#[test]
fn a_try_is_told_from_another_by_when_it_left() {
    let restoring = sent();
    let sent = restoring.restore.sent.unwrap();
    assert!(!restoring.restore.is_of_another_try(sent));
    assert!(restoring.restore.is_of_another_try(sent + Span::from_secs(1)));
    assert!(!ready().restore.is_of_another_try(sent), "nothing of it has left");
}

#[test]
fn whatever_a_sign_in_that_ended_holds_up_waits_for_the_next_one() {
    let lapsed = Err(pgflex_restore::azure::http::Unreachable::SignedOut("x".into()));
    let mut searching = lost();
    assert!(!searching.restore.waits_for_sign_in());
    searching.does(Restore::hurry);
    searching.answered(&lapsed).is("searching");
    assert!(searching.restore.waits_for_sign_in());
    let mut refused = sent();
    refused.answered(&bad(409)).answered(&lapsed).is("refused");
    assert!(refused.restore.waits_for_sign_in());
    let mut followed = sent();
    followed.answered(&accepted()).wakes().answered(&lapsed).is("accepted");
    assert!(followed.restore.waits_for_sign_in());
}
