//! Resource ids: from a text to an id and back; casing; what is no name.

use super::{SUB, VAULT, vault};
use crate::any;
use arbtest::arbtest;
use pgflex_restore::azure::id::{
    AccountName, ContainerName, Found, GroupName, InstanceId, InstanceName, JobName, PointName, ServerName,
    SubscriptionId, VaultName, find, percent_decode, percent_encode, same_id,
};
use std::cmp::Ordering;
use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};

/// What a text names, as its kind and its path.
fn told(text: &str) -> String {
    match find(text) {
        None => "nothing".into(),
        Some(Found::Vault(id)) => format!("vault {id}"),
        Some(Found::Instance(id)) => format!("instance {id}"),
        Some(Found::Point(id)) => format!("point {id}"),
        Some(Found::Job(id)) => format!("job {id}"),
        Some(Found::Policy(id)) => format!("policy {id}"),
        Some(Found::Server(id)) => format!("server {id}"),
        Some(Found::Container(id)) => format!("container {id}"),
        Some(Found::Account(_)) => "account".into(),
        Some(Found::Other(kind)) => format!("other {kind}"),
    }
}

#[track_caller]
fn check(text: &str, expected: &str) {
    assert_eq!(told(text), expected, "of {text:?}");
}

fn in_group(rest: &str) -> String {
    format!("/subscriptions/{SUB}/resourceGroups/rg/providers/{rest}")
}

#[test]
fn a_resource_id_names_its_kind() {
    let job = "0f0f0f0f-1111-4222-8333-444444444444";
    check(VAULT, &format!("vault {VAULT}"));
    check(&format!("{VAULT}/"), &format!("vault {VAULT}"));
    check(&format!("  {VAULT}\n"), &format!("vault {VAULT}"));
    for (rest, kind) in [
        ("backupInstances/orders-orders-9c1f".to_string(), "instance"),
        ("backupInstances/orders/recoveryPoints/a97bb0e5".to_string(), "point"),
        (format!("backupJobs/{job}"), "job"),
        ("backupPolicies/weekly".to_string(), "policy"),
    ] {
        check(&format!("{VAULT}/{rest}"), &format!("{kind} {VAULT}/{rest}"));
    }
    let server = in_group("Microsoft.DBforPostgreSQL/flexibleServers/orders");
    check(&server, &format!("server {server}"));
    let container = in_group("Microsoft.Storage/storageAccounts/acct1/blobServices/default/containers/dumps");
    check(&container, &format!("container {container}"));
    check(&in_group("Microsoft.Storage/storageAccounts/acct1"), "account");
    check(&in_group("Microsoft.DBforPostgreSQL/servers/old/databases/db"), "other Microsoft.DBforPostgreSQL/servers");
}

#[test]
fn what_follows_an_id_is_passed_over() {
    check(&format!("{VAULT}/backupInstances/i?api-version=2024-04-01"), &format!("instance {VAULT}/backupInstances/i"));
    check(&format!("{VAULT}/overview"), &format!("vault {VAULT}"));
    check(&format!("{VAULT}/backupInstances/i/validateRestore"), &format!("instance {VAULT}/backupInstances/i"));
    check(&format!("\"{VAULT}\","), &format!("vault {VAULT}"));
}

#[test]
fn a_portal_address_names_what_it_shows() {
    let portal = "https://portal.azure.com/#@contoso.onmicrosoft.com/resource";
    check(&format!("{portal}{VAULT}/overview"), &format!("vault {VAULT}"));
    let once = percent_encode(&format!("{VAULT}/backupInstances/orders"));
    let blade = "https://portal.azure.com/#view/Microsoft_Azure_DataProtection/Instance.ReactView/id";
    check(&format!("{blade}/{once}/datasourceType~/0"), &format!("instance {VAULT}/backupInstances/orders"));
    let twice = percent_encode(&once);
    check(&format!("{blade}/{twice}"), &format!("instance {VAULT}/backupInstances/orders"));
    check(
        &format!("{blade}/{}", once.to_lowercase()),
        &told(&format!("{VAULT}/backupInstances/orders").to_lowercase()),
    );
    let server = in_group("Microsoft.DBforPostgreSQL/flexibleServers/orders");
    check(&format!("{portal}{server}/postgresBackup"), &format!("server {server}"));
}

