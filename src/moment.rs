//! Instants and lengths of time: the only time types of the program.
//!
//! Reads the forms that Azure writes and prints the forms that it takes. Never reads a clock: "now" always comes
//! in as an argument. The date crate is used here and nowhere else.

use std::fmt;
use std::ops::{Add, Sub};
use time::{Date, Month, OffsetDateTime, PrimitiveDateTime, Time};

/// An instant: milliseconds since 1970-01-01T00:00:00Z, the precision of a browser's clock.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Moment(i64);

/// A length of time in milliseconds; negative when it points backwards.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span(i64);

/// A moment as a calendar shows it at some offset from UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Civil {
    /// The year, such as 2026.
    pub year: i32,
    /// The month, 1 to 12.
    pub month: u8,
    /// The day of the month, 1 to 31.
    pub day: u8,
    /// The hour, 0 to 23.
    pub hour: u8,
    /// The minute, 0 to 59.
    pub minute: u8,
    /// The second, 0 to 59.
    pub second: u8,
    /// The day of the week, 0 for Monday to 6 for Sunday.
    pub weekday: u8,
}

impl Moment {
    /// The moment so many milliseconds after 1970-01-01T00:00:00Z.
    pub const fn from_millis(millis: i64) -> Self {
        Moment(millis)
    }

    /// Milliseconds since 1970-01-01T00:00:00Z.
    pub const fn millis(self) -> i64 {
        self.0
    }

    /// Reads a date-time as ARM writes it (RFC 3339, up to nine digits of a second; finer than a millisecond is
    /// cut). A date-time without an offset is UTC: .NET leaves it out where the kind is unspecified.
    ///
    /// `0001-01-01T00:00:00Z`, which is how Azure writes "not yet", is no moment.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim().to_ascii_uppercase();
        let (whole, rest) = text.split_at_checked(19).filter(|(whole, _)| is_like(whole, "0000-00-00T00:00:00"))?;
        let two = |at: usize| whole.get(at..at + 2)?.parse().ok();
        let year: i32 = whole.get(..4)?.parse().ok()?;
        let at = Moment::from_utc(year, two(5)?, two(8)?, two(11)?, two(14)?, two(17)?).filter(|_| year > 1)?;
        let (fraction, offset) = rest.split_at(rest.find(['Z', '+', '-']).unwrap_or(rest.len()));
        let finer = match fraction.strip_prefix('.') {
            None if fraction.is_empty() => 0,
            Some(digits) if (1..=9).contains(&digits.len()) => scaled(&["0.", digits].concat(), 1000)?,
            _ => return None,
        };
        Some(at + Span(finer) - ahead_of_utc(offset)?)
    }

    /// The moment of a calendar's reading in UTC, or nothing where there is no such day or hour.
    pub fn from_utc(year: i32, month: u8, day: u8, hour: u8, minute: u8, second: u8) -> Option<Self> {
        let date = Date::from_calendar_date(year, Month::try_from(month).ok()?, day).ok()?;
        let time = Time::from_hms(hour, minute, second).ok()?;
        let at = PrimitiveDateTime::new(date, time).assume_utc();
        Some(Moment(at.unix_timestamp() * 1000))
    }

    /// What a calendar and a clock show at this moment, so many minutes ahead of UTC.
    pub fn civil(self, minutes_ahead: i32) -> Civil {
        let seconds = self.0.div_euclid(1000) + i64::from(minutes_ahead) * 60;
        // Outside the years that the date crate knows (±9999) nothing sensible can be shown; 1970 is as good as any.
        let at = OffsetDateTime::from_unix_timestamp(seconds).unwrap_or(OffsetDateTime::UNIX_EPOCH);
        Civil {
            year: at.year(),
            month: at.month() as u8,
            day: at.day(),
            hour: at.hour(),
            minute: at.minute(),
            second: at.second(),
            weekday: at.weekday().number_days_from_monday(),
        }
    }

    /// `2026-11-21T23:04:11Z`: whole seconds, for commands and reports.
    pub fn iso(self) -> String {
        let c = self.civil(0);
        format!("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z", c.year, c.month, c.day, c.hour, c.minute, c.second)
    }

    /// `2026-11-21T23:04:11.0000000Z`: the seven digits that the `$filter` of recovery points is written with.
    pub fn iso_ticks(self) -> String {
        let c = self.civil(0);
        let ticks = self.0.rem_euclid(1000) * 10_000;
        format!("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{ticks:07}Z", c.year, c.month, c.day, c.hour, c.minute, c.second)
    }

    /// How long after `earlier` this is.
    pub fn since(self, earlier: Moment) -> Span {
        Span(self.0.saturating_sub(earlier.0))
    }
}

