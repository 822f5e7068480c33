//! Failures, provoked by name: a vault, a server or a container whose name stands in [`FAULTS`] fails as its row says.
//!
//! A row: who fails, at which requests, for how long, and how. A failure takes hold before a request is dispatched, on
//! its answer, or in what becomes of a validation, of a restore's operation, of its job. Each can so be opened in the
//! demo, linked to, and met in a test, with nothing patched.

use super::Reply;
use super::breaks::{self, Refusal};
use super::errors::{NOT_FOUND, Problem};
use super::operations::Started;
use super::places::LEGACY;
use super::problems::{
    CONTAINER_AT_ONCE, CROSS_SUBSCRIPTION, CROSS_TENANT, EXIST, INTERNAL, MSI, NETWORK, OF_SERVER, PERMISSIONS,
    ROLES_LEFT_OUT, TOO_MANY, VANISHED,
};
use super::request::{
    ACCOUNT, ANY, Asked, CHECK, CREATE, GRANT, GRAPH, JOB, OPERATION, POINTS, PROTECTED, READS, ROLES, SERVER, START,
};
use super::text::{hash, join};
use crate::azure::http::{Response, Unreachable};
use crate::moment::{Moment, Span};

/// A row.
pub struct Fault {
    /// The name that provokes it. One with a blank in it is no resource's name: a circumstance provokes it.
    pub name: &'static str,
    /// At which requests: bits of `request`.
    on: u16,
    when: When,
    /// What happens.
    pub effect: Effect,
}

/// For how long.
enum When {
    /// For ever.
    Always,
    /// For so many seconds from when its address was first asked for.
    First(i64),
    /// From so many seconds after what is followed was started until so many.
    Between(i64, i64),
    /// Until a token comes that is better than the first one, by this judgement. Where no token is sent, in the demo,
    /// for [`AWAY`].
    SignedIn(fn(&str, u64) -> bool),
}

/// How long somebody needs to sign in.
const AWAY: Span = Span::from_secs(40);

