//! Who may do what, and what comes of granting a role.

use super::{DEMO, World, check, code, drills, json_of};
use expect_test::expect;
use pgflex_restore::azure::http::{Method, Response};
use pgflex_restore::sim::Azure;
use serde_json::{Value, json};

const SUBSCRIPTION: &str = "/subscriptions/94b7d3e0-58c6-4a1f-8f29-0e6d71c3a5b8";
const VERSION: &str = "2022-04-01";
const FIRST: &str = "0d7f3c52-9b1e-4a68-8c04-e5a2d6f91b37";
const SECOND: &str = "f6b09e14-2c8d-4735-a1e9-4d70c83b5a2f";
const CONTRIBUTOR: &str = "ba92f5b4-2d11-453d-a403-e96b0029c9fe";
/// The vault of the demo, and the one that lacks the role.
const OF_DEMO: &str = "7ac02f95-e3d1-4860-a5b9-4d8f16e2c073";
const OF_MISSING: &str = "2f81d6b0-5a94-4e3c-9d07-c8e4b1a5f362";
const LACKS: &str = "UserErrorMissingRequiredPermissions";

fn account(name: &str) -> String {
    format!("{SUBSCRIPTION}/resourceGroups/rg-demo/providers/Microsoft.Storage/storageAccounts/{name}")
}

fn container(name: &str) -> String {
    format!("{}/blobServices/default/containers/{name}", account("stdemoweu"))
}

fn url(container: &str) -> String {
    format!("https://stdemoweu.blob.core.windows.net/{container}")
}

fn role(role: &str, principal: &str) -> Value {
    let definition = format!("{SUBSCRIPTION}/providers/Microsoft.Authorization/roleDefinitions/{role}");
    json!({ "properties": { "roleDefinitionId": definition, "principalId": principal, "principalType": "ServicePrincipal" } })
}

fn grant(world: &mut World, scope: &str, name: &str, body: &Value) -> Response {
    world.put(&format!("{scope}/providers/Microsoft.Authorization/roleAssignments/{name}"), VERSION, body)
}

fn listed(world: &mut World, scope: &str, filter: &str) -> Vec<Value> {
    let path =
        format!("{scope}/providers/Microsoft.Authorization/roleAssignments?api-version={VERSION}&$filter={filter}");
    json_of(&world.get(&path))["value"].as_array().unwrap().clone()
}

#[test]
fn a_granted_role_is_listed_at_once_and_counts_after_four_minutes() {
    let mut world = World::new();
    let scope = container("no-role");
    assert_eq!(check(&mut world, DEMO, "psql-orders-demo", &url("no-role")), LACKS);
    let granted = grant(&mut world, &scope, FIRST, &role(CONTRIBUTOR, OF_DEMO));
    assert_eq!(granted.status, 201, "{}", granted.body);
    let body = json_of(&granted);
    assert_eq!(body["id"], format!("{scope}/providers/Microsoft.Authorization/roleAssignments/{FIRST}"));
    assert_eq!((&body["name"], &body["properties"]["scope"]), (&json!(FIRST), &json!(scope)));
    assert_eq!(body["properties"]["condition"], Value::Null);
    for filter in [format!("atScope()%20and%20assignedTo('{OF_DEMO}')"), format!("principalId%20eq%20'{OF_DEMO}'")] {
        assert_eq!(listed(&mut world, &scope, &filter), std::slice::from_ref(&body), "{filter}");
    }
    let one = world.get(&format!("{}?api-version={VERSION}", body["id"].as_str().unwrap()));
    assert_eq!((one.status, json_of(&one)), (200, body));

    world.azure = Azure::new(Some(&world.azure.ledger()));
    world.wait(239);
    assert_eq!(check(&mut world, DEMO, "psql-orders-demo", &url("no-role")), LACKS);
    assert_eq!(check(&mut world, DEMO, "psql-orders-demo", &url("no-role")), "Succeeded");
    let instance = world.instance(DEMO, "psql-orders-demo");
    let request = world.request(&instance, &url("no-role"), "demo-2");
    world.start(&instance, &request);
    // It was granted to one vault, on one container.
    assert_eq!(check(&mut world, &drills("start"), "psql-cut-before", &url("no-role")), LACKS);
}

#[test]
fn a_role_on_an_account_or_above_holds_in_every_container_of_it() {
    for scope in [account("stdemoweu"), format!("{SUBSCRIPTION}/resourceGroups/RG-Demo"), SUBSCRIPTION.to_string()] {
        let mut world = World::new();
        let vault = drills("role-missing");
        assert_eq!(check(&mut world, &vault, "psql-ledger-demo", &url("drill-2026-11")), LACKS);
        // Storage Blob Data Owner does as well.
        let granted = grant(&mut world, &scope, FIRST, &role("b7e6dc6d-f1e8-4753-8033-0f276bb0955b", OF_MISSING));
        assert_eq!(granted.status, 201, "{scope}: {}", granted.body);
        world.wait(240);
        assert_eq!(check(&mut world, &vault, "psql-ledger-demo", &url("drill-2026-11")), "Succeeded", "{scope}");
        assert_eq!(check(&mut world, &vault, "psql-ledger-demo", &url("no-role")), "Succeeded", "{scope}");
    }
}

