//! What is only read: subscriptions, groups, vaults, instances, policies, servers.

use super::errors::{Answered, not_found, ok};
use super::places::{GROUPS, SUBSCRIPTIONS, VAULTS};
use super::request::Asked;
use super::text::{array, base64, digits, fill, guid, join, quoted, time};
use super::world::{self, Group, Instance, Kind, Subscription, TENANT, Vault};
use crate::azure::id::percent_encode;
use crate::moment::{Moment, Span};

/// A list in one page.
pub fn page(rows: &[String]) -> Answered {
    Ok(ok(join(&["{\"value\":", &array(rows), "}"])))
}

/// Where the rows after a token begin, if the list holds the row that it names.
pub fn after(keys: &[String], token: &str) -> Option<usize> {
    keys.iter().position(|key| skip_token(key) == token).map(|last| last + 1)
}

/// The end of a page that begins so and holds at most so many rows, and the token for what follows; empty for nothing.
/// It names the last row told, so a new one at the top does not move the pages.
pub fn page_end(keys: &[String], from: usize, most: usize) -> (usize, String) {
    let until = from.saturating_add(most.max(1)).min(keys.len());
    match keys.get(until.saturating_sub(1)) {
        Some(last) if from < until && until < keys.len() => (until, skip_token(last)),
        _ => (until, String::new()),
    }
}

fn skip_token(last: &str) -> String {
    base64(&join(&["after;", last]))
}

/// The member `nextLink` of a list below a path: the query that is asked, as far as these names go, and the token.
/// Where no page follows there is no such member.
pub fn next_link(asked: &Asked, path: &str, kept: &[&str], token: &str) -> String {
    if token.is_empty() {
        return String::new();
    }
    let mut link = join(&["https://", asked.host, path, "?api-version=", asked.version()]);
    for name in kept {
        if let Some(value) = asked.query_value(name).filter(|value| !value.is_empty()) {
            link = join(&[&link, "&", name, "=", &percent_encode(&value)]);
        }
    }
    join(&[",\"nextLink\":", &quoted(&join(&[&link, "&$skipToken=", &percent_encode(token)]))])
}

pub fn subscription(s: &Subscription) -> String {
    fill(
        r#"{"id":"/subscriptions/{id}","authorizationSource":"RoleBased","managedByTenants":[],
        "subscriptionId":"{id}","tenantId":"{tenant}","displayName":"{name}","state":"Enabled",
        "subscriptionPolicies":{"locationPlacementId":"Public_2014-09-01","quotaId":"EnterpriseAgreement_2014-09-01",
        "spendingLimit":"Off"}}"#,
        &[("id", s.id), ("tenant", TENANT), ("name", s.name)],
    )
}

/// GET /subscriptions: counted, and without `nextLink` where there is no next page. The OpenAPI of 2022-12-01 has it the
/// other way round; captured answers are so.
pub fn subscriptions() -> Answered {
    let rows: Vec<String> = SUBSCRIPTIONS.iter().map(subscription).collect();
    let count = r#"{"type":"Total","value":{!n}}"#;
    let count = fill(count, &[("n", &rows.len().to_string())]);
    Ok(ok(join(&["{\"value\":", &array(&rows), ",\"count\":", &count, "}"])))
}

pub fn group(g: &Group) -> String {
    fill(
        r#"{"id":"{id}","name":"{name}","type":"Microsoft.Resources/resourceGroups","location":"{location}",
        "properties":{"provisioningState":"Succeeded"}}"#,
        &[("id", &g.id()), ("name", g.name), ("location", g.location)],
    )
}

pub fn groups(subscription: &str) -> Answered {
    let rows: Vec<String> = GROUPS.iter().filter(|g| g.subscription == subscription).map(group).collect();
    page(&rows)
}

const VAULT: &str = r#"{
    "location":"{location}",
    "identity":{!identity},
    "properties":{
        "provisioningState":"Succeeded",
        "resourceMoveState":"Unknown",{!later}
        "storageSettings":[{"type":"{redundancy}","datastoreType":"VaultStore"}]},
    "id":"{id}",
    "name":"{name}",
    "type":"{type}"{!tail}}"#;

/// What the first api-version does not tell of a vault.
const VAULT_LATER: &str = r#"
        "bcdrSecurityLevel":"Fair",
        "securitySettings":{"softDeleteSettings":{"state":"On","retentionDurationInDays":14.0}},
        "secureScore":"Minimum",
        "isVaultProtectedByResourceGuard":{!guarded},
        "replicatedRegions":[],
        "featureSettings":{"crossSubscriptionRestoreSettings":{"state":"{cross}"}},"#;

