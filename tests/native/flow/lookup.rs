//! Looking an account up, step by step.

use super::places::{account, row, subscription};
use super::{Host, bad, good};
use pgflex_restore::azure::http::{Response, Unreachable};
use pgflex_restore::flow::lookup::{Known, Lookup};
use pgflex_restore::flow::{Ticket, Told};
use serde_json::json;

fn start(host: &mut Host, by_id: bool) -> (Lookup, Ticket) {
    let id = account("storders");
    let lookup = host.with(|context| Lookup::start(&id.name, by_id.then_some(&id), &subscription('1'), context));
    let (ticket, asked) = host.asked();
    assert_eq!(asked, if by_id { "storders" } else { "resources" });
    (lookup, ticket)
}

fn hear(host: &mut Host, lookup: &mut Lookup, ticket: Ticket, answer: &Result<Response, Unreachable>) {
    host.with(|context| lookup.hear(Told::Answered(ticket, answer), context));
}

/// What became of it, in a word.
fn known(lookup: &Lookup) -> &'static str {
    match lookup.known() {
        None => "asked",
        Some(Known::Found(_, None)) => "found",
        Some(Known::Found(_, Some(_))) => "found with its address",
        Some(Known::Absent) => "absent",
        Some(Known::Unknown(_)) => "unknown",
    }
}

#[test]
fn by_its_name_it_is_asked_for_of_the_graph() {
    let rows = [("storders", "found"), ("stother", "absent")];
    for (name, expected) in rows {
        let mut host = Host::new();
        let (mut lookup, ticket) = start(&mut host, false);
        hear(&mut host, &mut lookup, ticket, &good(&json!({ "data": [{ "id": account(name).path() }] })));
        assert_eq!(known(&lookup), expected, "{name}");
        host.is_quiet();
    }
}

#[test]
fn where_the_graph_is_refused_a_list_is_read_until_it_turns_up() {
    let next = "https://management.azure.com/subscriptions/11111111-1111-1111-1111-111111111111/providers/Microsoft.Storage/storageAccounts?api-version=2023-05-01&$skiptoken=x";
    for (name, expected) in [("storders", "found with its address"), ("stother", "unknown")] {
        let mut host = Host::new();
        let (mut lookup, ticket) = start(&mut host, false);
        hear(&mut host, &mut lookup, ticket, &bad(403));
        let (ticket, asked) = host.asked();
        assert_eq!(asked, "storageAccounts");
        hear(&mut host, &mut lookup, ticket, &good(&json!({ "value": [row("stfirst")], "nextLink": next })));
        assert_eq!(known(&lookup), "asked");
        let (ticket, _) = host.asked();
        hear(&mut host, &mut lookup, ticket, &good(&json!({ "value": [row(name)] })));
        assert_eq!(known(&lookup), expected, "{name}");
    }
}

#[test]
fn without_a_sign_in_no_list_is_tried() {
    let mut host = Host::new();
    let (mut lookup, ticket) = start(&mut host, false);
    hear(&mut host, &mut lookup, ticket, &Err(Unreachable::SignedOut("AADSTS50076".into())));
    assert_eq!(known(&lookup), "unknown");
    host.is_quiet();
}

#[test]
fn by_its_id_it_is_read_itself() {
    for (answer, expected) in
        [(good(&row("storders")), "found with its address"), (bad(404), "absent"), (bad(403), "unknown")]
    {
        let mut host = Host::new();
        let (mut lookup, ticket) = start(&mut host, true);
        hear(&mut host, &mut lookup, ticket, &answer);
        assert_eq!(known(&lookup), expected, "{answer:?}");
    }
}

#[test]
fn whoever_waits_may_give_up_where_there_is_trouble_and_not_before() {
    let mut host = Host::new();
    let (mut lookup, ticket) = start(&mut host, false);
    host.with(|context| lookup.give_up(context));
    assert_eq!(known(&lookup), "asked");
    hear(&mut host, &mut lookup, ticket, &bad(503));
    assert!(lookup.trouble().is_some());
    let (wake, _) = host.rests();
    host.with(|context| lookup.give_up(context));
    assert_eq!(known(&lookup), "unknown");
    host.commands();
    host.with(|context| lookup.hear(Told::Woke(wake), context));
    host.is_quiet();
}
