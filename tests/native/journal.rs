//! What outlives the page: written and read back, and what cannot be read is kept.

use crate::any;
use arbtest::arbitrary::{Result as Drawn, Unstructured};
use arbtest::arbtest;
use pgflex_restore::azure::id::{Found, JobId, find};
use pgflex_restore::journal::{Entry, Journal, Note};
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
        prefix: Prefix::parse(prefix).unwrap(),
        sent: Moment::from_millis(1_767_708_534_000),
        job: None,
        refused: false,
    }
}

fn any_entry(u: &mut Unstructured<'_>) -> Drawn<Entry> {
    Ok(Entry {
        realm: any::words(u, &["public contoso", "china"])?,
        point: any::point(u)?,
        made: Moment::from_millis(u.arbitrary()?),
        server: any::words(u, &["orders"])?,
        container: any::words(u, &["https://acct1.blob.core.windows.net/dumps"])?,
        prefix: any::prefix(u)?,
        sent: Moment::from_millis(u.arbitrary()?),
        job: if u.arbitrary()? { Some(any::job(u)?) } else { None },
        refused: u.arbitrary()?,
    })
}

/// A journal's text, and the prefixes that are read of it, newest first.
#[track_caller]
fn check(text: &str, expected: Option<&[&str]>) {
    let journal = Journal::parse(text);
    let told = journal.as_ref().map(|j| j.entries.iter().map(|e| e.prefix.as_str()).collect::<Vec<_>>());
    assert_eq!(told.as_deref(), expected, "of {text}");
}

fn stored(text: &str) -> Vec<Value> {
    serde_json::from_str(text).unwrap()
}

fn one(prefix: &str) -> Value {
    let mut journal = Journal::default();
    journal.note(entry(prefix));
    stored(&journal.print())[0].clone()
}

#[test]
fn what_is_noted_is_read_back() {
    arbtest(|u| {
        let mut journal = Journal::default();
        for _ in 0..u.int_in_range(0..=5)? {
            journal.note(any_entry(u)?);
        }
        let read = Journal::parse(&journal.print()).unwrap();
        assert_eq!(read, journal);
        assert_eq!(read.print(), journal.print());
        Ok(())
    });
}

#[test]
fn the_newest_comes_first() {
    let mut journal = Journal::default();
    for prefix in ["first", "second", "third"] {
        journal.note(entry(prefix));
    }
    check(&journal.print(), Some(&["third", "second", "first"]));
}

#[test]
fn the_fifty_first_drops_the_oldest() {
    let mut journal = Journal::default();
    for number in 1..=51 {
        journal.note(entry(&format!("p{number}")));
    }
    assert_eq!(journal.entries.len(), 50);
    let read = Journal::parse(&journal.print()).unwrap();
    assert_eq!(read.entries.len(), 50);
    assert_eq!(read.entries.first().map(|e| e.prefix.as_str()), Some("p51"));
    assert_eq!(read.entries.last().map(|e| e.prefix.as_str()), Some("p2"));
}

#[test]
fn a_second_try_with_the_same_prefix_replaces_the_first() {
    let mut journal = Journal::default();
    journal.note(entry("first"));
    journal.note(entry("second"));
    journal.note(Entry { sent: Moment::from_millis(5), ..entry("first") });
    check(&journal.print(), Some(&["first", "second"]));
    assert_eq!(journal.by_prefix(&Prefix::parse("first").unwrap()).map(|e| e.sent.millis()), Some(5));
}

#[test]
fn a_job_is_remembered_once_it_is_known() {
    let job = JobId::parse(&format!("{VAULT}/backupJobs/0f0f0f0f-1111-4222-8333-444444444444"));
    let mut journal = Journal::default();
    journal.note(entry("first"));
    journal.by_prefix(&Prefix::parse("first").unwrap()).unwrap().job = job.clone();
    assert!(journal.by_prefix(&Prefix::parse("other").unwrap()).is_none());
    assert_eq!(Journal::parse(&journal.print()).unwrap().entries[0].job, job);
}

#[test]
fn what_is_no_journal_is_nothing() {
    for text in ["", "{}", "null", "7", "\"x\"", "[", "[{\"v\":1", "<html>"] {
        check(text, None);
    }
    check("[]", Some(&[]));
}

