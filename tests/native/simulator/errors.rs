//! Refusals: of Azure Resource Manager and of Azure Backup.

use super::{VAULT, World, json_of, orders};
use expect_test::expect;
use pgflex_restore::azure::http::Method;

#[test]
fn what_is_not_there_is_refused_as_azure_refuses_it() {
    let mut world = World::new();
    let vaults = "providers/Microsoft.DataProtection/backupVaults";
    let sub = "/subscriptions/6f2d9a41-5c0e-4b7a-9f63-2d1e8c7b4a05";
    let paths = [
        "/providers/Microsoft.Nothing/x?api-version=2024-04-01".to_string(),
        format!("/subscriptions/00000000-0000-0000-0000-000000000000/{vaults}?api-version=2024-04-01"),
        format!("{sub}/resourceGroups/rg-none/{vaults}/x?api-version=2024-04-01"),
        format!("{sub}/resourceGroups/rg-backup-prod/{vaults}/x?api-version=2024-04-01"),
        format!("{VAULT}/backupInstances/x?api-version=2024-04-01"),
        format!("{VAULT}/backupJobs/x?api-version=2024-04-01"),
        format!("{VAULT}/operationStatus/x?api-version=2024-04-01"),
        format!("{}/recoveryPoints/x?api-version=2024-04-01", orders()),
        format!("{VAULT}/backupThings?api-version=2024-04-01"),
        VAULT.to_string(),
        format!("{VAULT}?api-version=2019-01-01"),
    ];
    let mut told = String::new();
    for path in paths {
        let response = world.get(&path);
        let gateway = response.header("x-ms-failure-cause").unwrap_or("-");
        let code = json_of(&response)["error"]["code"].as_str().unwrap().to_string();
        told += &format!("{} {code} {gateway}\n", response.status);
    }
    expect![[r#"
        404 MissingSubscription gateway
        404 SubscriptionNotFound gateway
        404 ResourceGroupNotFound gateway
        404 ResourceNotFound gateway
        404 UserErrorGenericResourceNotFound -
        404 UserErrorGenericResourceNotFound -
        404 UserErrorGenericResourceNotFound -
        404 UserErrorGenericResourceNotFound -
        404 InvalidResourceType gateway
        400 MissingApiVersionParameter gateway
        400 InvalidApiVersionParameter gateway
    "#]]
    .assert_eq(&told);
}

#[test]
fn an_error_names_things_as_the_request_spelled_them() {
    let mut world = World::new();
    let response =
        world.get("/subscriptions/6f2d9a41-5c0e-4b7a-9f63-2d1e8c7b4a05/resourceGroups/RG-None?api-version=2021-04-01");
    expect!["Resource group 'RG-None' could not be found."]
        .assert_eq(json_of(&response)["error"]["message"].as_str().unwrap());
}

#[test]
fn a_wrong_verb_is_refused_in_a_shape_without_an_error() {
    let mut world = World::new();
    let url = format!("{}/restore?api-version=2024-04-01", orders());
    let response = world.ask(Method::Get, &url, None);
    assert_eq!(response.status, 405);
    expect![[r#"{"Message":"The requested resource does not support http method 'GET'."}"#]].assert_eq(&response.body);
}

#[test]
fn every_listed_api_version_is_answered() {
    let mut world = World::new();
    for version in ["2021-07-01", "2023-11-01", "2024-04-01", "2025-07-01", "2026-03-01"] {
        assert_eq!(world.get(&format!("{VAULT}?api-version={version}")).status, 200, "{version}");
    }
}
