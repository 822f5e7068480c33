//! Azure Resource Graph: one question over all subscriptions, as a query in its language and rows as answers
//! (Microsoft.ResourceGraph, 2021-03-01).
//!
//! It lags behind by seconds to minutes, and leaves out, without a word, what the account may not see.

use super::call::{Answer, Arm, Call, Sending};
use super::id::{AccountId, AccountName, Found, InstanceId, JobId, ServerId, SubscriptionId, find};
use super::json::{At, object, print};
use super::page::{Next, Page};
use super::wire::{Job, JobStatus};
use crate::moment::{Moment, Span};
use serde_json::Value;

/// The most rows that a page may have.
const MOST: u64 = 1000;

/// A flexible server that is backed up, and where: one row of the list to choose from.
#[derive(Clone, Debug, PartialEq)]
pub struct Protected {
    /// The backup instance.
    pub id: InstanceId,
    /// The server, if its id is one of a flexible server.
    pub server: Option<ServerId>,
    /// The server's name.
    pub name: String,
    /// Its region, such as `westeurope`.
    pub region: String,
    /// `ProtectionConfigured`, `ProtectionStopped`, `SoftDeleted` … (`currentProtectionState`).
    pub state: String,
    /// Whether `Restore` is among the instance's `allowedOperations`; nothing where that is not told.
    pub restorable: Option<bool>,
    /// The name of the vault's subscription, where it is told.
    pub subscription: Option<String>,
    /// Whether the server is there and this account may see it; nothing where nobody has looked.
    pub exists: Option<bool>,
}

/// A restore job, as far as one row of a table tells it.
#[derive(Clone, Debug, PartialEq)]
pub struct Restored {
    /// Its id.
    pub id: JobId,
    /// The server's name; empty where Azure does not tell.
    pub server: String,
    /// How it stands.
    pub status: JobStatus,
    /// When it began.
    pub began: Option<Moment>,
    /// How long it took, once it has ended.
    pub took: Option<Span>,
    /// When its point was made. A vault's list leaves it out, as the two below.
    pub made: Option<Moment>,
    /// The container's URL.
    pub container: Option<String>,
    /// The prefix of the files.
    pub prefix: Option<String>,
}

impl Restored {
    /// What a vault's list tells of a job.
    pub fn of(job: Job) -> Self {
        Restored {
            id: job.id,
            server: job.server_name,
            status: job.status,
            began: job.began,
            took: job.took,
            made: job.point_made,
            container: job.destination,
            prefix: job.prefix,
        }
    }
}

/// The query for [`Restored`] rows: the graph keeps jobs for 14 days. A column that is sorted by has to be a text: as
/// Azure writes times, the texts are in the order of time.
const RESTORES: &str = "recoveryservicesresources
| where type =~ 'microsoft.dataprotection/backupvaults/backupjobs'
| where properties.dataSourceType =~ 'Microsoft.DBforPostgreSQL/flexibleServers'
| where tostring(properties.operationCategory) contains 'restore'
| project id, server = properties.dataSourceName, status = properties.status, began = tostring(properties.startTime), ended = properties.endTime, took = properties.duration, made = properties.extendedInfo.sourceRecoverPoint.recoveryPointTime, container = properties.extendedInfo.recoveryDestination, prefix = properties.extendedInfo.additionalDetails['Restore File Prefix']
| order by began desc";

/// The query for [`Protected`] rows. Nothing but what is shown is asked for: a row has some 500 bytes, not 4,000.
fn protected_query(only: Option<&InstanceId>) -> String {
    // An id's parts follow tight patterns without quotes: see `id`. A group may have other letters, and no quote either.
    let only = only
        .map(|id| format!("\n| where id =~ '{}'", [&id.vault.plain(), "/backupInstances/", id.name.as_str()].concat()))
        .unwrap_or_default();
    format!(
        "recoveryservicesresources
| where type =~ 'microsoft.dataprotection/backupvaults/backupinstances'
| where properties.dataSourceInfo.datasourceType =~ 'Microsoft.DBforPostgreSQL/flexibleServers'{only}
| extend server = tolower(tostring(properties.dataSourceInfo.resourceID))
| join kind=leftouter (resources | where type =~ 'microsoft.dbforpostgresql/flexibleservers' | project server = tolower(id), exists = true) on server
| join kind=leftouter (resourcecontainers | where type =~ 'microsoft.resources/subscriptions' | project subscriptionId, subscription = name) on subscriptionId
| project id, source = properties.dataSourceInfo.resourceID, name = properties.dataSourceInfo.resourceName, region = properties.dataSourceInfo.resourceLocation, state = properties.currentProtectionState, operations = properties.backupInstanceExtendedProperties.allowedOperations, subscription, exists
| order by id asc"
    )
}

