//! `config.json` → [`Config`], or what is wrong with it, line by line.
//!
//! A closed schema: an unknown key is refused, so that a spelling mistake cannot pass. Configuration comes from this
//! file alone, never from an address. Reads no file and no network itself.

use crate::azure::cloud::{ApiVersion, Cloud};
use crate::azure::id::{AccountName, SubscriptionId, is_guid};
use serde_json::Value;

/// The keys that are known. `config.schema.json`, which is shipped beside the page, says the same to an editor; so
/// `$schema` may stand there, and is not read.
pub const KEYS: [&str; 10] = [
    "clientId",
    "tenant",
    "cloud",
    "apiVersion",
    "grantRoles",
    "createContainers",
    "targets",
    "supportText",
    "supportUrl",
    "$schema",
];

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
    /// What people may do with this page.
    pub allowed: Allowed,
    /// Where people ask for help.
    pub support: Support,
}

/// Where people ask for help with this page: at its foot, and where a sign-in fails.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Support {
    /// One line in the administrator's words (`supportText`), at most 200 characters.
    pub text: Option<String>,
    /// An https address (`supportUrl`).
    pub url: Option<String>,
}

/// What an administrator lets people do with this page. It binds this page alone: what an account may do in Azure it may
/// still do elsewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Allowed {
    /// Whether a role may be assigned to a vault's identity (`grantRoles`).
    pub grant_roles: bool,
    /// Whether containers may be made (`createContainers`).
    pub create_containers: bool,
    /// Where files may go (`targets`); nothing for anywhere.
    pub targets: Option<Vec<Target>>,
}

/// Where files may go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// Into every storage account of a subscription.
    Subscription(SubscriptionId),
    /// Into a storage account.
    Account(AccountName),
}

impl Default for Allowed {
    fn default() -> Self {
        Allowed { grant_roles: true, create_containers: true, targets: None }
    }
}

