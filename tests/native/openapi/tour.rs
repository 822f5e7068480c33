//! Everything that there is a file for is asked of the simulated Azure; recorded
//! traffic is read beside it.

use super::hold::{Contract, Finding};
use super::{contract, findings, known};
use crate::fidelity::{self, files, json};
use pgflex_restore::azure::http::{ArmUrl, Method, Request, Response};
use pgflex_restore::moment::{Moment, Span};
use pgflex_restore::sim::Azure;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::sync::OnceLock;

/// The api-versions of Azure Backup that there are files of. The third one that can be set is answered as the second.
const VERSIONS: [&str; 2] = ["2021-07-01", "2024-04-01"];
const SUBSCRIPTIONS: &str = "2022-12-01";
const STORAGE: &str = "2023-05-01";
const AUTHORIZATION: &str = "2022-04-01";
const GRAPH: &str = "2021-03-01";
const POSTGRESQL: &str = "2024-08-01";

/// The subscription of which the resource graph tells nothing.
const LEGACY: &str = "d1947b26-8f0e-4ac3-9275-60be3c8da1f7";

/// The container that does no harm, and those that fail by name.
const ACCOUNT: &str = "https://stdemoweu.blob.core.windows.net";
const CONTAINERS: [&str; 7] =
    ["drill-2026-11", "no-role", "not-there", "restore-refused", "job-fails", "files-exist", "hidden-headers"];

/// What a tour met.
struct Tour<'a> {
    contract: &'a Contract,
    azure: Azure,
    now: Moment,
    backup: &'static str,
    found: BTreeSet<Finding>,
    asked: usize,
}

/// What is not as the files say: of what the simulated Azure answers, and of what was recorded.
struct Met {
    simulated: BTreeSet<Finding>,
    recorded: BTreeSet<Finding>,
}

fn met() -> Option<&'static Met> {
    static MET: OnceLock<Option<Met>> = OnceLock::new();
    let meet = || {
        let contract = contract()?;
        let simulated = VERSIONS.into_iter().flat_map(|version| Tour::of(contract, version)).collect();
        Some(Met { simulated, recorded: recorded(contract) })
    };
    MET.get_or_init(meet).as_ref()
}

#[track_caller]
fn check(found: &BTreeSet<Finding>) {
    let unknown = found.iter().filter(|finding| known::of(finding).is_none());
    let told: Vec<&str> = unknown.map(|finding| finding.told.as_str()).collect();
    assert!(told.is_empty(), "{} things are not as the OpenAPI says:\n  {}", told.len(), told.join("\n  "));
}

#[test]
fn what_the_simulated_azure_answers_is_as_the_openapi_says() {
    let Some(met) = met() else { return };
    check(&met.simulated);
}

#[test]
fn recorded_traffic_is_as_the_openapi_says() {
    let Some(met) = met() else { return };
    check(&met.recorded);
}

#[test]
fn every_known_deviation_is_one_of_something() {
    let Some(met) = met() else { return };
    let used: BTreeSet<usize> = met.simulated.union(&met.recorded).filter_map(known::of).collect();
    let idle = known::KNOWN.iter().enumerate().filter(|(at, _)| !used.contains(at));
    let told: Vec<String> = idle.map(|(_, k)| format!("{} {} {} {}: {}", k.side, k.what, k.of, k.at, k.why)).collect();
    assert!(told.is_empty(), "nothing deviates so any more:\n  {}", told.join("\n  "));
}

