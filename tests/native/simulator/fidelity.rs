//! The structure of answers against recorded traffic and documented examples, where these are at hand. They are not
//! part of the project: `PGFLEX_REFERENCE` names their folder, or `../shared/reference` beside the package does.

use super::{DEMO, DRILLS, VAULT, World, json_of, orders, wrapped};
use pgflex_restore::azure::http::Method;
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::PathBuf;

fn reference(file: &str) -> Option<Value> {
    let beside = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/reference");
    let folder = std::env::var_os("PGFLEX_REFERENCE").map_or(beside, PathBuf::from);
    let text = std::fs::read_to_string(folder.join(file)).ok();
    if text.is_none() {
        eprintln!("skipped: {file} is not at hand; PGFLEX_REFERENCE may name its folder");
    }
    text.map(|t| serde_json::from_str(&t).unwrap())
}

/// Every member of a value, as a path; rows of an array count as one; null and other values alike are leaves.
fn shape(value: &Value, at: &str, into: &mut BTreeSet<String>) {
    match value {
        Value::Object(members) => {
            for (name, value) in members {
                let at = format!("{at}.{name}");
                into.insert(at.clone());
                shape(value, &at, into);
            }
        }
        Value::Array(rows) => rows.iter().for_each(|row| shape(row, &format!("{at}[]"), into)),
        _ => {}
    }
}

fn shape_of(value: &Value) -> BTreeSet<String> {
    let mut out = BTreeSet::new();
    shape(value, "", &mut out);
    out
}

fn assert_same_shape(ours: &Value, theirs: &Value, what: &str) {
    let (ours, theirs) = (shape_of(ours), shape_of(theirs));
    let missing: Vec<_> = theirs.difference(&ours).collect();
    let added: Vec<_> = ours.difference(&theirs).collect();
    assert!(missing.is_empty() && added.is_empty(), "{what}: missing {missing:?}, added {added:?}");
}

/// The body of a recorded interaction.
fn recorded(flow: &Value, n: u64) -> &Value {
    let found = flow["interactions"].as_array().unwrap().iter().find(|i| i["n"] == n);
    &found.unwrap_or_else(|| panic!("no interaction {n}"))["body"]
}

#[test]
fn a_restore_answers_in_the_structure_of_the_recorded_one() {
    let Some(flow) = reference("recordings/flow-oss-restore-as-files-2023-11-01.json") else { return };
    let mut world = World::new();
    assert_same_shape(&world.read(&format!("{}/recoveryPoints", orders())), recorded(&flow, 27), "points");
    let request = world.request(&orders(), DRILLS, "orders-1");
    let accepted = world.post(&format!("{}/validateRestore", orders()), &wrapped(&request));
    let (status, location) = (accepted.header("Azure-AsyncOperation").unwrap(), accepted.header("Location").unwrap());
    assert_same_shape(&json_of(&world.get(status)), recorded(&flow, 46), "validation running");
    world.wait(45);
    assert_same_shape(&json_of(&world.get(status)), recorded(&flow, 47), "validation done");
    assert_same_shape(&json_of(&world.get(location)), recorded(&flow, 48), "result of the validation");
    let accepted = world.post(&format!("{}/restore", orders()), &request);
    let (status, location) = (accepted.header("Azure-AsyncOperation").unwrap(), accepted.header("Location").unwrap());
    assert_same_shape(&json_of(&world.get(status)), recorded(&flow, 50), "restore running");
    world.wait(5);
    let done = json_of(&world.get(status));
    assert_same_shape(&done, recorded(&flow, 51), "restore done");
    assert_same_shape(&json_of(&world.get(location)), recorded(&flow, 52), "result of the restore");
    let job = done["properties"]["jobId"].as_str().unwrap();
    assert_same_shape(&world.read(job), recorded(&flow, 53), "job running");
    world.wait(15 * 60);
    assert_same_shape(&world.read(job), recorded(&flow, 60), "job done");
}

#[test]
fn the_headers_of_a_202_are_among_the_recorded_ones() {
    let Some(flow) = reference("recordings/flow-oss-restore-as-files-2023-11-01.json") else { return };
    let mut world = World::new();
    let request = world.request(&orders(), DRILLS, "orders-1");
    let accepted = world.post(&format!("{}/restore", orders()), &request);
    let recorded = flow["interactions"].as_array().unwrap().iter().find(|i| i["n"] == 49).unwrap();
    for name in ["azure-asyncoperation", "location", "cache-control", "content-length", "date", "expires", "pragma"] {
        assert!(recorded["headers"].get(name).is_some() && accepted.header(name).is_some(), "{name}");
    }
    assert!(accepted.header("content-type").is_none() && recorded["headers"].get("content-type").is_none());
}

