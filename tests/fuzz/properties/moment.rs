//! Moments and lengths of time, as Azure writes them: what is printed is read back, and a length never points backwards.

use super::{Seen, Target};
use pgflex_restore::moment::{Moment, Span};

pub const TARGET: Target = Target {
    name: "moment",
    check,
    sights: &["a length, as .NET writes it", "a length, as ISO 8601 has it", "a moment", "neither"],
};

/// The first moment of the year 2, and the first of the year 10,000: between them a moment can be printed.
const YEARS: std::ops::Range<i64> = -62_104_060_800_000..253_402_300_800_000;

fn check(text: &str, seen: &mut Seen) {
    let (moment, span) = (Moment::parse(text), Span::parse(text));
    if let Some(moment) = moment.filter(|moment| YEARS.contains(&moment.millis())) {
        seen.insert("a moment");
        assert_eq!(Moment::parse(&moment.iso_ticks()), Some(moment), "{text}");
        let seconds = Moment::from_millis(moment.millis().div_euclid(1000) * 1000);
        assert_eq!(Moment::parse(&moment.iso()), Some(seconds), "{text}");
        // One that is spelled as we spell it is printed as it was.
        if text.len() == 20 && text.ends_with('Z') {
            assert_eq!(moment.iso(), text.to_ascii_uppercase());
        }
        let civil = moment.civil(0);
        let midnight = Moment::from_utc(civil.year, civil.month, civil.day, 0, 0, 0);
        assert!(midnight.is_some_and(|midnight| (0..86_400).contains(&moment.since(midnight).secs())), "{civil:?}");
    }
    if let Some(span) = span {
        assert!(span.millis() >= 0, "{text} points backwards");
        assert_eq!(span.secs(), span.millis() / 1000);
        let iso = text.trim().starts_with('P');
        seen.insert(if iso { "a length, as ISO 8601 has it" } else { "a length, as .NET writes it" });
        // The same length in seconds is the same length.
        let spelled = format!("PT{}.{:03}S", span.millis() / 1000, span.millis() % 1000);
        assert_eq!(Span::parse(&spelled), Some(span), "{text}");
    }
    if moment.is_none() && span.is_none() {
        seen.insert("neither");
    }
    assert!(moment.is_none() || span.is_none(), "{text} is a moment or a length, not both");
}
