//! A plan: several restores together.

pub const PLAN: &str = "Plan";
pub const NO_PLAN: &str = "Nothing is in the plan yet";
pub const NO_PLAN_MORE: &str = "Open a server, choose a point and add it to the plan. Points of several servers and vaults can be restored together.";
pub const GATHER: &str = "Add to the plan";
pub const GATHER_NEWEST: &str = "Add the newest to the plan";
pub const SEVERAL: &str = "Several servers at once? ";
pub const BEGIN_PLAN: &str = "Begin a plan";
pub const GATHER_HOW: &str =
    "Add the newest point of a server from its row, or open a server and add the point that you choose.";
pub const GATHERED: &str = "It is in the plan now.";
pub const IN_THE_PLAN: &str = "It is in the plan";
pub const OPEN_PLAN: &str = "Open the plan";
pub const PLAN_IS_FULL: &str = "The plan is full: twenty points at most.";
pub const ADD_A_POINT: &str = "Add a point";
pub const ANOTHER_PLAN: &str = "Begin another plan";
pub const LEAVE_OUT: &str = "Remove from the plan";
pub const PUT_IT_RIGHT: &str = "Put it right";
pub const LOOK_CLOSELY: &str = "Review this one";
pub const TARGET_OR_PREFIX: &str = "Change target or prefix";

pub const PLAN_TARGET: &str = "Target for all";
pub const PLAN_TARGET_MORE: &str = "Each restore has a prefix of its own, so one container can take the files of all.";
pub const CHANGE_FOR_ALL: &str = "Change it for all";
pub const CHOOSE_FOR_ALL: &str = "Choose a target for all";
pub const WHERE_ALL_GO: &str = "Where do the files of all restores go?";
pub const WHERE_ALL_GO_MORE: &str =
    "One container for every restore of the plan. A single one can be given another target afterwards.";
pub const SEVERAL_TARGETS: &str = "Not all go to the same container";
pub const BACK_TO_PLAN: &str = "Back to the plan";
pub const TAKE_FOR_ALL: &str = "Use it for all";
pub const PLAN_POINTS: &str = "The points of the plan";

pub const FAR_APART: &str = "How far apart the points are";
pub const SAME_SERVER: &str = "Two points of one server";
pub const SAME_SERVER_MORE: &str = "Azure recommends one restore of a server a day. They are started one after the other; Azure may refuse the second.";

pub const WAITS_ITS_TURN: &str = "Waits for its turn";
pub const NOT_READ_YET: &str = "Three servers are read at a time.";
pub const NO_TARGET_YET: &str = "No target chosen yet";
pub const NOT_CHECKED: &str = "Not checked yet";
pub const CHECK_ALL: &str = "Check all with Azure";
pub const CHECK_ALL_MORE: &str =
    "Azure can check every request without starting anything: about 40 s each, three at a time.";
pub const NOTHING_READY: &str = "You can start what Azure has checked.";
pub const TARGET_FIRST: &str = "Choose where the files go first.";
pub const NOTHING_TO_CHECK: &str = "Nothing is left to check.";
pub const CHECKS_GO_ON: &str = "They are being checked now.";
pub const STARTS_GO_ON: &str = "They are being started, three at a time.";
pub const STAY_HERE: &str =
    "Stay on this page until each has been sent: what still waits for its turn is not started once you leave.";
pub const ALL_SENT: &str = "Every restore of this plan has been sent";
pub const ALL_SENT_MORE: &str = "You can close this tab: Azure carries on, and Activity finds them again.";
pub const PLAN_NOT_KEPT: &str = "Its storage is full or switched off. Open each restore with “Watch progress” and keep the address of its page: the address of this page leads to the points, not to what was started.";
pub const CONFIRM_MORE: &str = "Your servers are not touched. Azure Backup cannot stop a restore once it runs.";
pub const DO_NOT_START: &str = "Do not start them";
pub const WITH_PREFIX: &str = ", with the prefix ";
pub const NEW_PREFIX_HERE: &str = "Prepare it again with a new prefix";
pub const FILES_AND_COMMANDS: &str = "See its files";
pub const DECIDE_THERE: &str = "See what can be done";
pub const BEFORE_HERE: &str = "Restored from this browser before: ";
pub const PLAN_AS_TEXT: &str = "The plan as text";
pub const THE_PLAN: &str = "the plan";

/// The heading.
pub fn plan_title(count: usize) -> String {
    match count {
        0 => "Plan".into(),
        1 => "Plan: one restore".into(),
        _ => format!("Plan: {count} restores"),
    }
}

/// Where servers are looked for.
pub fn in_the_plan(count: usize) -> String {
    if count == 1 { "One point is in the plan. ".into() } else { format!("{count} points are in the plan. ") }
}

/// In the bar on top.
pub fn plan_of(count: usize) -> String {
    format!("Plan ({count})")
}

/// How the restores of a plan stand, those that there are.
pub fn plan_tally(done: usize, going: usize, waiting: usize, open: usize) -> String {
    let mut line = String::new();
    for (count, words) in
        [(done, "finished"), (going, "in progress"), (waiting, "waiting for you"), (open, "not started")]
    {
        if count > 0 {
            if !line.is_empty() {
                line.push_str(", ");
            }
            line.push_str(&format!("{count} {words}"));
        }
    }
    if !line.is_empty() {
        line.push('.');
    }
    line
}

/// The heading of one of them.
pub fn numbered(number: usize, server: &str) -> String {
    format!("{number}. {server}")
}

/// How far apart the oldest and the newest point are.
pub fn apart(length: &str) -> String {
    format!(
        "The oldest and the newest are {length} apart. What was written in that time may be in one server and missing in another."
    )
}

/// The button that shows what would be started.
pub fn start_all(count: usize) -> String {
    if count == 1 { "Start one restore…".into() } else { format!("Start {count} restores…") }
}

/// The question.
pub fn confirm(count: usize) -> String {
    if count == 1 { "Start this restore?".into() } else { format!("Start these {count} restores?") }
}

/// The answer.
pub fn start_now(count: usize) -> String {
    if count == 1 { "Start it now".into() } else { format!("Start these {count} now") }
}

/// Those that are not started.
pub fn left_alone(count: usize) -> String {
    if count == 1 { "One other stays as it is.".into() } else { format!("{count} others stay as they are.") }
}

/// A line of the plan as text.
pub fn text_line(name: &str, value: &str) -> String {
    format!("   {name}: {value}")
}
