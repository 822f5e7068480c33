//! `assign-role.sh`: roles made known and assigned, twice is once, and no further than was asked for.

use super::{Ran, Shell, needs};
use crate::commands::known;
use expect_test::expect;
use pgflex_restore::azure::access::BLOB_CONTRIBUTOR;
use serde_json::Value;

const TEAM: &str = "7ac02f95-e3d1-4860-a5b9-4d8f16e2c073";
const SUB: &str = "/subscriptions/6f2d9a41-5c0e-4b7a-9f63-2d1e8c7b4a05";
const OTHER: &str = "/subscriptions/b81c4e7d-0a52-4d39-8e16-95f3c2a7d640";

fn vault() -> String {
    format!("{SUB}/resourceGroups/rg-backup-prod/providers/Microsoft.DataProtection/backupVaults/bvault-prod-weu")
}

fn account() -> String {
    format!("{OTHER}/resourceGroups/rg-restore/providers/Microsoft.Storage/storageAccounts/stordersrestoreweu")
}

#[track_caller]
fn well(ran: Ran) -> Ran {
    assert!(ran.went_well, "{ran:?}");
    ran
}

fn role(shell: &Shell, name: &str) -> Value {
    serde_json::from_str(&shell.read(&format!("role {name}"))).unwrap()
}

