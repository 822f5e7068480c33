//! Jobs: those of the restores that were started here, and those of a vault's own week: its backups, and the restores
//! that somebody else does each week. Azure keeps them for 14 days.

mod others;

use super::Azure;
use super::errors::{Answered, job_error, job_errors, not_found, ok};
use super::faults::{self, Effect};
use super::operations::Started;
use super::points;
use super::request::Asked;
use super::text::{array, between, duration_iso, duration_net, fill, hash, quoted, time};
use super::world::{Instance, Kind, Vault};
use crate::moment::{Moment, Span};

/// How long a vault remembers jobs (Microsoft's documentation of backup jobs in Azure Resource Graph: 14 days).
const KEPT: Span = Span::from_secs(14 * 86_400);

/// How long after its operation's start a job can be read, and how much later the list shows it. The first is as
/// recorded, the second is made up: an index lags.
const BEGINS_AFTER: Span = Span::from_millis(260);
const LISTED_AFTER: Span = Span::from_secs(5);

/// A job of a vault.
struct Job {
    id: String,
    activity: String,
    instance: &'static Instance,
    start: Moment,
    /// When it ends, or will.
    end: Moment,
    /// What becomes of it, where that is out of the ordinary.
    effect: Option<&'static Effect>,
    /// How long after its start the list shows it.
    listed_after: Span,
    /// The point that is read, or made.
    point: String,
    /// Where a restore writes, and its prefix; nothing for a backup.
    target: Option<(String, String)>,
}

/// How long a restore takes: recorded are 2 min 3 s for next to nothing; the rest is some 31 MB a second.
fn restore_takes(instance: &Instance, seed: &str) -> Span {
    between(hash(&["takes", seed]), 120_000 + instance.bytes() / 31_250, 5_000)
}

/// How long a restore takes with what becomes of it.
fn lasts(effect: Option<&Effect>, instance: &Instance, seed: &str) -> Span {
    match effect {
        Some(Effect::Job(after, _)) => Span::from_millis(*after),
        _ => restore_takes(instance, seed),
    }
}

fn of_started(started: &Started) -> Option<Job> {
    let start = started.at + BEGINS_AFTER;
    let id = started.job();
    let effect = started.effect();
    let length = lasts(effect, started.instance, &id);
    started.has_job().then(|| Job {
        activity: started.activity(),
        instance: started.instance,
        start,
        end: start + length,
        effect,
        listed_after: faults::listed_after(started).unwrap_or(LISTED_AFTER),
        point: started.point.clone(),
        target: Some((started.url.clone(), started.prefix.clone())),
        id,
    })
}

/// Every job that the vault remembers, oldest first, which is how its list comes.
fn all(azure: &Azure, vault: &Vault, now: Moment) -> Vec<Job> {
    let mut jobs = Vec::new();
    for instance in vault.instances() {
        others::of_the_week(instance, now, &mut jobs);
        if let Some(restored) = faults::restored(instance.server) {
            others::of_somebody(instance, restored, now, &mut jobs);
        }
    }
    jobs.extend(azure.started.iter().filter(|s| s.instance.vault == vault.name).filter_map(of_started));
    let mut sorted: Vec<Job> = Vec::with_capacity(jobs.len());
    // A few dozen: put in place one by one. The library's sort would be larger than the rest of this file.
    for job in jobs.into_iter().filter(|job| job.start <= now && !job.is_gone(now)) {
        let place = sorted.iter().position(|other| other.start > job.start).unwrap_or(sorted.len());
        sorted.insert(place, job);
    }
    sorted
}

