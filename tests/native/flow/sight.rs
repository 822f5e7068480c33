//! Whether another account sees what this one does not: whom it asks, in which order, and when it stops.

use super::Host;
use crate::azure::{VAULT, arm};
use pgflex_restore::azure::calls;
use pgflex_restore::azure::http::{Method, Request, Response, Unreachable};
use pgflex_restore::azure::id::{Found, find};
use pgflex_restore::flow::sight::Sight;
use pgflex_restore::flow::{Command, Ticket, Told};

struct Looked {
    host: Host,
    sight: Sight,
}

/// What is asked of the next account, and of which.
fn asked(host: &mut Host) -> Option<(Ticket, Request, String)> {
    match host.commands().as_slice() {
        [] => None,
        [Command::SendAs(ticket, request, account)] => Some((*ticket, request.clone(), account.clone())),
        more => panic!("{more:?}"),
    }
}

fn looked(accounts: usize) -> Looked {
    let Some(Found::Vault(vault)) = find(VAULT) else { panic!("no vault") };
    let mut host = Host::new();
    let accounts = (1..=accounts).map(|nth| nth.to_string()).collect();
    let sight = host.with(|context| Sight::start(calls::vault(arm(), &vault).apart().0, accounts, context));
    Looked { host, sight }
}

fn answer(status: u16, body: &str) -> Result<Response, Unreachable> {
    Ok(Response { status, headers: Vec::new(), body: body.into() })
}

fn no() -> Result<Response, Unreachable> {
    answer(403, r#"{"error":{"code":"AuthorizationFailed","message":"No."}}"#)
}

impl Looked {
    /// The next account is asked, and answers.
    #[track_caller]
    fn hears(&mut self, account: &str, outcome: &Result<Response, Unreachable>) {
        let (ticket, request, who) = asked(&mut self.host).expect("an account is asked");
        assert_eq!((who.as_str(), request.method, request.url.path()), (account, Method::Get, VAULT));
        self.told(ticket, outcome);
    }

    fn told(&mut self, ticket: Ticket, outcome: &Result<Response, Unreachable>) {
        let Looked { host, sight } = self;
        host.with(|context| sight.hear(Told::Answered(ticket, outcome), context));
    }

    fn stands(&mut self) -> (Option<&str>, bool, bool) {
        (self.sight.seen.as_deref(), self.sight.unsure, self.sight.is_asking())
    }
}

#[test]
fn the_first_that_can_read_it_ends_it() {
    let mut looked = looked(3);
    looked.hears("1", &no());
    assert_eq!(looked.stands(), (None, false, true));
    looked.hears("2", &answer(200, "{}"));
    assert_eq!(looked.stands(), (Some("2"), false, false));
    assert!(asked(&mut looked.host).is_none(), "nobody else is asked");
}

#[test]
fn every_refusal_of_the_account_is_a_no() {
    for (status, code) in [
        (401, "InvalidAuthenticationTokenTenant"),
        (403, "AuthorizationFailed"),
        (404, "SubscriptionNotFound"),
        (404, "ResourceNotFound"),
    ] {
        let mut looked = looked(1);
        looked.hears("1", &answer(status, &format!(r#"{{"error":{{"code":"{code}","message":""}}}}"#)));
        assert_eq!(looked.stands(), (None, false, false), "{code}");
    }
}

#[test]
fn what_says_nothing_of_the_account_leaves_it_open_and_the_next_is_asked() {
    let expired = r#"{"error":{"code":"ExpiredAuthenticationToken","message":""}}"#;
    for outcome in [
        Err(Unreachable::NoAnswer),
        Err(Unreachable::NoToken),
        Err(Unreachable::SignedOut("no_account".into())),
        answer(401, expired),
        answer(429, ""),
        answer(500, ""),
        answer(200, "<html>"),
    ] {
        let mut looked = looked(2);
        looked.hears("1", &outcome);
        looked.hears("2", &no());
        assert_eq!(looked.stands(), (None, true, false), "{outcome:?}");
        assert!(asked(&mut looked.host).is_none(), "nobody is asked twice: {outcome:?}");
    }
}

#[test]
fn a_handful_is_asked_and_the_others_are_not_taken_for_a_no() {
    let mut looked = looked(7);
    for account in ["1", "2", "3", "4", "5"] {
        looked.hears(account, &no());
    }
    assert_eq!(looked.stands(), (None, true, false));
    assert!(asked(&mut looked.host).is_none());
}

#[test]
fn an_answer_to_something_else_changes_nothing() {
    let mut looked = looked(2);
    let (ticket, ..) = asked(&mut looked.host).unwrap();
    looked.told(Ticket(ticket.0 + 7), &answer(200, "{}"));
    assert_eq!(looked.stands(), (None, false, true));
    looked.told(ticket, &no());
    looked.told(ticket, &answer(200, "{}"));
    assert_eq!(looked.stands(), (None, false, true), "it was heard once");
    looked.hears("2", &no());
    assert_eq!(looked.stands(), (None, false, false));
}
