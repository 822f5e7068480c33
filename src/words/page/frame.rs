//! What stands on every page, and words that several pages share.

pub const FIND: &str = "Find";
pub const ACTIVITY: &str = "Activity";
pub const ABOUT: &str = "About this host";
pub const STEPS: [&str; 5] = ["Server", "Point", "Target", "Review", "Restore"];

pub const SIMULATION: &str = "Simulated Azure.";
pub const SIMULATION_MORE: &str = " Nothing here is real and nothing leaves this browser. Time runs faster. ";
pub const LEAVE_SIMULATION: &str = "Leave the simulation";
pub const FOOT_SIMULATED: &str = "Simulated Azure · no request leaves this browser";
pub const FOOT_UNCONFIGURED: &str = "No cloud configured · no telemetry, no server of its own";

pub const NO_ACCOUNT: &str = "No account needed";
pub const SIGN_OUT: &str = "Sign out";
pub const SIGN_IN: &str = "Sign in";
pub const SIGNED_OUT: &str = "Signed out";
pub const SIGNING_IN: &str = "On the way…";

pub const COPIED: &str = "Copied.";
pub const NOT_COPIED: &str = "This browser does not allow copying. Select the text and copy it by hand.";
pub const FORGOTTEN: &str = "This browser’s list of restores is empty now.";
pub const FORGOTTEN_ONE: &str = "This browser has forgotten it.";

pub const SHORTCUTS: &str = "Keyboard shortcuts";
pub const KEYS: [(&str, &str); 4] = [
    ("/", "To the search of this page; from elsewhere, to that of the servers"),
    ("?", "This list"),
    ("Tab", "To the next control; with Shift, to the previous one"),
    ("↑ ↓ ← →", "Among the points of a list or a timeline, and among the choices of a field"),
];

pub const SOURCE: &str = "Source";
pub const TARGET: &str = "Target";
pub const SERVER: &str = "Server";
pub const VAULT: &str = "Vault";
pub const POINT: &str = "Point";
pub const POINT_ID: &str = "Point id";
pub const CONTAINER: &str = "Container";
pub const FILE_PREFIX: &str = "File prefix";
pub const REGION: &str = "Region";
pub const JOB: &str = "Job";
pub const SUBSCRIPTION: &str = "Subscription";
pub const RESOURCE_GROUP: &str = "Resource group";
pub const BACKUP_INSTANCE: &str = "Backup instance";
pub const STATE: &str = "State";
pub const TYPE: &str = "Type";
pub const TAG: &str = "Tag";
pub const EXPIRES: &str = "Expires";
pub const COMPLETED: &str = "Completed";
pub const FAILED: &str = "Failed";
pub const CHANGE: &str = "Change";
pub const CHANGE_SERVER: &str = " the server";
pub const CHANGE_POINT: &str = " the point";
pub const CHANGE_CONTAINER: &str = " the container";
pub const CHANGE_PREFIX: &str = " the prefix";
pub const CHANGE_REGION: &str = " the region";
pub const CODE: &str = "Code";

pub const TRY_AGAIN: &str = "Try again";
pub const SIGN_IN_AGAIN: &str = "Sign in again";
pub const SIGN_IN_MORE: &str = "Sign in with more proof";
pub const SIGN_IN_OTHER: &str = "Sign in with another account";
pub const ASKS_AGAIN: &str = "Asks again ";
pub const AZURE_SAID: &str = "Azure said ";
pub const AZURE_ANSWERED: &str = "Azure last answered ";
pub const OFFLINE_FOR: &str = "Offline for ";
pub const AZURE_SAYS: &str = "Azure says: ";
pub const AZURE_ADVISES: &str = "What Azure advises";
pub const WHAT_AZURE_SENT: &str = "What Azure sent";
pub const ANSWER: &str = "the answer";
pub const WHO: &str = "Who";
pub const NEEDS: &str = "Needs";
pub const WHERE: &str = "Where";
pub const THE_CAUSE: &str = "The cause";
pub const REPORTED_AS: &str = "reported as";
pub const DEEPEST: &str = "deepest";
pub const ABOVE_IT: &str = "above it";
pub const ON_TOP: &str = "on top";
pub const ACTIVITY_ID: &str = "Activity id";
pub const SKIPPED_MORE: &str =
    "Something that this page needs is missing there, such as an id or a time. The portal may show more.";

/// The program's version, at the foot of every page.
pub fn version() -> String {
    format!("Version {}", env!("CARGO_PKG_VERSION"))
}

/// A link to where people ask for help, without words of the administrator's.
pub const GET_HELP: &str = "Get help";

/// The line at the foot: which cloud.
pub fn foot(cloud: &str, host: &str) -> String {
    format!("{cloud} · {host} · no telemetry, no server of its own")
}

/// Azure's own words.
pub fn quoted(text: &str) -> String {
    format!("“{}”", text.trim())
}

/// An answer without words.
pub fn http_status(status: u16) -> String {
    format!("HTTP status {status}, without a reason.")
}

/// A list on its way; `what` is one of the `OF_…` words.
pub fn reading(what: &str, so_far: usize) -> String {
    let mut line = format!("Reading {what}…");
    if so_far > 0 {
        line = format!("{line} {} so far.", thousands(so_far as u64));
    }
    line
}

/// Items that could not be read.
pub fn skipped(count: usize, what: &str) -> String {
    format!("{} of the {what} could not be read", thousands(count as u64))
}

/// `18 734 612 992`, with spaces that do not break.
pub fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push('\u{202f}');
        }
        out.push(digit);
    }
    out
}
