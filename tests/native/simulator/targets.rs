//! What a restore may be written into: containers that are created, and accounts with something about them.

use super::{DEMO, SAFE, World, check, code, drills, json_of};
use expect_test::expect;
use pgflex_restore::azure::http::{Method, Response};
use pgflex_restore::sim::Azure;
use serde_json::{Value, json};

const DRILLS: &str = "/subscriptions/94b7d3e0-58c6-4a1f-8f29-0e6d71c3a5b8";
const VERSION: &str = "2023-05-01";

fn account(name: &str) -> String {
    format!("{DRILLS}/resourceGroups/rg-demo/providers/Microsoft.Storage/storageAccounts/{name}")
}

fn containers(account: &str) -> String {
    format!("{account}/blobServices/default/containers")
}

fn create(world: &mut World, account: &str, name: &str) -> Response {
    world.put(&format!("{}/{name}", containers(account)), VERSION, &json!({}))
}

fn names(world: &mut World, account: &str) -> Vec<String> {
    let list = json_of(&world.get(&format!("{}?api-version={VERSION}", containers(account))));
    list["value"].as_array().unwrap().iter().map(|row| row["name"].as_str().unwrap().to_string()).collect()
}

#[test]
fn a_container_is_created_listed_read_and_written_into() {
    let mut world = World::new();
    let account = account("stdemoweu");
    let url = "https://stdemoweu.blob.core.windows.net/e-new";
    assert_eq!(check(&mut world, DEMO, "psql-orders-demo", url), "UserErrorContainerNotAccessible");
    let created = create(&mut world, &account, "e-new");
    assert_eq!(created.status, 201);
    let again = world.put(&format!("{}/e-new", containers(&account)), VERSION, &json!({ "properties": {} }));
    assert_eq!((again.status, &again.body), (200, &created.body));
    let read = world.get(&format!("{}/e-new?api-version={VERSION}", containers(&account)));
    assert_eq!((read.status, &read.body), (200, &created.body));
    assert_eq!(names(&mut world, &account)[..3], ["drill-2026-11", "e-new", "files-exist"]);
    // Here roles are granted on containers: the new one has none.
    assert_eq!(check(&mut world, DEMO, "psql-orders-demo", url), "UserErrorMissingRequiredPermissions");
    let whole = super::targets::account("stanonymousweu");
    assert_eq!(create(&mut world, &whole, "exports").status, 201);
    let url = "https://stanonymousweu.blob.core.windows.net/exports";
    assert_eq!(check(&mut world, DEMO, "psql-orders-demo", url), "Succeeded");
    world.azure = Azure::new(Some(&world.azure.ledger()));
    assert_eq!(names(&mut world, &whole), ["drill", "exports"]);
}

