//! What Azure's bodies say, field by field: real forms, odd forms, hostile forms.

use super::{SUB, VAULT, answer, arm, instance, point, subscription, vault};
use crate::any;
use arbtest::arbtest;
use pgflex_restore::azure::calls;
use pgflex_restore::azure::id::{JobId, PolicyId};
use pgflex_restore::azure::problem::ArmProblem;
use pgflex_restore::azure::wire::{Instance, Job, JobStatus, Point, Policy};
use serde_json::{Value, json};

const JOB: &str = "0f0f0f0f-1111-4222-8333-444444444444";

fn read_job(body: &Value) -> Result<Job, Box<ArmProblem>> {
    let id = JobId::parse(&format!("{VAULT}/backupJobs/{JOB}")).unwrap();
    calls::job(arm(), &id).read(&answer(200, &[], &body.to_string()))
}

fn read_point(body: &Value) -> Result<Point, Box<ArmProblem>> {
    calls::point(arm(), &point()).read(&answer(200, &[], &body.to_string()))
}

fn read_instance(body: &Value) -> Result<Instance, Box<ArmProblem>> {
    calls::instance(arm(), &instance()).read(&answer(200, &[], &body.to_string()))
}

fn read_policy(body: &Value) -> Result<Policy, Box<ArmProblem>> {
    let id = PolicyId::parse(&format!("{VAULT}/backupPolicies/weekly")).unwrap();
    calls::policy(arm(), &id).read(&answer(200, &[], &body.to_string()))
}

fn job(properties: Value) -> Job {
    read_job(&json!({"id": format!("{VAULT}/backupJobs/{JOB}"), "properties": properties})).unwrap()
}

/// Azure's word for a job's status, and what it is read as.
#[track_caller]
fn check(word: &str, expected: JobStatus) {
    let job = job(json!({"status": word}));
    assert_eq!((job.status, job.word.as_str()), (expected, word));
    assert_eq!(expected.is_final(), expected != JobStatus::Running);
}

#[test]
fn every_word_for_a_status_is_known() {
    for word in ["Completed", "completed", "Succeeded", "Success"] {
        check(word, JobStatus::Completed);
    }
    for word in ["CompletedWithWarnings", "SuccessWithWarning", "successwithwarning"] {
        check(word, JobStatus::CompletedWithWarnings);
    }
    check("Failed", JobStatus::Failed);
    for word in ["Cancelled", "Canceled"] {
        check(word, JobStatus::Cancelled);
    }
}

#[test]
fn every_other_word_for_a_status_means_that_it_runs() {
    for word in ["InProgress", "Started", "Inprogress", "", "Cancelling", "CompletedSoon", "Успех", "Failed "] {
        check(word, JobStatus::Running);
    }
    assert_eq!(job(json!({"status": 7})).status, JobStatus::Running);
    assert_eq!(job(json!(null)).status, JobStatus::Running);
}

#[test]
fn a_job_took_what_its_two_times_say() {
    let took = |properties: Value| job(properties).took.map(|span| span.millis());
    let (began, ended) = ("2026-01-06T14:09:53.1198123Z", "2026-01-06T14:11:58.6924537Z");
    assert_eq!(
        took(json!({"status": "Completed", "startTime": began, "endTime": ended, "duration": "PT9H"})),
        Some(125_573)
    );
    assert_eq!(took(json!({"status": "Completed", "startTime": began, "duration": "PT2M5.5726414S"})), Some(125_572));
    assert_eq!(took(json!({"status": "Failed", "duration": "1.09:22:25.7992056"})), Some(120_145_799));
    // Turned round, the times are worth nothing.
    assert_eq!(
        took(json!({"status": "Completed", "startTime": ended, "endTime": began, "duration": "PT1S"})),
        Some(1000)
    );
    assert_eq!(took(json!({"status": "InProgress", "startTime": began, "duration": "PT0S"})), None);
    assert_eq!(took(json!({"status": "Completed", "duration": "long"})), None);
}

