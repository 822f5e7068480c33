//! What was started, as a text: the demo keeps it over a reload. Everything else is a function of names and time.

use super::faults;
use super::operations::{Started, instance_of};
use super::request::{member, text};
use super::text::{array, fill, join};
use crate::moment::Moment;
use serde_json::Value;

/// How much is kept: enough for a long evening, little enough for a browser's storage.
const MOST: usize = 200;

/// Writes the ledger. No signature, no secret: addresses are made anew.
pub fn write(started: &[Started]) -> String {
    let rows: Vec<String> = started.iter().skip(started.len().saturating_sub(MOST)).map(row).collect();
    join(&["{\"version\":1,\"started\":", &array(&rows), "}"])
}

fn row(s: &Started) -> String {
    fill(
        r#"{"restore":{!restore},"at":{!at},"serial":{!serial},"server":"{server}","point":"{point}","url":"{url}",
        "prefix":"{prefix}","api":"{api}","fault":"{fault}"}"#,
        &[
            ("restore", if s.restore { "true" } else { "false" }),
            ("at", &s.at.millis().to_string()),
            ("serial", &s.serial.to_string()),
            ("server", s.instance.server),
            ("point", &s.point),
            ("url", &s.url),
            ("prefix", &s.prefix),
            ("api", &s.version),
            ("fault", s.fault.map_or("", |f| f.name)),
        ],
    )
}

/// Reads a ledger; nothing where it is none. A row about a server that this world no longer has is left out.
pub fn read(ledger: &str) -> Option<Vec<Started>> {
    let value: Value = serde_json::from_str(ledger).ok()?;
    if member(&value, "version").as_i64() != Some(1) {
        return None;
    }
    Some(member(&value, "started").as_array()?.iter().rev().take(MOST).rev().filter_map(unrow).collect())
}

fn unrow(row: &Value) -> Option<Started> {
    let word = |name: &str| text(row, &[name]).to_string();
    Some(Started {
        restore: member(row, "restore").as_bool()?,
        at: Moment::from_millis(member(row, "at").as_i64()?),
        serial: member(row, "serial").as_i64()?,
        instance: instance_of(text(row, &["server"]))?,
        point: word("point"),
        url: word("url"),
        prefix: word("prefix"),
        version: word("api"),
        fault: faults::named(text(row, &["fault"])),
    })
}
