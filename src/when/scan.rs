//! Looks for a time in a text: every place in it where one may begin, and every form that logs and people use. Knows no
//! clock and no calendar.

use super::Unread;
use super::cursor::{Cursor, HOUR, MINUTE, SECOND};

/// What stands in a text.
#[derive(Debug)]
pub enum Seen {
    /// A reading of a calendar, a clock or both.
    Wall(Wall),
    /// Milliseconds since 1970.
    Epoch(i64),
    /// So many milliseconds ago.
    Ago(i64),
    /// A time that cannot be read, and why.
    Unread(Unread),
}

/// A reading of a calendar, a clock or both.
#[derive(Debug)]
pub struct Wall {
    /// Which day.
    pub day: Day,
    /// Milliseconds of the day, if a clock's reading stands there.
    pub time: Option<i64>,
    /// The zone, if one stands there: minutes ahead of UTC, and the name that says so.
    pub zone: Option<(i32, &'static str)>,
}

/// Which day.
#[derive(Clone, Copy, Debug)]
pub enum Day {
    /// This year, month and day.
    Whole(i64, i64, i64),
    /// A month and a day of no year.
    OfAnyYear(i64, i64),
    /// So many days before today.
    Back(i64),
    /// A day of the week, 0 for Monday.
    Week(u8),
    /// None is named.
    Any,
}

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];
const WEEK: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

const DAY: i64 = 24 * HOUR;

/// The time that stands in a text: the one that says most; of several that say as much, the first.
pub fn scan(text: &str) -> Seen {
    let mut best = (u8::MAX, Seen::Unread(Unread::Nothing));
    let mut rest = Cursor(text.as_bytes());
    let (mut before, mut figures) = (b' ', false);
    while !rest.0.is_empty() {
        let joined = before.is_ascii_alphanumeric() || b"-._".contains(&before);
        if !joined
            && let Some(seen) = one(rest, before, figures)
            && seen.0 < best.0
        {
            best = seen;
            if best.0 == 0 {
                break;
            }
        }
        before = rest.first();
        figures |= before.is_ascii_digit();
        rest.skip();
    }
    // Words that would change what was found, unless it is a whole date with a time.
    let words = text.to_ascii_lowercase();
    let changed = ["before yesterday", "tomorrow"].iter().any(|said| words.contains(said));
    if best.0 != 0 && (changed || words.contains(" ago") && words.contains(':')) {
        return Seen::Unread(Unread::Nothing);
    }
    best.1
}

/// What begins here, if anything does; the less it leaves open the lower its number. Before it stand this byte and
/// perhaps figures.
fn one(start: Cursor<'_>, before: u8, figures: bool) -> Option<(u8, Seen)> {
    let mut at = start;
    let mut day = match date(&mut at) {
        Some(Ok(day)) => day,
        Some(Err(unread)) => return Some((1, Seen::Unread(unread))),
        None => {
            at = start;
            Day::Any
        }
    };
    if matches!(day, Day::Any) {
        if let Some(millis) = ago(start) {
            return Some((1, Seen::Ago(millis)));
        }
        if let Some(millis) = epoch(start) {
            return Some((3, Seen::Epoch(millis)));
        }
        // Figures before a clock's reading may be a date in a form that is not known here: today would be wrong. What
        // stands behind a plus is an offset.
        if figures || before == b'+' {
            return None;
        }
    }
    let days_end = at;
    let basic = matches!(day, Day::Whole(..)) && start.digits() == 8;
    if !matches!(day, Day::Any) {
        at.joint();
    }
    let time = if basic { at.run() } else { at.clock() };
    if time.is_none() {
        at = days_end;
    }
    let mut zone = None;
    if time.is_some() {
        match at.zone() {
            Ok(found) => zone = found,
            Err(unread) => return Some((0, Seen::Unread(unread))),
        }
        // As `date` prints it: the year comes last.
        if let Day::OfAnyYear(month, of_month) = day {
            at.blanks();
            if let Some(year @ 1970..=2199) = at.number(4, 4) {
                day = Day::Whole(year, month, of_month);
            }
        }
    }
    let open = match (day, time) {
        (Day::Whole(..), Some(_)) => 0,
        (Day::Any, Some(_)) => 3,
        (_, Some(_)) => 1,
        // What looks like a time of day and is none must not be taken for the beginning of the day.
        (Day::Whole(..) | Day::Back(_), None) if !goes_on(days_end, day) => 2,
        (_, None) => return None,
    };
    Some((open, Seen::Wall(Wall { day, time, zone })))
}

