//! The resource graph, as much of it as finds backup instances, their jobs, vaults, and what stands around them.

use super::errors::{Answered, gateway, ok};
use super::jobs::Told;
use super::listing::{after, instance_with, page_end, server_with, vault_with};
use super::places::{ACCOUNTS, SUBSCRIPTIONS, VAULTS};
use super::request::{Asked, GRAPH, SERVER, member, text};
use super::storage::account_with;
use super::text::{array, fill, guid, join, quoted, time};
use super::world::{Group, Instance, Kind, TENANT, instances};
use super::{Azure, faults, jobs, query};
use crate::azure::http::Response;
use serde_json::Value;

/// What the resource graph puts around a resource.
const TAIL: &str = r#","tenantId":"{tenant}","resourceGroup":"{group}","subscriptionId":"{subscription}",
    "managedBy":"","plan":null,"zones":null,"extendedLocation":null"#;
/// And around one that has none of these of its own.
const KINDLESS: &str = r#","kind":"","tags":null"#;
const SKULESS: &str = r#","sku":null"#;
/// And around one that tells neither its place nor who it is.
const PLACELESS: &str = r#","location":"{location}","identity":null"#;
/// What queries for instances commonly add (`extend`).
const INSTANCE_TAIL: &str = r#","vaultName":"{vault}","protectionState":"{state}","datasourceId":"{source}""#;
/// What only the resource graph tells of an instance.
const EXTENDED: &str =
    r#""backupInstanceExtendedProperties":{"allowedOperations":[{!operations}],"vaultId":"{vault}"},"#;

const INSTANCES: &str = "microsoft.dataprotection/backupvaults/backupinstances";
const JOBS: &str = "microsoft.dataprotection/backupvaults/backupjobs";
const VAULT: &str = "microsoft.dataprotection/backupvaults";
const SERVERS: &str = "microsoft.dbforpostgresql/flexibleservers";
const STORAGE: &str = "microsoft.storage/storageaccounts";
const OF_SUBSCRIPTION: &str = "microsoft.resources/subscriptions";

/// The most rows of an answer, also where none are asked for (OpenAPI, 2021-03-01).
const MOST: u64 = 1000;

/// POST resources of the resource graph. A query that chooses its columns is followed to the letter. Of others three are
/// understood, by the type that they name, and get whole rows: backup instances and backup jobs (those of PostgreSQL
/// flexible servers alone, if the query names these), and vaults.
pub fn graph(azure: &Azure, asked: &Asked) -> Answered {
    let query = text(&asked.body, &["query"]);
    let rows = if query::projects(query) {
        let source = |table: &str, kind: &str| rows(azure, asked, table, kind, true);
        query::run(query, &source).map_err(|stuck| not_understood(asked, &stuck))?
    } else {
        let lower = query.to_ascii_lowercase();
        let wanted = |kind: &&str| lower.contains(&join(&[kind, "'"]));
        let kind = [INSTANCES, JOBS, VAULT].into_iter().find(wanted).ok_or_else(|| not_understood(asked, query))?;
        let table = if kind == VAULT { "resources" } else { "recoveryservicesresources" };
        rows(azure, asked, table, kind, !lower.contains("flexibleservers"))
    };
    page(asked, &rows)
}

/// The resources of a type, those of the subscriptions that are asked about and that may be seen.
fn rows(azure: &Azure, asked: &Asked, table: &str, kind: &str, disks: bool) -> Vec<String> {
    let wanted = |subscription: &str| match member(&asked.body, "subscriptions") {
        Value::Array(ids) => ids.iter().filter_map(Value::as_str).any(|id| id.eq_ignore_ascii_case(subscription)),
        _ => true,
    };
    let here = |subscription: &str| wanted(subscription) && !faults::is_unseen(subscription, GRAPH);
    let seen = |kind: Kind| disks || kind != Kind::Disk;
    let mut rows = Vec::new();
    match (table, kind) {
        ("recoveryservicesresources", INSTANCES) => {
            for i in instances() {
                if seen(i.kind) && here(i.vault().place().subscription) && !faults::is_unseen(i.server, GRAPH) {
                    rows.push(instance(i));
                }
            }
        }
        ("recoveryservicesresources", JOBS) | ("resources", VAULT) => {
            for v in VAULTS.iter().filter(|v| here(v.place().subscription)) {
                let place = v.place();
                if kind == VAULT {
                    rows.push(vault_with(v, true, VAULT, &tail(place, &[KINDLESS, SKULESS])));
                } else {
                    let tail = tail(place, &[KINDLESS, SKULESS, PLACELESS]);
                    jobs::listed(azure, asked, v, &seen, Told::ByGraph(&tail), &mut rows);
                }
            }
        }
        ("resources", SERVERS) => {
            for i in instances() {
                let there = i.server_exists && i.kind == Kind::FlexibleServer;
                if there && here(i.place().subscription) && !faults::is_unseen(i.server, SERVER) {
                    rows.push(server_with(i, asked.now, SERVERS, &tail(i.place(), &[KINDLESS])));
                }
            }
        }
        ("resources", STORAGE) => {
            for a in ACCOUNTS.iter().filter(|a| here(a.place().subscription)) {
                rows.push(account_with(a, STORAGE, &tail(a.place(), &[])));
            }
        }
        ("resourcecontainers", OF_SUBSCRIPTION) => {
            for s in SUBSCRIPTIONS.iter().filter(|s| here(s.id)) {
                rows.push(fill(
                    r#"{"id":"/subscriptions/{id}","name":"{name}","type":"{type}","subscriptionId":"{id}",
                    "tenantId":"{tenant}","properties":{"state":"Enabled"}}"#,
                    &[("id", s.id), ("name", s.name), ("type", OF_SUBSCRIPTION), ("tenant", TENANT)],
                ));
            }
        }
        _ => {}
    }
    rows
}