impl Tour<'_> {
    fn of(contract: &Contract, backup: &'static str) -> BTreeSet<Finding> {
        let now = Moment::parse("2026-11-22T02:12:00Z").unwrap();
        let mut tour = Tour { contract, azure: Azure::new(None), now, backup, found: BTreeSet::new(), asked: 0 };
        let subscriptions = tour.list("/subscriptions", SUBSCRIPTIONS);
        for subscription in &subscriptions {
            let path = text(subscription, "id");
            tour.get(path, SUBSCRIPTIONS);
            for vault in tour.list(&format!("{path}/providers/Microsoft.DataProtection/backupVaults"), backup) {
                tour.vault(text(&vault, "id"));
            }
            for account in tour.list(&format!("{path}/providers/Microsoft.Storage/storageAccounts"), STORAGE) {
                tour.account(text(&account, "id"));
            }
            tour.get(&format!("{path}/providers/Microsoft.Authorization/roleAssignments"), AUTHORIZATION);
        }
        tour.graph();
        tour.what_is_not_there(text(&subscriptions[0], "id"));
        assert!(tour.asked > 1_000, "only {} requests", tour.asked);
        tour.found
    }

    fn vault(&mut self, vault: &str) {
        let backup = self.backup;
        self.get(vault, backup);
        self.get(&format!("{vault}/providers/Microsoft.Authorization/permissions"), AUTHORIZATION);
        let (group, _) = vault.rsplit_once('/').unwrap();
        self.get(group, backup);
        for policy in self.list(&format!("{vault}/backupPolicies"), backup) {
            self.get(text(&policy, "id"), backup);
        }
        let instances = self.list(&format!("{vault}/backupInstances"), backup);
        for instance in &instances {
            let path = text(instance, "id");
            self.get(path, backup);
            let source = &instance["properties"]["dataSourceInfo"];
            if text(source, "datasourceType").ends_with("/flexibleServers") {
                self.get(text(source, "resourceID"), POSTGRESQL);
            }
            // The first version cannot be asked by the server.
            if backup != "2021-07-01" {
                self.get(
                    &format!("{}/providers/Microsoft.DataProtection/backupInstances", text(source, "resourceID")),
                    backup,
                );
            }
            let points = format!("{path}/recoveryPoints");
            self.list(&format!("{points}?$filter=startDate%20eq%20'2026-11-01T00:00:00.0000000Z'"), backup);
            if let Some(point) = self.list(&points, backup).first() {
                self.get(text(point, "id"), backup);
                let point = text(&point["properties"], "recoveryPointId").to_string();
                let all = text(source, "resourceName") == "psql-orders-demo";
                for container in CONTAINERS.iter().take(if all { CONTAINERS.len() } else { 1 }) {
                    self.restore(path, &point, container, text(source, "resourceLocation"));
                }
            }
        }
        for job in self.list(&format!("{vault}/backupJobs"), backup) {
            self.get(text(&job, "id"), backup);
        }
    }

    /// Checks, restores and follows both to their ends, by both addresses.
    fn restore(&mut self, instance: &str, point: &str, container: &str, region: &str) {
        // A world in which much was started is slower to answer, and answers no other way.
        self.azure = Azure::new(None);
        let inner = json!({
            "objectType": "AzureBackupRecoveryPointBasedRestoreRequest",
            "restoreTargetInfo": {
                "objectType": "RestoreFilesTargetInfo", "recoveryOption": "FailIfExists", "restoreLocation": region,
                "targetDetails": {
                    "filePrefix": format!("tour-{}", self.asked), "restoreTargetLocationType": "AzureBlobs",
                    "url": format!("{ACCOUNT}/{container}") } },
            "sourceDataStoreType": "VaultStore",
            "recoveryPointId": point,
        });
        let check = json!({ "restoreRequestObject": inner });
        for (verb, body) in [("validateRestore", &check), ("restore", &inner)] {
            let path = format!("{instance}/{verb}?api-version={}", self.backup);
            let mut addresses = Vec::new();
            // What fails for a while works the second time.
            for _ in 0..2 {
                if let Some(answer) = self.ask(Method::Post, &path, Some(body)) {
                    let names = ["azure-asyncoperation", "location"];
                    addresses = names.iter().filter_map(|name| answer.header(name)).map(str::to_string).collect();
                }
                self.follow(&addresses);
                self.now = self.now + Span::from_secs(100);
                self.follow(&addresses);
            }
        }
        let list = format!("{}/backupJobs", instance.split("/backupInstances/").next().unwrap());
        for later in [0, 3_600] {
            self.now = self.now + Span::from_secs(later);
            let jobs = self.list(&list, self.backup);
            if let Some(job) = jobs.iter().rfind(|job| job["properties"]["operation"] == "Restore") {
                self.get(text(job, "id"), self.backup);
            }
        }
    }

    fn follow(&mut self, addresses: &[String]) {
        for address in addresses {
            self.ask(Method::Get, address, None);
        }
    }

    fn account(&mut self, account: &str) {
        self.get(account, STORAGE);
        self.get(account.rsplit_once('/').unwrap().0, STORAGE);
        for container in self.list(&format!("{account}/blobServices/default/containers"), STORAGE) {
            let path = text(&container, "id");
            self.get(path, STORAGE);
            for filter in
                ["", "?$filter=atScope()", "?$filter=principalId%20eq%20'7ac02f95-e3d1-4860-a5b9-4d8f16e2c073'"]
            {
                self.get(&format!("{path}/providers/Microsoft.Authorization/roleAssignments{filter}"), AUTHORIZATION);
            }
        }
        self.get(&format!("{account}/blobServices/default/containers/not-in-the-world"), STORAGE);
        self.get(&format!("{account}/providers/Microsoft.Authorization/permissions"), AUTHORIZATION);
        self.create(account);
        self.create(&format!("{account}x"));
        self.grant(account);
        self.grant(&format!("{account}/blobServices/default/containers/drill"));
        self.list(&format!("{account}/blobServices/default/containers"), STORAGE);
    }

    /// A container: once, once more, and one of no good name.
    fn create(&mut self, account: &str) {
        for (name, body) in [("tour", json!({})), ("tour", json!({ "properties": {} })), ("No--name", json!({}))] {
            let path = format!("{account}/blobServices/default/containers/{name}?api-version={STORAGE}");
            self.ask(Method::Put, &path, Some(&body));
        }
    }

    /// A role: once, once more, under another name, and one that there is not.
    fn grant(&mut self, scope: &str) {
        let (first, second) = ("0d7f3c52-9b1e-4a68-8c04-e5a2d6f91b37", "f6b09e14-2c8d-4735-a1e9-4d70c83b5a2f");
        let role = "ba92f5b4-2d11-453d-a403-e96b0029c9fe";
        for (name, role) in [(first, role), (first, role), (second, role), (second, first)] {
            let subscription = scope.split('/').nth(2).unwrap();
            let definition =
                format!("/subscriptions/{subscription}/providers/Microsoft.Authorization/roleDefinitions/{role}");
            let body = json!({ "properties": {
                "roleDefinitionId": definition,
                "principalId": "2f81d6b0-5a94-4e3c-9d07-c8e4b1a5f362",
                "principalType": "ServicePrincipal" } });
            let path = format!("{scope}/providers/Microsoft.Authorization/roleAssignments/{name}");
            self.ask(Method::Put, &format!("{path}?api-version={AUTHORIZATION}"), Some(&body));
            self.get(&path, AUTHORIZATION);
        }
    }

    fn graph(&mut self) {
        let path = format!("/providers/Microsoft.ResourceGraph/resources?api-version={GRAPH}");
        for query in [
            "RecoveryServicesResources | where type =~ 'microsoft.dataprotection/backupvaults/backupinstances'",
            "resources | where type =~ 'microsoft.dataprotection/backupvaults'",
            "resources | where nothing",
            "resources | where type =~ 'microsoft.storage/storageaccounts' and name =~ 'stdemoweu' | project id",
            crate::simulator::PROJECTED,
        ] {
            for subscriptions in [None, Some([LEGACY])] {
                let options = json!({ "$top": 3, "resultFormat": "objectArray" });
                let mut body = json!({ "query": query, "options": options });
                if let Some(subscriptions) = subscriptions {
                    body["subscriptions"] = json!(subscriptions);
                }
                self.ask(Method::Post, &path, Some(&body));
            }
        }
    }

    fn what_is_not_there(&mut self, subscription: &str) {
        let backup = self.backup;
        let vaults = format!("{subscription}/providers/Microsoft.DataProtection/backupVaults");
        let vault = text(&self.list(&vaults, backup)[0], "id").to_string();
        for path in ["backupInstances/x", "backupInstances/x/recoveryPoints", "backupPolicies/x", "backupJobs/x"] {
            self.get(&format!("{vault}/{path}"), backup);
        }
        self.get(&format!("{vault}x"), backup);
        self.get(&format!("{subscription}/resourceGroups/x/providers/Microsoft.DataProtection/backupVaults/y"), backup);
        self.get(
            &format!("{subscription}/resourceGroups/x/providers/Microsoft.Storage/storageAccounts/nosuch"),
            STORAGE,
        );
        let nobody = "/subscriptions/00000000-0000-0000-0000-000000000000";
        self.get(nobody, SUBSCRIPTIONS);
        self.get(&format!("{nobody}/providers/Microsoft.DataProtection/backupVaults"), backup);
        self.get(
            &format!("{subscription}/providers/Microsoft.DataProtection/locations/westeurope/operationStatus/x"),
            backup,
        );
        self.get(
            &format!("{subscription}/providers/Microsoft.DataProtection/locations/westeurope/operationResults/x"),
            backup,
        );
        let instance = text(&self.list(&format!("{vault}/backupInstances"), backup)[0], "id").to_string();
        self.restore(&instance, "00000000000000000000000000000000", CONTAINERS[0], "nowhere");
    }

    fn list(&mut self, path: &str, version: &str) -> Vec<Value> {
        self.get(path, version)["value"].as_array().cloned().unwrap_or_default()
    }

    fn get(&mut self, path: &str, version: &str) -> Value {
        let sign = if path.contains('?') { '&' } else { '?' };
        let answer = self.ask(Method::Get, &format!("{path}{sign}api-version={version}"), None);
        answer.and_then(|answer| serde_json::from_str(&answer.body).ok()).unwrap_or_default()
    }

    fn ask(&mut self, method: Method, address: &str, body: Option<&Value>) -> Option<Response> {
        let request = request(method, address, body)?;
        let outcome = self.azure.answer(self.now, &request).outcome.ok();
        self.found.extend(findings(self.contract, &request, outcome.as_ref()));
        self.asked += 1;
        outcome
    }
}

