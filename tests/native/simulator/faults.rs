//! Failures by name.

use super::{DEMO, World, json_of, validate};
use expect_test::expect;
use serde_json::Value;

fn container(name: &str) -> String {
    format!("https://stdemoweu.blob.core.windows.net/{name}")
}

#[test]
fn a_missing_role_is_told_by_the_innermost_error_alone() {
    let mut world = World::new();
    let (status, accepted) = validate(&mut world, DEMO, "psql-orders-demo", &container("no-role"));
    assert_eq!(status["status"], "Failed");
    let error = &status["error"];
    assert_eq!(error["code"], "UserErrorMissingRequiredPermissions");
    assert_eq!(error["message"], "Appropriate permissions to perform the operation is missing.");
    let info = &error["additionalInfo"][0]["info"];
    assert_eq!(info["isUserError"], false);
    expect!["Validate for Restore failed. Exception Message: The client '7ac02f95-e3d1-4860-a5b9-4d8f16e2c073' with object id '7ac02f95-e3d1-4860-a5b9-4d8f16e2c073' does not have authorization to perform action 'Microsoft.Storage/storageAccounts/blobServices/containers/write' over scope '/subscriptions/94b7d3e0-58c6-4a1f-8f29-0e6d71c3a5b8/resourceGroups/rg-demo/providers/Microsoft.Storage/storageAccounts/stdemoweu/blobServices/default/containers/no-role' or the scope is invalid. If access was recently granted, please refresh your credentials."]
        .assert_eq(info["innerError"]["additionalInfo"]["DetailedNonLocalisedMessage"].as_str().unwrap());
    let result = world.get(accepted.header("Location").unwrap());
    assert_eq!(result.status, 400);
    assert_eq!(json_of(&result)["error"]["code"], "UserErrorMissingRequiredPermissions");
}

#[test]
fn a_vault_by_name_lacks_the_role_everywhere() {
    let mut world = World::new();
    let vault = DEMO.replace("bvault-demo-weu", "bvault-demo-role-missing");
    let (status, _) = validate(&mut world, &vault, "psql-ledger-demo", &container("drill-2026-11"));
    assert_eq!(status["error"]["code"], "UserErrorMissingRequiredPermissions");
}

#[test]
fn a_container_that_is_not_there_is_not_accessible_named_or_not() {
    let mut world = World::new();
    for url in [container("not-there"), container("no-such-container"), "https://elsewhere.example/x".into()] {
        let (status, _) = validate(&mut world, DEMO, "psql-orders-demo", &url);
        assert_eq!(status["error"]["code"], "UserErrorContainerNotAccessible", "{url}");
    }
    let (status, _) = validate(&mut world, DEMO, "psql-orders-demo", &container("drill-2026-11"));
    assert_eq!(status["status"], "Succeeded");
}

