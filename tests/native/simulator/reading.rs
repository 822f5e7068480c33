//! What is only read.

use super::{ANALYTICS, VAULT, World, json_of, orders};
use expect_test::expect;
use serde_json::Value;

fn names(list: &Value) -> Vec<&str> {
    list["value"].as_array().unwrap().iter().map(|row| row["name"].as_str().unwrap()).collect()
}

#[test]
fn six_subscriptions_are_seen_by_the_operator() {
    let mut world = World::new();
    let list = json_of(&world.get("/subscriptions?api-version=2022-12-01"));
    let seen: Vec<&str> =
        list["value"].as_array().unwrap().iter().map(|s| s["displayName"].as_str().unwrap()).collect();
    expect![[r#"
        [
            "Contoso Analytics",
            "Failure Drills",
            "Contoso Legacy",
            "Contoso Platform",
            "Contoso Production",
            "Contoso Sandbox",
        ]
    "#]]
    .assert_debug_eq(&seen);
}

#[test]
fn the_whole_world_can_be_walked_and_every_answer_is_json() {
    let mut world = World::new();
    let subscriptions = json_of(&world.get("/subscriptions?api-version=2022-12-01"));
    let (mut vaults, mut servers, mut points) = (0, 0, 0);
    for s in subscriptions["value"].as_array().unwrap() {
        let base = s["id"].as_str().unwrap();
        for vault in
            world.read(&format!("{base}/providers/Microsoft.DataProtection/backupVaults"))["value"].as_array().unwrap()
        {
            vaults += 1;
            assert_eq!(vault["type"], "Microsoft.DataProtection/BackupVaults");
            let vault = vault["id"].as_str().unwrap().to_string();
            assert_eq!(world.read(&vault)["id"], vault.as_str());
            if vault.ends_with("bvault-legacy-locked") {
                let refused = world.get(&format!("{vault}/backupInstances?api-version=2024-04-01"));
                assert_eq!(json_of(&refused)["error"]["code"], "AuthorizationFailed");
                continue;
            }
            for instance in world.read(&format!("{vault}/backupInstances"))["value"].as_array().unwrap() {
                servers += 1;
                let policy = instance["properties"]["policyInfo"]["policyId"].as_str().unwrap();
                assert_eq!(world.read(policy)["properties"]["objectType"], "BackupPolicy");
                let id = instance["id"].as_str().unwrap();
                if vault.contains("bvault-demo-answers") || vault.contains("bvault-demo-sign-in") {
                    continue;
                }
                let response = world.get(&format!("{id}/recoveryPoints?api-version=2024-04-01"));
                if response.status == 200 {
                    points += json_of(&response)["value"].as_array().unwrap().len();
                } else {
                    assert!(id.contains("psql-points-forbidden"), "{id}: {}", response.body);
                }
            }
        }
    }
    expect!["21 vaults, 78 instances, 2974 points on first pages"]
        .assert_eq(&format!("{vaults} vaults, {servers} instances, {points} points on first pages"));
}

#[test]
fn a_year_of_weekly_points_comes_newest_first_with_no_next_link_at_all() {
    let mut world = World::new();
    let list = world.read(&format!("{}/recoveryPoints", orders()));
    assert!(list.get("nextLink").is_none());
    let times: Vec<&str> = list["value"]
        .as_array()
        .unwrap()
        .iter()
        .map(|p| p["properties"]["recoveryPointTime"].as_str().unwrap())
        .collect();
    assert!(times.windows(2).all(|pair| pair[0] > pair[1]));
    assert!(times[0].starts_with("2026-11-16T23:0"), "{}", times[0]);
    assert_eq!(times.len(), 51, "one week of 52 is missing");
    let states: Vec<&Value> = list["value"]
        .as_array()
        .unwrap()
        .iter()
        .map(|p| &p["properties"]["recoveryPointState"])
        .filter(|s| *s != "Completed")
        .collect();
    assert_eq!(states, ["Partial"]);
}

#[test]
fn a_point_looks_as_recorded_ones_do() {
    let mut world = World::new();
    let list = world.read(&format!("{}/recoveryPoints", orders()));
    let point = &list["value"][0]["properties"];
    assert_eq!(point["expiryTime"], Value::Null);
    assert_eq!(point["recoveryPointDataStoresDetails"][0]["expiryTime"], Value::Null);
    assert_ne!(point["friendlyName"], point["recoveryPointId"]);
    assert_eq!(point["recoveryPointId"], list["value"][0]["name"]);
    assert_eq!(point["recoveryPointId"].as_str().unwrap().len(), 32);
    let tags: Vec<&Value> =
        list["value"].as_array().unwrap().iter().map(|p| &p["properties"]["retentionTagName"]).collect();
    assert!(tags.iter().any(|t| *t == "Default") && tags.iter().any(|t| *t == "default"));
}

#[test]
fn a_points_id_stays_while_new_points_join() {
    let mut world = World::new();
    let before = world.read(&format!("{}/recoveryPoints", orders()));
    world.wait(7 * 86_400);
    let after = world.read(&format!("{}/recoveryPoints", orders()));
    assert_eq!(names(&before)[0], names(&after)[1]);
    let one = world.read(&format!("{}/recoveryPoints/{}", orders(), names(&before)[0]));
    assert_eq!(one, after["value"][1]);
}

#[test]
fn an_old_api_version_tells_no_state_of_a_point() {
    let mut world = World::new();
    let response = world.get(&format!("{}/recoveryPoints?api-version=2021-07-01", orders()));
    assert_eq!(json_of(&response)["value"][0]["properties"]["recoveryPointState"], Value::Null);
}

#[test]
fn a_filter_by_date_takes_both_halves_either_or_none() {
    let mut world = World::new();
    let mut count = |filter: &str| {
        let url = format!("{}/recoveryPoints?api-version=2024-04-01&$filter={filter}", orders());
        let response = world.get(&url);
        (response.status, json_of(&response)["value"].as_array().map_or(0, Vec::len))
    };
    assert_eq!(count(""), (200, 51));
    let november = "startDate%20eq%20'2026-11-01T00%3A00%3A00.0000000Z'";
    let until = "endDate%20eq%20'2026-11-10T00:00:00.0000000Z'";
    assert_eq!(count(november), (200, 3));
    assert_eq!(count(until), (200, 50));
    assert_eq!(count(&format!("{november}%20and%20{until}")), (200, 2));
    assert_eq!(count(&format!("{until}+and+{november}")), (200, 2));
    assert_eq!(count("startDate%20eq%20'2033-01-01T00:00:00Z'%20and%20endDate%20eq%20'2023-01-01T00:00:00Z'").1, 0);
    assert_eq!(count("startDate%20gt%20'2026-11-01T00:00:00Z'").0, 400);
    assert_eq!(count("startDate%20eq%20'yesterday'").0, 400);
}

#[test]
fn a_long_list_comes_in_exactly_three_pages_without_a_gap_or_a_repeat() {
    let mut world = World::new();
    let instance = world.instance(ANALYTICS, "psql-warehouse");
    let mut url = format!("https://management.azure.com{instance}/recoveryPoints?api-version=2024-04-01");
    let (mut pages, mut seen) = (Vec::new(), Vec::new());
    loop {
        let page = json_of(&world.get(&url));
        pages.push(page["value"].as_array().unwrap().len());
        seen.extend(names(&page).iter().map(|n| n.to_string()));
        // A week goes by between the pages: a new point does not move them.
        world.wait(7 * 86_400);
        match page.get("nextLink") {
            Some(next) => url = next.as_str().unwrap().to_string(),
            None => break,
        }
    }
    // Two points that were kept at first expired meanwhile.
    assert_eq!(pages, [100, 100, 38]);
    let told = seen.len();
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), told);
}

