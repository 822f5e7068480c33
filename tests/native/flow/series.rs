//! Which points are shown, and where one is missing.

use expect_test::{Expect, expect};
use pgflex_restore::azure::id::PointName;
use pgflex_restore::azure::wire::Point;
use pgflex_restore::flow::series::{Range, Series, gaps, until};
use pgflex_restore::moment::{Moment, Span};
use std::sync::Arc;

fn at(text: &str) -> Moment {
    Moment::parse(&format!("{text}:00Z")).unwrap()
}

/// A point for each of these, newest first: `2026-11-16T23:04`, and behind it what is special about it.
fn points(made: &[&str]) -> Arc<[Point]> {
    let point = |made: &&str| {
        let (made, what) = made.split_once(' ').unwrap_or((made, ""));
        let archived = what == "archived";
        Point {
            name: PointName::parse(&made.replace([':', 'T'], "-")).unwrap(),
            made: at(made),
            state: if what == "Partial" { "Partial" } else { "Completed" }.to_string(),
            kind: "Full".to_string(),
            stores: vec![if archived { "ArchiveStore" } else { "VaultStore" }.to_string()],
            tag: if what == "Monthly" { "Monthly" } else { "default" }.to_string(),
            expires: None,
        }
    };
    made.iter().map(point).collect()
}

/// What is missing of a series that is due every so many hours, as of then.
fn missing(made: &[&str], hours: i64, now: &str, expected: Expect) {
    let now = (!now.is_empty()).then(|| at(now));
    let gaps = gaps(&points(made), Span::from_secs(hours * 3600), now);
    let minute = |at: Moment| at.iso()[..16].to_string();
    let told = gaps.iter().map(|gap| {
        let before = gap.before.map_or("now".to_string(), minute);
        let (after, from, to) = (minute(gap.after), minute(gap.from), minute(gap.to));
        format!("{} between {after} and {before}: {from} to {to}\n", gap.missing)
    });
    expected.assert_eq(&told.collect::<String>());
}

const WEEK: i64 = 7 * 24;

#[test]
fn a_series_without_a_gap() {
    missing(&["2026-11-16T23:04", "2026-11-09T23:03", "2026-11-02T23:02"], WEEK, "2026-11-22T02:12", expect![""]);
    // Over the end of summer time a week is a week: all of this is UTC.
    missing(&["2026-10-26T23:02", "2026-10-19T23:02"], WEEK, "", expect![""]);
    missing(&[], WEEK, "2026-11-22T02:12", expect![""]);
}

