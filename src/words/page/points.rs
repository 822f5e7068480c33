//! The recovery points of an instance.

use super::thousands;
use crate::moment::{Moment, Span};
use crate::words::labels;
use crate::words::time::{length, spoken, utc};

pub const SERVER_GONE: &str = "The server no longer exists; its backups can be restored";
pub const IN_TIME: &str = "Do you need a later moment than this point?";
pub const IN_TIME_ITSELF: &str = "The server can go back in time by itself";
pub const IN_TIME_SINCE: &str = "The server keeps backups of its own. It can go back to any moment since ";
pub const IN_TIME_HOW: &str =
    ", up to a few minutes ago, as a new server beside it: no change is missing, and no files have to be loaded.";
pub const IN_TIME_MOMENT: &str = "Put the moment that you need in place of the one in the command (UTC).";

pub const OF_POINTS: &str = "recovery points";
pub const CHOOSE_POINT: &str = "Choose a point";
pub const CHOOSE_POINT_MORE: &str =
    "Changes made after a point are not in it: usually the last point before the incident is the right one.";
pub const CHOSEN_POINT: &str = "Chosen point";
pub const CHOOSE_TARGET: &str = "Choose a target";
pub const UNDELETE_FIRST: &str = "The backup has to be undeleted first.";
pub const GAP_BEFORE: &str = "Changes after it (";
pub const GAP_AFTER: &str = ") ";
pub const NOT_IN_IT: &str = "are not in it.";
pub const PARTIAL: &str = "Partial";
pub const PARTIAL_MORE: &str = "Azure did not back up everything at that time: some of the data may not be in it.";
pub const NEWEST_FIRST: &str = "newest first";
pub const OLDEST_FIRST: &str = "oldest first";
pub const ORDER: &str = "Order";
pub const FILTER_POINTS: &str = "Only points with";
pub const FILTER_POINTS_MORE: &str = "Words from their rows: 2026-10, partial";
pub const NO_POINT_MATCHES_MORE: &str = "Date and time (UTC), month, state, type, tier and tag were searched.";
pub const CHOSEN_NOT_LISTED: &str = "The chosen point is not among them. ";
pub const SHOW_IT: &str = "Show it";
pub const SHOW_ALL: &str = "Show all";
pub const NEWEST: &str = "Choose the newest";
pub const A_POINT: &str = "Point";
pub const IN_VAULT: &str = "Vault tier";
pub const IN_ARCHIVE: &str = "Archive tier";
pub const CHOSEN: &str = "Chosen";
pub const MISSING_POINTS: &str = "Missing";
pub const YOUR_TIME: &str = "Your time";
pub const OWN_BACKUPS: &str = "Server’s own backups";
pub const NO_POINT_SINCE: &str = "No point since";
pub const NONE_MISSING: &str = " None of these is missing.";
pub const NOT_JUDGED: &str = "Whether points are missing is not known: that needs the policy.";
pub const POINT_NOT_YET: &str = "It has not come yet: the list is still being read.";
pub const POINT_BY_ID: &str = "The list does not have it. Azure is being asked for it by its id.";
pub const POINT_GONE: &str = "This point no longer exists";
pub const POINT_GONE_MORE: &str = "It is not among the points that Azure keeps of this server: it has expired or was deleted, or the link was changed.";
pub const SHOW_POINTS: &str = "Show the points that are there";
pub const OTHER_KIND: &str = "This is not the backup of a flexible server";
pub const SHOW_SERVERS: &str = "Show the vault’s servers";
pub const SOFT_DELETED: &str = "The backup is soft-deleted";
pub const SOFT_DELETED_MORE: &str = "Azure keeps its points for a while. Undelete it in the vault, then restore.";
pub const NO_POINTS: &str = "No point yet";
pub const NO_POINTS_MORE: &str =
    "Its protection may have begun only recently; the first backup is made at the time set in its policy.";

/// The policy that makes the backups.
pub fn policy(name: &str) -> String {
    format!("Policy {name}")
}

