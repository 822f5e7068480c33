//! A validation and a restore, from the POST to the files.

use super::{DRILLS, VAULT, World, json_of, orders, wrapped};
use pgflex_restore::azure::id::same_id;
use pgflex_restore::moment::{Moment, Span};
use pgflex_restore::sim::Azure;
use serde_json::{Value, json};

#[test]
fn a_validation_runs_41_seconds_and_ends_without_properties() {
    let mut world = World::new();
    let request = world.request(&orders(), DRILLS, "orders-1");
    let accepted = world.post(&format!("{}/validateRestore", orders()), &wrapped(&request));
    assert_eq!((accepted.status, accepted.body.as_str()), (202, ""));
    assert_eq!(accepted.header("Retry-After"), Some("10"));
    assert_eq!(accepted.header("Content-Length"), Some("0"));
    let names: Vec<&str> = accepted.headers.iter().map(|(n, _)| n.as_str()).collect();
    assert!(names.contains(&"Location") && names.contains(&"Azure-AsyncOperation"), "{names:?}");
    let url = accepted.header("Azure-AsyncOperation").unwrap().to_string();

    world.wait(40);
    let response = world.get(&url);
    assert_eq!(response.status, 200);
    assert_eq!(response.header("Retry-After"), None);
    let running = json_of(&response);
    assert_eq!(running["status"], "Inprogress");
    assert_eq!(running["endTime"], "0001-01-01T00:00:00Z");
    assert!(running["name"].as_str().unwrap().ends_with("=="));

    world.wait(2);
    let done = json_of(&world.get(&url));
    assert_eq!(done["status"], "Succeeded");
    assert!(done.get("properties").is_none() && done.get("error").is_none());
    assert_eq!(done["endTime"].as_str().unwrap().len(), "2026-11-22T02:12:41Z".len());

    let location = accepted.header("Location").unwrap();
    assert_eq!(json_of(&world.get(location)), json!({"objectType": "OperationJobExtendedInfo"}));
}

#[test]
fn addresses_of_operations_are_signed_long_and_of_a_regional_host() {
    let mut world = World::new();
    let request = world.request(&orders(), DRILLS, "orders-1");
    let accepted = world.post(&format!("{}/restore", orders()), &request);
    let (status, location) = (accepted.header("Azure-AsyncOperation").unwrap(), accepted.header("Location").unwrap());
    assert!(status.starts_with(&format!("https://westeurope.management.azure.com{VAULT}/operationStatus/")));
    assert!(location.starts_with("https://westeurope.management.azure.com/subscriptions/6f2d9a41-5c0e-4b7a-9f63-2d1e8c7b4a05/providers/Microsoft.DataProtection/locations/westeurope/operationResults/"));
    for url in [status, location] {
        assert!((3_900..4_300).contains(&url.len()), "{}", url.len());
        let names: Vec<&str> =
            url.split_once('?').unwrap().1.split('&').map(|p| p.split('=').next().unwrap()).collect();
        assert_eq!(names, ["api-version", "t", "c", "s", "h"]);
    }
}

#[test]
fn the_first_api_version_has_short_addresses_of_a_region() {
    let mut world = World::new();
    let request = world.request(&orders(), DRILLS, "orders-1");
    let url = format!("{}/ValidateRestore?api-version=2021-07-01", orders());
    let post = pgflex_restore::azure::http::Method::Post;
    let accepted = world.ask(post, &url, Some(wrapped(&request).to_string()));
    let status = accepted.header("Azure-AsyncOperation").unwrap();
    assert!(status.contains("/locations/westeurope/operationStatus/"), "{status}");
    assert!(status.ends_with("==?api-version=2021-07-01"), "{status}");
    assert_eq!(world.get(status).status, 200);
}

#[test]
fn an_altered_address_is_refused() {
    let mut world = World::new();
    let request = world.request(&orders(), DRILLS, "orders-1");
    let accepted = world.post(&format!("{}/restore", orders()), &request);
    let url = accepted.header("Azure-AsyncOperation").unwrap();
    assert_eq!(world.get(url).status, 200);
    let (path, query) = url.split_once('?').unwrap();
    let parts: Vec<&str> = query.split('&').collect();
    let reordered = format!("{path}?{}&{}&{}&{}&{}", parts[1], parts[0], parts[2], parts[3], parts[4]);
    let half = format!("{path}?{}&{}&{}", parts[0], parts[1], parts[2]);
    let other_version = url.replace("2024-04-01", "2026-03-01");
    let of_results = accepted.header("Location").unwrap().split_once('?').unwrap().1;
    let swapped = format!("{path}?{of_results}");
    for altered in [reordered, half, other_version, swapped, format!("{url}&x=1")] {
        assert_eq!(world.get(&altered).status, 403);
    }
}

