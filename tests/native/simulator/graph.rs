//! The resource graph, asked for chosen columns: an answer follows the query, or there is none.

use super::{PROJECTED, World, code, json_of};
use expect_test::expect;
use pgflex_restore::azure::http::{Method, Response};
use serde_json::{Value, json};

const LEGACY: &str = "d1947b26-8f0e-4ac3-9275-60be3c8da1f7";
const STORAGE: &str = "resources | where type =~ 'microsoft.storage/storageaccounts'";

fn ask(body: &Value) -> Response {
    let url = "/providers/Microsoft.ResourceGraph/resources?api-version=2021-03-01";
    World::new().ask(Method::Post, url, Some(body.to_string()))
}

#[track_caller]
fn found(query: &str) -> Vec<Value> {
    let response = ask(&json!({ "query": query }));
    assert_eq!(response.status, 200, "{query}: {}", response.body);
    json_of(&response)["data"].as_array().unwrap().clone()
}

fn row<'a>(rows: &'a [Value], server: &str) -> Option<&'a Value> {
    rows.iter().find(|row| row["name"] == server)
}

#[test]
fn chosen_columns_come_in_their_order_and_no_others() {
    let response = ask(&json!({ "query": PROJECTED }));
    let rows = json_of(&response)["data"].clone();
    let rows = rows.as_array().unwrap();
    assert_eq!(rows.len(), 73, "no disk, nothing of Contoso Legacy, and not the one that was just protected");
    let ids: Vec<&str> = rows.iter().map(|row| row["id"].as_str().unwrap()).collect();
    assert!(ids.is_sorted());
    let first = response.body.split_once("\"data\":[").unwrap().1.split_once("},{").unwrap().0;
    expect![[r#"{"id":"/subscriptions/2ae9750c-71b3-4f08-a6d4-c3905be81f27/resourceGroups/rg-analytics-eus2/providers/Microsoft.DataProtection/backupVaults/bvault-analytics-eus2/backupInstances/psql-telemetry-us-psql-telemetry-us-1d3d3108-aa00-4121-a0eb-372040d2bb73","source":"/subscriptions/2ae9750c-71b3-4f08-a6d4-c3905be81f27/resourceGroups/rg-analytics-eus2/providers/Microsoft.DBforPostgreSQL/flexibleServers/psql-telemetry-us","name":"psql-telemetry-us","region":"eastus2","state":"ProtectionConfigured","operations":["BackupNow","Restore","ChangePolicy","StopBackup","Delete"],"subscription":"Contoso Analytics","exists":true"#]].assert_eq(first);
}

#[test]
fn what_may_be_done_follows_the_state() {
    let rows = found(PROJECTED);
    let may_restore = |server: &str| row(&rows, server).unwrap()["operations"].to_string().contains("Restore");
    assert!(may_restore("psql-orders-prod") && may_restore("psql-orders-2024"));
    for server in ["psql-sandbox-eu", "psql-soft-deleted", "psql-temporal", "psql-not-restorable"] {
        assert!(!may_restore(server), "{server}");
    }
}

#[test]
fn a_server_that_is_gone_or_may_not_be_read_has_no_row_to_join() {
    let rows = found(PROJECTED);
    let exists = |server: &str| row(&rows, server).unwrap().get("exists").cloned();
    assert_eq!(exists("psql-orders-prod"), Some(json!(true)));
    assert_eq!(exists("psql-orders-2024"), Some(Value::Null));
    assert_eq!(exists("psql-server-forbidden"), Some(Value::Null));
    assert!(row(&rows, "psql-just-protected").is_none());
    let servers = found("resources | where type =~ 'microsoft.dbforpostgresql/flexibleservers' | project name");
    assert!(row(&servers, "psql-just-protected").is_some());
}

#[test]
fn one_instance_is_found_by_its_id_in_any_letter_case() {
    let all = found(PROJECTED);
    let wanted = row(&all, "psql-orders-prod").unwrap();
    let id = wanted["id"].as_str().unwrap().to_uppercase();
    let mut lines: Vec<&str> = PROJECTED.lines().collect();
    let line = format!("| where id =~ '{id}'");
    lines.insert(3, &line);
    assert_eq!(found(&lines.join("\n")), std::slice::from_ref(wanted));
}

#[test]
fn an_account_is_found_by_its_name() {
    let found_id = found(&format!("{STORAGE} and name =~ 'stdemoweu'\n| project id"));
    assert_eq!(
        found_id,
        [
            json!({ "id": "/subscriptions/94b7d3e0-58c6-4a1f-8f29-0e6d71c3a5b8/resourceGroups/rg-demo/providers/Microsoft.Storage/storageAccounts/stdemoweu" })
        ]
    );
    assert!(found(&format!("{STORAGE} and name =~ 'stnone' | project id")).is_empty());
    let some = found(&format!(
        "{STORAGE} | where name =~ 'stpremiumneu' | project kind, sku = properties.none, where = location"
    ));
    assert_eq!(some, [json!({ "kind": "BlockBlobStorage", "sku": null, "where": "northeurope" })]);
}

#[test]
fn what_is_not_understood_is_refused_with_the_word_at_which_it_is_not() {
    let mut told = String::new();
    for query in [
        "drop everything | project id",
        "disks | where type =~ 'x' | project id",
        "resources | project id",
        &format!("{STORAGE} | summarize count() | project id"),
        &format!("{STORAGE} | where name startswith 'st' | project id"),
        &format!("{STORAGE} | where name =~ 'a' or name =~ 'b' | project id"),
        &format!("{STORAGE} | project id, nonsense"),
        &format!("{STORAGE} | project strlen(id)"),
        &format!("{STORAGE} | project size = strlen(id)"),
        &format!("{STORAGE} | project id | where name =~ 'stdemoweu'"),
        &format!("{STORAGE} | project id | order by id"),
        &format!("{STORAGE} | project id | order by id nulls last"),
        &format!("{STORAGE} | project name = properties['a']['b']"),
        &format!("{STORAGE} | where properties['a b contains 'c' | project id"),
        &format!("{STORAGE} | join kind=inner ({STORAGE} | project id) on id | project id"),
        &format!("{STORAGE} | project id |"),
    ] {
        let refused = ask(&json!({ "query": query }));
        assert_eq!((refused.status, code(&refused).as_str()), (400, "BadRequest"), "{query}");
        let details = &json_of(&refused)["error"]["details"];
        assert_eq!(details[0]["code"], "InvalidQuery");
        assert!(details[0]["message"].as_str().unwrap().contains("Azure Resource Graph service and fix the error"));
        told += &format!("{} at {}\n", details[1]["code"].as_str().unwrap(), details[1]["token"]);
    }
    expect![[r#"
        ParserFailure at "drop everything"
        ParserFailure at "disks"
        ParserFailure at "resources"
        ParserFailure at "summarize"
        ParserFailure at "name startswith 'st'"
        ParserFailure at "'a' or name =~ 'b'"
        ParserFailure at "nonsense"
        ParserFailure at "strlen(id)"
        ParserFailure at "strlen(id)"
        ParserFailure at "name"
        ParserFailure at "by id"
        ParserFailure at "by id nulls last"
        ParserFailure at "properties['a']['b']"
        ParserFailure at "resources | where type =~ 'microsoft.storage/storageaccounts' | where properties['a b contains 'c' | project id"
        ParserFailure at "kind=inner (resources | where type =~ 'microsoft.storage/storageaccounts' | project id) on id"
        ParserFailure at ""
    "#]]
    .assert_eq(&told);
}

#[test]
fn columns_of_a_join_that_are_there_already_get_a_number() {
    let rows = found(&format!(
        "{STORAGE} and name =~ 'stdemoweu' | join kind=leftouter ({STORAGE} | project id, name) on id | project name, name1"
    ));
    assert_eq!(rows, [json!({ "name": "stdemoweu", "name1": "stdemoweu" })]);
}

#[test]
fn a_projection_comes_in_pages() {
    let (mut options, mut seen) = (json!({ "$top": 30, "resultFormat": "objectArray" }), Vec::new());
    loop {
        let page = json_of(&ask(&json!({ "query": PROJECTED, "options": options })));
        assert_eq!(page["totalRecords"], 73);
        seen.extend(page["data"].as_array().unwrap().clone());
        match page.get("$skipToken") {
            Some(token) => options["$skipToken"] = token.clone(),
            None => break,
        }
    }
    assert_eq!(seen, found(PROJECTED));
}

#[test]
fn a_subscription_can_refuse_the_resource_graph_and_is_left_out_elsewhere() {
    for query in [PROJECTED, "resources | where type =~ 'microsoft.dataprotection/backupvaults'"] {
        let refused = ask(&json!({ "query": query, "subscriptions": [LEGACY] }));
        assert_eq!((refused.status, code(&refused).as_str()), (403, "AuthorizationFailed"));
        assert!(refused.body.contains(&format!("over scope '/subscriptions/{LEGACY}'")), "{}", refused.body);
        for subscriptions in [json!([LEGACY, "94b7d3e0-58c6-4a1f-8f29-0e6d71c3a5b8"]), Value::Null] {
            let answer = ask(&json!({ "query": query, "subscriptions": subscriptions }));
            assert_eq!(answer.status, 200);
            assert!(!answer.body.contains(LEGACY) && !answer.body.contains("legacy"));
        }
    }
}

#[test]
fn the_walk_of_that_subscription_finds_all_but_one_vault() {
    let mut world = World::new();
    let list = world.read(&format!("/subscriptions/{LEGACY}/providers/Microsoft.DataProtection/backupVaults"));
    let mut told = String::new();
    for vault in list["value"].as_array().unwrap() {
        let path = format!("{}/backupInstances?api-version=2024-04-01", vault["id"].as_str().unwrap());
        let answer = world.get(&path);
        let rows = json_of(&answer)["value"].as_array().map_or(0, Vec::len);
        told += &format!("{}: {} {rows}\n", vault["name"].as_str().unwrap(), answer.status);
        if answer.status == 403 {
            told += &format!("{}\n", json_of(&answer)["error"]["message"].as_str().unwrap());
        }
    }
    expect![[r#"
        bvault-legacy-weu: 200 2
        bvault-legacy-locked: 403 0
        The client 'oncall-dba@contoso.com' with object id 'd7a30c96-2f81-4e5d-b094-6a3e8c17f250' does not have authorization to perform action 'Microsoft.DataProtection/backupVaults/backupInstances/read' over scope '/subscriptions/d1947b26-8f0e-4ac3-9275-60be3c8da1f7/resourceGroups/rg-legacy-weu/providers/Microsoft.DataProtection/BackupVaults/bvault-legacy-locked' or the scope is invalid. If access was recently granted, please refresh your credentials.
        bvault-legacy-neu: 200 1
    "#]].assert_eq(&told);
}

/// What a page of all restores asks.
const RESTORES: &str = "recoveryservicesresources
| where type =~ 'microsoft.dataprotection/backupvaults/backupjobs'
| where properties.dataSourceType =~ 'Microsoft.DBforPostgreSQL/flexibleServers'
| where tostring(properties.operationCategory) contains 'RESTORE'
| project id, server = properties.dataSourceName, status = properties.status, began = tostring(properties.startTime), ended = properties.endTime, made = properties.extendedInfo.sourceRecoverPoint.recoveryPointTime, container = properties.extendedInfo.recoveryDestination, prefix = properties.extendedInfo.additionalDetails['Restore File Prefix']
| order by began desc";

#[test]
fn restore_jobs_are_told_newest_first_with_where_they_write() {
    let response = ask(&json!({ "query": RESTORES }));
    let rows = json_of(&response)["data"].as_array().unwrap().clone();
    assert_eq!(rows.len(), 14);
    let first = response.body.split_once("\"data\":[").unwrap().1.split_once("},{").unwrap().0;
    expect![[r#"{"id":"/subscriptions/94b7d3e0-58c6-4a1f-8f29-0e6d71c3a5b8/resourceGroups/rg-demo/providers/Microsoft.DataProtection/backupVaults/bvault-demo-start/backupJobs/33ed46a3-43a5-493c-a27e-36443c62e553","server":"psql-restore-running","status":"InProgress","began":"2026-11-22T02:00:00.0006113Z","ended":null,"made":"2026-11-16T23:03:52.049595Z","container":"https://stdemoweu.blob.core.windows.net/drill-2026-11","prefix":"rehearsal-997396""#]].assert_eq(first);
    let began: Vec<&str> = rows.iter().map(|row| row["began"].as_str().unwrap()).collect();
    assert!(began.is_sorted_by(|a, b| a >= b), "{began:?}");
    let mut told: Vec<String> = rows
        .iter()
        .map(|row| format!("{} {} {}", row["server"], row["status"], row["prefix"]).replace('"', ""))
        .filter(|line| !line.contains("rehearsal"))
        .collect();
    told.sort();
    expect![[r#"
        psql-catalog-prod Completed drill-catalog-2026-11-09
        psql-catalog-prod Completed drill-catalog-2026-11-16
        psql-gitea Failed gitea-2026-11-11
        psql-gitea Failed gitea-2026-11-18
        psql-sonarqube CompletedWithWarnings sonarqube-2026-11-10
        psql-sonarqube CompletedWithWarnings sonarqube-2026-11-17"#]]
    .assert_eq(&told.join("\n"));
    assert!(rows.iter().filter(|row| row["status"] != "InProgress").all(|row| row["ended"].is_string()));
    assert!(rows.iter().filter(|row| row["status"] == "InProgress").all(|row| row["ended"].is_null()));
}

#[test]
fn what_a_query_adds_to_jobs_can_be_asked_about_and_each_is_the_job_that_its_vault_tells() {
    let query = "recoveryservicesresources | where type =~ 'microsoft.dataprotection/backupvaults/backupjobs' | extend about = tolower(properties.dataSourceName) | where about contains 'catalog' and tostring(properties.operation) =~ 'restore' | project about, id, subscriptionId | order by id asc";
    let rows = found(query);
    assert_eq!(rows.len(), 2);
    let mut world = World::new();
    for row in rows {
        assert_eq!(row["about"], "psql-catalog-prod");
        let job = world.read(row["id"].as_str().unwrap());
        assert_eq!(job["properties"]["operationCategory"], "Restore");
        assert_eq!(job["properties"]["subscriptionId"], row["subscriptionId"]);
    }
}
