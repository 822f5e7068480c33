//! The demo: its incident from the log to the files, every state that it lists, and the keys.

use super::journey::{DRILLS, name_target, to_review, to_target};
use super::print;
use super::story::Story;
use pgflex_restore::app::{Event, Field, Key};
use pgflex_restore::azure::http::Method;
use pgflex_restore::link::{Link, Place, Specimen};
use pgflex_restore::screen::Block;
use std::collections::BTreeSet;

#[test]
fn the_incident_leads_from_a_line_of_the_log_to_the_lost_table() {
    let mut story = Story::demo("#/demo");
    story.sees("Last night the table shop.order_lines in the database orders of psql-orders-prod was dropped");
    // The last night but for two hours, since it is a quarter past two.
    let line = "2026-11-21 01:41:07 UTC-65f3c21a.1d9a-LOG:  statement: DROP TABLE shop.order_lines CASCADE;";
    let shown = print::blocks(&story.screen());
    assert!(shown.iter().any(|block| matches!(block, Block::Code { text, .. } if text == line)), "{shown:?}");
    story.press("Find the server");
    // The point was made a fortnight before that moment.
    to_review(&mut story, "psql-orders-prod", DRILLS);
    story.check();
    story.press("Start restore");
    story.wait_for("The files of psql-orders-prod are in the container");
    story.sees("shop.order_lines was still there when this point was made");
}

#[test]
fn files_of_a_point_after_the_incident_are_told_not_to_help() {
    let mut story = Story::demo("#/demo");
    // On Tuesday there is one more point.
    story.wait(3 * 86_400);
    story.press("Find the server");
    to_target(&mut story, "psql-orders-prod", 0);
    name_target(&mut story, DRILLS);
    story.check();
    story.press("Start restore");
    story.wait_for("The files of psql-orders-prod are in the container");
    story.sees("shop.order_lines was gone when this point was made");
}

/// What each state of the list shows, in the order of the list.
const STATES: [&str; 42] = [
    "No flexible server is protected in this vault",
    "psql-tenant-0001",
    "Contoso Legacy",
    "Your account sees no subscription",
    "You are not allowed to list the recovery points",
    "No point yet",
    "This point no longer exists",
    "The backup is soft-deleted",
    "The server no longer exists",
    "Protection error",
    "Partial",
    "This is not the backup of a flexible server",
    "Azure asks us to slow down",
    "You are offline",
    "Azure has a problem of its own",
    "Your sign-in has ended",
    "You are offline",
    "This link is not valid",
    "This link is not valid",
    "psql-ledger-demo",
    "psql-no-identity",
    "psql-check-no-container",
    "psql-read-only",
    "psql-restore-running",
    "psql-claims-readable",
    "psql-cut-after",
    "psql-list-lags-long",
    "psql-taken-twice",
    "psql-restore-refused",
    "Azure Backup is writing the files",
    "The files of psql-orders-demo are in the container",
    "Completed with warnings",
    "The restore of psql-files-exist failed",
    "Azure no longer knows",
    "Your sign-in has ended",
    "config.json has a mistake",
    "This address is not registered for the app",
    "This page is shown inside another page",
    "This connection is not encrypted",
    "This browser keeps no notes",
    "[Ok] Strict-Transport-Security",
    "[Warn] Strict-Transport-Security",
];

#[test]
fn every_state_of_the_list_is_where_it_says() {
    let list = Story::demo("#/demo/states");
    let links = print::links(&list.screen());
    assert_eq!(links.len(), STATES.len());
    let once: BTreeSet<_> = links.iter().map(|(_, address)| address).collect();
    assert_eq!(once.len(), links.len(), "no link stands there twice");
    let mut missing = Vec::new();
    for ((name, address), shows) in links.iter().zip(STATES) {
        let mut story = Story::demo(address);
        // What passes is looked at at once.
        let mut seen = story.text();
        for _ in 0..40 {
            story.wait(1);
            seen.push_str(&story.text());
        }
        if !seen.contains(shows) {
            missing.push(format!("{name} ({address}) does not show “{shows}”:\n{}", story.text()));
        }
        assert_eq!(story.count(Method::Put, "") + story.count(Method::Post, "/restore"), 0, "{name} only reads");
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}

#[test]
fn an_example_of_a_state_does_nothing_and_can_be_copied_from() {
    let mut story = Story::demo("#/demo/states/not-signed-in");
    story.sees("This is an example");
    story.press("Sign in with Microsoft");
    assert!(!story.left, "nobody leaves from an example");
    story.tell(Event::CopyPressed("AADSTS50011".into()));
    assert_eq!(story.clipboard.as_deref(), Some("AADSTS50011"));
    assert_eq!(story.sent, []);
    story.follow("Every state of this program");
    story.sees("Finding a server");
    assert!(Link::parse("#/states").is_err() && Link::parse("#/states/framed").is_err(), "they are of the demo alone");
}

#[test]
fn an_example_leads_nowhere_but_into_the_demo() {
    for (_, name) in Specimen::ALL {
        let story = Story::demo(&format!("#/demo/states/{name}"));
        // Links and buttons: an address of this program begins so wherever it stands.
        let page = format!("{:?}", story.screen().page);
        let outside: Vec<_> =
            page.match_indices("\"#/").filter(|(at, _)| !page[*at..].starts_with("\"#/demo")).collect();
        assert!(outside.is_empty(), "{name}: {page}");
    }
}

#[test]
fn a_slash_leads_to_the_search_of_the_page_or_to_the_servers() {
    let mut story = Story::demo("#/demo");
    story.tell(Event::KeyPressed(Key::Search));
    assert_eq!(story.model.place(), Place::Find);
    assert_eq!(story.screen().led_to, Some((1, Field::Search)));
    story.tell(Event::KeyPressed(Key::Search));
    assert_eq!(story.screen().led_to, Some((2, Field::Search)), "it is heard again");
    story.go("#/demo/activity");
    story.tell(Event::KeyPressed(Key::Search));
    assert_eq!(story.model.place(), Place::Activity);
    assert_eq!(story.screen().led_to, Some((3, Field::Jobs)));
}

#[test]
fn the_shortcuts_are_listed_and_can_be_switched_off_for_good() {
    let mut story = Story::demo("#/demo/find");
    story.tell(Event::KeyPressed(Key::Help));
    assert!(story.screen().frame.help.open);
    story.tell(Event::KeysSwitched(false));
    story.tell(Event::HelpClosed);
    assert!(!story.keys, "the browser is asked to keep it");
    story.reload();
    let help = story.screen().frame.help;
    assert!(!help.open && !help.on);
}
