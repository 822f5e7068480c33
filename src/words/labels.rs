//! The words of the page's own furniture: landmarks, names of buttons without a visible word, column heads.

/// The program's name, beside its mark.
pub const PROGRAM: &str = "PG Flex Restore";
/// The first link of every page, seen when it has the focus.
pub const SKIP: &str = "Skip to the content";
/// The name of the main navigation.
pub const NAVIGATION: &str = "Main";
/// The name of the list of steps.
pub const STEPS: &str = "Steps";
/// What the tick of a finished step says.
pub const DONE: &str = "Done";
/// The name of the simulation's banner.
pub const SIMULATION: &str = "Simulation";
/// Said before what stands fixed behind a field.
pub const ENDING: &str = "ending ";
/// Said after a link that opens another tab.
pub const NEW_TAB: &str = " (opens in a new tab)";
/// The button that opens to the texts which can be shared.
pub const SHARE: &str = "Share";
/// The button that hands them to the system.
pub const SHARE_WITH: &str = "Share…";
/// The address: what stands above it, and what its copy button says.
pub const SHARED_ADDRESS: (&str, &str) = ("Address", "the address");
/// The text, likewise.
pub const SHARED_TEXT: (&str, &str) = ("Text", "the text");
/// The line of Markdown, likewise.
pub const SHARED_MARKDOWN: (&str, &str) = ("Markdown", "the Markdown line");

/// The heading of the list of shortcuts.
pub const SHORTCUTS: &str = super::page::SHORTCUTS;
/// The switch in it.
pub const KEYS_ON: &str = "Single keys are shortcuts";
/// What closes it.
pub const CLOSE: &str = "Close";

/// Said where an instant is being read.
pub const COMING: &str = "Being read";

/// Marks the newest recovery point.
pub const LATEST: &str = "latest";

/// The column heads of the list of recovery points; the last one stands only where Azure says when points go.
pub const POINT_COLUMNS: [&str; 6] = ["Made", "State", "Type", "Tier", "Tag", EXPIRES];
/// When a recovery point goes.
pub const EXPIRES: &str = "Expires";

/// Added to what is said of the chosen point's mark.
pub const CHOSEN: &str = ", chosen";
/// Above the moment that the person looks for.
pub const YOUR_TIME: &str = "your time";
/// The name of the buttons that say how far back points are shown.
pub const RANGE: &str = "How far back";

/// The name of a copy button.
pub fn copy(what: &str) -> String {
    format!("Copy {what}")
}

/// How many points a month has.
pub fn points(count: usize) -> String {
    if count == 1 { "1 point".to_string() } else { format!("{count} points") }
}
