//! What was started, created and granted, as a text: the demo keeps it over a reload. Everything else is a function of
//! names and time.

use super::access::Assignment;
use super::operations::{Started, instance_of};
use super::places::ACCOUNTS;
use super::request::{member, text};
use super::storage::Created;
use super::text::{array, fill};
use super::{Azure, faults};
use crate::moment::Moment;
use serde_json::Value;

/// How much is kept of each: enough for a long evening, little enough for a browser's storage.
const MOST: usize = 200;

/// Writes the ledger. No signature, no secret: addresses are made anew.
pub fn write(azure: &Azure) -> String {
    fill(
        r#"{"version":2,"started":{!started},"created":{!created},"granted":{!granted}}"#,
        &[
            ("started", &rows(&azure.started, row)),
            ("created", &rows(&azure.created, created_row)),
            ("granted", &rows(&azure.granted, granted_row)),
        ],
    )
}

fn rows<T>(all: &[T], row: fn(&T) -> String) -> String {
    let kept = all.get(all.len().saturating_sub(MOST)..).unwrap_or_default();
    array(&kept.iter().map(row).collect::<Vec<_>>())
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

fn created_row(c: &Created) -> String {
    fill(
        r#"{"account":"{account}","name":"{name}","at":{!at}}"#,
        &[("account", c.account.name), ("name", &c.name), ("at", &c.at.millis().to_string())],
    )
}

fn granted_row(g: &Assignment) -> String {
    fill(
        r#"{"name":"{name}","scope":"{scope}","principal":"{principal}","kind":"{kind}","role":"{role}","at":{!at}}"#,
        &[
            ("name", &g.name),
            ("scope", &g.scope),
            ("principal", &g.principal),
            ("kind", &g.kind),
            ("role", &g.role),
            ("at", &g.at.map_or(0, Moment::millis).to_string()),
        ],
    )
}

/// Reads a ledger; nothing where it is none. The first version has neither containers nor roles. A row about what this
/// world no longer has is left out.
pub fn read(ledger: &str) -> Option<Azure> {
    let value: Value = serde_json::from_str(ledger).ok()?;
    let started = unrows(&value, "started", unrow)?;
    match member(&value, "version").as_i64()? {
        1 => Some(Azure { started, ..Azure::default() }),
        2 => Some(Azure {
            started,
            created: unrows(&value, "created", created_unrow)?,
            granted: unrows(&value, "granted", granted_unrow)?,
            ..Azure::default()
        }),
        _ => None,
    }
}

fn unrows<T>(value: &Value, name: &str, unrow: fn(&Value) -> Option<T>) -> Option<Vec<T>> {
    let rows = member(value, name).as_array()?;
    let kept = rows.get(rows.len().saturating_sub(MOST)..).unwrap_or_default();
    Some(kept.iter().filter_map(unrow).collect())
}

fn unrow(row: &Value) -> Option<Started> {
    let word = |name: &str| text(row, &[name]).to_string();
    Some(Started {
        restore: member(row, "restore").as_bool()?,
        at: moment(row)?,
        serial: member(row, "serial").as_i64()?,
        instance: instance_of(text(row, &["server"]))?,
        point: word("point"),
        url: word("url"),
        prefix: word("prefix"),
        version: word("api"),
        fault: faults::named(match text(row, &["fault"]) {
            // Of the first version, when a name decided this.
            "no-role" | "bvault-demo-role-missing" => faults::NO_ROLE,
            fault => fault,
        }),
    })
}

fn moment(row: &Value) -> Option<Moment> {
    Some(Moment::from_millis(member(row, "at").as_i64()?))
}

fn created_unrow(row: &Value) -> Option<Created> {
    Some(Created {
        account: ACCOUNTS.iter().find(|a| a.name == text(row, &["account"]))?,
        name: text(row, &["name"]).to_string(),
        at: moment(row)?,
    })
}

fn granted_unrow(row: &Value) -> Option<Assignment> {
    let word = |name: &str| text(row, &[name]).to_string();
    Some(Assignment {
        name: word("name"),
        scope: word("scope"),
        principal: word("principal"),
        kind: word("kind"),
        role: word("role"),
        condition: "",
        at: Some(moment(row)?),
    })
}
