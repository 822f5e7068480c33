//! A time out of a log is pasted on the page of a server's points: it is read, and the points on both sides are offered.

use super::journey::{DRILLS, PRODUCTION};
use super::print;
use super::story::Story;
use crate::zones::{berlin, new_york};
use expect_test::expect;
use pgflex_restore::app::{Event, Field, Session};
use pgflex_restore::moment::{Moment, Span};
use pgflex_restore::screen::{Block, Input};
use pgflex_restore::when::Zone;
use serde_json::Value;

const LINE: &str = "2026-11-11 02:41:07.318 CET [48211] LOG:  statement: DROP TABLE shop.order_lines CASCADE;";
const INSTANCE: &str = "6f2d9a41-5c0e-4b7a-9f63-2d1e8c7b4a05/rg-backup-prod/bvault-prod-weu/psql-orders-prod-psql-orders-prod-3f0b61d4-9c2a-11ef-8a5e-00155d3c7b19";
const WAREHOUSE: &str = "2ae9750c-71b3-4f08-a6d4-c3905be81f27/rg-analytics-weu/bvault-analytics-weu/psql-warehouse-psql-warehouse-8c47398f-e0fa-4b08-a7b2-c6b5a732fe9c";

/// The points of psql-orders-prod, all read, for a reader in a zone.
fn orders_in(zone: Zone) -> Story {
    let mut story = Story::closed(PRODUCTION);
    story.zone = zone;
    story.start(Session::SignedOut);
    story.wait_for("psql-orders-prod");
    story.follow("psql-orders-prod");
    story.wait(60);
    story
}

fn orders() -> Story {
    orders_in(berlin())
}

/// The field, if the page has it.
fn field(story: &Story) -> Option<Input> {
    print::blocks(&story.screen()).into_iter().find_map(|block| match block {
        Block::Input(input) if input.field == Field::When => Some(input),
        _ => None,
    })
}

/// How the text in the field was read.
fn hint(story: &Story) -> String {
    field(story).map(|field| print::text(&field.hint, story.now)).unwrap_or_default()
}

fn type_in(story: &mut Story, text: &str) -> String {
    story.type_into(Field::When, text);
    hint(story)
}

/// All that stands between the field and the list.
fn section(story: &Story) -> String {
    let text = story.text();
    let (_, from) = text.split_once("Last point before…").unwrap();
    from.split("\n~").next().unwrap().to_string()
}

