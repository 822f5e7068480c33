//! Storage accounts and their containers.

use super::Azure;
use super::errors::{Answered, gateway, no_content, ok};
use super::listing::{after, next_link, page, page_end};
use super::places::{ACCOUNTS, VAULTS};
use super::request::Asked;
use super::text::{array, fill, join, time};
use super::world::{Account, Group, Network, OPERATOR, TENANT, Vault};
use crate::azure::http::Response;
use crate::moment::Moment;

const ACCOUNT: &str = r#"{
    "sku":{"name":"{sku}","tier":"{tier}"},
    "kind":"{kind}",
    "id":"{id}",
    "name":"{name}",
    "type":"{type}",
    "location":"{location}",
    "tags":{},
    "properties":{
        "allowCrossTenantReplication":{!cross},
        "publicNetworkAccess":"{access}",
        "isHnsEnabled":false,
        "allowBlobPublicAccess":{!anonymous},{!versions}
        "allowSharedKeyAccess":true,
        "networkAcls":{"bypass":"{bypass}","resourceAccessRules":{!rules},"virtualNetworkRules":[],"ipRules":[],
            "defaultAction":"{action}"},
        "supportsHttpsTrafficOnly":true,
        "minimumTlsVersion":"TLS1_2",
        "accessTier":"Hot",
        "provisioningState":"Succeeded",
        "primaryEndpoints":{{!service}:"https://{host}/"},
        "primaryLocation":"{location}",
        "statusOfPrimary":"available"}{!tail}}"#;

/// Versions of blobs are kept for a week, in all of an account's containers (OpenAPI, 2023-05-01).
const VERSIONED: &str = r#""immutableStorageWithVersioning":{"enabled":true,"immutabilityPolicy":{
    "immutabilityPeriodSinceCreationInDays":7,"state":"Unlocked","allowProtectedAppendWrites":false}},"#;

/// Whether an account has a resource instance rule for a vault.
fn has_rule(a: &Account, v: &Vault) -> bool {
    matches!(a.network, Network::Ruled | Network::Untrusting) && v.group == a.group
}

/// Whether a vault reaches an account over the network.
pub fn reaches(v: &Vault, a: &Account) -> bool {
    match a.network {
        Network::Open | Network::Perimeter => true,
        Network::Ruled => has_rule(a, v),
        Network::Untrusting | Network::Walled | Network::Closed => false,
    }
}

pub fn account(a: &Account) -> String {
    account_with(a, "Microsoft.Storage/storageAccounts", "")
}

/// A storage account, its type spelled so, and what more stands at its end.
pub fn account_with(a: &Account, kind: &str, tail: &str) -> String {
    let rule = |v: &Vault| {
        let id = v.id().replace("/backupVaults/", "/BackupVaults/");
        fill(r#"{"tenantId":"{tenant}","resourceId":"{id}"}"#, &[("tenant", TENANT), ("id", &id)])
    };
    let rules: Vec<String> = VAULTS.iter().filter(|v| has_rule(a, v)).map(rule).collect();
    let truth = |it: bool| if it { "true" } else { "false" };
    let access = match a.network {
        Network::Closed => "Disabled",
        Network::Perimeter => "SecuredByPerimeter",
        _ => "Enabled",
    };
    let denies = matches!(a.network, Network::Ruled | Network::Untrusting | Network::Walled);
    let (service, host) = match a.has_blobs() {
        true => ("\"blob\"", a.blob_host()),
        false => ("\"file\"", join(&[a.name, ".file.core.windows.net"])),
    };
    fill(
        ACCOUNT,
        &[
            ("sku", a.sku),
            ("tier", a.sku.split('_').next().unwrap_or_default()),
            ("kind", a.kind),
            ("id", &a.id()),
            ("name", a.name),
            ("type", kind),
            ("location", a.location()),
            ("cross", a.cross_tenant.map_or("null", truth)),
            ("access", access),
            ("anonymous", truth(a.anonymous)),
            ("versions", &fill(if a.versioned { VERSIONED } else { "" }, &[])),
            ("bypass", if a.network == Network::Untrusting { "None" } else { "AzureServices" }),
            ("rules", &array(&rules)),
            ("action", if denies { "Deny" } else { "Allow" }),
            ("service", service),
            ("host", &host),
            ("tail", tail),
        ],
    )
}

/// GET the storage accounts of a subscription, or of one of its groups.
pub fn accounts(subscription: &str, group: Option<&Group>) -> Answered {
    let here = |a: &&Account| a.place().subscription == subscription && group.is_none_or(|g| g.name == a.group);
    page(&ACCOUNTS.iter().filter(here).map(account).collect::<Vec<_>>())
}

/// A container that somebody created.
#[derive(Clone)]
pub struct Created {
    /// Where.
    pub account: &'static Account,
    /// What it is called.
    pub name: String,
    /// When.
    pub at: Moment,
}

/// The names of an account's containers, as Azure lists them: by the alphabet.
fn names(azure: &Azure, a: &Account) -> Vec<String> {
    let mut names: Vec<String> = a.containers().map(str::to_string).collect();
    for created in azure.created.iter().filter(|c| c.account.name == a.name) {
        let place = names.iter().position(|other| *other > created.name).unwrap_or(names.len());
        names.insert(place, created.name.clone());
    }
    names
}

/// Whether an account has a container.
pub fn has_container(azure: &Azure, a: &Account, name: &str) -> bool {
    a.containers().any(|c| c == name) || made(azure, a, name).is_some()
}

fn made<'a>(azure: &'a Azure, a: &Account, name: &str) -> Option<&'a Created> {
    azure.created.iter().find(|c| c.account.name == a.name && c.name == name)
}

