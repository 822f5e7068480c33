//! A restore from its start to its end, and the list of restores started here.

use super::super::time::length;
use super::thousands;
use crate::moment::Span;

pub const SENDING: &str = "The request is on its way";
pub const SENDING_MORE: &str = "It is sent once. Please leave this page open until Azure has answered.";
pub const ACCEPTED: &str = "Azure accepted the request";
pub const ACCEPTED_MORE: &str = "It is creating a job for it, which takes a few seconds.";
pub const CARRIES_ON: &str = "It is noted in this browser.";
pub const CARRIES_ON_MORE: &str = "If this page closes now, “Activity” finds the restore again by its file prefix.";
pub const NOT_KEPT: &str = "This browser keeps no notes.";
pub const NOT_KEPT_MORE: &str =
    "Its storage is full or switched off. Keep the address of this page: it leads back to this restore.";
pub const UNSURE: &str = "We do not know whether Azure heard us";
pub const UNSURE_MORE: &str = "No answer says so. The request is not sent again; this page looks for its job.";
pub const FINDING: &str = "Azure accepted the request; looking for its job";
pub const FINDING_MORE: &str = "Azure accepted it, but did not let this browser read which job it became.";
pub const TAKEN_NOT_FOUND: &str = "Azure accepted the request, but its job was not found";
pub const TAKEN_NOT_FOUND_MORE: &str = "The job may be running, so the restore is not started again from here. Look again later, or look among the vault’s jobs in the portal.";
pub const NOT_FOUND: &str = "No job was found for this restore";
pub const NOT_FOUND_MORE: &str = "No answer says that Azure accepted it, and no job with its prefix has turned up. Most likely the request never arrived.";
pub const LEFT_AT: &str = "The request to start left this browser at ";
pub const PREFIX_IS: &str = "The prefix is ";
pub const GIVES_UP: &str = "Gives up ";
pub const LOOK_NOW: &str = "Look now";
pub const LOOK_AGAIN: &str = "Look again";
pub const LOOK_FIRST: &str = "The vault’s jobs have to be read first.";
pub const STARTED_ELSEWHERE: &str = "Only the browser that sent it knows the whole request.";
pub const START_AGAIN: &str = "Start it again, with the same prefix";
pub const SECOND_TRY: &str =
    "A second try keeps the prefix: if the first one did arrive after all, Azure refuses the second.";
pub const NOTHING_STARTED: &str = "Nothing was started.";
pub const PERHAPS_STARTED: &str = "Looking through the vault’s jobs to see whether it was started after all…";
pub const JOBS_UNREAD: &str = "Whether it was started after all is not known: the vault’s jobs could not be read.";
pub const BACK_TO_REVIEW: &str = "Review again";

pub const JOB_TITLE: &str = "Restore job";
pub const READING_JOB: &str = "Reading the job…";
pub const NOT_A_RESTORE_MORE: &str = "This page follows restores. The portal shows jobs of other kinds.";
pub const POINT_OF: &str = "Point of ";
pub const INTO: &str = ", into ";
pub const WRITING: &str = "Azure Backup is writing the files";
pub const WAS_WRITING: &str = "When Azure last answered, it was writing the files";
pub const HOW_FAR: &str = "Azure does not say how far it has got. ";
pub const HOW_LONG: &str = "Small servers take minutes, large ones hours.";
pub const ASK_NOW: &str = "Ask now";
pub const CLOSE_TAB: &str = "You can close this tab; Azure carries on.";
/// Each tab of the simulation has an Azure of its own.
pub const CLOSE_TAB_DEMO: &str = "For real, the address of this page leads back to this job, for you or for a colleague who can read the vault. In the simulation it does so in this tab alone.";
pub const CLOSE_TAB_MORE: &str =
    "The address of this page leads back to this job, for you or for a colleague who can read the vault.";
pub const IN_PORTAL: &str = "Open in the portal";
pub const NO_PORTAL: &str = "The simulated Azure has no portal.";

pub const WITH_WARNINGS: &str = "Completed with warnings";
pub const WITH_WARNINGS_TITLE: &str = "Finished, with warnings";
pub const WITH_WARNINGS_MORE: &str =
    "The files are there, but Azure left something out. Read this before you load them.";
pub const ANOTHER_POINT: &str = "Restore another point";

pub const CANCELLED: &str = "Cancelled";
pub const WHAT_TO_DO: &str = "What to do";
pub const DO_CAUSE: &str = "Look at the cause below and put it right.";
pub const DO_AGAIN: &str = "Restore again with a new prefix. Files of this attempt may be left: ";
pub const DO_AGAIN_MORE: &str = ". Nothing overwrites or removes them.";
pub const DO_SUPPORT: &str = "If it fails again, give the ids on this page to Azure support.";
pub const NEW_PREFIX: &str = "Restore again with a new prefix";
pub const OTHER_TARGET: &str = "Choose another target";
pub const NOT_NAMED: &str = "Azure does not say which point this job restored.";
pub const CAUSES: &str = "Azure’s errors, deepest cause first";

pub const HAPPENED: &str = "What has happened";
pub const AZURE_CHECKED: &str = "Azure checked the request";
pub const REQUEST_LEFT: &str = "The request left this browser";
pub const AZURE_ACCEPTED: &str = "Azure accepted the request";
pub const AZURE_REFUSED: &str = "Azure refused the request";
pub const NO_ANSWER_CAME: &str = "No answer says whether Azure accepted it";
pub const JOB_KNOWN: &str = "The job is known";
pub const JOB_RUNS: &str = "The job is running";
pub const JOB_BEGAN: &str = "The job started";
pub const JOB_FAILED: &str = "The job failed";
pub const FILES_ARE_THERE: &str = "The files are in the container";
pub const NOT_YET: &str = "Not yet";
pub const IN_PROGRESS: &str = "in progress";
pub const TASK_DONE: &str = "done";

