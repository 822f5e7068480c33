//! A restore before its request leaves: the check, and what a person is asked.

use super::restore::{
    Heard, Restoring, accepted, cleared, lost, over_at_once, ready, says, sent, start, start_again, start_in_spite,
};
use super::{bad, details, good, job, list};
use pgflex_restore::azure::http::Unreachable;
use pgflex_restore::flow::restore::{Restore, Stage};
use pgflex_restore::flow::{Command, Told};
use pgflex_restore::moment::Span;
use serde_json::json;

/// Where an answer to a check leads, and whether what is wrong may pass: then the same plan can be checked again.
#[track_caller]
fn check(answer: &Heard, expected: &str, trouble: bool) {
    let mut restoring = Restoring::new();
    restoring.does(Restore::check).answered(answer).is(expected);
    assert_eq!(restoring.restore.trouble.is_some(), trouble, "{expected}");
}

#[test]
fn every_answer_to_a_check_leads_where_it_must() {
    check(&over_at_once(), "ready", false);
    check(&accepted(), "checking", false);
    check(&Ok(crate::azure::answer(202, &[], "")), "unseen", false);
    check(&Ok(crate::azure::answer(202, &[("Location", "https://evil.example/")], "")), "unseen", true);
    for status in [400, 403, 404, 409] {
        check(&bad(status), "rejected", false);
    }
    for status in [401, 408, 429, 500, 503] {
        check(&bad(status), "reviewing", true);
    }
    check(&Ok(crate::azure::answer(200, &[], "<html>")), "reviewing", true);
    for why in [Unreachable::NoAnswer, Unreachable::Offline, Unreachable::NoToken, Unreachable::SignedOut("x".into())] {
        check(&Err(why), "reviewing", true);
    }
}

#[test]
fn a_check_that_goes_on_is_followed_to_its_end() {
    for (said, expected) in [
        (says("Succeeded", json!({})), "ready"),
        (says("Failed", json!({ "error": { "code": "X" } })), "rejected"),
        (says("Inprogress", json!({})), "checking"),
    ] {
        let mut restoring = Restoring::new();
        restoring.does(Restore::check);
        restoring.host.passes(5);
        restoring.answered(&accepted());
        assert!(restoring.restore.following().is_some());
        restoring.wakes().answered(&said).is(expected);
        let took = Span::from_secs(15);
        let checked = (expected == "ready").then_some((restoring.host.now, took));
        assert_eq!(restoring.restore.checked, checked, "from the press to the answer");
    }
    let mut restoring = Restoring::new();
    restoring.does(Restore::check);
    restoring.host.passes(2);
    restoring.answered(&over_at_once());
    assert_eq!(restoring.restore.checked, Some((restoring.host.now, Span::from_secs(2))));
    assert!(restoring.restore.following().is_none());
}

#[test]
fn a_check_whose_end_may_not_be_read_can_be_started_unseen() {
    let mut restoring = Restoring::new();
    restoring.does(Restore::check).answered(&accepted());
    for _ in 0..5 {
        restoring.is("checking").wakes().answered(&bad(403));
    }
    restoring.is("unseen");
    assert!(restoring.restore.trouble.is_some() && restoring.restore.may_start());
    restoring.does(start).is("preparing");
    assert!(restoring.restore.trouble.is_none());
}

#[test]
fn what_may_be_checked_can_be_checked_again() {
    for mut restoring in [Restoring::new(), ready()] {
        restoring.does(Restore::check).is("checking");
        assert_eq!(restoring.host.asked().1, "validateRestore");
    }
    let mut refused = sent();
    refused.answered(&bad(400)).does(Restore::check).is("checking");
    let mut rejected = Restoring::new();
    rejected.does(Restore::check).answered(&bad(400)).is("rejected").does(Restore::check).is("checking");
}

