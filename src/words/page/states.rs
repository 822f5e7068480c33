//! The demo's incident, and its list of states.

pub const INCIDENT: &str = "The incident";
pub const INCIDENT_WHAT: &str = "Last night the table ";
pub const INCIDENT_TABLE: &str = "shop.order_lines";
pub const INCIDENT_OF: &str = " in the database orders of ";
pub const INCIDENT_SERVER: &str = "psql-orders-prod";
pub const INCIDENT_GONE: &str =
    " was dropped. The shop takes no orders, and you are on call. All that is known is a line of the server’s log:";
pub const INCIDENT_LINE: &str = "the line of the log";
pub const INCIDENT_AIM: &str = "Get the table back: from the last backup before that moment, as files, in a container.";
pub const INCIDENT_FIND: &str = "Find the server";
pub const IN_THESE: &str = "shop.order_lines was still there when this point was made";
pub const IN_THESE_MORE: &str = "This point was made before the table was dropped. What was ordered after it is not in it. The commands below load the table alone: type it under “Only one table”.";
pub const NOT_IN_THESE: &str = "shop.order_lines was gone when this point was made";
pub const NOT_IN_THESE_MORE: &str =
    "This point was made after the table was dropped. Choose the last one before that moment, and restore again.";

pub const STATES: &str = "Every state of this program";
pub const STATES_MORE: &str = "What can happen on a page, and where the simulated Azure shows it.";
pub const STATES_LINK: &str = "See every state that a page can be in";
pub const EXAMPLE: &str = "This is an example";
pub const EXAMPLE_MORE: &str = "This is how the page looks in this state. Its buttons do nothing here. ";

/// The link shows it.
const OPEN: &str = "";
const OPEN_SOON: &str = "Look at once: it passes.";
const CHOOSE: &str = "Choose a point and pg-restore-drills as the target, then look at the review.";
const CHECK: &str = "Choose a point and a target, then check with Azure.";
const START: &str = "Choose a point and a target, check, then start.";

/// The states by groups, each with how to come to it. `screen` has their addresses in the same order.
pub const STATE_GROUPS: [(&str, &[(&str, &str)]); 6] = [
    (
        "Finding a server",
        &[
            ("Nothing is protected in a vault", OPEN),
            ("A vault of 1,500 servers", OPEN),
            ("A part of the list could not be read", "Read every vault instead."),
            ("The account sees no subscription", OPEN),
        ],
    ),
    (
        "Recovery points",
        &[
            ("You are not allowed to list them", OPEN),
            ("No point yet", OPEN),
            ("The point of a link is gone", OPEN),
            ("The backup is soft-deleted", OPEN),
            ("The server no longer exists", OPEN),
            ("No point for weeks", OPEN),
            ("A gap in a year, and a partial point", OPEN),
            ("Not a flexible server", OPEN),
        ],
    ),
    (
        "Links, sign-in and network",
        &[
            ("Azure asks to slow down", OPEN_SOON),
            ("No network, for a while", OPEN_SOON),
            ("Azure is not available, for a while", OPEN_SOON),
            ("The sign-in has ended", OPEN_SOON),
            ("Offline", OPEN),
            ("A link that is not valid", OPEN),
            ("A link of a later version", OPEN),
        ],
    ),
    (
        "Before and at the start",
        &[
            ("The vault cannot write to the container", CHOOSE),
            ("The vault has no identity", CHOOSE),
            ("Azure’s check refuses it", CHECK),
            ("You are only allowed to read", CHECK),
            ("Somebody restores the same point", START),
            ("Azure wants more proof of who you are", CHECK),
            ("No answer to the start, and the job is found", START),
            ("No answer to the start, and no job is found", START),
            ("Azure started it twice", START),
            ("Azure accepts it, but it fails before there is a job", START),
        ],
    ),
    (
        "A job",
        &[
            ("Running", OPEN),
            ("Completed", OPEN),
            ("Completed with warnings", OPEN),
            ("Failed", OPEN),
            ("Azure no longer knows it", OPEN),
            ("The sign-in has ended while it is watched", OPEN),
        ],
    ),
    (
        "This host and this browser",
        &[
            ("The host is not set up", OPEN),
            ("Signing in failed", OPEN),
            ("Shown inside another page", OPEN),
            ("Not encrypted", OPEN),
            ("The browser keeps nothing", OPEN),
            ("The host gives every protection", OPEN),
            ("The host sends no header", OPEN),
        ],
    ),
];

/// The line of the log, as the server writes it (`log_line_prefix`, `%t-%c-`), at a moment that is written as there.
pub fn incident_line(at: &str) -> String {
    format!("{at}-65f3c21a.1d9a-LOG:  statement: DROP TABLE {INCIDENT_TABLE} CASCADE;")
}
