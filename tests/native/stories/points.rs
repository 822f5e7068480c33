//! The page of a server's points: by time, narrowed down, turned round; what is missing.

use super::print;
use super::story::Story;
use expect_test::{Expect, expect};
use pgflex_restore::app::Field;
use pgflex_restore::azure::http::{Request, Response, Unreachable};
use pgflex_restore::moment::Moment;
use pgflex_restore::screen::Points;
use std::sync::Arc;

const ORDERS: &str = "6f2d9a41-5c0e-4b7a-9f63-2d1e8c7b4a05/rg-backup-prod/bvault-prod-weu/psql-orders-prod-psql-orders-prod-3f0b61d4-9c2a-11ef-8a5e-00155d3c7b19";
const WAREHOUSE: &str = "2ae9750c-71b3-4f08-a6d4-c3905be81f27/rg-analytics-weu/bvault-analytics-weu/psql-warehouse-psql-warehouse-8c47398f-e0fa-4b08-a7b2-c6b5a732fe9c";

fn open(instance: &str) -> Story {
    Story::demo(&format!("#/demo/points?v=1&instance={instance}"))
}

fn opened(instance: &str) -> Story {
    let mut story = open(instance);
    story.wait(30);
    story
}

/// A server that Find names.
fn found(server: &str) -> Story {
    let mut story = Story::demo("#/demo/find");
    story.wait_for(server);
    story.type_into(Field::Search, server);
    story.follow(server);
    story.wait(30);
    story
}

/// The points as this page lists them.
fn points(story: &Story) -> Points {
    story.screen().page.points.expect("the page has points")
}

/// The part of the page on its points by time.
fn by_time(story: &Story) -> String {
    let text = story.text();
    let from = text.find("## Points, ").expect("the page has a timeline");
    let to = text[from..].find("\n## ").map(|at| at + 1).unwrap();
    text[from..from + to].to_string()
}

fn check(story: &Story, expected: Expect) {
    expected.assert_eq(&by_time(story));
}

fn answers(to: &'static str, body: String) -> impl FnMut(Moment, &Request) -> Option<Result<Response, Unreachable>> {
    move |_, request| {
        let it = request.url.path().contains(to);
        it.then(|| Ok(Response { status: 200, headers: Vec::new(), body: body.clone() }))
    }
}