/// The OpenAPI's `OperationStatus_Get`, `OperationResult_Get` and their like have an api-version and nothing else.
#[test]
fn an_operation_can_be_asked_for_by_its_id_alone() {
    let mut world = World::new();
    let request = world.request(&orders(), DRILLS, "orders-1");
    let accepted = world.post(&format!("{}/restore", orders()), &request);
    let location = accepted.header("Location").unwrap().split('?').next().unwrap().to_string();
    let id = location.rsplit('/').next().unwrap();
    let group = VAULT.split("/providers/").next().unwrap();
    let by_group = format!("{group}/providers/Microsoft.DataProtection/operationStatus/{id}");
    let by_region = location.replace("operationResults", "operationStatus");
    let statuses = [by_region.clone(), by_group, format!("{VAULT}/operationStatus/{id}")];
    let version = "?api-version=2024-04-01";
    for path in &statuses {
        assert_eq!(json_of(&world.get(&format!("{path}{version}")))["status"], "Inprogress", "{path}");
    }
    assert_eq!(world.get(&format!("{location}{version}")).status, 202);
    world.wait(5);
    let told = json_of(&world.get(&format!("{location}{version}")))["jobId"].clone();
    for path in &statuses {
        assert_eq!(json_of(&world.get(&format!("{path}{version}")))["properties"]["jobId"], told, "{path}");
    }
    let elsewhere = by_region.replace("/locations/westeurope/", "/locations/northeurope/");
    assert_eq!(world.get(&format!("{elsewhere}{version}")).status, 404);
    // It is what Azure itself hands out with the result.
    let handed = world.get(&format!("{location}{version}")).header("Azure-AsyncOperation").unwrap().to_string();
    assert_eq!(json_of(&world.get(&handed))["properties"]["jobId"], told);
}

#[test]
fn the_location_of_a_running_operation_answers_202_with_where_and_when_to_ask() {
    let mut world = World::new();
    let request = world.request(&orders(), DRILLS, "orders-1");
    let accepted = world.post(&format!("{}/restore", orders()), &request);
    let location = accepted.header("Location").unwrap().to_string();
    let running = world.get(&location);
    assert_eq!((running.status, running.body.as_str()), (202, ""));
    assert_eq!(running.header("Location"), Some(location.as_str()));
    assert_eq!(running.header("Retry-After"), Some("30"));
    world.wait(5);
    let done = world.get(&location);
    assert_eq!(done.status, 200);
    assert!(json_of(&done)["jobId"].as_str().unwrap().contains("/backupJobs/"));
    assert!(done.header("Azure-AsyncOperation").unwrap().ends_with("==?api-version=2024-04-01"));
}

#[test]
fn a_restore_runs_to_its_end_on_a_virtual_clock() {
    let mut world = World::new();
    let request = world.request(&orders(), DRILLS, "orders-prod-20261116-k7q2mx");
    let job = world.start(&orders(), &request);
    assert!(job.contains("/resourcegroups/rg-backup-prod/") && job.contains("/BackupVaults/"), "{job}");

    let running = world.read(&job);
    assert!(same_id(running["id"].as_str().unwrap(), &job) && running["id"] != job.as_str(), "another casing");
    let p = &running["properties"];
    assert_eq!(p["status"], "InProgress");
    assert_eq!(p["duration"], "PT0S");
    assert_eq!(p["endTime"], Value::Null);
    assert_eq!(p["supportedActions"], json!([""]));
    assert_eq!((&p["progressEnabled"], &p["progressUrl"]), (&json!(true), &Value::Null));
    let info = &p["extendedInfo"];
    assert_eq!(info["additionalDetails"], json!({"Restore File Prefix": "orders-prod-20261116-k7q2mx"}));
    assert_eq!(info["recoveryDestination"], DRILLS);
    assert_eq!(info["sourceRecoverPoint"]["recoveryPointID"], request["recoveryPointId"]);
    assert_eq!(info["subTasks"].as_array().unwrap().len(), 1);
    assert_eq!(info["subTasks"][0]["taskName"], "Trigger Restore");
    assert_eq!(info["subTasks"][0]["taskProgress"], Value::Null);
    assert_eq!(info["subTasks"][0]["additionalDetails"], Value::Null);

    world.wait(11 * 60);
    assert_eq!(world.read(&job)["properties"]["status"], "InProgress");
    world.wait(2 * 60);
    let done = world.read(&job);
    let p = &done["properties"];
    assert_eq!(p["status"], "Completed");
    assert_eq!(p["errorDetails"], Value::Null);
    assert_eq!(p["extendedInfo"]["dataTransferredInBytes"], Value::Null);
    let task = &p["extendedInfo"]["subTasks"][0];
    assert_eq!(task["taskStatus"], "Completed");
    assert!(
        task["additionalDetails"]["DataTransferredInBytes"].as_str().unwrap().parse::<i64>().unwrap() > 18_000_000_000
    );
    let at = |name: &str| Moment::parse(p[name].as_str().unwrap()).unwrap();
    let told = Span::parse(p["duration"].as_str().unwrap()).unwrap();
    assert!(
        p["duration"].as_str().unwrap().starts_with("PT12M") || p["duration"].as_str().unwrap().starts_with("PT11M")
    );
    assert!((told.millis() - at("endTime").since(at("startTime")).millis()).abs() <= 1);
}

