//! A plan while something else happens: the page is left, the list refused, the sign-in over, another tab at it.

use super::failures::{instead, status};
use super::plan::{
    FOUR, REFUSED, TWO, VAULT, checked, choose_target, entries, plan_of, posted, restored_elsewhere, start_all,
    targeted, times,
};
use super::safety::restores;
use super::story::Story;
use pgflex_restore::app::{Event, Field, Session};
use pgflex_restore::azure::http::{Method, Response, Unreachable};
use pgflex_restore::flow::standing::Standing;
use pgflex_restore::link::{Place, Which, Wish};
use pgflex_restore::moment::Span;

type Answer = Result<Response, Unreachable>;

const ELSEWHERE: &str = "https://stdemoweu.blob.core.windows.net/drill-2026-11";

/// The address of the last plan that was on the page.
fn plan_address(story: &Story) -> String {
    story.history.iter().rev().find(|address| address.contains("/plan?")).unwrap().clone()
}

#[test]
fn a_link_to_a_plan_keeps_its_points_until_somebody_has_signed_in() {
    let shared = plan_address(&targeted(&TWO)).replace("#/demo/", "#/");
    let mut story = Story::closed(&shared);
    story.opened = true;
    story.start(Session::SignedOut);
    assert_eq!(story.address(), shared);
    story.sees("c62b5931818de301103dca0f176094f3");
    // Somebody has another plan in this tab, and comes back from the sign-in.
    let mut story = Story::closed(&shared);
    story.draft = plan_of(VAULT, &["psql-just-protected"]).draft;
    story.start(Session::SignedOut);
    assert_eq!(story.address(), shared);
}

#[test]
fn a_sign_in_that_lapses_before_the_start_leaves_the_restore_ready() {
    let mut story = checked(&TWO);
    instead(&mut story, Method::Post, "/restore", 1, status(401, &[], ""));
    start_all(&mut story, 2);
    story.wait(60);
    story.does_not_see("Looking for its job");
    assert_eq!(times(&story, "Azure would accept it"), 1, "{}", story.text());
    story.sees("Start one restore…");
}

#[test]
fn what_never_left_is_ready_to_be_started_once_more() {
    let mut story = checked(&TWO);
    instead(&mut story, Method::Post, "/restore", 1, Err(Unreachable::Offline));
    start_all(&mut story, 2);
    story.wait(60);
    story.does_not_see("Looking for its job");
    story.press("Start one restore…");
    story.press("Start it now");
    story.wait(3 * 3600);
    story.sees("2 finished.");
}

#[test]
fn azure_asks_to_slow_down_at_a_start_and_nothing_more_is_started() {
    let mut story = checked(&FOUR);
    instead(&mut story, Method::Post, "/restore", 1, status(429, &[("Retry-After", "30")], ""));
    start_all(&mut story, 4);
    story.wait(3600);
    assert_eq!(restores(&story), 3, "the fourth waits for a press");
    story.sees("Start one restore…");
}

/// One answer in Azure's place to what is posted for one server.
fn answer_for(story: &mut Story, server: &'static str, ending: &'static str, answer: &Answer) {
    let answer = answer.clone();
    story.between = Box::new(move |_, request| {
        let path = request.url.path();
        (path.contains(server) && path.ends_with(ending)).then(|| answer.clone())
    });
}

/// Of two the first one is under way, the second one was refused.
fn half_started() -> Story {
    let mut story = targeted(&TWO);
    answer_for(&mut story, "psql-payments-demo", "/validateRestore", &status(400, &[], REFUSED));
    story.press("Check all with Azure");
    story.wait(120);
    story.press("Start one restore…");
    story.press("Start it now");
    story.wait(30);
    story.between = Box::new(|_, _| None);
    story
}

#[test]
fn another_target_for_all_leaves_alone_what_is_under_way() {
    let mut story = half_started();
    story.sees("1 in progress, 1 waiting for you.");
    story.press("Change it for all");
    story.wait_for("Use it for all");
    story.type_into(Field::Container, ELSEWHERE);
    story.wait(5);
    story.press("Use it for all");
    story.wait(30);
    story.sees("1 in progress, 1 not started.");
    assert_eq!(times(&story, "pg-restore-drills"), 1, "that of the first one stays: {}", story.text());
    story.press("Check all with Azure");
    story.wait(120);
    story.press("Start one restore…");
    story.press("Start it now");
    story.wait(3 * 3600);
    story.sees("2 finished.");
    assert!(posted(&story).len() == 2 && posted(&story)[1].1.contains("drill-2026-11"));
}

