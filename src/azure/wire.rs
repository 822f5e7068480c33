//! What Azure's bodies say, read field by field: unknown fields are passed over, unknown words kept.

use super::id::{
    Found, InstanceId, InstanceName, JobId, PointName, PolicyId, ServerId, SubscriptionId, VaultId, find, is_guid,
};
use super::json::{At, print};
use super::problem::ArmProblem;
use crate::moment::{Moment, Span};
use serde_json::Value;

/// A subscription (Microsoft.Resources, 2022-12-01).
#[derive(Clone, Debug, PartialEq)]
pub struct Subscription {
    /// Its id.
    pub id: SubscriptionId,
    /// Its name.
    pub name: String,
    /// `Enabled`, `Disabled`, `Warned` …
    pub state: String,
}

/// A Backup vault.
#[derive(Clone, Debug, PartialEq)]
pub struct Vault {
    /// Its id.
    pub id: VaultId,
    /// Its region, such as `westeurope`.
    pub region: String,
    /// The object id of its system-assigned identity.
    pub principal: Option<String>,
    /// Whether it has no identity but user-assigned ones: it uses one of these.
    pub user_assigned: bool,
    /// The tenant of its identity.
    pub tenant: Option<String>,
    /// Its user-assigned identities: resource id and object id.
    pub identities: Vec<(String, String)>,
    /// Whether it may restore into another subscription (`crossSubscriptionRestoreSettings`: `Enabled`, `Disabled`,
    /// `PermanentlyDisabled`); empty where it does not say.
    pub cross_subscription: String,
    /// Whether a Resource Guard protects it: some of its operations then need another's approval.
    pub guarded: bool,
}

/// A backup instance.
#[derive(Clone, Debug, PartialEq)]
pub struct Instance {
    /// Its id.
    pub id: InstanceId,
    /// The server's name.
    pub server_name: String,
    /// The server, if its id is one of a flexible server.
    pub server: Option<ServerId>,
    /// What is backed up, such as `Microsoft.DBforPostgreSQL/flexibleServers`.
    pub kind: String,
    /// The server's region.
    pub region: String,
    /// `ProtectionConfigured`, `ProtectionStopped`, `SoftDeleted` … (`currentProtectionState`).
    pub protection: String,
    /// Its policy.
    pub policy: Option<PolicyId>,
    /// The resource id of the user-assigned identity that the vault uses for it; nothing for the system's.
    pub identity: Option<String>,
}

/// A recovery point.
#[derive(Clone, Debug, PartialEq)]
pub struct Point {
    /// Its id (`recoveryPointId`).
    pub name: PointName,
    /// When it was made.
    pub made: Moment,
    /// `Completed`, `Partial`; empty where Azure does not say.
    pub state: String,
    /// `Full` in life.
    pub kind: String,
    /// The tiers it is in, such as `VaultStore`; those that are visible.
    pub stores: Vec<String>,
    /// Its retention tag.
    pub tag: String,
    /// When it goes, if Azure says so; for flexible servers it says nothing.
    pub expires: Option<Moment>,
}

impl Point {
    /// Whether it is a whole backup: one that is `Partial` is taken only by whoever picks it.
    pub fn is_complete(&self) -> bool {
        !self.state.eq_ignore_ascii_case("Partial")
    }
}

/// A backup policy, as far as a gap between points can be judged by it.
#[derive(Clone, Debug, PartialEq)]
pub struct Policy {
    /// Its name.
    pub name: String,
    /// How often it makes a backup.
    pub every: Option<Span>,
}

/// A backup job.
#[derive(Clone, Debug, PartialEq)]
pub struct Job {
    /// Its id.
    pub id: JobId,
    /// How it stands.
    pub status: JobStatus,
    /// Azure's own word for that.
    pub word: String,
    /// `Restore`, `Backup`, `CrossRegionRestore` …
    pub category: String,
    /// What it is about, such as `Microsoft.DBforPostgreSQL/flexibleServers`.
    pub kind: String,
    /// The instance it works on.
    pub instance: Option<InstanceId>,
    /// The server's name.
    pub server_name: String,
    /// The server's region.
    pub region: String,
    /// When it began.
    pub began: Option<Moment>,
    /// When it ended.
    pub ended: Option<Moment>,
    /// How long it took; only while `began` or `ended` is missing is Azure's own `duration` taken.
    pub took: Option<Span>,
    /// Azure Backup's own id for it: support asks for it.
    pub activity: Option<String>,
    /// What went wrong.
    pub problem: Option<ArmProblem>,
    /// The warnings it ended with.
    pub warnings: Vec<String>,
    /// Its sub tasks. The list of jobs leaves them out.
    pub tasks: Vec<Task>,
    /// `Restore File Prefix`. The list of jobs leaves it out.
    pub prefix: Option<String>,
    /// The container's URL. The list of jobs leaves it out.
    pub destination: Option<String>,
    /// The point that is restored. The list of jobs leaves it out.
    pub point: Option<PointName>,
    /// When that point was made.
    pub point_made: Option<Moment>,
    /// How much was written, where Azure tells.
    pub bytes: Option<u64>,
}

