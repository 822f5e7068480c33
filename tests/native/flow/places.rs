//! Lists of places: what is shown first, and what is asked.

use super::{Host, good};
use pgflex_restore::azure::id::{AccountId, SubscriptionId};
use pgflex_restore::flow::Told;
use pgflex_restore::flow::places::{MOST, Places, likeliest};
use serde_json::{Value, json};

pub const GROUP: &str =
    "/subscriptions/6f2d9a41-5c0e-4b7a-9f63-2d1e8c7b4a05/resourceGroups/rg/providers/Microsoft.Storage/storageAccounts";

pub fn subscription(digit: char) -> SubscriptionId {
    SubscriptionId::parse(&super::name(digit)).unwrap()
}

pub fn account(name: &str) -> AccountId {
    AccountId::parse(&format!("{GROUP}/{name}")).unwrap()
}

pub fn row(name: &str) -> Value {
    json!({ "id": format!("{GROUP}/{name}"), "properties": { "primaryEndpoints": { "blob": format!("https://{name}.z7.blob.storage.azure.net/") } } })
}

fn check(items: &[(usize, &str)], filter: &str, expected: &[&str]) {
    let (best, fit) = likeliest(items.iter().copied(), filter);
    let names: Vec<&str> = best.iter().map(|at| items[*at].1).collect();
    assert_eq!((names.as_slice(), fit), (expected, expected.len()), "of {items:?} by {filter:?}");
}

#[test]
fn the_likeliest_come_first_and_equals_by_their_names() {
    check(&[], "", &[]);
    check(&[(2, "c"), (1, "b"), (2, "a"), (1, "d")], "", &["b", "d", "a", "c"]);
    check(&[(1, "same"), (1, "same")], "", &["same", "same"]);
}

#[test]
fn a_filter_is_a_part_of_the_name_in_any_letters() {
    let items = [(1, "pg-drills"), (1, "exports"), (1, "pg-files")];
    check(&items, "pg", &["pg-drills", "pg-files"]);
    check(&items, "  DRILL ", &["pg-drills"]);
    check(&items, "x-", &[]);
}

#[test]
fn a_hundred_are_shown_of_however_many() {
    let names: Vec<String> = (0..5000).rev().map(|at| format!("c{at:04}")).collect();
    let (best, fit) = likeliest(names.iter().map(|name| (0, name.as_str())), "");
    assert_eq!((best.len(), fit), (MOST, 5000));
    assert!(best.iter().map(|at| &names[*at]).is_sorted() && names[best[0]] == "c0000");
}

#[test]
fn a_list_is_asked_for_once_and_another_one_takes_its_place() {
    let (mut host, mut places) = (Host::new(), Places::default());
    host.with(|context| places.see_accounts(&subscription('1'), context));
    let (first, _) = host.asked();
    host.with(|context| places.see_accounts(&subscription('1'), context));
    host.is_quiet();
    host.with(|context| places.see_accounts(&subscription('2'), context));
    let (second, _) = host.asked();
    // The answer to the first one is stale.
    let answer = good(&json!({ "value": [row("storders")] }));
    host.with(|context| places.hear(Told::Answered(first, &answer), context));
    assert!(places.accounts.as_ref().unwrap().1.items.is_empty());
    host.with(|context| places.hear(Told::Answered(second, &answer), context));
    assert_eq!(places.accounts.as_ref().unwrap().1.items.len(), 1);
}

#[test]
fn typing_rests_for_a_second_before_anything_is_asked() {
    let (mut host, mut places) = (Host::new(), Places::default());
    host.with(|context| places.typed(context));
    let (first, after) = host.rests();
    assert_eq!(after, 1);
    host.with(|context| places.typed(context));
    let (second, _) = host.rests();
    host.with(|context| places.hear(Told::Woke(first), context));
    assert!(places.is_typed_into(), "somebody typed on");
    host.with(|context| places.hear(Told::Woke(second), context));
    assert!(!places.is_typed_into());
}

#[test]
fn an_account_of_the_list_need_not_be_looked_up() {
    let (mut host, mut places) = (Host::new(), Places::default());
    host.with(|context| places.see_accounts(&subscription('1'), context));
    let (ticket, _) = host.asked();
    let answer = good(&json!({ "value": [row("storders")] }));
    host.with(|context| places.hear(Told::Answered(ticket, &answer), context));
    let id = account("storders");
    host.with(|context| places.look_up(&id.name, None, &subscription('1'), context));
    host.is_quiet();
    assert!(places.lookup(&id.name).unwrap().has_address());
    // Nor is what was found by its name before, once its address is told.
    let other = account("stother");
    host.with(|context| places.look_up(&other.name, None, &subscription('1'), context));
    let (ticket, asked) = host.asked();
    assert_eq!(asked, "resources");
    let found = good(&json!({ "data": [{ "id": other.path() }] }));
    host.with(|context| places.hear(Told::Answered(ticket, &found), context));
    assert!(!places.lookup(&other.name).unwrap().has_address());
    host.with(|context| places.see_accounts(&subscription('2'), context));
    let (ticket, _) = host.asked();
    let answer = good(&json!({ "value": [row("stother")] }));
    host.with(|context| places.hear(Told::Answered(ticket, &answer), context));
    host.with(|context| places.look_up(&other.name, None, &subscription('1'), context));
    assert!(places.lookup(&other.name).unwrap().has_address());
}

#[test]
fn what_is_remembered_is_bounded() {
    let (mut host, mut places) = (Host::new(), Places::default());
    for at in 0..80 {
        host.with(|context| places.look_up(&account(&format!("st{at}")).name, None, &subscription('1'), context));
    }
    assert!(places.lookup(&account("st0").name).is_none() && places.lookup(&account("st79").name).is_some());
}