#[test]
fn a_check_is_refused_with_each_documented_code() {
    let vault = super::drills("check");
    let mut told = String::new();
    for server in [
        "psql-check-no-role",
        "psql-check-no-msi-role",
        "psql-check-no-container",
        "psql-check-too-many",
        "psql-check-not-ready",
        "psql-check-no-group",
        "psql-check-no-server",
        "psql-check-forbidden",
    ] {
        let (status, _) = validate(&mut World::new(), &vault, server, super::SAFE);
        assert_eq!(status["status"], "Failed");
        let error = &status["error"];
        assert_ne!(error["message"], "");
        let inner = &error["additionalInfo"][0]["info"]["innerError"];
        told += &format!("{server}: {}", error["code"].as_str().unwrap());
        if let Some(code) = inner["code"].as_str() {
            let words = inner["additionalInfo"]["DetailedNonLocalisedMessage"].as_str().unwrap();
            told += &format!(" > {code}: {words}");
        }
        told += "\n";
    }
    expect![[r#"
        psql-check-no-role: UserErrorMissingRequiredPermissions > UserErrorMissingRequiredPermissions: Validate for Restore failed. Exception Message: The client 'c17a5e92-0b84-4d6f-9e33-58f2a7d0c641' with object id 'c17a5e92-0b84-4d6f-9e33-58f2a7d0c641' does not have authorization to perform action 'Microsoft.Storage/storageAccounts/blobServices/containers/write' over scope '/subscriptions/94b7d3e0-58c6-4a1f-8f29-0e6d71c3a5b8/resourceGroups/rg-demo/providers/Microsoft.Storage/storageAccounts/stdemoweu/blobServices/default/containers/drill-2026-11' or the scope is invalid. If access was recently granted, please refresh your credentials.
        psql-check-no-msi-role: UserErrorMSIMissingPermissions
        psql-check-no-container: UserErrorContainerNotAccessible
        psql-check-too-many: UserErrorMaxConcurrentOperationLimitReached
        psql-check-not-ready: PostgreSQLFlexOperationFailedUserError > ServerNotReadyForLongTermBackup: The server '/subscriptions/94b7d3e0-58c6-4a1f-8f29-0e6d71c3a5b8/resourceGroups/rg-demo/providers/Microsoft.DBforPostgreSQL/flexibleServers/psql-check-not-ready' is not ready for long term backup operations: its state is 'Stopped'.
        psql-check-no-group: PostgreSQLFlexOperationFailedUserError > ResourceGroupNotFound: Resource group 'rg-demo' could not be found.
        psql-check-no-server: PostgreSQLFlexOperationFailedUserError > ResourceNotFound: The Resource 'Microsoft.DBforPostgreSQL/flexibleServers/psql-check-no-server' under resource group 'rg-demo' was not found. For more details please go to https://aka.ms/ARMResourceNotFoundFix
        psql-check-forbidden: PostgreSQLFlexOperationFailedUserError > AuthorizationFailed: The client 'c17a5e92-0b84-4d6f-9e33-58f2a7d0c641' with object id 'c17a5e92-0b84-4d6f-9e33-58f2a7d0c641' does not have authorization to perform action 'Microsoft.DBforPostgreSQL/flexibleServers/read' over scope '/subscriptions/94b7d3e0-58c6-4a1f-8f29-0e6d71c3a5b8/resourceGroups/rg-demo/providers/Microsoft.DBforPostgreSQL/flexibleServers/psql-check-forbidden' or the scope is invalid. If access was recently granted, please refresh your credentials.
    "#]].assert_eq(&told);
}

#[test]
fn a_restore_that_was_never_validated_fails_for_the_same_reason_without_a_job() {
    let mut world = World::new();
    let instance = world.instance(DEMO, "psql-orders-demo");
    let request = world.request(&instance, &container("no-role"), "demo-1");
    let accepted = world.post(&format!("{instance}/restore"), &request);
    world.wait(10);
    let status = json_of(&world.get(accepted.header("Azure-AsyncOperation").unwrap()));
    assert_eq!(status["status"], "Failed");
    assert!(status.get("properties").is_none());
    let jobs = world.read(&format!("{DEMO}/backupJobs"));
    assert!(jobs["value"].as_array().unwrap().iter().all(|j| j["properties"]["operation"] == "Backup"));
}

#[test]
fn a_restore_can_be_refused_after_a_validation_that_succeeded() {
    let mut world = World::new();
    let (status, _) = validate(&mut world, DEMO, "psql-orders-demo", &container("restore-refused"));
    assert_eq!(status["status"], "Succeeded");
    let instance = world.instance(DEMO, "psql-orders-demo");
    let request = world.request(&instance, &container("restore-refused"), "demo-1");
    let accepted = world.post(&format!("{instance}/restore"), &request);
    world.wait(10);
    let status = json_of(&world.get(accepted.header("Azure-AsyncOperation").unwrap()));
    assert_eq!(status["error"]["code"], "UserErrorMaxConcurrentOperationLimitReached");
}

/// The codes from the outermost error to the deepest.
fn codes(job: &Value) -> Vec<String> {
    let mut codes = Vec::new();
    let mut errors = &job["properties"]["errorDetails"];
    while let Some(first) = errors.get(0) {
        codes.push(first["code"].as_str().unwrap().to_string());
        errors = &first["details"];
    }
    codes
}

fn failed_job(server: &str, name: &str) -> Vec<String> {
    let mut world = World::new();
    let instance = world.instance(DEMO, server);
    let request = world.request(&instance, &container(name), "demo-1");
    let job = world.start(&instance, &request);
    assert_eq!(world.read(&job)["properties"]["status"], "InProgress");
    world.wait(120);
    let job = world.read(&job);
    assert_eq!(job["properties"]["status"], "Failed");
    assert_eq!(job["properties"]["extendedInfo"]["subTasks"][0]["taskStatus"], "Failed");
    codes(&job)
}

#[test]
fn a_failed_job_tells_its_cause_three_errors_deep() {
    assert_eq!(
        failed_job("psql-orders-demo", "job-fails"),
        [
            "DppPluginInvalidInputParameters",
            "PostgreSQLFlexOperationFailedUserError",
            "UserErrorContainerNotAccessible"
        ]
    );
    assert_eq!(failed_job("psql-job-fails", "drill-2026-11").last().unwrap(), "InternalServerError");
    assert_eq!(failed_job("psql-orders-demo", "files-exist").last().unwrap(), "UserErrorTargetFilesAlreadyExist");
}

#[test]
fn points_of_one_server_may_not_be_read() {
    let mut world = World::new();
    let instance = world.instance(DEMO, "psql-points-forbidden");
    assert_eq!(world.read(&instance)["properties"]["friendlyName"], "psql-points-forbidden");
    let refused = world.get(&format!("{instance}/recoveryPoints?api-version=2024-04-01"));
    assert_eq!(refused.status, 403);
    assert_eq!(json_of(&refused)["error"]["code"], "AuthorizationFailed");
}

#[test]
fn a_202_can_come_without_a_readable_header_and_the_job_is_still_found() {
    let mut world = World::new();
    let instance = world.instance(DEMO, "psql-orders-demo");
    let request = world.request(&instance, &container("hidden-headers"), "demo-1");
    let accepted = world.post(&format!("{instance}/restore"), &request);
    assert_eq!((accepted.status, accepted.headers.len()), (202, 0));
    world.wait(10);
    let jobs = world.read(&format!("{DEMO}/backupJobs"));
    let newest = jobs["value"].as_array().unwrap().last().unwrap()["id"].as_str().unwrap().to_string();
    let job = world.read(&newest);
    assert_eq!(job["properties"]["extendedInfo"]["additionalDetails"]["Restore File Prefix"], "demo-1");
}
