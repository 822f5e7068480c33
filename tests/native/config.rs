//! `config.json`: what is good is taken, what is wrong is told by its line.

use crate::any;
use arbtest::arbtest;
use pgflex_restore::azure::cloud::{ApiVersion, Cloud};
use pgflex_restore::azure::id::{AccountName, SubscriptionId};
use pgflex_restore::config::{Allowed, KEYS, Support, Target, read};
use serde_json::{Value, json};

const GOOD: &str = r#"{
  "clientId": "11111111-2222-4333-8444-555555555555",
  "tenant": "contoso.onmicrosoft.com"
}"#;

/// A file and what is read of it: `line: problem`, one a line.
#[track_caller]
fn check(text: &str, expected: &str) {
    let told = match read(text) {
        Ok(c) => format!("{} {} {:?} {:?}", c.client_id, c.tenant, c.cloud, c.api_version),
        Err(problems) => {
            let told = problems.iter().map(|p| match p.line {
                Some(line) => format!("{line}: {:?}", p.kind),
                None => format!("{:?}", p.kind),
            });
            told.collect::<Vec<_>>().join("\n")
        }
    };
    assert_eq!(told, expected, "of {text}");
}

#[test]
fn two_keys_are_enough() {
    check(GOOD, "11111111-2222-4333-8444-555555555555 contoso.onmicrosoft.com Public V2024_04_01");
    check(
        &format!("\u{feff}{}\r\n", GOOD.replace('\n', "\r\n")),
        "11111111-2222-4333-8444-555555555555 contoso.onmicrosoft.com Public V2024_04_01",
    );
}