#[test]
fn a_damaged_entry_does_not_hide_the_others() {
    let good = one("good");
    let mut damaged = vec![json!(null), json!(7), json!("x"), json!([]), json!({}), json!({"v": 1})];
    for (key, value) in [
        ("v", json!(2)),
        ("v", json!("1")),
        ("prefix", json!("a b")),
        ("point", json!("/subscriptions/x")),
        ("point", json!(VAULT)),
        ("made", json!("yesterday")),
        ("refused", json!(null)),
    ] {
        let mut entry = good.clone();
        entry[key] = value;
        damaged.push(entry);
    }
    for entry in &damaged {
        let text = Value::from(vec![entry.clone(), good.clone()]).to_string();
        check(&text, Some(&["good"]));
        // And it is kept as it is.
        let printed = stored(&Journal::parse(&text).unwrap().print());
        assert!(printed.contains(entry), "{entry} was lost");
    }
}

#[test]
fn an_entry_of_another_version_survives_a_rewrite() {
    let later = json!({"v": 2, "restores": [{"of": "the future"}], "prefix": {"a": 1}});
    let mut journal = Journal::parse(&Value::from(vec![later.clone(), one("old")]).to_string()).unwrap();
    for number in 1..=60 {
        journal.note(entry(&format!("p{number}")));
        journal = Journal::parse(&journal.print()).unwrap();
    }
    let printed = stored(&journal.print());
    assert!(printed.contains(&later), "the entry of another version was lost");
    assert_eq!(journal.entries.len(), 50);
}

#[test]
fn a_journal_does_not_grow_without_end() {
    let foreign: Vec<Value> = (0..500).map(|n| json!({"v": 9, "n": n})).collect();
    let mut journal = Journal::parse(&Value::from(foreign).to_string()).unwrap();
    journal.note(entry("ours"));
    let printed = stored(&journal.print());
    assert!(printed.len() <= 100, "{} entries", printed.len());
    assert_eq!(Journal::parse(&journal.print()).unwrap().entries.len(), 1);
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
fn forgetting_is_for_one_tenant() {
    let mut journal = Journal::default();
    journal.note(entry("mine"));
    journal.note(Entry { realm: "public fabrikam".into(), ..entry("theirs") });
    journal.forget("public contoso");
    check(&journal.print(), Some(&["theirs"]));
}

#[test]
fn nothing_secret_is_kept() {
    let keys: Vec<String> = one("first").as_object().unwrap().keys().cloned().collect();
    let known = ["container", "job", "made", "point", "prefix", "realm", "refused", "sent", "server", "v"];
    assert_eq!(keys, known, "look whether the new one is a token or a signed address");
}

#[test]
fn a_draft_is_read_back() {
    arbtest(|u| {
        let note = Note {
            point: any::point(u)?,
            container: any::words(u, &["dumps"])?,
            prefix: any::words(u, &["orders"])?,
            ending: any::words(u, &["k3x9"])?,
            region: any::words(u, &["westeurope"])?,
        };
        assert_eq!(Note::parse(&note.print()), Some(note));
        Ok(())
    });
    for damaged in ["", "{}", "[]", "null", r#"{"point":"x","container":"","prefix":"","ending":"","region":""}"#] {
        assert_eq!(Note::parse(damaged), None, "{damaged}");
    }
}

#[test]
fn reading_never_panics_and_loses_nothing() {
    let names = ["v", "realm", "point", "made", "server", "container", "prefix", "sent", "job", "refused"];
    let good = one("good");
    arbtest(|u| {
        let mut values = Vec::new();
        for _ in 0..u.int_in_range(0..=4)? {
            let mut value = if u.arbitrary()? { good.clone() } else { json!({}) };
            value[*u.choose(&names)?] = any::json(u, &names, &["good", VAULT], 2)?;
            values.push(value);
        }
        let journal = Journal::parse(&Value::from(values.clone()).to_string()).unwrap();
        let printed = stored(&journal.print());
        assert_eq!(printed.len(), values.len());
        let _ = (Journal::parse(&u.arbitrary::<String>()?), Note::parse(&values.first().unwrap_or(&good).to_string()));
        Ok(())
    });
}
