//! Reads the sources and holds the rules of the architecture: who imports whom, and what stands nowhere.

mod contrast;
mod promises;
mod source;
mod style;

use pgflex_restore::azure::cloud::Cloud;
use source::{Source, files, is_name, root, sources, tokens};
use std::collections::BTreeSet;

/// What each module may import of ours, beside itself. The longest row that fits a module decides; a module without
/// a row may not be. A row with a colon-separated path allows that part alone.
const OURS: &[(&str, &[&str])] = &[
    ("lib", &[]),
    ("main", &["browser", "view"]),
    ("simulated_azure", &["sim", "moment"]),
    ("moment", &[]),
    ("when", &["moment"]),
    ("azure", &["moment"]),
    // Besides a problem, what it asks to have proven, what kept an answer away, and what an address or an api-version
    // refused.
    ("fault", &["azure::problem", "azure::challenge", "azure::http", "azure::restore", "moment"]),
    ("link", &["azure::id", "moment"]),
    ("config", &["azure::id", "azure::cloud", "moment"]),
    // `link` for the file prefix, which a link carries too; `json` to read what may be damaged.
    ("journal", &["azure::id", "azure::cloud", "azure::json", "link", "moment"]),
    ("commands", &["azure", "moment"]),
    ("report", &["azure", "moment"]),
    ("flow", &["azure", "fault", "link", "config", "journal", "moment"]),
    ("app", &["flow", "azure", "fault", "link", "config", "journal", "commands", "report", "when", "moment"]),
    ("words", &["fault", "moment"]),
    ("screen", &["app", "flow", "words", "fault", "link", "when", "moment", "azure::id"]),
    ("sim", &["azure::http", "azure::id", "moment"]),
    ("view", &["screen", "app", "words", "moment"]),
    ("browser", &["app", "screen", "azure::http", "flow", "link", "config", "when", "moment"]),
];

/// What goes beyond the rows above: one file or folder, what it may import besides, and why. One that nothing needs
/// any more is told, so that it goes.
const BESIDES: &[(&str, &str, &str)] = &[
    ("browser::sign_in", "azure::cloud", "the login host is the cloud's"),
    ("flow::find::rows", "words::names", "a search finds what is shown: a region's name, the word for a state"),
    ("flow::series", "words::names", "a filter finds what is shown: the tier of a point, the word for its state"),
    ("flow::series", "words::time", "the same, of its date"),
    ("screen", "azure::wire", "what Azure told is what is shown"),
    ("screen::before", "commands", "what the server can do by itself is shown as a command"),
    ("screen::activity", "azure::graph", "what the resource graph told is what is shown"),
    ("screen::activity", "journal", "what the journal knows is what is shown"),
    ("screen::plan", "journal", "the same, of a plan's restores"),
    ("screen::as_command", "azure::calls", "the request is shown before it is sent"),
    ("screen::as_command", "commands", "the restore is shown as a command"),
    ("screen::parts", "azure::problem", "an error of Azure's is shown whole"),
    ("screen::job::after", "commands::runbook", "what comes after is shown as commands"),
    ("screen::job::record", "report", "the record is shown before it is copied"),
    ("screen::pick", "commands", "what somebody else has to do is shown as a command"),
    ("screen::diagnostics", "azure::cloud", "the report tells no host but those of the clouds"),
    ("screen::diagnostics", "azure::http", "what this host sends along with its files is what is told"),
    ("screen::diagnostics", "config", "the report tells the configuration"),
    ("screen::points", "commands", "what the server can do by itself is shown as a command"),
    ("screen::preflight", "commands", "what somebody else has to do is shown as a command"),
    ("screen::start", "azure::cloud", "the page about this host tells its cloud and its api-version"),
    ("screen::start", "config", "the page about this host tells its configuration"),
    ("words::page::before", "when", "every way in which a time was read, or was not, has a sentence"),
    ("words::page::host", "azure::http", "every way in which no answer came has a word"),
    ("words::page::host", "flow::host", "everything that is found of a host has a sentence"),
    ("words::page::preflight", "flow::preflight", "everything that is found beforehand has a sentence"),
    ("words::problems", "azure::cloud", "the sentence about a cloud that is not known tells those that are"),
    ("words::problems", "config", "every problem of the configuration has a sentence"),
    ("words::problems", "flow::draft", "every problem of the form has a sentence"),
    ("words::problems", "link", "every problem of a link has a sentence"),
];

