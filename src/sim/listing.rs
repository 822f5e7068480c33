//! What is only read: subscriptions, vaults, instances, policies, storage, roles, and the resource graph over them.

use super::errors::{Answered, gateway, not_found, ok};
use super::request::{Asked, member, text};
use super::text::{array, digits, fill, guid, join, quoted};
use super::world::{
    ACCOUNTS, Account, BLOB_CONTRIBUTOR, GROUPS, Group, INSTANCES, Instance, Kind, OPERATOR, OWNER, SUBSCRIPTIONS,
    Subscription, TENANT, VAULTS, Vault,
};
use serde_json::Value;

/// A list in one page.
pub fn page(rows: &[String]) -> Answered {
    Ok(ok(join(&["{\"value\":", &array(rows), "}"])))
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

/// GET /subscriptions: counted, as the OpenAPI of 2022-12-01 has it.
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
        "resourceMoveState":"Unknown",
        "bcdrSecurityLevel":"Fair",
        "securitySettings":{"softDeleteSettings":{"state":"On","retentionDurationInDays":14.0}},
        "secureScore":"Minimum",
        "isVaultProtectedByResourceGuard":false,
        "replicatedRegions":[],
        "storageSettings":[{"type":"{redundancy}","datastoreType":"VaultStore"}],
        "featureSettings":{"crossSubscriptionRestoreSettings":{"state":"{cross}"}}},
    "id":"{id}",
    "name":"{name}",
    "type":"{type}"{!tail}}"#;

fn identity(v: &Vault) -> String {
    let values = [
        ("principal", v.principal),
        ("tenant", TENANT),
        ("id", &v.identity_id()),
        ("client", &guid(&["client", v.name])),
    ];
    if v.user_assigned.is_empty() {
        fill(r#"{"principalId":"{principal}","tenantId":"{tenant}","type":"SystemAssigned"}"#, &values)
    } else {
        fill(
            r#"{"type":"UserAssigned","userAssignedIdentities":{
            "{id}":{"principalId":"{principal}","clientId":"{client}"}}}"#,
            &values,
        )
    }
}

/// A vault. Its own answers spell `BackupVaults`, where those of its instances spell `backupVaults`.
pub fn vault(v: &Vault) -> String {
    vault_with(v, "Microsoft.DataProtection/BackupVaults", "")
}

fn vault_with(v: &Vault, kind: &str, tail: &str) -> String {
    fill(
        VAULT,
        &[
            ("location", v.place().location),
            ("identity", &identity(v)),
            ("redundancy", v.redundancy),
            ("cross", v.cross_subscription),
            ("id", &v.id().replace("/backupVaults/", "/BackupVaults/")),
            ("name", v.name),
            ("type", kind),
            ("tail", tail),
        ],
    )
}

/// GET the vaults of a subscription, or of one of its groups.
pub fn vaults(subscription: &str, group: Option<&Group>) -> Answered {
    let here = |v: &&Vault| v.place().subscription == subscription && group.is_none_or(|g| g.name == v.group);
    let rows: Vec<String> = VAULTS.iter().filter(here).map(vault).collect();
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
            "policyId":"{vault}/backupPolicies/{policy}","policyVersion":"","policyParameters":null},
        "resourceGuardOperationRequests":null,
        "protectionStatus":{"errorDetails":{!error},"status":"{status}"},
        "currentProtectionState":"{state}",
        "protectionErrorDetails":{!error},
        "provisioningState":"{provisioning}",
        "datasourceAuthCredentials":null,
        "validationType":null,
        "identityDetails":{!identity},
        "objectType":"BackupInstance"},
    "id":"{id}",
    "name":"{name}",
    "type":"{kind}"{!tail}}"#;