#[test]
fn a_tiny_server_is_restored_in_about_two_minutes() {
    let mut world = World::new();
    let vault = "/subscriptions/b81c4e7d-0a52-4d39-8e16-95f3c2a7d640/resourceGroups/rg-platform-weu/providers/Microsoft.DataProtection/backupVaults/bvault-platform-weu";
    let grafana = world.instance(vault, "psql-grafana");
    let request = world.request(&grafana, DRILLS, "grafana-1");
    let job = world.start(&grafana, &request);
    world.wait(110);
    assert_eq!(world.read(&job)["properties"]["status"], "InProgress");
    world.wait(20);
    let info = world.read(&job)["properties"]["extendedInfo"].clone();
    assert_eq!(info["subTasks"][0]["additionalDetails"]["DataTransferredInBytes"], "69827");
}

#[test]
fn the_list_of_jobs_is_oldest_first_bare_and_a_little_late() {
    let mut world = World::new();
    let list = |world: &mut World| world.read(&format!("{VAULT}/backupJobs"));
    let before = list(&mut world);
    assert_eq!(before.get("nextLink"), Some(&Value::Null));
    let rows = before["value"].as_array().unwrap().clone();
    assert!(rows.len() >= 6);
    let start = |j: &Value| Moment::parse(j["properties"]["startTime"].as_str().unwrap()).unwrap();
    assert!(rows.windows(2).all(|pair| start(&pair[0]) <= start(&pair[1])));
    assert!(rows.iter().all(|j| j["properties"]["extendedInfo"].is_null()));
    assert!(rows.iter().any(|j| j["properties"]["operation"] == "Restore"), "the weekly drill");
    let duration = rows[0]["properties"]["duration"].as_str().unwrap();
    assert!(duration.starts_with("00:1") && Span::parse(duration).is_some(), "{duration}");

    let request = world.request(&orders(), DRILLS, "orders-1");
    world.post(&format!("{}/restore", orders()), &request);
    world.wait(4);
    assert_eq!(list(&mut world)["value"].as_array().unwrap().len(), rows.len());
    world.wait(3);
    let after = list(&mut world);
    let newest = after["value"].as_array().unwrap().last().unwrap();
    assert_eq!(newest["properties"]["status"], "InProgress");
    assert_eq!(newest["properties"]["duration"], "00:00:00");
    assert_eq!(newest["properties"]["isUserTriggered"], true);
}

#[test]
fn a_job_is_forgotten_after_fourteen_days() {
    let mut world = World::new();
    let request = world.request(&orders(), DRILLS, "orders-1");
    let job = world.start(&orders(), &request);
    world.wait(13 * 86_400);
    assert_eq!(world.read(&job)["properties"]["status"], "Completed");
    world.wait(2 * 86_400);
    assert_eq!(world.get(&format!("{job}?api-version=2024-04-01")).status, 404);
}

