//! Instants and lengths of time in words. Knows no zone and reads no clock: both come in as arguments.

use crate::moment::{Moment, Span};

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// From this age on, hours no longer matter.
const ONLY_DAYS: i64 = 60 * DAY;

/// `2026-11-21 23:04:11 UTC`
pub fn utc(at: Moment) -> String {
    let c = at.civil(0);
    format!("{:04}-{:02}-{:02} {:02}:{:02}:{:02} UTC", c.year, c.month, c.day, c.hour, c.minute, c.second)
}

/// `2026-11-21 23:04 UTC`
pub fn utc_minute(at: Moment) -> String {
    [utc(at).get(..16).unwrap_or_default(), " UTC"].concat()
}

/// `21 November 2026, 23:04 UTC`: to be read out; the day stands first, as it stands below its mark.
pub fn spoken(at: Moment) -> String {
    let c = at.civil(0);
    format!("{} {} {}, {:02}:{:02} UTC", c.day, month_name(c.month), c.year, c.hour, c.minute)
}

/// `2026-11-21 23:04:11 UTC (00:04 CET, +01:00, Sun 22 Nov)`: for a text that leaves the page, where nothing ticks.
pub fn written(at: Moment, minutes_ahead: i32, name: &str) -> String {
    let utc = utc(at);
    match clock(at, minutes_ahead, name, [", ", ","]) {
        Some(local) => [&utc, " (", &local, ")"].concat(),
        None => utc,
    }
}

/// `00:04 CET (+01:00) Sun 22 Nov`, or nothing where the reader's clock shows UTC anyway.
///
/// A zone that the browser knows only by its offset (`GMT+1`) is not named: the offset follows.
pub fn local(at: Moment, minutes_ahead: i32, name: &str) -> Option<String> {
    clock(at, minutes_ahead, name, [" (", ")"])
}

/// The same, with what stands around the offset.
fn clock(at: Moment, minutes_ahead: i32, name: &str, [before, after]: [&str; 2]) -> Option<String> {
    if minutes_ahead == 0 && matches!(name, "UTC" | "GMT" | "Z" | "") {
        return None;
    }
    let c = at.civil(minutes_ahead);
    let named = !name.is_empty() && !name.contains(['+', '-', '\u{2212}']);
    let name = if named { format!(" {name}") } else { String::new() };
    Some(format!(
        "{:02}:{:02}{name}{before}{}{after} {} {} {}",
        c.hour,
        c.minute,
        offset(minutes_ahead),
        weekday(c.weekday),
        c.day,
        month_name(c.month).get(..3).unwrap_or_default(),
    ))
}

/// `+01:00`
fn offset(minutes_ahead: i32) -> String {
    let sign = if minutes_ahead < 0 { '-' } else { '+' };
    let minutes = minutes_ahead.unsigned_abs();
    format!("{sign}{:02}:{:02}", minutes / 60, minutes % 60)
}

/// `November 2026`, in UTC.
pub fn month(at: Moment) -> String {
    let c = at.civil(0);
    format!("{} {}", month_name(c.month), c.year)
}

/// How long ago: `16 s ago`, `9 h ago`, `5 d 3 h ago`.
///
/// What a clock that is wrong puts into the future is said to be there: `in 3 d`. A minute's difference between two
/// clocks is nothing to talk about.
pub fn ago(age: Span) -> String {
    match age.secs() {
        ..-60 => format!("in {}", rough(-age.secs())),
        -60..1 => "just now".to_string(),
        seconds => format!("{} ago", rough(seconds)),
    }
}

/// How long from now: `in 14 s`, `in 21 d`; `now` once it has come.
pub fn until(left: Span) -> String {
    // Rounded up: "in 1 s" until it has come.
    match left.millis() {
        ..=0 => "now".to_string(),
        millis => format!("in {}", rough((millis + 999) / 1000)),
    }
}

/// A length of time: `38 s`, `12 min 48 s`, `26 h 37 min`, `5 d 21 h`.
pub fn length(span: Span) -> String {
    let s = span.secs().max(0);
    match s {
        ..MINUTE => format!("{s} s"),
        MINUTE..HOUR => two(s, MINUTE, "min", 1, "s"),
        HOUR..172_800 => two(s, HOUR, "h", MINUTE, "min"),
        _ => two(s, DAY, "d", HOUR, "h"),
    }
}

/// One unit below a day, two up to sixty days, then days.
fn rough(s: i64) -> String {
    match s {
        ..MINUTE => format!("{s} s"),
        MINUTE..HOUR => format!("{} min", s / MINUTE),
        HOUR..DAY => format!("{} h", s / HOUR),
        DAY..ONLY_DAYS => two(s, DAY, "d", HOUR, "h"),
        _ => format!("{} d", s / DAY),
    }
}

/// A large unit and what is left in a small one, which is not said where nothing is left.
fn two(s: i64, large: i64, large_name: &str, small: i64, small_name: &str) -> String {
    let (whole, rest) = (s / large, s % large / small);
    if rest == 0 { format!("{whole} {large_name}") } else { format!("{whole} {large_name} {rest} {small_name}") }
}

fn weekday(day: u8) -> &'static str {
    ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"].get(usize::from(day)).copied().unwrap_or_default()
}

fn month_name(month: u8) -> &'static str {
    const NAMES: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    NAMES.get(usize::from(month).wrapping_sub(1)).copied().unwrap_or_default()
}
