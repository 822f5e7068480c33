//! Who may do what: role assignments, those that were granted here among them, and permissions.

use super::Azure;
use super::errors::{Answered, gateway, no_content, no_resource, ok};
use super::listing::page;
use super::places::{ACCOUNTS, SUBSCRIPTIONS, VAULTS};
use super::request::{Asked, member, text};
use super::storage::{has_container, no_container};
use super::text::{fill, guid, join, quoted, time};
use super::world::{
    ACCOUNT_CONTRIBUTOR, Account, BLOB_CONTRIBUTOR, BLOB_OWNER, Granted, Group, OPERATOR, OWNER, TENANT, Vault,
    find_account, find_vault,
};
use crate::azure::http::Response;
use crate::moment::{Moment, Span};

/// How long a new assignment counts for nothing yet. Microsoft's documentation: up to ten minutes.
const COUNTS_AFTER: Span = Span::from_secs(240);

/// The roles that may be granted: Azure's built-in ones that have to do with a restore.
const ROLES: [&str; 7] = [
    BLOB_CONTRIBUTOR,
    BLOB_OWNER,
    ACCOUNT_CONTRIBUTOR,
    OWNER,
    // Storage Blob Data Reader, Reader, Contributor.
    "2a2b9908-6ea1-4ae2-8e65-a410df84e7d1",
    "acdd72a7-3385-48ef-bd42-f606fba81ae7",
    "b24988ac-6180-42a0-ab88-20f7382dd24c",
];

/// A condition that a vault does not meet: it names another container.
const CONDITION: &str = "((!(ActionMatches{'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/write'})) OR \
                         (@Resource[Microsoft.Storage/storageAccounts/blobServices/containers:name] StringEquals \
                         'exports'))";

/// A role on a scope, for somebody.
#[derive(Clone)]
pub struct Assignment {
    /// A GUID.
    pub name: String,
    /// Where it holds, and below.
    pub scope: String,
    /// Who has it.
    pub principal: String,
    /// What that is.
    pub kind: String,
    /// The role's GUID.
    pub role: String,
    /// Under which condition; empty for none.
    pub condition: &'static str,
    /// When it was granted, if that was here.
    pub at: Option<Moment>,
}

/// Whether `scope` is `above` or below it.
fn below(scope: &str, above: &str) -> bool {
    let with_slash = |s: &str| join(&[&s.to_ascii_lowercase(), "/"]);
    with_slash(scope).starts_with(&with_slash(above))
}

impl Assignment {
    fn id(&self) -> String {
        join(&[&self.scope, "/providers/Microsoft.Authorization/roleAssignments/", &self.name])
    }

    fn body(&self) -> String {
        let at = self.at.map_or_else(|| "2026-01-14T10:02:37.4471906Z".to_string(), time);
        let or_null = |text: &str| if text.is_empty() { "null".to_string() } else { quoted(text) };
        fill(
            r#"{"properties":{
            "roleDefinitionId":"/subscriptions/{s}/providers/Microsoft.Authorization/roleDefinitions/{role}",
            "principalId":"{principal}","principalType":"{kind}","scope":"{scope}","condition":{!condition},
            "conditionVersion":{!version},"createdOn":"{at}","updatedOn":"{at}","createdBy":null,"updatedBy":null,
            "delegatedManagedIdentityResourceId":null,"description":null},
            "id":"{id}","type":"Microsoft.Authorization/roleAssignments","name":"{name}"}"#,
            &[
                ("s", self.scope.split('/').nth(2).unwrap_or_default()),
                ("role", &self.role),
                ("principal", &self.principal),
                ("kind", &self.kind),
                ("scope", &self.scope),
                ("condition", &or_null(self.condition)),
                ("version", &or_null(if self.condition.is_empty() { "" } else { "2.0" })),
                ("at", &at),
                ("id", &self.id()),
                ("name", &self.name),
            ],
        )
    }

    /// Whether another one gives the same to the same.
    fn is_as(&self, other: &Assignment) -> bool {
        let same = |a: &str, b: &str| a.eq_ignore_ascii_case(b);
        same(&self.scope, &other.scope) && same(&self.principal, &other.principal) && same(&self.role, &other.role)
    }
}

fn standing(scope: &str, principal: &str, kind: &str, role: &str) -> Assignment {
    Assignment {
        name: guid(&[scope, principal, role]),
        scope: scope.to_string(),
        principal: principal.to_string(),
        kind: kind.to_string(),
        role: role.to_string(),
        condition: "",
        at: None,
    }
}

