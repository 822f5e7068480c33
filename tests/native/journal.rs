//! What outlives the page: written and read back, and what cannot be read is kept.

use crate::any;
use arbtest::arbitrary::{Result as Drawn, Unstructured};
use arbtest::arbtest;
use pgflex_restore::azure::id::{Found, JobId, find};
use pgflex_restore::journal::{Entry, Journal, Note, Notes, Outcome};
use pgflex_restore::link::Prefix;
use pgflex_restore::moment::Moment;
use serde_json::{Value, json};

const VAULT: &str = "/subscriptions/11111111-2222-4333-8444-555555555555/resourceGroups/rg/providers/\
                     Microsoft.DataProtection/backupVaults/vault-1";

fn entry(prefix: &str) -> Entry {
    let Some(Found::Point(point)) = find(&format!("{VAULT}/backupInstances/orders/recoveryPoints/a1b2")) else {
        panic!("no point")
    };
    Entry {
        realm: "public contoso".into(),
        point,
        made: Moment::from_millis(1_767_000_000_000),
        server: "orders".into(),
        container: "https://acct1.blob.core.windows.net/dumps".into(),
        target: None,
        region: "westeurope".into(),
        identity: None,
        prefix: Prefix::parse(prefix).unwrap(),
        sent: Moment::from_millis(1_767_708_534_000),
        accepted: None,
        refused: None,
        job: None,
        outcome: None,
    }
}

fn any_entry(u: &mut Unstructured<'_>) -> Drawn<Entry> {
    Ok(Entry {
        realm: any::words(u, &["public contoso", "china"])?,
        point: any::point(u)?,
        made: Moment::from_millis(u.arbitrary()?),
        server: any::words(u, &["orders"])?,
        container: any::words(u, &["https://acct1.blob.core.windows.net/dumps"])?,
        target: if u.arbitrary()? { Some(any::container(u)?) } else { None },
        region: any::words(u, &["westeurope"])?,
        identity: if u.arbitrary()? { Some(any::words(u, &["id"])?) } else { None },
        prefix: any::prefix(u)?,
        sent: Moment::from_millis(u.arbitrary()?),
        accepted: if u.arbitrary()? { Some(Moment::from_millis(u.arbitrary()?)) } else { None },
        refused: if u.arbitrary()? { Some(Moment::from_millis(u.arbitrary()?)) } else { None },
        job: if u.arbitrary()? { Some(any::job(u)?) } else { None },
        outcome: *u.choose(&[None, Some(Outcome::Refused), Some(Outcome::Completed), Some(Outcome::NeverFound)])?,
    })
}

/// The prefixes that are read of some rows, newest first, and how many rows could not be read.
#[track_caller]
fn check(rows: &[String], expected: &[&str], unreadable: usize) {
    let journal = Journal::read(rows);
    let told: Vec<&str> = journal.entries.iter().map(|entry| entry.prefix.as_str()).collect();
    assert_eq!((told.as_slice(), journal.unreadable), (expected, unreadable), "of {rows:?}");
}

fn at(prefix: &str, sent: i64) -> Entry {
    Entry { sent: Moment::from_millis(sent), ..entry(prefix) }
}

fn one(prefix: &str) -> Value {
    serde_json::from_str(&entry(prefix).print()).unwrap()
}

#[test]
fn what_is_noted_is_read_back() {
    arbtest(|u| {
        let entry = any_entry(u)?;
        assert_eq!(Entry::parse(&entry.print()), Some(entry));
        Ok(())
    });
}

#[test]
fn the_newest_comes_first_in_whatever_order_storage_gives_them() {
    let rows = [at("second", 2).print(), at("third", 3).print(), at("first", 1).print()];
    check(&rows, &["third", "second", "first"], 0);
}

#[test]
fn the_fifty_first_drops_the_oldest() {
    let mut journal = Journal::default();
    for number in 1..=51 {
        journal.note(at(&format!("p{number}"), number));
    }
    assert_eq!(journal.too_many().iter().map(Prefix::as_str).collect::<Vec<_>>(), ["p1"]);
    assert_eq!(journal.entries.len(), 50);
    assert!(journal.too_many().is_empty());
}

#[test]
fn what_has_not_ended_is_dropped_last() {
    let mut journal = Journal::default();
    for number in 1..=52 {
        let outcome = (number % 10 == 0).then_some(Outcome::Completed);
        journal.note(Entry { outcome, ..at(&format!("p{number}"), number) });
    }
    assert_eq!(journal.too_many().iter().map(Prefix::as_str).collect::<Vec<_>>(), ["p10", "p20"]);
}

#[test]
fn a_second_try_with_the_same_prefix_takes_the_place_of_the_first() {
    let mut journal = Journal::default();
    journal.note(entry("first"));
    journal.note(entry("second"));
    journal.note(Entry { outcome: Some(Outcome::Refused), ..entry("first") });
    assert_eq!(journal.entries.len(), 2);
    assert_eq!(journal.by_prefix(&Prefix::parse("first").unwrap()).and_then(|e| e.outcome), Some(Outcome::Refused));
}

