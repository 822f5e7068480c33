//! An operation that is followed: when its status is asked for, and when that is given up.

use super::{Host, bad, good};
use pgflex_restore::azure::http::{Response, Unreachable};
use pgflex_restore::azure::operation::{Accepted, Operation, Progress};
use pgflex_restore::fault::Fault;
use pgflex_restore::flow::Told;
use pgflex_restore::flow::following::Following;
use serde_json::json;

fn operation() -> Operation {
    let call = crate::azure::operation::posted();
    let address = format!("https://management.azure.com{}/operationStatus/x", crate::azure::VAULT);
    match call.read(&crate::azure::answer(202, &[("Azure-AsyncOperation", &address), ("Retry-After", "25")], "")) {
        Ok(Accepted::Following(operation)) => operation,
        other => panic!("{other:?}"),
    }
}

struct Followed {
    host: Host,
    following: Following,
}

impl Followed {
    fn begun() -> Self {
        let mut host = Host::new();
        let following = host.with(|context| Following::start(operation(), context));
        Followed { host, following }
    }

    /// Rests, then is answered; tells how long it rested and what it made of the answer.
    #[track_caller]
    fn asked(&mut self, answer: &Result<Response, Unreachable>) -> (i64, Option<Result<Progress, Fault>>) {
        let (ticket, seconds) = self.host.rests();
        self.host.passes(seconds);
        self.told(Told::Woke(ticket));
        let (ticket, _) = self.host.asked();
        (seconds, self.told(Told::Answered(ticket, answer)))
    }

    fn told(&mut self, told: Told<'_>) -> Option<Result<Progress, Fault>> {
        self.host.with(|context| self.following.hear(told, context))
    }
}

fn running(wait: Option<&str>) -> Result<Response, Unreachable> {
    let headers: Vec<(&str, &str)> = wait.iter().map(|wait| ("Retry-After", *wait)).collect();
    Ok(crate::azure::answer(200, &headers, r#"{"status":"Inprogress"}"#))
}

#[test]
fn it_is_asked_as_often_as_azure_said_last() {
    let mut followed = Followed::begun();
    assert_eq!(followed.following.next(), Some(followed.host.now + pgflex_restore::moment::Span::from_secs(25)));
    assert_eq!(followed.following.answered(), None);
    for (said, rest) in [(None, 25), (Some("7"), 25), (None, 7), (Some("40"), 7), (None, 40)] {
        let (rested, heard) = followed.asked(&running(said));
        assert_eq!(rested, rest);
        assert!(matches!(heard, Some(Ok(Progress::Running(..)))), "{heard:?}");
        assert_eq!(followed.following.answered(), Some(followed.host.now));
    }
    let (_, heard) = followed.asked(&good(&json!({ "status": "Succeeded" })));
    assert!(matches!(heard, Some(Ok(Progress::Succeeded { .. }))), "{heard:?}");
    followed.host.is_quiet();
}

#[test]
fn five_refusals_of_its_status_in_a_row_give_it_up() {
    let mut followed = Followed::begun();
    for _ in 0..4 {
        let (rested, heard) = followed.asked(&bad(403));
        assert_eq!((rested, heard.is_none()), (25, true));
        assert!(followed.following.trouble().is_some());
    }
    assert!(matches!(followed.asked(&running(None)).1, Some(Ok(_))), "one that is answered begins the count anew");
    for _ in 0..4 {
        assert!(followed.asked(&bad(403)).1.is_none());
    }
    assert!(matches!(followed.asked(&bad(403)).1, Some(Err(_))));
    followed.host.is_quiet();
}

#[test]
fn a_lapsed_sign_in_is_no_refusal_and_waits_for_the_person() {
    let mut followed = Followed::begun();
    let (ticket, seconds) = followed.host.rests();
    followed.host.passes(seconds);
    followed.told(Told::Woke(ticket));
    for _ in 0..6 {
        let (ticket, _) = followed.host.asked();
        let lapsed = Err(Unreachable::SignedOut("interaction_required".into()));
        assert!(followed.told(Told::Answered(ticket, &lapsed)).is_none());
        assert_eq!(followed.following.next(), None);
        followed.host.is_quiet();
        followed.host.with(|context| followed.following.hurry(context));
    }
    let (ticket, _) = followed.host.asked();
    assert!(matches!(followed.told(Told::Answered(ticket, &running(None))), Some(Ok(_))));
}