#[test]
fn weeks_that_are_missing_are_counted() {
    let made = ["2026-11-16T23:04", "2026-11-02T23:02", "2026-09-21T23:02", "2026-09-14T23:02"];
    missing(
        &made,
        WEEK,
        "2026-11-22T02:12",
        expect![[r#"
            1 between 2026-11-02T23:02 and 2026-11-16T23:04: 2026-11-06T11:02 to 2026-11-13T11:04
            5 between 2026-09-21T23:02 and 2026-11-02T23:02: 2026-09-25T11:02 to 2026-10-30T11:02
        "#]],
    );
}

#[test]
fn days_that_are_missing_are_counted() {
    let made = ["2026-11-20T02:12", "2026-11-19T01:00", "2026-11-17T03:59", "2026-11-16T02:00"];
    missing(
        &made,
        24,
        "2026-11-21T01:00",
        expect![[r#"
            1 between 2026-11-17T03:59 and 2026-11-19T01:00: 2026-11-17T15:59 to 2026-11-18T13:00
        "#]],
    );
}

#[test]
fn the_newest_is_overdue_after_one_and_a_half_periods() {
    let made = ["2026-11-09T23:00"];
    missing(&made, WEEK, "2026-11-20T10:59", expect![""]);
    missing(
        &made,
        WEEK,
        "2026-11-20T11:00",
        expect![[r#"
            1 between 2026-11-09T23:00 and now: 2026-11-13T11:00 to 2026-11-20T11:00
        "#]],
    );
    missing(
        &made,
        WEEK,
        "2026-12-07T22:00",
        expect![[r#"
            3 between 2026-11-09T23:00 and now: 2026-11-13T11:00 to 2026-12-07T22:00
        "#]],
    );
    // Where none is awaited none is missing.
    missing(&made, WEEK, "", expect![""]);
}

#[test]
fn a_backup_that_was_asked_for_between_two_others_hides_no_gap_and_makes_none() {
    let made = ["2026-11-16T23:00", "2026-11-11T12:00", "2026-11-09T23:00", "2026-10-28T12:00", "2026-10-26T23:00"];
    missing(
        &made,
        WEEK,
        "2026-11-17T00:00",
        expect![[r#"
            1 between 2026-10-28T12:00 and 2026-11-09T23:00: 2026-11-01T00:00 to 2026-11-06T11:00
        "#]],
    );
}

#[test]
fn a_point_that_is_partial_was_made_all_the_same() {
    missing(&["2026-11-16T23:04", "2026-11-09T23:03 Partial", "2026-11-02T23:02"], WEEK, "", expect![""]);
}

#[test]
fn where_only_points_of_other_tags_are_left_nothing_is_missing() {
    let made = [
        "2026-11-16T23:04",
        "2026-11-02T23:04 Monthly",
        "2026-10-26T23:03",
        "2026-10-05T23:03 Monthly",
        "2026-09-07T23:03 Monthly",
    ];
    missing(
        &made,
        WEEK,
        "",
        expect![[r#"
            1 between 2026-11-02T23:04 and 2026-11-16T23:04: 2026-11-06T11:04 to 2026-11-13T11:04
        "#]],
    );
    // Where all have one other tag, and more are awaited, it is the policy's own. Where none is awaited, the rest has expired.
    let made = ["2026-11-16T23:04 Monthly", "2026-11-02T23:04 Monthly"];
    let until = Moment::parse("2026-11-16T23:05:00Z");
    assert_eq!(gaps(&points(&made), Span::from_secs(WEEK * 3600), until).len(), 1);
    assert_eq!(gaps(&points(&made), Span::from_secs(WEEK * 3600), None).len(), 0);
}

#[test]
fn a_policy_without_a_length_judges_nothing() {
    missing(&["2026-11-16T23:04", "2025-11-16T23:04"], 0, "2027-11-16T23:04", expect![""]);
}

/// The days that are listed.
fn listed(series: &Series) -> String {
    series.listed.iter().map(|point| format!("{} ", &point.made.iso()[2..10])).collect()
}

fn series(change: impl FnOnce(&mut Series)) -> Series {
    let mut series = Series::default();
    change(&mut series);
    series
}

const MADE: [&str; 5] = [
    "2026-11-16T23:04",
    "2026-11-09T23:03 Partial",
    "2026-10-05T23:03 archived",
    "2026-08-03T23:03",
    "2025-08-04T23:03 Monthly",
];

#[test]
fn a_range_is_counted_back_from_when_the_list_was_read() {
    let (points, now) = (points(&MADE), at("2026-11-22T02:12"));
    for (range, within) in [(Range::Month, 2), (Range::Quarter, 3), (Range::Year, 4), (Range::All, 5)] {
        let mut series = series(|series| series.said = Some(range));
        series.list(&points, now, None);
        assert_eq!((series.within, series.listed.len()), (within, within), "{range:?}");
        assert_eq!(Range::parse(range.name()), Some(range));
    }
    // The very day is in it; a clock that is behind takes nothing out.
    assert_eq!(Range::Month.holds(&points, at("2026-12-16T23:04")), 1);
    assert_eq!(Range::Month.holds(&points, at("2026-12-16T23:05")), 0);
    assert_eq!(until(&points, at("2026-11-10T00:00")), at("2026-11-16T23:04"));
    assert_eq!(Range::parse("31"), None);
}

#[test]
fn a_year_is_shown_at_first_and_more_where_that_is_needed() {
    let (points, now) = (points(&MADE), at("2026-11-22T02:12"));
    let mut fresh = Series::default();
    fresh.list(&points, now, Some(at("2026-08-03T23:03")));
    assert_eq!((fresh.within, fresh.said), (4, None));
    // What was chosen long ago is listed, and stays so under the next choice.
    fresh.list(&points, now, Some(at("2025-08-04T23:03")));
    assert_eq!(fresh.within, 5);
    fresh.list(&points, now, Some(at("2026-11-16T23:04")));
    assert_eq!(fresh.within, 5);
    // All of them are older.
    let mut old = Series::default();
    old.list(&points, at("2029-01-01T00:00"), None);
    assert_eq!((old.within, old.said), (5, None));
    // Whoever has said how far back is not contradicted.
    let mut said = series(|series| series.said = Some(Range::Month));
    said.list(&points, now, Some(at("2025-08-04T23:03")));
    assert_eq!(said.within, 2);
}

#[test]
fn words_narrow_the_list_down() {
    let points = points(&MADE);
    for (words, expected) in [
        ("", "26-11-16 26-11-09 26-10-05 26-08-03 25-08-04 "),
        ("  ", "26-11-16 26-11-09 26-10-05 26-08-03 25-08-04 "),
        ("2026-10", "26-10-05 "),
        ("PARTIAL", "26-11-09 "),
        ("archive", "26-10-05 "),
        ("monthly", "25-08-04 "),
        ("August", "26-08-03 25-08-04 "),
        ("full august 2025", "25-08-04 "),
        ("2026-11-16T23:04:00Z", "26-11-16 "),
        ("2026-11-16 23:04", "26-11-16 "),
        ("differential", ""),
    ] {
        let mut series = series(|series| (series.words, series.said) = (words.to_string(), Some(Range::All)));
        series.list(&points, at("2026-11-22T02:12"), None);
        assert_eq!(listed(&series), expected, "{words:?}");
    }
}

#[test]
fn the_oldest_comes_first_where_that_is_wanted() {
    let points = points(&MADE);
    let mut series = series(|series| (series.oldest_first, series.words) = (true, "vault".to_string()));
    series.list(&points, at("2026-11-22T02:12"), None);
    assert_eq!(listed(&series), "26-08-03 26-11-09 26-11-16 ");
}

#[test]
fn the_list_stays_the_same_in_memory_as_long_as_it_says_the_same() {
    let points = points(&MADE);
    let now = at("2026-11-22T02:12");
    let mut series = Series::default();
    series.list(&points, now, None);
    let before = Arc::clone(&series.listed);
    series.list(&points, now, Some(at("2026-11-09T23:03")));
    assert!(Arc::ptr_eq(&before, &series.listed), "a choice lists nothing anew");
    series.words = "partial".to_string();
    series.list(&points, now, None);
    assert!(!Arc::ptr_eq(&before, &series.listed));
    // All of the points are the model's own.
    series.words.clear();
    series.said = Some(Range::All);
    series.list(&points, now, None);
    assert!(Arc::ptr_eq(&points, &series.listed));
}