/// The outside crates that have a place, and where that is.
const OUTSIDE: &[(&str, &[&str])] = &[
    ("leptos", &["view", "main"]),
    // In `view` for the targets of events alone.
    ("web_sys", &["browser", "main", "view"]),
    ("wasm_bindgen", &["browser", "main", "simulated_azure", "view"]),
    ("js_sys", &["browser", "main"]),
    ("wasm_bindgen_futures", &["browser", "main"]),
    ("gloo_net", &["browser", "main"]),
    ("gloo_timers", &["browser", "main"]),
    ("serde", &["azure", "config", "journal", "sim"]),
    ("serde_json", &["azure", "config", "journal", "sim"]),
    ("time", &["moment"]),
    ("getrandom", &["browser"]),
    ("rand", &[]),
    ("tiny_http", &[]),
];

/// Words that code may not hold, where they may all the same, and why not.
const NOWHERE: &[(&str, &[&str], &str)] = &[
    ("Instant::now", &["browser"], "no clock outside the edge: now comes in as an argument"),
    ("SystemTime", &["browser"], "no clock outside the edge: now comes in as an argument"),
    ("Date::now", &["browser"], "no clock outside the edge: now comes in as an argument"),
    ("now_utc", &[], "no clock outside the edge: now comes in as an argument"),
    ("now_local", &[], "no clock outside the edge: now comes in as an argument"),
    ("Math::random", &["browser"], "chance comes in with events, from the browser's cryptographic source"),
    // A trait of Leptos asks for one `async fn` of every part of a page.
    ("async", &["browser", "view"], "a machine is a value: it never waits"),
    ("await", &["browser"], "a machine is a value: it never waits"),
    ("inner_html", &[], "HTML from anywhere never gets into the page"),
    ("set_inner_html", &[], "HTML from anywhere never gets into the page"),
    ("unsafe", &[], "no unsafe code"),
];

/// The longest file that is read in one go.
const LINES: usize = 400;

/// Where styles are linked: what the page asks for, what the build bundles, and the sheet that names the others.
const LISTS_OF_STYLES: [&str; 3] = ["index.html", ".ci/bundle.mjs", "style/main.css"];

/// The row of the table for a module: the longest that fits.
fn row(module: &[String]) -> Option<&'static (&'static str, &'static [&'static str])> {
    OURS.iter().filter(|(name, _)| below(module, name)).max_by_key(|(name, _)| name.len())
}

/// Whether a module is one, or is below one, of a name.
fn below(module: &[String], name: &str) -> bool {
    name.split("::").enumerate().all(|(i, part)| module.get(i).is_some_and(|m| m == part))
}

/// Whether a path is one, or leads below one, that is allowed.
fn leads(path: &str, allowed: &str) -> bool {
    path == allowed || path.strip_prefix(allowed).is_some_and(|rest| rest.starts_with("::"))
}

