//! What a pasted text names: a resource id, or a portal address with one in it.

use super::{
    AccountId, AccountName, ContainerId, ContainerName, GroupName, InstanceId, InstanceName, JobId, JobName, PointId,
    PointName, PolicyId, PolicyName, ServerId, ServerName, SubscriptionId, VaultId, VaultName,
};

/// The largest id that is read. Azure's own limit for a resource id is 2,048 characters.
const LONGEST: usize = 8192;

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
    Account(AccountId),
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
                _ => Some(Found::Account(AccountId { subscription, group, name: account })),
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
