//! Jobs that do not simply run and complete.

use super::{SAFE, World, drills, json_of};
use serde_json::Value;

/// A restore of a server of the drills that was started: the world, and its job.
fn started(server: &str) -> (World, String) {
    let mut world = World::new();
    let instance = world.instance(&drills("job"), server);
    let request = world.request(&instance, SAFE, "demo-1");
    let job = world.start(&instance, &request);
    (world, job)
}

fn status(world: &mut World, job: &str) -> String {
    world.read(job)["properties"]["status"].as_str().unwrap().to_string()
}

fn in_list(world: &mut World) -> Option<Value> {
    world.restores(&drills("job")).last().map(|job| job["properties"]["status"].clone())
}

#[test]
fn a_server_can_have_files_in_its_way() {
    let (mut world, job) = started("psql-files-exist");
    world.wait(20);
    assert_eq!(status(&mut world, &job), "InProgress");
    world.wait(10);
    let failed = world.read(&job)["properties"].clone();
    assert_eq!(failed["status"], "Failed");
    assert_eq!(failed["errorDetails"][0]["details"][0]["code"], "UserErrorTargetFilesAlreadyExist");
}

#[test]
fn a_job_can_complete_with_a_warning() {
    let (mut world, job) = started("psql-job-warns");
    assert_eq!(world.read(&job)["properties"]["extendedInfo"]["warningDetails"], Value::Null);
    world.wait(600);
    let done = world.read(&job)["properties"].clone();
    assert_eq!(done["status"], "CompletedWithWarnings");
    assert_eq!(done["errorDetails"], Value::Null);
    let warning = &done["extendedInfo"]["warningDetails"][0];
    assert_eq!(warning["resourceName"], "psql-job-warns");
    assert_eq!(warning["warning"]["code"], "UserErrorRolesNotRestored");
    assert!(done["extendedInfo"]["subTasks"][0]["additionalDetails"]["DataTransferredInBytes"].is_string());
    assert_eq!(in_list(&mut world), Some("CompletedWithWarnings".into()));
}

#[test]
fn a_job_can_vanish_while_it_runs() {
    let (mut world, job) = started("psql-job-vanishes");
    world.wait(60);
    assert_eq!(status(&mut world, &job), "InProgress");
    assert_eq!(in_list(&mut world), Some("InProgress".into()));
    world.wait(10);
    let gone = world.get(&format!("{job}?api-version=2024-04-01"));
    assert_eq!(gone.status, 404);
    assert_eq!(json_of(&gone)["error"]["code"], "UserErrorGenericResourceNotFound");
    assert_eq!(in_list(&mut world), None);
}

#[test]
fn a_job_can_say_a_word_of_no_document_until_it_completes() {
    let (mut world, job) = started("psql-unknown-job");
    world.wait(10);
    let running = world.read(&job)["properties"].clone();
    assert_eq!(running["status"], "AwaitingCapacity");
    assert_eq!((&running["endTime"], &running["duration"]), (&Value::Null, &"PT0S".into()));
    assert_eq!(in_list(&mut world), Some("AwaitingCapacity".into()));
    world.wait(600);
    assert_eq!(status(&mut world, &job), "Completed");
}

#[test]
fn a_job_may_not_be_read_in_the_middle_and_later_it_may() {
    let (mut world, job) = started("psql-job-403");
    world.wait(50);
    assert_eq!(status(&mut world, &job), "InProgress");
    world.wait(10);
    let refused = world.get(&format!("{job}?api-version=2024-04-01"));
    assert_eq!((refused.status, &json_of(&refused)["error"]["code"]), (403, &"AuthorizationFailed".into()));
    assert_eq!(in_list(&mut world), Some("InProgress".into()), "the list is as ever");
    world.wait(420);
    assert_eq!(status(&mut world, &job), "Completed");
}