/// A server whose points are these: when made, state, tier, tag.
fn with_points(made: &[(&str, &str, &str, &str)]) -> Story {
    let rows = made.iter().enumerate().map(|(nth, (made, state, store, tag))| {
        format!(
            r#"{{"name":"p{nth}","properties":{{"recoveryPointId":"p{nth}","recoveryPointTime":"{made}","recoveryPointType":"Full","recoveryPointState":"{state}","retentionTagName":"{tag}","recoveryPointDataStoresDetails":[{{"type":"{store}","visible":true}}]}}}}"#
        )
    });
    let body = format!(r#"{{"value":[{}]}}"#, rows.collect::<Vec<_>>().join(","));
    let mut story = Story::closed(&format!("#/demo/points?v=1&instance={ORDERS}"));
    story.between = Box::new(answers("/recoveryPoints", body));
    story.start(pgflex_restore::app::Session::SignedOut);
    story.wait(30);
    story
}

#[test]
fn a_year_of_points_by_time() {
    check(
        &opened(ORDERS),
        expect![[r#"
        ## Points, November 2025 to now
        [30 days] [90 days] [1 year *] [All]
        [Choose the newest !]
        By its policy a point is made every 7 days. 1 missing between 2026-07-20 and 2026-08-03.
        Nov 2025: 24
        Dec: 1 8 15 22 29
        Jan 2026: 5 12 19 26
        Feb: 2 9 16 23
        Mar: 2 9 16 23 30
        Apr: 6 13 20 27
        May: 4 11 18 25
        Jun: 1? 8 15 22 29
        Jul: 6 13 20 [Missing 756-982 1 missing]
        Aug: 3 10 17 24 31
        Sep: 7 14 21 28
        Oct: 5 12 19 26
        Nov: 2 9 16 [Own 236-703 ]
        Point, Partial, Chosen, Missing, Server’s own backups
    "#]],
    );
}

#[test]
fn a_server_whose_backups_fail_has_none_since() {
    let story = found("psql-ledger-prod");
    let page = by_time(&story);
    assert!(page.contains("No point since"), "{page}");
    check(
        &story,
        expect![[r#"
        ## Points, November 2025 to now
        [30 days] [90 days] [1 year *] [All]
        [Choose the newest !]
        (Warn) No point since 2026-10-18 03:05:03 UTC (34 d 23 h ago). By its policy 4 should have been made since.
        By its policy a point is made every 7 days.
        4 older points are not shown. [Show all] 
        Nov 2025: 23 30
        Dec: 7 14 21 28
        Jan 2026: 4 11 18 25
        Feb: 1 8 15 22
        Mar: 1 8 15 22 29
        Apr: 5 12 19 26
        May: 3 10 17 24 31
        Jun: 7 14 21 28
        Jul: 5 12 19 26
        Aug: 2 9 16 23 30
        Sep: 6 13 20 27
        Oct: 4 11 18 [Missing 665-1000 ]
        Nov: [Missing 0-703 4 missing] [Own 236-703 ]
        Point, Chosen, Missing, Server’s own backups
    "#]],
    );
    let newest = points(&story).timeline.unwrap().plots();
    let says = &newest.last().unwrap().marks;
    assert!(says.is_empty(), "the newest point is of the month before");
}

#[test]
fn where_no_backup_is_made_any_more_none_is_awaited() {
    for server in ["psql-orders-2024", "psql-keycloak"] {
        let story = found(server);
        story.does_not_see("No point since");
        assert!(points(&story).timeline.unwrap().gaps.iter().all(|gap| gap.before.is_some()), "{server}");
    }
}

#[test]
fn nothing_is_judged_without_a_policy() {
    let mut story = Story::closed(&format!("#/demo/points?v=1&instance={ORDERS}"));
    story.between = Box::new(answers("/backupPolicies/", r#"{"name":"weekly-12m"}"#.into()));
    story.start(pgflex_restore::app::Session::SignedOut);
    story.wait(30);
    story.sees("Whether points are missing is not known");
    story.does_not_see(" missing between");
    assert!(points(&story).timeline.unwrap().gaps.is_empty());
}

#[test]
fn of_a_list_that_is_not_whole_nothing_is_said_to_be_missing_or_not() {
    let mut story = Story::closed(&format!("#/demo/points?v=1&instance={WAREHOUSE}"));
    story.between = Box::new(|_, request| {
        let refused = r#"{"error":{"code":"AuthorizationFailed","message":"No."}}"#;
        let second = request.url.query().contains("skipToken");
        second.then(|| Ok(Response { status: 403, headers: Vec::new(), body: refused.into() }))
    });
    story.start(pgflex_restore::app::Session::SignedOut);
    story.wait(30);
    story.sees("52 of 100 so far, newest first");
    story.sees("48 older points are not shown");
    story.does_not_see("None of these is missing");
}

#[test]
fn the_end_of_the_calendar_ends_the_timeline() {
    let story = with_points(&[
        ("9999-12-31T23:59:59Z", "Completed", "VaultStore", "Default"),
        ("2026-11-09T23:02:00Z", "Completed", "VaultStore", "Default"),
    ]);
    story.sees("1 of 2, newest first");
    story.sees("9999-12-31 23:59:59 UTC");
}

#[test]
fn tiers_and_tags_are_told_in_signs_and_words() {
    let story = with_points(&[
        ("2026-11-16T23:02:00Z", "Completed", "VaultStore", "Default"),
        ("2026-11-09T23:02:00Z", "Partial", "VaultStore", "default"),
        ("2026-11-02T23:02:00Z", "Completed", "VaultStore", "Monthly"),
        ("2026-10-26T23:02:00Z", "Completed", "ArchiveStore", "Yearly"),
        ("2026-08-03T23:02:00Z", "Completed", "VaultStore", "Monthly"),
    ]);
    check(
        &story,
        expect![[r#"
        ## Points, November 2025 to now
        [30 days] [90 days] [1 year *] [All]
        [Choose the newest !]
        By its policy a point is made every 7 days. None of these is missing.
        Nov 2025:
        Dec:
        Jan 2026:
        Feb:
        Mar:
        Apr:
        May:
        Jun:
        Jul:
        Aug: 3+
        Sep:
        Oct: 26#+
        Nov: 2+ 9? 16 [Own 236-703 ]
        Vault tier, Archive tier, Partial, Tag Monthly, Yearly, Chosen, Server’s own backups
    "#]],
    );
    let says = points(&story).timeline.unwrap().plots().into_iter().flat_map(|plot| plot.marks);
    let says: Vec<String> = says.map(|mark| mark.says).collect();
    assert_eq!(says[1], "26 October 2026, 23:02 UTC, Completed, Full, archive tier, Yearly");
    assert_eq!(says[3], "9 November 2026, 23:02 UTC, Partial, Full, vault tier, default");
}

#[test]
fn a_month_with_too_many_points_says_how_many() {
    let made: Vec<String> =
        (1..29).flat_map(|day| [0, 12].map(|hour| format!("2026-10-{day:02}T{hour:02}:00:00Z"))).rev().collect();
    let made: Vec<_> = made.iter().map(|made| (made.as_str(), "Completed", "VaultStore", "Default")).collect();
    let story = with_points(&made);
    let page = by_time(&story);
    assert!(page.contains("56 points: see the list"), "{page}");
    assert_eq!(points(&story).rows().len(), 56);
}

#[test]
fn a_choice_of_range_is_for_timeline_and_list_alike() {
    let mut story = opened(WAREHOUSE);
    story.sees("52 of 240, newest first");
    story.sees("188 older points are not shown");
    story.press("30 days");
    story.sees("4 of 240, newest first");
    story.sees("236 older points are not shown");
    assert_eq!(points(&story).rows().len(), 4);
    assert_eq!(points(&story).timeline.unwrap().plots().iter().map(|plot| plot.marks.len()).sum::<usize>(), 4);
    story.press_at("Show all", 0);
    story.sees("240, newest first");
    story.does_not_see("not shown");
    assert_eq!(points(&story).timeline.unwrap().plots().len(), 56);
    // It stays so while the page is left and come back to.
    story.choose(239);
    story.press("Choose a target");
    story.back();
    assert_eq!(points(&story).rows().len(), 240);
}

#[test]
fn a_link_to_an_old_point_shows_all() {
    let mut story = opened(WAREHOUSE);
    story.press("All");
    story.choose(200);
    let link = story.address().to_string();
    let mut opened = Story::demo(&link);
    opened.wait(30);
    opened.sees("## All points 240, newest first");
    let page = opened.text();
    assert_eq!(page.matches("(*)").count(), 1, "{page}");
    // The next choice leaves the list as it is.
    let before = points(&opened).points;
    opened.choose(0);
    assert!(Arc::ptr_eq(&before, &points(&opened).points));
}

#[test]
fn what_is_chosen_and_not_listed_is_one_press_away() {
    let mut story = opened(ORDERS);
    story.choose(30);
    story.press("30 days");
    story.sees("The chosen point is not among them");
    story.press_at("Show it", 0);
    story.does_not_see("The chosen point is not among them");
    story.type_into(Field::Points, "2026-11");
    story.sees("The chosen point is not among them");
    story.press_at("Show it", 0);
    story.does_not_see("The chosen point is not among them");
}

#[test]
fn the_list_is_narrowed_down_by_words() {
    let mut story = opened(ORDERS);
    story.type_into(Field::Points, "Partial");
    story.sees("1 of 51 with “Partial”, newest first");
    assert!(points(&story).rows().iter().all(|row| row.state.1 == "Partial"));
    story.type_into(Field::Points, "2026-10");
    assert_eq!(points(&story).rows().len(), 4);
    story.type_into(Field::Points, "nothing like it");
    story.sees("No point shown matches “nothing like it”");
    assert!(points(&story).rows().is_empty());
    story.press("Clear the filter");
    story.sees("51, newest first");
    story.does_not_see("No point shown matches");
}

#[test]
fn the_oldest_can_come_first_and_the_newest_is_still_the_newest() {
    let mut story = opened(ORDERS);
    story.pick(Field::Order, "Oldest first");
    story.sees("51, oldest first");
    let rows = points(&story).rows();
    assert!(rows.windows(2).all(|pair| pair[0].made < pair[1].made));
    assert_eq!(rows.iter().position(|row| row.latest), Some(50));
    story.pick(Field::Order, "Newest first");
    assert!(points(&story).rows()[0].latest);
}

#[test]
fn the_newest_complete_point_is_one_press_away() {
    let mut story = with_points(&[
        ("2026-11-16T23:02:00Z", "Partial", "VaultStore", "Default"),
        ("2026-11-09T23:02:00Z", "Completed", "VaultStore", "Default"),
    ]);
    story.press("Choose the newest");
    assert!(story.address().ends_with("point=p1@2026-11-09T23:02:00Z"), "{}", story.address());
    story.sees("(*) 2026-11-09 23:02:00 UTC");
}

#[test]
fn room_is_kept_until_points_come() {
    let mut story = open(ORDERS);
    let empty = points(&story);
    assert!(empty.waiting && empty.rows().is_empty());
    let (months, buttons) = (empty.timeline.unwrap().plots().len(), print::buttons(&story.screen()).len());
    story.sees("Reading recovery points");
    story.wait(30);
    let full = points(&story);
    assert!(!full.waiting);
    assert_eq!(full.timeline.unwrap().plots().len(), months, "a year is as long before as after");
    assert_eq!(print::buttons(&story.screen()).len(), buttons + 1, "but for the one that chooses the newest");
}

#[test]
fn where_a_point_could_not_be_read_none_is_said_to_be_missing() {
    let story = with_points(&[
        ("2026-11-16T23:04:00Z", "Completed", "VaultStore", "Default"),
        ("no time", "Completed", "VaultStore", "Default"),
        ("2026-11-02T23:02:00Z", "Completed", "VaultStore", "Default"),
    ]);
    let page = by_time(&story);
    assert!(!page.contains("issing"), "{page}");
}

#[test]
fn where_no_backups_are_made_any_more_none_is_said_to_be_there_in_full() {
    for (state, said) in
        [("ProtectionConfigured", true), ("ProtectionStopped", false), ("BackupSchedulesSuspended", false)]
    {
        let mut story = Story::closed(&format!("#/demo/points?v=1&instance={WAREHOUSE}"));
        story.after = Box::new(move |request, outcome| {
            if let (true, Ok(response)) = (request.url.path().contains("/backupInstances/"), outcome) {
                response.body = response.body.replace("ProtectionConfigured", state);
            }
        });
        story.start(pgflex_restore::app::Session::SignedOut);
        story.wait(30);
        let page = by_time(&story);
        assert!(page.contains("By its policy a point is made every"), "{state}: {page}");
        assert_eq!(page.contains("None of these is missing"), said, "{state}: {page}");
    }
}