#[test]
fn every_cloud_and_every_version_can_be_set() {
    for cloud in Cloud::ALL {
        for api in ApiVersion::ALL {
            let more = format!(r#", "cloud": "{}", "apiVersion": "{}" }}"#, cloud.name(), api.as_str());
            let config = read(&GOOD.replace('}', &more)).unwrap();
            assert_eq!((config.cloud, config.api_version), (cloud, api));
        }
    }
}

#[test]
fn a_tenant_is_an_id_a_domain_or_organizations() {
    let of = |tenant: &str| GOOD.replace("contoso.onmicrosoft.com", tenant);
    for tenant in ["organizations", "22222222-2222-4333-8444-555555555555", "contoso.com"] {
        assert_eq!(read(&of(tenant)).unwrap().tenant, tenant);
    }
    for tenant in [
        "common",
        "consumers",
        "contoso",
        "",
        "a..b",
        ".com",
        "contoso.com/x",
        "contoso.com?x",
        "a b.com",
        "contоso.com",
        "../x.y",
    ] {
        check(&of(tenant), r#"3: Malformed("tenant")"#);
    }
}

#[test]
fn every_problem_is_told_with_its_line() {
    check(
        "{\n  \"clientid\": \"x\",\n\n  \"tenant\": 7,\n  \"cloud\": \"germany\",\n  \"apiVersion\": \"2020-01-01\"\n}",
        "Missing(\"clientId\")\n2: Unknown(\"clientid\")\n4: NotText(\"tenant\")\n5: Malformed(\"cloud\")\n6: Malformed(\"apiVersion\")",
    );
    check("{}", "Missing(\"clientId\")\nMissing(\"tenant\")");
    check(&GOOD.replace("1111-2222", "1111"), r#"2: Malformed("clientId")"#);
    check(&GOOD.replace("\"contoso.onmicrosoft.com\"", "null"), r#"3: NotText("tenant")"#);
    check(&GOOD.replace("\"contoso.onmicrosoft.com\"", "[\"contoso.com\"]"), r#"3: NotText("tenant")"#);
}

#[test]
fn the_sample_as_it_is_is_told() {
    check(
        &GOOD.replace("11111111-2222-4333-8444-555555555555", "00000000-0000-0000-0000-000000000000"),
        "2: Placeholder",
    );
}

#[test]
fn what_is_no_object_is_told() {
    for text in ["[]", "null", "7", "\"x\""] {
        check(text, "NotAnObject");
    }
    check("", "1: NotJson");
    check("<!doctype html>", "1: NotJson");
    check("{\n  \"clientId\": \"x\",\n}", "3: NotJson");
    check("{\n  // no comments\n}", "2: NotJson");
}

#[test]
fn no_key_can_widen_what_the_program_may_do() {
    for key in ["armHost", "loginHost", "scope", "authority", "redirectUri", "__proto__", "connect-src"] {
        assert!(!KEYS.contains(&key));
        check(&GOOD.replace("\n}", &format!(",\n  \"{key}\": \"x\"\n}}")), &format!("4: Unknown({key:?})"));
    }
}

#[test]
fn reading_never_panics_and_never_takes_what_it_does_not_know() {
    let names = ["clientId", "tenant", "cloud", "apiVersion", "other", "a\"b", "\n"];
    let texts = ["11111111-2222-4333-8444-555555555555", "contoso.com", "public", "2024-04-01"];
    arbtest(|u| {
        let value = any::json(u, &names, &texts, 2)?;
        let text = if u.arbitrary()? { value.to_string() } else { format!("{value:#}") };
        match read(&text) {
            Ok(_) => {
                let keys = value.as_object().unwrap();
                assert!(keys.keys().all(|key| KEYS.contains(&key.as_str())), "{text}");
                assert!(keys.values().all(|value| value.is_string()), "{text}");
            }
            Err(problems) => {
                assert!(!problems.is_empty());
                let lines = text.lines().count().max(1);
                assert!(problems.iter().all(|p| p.line.is_none_or(|line| (1..=lines).contains(&line))), "{text}");
            }
        }
        let end = u.int_in_range(0..=text.len())?;
        let _ = read(text.get(..end).unwrap_or_default());
        let _ = read(&u.arbitrary::<String>()?);
        Ok(())
    });
}

#[test]
fn a_key_that_stands_twice_is_told_since_which_counts_would_be_a_guess() {
    let twice = GOOD.replacen("\"tenant\"", "\"tenant\": \"fabrikam.com\",\n  \"tenant\"", 1);
    check(&twice, "3: Twice(\"tenant\")");
    let hidden = GOOD.replacen("\"tenant\"", "\"t\\u0065nant\": \"fabrikam.com\",\n  \"tenant\"", 1);
    check(&hidden, "3: Twice(\"tenant\")");
}

#[test]
fn a_name_is_looked_for_among_the_members_alone() {
    let inside = |value: &str| GOOD.replace("\"contoso.onmicrosoft.com\"", value);
    check(&inside("{ \"clientId\": [], \"tenant\": [] }"), "3: NotText(\"tenant\")");
    check(&inside("\"\\\"tenant\\\": x\""), "3: Malformed(\"tenant\")");
    check(&GOOD.replace("\n}", ",\n  \"\\u0061\": 1\n}"), "4: Unknown(\"a\")");
}

#[test]
fn an_administrator_can_switch_off_what_a_policy_forbids() {
    let of = |more: &str| read(&GOOD.replace('}', &format!(", {more} }}")));
    let all = Allowed::default();
    assert_eq!(read(GOOD).unwrap().allowed, all, "without a word everything is allowed");
    assert_eq!(of(r#""grantRoles": false"#).unwrap().allowed, Allowed { grant_roles: false, ..all.clone() });
    assert_eq!(
        of(r#""createContainers": false"#).unwrap().allowed,
        Allowed { create_containers: false, ..all.clone() }
    );
    assert_eq!(of(r#""grantRoles": true, "createContainers": true"#).unwrap().allowed, all);
    let targets = of(r#""targets": ["99999999-2222-4333-8444-555555555555", " stfiles "]"#).unwrap().allowed.targets;
    let subscription = SubscriptionId::parse("99999999-2222-4333-8444-555555555555").unwrap();
    let account = AccountName::parse("stfiles").unwrap();
    assert_eq!(targets, Some(vec![Target::Subscription(subscription), Target::Account(account)]));
}

#[test]
fn a_switch_that_is_none_is_refused_by_its_line() {
    let with = |more: &str| GOOD.replace("\n}", &format!(",\n  {more}\n}}"));
    check(&with(r#""grantRoles": "false""#), r#"4: NotFlag("grantRoles")"#);
    check(&with(r#""createContainers": 0"#), r#"4: NotFlag("createContainers")"#);
    check(&with(r#""grantRoles": null"#), r#"4: NotFlag("grantRoles")"#);
    check(&with(r#""targets": "stfiles""#), r#"4: NotList("targets")"#);
    check(&with(r#""targets": ["stfiles", 7]"#), r#"4: NotList("targets")"#);
    check(&with(r#""targets": []"#), r#"4: Malformed("targets")"#);
    check(&with(r#""targets": ["stfiles", "ST FILES"]"#), r#"4: Malformed("targets")"#);
    check(&with("\"grantRoles\": true,\n  \"grantRoles\": false"), r#"4: Twice("grantRoles")"#);
}

#[test]
fn people_are_told_where_to_ask() {
    let of = |more: &str| read(&GOOD.replace('}', &format!(", {more} }}"))).map(|config| config.support);
    assert_eq!(read(GOOD).unwrap().support, Support::default());
    let both =
        of(r#""supportText": "Ask the DBAs – Durchwahl 4711", "supportUrl": "https://wiki.contoso.com:8443/x?y#z""#);
    let (text, url) = ("Ask the DBAs – Durchwahl 4711", "https://wiki.contoso.com:8443/x?y#z");
    assert_eq!(both, Ok(Support { text: Some(text.to_string()), url: Some(url.to_string()) }));
    let with = |more: &str| GOOD.replace("\n}", &format!(",\n  {more}\n}}"));
    for url in [
        "http://wiki.contoso.com",
        "javascript:alert(1)",
        "https://",
        "https://wiki.contoso.com@evil.example/",
        "https://wiki.contoso.com\\\\@evil.example/",
        "https://wiki.contoso.com/a b",
        "https://wiki.contoso.com:x/",
        "//wiki.contoso.com",
        "wiki.contoso.com",
        "mailto:dba@contoso.com",
    ] {
        check(&with(&format!("\"supportUrl\": \"{url}\"")), r#"4: Malformed("supportUrl")"#);
    }
    for text in ["", "two\\nlines", "turned \\u202e around", &"x".repeat(201)] {
        check(&with(&format!("\"supportText\": \"{text}\"")), r#"4: Malformed("supportText")"#);
    }
    check(&with("\"supportText\": false"), r#"4: NotText("supportText")"#);
}

/// The schema that is shipped beside the page, for editors and checks.
fn schema() -> Value {
    serde_json::from_str(include_str!("../../src/start/config.schema.json")).unwrap()
}

#[test]
fn the_schema_knows_the_keys_and_what_may_stand_for_clouds_and_versions() {
    let schema = schema();
    let known: Vec<&str> = schema["properties"].as_object().unwrap().keys().map(String::as_str).collect();
    let mut keys = KEYS.to_vec();
    keys.sort_unstable();
    assert_eq!(known, keys);
    let names = |key: &str| schema["properties"][key]["enum"].clone();
    assert_eq!(names("cloud"), Value::from(Cloud::ALL.map(Cloud::name).to_vec()));
    assert_eq!(names("apiVersion"), Value::from(ApiVersion::ALL.map(ApiVersion::as_str).to_vec()));
    let standard = |key: &str| schema["properties"][key]["default"].as_str().unwrap().to_string();
    let config = read(GOOD).unwrap();
    assert_eq!(
        (standard("cloud"), standard("apiVersion")),
        (config.cloud.name().into(), config.api_version.as_str().into())
    );
}

#[test]
fn the_schema_takes_what_the_page_takes_and_nothing_else() {
    let schema = jsonschema::options().with_draft(jsonschema::Draft::Draft7).build(&schema()).unwrap();
    let values = [
        json!("11111111-2222-4333-8444-555555555555"),
        json!("AAAAAAAA-BBBB-4333-8444-555555555555"),
        json!("00000000-0000-0000-0000-000000000000"),
        json!("11111111-2222-4333-8444-55555555555"),
        json!("contoso.onmicrosoft.com"),
        json!("organizations"),
        json!("common"),
        json!("a..b"),
        json!(format!("{}.com", "a".repeat(63))),
        json!(format!("{}.com", "a".repeat(64))),
        json!("public"),
        json!("china"),
        json!("Public"),
        json!("2026-03-01"),
        json!("2026-03-02"),
        json!("stfiles"),
        json!("https://wiki.contoso.com/restore?x=1"),
        json!("https://wiki.contoso.com:443"),
        json!("https://a@b.example/"),
        json!("https://a.example/\\"),
        json!("https://a.example/[x]"),
        json!("http://a.example/"),
        json!("Ask the DBAs – 4711"),
        json!("two\nlines"),
        json!("turned \u{202e} around"),
        json!(""),
        json!("ä".repeat(200)),
        json!("ä".repeat(201)),
        json!(true),
        json!(7),
        json!(null),
        json!([]),
        json!(["stfiles"]),
        json!(["stfiles", "ST"]),
        json!(["11111111-2222-4333-8444-555555555555", "stfiles"]),
        json!({}),
    ];
    let keys: Vec<&str> = KEYS.into_iter().chain(["other"]).collect();
    let agree = |config: &Value| {
        let taken = read(&config.to_string());
        assert_eq!(schema.is_valid(config), taken.is_ok(), "{config}: {taken:?}");
    };
    let good: Value = serde_json::from_str(GOOD).unwrap();
    agree(&good);
    // Each value for each key, beside what is good: no chance decides what is tried.
    for key in &keys {
        for value in &values {
            let mut config = good.clone();
            config[*key] = value.clone();
            agree(&config);
        }
        let mut config = good.clone();
        config.as_object_mut().unwrap().remove(*key);
        agree(&config);
    }
    agree(&json!([]));
    agree(&json!({}));
}

#[test]
fn what_the_guide_says_of_the_file_is_so() {
    let guide = include_str!("../../docs/hosting.md");
    let (_, rest) = guide.split_once("```json\n").unwrap();
    let (sample, _) = rest.split_once("```").unwrap();
    // Copied as it stands it is refused, for its placeholder and for nothing else.
    check(sample, "3: Placeholder");
    let filled = sample.replace("00000000-0000-0000-0000-000000000000", "11111111-2222-4333-8444-555555555555");
    assert_eq!(read(&filled).unwrap().support.text.as_deref(), Some("Questions? Ask the DBAs, 4711"));
    for key in KEYS {
        assert!(guide.contains(&format!("`{key}`")) || sample.contains(&format!("\"{key}\"")), "{key} is not told");
    }
    for name in Cloud::ALL.map(Cloud::name).into_iter().chain(ApiVersion::ALL.map(ApiVersion::as_str)) {
        assert!(guide.contains(&format!("`{name}`")), "{name} is not told");
    }
}

/// Whether files may go into an account, of a subscription or of one that is not known.
#[track_caller]
fn lets(targets: &[&str], account: &str, subscription: Option<&str>, expected: Option<bool>) {
    let targets: Vec<String> = targets.iter().map(|target| format!("\"{target}\"")).collect();
    let more = if targets.is_empty() { String::new() } else { format!(r#", "targets": [{}]"#, targets.join(",")) };
    let allowed = read(&GOOD.replace('}', &format!("{more} }}"))).unwrap().allowed;
    let (account, subscription) = (AccountName::parse(account).unwrap(), subscription.and_then(SubscriptionId::parse));
    assert_eq!(allowed.lets(&account, subscription.as_ref()), expected, "{targets:?}");
}

#[test]
fn files_go_where_an_administrator_lets_them_and_nowhere_else() {
    const ONE: &str = "99999999-2222-4333-8444-555555555555";
    const OTHER: &str = "11111111-2222-4333-8444-555555555555";
    lets(&[], "stfiles", None, Some(true));
    lets(&["stfiles"], "stfiles", None, Some(true));
    lets(&["stfiles"], "stother", None, Some(false));
    lets(&["stfiles"], "stother", Some(ONE), Some(false));
    lets(&[ONE], "stfiles", Some(ONE), Some(true));
    lets(&[ONE], "stfiles", Some(OTHER), Some(false));
    lets(&[ONE], "stfiles", None, None);
    lets(&[ONE, "stfiles"], "stfiles", None, Some(true));
    lets(&[ONE, "stother"], "stfiles", None, None);
    lets(&[ONE, OTHER], "stfiles", Some(OTHER), Some(true));
}
