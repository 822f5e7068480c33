//! Azure's resource ids, typed: parsed from an id or a portal address, printed as a path, compared without case.
//!
//! Azure itself changes the casing of an id within one flow, so a name keeps the spelling it came in and compares
//! without it. Every name is held to a tight pattern: what is not a name never gets into a path or a command.

mod found;

pub use found::{Found, find, percent_decode, percent_encode};

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};

macro_rules! names {
    ($($(#[$doc:meta])* $name:ident: $rule:expr;)*) => {$(
        $(#[$doc])*
        #[derive(Clone)]
        pub struct $name(String);

        impl $name {
            /// The name, if it follows the pattern.
            pub fn parse(text: &str) -> Option<Self> {
                let rule: fn(&str) -> bool = $rule;
                rule(text).then(|| $name(text.to_string()))
            }
            /// As it was spelled.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }
        impl PartialEq for $name {
            fn eq(&self, other: &Self) -> bool {
                order(&self.0, &other.0).is_eq()
            }
        }
        impl Eq for $name {}
        impl PartialOrd for $name {
            fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
                Some(self.cmp(other))
            }
        }
        impl Ord for $name {
            fn cmp(&self, other: &Self) -> Ordering {
                order(&self.0, &other.0)
            }
        }
        impl Hash for $name {
            fn hash<H: Hasher>(&self, state: &mut H) {
                self.0.bytes().for_each(|b| b.to_ascii_lowercase().hash(state));
            }
        }
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    )*};
}

names! {
    /// A subscription's id: a GUID.
    SubscriptionId: is_guid;
    /// A resource group's name: 1 to 90 letters (of any script), digits and `_ - . ( )`, not ending in a dot.
    GroupName: |s| within(s, 1, 90) && !s.ends_with('.') && s.chars().all(|c| c.is_alphanumeric() || "_-.()".contains(c));
    /// A Backup vault's name: 2 to 50 letters, digits and dashes, a letter first.
    VaultName: |s| within(s, 2, 50) && s.starts_with(|c: char| c.is_ascii_alphabetic()) && all(s, "-");
    /// A backup instance's name: the server's name twice and a GUID where a tool of Azure's made it; at most 260.
    InstanceName: |s| within(s, 1, 260) && !dots(s) && all(s, "-_.");
    /// A recovery point's id. 32 hexadecimal digits in all traffic seen; letters, digits, `-` and `_`, at most 128.
    PointName: |s| within(s, 1, 128) && all(s, "-_");
    /// A backup job's id: a GUID.
    JobName: is_guid;
    /// A backup policy's name: 3 to 150 letters, digits and dashes.
    PolicyName: |s| within(s, 1, 150) && !dots(s) && all(s, "-_.");
    /// A flexible server's name: 3 to 63 letters, digits and dashes.
    ServerName: |s| within(s, 1, 63) && all(s, "-_");
    /// A storage account's name: 3 to 24 lower-case letters and digits.
    AccountName: |s| within(s, 3, 24) && s.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
    /// A blob container's name: 3 to 63 lower-case letters, digits and single dashes, a letter or digit at both ends.
    ContainerName: |s| within(s, 3, 63) && !s.contains("--") && !s.starts_with('-') && !s.ends_with('-')
        && s.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
}

fn within(text: &str, least: usize, most: usize) -> bool {
    (least..=most).contains(&text.chars().count())
}

fn all(text: &str, besides: &str) -> bool {
    text.chars().all(|c| c.is_ascii_alphanumeric() || besides.contains(c))
}

/// `.` and `..` mean another folder in a path.
fn dots(text: &str) -> bool {
    text.chars().all(|c| c == '.')
}

/// Whether it is 32 hexadecimal digits in five groups.
pub fn is_guid(text: &str) -> bool {
    let mut groups = text.split('-');
    let lengths = [8, 4, 4, 4, 12];
    lengths.iter().all(|n| groups.next().is_some_and(|g| g.len() == *n && g.bytes().all(|b| b.is_ascii_hexdigit())))
        && groups.next().is_none()
}

/// Without case for the letters of ASCII. Others, which resource groups may have, are taken as they are spelled.
fn order(a: &str, b: &str) -> Ordering {
    a.bytes().map(|b| b.to_ascii_lowercase()).cmp(b.bytes().map(|b| b.to_ascii_lowercase()))
}

/// Whether two ids, or two paths, name the same resource: Azure's ids are case-insensitive.
pub fn same_id(a: &str, b: &str) -> bool {
    order(a.trim_end_matches('/'), b.trim_end_matches('/')).is_eq()
}

/// A Backup vault.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VaultId {
    /// The subscription it is in.
    pub subscription: SubscriptionId,
    /// The resource group it is in.
    pub group: GroupName,
    /// Its name.
    pub name: VaultName,
}

/// A backup instance: what a vault keeps of one server.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct InstanceId {
    /// The vault that holds it.
    pub vault: VaultId,
    /// Its name.
    pub name: InstanceName,
}

impl InstanceId {
    /// The server's name, as far as the instance's tells it: Azure's own tools name an instance after its server, twice,
    /// and a GUID. Of any other name all of it. For as long as Azure has not said what the server is called.
    pub fn likely_server(&self) -> &str {
        let name = self.name.as_str();
        let twice = name.len().checked_sub(37).and_then(|at| name.split_at_checked(at));
        let half = twice.filter(|(_, rest)| rest.strip_prefix('-').is_some_and(is_guid)).and_then(|(twice, _)| {
            let (first, rest) = twice.split_at_checked(twice.len() / 2)?;
            (rest.strip_prefix('-') == Some(first)).then_some(first)
        });
        half.filter(|half| !half.is_empty()).unwrap_or(name)
    }
}

