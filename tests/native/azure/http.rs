//! Which addresses are admitted: those alone a token is ever sent to.

use super::{OTHER, SUB, answer, subscription};
use crate::any;
use crate::properties::address::leads_to_azure;
use arbtest::arbitrary::{Result as Drawn, Unstructured};
use arbtest::arbtest;
use pgflex_restore::azure::cloud::Cloud;
use pgflex_restore::azure::http::{ArmUrl, Refused, Unreachable};

const HOST: &str = "management.azure.com";

#[track_caller]
fn check(address: &str, expected: Result<(), Refused>) {
    let address = address.replace("SUB", SUB).replace("OTHER", OTHER);
    let admitted = ArmUrl::admit(HOST, &address, Some(&subscription()));
    assert_eq!(admitted.as_ref().map(|_| ()).map_err(|why| *why), expected, "of {address:?}");
    if let Ok(url) = admitted {
        assert_eq!(url.as_str(), address, "an address is used byte for byte");
    }
}

#[test]
fn the_global_host_is_admitted() {
    check("https://management.azure.com/subscriptions/SUB/providers/Microsoft.DataProtection/locations/x", Ok(()));
    check("https://Management.Azure.com/Subscriptions/SUB/resourcegroups/rg?$skipToken=a%2Fb", Ok(()));
}

#[test]
fn a_regional_host_is_admitted() {
    check("https://eastus2euap.management.azure.com/subscriptions/SUB/resourceGroups/rg", Ok(()));
    check("https://a.b.management.azure.com/subscriptions/SUB/resourceGroups/rg", Ok(()));
}

#[test]
fn a_signed_address_is_admitted_byte_for_byte() {
    let signature = "MIIHhzCCBm-gAwIBAgITHgTa_".repeat(160);
    let address = format!(
        "https://eastus2euap.management.azure.com/subscriptions/SUB/resourceGroups/rg/providers/\
         Microsoft.DataProtection/backupVaults/v/operationStatus/MGQ0NDgwMzE7ZjQ4ZGEwMTE=\
         =?api-version=2026-03-01&t=638999999999999999&c={signature}&s=a%2Bb/c&h=x-_~!*'()"
    );
    assert!(address.len() > 4000);
    check(&address, Ok(()));
}

#[test]
fn the_operations_of_azure_are_admitted() {
    let root = "https://management.azure.com/subscriptions/SUB";
    check(&format!("{root}/providers/Microsoft.DataProtection/locations/eastasia/operationResults/MDs=?t=1"), Ok(()));
    check(&format!("{root}/resourceGroups/rg/providers/Microsoft.DataProtection/operationStatus/MDs="), Ok(()));
    check(&format!("{root}/resourceGroups/rg/providers/x/backupInstances?$skipToken=https://evil.example/"), Ok(()));
}

#[test]
fn a_host_that_is_not_azures_is_refused() {
    for host in [
        "management.azure.com.evil",
        "management.azure.com.evil.example",
        "evilmanagement.azure.com",
        "evil-management.azure.com",
        "management.azure.com@evil",
        "management.azure.com:x@evil",
        "evil@management.azure.com",
        "management.azure.com:444",
        "management.azure.com:443",
        "management.azure.com:",
        "management.azure.com.",
        ".management.azure.com",
        "..management.azure.com",
        "a..management.azure.com",
        "azure.com",
        "management.usgovcloudapi.net",
        "management%2eazure.com",
        "[::1]",
        "127.0.0.1",
        "",
        "evil.example?.management.azure.com",
        "evil.example;.management.azure.com",
        "evil.example&.management.azure.com",
        "evil.example%00.management.azure.com",
    ] {
        check(&format!("https://{host}/subscriptions/SUB/x"), Err(Refused::Host));
    }
}

#[test]
fn another_form_than_https_is_refused() {
    for address in [
        "http://management.azure.com/subscriptions/SUB/x",
        "HTTPS://management.azure.com/subscriptions/SUB/x",
        "//management.azure.com/subscriptions/SUB/x",
        "//evil/subscriptions/SUB/x",
        "/subscriptions/SUB/x",
        "subscriptions/SUB/x",
        "",
        "https:/management.azure.com/subscriptions/SUB/x",
        "https:management.azure.com/subscriptions/SUB/x",
        "https:\\\\management.azure.com\\subscriptions\\SUB\\x",
        "https://evil.example\\@management.azure.com/subscriptions/SUB/x",
        "https://management.azure.com\\.evil.example/subscriptions/SUB/x",
        "javascript:alert(1)//management.azure.com/subscriptions/SUB/x",
        "data:text/html,https://management.azure.com/subscriptions/SUB/x",
        " https://management.azure.com/subscriptions/SUB/x",
        "https://management.azure.com/subscriptions/SUB/x ",
        "https://management.azure.com/subscriptions/SUB/\tx",
        "https://evil\n.management.azure.com/subscriptions/SUB/x",
        "https://management.azure.com/subscriptions/SUB/x\r\nHost: evil",
        "https://management.azure.com/subscriptions/SUB/x\0",
        "https://management.azure.com/subscriptions/SUB/x\u{7f}",
        "https://evil.example#.management.azure.com/subscriptions/SUB/x",
        "https://management.azure.com/subscriptions/SUB/x#y",
        "https://management.azurе.com/subscriptions/SUB/x",
        "https://ｍanagement.azure.com/subscriptions/SUB/x",
        "https://management。azure。com/subscriptions/SUB/x",
        "https://management.azure.com／subscriptions/SUB/x",
        "https://ma\u{ad}nagement.azure.com/subscriptions/SUB/x",
        "\u{feff}https://management.azure.com/subscriptions/SUB/x",
    ] {
        check(address, Err(Refused::Form));
    }
}