const CONTAINER: &str = r#"{"id":"{id}","name":"{name}",
    "type":"Microsoft.Storage/storageAccounts/blobServices/containers",
    "etag":"\"0x8DC7F3A5B2C4D1E\"",
    "properties":{"deleted":false,"remainingRetentionDays":0,"defaultEncryptionScope":"$account-encryption-key",
    "denyEncryptionScopeOverride":false,"publicAccess":"{public}","leaseStatus":"Unlocked","leaseState":"Available",
    "lastModifiedTime":"{at}",{!kept}}}"#;

/// What keeps blobs from being changed: as in Microsoft's examples of the Storage REST API.
const WORM: &str = r#""immutabilityPolicy":{"etag":"\"8d59f830cb130e5\"","updateHistory":[
    {"update":"put","immutabilityPeriodSinceCreationInDays":7,"timestamp":"{at}","objectIdentifier":"{who}",
    "tenantId":"{tenant}","upn":"storage-admin@contoso.com"}],
    "properties":{"immutabilityPeriodSinceCreationInDays":7,"state":"Unlocked","allowProtectedAppendWrites":false}},
    "hasImmutabilityPolicy":true,"hasLegalHold":false"#;
const HELD: &str = r#""legalHold":{"hasLegalHold":true,"tags":[
    {"tag":"case2026","timestamp":"{at}","objectIdentifier":"{who}","tenantId":"{tenant}",
    "upn":"storage-admin@contoso.com"}]},
    "hasImmutabilityPolicy":false,"hasLegalHold":true"#;
const FREE: &str = r#""hasImmutabilityPolicy":false,"hasLegalHold":false"#;

fn container(azure: &Azure, a: &Account, name: &str) -> String {
    let created = made(azure, a, name);
    let at = created.map_or_else(|| "2026-02-11T09:26:41.0000000Z".to_string(), |c| time(c.at));
    let kept = match name {
        "worm" if created.is_none() => WORM,
        "held" if created.is_none() => HELD,
        _ => FREE,
    };
    let kept = fill(kept, &[("at", &at), ("who", OPERATOR), ("tenant", TENANT)]);
    let public = if a.anonymous && created.is_none() { "Container" } else { "None" };
    fill(CONTAINER, &[("id", &a.container_id(name)), ("name", name), ("public", public), ("at", &at), ("kept", &kept)])
}

/// GET the containers: those whose names begin as `$filter` says, so many a page as `$maxpagesize` says.
pub fn containers(azure: &Azure, asked: &Asked, a: &Account) -> Answered {
    only_blobs(a)?;
    let begins = asked.query_value("$filter").unwrap_or_default();
    let names: Vec<String> = names(azure, a).into_iter().filter(|c| c.starts_with(&begins)).collect();
    let from = match asked.query_value("$skipToken") {
        Some(token) => after(&names, &token).ok_or_else(no_token)?,
        None => 0,
    };
    let most = asked.query_value("$maxpagesize").and_then(|most| most.parse().ok()).unwrap_or(names.len());
    let (until, token) = page_end(&names, from, most);
    let path = join(&[&a.id(), "/blobServices/default/containers"]);
    let next = next_link(asked, &path, &["$maxpagesize", "$filter"], &token);
    let told = names.get(from..until).unwrap_or_default();
    let rows: Vec<String> = told.iter().map(|name| container(azure, a, name)).collect();
    Ok(ok(fill(r#"{"value":{!rows}{!next}}"#, &[("rows", &array(&rows)), ("next", &next)])))
}

fn no_token() -> Response {
    let words = "Value for one of the query parameters specified in the request URI is invalid.";
    gateway(400, "InvalidQueryParameterValue", words)
}

/// Told of an account without blobs in turbot/steampipe-plugin-azure#404.
fn only_blobs(a: &Account) -> Result<(), Response> {
    let refused = || gateway(400, "FeatureNotSupportedForAccount", "Blob is not supported for the account.");
    a.has_blobs().then_some(()).ok_or_else(refused)
}

/// A container is not there.
pub fn no_container() -> Response {
    gateway(404, "ContainerNotFound", "The specified container does not exist.")
}

/// GET one container.
pub fn one_container(azure: &Azure, a: &Account, name: &str) -> Answered {
    only_blobs(a)?;
    if has_container(azure, a, name) { Ok(ok(container(azure, a, name))) } else { Err(no_container()) }
}

/// Microsoft's "Naming and referencing containers, blobs, and metadata".
fn is_name(name: &str) -> bool {
    let letter = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit();
    let ends = [name.bytes().next(), name.bytes().next_back()];
    (3..=63).contains(&name.len())
        && name.bytes().all(|b| letter(b) || b == b'-')
        && ends.iter().all(|end| end.is_some_and(letter))
        && !name.contains("--")
}

/// PUT a container: 201, or 200 where there is one already. A name's letter case matters here, for it has to be small.
pub fn create(azure: &mut Azure, asked: &Asked, account: &'static Account) -> Answered {
    only_blobs(account)?;
    if !asked.body.is_object() {
        return Err(no_content());
    }
    let name = asked.segments.last().map_or("", String::as_str);
    if !is_name(name) {
        // The code and the words of the service itself.
        return Err(gateway(400, "InvalidResourceName", "The specifed resource name contains invalid characters."));
    }
    let is_new = !has_container(azure, account, name);
    if is_new {
        azure.created.push(Created { account, name: name.to_string(), at: asked.now });
    }
    let body = container(azure, account, name);
    Ok(Response { status: if is_new { 201 } else { 200 }, ..ok(body) })
}
