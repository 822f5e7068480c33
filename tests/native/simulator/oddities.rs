//! What real traffic shows and no document tells. `docs/simulator.md` lists these oddities, each with its test.

use super::{DEMO, DRILLS, SAFE, VAULT, World, json_of, orders, wrapped};
use pgflex_restore::azure::http::{Method, Response};
use pgflex_restore::azure::id::same_id;
use pgflex_restore::moment::Span;
use serde_json::{Value, json};
use std::collections::BTreeSet;

const VERSION: &str = "?api-version=2024-04-01";

#[test]
fn an_id_changes_its_casing_within_a_flow() {
    let mut world = World::new();
    let vault = world.read(VAULT)["id"].as_str().unwrap().to_string();
    let instance = world.read(&orders())["id"].as_str().unwrap().to_string();
    let request = world.request(&orders(), DRILLS, "orders-1");
    let accepted = world.post(&format!("{}/restore", orders()), &request);
    let status = accepted.header("Azure-AsyncOperation").unwrap().to_string();
    world.wait(5);
    let of_operation = json_of(&world.get(&status))["properties"]["jobId"].as_str().unwrap().to_string();
    let of_job = world.read(&of_operation)["id"].as_str().unwrap().to_string();
    assert!(same_id(&of_operation, &of_job));
    let vaults =
        [&vault, &instance, &of_operation, &of_job].map(|id| id.split('/').take(9).collect::<Vec<_>>().join("/"));
    assert!(vaults.iter().all(|id| same_id(id, VAULT)), "{vaults:?}");
    let spelled: BTreeSet<&str> =
        vaults.iter().map(|id| id.split_once("/subscriptions/").unwrap().1.split_once('/').unwrap().1).collect();
    assert_eq!(
        spelled.into_iter().collect::<Vec<_>>(),
        [
            "resourceGroups/rg-backup-prod/providers/Microsoft.DataProtection/BackupVaults/bvault-prod-weu",
            "resourceGroups/rg-backup-prod/providers/Microsoft.DataProtection/backupVaults/bvault-prod-weu",
            "resourcegroups/rg-backup-prod/providers/Microsoft.DataProtection/BackupVaults/bvault-prod-weu",
        ]
    );
}

#[test]
fn a_time_that_is_not_set_is_in_the_year_1() {
    let mut world = World::new();
    let request = world.request(&orders(), DRILLS, "orders-1");
    let accepted = world.post(&format!("{}/restore", orders()), &request);
    let status = accepted.header("Azure-AsyncOperation").unwrap().to_string();
    assert_eq!(json_of(&world.get(&status))["endTime"], "0001-01-01T00:00:00Z");
    let list = world.read(&format!("{VAULT}/backupJobs"));
    let backup = list["value"].as_array().unwrap().iter().find(|job| job["properties"]["operation"] == "Backup");
    let backup = world.read(backup.unwrap()["id"].as_str().unwrap());
    let made = &backup["properties"]["extendedInfo"]["targetRecoverPoint"];
    assert_eq!(made["recoveryPointTime"], "0001-01-01T00:00:00Z");
}

#[test]
fn what_there_is_none_of_is_null_in_one_answer_and_absent_in_another() {
    let mut world = World::new();
    assert!(world.read(&format!("{}/recoveryPoints", orders())).get("nextLink").is_none());
    assert_eq!(world.read(&format!("{VAULT}/backupJobs")).get("nextLink"), Some(&Value::Null));
    let point = world.read(&format!("{}/recoveryPoints", orders()))["value"][0]["properties"].clone();
    assert_eq!((point.get("expiryTime"), point.get("policyVersion")), (Some(&Value::Null), Some(&Value::Null)));
    let request = world.request(&orders(), DRILLS, "orders-1");
    let job = world.start(&orders(), &request);
    assert_eq!(world.read(&job)["properties"].get("errorDetails"), Some(&Value::Null));

    // A failed operation leaves out what a refused request tells as null.
    let instance = world.instance(DEMO, "psql-orders-demo");
    let request = world.request(&instance, &SAFE.replace("drill-2026-11", "not-there"), "demo-1");
    let accepted = world.post(&format!("{instance}/validateRestore"), &wrapped(&request));
    let status = accepted.header("Azure-AsyncOperation").unwrap().to_string();
    let running = json_of(&world.get(&status));
    assert!(running.get("error").is_none() && running.get("properties").is_none());
    world.wait(45);
    let failed = json_of(&world.get(&status))["error"].clone();
    assert!(failed.get("details").is_none() && failed["additionalInfo"][0]["info"].get("details").is_none());
    let refused = json_of(&world.post(&format!("{instance}/restore"), &json!({})))["error"].clone();
    assert_eq!(refused.get("details"), Some(&Value::Null));
    assert_eq!(refused["additionalInfo"][0]["info"].get("details"), Some(&Value::Null));
}

