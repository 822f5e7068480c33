//! Azure's resource ids, typed: parsed from an id or a portal address, printed as a path, compared without case.
//!
//! Azure itself changes the casing of an id within one flow, so a name keeps the spelling it came in and compares
//! without it. Every name is held to a tight pattern: what is not a name never gets into a path or a command.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};

/// The largest id that is read. Azure's own limit for a resource id is 2,048 characters.
const LONGEST: usize = 8192;

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

fn is_guid(text: &str) -> bool {
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
    /// The vault that runs it.
    pub vault: VaultId,
    /// Its id.
    pub name: JobName,
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

impl ContainerId {
    /// `…/storageAccounts/{account}/blobServices/default/containers/{name}`: what `targetResourceArmId` takes.
    pub fn path(&self) -> String {
        let kind = "Microsoft.Storage/storageAccounts";
        let account = provider_path(&self.subscription, &self.group, kind, self.account.as_str());
        format!("{account}/blobServices/default/containers/{}", self.name)
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
print_as_path! { VaultId InstanceId PointId JobId PolicyId ServerId ContainerId }

/// What a pasted text turned out to name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// A Backup vault.
    Vault(VaultId),
    /// A backup instance.
    Instance(InstanceId),
    /// A recovery point.
    Point(PointId),
    /// A backup job.
    Job(JobId),
    /// A backup policy.
    Policy(PolicyId),
    /// A flexible server.
    Server(ServerId),
    /// A blob container.
    Container(ContainerId),
    /// A storage account, without a container.
    Account,
    /// A resource of another kind, such as `Microsoft.DBforPostgreSQL/servers`.
    Other(String),
}

/// Finds the resource that a text names: a resource id, or a portal address with one in it, percent-encoded or not.
/// What follows the id (a blade's name, a query) is passed over.
pub fn find(text: &str) -> Option<Found> {
    if text.len() > LONGEST {
        return None;
    }
    // A stray % elsewhere in what was pasted takes nothing from the id: then it is read as it is.
    let mut decoded = percent_decode(text.trim()).unwrap_or_else(|| text.trim().to_string());
    let begins = |text: &str| text.to_ascii_lowercase().find("/subscriptions/");
    // In a portal address the id may be encoded once or twice.
    if begins(&decoded).is_none() {
        decoded = percent_decode(&decoded)?;
    }
    let start = begins(&decoded)?;
    let id = decoded.get(start..)?.split(['?', '#', '&', ' ', '"', '\'']).next().unwrap_or_default();
    let segments: Vec<&str> = id.split('/').skip(1).collect();
    let mut rest = segments.iter().copied();
    let mut named = |word: &str| -> Option<&str> {
        rest.next().filter(|s| s.eq_ignore_ascii_case(word))?;
        rest.next()
    };
    let subscription = SubscriptionId::parse(named("subscriptions")?)?;
    let group = GroupName::parse(named("resourceGroups")?)?;
    let provider = named("providers")?;
    let (kind, name) = (rest.next()?, rest.next()?);
    let tail: Vec<&str> = rest.collect();
    let resource = format!("{provider}/{kind}").to_ascii_lowercase();
    match resource.as_str() {
        "microsoft.dataprotection/backupvaults" => {
            let vault = VaultId { subscription, group, name: VaultName::parse(name)? };
            in_vault(vault, &tail)
        }
        "microsoft.dbforpostgresql/flexibleservers" => {
            Some(Found::Server(ServerId { subscription, group, name: ServerName::parse(name)? }))
        }
        "microsoft.storage/storageaccounts" => {
            let account = AccountName::parse(name)?;
            match tail.as_slice() {
                [services, _, containers, name, ..]
                    if services.eq_ignore_ascii_case("blobServices")
                        && containers.eq_ignore_ascii_case("containers") =>
                {
                    let name = ContainerName::parse(name)?;
                    Some(Found::Container(ContainerId { subscription, group, account, name }))
                }
                _ => Some(Found::Account),
            }
        }
        _ => Some(Found::Other(format!("{provider}/{kind}"))),
    }
}

fn in_vault(vault: VaultId, tail: &[&str]) -> Option<Found> {
    let [kind, name, tail @ ..] = tail else {
        return Some(Found::Vault(vault));
    };
    match kind.to_ascii_lowercase().as_str() {
        "backupinstances" => {
            let instance = InstanceId { vault, name: InstanceName::parse(name)? };
            match tail {
                [points, name, ..] if points.eq_ignore_ascii_case("recoveryPoints") => {
                    Some(Found::Point(PointId { instance, name: PointName::parse(name)? }))
                }
                _ => Some(Found::Instance(instance)),
            }
        }
        "backupjobs" => Some(Found::Job(JobId { vault, name: JobName::parse(name)? })),
        "backuppolicies" => Some(Found::Policy(PolicyId { vault, name: PolicyName::parse(name)? })),
        _ => Some(Found::Vault(vault)),
    }
}

/// Encodes what a path segment or a query value may not hold as it is (RFC 3986, "unreserved" kept, and `()`,
/// which resource groups use).
pub fn percent_encode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~()".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

/// Decodes percent-encoding; nothing where it is broken or not UTF-8.
pub fn percent_decode(text: &str) -> Option<String> {
    let mut bytes = text.bytes();
    let mut out = Vec::with_capacity(text.len());
    while let Some(byte) = bytes.next() {
        if byte == b'%' {
            let digit = |b: Option<u8>| char::from(b?).to_digit(16);
            let (high, low) = (digit(bytes.next())?, digit(bytes.next())?);
            out.push((high * 16 + low) as u8);
        } else {
            out.push(byte);
        }
    }
    String::from_utf8(out).ok()
}