#[test]
fn another_role_does_not_do() {
    let mut world = World::new();
    // Storage Blob Data Reader, Storage Account Contributor.
    for (name, other) in
        [(FIRST, "2a2b9908-6ea1-4ae2-8e65-a410df84e7d1"), (SECOND, "17d1049b-9a84-46fb-8f53-869881c3d3ab")]
    {
        assert_eq!(grant(&mut world, &container("no-role"), name, &role(other, OF_DEMO)).status, 201);
    }
    world.wait(240);
    assert_eq!(check(&mut world, DEMO, "psql-orders-demo", &url("no-role")), LACKS);
}

#[test]
fn the_same_once_more_is_the_same_and_under_another_name_there_already() {
    let mut world = World::new();
    let scope = container("no-role");
    let body = role(CONTRIBUTOR, OF_DEMO);
    let first = grant(&mut world, &scope, FIRST, &body);
    world.wait(60);
    let again = grant(&mut world, &scope, &FIRST.to_uppercase(), &body);
    assert_eq!((again.status, &again.body), (200, &first.body));
    let other = grant(&mut world, &scope, SECOND, &body);
    assert_eq!((other.status, code(&other).as_str()), (409, "RoleAssignmentExists"));
    let changed = grant(&mut world, &scope, FIRST, &role(CONTRIBUTOR, OF_MISSING));
    assert_eq!((changed.status, code(&changed).as_str()), (400, "RoleAssignmentUpdateNotPermitted"));
    let standing = grant(&mut world, &container("drill-2026-11"), SECOND, &body);
    assert_eq!((standing.status, code(&standing).as_str()), (409, "RoleAssignmentExists"));
}