#[test]
fn times_have_seven_digits_of_a_second_but_for_the_end_of_an_operation() {
    let mut world = World::new();
    let digits = |time: &Value| {
        let time = time.as_str().unwrap();
        time.strip_suffix('Z').unwrap().split_once('.').map_or(0, |(_, fraction)| fraction.len())
    };
    let list = world.read(&format!("{}/recoveryPoints", orders()));
    let points = list["value"].as_array().unwrap();
    let lengths: Vec<usize> = points.iter().map(|point| digits(&point["properties"]["recoveryPointTime"])).collect();
    // Zeros at the end are left out.
    assert!(lengths.iter().all(|n| *n <= 7) && lengths.iter().filter(|n| **n == 7).count() > 30, "{lengths:?}");
    let request = world.request(&orders(), DRILLS, "orders-1");
    let accepted = world.post(&format!("{}/restore", orders()), &request);
    let status = accepted.header("Azure-AsyncOperation").unwrap().to_string();
    world.wait(5);
    let done = json_of(&world.get(&status));
    assert_eq!((digits(&done["startTime"]), digits(&done["endTime"])), (7, 0));
    let job = world.read(done["properties"]["jobId"].as_str().unwrap());
    assert_eq!(digits(&job["properties"]["startTime"]), 7);
}

#[test]
fn a_job_tells_one_duration_in_two_forms() {
    let mut world = World::new();
    let request = world.request(&orders(), DRILLS, "orders-1");
    let job = world.start(&orders(), &request);
    world.wait(15 * 60);
    let alone = world.read(&job)["properties"]["duration"].as_str().unwrap().to_string();
    let listed = world.restores(VAULT).last().unwrap()["properties"]["duration"].as_str().unwrap().to_string();
    assert!(alone.starts_with("PT1") && alone.ends_with('S'), "{alone}");
    assert!(listed.starts_with("00:1") && !listed.contains(['P', 'S']), "{listed}");
    assert_eq!(Span::parse(&alone), Span::parse(&listed));
    assert!(Span::parse(&alone).is_some());
}

#[test]
fn retry_after_stands_on_a_202_and_nowhere_else() {
    let mut world = World::new();
    let mut told: Vec<(u16, String, Option<String>)> = Vec::new();
    let mut note = |what: &str, response: &Response| {
        told.push((response.status, what.to_string(), response.header("Retry-After").map(str::to_string)));
    };
    let request = world.request(&orders(), DRILLS, "orders-1");
    for (verb, body) in [("validateRestore", wrapped(&request)), ("restore", request.clone())] {
        let accepted = world.post(&format!("{}/{verb}", orders()), &body);
        note(verb, &accepted);
        let (status, location) =
            (accepted.header("Azure-AsyncOperation").unwrap(), accepted.header("Location").unwrap());
        note("status, running", &world.get(status));
        note("result, running", &world.get(location));
        world.wait(45);
        note("status, done", &world.get(status));
        note("result, done", &world.get(location));
    }
    let reads = [VAULT.to_string(), orders(), format!("{}/recoveryPoints", orders()), format!("{VAULT}/backupJobs")];
    for path in reads {
        note("read", &world.get(&format!("{path}{VERSION}")));
    }
    let job = world.restores(VAULT).last().unwrap()["id"].as_str().unwrap().to_string();
    note("job, running", &world.get(&format!("{job}{VERSION}")));
    note("refused", &world.get(&format!("{VAULT}/backupJobs/none{VERSION}")));
    note("refused", &world.ask(Method::Get, &format!("{}/restore{VERSION}", orders()), None));
    let with: Vec<_> = told.iter().filter(|(_, _, after)| after.is_some()).collect();
    assert_eq!(with.len(), told.iter().filter(|(status, ..)| *status == 202).count(), "{told:?}");
    let of_202: Vec<(&str, &str)> = with
        .iter()
        .map(|(status, what, after)| {
            assert_eq!(*status, 202, "{what}");
            (what.as_str(), after.as_deref().unwrap())
        })
        .collect();
    assert_eq!(
        of_202,
        [("validateRestore", "10"), ("result, running", "10"), ("restore", "30"), ("result, running", "30")]
    );
}
