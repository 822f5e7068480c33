//! The recovery points of an instance.

use super::thousands;

pub const SERVER_GONE: &str = "The server no longer exists; its backups can be restored";
pub const IN_TIME: &str = "Do you need a later moment than this point?";
pub const IN_TIME_ITSELF: &str = "The server can go back in time by itself";
pub const IN_TIME_SINCE: &str = "The server keeps backups of its own. It can go back to any moment since ";
pub const IN_TIME_HOW: &str =
    ", up to some minutes ago, as a new server beside it: no change is missing, and no files have to be loaded.";
pub const IN_TIME_MOMENT: &str = "Put the moment that you need in place of the one in the command (UTC).";

pub const ALL_POINTS: &str = "All points";
pub const OF_POINTS: &str = "recovery points";
pub const CHOOSE_POINT: &str = "Choose a point";
pub const CHOOSE_POINT_MORE: &str =
    "What is changed after a point is not in it: mostly the last one before the mishap is right.";
pub const CHOSEN_POINT: &str = "Chosen point";
pub const CHOOSE_TARGET: &str = "Choose a target";
pub const UNDELETE_FIRST: &str = "The backup has to be undeleted first.";
pub const GAP_BEFORE: &str = "Changes after it (";
pub const GAP_AFTER: &str = ") ";
pub const NOT_IN_IT: &str = "are not in it.";
pub const AVAILABLE: &str = "Available";
pub const PARTIAL: &str = "Partial";
pub const POINT_NOT_YET: &str = "It has not come yet: the list is still being read.";
pub const POINT_BY_ID: &str = "The list does not have it. Azure is being asked for it by its id.";
pub const POINT_GONE: &str = "This point is not there any more";
pub const POINT_GONE_MORE: &str = "It is not among the points that Azure keeps of this server: it has expired or was deleted, or the link was changed.";
pub const SHOW_POINTS: &str = "Show the points that are there";
pub const OTHER_KIND: &str = "This is not the backup of a flexible server";
pub const SHOW_SERVERS: &str = "Show the vault’s servers";
pub const SOFT_DELETED: &str = "The backup is soft-deleted";
pub const SOFT_DELETED_MORE: &str = "Azure keeps its points for a while. Undelete it in the vault, then restore.";
pub const NO_POINTS: &str = "No point yet";
pub const NO_POINTS_MORE: &str =
    "Its protection may have begun only now; the first backup is made at the time that its policy names.";

/// The policy that makes the backups.
pub fn policy(name: &str) -> String {
    format!("Policy {name}")
}

/// How many points there are, in which order.
pub fn points_lead(count: usize, whole: bool, expiry: bool) -> String {
    let so_far = if whole { "" } else { " so far" };
    let expiry = if expiry { "" } else { " Azure sends no expiry times for this server." };
    format!("{}{so_far}, newest first.{expiry}", thousands(count as u64))
}

/// `Full, vault tier`
pub fn kind_and_tier(kind: &str, tier: &str) -> String {
    match (kind, tier) {
        ("", "") => "not said".into(),
        ("", tier) => format!("{tier} tier"),
        (kind, "") => kind.into(),
        (kind, tier) => format!("{kind}, {} tier", tier.to_ascii_lowercase()),
    }
}
