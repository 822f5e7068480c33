//! A role that is assigned, and the wait until it works: each limit of it.

use super::{Host, bad, good};
use crate::azure::{answer, container};
use pgflex_restore::azure::http::Unreachable;
use pgflex_restore::fault::Code;
use pgflex_restore::flow::grant::{Grant, Heard, Stage};
use pgflex_restore::flow::{Command, Ticket, Told};
use serde_json::json;

/// One that was pressed for, and the ticket of its request.
fn asked() -> (Host, Grant, Ticket) {
    let mut host = Host::new();
    let grant = host.with(|context| Grant::start(container(), "e4b70c92-8d15-4a6f-b3c8-17f0a95d2e63".into(), context));
    let (ticket, _) = host.asked();
    (host, grant, ticket)
}

/// One that Azure has taken, and the wake-up at which Azure is asked to check.
fn granted() -> (Host, Grant, Ticket) {
    let (mut host, mut grant, ticket) = asked();
    let heard = host.with(|context| grant.hear(Told::Answered(ticket, &good(&json!({}))), context));
    assert_eq!(heard, Heard::Assigned);
    let (wake, rest) = host.rests();
    assert_eq!(rest, 30);
    (host, grant, wake)
}

#[test]
fn what_is_assigned_already_is_assigned() {
    let (mut host, mut grant, ticket) = asked();
    let exists = r#"{"error":{"code":"RoleAssignmentExists","message":"The role assignment already exists."}}"#;
    host.with(|context| grant.hear(Told::Answered(ticket, &Ok(answer(409, &[], exists))), context));
    assert!(matches!(grant.stage, Stage::Granted(_)), "{:?}", grant.stage);
}

#[test]
fn what_azure_refuses_is_kept_with_its_reason_and_never_sent_again_by_itself() {
    for (outcome, code) in [
        (bad(403), Code::Forbidden),
        (bad(409), Code::BadRequest),
        (bad(500), Code::AzureTrouble),
        (Err(Unreachable::NoAnswer), Code::NoAnswer),
        (Err(Unreachable::Offline), Code::Offline),
    ] {
        let (mut host, mut grant, ticket) = asked();
        let heard = host.with(|context| grant.hear(Told::Answered(ticket, &outcome), context));
        assert_eq!(heard, Heard::Assigned, "what is assigned is read again: it may have arrived");
        let Stage::Refused(why) = &grant.stage else { panic!("{:?}", grant.stage) };
        assert_eq!(why.code, code);
        host.is_quiet();
        host.with(|context| grant.rest(context));
        host.is_quiet();
    }
}

#[test]
fn an_answer_to_something_else_changes_nothing() {
    let (mut host, mut grant, ticket) = asked();
    let other = Ticket(ticket.0 + 7);
    assert_eq!(host.with(|context| grant.hear(Told::Answered(other, &good(&json!({}))), context)), Heard::Nothing);
    assert!(matches!(grant.stage, Stage::Asking(..)));
    host.is_quiet();
}

#[test]
fn azure_is_asked_to_check_after_half_a_minute_and_then_each_minute_for_half_an_hour() {
    let (mut host, mut grant, wake) = granted();
    host.passes(30);
    assert_eq!(host.with(|context| grant.hear(Told::Woke(Ticket(wake.0 + 9)), context)), Heard::Nothing);
    assert_eq!(host.with(|context| grant.hear(Told::Woke(wake), context)), Heard::Check);
    assert_eq!(host.with(|context| grant.hear(Told::Woke(wake), context)), Heard::Nothing, "once");
    assert_eq!(grant.next(), None);
    // Azure has checked, and still finds it missing.
    host.with(|context| grant.rest(context));
    let (wake, rest) = host.rests();
    assert_eq!(rest, 60);
    host.with(|context| grant.rest(context));
    host.is_quiet();
    host.passes(60);
    assert_eq!(host.with(|context| grant.hear(Told::Woke(wake), context)), Heard::Check);
    host.passes(30 * 60 - 90 - 1);
    assert!(grant.is_new(host.now).is_some());
    host.with(|context| grant.rest(context));
    host.rests();
    host.with(|context| grant.stop(context));
    host.commands();
    host.passes(1);
    assert_eq!(grant.is_new(host.now), None);
    host.with(|context| grant.rest(context));
    host.is_quiet();
}

#[test]
fn who_goes_elsewhere_leaves_no_timer_behind() {
    let (mut host, mut grant, wake) = granted();
    host.with(|context| grant.stop(context));
    assert_eq!(host.commands(), [Command::LetSleep(wake)]);
    assert_eq!(host.with(|context| grant.hear(Told::Woke(wake), context)), Heard::Nothing);
    host.with(|context| grant.stop(context));
    host.is_quiet();
}