/// Where the vaults' role on an account stands from the beginning.
fn granted_at(a: &Account) -> Vec<String> {
    match a.granted {
        Granted::Whole | Granted::Conditioned | Granted::Other => vec![a.id()],
        Granted::Each => a.containers().filter(|c| *c != "no-role").map(|c| a.container_id(c)).collect(),
        Granted::Above => vec![a.place().id()],
        Granted::Nowhere => Vec::new(),
    }
}

/// Who may do what, as far as these scopes and principals are wanted: the operator owns every subscription, and every
/// vault but one may write into every container, but for those of which the tables say otherwise. A vault without an
/// identity has no role.
fn assignments(azure: &Azure, wanted: &dyn Fn(&str) -> bool, of: &dyn Fn(&str) -> bool) -> Vec<Assignment> {
    let mut all = Vec::new();
    for s in SUBSCRIPTIONS {
        let scope = join(&["/subscriptions/", s.id]);
        if wanted(&scope) && of(OPERATOR) {
            all.push(standing(&scope, OPERATOR, "User", OWNER));
        }
    }
    let has_role = |v: &&Vault| v.has_identity() && v.name != "bvault-demo-role-missing" && of(v.principal);
    for a in ACCOUNTS {
        let condition = if a.granted == Granted::Conditioned { CONDITION } else { "" };
        let role = if a.granted == Granted::Other { ACCOUNT_CONTRIBUTOR } else { BLOB_CONTRIBUTOR };
        for scope in granted_at(a).into_iter().filter(|scope| wanted(scope)) {
            for v in VAULTS.iter().filter(has_role) {
                let row = standing(&scope, v.principal, "ServicePrincipal", role);
                all.push(Assignment { condition, ..row });
            }
        }
    }
    all.extend(azure.granted.iter().filter(|g| wanted(&g.scope) && of(&g.principal)).cloned());
    all
}

/// Whether a vault may write into a container by now, whatever is in it.
pub fn may_write(azure: &Azure, v: &Vault, container: &str, now: Moment) -> bool {
    assignments(azure, &|granted| below(container, granted), &|who| who.eq_ignore_ascii_case(v.principal)).iter().any(
        |a| {
            [BLOB_CONTRIBUTOR, BLOB_OWNER].contains(&a.role.as_str())
                && a.condition.is_empty()
                && a.at.is_none_or(|at| at + COUNTS_AFTER <= now)
        },
    )
}

/// GET roleAssignments at a scope: what is granted there and above; without `atScope()` also what is below. A filter
/// by principal is taken in both spellings, `principalId eq '…'` and `assignedTo('…')`.
pub fn role_assignments(azure: &Azure, asked: &Asked, scope: &str) -> Answered {
    let filter = asked.query_value("$filter").unwrap_or_default();
    let at_scope = filter.to_ascii_lowercase().contains("atscope()");
    let principal = filter.split('\'').nth(1);
    let wanted = |granted: &str| below(scope, granted) || (!at_scope && below(granted, scope));
    let of = |who: &str| principal.is_none_or(|p| p.eq_ignore_ascii_case(who));
    page(&assignments(azure, &wanted, &of).iter().map(Assignment::body).collect::<Vec<_>>())
}

/// GET one of them.
pub fn role_assignment(azure: &Azure, scope: &str, name: &str) -> Answered {
    let here = |granted: &str| granted.eq_ignore_ascii_case(scope);
    let all = assignments(azure, &here, &|_| true);
    let found = all.iter().find(|a| a.name.eq_ignore_ascii_case(name));
    let gone = || {
        let words = join(&["The role assignment '", name, "' is not found."]);
        gateway(404, "RoleAssignmentNotFound", &words)
    };
    found.map(|a| ok(a.body())).ok_or_else(gone)
}

fn is_guid(text: &str) -> bool {
    let lengths: Vec<usize> = text.split('-').map(str::len).collect();
    lengths == [8, 4, 4, 4, 12] && text.bytes().all(|b| b == b'-' || b.is_ascii_hexdigit())
}

