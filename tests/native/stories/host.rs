//! The page about this host: what its answers protect from, the versions, the configuration, and the report to copy.

use super::journey::{PRODUCTION, started};
use super::print;
use super::story::{CONFIG, Story, person};
use pgflex_restore::app::Event;
use pgflex_restore::azure::http::{Response, Unreachable};
use pgflex_restore::config::KEYS;
use pgflex_restore::flow::host::File;
use pgflex_restore::screen::{Block, Check, Tone};
use std::cell::RefCell;
use std::rc::Rc;

/// What `.ci/csp.mjs` makes for public Azure.
const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; connect-src 'self' https://login.microsoftonline.com https://management.azure.com https://*.management.azure.com; base-uri 'none'; form-action 'none'; object-src 'none'; frame-src 'none'; require-trusted-types-for 'script'; trusted-types pgflex-boot; frame-ancestors 'none'";

fn header(name: &str, value: &str) -> (String, String) {
    (name.to_string(), value.to_string())
}

/// A host that sends nothing of its own accord.
fn bare(file: File) -> Response {
    let status = if file == File::Absent { 404 } else { 200 };
    Response { status, headers: Vec::new(), body: String::new() }
}

/// A host that does all that it should.
pub fn sealed(file: File) -> Response {
    let mut response = bare(file);
    let (kind, keeps) = match file {
        File::Page => ("text/html; charset=utf-8", "no-cache"),
        File::Config => ("application/json", "no-cache"),
        File::Program => ("application/wasm", "public, max-age=31536000, immutable"),
        File::Absent => ("text/plain", "no-cache"),
    };
    response.headers = vec![
        header("cache-control", keeps),
        header("content-security-policy", POLICY),
        header("content-type", kind),
        header("cross-origin-opener-policy", "same-origin"),
        header("cross-origin-resource-policy", "same-origin"),
        header("etag", "\"65f3c21a\""),
        header("permissions-policy", "camera=(), geolocation=()"),
        header("referrer-policy", "no-referrer"),
        header("strict-transport-security", "max-age=63072000; includeSubDomains"),
        header("x-content-type-options", "nosniff"),
    ];
    response
}

/// The sealed host with another header in place of its own; nothing takes it away.
fn but(name: &'static str, value: Option<&'static str>) -> impl FnMut(File) -> Result<Response, Unreachable> {
    move |file| {
        let mut response = sealed(file);
        response.headers.retain(|(n, _)| n != name);
        response.headers.extend(value.map(|value| header(name, value)));
        Ok(response)
    }
}

/// The page about a host that answers so, once it has.
fn about(host: impl FnMut(File) -> Result<Response, Unreachable> + 'static) -> Story {
    at("#/about", CONFIG, host)
}

fn at(address: &str, config: &str, host: impl FnMut(File) -> Result<Response, Unreachable> + 'static) -> Story {
    let mut story = Story::closed(address);
    (story.config, story.host) = (config.to_string(), Box::new(host));
    story.start(Default::default());
    story.wait(1);
    story
}

/// The lines of the card.
fn checks(story: &Story) -> Vec<Check> {
    let body = print::blocks(&story.screen()).into_iter().find_map(|block| match block {
        Block::Card { id, body, .. } if id == "host" => Some(body),
        _ => None,
    });
    let checks = body.into_iter().flatten().find_map(|block| match block {
        Block::Checks(checks) => Some(checks),
        _ => None,
    });
    checks.expect("the card has lines")
}

/// What is not fine: a line each, without what it would be good for.
fn lacks(story: &Story) -> String {
    let not_fine = checks(story).into_iter().filter(|check| check.tone != Tone::Ok);
    let lines = not_fine.map(|mut check| {
        check.text.truncate(check.text.len() - 2);
        format!("{:?} {}: {}", check.tone, print::text(&check.word, story.now), print::text(&check.text, story.now))
    });
    print::lines(&lines.collect::<Vec<_>>())
}

#[track_caller]
fn finds(story: &Story, expected: &str) {
    assert_eq!(lacks(story), expected);
}

/// The text to copy.
fn report(story: &Story) -> String {
    let text = |block| match block {
        Block::Code { what, text } if what == "the report" => Some(text),
        _ => None,
    };
    print::blocks(&story.screen()).into_iter().find_map(text).expect("there is a report")
}

