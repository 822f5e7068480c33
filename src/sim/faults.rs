//! Failures, provoked by name: a vault, a server or a container whose name stands in [`FAULTS`] fails as its row says.
//!
//! One table and five hooks: before a request is dispatched, on the response, on a validation, on the operation of a
//! restore, on its job. Each failure can so be opened in the demo, linked to, and met in a test, with nothing patched.

use super::errors::{NOT_FOUND, Problem, gateway};
use super::operations::Started;
use super::request::Asked;
use super::text::{fill, join};
use super::world::by_url;
use crate::azure::http::{Response, Unreachable};

/// A row: who fails, and how.
pub struct Fault {
    /// The name that provokes it. One with a blank in it is no resource's name: a circumstance provokes it.
    pub name: &'static str,
    /// What happens.
    pub effect: Effect,
}

/// Where a fault takes hold.
pub enum Effect {
    /// Before dispatch: this instead of an answer, or nothing to let the request pass.
    Before(fn(&Asked) -> Option<Result<Response, Unreachable>>),
    /// On the response: what goes out is changed.
    Response(fn(&Asked, &mut Response)),
    /// A validation fails, and so does the operation of a restore that was never validated. The function gives the
    /// sentence that only the innermost error tells.
    Validation(&'static Problem, fn(&Started) -> String),
    /// The restore is accepted, and its operation fails: no job is made.
    Operation(&'static Problem),
    /// The job fails after so many milliseconds, with errors nested one in another, outermost first.
    Job(i64, &'static [Problem]),
}

/// The container's fault when there is no such container, whatever its name.
pub const NOT_THERE: &str = "not-there";
/// The fault of a restore whose prefix was written before into the same container (`FailIfExists`).
pub const FILES_EXIST: &str = "files-exist";
/// The fault of a request for a point that is not kept.
pub const NO_POINT: &str = "no such point";

const fn problem(code: &'static str, message: &'static str, advice: &'static str) -> Problem {
    Problem { code, message, advice }
}

// Code and words: Microsoft's "Back up Azure Database for PostgreSQL - Flexible servers using REST API".
static PERMISSIONS: Problem = problem(
    "UserErrorMissingRequiredPermissions",
    "Appropriate permissions to perform the operation is missing.",
    "Grant appropriate permissions to perform this operation as mentioned at \
     https://aka.ms/UserErrorMissingRequiredPermissions and retry the operation.",
);

// The code: Microsoft's troubleshooting page for PostgreSQL backup. The words are ours.
const CONTAINER: Problem = problem(
    "UserErrorContainerNotAccessible",
    "The container is not accessible. It does not exist, or access to it was removed.",
    "Ensure that the container exists and that the backup vault has access to it, then retry the operation.",
);
static CONTAINER_AT_ONCE: Problem = CONTAINER;

const CALLER: Problem = problem(
    "DppPluginInvalidInputParameters",
    "Invalid inputs from caller.",
    "Please retry after some time with correct inputs. Reach out to the Azure Backup support if the issue persists. ",
);

const SERVER: Problem = problem(
    "PostgreSQLFlexOperationFailedUserError",
    "The operation on the PostgreSQL flexible server failed due to a user error.",
    "Refer https://aka.ms/AzureBackupTroubleshootFailures for more details.",
);

static VANISHED: [Problem; 3] = [CALLER, SERVER, CONTAINER];

// Azure's code for this is in no document; this one is made up.
static EXIST: [Problem; 2] = [
    CALLER,
    problem(
        "UserErrorTargetFilesAlreadyExist",
        "Files with the given prefix already exist in the target container.",
        "Use another file prefix or another container and retry the operation.",
    ),
];

static INTERNAL: [Problem; 3] = [
    CALLER,
    SERVER,
    problem(
        "InternalServerError",
        "Internal Server Error",
        "Refer https://aka.ms/AzureBackupTroubleshootFailures for more details.",
    ),
];

// The code: Microsoft's troubleshooting page for flexible server backup. The words are ours.
static TOO_MANY: Problem = problem(
    "UserErrorMaxConcurrentOperationLimitReached",
    "The maximum number of concurrent operations on the backup instance has been reached.",
    "Wait for the running operations to end and retry the operation.",
);

/// What the backup of a server in `ProtectionError` fails with.
pub static BACKUP_FAILS: [Problem; 2] = [
    SERVER,
    problem(
        "ServerNotReadyForLongTermBackup",
        "The server is not in a state in which it can be backed up.",
        "Ensure that the server is running and retry the operation.",
    ),
];

fn denied(started: &Started) -> String {
    let principal = started.instance.vault().principal;
    fill(
        "Validate for Restore failed. Exception Message: The client '{!p}' with object id '{!p}' does not have \
         authorization to perform action 'Microsoft.Storage/storageAccounts/blobServices/containers/write' over \
         scope '{!scope}' or the scope is invalid. If access was recently granted, please refresh your credentials.",
        &[("p", principal), ("scope", &started.target_id())],
    )
}

fn nothing_more(_: &Started) -> String {
    String::new()
}

fn points_forbidden(asked: &Asked) -> Option<Result<Response, Unreachable>> {
    let scope = asked.segments.join("/");
    let about_points = asked.lower.iter().any(|s| s == "recoverypoints");
    about_points.then(|| {
        Ok(gateway(
            403,
            "AuthorizationFailed",
            &fill(
                "The client 'oncall-dba@contoso.com' with object id '{!who}' does not have authorization to perform \
                 action 'Microsoft.DataProtection/backupVaults/backupInstances/recoveryPoints/read' over scope \
                 '/{!scope}' or the scope is invalid. If access was recently granted, please refresh your credentials.",
                &[("who", super::world::OPERATOR), ("scope", &scope)],
            ),
        ))
    })
}

/// What a browser may do to any header that the host does not expose to it.
fn hide_headers(asked: &Asked, response: &mut Response) {
    if asked.method == crate::azure::http::Method::Post {
        response.headers.retain(|(name, _)| name == "Content-Type");
    }
}

const fn row(name: &'static str, effect: Effect) -> Fault {
    Fault { name, effect }
}

/// Every failure. The first row that fits is taken.
pub static FAULTS: &[Fault] = &[
    row("bvault-demo-role-missing", Effect::Validation(&PERMISSIONS, denied)),
    row("no-role", Effect::Validation(&PERMISSIONS, denied)),
    row(NOT_THERE, Effect::Validation(&CONTAINER_AT_ONCE, nothing_more)),
    row(NO_POINT, Effect::Validation(&NOT_FOUND, nothing_more)),
    row("restore-refused", Effect::Operation(&TOO_MANY)),
    row("job-fails", Effect::Job(95_000, &VANISHED)),
    row("psql-job-fails", Effect::Job(70_000, &INTERNAL)),
    row(FILES_EXIST, Effect::Job(28_000, &EXIST)),
    row("psql-points-forbidden", Effect::Before(points_forbidden)),
    row("hidden-headers", Effect::Response(hide_headers)),
];

/// The row of this name.
pub fn named(name: &str) -> Option<&'static Fault> {
    FAULTS.iter().find(|f| f.name == name)
}

/// The rows that the names of a request provoke.
fn provoked(names: &[String]) -> impl Iterator<Item = &'static Fault> {
    FAULTS.iter().filter(|fault| {
        // An instance is named after its server, twice.
        let instance = join(&[fault.name, "-", fault.name, "-"]);
        names.iter().any(|name| name == fault.name || name.starts_with(&instance))
    })
}

/// Whatever happens to a request before it is dispatched.
pub fn before(asked: &Asked) -> Option<Result<Response, Unreachable>> {
    provoked(&asked.names).find_map(|fault| match fault.effect {
        Effect::Before(answer) => answer(asked),
        _ => None,
    })
}

/// Whatever happens to its response.
pub fn after(asked: &Asked, response: &mut Response) {
    for fault in provoked(&asked.names) {
        if let Effect::Response(change) = fault.effect {
            change(asked, response);
        }
    }
}

/// What will become of something started: decided once, then kept with it.
pub fn fate(started: &Started, point_exists: bool, prefix_taken: bool) -> Option<&'static Fault> {
    let lasting = provoked(&started.names())
        .find(|f| matches!(f.effect, Effect::Validation(..) | Effect::Operation(_) | Effect::Job(..)));
    let (account, container) = by_url(&started.url);
    let container_exists = account.is_some_and(|a| a.containers().any(|c| c == container));
    lasting.or_else(|| match (container_exists, point_exists, prefix_taken) {
        (false, ..) => named(NOT_THERE),
        (_, false, _) => named(NO_POINT),
        (.., true) => named(FILES_EXIST),
        _ => None,
    })
}