#[test]
fn a_line_of_a_log_leads_to_the_points_on_both_sides_and_on_to_the_target() {
    let mut story = orders();
    story.type_into(Field::When, LINE);
    expect![[r#"
        : [2026-11-11 02:41:07.318 CET [48211] LOG:  statement: DROP TABLE shop.order_lines CASCADE;] Read as 2026-11-11 01:41:07 UTC. CET is written in the text: 1 h ahead of UTC. [Read it as UTC instead] 
        ## Last point before
          2026-11-09 23:05:03 UTC (12 d 3 h ago)
          26 h 36 min of changes before your time are not in it.
          [Choose this one]
        ## First point after
          2026-11-16 23:02:47 UTC (5 d 3 h ago)
          Made 5 d 21 h after your time: what was lost then is not in it.
          [Choose this one]
        Plain: The server itself can go back to that very second
          It keeps backups of its own, since 2026-11-08 02:12:00 UTC (14 d ago). Taken back to 2026-11-11 01:41:06 UTC, one second before your time, nothing is missing. That is a new server beside it: it costs as much as any server and takes a few minutes, and no files have to be loaded.
          <the az command: 241 characters>"#]].assert_eq(&section(&story));
    assert_eq!(story.screen().page.points.unwrap().chosen, None, "typing chooses nothing");
    story.press_at("Choose this one", 0);
    story.sees("(*) 2026-11-09 23:05:03 UTC");
    assert_eq!(field(&story).unwrap().value, LINE);
    assert!(section(&story).contains("(Ok) Chosen"), "{}", section(&story));
    // The other one can be taken instead.
    story.press_at("Choose this one", 0);
    story.sees("(*) 2026-11-16 23:02:47 UTC");
    story.press_at("Choose this one", 0);
    // Where it is chosen the way on stands beside it.
    story.follow("Choose a target");
    story.wait_for("File prefix: [orders-prod-20261109");
    story.type_into(Field::Container, DRILLS);
    story.back();
    assert_eq!(field(&story).unwrap().value, LINE, "what was typed is still there");
    assert_eq!(story.model.wished(), Moment::parse("2026-11-11T01:41:07.318Z"));
}

#[test]
fn the_server_goes_back_by_itself_to_the_second_before_where_its_own_backups_reach_so_far() {
    let mut story = orders();
    story.choose(0);
    story.sees("Do you need a later moment than this point?");
    story.type_into(Field::When, LINE);
    story.does_not_see("Do you need a later moment than this point?");
    story.sees("The server itself can go back to that very second");
    let command = print::codes(&story.screen()).concat();
    assert!(command.ends_with("--restore-time 2026-11-11T01:41:06Z"), "{command}");
    // It keeps them since some milliseconds after 2026-11-08 02:12:00 UTC.
    let itself = |story: &Story| story.text().contains("The server itself can go back to that very second");
    let kept = story.model.sources[0].server.as_ref().unwrap().value.as_ref().unwrap().earliest.unwrap();
    for (after, reaches) in [(1, false), (2, true)] {
        type_in(&mut story, &(kept + Span::from_secs(after)).iso());
        assert_eq!(itself(&story), reaches, "{after} s after the earliest");
    }
    // Nor is there anything to go back to in what is to come.
    type_in(&mut story, "2026-12-01T00:00:00Z");
    assert!(!itself(&story));
    story.sees("Do you need a later moment than this point?");
}

#[test]
fn a_time_that_can_mean_another_one_is_taken_in_that_sense_for_a_press_and_back() {
    let mut story = orders();
    type_in(&mut story, LINE);
    story.press_at("Read it as UTC instead", 0);
    expect!["Read as 2026-11-11 02:41:07 UTC. That is in UTC, which the text does not say. [Read it as before] "]
        .assert_eq(&hint(&story));
    assert_eq!(story.model.wished(), Moment::parse("2026-11-11T02:41:07.318Z"));
    story.press_at("Read it as before", 0);
    assert_eq!(story.model.wished(), Moment::parse("2026-11-11T01:41:07.318Z"));
    // What is typed anew is read as it says.
    story.press_at("Read it as UTC instead", 0);
    expect!["Read as 2026-10-25 00:30:00 UTC. No zone is written in the text: read by your clock. Your clocks showed that time twice, since they were put back: this is the first time. [Use the second time] [Read it as UTC instead] "].assert_eq(&type_in(&mut story, "2026-10-25 02:30"));
    story.press_at("Use the second time", 0);
    expect!["Read as 2026-10-25 01:30:00 UTC. That is the second time: after the clocks were put back. [Use the first time] [Read it as UTC instead] "].assert_eq(&hint(&story));
    story.press_at("Use the first time", 0);
    assert_eq!(story.model.wished(), Moment::parse("2026-10-25T00:30:00Z"));
}

#[test]
fn the_page_tells_how_a_time_was_read() {
    let mut story = orders();
    let mut told = vec![hint(&story)];
    for text in [
        "2026-11-11T01:41:07Z",
        "2026-11-11 02:41",
        "1794361267.318 [48211] LOG:  x",
        "3 hours ago",
        "Nov 11 02:41:07 db1 postgres[1]: x",
        "14:00",
        "2026-11-11",
        "2026-03-29 02:30",
        "2026-11-11 02:41:07 EST",
        "2026-11-11 01:41:07 UTC-6911c0c3.bc53-LOG:  x",
        "2026-12-01T00:00:00Z",
        "2026-11-1x",
        "   ",
    ] {
        told.push(format!("{text}: {}", type_in(&mut story, text)));
    }
    expect![[r#"
        Paste a time or a line of a log, such as 2026-11-11 02:41:07 CET or yesterday 14:00.
        2026-11-11T01:41:07Z: Read as 2026-11-11 01:41:07 UTC. Its zone is written in the text. 
        2026-11-11 02:41: Read as 2026-11-11 01:41:00 UTC. No zone is written in the text: read by your clock. [Read it as UTC instead] 
        1794361267.318 [48211] LOG:  x: Read as 2026-11-11 01:41:07 UTC. Seconds since 1970 are the same everywhere. 
        3 hours ago: Read as 2026-11-21 23:13:00 UTC. Counted back from when you typed it. 
        Nov 11 02:41:07 db1 postgres[1]: x: Read as 2026-11-11 01:41:07 UTC. No zone is written in the text: read by your clock. No year is written in it: the most recent one is used. [Read it as UTC instead] 
        14:00: Read as 2026-11-21 13:00:00 UTC. No zone is written in the text: read by your clock. The date is not written in it: the most recent such day is used. [Read it as UTC instead] 
        2026-11-11: Read as 2026-11-10 23:00:00 UTC. No zone is written in the text: read by your clock. No time of day is written in it: the beginning of the day is used. [Read it as UTC instead] 
        2026-03-29 02:30: Read as 2026-03-29 01:30:00 UTC. No zone is written in the text: read by your clock. Your clocks never showed that time, since they went forward over it: read as if they had not. [Read it as UTC instead] 
        2026-11-11 02:41:07 EST: Read as 2026-11-11 07:41:07 UTC. EST is written in the text: 5 h behind UTC. [Read it as UTC instead] 
        2026-11-11 01:41:07 UTC-6911c0c3.bc53-LOG:  x: Read as 2026-11-11 01:41:07 UTC. UTC is written in the text. 
        2026-12-01T00:00:00Z: Read as 2026-12-01 00:00:00 UTC. Its zone is written in the text. By this computer’s clock it is still in the future. 
        2026-11-1x: No time is found in it yet. Paste a time or a line of a log, such as 2026-11-11 02:41:07 CET or yesterday 14:00.
           : Paste a time or a line of a log, such as 2026-11-11 02:41:07 CET or yesterday 14:00.
    "#]].assert_eq(&print::lines(&told));
    let mut wrong = Vec::new();
    for text in ["11/10/2026 02:41", "2026-11-11 02:41:07 IST [1] LOG:  x", "2026-02-30 10:00"] {
        type_in(&mut story, text);
        wrong.push(print::text(&field(&story).unwrap().error.expect("a reason"), story.now));
        assert_eq!(story.model.wished(), None);
        story.does_not_see("First point after");
    }
    expect![[r#"
        This may be two dates, since some write the month first and others the day. Write the year first, such as 2026-11-30.
        IST is not understood: more than one zone has that name, or it is rare. Write the offset in its place, such as +05:30.
        There is no such day. Write it as year, month and day, such as 2026-11-30.
    "#]].assert_eq(&print::lines(&wrong));
}

#[test]
fn the_same_text_is_another_moment_for_a_reader_elsewhere() {
    for (zone, moment) in [
        (berlin(), "2026-11-11T01:41:00Z"),
        (new_york(), "2026-11-11T07:41:00Z"),
        (Zone::default(), "2026-11-11T02:41:00Z"),
    ] {
        let mut story = orders_in(zone);
        type_in(&mut story, "2026-11-11 02:41");
        assert_eq!(story.model.wished(), Moment::parse(moment));
    }
}

#[test]
fn before_the_first_point_and_after_the_last_one_there_is_one_side() {
    let mut story = orders();
    type_in(&mut story, "2016-01-01 10:00");
    expect![[r#"
        : [2016-01-01 10:00] Read as 2016-01-01 09:00:00 UTC. No zone is written in the text: read by your clock. [Read it as UTC instead] 
        ## Last point before
          (Bad) No complete point was made before your time
          The oldest one that Azure lists was made later.
        ## First point after
          2025-11-24 23:02:34 UTC (362 d ago)
          Made 3615 d 14 h after your time: what was lost then is not in it.
          [Choose this one]"#]].assert_eq(&section(&story));
    type_in(&mut story, "2 h ago");
    expect![[r#"
        : [2 h ago] Read as 2026-11-22 00:13:00 UTC. Counted back from when you typed it. 
        ## Last point before
          2026-11-16 23:02:47 UTC (5 d 3 h ago)
          5 d 1 h of changes before your time are not in it.
          [Choose this one]
        ## First point after
          No complete point was made after your time.
        Plain: The server itself can go back to that very second
          It keeps backups of its own, since 2026-11-08 02:12:00 UTC (14 d ago). Taken back to 2026-11-22 00:12:59 UTC, one second before your time, nothing is missing. That is a new server beside it: it costs as much as any server and takes a few minutes, and no files have to be loaded.
          <the az command: 241 characters>"#]].assert_eq(&section(&story));
}

#[test]
fn a_partial_point_is_on_neither_side() {
    let mut story = Story::closed(PRODUCTION);
    story.after = Box::new(|request, outcome| {
        if let (true, Ok(response)) = (request.url.path().ends_with("/recoveryPoints"), outcome) {
            let mut list: Value = serde_json::from_str(&response.body).unwrap();
            for point in list["value"].as_array_mut().unwrap() {
                if point["properties"]["recoveryPointTime"].as_str().unwrap().starts_with("2026-11-09") {
                    point["properties"]["recoveryPointState"] = "Partial".into();
                }
            }
            response.body = list.to_string();
        }
    });
    story.start(Session::SignedOut);
    story.wait_for("psql-orders-prod");
    story.follow("psql-orders-prod");
    story.wait(60);
    story.sees("2026-11-09 23:05:03 UTC Partial");
    type_in(&mut story, "2026-11-11T01:41:07Z");
    let section = section(&story);
    assert!(section.contains("2026-11-02 23:03:54") && !section.contains("2026-11-09 23:05:03"), "{section}");
}

#[test]
fn nothing_is_said_to_be_next_to_a_time_before_all_points_have_been_read() {
    let mut story = Story::demo(&format!("#/demo/points?v=1&instance={WAREHOUSE}"));
    story.wait_for("100 so far");
    type_in(&mut story, "2026-03-01T00:00:00Z");
    story.sees("The points next to your time are shown once all points have been read.");
    story.does_not_see("Last point before\n");
    story.wait_for("240, newest first");
    story.does_not_see("are shown once");
    story.sees("First point after");
}

#[test]
fn what_was_typed_goes_with_the_page_of_another_server() {
    let mut story = orders();
    type_in(&mut story, LINE);
    story.go(&format!("#/demo/points?v=1&instance={WAREHOUSE}"));
    story.wait(60);
    assert_eq!(field(&story).unwrap().value, "");
    assert_eq!(story.model.wished(), None);
    story.go(&format!("#/demo/points?v=1&instance={INSTANCE}"));
    assert_eq!(field(&story).unwrap().value, "");
}

#[test]
fn a_link_to_the_last_point_before_a_moment_fills_the_field_once() {
    let mut story =
        Story::closed(&format!("#/demo/points?v=1&instance={INSTANCE}&point=before:2026-11-11T02:41:07%2B01:00"));
    story.opened = true;
    story.start(Session::SignedOut);
    assert_eq!(field(&story).unwrap().value, "2026-11-11T01:41:07Z");
    story.wait(60);
    story.sees("(*) 2026-11-09 23:05:03 UTC");
    let section = section(&story);
    assert!(section.contains("(Ok) Chosen") && section.contains("2026-11-16 23:02:47"), "{section}");
    assert_eq!(story.history.len(), 1);
    // A link that leads to no point stays in the address: what was cleared stays so all the same.
    story.go(&format!("#/demo/points?v=1&instance={INSTANCE}&point=before:2020-01-01T00:00:00Z"));
    assert_eq!(field(&story).unwrap().value, "2020-01-01T00:00:00Z");
    story.type_into(Field::When, "");
    let session = story.model.session.clone();
    story.tell(Event::SessionChanged(session));
    assert_eq!(field(&story).unwrap().value, "");
}

#[test]
fn where_there_is_no_point_there_is_no_field() {
    let mut story = orders();
    story.after = Box::new(|request, outcome| {
        if let (true, Ok(response)) = (request.url.path().ends_with("/recoveryPoints"), outcome) {
            response.body = r#"{"value":[]}"#.into();
        }
    });
    story.go(&format!("#/demo/points?v=1&instance={WAREHOUSE}"));
    story.wait_for("No point yet");
    assert!(field(&story).is_none());
}

/// A browser whose clock is so many days ahead of Azure's.
fn wrong_by(days: i64, address: &str) -> Story {
    let mut story = Story::closed(address);
    story.ahead = Span::from_secs(days * 86_400);
    story.now = story.now + story.ahead;
    story.start(Session::SignedOut);
    story
}

#[test]
fn a_clock_that_is_three_days_wrong_changes_how_old_points_are_and_no_point() {
    let link = format!("#/demo/points?v=1&instance={WAREHOUSE}");
    for (days, age) in [(-3, "in 23 h"), (0, "2 d ago"), (3, "5 d ago")] {
        let mut story = wrong_by(days, &link);
        story.wait(60);
        type_in(&mut story, "2026-11-19 12:00 UTC");
        story.choose(0);
        story.sees(&format!("2026-11-20 02:04:02 UTC ({age})"));
        story.sees(&format!("Changes after it ({age}) are not in it."));
        // What is next to a time is so whatever the clock says: the text names its date and its zone.
        let section = section(&story);
        assert!(section.contains("2026-11-13 02:05:40") && section.contains("(Ok) Chosen"), "{section}");
        assert!(section.contains("Made 14 h 4 min after your time"), "{section}");
        assert_eq!(section.contains("it is still in the future"), days < 0, "{section}");
        story.press("Choose a target");
        story.wait_for("File prefix: [warehouse-20261120");
    }
}