/// What is wrong with a file's imports, a line each.
fn wrong_imports(source: &Source) -> Vec<String> {
    let Some((name, allowed)) = row(&source.module) else {
        return vec![format!("{}: no row of the table says what {} may import", source.path, source.module.join("::"))];
    };
    let mut wrong = Vec::new();
    for import in source.imports() {
        if import[0] == "crate" {
            let Some(module) = import.get(1) else { continue };
            let known = OURS.iter().any(|(name, _)| name.split("::").next() == Some(module));
            let path = import[1..].join("::");
            let besides = BESIDES.iter().filter(|(name, ..)| below(&source.module, name)).map(|(_, path, _)| path);
            let may = allowed.iter().chain(besides).any(|entry| leads(&path, entry));
            if known && *module != source.module[0] && !may {
                let list = if allowed.is_empty() { "nothing".to_string() } else { allowed.join(", ") };
                wrong.push(format!("{} imports {path}: {name} may import {list}", source.path));
            }
        } else {
            // Leptos hands on the crates of the browser under its own name.
            let named = import.iter().take(if import[0] == "leptos" { 2 } else { 1 });
            for named in named {
                if let Some((outside, places)) = OUTSIDE.iter().find(|(outside, _)| outside == named)
                    && !source.within(places)
                {
                    wrong.push(format!("{} uses {outside}, which has its place in {}", source.path, places.join(", ")));
                }
            }
        }
    }
    wrong.sort();
    wrong.dedup();
    wrong
}

#[track_caller]
fn none(wrong: Vec<String>) {
    assert!(wrong.is_empty(), "\n  {}\n", wrong.join("\n  "));
}

/// What is wrong with the imports of a made-up file.
#[track_caller]
fn check(path: &str, text: &str, expected: &[&str]) {
    assert_eq!(wrong_imports(&Source::of(path, text.to_string())), expected, "of {text}");
}

#[test]
fn every_import_is_one_that_the_table_allows() {
    none(sources().iter().flat_map(wrong_imports).collect());
}

#[test]
fn every_exception_is_still_needed() {
    let sources = sources();
    let needed = |(module, allowed, _): &&(&str, &str, &str)| {
        let mut of_it = sources.iter().filter(|source| below(&source.module, module));
        of_it.any(|source| {
            source.imports().iter().any(|path| path[0] == "crate" && leads(&path[1..].join("::"), allowed))
        })
    };
    let idle = BESIDES.iter().filter(|exception| !needed(exception));
    none(idle.map(|(module, path, _)| format!("nothing in {module} imports {path}: no exception is needed")).collect());
}

#[test]
fn a_forbidden_import_is_found_however_it_is_written() {
    let flow = "azure, fault, link, config, journal, moment";
    let wrong = format!("src/flow/x.rs imports app::Event: flow may import {flow}");
    for text in [
        "use crate::app::Event;",
        "use crate::{moment::Moment, app::{Event}};",
        "use crate::{app::{Event as E}, moment};",
        "use super::super::app::Event;",
        "fn f(_: crate::app::Event) {}",
        "pub(crate) fn f() { let _ = crate :: app :: Event; }",
        "mod y { use crate::app::Event; }",
    ] {
        check("src/flow/x.rs", text, &[&wrong]);
    }
    check("src/flow/x.rs", "use crate::app::*;", &[&format!("src/flow/x.rs imports app: flow may import {flow}")]);
    check("src/flow/x.rs", "use crate::app;", &[&format!("src/flow/x.rs imports app: flow may import {flow}")]);
    check("src/moment.rs", "use super::link::Link;", &["src/moment.rs imports link::Link: moment may import nothing"]);
}

#[test]
fn what_is_allowed_or_no_import_is_passed_over() {
    check("src/flow/x.rs", "use super::y::Z; use self::w::V; use crate::azure::id; use crate::flow::{a, b};", &[]);
    check("src/flow/x.rs", "// use crate::app::Event;\n/* crate::app /* crate::app */ crate::app */", &[]);
    check(
        "src/flow/x.rs",
        r##"const X: &str = r#"crate::app::Event "quoted" "#; const Y: &str = "\"crate::app::E";"##,
        &[],
    );
    check("src/flow/x.rs", "fn f<'a>(x: &'a str) -> char { '\"' } // crate::app::Event \"", &[]);
    check("src/azure/mod.rs", "use std::time::Duration; use crate::azure::call; fn f() { time(); }", &[]);
    check("src/main.rs", "use pgflex_restore::browser::start; fn main() { start() }", &[]);
}