#[test]
fn a_restore_job_names_its_prefix_its_container_and_its_point() {
    let read = job(json!({
        "status": "InProgress", "operationCategory": "Restore", "operation": "x", "activityID": "act",
        "backupInstanceId": instance().path().to_uppercase(), "dataSourceName": "orders",
        "dataSourceLocation": "westeurope", "startTime": "2026-01-06T14:09:53.1198123Z", "endTime": null,
        "extendedInfo": {
            "recoveryDestination": "https://acct1.blob.core.windows.net/dumps",
            "additionalDetails": {"Restore File Prefix": "orders-1"},
            "sourceRecoverPoint": {"recoveryPointID": "a1b2", "recoveryPointTime": "2026-01-04T23:00:00Z"},
            "targetRecoverPoint": {"recoveryPointTime": "0001-01-01T00:00:00Z"},
            "subTasks": [{"taskId": 1, "taskName": "Trigger Restore", "taskStatus": "InProgress"}, {"taskId": 2}],
        },
    }));
    assert_eq!(read.instance, Some(instance()));
    assert_eq!(
        (read.category.as_str(), read.server_name.as_str(), read.region.as_str()),
        ("Restore", "orders", "westeurope")
    );
    assert_eq!(read.prefix.as_deref(), Some("orders-1"));
    assert_eq!(read.destination.as_deref(), Some("https://acct1.blob.core.windows.net/dumps"));
    assert_eq!(read.point.map(|point| point.as_str().to_string()).as_deref(), Some("a1b2"));
    assert_eq!(read.point_made.map(|made| made.iso()).as_deref(), Some("2026-01-04T23:00:00Z"));
    assert_eq!(read.activity.as_deref(), Some("act"));
    assert_eq!((read.ended, read.took, read.problem), (None, None, None));
    assert_eq!(read.tasks.len(), 1);
    assert_eq!((read.tasks[0].name.as_str(), read.tasks[0].status), ("Trigger Restore", JobStatus::Running));
}

#[test]
fn a_listed_job_lacks_what_lists_leave_out() {
    let read = job(json!({"status": "Completed", "operation": "Restore", "extendedInfo": null, "errorDetails": null}));
    assert_eq!((read.prefix, read.destination, read.point, read.bytes), (None, None, None, None));
    assert_eq!((read.category.as_str(), read.tasks.len(), read.warnings.len()), ("Restore", 0, 0));
    assert_eq!(read.problem, None);
}

#[test]
fn bytes_are_read_as_a_number_or_as_a_text() {
    let bytes = |extended: Value| job(json!({"status": "Completed", "extendedInfo": extended})).bytes;
    assert_eq!(bytes(json!({"dataTransferredInBytes": 69827})), Some(69827));
    assert_eq!(bytes(json!({"dataTransferredInBytes": 69827.0})), Some(69827));
    assert_eq!(bytes(json!({"dataTransferredInBytes": "69827"})), Some(69827));
    let task = json!({"taskName": "x", "additionalDetails": {"DataTransferredInBytes": "69827"}});
    assert_eq!(bytes(json!({"dataTransferredInBytes": null, "subTasks": [task]})), Some(69827));
    assert_eq!(bytes(json!({"dataTransferredInBytes": -1})), None);
    assert_eq!(bytes(json!({"dataTransferredInBytes": "many"})), None);
}

#[test]
fn warnings_name_what_they_are_about() {
    let warned = json!({"warningDetails": [
        {"resourceName": "db1", "warning": {"code": "W", "message": "skipped"}},
        {"warning": {"code": "OnlyCode"}},
        {}, null,
    ]});
    let read = job(json!({"status": "CompletedWithWarnings", "extendedInfo": warned}));
    assert_eq!(read.warnings, ["db1: skipped", "OnlyCode"]);
}

#[test]
fn a_point_is_named_by_its_id_and_not_by_its_friendly_name() {
    let read = read_point(&json!({"id": "x", "name": "resource-name", "properties": {
        "recoveryPointId": "a97bb0e5", "friendlyName": "794ead", "recoveryPointTime": "2026-01-04T23:00:00.1234567Z",
        "recoveryPointType": "Full", "retentionTagName": "Default", "expiryTime": null, "recoveryPointState": "Completed",
        "recoveryPointDataStoresDetails": [
            {"type": "VaultStore", "visible": true, "expiryTime": null},
            {"type": "ArchiveStore", "visible": false},
            {"type": "OperationalStore"},
        ],
    }})).unwrap();
    assert_eq!(read.name.as_str(), "a97bb0e5");
    assert_eq!((read.state.as_str(), read.kind.as_str(), read.tag.as_str()), ("Completed", "Full", "Default"));
    assert_eq!(read.stores, ["VaultStore", "OperationalStore"]);
    assert_eq!((read.made.iso().as_str(), read.expires), ("2026-01-04T23:00:00Z", None));
}