/// Whether figures stand behind a day, or behind a day in words another word.
fn goes_on(mut behind: Cursor<'_>, day: Day) -> bool {
    behind.joint();
    let figures = match behind.0 {
        [b'-' | b'_' | b'.', next, ..] | [next, ..] => next.is_ascii_digit(),
        [] => false,
    };
    figures || matches!(day, Day::Back(_)) && behind.first().is_ascii_alphabetic()
}

/// A day, in figures or in words.
fn date(at: &mut Cursor<'_>) -> Option<Result<Day, Unread>> {
    if !at.first().is_ascii_digit() {
        return words(at).map(Ok);
    }
    let day = match at.digits() {
        8 => {
            let (whole, behind) = (at.number(8, 8)?, at.first() | 32);
            (behind == b't').then_some(Day::Whole(whole / 10_000, whole / 100 % 100, whole % 100))?
        }
        4 => {
            let (year, between) = (at.number(4, 4)?, at.first());
            at.one_of(b"-/.")?;
            let month = at.number(1, 2)?;
            at.eat(between)?;
            Day::Whole(year, month, at.number(1, 2)?)
        }
        _ => {
            let (first, between) = (at.number(1, 2)?, at.first());
            at.one_of(b"./- ")?;
            at.blanks();
            if let Some(month) = index(&MONTHS, at.word()) {
                at.one_of(b"./- ")?;
                at.blanks();
                Day::Whole(at.number(4, 4)?, month as i64 + 1, first)
            } else {
                let second = at.number(1, 2)?;
                at.eat(between)?;
                let year = at.number(4, 4)?;
                match between {
                    b'.' => Day::Whole(year, second, first),
                    b'/' if first > 12 || first == second => Day::Whole(year, second, first),
                    b'/' if second > 12 => Day::Whole(year, first, second),
                    b'/' => return Some(Err(Unread::Order)),
                    _ => return None,
                }
            }
        }
    };
    // An unfinished figure, or a part of something else.
    Some(Ok(day)).filter(|_| !at.first().is_ascii_alphanumeric() || at.first() | 32 == b't')
}

fn words(at: &mut Cursor<'_>) -> Option<Day> {
    let word = at.word();
    if let Some(month) = index(&MONTHS, word) {
        let month = month as i64 + 1;
        let _ = at.eat(b'.');
        at.blanks();
        let day = at.number(1, 2)?;
        let mut year = *at;
        let _ = year.eat(b',');
        year.blanks();
        return Some(match year.number(4, 4).filter(|_| year.first() != b':') {
            Some(whole) => {
                *at = year;
                Day::Whole(whole, month, day)
            }
            None => Day::OfAnyYear(month, day),
        });
    }
    if let Some(day) = index(&WEEK, word) {
        return Some(Day::Week(day as u8));
    }
    ["today", "yesterday"].iter().position(|day| day.eq_ignore_ascii_case(word)).map(|back| Day::Back(back as i64))
}

/// Which of some names a word is, or is the beginning of: at least three letters.
fn index(names: &[&str], word: &str) -> Option<usize> {
    let is = |name: &str| name.get(..word.len()).is_some_and(|name| name.eq_ignore_ascii_case(word));
    names.iter().position(|name| is(name)).filter(|_| word.len() >= 3)
}

/// `3 hours ago`, `2 d 4 h ago`
fn ago(mut at: Cursor<'_>) -> Option<i64> {
    let mut millis = 0;
    // Of each unit once: a long text of figures and units is no time, and reading it from each of them on would take long.
    for _ in 0..5 {
        let Some(count) = at.number(1, 6) else { break };
        at.blanks();
        let unit = match at.word() {
            "s" | "sec" | "secs" | "second" | "seconds" => SECOND,
            "min" | "mins" | "minute" | "minutes" => MINUTE,
            "h" | "hr" | "hrs" | "hour" | "hours" => HOUR,
            "d" | "day" | "days" => DAY,
            "w" | "week" | "weeks" => 7 * DAY,
            _ => return None,
        };
        millis += count * unit;
        at.blanks();
    }
    // As long as there are backups of PostgreSQL.
    ((1..30 * 366 * DAY).contains(&millis) && at.word() == "ago").then_some(millis)
}

/// Seconds since 1970, also with a fraction, as PostgreSQL's `%n` writes them, or milliseconds.
fn epoch(mut at: Cursor<'_>) -> Option<i64> {
    let millis = match at.digits() {
        10 => at.number(10, 10)? * SECOND + at.fraction(),
        13 => at.number(13, 13)?,
        _ => return None,
    };
    let sensible = (1_000_000_000_000..4_000_000_000_000).contains(&millis);
    (sensible && !at.first().is_ascii_alphanumeric() && at.first() != b'-').then_some(millis)
}