impl Job {
    /// Whether it is a restore; Azure has several words for it.
    pub fn is_restore(&self) -> bool {
        self.category.to_ascii_lowercase().contains("restore")
    }

    /// Whether it is a restore, not at its end, of this instance or of one that Azure does not name.
    pub fn is_running_restore_of(&self, instance: &InstanceId) -> bool {
        let of_instance = self.instance.as_ref().is_none_or(|mine| mine == instance);
        self.is_restore() && of_instance && !self.status.is_final()
    }
}

/// A part of a job.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Task {
    /// Its number.
    pub id: i64,
    /// Azure's name for it, such as `Trigger Restore`.
    pub name: String,
    /// How it stands.
    pub status: JobStatus,
    /// Azure's own word for that.
    pub word: String,
}

/// How a job stands. The words differ between the specification, the documentation and real traffic: all are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JobStatus {
    /// `InProgress`, and every word that is not known.
    Running,
    /// `Completed`, `Succeeded`, `Success`.
    Completed,
    /// `CompletedWithWarnings`, `SuccessWithWarning`.
    CompletedWithWarnings,
    /// `Failed`.
    Failed,
    /// `Cancelled`, `Canceled`.
    Cancelled,
}

impl JobStatus {
    /// Reads Azure's word; one that is not known means that it goes on.
    pub fn parse(word: &str) -> Self {
        match word.to_ascii_lowercase().as_str() {
            "completed" | "succeeded" | "success" => JobStatus::Completed,
            "completedwithwarnings" | "successwithwarning" => JobStatus::CompletedWithWarnings,
            "failed" => JobStatus::Failed,
            "cancelled" | "canceled" => JobStatus::Cancelled,
            _ => JobStatus::Running,
        }
    }

    /// Whether it is over.
    pub fn is_final(self) -> bool {
        self != JobStatus::Running
    }

    /// Whether it came to a good end, with warnings or without.
    pub fn is_good(self) -> bool {
        matches!(self, JobStatus::Completed | JobStatus::CompletedWithWarnings)
    }
}

/// Reads a subscription.
pub fn subscription(value: &Value) -> Option<Subscription> {
    let id = SubscriptionId::parse(value.text("subscriptionId")?)?;
    let name = value.text("displayName").unwrap_or(id.as_str()).to_string();
    Some(Subscription { id, name, state: value.words("state") })
}

/// Reads a vault.
pub fn vault(value: &Value) -> Option<Vault> {
    let Found::Vault(id) = find(value.text("id")?)? else { return None };
    let principal = value.text("identity.principalId").map(str::to_string);
    // `SystemAssigned`, `UserAssigned`, or both with a comma between.
    let identity = value.words("identity.type").to_ascii_lowercase();
    let user_assigned = identity.contains("user") && !identity.contains("system");
    let said = value.at("properties");
    let users = value.at("identity.userAssignedIdentities").as_object();
    let object_id = |(id, said): (&String, &Value)| Some((id.clone(), said.text("principalId")?.to_string()));
    Some(Vault {
        id,
        region: value.words("location"),
        principal,
        user_assigned,
        tenant: value.text("identity.tenantId").filter(|tenant| is_guid(tenant)).map(str::to_string),
        identities: users.into_iter().flatten().filter_map(object_id).collect(),
        cross_subscription: said.words("featureSettings.crossSubscriptionRestoreSettings.state"),
        guarded: said.at("isVaultProtectedByResourceGuard").as_bool() == Some(true),
    })
}

/// A flexible server, as far as its own point-in-time restore is concerned (Microsoft.DBforPostgreSQL, 2022-12-01).
#[derive(Clone, Debug, PartialEq)]
pub struct Server {
    /// The earliest moment that it can be taken back to by itself.
    pub earliest: Option<Moment>,
    /// For how many days it keeps that.
    pub days: Option<u64>,
}

/// Reads a flexible server.
pub fn server(value: &Value) -> Option<Server> {
    let backup = value.at("properties.backup");
    Some(Server { earliest: backup.moment("earliestRestoreDate"), days: backup.at("backupRetentionDays").as_u64() })
}

/// Reads a backup instance.
pub fn instance(value: &Value) -> Option<Instance> {
    let policy = value.text("properties.policyInfo.policyId").and_then(PolicyId::parse);
    let id = match find(value.text("id")?)? {
        Found::Instance(id) => id,
        _ => routed(value, policy.as_ref()?)?,
    };
    let source = value.at("properties.dataSourceInfo");
    let server = match source.text("resourceID").and_then(find) {
        Some(Found::Server(server)) => Some(server),
        _ => None,
    };
    let server_name = source
        .text("resourceName")
        .or(server.as_ref().map(|s| s.name.as_str()))
        .or(value.text("properties.friendlyName"))
        .unwrap_or(id.name.as_str())
        .to_string();
    Some(Instance {
        server_name,
        server,
        kind: source.words("datasourceType"),
        region: source.words("resourceLocation"),
        protection: value.words("properties.currentProtectionState"),
        policy,
        identity: value.text("properties.identityDetails.userAssignedIdentityArmUrl").map(str::to_string),
        id,
    })
}

