//! What is seen from elsewhere: the tab's title, a notification, a passing message.

pub const DONE: &str = "Done";
pub const DONE_WITH_WARNINGS: &str = "Done, with warnings";
pub const NEEDS_YOU: &str = "Needs you";

pub const DONE_MORE: &str = "The files are in the container.";
pub const SEE_PAGE: &str = "The page says what there is to do.";

pub const TELL_ME: &str = "Tell me when it is done";
pub const WILL_TELL: &str = "A notification tells you when it is done, as long as this page stays open in a tab.";
pub const MAY_NOT_TELL: &str =
    "This browser blocks notifications from this site. The tab’s title and icon show when it is done.";

/// `Restoring psql-orders-prod: in progress`
pub fn in_progress(server: &str) -> String {
    format!("Restoring {server}: in progress")
}

/// `Done: psql-orders-prod`
pub fn stands(how: &str, server: &str) -> String {
    format!("{how}: {server}")
}
