//! Addresses that an answer gives: those that are admitted lead to Azure and into the subscription in hand, as a browser
//! reads them. The other reader is the URL standard's (`url`), which shares nothing with ours.

use super::{SUB, Seen, Target};
use pgflex_restore::azure::cloud::Cloud;
use pgflex_restore::azure::http::{ArmUrl, Refused};
use pgflex_restore::azure::id::{SubscriptionId, percent_decode};
use url::Url;

pub const TARGET: Target = Target {
    name: "address",
    check,
    sights: &[
        "admitted",
        "admitted in another region",
        "admitted with a signature",
        "admitted without a subscription",
        "another form",
        "another host",
        "another path",
        "another subscription",
    ],
};

fn check(text: &str, seen: &mut Seen) {
    let subscription = SubscriptionId::parse(SUB).expect("a subscription");
    for cloud in Cloud::ALL {
        for within in [None, Some(&subscription)] {
            let admitted = cloud.admit(text, within);
            seen.insert(match &admitted {
                Ok(url) if !url.query().is_empty() => "admitted with a signature",
                Ok(_) if within.is_none() => "admitted without a subscription",
                Ok(url) if url.host() != cloud.arm_host() => "admitted in another region",
                Ok(_) => "admitted",
                Err(Refused::Form) => "another form",
                Err(Refused::Host) => "another host",
                Err(Refused::Path) => "another path",
                Err(Refused::Subscription) => "another subscription",
            });
            if let Ok(url) = admitted {
                assert_eq!(url.as_str(), text, "an address is used byte for byte");
                leads_to_azure(&url, cloud.arm_host(), within);
            }
        }
    }
}

/// That an admitted address goes to no other host than the cloud's or one below it, over https, and into no other
/// subscription.
pub fn leads_to_azure(url: &ArmUrl, arm_host: &str, within: Option<&SubscriptionId>) {
    let text = url.as_str();
    // What no browser can read goes nowhere, and the token stays where it is.
    let Ok(read) = Url::parse(text) else { return };
    assert_eq!((read.scheme(), read.port()), ("https", None), "{text}");
    assert_eq!((read.username(), read.password(), read.fragment()), ("", None, None), "{text}");
    let host = read.host_str().expect("https has a host");
    assert!(host == arm_host || host.ends_with(&format!(".{arm_host}")), "{text} leads to {host}");
    let segments = where_it_ends_up(&read);
    let first = segments.first().map(String::as_str);
    assert!(matches!(first, Some("subscriptions" | "providers")), "{text} leads to {segments:?}");
    if let Some(within) = within {
        assert_eq!(first, Some("subscriptions"), "{text}");
        assert_eq!(segments.get(1), Some(&within.as_str().to_ascii_lowercase()), "{text}");
    }
    // What is told of it is what a browser sees, and never the signature.
    assert!(url.host().eq_ignore_ascii_case(host), "{text}");
    assert_eq!(percent_decode(url.path()), percent_decode(read.path()), "{text}");
    assert_eq!(percent_decode(url.query()), percent_decode(read.query().unwrap_or_default()), "{text}");
    assert_eq!(format!("{url:?}"), format!("https://{}{}", url.host(), url.path()));
}

/// The folders of an address, from the top, without those that it climbs out of again. Decoded twice, since what stands
/// behind Azure's front door may decode once more.
fn where_it_ends_up(url: &Url) -> Vec<String> {
    let once = percent_decode(url.path()).unwrap_or(url.path().to_string());
    let twice = percent_decode(&once).unwrap_or(once);
    let mut segments: Vec<String> = Vec::new();
    for segment in twice.split(['/', '\\']).skip(1) {
        match segment {
            ".." => drop(segments.pop()),
            "." => {}
            _ => segments.push(segment.to_lowercase()),
        }
    }
    segments
}
