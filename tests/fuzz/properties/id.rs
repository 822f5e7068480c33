//! Ids, names and portal addresses: what is found is printed and found again, however it was spelled or encoded, and no
//! name carries a sign that means anything in an address, in a command or on a page.

use super::{Seen, Target};
use pgflex_restore::azure::cloud::Cloud;
use pgflex_restore::azure::id::{
    AccountName, ContainerName, Found, GroupName, InstanceName, JobName, PointName, PolicyName, ServerName,
    SubscriptionId, VaultName, find, percent_decode, percent_encode, same_id,
};
use std::hash::{DefaultHasher, Hash, Hasher};

pub const TARGET: Target = Target {
    name: "id",
    check,
    sights: &[
        "a container",
        "a job",
        "a name",
        "a point",
        "a policy",
        "a server",
        "a vault",
        "an account",
        "an instance",
        "another resource",
        "nothing",
    ],
};

fn check(text: &str, seen: &mut Seen) {
    encoding(text);
    names(text, seen);
    let found = find(text);
    seen.insert(match &found {
        None => "nothing",
        Some(Found::Vault(_)) => "a vault",
        Some(Found::Instance(_)) => "an instance",
        Some(Found::Point(_)) => "a point",
        Some(Found::Job(_)) => "a job",
        Some(Found::Policy(_)) => "a policy",
        Some(Found::Server(_)) => "a server",
        Some(Found::Container(_)) => "a container",
        Some(Found::Account(_)) => "an account",
        Some(Found::Other(_)) => "another resource",
    });
    // Azure's ids are case-insensitive; the names of accounts and containers are lower-case in any case.
    let lower = find(&text.to_ascii_lowercase());
    match (&found, &lower) {
        (Some(Found::Other(one)), Some(Found::Other(other))) => assert!(one.eq_ignore_ascii_case(other)),
        // What is no name of an account with capitals may be one without.
        (None, Some(Found::Account(_) | Found::Container(_))) => {}
        _ => assert_eq!(found, lower, "{text:?}"),
    }
    if let Some(path) = found.as_ref().and_then(path) {
        printed(&path, found.as_ref());
    }
}

fn path(found: &Found) -> Option<String> {
    Some(match found {
        Found::Vault(id) => id.path(),
        Found::Instance(id) => id.path(),
        Found::Point(id) => id.path(),
        Found::Job(id) => id.path(),
        Found::Policy(id) => id.path(),
        Found::Server(id) => id.path(),
        Found::Container(id) => id.path(),
        Found::Account(_) | Found::Other(_) => return None,
    })
}

fn printed(path: &str, found: Option<&Found>) {
    assert_eq!(find(path).as_ref(), found, "{path}");
    assert!(path.bytes().all(|b| b.is_ascii_alphanumeric() || b"/-_.%()".contains(&b)), "{path}");
    assert!(same_id(path, &format!("{}/", path.to_ascii_uppercase())), "{path}");
    // As the portal's addresses have it: as it is, encoded, and encoded twice.
    let id = percent_decode(path).expect("our own encoding");
    for spelled in [id.clone(), percent_encode(&id), percent_encode(&percent_encode(&id))] {
        let address = format!("https://portal.azure.com/#view/Microsoft_Azure_DataProtection/Blade/id/{spelled}");
        assert_eq!(find(&address).as_ref(), found, "{address}");
    }
    // An address that is made of it stays with Azure, and in its subscription.
    let subscription = id.split('/').nth(2).and_then(SubscriptionId::parse).expect("every id has a subscription");
    for cloud in Cloud::ALL {
        let address = format!("https://{}{path}", cloud.arm_host());
        assert!(cloud.admit(&address, Some(&subscription)).is_ok(), "{address}");
    }
}

fn encoding(text: &str) {
    let encoded = percent_encode(text);
    assert_eq!(percent_decode(&encoded).as_deref(), Some(text));
    assert!(encoded.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.~()%".contains(&b)), "{encoded}");
    if let Some(decoded) = percent_decode(text) {
        assert!(decoded.len() <= text.len());
    }
}

/// Every kind of name is held to the same.
fn names(text: &str, seen: &mut Seen) {
    name(text, SubscriptionId::parse, SubscriptionId::as_str, seen);
    name(text, GroupName::parse, GroupName::as_str, seen);
    name(text, VaultName::parse, VaultName::as_str, seen);
    name(text, InstanceName::parse, InstanceName::as_str, seen);
    name(text, PointName::parse, PointName::as_str, seen);
    name(text, JobName::parse, JobName::as_str, seen);
    name(text, PolicyName::parse, PolicyName::as_str, seen);
    name(text, ServerName::parse, ServerName::as_str, seen);
    name(text, AccountName::parse, AccountName::as_str, seen);
    name(text, ContainerName::parse, ContainerName::as_str, seen);
}

fn name<T: Eq + Hash>(text: &str, parse: fn(&str) -> Option<T>, print: fn(&T) -> &str, seen: &mut Seen) {
    let Some(name) = parse(text) else { return };
    seen.insert("a name");
    assert_eq!(print(&name), text, "a name keeps its spelling");
    assert!(text.chars().all(|c| c.is_alphanumeric() || "-_.()".contains(c)), "{text:?}");
    assert!(text.chars().any(|c| c != '.'), "{text:?} is another folder");
    assert!(text.chars().count() <= 260);
    if let Some(lower) = parse(&text.to_ascii_lowercase()) {
        let hash = |name: &T| {
            let mut hasher = DefaultHasher::new();
            name.hash(&mut hasher);
            hasher.finish()
        };
        assert!(lower == name && hash(&lower) == hash(&name), "{text}");
    }
}