#[test]
fn nothing_is_called_sent_that_is_only_looked_into() {
    let mut story = checked(&TWO);
    start_all(&mut story, 2);
    assert_eq!(restores(&story), 0);
    story.does_not_see("Every restore of this plan has been sent");
    story.sees("Stay on this page");
    while restores(&story) < 2 {
        story.step(story.now + Span::from_secs(60));
    }
    story.does_not_see("You can close this tab");
    story.wait(60);
    story.sees("Every restore of this plan has been sent");
}

#[test]
fn another_plan_starts_nothing_of_the_one_that_was_left() {
    let mut story = checked(&FOUR);
    story.press("Start 4 restores…");
    let other = plan_address(&plan_of(VAULT, &["psql-job-fails"]));
    story.go(&other);
    story.does_not_see("Start these 4");
    story.back();
    story.wait(60);
    start_all(&mut story, 4);
    // Its points take their time.
    story.between =
        Box::new(|_, request| request.url.path().contains("psql-job-fails").then_some(Err(Unreachable::NoAnswer)));
    story.go(&other);
    story.wait(600);
    assert_eq!(restores(&story), 0);
}

#[test]
fn what_is_left_out_while_it_waits_is_not_started() {
    let mut story = checked(&FOUR);
    start_all(&mut story, 4);
    assert_eq!(times(&story, "Waits for its turn"), 1);
    story.press_at("Remove from the plan", 3);
    story.wait(3600);
    assert_eq!(restores(&story), 3);
}

#[test]
fn a_question_names_no_more_what_was_left_out_meanwhile() {
    let mut story = checked(&TWO);
    story.press("Start 2 restores…");
    story.press_at("Remove from the plan", 0);
    story.does_not_see("psql-orders-demo as of");
    story.press("Start it now");
    story.wait(60);
    assert_eq!(restores(&story), 1);
    assert!(posted(&story)[0].0.contains("psql-payments-demo"));
}

#[test]
fn three_servers_in_trouble_hold_up_no_other() {
    let mut story = plan_of(VAULT, &TWO);
    let plan = plan_address(&story);
    let more = plan_address(&plan_of(VAULT, &["psql-just-protected", "psql-server-forbidden", "psql-job-fails"]));
    let all = format!("{more},{}", plan.split_once("points=").unwrap().1);
    story = Story::closed(&all);
    story.between = Box::new(|_, request| {
        let path = request.url.path();
        let bad = ["psql-just-protected", "psql-server-forbidden", "psql-job-fails"];
        let fits = path.ends_with("/recoveryPoints") && bad.iter().any(|server| path.contains(server));
        fits.then(|| status(503, &[], ""))
    });
    story.start(Session::SignedOut);
    story.wait(120);
    story.does_not_see("Waits for its turn");
    choose_target(&mut story);
    story.press("Check all with Azure");
    story.wait(120);
    assert_eq!(times(&story, "Azure would accept it"), 2);
}

#[test]
fn two_points_of_one_server_that_are_not_listed_are_read_once_each() {
    let plan = plan_address(&plan_of(VAULT, &["psql-orders-demo"]));
    let (front, point) = plan.rsplit_once('/').unwrap();
    let one = point.split_once('@').unwrap().0;
    let gone = |ending: &str| format!("{}{ending}", &one[..one.len() - 2]);
    let mut story = Story::demo(&format!("{front}/{},{}", gone("00"), gone("01")));
    for _ in 0..300 {
        story.step(story.now + Span::from_secs(60));
    }
    let read = story.sent.iter().filter(|request| request.url.path().contains("/recoveryPoints/")).count();
    assert_eq!(read, 2, "{}", story.text());
}

#[test]
fn what_was_added_is_still_there_after_going_back_to_the_plan() {
    let mut story = plan_of(VAULT, &TWO);
    story.go(VAULT);
    story.wait(60);
    story.follow("psql-just-protected");
    story.wait_for("latest");
    story.choose(0);
    story.press("Add to the plan");
    story.back();
    story.back();
    story.wait(30);
    story.sees("Plan: 3 restores");
}

#[test]
fn a_press_on_check_all_leaves_in_the_queue_what_waits_there() {
    let mut story = targeted(&FOUR);
    // Refused at once, so that it can be checked again while the last one waits.
    answer_for(&mut story, "psql-orders-demo", "/validateRestore", &status(400, &[], REFUSED));
    let more = plan_address(&plan_of(VAULT, &["psql-job-fails"]));
    let all = format!("{},{}", plan_address(&story), more.split_once("points=").unwrap().1);
    story.go(&all);
    story.wait(60);
    story.press("Check all with Azure");
    while times(&story, "Azure would refuse it") == 0 {
        story.step(story.now + Span::from_secs(60));
    }
    assert!(times(&story, "Waits for its turn") > 0);
    story.press("Check all with Azure");
    story.wait(300);
    assert_eq!(times(&story, "Not checked yet"), 0, "{}", story.text());
}