/// A request; nothing where the address is not Azure's, as one of a failure by name.
fn request(method: Method, address: &str, body: Option<&Value>) -> Option<Request> {
    let host = if address.starts_with('/') { "https://management.azure.com" } else { "" };
    let url = ArmUrl::admit("management.azure.com", &format!("{host}{address}"), None).ok()?;
    let headers = body.map(|_| ("Content-Type".to_string(), "application/json".to_string()));
    Some(Request { method, url, headers: headers.into_iter().collect(), body: body.map(Value::to_string) })
}

fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value[name].as_str().unwrap_or_default()
}

fn method(name: &Value) -> Method {
    [Method::Get, Method::Post, Method::Put].into_iter().find(|method| name == method.as_str()).unwrap()
}

/// Every recorded request and answer that there is a file for.
fn recorded(contract: &Contract) -> BTreeSet<Finding> {
    let mut found = BTreeSet::new();
    for name in files("recordings", "flow-") {
        let flow = json(&format!("recordings/{name}")).unwrap();
        for said in flow["interactions"].as_array().unwrap() {
            let address = fidelity::filled(text(said, "url"));
            // Of roles there is no file, only of what is assigned.
            if address.contains("/roleDefinitions?") {
                continue;
            }
            let sent = Some(&said["requestBody"]).filter(|body| !body.is_null());
            let request = request(method(&said["method"]), &address, sent).unwrap();
            let body = if said["body"].is_null() { String::new() } else { said["body"].to_string() };
            let status = said["status"].as_u64().unwrap() as u16;
            let answer = Response { status, headers: fidelity::headers(&said["headers"]), body };
            found.extend(findings(contract, &request, Some(&answer)));
        }
    }
    found
}
