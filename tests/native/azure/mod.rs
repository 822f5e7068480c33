//! Azure Resource Manager as data: what is sent, and what is read of what comes back.

mod access;
mod bodies;
mod calls;
mod challenge;
mod graph;
mod http;
mod id;
pub mod operation;
mod page;
mod problem;
mod restore;
mod storage;
mod wire;

use pgflex_restore::azure::call::Arm;
use pgflex_restore::azure::http::Response;
use pgflex_restore::azure::id::{ContainerId, Found, InstanceId, PointId, SubscriptionId, VaultId, find};

pub use problem::told as told_problem;

/// The subscription in hand.
pub const SUB: &str = "11111111-2222-4333-8444-555555555555";
/// Another one.
pub const OTHER: &str = "99999999-2222-4333-8444-555555555555";

pub const VAULT: &str = "/subscriptions/11111111-2222-4333-8444-555555555555/resourceGroups/rg-backup/providers/\
                         Microsoft.DataProtection/backupVaults/vault-1";

pub fn arm() -> Arm {
    Arm::default()
}

pub fn subscription() -> SubscriptionId {
    SubscriptionId::parse(SUB).unwrap()
}

pub fn vault() -> VaultId {
    match find(VAULT) {
        Some(Found::Vault(vault)) => vault,
        other => panic!("{other:?}"),
    }
}

/// A container of the subscription in hand.
pub fn container() -> ContainerId {
    let path = format!(
        "/subscriptions/{SUB}/resourceGroups/rg-files/providers/Microsoft.Storage/storageAccounts/stfiles/blobServices/default/containers/drill"
    );
    match find(&path) {
        Some(Found::Container(container)) => container,
        other => panic!("{other:?}"),
    }
}

pub fn instance() -> InstanceId {
    match find(&format!("{VAULT}/backupInstances/orders-orders-guid")) {
        Some(Found::Instance(instance)) => instance,
        other => panic!("{other:?}"),
    }
}

pub fn point() -> PointId {
    match find(&format!("{VAULT}/backupInstances/orders-orders-guid/recoveryPoints/a1b2")) {
        Some(Found::Point(point)) => point,
        other => panic!("{other:?}"),
    }
}

/// An answer.
pub fn answer(status: u16, headers: &[(&str, &str)], body: &str) -> Response {
    let headers = headers.iter().map(|(name, value)| (name.to_string(), value.to_string())).collect();
    Response { status, headers, body: body.to_string() }
}
