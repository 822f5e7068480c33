//! The simulated Azure, asked as anybody might ask it: by URLs and JSON, with nothing of this program's own reading.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test fails by panicking")]

mod access;
mod answers;
mod around;
mod errors;
mod faults;
mod fidelity;
mod graph;
mod jobs;
mod message;
mod oddities;
mod properties;
mod reading;
mod restoring;
mod starts;
mod targets;
mod tokens;
mod told;
mod versions;

use pgflex_restore::azure::http::{ArmUrl, Method, Request, Response, Unreachable};
use pgflex_restore::moment::{Moment, Span};
use pgflex_restore::sim::{Azure, Reply};
use serde_json::{Value, json};

pub const VAULT: &str = "/subscriptions/6f2d9a41-5c0e-4b7a-9f63-2d1e8c7b4a05/resourceGroups/rg-backup-prod/providers/Microsoft.DataProtection/backupVaults/bvault-prod-weu";
pub const ORDERS: &str = "psql-orders-prod-psql-orders-prod-3f0b61d4-9c2a-11ef-8a5e-00155d3c7b19";
pub const DEMO: &str = "/subscriptions/94b7d3e0-58c6-4a1f-8f29-0e6d71c3a5b8/resourceGroups/rg-demo/providers/Microsoft.DataProtection/backupVaults/bvault-demo-weu";
pub const ANALYTICS: &str = "/subscriptions/2ae9750c-71b3-4f08-a6d4-c3905be81f27/resourceGroups/rg-analytics-weu/providers/Microsoft.DataProtection/backupVaults/bvault-analytics-weu";
pub const DRILLS: &str = "https://stordersrestoreweu.blob.core.windows.net/pg-restore-drills";

/// A simulated Azure with a virtual clock.
pub struct World {
    pub azure: Azure,
    pub now: Moment,
}

impl World {
    /// The night of the mock-ups: Sunday 22 November 2026, 02:12 UTC.
    pub fn new() -> Self {
        World { azure: Azure::new(None), now: Moment::parse("2026-11-22T02:12:00Z").unwrap() }
    }

    pub fn wait(&mut self, seconds: i64) {
        self.now = self.now + Span::from_secs(seconds);
    }

    pub fn ask(&mut self, method: Method, url: &str, body: Option<String>) -> Response {
        self.send(method, url, "", body).outcome.unwrap()
    }

    /// Sends a request with a token, or with none.
    pub fn send(&mut self, method: Method, url: &str, token: &str, body: Option<String>) -> Reply {
        let url = if url.starts_with('/') { format!("https://management.azure.com{url}") } else { url.to_string() };
        let url = ArmUrl::admit("management.azure.com", &url, None).unwrap();
        let bearer = ("authorization".to_string(), format!("Bearer {token}"));
        let headers = if token.is_empty() { Vec::new() } else { vec![bearer] };
        self.azure.answer(self.now, &Request { method, url, headers, body })
    }

    /// What comes of a GET, if anything does.
    pub fn try_get(&mut self, path: &str) -> Result<Response, Unreachable> {
        let sign = if path.contains('?') { '&' } else { '?' };
        self.send(Method::Get, &format!("{path}{sign}api-version=2024-04-01"), "", None).outcome
    }

    /// What comes of a POST, if anything does.
    pub fn try_post(&mut self, path: &str, body: &Value) -> Result<Response, Unreachable> {
        self.send(Method::Post, &format!("{path}?api-version=2024-04-01"), "", Some(body.to_string())).outcome
    }

    /// The restores that a vault's list shows, oldest first.
    pub fn restores(&mut self, vault: &str) -> Vec<Value> {
        let list = self.read(&format!("{vault}/backupJobs"));
        let rows = list["value"].as_array().unwrap().iter();
        rows.filter(|job| job["properties"]["operation"] == "Restore").cloned().collect()
    }

    pub fn get(&mut self, url: &str) -> Response {
        self.ask(Method::Get, url, None)
    }

    /// A GET that has to succeed, with the api-version of most recordings.
    pub fn read(&mut self, path: &str) -> Value {
        let sign = if path.contains('?') { '&' } else { '?' };
        let response = self.get(&format!("{path}{sign}api-version=2024-04-01"));
        assert_eq!(response.status, 200, "{path}: {}", response.body);
        json_of(&response)
    }

    /// A PUT, with the api-version that the path needs.
    pub fn put(&mut self, path: &str, version: &str, body: &Value) -> Response {
        self.ask(Method::Put, &format!("{path}?api-version={version}"), Some(body.to_string()))
    }