#[test]
fn a_container_that_azure_would_not_create_is_refused() {
    let mut world = World::new();
    let mut told = String::new();
    let mut note =
        |what: &str, response: Response| told += &format!("{what}: {} {}\n", response.status, code(&response));
    for name in ["ab", "Capital", "two--dashes", "-begins", "ends-", "under_score", &"x".repeat(64)] {
        note(name, create(&mut world, &account("stdemoweu"), name));
    }
    note("nobody's account", create(&mut world, &account("stnone"), "good"));
    note("no group", create(&mut world, &account("stdemoweu").replace("rg-demo", "rg-none"), "good"));
    note("may not", create(&mut world, &account("stnocreateweu"), "good"));
    note("files only", create(&mut world, &account("stfilesonlyweu"), "good"));
    let path = format!("{}/good", containers(&account("stdemoweu")));
    note("api-version", world.put(&path, "2019-01-01", &json!({})));
    note("no body", world.ask(Method::Put, &format!("{path}?api-version={VERSION}"), None));
    note("a list", world.put(&path, VERSION, &json!([])));
    expect![[r#"
        ab: 400 InvalidResourceName
        Capital: 400 InvalidResourceName
        two--dashes: 400 InvalidResourceName
        -begins: 400 InvalidResourceName
        ends-: 400 InvalidResourceName
        under_score: 400 InvalidResourceName
        xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx: 400 InvalidResourceName
        nobody's account: 404 ResourceNotFound
        no group: 404 ResourceGroupNotFound
        may not: 403 AuthorizationFailed
        files only: 400 FeatureNotSupportedForAccount
        api-version: 400 InvalidApiVersionParameter
        no body: 400 InvalidRequestContent
        a list: 400 InvalidRequestContent
    "#]]
    .assert_eq(&told);
    assert_eq!(world.ask(Method::Post, &format!("{path}?api-version={VERSION}"), None).status, 405);
    assert_eq!(world.put(&account("stdemoweu"), VERSION, &json!({})).status, 405);
    assert!(!names(&mut world, &account("stdemoweu")).contains(&"good".to_string()));
}

#[test]
fn whoever_may_not_grant_a_role_may_create_a_container() {
    let mut world = World::new();
    assert_eq!(create(&mut world, &account("stnograntweu"), "mine").status, 201);
    let into = check(&mut world, DEMO, "psql-orders-demo", "https://stnograntweu.blob.core.windows.net/mine");
    assert_eq!(into, "UserErrorMissingRequiredPermissions");
}

#[test]
fn each_account_tells_what_there_is_to_know_and_a_check_finds_it() {
    let mut world = World::new();
    let list =
        json_of(&world.get(&format!("{DRILLS}/providers/Microsoft.Storage/storageAccounts?api-version={VERSION}")));
    let mut told = String::new();
    for account in list["value"].as_array().unwrap() {
        let name = account["name"].as_str().unwrap();
        let about = &account["properties"];
        let mut odd = Vec::new();
        let mut note = |is: bool, what: &str| is.then(|| odd.push(what.to_string()));
        note(about["allowCrossTenantReplication"] == false, "no cross-tenant replication");
        note(about["allowCrossTenantReplication"].is_null(), "cross-tenant replication not said");
        note(about["publicNetworkAccess"] == "Disabled", "no public network");
        note(about["publicNetworkAccess"] == "SecuredByPerimeter", "perimeter");
        note(about["networkAcls"]["defaultAction"] == "Deny", "firewall");
        note(about["networkAcls"]["resourceAccessRules"] != json!([]), "rules");
        note(about["networkAcls"]["bypass"] == "None", "no trust");
        note(about["immutableStorageWithVersioning"]["enabled"] == true, "versions");
        note(about["allowBlobPublicAccess"] == true, "public access");
        note(account["location"] != "westeurope", "elsewhere");
        note(account["kind"] != "StorageV2", account["kind"].as_str().unwrap());
        note(account["sku"]["tier"] != "Standard", account["sku"]["name"].as_str().unwrap());
        let id = account["id"].as_str().unwrap();
        note(world.get(&format!("{id}?api-version={VERSION}")).status == 403, "unreadable");
        told += &format!("{name}: {}", odd.join(", "));
        let Some(blob) = about["primaryEndpoints"]["blob"].as_str() else {
            told += &format!("; {}\n", about["primaryEndpoints"]);
            continue;
        };
        let container = names(&mut world, id)[0].clone();
        let found = check(&mut world, DEMO, "psql-orders-demo", &format!("{blob}{container}"));
        told += &format!("; {container}: {found}\n");
    }
    expect![[r#"
        stdemoweu: ; drill-2026-11: Succeeded
        stnocrosstenant: no cross-tenant replication; drill: UserErrorCrossTenantReplicationNotAllowed
        streplicationweu: cross-tenant replication not said; drill: Succeeded
        stprivateweu: no public network; drill: UserErrorStorageAccountNetworkAccessDenied
        stfirewallweu: firewall; drill: UserErrorStorageAccountNetworkAccessDenied
        stfirewallruleweu: firewall, rules; drill: Succeeded
        stfirewallnotrustweu: firewall, rules, no trust; drill: UserErrorStorageAccountNetworkAccessDenied
        stperimeterweu: perimeter; drill: Succeeded
        stanonymousweu: public access; drill: Succeeded
        stimmutableweu: ; held: Succeeded
        stversionsweu: versions; drill: Succeeded
        stnograntweu: ; drill: UserErrorMissingRequiredPermissions
        stnocreateweu: ; drill: Succeeded
        stconditionweu: ; drill: UserErrorMissingRequiredPermissions
        stotherroleweu: ; drill: UserErrorMissingRequiredPermissions
        stinheritedweu: ; drill: Succeeded
        stunreadableweu: unreadable; drill: Succeeded
        stpremiumneu: elsewhere, BlockBlobStorage, Premium_LRS; drill: Succeeded
        stfilesonlyweu: FileStorage, Premium_LRS; {"file":"https://stfilesonlyweu.file.core.windows.net/"}
        stzonedweu: ; drill: Succeeded
    "#]]
    .assert_eq(&told);
}

#[test]
fn a_rule_of_a_firewall_lets_in_the_vaults_that_it_names() {
    let mut world = World::new();
    let read = world.get(&format!("{}?api-version={VERSION}", account("stfirewallruleweu")));
    let rules = json_of(&read)["properties"]["networkAcls"]["resourceAccessRules"].clone();
    let named = |vault: &str| {
        rules.as_array().unwrap().iter().any(|rule| {
            rule["tenantId"].is_string() && rule["resourceId"].as_str().unwrap().to_lowercase() == vault.to_lowercase()
        })
    };
    assert!(named(DEMO) && named(&drills("guarded")) && !named(super::VAULT), "{rules}");
    let url = "https://stfirewallruleweu.blob.core.windows.net/drill";
    assert_eq!(check(&mut world, DEMO, "psql-orders-demo", url), "Succeeded");
    let other = check(&mut world, super::VAULT, "psql-orders-prod", url);
    assert_eq!(other, "UserErrorStorageAccountNetworkAccessDenied");
}

#[test]
fn a_container_tells_what_keeps_its_blobs_and_who_may_read_them() {
    let mut world = World::new();
    let mut read = |name: &str, container: &str| {
        let path = format!("{}/{container}?api-version={VERSION}", containers(&account(name)));
        json_of(&world.get(&path))["properties"].clone()
    };
    let worm = read("stimmutableweu", "worm");
    assert_eq!((&worm["hasImmutabilityPolicy"], &worm["hasLegalHold"]), (&json!(true), &json!(false)));
    assert_eq!(worm["immutabilityPolicy"]["properties"]["immutabilityPeriodSinceCreationInDays"], 7);
    let held = read("stimmutableweu", "held");
    assert_eq!((&held["hasImmutabilityPolicy"], &held["hasLegalHold"]), (&json!(false), &json!(true)));
    assert_eq!(held["legalHold"]["tags"][0]["tag"], "case2026");
    assert_eq!(read("stanonymousweu", "drill")["publicAccess"], "Container");
    assert_eq!(read("stdemoweu", "drill-2026-11")["publicAccess"], "None");
}

#[test]
fn an_account_keeps_versions_of_what_is_in_all_of_its_containers() {
    let mut world = World::new();
    let mut read = |path: &str| json_of(&world.get(&format!("{path}?api-version={VERSION}")))["properties"].clone();
    let account = account("stversionsweu");
    let policy = json!({
        "immutabilityPeriodSinceCreationInDays": 7, "state": "Unlocked", "allowProtectedAppendWrites": false });
    let kept = json!({ "enabled": true, "immutabilityPolicy": policy });
    assert_eq!(read(&account)["immutableStorageWithVersioning"], kept);
    let container = read(&format!("{}/drill", containers(&account)));
    assert_eq!(container["hasImmutabilityPolicy"], false);
    assert_eq!(container["immutableStorageWithVersioning"], Value::Null);
    assert_eq!(read(&super::targets::account("stdemoweu"))["immutableStorageWithVersioning"], Value::Null);
}

#[test]
fn rules_of_a_firewall_are_worth_nothing_where_azures_services_are_not_trusted() {
    let mut world = World::new();
    let mut acls = |name: &str| {
        let read = world.get(&format!("{}?api-version={VERSION}", account(name)));
        json_of(&read)["properties"]["networkAcls"].clone()
    };
    let (trusting, not) = (acls("stfirewallruleweu"), acls("stfirewallnotrustweu"));
    assert_eq!(trusting["resourceAccessRules"], not["resourceAccessRules"]);
    assert_eq!((&trusting["bypass"], &not["bypass"]), (&json!("AzureServices"), &json!("None")));
}

#[test]
fn a_vault_that_is_nobody_restores_nowhere() {
    let mut world = World::new();
    let vault = drills("no-identity");
    assert_eq!(world.read(&vault)["identity"], json!({ "type": "None" }));
    for url in [SAFE, "https://stzonedweu.z01.blob.storage.azure.net/drill"] {
        assert_eq!(check(&mut world, &vault, "psql-no-identity", url), "UserErrorMSIMissingPermissions");
    }
    // A restore that is started all the same fails as its check would have, without a job.
    let instance = world.instance(&vault, "psql-no-identity");
    let request = world.request(&instance, SAFE, "demo-1");
    let accepted = world.post(&format!("{instance}/restore"), &request);
    assert_eq!(accepted.status, 202, "{}", accepted.body);
    world.wait(60);
    let status = json_of(&world.get(accepted.header("Azure-AsyncOperation").unwrap()));
    assert_eq!(status["error"]["code"], "UserErrorMSIMissingPermissions");
    assert!(world.restores(&vault).is_empty());
}

#[test]
fn a_vault_may_keep_to_its_subscription_for_good() {
    let mut world = World::new();
    let vault = drills("forever");
    let said = world.read(&vault)["properties"]["featureSettings"]["crossSubscriptionRestoreSettings"].clone();
    assert_eq!(said["state"], "PermanentlyDisabled");
    let elsewhere = "https://stordersrestoreweu.blob.core.windows.net/exports";
    let refused = check(&mut world, &vault, "psql-forever", elsewhere);
    assert_eq!(refused, "UserErrorCrossSubscriptionRestoreNotAllowed");
    assert_eq!(check(&mut world, &vault, "psql-forever", SAFE), "Succeeded");
    assert_eq!(check(&mut world, DEMO, "psql-orders-demo", elsewhere), "Succeeded");
}

#[test]
fn a_vault_that_keeps_to_its_subscription_is_held_to_it() {
    let mut world = World::new();
    let vault = "/subscriptions/b81c4e7d-0a52-4d39-8e16-95f3c2a7d640/resourceGroups/rg-platform-weu/providers/Microsoft.DataProtection/backupVaults/bvault-platform-weu";
    let elsewhere = check(&mut world, vault, "psql-grafana", SAFE);
    assert_eq!(elsewhere, "UserErrorCrossSubscriptionRestoreNotAllowed");
    let own = check(&mut world, vault, "psql-grafana", "https://stordersrestoreweu.blob.core.windows.net/exports");
    assert_eq!(own, "Succeeded");
}

#[test]
fn a_resource_guard_is_told_and_stops_no_restore() {
    let mut world = World::new();
    let guarded = |world: &mut World, vault: &str| {
        world.read(vault)["properties"]["isVaultProtectedByResourceGuard"].as_bool().unwrap()
    };
    assert!(guarded(&mut world, &drills("guarded")) && !guarded(&mut world, DEMO));
    assert_eq!(check(&mut world, &drills("guarded"), "psql-guarded", SAFE), "Succeeded");
}

#[test]
fn a_server_may_not_be_restored_though_it_is_protected() {
    let mut world = World::new();
    let instance = world.instance(&drills("start"), "psql-not-restorable");
    let request = world.request(&instance, SAFE, "demo-1");
    for refused in [
        world.post(&format!("{instance}/validateRestore"), &super::wrapped(&request)),
        world.post(&format!("{instance}/restore"), &request),
    ] {
        assert_eq!((refused.status, code(&refused).as_str()), (400, "BMSUserErrorInvalidInput"));
    }
}

#[test]
fn somebody_has_restored_a_server_within_the_last_day() {
    let mut world = World::new();
    for _ in 0..30 {
        let restores = world.restores(&drills("start"));
        let of_today = |job: &&Value| {
            let about = &job["properties"];
            let ended = about["endTime"].as_str().map(|at| pgflex_restore::moment::Moment::parse(at).unwrap());
            about["dataSourceName"] == "psql-restored-today"
                && ended.is_some_and(|at| world.now.since(at) < pgflex_restore::moment::Span::from_secs(86_400))
        };
        assert!(restores.iter().any(|job| of_today(&job)), "{:?}", world.now);
        world.wait(3 * 3_600 + 77);
    }
}

#[test]
fn a_server_tells_how_far_back_its_own_backups_go() {
    let mut world = World::new();
    let server = |name: &str| {
        format!(
            "{DRILLS}/resourceGroups/rg-demo/providers/Microsoft.DBforPostgreSQL/flexibleServers/{name}?api-version=2022-12-01"
        )
    };
    let backup = json_of(&world.get(&server("psql-orders-demo")))["properties"]["backup"].clone();
    assert_eq!(backup["backupRetentionDays"], 14);
    assert!(backup["earliestRestoreDate"].as_str().unwrap().starts_with("2026-11-08T02:12:00"));
    let refused = world.get(&server("psql-server-forbidden"));
    assert_eq!((refused.status, code(&refused).as_str()), (403, "AuthorizationFailed"));
    let gone = world.get(&server("psql-none"));
    assert_eq!((gone.status, code(&gone).as_str()), (404, "ResourceNotFound"));
}
