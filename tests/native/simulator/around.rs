//! What stands around Azure Backup: the resource graph, and storage.

use super::{DRILLS, World, json_of, orders};
use pgflex_restore::azure::http::{Method, Response};
use serde_json::{Value, json};

const INSTANCES: &str = "RecoveryServicesResources | where type =~ 'microsoft.dataprotection/backupvaults/backupinstances' \
                         | where properties.dataSourceInfo.datasourceType in~ ('Microsoft.DBforPostgreSQL/flexibleServers')";
const JOBS: &str = "RecoveryServicesResources | where type =~ 'microsoft.dataprotection/backupvaults/backupjobs'";
const PRODUCTION: &str = "6f2d9a41-5c0e-4b7a-9f63-2d1e8c7b4a05";
const STORAGE: &str = "/subscriptions/b81c4e7d-0a52-4d39-8e16-95f3c2a7d640/resourceGroups/rg-restore-weu/providers/Microsoft.Storage/storageAccounts/stordersrestoreweu";

impl World {
    fn graph(&mut self, body: &Value) -> Response {
        let url = "/providers/Microsoft.ResourceGraph/resources?api-version=2021-03-01";
        self.ask(Method::Post, url, Some(body.to_string()))
    }

    fn found(&mut self, body: &Value) -> Value {
        let response = self.graph(body);
        assert_eq!(response.status, 200, "{}", response.body);
        json_of(&response)
    }
}

fn names(rows: &Value) -> Vec<String> {
    rows.as_array().unwrap().iter().map(|row| row["name"].as_str().unwrap().to_string()).collect()
}

#[test]
fn the_resource_graph_finds_flexible_servers_across_subscriptions() {
    let found = World::new().found(&json!({ "query": INSTANCES }));
    assert_eq!((&found["totalRecords"], &found["count"]), (&json!(73), &json!(73)));
    assert_eq!(found["resultTruncated"], "false");
    assert!(found.get("$skipToken").is_none(), "there is no more");
    assert_eq!(found["data"][0]["type"], "microsoft.dataprotection/backupvaults/backupinstances");
}

#[test]
fn the_resource_graph_answers_in_pages_of_as_many_rows_as_are_asked_for() {
    let mut world = World::new();
    let every = names(&world.found(&json!({ "query": INSTANCES }))["data"]);
    let (mut seen, mut pages) = (Vec::new(), Vec::new());
    let mut options = json!({ "$top": 30 });
    loop {
        let page = world.found(&json!({ "query": INSTANCES, "options": options }));
        assert_eq!(page["totalRecords"], 73);
        assert_eq!(page["count"].as_u64(), page["data"].as_array().map(|rows| rows.len() as u64));
        pages.push(page["count"].as_u64().unwrap());
        seen.extend(names(&page["data"]));
        match page.get("$skipToken") {
            Some(token) => options["$skipToken"] = token.clone(),
            None => break,
        }
    }
    assert_eq!(pages, [30, 30, 13]);
    assert_eq!(seen, every);
    let skipped = world.found(&json!({ "query": INSTANCES, "options": { "$skip": 68 } }));
    assert_eq!(names(&skipped["data"]), every[68..]);
    assert_eq!(world.found(&json!({ "query": INSTANCES, "options": { "$skip": 73 } }))["data"], json!([]));
    let strange = world.graph(&json!({ "query": INSTANCES, "options": { "$skipToken": "bm9uZQ==" } }));
    assert_eq!((strange.status, &json_of(&strange)["error"]["code"]), (400, &json!("BadRequest")));
}

#[test]
fn the_resource_graph_finds_a_restore_by_its_prefix_a_little_late() {
    let mut world = World::new();
    let request = world.request(&orders(), DRILLS, "orders-graph-1");
    let job = world.start(&orders(), &request);
    let mut found = || -> Vec<Value> {
        let body = json!({ "query": JOBS, "subscriptions": [PRODUCTION] });
        let mut rows = world.found(&body)["data"].as_array().unwrap().clone();
        rows.retain(|row| {
            row["properties"]["extendedInfo"]["additionalDetails"]["Restore File Prefix"] == "orders-graph-1"
        });
        world.wait(60);
        rows
    };
    assert!(found().is_empty(), "an index lags behind");
    let rows = found();
    assert_eq!(rows.len(), 1);
    assert!(job.ends_with(rows[0]["name"].as_str().unwrap()));
    assert_eq!(rows[0]["type"], "microsoft.dataprotection/backupvaults/backupjobs");
    assert_eq!(rows[0]["subscriptionId"], PRODUCTION);
    assert_eq!(rows[0]["properties"]["extendedInfo"]["recoveryDestination"], DRILLS);
    assert_eq!(rows[0]["properties"]["status"], "InProgress");
}

#[test]
fn the_resource_graph_refuses_what_it_does_not_understand() {
    let refused = World::new().graph(&json!({ "query": "drop everything" }));
    assert_eq!((refused.status, &json_of(&refused)["error"]["code"]), (400, &json!("BadRequest")));
}

#[test]
fn storage_is_listed_with_its_endpoint_and_its_containers() {
    let mut world = World::new();
    let subscription = STORAGE.split("/resourceGroups/").next().unwrap();
    let list = format!("{subscription}/providers/Microsoft.Storage/storageAccounts?api-version=2023-05-01");
    let account = json_of(&world.get(&list))["value"][0].clone();
    assert_eq!(account["id"], STORAGE);
    assert_eq!(account["properties"]["primaryEndpoints"]["blob"], "https://stordersrestoreweu.blob.core.windows.net/");
    let containers = json_of(&world.get(&format!("{STORAGE}/blobServices/default/containers?api-version=2023-05-01")));
    assert_eq!(names(&containers["value"]), ["exports", "pg-incident-files", "pg-restore-drills"]);
    assert!(containers.get("nextLink").is_none());
}

#[test]
fn containers_are_found_by_how_they_begin_and_come_in_pages() {
    let mut world = World::new();
    let list = format!("{STORAGE}/blobServices/default/containers?api-version=2023-05-01");
    let page = json_of(&world.get(&format!("{list}&$filter=pg-&$maxpagesize=1")));
    assert_eq!(names(&page["value"]), ["pg-incident-files"]);
    let next = page["nextLink"].as_str().unwrap();
    let rest = json_of(&world.get(next));
    assert_eq!(names(&rest["value"]), ["pg-restore-drills"]);
    assert!(rest.get("nextLink").is_none());
    assert_eq!(world.get(&format!("{list}&$skipToken=bm9uZQ")).status, 400);
}
