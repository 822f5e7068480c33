//! The servers that fail by name: `faults` says how. Each stands in a vault of its kind, so that lists stay short.

use super::servers::weekly;
use super::world::Instance;

const fn drill(vault: &'static str, server: &'static str) -> Instance {
    weekly(vault, "rg-demo", server, "weekly-12m", (0, 23), 3_000)
}

/// The check is refused.
const CHECK: &str = "bvault-demo-check";
/// The start of a restore goes wrong, or what follows until there is a job.
const START: &str = "bvault-demo-start";
/// The job goes wrong.
const JOB: &str = "bvault-demo-job";
/// Answers do not come, or are none that Azure gives.
const ANSWERS: &str = "bvault-demo-answers";
/// The token is not good enough.
const SIGN_IN: &str = "bvault-demo-sign-in";

/// Every one of them.
pub static DRILLED: &[Instance] = &[
    drill(CHECK, "psql-check-no-role"),
    drill(CHECK, "psql-check-no-msi-role"),
    drill(CHECK, "psql-check-no-container"),
    drill(CHECK, "psql-check-too-many"),
    drill(CHECK, "psql-check-not-ready"),
    drill(CHECK, "psql-check-no-group"),
    drill(CHECK, "psql-check-no-server"),
    drill(CHECK, "psql-check-forbidden"),
    drill(START, "psql-cut-before"),
    drill(START, "psql-cut-after"),
    drill(START, "psql-late-answer"),
    drill(START, "psql-list-lags"),
    drill(START, "psql-list-lags-long"),
    drill(START, "psql-taken-twice"),
    drill(START, "psql-taken-twice-other-fails"),
    // One point, so that whoever restores it restores what somebody else does.
    Instance { weeks: 1, ..drill(START, "psql-restore-running") },
    drill(START, "psql-restored-today"),
    drill(START, "psql-hidden-headers"),
    drill(START, "psql-hostile-location"),
    drill(START, "psql-hostile-async"),
    drill(START, "psql-unknown-operation"),
    drill(START, "psql-operation-403"),
    drill(START, "psql-restore-refused"),
    Instance { state: "SoftDeleted", ..drill(START, "psql-soft-deleted") },
    drill(START, "psql-not-restorable"),
    drill("bvault-demo-reader", "psql-read-only"),
    drill(JOB, "psql-files-exist"),
    drill(JOB, "psql-job-warns"),
    drill(JOB, "psql-job-vanishes"),
    drill(JOB, "psql-job-403"),
    drill(JOB, "psql-unknown-job"),
    drill(ANSWERS, "psql-throttled"),
    drill(ANSWERS, "psql-throttled-no-hint"),
    drill(ANSWERS, "psql-azure-500"),
    drill(ANSWERS, "psql-azure-503"),
    drill(ANSWERS, "psql-no-network"),
    drill(ANSWERS, "psql-no-answer"),
    drill(ANSWERS, "psql-body-html"),
    drill(ANSWERS, "psql-body-empty"),
    drill(ANSWERS, "psql-body-truncated"),
    drill(ANSWERS, "psql-body-mistyped"),
    drill(ANSWERS, "psql-body-huge"),
    drill(ANSWERS, "psql-endless-pages"),
    drill(ANSWERS, "psql-hostile-next"),
    drill(SIGN_IN, "psql-401-expired"),
    drill(SIGN_IN, "psql-401-revoked"),
    drill(SIGN_IN, "psql-claims-readable"),
    drill(SIGN_IN, "psql-claims-hidden"),
    drill(SIGN_IN, "psql-claims-at-start"),
];
