//! The start of a restore, where it goes wrong.

use super::{SAFE, World, drills, json_of, wrapped};
use pgflex_restore::azure::http::{Method, Response, Unreachable};
use pgflex_restore::moment::Moment;
use serde_json::Value;

/// A world, an instance of the drills, and a request to restore its newest point.
fn ready(server: &str) -> (World, String, Value) {
    let mut world = World::new();
    let instance = world.instance(&drills("start"), server);
    let request = world.request(&instance, SAFE, "demo-1");
    (world, instance, request)
}

fn restore(world: &mut World, instance: &str, request: &Value) -> Result<Response, Unreachable> {
    world.try_post(&format!("{instance}/restore"), request)
}

/// The ids of the restores in the list.
fn listed(world: &mut World) -> Vec<String> {
    world.restores(&drills("start")).iter().map(|job| job["id"].as_str().unwrap().to_string()).collect()
}

fn prefix(world: &mut World, job: &str) -> String {
    world.read(job)["properties"]["extendedInfo"]["additionalDetails"]["Restore File Prefix"].as_str().unwrap().into()
}

fn status(world: &mut World, job: &str) -> String {
    world.read(job)["properties"]["status"].as_str().unwrap().to_string()
}

#[test]
fn a_restore_cut_off_before_it_was_read_starts_nothing_and_the_next_one_is_taken() {
    let (mut world, instance, request) = ready("psql-cut-before");
    let at_first = listed(&mut world).len();
    assert_eq!(restore(&mut world, &instance, &request), Err(Unreachable::NoAnswer));
    world.wait(700);
    assert_eq!(listed(&mut world).len(), at_first);
    assert_eq!(restore(&mut world, &instance, &request).unwrap().status, 202);
    world.wait(10);
    let jobs = listed(&mut world);
    assert_eq!(prefix(&mut world, jobs.last().unwrap()), "demo-1");
    world.wait(600);
    assert_eq!(status(&mut world, jobs.last().unwrap()), "Completed", "no file stood in its way");
}

#[test]
fn a_restore_cut_off_after_it_was_read_is_in_the_list() {
    let (mut world, instance, request) = ready("psql-cut-after");
    assert_eq!(restore(&mut world, &instance, &request), Err(Unreachable::NoAnswer));
    world.wait(10);
    let job = listed(&mut world).pop().unwrap();
    assert_eq!(prefix(&mut world, &job), "demo-1");
    // Its check is answered.
    assert_eq!(world.post(&format!("{instance}/validateRestore"), &wrapped(&request)).status, 202);
}

#[test]
fn a_late_answer_comes_after_a_hundred_seconds_and_the_job_began_long_before() {
    let (mut world, instance, request) = ready("psql-late-answer");
    let url = format!("{instance}/restore?api-version=2024-04-01");
    let reply = world.send(Method::Post, &url, "", Some(request.to_string()));
    assert_eq!(reply.takes.millis(), 100_000);
    assert_eq!(reply.outcome.unwrap().status, 202);
    world.wait(10);
    let job = listed(&mut world).pop().unwrap();
    assert_eq!(prefix(&mut world, &job), "demo-1");
}

#[test]
fn a_list_can_lag_by_minutes_while_the_job_runs() {
    for (server, lag) in [("psql-list-lags", 240), ("psql-list-lags-long", 1_500)] {
        let (mut world, instance, request) = ready(server);
        assert_eq!(restore(&mut world, &instance, &request), Err(Unreachable::NoAnswer));
        world.wait(lag - 1);
        let own = |world: &mut World| listed(world).into_iter().find(|job| prefix(world, job) == "demo-1");
        assert_eq!(own(&mut world), None, "{server}");
        world.wait(3);
        assert!(own(&mut world).is_some(), "{server}");
    }
}

#[test]
fn whoever_starts_again_while_the_list_lags_fails_for_the_files() {
    let (mut world, instance, request) = ready("psql-list-lags-long");
    assert_eq!(restore(&mut world, &instance, &request), Err(Unreachable::NoAnswer));
    world.wait(700);
    assert_eq!(restore(&mut world, &instance, &request).unwrap().status, 202);
    world.wait(3_000);
    let jobs = world.restores(&drills("start"));
    let of_server = jobs.iter().filter(|job| job["properties"]["dataSourceName"] == "psql-list-lags-long");
    let ends: Vec<&str> = of_server.map(|job| job["properties"]["status"].as_str().unwrap()).collect();
    assert_eq!(ends, ["Completed", "Failed"]);
}

#[test]
fn a_restore_taken_twice_makes_two_jobs_of_one_prefix_of_which_one_fails() {
    for (server, followed) in [("psql-taken-twice", "Failed"), ("psql-taken-twice-other-fails", "Completed")] {
        let (mut world, instance, request) = ready(server);
        let job = world.start(&instance, &request);
        world.wait(600);
        assert_eq!(status(&mut world, &job), followed, "{server}");
        let jobs = world.restores(&drills("start"));
        let own = jobs.iter().filter(|job| job["properties"]["dataSourceName"] == server);
        let own: Vec<String> = own.map(|job| job["id"].as_str().unwrap().to_string()).collect();
        assert_eq!(own.len(), 2, "{server}");
        assert_ne!(own[0], own[1]);
        assert!(own.iter().all(|job| prefix(&mut world, job) == "demo-1"));
        let mut ends: Vec<String> = own.iter().map(|job| status(&mut world, job)).collect();
        ends.sort();
        assert_eq!(ends, ["Completed", "Failed"], "{server}");
        // After a reload too.
        world.azure = pgflex_restore::sim::Azure::new(Some(&world.azure.ledger()));
        assert_eq!(status(&mut world, &job), followed, "{server}");
    }
}