const PROTECTION_ERROR: &str = r#"{
    "code":"PostgreSQLFlexOperationFailedUserError",
    "message":"The operation on the PostgreSQL flexible server failed due to a user error.",
    "target":"","details":null,"isRetryable":true,"isUserError":false,"properties":null,
    "recommendedAction":["Refer https://aka.ms/AzureBackupTroubleshootFailures for more details."],
    "innerError":null}"#;

/// A backup instance.
pub fn instance(i: &Instance) -> String {
    instance_with(i, "Microsoft.DataProtection/backupVaults/backupInstances", "")
}

fn instance_with(i: &Instance, kind: &str, tail: &str) -> String {
    let v = i.vault();
    let identity = if v.user_assigned.is_empty() {
        "null".to_string()
    } else {
        fill(r#"{"useSystemAssignedIdentity":false,"userAssignedIdentityArmUrl":"{id}"}"#, &[("id", &v.identity_id())])
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
            ("status", i.state),
            ("state", i.state),
            ("provisioning", if i.state == "ConfiguringProtection" { "Provisioning" } else { "Succeeded" }),
            ("identity", &identity),
            ("id", &i.id()),
            ("name", &i.name()),
            ("kind", kind),
            ("tail", tail),
        ],
    )
}

pub fn instances(v: &Vault) -> Answered {
    page(&v.instances().map(instance).collect::<Vec<_>>())
}

/// GET {server}/providers/Microsoft.DataProtection/backupInstances: the instances that protect a server, whether the
/// server still exists or not. Their ids hang below the server (official example, 2024-04-01).
pub fn instances_of_source(source: &str) -> Answered {
    let rows = INSTANCES.iter().filter(|i| i.source_id().eq_ignore_ascii_case(source)).map(|i| {
        let own = join(&[&i.source_id(), "/providers/Microsoft.DataProtection/backupInstances/", &i.name()]);
        instance(i).replace(&quoted(&i.id()), &quoted(&own))
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

/// A flexible server, as much of it as a restore is about.
pub fn server(i: &Instance) -> String {
    fill(
        r#"{"sku":{"name":"Standard_D4ds_v5","tier":"GeneralPurpose"},
        "properties":{"version":"16","state":"Ready","fullyQualifiedDomainName":"{name}.postgres.database.azure.com",
        "backup":{"backupRetentionDays":14,"geoRedundantBackup":"Disabled"}},
        "location":"{location}","id":"{id}","name":"{name}","type":"Microsoft.DBforPostgreSQL/flexibleServers"}"#,
        &[("name", i.server), ("location", i.vault().place().location), ("id", &i.source_id())],
    )
}

/// The servers of a group that still exist.
pub fn servers(group: &Group) -> impl Iterator<Item = &'static Instance> {
    INSTANCES.iter().filter(move |i| i.group == group.name && i.server_exists && i.kind == Kind::FlexibleServer)
}

const ACCOUNT: &str = r#"{
    "sku":{"name":"Standard_LRS","tier":"Standard"},
    "kind":"StorageV2",
    "id":"{id}",
    "name":"{name}",
    "type":"Microsoft.Storage/storageAccounts",
    "location":"{location}",
    "tags":{},
    "properties":{
        "allowCrossTenantReplication":true,
        "publicNetworkAccess":"Enabled",
        "isHnsEnabled":false,
        "allowBlobPublicAccess":false,
        "allowSharedKeyAccess":true,
        "networkAcls":{"bypass":"AzureServices","resourceAccessRules":[],"virtualNetworkRules":[],"ipRules":[],
            "defaultAction":"Allow"},
        "supportsHttpsTrafficOnly":true,
        "minimumTlsVersion":"TLS1_2",
        "accessTier":"Hot",
        "provisioningState":"Succeeded",
        "primaryEndpoints":{"blob":"{blob}"},
        "primaryLocation":"{location}",
        "statusOfPrimary":"available"}}"#;

pub fn account(a: &Account) -> String {
    let values = [
        ("id", a.id()),
        ("name", a.name.to_string()),
        ("location", a.place().location.to_string()),
        ("blob", a.blob_endpoint()),
    ];
    fill(ACCOUNT, &values.each_ref().map(|(n, v)| (*n, v.as_str())))
}

