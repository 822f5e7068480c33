//! The style sheets hold nothing that no page uses: every visitor loads them.

use super::none;
use super::source::{files, root};
use std::collections::BTreeSet;

/// What `view::text::toned` puts behind a class: `state` becomes `state--ok`.
const TONES: [&str; 4] = ["ok", "warn", "bad", "busy"];

fn read(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap()
}

fn is_class(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_lowercase())
        && word.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || "_-".contains(c))
}

/// The classes that a text between quotes may stand for: those of a selector (`div.note.stack[role=alert]`), or the
/// words of a list of classes (`note note--bad`). Anything else has none.
fn classes(literal: &str) -> Vec<&str> {
    let (head, has_more) = literal.split_once('[').map_or((literal, false), |(head, _)| (head, true));
    let words: Vec<&str> = match head.split_once('.') {
        Some((tag, classes)) if is_class(tag) => classes.split('.').collect(),
        None if !has_more => head.split_whitespace().collect(),
        _ => Vec::new(),
    };
    if words.iter().all(|word| is_class(word)) { words } else { Vec::new() }
}

/// What stands between quotes in a source, a line at a time, comments left out.
fn literals(text: &str) -> Vec<&str> {
    let lines = text.lines().filter(|line| !line.trim_start().starts_with("//"));
    lines.flat_map(|line| line.split('"').skip(1).step_by(2)).collect()
}

/// Every class that what draws a page may give to an element.
fn used() -> BTreeSet<String> {
    let drawing = files("src/view").into_iter().chain(["src/start/boot.js".to_string(), "index.html".to_string()]);
    let texts: Vec<String> = drawing.map(|path| read(&path)).collect();
    let plain = texts.iter().flat_map(|text| literals(text)).flat_map(classes);
    plain
        .flat_map(|class| TONES.map(|tone| format!("{class}--{tone}")).into_iter().chain([class.to_string()]))
        .collect()
}

/// A sheet without its comments and what stands between quotes.
fn bare(sheet: &str) -> String {
    let uncommented: String = sheet
        .split("/*")
        .enumerate()
        .map(|(i, part)| if i == 0 { part } else { part.split_once("*/").unwrap().1 })
        .collect();
    uncommented.split('"').step_by(2).collect()
}

/// The names that follow a mark, such as the classes that follow a point.
fn after<'a>(sheet: &'a str, mark: &'a str) -> BTreeSet<&'a str> {
    let rest = sheet.split(mark).skip(1);
    let name = |rest: &'a str| rest.split(|c: char| !c.is_ascii_alphanumeric() && !"_-".contains(c)).next().unwrap();
    rest.map(name).filter(|name| name.starts_with(|c: char| c.is_ascii_alphabetic())).collect()
}

fn sheets() -> Vec<(String, String)> {
    let sheets = files("style").into_iter().map(|path| (bare(&read(&path)), path));
    sheets.map(|(sheet, path)| (path, sheet)).collect()
}

#[test]
fn every_class_in_the_style_is_one_that_a_page_may_have() {
    let used = used();
    let mut idle = Vec::new();
    for (path, sheet) in sheets() {
        let of_none = after(&sheet, ".").into_iter().filter(|class| !used.contains(*class));
        idle.extend(of_none.map(|class| format!("{path} styles .{class}, which nothing draws")));
    }
    none(idle);
}

#[test]
fn every_value_that_the_style_names_is_used() {
    let whole: String = sheets().into_iter().map(|(_, sheet)| sheet).collect();
    let used = after(&whole, "var(--");
    // A value is named where a colon follows: `--ink: …`, not `.note--bad`.
    let named = after(&whole, "--").into_iter().filter(|name| whole.contains(&format!(" --{name}:")));
    none(named.filter(|name| !used.contains(name)).map(|name| format!("--{name} is used nowhere")).collect());
}

#[test]
fn a_class_is_told_from_what_is_none() {
    assert_eq!(classes("div.note.note--bad[id=errors][role=alert]"), ["note", "note--bad"]);
    assert_eq!(classes("stack stack--loose"), ["stack", "stack--loose"]);
    assert_eq!(classes("form[role=search]"), [""; 0]);
    assert_eq!(classes("https://contoso.com/a.b"), [""; 0]);
    assert_eq!(literals("// \"no\"\n  pen.el(\"b.small\", \"x\"); // said"), ["b.small", "x"]);
    let sheet = bare("/* .gone */ @import \"a.css\"; .note--bad, .x > .y:hover { margin: 0.5rem .25rem }");
    assert_eq!(Vec::from_iter(after(&sheet, ".")), ["note--bad", "x", "y"]);
}
