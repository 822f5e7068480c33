//! One function for each operation of Azure Resource Manager that this program uses.
//!
//! Paths and bodies as in the OpenAPI of Microsoft.DataProtection (2021-07-01, 2024-04-01), Microsoft.Resources
//! (2022-12-01), Microsoft.Storage (2023-05-01) and Microsoft.Authorization (2022-04-01). Questions to the resource graph
//! stand in `graph`.

use super::access::{self, Assignment, Permission};
use super::call::{Arm, Call, Sending};
use super::cloud::ApiVersion;
use super::id::{
    AccountId, ContainerId, InstanceId, JobId, PointId, PolicyId, ServerId, SubscriptionId, VaultId, percent_encode,
};
use super::operation::{Accepted, read_accepted};
use super::page::Page;
use super::restore::{NeedsNewer, RestoreRequest};
use super::storage::{self, Account, Container};
use super::wire::{self, Instance, Job, Point, Policy, Server, Subscription, Vault};
use crate::moment::Moment;

/// `Subscriptions_List`: the subscriptions that the account can see.
pub fn subscriptions(arm: Arm) -> Call<Page<Subscription>> {
    Sending::get(arm, None, "/subscriptions?api-version=2022-12-01").read_by(|a| Page::read(a, wire::subscription))
}

/// `BackupVaults_GetInSubscription`: the Backup vaults of a subscription.
pub fn vaults(arm: Arm, subscription: &SubscriptionId) -> Call<Page<Vault>> {
    let path = format!("/subscriptions/{subscription}/providers/Microsoft.DataProtection/backupVaults");
    Sending::get(arm, Some(subscription), &versioned(arm, &path)).read_by(|a| Page::read(a, wire::vault))
}

/// `BackupVaults_Get`.
pub fn vault(arm: Arm, id: &VaultId) -> Call<Vault> {
    Sending::get(arm, Some(&id.subscription), &versioned(arm, &id.path())).read_by(|a| a.item(wire::vault))
}

/// `BackupInstances_List`: what a vault backs up, of every kind.
pub fn instances(arm: Arm, vault: &VaultId) -> Call<Page<Instance>> {
    let path = format!("{}/backupInstances", vault.path());
    Sending::get(arm, Some(&vault.subscription), &versioned(arm, &path)).read_by(|a| Page::read(a, wire::instance))
}

/// `BackupInstancesExtensionRouting_List`: the backup instances of a server. They may be of another subscription's
/// vault, so the answer is not held to the server's. The OpenAPI of 2021-07-01 does not have it, so that a later
/// api-version is asked in, whichever is set.
pub fn instances_of(arm: Arm, server: &ServerId) -> Call<Page<Instance>> {
    let path = format!("{}/providers/Microsoft.DataProtection/backupInstances", server.path());
    let later = Arm { api: arm.api.max(ApiVersion::V2024_04_01), ..arm };
    Sending::get(arm, Some(&server.subscription), &versioned(later, &path)).read_by(|a| Page::read(a, wire::instance))
}

/// `BackupInstances_Get`.
pub fn instance(arm: Arm, id: &InstanceId) -> Call<Instance> {
    Sending::get(arm, Some(&id.vault.subscription), &versioned(arm, &id.path())).read_by(|a| a.item(wire::instance))
}

/// `BackupPolicies_Get`.
pub fn policy(arm: Arm, id: &PolicyId) -> Call<Policy> {
    Sending::get(arm, Some(&id.vault.subscription), &versioned(arm, &id.path())).read_by(|a| a.item(wire::policy))
}

/// `RecoveryPoints_List`, newest first. With a date or two only the points from, or until, then; the specification
/// gives `$filter` no grammar, so it is written as Microsoft's command line writes it.
pub fn points(arm: Arm, instance: &InstanceId, from: Option<Moment>, until: Option<Moment>) -> Call<Page<Point>> {
    let mut path = versioned(arm, &format!("{}/recoveryPoints", instance.path()));
    let mut filter = String::new();
    for (name, at) in [("startDate", from), ("endDate", until)] {
        if let Some(at) = at {
            let between = if filter.is_empty() { "" } else { " and " };
            filter.push_str(&format!("{between}{name} eq '{}'", at.iso_ticks()));
        }
    }
    if !filter.is_empty() {
        path.push_str("&$filter=");
        path.push_str(&percent_encode(&filter));
    }
    Sending::get(arm, Some(&instance.vault.subscription), &path).read_by(|a| Page::read(a, wire::point))
}

/// `RecoveryPoints_Get`.
pub fn point(arm: Arm, id: &PointId) -> Call<Point> {
    let within = &id.instance.vault.subscription;
    Sending::get(arm, Some(within), &versioned(arm, &id.path())).read_by(|a| a.item(wire::point))
}

/// `BackupInstances_ValidateForRestore`: asks Azure whether a restore would be let through. Starts nothing.
pub fn validate(arm: Arm, instance: &InstanceId, request: &RestoreRequest) -> Result<Call<Accepted>, NeedsNewer> {
    let body = request.wrapped(arm.api, &instance.vault.subscription)?;
    Ok(begin(arm, instance, "validateRestore", body))
}