const JOB: &str = r#"{"properties":{
    "activityID":"{activity}",
    "subscriptionId":"{subscription}",
    "backupInstanceId":"{instance}",
    "policyId":"{vault}/backupPolicies/{policy}",
    "dataSourceId":"{source}",
    "vaultName":"{vaultname}",
    "backupInstanceFriendlyName":"{server}",
    "policyName":"{policy}",
    "sourceResourceGroup":"{group}",
    "dataSourceSetName":{!set},
    "dataSourceName":"{server}",
    "sourceDataStoreName":null,
    "sourceDataStoreType":{!from},
    "destinationDataStoreName":{!to},
    "progressEnabled":{!progress},
    "etag":"W/\"datetime'{!etag}'\"",
    "sourceSubscriptionID":"{subscription}",
    "dataSourceLocation":"{location}",
    "startTime":"{start}",
    "endTime":{!end},
    "dataSourceType":"{type}",
    "operationCategory":"{operation}",
    "operation":"{operation}",
    "status":"{status}",
    "restoreType":null,
    "isUserTriggered":{!byuser},{!later}
    "supportedActions":[{!actions}],
    "duration":"{duration}",
    "progressUrl":null,
    "isCrossRegionRestore":null,
    "errorDetails":{!errors},
    "extendedInfo":{!extended}},
    "id":"{vault}/backupJobs/{id}",
    "name":"{id}",
    "type":"{kind}"{!tail}}"#;

const EXTENDED: &str = r#"{
    "backupInstanceState":null,
    "dataTransferredInBytes":null,
    "targetRecoverPoint":{!made},
    "sourceRecoverPoint":{!read},
    "recoveryDestination":{!destination},
    "subTasks":[{
        "taskId":1,"taskName":"{task}","taskStatus":"{status}","taskProgress":null,"additionalDetails":{!done}}],
    "additionalDetails":{!details}{!warnings}}"#;

/// Who tells of a job: the same job differs in the form of its duration, and in whether there is `extendedInfo`.
#[derive(Clone, Copy)]
pub enum Told<'a> {
    /// By a vault's list.
    InList,
    /// Where one job is asked for.
    Alone,
    /// By the resource graph, with what it puts around a resource.
    ByGraph(&'a str),
}

