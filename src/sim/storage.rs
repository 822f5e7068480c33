//! Storage accounts and their containers.

use super::errors::{Answered, gateway, ok};
use super::listing::page;
use super::places::ACCOUNTS;
use super::text::fill;
use super::world::{Account, Group};

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

pub fn containers(a: &Account) -> Answered {
    page(&a.containers().map(|c| container(a, c)).collect::<Vec<_>>())
}

pub fn one_container(a: &Account, name: &str) -> Answered {
    match a.containers().find(|c| *c == name) {
        Some(found) => Ok(ok(container(a, found))),
        None => Err(gateway(404, "ContainerNotFound", "The specified container does not exist.")),
    }
}
