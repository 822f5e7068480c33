//! What depends on the api-version that is asked in: the first one has no member for what came later.

use super::{ANALYTICS, World, drills, json_of};
use serde_json::Value;

/// What a path answers in an api-version.
fn read(world: &mut World, path: &str, version: &str) -> Value {
    json_of(&world.get(&format!("{path}?api-version={version}")))
}

#[track_caller]
fn check(path: &str, later: &[&str]) {
    let mut world = World::new();
    let (first, second) = (read(&mut world, path, "2021-07-01"), read(&mut world, path, "2024-04-01"));
    for member in later {
        assert!(first.pointer(member).is_none(), "{member} is told under 2021-07-01: {first}");
        assert!(second.pointer(member).is_some(), "{member} is not told under 2024-04-01: {second}");
    }
}

#[test]
fn the_first_api_version_tells_nothing_that_only_later_ones_know() {
    let mut world = World::new();
    let instance = world.instance(ANALYTICS, "psql-warehouse");
    check(ANALYTICS, &["/identity/userAssignedIdentities", "/properties/featureSettings", "/properties/secureScore"]);
    check(&instance, &["/properties/identityDetails", "/properties/validationType"]);
    let points = format!("{instance}/recoveryPoints");
    check(&points, &["/value/0/properties/recoveryPointState", "/value/0/properties/expiryTime"]);
    let job = world.read(&format!("{ANALYTICS}/backupJobs"))["value"][0]["id"].as_str().unwrap().to_string();
    check(&job, &["/properties/rehydrationPriority", "/properties/extendedInfo/warningDetails"]);
}

#[test]
fn the_first_api_version_cannot_be_asked_by_a_servers_id() {
    let mut world = World::new();
    let instance = world.instance(ANALYTICS, "psql-warehouse");
    let server = world.read(&instance)["properties"]["dataSourceInfo"]["resourceID"].as_str().unwrap().to_string();
    let path = format!("{server}/providers/Microsoft.DataProtection/backupInstances");
    assert_eq!(world.get(&format!("{path}?api-version=2024-04-01")).status, 200);
    let refused = world.get(&format!("{path}?api-version=2021-07-01"));
    assert_eq!((refused.status, &json_of(&refused)["error"]["code"]), (404, &"InvalidResourceType".into()));
}

#[test]
fn how_an_instance_is_protected_is_told_in_the_few_words_that_there_are_for_it() {
    let mut world = World::new();
    let vault = ANALYTICS
        .replace("rg-analytics-weu", "rg-platform-weu")
        .replace("2ae9750c-71b3-4f08-a6d4-c3905be81f27", "b81c4e7d-0a52-4d39-8e16-95f3c2a7d640");
    let vault = vault.replace("bvault-analytics-weu", "bvault-platform-weu");
    let instance = world.instance(&vault, "psql-keycloak");
    let told = &world.read(&instance)["properties"];
    assert_eq!(told["currentProtectionState"], "BackupSchedulesSuspended");
    assert_eq!(told["protectionStatus"]["status"], "ProtectionConfigured");
}

#[test]
fn a_list_that_never_ends_is_a_list_and_not_one_point_of_it() {
    let mut world = World::new();
    let instance = world.instance(&drills("answers"), "psql-endless-pages");
    let points = world.read(&format!("{instance}/recoveryPoints"));
    assert!(points["nextLink"].is_string());
    let point = world.read(points["value"][0]["id"].as_str().unwrap());
    assert!(point.get("nextLink").is_none() && point["properties"].is_object(), "{point}");
}