#[test]
fn a_link_to_another_plan_loses_nothing_of_the_one_before() {
    let mut story = half_started();
    story.press_at("Change target or prefix", 0);
    story.wait_for("File prefix: [");
    story.type_into(Field::Prefix, "ledger-incident");
    story.press("Review");
    story.wait(30);
    let other = plan_address(&plan_of(VAULT, &["psql-job-fails"]));
    story.go(&other);
    story.wait(30);
    story.back();
    story.wait(30);
    story.sees("1 in progress, 1 not started.");
    story.sees("ledger-incident-");
}

#[test]
fn a_restore_of_another_point_meanwhile_loses_nothing_that_was_typed() {
    let mut story = Story::demo(VAULT);
    story.wait(60);
    for (server, prefix) in [("psql-orders-demo", "first-one"), ("psql-payments-demo", "second-one")] {
        story.go(VAULT);
        story.wait(5);
        story.follow(server);
        story.wait_for("latest");
        story.choose(0);
        story.press("Choose a target");
        story.wait_for("File prefix: [");
        story.type_into(Field::Prefix, prefix);
    }
    let first = story.history.iter().rev().find(|at| at.contains("/target?") && at.contains("orders")).unwrap().clone();
    story.go(&first);
    story.wait(5);
    story.sees("File prefix: [first-one-");
}

#[test]
fn the_region_typed_for_one_stays_when_the_target_of_all_is_changed() {
    let mut story = targeted(&TWO);
    for (draft, region) in story.model.drafts.iter_mut().zip(["westeurope", "northeurope"]) {
        draft.region = region.into();
    }
    story.press("Change it for all");
    story.wait_for("Use it for all");
    story.type_into(Field::Container, ELSEWHERE);
    let regions: Vec<&str> = story.model.drafts.iter().map(|draft| draft.region.as_str()).collect();
    assert_eq!(regions, ["westeurope", "northeurope"]);
}

#[test]
fn what_has_to_be_undeleted_is_neither_checked_nor_started() {
    let mut story = Story::demo("#/demo/find");
    story.wait(60);
    story.type_into(Field::Search, "psql-soft-deleted");
    story.wait(5);
    story.follow("psql-soft-deleted");
    story.wait(30);
    let Place::Points(instance, _) = story.model.place() else { panic!("{}", story.address()) };
    let orders = plan_of(VAULT, &["psql-orders-demo"]).model.gathered[0].clone();
    for wish in [orders, Wish { instance, which: Which::Newest }] {
        story.tell(Event::GatherPressed(Some(wish)));
    }
    story.go("#/demo/plan");
    story.wait(60);
    choose_target(&mut story);
    story.sees("waiting for you");
    story.press("Check all with Azure");
    story.wait(120);
    assert_eq!(story.count(Method::Post, "/validateRestore"), 1);
    story.sees("Start one restore…");
}

#[test]
fn a_restore_under_way_is_shown_whatever_became_of_its_source() {
    let mut story = half_started();
    story.between = Box::new(|_, request| {
        let path = request.url.path();
        let bad = path.contains("psql-orders-demo") && request.method == Method::Get;
        bad.then(|| status(404, &[], ""))
    });
    story.reload();
    story.wait(60);
    story.sees("1 in progress");
    story.wait(3 * 3600);
    story.sees("1 finished");
}

#[test]
fn what_another_tab_forgets_is_not_taken_for_not_started() {
    let mut story = half_started();
    let prefix = entries(&story)[0].prefix.as_str().to_string();
    story.journal.clear();
    story.tell(Event::EntryChanged(prefix.clone(), None));
    story.wait(60);
    story.sees("1 in progress");
    // After a reload nothing is known of it: then nothing else is sent with its prefix.
    story.journal.clear();
    story.reload();
    story.wait(60);
    story.does_not_see("in progress");
}

#[test]
fn a_plan_that_waits_for_a_decision_says_so_in_the_tab() {
    let story = restored_elsewhere();
    story.sees("This point is already being restored");
    assert_eq!(story.mark, Some(Standing::Waiting));
}

#[test]
fn a_plan_says_where_storage_keeps_no_notes() {
    let mut story = checked(&TWO);
    start_all(&mut story, 2);
    story.tell(Event::StorageRefused);
    story.wait(60);
    story.sees("This browser keeps no notes.");
    story.sees("keep the address of its page");
    story.wait(3 * 3600);
    story.sees("2 finished.");
    assert_eq!(restores(&story), 2);
}
