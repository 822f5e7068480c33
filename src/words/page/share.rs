//! What is shared: a link, and a line on what it leads to.

pub const POINTS_SHARED: &str = "Recovery points";
pub const PLAN_SHARED: &str = "Plan of restores";
pub const REVIEW_SHARED: &str = "Restore to review";
pub const JOB_SHARED: &str = "Restore job";
pub const POINT_SHARED: &str = ", point of ";
pub const VAULT_SHARED: &str = ", vault ";
pub const NOT_SHARED: &str = "This browser did not share it. The texts are there to be copied.";
