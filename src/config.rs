//! `config.json` → [`Config`], or what is wrong with it, line by line.
//!
//! A closed schema: an unknown key is refused, so that a spelling mistake cannot pass. Configuration comes from this
//! file alone, never from an address. Reads no file and no network itself.

use crate::azure::cloud::{ApiVersion, Cloud};
use serde_json::Value;

/// The keys that are known.
pub const KEYS: [&str; 4] = ["clientId", "tenant", "cloud", "apiVersion"];

/// The placeholder of the sample file.
const PLACEHOLDER: &str = "00000000-0000-0000-0000-000000000000";

/// What an administrator sets for a host.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// The application (client) id of the app registration.
    pub client_id: String,
    /// A tenant's id or domain, or `organizations`.
    pub tenant: String,
    /// The cloud.
    pub cloud: Cloud,
    /// The api-version of Microsoft.DataProtection.
    pub api_version: ApiVersion,
}

/// What is wrong, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The line in the file, from 1; nothing for the file as a whole.
    pub line: Option<usize>,
    /// What is wrong.
    pub kind: Kind,
}

/// The kinds of problem.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// There is no such file.
    Absent,
    /// The file could not be fetched.
    Unreadable,
    /// The text is not JSON.
    NotJson,
    /// The JSON is not an object.
    NotAnObject,
    /// A key that has to be there is not.
    Missing(&'static str),
    /// A key that is not known.
    Unknown(String),
    /// A value that should be a text.
    NotText(&'static str),
    /// A value that is not of its form.
    Malformed(&'static str),
    /// The client id is still the sample's.
    Placeholder,
}

/// Reads the file's text.
pub fn read(text: &str) -> Result<Config, Vec<Problem>> {
    let whole = |kind| Problem { line: None, kind };
    let value: Value = serde_json::from_str(text.trim_start_matches('\u{feff}'))
        .map_err(|error| vec![Problem { line: Some(error.line()), kind: Kind::NotJson }])?;
    let Some(keys) = value.as_object() else { return Err(vec![whole(Kind::NotAnObject)]) };
    let mut problems: Vec<Problem> = keys
        .keys()
        .filter(|key| !KEYS.contains(&key.as_str()))
        .map(|key| Problem { line: line_of(text, key), kind: Kind::Unknown(key.clone()) })
        .collect();
    let take = |key: &'static str, problems: &mut Vec<Problem>| -> Option<String> {
        let value = keys.get(key)?;
        let text_value = value.as_str().map(|s| s.trim().to_string());
        if text_value.is_none() {
            problems.push(Problem { line: line_of(text, key), kind: Kind::NotText(key) });
        }
        text_value
    };
    let client_id = take("clientId", &mut problems);
    let tenant = take("tenant", &mut problems);
    let cloud = take("cloud", &mut problems);
    let api = take("apiVersion", &mut problems);
    let mut bad = |key: &'static str, kind: Kind| problems.push(Problem { line: line_of(text, key), kind });

    match client_id.as_deref() {
        None if !keys.contains_key("clientId") => bad("clientId", Kind::Missing("clientId")),
        Some(PLACEHOLDER) => bad("clientId", Kind::Placeholder),
        Some(id) if !is_guid(id) => bad("clientId", Kind::Malformed("clientId")),
        _ => {}
    }
    match tenant.as_deref() {
        None if !keys.contains_key("tenant") => bad("tenant", Kind::Missing("tenant")),
        Some(tenant) if !is_tenant(tenant) => bad("tenant", Kind::Malformed("tenant")),
        _ => {}
    }
    let cloud_read = match cloud.as_deref() {
        None => Some(Cloud::default()),
        Some(name) => Cloud::ALL.into_iter().find(|cloud| cloud.name() == name),
    };
    if cloud_read.is_none() {
        bad("cloud", Kind::Malformed("cloud"));
    }
    let api_read = match api.as_deref() {
        None => Some(ApiVersion::default()),
        Some(name) => ApiVersion::ALL.into_iter().find(|api| api.as_str() == name),
    };
    if api_read.is_none() {
        bad("apiVersion", Kind::Malformed("apiVersion"));
    }
    match (client_id, tenant, cloud_read, api_read) {
        (Some(client_id), Some(tenant), Some(cloud), Some(api_version)) if problems.is_empty() => {
            Ok(Config { client_id, tenant, cloud, api_version })
        }
        _ => Err(by_line(problems)),
    }
}

/// In the order of the file. A handful, so they are put in their places one by one.
fn by_line(problems: Vec<Problem>) -> Vec<Problem> {
    let mut ordered: Vec<Problem> = Vec::new();
    for problem in problems {
        let at = ordered.iter().position(|other| other.line > problem.line).unwrap_or(ordered.len());
        ordered.insert(at, problem);
    }
    ordered
}

fn is_guid(text: &str) -> bool {
    crate::azure::id::SubscriptionId::parse(text).is_some()
}

/// A tenant's GUID, a domain, or `organizations`. `common` would let personal accounts in, which have no Azure
/// Resource Manager.
fn is_tenant(text: &str) -> bool {
    let domain = text.contains('.')
        && text.len() <= 253
        && text.split('.').all(|label| {
            !label.is_empty() && label.len() <= 63 && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
        });
    is_guid(text) || domain || text == "organizations"
}

/// The line a key stands on: the first `"key"` that a colon follows.
fn line_of(text: &str, key: &str) -> Option<usize> {
    let quoted = serde_json::to_string(key).ok()?;
    let at = text
        .match_indices(&quoted)
        .find(|(at, found)| text.get(at + found.len()..).is_some_and(|rest| rest.trim_start().starts_with(':')));
    at.and_then(|(at, _)| text.get(..at)).map(|before| before.matches('\n').count() + 1)
}
