//! Making a container: what each answer makes of it.

use super::places::account;
use super::{Host, bad, good};
use pgflex_restore::azure::http::{Response, Unreachable};
use pgflex_restore::azure::id::ContainerName;
use pgflex_restore::flow::Told;
use pgflex_restore::flow::draft::Pick;
use pgflex_restore::flow::making::Stage;
use pgflex_restore::flow::places::Places;
use serde_json::{Value, json};

fn list(names: &[&str]) -> Result<Response, Unreachable> {
    let path = |name: &&str| format!("{}/blobServices/default/containers/{name}", account("storders").path());
    let rows: Vec<Value> = names.iter().map(|name| json!({ "id": path(name) })).collect();
    good(&json!({ "value": rows }))
}

/// The containers of an account are known, and one more is being made.
fn making() -> (Host, Places, pgflex_restore::flow::Ticket) {
    let (mut host, mut places, account) = (Host::new(), Places::default(), account("storders"));
    host.with(|context| places.see_containers(&account, context));
    let (ticket, _) = host.asked();
    host.with(|context| places.hear(Told::Answered(ticket, &list(&["old"])), context));
    let id = account.container(ContainerName::parse("drill-new").unwrap());
    host.with(|context| places.make(id.clone(), Pick::Nothing, context));
    let (ticket, asked) = host.asked();
    assert_eq!(asked, "drill-new");
    // Pressed once more while it is on its way.
    host.with(|context| places.make(id, Pick::Nothing, context));
    host.is_quiet();
    (host, places, ticket)
}

fn stage(places: &Places) -> &'static str {
    match places.making.as_ref().unwrap().stage {
        Stage::Asking(..) => "asking",
        Stage::Made => "made",
        Stage::Refused(_) => "refused",
        Stage::Looking(_) => "looking",
        Stage::Unsure(_) => "unsure",
    }
}

#[test]
fn every_answer_has_its_meaning() {
    let container =
        json!({ "id": format!("{}/blobServices/default/containers/drill-new", account("storders").path()) });
    let rows = [
        (good(&container), "made"),
        (bad(400), "refused"),
        (bad(403), "refused"),
        (bad(404), "refused"),
        (bad(409), "refused"),
        (bad(429), "refused"),
        (Err(Unreachable::Offline), "refused"),
        (Err(Unreachable::NoToken), "refused"),
        (bad(408), "looking"),
        (bad(500), "looking"),
        (bad(503), "looking"),
        (Err(Unreachable::NoAnswer), "looking"),
        (Err(Unreachable::TooLong), "looking"),
        (good(&json!({})), "looking"),
    ];
    for (answer, expected) in rows {
        let (mut host, mut places, ticket) = making();
        host.with(|context| places.hear(Told::Answered(ticket, &answer), context));
        assert_eq!(stage(&places), expected, "{answer:?}");
        let listed = places.containers.as_ref().unwrap().1.items.iter().any(|c| c.id.name.as_str() == "drill-new");
        assert_eq!(listed, expected == "made", "{answer:?}");
    }
}

#[test]
fn in_doubt_the_list_is_read_again_and_decides() {
    for (there, expected) in [(list(&["old", "drill-new"]), "made"), (list(&["old"]), "unsure"), (bad(403), "unsure")] {
        let (mut host, mut places, ticket) = making();
        host.with(|context| places.hear(Told::Answered(ticket, &Err(Unreachable::NoAnswer)), context));
        let (ticket, asked) = host.asked();
        assert_eq!(asked, "containers", "nothing is made a second time");
        host.with(|context| places.hear(Told::Answered(ticket, &there), context));
        assert_eq!(stage(&places), expected);
    }
}

#[test]
fn whoever_has_picked_another_account_meanwhile_is_told_that_nobody_knows() {
    let (mut host, mut places, ticket) = making();
    host.with(|context| places.see_containers(&account("stother"), context));
    host.asked();
    host.with(|context| places.hear(Told::Answered(ticket, &Err(Unreachable::NoAnswer)), context));
    host.is_quiet();
    assert_eq!(stage(&places), "unsure");
}