/// A recovery point of an instance.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PointId {
    /// The instance it belongs to.
    pub instance: InstanceId,
    /// Its id (`recoveryPointId`), which is also its resource name; not its `friendlyName`.
    pub name: PointName,
}

/// A backup job of a vault.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct JobId {
    /// Its id: first, since it alone tells most jobs apart, and each that is followed is compared with all the others.
    pub name: JobName,
    /// The vault that runs it.
    pub vault: VaultId,
}

/// A backup policy of a vault.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PolicyId {
    /// The vault that holds it.
    pub vault: VaultId,
    /// Its name.
    pub name: PolicyName,
}

/// A PostgreSQL flexible server.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ServerId {
    /// The subscription it is in, or was.
    pub subscription: SubscriptionId,
    /// The resource group it is in, or was.
    pub group: GroupName,
    /// Its name.
    pub name: ServerName,
}

/// A storage account.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AccountId {
    /// The subscription it is in.
    pub subscription: SubscriptionId,
    /// The resource group it is in.
    pub group: GroupName,
    /// Its name.
    pub name: AccountName,
}

/// A blob container, by its place in the management plane.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ContainerId {
    /// The subscription the account is in.
    pub subscription: SubscriptionId,
    /// The resource group the account is in.
    pub group: GroupName,
    /// The storage account.
    pub account: AccountName,
    /// The container's name.
    pub name: ContainerName,
}

impl VaultId {
    /// `/subscriptions/…/backupVaults/{name}`, ready for a URL.
    pub fn path(&self) -> String {
        provider_path(&self.subscription, &self.group, "Microsoft.DataProtection/backupVaults", self.name.as_str())
    }
}

impl VaultId {
    /// The same as Azure writes it: in a path for a URL the group's name is percent-encoded.
    pub fn plain(&self) -> String {
        format!(
            "/subscriptions/{}/resourceGroups/{}/providers/Microsoft.DataProtection/backupVaults/{}",
            self.subscription, self.group, self.name
        )
    }
}

impl InstanceId {
    /// `…/backupVaults/{vault}/backupInstances/{name}`, ready for a URL.
    pub fn path(&self) -> String {
        format!("{}/backupInstances/{}", self.vault.path(), self.name)
    }
}

impl PointId {
    /// `…/backupInstances/{instance}/recoveryPoints/{name}`, ready for a URL.
    pub fn path(&self) -> String {
        format!("{}/recoveryPoints/{}", self.instance.path(), self.name)
    }
}

impl JobId {
    /// `…/backupVaults/{vault}/backupJobs/{name}`, ready for a URL.
    pub fn path(&self) -> String {
        format!("{}/backupJobs/{}", self.vault.path(), self.name)
    }

    /// Reads a job's id as an operation or a job list gives it.
    pub fn parse(text: &str) -> Option<Self> {
        match find(text)? {
            Found::Job(id) => Some(id),
            _ => None,
        }
    }
}

impl PolicyId {
    /// `…/backupVaults/{vault}/backupPolicies/{name}`, ready for a URL.
    pub fn path(&self) -> String {
        format!("{}/backupPolicies/{}", self.vault.path(), self.name)
    }

    /// Reads a policy's id as an instance's `policyInfo` gives it.
    pub fn parse(text: &str) -> Option<Self> {
        match find(text)? {
            Found::Policy(id) => Some(id),
            _ => None,
        }
    }
}

impl ServerId {
    /// `…/flexibleServers/{name}`, ready for a URL.
    pub fn path(&self) -> String {
        let kind = "Microsoft.DBforPostgreSQL/flexibleServers";
        provider_path(&self.subscription, &self.group, kind, self.name.as_str())
    }
}

impl AccountId {
    /// `…/storageAccounts/{name}`, ready for a URL.
    pub fn path(&self) -> String {
        provider_path(&self.subscription, &self.group, "Microsoft.Storage/storageAccounts", self.name.as_str())
    }

    /// A container of it.
    pub fn container(&self, name: ContainerName) -> ContainerId {
        let (subscription, group) = (self.subscription.clone(), self.group.clone());
        ContainerId { subscription, group, account: self.name.clone(), name }
    }

    /// Reads an account's id as a list gives it.
    pub fn parse(text: &str) -> Option<Self> {
        match find(text)? {
            Found::Account(id) => Some(id),
            _ => None,
        }
    }
}

impl ContainerId {
    /// The account it is in.
    pub fn account_id(&self) -> AccountId {
        let (subscription, group) = (self.subscription.clone(), self.group.clone());
        AccountId { subscription, group, name: self.account.clone() }
    }

    /// `…/storageAccounts/{account}/blobServices/default/containers/{name}`: what `targetResourceArmId` takes.
    pub fn path(&self) -> String {
        format!("{}/blobServices/default/containers/{}", self.account_id().path(), self.name)
    }
}

fn provider_path(subscription: &SubscriptionId, group: &GroupName, kind: &str, name: &str) -> String {
    format!("/subscriptions/{subscription}/resourceGroups/{}/providers/{kind}/{name}", percent_encode(group.as_str()))
}

macro_rules! print_as_path {
    ($($name:ident)*) => {$(
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.path())
            }
        }
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.path())
            }
        }
    )*};
}
print_as_path! { VaultId InstanceId PointId JobId PolicyId ServerId AccountId ContainerId }