#[test]
fn only_the_allowed_part_of_a_module_may_be_imported() {
    let may = "sim may import azure::http, azure::id, moment";
    check("src/sim/world.rs", "use crate::azure::{http::Request, id::VaultId};", &[]);
    check(
        "src/sim/world.rs",
        "use crate::azure::{wire, calls::restore};",
        &[
            &format!("src/sim/world.rs imports azure::calls::restore: {may}"),
            &format!("src/sim/world.rs imports azure::wire: {may}"),
        ],
    );
    check("src/simulated_azure.rs", "use pgflex_restore::sim::World;", &[]);
    let browser = "app, screen, azure::http, flow, link, config, when, moment";
    let wrong = format!("src/browser/demo.rs imports sim::World: browser may import {browser}");
    check("src/browser/demo.rs", "use crate::sim::World;", &[&wrong]);
}

#[test]
fn an_outside_crate_out_of_its_place_is_found() {
    check(
        "src/flow/x.rs",
        "use leptos::prelude::*;",
        &["src/flow/x.rs uses leptos, which has its place in view, main"],
    );
    check("src/flow/x.rs", "use time::Date;", &["src/flow/x.rs uses time, which has its place in moment"]);
    check(
        "src/link.rs",
        "#[derive(serde::Serialize)] struct X;",
        &["src/link.rs uses serde, which has its place in azure, config, journal, sim"],
    );
    check(
        "src/view/x.rs",
        "use leptos::js_sys::Date;",
        &["src/view/x.rs uses js_sys, which has its place in browser, main"],
    );
    check("src/azure/x.rs", "use serde::Serialize; fn f() { serde_json::json!({}); }", &[]);
}

#[test]
fn a_module_that_the_table_does_not_know_is_told() {
    check("src/helpers.rs", "", &["src/helpers.rs: no row of the table says what helpers may import"]);
}

/// Words that may not stand in a file, told with their lines.
fn wrong_words(source: &Source) -> Vec<String> {
    let mut wrong = Vec::new();
    for (number, line) in source.code.lines().enumerate() {
        let tokens = tokens(line);
        for (word, places, why) in NOWHERE {
            let parts: Vec<String> = source::tokens(word);
            if !source.within(places) && tokens.windows(parts.len()).any(|window| window == parts) {
                wrong.push(format!("{}:{} says {word}: {why}", source.path, number + 1));
            }
        }
    }
    wrong
}

#[test]
fn no_clock_no_chance_and_no_waiting_stand_outside_the_edge() {
    none(sources().iter().flat_map(wrong_words).collect());
}

#[test]
fn a_clock_is_found_in_code_and_not_in_comments() {
    let of = |path: &str, text: &str| Source::of(path, text.to_string());
    let text = "// Instant::now\nlet s = \"async\";\nlet t = std::time::Instant::now();\n";
    assert_eq!(
        wrong_words(&of("src/flow/x.rs", text)),
        ["src/flow/x.rs:3 says Instant::now: no clock outside the edge: now comes in as an argument"]
    );
    assert_eq!(wrong_words(&of("src/app/x.rs", "async fn f() {}")).len(), 1);
    assert!(wrong_words(&of("src/browser/x.rs", "async fn f() { Date::now() }")).is_empty());
    assert!(wrong_words(&of("src/flow/x.rs", "fn asynchronous(awaited: u8) {}")).is_empty());
}

#[test]
fn no_file_is_longer_than_can_be_read_in_one_go() {
    let lengths = sources().into_iter().map(|source| (source.text.lines().count(), source.path));
    let longer = lengths.filter(|(lines, _)| *lines > LINES);
    none(longer.map(|(lines, path)| format!("{path} has {lines} lines; {LINES} are the most")).collect());
}

#[test]
fn every_file_says_what_it_is_for() {
    let begins = |source: &Source| source.text.starts_with("//!");
    let silent = sources().into_iter().filter(|source| !begins(source) && source.path != "src/main.rs");
    none(silent.map(|source| format!("{} has no header (//!)", source.path)).collect());
}