#[test]
fn a_host_that_does_all_that_it_should_is_told_so_line_by_line() {
    let story = about(|file| Ok(sealed(file)));
    finds(&story, "");
    assert_eq!(checks(&story).len(), 15);
    assert!(checks(&story).iter().all(|check| print::text(&check.word, story.now) == "Yes"));
    story.sees("Asked of this host");
    story.does_not_see("docs/hosting.md");
}

#[test]
fn a_host_that_sends_nothing_lacks_each_of_them_and_what_to_do_is_told() {
    let story = about(|file| Ok(bare(file)));
    finds(
        &story,
        "\
Warn Missing: Content-Security-Policy
Warn Missing: No framing
Warn Missing: Referrer-Policy
Warn Missing: X-Content-Type-Options
Warn Missing: Cross-Origin-Opener-Policy
Warn Missing: Cross-Origin-Resource-Policy
Warn Missing: Permissions-Policy
Warn Missing: Strict-Transport-Security
Warn Weak: index.html and config.json are never old / For how long is not said (Cache-Control): each browser guesses.
Warn Weak: Other files are kept / For how long is not said (Cache-Control): each browser guesses.
Warn Missing: application/wasm
",
    );
    story.sees("The page holds to that by itself too");
    story.sees("docs/hosting.md");
}

#[test]
fn a_policy_that_is_weaker_wider_or_in_the_way_is_told_apart() {
    let with = |policy| about(but("content-security-policy", Some(policy)));
    let loose = "Warn Weak: Content-Security-Policy / It admits scripts or styles that this page does not have.\n";
    for weak in [
        "script-src 'self' 'unsafe-inline'; style-src 'self'; frame-ancestors 'none'",
        "script-src 'self' 'unsafe-eval'; style-src 'self'; frame-ancestors 'none'",
        "default-src 'self'; script-src https:; connect-src *; frame-ancestors 'none'",
        "default-src 'self'; script-src 'self' https://cdn.contoso.com; connect-src *; frame-ancestors 'none'",
        "style-src * 'unsafe-inline'; script-src 'self'; frame-ancestors 'none'",
        "frame-ancestors 'none'",
    ] {
        finds(&with(weak), loose);
    }
    let wide = "Warn Weak: Content-Security-Policy / It admits hosts that this cloud does not need.\n";
    for hosts in [
        "'self' https://login.microsoftonline.com https://management.azure.com https://management.chinacloudapi.cn",
        "'self' https://login.microsoftonline.com https://management.azure.com https://telemetry.contoso.com",
        "*",
        "https:",
    ] {
        let policy = format!("default-src 'self'; connect-src {hosts}; frame-ancestors 'none'");
        finds(&with(Box::leak(policy.into_boxed_str())), wide);
    }
    let blocks = |host: &str| {
        format!(
            "Bad No: Content-Security-Policy / It keeps this page from {host}, which it needs: take the file of this cloud, or correct cloud in config.json.\n"
        )
    };
    finds(&with("default-src 'self'; frame-ancestors 'none'"), &blocks("login.microsoftonline.com"));
    let one = "default-src 'self'; connect-src https://login.microsoftonline.com; frame-ancestors 'none'";
    finds(&with(one), &blocks("management.azure.com"));
    // Two policies hold together: the second one narrows the first.
    let both = "default-src *; frame-ancestors 'self', default-src 'self'; connect-src 'self' https://login.microsoftonline.com https://*.azure.com https://management.azure.com";
    finds(&with(both), wide);
    let both = "default-src *, default-src 'self'; connect-src 'self' login.microsoftonline.com https://management.azure.com; frame-ancestors 'none'";
    finds(&with(both), "");
    let both =
        "default-src 'self'; connect-src *; frame-ancestors 'none', connect-src 'self' https://management.azure.com";
    finds(&with(both), &blocks("login.microsoftonline.com"));
}

