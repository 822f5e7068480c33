//! From a path to what answers it. Paths are case-insensitive; what is not there is refused as Azure refuses it.

use super::errors::{Answered, gateway, no_group, no_resource, not_found, ok, wrong_verb};
use super::operations::{self, Scope};
use super::request::Asked;
use super::text::join;
use super::world::{Group, Subscription, Vault, find_account, find_group, find_subscription, find_vault};
use super::{Azure, access, graph, jobs, listing, points, storage};
use crate::azure::http::{Method, Response};

/// The api-versions of Azure Backup that are answered, from the first one with flexible servers.
const BACKUP: &[&str] = &[
    "2021-07-01",
    "2022-05-01",
    "2022-12-01",
    "2023-01-01",
    "2023-11-01",
    "2024-04-01",
    "2025-07-01",
    "2025-09-01",
    "2026-03-01",
    "2026-06-01",
];
const RESOURCES: &[&str] = &["2020-01-01", "2021-04-01", "2022-09-01", "2022-12-01", "2024-03-01"];
const STORAGE: &[&str] = &["2022-09-01", "2023-01-01", "2023-05-01", "2024-01-01"];
const AUTHORIZATION: &[&str] = &["2015-07-01", "2018-07-01", "2022-04-01"];
const POSTGRESQL: &[&str] = &["2022-12-01", "2024-08-01", "2025-08-01"];
const GRAPH: &[&str] = &["2021-03-01", "2022-10-01", "2024-04-01"];

/// Answers a request.
pub fn dispatch(azure: &mut Azure, asked: &Asked) -> Response {
    let path: Vec<&str> = asked.lower.iter().map(String::as_str).collect();
    let answered = match path.as_slice() {
        ["subscriptions"] => only(asked, Method::Get, RESOURCES).and_then(|()| listing::subscriptions()),
        ["subscriptions", id, rest @ ..] => in_subscription(azure, asked, id, rest),
        ["providers", "microsoft.resourcegraph", "resources"] => {
            only(asked, Method::Post, GRAPH).and_then(|()| graph::graph(azure, asked))
        }
        _ => Err(gateway(
            404,
            "MissingSubscription",
            "The request did not have a subscription or a valid tenant level resource provider.",
        )),
    };
    answered.unwrap_or_else(|refusal| refusal)
}

/// The verb and the api-version have to fit.
fn only(asked: &Asked, method: Method, versions: &[&str]) -> Result<(), Response> {
    let version = asked.version();
    if version.is_empty() {
        let message = "The api-version query parameter (?api-version=) is required for all requests.";
        return Err(gateway(400, "MissingApiVersionParameter", message));
    }
    if !versions.contains(&version) {
        let parts =
            ["The api-version '", version, "' is invalid. The supported versions are '", &versions.join(","), "'."];
        return Err(gateway(400, "InvalidApiVersionParameter", &join(&parts)));
    }
    if asked.method != method {
        return Err(wrong_verb(asked.method.as_str()));
    }
    Ok(())
}

fn in_subscription(azure: &mut Azure, asked: &Asked, id: &str, rest: &[&str]) -> Answered {
    let Some(subscription) = find_subscription(id) else {
        let message = join(&["The subscription '", id, "' could not be found."]);
        return Err(gateway(404, "SubscriptionNotFound", &message));
    };
    match rest {
        [] => only(asked, Method::Get, RESOURCES).map(|()| ok(listing::subscription(subscription))),
        ["resourcegroups"] => only(asked, Method::Get, RESOURCES).and_then(|()| listing::groups(subscription.id)),
        ["resourcegroups", name, rest @ ..] => {
            // What protects a server is found by the server's id even where its group is gone.
            let group = find_group(subscription.id, name).ok_or_else(|| no_group(&spelled(asked, name)))?;
            match rest {
                [] => only(asked, Method::Get, RESOURCES).map(|()| ok(listing::group(group))),
                ["providers", rest @ ..] => provider(azure, asked, subscription, Some(group), rest),
                _ => Err(no_type(asked)),
            }
        }
        ["providers", rest @ ..] => provider(azure, asked, subscription, None, rest),
        _ => Err(no_type(asked)),
    }
}

/// A name as the request spelled it.
fn spelled(asked: &Asked, lower: &str) -> String {
    let at = asked.lower.iter().position(|s| s == lower);
    at.and_then(|at| asked.segments.get(at)).cloned().unwrap_or_default()
}

fn no_type(asked: &Asked) -> Response {
    let (kind, space) = (asked.segments.last(), asked.lower.iter().rposition(|s| s == "providers"));
    let space = space.and_then(|at| asked.segments.get(at + 1)).map_or("", String::as_str);
    let kind = kind.map_or("", String::as_str);
    let parts = [
        "The resource type '",
        kind,
        "' could not be found in the namespace '",
        space,
        "' for api version '",
        asked.version(),
        "'.",
    ];
    gateway(404, "InvalidResourceType", &join(&parts))
}

