//! Links: what one asks for, and what is wrong with a point that it names.

use super::thousands;

pub const LINK_UNCHECKED: &str =
    "Nobody has checked who made it: compare these names with what you expect before you sign in.";
pub const LINK_TARGET: &str = "None: a link carries no target; you choose it";
pub const DO_NOT_OPEN: &str = "Do not open it";
pub const LINK_JOB: &str = "This link leads to a restore job";
pub const LINK_JOB_READ: &str = "It is read from Azure as it is now. Opening a link starts nothing and stops nothing.";
pub const LINK_SAME: &str = "Some of them are the same point. It is listed once.";
pub const LINK_READ: &str = "It is read from Azure as it is now. Opening a link starts nothing: you decide where the files go, and whether to start.";
pub const MADE_AT: &str = "made ";
pub const THE_NEWEST: &str = "Its newest point";
pub const LAST_BEFORE: &str = "Its last point before ";
pub const THAT_IS: &str = ": made ";
pub const NEXT_AFTER: &str = "The next one after that moment was made ";

pub const POINT_UNLISTED: &str = "Azure no longer lists this point";
pub const POINT_UNLISTED_MORE: &str =
    "It can still be read by its id, so it may be about to expire. Azure’s check says whether it can be restored.";
pub const POINT_UNCLEAR: &str = "This point is not in the list, and cannot be read by its id";
pub const NONE_BEFORE: &str = "There is no point before that moment";
pub const NONE_BEFORE_MORE: &str = "The oldest one that Azure lists was made later.";
pub const NONE_NEWEST: &str = "There is no complete point";
pub const NEXT_TO_IT: &str = "The points next to it:";
pub const BEFORE_IT: &str = "Before it: ";
pub const AFTER_IT: &str = "After it: ";
pub const TAKE_THIS: &str = "Use this one";

/// What a link to points asks for.
pub fn link_asks(points: usize, servers: usize, server: &str) -> String {
    let points = if points == 1 { "one point".to_string() } else { format!("{} points", thousands(points as u64)) };
    if servers == 1 {
        format!("This link asks for {points} of {server}")
    } else {
        format!("This link asks for {points} of {servers} servers")
    }
}