/// GET the storage accounts of a subscription, or of one of its groups.
pub fn accounts(subscription: &str, group: Option<&Group>) -> Answered {
    let here = |a: &&Account| a.place().subscription == subscription && group.is_none_or(|g| g.name == a.group);
    page(&ACCOUNTS.iter().filter(here).map(account).collect::<Vec<_>>())
}

pub fn container(a: &Account, name: &str) -> String {
    fill(
        r#"{"id":"{id}","name":"{name}","type":"Microsoft.Storage/storageAccounts/blobServices/containers",
        "etag":"\"0x8DC7F3A5B2C4D1E\"",
        "properties":{"deleted":false,"remainingRetentionDays":0,"defaultEncryptionScope":"$account-encryption-key",
        "denyEncryptionScopeOverride":false,"publicAccess":"None","leaseStatus":"Unlocked","leaseState":"Available",
        "lastModifiedTime":"2026-02-11T09:26:41.0000000Z","hasImmutabilityPolicy":false,"hasLegalHold":false}}"#,
        &[("id", &a.container_id(name)), ("name", name)],
    )
}

pub fn containers(a: &Account) -> Answered {
    page(&a.containers().map(|c| container(a, c)).collect::<Vec<_>>())
}

pub fn one_container(a: &Account, name: &str) -> Answered {
    match a.containers().find(|c| *c == name) {
        Some(found) => Ok(ok(container(a, found))),
        None => Err(gateway(404, "ContainerNotFound", "The specified container does not exist.")),
    }
}

/// Whether `scope` is `above` or below it.
fn below(scope: &str, above: &str) -> bool {
    let with_slash = |s: &str| join(&[&s.to_ascii_lowercase(), "/"]);
    with_slash(scope).starts_with(&with_slash(above))
}

fn assignment(scope: &str, principal: &str, kind: &str, role: &str) -> String {
    let subscription = scope.split('/').nth(2).unwrap_or_default();
    fill(
        r#"{"properties":{
        "roleDefinitionId":"/subscriptions/{s}/providers/Microsoft.Authorization/roleDefinitions/{role}",
        "principalId":"{principal}","principalType":"{kind}","scope":"{scope}","condition":null,
        "conditionVersion":null,"createdOn":"2026-01-14T10:02:37.4471906Z","updatedOn":"2026-01-14T10:02:37.4471906Z",
        "createdBy":null,"updatedBy":null,"delegatedManagedIdentityResourceId":null,"description":null},
        "id":"{scope}/providers/Microsoft.Authorization/roleAssignments/{id}",
        "type":"Microsoft.Authorization/roleAssignments","name":"{id}"}"#,
        &[
            ("s", subscription),
            ("role", role),
            ("principal", principal),
            ("kind", kind),
            ("scope", scope),
            ("id", &guid(&[scope, principal, role])),
        ],
    )
}

/// Who may do what: the operator owns every subscription, and every vault may write into every container, but for the
/// names that provoke a missing role.
fn assignments() -> Vec<(String, &'static str, &'static str, &'static str)> {
    let mut all = Vec::new();
    for s in SUBSCRIPTIONS {
        all.push((join(&["/subscriptions/", s.id]), OPERATOR, "User", OWNER));
    }
    for a in ACCOUNTS {
        let scopes: Vec<String> = if a.granted_whole {
            vec![a.id()]
        } else {
            a.containers().filter(|c| *c != "no-role").map(|c| a.container_id(c)).collect()
        };
        for scope in scopes {
            for v in VAULTS.iter().filter(|v| v.name != "bvault-demo-role-missing") {
                all.push((scope.clone(), v.principal, "ServicePrincipal", BLOB_CONTRIBUTOR));
            }
        }
    }
    all
}