fn instance(i: &'static Instance) -> String {
    let v = i.vault();
    // Words of one recording, and none that offers what the state does not allow.
    let operations = match i.state {
        "SoftDeleted" => r#""Undelete""#,
        "ConfiguringProtection" => r#""Delete""#,
        "ProtectionStopped" => r#""Restore","Delete""#,
        _ if !faults::is_restorable(i.server) => r#""BackupNow","ChangePolicy","StopBackup","Delete""#,
        _ => r#""BackupNow","Restore","ChangePolicy","StopBackup","Delete""#,
    };
    let more = fill(EXTENDED, &[("operations", operations), ("vault", &v.id())]);
    let extended = [("vault", i.vault), ("state", i.state), ("source", &i.source_id())];
    let tail = join(&[&tail(v.place(), &[KINDLESS, SKULESS, PLACELESS]), &fill(INSTANCE_TAIL, &extended)]);
    instance_with(i, true, INSTANCES, &more, &tail)
}

fn tail(place: &Group, more: &[&str]) -> String {
    let values =
        [("tenant", TENANT), ("location", place.location), ("group", place.name), ("subscription", place.subscription)];
    join(&[&fill(TAIL, &values), &fill(&join(more), &values)])
}

const INVALID: &str = "Query is invalid. Please refer to the documentation for the Azure Resource Graph service and fix \
                       the error before retrying.";

/// What is not understood is told in two details, and by what stands there (Azure/aztfexport#485).
fn not_understood(asked: &Asked, stuck: &str) -> Response {
    let details = fill(
        r#"{"code":"InvalidQuery","message":"{invalid}"},
        {"code":"ParserFailure","message":"ParserFailure","line":1,"characterPositionInLine":0,"token":"{token}"}"#,
        &[("invalid", INVALID), ("token", stuck)],
    );
    refused(asked, &details)
}

fn refused(asked: &Asked, details: &str) -> Response {
    let seed = asked.seed.to_string();
    let parts = [
        "Please provide below info when asking for support: timestamp = ",
        &time(asked.now),
        ", correlationId = ",
        &guid(&["graph", &seed]),
        ".",
    ];
    let body = fill(
        r#"{"error":{"code":"BadRequest","message":"{message}","details":[{!details}]}}"#,
        &[("message", &join(&parts)), ("details", details)],
    );
    Response { body, ..gateway(400, "", "") }
}

const BAD_TOKEN: &str = r#"{"code":"InvalidSkipToken","message":"The skip token is invalid."}"#;

/// So many rows from where a token says, or `$skip`; with a token for those that follow, if there are any. Rows are
/// always objects, whatever `resultFormat` says.
fn page(asked: &Asked, rows: &[String]) -> Answered {
    let options = member(&asked.body, "options");
    let number = |name: &str| member(options, name).as_u64();
    let keys: Vec<String> = (0..rows.len()).map(|n| n.to_string()).collect();
    let from = match text(options, &["$skipToken"]) {
        "" => number("$skip").unwrap_or(0) as usize,
        token => after(&keys, token).ok_or_else(|| refused(asked, BAD_TOKEN))?,
    };
    let (until, token) = page_end(&keys, from, number("$top").unwrap_or(MOST).min(MOST) as usize);
    let told = rows.get(from..until).unwrap_or_default();
    let next = if token.is_empty() { token } else { join(&[",\"$skipToken\":", &quoted(&token)]) };
    Ok(ok(fill(
        r#"{"totalRecords":{!total},"count":{!n},"data":{!rows},"facets":[],"resultTruncated":"false"{!next}}"#,
        &[("total", &rows.len().to_string()), ("n", &told.len().to_string()), ("rows", &array(told)), ("next", &next)],
    )))
}