fn identity(v: &Vault, later: bool) -> String {
    let values = [
        ("principal", v.principal),
        ("tenant", TENANT),
        ("id", &v.identity_id()),
        ("client", &guid(&["client", v.name])),
    ];
    if !v.has_identity() {
        // Official example, 2024-04-01.
        r#"{"type":"None"}"#.to_string()
    } else if v.user_assigned.is_empty() {
        fill(r#"{"principalId":"{principal}","tenantId":"{tenant}","type":"SystemAssigned"}"#, &values)
    } else if !later {
        r#"{"type":"UserAssigned"}"#.to_string()
    } else {
        fill(
            r#"{"type":"UserAssigned","userAssignedIdentities":{
            "{id}":{"principalId":"{principal}","clientId":"{client}"}}}"#,
            &values,
        )
    }
}

/// A vault. Its own answers spell `BackupVaults`, where those of its instances spell `backupVaults`.
pub fn vault(v: &Vault, later: bool) -> String {
    vault_with(v, later, "Microsoft.DataProtection/BackupVaults", "")
}

/// A vault as the first api-version or a later one tells of it, its type spelled so, and what more stands at its end.
pub fn vault_with(v: &Vault, later: bool, kind: &str, tail: &str) -> String {
    let more = if later {
        fill(VAULT_LATER, &[("cross", v.cross_subscription), ("guarded", if v.guarded { "true" } else { "false" })])
    } else {
        String::new()
    };
    fill(
        VAULT,
        &[
            ("location", v.place().location),
            ("identity", &identity(v, later)),
            ("later", &more),
            ("redundancy", v.redundancy),
            ("id", &v.id().replace("/backupVaults/", "/BackupVaults/")),
            ("name", v.name),
            ("type", kind),
            ("tail", tail),
        ],
    )
}

/// GET the vaults of a subscription, or of one of its groups.
pub fn vaults(asked: &Asked, subscription: &str, group: Option<&Group>) -> Answered {
    let here = |v: &&Vault| v.place().subscription == subscription && group.is_none_or(|g| g.name == v.group);
    let rows: Vec<String> = VAULTS.iter().filter(here).map(|v| vault(v, asked.is_later())).collect();
    page(&rows)
}

const INSTANCE: &str = r#"{
    "properties":{
        "friendlyName":"{server}",
        "dataSourceInfo":{
            "resourceID":"{source}","resourceUri":"{source}","datasourceType":"{type}","resourceName":"{server}",
            "resourceType":"{type}","resourceLocation":"{location}","objectType":"Datasource"},
        "dataSourceSetInfo":{
            "resourceID":"{source}","resourceUri":"","datasourceType":"{type}","resourceName":"{server}",
            "resourceType":"{type}","resourceLocation":"{location}","objectType":"DatasourceSet"},
        "policyInfo":{
            "policyId":"{vault}/backupPolicies/{policy}","policyVersion":"","policyParameters":null},{!later}
        "protectionStatus":{"errorDetails":{!error},"status":"{status}"},
        "currentProtectionState":"{state}",
        "protectionErrorDetails":{!error},
        "provisioningState":"{provisioning}",{!more}
        "datasourceAuthCredentials":null,
        "objectType":"BackupInstance"},
    "id":"{id}",
    "name":"{name}",
    "type":"{kind}"{!tail}}"#;

/// What the first api-version does not tell of an instance.
const INSTANCE_LATER: &str =
    r#""resourceGuardOperationRequests":null,"validationType":null,"identityDetails":{!identity},"#;

const PROTECTION_ERROR: &str = r#"{
    "code":"PostgreSQLFlexOperationFailedUserError",
    "message":"The operation on the PostgreSQL flexible server failed due to a user error.",
    "target":"","details":null,"isRetryable":true,"isUserError":false,"properties":null,
    "recommendedAction":["Refer https://aka.ms/AzureBackupTroubleshootFailures for more details."],
    "innerError":null}"#;

/// A backup instance.
pub fn instance(i: &Instance, later: bool) -> String {
    instance_with(i, later, "Microsoft.DataProtection/backupVaults/backupInstances", "", "")
}