#[test]
fn an_address_that_names_nothing_is_nothing() {
    let long = format!("{VAULT}/backupInstances/i?{}", "x".repeat(9000));
    for text in [
        "",
        "/",
        "orders",
        "https://portal.azure.com/",
        "/subscriptions/",
        "/subscriptions/not-a-guid/resourceGroups/rg/providers/Microsoft.DataProtection/backupVaults/vault",
        "/subscriptions/11111111-2222-4333-8444-555555555555",
        "/subscriptions/11111111-2222-4333-8444-555555555555/resourceGroups/rg",
        "/subscriptions/11111111-2222-4333-8444-555555555555/resourceGroups/rg/providers/Microsoft.DataProtection",
        "/subscriptions/11111111-2222-4333-8444-555555555555/providers/Microsoft.DataProtection/backupVaults/vault",
        "%2Fsubscriptions%2",
        "%ff%fe/subscriptions/",
        &long,
    ] {
        check(text, "nothing");
    }
}

#[test]
fn a_hostile_name_is_refused() {
    for name in [
        "..",
        ".",
        "%2e%2e",
        "a;b",
        "a$(id)b",
        "a`id`",
        "a|b",
        "a\tb",
        "a\nb",
        "a\\b",
        "a<b",
        "a\u{202e}b",
        "a\u{200b}b",
        "\u{430}bc",
        "",
    ] {
        check(&format!("{VAULT}/backupInstances/{name}"), "nothing");
        check(&format!("{VAULT}/backupInstances/i/recoveryPoints/{name}"), "nothing");
        check(&format!("{VAULT}/backupJobs/{name}"), "nothing");
        check(&format!("{VAULT}/backupPolicies/{name}"), "nothing");
        check(&in_group(&format!("Microsoft.DBforPostgreSQL/flexibleServers/{name}")), "nothing");
        check(&in_group(&format!("Microsoft.Storage/storageAccounts/{name}")), "nothing");
        check(&in_group(&format!("Microsoft.DataProtection/backupVaults/{name}")), "nothing");
    }
}

#[test]
fn names_keep_to_the_patterns_of_azure() {
    let b = |yes: bool| if yes { "yes" } else { "no" };
    let check = |kind: &str, fits: bool, expected: &str| assert_eq!(b(fits), expected, "{kind}");
    check("guid", SubscriptionId::parse(SUB).is_some(), "yes");
    check("guid in braces", SubscriptionId::parse(&format!("{{{SUB}}}")).is_some(), "no");
    check("guid cut", SubscriptionId::parse(&SUB[1..]).is_some(), "no");
    check("guid with more", SubscriptionId::parse(&format!("{SUB}-1")).is_some(), "no");
    check("group", GroupName::parse("rg_1-(prod).x").is_some(), "yes");
    check("group of another script", GroupName::parse("資源-é").is_some(), "yes");
    check("group ending in a dot", GroupName::parse("rg.").is_some(), "no");
    check("group of two dots", GroupName::parse("..").is_some(), "no");
    check("group of 90", GroupName::parse(&"é".repeat(90)).is_some(), "yes");
    check("group of 91", GroupName::parse(&"é".repeat(91)).is_some(), "no");
    check("vault of one", VaultName::parse("v").is_some(), "no");
    check("vault of 50", VaultName::parse(&"v".repeat(50)).is_some(), "yes");
    check("vault of 51", VaultName::parse(&"v".repeat(51)).is_some(), "no");
    check("vault, a digit first", VaultName::parse("1vault").is_some(), "no");
    check("instance of 260", InstanceName::parse(&"i".repeat(260)).is_some(), "yes");
    check("instance of 261", InstanceName::parse(&"i".repeat(261)).is_some(), "no");
    check("point of 128", PointName::parse(&"f".repeat(128)).is_some(), "yes");
    check("point of 129", PointName::parse(&"f".repeat(129)).is_some(), "no");
    check("job that is no guid", JobName::parse("job-1").is_some(), "no");
    check("server of 64", ServerName::parse(&"s".repeat(64)).is_some(), "no");
    check("account", AccountName::parse("acct01").is_some(), "yes");
    check("account in upper case", AccountName::parse("Acct01").is_some(), "no");
    check("account of two", AccountName::parse("ac").is_some(), "no");
    check("account of 25", AccountName::parse(&"a".repeat(25)).is_some(), "no");
    check("container", ContainerName::parse("pg-dumps-1").is_some(), "yes");
    check("container with two dashes", ContainerName::parse("pg--dumps").is_some(), "no");
    check("container, a dash first", ContainerName::parse("-pg").is_some(), "no");
    check("container, a dash last", ContainerName::parse("pg-").is_some(), "no");
    check("container of a service", ContainerName::parse("$web").is_some(), "no");
}

#[test]
fn what_is_printed_is_read_back() {
    arbtest(|u| {
        let point = any::point(u)?;
        assert_eq!(find(&point.path()), Some(Found::Point(point.clone())));
        assert_eq!(find(&point.instance.path()), Some(Found::Instance(point.instance.clone())));
        assert_eq!(find(&point.instance.vault.path()), Some(Found::Vault(point.instance.vault.clone())));
        let job = any::job(u)?;
        assert_eq!(find(&job.path()), Some(Found::Job(job)));
        let policy = any::policy(u)?;
        assert_eq!(find(&policy.path()), Some(Found::Policy(policy)));
        let server = any::server(u)?;
        assert_eq!(find(&server.path()), Some(Found::Server(server)));
        let container = any::container(u)?;
        assert_eq!(find(&container.path()), Some(Found::Container(container)));
        Ok(())
    });
}

