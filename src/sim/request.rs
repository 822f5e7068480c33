//! A request taken apart, once, for everything that looks at it.

use super::text::hash;
use crate::azure::http::{Method, Request};
use crate::azure::id::percent_decode;
use crate::moment::{Moment, Span};
use serde_json::Value;

/// What a request is about: a bit for each, so that one row of faults can name several.
pub const POINTS: u16 = 1;
/// A validation is asked for.
pub const CHECK: u16 = 2;
/// A restore is asked for.
pub const START: u16 = 4;
/// How an operation stands.
pub const OPERATION: u16 = 8;
/// One job.
pub const JOB: u16 = 16;
/// The resource graph.
pub const GRAPH: u16 = 32;
/// What is protected: a vault's list, or one row of it.
pub const PROTECTED: u16 = 64;
/// A flexible server.
pub const SERVER: u16 = 128;
/// A storage account, but for what is in it.
pub const ACCOUNT: u16 = 256;
/// Role assignments are read.
pub const ROLES: u16 = 512;
/// A role is to be granted.
pub const GRANT: u16 = 1024;
/// A container is to be created.
pub const CREATE: u16 = 2048;
/// Anything else.
pub const OTHER: u16 = 4096;
/// Whatever only reads.
pub const READS: u16 = POINTS | OPERATION | JOB | GRAPH | PROTECTED | SERVER | ACCOUNT | ROLES | OTHER;
/// Whatever there is.
pub const ANY: u16 = READS | CHECK | START | GRANT | CREATE;

fn about(method: Method, lower: &[String]) -> u16 {
    let has = |name: &str| lower.iter().any(|s| s == name);
    let puts = method == Method::Put;
    match lower.last().map_or("", String::as_str) {
        "restore" => START,
        "validaterestore" => CHECK,
        "permissions" => OTHER,
        _ if has("roleassignments") => {
            if puts {
                GRANT
            } else {
                ROLES
            }
        }
        _ if has("containers") => {
            if puts {
                CREATE
            } else {
                OTHER
            }
        }
        _ if has("recoverypoints") => POINTS,
        _ if has("operationstatus") || has("operationresults") => OPERATION,
        _ if has("backupjobs") => JOB,
        _ if has("backupinstances") => PROTECTED,
        _ if has("microsoft.resourcegraph") => GRAPH,
        _ if has("flexibleservers") => SERVER,
        _ if has("storageaccounts") => ACCOUNT,
        _ => OTHER,
    }
}

/// What was asked, and when.
pub struct Asked<'a> {
    /// When it arrived.
    pub now: Moment,
    /// The verb.
    pub method: Method,
    /// The host it was sent to: a regional one answers as well as the global one.
    pub host: &'a str,
    /// The query exactly as it came: a signature is compared byte for byte.
    pub query: &'a str,
    /// The path's segments, decoded, as they were spelled.
    pub segments: Vec<String>,
    /// The same in lower case, to be compared: Azure's paths are case-insensitive.
    pub lower: Vec<String>,
    /// The body; null where there is none or it is no JSON.
    pub body: Value,
    /// Whether there is a body, JSON or not.
    pub has_body: bool,
    /// Everything that this request is about, by name and in lower case: what faults are provoked by.
    pub names: Vec<String>,
    /// One of the constants above.
    pub about: u16,
    /// How long ago that was started whose operation or job is read.
    pub since: Option<Span>,
    /// What stands in `Authorization`: nothing in the demo.
    pub token: &'a str,
    /// Different for every request.
    pub seed: u64,
    query_values: Vec<(String, String)>,
}

impl<'a> Asked<'a> {
    /// Takes a request apart.
    pub fn new(now: Moment, request: &'a Request, count: u64) -> Self {
        let query = request.url.query();
        let segments: Vec<String> = request
            .url
            .path()
            .split('/')
            .filter(|s| !s.is_empty())
            .map(|s| percent_decode(s).unwrap_or_else(|| s.to_string()))
            .collect();
        let text = request.body.as_deref().unwrap_or_default();
        let lower: Vec<String> = segments.iter().map(|s| s.to_ascii_lowercase()).collect();
        let query_values = query
            .split('&')
            .filter_map(|pair| {
                let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
                Some((percent_decode(name)?, percent_decode(&value.replace('+', " "))?))
            })
            .collect();
        let token = request.headers.iter().find(|(name, _)| name.eq_ignore_ascii_case("authorization"));
        Asked {
            now,
            about: about(request.method, &lower),
            since: None,
            token: token.map_or("", |(_, value)| value),
            method: request.method,
            host: request.url.host(),
            query,
            names: lower.clone(),
            segments,
            lower,
            body: serde_json::from_str(text).unwrap_or(Value::Null),
            has_body: !text.is_empty(),
            seed: hash(&[request.url.as_str(), &now.millis().to_string(), &count.to_string()]),
            query_values,
        }
    }

    /// A value of the query, its name compared without case.
    pub fn query_value(&self, name: &str) -> Option<String> {
        self.query_values.iter().find(|(n, _)| n.eq_ignore_ascii_case(name)).map(|(_, v)| v.clone())
    }

    /// Whether the api-version is later than the first one: what the OpenAPI of 2021-07-01 has no member for is not
    /// told under it (so in the answers of Microsoft's "Restore … using REST API").
    pub fn is_later(&self) -> bool {
        self.version() != "2021-07-01"
    }

    /// The api-version asked for; empty where there is none.
    pub fn version(&self) -> &str {
        self.query_values.iter().find(|(n, _)| n.eq_ignore_ascii_case("api-version")).map_or("", |(_, v)| v)
    }
}

/// A member of a JSON object, its name compared without case, as Azure reads input: `resourceId` and `resourceID`
/// are both taken.
pub fn member<'v>(value: &'v Value, name: &str) -> &'v Value {
    const NOTHING: &Value = &Value::Null;
    value.as_object().and_then(|o| o.iter().find(|(n, _)| n.eq_ignore_ascii_case(name))).map_or(NOTHING, |(_, v)| v)
}

/// A text below some members; empty where there is none.
pub fn text<'v>(value: &'v Value, path: &[&str]) -> &'v str {
    path.iter().fold(value, |v, name| member(v, name)).as_str().unwrap_or_default()
}