#[test]
fn a_path_that_climbs_is_refused() {
    for path in [
        "/subscriptions/SUB/../OTHER/x",
        "/subscriptions/SUB/./x",
        "/subscriptions/SUB/x/..",
        "/subscriptions/SUB/..%2f..%2fOTHER",
        "/subscriptions/SUB/..%2F",
        "/subscriptions/SUB/%2e%2e/OTHER",
        "/subscriptions/SUB/%2E%2E/OTHER",
        "/subscriptions/SUB/.%2e/OTHER",
        "/subscriptions/SUB/..%5c..%5cOTHER",
        "/subscriptions/SUB/..%252f..%252fOTHER",
        "/subscriptions/SUB/%252e%252e/OTHER",
        "/subscriptions//SUB/x",
        "//subscriptions/SUB/x",
        "/subscriptions/SUB//x",
    ] {
        check(&format!("https://{HOST}{path}"), Err(Refused::Path));
    }
}

#[test]
fn a_path_of_no_kind_is_refused() {
    for path in ["", "/", "/batch?api-version=2020-06-01", "/api/invoke", "/tenants", "/subscriptionsx/SUB/x"] {
        check(&format!("https://{HOST}{path}"), Err(Refused::Path));
    }
}

#[test]
fn another_subscription_is_refused() {
    for path in [
        "/subscriptions/OTHER/x",
        "/subscriptions",
        "/subscriptions/",
        "/subscriptions?x=SUB",
        "/subscriptions/SUB-1/x",
        "/subscriptions/%31SUB/x",
        "/providers/Microsoft.ResourceGraph/resources",
    ] {
        check(&format!("https://{HOST}{path}"), Err(Refused::Subscription));
    }
}

#[test]
fn without_a_subscription_in_hand_lists_of_the_tenant_are_admitted() {
    for path in ["/subscriptions?$skiptoken=x", "/subscriptions/x/y", "/providers/Microsoft.ResourceGraph/resources"] {
        assert!(ArmUrl::admit(HOST, &format!("https://{HOST}{path}"), None).is_ok(), "{path}");
    }
    for path in ["/", "/providers", "/batch", "/subscriptions/../x"] {
        assert_eq!(ArmUrl::admit(HOST, &format!("https://{HOST}{path}"), None), Err(Refused::Path), "{path}");
    }
}

#[test]
fn every_cloud_admits_its_own_host_alone() {
    for cloud in Cloud::ALL {
        for other in Cloud::ALL {
            let address = format!("https://{}/subscriptions/{SUB}/x", other.arm_host());
            assert_eq!(cloud.admit(&address, None).is_ok(), cloud == other, "{cloud:?} {address}");
        }
    }
}

#[test]
fn an_address_prints_without_its_query() {
    let address = format!("https://{HOST}/subscriptions/{SUB}/x?t=1&s=secret");
    let url = ArmUrl::admit(HOST, &address, None).unwrap();
    assert_eq!(format!("{url:?}"), format!("https://{HOST}/subscriptions/{SUB}/x"));
    assert_eq!((url.host(), url.query()), (HOST, "t=1&s=secret"));
    assert_eq!(url.path(), format!("/subscriptions/{SUB}/x"));
}

fn any_address(u: &mut Unstructured<'_>) -> Drawn<String> {
    let pieces = [
        "https://",
        "http://",
        "//",
        "/",
        "\\",
        "@",
        ":",
        ":444",
        ".",
        "..",
        "?",
        "#",
        "%2f",
        "%2e",
        "%252e",
        "\t",
        "evil",
        "management.azure.com",
        "eastus.",
        "subscriptions",
        "providers",
        SUB,
        OTHER,
        "/subscriptions/",
        ";",
    ];
    let mut address = String::from(*u.choose(&[
        "",
        "https://",
        "https://management.azure.com",
        "https://x.management.azure.com/",
    ])?);
    if u.arbitrary()? {
        address.push_str(&format!("/subscriptions/{SUB}/"));
    }
    for _ in 0..u.int_in_range(0..=8)? {
        address.push_str(&any::words(u, &pieces)?);
    }
    Ok(address)
}

#[test]
fn whatever_is_admitted_leads_to_azure_and_to_this_subscription() {
    arbtest(|u| {
        let address = any_address(u)?;
        let Ok(url) = ArmUrl::admit(HOST, &address, Some(&subscription())) else { return Ok(()) };
        assert_eq!(url.as_str(), address);
        leads_to_azure(&url, HOST, Some(&subscription()));
        Ok(())
    })
    .budget_ms(300);
}

#[test]
fn headers_are_found_in_any_casing() {
    let response = answer(202, &[("azure-asyncoperation", "a"), ("Retry-After", "3")], "");
    assert_eq!(response.header("Azure-AsyncOperation"), Some("a"));
    assert_eq!(response.header("RETRY-AFTER"), Some("3"));
    assert_eq!(response.header("Location"), None);
}

#[test]
fn only_what_was_sent_may_have_arrived() {
    assert!(Unreachable::NoAnswer.may_have_arrived());
    assert!(Unreachable::TooLong.may_have_arrived());
    assert!(!Unreachable::Offline.may_have_arrived());
    assert!(!Unreachable::Refused.may_have_arrived());
    assert!(!Unreachable::NoToken.may_have_arrived());
    assert!(!Unreachable::SignedOut("x".into()).may_have_arrived());
}