/// GET roleAssignments at a scope: what is granted there and above; without `atScope()` also what is below. A filter
/// by principal is taken in both spellings, `principalId eq '…'` and `assignedTo('…')`.
pub fn role_assignments(asked: &Asked, scope: &str) -> Answered {
    let filter = asked.query_value("$filter").unwrap_or_default();
    let at_scope = filter.to_ascii_lowercase().contains("atscope()");
    let principal = filter.split('\'').nth(1);
    let rows: Vec<String> = assignments()
        .iter()
        .filter(|(granted, who, ..)| {
            (below(scope, granted) || (!at_scope && below(granted, scope)))
                && principal.is_none_or(|p| p.eq_ignore_ascii_case(who))
        })
        .map(|(granted, who, kind, role)| assignment(granted, who, kind, role))
        .collect();
    page(&rows)
}

/// GET permissions: what the operator may do. An owner may do all; other roles' rows stand beside it.
pub fn permissions() -> Answered {
    page(&[
        r#"{"actions":["*"],"notActions":[],"dataActions":[],"notDataActions":[]}"#.to_string(),
        r#"{"actions":["Microsoft.DataProtection/backupVaults/*/read","*/read"],"notActions":[],"dataActions":[],"notDataActions":[]}"#.to_string(),
    ])
}

/// What the resource graph puts around a resource.
const GRAPH_TAIL: &str = r#","tenantId":"{tenant}","kind":"","location":"{location}","resourceGroup":"{group}",
    "subscriptionId":"{subscription}","managedBy":"","sku":null,"plan":null,"tags":null,"zones":null,
    "extendedLocation":null,"vaultName":"{vault}","protectionState":"{state}","datasourceId":"{source}""#;

/// POST resources of the resource graph: two queries are understood, by the type that they name: backup instances
/// (only PostgreSQL flexible servers, if the query names them) and vaults.
pub fn graph(asked: &Asked) -> Answered {
    let query = text(&asked.body, &["query"]).to_ascii_lowercase();
    let wanted: Vec<&str> = match member(&asked.body, "subscriptions") {
        Value::Array(ids) => ids.iter().filter_map(Value::as_str).collect(),
        _ => SUBSCRIPTIONS.iter().map(|s| s.id).collect(),
    };
    let seen = |subscription: &str| wanted.iter().any(|w| w.eq_ignore_ascii_case(subscription));
    let tail = |v: &Vault, state: &str, source: &str| {
        let place = v.place();
        fill(
            GRAPH_TAIL,
            &[
                ("tenant", TENANT),
                ("location", place.location),
                ("group", place.name),
                ("subscription", place.subscription),
                ("vault", v.name),
                ("state", state),
                ("source", source),
            ],
        )
    };
    let rows: Vec<String> = if query.contains("backupvaults/backupinstances") {
        let flexible = query.contains("flexibleservers");
        INSTANCES
            .iter()
            .filter(|i| seen(i.vault().place().subscription) && !(flexible && i.kind == Kind::Disk))
            .map(|i| {
                let tail = tail(i.vault(), i.state, &i.source_id());
                instance_with(i, "microsoft.dataprotection/backupvaults/backupinstances", &tail)
            })
            .collect()
    } else if query.contains("microsoft.dataprotection/backupvaults'") {
        // No tail of its own: a vault tells its location already.
        let here = |v: &&Vault| seen(v.place().subscription);
        VAULTS.iter().filter(here).map(|v| vault_with(v, "microsoft.dataprotection/backupvaults", "")).collect()
    } else {
        return Err(gateway(
            400,
            "BadRequest",
            "Please provide below info when asking for support: query is not understood.",
        ));
    };
    let count = rows.len().to_string();
    Ok(ok(fill(
        r#"{"totalRecords":{!n},"count":{!n},"data":{!rows},"facets":[],"resultTruncated":"false"}"#,
        &[("n", &count), ("rows", &array(&rows))],
    )))
}