/// How it fails.
pub enum Effect {
    /// This instead of an answer.
    Refused(&'static Refusal),
    /// The operator may not take this action: 403.
    Denied(&'static str),
    /// No answer; nothing is read.
    Silent(Unreachable),
    /// What goes out is changed.
    After(fn(&Asked, &mut Reply)),
    /// A validation fails, and so does the operation of a restore that was never validated. The code and the sentence
    /// that only the innermost error tells, a template over what was started; empty for none.
    Validation(&'static Problem, &'static str, &'static str),
    /// The restore is accepted, and its operation fails: no job is made.
    Operation(&'static Problem),
    /// Operations run for so many milliseconds and say this word until they are over.
    OperationSays(&'static str, i64),
    /// The job fails after so many milliseconds, with errors nested one in another, outermost first.
    Job(i64, &'static [Problem]),
    /// The job ends well, with a warning.
    Warned(&'static Problem),
    /// The job says this word until it is over.
    JobSays(&'static str),
    /// The job is forgotten after so many milliseconds.
    Vanishes(i64),
    /// The list shows the job after so many seconds.
    Listed(i64),
    /// A restore is taken twice: two jobs, of which one fails, and whether that is the one that the answer is about.
    Twice(bool),
    /// Somebody else restores it every so many seconds, each time for so many.
    Restored(i64, i64),
    /// It may not be restored: a check and a restore are refused.
    NotRestorable,
    /// The resource graph does not show it.
    Unseen,
}

/// The container's fault when there is no such container, whatever its name.
pub const NOT_THERE: &str = "not-there";
/// The fault of a restore whose prefix was written before into the same container (`FailIfExists`).
pub const FILES_EXIST: &str = "files-exist";
/// The fault of a request for a point that is not kept.
pub const NO_POINT: &str = "no such point";
/// The fault of a vault that may not write into the container.
pub const NO_ROLE: &str = "no role";
/// The fault of a vault that is nobody: it has no identity.
pub const NO_IDENTITY: &str = "no identity";
/// The fault of an account that blobs of other tenants may not come into.
pub const NO_CROSS_TENANT: &str = "no cross-tenant replication";
/// The fault of an account that the vault does not reach.
pub const NO_NETWORK: &str = "no network";
/// The fault of a vault that keeps to its subscription, and an account in another one.
pub const NO_CROSS_SUBSCRIPTION: &str = "no cross-subscription restore";

const fn row(name: &'static str, effect: Effect) -> Fault {
    Fault { name, on: ANY, when: When::Always, effect }
}

const fn on(on: u16, name: &'static str, when: When, effect: Effect) -> Fault {
    Fault { name, on, when, effect }
}

const TO_CHECK: &str = "Microsoft.DataProtection/backupVaults/backupInstances/validateRestore/action";
const TO_RESTORE: &str = "Microsoft.DataProtection/backupVaults/backupInstances/restore/action";
const TO_FOLLOW: &str = "Microsoft.DataProtection/backupVaults/operationStatus/read";
const TO_READ_JOBS: &str = "Microsoft.DataProtection/backupVaults/backupJobs/read";
const TO_READ_POINTS: &str = "Microsoft.DataProtection/backupVaults/backupInstances/recoveryPoints/read";
const TO_READ_INSTANCES: &str = "Microsoft.DataProtection/backupVaults/backupInstances/read";
const TO_READ_SERVERS: &str = "Microsoft.DBforPostgreSQL/flexibleServers/read";
const TO_GRANT: &str = "Microsoft.Authorization/roleAssignments/write";
const TO_CREATE: &str = "Microsoft.Storage/storageAccounts/blobServices/containers/write";

/// Long enough to be seen in the demo, whose clock runs fast.
const A_WHILE: When = When::First(90);
/// Once, for a person: nobody decides on a second try so soon.
const ONCE: When = When::First(20);

const DENIED: &str = "Validate for Restore failed. Exception Message: The client '{!who}' with object id '{!who}' does \
                      not have authorization to perform action \
                      'Microsoft.Storage/storageAccounts/blobServices/containers/write' over scope '{!target}' or the \
                      scope is invalid. If access was recently granted, please refresh your credentials.";
const DENIED_SERVER: &str = "The client '{!who}' with object id '{!who}' does not have authorization to perform action \
                             'Microsoft.DBforPostgreSQL/flexibleServers/read' over scope '{!server}' or the scope is \
                             invalid. If access was recently granted, please refresh your credentials.";

/// Every failure. The first row that fits is taken.
pub static FAULTS: &[Fault] = &[
    row(NO_ROLE, Effect::Validation(&PERMISSIONS, PERMISSIONS.code, DENIED)),
    row("psql-check-no-role", Effect::Validation(&PERMISSIONS, PERMISSIONS.code, DENIED)),
    row(NO_IDENTITY, Effect::Validation(&MSI, "", "")),
    row("psql-check-no-msi-role", Effect::Validation(&MSI, "", "")),
    row(NOT_THERE, Effect::Validation(&CONTAINER_AT_ONCE, "", "")),
    row("psql-check-no-container", Effect::Validation(&CONTAINER_AT_ONCE, "", "")),
    row("psql-check-too-many", Effect::Validation(&TOO_MANY, "", "")),
    row(
        "psql-check-not-ready",
        Effect::Validation(
            &OF_SERVER,
            "ServerNotReadyForLongTermBackup",
            "The server '{!server}' is not ready for long term backup operations: its state is 'Stopped'.",
        ),
    ),
    row(
        "psql-check-no-group",
        Effect::Validation(&OF_SERVER, "ResourceGroupNotFound", "Resource group '{!group}' could not be found."),
    ),
    row(
        "psql-check-no-server",
        Effect::Validation(
            &OF_SERVER,
            "ResourceNotFound",
            "The Resource 'Microsoft.DBforPostgreSQL/flexibleServers/{!name}' under resource group '{!group}' was not \
             found. For more details please go to https://aka.ms/ARMResourceNotFoundFix",
        ),
    ),
    row("psql-check-forbidden", Effect::Validation(&OF_SERVER, "AuthorizationFailed", DENIED_SERVER)),
    row(NO_POINT, Effect::Validation(&NOT_FOUND, "", "")),
    row(NO_CROSS_TENANT, Effect::Validation(&CROSS_TENANT, "", "")),
    row(NO_NETWORK, Effect::Validation(&NETWORK, "", "")),
    row(NO_CROSS_SUBSCRIPTION, Effect::Validation(&CROSS_SUBSCRIPTION, "", "")),
    on(CHECK, "bvault-demo-reader", When::Always, Effect::Denied(TO_CHECK)),
    on(START, "bvault-demo-reader", When::Always, Effect::Denied(TO_RESTORE)),
    row("psql-not-restorable", Effect::NotRestorable),
    // The start of a restore.
    on(START, "psql-cut-before", ONCE, Effect::Silent(Unreachable::NoAnswer)),
    on(START, "psql-cut-after", When::Always, Effect::After(breaks::lose)),
    on(START, "psql-late-answer", When::Always, Effect::After(breaks::dawdle)),
    on(START, "psql-list-lags", When::Always, Effect::After(breaks::lose)),
    row("psql-list-lags", Effect::Listed(240)),
    on(START, "psql-list-lags-long", ONCE, Effect::After(breaks::lose)),
    row("psql-list-lags-long", Effect::Listed(1_500)),
    row("psql-taken-twice", Effect::Twice(true)),
    row("psql-taken-twice-other-fails", Effect::Twice(false)),
    // One is always running.
    row("psql-restore-running", Effect::Restored(1_800, 2_400)),
    row("psql-restored-today", Effect::Restored(12 * 3_600, 216)),
    on(CHECK | START, "hidden-headers", When::Always, Effect::After(breaks::hide_headers)),
    on(CHECK | START, "psql-hidden-headers", When::Always, Effect::After(breaks::hide_headers)),
    on(CHECK | START, "psql-hostile-location", When::Always, Effect::After(breaks::lead_location_away)),
    on(CHECK | START, "psql-hostile-async", When::Always, Effect::After(breaks::lead_status_away)),
    row("psql-unknown-operation", Effect::OperationSays("AwaitingCapacity", 95_000)),
    on(OPERATION, "psql-operation-403", When::Between(15, 240), Effect::Denied(TO_FOLLOW)),
    row("restore-refused", Effect::Operation(&TOO_MANY)),
    row("psql-restore-refused", Effect::Operation(&TOO_MANY)),
    // The job.
    row("job-fails", Effect::Job(95_000, &VANISHED)),
    row("psql-job-fails", Effect::Job(70_000, &INTERNAL)),
    row(FILES_EXIST, Effect::Job(28_000, &EXIST)),
    row("psql-files-exist", Effect::Job(28_000, &EXIST)),
    row("psql-job-warns", Effect::Warned(&ROLES_LEFT_OUT)),
    row("psql-job-vanishes", Effect::Vanishes(70_000)),
    row("psql-unknown-job", Effect::JobSays("AwaitingCapacity")),
    on(JOB, "psql-job-403", When::Between(60, 480), Effect::Denied(TO_READ_JOBS)),
    // Answers.
    on(POINTS, "psql-points-forbidden", When::Always, Effect::Denied(TO_READ_POINTS)),
    on(ANY, "psql-throttled", A_WHILE, Effect::Refused(&breaks::THROTTLED)),
    on(ANY, "psql-throttled-no-hint", A_WHILE, Effect::Refused(&breaks::THROTTLED_NO_HINT)),
    on(ANY, "psql-azure-500", A_WHILE, Effect::Refused(&breaks::INTERNAL)),
    on(ANY, "psql-azure-503", A_WHILE, Effect::Refused(&breaks::UNAVAILABLE)),
    on(ANY, "psql-no-network", A_WHILE, Effect::Silent(Unreachable::Offline)),
    on(READS, "psql-no-answer", A_WHILE, Effect::Silent(Unreachable::NoAnswer)),
    on(READS, "psql-body-html", A_WHILE, Effect::After(breaks::say_html)),
    on(READS, "psql-body-empty", A_WHILE, Effect::After(breaks::say_nothing)),
    on(READS, "psql-body-truncated", A_WHILE, Effect::After(breaks::say_half)),
    on(READS, "psql-body-mistyped", A_WHILE, Effect::After(breaks::say_mistyped)),
    on(READS, "psql-body-huge", A_WHILE, Effect::Silent(Unreachable::TooLong)),
    on(POINTS, "psql-endless-pages", When::Always, Effect::After(breaks::never_end)),
    on(POINTS, "psql-hostile-next", When::Always, Effect::After(breaks::lead_away)),
    // What the operator may not do, or does not see.
    on(GRAPH, LEGACY, When::Always, Effect::Denied("Microsoft.ResourceGraph/resources/read")),
    on(GRAPH, "psql-just-protected", When::Always, Effect::Unseen),
    on(PROTECTED, "bvault-legacy-locked", When::Always, Effect::Denied(TO_READ_INSTANCES)),
    on(SERVER, "psql-server-forbidden", When::Always, Effect::Denied(TO_READ_SERVERS)),
    on(ACCOUNT, "stunreadableweu", When::Always, Effect::Denied("Microsoft.Storage/storageAccounts/read")),
    on(ROLES, "stunreadableweu", When::Always, Effect::Denied("Microsoft.Authorization/roleAssignments/read")),
    on(GRANT, "stnograntweu", When::Always, Effect::Denied(TO_GRANT)),
    on(GRANT, "stnocreateweu", When::Always, Effect::Denied(TO_GRANT)),
    on(CREATE, "stnocreateweu", When::Always, Effect::Denied(TO_CREATE)),
    // The token.
    on(ANY, "psql-401-expired", When::SignedIn(breaks::is_another), Effect::Refused(&breaks::EXPIRED)),
    on(ANY, "psql-401-revoked", When::SignedIn(breaks::is_another), Effect::Refused(&breaks::REVOKED)),
    on(CHECK | START, "psql-claims-readable", When::SignedIn(breaks::is_proof), Effect::Refused(&breaks::CHALLENGED)),
    on(
        CHECK | START,
        "psql-claims-hidden",
        When::SignedIn(breaks::is_proof),
        Effect::Refused(&breaks::CHALLENGED_UNSEEN),
    ),
    on(START, "psql-claims-at-start", When::SignedIn(breaks::is_proof), Effect::Refused(&breaks::CHALLENGED)),
];

/// A first meeting with something that fails for a while.
pub struct Met {
    /// Of what: an address, or a name.
    key: u64,
    at: Moment,
    /// A hash: no token is kept.
    token: u64,
}

impl Fault {
    fn holds(&self, met: &mut Vec<Met>, asked: &Asked) -> bool {
        let key = match self.when {
            When::Always => return true,
            When::Between(from, to) => {
                let within = |since: Span| since >= Span::from_secs(from) && since < Span::from_secs(to);
                return asked.since.is_some_and(within);
            }
            When::First(_) => hash(&[&asked.lower.join("/")]),
            When::SignedIn(_) => hash(&[self.name]),
        };
        if !met.iter().any(|m| m.key == key) {
            met.push(Met { key, at: asked.now, token: hash(&[asked.token]) });
        }
        met.iter().find(|m| m.key == key).is_some_and(|first| match self.when {
            When::SignedIn(good) if !asked.token.is_empty() => !good(asked.token, first.token),
            When::First(seconds) => asked.now < first.at + Span::from_secs(seconds),
            _ => asked.now < first.at + AWAY,
        })
    }
}

/// The rows of these names. A list, so that it is compiled once and not for each use.
fn named_in(names: &[String]) -> std::vec::IntoIter<&'static Fault> {
    let mut rows = Vec::new();
    for fault in FAULTS {
        // An instance is named after its server, twice.
        let instance = join(&[fault.name, "-", fault.name, "-"]);
        if names.iter().any(|name| name == fault.name || name.starts_with(&instance)) {
            rows.push(fault);
        }
    }
    rows.into_iter()
}

/// The rows that take hold of a request.
pub fn provoked(met: &mut Vec<Met>, asked: &Asked) -> Vec<&'static Fault> {
    named_in(&asked.names).filter(|fault| fault.on & asked.about != 0 && fault.holds(met, asked)).collect()
}

/// What happens to a request before it is dispatched.
pub fn before(provoked: &[&Fault], asked: &Asked) -> Option<Result<Response, Unreachable>> {
    provoked.iter().find_map(|fault| match &fault.effect {
        Effect::Refused(refusal) => Some(Ok(breaks::refuse(refusal, asked))),
        Effect::Denied(action) => Some(Ok(breaks::deny(action, asked))),
        Effect::Silent(why) => Some(Err(why.clone())),
        _ => None,
    })
}

/// What happens to its answer.
pub fn after(provoked: &[&Fault], asked: &Asked, reply: &mut Reply) {
    for fault in provoked {
        if let Effect::After(change) = fault.effect {
            change(asked, reply);
        }
    }
}

fn decides(fault: &&'static Fault) -> bool {
    use Effect::{Job, JobSays, Operation, OperationSays, Validation, Vanishes, Warned};
    matches!(
        fault.effect,
        Validation(..) | Operation(_) | OperationSays(..) | Job(..) | JobSays(_) | Warned(_) | Vanishes(_)
    )
}

/// The row of this name that decides what becomes of something started.
pub fn named(name: &str) -> Option<&'static Fault> {
    FAULTS.iter().filter(decides).find(|fault| fault.name == name)
}

/// What will become of something started: decided once, then kept with it. Names decide before what is found out by
/// looking.
pub fn fate(started: &Started, found: Option<&str>) -> Option<&'static Fault> {
    named_in(&started.names()).find(decides).or_else(|| named(found?))
}

/// How long after its start the list shows a job, if that is long.
pub fn listed_after(started: &Started) -> Option<Span> {
    named_in(&started.names()).find_map(|fault| match fault.effect {
        Effect::Listed(seconds) => Some(Span::from_secs(seconds)),
        _ => None,
    })
}

/// Whether a restore is taken twice, and then whether the one that the answer is about fails.
pub fn taken_twice(started: &Started) -> Option<bool> {
    named_in(&started.names()).find_map(|fault| match fault.effect {
        Effect::Twice(answered_fails) => Some(answered_fails),
        _ => None,
    })
}

/// How often somebody else begins a restore of this server, and how long each takes, where somebody does.
pub fn restored(server: &str) -> Option<(i64, Span)> {
    FAULTS.iter().filter(|fault| fault.name == server).find_map(|fault| match fault.effect {
        Effect::Restored(each, takes) => Some((each * 1_000, Span::from_secs(takes))),
        _ => None,
    })
}

/// Whether a server that is in a state to be restored may be.
pub fn is_restorable(server: &str) -> bool {
    !FAULTS.iter().any(|fault| fault.name == server && matches!(fault.effect, Effect::NotRestorable))
}

/// Whether the resource graph shows nothing of this name: it has not heard of it yet, or requests of this kind are
/// denied.
pub fn is_unseen(name: &str, on: u16) -> bool {
    let hides = |fault: &Fault| fault.on & on != 0 && matches!(fault.effect, Effect::Unseen | Effect::Denied(_));
    FAULTS.iter().any(|fault| fault.name == name && hides(fault))
}
