//! A time as a person has it: out of a log, or in words. Read out of the middle of a pasted line, and told how it was
//! read, so that whoever pasted it can see whether that is what they meant.
//!
//! Never reads a clock and knows no zone: "now" and the reader's [`Zone`] come in as arguments.

mod cursor;
mod scan;
mod zone;

pub use zone::{Wall, Zone};

use crate::moment::{Moment, Span};
use scan::{Day, Seen};
use zone::minutes;

const A_DAY: i64 = 86_400_000;

/// A minute's difference between two clocks is nothing to talk about.
const SAME: Span = Span::from_secs(60);

/// How a text was read.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// The moment. One that the reader's clocks showed twice is the first of both.
    pub at: Moment,
    /// How its zone is known.
    pub by: By,
    /// What it leaves open, and was taken for granted.
    pub open: Open,
    /// The second moment at which the reader's clocks showed it, after they were put back.
    pub second: Option<Moment>,
    /// Whether the reader's clocks never showed it: they went forward over it.
    pub skipped: bool,
    /// The moment that it would be in UTC, if that is another one and may have been meant.
    pub utc: Option<Moment>,
    /// When it was read.
    now: Moment,
}

/// How the zone of a time is known.
#[derive(Clone, Debug, PartialEq)]
pub enum By {
    /// Its offset stands there, or a `Z`.
    Offset,
    /// Its abbreviation stands there: so many minutes ahead of UTC.
    Name(&'static str, i32),
    /// Seconds or milliseconds since 1970 are of no zone.
    Epoch,
    /// So long ago is of no zone either.
    Ago,
    /// It is the reader's.
    Reader,
}

/// What a text leaves open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Open {
    /// Nothing.
    Nothing,
    /// The year: it is the last one in which that day was over.
    Year,
    /// The day: it is the last one on which the clock has shown that.
    Day,
    /// The time of the day: it is its beginning.
    Time,
}

/// Which of its readings a person takes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sense {
    /// As it was read.
    #[default]
    Read,
    /// The second time that clocks showed it.
    Second,
    /// In UTC.
    Utc,
}

/// Why a text was not read.
#[derive(Clone, Debug, PartialEq)]
pub enum Unread {
    /// There is no time in it.
    Nothing,
    /// There is no such day in the calendar.
    NoSuchDay,
    /// Whether the day or the month comes first cannot be told.
    Order,
    /// This abbreviation of a zone has several meanings, or none that is known here.
    Zone(String),
}

impl Reading {
    /// The moment in one of its senses; as it was read where it does not have that one.
    pub fn taken(&self, sense: Sense) -> Moment {
        let other = match sense {
            Sense::Read => None,
            Sense::Second => self.second,
            Sense::Utc => self.utc,
        };
        other.unwrap_or(self.at)
    }

    /// Whether a moment was yet to come when this was read.
    pub fn is_ahead(&self, at: Moment) -> bool {
        at > self.now + SAME
    }
}

/// Reads the time that stands in a text.
pub fn read(text: &str, now: Moment, zone: &Zone) -> Result<Reading, Unread> {
    let of = |at: Moment, by: By| Reading { at, by, open: Open::Nothing, second: None, skipped: false, utc: None, now };
    match scan::scan(text) {
        Seen::Unread(unread) => Err(unread),
        Seen::Epoch(millis) => Ok(of(Moment::from_millis(millis), By::Epoch)),
        Seen::Ago(millis) => Ok(of(now - Span::from_millis(millis), By::Ago)),
        Seen::Wall(wall) => {
            let (shown, place) = placed(&wall, now, zone)?;
            let mut second = None;
            let (at, skipped) = match place {
                Wall::Once(at) => (at, false),
                Wall::Twice(at, again) => {
                    second = Some(again);
                    (at, false)
                }
                Wall::Never(at) => (at, true),
            };
            let by = match wall.zone {
                None => By::Reader,
                Some((_, "")) => By::Offset,
                Some((ahead, name)) => By::Name(name, ahead),
            };
            let open = match (wall.day, wall.time) {
                (_, None) => Open::Time,
                (Day::OfAnyYear(..), _) => Open::Year,
                (Day::Week(_) | Day::Any, _) => Open::Day,
                _ => Open::Nothing,
            };
            let to_come = |at: Moment| matches!(open, Open::Year | Open::Day) && at > now + SAME;
            let utc = Some(shown).filter(|shown| by != By::Offset && *shown != at && !to_come(*shown));
            Ok(Reading { open, second, skipped, utc, ..of(at, by) })
        }
    }
}

/// What clocks in UTC show when those of a text's zone show what it says, and where that is on the line of time: the
/// last time, where the text does not say which.
fn placed(wall: &scan::Wall, now: Moment, zone: &Zone) -> Result<(Moment, Wall), Unread> {
    let ahead = wall.zone.map(|(ahead, _)| ahead);
    let today = now.civil(ahead.unwrap_or_else(|| zone.ahead(now)));
    let on = |year: i64, month: i64, day: i64| {
        // No backup is older, and what is later cannot be shown.
        if !(1970..=9998).contains(&year) {
            return None;
        }
        Moment::from_utc(i32::try_from(year).ok()?, u8::try_from(month).ok()?, u8::try_from(day).ok()?, 0, 0, 0)
    };
    let year = i64::from(today.year);
    let midnight = on(year, i64::from(today.month), i64::from(today.day)).unwrap_or_default();
    // Eight years may lie between two 29ths of February.
    for back in 0..9 {
        let (day, given) = match wall.day {
            Day::Whole(year, month, day) => (on(year, month, day), true),
            Day::Back(days) => (Some(midnight - Span::from_millis(days * A_DAY)), true),
            Day::OfAnyYear(month, day) => (on(year - back, month, day), false),
            Day::Week(day) => {
                let days = i64::from((today.weekday + 7 - day) % 7) + 7 * back;
                (Some(midnight - Span::from_millis(days * A_DAY)), false)
            }
            Day::Any => (Some(midnight - Span::from_millis(back * A_DAY)), false),
        };
        if let Some(day) = day {
            let shown = day + Span::from_millis(wall.time.unwrap_or_default());
            let place = ahead.map_or_else(|| zone.when(shown), |ahead| Wall::Once(shown - minutes(ahead)));
            let (Wall::Once(at) | Wall::Twice(at, _) | Wall::Never(at)) = place;
            if given || at <= now + SAME {
                return Ok((shown, place));
            }
        } else if given {
            break;
        }
    }
    Err(Unread::NoSuchDay)
}
