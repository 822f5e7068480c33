//! What is kept of a restore: the words of the incident summary, and of the card that offers it.

use super::progress::size;
use super::thousands;

pub const FOR_THE_RECORD: &str = "For the record";
pub const FOR_THE_RECORD_MORE: &str =
    "What was restored, from when, where to, by which job, and what is not in it. It names who is signed in.";
pub const COPY_SUMMARY: &str = "Copy the incident summary";
pub const COPY_RECORD: &str = "Copy the record as JSON";
pub const PRINT: &str = "Print this page";
pub const SUMMARY: &str = "Incident summary";
pub const THE_SUMMARY: &str = "the summary";
pub const RECORD_AS_JSON: &str = "The record as JSON";
pub const THE_RECORD: &str = "the record";

pub const RECORD_SIMULATED: &str = "Simulated: neither the server nor the files exist";
pub const RECORD_RESULT: &str = "Result";
pub const RECORD_CAUSE: &str = "Cause";
pub const RECORD_WARNING: &str = "Warning";
pub const RECORD_POINT: &str = "Point";
pub const RECORD_LACKS: &str = "Not in the files";
pub const RECORD_AFTER: &str = "changes after ";
pub const RECORD_VAULT: &str = "Vault";
pub const RECORD_GROUP: &str = "resource group ";
pub const RECORD_SUBSCRIPTION: &str = "subscription ";
pub const RECORD_FILES: &str = "Files";
pub const RECORD_LEFT_OVER: &str = "Files that may be left";
pub const RECORD_CHECKED: &str = "Checked by Azure, which would accept it";
pub const RECORD_TOOK: &str = "took ";
pub const RECORD_REQUESTED: &str = "Requested";
pub const RECORD_BEGAN: &str = "Started";
pub const RECORD_ENDED: &str = "Ended";
pub const RECORD_JOB: &str = "Job";
pub const RECORD_ACTIVITY: &str = "Activity id";
pub const RECORD_REQUEST: &str = "Request id";
pub const RECORD_STARTED_BY: &str = "Started by";
pub const RECORD_MADE: &str = "Recorded";
pub const RECORD_BY: &str = "by ";
pub const RECORD_WITH: &str = "with PG Flex Restore ";

/// The summary's heading, in front of the server's name.
pub const RECORD_TITLE: &str = "## Restore of ";

/// `17.4 GiB (18 734 612 992 bytes)`
pub fn written_bytes(bytes: u64) -> String {
    let (short, long) = (size(bytes), format!("{} bytes", thousands(bytes)));
    if short == long { long } else { format!("{short} ({long})") }
}