/// How many points are listed, of how many, and in which order.
pub fn points_lead((listed, all): (usize, usize), whole: bool, filter: &str, order: &str, expiry: bool) -> String {
    let so_far = if whole { "" } else { " so far" };
    let expiry = if expiry { "" } else { " Azure sends no expiry times for this server." };
    let of = if listed == all { String::new() } else { format!(" of {}", thousands(all as u64)) };
    let with = if filter.is_empty() { String::new() } else { format!(" with “{filter}”") };
    format!("{}{of}{so_far}{with}, {order}.{expiry}", thousands(listed as u64))
}

/// The first letter is a capital.
pub fn begins_large(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| [&first.to_uppercase().to_string(), letters.as_str()].concat())
}

/// The list's heading.
pub fn points_title(range: &str, all: bool) -> String {
    match range {
        _ if all => "All points".into(),
        "365" => "Points of the last year".into(),
        days => format!("Points of the last {days} days"),
    }
}

/// No row is left.
pub fn no_point_matches(filter: &str) -> String {
    format!("No point shown matches “{}”", filter.trim())
}

/// How far back points are shown.
pub fn range(name: &str) -> String {
    match name {
        "365" => "1 year".into(),
        "all" => "All".into(),
        days => format!("{days} days"),
    }
}

/// The timeline's heading.
pub fn timeline(month: &str) -> String {
    format!("Points, {month} to now")
}

/// What stands above a month: `Dec`, and with its year where that begins.
pub fn plot(month: &str, first: bool) -> String {
    let (name, year) = month.split_once(' ').unwrap_or((month, ""));
    let short = name.get(..3).unwrap_or(name);
    if first || short == "Jan" { format!("{short} {year}") } else { short.into() }
}

/// `November 2026, 3 points`
pub fn plot_of(month: &str, count: usize) -> String {
    format!("{month}, {}", labels::points(count))
}

/// A month that has no room for its marks.
pub fn crowd(count: usize) -> String {
    format!("{}: see the list", labels::points(count))
}

/// All that is to be said of a mark.
pub fn mark(made: Moment, state: &str, tier: &str, tag: &str) -> String {
    let mut says = [&spoken(made), ", ", state, ", ", tier].concat();
    if !tag.is_empty() {
        says.push_str(", ");
        says.push_str(tag);
    }
    says
}

/// How many are missing.
pub fn missing(count: i64) -> String {
    format!("{count} missing")
}

/// The same, of the point that follows.
pub fn missing_before(count: i64) -> String {
    format!(", {count} missing before it")
}

/// The same, of the newest point.
pub fn missing_since(count: i64) -> String {
    format!(", {count} missing since")
}

/// How many should have been made since the newest.
pub fn should_be(count: i64) -> String {
    match count {
        1 => ". By its policy one should have been made since.".into(),
        _ => format!(". By its policy {count} should have been made since."),
    }
}

/// How often the policy makes a point.
pub fn every(every: Span) -> String {
    let (days, rest) = (every.secs() / 86_400, every.secs() % 86_400);
    let every = match (days, rest) {
        (1, 0) => "day".to_string(),
        (days, 0) => format!("{days} days"),
        _ => length(every),
    };
    format!("By its policy a point is made every {every}.")
}

/// Where points are missing.
pub fn between(after: Moment, before: Moment) -> String {
    let day = |at| utc(at).get(..10).unwrap_or_default().to_string();
    format!(" between {} and {}", day(after), day(before))
}

/// There are more gaps than are told.
pub fn more_gaps(count: usize) -> String {
    if count == 1 { " and in one more place".into() } else { format!(" and in {count} more places") }
}

/// How many points are older than what is shown.
pub fn older(count: usize) -> String {
    let are = if count == 1 { "older point is" } else { "older points are" };
    format!("{} {are} not shown. ", thousands(count as u64))
}

/// Not all points have a mark.
pub fn newest_drawn(count: usize) -> String {
    format!("The timeline has room for the newest {count}; the list has all of them.")
}

/// Points with other tags than most.
pub fn tagged(tags: &str) -> String {
    format!("Tag {tags}")
}

/// `Full, vault tier`
pub fn kind_and_tier(kind: &str, tier: &str) -> String {
    match (kind, tier) {
        ("", "") => "unknown".into(),
        ("", tier) => format!("{tier} tier"),
        (kind, "") => kind.into(),
        (kind, tier) => format!("{kind}, {} tier", tier.to_ascii_lowercase()),
    }
}