#[test]
fn somebody_else_restores_the_only_point_at_any_time() {
    for minutes in 0..90 {
        let mut world = World::new();
        world.wait(minutes * 60 + 7);
        let instance = world.instance(&drills("start"), "psql-restore-running");
        let points = world.read(&format!("{instance}/recoveryPoints"));
        let points = points["value"].as_array().unwrap();
        assert_eq!(points.len(), 1);
        let running: Vec<String> = world
            .restores(&drills("start"))
            .iter()
            .filter(|job| job["properties"]["status"] == "InProgress")
            .map(|job| job["id"].as_str().unwrap().to_string())
            .collect();
        assert!(!running.is_empty(), "none runs {minutes} minutes later");
        let job = world.read(&running[0])["properties"].clone();
        assert_eq!(job["backupInstanceId"], instance.as_str());
        assert_eq!(
            job["extendedInfo"]["sourceRecoverPoint"]["recoveryPointID"],
            points[0]["properties"]["recoveryPointId"]
        );
        let began = Moment::parse(job["startTime"].as_str().unwrap()).unwrap();
        assert!(world.now.since(began).millis() < 2_400_000);
    }
}

#[test]
fn a_restore_of_somebody_else_keeps_its_id_and_ends() {
    let (mut world, ..) = ready("psql-restore-running");
    let running = listed(&mut world).pop().unwrap();
    world.wait(2_400);
    assert_eq!(status(&mut world, &running), "Completed");
}

#[test]
fn the_headers_of_an_answer_can_be_hidden_for_one_server() {
    let (mut world, instance, request) = ready("psql-hidden-headers");
    let check = world.post(&format!("{instance}/validateRestore"), &wrapped(&request));
    let accepted = restore(&mut world, &instance, &request).unwrap();
    for response in [check, accepted] {
        assert_eq!((response.status, response.headers.len()), (202, 0));
    }
    assert!(!world.get(&format!("{instance}?api-version=2024-04-01")).headers.is_empty(), "reads are as ever");
}

#[test]
fn an_operations_addresses_can_lead_to_another_host() {
    let evil = "https://management.azure.com.evil.example/";
    let (mut world, instance, request) = ready("psql-hostile-async");
    let accepted = restore(&mut world, &instance, &request).unwrap();
    assert!(accepted.header("Azure-AsyncOperation").unwrap().starts_with(evil));
    let location = accepted.header("Location").unwrap().to_string();
    world.wait(5);
    assert!(json_of(&world.get(&location))["jobId"].is_string(), "the other address is good");

    let (mut world, instance, request) = ready("psql-hostile-location");
    let accepted = restore(&mut world, &instance, &request).unwrap();
    assert_eq!(accepted.header("Azure-AsyncOperation"), None);
    assert!(accepted.header("Location").unwrap().starts_with(evil));
}

#[test]
fn an_operation_can_say_a_word_of_no_document_until_it_succeeds() {
    let (mut world, instance, request) = ready("psql-unknown-operation");
    let accepted = restore(&mut world, &instance, &request).unwrap();
    let url = accepted.header("Azure-AsyncOperation").unwrap();
    world.wait(90);
    let running = json_of(&world.get(url));
    assert_eq!(running["status"], "AwaitingCapacity");
    assert_eq!(running["endTime"], "0001-01-01T00:00:00Z");
    world.wait(10);
    let done = json_of(&world.get(url));
    assert_eq!(done["status"], "Succeeded");
    assert!(done["properties"]["jobId"].is_string());
}

#[test]
fn an_operation_may_not_be_read_in_the_middle_and_later_it_may() {
    let (mut world, instance, request) = ready("psql-operation-403");
    let check = world.post(&format!("{instance}/validateRestore"), &wrapped(&request));
    let url = check.header("Azure-AsyncOperation").unwrap();
    world.wait(10);
    assert_eq!(json_of(&world.get(url))["status"], "Inprogress");
    world.wait(10);
    let refused = world.get(url);
    assert_eq!(refused.status, 403);
    let error = json_of(&refused)["error"].clone();
    assert_eq!(error["code"], "AuthorizationFailed");
    assert!(error["message"].as_str().unwrap().contains("operationStatus/read' over scope '/subscriptions/94b7d3e0"));
    world.wait(230);
    assert_eq!(json_of(&world.get(url))["status"], "Succeeded");
}

#[test]
fn a_restore_can_be_refused_by_the_server_after_its_check_succeeded() {
    let (mut world, instance, request) = ready("psql-restore-refused");
    let check = world.post(&format!("{instance}/validateRestore"), &wrapped(&request));
    let accepted = restore(&mut world, &instance, &request).unwrap();
    world.wait(60);
    assert_eq!(json_of(&world.get(check.header("Azure-AsyncOperation").unwrap()))["status"], "Succeeded");
    let status = json_of(&world.get(accepted.header("Azure-AsyncOperation").unwrap()));
    assert_eq!(status["error"]["code"], "UserErrorMaxConcurrentOperationLimitReached");
}

#[test]
fn a_soft_deleted_instance_is_read_and_not_restored() {
    let (mut world, instance, request) = ready("psql-soft-deleted");
    assert_eq!(world.read(&instance)["properties"]["currentProtectionState"], "SoftDeleted");
    let check = world.post(&format!("{instance}/validateRestore"), &wrapped(&request));
    for response in [check, restore(&mut world, &instance, &request).unwrap()] {
        assert_eq!((response.status, &json_of(&response)["error"]["code"]), (400, &"BMSUserErrorInvalidInput".into()));
    }
}