#[test]
fn the_operator_s_role_is_made_once_and_assigned_to_a_group() {
    let shell = Shell::new();
    let ran = well(shell.run("assign-role.sh", &[TEAM, SUB]));
    expect![[r#"
        role definition list PG Flex Restore Operator /subscriptions/6f2d9a41-5c0e-4b7a-9f63-2d1e8c7b4a05
        role definition create
        role assignment create pg-flex-restore-operator Group /subscriptions/6f2d9a41-5c0e-4b7a-9f63-2d1e8c7b4a05
    "#]]
    .assert_eq(&ran.told());
    let made = role(&shell, "PG Flex Restore Operator");
    assert_eq!(made["AssignableScopes"], serde_json::json!([SUB]));
    let actions: Vec<&str> =
        made["Actions"].as_array().unwrap().iter().map(|action| action.as_str().unwrap()).collect();
    assert_eq!(actions, needs::actions("restore-operator.json"));
    // In another subscription later: it stays assignable in the first.
    let ran = well(shell.run("assign-role.sh", &["--user", TEAM, OTHER, SUB]));
    expect![[r#"
        role definition list PG Flex Restore Operator /subscriptions/b81c4e7d-0a52-4d39-8e16-95f3c2a7d640
        role definition list PG Flex Restore Operator /subscriptions/6f2d9a41-5c0e-4b7a-9f63-2d1e8c7b4a05
        role definition update
        role assignment create pg-flex-restore-operator User /subscriptions/b81c4e7d-0a52-4d39-8e16-95f3c2a7d640
        role assignment create pg-flex-restore-operator User /subscriptions/6f2d9a41-5c0e-4b7a-9f63-2d1e8c7b4a05
    "#]]
    .assert_eq(&ran.told());
    assert_eq!(role(&shell, "PG Flex Restore Operator")["AssignableScopes"], serde_json::json!([SUB, OTHER]));
    well(shell.run("assign-role.sh", &[TEAM, SUB]));
    assert_eq!(role(&shell, "PG Flex Restore Operator")["AssignableScopes"], serde_json::json!([SUB, OTHER]));
}

#[test]
fn who_may_restore_from_one_vault_may_follow_it_too() {
    let shell = Shell::new();
    let ran = well(shell.run("assign-role.sh", &[TEAM, &vault(), &account()]));
    let assigned: Vec<String> =
        ran.told().lines().filter(|line| line.starts_with("role assignment")).map(str::to_string).collect();
    let line = |role: &str, scope: &str| format!("role assignment create {role} Group {scope}");
    assert_eq!(
        assigned,
        [
            line("pg-flex-restore-operator", &vault()),
            line("pg-flex-restore-operator", &account()),
            line("pg-flex-restore-follower", SUB),
            line("pg-flex-restore-follower", OTHER),
        ]
    );
    assert_eq!(role(&shell, "PG Flex Restore Follower")["AssignableScopes"], serde_json::json!([SUB, OTHER]));
}

#[test]
fn whoever_prepares_targets_may_assign_one_role_to_identities_alone() {
    let shell = Shell::new();
    let ran = well(shell.run("assign-role.sh", &["--prepare", TEAM, SUB]));
    let conditional: Vec<_> = ran
        .asked
        .iter()
        .map(|words| known::read(words).1)
        .filter(|options| options.contains_key("--condition"))
        .collect();
    let [preparer] = &conditional[..] else { panic!("{conditional:?}") };
    assert_eq!(preparer["--role"], ["pg-flex-restore-target-preparer"]);
    assert_eq!(preparer["--condition-version"], ["2.0"]);
    let condition = &preparer["--condition"][0];
    for part in [
        "!(ActionMatches{'Microsoft.Authorization/roleAssignments/write'})",
        &format!(
            "@Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId] ForAnyOfAnyValues:GuidEquals {{{BLOB_CONTRIBUTOR}}}"
        ),
        "@Request[Microsoft.Authorization/roleAssignments:PrincipalType] ForAnyOfAnyValues:StringEqualsIgnoreCase {'ServicePrincipal'}",
    ] {
        assert!(condition.contains(part), "{condition}");
    }
    let depth = condition.chars().try_fold(0i32, |depth, c| match c {
        '(' => Some(depth + 1),
        ')' => (depth > 0).then_some(depth - 1),
        _ => Some(depth),
    });
    assert_eq!(depth, Some(0), "{condition}");
    let without = well(Shell::new().run("assign-role.sh", &[TEAM, SUB]));
    assert!(!without.told().contains("preparer"));
}

#[test]
fn a_role_that_was_just_made_is_asked_for_again() {
    let shell = Shell::new();
    shell.keep("late", "");
    let ran = well(shell.run("assign-role.sh", &[TEAM, SUB]));
    assert_eq!(ran.told().matches("role assignment create").count(), 2);
}

#[test]
fn hostile_arguments_are_refused() {
    let refused = |arguments: &[&str], why: &str| {
        let ran = Shell::new().run("assign-role.sh", arguments);
        assert!(!ran.went_well && ran.err.contains(why) && ran.asked.is_empty(), "{arguments:?}: {ran:?}");
    };
    for scope in [
        "/",
        "/subscriptions/",
        "/subscriptions/$(id)",
        &format!("{SUB}//"),
        &format!("{SUB}/resourceGroups/a b"),
        &format!("{SUB}/resourceGroups/a|b"),
        &format!("{SUB}/resourceGroups/a\"b"),
        &format!("{SUB}\n{OTHER}"),
    ] {
        refused(&[TEAM, scope], "Not a subscription or a resource of one");
    }
    let all = "/providers/Microsoft.Management/managementGroups/all";
    refused(&[TEAM, all], "Not at a management group: name the subscriptions in it");
    refused(&["oncall@contoso.com", SUB], "Not an object id");
    refused(&[TEAM, TEAM, SUB], "To one at a time");
    refused(&[TEAM], "To whom, and where?");
    refused(&[SUB], "To whom, and where?");
    refused(&["--owner", TEAM, SUB], "Not an option: --owner");
}

#[test]
fn whatever_goes_wrong_stops_it_with_its_own_words_before_anything_is_said_to_be_done() {
    let words = ["--prepare", TEAM, &vault()];
    for known in [false, true] {
        let ready = || {
            let shell = Shell::new();
            // Roles that are known already are brought up to date.
            if known {
                well(shell.run("assign-role.sh", &words));
            }
            shell
        };
        let calls = well(ready().run("assign-role.sh", &words)).asked.len();
        assert_eq!(calls, 9);
        for fails in 1..=calls {
            let shell = ready();
            shell.keep("fails", &fails.to_string());
            let ran = shell.run("assign-role.sh", &words);
            assert!(!ran.went_well && ran.err.contains("Not now."), "{fails}: {ran:?}");
            assert_eq!(ran.asked.len(), fails, "nothing follows: {}", ran.told());
            let told = ran.told();
            let did = |line: &str| told.lines().take(fails - 1).filter(|told| told.starts_with(line)).count();
            assert_eq!(ran.err.matches("Assigned: ").count(), did("role assignment create"), "{fails}: {ran:?}");
            let made = did("role definition create") + did("role definition update");
            assert_eq!(ran.err.matches("Role: ").count(), made, "{fails}: {ran:?}");
        }
    }
    let shell = Shell::new();
    shell.keep("nameless", "");
    let ran = shell.run("assign-role.sh", &[TEAM, SUB]);
    assert!(!ran.went_well && ran.err.contains("no id of the role") && !ran.err.contains("Assigned"), "{ran:?}");
}

#[test]
fn a_role_that_another_subscription_has_is_made_assignable_here_as_well() {
    let shell = Shell::new();
    well(shell.run("assign-role.sh", &[TEAM, SUB]));
    // Whoever can read none that has it is told what to do, and nothing is assigned.
    shell.keep("subscriptions", &OTHER.replace("/subscriptions/", ""));
    let ran = shell.run("assign-role.sh", &[TEAM, OTHER]);
    assert!(!ran.went_well && !ran.err.contains("Assigned"), "{ran:?}");
    assert!(
        ran.err.contains("az role definition update --role-definition @restore-operator.json")
            && ran.err.contains(OTHER)
    );
    shell.keep("subscriptions", &[OTHER, SUB, ""].join("\n").replace("/subscriptions/", ""));
    let ran = well(shell.run("assign-role.sh", &[TEAM, OTHER]));
    expect![[r#"
        role definition list PG Flex Restore Operator /subscriptions/b81c4e7d-0a52-4d39-8e16-95f3c2a7d640
        role definition create
        account show tenantId
        account list [?tenantId=='3c0d5a7e-16b2-4f58-9f0a-b7d1e9c2a840'].id
        role definition list PG Flex Restore Operator /subscriptions/b81c4e7d-0a52-4d39-8e16-95f3c2a7d640
        role definition list PG Flex Restore Operator /subscriptions/6f2d9a41-5c0e-4b7a-9f63-2d1e8c7b4a05
        role definition update
        role assignment create pg-flex-restore-operator Group /subscriptions/b81c4e7d-0a52-4d39-8e16-95f3c2a7d640
    "#]]
    .assert_eq(&ran.told());
    assert_eq!(role(&shell, "PG Flex Restore Operator")["AssignableScopes"], serde_json::json!([SUB, OTHER]));
}

#[test]
fn ids_and_scopes_are_taken_as_they_are_shown_elsewhere() {
    let shell = Shell::new();
    let sub = SUB.replace("/subscriptions/", "").to_uppercase();
    let group = format!("/subscriptions/{sub}/resourcegroups/RG-Restore/");
    let ran = well(shell.run("assign-role.sh", &[&TEAM.to_uppercase(), &group, &format!("{SUB}/")]));
    let assigned: Vec<_> = ran
        .asked
        .iter()
        .map(|words| known::read(words).1)
        .filter_map(|options| Some((options.get("--assignee-object-id")?[0].clone(), options["--scope"][0].clone())))
        .collect();
    let to = |scope: &str| (TEAM.to_string(), scope.to_string());
    assert_eq!(assigned, [to(&format!("{SUB}/resourceGroups/RG-Restore")), to(SUB), to(SUB)]);
    assert_eq!(role(&shell, "PG Flex Restore Operator")["AssignableScopes"], serde_json::json!([SUB]));
}
