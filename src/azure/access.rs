//! Who may do what: permissions and role assignments (Microsoft.Authorization, 2022-04-01).

use super::id::{ContainerId, is_guid};
use super::json::{At, object, print};
use crate::moment::Moment;
use serde_json::Value;

/// Storage Blob Data Contributor ("Azure built-in roles"): what the vault's identity needs on the target.
pub const BLOB_CONTRIBUTOR: &str = "ba92f5b4-2d11-453d-a403-e96b0029c9fe";
/// Storage Blob Data Owner ("Azure built-in roles"): may do all of that, too.
pub const BLOB_OWNER: &str = "b7e6dc6d-f1e8-4753-8033-0f276bb0955b";
/// Reader ("Azure built-in roles"): never lets anybody write.
pub const READER: &str = "acdd72a7-3385-48ef-bd42-f606fba81ae7";

/// What to do so that a role is granted.
pub const GRANT: &str = "Microsoft.Authorization/roleAssignments/write";
/// What to do so that a restore starts.
pub const RESTORE: &str = "Microsoft.DataProtection/backupVaults/backupInstances/restore/action";
/// What to do so that Azure checks a restore.
pub const VALIDATE: &str = "Microsoft.DataProtection/backupVaults/backupInstances/validateRestore/action";

/// One of the sets of actions that the person has at a scope.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Permission {
    /// Patterns of actions, such as `Microsoft.Storage/*/read`.
    pub actions: Vec<String>,
    /// Patterns of those that are taken out again.
    pub not_actions: Vec<String>,
}

/// A role assignment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assignment {
    /// The role's id: a GUID.
    pub role: String,
    /// Whether it holds under a condition alone (`condition`).
    pub conditional: bool,
    /// When it was made (`createdOn`): one takes up to half an hour to work.
    pub since: Option<Moment>,
}

/// Reads a set of actions.
pub fn permission(value: &Value) -> Option<Permission> {
    value.is_object().then(|| Permission { actions: texts(value, "actions"), not_actions: texts(value, "notActions") })
}

/// Reads a role assignment.
pub fn assignment(value: &Value) -> Option<Assignment> {
    let said = value.at("properties");
    let (_, role) = said.text("roleDefinitionId")?.rsplit_once('/')?;
    Some(Assignment {
        role: role.to_ascii_lowercase(),
        conditional: said.text("condition").is_some(),
        since: said.moment("createdOn"),
    })
}

fn texts(value: &Value, name: &str) -> Vec<String> {
    value.items(name).iter().filter_map(Value::as_str).map(str::to_string).collect()
}

/// Whether an action is among these: one set has it and does not take it out again. What one set takes out, another may
/// give ("Understand Azure role definitions", NotActions).
pub fn permits(permissions: &[Permission], action: &str) -> bool {
    let among = |patterns: &[String]| patterns.iter().any(|pattern| matches(pattern, action));
    permissions.iter().any(|set| among(&set.actions) && !among(&set.not_actions))
}

/// Whether an action fits a pattern, in which `*` stands for any text. Without case.
fn matches(pattern: &str, action: &str) -> bool {
    let (pattern, action) = (pattern.to_ascii_lowercase(), action.to_ascii_lowercase());
    let Some((begin, mut rest)) = pattern.split_once('*') else { return pattern == action };
    let Some(mut left) = action.strip_prefix(begin) else { return false };
    while let Some((part, more)) = rest.split_once('*') {
        let Some((_, after)) = left.split_once(part) else { return false };
        (left, rest) = (after, more);
    }
    left.ends_with(rest)
}

/// The name of the assignment that lets this principal write into this container: the same one each time, so that
/// asking twice assigns once. A GUID of version 8 (RFC 9562) from two hashes (FNV-1a) of what is assigned.
pub fn assignment_name(container: &ContainerId, principal: &str) -> String {
    let text = [&container.path(), principal, BLOB_CONTRIBUTOR].join("\n").to_ascii_lowercase();
    let hash = |start: u64| text.bytes().fold(start, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3));
    let (a, b) = (hash(0xcbf2_9ce4_8422_2325), hash(0x6c62_272e_07bb_0142));
    format!(
        "{:08x}-{:04x}-8{:03x}-{:04x}-{:012x}",
        a >> 32,
        (a >> 16) & 0xffff,
        a & 0xfff,
        0x8000 | ((b >> 48) & 0x3fff),
        b & 0xffff_ffff_ffff
    )
}

/// The body that assigns the role. With its `principalType`, Azure does not look for a new identity where it may not
/// have arrived yet.
pub fn grant_body(container: &ContainerId, principal: &str) -> String {
    let role = format!(
        "/subscriptions/{}/providers/Microsoft.Authorization/roleDefinitions/{BLOB_CONTRIBUTOR}",
        container.subscription
    );
    let properties = [
        ("roleDefinitionId", Value::from(role)),
        ("principalId", Value::from(principal)),
        ("principalType", Value::from("ServicePrincipal")),
    ];
    print(&object([("properties", object(properties))]))
}

/// The object id of an identity, if it is of its form.
pub fn principal(text: &str) -> Option<&str> {
    is_guid(text).then_some(text)
}