/// Every flexible server that is backed up in a vault that this account may read: of one subscription, or of all; or
/// one instance alone.
pub fn protected(arm: Arm, within: Option<&SubscriptionId>, only: Option<&InstanceId>) -> Call<Page<Protected>> {
    ask(arm, within, &protected_query(only)).read_by(|answer| Page::read_as(answer, "data", next, row))
}

/// The restore jobs of the last days in every vault that this account may read, newest first, whoever began them.
pub fn restores(arm: Arm) -> Call<Page<Restored>> {
    ask(arm, None, RESTORES).read_by(|answer| Page::read_as(answer, "data", next, restored))
}

/// The storage account of this name: names are unique in a cloud.
pub fn account_named(arm: Arm, name: &AccountName) -> Call<Page<AccountId>> {
    let query = format!(
        "resources
| where type =~ 'microsoft.storage/storageaccounts' and name =~ '{name}'
| project id"
    );
    ask(arm, None, &query)
        .read_by(|answer| Page::read_as(answer, "data", next, |row| AccountId::parse(row.text("id")?)))
}

/// A query is sent as a POST, and reads all the same.
fn ask(arm: Arm, within: Option<&SubscriptionId>, query: &str) -> Sending {
    let mut body = Vec::new();
    if let Some(subscription) = within {
        body.push(("subscriptions", Value::Array(vec![Value::from(subscription.as_str())])));
    }
    body.push(("query", Value::from(query)));
    body.push(("options", options(None)));
    let path = "/providers/Microsoft.ResourceGraph/resources?api-version=2021-03-01";
    Sending::post(arm, None, path, print(&object(body)))
}

fn options(token: Option<&str>) -> Value {
    let mut options = vec![("$top", Value::from(MOST)), ("resultFormat", Value::from("objectArray"))];
    options.extend(token.map(|token| ("$skipToken", Value::from(token))));
    object(options)
}

/// What follows a page: the same question with the token that this one gave. Where the graph cuts an answer short
/// (`resultTruncated`, a text) and gives no token, the rest cannot be had.
fn next(answer: &Answer<'_>, body: &Value) -> Next {
    match body.text("$skipToken") {
        Some(token) => Next::Call(with_token(answer.call, token)),
        None if body.text("resultTruncated").is_some_and(|said| said.eq_ignore_ascii_case("true")) => Next::Cut,
        None => Next::End,
    }
}

fn with_token(call: &Sending, token: &str) -> Sending {
    let mut next = call.clone();
    let body = call.request.body.as_deref().and_then(|body| serde_json::from_str::<Value>(body).ok());
    if let Some(Value::Object(mut body)) = body {
        body.insert("options".to_string(), options(Some(token)));
        next.request.body = Some(print(&Value::Object(body)));
    }
    next
}

fn row(value: &Value) -> Option<Protected> {
    let Found::Instance(id) = find(value.text("id")?)? else { return None };
    let server = match value.text("source").and_then(find) {
        Some(Found::Server(server)) => Some(server),
        _ => None,
    };
    let name = value.text("name").or(server.as_ref().map(|server| server.name.as_str())).unwrap_or(id.name.as_str());
    let operations = value.at("operations").as_array();
    Some(Protected {
        name: name.to_string(),
        region: value.words("region"),
        state: value.words("state"),
        restorable: operations.map(|all| all.iter().any(|one| is(one, "Restore"))),
        subscription: value.text("subscription").map(str::to_string),
        // A join leaves null where there is no match.
        exists: Some(is_true(value.at("exists"))),
        server,
        id,
    })
}

fn restored(value: &Value) -> Option<Restored> {
    let status = JobStatus::parse(value.text("status").unwrap_or_default());
    let (began, ended) = (value.moment("began"), value.moment("ended"));
    let measured = began.zip(ended).map(|(began, ended)| ended.since(began)).filter(|span| span.millis() > 0);
    let said = |name: &str| value.text(name).map(str::to_string);
    Some(Restored {
        id: JobId::parse(value.text("id")?)?,
        server: value.words("server"),
        status,
        began,
        took: measured.or_else(|| value.text("took").and_then(Span::parse)).filter(|_| status.is_final()),
        made: value.moment("made"),
        container: said("container"),
        prefix: said("prefix"),
    })
}

fn is(value: &Value, word: &str) -> bool {
    value.as_str().is_some_and(|said| said.eq_ignore_ascii_case(word))
}

/// The graph tells a flag as one, or as 1.
fn is_true(value: &Value) -> bool {
    value.as_bool().unwrap_or(value.as_i64() == Some(1))
}