#[test]
fn a_policy_is_held_to_the_cloud_of_the_host() {
    let china = POLICY.replace(
        "https://login.microsoftonline.com https://management.azure.com https://*.management.azure.com",
        "https://login.chinacloudapi.cn https://login.partner.microsoftonline.cn https://management.chinacloudapi.cn https://*.management.chinacloudapi.cn",
    );
    let china: &'static str = Box::leak(china.into_boxed_str());
    let config = CONFIG.replace('}', r#","cloud":"china"}"#);
    finds(&at("#/about", &config, but("content-security-policy", Some(china))), "");
    let other = "Bad No: Content-Security-Policy / It keeps this page from login.microsoftonline.com, which it needs: take the file of this cloud, or correct cloud in config.json.\n";
    finds(&about(but("content-security-policy", Some(china))), other);
    // Where no cloud is known none is foreign: in the demo, and before the host is set up.
    finds(&at("#/demo/about", CONFIG, but("content-security-policy", Some(china))), "");
    finds(&at("#/about", "{}", but("content-security-policy", Some(china))), "");
}

#[test]
fn framing_is_forbidden_by_either_header_and_the_policy_counts_first() {
    let framing = |policy: &'static str, older: Option<&'static str>| {
        about(move |file| {
            let mut response = sealed(file);
            response.headers.retain(|(name, _)| name != "content-security-policy");
            response.headers.push(header("content-security-policy", policy));
            response.headers.extend(older.map(|value| header("x-frame-options", value)));
            Ok(response)
        })
    };
    let missing = "Warn Missing: No framing\n";
    let without: &'static str = POLICY.trim_end_matches("; frame-ancestors 'none'");
    finds(&framing(without, None), missing);
    finds(&framing(without, Some("DENY")), "");
    finds(&framing(without, Some("SAMEORIGIN")), "");
    finds(&framing(without, Some("ALLOW-FROM https://portal.contoso.com")), missing);
    let everyone: &'static str = Box::leak(POLICY.replace("ancestors 'none'", "ancestors *").into_boxed_str());
    finds(&framing(everyone, Some("DENY")), missing);
}

#[test]
fn what_is_kept_too_long_or_not_at_all_is_told() {
    let fresh = |why: &str| format!("{why} index.html and config.json are never old / Kept for ");
    for (cache, page, program) in
        [("max-age=600", "Warn Weak:", "10 min"), ("public, max-age=31536000, immutable", "Bad No:", "365 d")]
    {
        let story = about(but("cache-control", Some(cache)));
        let mut expected = format!("{}{program}.\n", fresh(page));
        if cache == "max-age=600" {
            expected.push_str("Warn Weak: Other files are kept / Kept for 10 min.\n");
        }
        finds(&story, &expected);
    }
    // For nobody is kept what is asked for each time.
    let each_time = "Warn Weak: Other files are kept / Kept for 0 s.\n";
    for cache in ["no-store", "public, max-age=0, must-revalidate", "no-cache, max-age=86400"] {
        finds(&about(but("cache-control", Some(cache))), each_time);
    }
    // The configuration counts as the page does, where there is one.
    let config_kept = |file| {
        let mut response = sealed(file);
        if file == File::Config {
            response.headers.retain(|(name, _)| name != "cache-control");
            response.headers.push(header("cache-control", "max-age=7200"));
        }
        Ok(response)
    };
    finds(&about(config_kept), &format!("{}2 h.\n", fresh("Warn Weak:")));
    finds(&at("#/about", "{}", config_kept), "");
}

#[test]
fn a_page_in_place_of_a_missing_file_is_found() {
    let fallback = |file| Ok(sealed(if file == File::Absent { File::Page } else { file }));
    let page =
        "Warn Weak: 404 for a missing file / Answered with a page: switch off the fallback of single-page apps.\n";
    finds(&about(fallback), page);
    let refuses = |file| {
        let mut response = sealed(file);
        response.status = if file == File::Absent { 403 } else { response.status };
        Ok(response)
    };
    finds(&about(refuses), "Warn Weak: 404 for a missing file / Answered with 403.\n");
}

#[test]
fn an_origin_that_others_share_is_told() {
    let from = |folder: &str| {
        let mut story = Story::closed("#/about");
        story.folder = folder.to_string();
        story.start(Default::default());
        story.wait(1);
        lacks(&story)
    };
    let shared = "Warn Weak: An origin of its own / On github.io all pages of an account share one: give it a domain of its own.\n";
    assert_eq!(from("https://contoso.github.io/pgflex-restore/"), shared);
    assert_eq!(from("https://contoso.github.io/"), shared);
    let below = "Warn Weak: An origin of its own / It is not at the root of its host. What else is there has to be as trusted as this page.\n";
    assert_eq!(from("https://tools.contoso.com/restore/"), below);
    assert_eq!(from("https://strestore.z6.web.core.windows.net/"), "");
    // Over http on this computer there is no encryption, and nothing to be kept to it.
    assert_eq!(from("http://localhost:8080/"), "");
}

#[test]
fn where_others_share_the_origin_the_first_page_says_so_before_a_sign_in() {
    const TOLD: &str = "Other pages share this address with this one";
    let start = |folder: &str| {
        let mut story = Story::closed("#/");
        story.folder = folder.to_string();
        story.start(Default::default());
        story
    };
    start("https://contoso.github.io/pgflex-restore/").sees(TOLD);
    for folder in
        ["https://restore.contoso.com/", "https://github.io.contoso.com/", "https://contoso.example/.github.io/"]
    {
        start(folder).does_not_see(TOLD);
    }
}

#[test]
fn a_host_that_does_not_answer_is_asked_again_for_a_press() {
    let up = Rc::new(RefCell::new(false));
    let (is_up, asked) = (Rc::clone(&up), Rc::new(RefCell::new(0)));
    let count = Rc::clone(&asked);
    let mut story = about(move |file| {
        *count.borrow_mut() += 1;
        if *is_up.borrow() { Ok(sealed(file)) } else { Err(Unreachable::NoAnswer) }
    });
    story.sees("This host did not answer");
    assert!(lacks(&story).starts_with("Plain Not known: Content-Security-Policy\n"), "{}", lacks(&story));
    assert!(report(&story).contains("index.html:\n  no answer\n"));
    // Nothing is asked by itself, however long the page is open, looked at again, or left and come back to.
    story.wait(3600);
    story.tell(Event::Resumed);
    story.go("#/");
    story.go("#/about");
    story.wait(60);
    assert_eq!(*asked.borrow(), 4);
    *up.borrow_mut() = true;
    story.press_at("Ask again", 0);
    story.sees("Asking this host…");
    story.wait(1);
    story.does_not_see("did not answer");
    finds(&story, "");
    assert_eq!(*asked.borrow(), 8);
}

#[test]
fn the_host_is_asked_on_its_page_alone_and_azure_is_not() {
    let asked = Rc::new(RefCell::new(Vec::new()));
    let noted = Rc::clone(&asked);
    let mut story = at("#/", CONFIG, move |file| {
        noted.borrow_mut().push(file);
        Ok(sealed(file))
    });
    story.go("#/demo/find");
    story.go("#/activity");
    story.go("#/");
    story.wait(60);
    assert_eq!(*asked.borrow(), []);
    let before = story.sent.len();
    story.go("#/about");
    story.wait(60);
    assert_eq!(*asked.borrow(), File::ALL);
    assert_eq!(story.sent.len(), before);
}

#[test]
fn an_answer_that_does_not_come_leaves_its_lines_open() {
    let mut story = Story::closed("#/about");
    story.start(Default::default());
    story.sees("Asking this host…");
    let waiting = checks(&story).into_iter().filter(|check| check.tone == Tone::Busy).count();
    assert_eq!(waiting, 12, "all but those that the page knows by itself");
}

#[test]
fn versions_and_configuration_are_told_with_what_is_the_default() {
    let story = about(|file| Ok(sealed(file)));
    for words in [
        &format!("Program: {}", env!("CARGO_PKG_VERSION")),
        "Sign-in (MSAL): 5.0.0",
        "Browser: Mozilla/5.0",
        "Cloud: Public Azure, the default",
        "api-version: 2024-04-01, the default",
        "containers can be created, the default",
        "Files may go to: any storage account that Azure allows, the default",
    ] {
        story.sees(words);
    }
    let config = CONFIG.replace('}', r#","cloud":"bleu","apiVersion":"2026-03-01","createContainers":false}"#);
    let story = at("#/about", &config, |file| Ok(sealed(file)));
    story.sees("Cloud: Bleu\n");
    story.sees("api-version: 2026-03-01\n");
    story.sees("containers are not created (createContainers)\n");
}

#[test]
fn the_report_has_every_key_of_the_configuration_and_tells_no_name() {
    let config =
        CONFIG.replace('}', r#","grantRoles":false,"targets":["stdemoweu","0c7a4f6e-5b1d-4a0e-9a53-3f6f1f0d2b11"]}"#);
    let report_uri = "default-src 'self'; connect-src 'self' https://login.microsoftonline.com https://management.azure.com; report-uri https://csp.contoso.com/r https://contoso:8443/ /contoso/r; frame-ancestors 'none'";
    let story = at("#/about", &config, but("content-security-policy", Some(report_uri)));
    let report = report(&story);
    for key in KEYS.into_iter().filter(|key| !key.starts_with('$')) {
        assert!(report.contains(&format!("  {key}: ")), "{key}: {report}");
    }
    for said in [
        "  clientId: …2e3f\n  tenant: a domain\n  cloud: public, the default\n",
        "  grantRoles: false\n  createContainers: true, the default\n  targets: 2 of subscriptions and accounts\n",
        "  Content-Security-Policy: Yes\n",
        "index.html:\n  200\n",
        "https://login.microsoftonline.com https://management.azure.com; report-uri … … … frame-ancestors 'none'\n",
        "  others, by name: etag, permissions-policy\n",
    ] {
        assert!(report.contains(said), "{said}: {report}");
    }
    for name in ["contoso", "1b4e28ba", "stdemoweu", "0c7a4f6e", "65f3c21a"] {
        assert!(!report.contains(name), "{name}: {report}");
    }
}

/// Whatever the made-up Azure names: subscriptions, vaults, servers, accounts, containers, people.
const NAMES: [&str; 16] = [
    "6f2d9a41",
    "94b7d3e0",
    "rg-",
    "bvault",
    "psql-",
    "orders",
    "pg-restore",
    "stdemoweu",
    "blob.core",
    "contoso",
    "oncall",
    "@",
    "eyJ",
    "Bearer",
    "/subscriptions",
    "3c0d5a7e",
];

#[test]
fn after_a_whole_restore_with_refusals_the_report_names_nobody_and_nothing() {
    let mut story = Story::closed(PRODUCTION);
    let mut nth = 0;
    // Every fifth read is refused once, in turn: each refusal names what it is about, and who asked.
    story.after = Box::new(move |request, outcome| {
        nth += 1;
        let status = match nth % 15 {
            5 => 429,
            10 => 503,
            0 => {
                *outcome = Err(Unreachable::NoAnswer);
                return;
            }
            _ => return,
        };
        if request.method != pgflex_restore::azure::http::Method::Get {
            return;
        }
        let body = r#"{"error":{"code":"SubscriptionRequestsThrottled","message":"oncall-dba@contoso.com: /subscriptions/6f2d9a41-5c0e-4b7a-9f63-2d1e8c7b4a05 eyJ0"}}"#;
        let headers = vec![
            header("x-ms-request-id", "5e1f0a7c-2b68-4d93-8a40-c7d2e9b31f56"),
            header("x-ms-correlation-request-id", "/subscriptions/6f2d9a41-5c0e-4b7a-9f63-2d1e8c7b4a05"),
            header("retry-after", "1"),
        ];
        *outcome = Ok(Response { status, headers, body: body.to_string() });
    });
    story.start(person());
    started(&mut story);
    story.wait_for("The files of psql-orders-prod are in the container");
    story.go("#/demo/about");
    story.wait(1);
    let report = report(&story);
    for name in NAMES {
        assert!(!report.contains(name), "{name}: {report}");
    }
    let refusals = report.split("\nLast refusals:\n").nth(1).unwrap();
    assert!(refusals.contains(": 429 SubscriptionRequestsThrottled\n    x-ms-request-id 5e1f0a7c-"), "{refusals}");
    assert!(refusals.contains(": no answer\n    x-ms-client-request-id "), "{refusals}");
    assert!(refusals.matches("Z ").count() <= 12);
    // What is no id is left out, and the one that it went under follows.
    assert!(refusals.contains("c7d2e9b31f56\n    x-ms-client-request-id "), "{refusals}");
    // And it can be copied.
    story.press("Copy the report");
    assert_eq!(story.clipboard.as_deref(), Some(report.as_str()));
}

#[test]
fn a_code_that_is_none_is_left_out_of_the_report() {
    let mut story = Story::closed(PRODUCTION);
    story.between = Box::new(|_, _| {
        let body = r#"{"error":{"code":"psql-orders-prod is gone","message":"x"}}"#.to_string();
        Some(Ok(Response { status: 404, headers: Vec::new(), body }))
    });
    story.start(Default::default());
    story.wait(60);
    story.go("#/demo/about");
    let report = report(&story);
    assert!(report.contains(": 404 \n") && !report.contains("psql-"), "{report}");
}

#[test]
fn examples_of_hosts_are_shown() {
    for (name, lines) in [("protected", 0), ("bare", 11)] {
        let story = Story::demo(&format!("#/demo/states/{name}"));
        assert_eq!(lacks(&story).lines().count(), lines, "{name}:\n{}", lacks(&story));
        story.does_not_see("Asking this host");
    }
}
