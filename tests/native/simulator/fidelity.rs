//! The structure of answers against recorded traffic and documented examples, where these are at hand: `fidelity` tells
//! where.

use super::{DEMO, DRILLS, ORDERS, VAULT, World, json_of, orders, wrapped};
use crate::fidelity::{files, json as reference};
use pgflex_restore::azure::http::{Method, Response};
use serde_json::Value;
use std::collections::BTreeSet;

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

/// The members that the one has and the other has not.
fn differing(ours: &Value, theirs: &Value) -> Vec<String> {
    let (ours, theirs) = (shape_of(ours), shape_of(theirs));
    ours.symmetric_difference(&theirs).cloned().collect()
}

fn assert_same_shape(ours: &Value, theirs: &Value, what: &str) {
    let differing = differing(ours, theirs);
    assert!(differing.is_empty(), "{what}: {differing:?} in\n  ours   {ours}\n  theirs {theirs}");
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

/// Recorded requests that the simulated Azure is not asked, or not answered, by themselves, and why.
const NOT_BY_ITSELF: &[(&str, &[u64], &str)] = &[
    (
        "flow-oss-restore-as-files-2023-11-01.json",
        &[46, 47, 48, 50, 51, 52, 53, 60],
        "of an operation and a job that have to be started first, as in the test of the recorded restore above",
    ),
    ("flow-recovery-point-list.json", &[8], "restores into another region are not simulated"),
    ("flow-role-assignments.json", &[15, 18], "what roles there are is not simulated, only who has one"),
];

/// Members that only the recorded answer has, or only the simulated one: how they begin, and why.
const NOT_ALIKE: &[(&str, &str)] = &[
    (
        ".data[].properties.backupInstanceExtendedProperties",
        "told by the resource graph alone, and more of it than is asked for",
    ),
    (".data[].properties.dataSourceInfo.", "nulls of later api-versions"),
    (".data[].properties.dataSourceSetInfo.", "nulls of later api-versions"),
    (".data[].properties.dataSourceProperties", "a null of later api-versions"),
    (".data[].properties.policyInfo.policyParameters.", "of disks"),
    (".data[].properties.datasourceAuthCredentials.", "of single servers"),
    (".data[].properties.featureSettings", "whatever the vault's owner has set"),
    (".data[].properties.resourceMoveState", "told of a vault that is read by itself, as in the official examples"),
    (".data[].datasourceId", "what a query adds (`extend`) is told of instances alone"),
    (".data[].operation", "the same"),
    (".data[].status", "the same"),
    (".data[].vaultName", "the same"),
    (".data[].tags.", "whatever the vault's owner has written"),
    (".properties.extendedInfo.subTasks[].additionalDetails.", "how much was read of a disk"),
    (".data[].properties.extendedInfo.subTasks[].additionalDetails.", "how much was read of a disk"),
];

/// A recorded request, asked of what the simulated world has in its place.
fn ask_in_place(world: &mut World, said: &Value) -> Response {
    let point = world.request(&orders(), DRILLS, "x")["recoveryPointId"].as_str().unwrap().to_string();
    let jobs = world.read(&format!("{VAULT}/backupJobs"));
    let job = jobs["value"][0]["name"].as_str().unwrap().to_string();
    let subscription = VAULT.split('/').nth(2).unwrap();
    let places = [
        ("00000000-0000-0000-0000-000000000000", subscription),
        ("38304e13-357e-405e-9e9a-220351dcce8c", subscription),
        ("clitest-bkp-vault-persistent-bi-donotdelete", "bvault-prod-weu"),
        ("clitest-bkp-vault-crr-donotdelete", "bvault-prod-weu"),
        ("clitest-bkp-vault-donotdelete", "bvault-prod-weu"),
        ("oss-clitest-server-postgres-faec6818-0720-11ec-bd1b-c8f750f92764", ORDERS),
        (
            "clitest-disk-persistent-bi-donotdelete-clitest-disk-persistent-bi-donotdelete-e33c80ba-0bf8-11ee-aaa6-002b670b472e",
            ORDERS,
        ),
        ("08cf7afb-6364-41cf-8601-95b150cce3a5", &job),
        ("3e192126995b408bab9f4252d76c6b23", &point),
        ("https://ossclitestsa.blob.core.windows.net/oss-clitest-blob-container", DRILLS),
        ("centraluseuap", "westeurope"),
        ("clitest-dpp-rg", "rg-backup-prod"),
        ("oss-clitest-rg", "rg-orders-prod"),
    ];
    let put = |text: &str| places.iter().fold(text.to_string(), |text, (theirs, ours)| text.replace(theirs, ours));
    let method = [Method::Get, Method::Post, Method::Put].into_iter().find(|m| said["method"] == m.as_str()).unwrap();
    let body = (!said["requestBody"].is_null()).then(|| put(&said["requestBody"].to_string()));
    world.ask(method, &put(&crate::fidelity::filled(said["url"].as_str().unwrap())), body)
}

/// A list with its first row alone: rows are of many kinds.
fn first_rows(mut value: Value) -> Value {
    for list in ["value", "data"] {
        if let Some(rows) = value[list].as_array_mut() {
            rows.truncate(1);
        }
    }
    value
}

#[test]
fn every_recorded_request_is_understood_and_answered_in_the_recorded_structure() {
    let (flows, mut used) = (files("recordings", "flow-"), BTreeSet::new());
    for name in &flows {
        let flow = reference(&format!("recordings/{name}")).unwrap();
        for said in flow["interactions"].as_array().unwrap() {
            let number = said["n"].as_u64().unwrap();
            let what = format!("{name} {number}: {} {}", said["method"], said["url"]);
            let answer = ask_in_place(&mut World::new(), said);
            let alike = u64::from(answer.status) == said["status"].as_u64().unwrap();
            let excused = NOT_BY_ITSELF.iter().any(|(file, numbers, _)| file == name && numbers.contains(&number));
            assert_eq!(alike, !excused, "{what} is answered with {}: {}", answer.status, answer.body);
            if !alike || said["body"].is_null() {
                continue;
            }
            for member in differing(&first_rows(json_of(&answer)), &first_rows(said["body"].clone())) {
                let known = NOT_ALIKE.iter().position(|(begin, _)| member.starts_with(begin));
                used.insert(known.unwrap_or_else(|| {
                    panic!("{what}: {member} is only in one of\n{}\n{}", answer.body, said["body"])
                }));
            }
        }
    }
    let idle: Vec<_> = (0..NOT_ALIKE.len()).filter(|at| !used.contains(at)).map(|at| NOT_ALIKE[at]).collect();
    assert!(flows.is_empty() || idle.is_empty(), "no longer needed: {idle:?}");
}
