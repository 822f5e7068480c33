//! The bodies of a validation and of a restore.

use super::{OTHER, SUB, point, subscription};
use crate::any;
use arbtest::arbtest;
use pgflex_restore::azure::cloud::ApiVersion;
use pgflex_restore::azure::id::{ContainerId, Found, find};
use pgflex_restore::azure::restore::{NeedsNewer, RestoreRequest};
use serde_json::{Value, json};

fn container(subscription: &str) -> ContainerId {
    let id = format!(
        "/subscriptions/{subscription}/resourceGroups/rg/providers/Microsoft.Storage/storageAccounts/acct1/\
         blobServices/default/containers/dumps"
    );
    match find(&id) {
        Some(Found::Container(id)) => id,
        other => panic!("{other:?}"),
    }
}

fn request(container: Option<ContainerId>, identity: Option<&str>) -> RestoreRequest {
    RestoreRequest {
        point: point().name,
        container_url: "https://acct1.blob.core.windows.net/dumps".into(),
        container,
        prefix: "orders-2026-k3x9".into(),
        region: "westeurope".into(),
        identity: identity.map(str::to_string),
    }
}

#[track_caller]
fn check(api: ApiVersion, request: &RestoreRequest, expected: Result<Value, NeedsNewer>) {
    let bare = request.bare(api, &subscription());
    assert_eq!(bare.map(|body| serde_json::from_str(&body).unwrap()), expected);
    let wrapped = request.wrapped(api, &subscription());
    let expected = expected.map(|inner| json!({ "restoreRequestObject": inner }));
    assert_eq!(wrapped.map(|body| serde_json::from_str(&body).unwrap()), expected);
}

fn body(details: Value) -> Value {
    json!({
        "objectType": "AzureBackupRecoveryPointBasedRestoreRequest",
        "restoreTargetInfo": {
            "objectType": "RestoreFilesTargetInfo",
            "recoveryOption": "FailIfExists",
            "restoreLocation": "westeurope",
            "targetDetails": details,
        },
        "sourceDataStoreType": "VaultStore",
        "recoveryPointId": "a1b2",
    })
}

fn plain() -> Value {
    json!({
        "filePrefix": "orders-2026-k3x9",
        "restoreTargetLocationType": "AzureBlobs",
        "url": "https://acct1.blob.core.windows.net/dumps",
    })
}

fn naming(subscription: &str) -> Value {
    let mut details = plain();
    details["targetResourceArmId"] = container(subscription).path().into();
    details
}

#[test]
fn the_container_is_named_by_its_url_and_its_id() {
    for api in [ApiVersion::V2024_04_01, ApiVersion::V2026_03_01] {
        check(api, &request(None, None), Ok(body(plain())));
        check(api, &request(Some(container(SUB)), None), Ok(body(naming(SUB))));
        check(api, &request(Some(container(OTHER)), None), Ok(body(naming(OTHER))));
    }
}

#[test]
fn the_identity_of_the_vault_is_named_where_it_is_not_the_systems() {
    let identity = format!(
        "/subscriptions/{SUB}/resourcegroups/rg/providers/Microsoft.ManagedIdentity/userAssignedIdentities/backup"
    );
    let mut expected = body(plain());
    expected["identityDetails"] = json!({"useSystemAssignedIdentity": false, "userAssignedIdentityArmUrl": identity});
    check(ApiVersion::V2024_04_01, &request(None, Some(&identity)), Ok(expected));
}

#[test]
fn the_first_version_says_what_it_can_and_refuses_the_rest() {
    let oldest = ApiVersion::V2021_07_01;
    check(oldest, &request(None, None), Ok(body(plain())));
    check(oldest, &request(Some(container(SUB)), None), Ok(body(plain())));
    check(oldest, &request(Some(container(&SUB.to_uppercase())), None), Ok(body(plain())));
    check(oldest, &request(Some(container(OTHER)), None), Err(NeedsNewer::Target));
    check(oldest, &request(None, Some("/x")), Err(NeedsNewer::Identity));
    check(oldest, &request(Some(container(OTHER)), Some("/x")), Err(NeedsNewer::Identity));
}

#[test]
fn a_check_and_a_restore_send_the_same_inner_request() {
    arbtest(|u| {
        let request = RestoreRequest {
            point: any::point(u)?.name,
            container_url: any::words(u, &["https://acct1.blob.core.windows.net/dumps"])?,
            container: if u.arbitrary()? { Some(any::container(u)?) } else { None },
            prefix: any::words(u, &["orders-1"])?,
            region: any::words(u, &["westeurope"])?,
            identity: if u.arbitrary()? { Some(any::words(u, &["/subscriptions/x"])?) } else { None },
        };
        let (api, vault) = (*u.choose(&ApiVersion::ALL)?, any::subscription(u)?);
        let (bare, wrapped) = (request.bare(api, &vault), request.wrapped(api, &vault));
        match (&bare, &wrapped) {
            (Ok(bare), Ok(wrapped)) => {
                assert_eq!(
                    wrapped.strip_suffix('}').and_then(|w| w.strip_suffix(bare.as_str())),
                    Some(r#"{"restoreRequestObject":"#)
                );
                // Whatever a value holds, it stays the value of its field.
                let value: Value = serde_json::from_str(bare).unwrap();
                assert_eq!(value["restoreTargetInfo"]["targetDetails"]["filePrefix"], request.prefix);
                assert_eq!(value["restoreTargetInfo"]["targetDetails"]["url"], request.container_url);
                assert_eq!(value["restoreTargetInfo"]["recoveryOption"], "FailIfExists");
                assert_eq!(value.as_object().map(|o| o.len()), Some(4 + usize::from(request.identity.is_some())));
            }
            _ => assert_eq!(bare, wrapped),
        }
        Ok(())
    });
}
