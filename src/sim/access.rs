//! Who may do what: role assignments and permissions.

use super::errors::Answered;
use super::listing::page;
use super::places::{ACCOUNTS, SUBSCRIPTIONS, VAULTS};
use super::request::Asked;
use super::text::{fill, guid, join};
use super::world::{BLOB_CONTRIBUTOR, OPERATOR, OWNER};

/// Whether `scope` is `above` or below it.
fn below(scope: &str, above: &str) -> bool {
    let with_slash = |s: &str| join(&[&s.to_ascii_lowercase(), "/"]);
    with_slash(scope).starts_with(&with_slash(above))
}

fn assignment(scope: &str, principal: &str, kind: &str, role: &str) -> String {
    let subscription = scope.split('/').nth(2).unwrap_or_default();
    fill(
        r#"{"properties":{
        "roleDefinitionId":"/subscriptions/{s}/providers/Microsoft.Authorization/roleDefinitions/{role}",
        "principalId":"{principal}","principalType":"{kind}","scope":"{scope}","condition":null,
        "conditionVersion":null,"createdOn":"2026-01-14T10:02:37.4471906Z","updatedOn":"2026-01-14T10:02:37.4471906Z",
        "createdBy":null,"updatedBy":null,"delegatedManagedIdentityResourceId":null,"description":null},
        "id":"{scope}/providers/Microsoft.Authorization/roleAssignments/{id}",
        "type":"Microsoft.Authorization/roleAssignments","name":"{id}"}"#,
        &[
            ("s", subscription),
            ("role", role),
            ("principal", principal),
            ("kind", kind),
            ("scope", scope),
            ("id", &guid(&[scope, principal, role])),
        ],
    )
}

/// Who may do what: the operator owns every subscription, and every vault may write into every container, but for the
/// names that provoke a missing role.
fn assignments() -> Vec<(String, &'static str, &'static str, &'static str)> {
    let mut all = Vec::new();
    for s in SUBSCRIPTIONS {
        all.push((join(&["/subscriptions/", s.id]), OPERATOR, "User", OWNER));
    }
    for a in ACCOUNTS {
        let scopes: Vec<String> = if a.granted_whole {
            vec![a.id()]
        } else {
            a.containers().filter(|c| *c != "no-role").map(|c| a.container_id(c)).collect()
        };
        for scope in scopes {
            for v in VAULTS.iter().filter(|v| v.name != "bvault-demo-role-missing") {
                all.push((scope.clone(), v.principal, "ServicePrincipal", BLOB_CONTRIBUTOR));
            }
        }
    }
    all
}

/// GET roleAssignments at a scope: what is granted there and above; without `atScope()` also what is below. A filter
/// by principal is taken in both spellings, `principalId eq '…'` and `assignedTo('…')`.
pub fn role_assignments(asked: &Asked, scope: &str) -> Answered {
    let filter = asked.query_value("$filter").unwrap_or_default();
    let at_scope = filter.to_ascii_lowercase().contains("atscope()");
    let principal = filter.split('\'').nth(1);
    let rows: Vec<String> = assignments()
        .iter()
        .filter(|(granted, who, ..)| {
            (below(scope, granted) || (!at_scope && below(granted, scope)))
                && principal.is_none_or(|p| p.eq_ignore_ascii_case(who))
        })
        .map(|(granted, who, kind, role)| assignment(granted, who, kind, role))
        .collect();
    page(&rows)
}

/// GET permissions: what the operator may do. An owner may do all; other roles' rows stand beside it.
pub fn permissions() -> Answered {
    page(&[
        r#"{"actions":["*"],"notActions":[],"dataActions":[],"notDataActions":[]}"#.to_string(),
        r#"{"actions":["Microsoft.DataProtection/backupVaults/*/read","*/read"],"notActions":[],"dataActions":[],"notDataActions":[]}"#.to_string(),
    ])
}