/// What a scope names has to be there: an account, a container or a vault is looked for, what stands in its place.
fn look_for(azure: &Azure, asked: &Asked, group: Option<&Group>) -> Result<(), Response> {
    let Some(group) = group else { return Ok(()) };
    let name_of = |kind: &str| {
        let at = asked.lower.iter().position(|s| s == kind)?;
        asked.segments.get(at + 1).map(String::as_str)
    };
    if let Some(name) = name_of("storageaccounts") {
        let gone = || no_resource("Microsoft.Storage/storageAccounts", name, group.name);
        let account = find_account(group, name).ok_or_else(gone)?;
        let container = name_of("containers").map(str::to_ascii_lowercase);
        if container.is_some_and(|container| !has_container(azure, account, &container)) {
            return Err(no_container());
        }
    }
    match name_of("backupvaults") {
        Some(name) if find_vault(group, name).is_none() => {
            Err(no_resource("Microsoft.DataProtection/BackupVaults", name, group.name))
        }
        _ => Ok(()),
    }
}

/// PUT a role assignment: 201; 200 for the very same once more; 409 where the same is granted under another name.
pub fn grant(azure: &mut Azure, asked: &Asked, scope: &str, group: Option<&Group>) -> Answered {
    look_for(azure, asked, group)?;
    let name = asked.segments.last().map_or("", String::as_str);
    if !is_guid(name) {
        let words = ["The role assignment ID '", name, "' is not valid. The role assignment ID must be a GUID."];
        return Err(gateway(400, "InvalidRoleAssignmentId", &join(&words)));
    }
    if !asked.body.is_object() {
        return Err(no_content());
    }
    let said = member(&asked.body, "properties");
    let (definition, principal) = (text(said, &["roleDefinitionId"]), text(said, &["principalId"]));
    let role = definition.rsplit('/').next().unwrap_or_default().to_ascii_lowercase();
    if !is_guid(principal) || role.is_empty() {
        return Err(gateway(400, "BadRequestFormat", "The request was incorrectly formatted."));
    }
    if !ROLES.contains(&role.as_str()) {
        let words = ["The specified role definition with ID '", &role, "' does not exist."];
        return Err(gateway(404, "RoleDefinitionDoesNotExist", &join(&words)));
    }
    let kind = match text(said, &["principalType"]) {
        "" if VAULTS.iter().any(|v| v.principal.eq_ignore_ascii_case(principal)) => "ServicePrincipal",
        "" if principal.eq_ignore_ascii_case(OPERATOR) => "User",
        // Whoever says what it is may know more than the directory does by now.
        "" => {
            let words = ["Principal ", principal, " does not exist in the directory ", TENANT, "."];
            return Err(gateway(400, "PrincipalNotFound", &join(&words)));
        }
        kind => kind,
    };
    let new =
        Assignment { name: name.to_ascii_lowercase(), at: Some(asked.now), ..standing(scope, principal, kind, &role) };
    let here = |granted: &str| granted.eq_ignore_ascii_case(scope);
    let all = assignments(azure, &here, &|_| true);
    match all.iter().find(|a| a.name == new.name) {
        Some(same) if same.is_as(&new) => return Ok(ok(same.body())),
        Some(_) => {
            let words = "Tenant ID, application ID, principal ID, and scope are not allowed to be updated.";
            return Err(gateway(400, "RoleAssignmentUpdateNotPermitted", words));
        }
        None if all.iter().any(|a| a.is_as(&new)) => {
            return Err(gateway(409, "RoleAssignmentExists", "The role assignment already exists."));
        }
        None => {}
    }
    let body = new.body();
    azure.granted.push(new);
    Ok(Response { status: 201, ..ok(body) })
}

/// Where the operator is not the owner: may only read, or do all but grant.
const READER: &str = r#"{"actions":["*/read"],"notActions":[],"dataActions":[],"notDataActions":[]}"#;
const CONTRIBUTOR: &str = r#"{"actions":["*"],"notActions":["Microsoft.Authorization/*/Delete",
    "Microsoft.Authorization/*/Write","Microsoft.Authorization/elevateAccess/Action"],
    "dataActions":[],"notDataActions":[]}"#;
const LESS: [(&str, &str); 3] =
    [("bvault-demo-reader", READER), ("stnocreateweu", READER), ("stnograntweu", CONTRIBUTOR)];

/// GET permissions: what the operator may do. An owner may do all; other roles' rows stand beside it.
pub fn permissions(asked: &Asked) -> Answered {
    if let Some((_, row)) = LESS.iter().find(|(name, _)| asked.lower.iter().any(|s| s == name)) {
        return page(&[fill(row, &[])]);
    }
    page(&[
        r#"{"actions":["*"],"notActions":[],"dataActions":[],"notDataActions":[]}"#.to_string(),
        r#"{"actions":["Microsoft.DataProtection/backupVaults/*/read","*/read"],"notActions":[],"dataActions":[],"notDataActions":[]}"#.to_string(),
    ])
}