#[test]
fn a_press_hurries_whatever_rests() {
    let mut checking = Restoring::new();
    checking.does(Restore::check).answered(&accepted());
    let mut followed = sent();
    followed.answered(&accepted());
    assert!(followed.restore.following().is_some());
    let mut searching = sent();
    searching.answered(&Err(Unreachable::NoAnswer)).answered(&good(&list(&[])));
    let mut preparing = ready();
    preparing.does(start).claimed(true).answered(&bad(503));
    for mut restoring in [checking, followed, searching, preparing] {
        restoring.host.rests();
        restoring.does(Restore::hurry);
        restoring.host.asked();
    }
}

#[test]
fn a_restore_that_runs_already_is_asked_about_and_started_in_spite_of_it() {
    let mut restoring = ready();
    restoring.does(start).claimed(true).answered(&good(&list(&[job('1', json!({}))])));
    restoring.answered(&good(&job('1', details("other", "c", "a1b2")))).is("doubtful");
    assert!(restoring.restore.is_pending() && !restoring.restore.decided && restoring.gave_up_its_claim());
    let Stage::Doubtful(doubt) = &restoring.restore.stage else { panic!() };
    assert_eq!((doubt.running.len(), doubt.fault.is_some()), (1, false));
    restoring.does(start_in_spite).is("preparing");
    assert!(restoring.restore.decided);
    restoring.claimed(true).is("cleared").host.is_quiet();
}

#[test]
fn what_cannot_be_looked_at_is_asked_about_unless_a_sign_in_would_help() {
    let mut restoring = ready();
    restoring.does(start).claimed(true).answered(&bad(403)).is("doubtful");
    assert!(restoring.gave_up_its_claim());
    let Stage::Doubtful(doubt) = &restoring.restore.stage else { panic!() };
    assert_eq!((doubt.running.len(), doubt.fault.is_some()), (0, true));
    let mut restoring = ready();
    restoring.does(start).claimed(true).answered(&Err(Unreachable::SignedOut("x".into()))).is("ready");
    assert!(restoring.restore.trouble.is_some() && restoring.gave_up_its_claim(), "whoever signs in presses again");
}

#[test]
fn a_start_in_another_tab_is_told_and_leaves_that_tabs_claim_alone() {
    let mut restoring = ready();
    restoring.does(start).claimed(false).is("ready");
    assert!(restoring.restore.trouble.is_some() && !restoring.gave_up_its_claim());
}

#[test]
fn one_that_is_put_back_is_where_it_was_and_claims_nothing() {
    let mut restoring = ready();
    restoring.does(start).is("preparing").does(Restore::put_back).is("ready");
    assert!(restoring.gave_up_its_claim());
    let mut doubtful = ready();
    doubtful.does(start).claimed(true).answered(&bad(403)).does(Restore::put_back).is("ready");
    let mut again = lost();
    again.does(start_again).is("preparing").does(Restore::put_back).is("searching");
    assert!(again.restore.may_start_again());
}

#[test]
fn one_that_is_held_back_waits_for_a_second_word() {
    let mut restoring = cleared();
    restoring.host.commands();
    restoring.does(Restore::hold_back).is("doubtful");
    assert!(restoring.gave_up_its_claim());
    restoring.does(Restore::put_back).is("ready");
    let mut unseen = Restoring::new();
    unseen.does(Restore::check).answered(&Ok(crate::azure::answer(202, &[], ""))).is("unseen");
    unseen.does(start).claimed(true).answered(&good(&list(&[]))).is("cleared");
    unseen.does(Restore::hold_back).does(Restore::put_back).is("unseen");
}

#[test]
fn a_claim_is_held_while_the_job_is_looked_for_and_no_longer() {
    let mut restoring = sent();
    restoring.answered(&Err(Unreachable::NoAnswer)).is("searching");
    for _ in 0..18 {
        restoring.answered(&good(&list(&[])));
        let commands = restoring.host.commands();
        let [Command::Wake(ticket, at)] = commands.as_slice() else { panic!("the claim is held: {commands:?}") };
        restoring.host.now = *at;
        restoring.told(Told::Woke(*ticket));
    }
    restoring.answered(&good(&list(&[]))).is("searching");
    assert!(restoring.restore.may_start_again());
    assert!(restoring.gave_up_its_claim(), "it is looked for no more");
}
