//! The configuration: what is taken is what the file says, once and for all to see; what is refused is told by its line.

use super::{Seen, Target};
use pgflex_restore::azure::cloud::{ApiVersion, Cloud};
use pgflex_restore::config::{Config, KEYS, Kind, Problem, Target as Allows, read};
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::Value;
use std::fmt;

pub const TARGET: Target = Target {
    name: "config",
    check,
    sights: &[
        "a key twice",
        "a missing key",
        "a text of the wrong form",
        "an unknown key",
        "help",
        "no JSON",
        "no flag",
        "no list",
        "no object",
        "no text",
        "taken",
        "targets",
        "the sample",
    ],
};

fn check(text: &str, seen: &mut Seen) {
    let members = serde_json::from_str::<Members>(text.trim_start_matches('\u{feff}')).ok();
    match read(text) {
        Ok(config) => {
            seen.insert("taken");
            taken(&config, &members.expect("what is taken is an object").0, seen);
        }
        Err(problems) => {
            assert!(!problems.is_empty(), "refused without a reason: {text:?}");
            assert!(problems.is_sorted_by_key(|problem| problem.line), "{problems:?}");
            for problem in &problems {
                refused(text, problem, members.as_ref(), seen);
            }
        }
    }
}

/// The members of an object as they stand in the file: also those that stand there twice.
struct Members(Vec<(String, Value)>);

impl Members {
    fn count(&self, key: &str) -> usize {
        self.0.iter().filter(|(known, _)| known == key).count()
    }
}

impl<'de> Deserialize<'de> for Members {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Each;
        impl<'de> Visitor<'de> for Each {
            type Value = Members;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Members, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(Members(members))
            }
        }
        from.deserialize_map(Each)
    }
}

fn taken(config: &Config, members: &[(String, Value)], seen: &mut Seen) {
    let mut said = std::collections::BTreeMap::new();
    for (key, value) in members {
        assert!(KEYS.contains(&key.as_str()), "{key:?} is not known");
        let value = value.as_str().map_or_else(|| value.to_string(), |text| text.trim().to_string());
        assert!(said.insert(key.as_str(), value).is_none(), "{key:?} stands there twice");
    }
    let said: std::collections::BTreeMap<&str, &str> = said.iter().map(|(key, value)| (*key, value.as_str())).collect();
    let cloud = said.get("cloud").copied().unwrap_or(Cloud::default().name());
    let api = said.get("apiVersion").copied().unwrap_or(ApiVersion::default().as_str());
    assert_eq!((config.cloud.name(), config.api_version.as_str()), (cloud, api));
    assert_eq!(Some(&config.client_id.as_str()), said.get("clientId"));
    assert_eq!(Some(&config.tenant.as_str()), said.get("tenant"));
    // Both become parts of addresses of the sign-in.
    for part in [&config.client_id, &config.tenant] {
        assert!(part.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'.'), "{part:?}");
        assert!(!part.contains("..") && part.len() <= 253, "{part:?}");
    }
    assert!(config.tenant != "common", "personal accounts have no Azure Resource Manager");
    let flag = |key: &str| said.get(key).is_none_or(|said| *said == "true");
    assert_eq!(config.allowed.grant_roles, flag("grantRoles"));
    assert_eq!(config.allowed.create_containers, flag("createContainers"));
    assert_eq!(config.allowed.targets.is_some(), said.contains_key("targets"));
    let mut again = serde_json::json!({
        "clientId": config.client_id, "tenant": config.tenant, "cloud": cloud, "apiVersion": api,
        "grantRoles": config.allowed.grant_roles, "createContainers": config.allowed.create_containers,
    });
    if let Some(targets) = &config.allowed.targets {
        assert!(!targets.is_empty(), "a list that forbids every restore");
        seen.insert("targets");
        let name = |target: &Allows| match target {
            Allows::Subscription(id) => id.as_str().to_string(),
            Allows::Account(name) => name.as_str().to_string(),
        };
        again["targets"] = targets.iter().map(name).collect();
    }
    if let Some(text) = &config.support.text {
        assert!(!text.contains(char::is_control) && text.chars().count() <= 200, "{text:?}");
        again["supportText"] = text.as_str().into();
        seen.insert("help");
    }
    // It becomes a link.
    if let Some(url) = &config.support.url {
        assert!(
            url.starts_with("https://") && !url.contains('@') || url.find('@') > url[8..].find('/').map(|at| at + 8),
            "{url:?}"
        );
        again["supportUrl"] = url.as_str().into();
    }
    assert_eq!(read(&again.to_string()).as_ref(), Ok(config));
}

fn refused(text: &str, problem: &Problem, members: Option<&Members>, seen: &mut Seen) {
    let times = |key: &str| members.map_or(0, |members| members.count(key));
    let (sight, key) = match &problem.kind {
        Kind::Absent | Kind::Unreadable => panic!("{text:?} is there and was read"),
        Kind::NotJson => {
            assert!(serde_json::from_str::<Value>(text.trim_start_matches('\u{feff}')).is_err());
            ("no JSON", None)
        }
        Kind::NotAnObject => {
            assert!(members.is_none());
            seen.insert("no object");
            return;
        }
        Kind::Missing(key) => {
            assert_eq!(times(key), 0, "{key} is there");
            seen.insert("a missing key");
            return;
        }
        Kind::Unknown(key) => {
            assert!(!KEYS.contains(&key.as_str()));
            ("an unknown key", Some(key.as_str()))
        }
        Kind::Twice(key) => {
            assert!(times(key) > 1, "{key} stands there {} times", times(key));
            ("a key twice", Some(*key))
        }
        Kind::NotText(key) => ("no text", Some(*key)),
        Kind::NotFlag(key) => ("no flag", Some(*key)),
        Kind::NotList(key) => ("no list", Some(*key)),
        Kind::Malformed(key) => ("a text of the wrong form", Some(*key)),
        Kind::Placeholder => ("the sample", Some("clientId")),
    };
    seen.insert(sight);
    let line = problem.line.unwrap_or_else(|| panic!("{:?} has a line", problem.kind));
    let lines: Vec<&str> = text.split('\n').collect();
    assert!((1..=lines.len()).contains(&line), "line {line} of {}", lines.len());
    if let Some(key) = key {
        assert!(times(key) > 0, "{key} is not there");
        // An editor that opens there shows the key, unless its spelling hides behind escapes.
        assert!(lines[line - 1].contains(key) || lines[line - 1].contains('\\'), "{key:?} is not on line {line}");
    }
}
