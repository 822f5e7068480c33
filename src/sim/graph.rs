//! The resource graph, as much of it as finds backup instances and vaults.

use super::errors::{Answered, gateway, ok};
use super::listing::{instance_with, vault_with};
use super::places::{SUBSCRIPTIONS, VAULTS};
use super::request::{Asked, member, text};
use super::text::{array, fill};
use super::world::{Kind, TENANT, Vault, instances};
use serde_json::Value;

/// What the resource graph puts around a resource.
const GRAPH_TAIL: &str = r#","tenantId":"{tenant}","kind":"","location":"{location}","resourceGroup":"{group}",
    "subscriptionId":"{subscription}","managedBy":"","sku":null,"plan":null,"tags":null,"zones":null,
    "extendedLocation":null,"vaultName":"{vault}","protectionState":"{state}","datasourceId":"{source}""#;

/// What it puts around a vault, which tells its location, `vaultName` and the like itself or not at all.
const VAULT_TAIL: &str = r#","tenantId":"{tenant}","kind":"","resourceGroup":"{group}","subscriptionId":"{subscription}",
    "managedBy":"","sku":null,"plan":null,"tags":null,"zones":null,"extendedLocation":null"#;

/// POST resources of the resource graph: two queries are understood, by the type that they name: backup instances
/// (only PostgreSQL flexible servers, if the query names them) and vaults.
pub fn graph(asked: &Asked) -> Answered {
    let query = text(&asked.body, &["query"]).to_ascii_lowercase();
    let wanted: Vec<&str> = match member(&asked.body, "subscriptions") {
        Value::Array(ids) => ids.iter().filter_map(Value::as_str).collect(),
        _ => SUBSCRIPTIONS.iter().map(|s| s.id).collect(),
    };
    let seen = |subscription: &str| wanted.iter().any(|w| w.eq_ignore_ascii_case(subscription));
    let tail = |v: &Vault, state: &str, source: &str| {
        let place = v.place();
        fill(
            GRAPH_TAIL,
            &[
                ("tenant", TENANT),
                ("location", place.location),
                ("group", place.name),
                ("subscription", place.subscription),
                ("vault", v.name),
                ("state", state),
                ("source", source),
            ],
        )
    };
    let rows: Vec<String> = if query.contains("backupvaults/backupinstances") {
        let flexible = query.contains("flexibleservers");
        instances()
            .filter(|i| seen(i.vault().place().subscription) && !(flexible && i.kind == Kind::Disk))
            .map(|i| {
                let tail = tail(i.vault(), i.state, &i.source_id());
                instance_with(i, true, "microsoft.dataprotection/backupvaults/backupinstances", &tail)
            })
            .collect()
    } else if query.contains("microsoft.dataprotection/backupvaults'") {
        let here = |v: &&Vault| seen(v.place().subscription);
        let row = |v: &Vault| {
            let (group, subscription) = (v.place().name, v.place().subscription);
            let tail = fill(VAULT_TAIL, &[("tenant", TENANT), ("group", group), ("subscription", subscription)]);
            vault_with(v, true, "microsoft.dataprotection/backupvaults", &tail)
        };
        VAULTS.iter().filter(here).map(row).collect()
    } else {
        return Err(gateway(
            400,
            "BadRequest",
            "Please provide below info when asking for support: query is not understood.",
        ));
    };
    let count = rows.len().to_string();
    Ok(ok(fill(
        r#"{"totalRecords":{!n},"count":{!n},"data":{!rows},"facets":[],"resultTruncated":"false"}"#,
        &[("n", &count), ("rows", &array(&rows))],
    )))
}
