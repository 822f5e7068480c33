//! Several restores together: gathered, sent one target or one each, checked, confirmed, started and followed.

use super::failures::{instead, status};
use super::journey::DRILLS;
use super::safety::restores;
use super::story::Story;
use expect_test::expect;
use pgflex_restore::app::{Event, Field};
use pgflex_restore::azure::http::{Method, Unreachable};
use pgflex_restore::journal::Entry;
use pgflex_restore::screen::{Block, Span};

/// The vault for demonstrations.
pub(super) const VAULT: &str = "#/demo/find?v=1&vault=94b7d3e0-58c6-4a1f-8f29-0e6d71c3a5b8/rg-demo/bvault-demo-weu";

/// A plan of the newest points of these servers, gathered from the rows of a vault, and read.
pub(super) fn plan_of(vault: &str, servers: &[&str]) -> Story {
    let mut story = Story::demo(vault);
    story.rows_on_screen = 100;
    story.wait(60);
    story.press_at("Begin a plan", 0);
    for server in servers {
        gather(&mut story, server);
    }
    story.follow("Open the plan");
    story.wait(30);
    story
}

/// Puts a server's newest point into the plan, from its row.
fn gather(story: &mut Story, server: &str) {
    let rows = super::print::blocks(&story.screen()).into_iter().find_map(|block| match block {
        Block::Table { rows, .. } => Some(rows),
        _ => None,
    });
    let row = rows
        .expect("a table")
        .into_iter()
        .find(|row| row.cells.iter().flatten().any(|span| matches!(span, Span::Link { text, .. } if text == server)));
    let event = row.expect("the server is listed").cells.into_iter().flatten().find_map(|span| match span {
        Span::Press { event, .. } => Some(event),
        _ => None,
    });
    story.tell(event.expect("its newest point can be added"));
}

/// The same, with one target for all.
pub(super) fn targeted(servers: &[&str]) -> Story {
    let mut story = plan_of(VAULT, servers);
    choose_target(&mut story);
    story
}

pub(super) fn choose_target(story: &mut Story) {
    story.press("Choose a target for all");
    story.wait_for("Use it for all");
    story.type_into(Field::Container, DRILLS);
    story.wait(5);
    story.press("Use it for all");
    story.wait(30);
}

/// Checked, so that all that can be started can be.
pub(super) fn checked(servers: &[&str]) -> Story {
    let mut story = targeted(servers);
    story.press("Check all with Azure");
    story.wait(300);
    story
}

pub(super) fn entries(story: &Story) -> Vec<Entry> {
    story.journal.values().map(|row| Entry::parse(row).unwrap()).collect()
}

/// The restore requests that were sent: the server's instance, and what it says.
pub(super) fn posted(story: &Story) -> Vec<(String, String)> {
    let sent = story.sent.iter().filter(|r| r.method == Method::Post && r.url.path().ends_with("/restore"));
    sent.map(|r| (r.url.path().to_string(), r.body.clone().unwrap_or_default())).collect()
}

pub(super) fn start_all(story: &mut Story, count: usize) {
    story.press(&format!("Start {count} restores…"));
    story.press(&format!("Start these {count} now"));
}

/// How often a word stands on the page.
pub(super) fn times(story: &Story, words: &str) -> usize {
    story.text().matches(words).count()
}

pub(super) const TWO: [&str; 2] = ["psql-orders-demo", "psql-payments-demo"];
pub(super) const FOUR: [&str; 4] =
    ["psql-orders-demo", "psql-payments-demo", "psql-just-protected", "psql-server-forbidden"];