/// An instance asked for by its server has the server's id, and `/providers/Microsoft.DataProtection/backupInstances/…`
/// after it (the official example of `BackupInstancesExtensionRouting_List`). Its vault is that of its policy.
fn routed(value: &Value, policy: &PolicyId) -> Option<InstanceId> {
    let (_, name) = value.text("id")?.rsplit_once('/').filter(|(before, _)| {
        before.to_ascii_lowercase().ends_with("/providers/microsoft.dataprotection/backupinstances")
    })?;
    Some(InstanceId { vault: policy.vault.clone(), name: InstanceName::parse(name)? })
}

/// Reads a recovery point.
pub fn point(value: &Value) -> Option<Point> {
    let said = value.at("properties");
    let name = PointName::parse(said.text("recoveryPointId").or(value.text("name"))?)?;
    let stores = said.items("recoveryPointDataStoresDetails");
    Some(Point {
        name,
        made: said.moment("recoveryPointTime")?,
        state: said.words("recoveryPointState"),
        kind: said.words("recoveryPointType"),
        stores: stores
            .iter()
            .filter(|store| store.at("visible").as_bool() != Some(false))
            .filter_map(|store| store.text("type"))
            .map(str::to_string)
            .collect(),
        tag: said.words("retentionTagName"),
        expires: said.moment("expiryTime").or_else(|| stores.iter().filter_map(|s| s.moment("expiryTime")).max()),
    })
}

/// Reads a policy: of its rules, the one that makes backups (`R/2024-05-13T23:00:00+00:00/P1W`).
pub fn policy(value: &Value) -> Option<Policy> {
    let rules = value.items("properties.policyRules");
    let every = rules
        .iter()
        .flat_map(|rule| rule.items("trigger.schedule.repeatingTimeIntervals"))
        .filter_map(|interval| Span::parse(interval.as_str()?.rsplit('/').next()?))
        .min();
    Some(Policy { name: value.text("name")?.to_string(), every })
}

/// Reads a job.
pub fn job(value: &Value) -> Option<Job> {
    let id = JobId::parse(value.text("id")?)?;
    let said = value.at("properties");
    let word = said.words("status");
    let (began, ended) = (said.moment("startTime"), said.moment("endTime"));
    let status = JobStatus::parse(&word);
    let measured = began.zip(ended).map(|(began, ended)| ended.since(began)).filter(|span| span.millis() > 0);
    let extended = said.at("extendedInfo");
    let tasks: Vec<Task> = extended.items("subTasks").iter().filter_map(task).collect();
    let bytes = number(extended.at("dataTransferredInBytes")).or_else(|| {
        let parts = extended.items("subTasks").iter();
        parts.filter_map(|task| number(task.at("additionalDetails.DataTransferredInBytes"))).max()
    });
    Some(Job {
        id,
        category: said.text("operationCategory").or(said.text("operation")).unwrap_or_default().to_string(),
        kind: said.words("dataSourceType"),
        instance: match said.text("backupInstanceId").and_then(find) {
            Some(Found::Instance(instance)) => Some(instance),
            _ => None,
        },
        server_name: said.text("dataSourceName").or(said.text("backupInstanceFriendlyName")).unwrap_or("").to_string(),
        region: said.words("dataSourceLocation"),
        began,
        ended,
        took: measured.or_else(|| said.text("duration").and_then(Span::parse)).filter(|_| status.is_final()),
        activity: said.text("activityID").map(str::to_string),
        problem: ArmProblem::of_job(said.items("errorDetails"), &print(said.at("errorDetails"))),
        warnings: extended.items("warningDetails").iter().map(warning).filter(|w| !w.is_empty()).collect(),
        tasks,
        prefix: extended.text("additionalDetails.Restore File Prefix").map(str::to_string),
        destination: extended.text("recoveryDestination").map(str::to_string),
        point: extended.text("sourceRecoverPoint.recoveryPointID").and_then(PointName::parse),
        point_made: extended.moment("sourceRecoverPoint.recoveryPointTime"),
        bytes,
        status,
        word,
    })
}

fn task(value: &Value) -> Option<Task> {
    let word = value.words("taskStatus");
    Some(Task {
        id: value.at("taskId").as_i64().unwrap_or_default(),
        name: value.text("taskName")?.to_string(),
        status: JobStatus::parse(&word),
        word,
    })
}

fn warning(value: &Value) -> String {
    let warning = value.at("warning");
    let message = warning.text("message").or(warning.text("code")).unwrap_or_default();
    match value.text("resourceName") {
        Some(resource) => format!("{resource}: {message}"),
        None => message.to_string(),
    }
}

/// A number, or a text that is one: Azure sends bytes both ways, and the specification calls them a `number`, which
/// may have a decimal point.
fn number(value: &Value) -> Option<u64> {
    let whole = || value.as_f64().filter(|n| (0.0..9e15).contains(n)).map(|n| n as u64);
    value.as_u64().or_else(whole).or_else(|| value.as_str()?.trim().parse().ok())
}