#[test]
fn a_prefix_that_was_written_before_fails_the_second_restore() {
    let mut world = World::new();
    let request = world.request(&orders(), DRILLS, "orders-1");
    let first = world.start(&orders(), &request);
    let second = world.start(&orders(), &request);
    assert_ne!(first, second);
    let other = world.request(&orders(), DRILLS, "orders-2");
    let third = world.start(&orders(), &other);
    world.wait(15 * 60);
    let mut status = |job: &str| world.read(job)["properties"]["status"].as_str().unwrap().to_string();
    assert_eq!(status(&first), "Completed");
    assert_eq!(status(&second), "Failed");
    assert_eq!(status(&third), "Completed");
}

#[test]
fn a_body_for_the_other_of_the_two_calls_is_refused() {
    let mut world = World::new();
    let request = world.request(&orders(), DRILLS, "orders-1");
    let bare = world.post(&format!("{}/validateRestore", orders()), &request);
    assert_eq!((bare.status, &json_of(&bare)["error"]["code"]), (400, &json!("BMSUserErrorInvalidInput")));
    let wrapped = world.post(&format!("{}/restore", orders()), &wrapped(&request));
    assert_eq!(wrapped.status, 400);
    assert_eq!(json_of(&wrapped)["error"]["additionalInfo"][0]["type"], "UserFacingError");
    let post = pgflex_restore::azure::http::Method::Post;
    let url = format!("{}/restore?api-version=2024-04-01", orders());
    let broken = world.ask(post, &url, Some("\"https://…\"\n{".into()));
    assert_eq!(json_of(&broken)["error"]["code"], "InvalidRequestContent");
    assert_eq!(broken.header("x-ms-failure-cause"), Some("gateway"));
}

#[test]
fn a_request_that_lacks_or_twists_a_member_is_refused() {
    let mut world = World::new();
    let good = world.request(&orders(), DRILLS, "orders-1");
    let twists: [(&str, Value); 9] = [
        ("/objectType", json!("AzureBackupRecoveryTimeBasedRestoreRequest")),
        ("/recoveryPointId", Value::Null),
        ("/sourceDataStoreType", json!("OperationalStore")),
        ("/restoreTargetInfo/objectType", json!("RestoreTargetInfo")),
        ("/restoreTargetInfo/recoveryOption", json!("Overwrite")),
        ("/restoreTargetInfo/restoreLocation", json!("northeurope")),
        ("/restoreTargetInfo/targetDetails/filePrefix", json!("")),
        ("/restoreTargetInfo/targetDetails/restoreTargetLocationType", json!("AzureFiles")),
        ("/restoreTargetInfo/targetDetails/url", Value::Null),
    ];
    for (at, value) in twists {
        let mut request = good.clone();
        *request.pointer_mut(at).unwrap() = value;
        assert_eq!(world.post(&format!("{}/restore", orders()), &request).status, 400, "{at}");
    }
    let mut named = good.clone();
    named["restoreTargetInfo"]["targetDetails"]["targetResourceArmId"] = json!("/subscriptions/other");
    assert_eq!(world.post(&format!("{}/restore", orders()), &named).status, 400);
    named["restoreTargetInfo"]["targetDetails"]["targetResourceArmId"] = json!(
        "/subscriptions/b81c4e7d-0a52-4d39-8e16-95f3c2a7d640/resourceGroups/rg-restore-weu/providers/Microsoft.Storage/storageAccounts/stordersrestoreweu/blobServices/default/containers/pg-restore-drills"
    );
    assert_eq!(world.post(&format!("{}/restore", orders()), &named).status, 202);
}

#[test]
fn a_reload_finds_what_was_started() {
    let mut world = World::new();
    let request = world.request(&orders(), DRILLS, "with \"quotes\" and \\ and ünïcode");
    let job = world.start(&orders(), &request);
    let accepted = world.post(&format!("{}/validateRestore", orders()), &wrapped(&request));
    let url = accepted.header("Azure-AsyncOperation").unwrap();
    let before = (world.read(&job), json_of(&world.get(url)));
    let ledger = world.azure.ledger();
    world.azure = Azure::new(Some(&ledger));
    assert_eq!((world.read(&job), json_of(&world.get(url))), before);
    assert_eq!(world.azure.ledger(), ledger);
    assert!(!ledger.contains("&s="), "no signature is kept");
}

#[test]
fn a_ledger_that_cannot_be_read_is_a_fresh_world() {
    for ledger in ["", "null", "{", "{\"version\":2,\"started\":[]}", "{\"version\":1,\"started\":7}", "[[[["] {
        assert_eq!(Azure::new(Some(ledger)).ledger(), Azure::new(None).ledger());
    }
}
