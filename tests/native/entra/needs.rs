//! What each request of the application needs, and that the roles of `hosting/entra` have that and nothing else.
//!
//! Every story holds each request that it sends to the roles (`hold`).

use super::file;
use crate::stories::journey::{DRILLS, PRODUCTION, started, to_review, to_target};
use crate::stories::story::{Story, person};
use pgflex_restore::app::Field;
use pgflex_restore::azure::access::{self, GRANT, Permission, RESTORE, VALIDATE};
use pgflex_restore::azure::http::{Method, Request, Response};
use serde_json::Value;
use std::collections::BTreeSet;
use std::sync::OnceLock;

/// Where an action is said to be what a request needs.
const PERMISSIONS: &str = "Azure permissions for Management and governance";
const STORAGE: &str = "Azure permissions for Storage";
const DATABASES: &str = "Azure permissions for Databases";
/// The operations that the provider itself lists.
const BACKUP: &str =
    "Get-AzDataProtectionOperation (Az.DataProtection), Azure built-in roles for Storage: Backup Operator";

/// What a request needs: its method, what it is about with a star for each name, the action, and who says so.
type Need = (Method, &'static str, &'static str, &'static str);

#[rustfmt::skip]
const NEEDS: &[Need] = &[
    (Method::Get, "subscriptions", "Microsoft.Resources/subscriptions/read", PERMISSIONS),
    (Method::Post, "Microsoft.ResourceGraph/resources", "Microsoft.ResourceGraph/resources/read", PERMISSIONS),
    (Method::Get, "Microsoft.DataProtection/backupVaults", "Microsoft.DataProtection/backupVaults/read", BACKUP),
    (Method::Get, "Microsoft.DataProtection/backupVaults/*", "Microsoft.DataProtection/backupVaults/read", BACKUP),
    (Method::Get, "Microsoft.DataProtection/backupVaults/*/backupInstances", "Microsoft.DataProtection/backupVaults/backupInstances/read", BACKUP),
    (Method::Get, "Microsoft.DataProtection/backupVaults/*/backupInstances/*", "Microsoft.DataProtection/backupVaults/backupInstances/read", BACKUP),
    (Method::Get, "Microsoft.DataProtection/backupVaults/*/backupInstances/*/recoveryPoints", "Microsoft.DataProtection/backupVaults/backupInstances/recoveryPoints/read", BACKUP),
    (Method::Get, "Microsoft.DataProtection/backupVaults/*/backupInstances/*/recoveryPoints/*", "Microsoft.DataProtection/backupVaults/backupInstances/recoveryPoints/read", BACKUP),
    (Method::Post, "Microsoft.DataProtection/backupVaults/*/backupInstances/*/validateRestore", VALIDATE, BACKUP),
    (Method::Post, "Microsoft.DataProtection/backupVaults/*/backupInstances/*/restore", RESTORE, BACKUP),
    (Method::Get, "Microsoft.DataProtection/backupVaults/*/backupPolicies/*", "Microsoft.DataProtection/backupVaults/backupPolicies/read", BACKUP),
    (Method::Get, "Microsoft.DataProtection/backupVaults/*/backupJobs", "Microsoft.DataProtection/backupVaults/backupJobs/read", BACKUP),
    (Method::Get, "Microsoft.DataProtection/backupVaults/*/backupJobs/*", "Microsoft.DataProtection/backupVaults/backupJobs/read", BACKUP),
    (Method::Get, "Microsoft.DataProtection/backupVaults/*/operationStatus/*", "Microsoft.DataProtection/backupVaults/operationStatus/read", BACKUP),
    (Method::Get, "Microsoft.DataProtection/locations/*/operationStatus/*", "Microsoft.DataProtection/locations/operationStatus/read", BACKUP),
    (Method::Get, "Microsoft.DataProtection/locations/*/operationResults/*", "Microsoft.DataProtection/locations/operationResults/read", BACKUP),
    (Method::Get, "Microsoft.DBforPostgreSQL/flexibleServers/*", "Microsoft.DBforPostgreSQL/flexibleServers/read", DATABASES),
    (Method::Get, "Microsoft.Storage/storageAccounts", "Microsoft.Storage/storageAccounts/read", STORAGE),
    (Method::Get, "Microsoft.Storage/storageAccounts/*", "Microsoft.Storage/storageAccounts/read", STORAGE),
    (Method::Get, "Microsoft.Storage/storageAccounts/*/blobServices/*/containers", "Microsoft.Storage/storageAccounts/blobServices/containers/read", STORAGE),
    (Method::Get, "Microsoft.Storage/storageAccounts/*/blobServices/*/containers/*", "Microsoft.Storage/storageAccounts/blobServices/containers/read", STORAGE),
    (Method::Put, "Microsoft.Storage/storageAccounts/*/blobServices/*/containers/*", "Microsoft.Storage/storageAccounts/blobServices/containers/write", STORAGE),
    (Method::Get, "Microsoft.Authorization/permissions", "Microsoft.Authorization/permissions/read", PERMISSIONS),
    (Method::Get, "Microsoft.Authorization/roleAssignments", "Microsoft.Authorization/roleAssignments/read", PERMISSIONS),
    (Method::Put, "Microsoft.Authorization/roleAssignments/*", GRANT, PERMISSIONS),
];

/// A server's own list of its backups, asked for where no other list has a server whose id was pasted. The provider lists
/// no operation for it, so no custom role can name it: whoever may read everything (Reader) is answered, nobody else.
const UNNAMED: (Method, &str) = (Method::Get, "Microsoft.DataProtection/backupInstances");

/// What a path is about, with a star for each name: `Microsoft.Storage/storageAccounts/*`.
fn about(path: &str) -> String {
    let Some((_, below)) = path.rsplit_once("/providers/") else { return path.trim_matches('/').to_string() };
    let mut parts = below.split('/').filter(|part| !part.is_empty());
    let provider = parts.next().unwrap_or_default().to_string();
    parts.enumerate().fold(provider, |about, (at, part)| about + "/" + if at % 2 == 0 { part } else { "*" })
}

/// The actions that a request needs; nothing where nobody has said.
fn needed(request: &Request) -> Option<Vec<String>> {
    let about = about(request.url.path());
    let is = |method: Method, what: &str| method == request.method && what.eq_ignore_ascii_case(&about);
    if is(UNNAMED.0, UNNAMED.1) {
        return Some(Vec::new());
    }
    let (_, _, action, _) = NEEDS.iter().find(|(method, what, ..)| is(*method, what))?;
    let mut all = vec![action.to_string()];
    // The graph shows what may be read ("Understanding the Azure Resource Graph query language": permissions).
    let query = request.body.as_deref().filter(|_| about.eq_ignore_ascii_case("Microsoft.ResourceGraph/resources"));
    let types = query.unwrap_or_default().split("type =~ '").skip(1).filter_map(|rest| rest.split('\'').next());
    all.extend(types.map(|kind| format!("{kind}/read")));
    Some(all)
}

/// The actions of a role's file.
pub fn actions(role: &str) -> Vec<String> {
    let read: Value = serde_json::from_str(&file(role)).unwrap();
    read["Actions"].as_array().unwrap().iter().map(|action| action.as_str().unwrap().to_string()).collect()
}

/// What somebody may do who has this role and no other.
fn permission(role: &str) -> Permission {
    Permission { actions: actions(role), not_actions: Vec::new() }
}

const OPERATOR: &str = "restore-operator.json";
const FOLLOWER: &str = "restore-follower.json";
const PREPARER: &str = "target-preparer.json";

/// Fails if a request of the application needs what neither the operator nor the preparer may do.
pub fn hold(request: &Request) {
    static MAY: OnceLock<[Permission; 2]> = OnceLock::new();
    let may = MAY.get_or_init(|| [permission(OPERATOR), permission(PREPARER)]);
    let Some(needed) = needed(request) else { panic!("what does it need? {request:?}") };
    for action in needed {
        assert!(access::permits(may, &action), "no role of hosting/entra has {action}, for {request:?}");
    }
}

/// Everything that the application can ask for, asked for by a person.
fn everything() -> Vec<Request> {
    // From the first page to the files.
    let mut journey = Story::demo("#/demo/find");
    journey.type_into(Field::Search, "orders-prod");
    started(&mut journey);
    journey.wait_for("The files are in");
    // Where the graph tells nothing, under the first api-version, and where one header cannot be read.
    let mut walk = Story::closed("#/demo/find");
    walk.between = Box::new(|_, request: &Request| {
        request.url.path().ends_with("/Microsoft.ResourceGraph/resources").then(|| {
            Ok(Response {
                status: 403,
                headers: Vec::new(),
                body: r#"{"error":{"code":"AuthorizationFailed"}}"#.into(),
            })
        })
    });
    walk.start(Default::default());
    walk.wait_for("Every vault is read one by one");
    walk.wait_for("psql-orders-prod");
    let mut first = Story::closed("#/find");
    first.config = first.config.replace('}', r#","apiVersion":"2021-07-01"}"#);
    first.start(person());
    to_review(&mut first, "psql-orders-prod", DRILLS);
    first.check();
    let mut blind = Story::demo(PRODUCTION);
    blind.after = Box::new(|_, outcome| {
        if let Ok(response) = outcome {
            response.headers.retain(|(name, _)| !name.eq_ignore_ascii_case("Azure-AsyncOperation"));
        }
    });
    to_review(&mut blind, "psql-orders-prod", DRILLS);
    blind.check();
    // A container is made, and the vault's role on it assigned.
    let mut target = Story::demo("#/demo/find?v=1&vault=94b7d3e0-58c6-4a1f-8f29-0e6d71c3a5b8/rg-demo/bvault-demo-weu");
    to_target(&mut target, "psql-orders-demo", 0);
    target.wait(5);
    target.pick(Field::Account, "stzonedweu");
    target.wait(2);
    target.type_into(Field::NewContainer, "drill-new");
    target.press("Create this container");
    target.wait(3);
    let vault = "94b7d3e0-58c6-4a1f-8f29-0e6d71c3a5b8/rg-demo/bvault-demo-role-missing";
    let mut role = Story::demo(&format!("#/demo/find?v=1&vault={vault}"));
    to_review(&mut role, "psql-ledger-demo", "https://stdemoweu.blob.core.windows.net/drill-2026-11");
    role.wait_for("Read from Azure");
    role.press("Assign the role");
    role.wait(60);
    [journey, walk, first, blind, target, role].into_iter().flat_map(|story| story.sent).collect()
}

#[test]
fn the_roles_have_every_action_that_is_needed_and_none_that_is_not() {
    let lower = |action: String| action.to_ascii_lowercase();
    let needed: BTreeSet<String> = everything().iter().flat_map(|r| needed(r).unwrap()).map(lower).collect();
    let had: BTreeSet<String> = actions(OPERATOR).into_iter().chain(actions(PREPARER)).map(lower).collect();
    let missing: Vec<_> = needed.difference(&had).collect();
    let idle: Vec<_> = had.difference(&needed).collect();
    assert!(missing.is_empty() && idle.is_empty(), "missing: {missing:?}, needed by nothing: {idle:?}");
    assert!(!had.iter().any(|action| action.contains('*')), "each is named: {had:?}");
}

#[test]
fn every_request_that_is_told_of_is_one_that_is_made() {
    let made: BTreeSet<(&str, String)> =
        everything().iter().map(|r| (r.method.as_str(), about(r.url.path()).to_ascii_lowercase())).collect();
    for (method, what, action, source) in NEEDS {
        let made = made.contains(&(method.as_str(), what.to_ascii_lowercase()));
        // A reader of one thing that the stories of this module have no use for: others do.
        let elsewhere = ["Microsoft.DataProtection/backupVaults/*/backupInstances/*/recoveryPoints/*"].contains(what);
        assert!(made || elsewhere, "{} {what} needs {action} ({source}), and nothing asks for it", method.as_str());
    }
}

#[test]
fn the_operator_changes_nothing_but_by_a_restore_and_the_follower_only_follows() {
    let writes = |role: &str| actions(role).into_iter().filter(|action| !action.ends_with("/read")).collect::<Vec<_>>();
    assert_eq!(writes(OPERATOR), [RESTORE, VALIDATE]);
    assert!(writes(FOLLOWER).is_empty());
    assert!(actions(FOLLOWER).iter().all(|action| actions(OPERATOR).contains(action)));
    assert!(actions(FOLLOWER).iter().all(|action| action.contains("/locations/")));
    for role in [OPERATOR, FOLLOWER, PREPARER] {
        let read: Value = serde_json::from_str(&file(role)).unwrap();
        for none in ["NotActions", "DataActions", "NotDataActions"] {
            assert_eq!(read[none], serde_json::json!([]), "{role}: {none}");
        }
        let each = actions(role).into_iter().collect::<BTreeSet<_>>();
        assert_eq!(each.len(), actions(role).len(), "{role}: each once");
    }
}

#[test]
fn what_the_page_tells_a_person_of_their_permissions_fits_the_roles() {
    let operator = [permission(OPERATOR)];
    assert!(access::permits(&operator, RESTORE) && access::permits(&operator, VALIDATE));
    assert!(!access::permits(&operator, GRANT));
    assert!(access::permits(&[permission(PREPARER)], GRANT));
}

/// Azure, as it is to somebody who has these roles alone.
fn with_roles(story: &mut Story, roles: &'static [&'static str]) {
    let may: Vec<Permission> = roles.iter().map(|role| permission(role)).collect();
    let told: Vec<Value> =
        may.iter().map(|one| serde_json::json!({ "actions": one.actions, "notActions": [] })).collect();
    story.between = Box::new(move |_, request: &Request| {
        let answer =
            |status: u16, body: Value| Some(Ok(Response { status, headers: Vec::new(), body: body.to_string() }));
        if let Some(action) = needed(request).unwrap().iter().find(|action| !access::permits(&may, action)) {
            let message = format!("The client does not have authorization to perform action '{action}'.");
            return answer(403, serde_json::json!({ "error": { "code": "AuthorizationFailed", "message": message } }));
        }
        let asks = request.url.path().ends_with("/Microsoft.Authorization/permissions");
        asks.then(|| answer(200, serde_json::json!({ "value": told }))).flatten()
    });
}

#[test]
fn with_the_operator_s_role_alone_a_restore_goes_from_the_first_page_to_the_files() {
    let mut story = Story::closed("#/demo/find");
    with_roles(&mut story, &[OPERATOR]);
    story.start(Default::default());
    story.type_into(Field::Search, "orders-prod");
    started(&mut story);
    story.wait_for("The files are in");
    let refused = story.log.iter().filter(|line| line.ends_with("→ 403")).collect::<Vec<_>>();
    assert!(refused.is_empty(), "{refused:?}");
}

#[test]
fn the_preparer_s_role_is_what_assigning_asks_for() {
    let vault = "94b7d3e0-58c6-4a1f-8f29-0e6d71c3a5b8/rg-demo/bvault-demo-role-missing";
    for (roles, offered) in [(&[OPERATOR][..], false), (&[OPERATOR, PREPARER][..], true)] {
        let mut story = Story::closed(&format!("#/demo/find?v=1&vault={vault}"));
        with_roles(&mut story, if offered { &[OPERATOR, PREPARER] } else { &[OPERATOR] });
        story.start(Default::default());
        to_review(&mut story, "psql-ledger-demo", "https://stdemoweu.blob.core.windows.net/drill-2026-11");
        story.wait_for("Read from Azure");
        assert_eq!(story.button("Assign the role").is_some(), offered, "{roles:?}");
    }
}