/// `BackupInstances_TriggerRestore`: starts a restore. The one request of this program that must never be sent
/// twice.
pub fn restore(arm: Arm, instance: &InstanceId, request: &RestoreRequest) -> Result<Call<Accepted>, NeedsNewer> {
    let body = request.bare(arm.api, &instance.vault.subscription)?;
    Ok(begin(arm, instance, "restore", body))
}

/// `Jobs_Get`.
pub fn job(arm: Arm, id: &JobId) -> Call<Job> {
    Sending::get(arm, Some(&id.vault.subscription), &versioned(arm, &id.path())).read_by(|a| a.item(wire::job))
}

/// `Jobs_List`: mostly oldest first, without prefixes, containers and points.
pub fn jobs(arm: Arm, vault: &VaultId) -> Call<Page<Job>> {
    let path = versioned(arm, &format!("{}/backupJobs", vault.path()));
    Sending::get(arm, Some(&vault.subscription), &path).read_by(|a| Page::read(a, wire::job))
}

/// `Servers_Get`: a flexible server.
pub fn server(arm: Arm, id: &ServerId) -> Call<Server> {
    let path = format!("{}?api-version=2022-12-01", id.path());
    Sending::get(arm, Some(&id.subscription), &path).read_by(|a| a.item(wire::server))
}

/// `StorageAccounts_List`: the storage accounts of a subscription.
pub fn accounts(arm: Arm, subscription: &SubscriptionId) -> Call<Page<Account>> {
    let path = format!("/subscriptions/{subscription}/providers/Microsoft.Storage/storageAccounts");
    Sending::get(arm, Some(subscription), &of_storage(&path)).read_by(|a| Page::read(a, storage::account))
}

/// `StorageAccounts_GetProperties`.
pub fn account(arm: Arm, id: &AccountId) -> Call<Account> {
    Sending::get(arm, Some(&id.subscription), &of_storage(&id.path())).read_by(|a| a.item(storage::account))
}

/// `BlobContainers_List`: the containers of a storage account.
pub fn containers(arm: Arm, account: &AccountId) -> Call<Page<Container>> {
    let path = of_storage(&format!("{}/blobServices/default/containers", account.path()));
    Sending::get(arm, Some(&account.subscription), &path).read_by(|a| Page::read(a, storage::container))
}

/// `BlobContainers_Get`.
pub fn container(arm: Arm, id: &ContainerId) -> Call<Container> {
    Sending::get(arm, Some(&id.subscription), &of_storage(&id.path())).read_by(|a| a.item(storage::container))
}

/// `BlobContainers_Create`: makes a container that nobody but whom the account lets in can read. One that is there
/// stays as it is. What does not answer with a container has not made one.
pub fn create_container(arm: Arm, id: &ContainerId) -> Call<Container> {
    let body = r#"{"properties":{"publicAccess":"None"}}"#.to_string();
    Sending::put(arm, &id.subscription, &of_storage(&id.path()), body).read_by(|a| a.item(storage::container))
}

/// `Permissions_ListForResource`: what the person may do with a resource.
pub fn permissions(arm: Arm, subscription: &SubscriptionId, resource: &str) -> Call<Page<Permission>> {
    let path = format!("{resource}/providers/Microsoft.Authorization/permissions?api-version=2022-04-01");
    Sending::get(arm, Some(subscription), &path).read_by(|a| Page::read(a, access::permission))
}

/// `RoleAssignments_ListForScope`: the roles that a principal has on a container, by itself or in a group, assigned
/// there or above.
pub fn role_assignments(arm: Arm, container: &ContainerId, principal: &str) -> Call<Page<Assignment>> {
    let filter = percent_encode(&format!("atScope() and assignedTo('{principal}')"));
    let path = format!(
        "{}/providers/Microsoft.Authorization/roleAssignments?api-version=2022-04-01&$filter={filter}",
        container.path()
    );
    Sending::get(arm, Some(&container.subscription), &path).read_by(|a| Page::read(a, access::assignment))
}

/// `RoleAssignments_Create`: Storage Blob Data Contributor on a container for a vault's identity. Under the same name
/// each time, so that twice is once.
pub fn grant(arm: Arm, container: &ContainerId, principal: &str) -> Call<()> {
    let name = access::assignment_name(container, principal);
    let path =
        format!("{}/providers/Microsoft.Authorization/roleAssignments/{name}?api-version=2022-04-01", container.path());
    Sending::put(arm, &container.subscription, &path, access::grant_body(container, principal)).read_by(|_| Ok(()))
}

fn of_storage(path: &str) -> String {
    format!("{path}?api-version=2023-05-01")
}

fn begin(arm: Arm, instance: &InstanceId, verb: &str, body: String) -> Call<Accepted> {
    let path = versioned(arm, &format!("{}/{verb}", instance.path()));
    Sending::post(arm, Some(&instance.vault.subscription), &path, body).read_by(read_accepted)
}

fn versioned(arm: Arm, path: &str) -> String {
    format!("{path}?api-version={}", arm.api.as_str())
}