    pub fn post(&mut self, path: &str, body: &Value) -> Response {
        self.ask(Method::Post, &format!("{path}?api-version=2024-04-01"), Some(body.to_string()))
    }

    /// The instance of a server in a vault, as a path.
    pub fn instance(&mut self, vault: &str, server: &str) -> String {
        let list = self.read(&format!("{vault}/backupInstances"));
        let rows = list["value"].as_array().unwrap();
        let found = rows.iter().find(|i| i["properties"]["friendlyName"] == server);
        found.unwrap_or_else(|| panic!("no {server}"))["id"].as_str().unwrap().to_string()
    }

    /// A restore request for an instance's newest point.
    pub fn request(&mut self, instance: &str, url: &str, prefix: &str) -> Value {
        let points = self.read(&format!("{instance}/recoveryPoints"));
        json!({
            "objectType": "AzureBackupRecoveryPointBasedRestoreRequest",
            "recoveryPointId": points["value"][0]["properties"]["recoveryPointId"],
            "restoreTargetInfo": {
                "objectType": "RestoreFilesTargetInfo",
                "recoveryOption": "FailIfExists",
                "restoreLocation": "westeurope",
                "targetDetails": { "filePrefix": prefix, "restoreTargetLocationType": "AzureBlobs", "url": url }
            },
            "sourceDataStoreType": "VaultStore"
        })
    }

    /// Starts a restore and gives its job's path.
    pub fn start(&mut self, instance: &str, request: &Value) -> String {
        let accepted = self.post(&format!("{instance}/restore"), request);
        assert_eq!(accepted.status, 202, "{}", accepted.body);
        let status = accepted.header("Azure-AsyncOperation").unwrap().to_string();
        self.wait(5);
        let status = json_of(&self.get(&status));
        status["properties"]["jobId"].as_str().unwrap_or_else(|| panic!("no job: {status}")).to_string()
    }
}

/// Validates into a container and waits for the end: its status, and the answer that accepted it.
pub fn validate(world: &mut World, vault: &str, server: &str, url: &str) -> (Value, Response) {
    let instance = world.instance(vault, server);
    let request = world.request(&instance, url, "demo-1");
    let accepted = world.post(&format!("{instance}/validateRestore"), &wrapped(&request));
    assert_eq!(accepted.status, 202, "{}", accepted.body);
    world.wait(45);
    let status = json_of(&world.get(accepted.header("Azure-AsyncOperation").unwrap()));
    (status, accepted)
}

/// Validates into a container and waits for the end: the code of its failure, or that it succeeded.
pub fn check(world: &mut World, vault: &str, server: &str, url: &str) -> String {
    let (status, _) = validate(world, vault, server, url);
    status["error"]["code"].as_str().or(status["status"].as_str()).unwrap().to_string()
}

/// What an error is called.
pub fn code(response: &Response) -> String {
    json_of(response)["error"]["code"].as_str().unwrap().to_string()
}

/// A vault of the drills.
pub fn drills(kind: &str) -> String {
    DEMO.replace("bvault-demo-weu", &format!("bvault-demo-{kind}"))
}

/// What an overview of all servers asks of the resource graph.
pub const PROJECTED: &str = "recoveryservicesresources
| where type =~ 'microsoft.dataprotection/backupvaults/backupinstances'
| where properties.dataSourceInfo.datasourceType =~ 'Microsoft.DBforPostgreSQL/flexibleServers'
| extend server = tolower(tostring(properties.dataSourceInfo.resourceID))
| join kind=leftouter (resources | where type =~ 'microsoft.dbforpostgresql/flexibleservers' | project server = tolower(id), exists = true) on server
| join kind=leftouter (resourcecontainers | where type =~ 'microsoft.resources/subscriptions' | project subscriptionId, subscription = name) on subscriptionId
| project id, source = properties.dataSourceInfo.resourceID, name = properties.dataSourceInfo.resourceName, region = properties.dataSourceInfo.resourceLocation, state = properties.currentProtectionState, operations = properties.backupInstanceExtendedProperties.allowedOperations, subscription, exists
| order by id asc";

/// The container that does no harm.
pub const SAFE: &str = "https://stdemoweu.blob.core.windows.net/drill-2026-11";

pub fn json_of(response: &Response) -> Value {
    serde_json::from_str(&response.body).unwrap_or_else(|e| panic!("{e}: {}", response.body))
}

pub fn orders() -> String {
    format!("{VAULT}/backupInstances/{ORDERS}")
}

pub fn wrapped(request: &Value) -> Value {
    json!({ "restoreRequestObject": request })
}
