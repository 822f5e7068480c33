//! One plan, as this program sends it and as Microsoft's SDK does: both are held to the files in `tests/sdk/bodies`,
//! the SDK by `tests/sdk/backup/test_bodies.py`.

use pgflex_restore::azure::call::Arm;
use pgflex_restore::azure::calls;
use pgflex_restore::azure::cloud::{ApiVersion, Cloud};
use pgflex_restore::azure::id::{ContainerId, Found, PointName, SubscriptionId, find};
use pgflex_restore::azure::restore::RestoreRequest;
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::PathBuf;

const VAULTS: &str = "1a2b3c4d-5e6f-4701-8293-a4b5c6d7e8f9";
const OTHERS: &str = "2b3c4d5e-6f70-4812-93a4-b5c6d7e8f901";

fn container(subscription: &str) -> ContainerId {
    let id = format!(
        "/subscriptions/{subscription}/resourceGroups/rg-dumps/providers/Microsoft.Storage/storageAccounts/acct1\
         /blobServices/default/containers/dumps"
    );
    match find(&id) {
        Some(Found::Container(id)) => id,
        other => panic!("{other:?}"),
    }
}

fn plan(container: Option<ContainerId>, identity: bool) -> RestoreRequest {
    let user_assigned = format!(
        "/subscriptions/{VAULTS}/resourceGroups/rg-backup/providers/Microsoft.ManagedIdentity/userAssignedIdentities\
         /id-backup"
    );
    RestoreRequest {
        point: PointName::parse("5e1d8f0a7c3b42e69d04b1f6a8c27e93").unwrap(),
        container_url: "https://acct1.blob.core.windows.net/dumps".into(),
        container,
        prefix: "orders-20261116-k3x9p2".into(),
        region: "westeurope".into(),
        identity: identity.then_some(user_assigned),
    }
}

/// Every file of the folder.
fn kept() -> BTreeMap<String, Value> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/sdk/bodies");
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    files
        .map(|path| {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            (name, serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap())
        })
        .collect()
}

#[test]
fn every_api_version_has_the_release_of_microsofts_sdk_that_speaks_it() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/sdk/requirements");
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut lists: Vec<String> = files.map(|path| path.file_stem().unwrap().to_string_lossy().into_owned()).collect();
    lists.retain(|name| name != "shared");
    lists.sort();
    assert_eq!(lists, ApiVersion::ALL.map(|api| api.as_str()));
}

#[test]
fn a_plan_is_sent_as_microsofts_sdk_sends_it_in_every_api_version() {
    let mut instance = super::instance();
    instance.vault.subscription = SubscriptionId::parse(VAULTS).unwrap();
    let mut sent = BTreeMap::new();
    let mut write = |api: ApiVersion, name: &str, plan: &RestoreRequest| {
        let arm = Arm { cloud: Cloud::Public, api };
        let calls = [
            ("restore", calls::restore(arm, &instance, plan).unwrap()),
            ("validate", calls::validate(arm, &instance, plan).unwrap()),
        ];
        for (verb, call) in calls {
            let body = serde_json::from_str(call.request.body.as_deref().unwrap()).unwrap();
            sent.insert(format!("{}-{name}-{verb}.json", api.as_str()), body);
        }
    };
    for api in ApiVersion::ALL {
        write(api, "plain", &plan(None, false));
        if api.names_target_and_identity() {
            write(api, "target", &plan(Some(container(OTHERS)), false));
            write(api, "identity", &plan(None, true));
            write(api, "target-identity", &plan(Some(container(OTHERS)), true));
        } else {
            // Named by its URL alone, where there is no other way.
            write(api, "plain", &plan(Some(container(VAULTS)), false));
        }
    }
    assert_eq!(sent, kept());
}