/// Below `/providers/`: a resource, or something that extends one.
fn provider(
    azure: &mut Azure,
    asked: &Asked,
    subscription: &Subscription,
    group: Option<&'static Group>,
    path: &[&str],
) -> Answered {
    // A second `providers` begins an extension of the resource before it; the first one may begin one as well, of the
    // subscription or the group.
    let last = asked.lower.iter().rposition(|s| s == "providers").unwrap_or_default();
    let scope = join(&["/", &asked.segments.get(..last).unwrap_or_default().join("/")]);
    let extension: Vec<&str> = asked.lower.iter().skip(last + 1).map(String::as_str).collect();
    match extension.as_slice() {
        ["microsoft.authorization", "roleassignments"] => {
            return only(asked, Method::Get, AUTHORIZATION)
                .and_then(|()| access::role_assignments(azure, asked, &scope));
        }
        ["microsoft.authorization", "roleassignments", name] => {
            return match asked.method {
                Method::Put => {
                    only(asked, Method::Put, AUTHORIZATION).and_then(|()| access::grant(azure, asked, &scope, group))
                }
                _ => {
                    only(asked, Method::Get, AUTHORIZATION).and_then(|()| access::role_assignment(azure, &scope, name))
                }
            };
        }
        ["microsoft.authorization", "permissions"] => {
            return only(asked, Method::Get, AUTHORIZATION).and_then(|()| access::permissions(asked));
        }
        // The first api-version does not have it (OpenAPI).
        ["microsoft.dataprotection", "backupinstances"] if path.contains(&"providers") && asked.is_later() => {
            return only(asked, Method::Get, BACKUP).and_then(|()| listing::instances_of_source(asked, &scope));
        }
        _ => {}
    }
    match (group, path) {
        (None, ["microsoft.dataprotection", "locations", location, kind, _]) => {
            let scope = Scope { subscription: subscription.id, vault: None, location: Some(location) };
            operation(azure, asked, &scope, kind)
        }
        (Some(_), ["microsoft.dataprotection", kind @ "operationstatus", _]) => {
            operation(azure, asked, &Scope { subscription: subscription.id, vault: None, location: None }, kind)
        }
        (_, ["microsoft.dataprotection", "backupvaults"]) => {
            only(asked, Method::Get, BACKUP).and_then(|()| listing::vaults(asked, subscription.id, group))
        }
        (Some(group), ["microsoft.dataprotection", "backupvaults", name, rest @ ..]) => {
            let gone = || no_resource("Microsoft.DataProtection/BackupVaults", &spelled(asked, name), group.name);
            in_vault(azure, asked, find_vault(group, name).ok_or_else(gone)?, rest)
        }
        (_, ["microsoft.storage", "storageaccounts"]) => {
            only(asked, Method::Get, STORAGE).and_then(|()| storage::accounts(subscription.id, group))
        }
        (Some(group), ["microsoft.storage", "storageaccounts", name, rest @ ..]) => {
            let creates = asked.method == Method::Put && matches!(rest, ["blobservices", "default", "containers", _]);
            only(asked, if creates { Method::Put } else { Method::Get }, STORAGE)?;
            let gone = || no_resource("Microsoft.Storage/storageAccounts", &spelled(asked, name), group.name);
            let account = find_account(group, name).ok_or_else(gone)?;
            match rest {
                [] => Ok(ok(storage::account(account))),
                ["blobservices", "default", "containers"] => storage::containers(azure, asked, account),
                ["blobservices", "default", "containers", _] if creates => storage::create(azure, asked, account),
                ["blobservices", "default", "containers", name] => storage::one_container(azure, account, name),
                _ => Err(no_type(asked)),
            }
        }
        (Some(group), ["microsoft.dbforpostgresql", "flexibleservers"]) => {
            only(asked, Method::Get, POSTGRESQL)?;
            listing::page(&listing::servers(group).map(|i| listing::server(i, asked.now)).collect::<Vec<_>>())
        }
        (Some(group), ["microsoft.dbforpostgresql", "flexibleservers", name]) => {
            only(asked, Method::Get, POSTGRESQL)?;
            let gone = || no_resource("Microsoft.DBforPostgreSQL/flexibleServers", &spelled(asked, name), group.name);
            let found = listing::servers(group).find(|i| i.server == *name).ok_or_else(gone)?;
            Ok(ok(listing::server(found, asked.now)))
        }
        _ => Err(no_type(asked)),
    }
}

fn operation(azure: &Azure, asked: &Asked, scope: &Scope, kind: &str) -> Answered {
    only(asked, Method::Get, BACKUP)?;
    // Operation ids are base64: their case matters.
    let id = asked.segments.last().map_or("", String::as_str);
    match kind {
        "operationstatus" => operations::status(azure, asked, scope, id),
        "operationresults" => operations::results(azure, asked, scope, id),
        _ => Err(no_type(asked)),
    }
}

fn in_vault(azure: &mut Azure, asked: &Asked, vault: &'static Vault, path: &[&str]) -> Answered {
    if let ["backupinstances", name, action @ ("validaterestore" | "restore")] = path {
        only(asked, Method::Post, BACKUP)?;
        let instance = vault.instance(name).ok_or_else(not_found)?;
        return operations::accept(azure, asked, instance, *action == "restore");
    }
    only(asked, Method::Get, BACKUP)?;
    match path {
        [] => Ok(ok(listing::vault(vault, asked.is_later()))),
        ["backupinstances"] => listing::instances(asked, vault),
        ["backupinstances", name, rest @ ..] => {
            let instance = vault.instance(name).ok_or_else(not_found)?;
            match rest {
                [] => Ok(ok(listing::instance(instance, asked.is_later()))),
                ["recoverypoints"] => points::list(asked, instance),
                ["recoverypoints", id] => points::get(asked, instance, id),
                _ => Err(no_type(asked)),
            }
        }
        ["backuppolicies"] => listing::policies(vault),
        ["backuppolicies", name] => listing::policy(vault, name),
        ["backupjobs"] => jobs::list(azure, asked, vault),
        ["backupjobs", id] => jobs::get(azure, asked, vault, id),
        [kind @ ("operationstatus" | "operationresults"), _] => {
            let scope = Scope { subscription: vault.place().subscription, vault: Some(vault), location: None };
            operation(azure, asked, &scope, kind)
        }
        _ => Err(no_type(asked)),
    }
}
