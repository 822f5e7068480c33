//! Moments and lengths of time: every form that Azure writes, and those that it takes.

use crate::any;
use arbtest::arbtest;
use pgflex_restore::moment::{Moment, Span};

/// A text and the milliseconds since 1970 that it is read as.
#[track_caller]
fn check(text: &str, expected: Option<i64>) {
    assert_eq!(Moment::parse(text).map(Moment::millis), expected, "of {text:?}");
}

#[track_caller]
fn check_span(text: &str, expected: Option<i64>) {
    assert_eq!(Span::parse(text).map(Span::millis), expected, "of {text:?}");
}

#[test]
fn a_moment_is_read_with_any_number_of_digits() {
    check("1970-01-01T00:00:00Z", Some(0));
    check("2026-01-06T14:08:54Z", Some(1_767_708_534_000));
    check("2026-01-06T14:08:54.6Z", Some(1_767_708_534_600));
    check("2026-01-06T14:08:54.69Z", Some(1_767_708_534_690));
    check("2026-01-06T14:08:54.6912345Z", Some(1_767_708_534_691));
    check("2026-01-06T14:08:54.999999999Z", Some(1_767_708_534_999));
    check("2026-01-06T14:08:54.001Z", Some(1_767_708_534_001));
    check(" 2026-01-06T14:08:54Z\n", Some(1_767_708_534_000));
    check("2026-01-06t14:08:54z", Some(1_767_708_534_000));
    check("9999-12-31T23:59:59.9999999Z", Some(253_402_300_799_999));
}

#[test]
fn a_moment_is_read_at_any_offset() {
    check("2026-01-06T15:08:54+01:00", Some(1_767_708_534_000));
    check("2026-01-06T08:38:54-05:30", Some(1_767_708_534_000));
    check("2026-01-06T14:08:54+00:00", Some(1_767_708_534_000));
    check("2026-01-06T23:58:54.5+09:50", Some(1_767_708_534_500));
    check("2026-01-07T00:38:54+10:30", Some(1_767_708_534_000));
    check("2026-01-06T14:08:54", Some(1_767_708_534_000));
    check("2026-01-06T14:08:54.6912345", Some(1_767_708_534_691));
}

#[test]
fn the_year_one_means_not_yet() {
    check("0001-01-01T00:00:00Z", None);
    check("0001-01-01T00:00:00", None);
    check("0001-01-01T00:00:00+00:00", None);
    check("0001-12-31T23:59:59.9999999Z", None);
}

#[test]
fn what_is_no_moment_is_refused() {
    for text in [
        "",
        " ",
        "now",
        "2026-01-06",
        "2026-02-30T00:00:00Z",
        "2026-13-01T00:00:00Z",
        "2026-01-06T25:00:00Z",
        "2026-01-06T14:08Z",
        "2026-01-06T14:08:54.Z",
        "1767708534",
        "/Date(1767708534000)/",
        "2026-01-06T14:08:54ZZ",
        "2026-01-06T14:08:54.",
        "2026-01-06T14:08:54.0123456789Z",
        "2026-01-06T14:08:54,5Z",
        "2026-01-06T14:08:54.5.5Z",
        "2026-01-06T14:08:54 Z",
        "2026-01-06 14:08:54Z",
        "2026-01-06T14:60:54Z",
        "2026-01-06T14:08:61Z",
        "2026-01-06T14:08:54+0100",
        "2026-01-06T14:08:54+01",
        "2026-01-06T14:08:54+24:00",
        "2026-01-06T14:08:54-01:60",
        "2026-01-06T14:08:54+é1:00",
        "+026-01-06T14:08:54Z",
        "2026-+1-06T14:08:54Z",
        "２０２６-01-06T14:08:54Z",
    ] {
        check(text, None);
    }
}

#[test]
fn a_moment_is_printed_as_azure_takes_it() {
    let moment = Moment::parse("2026-11-21T23:04:11.6912345Z").unwrap();
    assert_eq!(moment.iso(), "2026-11-21T23:04:11Z");
    assert_eq!(moment.iso_ticks(), "2026-11-21T23:04:11.6910000Z");
    assert_eq!(format!("{moment:?}"), "2026-11-21T23:04:11Z");
    let before = Moment::from_millis(-1);
    assert_eq!(
        (before.iso().as_str(), before.iso_ticks().as_str()),
        ("1969-12-31T23:59:59Z", "1969-12-31T23:59:59.9990000Z")
    );
}

