//! What holds for every request.

use super::{DRILLS, VAULT, World, json_of, orders, wrapped};
use arbtest::arbitrary::{Result, Unstructured};
use arbtest::arbtest;
use pgflex_restore::azure::http::{ArmUrl, Method, Request};
use pgflex_restore::moment::Moment;
use pgflex_restore::sim::Azure;
use serde_json::{Value, json};

const GUID: &str = "0d7f3c52-9b1e-4a68-8c04-e5a2d6f91b37";
const VAULTS_PRINCIPAL: &str = "e4b70c92-8d15-4a6f-b3c8-17f0a95d2e63";
const ACCOUNT: &str = "/subscriptions/94b7d3e0-58c6-4a1f-8f29-0e6d71c3a5b8/resourceGroups/rg-demo/providers/Microsoft.Storage/storageAccounts/stdemoweu";

const WORDS: &[&str] = &[
    "subscriptions",
    "6f2d9a41-5c0e-4b7a-9f63-2d1e8c7b4a05",
    "94b7d3e0-58c6-4a1f-8f29-0e6d71c3a5b8",
    "resourceGroups",
    "rg-backup-prod",
    "rg-demo",
    "providers",
    "Microsoft.DataProtection",
    "Microsoft.Storage",
    "Microsoft.Authorization",
    "Microsoft.ResourceGraph",
    "resources",
    "backupVaults",
    "bvault-prod-weu",
    "backupInstances",
    super::ORDERS,
    "recoveryPoints",
    "backupJobs",
    "operationStatus",
    "operationResults",
    "locations",
    "westeurope",
    "storageAccounts",
    "stdemoweu",
    "blobServices",
    "default",
    "containers",
    "roleAssignments",
    GUID,
    "permissions",
    "Microsoft.DBforPostgreSQL",
    "flexibleServers",
    "psql-orders-demo",
    "bvault-demo-reader",
    "stnograntweu",
    "validateRestore",
    "restore",
    "%zz%C3%28",
    "",
];