#[test]
fn a_role_that_azure_would_not_grant_is_refused() {
    let mut world = World::new();
    let (mut told, good) = (String::new(), role(CONTRIBUTOR, OF_DEMO));
    let mut note =
        |what: &str, response: Response| told += &format!("{what}: {} {}\n", response.status, code(&response));
    let scope = container("no-role");
    note("no guid", grant(&mut world, &scope, "mine", &good));
    note("no role", grant(&mut world, &scope, FIRST, &role(SECOND, OF_DEMO)));
    note("no properties", grant(&mut world, &scope, FIRST, &json!({})));
    note("no principal", grant(&mut world, &scope, FIRST, &role(CONTRIBUTOR, "somebody")));
    let unknown = json!({ "properties": { "roleDefinitionId": CONTRIBUTOR, "principalId": SECOND } });
    note("unknown principal", grant(&mut world, &scope, FIRST, &unknown));
    note("a list", grant(&mut world, &scope, FIRST, &json!([])));
    note("no container", grant(&mut world, &container("none"), FIRST, &good));
    note("no account", grant(&mut world, &account("stnone"), FIRST, &good));
    note("no vault", grant(&mut world, &drills("none"), FIRST, &good));
    note("no group", grant(&mut world, &format!("{SUBSCRIPTION}/resourceGroups/rg-none"), FIRST, &good));
    note("may not", grant(&mut world, &account("stnograntweu"), FIRST, &good));
    note("may not at all", grant(&mut world, &account("stnocreateweu"), FIRST, &good));
    let path = format!("{scope}/providers/Microsoft.Authorization/roleAssignments");
    note("api-version", world.put(&format!("{path}/{FIRST}"), "2019-01-01", &good));
    note("none of that name", world.get(&format!("{path}/{SECOND}?api-version={VERSION}")));
    expect![[r#"
        no guid: 400 InvalidRoleAssignmentId
        no role: 404 RoleDefinitionDoesNotExist
        no properties: 400 BadRequestFormat
        no principal: 400 BadRequestFormat
        unknown principal: 400 PrincipalNotFound
        a list: 400 InvalidRequestContent
        no container: 404 ContainerNotFound
        no account: 404 ResourceNotFound
        no vault: 404 ResourceNotFound
        no group: 404 ResourceGroupNotFound
        may not: 403 AuthorizationFailed
        may not at all: 403 AuthorizationFailed
        api-version: 400 InvalidApiVersionParameter
        none of that name: 404 RoleAssignmentNotFound
    "#]]
    .assert_eq(&told);
    assert_eq!(world.ask(Method::Post, &format!("{path}/{FIRST}?api-version={VERSION}"), None).status, 405);
    assert_eq!(world.put(&path, VERSION, &good).status, 405);
    assert!(world.azure.ledger().contains(r#""granted":[]"#));
}

#[test]
fn a_principal_is_known_by_its_id_where_nobody_says_what_it_is() {
    let mut body = role(CONTRIBUTOR, OF_DEMO);
    body["properties"].as_object_mut().unwrap().remove("principalType");
    let granted = json_of(&grant(&mut World::new(), &container("no-role"), FIRST, &body));
    assert_eq!(granted["properties"]["principalType"], "ServicePrincipal");
}

#[test]
fn assignments_under_a_condition_or_above_are_told_as_they_are() {
    let mut world = World::new();
    let mine = format!("atScope()%20and%20assignedTo('{OF_DEMO}')");
    let conditioned = listed(&mut world, &account("stconditionweu"), &mine);
    assert_eq!(conditioned[0]["properties"]["conditionVersion"], "2.0");
    assert!(conditioned[0]["properties"]["condition"].as_str().unwrap().contains("StringEquals 'exports'"));
    let inherited = account("stinheritedweu").replace("/rg-demo/", "/rg-demo-inherited/");
    let scope = listed(&mut world, &inherited, &mine)[0]["properties"]["scope"].clone();
    assert_eq!(scope, format!("{SUBSCRIPTION}/resourceGroups/rg-demo-inherited"));
    assert!(listed(&mut world, &account("stnograntweu"), &mine).is_empty());
    let others = listed(&mut world, &account("stotherroleweu"), &mine);
    let held: Vec<&str> = others.iter().map(|row| row["properties"]["roleDefinitionId"].as_str().unwrap()).collect();
    assert_eq!(held.len(), 1);
    assert!(held[0].ends_with("/17d1049b-9a84-46fb-8f53-869881c3d3ab"), "{held:?}");
    let path = format!("{}/providers/Microsoft.Authorization/roleAssignments", account("stunreadableweu"));
    let refused = world.get(&format!("{path}?api-version={VERSION}"));
    assert_eq!((refused.status, code(&refused).as_str()), (403, "AuthorizationFailed"));
}

#[test]
fn permissions_tell_where_the_operator_may_do_less() {
    let mut world = World::new();
    let mut told = String::new();
    for scope in
        [DEMO.to_string(), drills("reader"), account("stdemoweu"), account("stnograntweu"), account("stnocreateweu")]
    {
        let path = format!("{scope}/providers/Microsoft.Authorization/permissions?api-version={VERSION}");
        let row = json_of(&world.get(&path))["value"][0].clone();
        told += &format!("{}: {} but {}\n", scope.rsplit('/').next().unwrap(), row["actions"], row["notActions"]);
    }
    expect![[r#"
        bvault-demo-weu: ["*"] but []
        bvault-demo-reader: ["*/read"] but []
        stdemoweu: ["*"] but []
        stnograntweu: ["*"] but ["Microsoft.Authorization/*/Delete","Microsoft.Authorization/*/Write","Microsoft.Authorization/elevateAccess/Action"]
        stnocreateweu: ["*/read"] but []
    "#]].assert_eq(&told);
}

#[test]
fn whoever_may_only_read_neither_checks_nor_restores() {
    let mut world = World::new();
    let instance = world.instance(&drills("reader"), "psql-read-only");
    let request = world.request(&instance, super::SAFE, "demo-1");
    for (verb, body) in [("validateRestore", super::wrapped(&request)), ("restore", request)] {
        let refused = world.post(&format!("{instance}/{verb}"), &body);
        assert_eq!((refused.status, code(&refused).as_str()), (403, "AuthorizationFailed"));
        let words =
            format!("'Microsoft.DataProtection/backupVaults/backupInstances/{verb}/action' over scope '{instance}'");
        assert!(refused.body.contains(&words), "{}", refused.body);
    }
}

#[test]
fn a_ledger_of_the_first_version_is_read_and_a_later_one_is_not() {
    let mut world = World::new();
    let instance = world.instance(DEMO, "psql-orders-demo");
    let request = world.request(&instance, super::SAFE, "demo-1");
    let job = world.start(&instance, &request);
    let ledger: Value = serde_json::from_str(&world.azure.ledger()).unwrap();
    assert_eq!(ledger["version"], 2);
    let first = json!({ "version": 1, "started": ledger["started"] }).to_string();
    world.azure = Azure::new(Some(&first));
    assert_eq!(world.read(&job)["properties"]["status"], "InProgress");
    // There a name decided what is looked up now.
    let failed = first.replace(r#""fault":"""#, r#""fault":"no-role""#);
    assert_ne!(failed, first);
    world.azure = Azure::new(Some(&failed));
    assert!(world.azure.ledger().contains(r#""fault":"no role""#));
    let third = first.replace("\"version\":1", "\"version\":3");
    assert!(Azure::new(Some(&third)).ledger().contains(r#""started":[]"#));
}