#[test]
fn jobs_answer_in_the_structure_of_recorded_ones() {
    let Some(flow) = reference("recordings/flow-job-list-and-show.json") else { return };
    let mut world = World::new();
    let list = world.read(&format!("{VAULT}/backupJobs"));
    let one = |list: &Value| serde_json::json!({ "value": [list["value"][0]], "nextLink": list["nextLink"] });
    assert_same_shape(&one(&list), &one(recorded(&flow, 0)), "list");
    // The recorded job is the backup of a disk, whose sub task tells another number.
    let job = world.read(list["value"][0]["id"].as_str().unwrap());
    let (ours, theirs) = (job.to_string(), recorded(&flow, 2).to_string());
    let same = |text: String| text.replace("OriginalDatasourceSizeInBytes", "DataTransferredInBytes");
    let parse = |text: String| serde_json::from_str::<Value>(&text).unwrap();
    let mut theirs = parse(same(theirs));
    let mut ours = parse(same(ours));
    for value in [&mut ours, &mut theirs] {
        value["properties"]["errorDetails"] = Value::Null;
    }
    assert_same_shape(&ours, &theirs, "job");
}

#[test]
fn points_answer_in_the_structure_of_recorded_ones() {
    let Some(flow) = reference("recordings/flow-recovery-point-list.json") else { return };
    let mut world = World::new();
    let ours = world.read(&format!("{}/recoveryPoints?$filter=", orders()));
    assert_same_shape(&ours, recorded(&flow, 0), "points");
}

/// A row's own members: what is in `properties` is another kind of resource in the recording.
#[test]
fn rows_of_the_resource_graph_have_the_members_of_recorded_ones() {
    for file in ["recordings/flow-arg-backup-vaults.json", "recordings/flow-arg-backup-instances.json"] {
        let Some(flow) = reference(file) else { return };
        let asked = &flow["interactions"][0]["requestBody"]["query"];
        let url = "/providers/Microsoft.ResourceGraph/resources?api-version=2021-03-01";
        let body = serde_json::json!({ "query": asked.as_str().unwrap().replace("Compute/disks", "flexibleServers") });
        let ours = json_of(&World::new().ask(Method::Post, url, Some(body.to_string())));
        let members = |answer: &Value| answer["data"][0].as_object().unwrap().keys().cloned().collect::<BTreeSet<_>>();
        assert_eq!(members(&ours), members(recorded(&flow, 0)), "{file}");
        let around = |answer: &Value| answer.as_object().unwrap().keys().cloned().collect::<BTreeSet<_>>();
        assert_eq!(around(&ours), around(recorded(&flow, 0)), "{file}");
    }
}

#[test]
fn a_failed_validation_has_the_structure_of_the_documented_one() {
    let Some(mut example) = reference("examples/docs.OperationStatus.Failed.UserErrorMissingRequiredPermissions.json")
    else {
        return;
    };
    example.as_object_mut().unwrap().remove("_source");
    let mut world = World::new();
    let instance = world.instance(DEMO, "psql-orders-demo");
    let request = world.request(&instance, "https://stdemoweu.blob.core.windows.net/no-role", "demo-1");
    let accepted = world.post(&format!("{instance}/validateRestore"), &wrapped(&request));
    world.wait(45);
    let status = json_of(&world.get(accepted.header("Azure-AsyncOperation").unwrap()));
    assert_same_shape(&status, &example, "failed validation");
}

#[test]
fn a_failed_job_has_the_structure_of_recorded_ones() {
    let Some(jobs) = reference("recordings/failed-jobs.json") else { return };
    let mut world = World::new();
    let instance = world.instance(DEMO, "psql-orders-demo");
    let request = world.request(&instance, "https://stdemoweu.blob.core.windows.net/job-fails", "demo-1");
    world.start(&instance, &request);
    world.wait(120);
    let list = world.read(&format!("{DEMO}/backupJobs"));
    let ours = list["value"].as_array().unwrap().last().unwrap();
    assert_same_shape(ours, &jobs[0], "failed job");
}