#[test]
fn a_next_link_keeps_the_filter_and_refuses_a_token_it_did_not_give() {
    let mut world = World::new();
    let instance = world.instance(ANALYTICS, "psql-warehouse");
    let url = format!("{instance}/recoveryPoints?api-version=2024-04-01&$filter=startDate eq '2024-06-01T00:00:00Z'");
    let page = json_of(&world.get(&url.replace(' ', "%20")));
    let next = page["nextLink"].as_str().unwrap();
    assert!(next.contains("&$filter=startDate%20eq%20%27") && next.contains("&$skipToken="), "{next}");
    let rest = json_of(&world.get(next));
    assert_eq!(rest["value"].as_array().unwrap().len(), 29);
    let other = world.get(&format!("{instance}/recoveryPoints?api-version=2024-04-01&$skipToken=abc"));
    assert_eq!(other.status, 400);
}

#[test]
fn a_server_just_configured_has_no_point_and_a_deleted_one_keeps_its_own() {
    let mut world = World::new();
    let vault = "/subscriptions/b81c4e7d-0a52-4d39-8e16-95f3c2a7d640/resourceGroups/rg-platform-gwc/providers/Microsoft.DataProtection/backupVaults/bvault-platform-gwc";
    let temporal = world.instance(vault, "psql-temporal");
    assert_eq!(world.read(&temporal)["properties"]["currentProtectionState"], "ConfiguringProtection");
    assert_eq!(world.read(&format!("{temporal}/recoveryPoints"))["value"].as_array().unwrap().len(), 0);

    let gone = world.instance(VAULT, "psql-orders-2024");
    let source = world.read(&gone)["properties"]["dataSourceInfo"]["resourceID"].as_str().unwrap().to_string();
    assert_eq!(world.get(&format!("{source}?api-version=2024-08-01")).status, 404);
    let points = world.read(&format!("{gone}/recoveryPoints"));
    let newest = points["value"][0]["properties"]["recoveryPointTime"].as_str().unwrap();
    assert!(newest.starts_with("2026-03-30T23:0"), "{newest}");
}