pub const IDS: &str = "Ids";
pub const OUR_REQUEST: &str = "Request id";
pub const FROM_AND_TO: &str = "From and to";

pub const NOTHING_KEPT_MORE: &str = "Its storage is full or switched off, so what is started now is not listed later. The address of a restore’s page leads back to it.";
pub const NO_ACTIVITY: &str = "Nothing was started in this browser";
pub const NO_ACTIVITY_MORE: &str = "A restore that you start is listed here at once, before Azure has answered.";
pub const UNREADABLE: &str = "Some notes of this browser could not be read";
pub const UNREADABLE_MORE: &str = "They are damaged, or of another version of this page. They were left as they are; the portal lists the vault’s jobs.";
pub const TWIN: &str = "Azure started this restore twice";
pub const TWIN_WHY: &str =
    "Its request reached Azure twice: a browser may send one again by itself, and so may a person with a second try. ";
pub const TWIN_MORE: &str =
    "Only one of the two jobs writes the files; the other one fails, since it overwrites nothing. ";
pub const TWIN_FAILED: &str =
    "This job failed because the other one writes, or has written, the same files: that one counts. ";
pub const TWIN_LINK: &str = "The other job";
pub const TWIN_STATE: &str = ": ";
pub const TWIN_UNREAD: &str = "not read yet";
pub const TAKEN_UP: &str = "Restores that had not ended when this page was last open";

/// How a job stands, in the middle of a sentence.
pub const RUNS: &str = "in progress";
pub const DID_COMPLETE: &str = "completed";
pub const DID_WARN: &str = "completed with warnings";
pub const DID_FAIL: &str = "failed";
pub const WAS_CANCELLED: &str = "cancelled";

/// How a restore that was started here stands.
pub const NOT_STARTED: &str = "Not started";
pub const IS_RUNNING: &str = "In progress";
pub const JOB_IS_GONE: &str = "Azure no longer knows its job";
pub const NEVER_FOUND: &str = "Its job was never found";
pub const BEING_READ: &str = "Its job is being read";
pub const BEING_SOUGHT: &str = "Looking for its job";
pub const NOT_FOUND_YET: &str = "Its job was not found";
pub const ON_ITS_WAY: &str = "Being started";
pub const NOT_KNOWN: &str = "Not known";

/// The heading while it goes on.
pub fn restoring(server: &str) -> String {
    format!("Restoring {server}")
}

/// The heading at a good end.
pub fn files_of(server: &str) -> String {
    format!("The files of {server} are in the container")
}

/// The heading at a bad end.
pub fn failed(server: &str) -> String {
    format!("The restore of {server} failed")
}

/// The heading of a job that somebody stopped.
pub fn cancelled(server: &str) -> String {
    format!("The restore of {server} was cancelled")
}

/// The heading of a job of another kind, by Azure's word for it, such as `Backup`, where it has one.
pub fn not_a_restore(category: &str) -> String {
    let colon = if category.is_empty() { "" } else { ": " };
    format!("This job is not a restore{colon}{category}")
}

/// *Failed* `after 9 min 4 s`
pub fn after(length: &str) -> String {
    format!("after {length}")
}

/// `17.4 GiB in 48 min 11 s`, as far as it is known.
pub fn how_much(bytes: Option<u64>, took: Option<Span>) -> String {
    match (bytes, took) {
        (Some(bytes), Some(took)) => format!("{} in {}", size(bytes), length(took)),
        (Some(bytes), None) => size(bytes),
        (None, Some(took)) => format!("in {}", length(took)),
        (None, None) => String::new(),
    }
}

/// How much has come so far, by Azure's word.
pub fn so_far(bytes: u64) -> String {
    format!("Azure says {} so far, but not of how much. ", size(bytes))
}

/// How long this server's restores took that are known, the last one first: how long each, and how much it wrote.
pub fn usual(took: &[(Span, Option<u64>)]) -> String {
    let spans = || took.iter().map(|(span, _)| *span);
    match (took, spans().min(), spans().max()) {
        ([(span, bytes)], ..) => {
            let size = bytes.map(|bytes| format!(", for {}", size(bytes))).unwrap_or_default();
            format!("The last restore of this server took {}{size}.", length(*span))
        }
        (all, Some(least), Some(most)) => {
            let (count, least, most) = (all.len(), length(least), length(most));
            format!("The last {count} restores of this server took between {least} and {most}.")
        }
        _ => HOW_LONG.to_string(),
    }
}

/// A size in the unit that leaves up to three digits before the point: `69 827 bytes`, `17.4 GiB`.
pub(super) fn size(bytes: u64) -> String {
    const UNITS: [&str; 5] = ["KiB", "MiB", "GiB", "TiB", "PiB"];
    if bytes < 1024 * 1024 {
        return format!("{} bytes", thousands(bytes));
    }
    let (mut tenths, mut unit) = (bytes.saturating_mul(10) / 1024, 0);
    while tenths >= 10_240 && unit + 1 < UNITS.len() {
        tenths /= 1024;
        unit += 1;
    }
    format!("{}.{} {}", tenths / 10, tenths % 10, UNITS.get(unit).copied().unwrap_or_default())
}

/// `Task 1, “Trigger Restore”: in progress`
pub fn task(id: i64, name: &str, word: &str) -> String {
    format!("Task {id}, “{name}”: {word}")
}

/// How often the jobs were looked through.
pub fn looks(count: u32) -> String {
    match count {
        0 => "Looking through the vault’s jobs.".into(),
        1 => "Looked through the vault’s jobs once.".into(),
        count => format!("Looked through the vault’s jobs {count} times."),
    }
}