impl Job {
    fn status(&self, now: Moment) -> &'static str {
        match (now < self.end, self.effect) {
            (true, Some(Effect::JobSays(word))) => word,
            (true, _) => "InProgress",
            (false, Some(Effect::Job(..))) => "Failed",
            (false, Some(Effect::Warned(_))) => "CompletedWithWarnings",
            (false, _) => "Completed",
        }
    }

    /// Whether the vault has forgotten it.
    fn is_gone(&self, now: Moment) -> bool {
        let kept = match self.effect {
            Some(Effect::Vanishes(millis)) => Span::from_millis(*millis),
            _ => KEPT,
        };
        self.start < now - kept
    }

    /// `extendedInfo`: only where one job is read. The bytes stand in the sub task, as a text, once all is done.
    fn extended(&self, now: Moment, later: bool) -> String {
        let status = self.status(now);
        let done = match status {
            "Completed" | "CompletedWithWarnings" => fill(
                r#"{"DataTransferredInBytes":"{bytes}","TaskId":"{activity}","DatasourceType":"{type}"}"#,
                &[
                    ("bytes", &self.instance.bytes().to_string()),
                    ("activity", &self.activity),
                    ("type", self.instance.source_type()),
                ],
            ),
            _ => "null".to_string(),
        };
        let null = || "null".to_string();
        let (read, made, destination, details, task) = match &self.target {
            Some((url, prefix)) => (
                points::reference(self.instance, now, &self.point),
                null(),
                quoted(url),
                fill(r#"{"Restore File Prefix":"{prefix}"}"#, &[("prefix", prefix)]),
                "Trigger Restore",
            ),
            None => (
                null(),
                fill(
                    r#"{"recoveryPointID":"{id}","recoveryPointTime":"0001-01-01T00:00:00Z"}"#,
                    &[("id", &self.point)],
                ),
                null(),
                r#"{"RetentionTag":"Default"}"#.to_string(),
                "Trigger Backup",
            ),
        };
        let warnings = match self.effect {
            _ if !later => String::new(),
            Some(Effect::Warned(problem)) if now >= self.end => fill(
                r#","warningDetails":[{"resourceName":"{server}","warning":{!warning}}]"#,
                &[("server", self.instance.server), ("warning", &job_error(problem, &[]))],
            ),
            _ => r#","warningDetails":null"#.to_string(),
        };
        fill(
            EXTENDED,
            &[
                ("warnings", &warnings),
                ("made", &made),
                ("read", &read),
                ("destination", &destination),
                ("task", task),
                ("status", status),
                ("done", &done),
                ("details", &details),
            ],
        )
    }

    fn body(&self, asked: &Asked, told: Told) -> String {
        let (instance, now) = (self.instance, asked.now);
        let status = self.status(now);
        let running = now < self.end;
        let errors = match self.effect {
            Some(Effect::Job(_, errors)) if !running => job_errors(errors),
            _ => "null".to_string(),
        };
        let restore = self.target.is_some();
        let until = if running { self.start } else { self.end };
        let duration = if matches!(told, Told::Alone) { duration_iso } else { duration_net }(self.start, until);
        let extended =
            if matches!(told, Told::InList) { "null".to_string() } else { self.extended(now, asked.is_later()) };
        let (kind, tail) = match told {
            Told::ByGraph(tail) => ("microsoft.dataprotection/backupvaults/backupjobs", tail),
            _ => ("Microsoft.DataProtection/backupVaults/backupJobs", ""),
        };
        let null = || "null".to_string();
        let changed = if running { self.start } else { self.end };
        fill(
            JOB,
            &[
                ("activity", &self.activity),
                ("subscription", instance.place().subscription),
                ("instance", &instance.id()),
                ("vault", &instance.vault().id()),
                ("policy", instance.policy),
                ("source", &instance.source_id()),
                ("vaultname", instance.vault),
                ("server", instance.server),
                ("group", instance.group),
                ("set", &if instance.kind == Kind::Disk { null() } else { quoted(instance.server) }),
                ("from", &if restore { quoted("VaultStore") } else { null() }),
                ("to", &if restore { null() } else { quoted("VaultStore") }),
                ("progress", if restore { "true" } else { "false" }),
                ("etag", &time(changed + Span::from_millis(170)).replace(':', "%3A")),
                ("location", instance.vault().place().location),
                ("start", &time(self.start)),
                ("end", &if running { null() } else { quoted(&time(self.end)) }),
                ("type", instance.source_type()),
                ("operation", if restore { "Restore" } else { "Backup" }),
                ("status", status),
                ("byuser", if restore { "true" } else { "false" }),
                ("actions", if restore { "\"\"" } else { "" }),
                ("duration", &duration),
                ("errors", &errors),
                ("later", if asked.is_later() { "\"rehydrationPriority\":null," } else { "" }),
                ("extended", &extended),
                ("id", &self.id),
                ("kind", kind),
                ("tail", tail),
            ],
        )
    }
}

/// The jobs of a vault that lists show by now, for an index lags behind: of the kinds of sources that are seen, as they
/// are told there.
pub fn listed(
    azure: &Azure,
    asked: &Asked,
    vault: &Vault,
    seen: &dyn Fn(Kind) -> bool,
    told: Told,
    rows: &mut Vec<String>,
) {
    for job in all(azure, vault, asked.now) {
        if job.start + job.listed_after <= asked.now && seen(job.instance.kind) {
            rows.push(job.body(asked, told));
        }
    }
}

/// GET the list: `extendedInfo` null in each, `nextLink` null, oldest first (recorded with 2024-04-01).
pub fn list(azure: &Azure, asked: &Asked, vault: &Vault) -> Answered {
    let mut rows = Vec::new();
    listed(azure, asked, vault, &|_| true, Told::InList, &mut rows);
    Ok(ok(fill(r#"{"value":{!rows},"nextLink":null}"#, &[("rows", &array(&rows))])))
}

/// GET one job.
pub fn get(azure: &Azure, asked: &Asked, vault: &Vault, id: &str) -> Answered {
    let jobs = all(azure, vault, asked.now);
    let listed = jobs.into_iter().find(|j| j.id.eq_ignore_ascii_case(id));
    let job = listed.or_else(|| others::standing(vault, asked.now, id)).ok_or_else(not_found)?;
    Ok(ok(job.body(asked, Told::Alone)))
}
