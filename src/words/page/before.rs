//! The time before which a point is looked for, how it was read, and the points on both sides of it.

use crate::moment::{Moment, Span};
use crate::when::{By, Open, Unread};
use crate::words::time::length;

pub const BEFORE: &str = "Last point before…";
pub const BEFORE_EXAMPLES: [(&str, &str); 2] =
    [("Paste a time or a line of a log, such as ", "2026-11-11 02:41:07 CET"), (" or ", "yesterday 14:00")];
pub const NOT_A_TIME: &str = "No time is found in it yet. ";
pub const READ_AS: &str = "Read as ";
pub const READ_AS_UTC: &str = "That is in UTC, which the text does not say. ";
pub const READ_AS_SECOND: &str = "That is the second time: after the clocks were put back. ";
pub const SHOWN_TWICE: &str = "Your clocks showed that time twice, since they were put back: this is the first time. ";
pub const NEVER_SHOWN: &str =
    "Your clocks never showed that time, since they went forward over it: read as if they had not. ";
pub const TO_COME: &str = "By this computer’s clock it is still in the future. ";
pub const TAKE_UTC: &str = "Read it as UTC instead";
pub const TAKE_SECOND: &str = "Use the second time";
pub const TAKE_FIRST: &str = "Use the first time";
pub const TAKE_READ: &str = "Read it as before";

pub const BEFORE_READING: &str = "The points next to your time are shown once all points have been read.";
pub const BEFORE_UNKNOWN: &str =
    "Which points are next to your time is not known, since not all points have been read.";
pub const LAST_BEFORE_IT: &str = "Last point before";
pub const FIRST_AFTER_IT: &str = "First point after";
pub const NONE_BEFORE_IT: &str = "No complete point was made before your time";
pub const NONE_AFTER: &str = "No complete point was made after your time.";
pub const CHOOSE_THIS: &str = "Choose this one";

pub const BY_ITSELF: &str = "The server itself can go back to that very second";
pub const BY_ITSELF_SINCE: &str = "It keeps backups of its own, since ";
pub const BY_ITSELF_AT: &str = ". Taken back to ";
pub const BY_ITSELF_HOW: &str = ", one second before your time, nothing is missing. That is a new server beside it: it costs as much as any server and takes a few minutes, and no files have to be loaded.";

/// How the zone of a time is known.
pub fn zone_is_known(by: &By) -> String {
    match by {
        By::Offset => "Its zone is written in the text. ".into(),
        By::Epoch => "Seconds since 1970 are the same everywhere. ".into(),
        By::Ago => "Counted back from when you typed it. ".into(),
        By::Reader => "No zone is written in the text: read by your clock. ".into(),
        By::Name(name, 0) => format!("{name} is written in the text. "),
        By::Name(name, ahead) => {
            let side = if *ahead < 0 { "behind" } else { "ahead of" };
            let off = length(Span::from_secs(i64::from(ahead.unsigned_abs()) * 60));
            format!("{name} is written in the text: {off} {side} UTC. ")
        }
    }
}

/// What a time leaves open.
pub fn left_open(open: Open) -> &'static str {
    match open {
        Open::Nothing => "",
        Open::Year => "No year is written in it: the most recent one is used. ",
        Open::Day => "The date is not written in it: the most recent such day is used. ",
        Open::Time => "No time of day is written in it: the beginning of the day is used. ",
    }
}

/// Why a text was not read, and what to do.
pub fn unread(why: &Unread) -> String {
    match why {
        Unread::Nothing => String::new(),
        Unread::NoSuchDay => "There is no such day. Write it as year, month and day, such as 2026-11-30.".into(),
        Unread::Order => {
            "This may be two dates, since some write the month first and others the day. Write the year first, such as 2026-11-30."
                .into()
        }
        Unread::Zone(name) => format!(
            "{name} is not understood: more than one zone has that name, or it is rare. Write the offset in its place, such as +05:30."
        ),
    }
}

/// What a point that was made before a time does not have.
pub fn not_in_it_before(at: Moment, made: Moment) -> String {
    format!("{} of changes before your time are not in it.", length(at.since(made)))
}

/// How a point that was made after a time differs from what was there then.
pub fn made_after(at: Moment, made: Moment) -> String {
    format!("Made {} after your time: what was lost then is not in it.", length(made.since(at)))
}
