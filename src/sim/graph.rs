//! The resource graph, as much of it as finds backup instances, their jobs, and vaults.

use super::errors::{Answered, gateway, ok};
use super::jobs::Told;
use super::listing::{after, instance_with, page_end, vault_with};
use super::places::{SUBSCRIPTIONS, VAULTS};
use super::request::{Asked, member, text};
use super::text::{array, fill, join, quoted};
use super::world::{Kind, TENANT, Vault, instances};
use super::{Azure, jobs};
use crate::azure::http::Response;
use serde_json::Value;

/// What the resource graph puts around a resource.
const TAIL: &str = r#","tenantId":"{tenant}","kind":"","resourceGroup":"{group}","subscriptionId":"{subscription}",
    "managedBy":"","sku":null,"plan":null,"tags":null,"zones":null,"extendedLocation":null"#;
/// And what more around one that tells neither its place nor who it is.
const PLACELESS: &str = r#","location":"{location}","identity":null"#;
/// What queries for instances commonly add (`extend`).
const INSTANCE_TAIL: &str = r#","vaultName":"{vault}","protectionState":"{state}","datasourceId":"{source}""#;

/// The most rows of an answer, also where none are asked for (OpenAPI, 2021-03-01).
const MOST: u64 = 1000;

/// POST resources of the resource graph: three queries are understood, by the type that they name: backup instances
/// and backup jobs (those of PostgreSQL flexible servers alone, if the query names these), and vaults.
pub fn graph(azure: &Azure, asked: &Asked) -> Answered {
    let query = text(&asked.body, &["query"]).to_ascii_lowercase();
    let wanted: Vec<&str> = match member(&asked.body, "subscriptions") {
        Value::Array(ids) => ids.iter().filter_map(Value::as_str).collect(),
        _ => SUBSCRIPTIONS.iter().map(|s| s.id).collect(),
    };
    let here = |v: &Vault| wanted.iter().any(|w| w.eq_ignore_ascii_case(v.place().subscription));
    let flexible = query.contains("flexibleservers");
    let seen = |kind: Kind| !(flexible && kind == Kind::Disk);
    let mut rows = Vec::new();
    if query.contains("backupvaults/backupinstances") {
        for i in instances().filter(|i| here(i.vault()) && seen(i.kind)) {
            let extended = [("vault", i.vault), ("state", i.state), ("source", &i.source_id())];
            let tail = join(&[&tail(i.vault(), PLACELESS), &fill(INSTANCE_TAIL, &extended)]);
            rows.push(instance_with(i, true, "microsoft.dataprotection/backupvaults/backupinstances", &tail));
        }
    } else if query.contains("backupvaults/backupjobs") {
        for v in VAULTS.iter().filter(|v| here(v)) {
            jobs::listed(azure, asked, v, &seen, Told::ByGraph(&tail(v, PLACELESS)), &mut rows);
        }
    } else if query.contains("microsoft.dataprotection/backupvaults'") {
        for v in VAULTS.iter().filter(|v| here(v)) {
            rows.push(vault_with(v, true, "microsoft.dataprotection/backupvaults", &tail(v, "")));
        }
    } else {
        return Err(refused("query is not understood."));
    }
    page(asked, &rows)
}

fn tail(v: &Vault, more: &str) -> String {
    let place = v.place();
    let values =
        [("tenant", TENANT), ("location", place.location), ("group", place.name), ("subscription", place.subscription)];
    join(&[&fill(TAIL, &values), &fill(more, &values)])
}

fn refused(why: &str) -> Response {
    gateway(400, "BadRequest", &join(&["Please provide below info when asking for support: ", why]))
}

/// So many rows from where a token says, or `$skip`; with a token for those that follow, if there are any. Rows are
/// always objects, whatever `resultFormat` says.
fn page(asked: &Asked, rows: &[String]) -> Answered {
    let options = member(&asked.body, "options");
    let number = |name: &str| member(options, name).as_u64();
    let keys: Vec<String> = (0..rows.len()).map(|n| n.to_string()).collect();
    let from = match text(options, &["$skipToken"]) {
        "" => number("$skip").unwrap_or(0) as usize,
        token => after(&keys, token).ok_or_else(|| refused("the skip token is invalid."))?,
    };
    let (until, token) = page_end(&keys, from, number("$top").unwrap_or(MOST).min(MOST) as usize);
    let told = rows.get(from..until).unwrap_or_default();
    let next = if token.is_empty() { token } else { join(&[",\"$skipToken\":", &quoted(&token)]) };
    Ok(ok(fill(
        r#"{"totalRecords":{!total},"count":{!n},"data":{!rows},"facets":[],"resultTruncated":"false"{!next}}"#,
        &[("total", &rows.len().to_string()), ("n", &told.len().to_string()), ("rows", &array(told)), ("next", &next)],
    )))
}