#[test]
fn a_calendar_shows_a_moment_at_an_offset() {
    let moment = Moment::from_utc(2026, 12, 31, 23, 30, 5).unwrap();
    let c = moment.civil(0);
    assert_eq!((c.year, c.month, c.day, c.hour, c.minute, c.second, c.weekday), (2026, 12, 31, 23, 30, 5, 3));
    let c = moment.civil(60);
    assert_eq!((c.year, c.month, c.day, c.hour, c.minute, c.second, c.weekday), (2027, 1, 1, 0, 30, 5, 4));
    let c = moment.civil(-12 * 60);
    assert_eq!((c.day, c.hour), (31, 11));
    assert_eq!(Moment::from_utc(2028, 2, 29, 0, 0, 0).unwrap().civil(0).weekday, 1);
    for (year, month, day, hour) in [(2026, 2, 29, 0), (2026, 0, 1, 0), (2026, 13, 1, 0), (2026, 1, 1, 24)] {
        assert_eq!(Moment::from_utc(year, month, day, hour, 0, 0), None);
    }
}

#[test]
fn what_is_printed_is_read_back() {
    arbtest(|u| {
        let moment = any::moment(u)?;
        assert_eq!(Moment::parse(&moment.iso_ticks()), Some(moment));
        assert_eq!(Moment::parse(&moment.iso()), Some(Moment::from_millis(moment.millis().div_euclid(1000) * 1000)));
        let c = moment.civil(0);
        let whole = Moment::from_utc(c.year, c.month, c.day, c.hour, c.minute, c.second).unwrap();
        assert_eq!(whole.iso(), moment.iso());
        Ok(())
    });
}

#[test]
fn any_number_of_milliseconds_can_be_shown_and_counted_with() {
    for millis in [i64::MIN, i64::MIN + 1, -1, 0, 1, i64::MAX - 1, i64::MAX] {
        let moment = Moment::from_millis(millis);
        for minutes in [i32::MIN, -720, 0, 840, i32::MAX] {
            let _ = moment.civil(minutes);
        }
        let _ = (moment.iso(), moment.iso_ticks());
        for other in [i64::MIN, -1, 0, 1, i64::MAX] {
            let _ = moment.since(Moment::from_millis(other));
            let _ = (moment + Span::from_millis(other), moment - Span::from_millis(other));
        }
    }
}

#[test]
fn moments_and_lengths_add_up() {
    arbtest(|u| {
        let (a, b) = (any::moment(u)?, any::moment(u)?);
        assert_eq!(a + b.since(a), b);
        assert_eq!(b - b.since(a), a);
        assert_eq!(a < b, b.since(a).millis() > 0);
        Ok(())
    });
}

#[test]
fn a_length_is_read_as_iso_8601() {
    check_span("PT2M5.5726414S", Some(125_572));
    check_span("PT0S", Some(0));
    check_span("P10D", Some(10 * 86_400_000));
    check_span("P1W", Some(7 * 86_400_000));
    check_span("P1DT2H3M4S", Some(93_784_000));
    check_span("PT4H", Some(14_400_000));
    check_span("PT1.5H", Some(5_400_000));
    check_span("PT0.0019S", Some(1));
}

#[test]
fn a_length_is_read_as_dotnet_writes_it() {
    check_span("00:03:12.7189058", Some(192_718));
    check_span("1.09:22:25.7992056", Some(120_145_799));
    check_span("00:00:00", Some(0));
    check_span(" 03:48:41.1772843 ", Some(13_721_177));
}

#[test]
fn what_is_no_length_is_refused() {
    for text in [
        "",
        "P",
        "PT",
        "P1Y",
        "P1M",
        "P1",
        "PT1",
        "PTS",
        "P1H",
        "PT1D",
        "PTT1S",
        "PT1X",
        "-PT1S",
        "P-1D",
        "PT1,5S",
        "PT1é",
        "00:03",
        "00:03:12:01",
        "-00:00:01",
        "a:b:c",
        "::",
        "1.:00:00",
        "00:00:1.2.3",
        "99999999999999999999:00:00",
        "P999999999999999999D",
        "PT9223372036854775807S",
    ] {
        check_span(text, None);
    }
}

#[test]
fn reading_never_panics() {
    arbtest(|u| {
        let pieces =
            ["2026-01-06", "T", "14:08:54", ".123", "Z", "+01:00", "P", "1", "9", ":", "D", "W", "S", "M", "H", "."];
        let mut text = String::new();
        for _ in 0..u.int_in_range(0..=10)? {
            text.push_str(&any::words(u, &pieces)?);
        }
        let _ = (Moment::parse(&text), Span::parse(&text));
        Ok(())
    });
}
