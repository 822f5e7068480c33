//! The person's time zone: how far ahead of UTC it was, or will be, at a given moment, and what it is called then.

use super::js::{object, text};
use crate::moment::{Moment, Span};
use crate::when;
use js_sys::Intl::DateTimeFormat;
use js_sys::{Array, Date};
use wasm_bindgen::{JsCast, JsValue};

/// A time zone as the browser knows it. Its formatters are made once: making one costs more than using it.
pub struct Zone {
    offset: DateTimeFormat,
    names: [DateTimeFormat; 2],
}

impl Zone {
    /// The browser's own zone, or the named one (`Europe/Berlin`).
    pub fn new(name: Option<&str>) -> Self {
        let formatter = |locale: &str, style: &str| {
            let options = object([("timeZoneName", style.into()), ("hour", "2-digit".into())]);
            if let Some(name) = name {
                let _ = js_sys::Reflect::set(&options, &"timeZone".into(), &name.into());
            }
            DateTimeFormat::new(&Array::of1(&locale.into()), &options)
        };
        // The page speaks English. British English knows the names of Europe's zones and American English those of
        // America's; each writes `GMT+1` for the other's.
        Zone {
            offset: formatter("en-GB", "longOffset"),
            names: ["en-GB", "en-US"].map(|locale| formatter(locale, "short")),
        }
    }

    /// Minutes ahead of UTC at this moment, and the zone's name then: `CET`, `CEST`, `GMT+5:30`.
    pub fn at(&self, moment: Moment) -> (i32, String) {
        let date = date(moment);
        let offset = zone_part(&self.offset, &date).unwrap_or_default();
        let mut names = self.names.iter().filter_map(|names| zone_part(names, &date));
        let first = names.next();
        let proper = |name: &String| !name.contains(['+', '-', '\u{2212}']);
        let name = match (first, names.next()) {
            (Some(first), Some(second)) if !proper(&first) && proper(&second) => second,
            (Some(first), _) => first,
            (None, _) => "UTC".to_string(),
        };
        (minutes(&offset).unwrap_or(0), name)
    }
}

/// The oldest point is kept for ten years.
const BACK: Span = Span::from_secs(12 * 366 * 86_400);
const ON: Span = Span::from_secs(2 * 366 * 86_400);

/// The browser's own zone as a table, for times that are typed. Not by a formatter: that would take a hundred times as
/// long.
pub fn table(now: Moment) -> when::Zone {
    when::Zone::probe(now - BACK, now + ON, &|at| -(date(at).get_timezone_offset() as i32))
}

fn date(at: Moment) -> Date {
    Date::new(&JsValue::from_f64(at.millis() as f64))
}

/// `GMT`, `GMT+01:00`, `GMT-03:30`
fn minutes(offset: &str) -> Option<i32> {
    let rest = offset.strip_prefix("GMT")?.replace('\u{2212}', "-");
    if rest.is_empty() {
        return Some(0);
    }
    let (sign, rest) = match rest.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, rest.strip_prefix('+')?),
    };
    // Before zones were agreed on, places were off by seconds: `GMT+00:53:28`. Those are cut.
    let mut parts = rest.split(':').map(str::parse::<i32>);
    let hours = parts.next()?.ok()?;
    let minutes = parts.next().and_then(Result::ok).unwrap_or(0);
    Some(sign * (hours * 60 + minutes))
}

fn zone_part(formatter: &DateTimeFormat, date: &Date) -> Option<String> {
    let parts = formatter.format_to_parts(date);
    let part = parts.iter().find(|part| text(part, "type").as_deref() == Some("timeZoneName"))?;
    text(part.unchecked_ref(), "value")
}