fn pick<'a>(u: &mut Unstructured<'_>, from: &[&'a str]) -> Result<&'a str> {
    Ok(u.choose(from)?)
}

fn any_path(u: &mut Unstructured<'_>) -> Result<String> {
    let starts = ["/subscriptions", "/providers", VAULT, &orders()].map(String::from);
    let mut path = u.choose(&starts)?.clone();
    for _ in 0..u.int_in_range(0..=8)? {
        path = format!("{path}/{}", pick(u, WORDS)?);
    }
    let queries = ["", "?", "?api-version=2024-04-01", "?api-version=2022-12-01", "?api-version=2023-05-01"];
    let more = ["", "&$filter=startDate eq 'x'", "&$filter=%27", "&$skipToken=x", "&&=&a"];
    Ok(format!("{path}{}{}", pick(u, &queries)?, pick(u, &more)?.replace(' ', "%20")))
}

/// A role for the vault of most tests here.
fn role() -> Value {
    let definition =
        "/subscriptions/x/providers/Microsoft.Authorization/roleDefinitions/ba92f5b4-2d11-453d-a403-e96b0029c9fe";
    json!({ "properties": { "roleDefinitionId": definition, "principalId": VAULTS_PRINCIPAL } })
}

/// A query of pieces that fit together, or do not.
fn any_query(u: &mut Unstructured<'_>) -> Result<String> {
    let pieces = [
        "resources",
        "recoveryservicesresources",
        "| where type =~ 'microsoft.storage/storageaccounts'",
        "| where type =~ 'microsoft.dataprotection/backupvaults/backupinstances'",
        "and name =~ 'stdemoweu'",
        "| extend name = tolower(tostring(properties.primaryEndpoints.blob))",
        "| join kind=leftouter (resources | where type =~ 'microsoft.storage/storageaccounts' | project id, x = true) on id",
        "| project",
        "| project id, name",
        "id",
        ",",
        "x = true",
        "| order by name asc",
        "(",
        ")",
        "'",
        "|",
        "=",
        ".",
        "ä",
    ];
    let mut query = String::from(*u.choose(&["resources | where type =~ 'microsoft.storage/storageaccounts'", ""])?);
    for _ in 0..u.int_in_range(0..=6)? {
        query = format!("{query} {}", u.choose(&pieces)?);
    }
    Ok(query)
}

fn any_body(u: &mut Unstructured<'_>, good: &Value) -> Result<Option<String>> {
    Ok(match u.int_in_range(0..=6)? {
        0 => None,
        5 => Some(json!({ "properties": {}, "query": any_query(u)?, "subscriptions": [GUID] }).to_string()),
        6 => Some(role().to_string()),
        1 => Some(String::from_utf8_lossy(u.bytes(u.len().min(40))?).into_owned()),
        2 => Some(good.to_string()),
        3 => Some(wrapped(good).to_string()),
        _ => Some(json!([good, {"restoreRequestObject": [1, {"a": null}]}]).to_string()),
    })
}

#[test]
fn whatever_is_asked_an_answer_comes_and_its_body_is_json_or_empty() {
    let good = World::new().request(&orders(), DRILLS, "orders-1");
    arbtest(|u| {
        let mut azure = Azure::new(None);
        for _ in 0..3 {
            let now = Moment::from_millis(u.int_in_range(-62_000_000_000_000..=250_000_000_000_000)?);
            let Ok(url) =
                ArmUrl::admit("management.azure.com", &format!("https://management.azure.com{}", any_path(u)?), None)
            else {
                continue;
            };
            let method = *u.choose(&[Method::Get, Method::Post, Method::Put])?;
            let request = Request { method, url, headers: Vec::new(), body: any_body(u, &good)? };
            let reply = azure.answer(now, &request);
            assert!(reply.takes.millis() > 0);
            if let Ok(response) = reply.outcome {
                assert!((200..600).contains(&response.status));
                assert!(response.body.is_empty() || serde_json::from_str::<Value>(&response.body).is_ok());
                assert!(!response.body.contains("{!"), "{}", response.body);
            }
        }
        Ok(())
    });
}

#[test]
fn whatever_the_resource_graph_is_asked_it_answers_or_refuses() {
    let mut world = World::new();
    let url = "/providers/Microsoft.ResourceGraph/resources?api-version=2021-03-01";
    arbtest(|u| {
        let query = any_query(u)?;
        let response = world.ask(Method::Post, url, Some(json!({ "query": query }).to_string()));
        assert!([200, 400].contains(&response.status), "{query}: {}", response.status);
        let body = json_of(&response);
        assert_eq!(response.status == 200, body["data"].is_array(), "{query}");
        Ok(())
    });
}

#[test]
fn an_address_with_one_character_changed_is_never_accepted() {
    let mut world = World::new();
    let request = world.request(&orders(), DRILLS, "orders-1");
    let accepted = world.post(&format!("{}/restore", orders()), &request);
    let url = accepted.header("Azure-AsyncOperation").unwrap().to_string();
    let from = url.find("/operationStatus/").unwrap() + "/operationStatus/".len();
    arbtest(|u| {
        let mut changed = url.clone().into_bytes();
        let at = u.int_in_range(from..=changed.len() - 1)?;
        let by = *u.choose(b"ABCxyz019-_")?;
        if changed[at] != by && changed[at] != b'?' {
            changed[at] = by;
            let response = world.get(&String::from_utf8(changed).unwrap());
            assert!(response.status >= 400, "{at}");
        }
        Ok(())
    });
    assert_eq!(world.get(&url).status, 200);
}

#[test]
fn a_ledger_tells_the_same_after_a_round_trip() {
    let good = World::new().request(&orders(), DRILLS, "p");
    arbtest(|u| {
        let mut world = World::new();
        for _ in 0..u.int_in_range(0..=4)? {
            let mut request = good.clone();
            let prefix: String = u.arbitrary()?;
            request["restoreTargetInfo"]["targetDetails"]["filePrefix"] = json!(prefix);
            let name = u.choose(&["one", "two", "Three"])?;
            let container = format!("{ACCOUNT}/blobServices/default/containers/{name}");
            match u.int_in_range(0..=3)? {
                0 => world.post(&format!("{}/restore", orders()), &request),
                1 => world.post(&format!("{}/validateRestore", orders()), &wrapped(&request)),
                2 => world.put(&container, "2023-05-01", &json!({})),
                _ => {
                    let path = format!("{container}/providers/Microsoft.Authorization/roleAssignments/{GUID}");
                    world.put(&path, "2022-04-01", &role())
                }
            };
            world.wait(u.int_in_range(0..=100)?);
        }
        world.wait(60);
        let ledger = world.azure.ledger();
        let list = format!("{ACCOUNT}/blobServices/default/containers?api-version=2023-05-01");
        let roles = format!("{ACCOUNT}/providers/Microsoft.Authorization/roleAssignments?api-version=2022-04-01");
        let told = |world: &mut World| {
            let rest = [&list, &roles].map(|path| json_of(&world.get(path)));
            (world.read(&format!("{VAULT}/backupJobs")), rest)
        };
        let before = told(&mut world);
        world.azure = Azure::new(Some(&ledger));
        assert_eq!(world.azure.ledger(), ledger);
        assert_eq!(told(&mut world), before);
        Ok(())
    });
}

#[test]
fn any_text_is_taken_as_a_ledger() {
    arbtest(|u| {
        let text: String = u.arbitrary()?;
        Azure::new(Some(&text));
        Azure::new(Some(&format!("{{\"version\":1,\"started\":[{text}]}}")));
        Azure::new(Some(&format!("{{\"version\":2,\"started\":[],\"created\":[{text}],\"granted\":[{text}]}}")));
        Ok(())
    });
}

#[test]
fn time_only_moves_an_operation_forward() {
    let mut world = World::new();
    let request = world.request(&orders(), DRILLS, "orders-1");
    let accepted = world.post(&format!("{}/validateRestore", orders()), &wrapped(&request));
    let url = accepted.header("Azure-AsyncOperation").unwrap().to_string();
    let mut seen = Vec::new();
    for _ in 0..120 {
        world.wait(1);
        let status = json_of(&world.get(&url))["status"].as_str().unwrap().to_string();
        if seen.last() != Some(&status) {
            seen.push(status);
        }
    }
    assert_eq!(seen, ["Inprogress", "Succeeded"]);
}
