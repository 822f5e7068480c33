//! A time out of a log, or in words: it is read or refused, what is read can be told, and how it was read holds together.

use super::{Seen, Target};
use pgflex_restore::moment::{Moment, Span};
use pgflex_restore::when::{By, Open, Sense, Unread, Zone, read};

pub const TARGET: Target = Target {
    name: "when",
    check,
    sights: &[
        "a name",
        "an ago",
        "an epoch",
        "an offset",
        "day or month first",
        "no date",
        "no such day",
        "no time of day",
        "no year",
        "not known which zone",
        "nothing",
        "skipped",
        "the reader's",
        "to come",
        "twice",
    ],
};

/// 2026-11-22T02:12:00Z
const NOW: i64 = 1_795_313_520_000;

fn check(text: &str, seen: &mut Seen) {
    let now = Moment::from_millis(NOW);
    // Berlin's clocks, from the summer of 2025 on.
    let changes = [(1_743_296_400, 120), (1_761_440_400, 60), (1_774_746_000, 120), (1_792_890_000, 60)];
    let zone = Zone::new(changes.map(|(from, ahead)| (Moment::from_millis(from * 1000), ahead)).to_vec());
    let reading = match read(text, now, &zone) {
        Ok(reading) => reading,
        Err(why) => {
            seen.insert(match why {
                Unread::Nothing => "nothing",
                Unread::NoSuchDay => "no such day",
                Unread::Order => "day or month first",
                Unread::Zone(name) => {
                    assert!(text.contains(&name), "{text} says nothing of {name}");
                    "not known which zone"
                }
            });
            return;
        }
    };
    seen.insert(match reading.by {
        By::Offset => "an offset",
        By::Name(name, _) => {
            assert!(text.to_ascii_uppercase().contains(name), "{text} says nothing of {name}");
            "a name"
        }
        By::Epoch => "an epoch",
        By::Ago => "an ago",
        By::Reader => "the reader's",
    });
    match reading.open {
        Open::Nothing => {}
        Open::Year | Open::Day => {
            seen.insert(if reading.open == Open::Year { "no year" } else { "no date" });
            assert!(!reading.is_ahead(reading.at), "of {text} the last one was taken, and it is still to come");
        }
        Open::Time => {
            seen.insert("no time of day");
        }
    }
    // The same text at the same time is the same, blanks around it are nothing, and every sense can be told.
    assert_eq!(read(&format!("  {text} "), now, &zone).as_ref(), Ok(&reading), "{text}");
    for sense in [Sense::Read, Sense::Second, Sense::Utc] {
        let _ = reading.taken(sense).iso();
    }
    if reading.is_ahead(reading.at) {
        seen.insert("to come");
    }
    let shown = |at: Moment| at + Span::from_millis(i64::from(zone.ahead(at)) * 60_000);
    if let Some(second) = reading.second {
        seen.insert("twice");
        assert_eq!((&reading.by, shown(reading.at)), (&By::Reader, shown(second)), "{text}");
        assert!(reading.at < second && !reading.skipped, "{text}");
    }
    if reading.skipped {
        seen.insert("skipped");
        assert_eq!(reading.by, By::Reader, "{text}");
    }
    if let (By::Reader, Some(utc), false) = (&reading.by, reading.utc, reading.skipped) {
        assert_eq!(utc, shown(reading.at), "in UTC it is what the clocks showed: {text}");
    }
    if reading.by == By::Offset {
        assert_eq!((reading.utc, reading.second), (None, None), "{text}");
        // What it says is the same as when it is written as Azure does.
        let again = read(&reading.at.iso(), now, &zone).map(|again| again.at);
        let second = Moment::from_millis(reading.at.millis().div_euclid(1000) * 1000);
        // An offset leads out of the years that are read at either end of them.
        let out = [1969, 9999].contains(&reading.at.civil(0).year);
        assert!(out || again == Ok(second), "{text}: {again:?}");
    }
}
