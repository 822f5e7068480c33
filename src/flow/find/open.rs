//! What a text that was pasted to be opened leads to.

use crate::azure::id::{Found, InstanceId, JobId, PointName, ServerId, VaultId, find};

/// What a pasted text names, by where that leads.
#[derive(Clone, Debug, PartialEq)]
pub enum Opened {
    /// The points of an instance, one of them perhaps chosen.
    Points(InstanceId, Option<PointName>),
    /// The instances of a vault.
    Vault(VaultId),
    /// A job.
    Job(JobId),
    /// A server, whose instances have to be found.
    Server(ServerId),
    /// A single server or another kind of resource.
    OtherKind(String),
    /// Nothing that names a resource.
    Nothing,
}

/// What a pasted text leads to.
pub fn open(text: &str) -> Opened {
    match find(text) {
        Some(Found::Instance(instance)) => Opened::Points(instance, None),
        Some(Found::Point(point)) => Opened::Points(point.instance, Some(point.name)),
        Some(Found::Vault(vault)) => Opened::Vault(vault),
        Some(Found::Policy(policy)) => Opened::Vault(policy.vault),
        Some(Found::Job(job)) => Opened::Job(job),
        Some(Found::Server(server)) => Opened::Server(server),
        Some(Found::Container(_) | Found::Account(_)) => Opened::OtherKind("Microsoft.Storage/storageAccounts".into()),
        Some(Found::Other(kind)) => Opened::OtherKind(kind),
        None => Opened::Nothing,
    }
}