impl Allowed {
    /// Whether files may go into this account, of that subscription; nothing where that depends on the subscription, and
    /// it is not known.
    pub fn lets(&self, account: &AccountName, subscription: Option<&SubscriptionId>) -> Option<bool> {
        let Some(targets) = &self.targets else { return Some(true) };
        let fits = |target: &Target| match target {
            Target::Account(name) => name == account,
            Target::Subscription(id) => Some(id) == subscription,
        };
        let by_subscription = |target: &Target| matches!(target, Target::Subscription(_));
        match targets.iter().any(fits) {
            false if subscription.is_none() && targets.iter().any(by_subscription) => None,
            known => Some(known),
        }
    }
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
    /// A key that stands there twice.
    Twice(&'static str),
    /// A value that should be a text.
    NotText(&'static str),
    /// A value that should be `true` or `false`.
    NotFlag(&'static str),
    /// A value that should be a list of texts.
    NotList(&'static str),
    /// A value that is not of its form.
    Malformed(&'static str),
    /// The client id is still the sample's.
    Placeholder,
}

/// Reads the file's text.
pub fn read(text: &str) -> Result<Config, Vec<Problem>> {
    let text = text.trim_start_matches('\u{feff}');
    let value: Value =
        serde_json::from_str(text).map_err(|error| vec![Problem { line: Some(error.line()), kind: Kind::NotJson }])?;
    let Some(keys) = value.as_object() else { return Err(vec![Problem { line: None, kind: Kind::NotAnObject }]) };
    let mut findings = Findings { members: members(text), problems: Vec::new() };
    for key in keys.keys().filter(|key| !KEYS.contains(&key.as_str())) {
        findings.add(key, Kind::Unknown(key.clone()));
    }
    let twice: Vec<&str> = KEYS.into_iter().filter(|key| findings.lines_of(key).count() > 1).collect();
    for key in &twice {
        findings.add(key, Kind::Twice(key));
    }
    // What stands there twice is not judged besides.
    let said = |key: &str| keys.get(key).filter(|_| !twice.contains(&key));
    let mut take = |key: &'static str, needed: bool, fits: fn(&str) -> bool| {
        let value = said(key);
        match value.map(Value::as_str) {
            None if needed && !twice.contains(&key) => findings.add(key, Kind::Missing(key)),
            None => {}
            Some(None) => findings.add(key, Kind::NotText(key)),
            Some(Some(PLACEHOLDER)) if key == "clientId" => findings.add(key, Kind::Placeholder),
            Some(Some(said)) if !fits(said.trim()) => findings.add(key, Kind::Malformed(key)),
            Some(Some(_)) => {}
        }
        value.and_then(Value::as_str).map(str::trim)
    };
    let client_id = take("clientId", true, is_guid);
    let tenant = take("tenant", true, is_tenant);
    let cloud = take("cloud", false, |name| cloud(name).is_some());
    let api = take("apiVersion", false, |name| api_version(name).is_some());
    let support = Support {
        text: take("supportText", false, is_line).map(str::to_string),
        url: take("supportUrl", false, is_https).map(str::to_string),
    };
    take("$schema", false, |_| true);
    let mut flag = |key: &'static str| match said(key) {
        Some(Value::Bool(flag)) => *flag,
        Some(_) => {
            findings.add(key, Kind::NotFlag(key));
            true
        }
        None => true,
    };
    let (grant_roles, create_containers) = (flag("grantRoles"), flag("createContainers"));
    let targets = said("targets").map(|value| {
        targets(value).unwrap_or_else(|kind| {
            findings.add("targets", kind);
            Vec::new()
        })
    });
    match (client_id, tenant) {
        (Some(client_id), Some(tenant)) if findings.problems.is_empty() => Ok(Config {
            client_id: client_id.to_string(),
            tenant: tenant.to_string(),
            cloud: cloud.and_then(self::cloud).unwrap_or_default(),
            api_version: api.and_then(api_version).unwrap_or_default(),
            allowed: Allowed { grant_roles, create_containers, targets },
            support,
        }),
        _ => Err(findings.problems),
    }
}

/// Reads where files may go: subscriptions by their id, storage accounts by their name. An empty list would forbid every
/// restore, which nobody means.
fn targets(value: &Value) -> Result<Vec<Target>, Kind> {
    let texts: Option<Vec<&str>> = value.as_array().and_then(|all| all.iter().map(Value::as_str).collect());
    let texts = texts.ok_or(Kind::NotList("targets"))?;
    let target = |text: &str| {
        let subscription = SubscriptionId::parse(text).map(Target::Subscription);
        subscription.or_else(|| AccountName::parse(text).map(Target::Account))
    };
    let targets: Option<Vec<Target>> = texts.iter().map(|text| target(text.trim())).collect();
    targets.filter(|all| !all.is_empty()).ok_or(Kind::Malformed("targets"))
}

/// What is wrong so far, in the order of lines.
struct Findings {
    members: Vec<(String, usize)>,
    problems: Vec<Problem>,
}

impl Findings {
    fn lines_of(&self, key: &str) -> impl Iterator<Item = usize> {
        self.members.iter().filter(move |(name, _)| name == key).map(|(_, line)| *line)
    }

    fn add(&mut self, key: &str, kind: Kind) {
        let line = self.lines_of(key).next();
        let at = self.problems.iter().position(|problem| problem.line > line).unwrap_or(self.problems.len());
        self.problems.insert(at, Problem { line, kind });
    }
}

fn cloud(name: &str) -> Option<Cloud> {
    Cloud::ALL.into_iter().find(|cloud| cloud.name() == name)
}

fn api_version(name: &str) -> Option<ApiVersion> {
    ApiVersion::ALL.into_iter().find(|api| api.as_str() == name)
}

/// A tenant's GUID, a domain, or `organizations`. `common` would let personal accounts in, which have no Azure
/// Resource Manager.
fn is_tenant(text: &str) -> bool {
    let domain = text.contains('.')
        && text.len() <= 253
        && text.split('.').all(|label| {
            !label.is_empty() && label.len() <= 63 && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
        });
    (is_guid(text) && text != PLACEHOLDER) || domain || text == "organizations"
}

/// One line that says something: nothing that breaks it, nothing that turns the text around.
fn is_line(text: &str) -> bool {
    let unseen = |c: char| {
        c.is_control()
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
    };
    !text.is_empty() && text.chars().count() <= 200 && !text.contains(unseen)
}

/// An https address as it would be typed: a host, perhaps a port, perhaps more; no user info, nothing but visible ASCII.
fn is_https(text: &str) -> bool {
    let Some(rest) = text.strip_prefix("https://") else { return false };
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (host, more) = rest.split_at(end);
    let (name, port) = host.split_once(':').unwrap_or((host, "443"));
    let digits = (1..=5).contains(&port.len()) && port.bytes().all(|b| b.is_ascii_digit());
    let named = !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-'));
    named && digits && text.len() <= 500 && more.bytes().all(|b| b.is_ascii_graphic() && b != b'\\')
}

/// The members of the outermost object as they stand in the file, each with its line: also one that stands there twice,
/// however its name is spelled (`"client\u0049d"`). The text is known to be JSON.
fn members(text: &str) -> Vec<(String, usize)> {
    let (mut members, mut depth, mut line) = (Vec::new(), 0, 1);
    let mut bytes = text.bytes().enumerate();
    while let Some((from, byte)) = bytes.next() {
        match byte {
            b'\n' => line += 1,
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth -= 1,
            b'"' => {
                let mut escaped = false;
                let end = bytes.find(|(_, byte)| {
                    let ends = *byte == b'"' && !escaped;
                    escaped = *byte == b'\\' && !escaped;
                    ends
                });
                let Some((name, rest)) = end.and_then(|(end, _)| Some((text.get(from..=end)?, text.get(end + 1..)?)))
                else {
                    continue;
                };
                if depth == 1
                    && rest.trim_start().starts_with(':')
                    && let Ok(Value::String(name)) = serde_json::from_str(name)
                {
                    members.push((name, line));
                }
            }
            _ => {}
        }
    }
    members
}