impl Span {
    /// So many milliseconds.
    pub const fn from_millis(millis: i64) -> Self {
        Span(millis)
    }

    /// So many seconds.
    pub const fn from_secs(seconds: i64) -> Self {
        Span(seconds * 1000)
    }

    /// Its length in milliseconds.
    pub const fn millis(self) -> i64 {
        self.0
    }

    /// Its length in whole seconds, rounded down.
    pub const fn secs(self) -> i64 {
        self.0.div_euclid(1000)
    }

    /// Reads both forms that Azure writes of a job's `duration`: ISO 8601 (`PT2M5.5726414S`, `P10D`) and .NET's
    /// TimeSpan (`00:03:12.7189058`, `1.09:22:25.7992056`). Months and years have no fixed length: refused.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        match text.strip_prefix('P') {
            Some(rest) => parse_iso_span(rest),
            None => parse_net_span(text),
        }
    }
}

/// Whether a text has this form, in which a zero stands for any digit.
fn is_like(text: &str, form: &str) -> bool {
    let fits = |(byte, form): (u8, u8)| if form == b'0' { byte.is_ascii_digit() } else { byte == form };
    text.len() == form.len() && text.bytes().zip(form.bytes()).all(fits)
}

/// `Z`, `+01:00`, `-05:30`; nothing is UTC.
fn ahead_of_utc(offset: &str) -> Option<Span> {
    let sign = match offset {
        "" | "Z" => return Some(Span(0)),
        _ if is_like(offset, "+00:00") => 1,
        _ if is_like(offset, "-00:00") => -1,
        _ => return None,
    };
    let two = |at: usize| offset.get(at..at + 2)?.parse::<i64>().ok();
    let (hours, minutes) = (two(1)?, two(4)?);
    (hours < 24 && minutes < 60).then_some(Span(sign * (hours * 60 + minutes) * 60_000))
}

fn parse_iso_span(mut rest: &str) -> Option<Span> {
    let (mut millis, mut in_time, mut any) = (0_i64, false, false);
    while !rest.is_empty() {
        if let Some(time) = rest.strip_prefix('T') {
            if in_time {
                return None;
            }
            in_time = true;
            rest = time;
            continue;
        }
        let end = rest.find(|c: char| !(c.is_ascii_digit() || c == '.'))?;
        let (number, tail) = rest.split_at(end);
        let unit = tail.chars().next()?;
        let unit_millis = match (unit, in_time) {
            ('W', false) => 7 * 86_400_000,
            ('D', false) => 86_400_000,
            ('H', true) => 3_600_000,
            ('M', true) => 60_000,
            ('S', true) => 1000,
            _ => return None,
        };
        millis = millis.checked_add(scaled(number, unit_millis)?)?;
        any = true;
        rest = tail.get(1..)?;
    }
    any.then_some(Span(millis))
}

/// `[d.]hh:mm:ss[.fffffff]`
fn parse_net_span(text: &str) -> Option<Span> {
    let mut parts = text.split(':');
    let (first, minutes, seconds) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() {
        return None;
    }
    let (days, hours) = first.split_once('.').unwrap_or(("0", first));
    [(days, 86_400_000), (hours, 3_600_000), (minutes, 60_000), (seconds, 1000)]
        .into_iter()
        .try_fold(0_i64, |sum, (number, unit)| sum.checked_add(scaled(number, unit)?))
        .map(Span)
}

/// A non-negative decimal number times a unit of milliseconds, cut to a millisecond.
fn scaled(number: &str, unit: i64) -> Option<i64> {
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    let digits = |s: &str| s.chars().all(|c| c.is_ascii_digit());
    if whole.is_empty() || !digits(whole) || !digits(fraction) {
        return None;
    }
    let whole: i64 = whole.parse().ok()?;
    let mut millis = whole.checked_mul(unit)?;
    let mut unit = unit;
    for digit in fraction.bytes() {
        unit /= 10;
        millis = millis.checked_add(i64::from(digit - b'0') * unit)?;
    }
    Some(millis)
}

impl Add<Span> for Moment {
    type Output = Moment;
    fn add(self, span: Span) -> Moment {
        Moment(self.0.saturating_add(span.0))
    }
}

impl Sub<Span> for Moment {
    type Output = Moment;
    fn sub(self, span: Span) -> Moment {
        Moment(self.0.saturating_sub(span.0))
    }
}

impl fmt::Debug for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.iso())
    }
}

impl fmt::Debug for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ms", self.0)
    }
}
