//! Permissions and role assignments.

use super::{answer, arm, container, subscription};
use pgflex_restore::azure::access::{GRANT, RESTORE, assignment_name, permits};
use pgflex_restore::azure::calls;
use pgflex_restore::azure::http::Method;

/// Whether sets of actions, written `actions / notActions`, let an action be done.
#[track_caller]
fn check(sets: &[&str], action: &str, expected: bool) {
    let quoted = |list: &str| list.split_whitespace().map(|one| format!("\"{one}\"")).collect::<Vec<_>>().join(",");
    let sets: Vec<String> = sets
        .iter()
        .map(|set| {
            let (actions, not) =
                set.split_once('/').map_or((*set, ""), |_| set.split_once(" - ").unwrap_or((*set, "")));
            format!(r#"{{"actions":[{}],"notActions":[{}]}}"#, quoted(actions), quoted(not))
        })
        .collect();
    let body = format!(r#"{{"value":[{}]}}"#, sets.join(","));
    let page = calls::permissions(arm(), &subscription(), "/subscriptions/x").read(&answer(200, &[], &body)).unwrap();
    assert_eq!(permits(&page.items, action), expected, "{action} by {sets:?}");
}

#[test]
fn an_action_is_permitted_by_a_set_that_has_it_and_does_not_take_it_out() {
    check(&["*"], RESTORE, true);
    check(&[], RESTORE, false);
    check(&["*/read"], RESTORE, false);
    check(&["Microsoft.DataProtection/backupVaults/backupInstances/*/action"], RESTORE, true);
    check(&["microsoft.dataprotection/BACKUPVAULTS/backupinstances/RESTORE/action"], RESTORE, true);
    check(&["Microsoft.DataProtection/*"], GRANT, false);
    check(&["Microsoft.DataProtection/*/read"], RESTORE, false);
    check(&["*/restore/*"], RESTORE, true);
    check(&["*/restore/*/x"], RESTORE, false);
}

#[test]
fn what_one_set_takes_out_another_may_give() {
    const CONTRIBUTOR: &str = "* - Microsoft.Authorization/*/Write Microsoft.Authorization/*/Delete";
    check(&[CONTRIBUTOR], GRANT, false);
    check(&[CONTRIBUTOR], RESTORE, true);
    check(&[CONTRIBUTOR, "Microsoft.Authorization/roleAssignments/*"], GRANT, true);
}

#[test]
fn an_odd_set_of_actions_permits_nothing_and_hides_no_other() {
    let body = r#"{"value":[{"actions":"*"},7,{"actions":[null,3],"notActions":{}},{"actions":["*"]}]}"#;
    let page = calls::permissions(arm(), &subscription(), "/subscriptions/x").read(&answer(200, &[], body)).unwrap();
    assert_eq!((page.items.len(), page.skipped), (3, 1));
    assert!(permits(&page.items, RESTORE));
}

#[test]
fn roles_are_asked_for_by_whom_they_are_assigned_to_there_and_above() {
    let call = calls::role_assignments(arm(), &container(), "e4b70c92-8d15-4a6f-b3c8-17f0a95d2e63");
    let query = call.request.url.query();
    assert!(
        query.ends_with("$filter=atScope()%20and%20assignedTo(%27e4b70c92-8d15-4a6f-b3c8-17f0a95d2e63%27)"),
        "{query}"
    );
    let body = r#"{"value":[
        {"properties":{"roleDefinitionId":"/subscriptions/x/providers/Microsoft.Authorization/roleDefinitions/BA92F5B4-2d11-453d-a403-e96b0029c9fe","scope":"/","condition":null,"createdOn":"2026-11-22T02:00:00.1234567Z"}},
        {"properties":{"roleDefinitionId":"/x/b7e6dc6d-f1e8-4753-8033-0f276bb0955b","condition":"@Resource[x]"}},
        {"properties":{}}]}"#;
    let page = call.read(&answer(200, &[], body)).unwrap();
    let told: Vec<String> =
        page.items.iter().map(|one| format!("{} {} {:?}", one.role, one.conditional, one.since)).collect();
    assert_eq!(
        told,
        [
            "ba92f5b4-2d11-453d-a403-e96b0029c9fe false Some(2026-11-22T02:00:00Z)",
            "b7e6dc6d-f1e8-4753-8033-0f276bb0955b true None"
        ]
    );
    assert_eq!(page.skipped, 1);
}

#[test]
fn an_assignment_has_one_name_for_one_container_and_one_identity() {
    let (one, other) = ("e4b70c92-8d15-4a6f-b3c8-17f0a95d2e63", "0d96f2c4-71e8-4b35-a02d-c94e5f8137ab");
    let name = assignment_name(&container(), one);
    assert_eq!(name, assignment_name(&container(), &one.to_uppercase()), "whatever the case");
    assert_ne!(name, assignment_name(&container(), other));
    let mut elsewhere = container();
    elsewhere.name = pgflex_restore::azure::id::ContainerName::parse("drill-2").unwrap();
    assert_ne!(name, assignment_name(&elsewhere, one));
    // A GUID of version 8, variant 1 (RFC 9562).
    assert!(pgflex_restore::azure::id::is_guid(&name), "{name}");
    assert!(name.as_bytes()[14] == b'8' && b"89ab".contains(&name.as_bytes()[19]), "{name}");
    // It is written down in Azure: another version of this program has to find the same.
    assert_eq!(name, "197a4d6b-fa39-8371-a231-140fcf16e2fc");
}

#[test]
fn the_role_is_assigned_on_the_container_to_a_service_principal() {
    let call = calls::grant(arm(), &container(), "e4b70c92-8d15-4a6f-b3c8-17f0a95d2e63");
    assert_eq!(call.request.method, Method::Put);
    assert!(call.request.url.path().contains("/containers/drill/providers/Microsoft.Authorization/roleAssignments/"));
    assert_eq!(
        call.request.body.as_deref(),
        Some(
            r#"{"properties":{"principalId":"e4b70c92-8d15-4a6f-b3c8-17f0a95d2e63","principalType":"ServicePrincipal","roleDefinitionId":"/subscriptions/11111111-2222-4333-8444-555555555555/providers/Microsoft.Authorization/roleDefinitions/ba92f5b4-2d11-453d-a403-e96b0029c9fe"}}"#
        )
    );
}
