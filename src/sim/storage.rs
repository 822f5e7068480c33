//! Storage accounts and their containers.

use super::errors::{Answered, gateway, ok};
use super::listing::{after, next_link, page, page_end};
use super::places::ACCOUNTS;
use super::request::Asked;
use super::text::{array, fill, join};
use super::world::{Account, Group};
use crate::azure::http::Response;

const ACCOUNT: &str = r#"{
    "sku":{"name":"Standard_LRS","tier":"Standard"},
    "kind":"StorageV2",
    "id":"{id}",
    "name":"{name}",
    "type":"Microsoft.Storage/storageAccounts",
    "location":"{location}",
    "tags":{},
    "properties":{
        "allowCrossTenantReplication":true,
        "publicNetworkAccess":"Enabled",
        "isHnsEnabled":false,
        "allowBlobPublicAccess":false,
        "allowSharedKeyAccess":true,
        "networkAcls":{"bypass":"AzureServices","resourceAccessRules":[],"virtualNetworkRules":[],"ipRules":[],
            "defaultAction":"Allow"},
        "supportsHttpsTrafficOnly":true,
        "minimumTlsVersion":"TLS1_2",
        "accessTier":"Hot",
        "provisioningState":"Succeeded",
        "primaryEndpoints":{"blob":"{blob}"},
        "primaryLocation":"{location}",
        "statusOfPrimary":"available"}}"#;

pub fn account(a: &Account) -> String {
    let values = [
        ("id", a.id()),
        ("name", a.name.to_string()),
        ("location", a.place().location.to_string()),
        ("blob", a.blob_endpoint()),
    ];
    fill(ACCOUNT, &values.each_ref().map(|(n, v)| (*n, v.as_str())))
}

/// GET the storage accounts of a subscription, or of one of its groups.
pub fn accounts(subscription: &str, group: Option<&Group>) -> Answered {
    let here = |a: &&Account| a.place().subscription == subscription && group.is_none_or(|g| g.name == a.group);
    page(&ACCOUNTS.iter().filter(here).map(account).collect::<Vec<_>>())
}

pub fn container(a: &Account, name: &str) -> String {
    fill(
        r#"{"id":"{id}","name":"{name}","type":"Microsoft.Storage/storageAccounts/blobServices/containers",
        "etag":"\"0x8DC7F3A5B2C4D1E\"",
        "properties":{"deleted":false,"remainingRetentionDays":0,"defaultEncryptionScope":"$account-encryption-key",
        "denyEncryptionScopeOverride":false,"publicAccess":"None","leaseStatus":"Unlocked","leaseState":"Available",
        "lastModifiedTime":"2026-02-11T09:26:41.0000000Z","hasImmutabilityPolicy":false,"hasLegalHold":false}}"#,
        &[("id", &a.container_id(name)), ("name", name)],
    )
}

/// GET the containers: those whose names begin as `$filter` says, so many a page as `$maxpagesize` says.
pub fn containers(asked: &Asked, a: &Account) -> Answered {
    let begins = asked.query_value("$filter").unwrap_or_default();
    let names: Vec<String> = a.containers().filter(|c| c.starts_with(&begins)).map(str::to_string).collect();
    let from = match asked.query_value("$skipToken") {
        Some(token) => after(&names, &token).ok_or_else(no_token)?,
        None => 0,
    };
    let most = asked.query_value("$maxpagesize").and_then(|most| most.parse().ok()).unwrap_or(names.len());
    let (until, token) = page_end(&names, from, most);
    let path = join(&[&a.id(), "/blobServices/default/containers"]);
    let next = next_link(asked, &path, &["$maxpagesize", "$filter"], &token);
    let told = names.get(from..until).unwrap_or_default();
    let rows: Vec<String> = told.iter().map(|name| container(a, name)).collect();
    Ok(ok(fill(r#"{"value":{!rows}{!next}}"#, &[("rows", &array(&rows)), ("next", &next)])))
}

fn no_token() -> Response {
    let words = "Value for one of the query parameters specified in the request URI is invalid.";
    gateway(400, "InvalidQueryParameterValue", words)
}

pub fn one_container(a: &Account, name: &str) -> Answered {
    match a.containers().find(|c| *c == name) {
        Some(found) => Ok(ok(container(a, found))),
        None => Err(gateway(404, "ContainerNotFound", "The specified container does not exist.")),
    }
}