#[test]
fn an_encoded_id_is_read_back() {
    arbtest(|u| {
        let point = any::point(u)?;
        // The id as Azure writes it, without the encoding that makes it a path.
        let once = percent_encode(&percent_decode(&point.path()).unwrap());
        assert_eq!(find(&format!("https://portal.azure.com/#blade/id/{once}")), Some(Found::Point(point.clone())));
        let twice = percent_encode(&once);
        assert_eq!(find(&format!("https://portal.azure.com/#blade/id/{twice}")), Some(Found::Point(point)));
        Ok(())
    });
}

fn hash(value: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

#[test]
fn ids_that_differ_in_casing_are_equal() {
    arbtest(|u| {
        let one = any::point(u)?;
        let Some(Found::Point(other)) = find(&any::recased(u, &one.path())?) else { panic!("not read: {one}") };
        assert_eq!(one, other);
        assert_eq!(hash(&one), hash(&other));
        assert_eq!(one.cmp(&other), Ordering::Equal);
        assert!(same_id(&one.path(), &format!("{}/", other.path().to_uppercase())));
        Ok(())
    });
}

/// Letters whose upper and lower case are not a pair: the Kelvin sign, the dotless and the dotted i, sharp s, sigma.
#[test]
fn equality_hash_and_order_of_names_agree() {
    arbtest(|u| {
        let odd = "kK\u{212a}sSſßẞiIıİσςΣ";
        let (Some(a), Some(b)) =
            (GroupName::parse(&any::text(u, odd, 1, 3)?), GroupName::parse(&any::text(u, odd, 1, 3)?))
        else {
            panic!("no group");
        };
        assert_eq!(a == b, b == a, "{a} {b}");
        assert_eq!(a == b, a.cmp(&b) == Ordering::Equal, "{a} {b}");
        assert!(a != b || hash(&a) == hash(&b), "{a} {b}");
        Ok(())
    });
    let group = |text| GroupName::parse(text).unwrap();
    assert_eq!(group("RG-é"), group("rg-é"));
    assert_ne!(group("RG-É"), group("rg-é"), "beyond ASCII a name is as it is spelled");
    assert_ne!(group("k"), group("\u{212a}"));
    assert_ne!(group("rg-1"), group("rg-2"));
}

#[test]
fn percent_encoding_is_undone_by_decoding() {
    arbtest(|u| {
        let text: String = u.arbitrary()?;
        assert_eq!(percent_decode(&percent_encode(&text)), Some(text));
        Ok(())
    });
    for broken in ["%", "%1", "%zz", "%ff", "a%"] {
        assert_eq!(percent_decode(broken), None, "{broken}");
    }
}

#[test]
fn finding_never_panics() {
    arbtest(|u| {
        let pieces =
            ["/subscriptions/", SUB, "/resourceGroups/", "rg", "/providers/", "Microsoft.DataProtection", "/%2F"];
        let mut text = String::new();
        for _ in 0..u.int_in_range(0..=12)? {
            text.push_str(&any::words(u, &pieces)?);
        }
        let _ = find(&text);
        Ok(())
    });
}

#[test]
fn a_stray_percent_in_what_was_pasted_takes_nothing_from_the_id() {
    let vault =
        format!("/subscriptions/{SUB}/resourceGroups/rg/providers/Microsoft.DataProtection/backupVaults/vault-1");
    for pasted in [format!("{vault}?fill=100%"), format!("100% {vault}"), format!("{vault}?fill=100%").to_uppercase()] {
        assert!(matches!(find(&pasted), Some(Found::Vault(_))), "{pasted}");
    }
}

#[test]
fn an_instance_tells_its_server_where_azures_tools_have_named_it() {
    let told = |name: &str| {
        let instance = InstanceId { vault: vault(), name: InstanceName::parse(name).unwrap() };
        instance.likely_server().to_string()
    };
    let guid = "3f0b61d4-9c2a-11ef-8a5e-00155d3c7b19";
    assert_eq!(told(&format!("psql-orders-psql-orders-{guid}")), "psql-orders");
    assert_eq!(told(&format!("a-a-{guid}")), "a");
    for other in [
        format!("psql-orders-psql-payments-{guid}"),
        format!("psql-orders-{guid}"),
        guid.to_string(),
        "orders".into(),
        format!("--{guid}"),
    ] {
        assert_eq!(told(&other), other);
    }
}