#[test]
fn every_style_is_linked() {
    let read = |path: &str| std::fs::read_to_string(root().join(path)).unwrap_or_default();
    let lists = LISTS_OF_STYLES.map(read).concat();
    if !lists.contains(".css") {
        println!("skipped: there is no page that links styles yet");
        return;
    }
    let styles = files("style").into_iter().filter(|path| path.ends_with(".css"));
    let lost = styles.filter(|path| !lists.contains(path.rsplit('/').next().unwrap()));
    none(lost.map(|path| format!("{path} is linked nowhere")).collect());
}

/// The variants of `fault::Code`, as they stand in the source.
fn codes() -> Vec<String> {
    let source = Source::read("src/fault.rs");
    let (_, from) = source.code.split_once("pub enum Code").unwrap();
    let (_, from) = from.split_once('{').unwrap();
    let (body, _) = from.split_once('}').unwrap();
    tokens(body).into_iter().filter(|token| is_name(token)).collect()
}

#[test]
fn the_list_of_codes_holds_every_code() {
    let listed: Vec<String> = pgflex_restore::fault::Code::ALL.iter().map(|code| format!("{code:?}")).collect();
    assert_eq!(codes(), listed);
}

#[test]
fn every_code_has_words() {
    let words: Vec<Source> = sources().into_iter().filter(|source| source.within(&["words"])).collect();
    if words.is_empty() {
        println!("skipped: there are no words yet");
        return;
    }
    let said: BTreeSet<Vec<String>> = words.iter().flat_map(Source::imports).collect();
    let without = codes().into_iter().filter(|code| !said.contains(&vec!["Code".to_string(), code.clone()]));
    none(without.map(|code| format!("src/words says nothing about Code::{code}")).collect());
}

#[test]
fn no_file_names_a_place_of_one_machine() {
    // Put together, so that this file does not name them either.
    let places: Vec<String> = ["root", "home", "Users", "work"].iter().map(|name| format!("/{name}/")).collect();
    let mut wrong = Vec::new();
    for path in files("") {
        let Ok(text) = std::fs::read_to_string(root().join(&path)) else { continue };
        for (number, line) in text.lines().enumerate() {
            for place in places.iter().filter(|place| names(line, place)) {
                wrong.push(format!("{path}:{} names {place}", number + 1));
            }
        }
    }
    none(wrong);
}

/// Whether a line names a folder at the root of a machine, and not one of that name elsewhere, as in an address.
fn names(line: &str, place: &str) -> bool {
    line.match_indices(place).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        before.is_none_or(|c| !(c.is_alphanumeric() || "._-~*})".contains(c)))
    })
}

#[test]
fn a_place_of_a_machine_is_told_from_an_address() {
    let home = format!("/{}/", "home");
    assert!(names(&format!("cd {home}ann/x"), &home));
    assert!(names(&format!("\"{home}ann\""), &home));
    assert!(names(&home, &home));
    assert!(!names(&format!("https://example.org{home}"), &home));
    assert!(!names(&format!("style{home}x.css"), &home));
}

/// The page's Content-Security-Policy is written in JavaScript, where the build needs it: it has to admit the hosts of
/// every cloud, under the cloud's own name.
#[test]
fn the_policy_of_the_page_admits_the_hosts_of_every_cloud() {
    let policy = std::fs::read_to_string(root().join(".ci/csp.mjs")).unwrap();
    for cloud in Cloud::ALL {
        let row = policy.lines().find(|line| line.trim().starts_with(&format!("{}:", cloud.name())));
        let row = row.unwrap_or_else(|| panic!(".ci/csp.mjs has no row for {}", cloud.name()));
        for host in [cloud.login_host(), cloud.arm_host()] {
            assert!(row.contains(&format!("\"{host}\"")), "{row} does not admit {host}");
        }
    }
}