/// A backup instance as the first api-version or a later one tells of it, its type spelled so, what more stands among
/// its properties, and what at its end.
pub fn instance_with(i: &Instance, later: bool, kind: &str, more: &str, tail: &str) -> String {
    let v = i.vault();
    let identity = if v.user_assigned.is_empty() {
        "null".to_string()
    } else {
        fill(r#"{"useSystemAssignedIdentity":false,"userAssignedIdentityArmUrl":"{id}"}"#, &[("id", &v.identity_id())])
    };
    let of_later = if later { fill(INSTANCE_LATER, &[("identity", &identity)]) } else { String::new() };
    // `status` has fewer words than `currentProtectionState` (OpenAPI): what is protected in whatever state is.
    let status = match i.state {
        known @ ("ConfiguringProtection" | "ProtectionStopped" | "SoftDeleted") => known,
        _ => "ProtectionConfigured",
    };
    fill(
        INSTANCE,
        &[
            ("server", i.server),
            ("source", &i.source_id()),
            ("type", i.source_type()),
            // The server of this world is always in its vault's region, as Azure Backup wants it.
            ("location", v.place().location),
            ("vault", &v.id()),
            ("policy", i.policy),
            ("error", if i.state == "ProtectionError" { PROTECTION_ERROR } else { "null" }),
            ("status", status),
            ("state", i.state),
            ("provisioning", if i.state == "ConfiguringProtection" { "Provisioning" } else { "Succeeded" }),
            ("later", &of_later),
            ("more", more),
            ("id", &i.id()),
            ("name", &i.name()),
            ("kind", kind),
            ("tail", tail),
        ],
    )
}

pub fn instances(asked: &Asked, v: &Vault) -> Answered {
    page(&v.instances().map(|i| instance(i, asked.is_later())).collect::<Vec<_>>())
}

/// GET {server}/providers/Microsoft.DataProtection/backupInstances: the instances that protect a server, whether the
/// server still exists or not. Their ids hang below the server (official example, 2024-04-01).
pub fn instances_of_source(asked: &Asked, source: &str) -> Answered {
    let rows = world::instances().filter(|i| i.source_id().eq_ignore_ascii_case(source)).map(|i| {
        let own = join(&[&i.source_id(), "/providers/Microsoft.DataProtection/backupInstances/", &i.name()]);
        instance(i, asked.is_later()).replace(&quoted(&i.id()), &quoted(&own))
    });
    page(&rows.collect::<Vec<_>>())
}

const POLICY: &str = r#"{"properties":{
    "policyRules":[
        {"backupParameters":{"backupType":"Full","objectType":"AzureBackupParams"},
        "trigger":{
            "schedule":{"repeatingTimeIntervals":["R/2024-05-{day}T{hour}:00:00+00:00/P1W"],"timeZone":"UTC"},
            "taggingCriteria":[{
                "tagInfo":{"tagName":"Default","id":"Default_"},"taggingPriority":99,"isDefault":true,"criteria":null}],
            "objectType":"ScheduleBasedTriggerContext"},
        "dataStore":{"dataStoreType":"VaultStore","objectType":"DataStoreInfoBase"},
        "name":"BackupWeekly","objectType":"AzureBackupRule"},
        {"lifecycles":[{
            "deleteAfter":{"objectType":"AbsoluteDeleteOption","duration":"P{!weeks}W"},
            "targetDataStoreCopySettings":[],
            "sourceDataStore":{"dataStoreType":"VaultStore","objectType":"DataStoreInfoBase"}}],
        "isDefault":true,"name":"Default","objectType":"AzureRetentionRule"}],
    "datasourceTypes":["{type}"],
    "objectType":"BackupPolicy"},
    "id":"{vault}/backupPolicies/{name}",
    "name":"{name}",
    "type":"Microsoft.DataProtection/backupVaults/backupPolicies"}"#;

fn policy_of(v: &Vault, i: &Instance) -> String {
    fill(
        POLICY,
        &[
            // 13 May 2024 was a Monday.
            ("day", &(13 + i.weekday).to_string()),
            ("hour", &digits(i.hour, 2)),
            ("weeks", &i.weeks.max(52).to_string()),
            ("type", i.source_type()),
            ("vault", &v.id()),
            ("name", i.policy),
        ],
    )
}

/// GET a policy: its schedule is that of the first instance that follows it.
pub fn policy(v: &Vault, name: &str) -> Answered {
    let found = v.instances().find(|i| i.policy.eq_ignore_ascii_case(name)).ok_or_else(not_found)?;
    Ok(ok(policy_of(v, found)))
}

pub fn policies(v: &Vault) -> Answered {
    let mut seen = Vec::new();
    let mut rows = Vec::new();
    for i in v.instances() {
        if !seen.contains(&i.policy) {
            seen.push(i.policy);
            rows.push(policy_of(v, i));
        }
    }
    page(&rows)
}

/// How far back a server can be restored from its own backups.
const OWN_BACKUPS: Span = Span::from_secs(14 * 86_400);

/// A flexible server, as much of it as a restore is about.
pub fn server(i: &Instance, now: Moment) -> String {
    server_with(i, now, "Microsoft.DBforPostgreSQL/flexibleServers", "")
}

/// A flexible server, its type spelled so, and what more stands at its end.
pub fn server_with(i: &Instance, now: Moment, kind: &str, tail: &str) -> String {
    fill(
        r#"{"sku":{"name":"Standard_D4ds_v5","tier":"GeneralPurpose"},
        "properties":{"version":"16","state":"Ready","fullyQualifiedDomainName":"{name}.postgres.database.azure.com",
        "backup":{"backupRetentionDays":14,"earliestRestoreDate":"{earliest}","geoRedundantBackup":"Disabled"}},
        "location":"{location}","id":"{id}","name":"{name}","type":"{kind}"{!tail}}"#,
        &[
            ("name", i.server),
            ("earliest", &time(now - OWN_BACKUPS)),
            ("location", i.vault().place().location),
            ("id", &i.source_id()),
            ("kind", kind),
            ("tail", tail),
        ],
    )
}

/// The servers of a group that still exist.
pub fn servers(group: &Group) -> impl Iterator<Item = &'static Instance> {
    world::instances().filter(move |i| i.group == group.name && i.server_exists && i.kind == Kind::FlexibleServer)
}