#[test]
fn two_servers_from_the_list_to_their_files() {
    let mut story = targeted(&TWO);
    story.press("Check all with Azure");
    story.wait(120);
    story.press("Start 2 restores…");
    story.sees("Start these 2 restores?");
    assert_eq!(restores(&story), 0, "nothing is started before it was confirmed");
    story.press("Start these 2 now");
    story.wait(6 * 3600);
    expect![[r#"
        # Plan: 2 restores
        2 finished.
        ## 1. psql-orders-demo
          2026-11-16 23:05:23 UTC (5 d 9 h ago)
          bvault-demo-weu / orders-demo-20261116-2jmuh0 / https://stordersrestoreweu.blob.core.windows.net/pg-restore-drills
          Ok: Completed 17.4 GiB in 12 min 2 s
          [See its files →]
        ## 2. psql-payments-demo
          2026-11-17 01:02:43 UTC (5 d 7 h ago)
          bvault-demo-weu / payments-demo-20261117-946sjq / https://stordersrestoreweu.blob.core.windows.net/pg-restore-drills
          Ok: Completed 7.9 GiB in 6 min 35 s
          [See its files →]
        [Add a point →]
        ~
        ## Target for all
          https://stordersrestoreweu.blob.core.windows.net/pg-restore-drills
        ## Check, then start
          Ok: Every restore of this plan has been sent 
          You can close this tab: Azure carries on, and Activity finds them again.
          [Ask now !]
          [Begin another plan !]
        Plain: How far apart the points are
          The oldest and the newest are 1 h 57 min apart. What was written in that time may be in one server and missing in another.
        > Share “Plan of restores: psql-orders-demo, psql-payments-demo”
        ~
        > The plan as text
          <the plan: 704 characters>
    "#]]
    .assert_eq(&story.text());
    assert_eq!(restores(&story), 2);
    assert!(story.is_at_rest(), "nothing is asked after the end");
}

#[test]
fn the_question_names_every_source_and_every_target() {
    let mut story = checked(&TWO);
    story.press("Start 2 restores…");
    for words in ["psql-orders-demo as of 2026-11-16 23:05:23 UTC", "psql-payments-demo as of 2026-11-17 01:02:43 UTC"]
    {
        story.sees(words);
    }
    assert_eq!(times(&story, "into pg-restore-drills in stordersrestoreweu, with the prefix"), 2);
    story.press("Do not start them");
    story.wait(600);
    assert_eq!(restores(&story), 0);
    story.sees("Start 2 restores…");
}

#[test]
fn every_restore_has_a_prefix_of_its_own_and_the_target_of_all() {
    let mut story = checked(&TWO);
    start_all(&mut story, 2);
    story.wait(120);
    let posted = posted(&story);
    assert_eq!(posted.len(), 2);
    assert!(posted.iter().all(|(_, body)| body.contains("pg-restore-drills")), "{posted:?}");
    let prefixes: Vec<String> = entries(&story).iter().map(|entry| entry.prefix.as_str().to_string()).collect();
    assert_eq!(prefixes.len(), 2);
    assert_ne!(prefixes[0], prefixes[1]);
}

#[test]
fn one_can_go_elsewhere_than_the_others() {
    let mut story = targeted(&TWO);
    story.press_at("Change target or prefix", 1);
    story.wait_for("File prefix: [");
    story.type_into(Field::Container, "https://stdemoweu.blob.core.windows.net/drill-2026-11");
    story.type_into(Field::Prefix, "ledger-incident");
    story.press("Review");
    story.wait(30);
    story.sees("Plan: 2 restores");
    story.sees("Not all go to the same container");
    story.press("Check all with Azure");
    story.wait(120);
    start_all(&mut story, 2);
    story.wait(60);
    let of = |server: &str| posted(&story).into_iter().find(|(path, _)| path.contains(server)).unwrap().1;
    assert!(of("psql-orders-demo").contains("/pg-restore-drills"));
    assert!(
        of("psql-payments-demo").contains("/drill-2026-11") && of("psql-payments-demo").contains("ledger-incident-")
    );
}

#[test]
fn another_target_for_all_makes_every_check_void() {
    let mut story = checked(&TWO);
    assert_eq!(times(&story, "Azure would accept it"), 2);
    story.press("Change it for all");
    story.wait_for("Use it for all");
    story.type_into(Field::Container, "https://stdemoweu.blob.core.windows.net/drill-2026-11");
    story.wait(5);
    story.press("Use it for all");
    story.wait(30);
    assert_eq!(times(&story, "Not checked yet"), 2);
    assert!(story.button("Start one restore…").unwrap().disabled.is_some());
}

#[test]
fn a_look_at_one_of_them_voids_no_check_of_the_others() {
    let mut story = checked(&TWO);
    story.press_at("Review this one", 0);
    story.wait_for("Will it work?");
    story.back();
    assert_eq!(times(&story, "Azure would accept it"), 2);
}

#[test]
fn what_azure_refuses_keeps_no_other_from_being_started() {
    let mut story = targeted(&TWO);
    instead(&mut story, Method::Post, "/validateRestore", 1, status(400, &[], REFUSED));
    story.press("Check all with Azure");
    story.wait(120);
    assert_eq!(times(&story, "Azure would refuse it"), 1);
    story.press("Start one restore…");
    story.sees("One other stays as it is.");
    story.press("Start it now");
    story.wait(6 * 3600);
    assert_eq!(restores(&story), 1);
    story.sees("1 finished, 1 waiting for you.");
    // Put right, the other one follows.
    story.press("Check all with Azure");
    story.wait(120);
    story.press("Start one restore…");
    story.press("Start it now");
    story.wait(6 * 3600);
    assert_eq!(restores(&story), 2);
    story.sees("2 finished.");
}

pub(super) const REFUSED: &str =
    r#"{"error":{"code":"UserErrorMissingRequiredPermissions","message":"The vault may not."}}"#;

#[test]
fn what_will_fail_is_told_before_azure_is_asked() {
    let mut story = plan_of("#/demo/find", &["psql-orders-demo", "psql-ledger-demo"]);
    choose_target(&mut story);
    story.sees("2. psql-ledger-demo");
    story.sees("One thing will make it fail");
    story.sees("1 waiting for you, 1 not started.");
    story.press("Put it right");
    story.wait_for("Will it work?");
    assert!(story.address().starts_with("#/demo/review"));
}

#[test]
fn a_job_that_fails_hides_no_other_and_is_prepared_again_with_a_new_prefix() {
    let mut story = checked(&["psql-job-fails", "psql-payments-demo"]);
    start_all(&mut story, 2);
    story.wait(6 * 3600);
    story.sees("1 finished, 1 waiting for you.");
    let before: Vec<_> = entries(&story).into_iter().map(|entry| entry.prefix).collect();
    story.press("Prepare it again with a new prefix");
    story.wait(60);
    story.sees("Not checked yet");
    story.press("Check all with Azure");
    story.wait(120);
    story.press("Start one restore…");
    story.press("Start it now");
    story.wait(300);
    assert_eq!(restores(&story), 3);
    let posted = posted(&story);
    assert!(
        posted[2].0.contains("psql-job-fails") && before.iter().all(|prefix| !posted[2].1.contains(prefix.as_str()))
    );
}

#[test]
fn a_start_without_an_answer_is_looked_for_while_the_others_go_on() {
    let mut story = checked(&TWO);
    instead(&mut story, Method::Post, "/restore", 1, Err(Unreachable::NoAnswer));
    start_all(&mut story, 2);
    story.wait(300);
    story.sees("Looking for its job");
    story.wait(3 * 3600);
    story.sees("1 finished, 1 waiting for you.");
    assert_eq!(restores(&story), 2, "nothing is sent again by itself");
    story.press("See what can be done");
    story.wait_for("Start it again, with the same prefix");
}

#[test]
fn never_more_than_three_are_checked_or_started_at_once() {
    let mut story = targeted(&FOUR);
    story.press("Check all with Azure");
    assert_eq!(times(&story, "Azure is checking"), 3);
    story.sees("Waits for its turn");
    story.wait(300);
    assert_eq!(times(&story, "Azure would accept it"), 4);
    assert_eq!(story.count(Method::Post, "/validateRestore"), 4);
}

#[test]
fn who_leaves_the_page_starts_nothing_that_still_waits() {
    let mut story = checked(&FOUR);
    start_all(&mut story, 4);
    story.go("#/demo/activity");
    story.wait(3 * 3600);
    assert_eq!(restores(&story), 0, "nothing had left yet");
    let plan = story.history.iter().rev().find(|address| address.starts_with("#/demo/plan?")).unwrap().clone();
    story.go(&plan);
    story.wait(30);
    story.sees("4 not started.");
}

#[test]
fn a_press_on_start_twice_starts_each_once() {
    let mut story = checked(&TWO);
    story.press("Start 2 restores…");
    let yes = story.button("Start these 2 now").unwrap();
    story.press("Start these 2 now");
    let pgflex_restore::screen::Act::Do(event) = yes.act else { panic!("a button") };
    story.tell(event);
    story.wait(3 * 3600);
    assert_eq!(restores(&story), 2);
}

#[test]
fn azure_asks_to_slow_down_and_nothing_more_is_asked() {
    let mut story = targeted(&FOUR);
    instead(&mut story, Method::Post, "/validateRestore", 1, status(429, &[("Retry-After", "30")], ""));
    story.press("Check all with Azure");
    story.wait(300);
    assert_eq!(story.count(Method::Post, "/validateRestore"), 3, "the fourth waited, and waits for a press");
    story.sees("Azure asks us to slow down");
    story.press("Check all with Azure");
    story.wait(300);
    assert_eq!(times(&story, "Azure would accept it"), 4);
}

#[test]
fn without_a_network_nothing_waits_to_be_started() {
    let mut story = checked(&FOUR);
    start_all(&mut story, 4);
    story.tell(Event::OnlineChanged(false));
    story.wait(60);
    story.tell(Event::OnlineChanged(true));
    story.wait(3 * 3600);
    assert!(restores(&story) <= 3, "{}", restores(&story));
    story.sees("not started");
}

#[test]
fn a_reload_in_the_middle_finds_every_restore_again_and_sends_none() {
    let mut story = checked(&TWO);
    start_all(&mut story, 2);
    story.wait(200);
    assert_eq!(restores(&story), 2);
    story.reload();
    story.wait(60);
    story.sees("2 in progress.");
    story.wait(6 * 3600);
    story.sees("2 finished.");
    assert_eq!(restores(&story), 2);
}

#[test]
fn a_tab_closed_before_azure_answered_loses_no_restore() {
    let mut story = checked(&TWO);
    start_all(&mut story, 2);
    // Both have left; no answer has come.
    while restores(&story) < 2 {
        story.step(story.now + pgflex_restore::moment::Span::from_secs(60));
    }
    story.reload();
    story.wait(6 * 3600);
    story.sees("2 finished.");
    assert_eq!(restores(&story), 2);
}

#[test]
fn a_plan_that_was_restored_before_says_so_to_whoever_opens_its_link_in_a_new_tab() {
    let mut story = checked(&TWO);
    start_all(&mut story, 2);
    story.wait(3 * 3600);
    story.draft = None;
    story.reload();
    story.wait(30);
    story.sees("2 not started.");
    assert_eq!(times(&story, "Restored from this browser before"), 2);
}

#[test]
fn the_same_tab_twice_starts_each_restore_once() {
    let mut first = checked(&TWO);
    let mut second = checked(&TWO);
    start_all(&mut first, 2);
    first.wait(200);
    for (prefix, row) in first.journal.clone() {
        second.journal.insert(prefix.clone(), row.clone());
        second.tell(Event::EntryChanged(prefix, Some(row)));
    }
    assert!(second.button("Start 2 restores…").is_none(), "{}", second.text());
    second.azure = std::mem::take(&mut first.azure);
    second.now = first.now;
    second.wait(3 * 3600);
    second.sees("2 finished.");
    assert_eq!(restores(&second), 0);
}

/// A plan that was started, and is started again in a browser in which nothing is noted of it.
pub(super) fn restored_elsewhere() -> Story {
    let mut story = checked(&TWO);
    start_all(&mut story, 2);
    story.wait(100);
    story.journal.clear();
    story.draft = None;
    story.reload();
    story.wait(30);
    choose_target(&mut story);
    story.press("Check all with Azure");
    story.wait(60);
    start_all(&mut story, 2);
    story.wait(10);
    story
}

#[test]
fn a_point_that_is_restored_already_waits_for_a_word_and_holds_up_no_other() {
    let mut story = restored_elsewhere();
    assert_eq!(times(&story, "This point is already being restored"), 2);
    assert_eq!(restores(&story), 2, "those of the first browser");
    story.press_at("Do not start it", 1);
    story.press_at("Start it anyway", 0);
    story.wait(60);
    assert_eq!(restores(&story), 3);
    story.sees("1 in progress, 1 not started.");
}

#[test]
fn another_tab_that_starts_one_of_them_is_told() {
    let mut story = checked(&TWO);
    story.held_elsewhere = true;
    start_all(&mut story, 2);
    story.wait(60);
    assert_eq!(restores(&story), 0);
    assert_eq!(times(&story, "Another tab is starting this"), 2);
}

#[test]
fn points_of_one_server_are_started_one_after_the_other() {
    let mut story = Story::demo(VAULT);
    story.wait(60);
    story.follow("psql-orders-demo");
    story.wait_for("latest");
    for row in [0, 1] {
        story.choose(row);
        story.press("Add to the plan");
    }
    story.press("Open the plan");
    story.wait(30);
    story.sees("Two points of one server");
    choose_target(&mut story);
    story.press("Check all with Azure");
    assert_eq!(times(&story, "Azure is checking"), 1);
    story.wait(300);
    start_all(&mut story, 2);
    story.wait(6 * 3600);
    assert_eq!(restores(&story), 2);
}

#[test]
fn a_point_is_in_the_plan_once() {
    let mut story = Story::demo(VAULT);
    story.wait(60);
    story.follow("psql-orders-demo");
    story.wait_for("latest");
    story.choose(0);
    story.press("Add to the plan");
    assert_eq!(story.screen().frame.said.map(|(_, words)| words).as_deref(), Some("It is in the plan now."));
    assert!(story.button("Add to the plan").is_none());
    let plan = Story::demo(&story.screen().frame.nav[1].1);
    assert_eq!(story.screen().frame.nav[1].0, "Plan (1)");
    assert_eq!(plan.screen().frame.nav[1].0, "Plan (1)");
}

#[test]
fn what_is_left_out_is_not_started() {
    let mut story = checked(&TWO);
    story.press_at("Remove from the plan", 0);
    story.sees("Plan: one restore");
    story.press("Start one restore…");
    story.press("Start it now");
    story.wait(100);
    let posted = posted(&story);
    assert!(posted.len() == 1 && posted[0].0.contains("psql-payments-demo"), "{posted:?}");
    assert!(!story.address().contains("orders"), "{}", story.address());
}

#[test]
fn the_plan_survives_a_sign_in_and_a_reload_on_another_page() {
    let mut story = targeted(&TWO);
    story.go("#/demo/activity");
    story.reload();
    let address = story.screen().frame.nav[1].1.clone();
    story.go(&address);
    story.wait(30);
    assert_eq!(times(&story, "pg-restore-drills"), 3, "the targets are there: {}", story.text());
}

#[test]
fn in_a_frame_no_plan_is_started() {
    let mut story = checked(&TWO);
    story.model.framed = true;
    assert!(story.button("Start 2 restores…").unwrap().disabled.is_some());
    story.tell(Event::StartAllPressed);
    story.tell(Event::ConfirmPressed(true));
    story.wait(60);
    assert_eq!(restores(&story), 0);
}

#[test]
fn nothing_but_sources_is_in_the_address_of_a_plan() {
    let story = checked(&TWO);
    let address = story.address();
    for word in ["blob", "pg-restore-drills", "stordersrestoreweu", "orders-demo-2026", "prefix", "contoso.com"] {
        assert!(!address.contains(word), "{word} in {address}");
    }
}

#[test]
fn the_plan_as_text_says_what_goes_where_and_how_it_stands() {
    let mut story = checked(&TWO);
    start_all(&mut story, 2);
    story.wait(3 * 3600);
    let text = super::print::codes(&story.screen()).into_iter().find(|code| code.contains("psql-orders-demo"));
    expect![[r#"
        1. psql-orders-demo
           Vault: bvault-demo-weu / rg-demo / 94b7d3e0-58c6-4a1f-8f29-0e6d71c3a5b8
           Point: 52f71c89ff8f559144aaf551a90658d0@2026-11-16T23:05:23Z
           Container: https://stordersrestoreweu.blob.core.windows.net/pg-restore-drills
           File prefix: orders-demo-20261116-2jmuh0
           State: Completed
           Job: 3e70037e-55b6-49be-acb3-65fe919c53bb

        2. psql-payments-demo
           Vault: bvault-demo-weu / rg-demo / 94b7d3e0-58c6-4a1f-8f29-0e6d71c3a5b8
           Point: c62b5931818de301103dca0f176094f3@2026-11-17T01:02:43Z
           Container: https://stordersrestoreweu.blob.core.windows.net/pg-restore-drills
           File prefix: payments-demo-20261117-946sjq
           State: Completed
           Job: 25121ead-fc7a-4123-aa52-d684381c8d44

    "#]]
    .assert_eq(&text.unwrap());
}

#[test]
fn a_start_that_was_refused_says_so_and_the_others_go_on() {
    let mut story = checked(&TWO);
    instead(&mut story, Method::Post, "/restore", 1, status(400, &[], REFUSED));
    start_all(&mut story, 2);
    story.wait(3 * 3600);
    story.sees("Azure refused to start it");
    story.sees("1 finished, 1 waiting for you.");
}

#[test]
fn a_plan_is_shared_as_its_sources() {
    let story = targeted(&TWO);
    let shared = super::print::blocks(&story.screen()).into_iter().find_map(|block| match block {
        Block::Share { url, text, markdown, .. } => Some((url, super::print::text(&text, story.now), markdown)),
        _ => None,
    });
    let (url, text, markdown) = shared.expect("the plan can be shared");
    expect![[r#"
        Plan of restores: / psql-orders-demo, point of 2026-11-16 23:05:23 UTC (5 d 3 h ago), vault bvault-demo-weu / psql-payments-demo, point of 2026-11-17 01:02:43 UTC (5 d 1 h ago), vault bvault-demo-weu
        [Plan of restores: psql-orders-demo, point of 2026-11-16 23:05 UTC; psql-payments-demo, point of 2026-11-17 01:02 UTC](https://restore.contoso.com/#/demo/plan?v=1&points=94b7d3e0-58c6-4a1f-8f29-0e6d71c3a5b8/rg-demo/bvault-demo-weu/psql-orders-demo-psql-orders-demo-7d9b04be-096c-4a3e-a1fb-ea6215e805c9/52f71c89ff8f559144aaf551a90658d0@2026-11-16T23:05:23Z,psql-payments-demo-psql-payments-demo-7bf5bbd3-d23f-4b82-a418-5daca24bd4ac/c62b5931818de301103dca0f176094f3@2026-11-17T01:02:43Z)
    "#]].assert_eq(&format!("{text}\n{markdown}\n"));
    for word in ["blob", "pg-restore-drills", "stordersrestoreweu", "orders-demo-2026"] {
        assert!(![&url, &text, &markdown].iter().any(|said| said.contains(word)), "{word} in {url} {text} {markdown}");
    }
    // Whoever opens it has the same points before them, and chooses where they go.
    let mut colleague = Story::closed(url.strip_prefix("https://restore.contoso.com/").unwrap());
    colleague.opened = true;
    colleague.start(pgflex_restore::app::Session::SignedOut);
    colleague.wait(30);
    colleague.sees("This link asks for 2 points of 2 servers");
    for words in ["2026-11-16 23:05:23 UTC", "2026-11-17 01:02:43 UTC"] {
        colleague.sees(words);
    }
    assert_eq!(times(&colleague, "No target chosen yet"), 2);
    choose_target(&mut colleague);
    colleague.sees("Not checked yet");
    assert!(colleague.sent.iter().all(|r| r.method == Method::Get || r.url.path().ends_with("/resources")));
}

#[test]
fn the_demo_offers_a_link_and_a_plan_that_somebody_has_sent() {
    let mut story = Story::demo("#/demo");
    story.press("Open a link to one point");
    story.wait(30);
    story.sees("This link asks for one point of psql-orders-prod");
    story.sees("Its newest point");
    story.go("#/demo");
    story.press("Open a plan of three restores");
    story.wait(30);
    story.sees("This link asks for 3 points of 3 servers");
    assert_eq!(times(&story, "No target chosen yet"), 3);
    let read =
        |r: &pgflex_restore::azure::http::Request| r.method == Method::Get || r.url.path().ends_with("/resources");
    assert!(story.sent.iter().all(read), "opening starts nothing");
}

#[test]
fn another_plan_can_be_begun_and_the_one_before_is_an_address_away() {
    let mut story = checked(&TWO);
    start_all(&mut story, 2);
    story.wait(3 * 3600);
    let before = story.address().to_string();
    story.press("Begin another plan");
    story.wait(60);
    assert!(story.address().starts_with("#/demo/find"));
    story.sees("Add the newest point of a server from its row");
    assert!(story.screen().frame.nav.iter().all(|(words, ..)| !words.starts_with("Plan")));
    story.go(&before);
    story.wait(30);
    story.sees("2 finished.");
}

#[test]
fn the_newest_point_is_the_newest_when_it_is_asked_for() {
    let mut story = plan_of(VAULT, &TWO[..1]);
    story.sees("2026-11-16 23:05:23 UTC");
    // A week later, in the same tab.
    story.press("Begin another plan");
    story.wait(8 * 86_400);
    story.go(VAULT);
    story.wait(60);
    gather(&mut story, "psql-orders-demo");
    story.follow("Open the plan");
    story.wait(60);
    story.does_not_see("2026-11-16 23:05:23 UTC");
    story.sees("2026-11-23 23:0");
}
