//! Which response headers this browser shows: for the first operator of a cloud, and for reports of faults.

pub const SHOWN: &str = "What this browser shows of Azure’s answers";
pub const SHOWN_MORE: &str = "A browser hides response headers unless Azure releases them. These were shown since this page was loaded: their names, never what they say.";
pub const NOTHING_ASKED: &str = "Nothing was asked of Azure yet. Open a server’s points, or a job, and come back.";
pub const HIDDEN: &str = "hidden: ";

/// The kinds of answer.
pub const ANSWERS: [&str; 8] = [
    "List or other read",
    "Check, accepted (202)",
    "Restore, accepted (202)",
    "Status of an operation",
    "Job",
    "Sign-in refused (401)",
    "Too many requests (429)",
    "Other refusal",
];

pub const CHECK_UNSEEN: &str = "The result of a check cannot be seen. A restore can be started anyway.";
pub const FOUND_BY_PREFIX: &str = "A restore cannot be followed to its job: it is found by its file prefix instead.";
pub const WAIT_UNKNOWN: &str = "How long Azure wants us to wait is not known: this program waits by its own measure.";
pub const PROOF_UNKNOWN: &str =
    "What Azure wants to have proven at a sign-in cannot be read: a second factor is asked for instead.";
