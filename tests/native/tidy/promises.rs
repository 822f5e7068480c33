//! `docs/security.md`, held to the tests that it names: each is there, and no promise is without one.

use super::source::root;

/// How many promises there are.
const PROMISES: usize = 21;

/// The rows of the table: number, promise, what it is held by.
fn rows(page: &str) -> Vec<(usize, &str, &str)> {
    let row = |line: &'_ str| -> Option<(usize, usize, usize)> {
        let cells: Vec<usize> = line.match_indices(" | ").map(|(at, _)| at).collect();
        let number = line.strip_prefix("| ")?.split(' ').next()?.parse().ok()?;
        Some((number, *cells.first()?, *cells.last()?))
    };
    let read = |line| row(line).map(|(number, first, last)| (number, &line[first + 3..last], &line[last + 3..]));
    page.lines().filter_map(read).collect()
}

/// The tests that a cell names: `` `file`: `test`, `test`; `file`: `test` ``.
fn named(cell: &str) -> Vec<(&str, &str)> {
    let (mut found, mut file) = (Vec::new(), "");
    let mut parts = cell.split('`').skip(1).step_by(2).zip(cell.split('`').skip(2).step_by(2)).peekable();
    while let Some((quoted, after)) = parts.next() {
        let is_file = quoted.starts_with("tests/") && after.starts_with(": ") && parts.peek().is_some();
        if is_file {
            file = quoted;
        } else if !file.is_empty() {
            found.push((file, quoted));
        }
        if after.starts_with(';') {
            file = "";
        }
    }
    found
}

/// Whether a file has a test of this name.
fn has(text: &str, file: &str, name: &str) -> bool {
    let ways = match file.ends_with(".rs") {
        true => vec![format!("fn {name}("), format!("hold(\"{name}\"")],
        false => vec![format!("(\"{name}\""), format!("(`{name}`")],
    };
    ways.iter().any(|way| text.contains(way.as_str()))
}

#[test]
fn every_promise_names_tests_that_are_there() {
    let page = std::fs::read_to_string(root().join("docs/security.md")).unwrap();
    let rows = rows(&page);
    let numbers: Vec<usize> = rows.iter().map(|(number, ..)| *number).collect();
    assert_eq!(numbers, (1..=PROMISES).collect::<Vec<_>>(), "a promise is missing, or stands there twice");
    for (number, promise, cell) in rows {
        assert!(promise.len() > 20, "{number} promises nothing");
        let named = named(cell);
        assert!(!named.is_empty(), "{number} has no test");
        for (file, name) in named {
            let text = std::fs::read_to_string(root().join(file)).unwrap_or_else(|_| panic!("{number}: no {file}"));
            assert!(has(&text, file, name), "{number}: {file} has no test “{name}”");
        }
    }
}

#[test]
fn a_test_that_is_not_there_is_found() {
    let cell = "`tests/a.rs`: `one`, `two`; the command `make x`; `tests/b.test.mjs`: `what ${it} does` |";
    let named = named(cell);
    assert_eq!(named, [("tests/a.rs", "one"), ("tests/a.rs", "two"), ("tests/b.test.mjs", "what ${it} does")]);
    assert!(has("fn one() {", "tests/a.rs", "one") && !has("fn one_more() {", "tests/a.rs", "one"));
    assert!(has("  visit(`what ${it} does`, {", "b.mjs", "what ${it} does") && !has("// what does", "b.mjs", "what"));
    assert_eq!(rows("| 3 | a promise | cell |\n| # | x | y |"), [(3, "a promise", "cell |")]);
}
