//! What holds for every request.

use super::{DRILLS, VAULT, World, json_of, orders, wrapped};
use arbtest::arbitrary::{Result, Unstructured};
use arbtest::arbtest;
use pgflex_restore::azure::http::{ArmUrl, Method, Request};
use pgflex_restore::moment::Moment;
use pgflex_restore::sim::Azure;
use serde_json::{Value, json};

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

fn any_body(u: &mut Unstructured<'_>, good: &Value) -> Result<Option<String>> {
    Ok(match u.int_in_range(0..=4)? {
        0 => None,
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
            if u.arbitrary()? {
                world.post(&format!("{}/restore", orders()), &request);
            } else {
                world.post(&format!("{}/validateRestore", orders()), &wrapped(&request));
            }
            world.wait(u.int_in_range(0..=100)?);
        }
        world.wait(60);
        let ledger = world.azure.ledger();
        let jobs = world.read(&format!("{VAULT}/backupJobs"));
        world.azure = Azure::new(Some(&ledger));
        assert_eq!(world.azure.ledger(), ledger);
        assert_eq!(world.read(&format!("{VAULT}/backupJobs")), jobs);
        Ok(())
    });
}

#[test]
fn any_text_is_taken_as_a_ledger() {
    arbtest(|u| {
        let text: String = u.arbitrary()?;
        Azure::new(Some(&text));
        Azure::new(Some(&format!("{{\"version\":1,\"started\":[{text}]}}")));
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