#[test]
fn a_point_needs_a_name_and_a_time_and_no_more() {
    let read = |value: Value| read_point(&value).map(|point| point.name.as_str().to_string()).ok();
    let time = "2026-01-04T23:00:00Z";
    assert_eq!(read(json!({"name": "a1", "properties": {"recoveryPointTime": time}})).as_deref(), Some("a1"));
    assert_eq!(
        read(json!({"properties": {"recoveryPointId": "a1", "recoveryPointTime": time}})).as_deref(),
        Some("a1")
    );
    assert_eq!(read(json!({"name": "a1", "properties": {}})), None);
    assert_eq!(read(json!({"properties": {"recoveryPointTime": time}})), None);
    assert_eq!(read(json!({"name": "a/../b", "properties": {"recoveryPointTime": time}})), None);
}

#[test]
fn a_point_expires_when_the_last_of_its_copies_does() {
    let read = read_point(&json!({"name": "a1", "properties": {"recoveryPointTime": "2026-01-04T23:00:00Z",
    "recoveryPointDataStoresDetails": [
        {"type": "A", "expiryTime": "2026-02-01T00:00:00Z"}, {"type": "B", "expiryTime": "2026-03-01T00:00:00Z"},
    ]}}))
    .unwrap();
    assert_eq!(read.expires.map(|at| at.iso()).as_deref(), Some("2026-03-01T00:00:00Z"));
}

#[test]
fn an_instance_names_its_server_its_policy_and_its_identity() {
    let server =
        format!("/subscriptions/{SUB}/resourceGroups/rg/providers/Microsoft.DBforPostgreSQL/flexibleServers/orders");
    let identity =
        format!("/subscriptions/{SUB}/resourceGroups/rg/providers/Microsoft.ManagedIdentity/userAssignedIdentities/b");
    let read = read_instance(&json!({"id": instance().path(), "properties": {
        "dataSourceInfo": {"resourceID": server, "datasourceType": "Microsoft.DBforPostgreSQL/flexibleServers",
            "resourceName": "orders", "resourceLocation": "westeurope"},
        "currentProtectionState": "ProtectionConfigured",
        "policyInfo": {"policyId": format!("{VAULT}/backupPolicies/weekly")},
        "identityDetails": {"useSystemAssignedIdentity": false, "userAssignedIdentityArmUrl": identity},
    }}))
    .unwrap();
    assert_eq!(read.id, instance());
    assert_eq!(read.server.map(|server| server.path()), Some(server));
    assert_eq!((read.server_name.as_str(), read.region.as_str()), ("orders", "westeurope"));
    assert_eq!(
        (read.kind.as_str(), read.protection.as_str()),
        ("Microsoft.DBforPostgreSQL/flexibleServers", "ProtectionConfigured")
    );
    assert_eq!(read.policy.map(|policy| policy.name.as_str().to_string()).as_deref(), Some("weekly"));
    assert_eq!(read.identity, Some(identity));
}

#[test]
fn an_instance_asked_for_by_its_server_is_of_its_policys_vault() {
    let server =
        format!("/subscriptions/{SUB}/resourceGroups/rg/providers/Microsoft.DBforPostgreSQL/flexibleServers/orders");
    let routed = |id: String, policy: Value| {
        let properties = json!({"policyInfo": {"policyId": policy}, "dataSourceInfo": {"resourceID": server}});
        read_instance(&json!({"id": id, "properties": properties})).ok().map(|read| read.id)
    };
    let id = format!("{server}/providers/Microsoft.DataProtection/backupInstances/orders-orders-guid");
    let policy = format!("{VAULT}/backupPolicies/weekly");
    assert_eq!(routed(id.clone(), json!(policy)), Some(instance()));
    assert_eq!(routed(id.to_lowercase(), json!(policy.to_lowercase())), Some(instance()));
    assert_eq!(routed(id.clone(), json!(null)), None);
    assert_eq!(routed(id.clone(), json!(VAULT)), None);
    assert_eq!(routed(format!("{id}$"), json!(policy)), None);
    assert_eq!(routed(server.clone(), json!(policy)), None);
    assert_eq!(routed(VAULT.to_string(), json!(policy)), None);
}

