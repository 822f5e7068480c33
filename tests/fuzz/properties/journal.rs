//! What storage kept: rows of the journal, a line each, and a draft. Nothing that can be read is lost, nothing that
//! cannot be read does harm.

use super::{Seen, Target};
use pgflex_restore::journal::{Entry, Journal, Notes};
use pgflex_restore::link::{Link, World};
use serde_json::Value;
use std::collections::BTreeSet;

pub const TARGET: Target = Target {
    name: "journal",
    check,
    sights: &[
        "a draft",
        "a job",
        "a plan",
        "a second try",
        "a target",
        "accepted",
        "an identity",
        "an older row of another tab",
        "an outcome",
        "one row",
        "several drafts",
        "several rows",
        "unreadable",
    ],
};

/// All that a row says. A token or a signed address has no place here.
pub const KEYS: [&str; 15] = [
    "accepted",
    "container",
    "identity",
    "job",
    "made",
    "outcome",
    "point",
    "prefix",
    "realm",
    "refused",
    "region",
    "sent",
    "server",
    "target",
    "v",
];

fn check(text: &str, seen: &mut Seen) {
    let rows: Vec<String> = text.lines().map(str::to_string).collect();
    for row in &rows {
        let notes = Notes::parse(row);
        if let Some(text) = notes.print() {
            assert_eq!(Notes::parse(&text), notes);
        }
        for (found, sight) in [
            (!notes.drafts.is_empty(), "a draft"),
            (notes.drafts.len() > 1, "several drafts"),
            (!notes.gathered.is_empty(), "a plan"),
        ] {
            if found {
                seen.insert(sight);
            }
        }
        if let Some(entry) = Entry::parse(row) {
            noted(&entry, seen);
        }
    }
    let entries: Vec<Entry> = rows.iter().filter_map(|row| Entry::parse(row)).collect();
    let journal = Journal::read(&rows);
    assert_eq!(journal.unreadable, rows.len() - entries.len());
    let prefixes: BTreeSet<&str> = entries.iter().map(|entry| entry.prefix.as_str()).collect();
    assert_eq!(journal.entries.len(), prefixes.len(), "a restore is one row");
    assert!(journal.entries.is_sorted_by(|newer, older| newer.sent >= older.sent));
    for (count, sight) in [(journal.entries.len() == 1, "one row"), (journal.entries.len() > 1, "several rows")] {
        if count {
            seen.insert(sight);
        }
    }
    if journal.unreadable > 0 {
        seen.insert("unreadable");
    }
    if prefixes.len() < entries.len() {
        seen.insert("a second try");
    }
    heard_from_another_tab(&journal, &rows, seen);
    only_the_oldest_go(journal);
}

fn noted(entry: &Entry, seen: &mut Seen) {
    let row = entry.print();
    assert_eq!(Entry::parse(&row).as_ref(), Some(entry), "{row}");
    let value: Value = serde_json::from_str(&row).expect("a row is JSON");
    let keys: Vec<&str> = value.as_object().expect("an object").keys().map(String::as_str).collect();
    assert_eq!(keys, KEYS);
    let address = Link { world: World::Azure, place: entry.place() }.print();
    assert_eq!(Link::parse(&address).map(|link| link.place), Ok(entry.place()), "{address}");
    for (said, sight) in [
        (entry.job.is_some(), "a job"),
        (entry.target.is_some(), "a target"),
        (entry.accepted.is_some(), "accepted"),
        (entry.identity.is_some(), "an identity"),
        (entry.outcome.is_some(), "an outcome"),
    ] {
        if said {
            seen.insert(sight);
        }
    }
}

/// Whatever another tab has written: what is known here of a restore stays, and so do the others.
fn heard_from_another_tab(journal: &Journal, rows: &[String], seen: &mut Seen) {
    for row in rows {
        let mut after = journal.clone();
        let theirs = Entry::parse(row);
        let prefix = theirs.as_ref().map_or("of-no-restore", |entry| entry.prefix.as_str());
        after.heard(prefix, Some(row));
        for known in &journal.entries {
            let now = after.by_prefix(&known.prefix).expect("no restore is lost");
            match theirs.as_ref().filter(|theirs| theirs.prefix == known.prefix) {
                None => assert_eq!(now, known),
                Some(theirs) if theirs.sent == known.sent => {
                    assert_eq!(now.job, theirs.job.clone().or(known.job.clone()));
                    assert_eq!(now.outcome, theirs.outcome.or(known.outcome));
                }
                Some(theirs) => {
                    seen.insert("an older row of another tab");
                    assert_eq!(now, theirs);
                }
            }
        }
        after.heard(prefix, None);
        assert!(after.entries.iter().all(|entry| entry.prefix.as_str() != prefix), "what was removed is forgotten");
    }
}

fn only_the_oldest_go(mut journal: Journal) {
    let all = journal.entries.len();
    let gone = journal.too_many();
    assert_eq!(journal.entries.len() + gone.len(), all);
    assert_eq!(journal.entries.len(), all.min(50));
}
