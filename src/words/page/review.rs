//! Check and start.

pub const REVIEW_TITLE: &str = "Review the restore";
pub const REVIEW_LEAD: &str = "Nothing has been started. Azure is asked to check first, then to restore.";
pub const IN: &str = " in ";
pub const OTHER_SUBSCRIPTION: &str = "In a different subscription from the vault: make sure that this is intended";
pub const PREFIX_IS_NEW: &str = "No file with this prefix can be there: its ending is new.";
pub const NO_TARGET: &str = "Say where the files go";
pub const NO_TARGET_MORE: &str = "A link carries no target: it is chosen by whoever starts the restore.";

pub const CHECK_THEN_START: &str = "Check, then start";
pub const CHECK: &str = "Check with Azure";
pub const START: &str = "Start restore";
pub const CHECK_MORE: &str = "Azure can check this request without starting anything. It takes about 40 s.";
pub const CHECK_FIRST: &str = "You can start once Azure has checked this request.";
pub const CHECKING: &str = "Azure is checking";
pub const CHECKING_NOW: &str = "It is being checked now.";
pub const SINCE: &str = "For ";
pub const ABOUT_40_S: &str = ". It takes about 40 s, and starts nothing.";
pub const READY: &str = "Azure would accept it";
pub const CHECKED: &str = "Checked ";
pub const WRITES: &str = "This writes the files of ";
pub const AS_OF: &str = " as of ";
pub const NO_WAY_BACK: &str = ". Your server is not touched. Azure Backup cannot stop a restore once it runs.";
pub const UNSEEN: &str = "The result of the check cannot be seen";
pub const UNSEEN_MORE: &str = "Azure accepted the request to check, but does not let this browser read where the result is. You can start without it: Azure checks again anyway, and refuses what the check would have refused.";
pub const REJECTED: &str = "Azure would refuse it";
pub const REJECTED_MORE: &str = "The reason is on this page, with what to do.";
pub const REFUSED: &str = "Azure refused to start it";
pub const FAILED_BEFORE_JOB: &str = "It failed before there was a job";
pub const STARTED: &str = "This restore was started";
pub const STARTED_MORE: &str = "It is not started a second time. Another one gets a new prefix.";
pub const WATCH: &str = "Watch progress";
pub const ANOTHER: &str = "Prepare another one";
pub const OFFLINE_BUTTON: &str = "You are offline.";

/// Where Azure restores.
pub fn where_vault_is(region: &str) -> String {
    format!("{region}, where the vault is")
}

/// The identity that the vault uses.
pub fn identity(id: &str) -> String {
    let name = id.rsplit('/').next().unwrap_or(id);
    format!("The vault writes with the user-assigned identity {name}.")
}

pub const LOOKING_FIRST: &str = "Finding out whether this point is already being restored";
pub const LOOKING_FIRST_MORE: &str = "Nothing has been sent. It starts as soon as that is known.";
pub const CANNOT_LOOK: &str = "It is not known whether this point is already being restored";
pub const CANNOT_LOOK_MORE: &str = "The vault’s jobs could not be read. Nothing was started.";
pub const RUNS_ALREADY: &str = "This point is already being restored";
pub const RUNS_ALREADY_MORE: &str =
    "Nothing was started. Azure recommends one restore of a server a day; two at once slow each other down.";
pub const THIS_JOB: &str = "This job";
pub const BEGAN: &str = " started ";
pub const STARTED_HERE: &str = "Started in this browser";
pub const IN_SPITE: &str = "Start it anyway";
pub const NOT_NOW: &str = "Do not start it";
