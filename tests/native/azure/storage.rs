//! Storage accounts and containers, as the management plane tells them.

use super::{SUB, answer, arm, subscription, vault};
use pgflex_restore::azure::calls;
use pgflex_restore::azure::http::Method;
use pgflex_restore::azure::id::{AccountId, ContainerName};
use pgflex_restore::azure::storage::Account;

fn path() -> String {
    format!("/subscriptions/{SUB}/resourceGroups/rg-files/providers/Microsoft.Storage/storageAccounts/stfiles")
}

fn id() -> AccountId {
    AccountId::parse(&path()).unwrap()
}

/// Reads an account with these properties.
fn account(properties: &str) -> Account {
    let body = format!(
        r#"{{"id":"{}","location":"westeurope","kind":"StorageV2","sku":{{"name":"Standard_LRS"}},"properties":{properties}}}"#,
        path()
    );
    calls::account(arm(), &id()).read(&answer(200, &[], &body)).unwrap()
}

#[test]
fn an_account_is_read_setting_by_setting() {
    let read = account(
        r#"{"allowCrossTenantReplication":true,"publicNetworkAccess":"Enabled","allowBlobPublicAccess":false,
        "networkAcls":{"bypass":"Logging, AzureServices","defaultAction":"Deny","resourceAccessRules":[]},
        "primaryEndpoints":{"blob":"https://stfiles.z07.blob.storage.azure.net/"}}"#,
    );
    assert_eq!(
        (read.region.as_str(), read.kind.as_str(), read.sku.as_str()),
        ("westeurope", "StorageV2", "Standard_LRS")
    );
    assert_eq!((read.cross_tenant, read.public, read.perimeter), (Some(true), true, false));
    assert_eq!((read.firewall, read.trusts_azure(), read.anonymous), (true, true, false));
    assert_eq!(read.blob.as_deref(), Some("https://stfiles.z07.blob.storage.azure.net/"));
}

#[test]
fn what_an_account_does_not_say_is_not_taken_for_a_setting() {
    let read = account("{}");
    assert_eq!((read.cross_tenant, read.public, read.firewall, read.blob), (None, true, false, None));
    let read = account(r#"{"publicNetworkAccess":"Disabled","allowCrossTenantReplication":null}"#);
    assert_eq!((read.cross_tenant, read.public), (None, false));
    let read = account(r#"{"publicNetworkAccess":"SecuredByPerimeter"}"#);
    assert_eq!((read.public, read.perimeter), (true, true));
}

/// Whether a firewall with this rule lets the vault in.
#[track_caller]
fn check(rule: &str, expected: bool) {
    let rules = format!(r#"{{"networkAcls":{{"resourceAccessRules":[{{"resourceId":"{rule}"}}]}}}}"#);
    assert_eq!(account(&rules).lets_in(&vault()), expected, "{rule}");
}

#[test]
fn a_rule_lets_in_the_vault_that_it_names_or_whatever_stands_there() {
    let path = vault().path();
    check(&path, true);
    check(&path.to_uppercase(), true);
    check(&path.replace("vault-1", "vault-2"), false);
    check(&path.replace("vault-1", "*"), true);
    check(&path.replace("/resourceGroups/rg-backup", "/resourceGroups/*").replace("vault-1", "*"), true);
    check(&format!("{path}/backupInstances/x"), false);
    let mut elsewhere = vault();
    elsewhere.group = pgflex_restore::azure::id::GroupName::parse("rg-größe").unwrap();
    let rules = format!(r#"{{"networkAcls":{{"resourceAccessRules":[{{"resourceId":"{}"}}]}}}}"#, elsewhere.plain());
    assert!(account(&rules).lets_in(&elsewhere), "Azure writes ids without encoding them");
    check("*", false);
    check("", false);
}

#[test]
fn a_container_tells_who_may_read_and_what_may_be_changed() {
    let of = |properties: &str| {
        let body = format!(r#"{{"id":"{}/blobServices/default/containers/drill","properties":{properties}}}"#, path());
        let call = calls::container(arm(), &id().container(ContainerName::parse("drill").unwrap()));
        let read = call.read(&answer(200, &[], &body)).unwrap();
        (read.anonymous, read.immutable, read.held)
    };
    assert_eq!(of("{}"), (false, false, false));
    assert_eq!(
        of(r#"{"publicAccess":"None","hasImmutabilityPolicy":false,"hasLegalHold":false}"#),
        (false, false, false)
    );
    assert_eq!(of(r#"{"publicAccess":"Blob","hasImmutabilityPolicy":true,"hasLegalHold":true}"#), (true, true, true));
    assert_eq!(
        of(r#"{"immutableStorageWithVersioning":{"enabled":true}}"#),
        (false, false, false),
        "may have, and has not"
    );
    let kept =
        account(r#"{"immutableStorageWithVersioning":{"enabled":true,"immutabilityPolicy":{"state":"Locked"}}}"#);
    assert!(kept.immutable && !account("{}").immutable);
}

#[test]
fn a_container_is_made_at_its_address_and_is_private() {
    let container = id().container(ContainerName::parse("drill").unwrap());
    let call = calls::create_container(arm(), &container);
    assert_eq!(call.request.method, Method::Put);
    assert_eq!(call.request.url.path(), format!("{}/blobServices/default/containers/drill", path()));
    assert_eq!(call.request.body.as_deref(), Some(r#"{"properties":{"publicAccess":"None"}}"#));
    // A page of somebody else's has made nothing.
    assert!(call.read(&answer(201, &[], "")).is_err());
    let body = format!(r#"{{"id":"{}"}}"#, container.path());
    assert_eq!(call.read(&answer(201, &[], &body)).unwrap().id, container);
}

#[test]
fn a_list_of_accounts_keeps_what_can_be_read() {
    let body = format!(r#"{{"value":[{{"id":"{}"}},{{"id":"{}"}},{{}}]}}"#, path(), vault());
    let page = calls::accounts(arm(), &subscription()).read(&answer(200, &[], &body)).unwrap();
    assert_eq!((page.items.len(), page.skipped), (1, 2));
}