#[test]
fn a_servers_id_leads_to_what_protects_it() {
    let mut world = World::new();
    let server = "/subscriptions/6f2d9a41-5c0e-4b7a-9f63-2d1e8c7b4a05/resourcegroups/RG-Orders-Prod/providers/Microsoft.DBforPostgreSQL/flexibleServers/psql-orders-prod";
    let list = world.read(&format!("{server}/providers/Microsoft.DataProtection/backupInstances"));
    let found = &list["value"].as_array().unwrap()[..];
    assert_eq!(found.len(), 1);
    assert!(found[0]["properties"]["policyInfo"]["policyId"].as_str().unwrap().contains("bvault-prod-weu"));
    assert!(found[0]["id"].as_str().unwrap().contains("/flexibleServers/psql-orders-prod/providers/"));
}

#[test]
fn paths_are_read_without_case_and_told_in_the_worlds_spelling() {
    let mut world = World::new();
    let plain = world.read(&orders());
    assert_eq!(world.read(&orders().to_uppercase().replace("/SUBSCRIPTIONS", "/Subscriptions")), plain);
    assert!(world.read(VAULT)["id"].as_str().unwrap().contains("/BackupVaults/"));
    assert!(plain["id"].as_str().unwrap().contains("/backupVaults/"));
}

#[test]
fn a_policy_tells_its_week_and_how_long_points_are_kept() {
    let mut world = World::new();
    let policy = world.read(&format!("{VAULT}/backupPolicies/weekly-12m"));
    let rules = &policy["properties"]["policyRules"];
    assert_eq!(rules[0]["trigger"]["schedule"]["repeatingTimeIntervals"][0], "R/2024-05-13T23:00:00+00:00/P1W");
    assert_eq!(rules[1]["lifecycles"][0]["deleteAfter"]["duration"], "P52W");
}

#[test]
fn a_vault_has_one_kind_of_identity_or_the_other() {
    let mut world = World::new();
    expect!["e4b70c92-8d15-4a6f-b3c8-17f0a95d2e63"]
        .assert_eq(world.read(VAULT)["identity"]["principalId"].as_str().unwrap());
    let identity = world.read(ANALYTICS)["identity"].clone();
    assert_eq!(identity["type"], "UserAssigned");
    assert!(identity.get("principalId").is_none());
    let warehouse = world.instance(ANALYTICS, "psql-warehouse");
    let details = world.read(&warehouse)["properties"]["identityDetails"].clone();
    let arm = details["userAssignedIdentityArmUrl"].as_str().unwrap();
    assert!(identity["userAssignedIdentities"][arm]["principalId"].is_string(), "{identity}");
}

#[test]
fn role_assignments_at_a_scope_are_told_with_those_above_it() {
    let mut world = World::new();
    let account = "/subscriptions/94b7d3e0-58c6-4a1f-8f29-0e6d71c3a5b8/resourceGroups/rg-demo/providers/Microsoft.Storage/storageAccounts/stdemoweu";
    let mut roles = |scope: &str, filter: &str| {
        let url = format!(
            "{scope}/providers/Microsoft.Authorization/roleAssignments?api-version=2022-04-01&$filter={filter}"
        );
        json_of(&world.get(&url))["value"].as_array().unwrap().len()
    };
    let container = format!("{account}/blobServices/default/containers/drill-2026-11");
    let missing = format!("{account}/blobServices/default/containers/no-role");
    assert_eq!(roles(&missing, "atScope()"), 1, "the owner of the subscription");
    assert_eq!(
        roles(&container, "atScope()"),
        20,
        "the owner and every vault but that one and the one without an identity"
    );
    assert_eq!(roles(account, "atScope()"), 1, "grants on containers are below");
    let principal = "atScope()%20and%20assignedTo('7ac02f95-e3d1-4860-a5b9-4d8f16e2c073')";
    assert_eq!(roles(&container, principal), 1);
    assert_eq!(roles(&missing, principal), 0);
}

#[test]
fn every_answer_carries_the_headers_of_the_gateway_with_their_casing() {
    let mut world = World::new();
    let response = world.get(&format!("{VAULT}?api-version=2024-04-01"));
    let names: Vec<&str> = response.headers.iter().map(|(n, _)| n.as_str()).collect();
    expect![[r#"
        [
            "Cache-Control",
            "Pragma",
            "Content-Length",
            "Content-Type",
            "Expires",
            "x-ms-request-id",
            "x-ms-ratelimit-remaining-subscription-reads",
            "x-ms-correlation-request-id",
            "x-ms-routing-request-id",
            "Strict-Transport-Security",
            "X-Content-Type-Options",
            "Date",
        ]
    "#]]
    .assert_debug_eq(&names);
    assert_eq!(response.header("date"), Some("Sun, 22 Nov 2026 02:12:00 GMT"));
    assert_ne!(
        response.header("x-ms-request-id"),
        world.get(&format!("{VAULT}?api-version=2024-04-01")).header("x-ms-request-id")
    );
}
