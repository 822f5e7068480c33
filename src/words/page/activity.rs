//! What was started in this browser, and the restore jobs of the vaults.

use super::super::time::utc;
use super::find::counted;
use super::thousands;
use crate::moment::Moment;

pub const ACTIVITY_TITLE: &str = "Activity";
pub const ACTIVITY_LEAD: &str = "Restores started in this browser or by somebody else. Each leads to its job.";
pub const FILTER: &str = "Filter by server, vault, container, prefix or state";
pub const CLEAR_FILTER: &str = "Clear the filter";
pub const IN_THIS_BROWSER: &str = "Started in this browser";
pub const STARTED_COLUMNS: [&str; 6] = ["Server", "State", "Started", "Took", "Into", "Note"];
pub const KEPT_HERE: &str = ", noted in this browser only. Nothing secret is noted.";
pub const SO_FAR: &str = " so far";

pub const FORGET: &str = "Forget";
pub const FORGET_ALL: &str = "Forget all of them";
pub const FORGET_IT_ALL_THE_SAME: &str = "Forget it anyway";
pub const FORGET_ALL_THE_SAME: &str = "Forget them anyway";
pub const KEEP_IT: &str = "Keep it";
pub const KEEP_THEM: &str = "Keep them";
pub const HAS_NOT_ENDED: &str =
    "It has not ended. Its job goes on in Azure, but this browser will no longer follow or list it.";
pub const HAS_ENDED: &str = "It has ended meanwhile.";
pub const HAVE_NOT_ENDED_MORE: &str = "Their jobs go on in Azure, but this browser will no longer follow or list them.";

pub const JOBS_OF_VAULTS: &str = "Restore jobs of the vaults";
pub const JOBS_COLUMNS: [&str; 5] = ["Server", "State", "Started", "Took", "Into"];
pub const JOBS_MORE: &str = "From the last 14 days, whoever started them. Each row is a link that another person can open if they can read the vault.";
pub const BEGUN_HERE: &str = "started here";
pub const OF_JOBS: &str = "jobs";
pub const NO_JOB: &str = "No restore in the last 14 days";
pub const NO_JOB_MORE: &str =
    "Nobody has started one in any of the vaults that were read. The portal lists the jobs of each vault.";
pub const JOBS_LAG: &str = "From Azure Resource Graph, which is a few minutes behind and leaves out what you cannot see. The vaults’ own lists show more, vault by vault.";
pub const READ_LISTS: &str = "Read the vaults’ own lists";
pub const LISTS_READ: &str = "Read vault by vault";
pub const NOTHING_READ: &str = "The restore jobs could not be read";
pub const LISTS_REFUSED: &str =
    "Azure Resource Graph, which knows the jobs of all vaults at once, did not answer for your account. ";
pub const LISTS_EMPTY: &str = "Azure Resource Graph listed no restore, which proves nothing: it can lag behind. ";
pub const LISTS_LACK: &str = "These lists do not name point, container or prefix; the page of a job does.";
pub const NO_VAULT: &str = "No vault is known here yet, so none could be asked directly. “Find a server” finds them.";
pub const YOU_MAY_NOT_LIST: (&str, &str) = ("You are not allowed to list the jobs of ", ". Ask for ");

/// `1 restore`, `14 restores`; of so many, where they are filtered.
pub fn restores(shown: usize, all: usize) -> String {
    of_all(shown, all, "restore")
}

/// The same of jobs.
pub fn restore_jobs(shown: usize, all: usize) -> String {
    of_all(shown, all, "restore job")
}

fn of_all(shown: usize, all: usize, what: &str) -> String {
    let counted = counted(all, what);
    if shown == all { counted } else { format!("{} of {counted}", thousands(shown as u64)) }
}

/// Below a server: its vault, and when the point was made.
pub fn of_point(vault: &str, made: Option<Moment>) -> String {
    match made {
        Some(made) => format!("{vault} · point of {}", utc(made)),
        None => vault.to_string(),
    }
}

/// How many lists were read.
pub fn lists_read(done: usize, vaults: usize) -> String {
    format!("Read from {} of {} known here. ", thousands(done as u64), counted(vaults, "vault"))
}

/// Some were to be forgotten, and have not ended.
pub fn have_not_ended(count: usize) -> String {
    match count {
        0 => "All of them have ended meanwhile".into(),
        1 => "1 of them has not ended".into(),
        _ => format!("{} of them have not ended", thousands(count as u64)),
    }
}

/// Nothing matches.
pub fn none_matches(text: &str) -> String {
    format!("Nothing here matches “{}”.", text.trim())
}
