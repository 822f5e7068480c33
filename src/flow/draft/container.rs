//! Which container the files go into: as it is picked from what Azure lists, or read from what is typed.

use crate::azure::cloud::Cloud;
use crate::azure::id::{AccountId, AccountName, ContainerId, ContainerName, Found, SubscriptionId, find};

/// How far a container has been picked.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub enum Pick {
    /// Not at all.
    #[default]
    Nothing,
    /// A subscription.
    Subscription(SubscriptionId),
    /// A storage account.
    Account(AccountId),
    /// The container.
    Container(ContainerId),
}

/// Where the files go, read from what was typed.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Target {
    /// The storage account; nothing for a restore found again of which only the address is left.
    pub account: Option<AccountName>,
    /// The container.
    pub container: Option<ContainerName>,
    /// Its URL, without a slash at its end.
    pub url: String,
    /// Its resource id: picked, typed, or found by the account's name.
    pub id: Option<ContainerId>,
}

/// What is wrong with a container.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ContainerProblem {
    /// Nothing was picked or typed.
    Empty,
    /// A storage account was picked, and no container yet.
    NotPicked,
    /// An administrator does not let files go there.
    NotAllowed,
    /// An administrator lets files go into some subscriptions alone, and which one the account is in is being looked up.
    LookedUp,
    /// The same, and it cannot be found out.
    NotKnown,
    /// It has a signature or another query: a secret that is not needed.
    Signed,
    /// Not https.
    NotHttps,
    /// The Data Lake endpoint (`.dfs.`) of the account.
    DataLake,
    /// The address of an account, without a container.
    NoContainer,
    /// A blob or a folder within a container.
    Deeper,
    /// A container's name that Azure does not allow.
    BadName,
    /// An account's name that Azure does not allow.
    BadAccount,
    /// The blob storage of another cloud, or no blob storage at all.
    OtherHost,
    /// A resource id of something else.
    OtherResource,
    /// Not an address at all.
    NoUrl,
}

impl Pick {
    /// Reads what [`Pick::path`] wrote.
    pub fn parse(text: &str) -> Self {
        match find(text) {
            Some(Found::Container(id)) => Pick::Container(id),
            Some(Found::Account(id)) => Pick::Account(id),
            _ => {
                let subscription = text.strip_prefix("/subscriptions/").and_then(SubscriptionId::parse);
                subscription.map_or(Pick::Nothing, Pick::Subscription)
            }
        }
    }

    /// As a resource id.
    pub fn path(&self) -> String {
        match self {
            Pick::Nothing => String::new(),
            Pick::Subscription(id) => format!("/subscriptions/{id}"),
            Pick::Account(id) => id.path(),
            Pick::Container(id) => id.path(),
        }
    }

    /// The subscription that was picked.
    pub fn subscription(&self) -> Option<&SubscriptionId> {
        match self {
            Pick::Nothing => None,
            Pick::Subscription(id) => Some(id),
            Pick::Account(id) => Some(&id.subscription),
            Pick::Container(id) => Some(&id.subscription),
        }
    }

    /// The storage account that was picked.
    pub fn account(&self) -> Option<AccountId> {
        match self {
            Pick::Account(id) => Some(id.clone()),
            Pick::Container(id) => Some(id.account_id()),
            _ => None,
        }
    }
}

impl Target {
    /// A container by its resource id, at the address that accounts of this cloud mostly have.
    pub fn of(id: ContainerId, cloud: Cloud) -> Self {
        let url = format!("https://{}.blob.{}/{}", id.account, cloud.storage_suffix(), id.name);
        Target { account: Some(id.account.clone()), container: Some(id.name.clone()), url, id: Some(id) }
    }
}

/// What may be kept of what was typed: nothing from where a signature or a key goes along, since both are secrets.
pub fn unsigned(text: &str) -> &str {
    let lower = text.to_ascii_lowercase();
    let secret = ["sig=", "sig%3d", "key="].iter().filter_map(|word| lower.find(word)).min();
    let before = secret.and_then(|at| text.get(..at)?.split(['?', '#', ';', '&']).next());
    before.unwrap_or(text)
}

/// Reads a container from its URL, its resource id or a portal address with that in it.
pub fn read_container(text: &str, cloud: Cloud) -> Result<Target, ContainerProblem> {
    use ContainerProblem as P;
    let text = text.trim();
    if text.is_empty() {
        return Err(P::Empty);
    }
    match find(text) {
        Some(Found::Container(id)) => return Ok(Target::of(id, cloud)),
        Some(Found::Account(_)) => return Err(P::NoContainer),
        Some(_) => return Err(P::OtherResource),
        None => {}
    }
    let rest = match text.split_once("://") {
        Some((scheme, rest)) if scheme.eq_ignore_ascii_case("https") => rest,
        Some(_) => return Err(P::NotHttps),
        None => return Err(P::NoUrl),
    };
    if rest.contains(['?', '#']) {
        return Err(P::Signed);
    }
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    let host = host.to_ascii_lowercase();
    let account = account_of(&host, cloud)?;
    let path = path.trim_end_matches('/');
    match path.split('/').collect::<Vec<_>>().as_slice() {
        [""] => Err(P::NoContainer),
        [name] => {
            let container = ContainerName::parse(name).ok_or(P::BadName)?;
            let url = format!("https://{host}/{container}");
            Ok(Target { account: Some(account), container: Some(container), url, id: None })
        }
        _ => Err(P::Deeper),
    }
}

/// The account in a blob host: `{account}.blob.core.windows.net`, or with a DNS zone of its own
/// `{account}.z01.blob.storage.azure.net` ("Azure DNS zone endpoints", public cloud).
fn account_of(host: &str, cloud: Cloud) -> Result<AccountName, ContainerProblem> {
    use ContainerProblem as P;
    let (account, rest) = host.split_once('.').ok_or(P::OtherHost)?;
    let suffix = cloud.storage_suffix();
    let zoned = |rest: &str| {
        let zone = rest.strip_suffix(".blob.storage.azure.net").and_then(|zone| zone.strip_prefix('z'));
        cloud == Cloud::Public
            && zone.is_some_and(|z| !z.is_empty() && z.len() <= 3 && z.bytes().all(|b| b.is_ascii_digit()))
    };
    if rest.strip_prefix("dfs.") == Some(suffix) {
        return Err(P::DataLake);
    }
    if rest.strip_prefix("blob.") != Some(suffix) && !zoned(rest) {
        return Err(P::OtherHost);
    }
    AccountName::parse(account).ok_or(P::BadAccount)
}
