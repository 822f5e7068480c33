//! Time zones as tables, by the rules of the places that have them.

use pgflex_restore::moment::{Moment, Span};
use pgflex_restore::when::Zone;

pub fn at(text: &str) -> Moment {
    Moment::parse(text).unwrap_or_else(|| panic!("{text} is no moment"))
}

/// The nth Sunday of a month (the last one of a month of 31 days for 0), at an hour and a minute in UTC.
fn sunday(year: i32, month: u8, nth: i64, hour: u8, minute: u8) -> Moment {
    let days = |day: i64| Span::from_secs(day * 86_400);
    let first = Moment::from_utc(year, month, 1, hour, minute, 0).unwrap();
    let to_sunday = |at: Moment| at + days(i64::from(6 - at.civil(0).weekday));
    match nth {
        0 => to_sunday(Moment::from_utc(year, month, 25, hour, minute, 0).unwrap()),
        _ => to_sunday(first) + days(7 * (nth - 1)),
    }
}

/// A zone that has summer time from one moment of each year to another one.
fn with_summer(winter: i32, summer: i32, from: fn(i32) -> Moment, to: fn(i32) -> Moment) -> Zone {
    let mut changes = vec![(at("2014-01-01T00:00:00Z"), if from(2014) < to(2014) { winter } else { summer })];
    for year in 2014..=2028 {
        changes.extend([(from(year), summer), (to(year), winter)]);
    }
    changes.sort();
    Zone::new(changes)
}

/// The last Sunday of March, the last one of October, each at 01:00 UTC.
pub fn berlin() -> Zone {
    with_summer(60, 120, |year| sunday(year, 3, 0, 1, 0), |year| sunday(year, 10, 0, 1, 0))
}

/// The second Sunday of March, the first one of November, each at 02:00 of its own clocks.
pub fn new_york() -> Zone {
    with_summer(-300, -240, |year| sunday(year, 3, 2, 7, 0), |year| sunday(year, 11, 1, 6, 0))
}

/// The first Sunday of October, the first one of April, each at 02:00 of its own clocks; by half an hour.
pub fn lord_howe() -> Zone {
    with_summer(
        630,
        660,
        |year| sunday(year, 10, 1, 15, 30) - Span::from_secs(86_400),
        |year| sunday(year, 4, 1, 15, 0) - Span::from_secs(86_400),
    )
}

pub fn kolkata() -> Zone {
    Zone::new(vec![(at("2014-01-01T00:00:00Z"), 330)])
}

/// 30 December 2011 was no day there.
pub fn apia() -> Zone {
    Zone::new(vec![
        (at("2011-04-02T14:00:00Z"), -660),
        (at("2011-09-24T14:00:00Z"), -600),
        (at("2011-12-30T10:00:00Z"), 840),
        (at("2012-03-31T14:00:00Z"), 780),
    ])
}