#[test]
fn another_tabs_row_is_taken_over_and_takes_nothing_away() {
    let job = JobId::parse(&format!("{VAULT}/backupJobs/0f0f0f0f-1111-4222-8333-444444444444"));
    let mut journal = Journal::default();
    journal.note(Entry { job: job.clone(), ..entry("ours") });
    journal.heard("theirs", Some(&entry("theirs").print()));
    assert_eq!(journal.entries.len(), 2);
    // The other tab has not heard of the job yet.
    journal.heard("ours", Some(&entry("ours").print()));
    assert_eq!(journal.by_prefix(&Prefix::parse("ours").unwrap()).map(|e| &e.job), Some(&job));
    // A second try, later, is another matter.
    journal.heard("ours", Some(&at("ours", 1_767_708_999_000).print()));
    assert_eq!(journal.by_prefix(&Prefix::parse("ours").unwrap()).map(|e| &e.job), Some(&None));
    journal.heard("theirs", Some("damaged"));
    assert_eq!(journal.entries.len(), 2, "a damaged row does not take a good one away");
    journal.heard("theirs", None);
    assert_eq!(journal.entries.len(), 1, "what the other tab has forgotten is forgotten");
}

#[test]
fn a_damaged_row_is_counted_and_hides_no_other() {
    let good = one("good");
    let mut rows: Vec<String> = ["", "{}", "null", "7", "\"x\"", "[", "{\"v\":1", "<html>"].map(String::from).into();
    for (key, value) in [
        ("v", json!(2)),
        ("v", json!("1")),
        ("prefix", json!("a b")),
        ("point", json!("/subscriptions/x")),
        ("point", json!(VAULT)),
        ("made", json!("yesterday")),
    ] {
        let mut entry = good.clone();
        entry[key] = value;
        rows.push(entry.to_string());
    }
    let damaged = rows.len();
    rows.insert(3, good.to_string());
    check(&rows, &["good"], damaged);
}

#[test]
fn one_tenants_restores_are_not_shown_to_another() {
    let mut journal = Journal::default();
    journal.note(entry("mine"));
    journal.note(Entry { realm: "public fabrikam".into(), ..entry("theirs") });
    let of = |realm| journal.of(realm).map(|e| e.prefix.as_str().to_string()).collect::<Vec<_>>();
    assert_eq!(of("public contoso"), ["mine"]);
    assert_eq!(of("public fabrikam"), ["theirs"]);
    assert_eq!(of("public"), Vec::<String>::new());
}

#[test]
fn nothing_secret_is_kept() {
    let keys: Vec<String> = one("first").as_object().unwrap().keys().cloned().collect();
    assert_eq!(keys, crate::properties::journal::KEYS, "look whether the new one is a token or a signed address");
}

#[test]
fn a_draft_is_read_back() {
    arbtest(|u| {
        let note = Note {
            point: any::point(u)?,
            container: any::words(u, &["dumps"])?,
            picked: if u.arbitrary()? { any::container(u)?.path() } else { String::new() },
            picks: u.arbitrary()?,
            new: any::words(u, &["drill-new"])?,
            prefix: any::words(u, &["orders"])?,
            ending: any::words(u, &["k3x9"])?,
            region: any::words(u, &["westeurope"])?,
        };
        let mut gathered = Vec::new();
        for _ in 0..u.int_in_range(0..=3)? {
            let wish = any::wish(u)?;
            if !gathered.contains(&wish) {
                gathered.push(wish);
            }
        }
        let notes = Notes { drafts: vec![note; u.int_in_range(0..=3)?], gathered };
        let text = notes.print();
        assert_eq!(text.is_none(), notes == Notes::default());
        assert_eq!(Notes::parse(&text.unwrap_or_default()), notes);
        Ok(())
    });
    for damaged in ["", "{}", "[]", "null", r#"{"point":"x","container":"","prefix":"","ending":"","region":""}"#] {
        assert_eq!(Notes::parse(damaged), Notes::default(), "{damaged}");
    }
}

#[test]
fn reading_never_panics_and_counts_every_row() {
    let names = ["v", "realm", "point", "made", "server", "container", "region", "prefix", "sent", "job", "outcome"];
    let good = one("good");
    arbtest(|u| {
        let mut rows = Vec::new();
        for number in 0..u.int_in_range(0..=4)? {
            let mut value = if u.arbitrary()? { good.clone() } else { json!({}) };
            value["prefix"] = json!(format!("p{number}"));
            value[*u.choose(&names)?] = any::json(u, &names, &["good", VAULT], 2)?;
            rows.push(value.to_string());
        }
        rows.push(u.arbitrary::<String>()?);
        let journal = Journal::read(&rows);
        assert!(journal.entries.len() + journal.unreadable <= rows.len());
        let _ = Notes::parse(&rows[0]);
        Ok(())
    });
}
