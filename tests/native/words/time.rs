//! Instants and lengths of time in words.

use crate::zones::{apia, berlin, kolkata, lord_howe, new_york};
use pgflex_restore::moment::{Moment, Span};
use pgflex_restore::when::Zone;
use pgflex_restore::words::time::{ago, length, local, month, spoken, until, utc, utc_minute, written};

const MINUTE: i64 = 60;
const HOUR: i64 = 3600;
const DAY: i64 = 86_400;

fn at(text: &str) -> Moment {
    Moment::parse(text).unwrap()
}

#[test]
fn an_instant_is_said_in_utc() {
    assert_eq!(utc(at("2026-11-21T23:04:11.9Z")), "2026-11-21 23:04:11 UTC");
}

#[test]
fn the_readers_clock_may_be_on_another_day() {
    let point = at("2026-11-21T23:04:11Z");
    assert_eq!(local(point, 60, "CET").unwrap(), "00:04 CET (+01:00) Sun 22 Nov");
    assert_eq!(local(point, -300, "EST").unwrap(), "18:04 EST (-05:00) Sat 21 Nov");
    assert_eq!(local(point, 330, "GMT+5:30").unwrap(), "04:34 (+05:30) Sun 22 Nov");
}

#[test]
fn utc_is_not_said_twice() {
    let point = at("2026-11-21T23:04:11Z");
    assert_eq!(local(point, 0, "UTC"), None);
    assert_eq!(local(point, 0, ""), None);
    assert_eq!(local(point, 0, "WET").unwrap(), "23:04 WET (+00:00) Sat 21 Nov");
}

#[test]
fn a_month_is_the_one_in_utc() {
    assert_eq!(month(at("2026-08-31T23:05:39Z")), "August 2026");
}

#[test]
fn an_age_is_as_rough_as_it_is_old() {
    let check = |seconds: i64, expected: &str| assert_eq!(ago(Span::from_secs(seconds)), expected);
    check(0, "just now");
    check(16, "16 s ago");
    check(14 * MINUTE + 59, "14 min ago");
    check(9 * HOUR + 59 * MINUTE, "9 h ago");
    check(5 * DAY + 3 * HOUR + 59 * MINUTE, "5 d 3 h ago");
    check(5 * DAY, "5 d ago");
    check(59 * DAY + 3 * HOUR, "59 d 3 h ago");
    check(61 * DAY + 3 * HOUR, "61 d ago");
    check(285 * DAY, "285 d ago");
}

#[test]
fn a_wrong_clock_makes_no_negative_age() {
    let check = |seconds: i64, expected: &str| assert_eq!(ago(Span::from_secs(-seconds)), expected);
    check(30, "just now");
    check(3 * MINUTE, "in 3 min");
    check(3 * DAY, "in 3 d");
}

#[test]
fn what_is_to_come_is_counted_down() {
    let check = |millis: i64, expected: &str| assert_eq!(until(Span::from_millis(millis)), expected);
    check(14_000, "in 14 s");
    check(13_001, "in 14 s");
    check(1, "in 1 s");
    check(0, "now");
    check(-5_000, "now");
    check(21 * DAY * 1000, "in 21 d");
}

#[test]
fn a_length_has_two_units() {
    let check = |seconds: i64, expected: &str| assert_eq!(length(Span::from_secs(seconds)), expected);
    check(-3, "0 s");
    check(38, "38 s");
    check(48 * MINUTE + 11, "48 min 11 s");
    check(26 * HOUR + 37 * MINUTE, "26 h 37 min");
    check(5 * DAY + 21 * HOUR, "5 d 21 h");
    check(2 * HOUR, "2 h");
}

#[test]
fn an_instant_in_a_text_that_leaves_the_page_has_both_clocks_and_no_age() {
    let check = |moment: &str, ahead: i32, name: &str, expected: &str| {
        assert_eq!(written(at(moment), ahead, name), expected);
    };
    check("2026-11-09T23:03:48Z", 60, "CET", "2026-11-09 23:03:48 UTC (00:03 CET, +01:00, Tue 10 Nov)");
    check("2026-11-09T23:03:48Z", 330, "GMT+5:30", "2026-11-09 23:03:48 UTC (04:33, +05:30, Tue 10 Nov)");
    check("2026-11-09T23:03:48Z", 0, "UTC", "2026-11-09 23:03:48 UTC");
    // The hour that Berlin has twice, and the one that it skips.
    check("2026-10-25T00:30:00Z", 120, "CEST", "2026-10-25 00:30:00 UTC (02:30 CEST, +02:00, Sun 25 Oct)");
    check("2026-10-25T01:30:00Z", 60, "CET", "2026-10-25 01:30:00 UTC (02:30 CET, +01:00, Sun 25 Oct)");
    check("2026-03-29T01:00:00Z", 120, "CEST", "2026-03-29 01:00:00 UTC (03:00 CEST, +02:00, Sun 29 Mar)");
    assert_eq!(spoken(at("2026-11-09T23:03:48Z")), "9 November 2026, 23:03 UTC");
    assert_eq!(utc_minute(at("2026-11-09T23:03:48Z")), "2026-11-09 23:03 UTC");
}

/// What a reader's clock shows at a moment, by the offset that the zone has then.
#[track_caller]
fn shows(zone: &Zone, moment: &str, expected: &str) {
    let moment = at(moment);
    assert_eq!(local(moment, zone.ahead(moment), "").unwrap(), expected);
}

#[test]
fn the_offset_is_the_one_of_that_moment_on_both_days_on_which_clocks_change() {
    shows(&berlin(), "2026-03-29T00:59:59Z", "01:59 (+01:00) Sun 29 Mar");
    shows(&berlin(), "2026-03-29T01:00:00Z", "03:00 (+02:00) Sun 29 Mar");
    shows(&berlin(), "2026-10-25T00:59:59Z", "02:59 (+02:00) Sun 25 Oct");
    shows(&berlin(), "2026-10-25T01:00:00Z", "02:00 (+01:00) Sun 25 Oct");
    shows(&new_york(), "2026-03-08T06:59:59Z", "01:59 (-05:00) Sun 8 Mar");
    shows(&new_york(), "2026-03-08T07:00:00Z", "03:00 (-04:00) Sun 8 Mar");
    shows(&new_york(), "2026-11-01T05:59:59Z", "01:59 (-04:00) Sun 1 Nov");
    shows(&new_york(), "2026-11-01T06:00:00Z", "01:00 (-05:00) Sun 1 Nov");
    shows(&lord_howe(), "2026-04-04T14:59:59Z", "01:59 (+11:00) Sun 5 Apr");
    shows(&lord_howe(), "2026-04-04T15:00:00Z", "01:30 (+10:30) Sun 5 Apr");
    shows(&lord_howe(), "2026-10-03T15:29:59Z", "01:59 (+10:30) Sun 4 Oct");
    shows(&lord_howe(), "2026-10-03T15:30:00Z", "02:30 (+11:00) Sun 4 Oct");
    shows(&kolkata(), "2026-03-29T01:00:00Z", "06:30 (+05:30) Sun 29 Mar");
    shows(&kolkata(), "2026-10-25T18:30:00Z", "00:00 (+05:30) Mon 26 Oct");
    // A day that was none.
    shows(&apia(), "2011-12-30T09:59:59Z", "23:59 (-10:00) Thu 29 Dec");
    shows(&apia(), "2011-12-30T10:00:00Z", "00:00 (+14:00) Sat 31 Dec");
}