#[test]
fn an_instance_of_the_systems_identity_names_no_other() {
    let details = json!({"useSystemAssignedIdentity": true, "userAssignedIdentityArmUrl": null});
    let read = read_instance(&json!({"id": instance().path(), "properties": {"identityDetails": details}})).unwrap();
    assert_eq!(read.identity, None);
    let read = read_instance(&json!({"id": instance().path(), "properties": {"identityDetails": null}})).unwrap();
    assert_eq!((read.identity, read.server), (None, None));
    assert_eq!(read.server_name, "orders-orders-guid");
}

#[test]
fn a_policy_makes_backups_as_often_as_its_schedule_says() {
    let every = |intervals: Value| {
        let rules = json!([{"objectType": "AzureRetentionRule"},
            {"trigger": {"schedule": {"repeatingTimeIntervals": intervals}}}]);
        read_policy(&json!({"name": "p", "properties": {"policyRules": rules}})).unwrap().every.map(|span| span.secs())
    };
    assert_eq!(every(json!(["R/2024-05-13T23:00:00+00:00/P1W"])), Some(7 * 86_400));
    assert_eq!(every(json!(["R/2024-05-13T23:00:00+00:00/P1D", "R/2024-05-13T23:00:00+00:00/PT4H"])), Some(14_400));
    assert_eq!(every(json!(["R/2024-05-13T23:00:00+00:00/P1M", 7, null, ""])), None);
    assert_eq!(every(json!("weekly")), None);
}

#[test]
fn a_subscription_without_a_name_is_called_by_its_id() {
    let list = json!({"value": [{"subscriptionId": SUB, "state": "Enabled"}, {"subscriptionId": "x"}]}).to_string();
    let page = calls::subscriptions(arm()).read(&answer(200, &[], &list)).unwrap();
    assert_eq!((page.items[0].name.as_str(), page.items[0].state.as_str()), (SUB, "Enabled"));
    assert_eq!((page.items.len(), page.skipped), (1, 1));
}

#[test]
fn reading_a_body_never_panics() {
    let names = [
        "id",
        "name",
        "value",
        "nextLink",
        "properties",
        "subscriptionId",
        "displayName",
        "identity",
        "principalId",
        "dataSourceInfo",
        "resourceID",
        "recoveryPointId",
        "recoveryPointTime",
        "recoveryPointDataStoresDetails",
        "visible",
        "type",
        "expiryTime",
        "policyRules",
        "trigger",
        "schedule",
        "repeatingTimeIntervals",
        "status",
        "duration",
        "startTime",
        "endTime",
        "errorDetails",
        "extendedInfo",
        "subTasks",
        "taskId",
        "taskName",
        "additionalDetails",
        "DataTransferredInBytes",
        "dataTransferredInBytes",
        "warningDetails",
        "warning",
        "message",
    ];
    let texts = [
        VAULT,
        SUB,
        "a1b2",
        "2026-01-06T14:08:54.1234567Z",
        "0001-01-01T00:00:00Z",
        "PT2M5.5726414S",
        "1.09:22:25.79",
        "R/2024-05-13T23:00:00+00:00/P1W",
        "Completed",
        "99999999999999999999.99:99:99",
    ];
    arbtest(|u| {
        let mut body = any::json(u, &names, &texts, 6)?;
        if let Some(body) = body.as_object_mut() {
            let id = [VAULT.to_string(), instance().path(), format!("{VAULT}/backupJobs/{JOB}")];
            body.insert("id".into(), u.choose(&id)?.clone().into());
        }
        let response = answer(200, &[], &body.to_string());
        let _ = (read_job(&body), read_point(&body), read_instance(&body), read_policy(&body));
        let _ = calls::vault(arm(), &vault()).read(&response);
        let _ = calls::subscriptions(arm()).read(&response);
        let _ = calls::jobs(arm(), &vault()).read(&response);
        let _ = calls::vaults(arm(), &subscription()).read(&response);
        Ok(())
    });
}

#[test]
fn a_vault_has_user_assigned_identities_alone_or_not() {
    for (identity, alone) in [
        (json!({"type": "UserAssigned"}), true),
        (json!({"type": "userassigned", "userAssignedIdentities": {}}), true),
        (json!({"type": "SystemAssigned", "principalId": SUB}), false),
        (json!({"type": "SystemAssigned,UserAssigned", "principalId": SUB}), false),
        (json!({"type": "None"}), false),
        (json!(null), false),
    ] {
        let body = json!({"id": vault().path(), "location": "westeurope", "identity": identity}).to_string();
        let read = calls::vault(arm(), &vault()).read(&answer(200, &[], &body)).unwrap();
        assert_eq!(read.user_assigned, alone, "{body}");
    }
}
