//! A restore as a command for a shell: what the tools are asked is exactly the request, and nothing is started that
//! Azure would not let through.

use super::{HOSTILE, SUB, container, known};
use crate::azure::{OTHER, arm, instance};
use pgflex_restore::azure::call::Arm;
use pgflex_restore::azure::cloud::{ApiVersion, Cloud};
use pgflex_restore::azure::id::{ContainerId, GroupName, InstanceId, PointName, SubscriptionId};
use pgflex_restore::azure::restore::RestoreRequest;
use pgflex_restore::commands::{Restore, Script};
use serde_json::Value;
use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::sync::atomic::{AtomicU32, Ordering};

pub const IDENTITY: &str = "/subscriptions/0b6f3f52-7f0e-4e5e-9d6f-0a1b2c3d4e5f/resourceGroups/rg-(id)/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-backup";

pub fn request() -> RestoreRequest {
    RestoreRequest {
        point: PointName::parse("9c41e07b52d84f6ea3b8d50f1e6c7a92").unwrap(),
        container_url: "https://stfiles.blob.core.windows.net/drill".to_string(),
        container: None,
        prefix: "orders-prod-20261109-k7q2mx".to_string(),
        region: "westeurope".to_string(),
        identity: None,
    }
}

/// Requests of every shape, with the Azure that they are for.
pub fn every_shape() -> Vec<(Arm, InstanceId, RestoreRequest)> {
    let mut odd = instance();
    odd.vault.group = GroupName::parse("rg_(1)").unwrap();
    let mut dashed = instance();
    dashed.vault.group = GroupName::parse("--help").unwrap();
    let elsewhere = SubscriptionId::parse(OTHER).unwrap();
    let elsewhere = ContainerId { subscription: elsewhere, ..container("Größe") };
    let foreign = RestoreRequest { container: Some(elsewhere), ..request() };
    let own = RestoreRequest { identity: Some(IDENTITY.to_string()), ..foreign.clone() };
    let old = Arm { api: ApiVersion::V2021_07_01, ..arm() };
    let china = Arm { cloud: Cloud::China, api: ApiVersion::V2026_03_01 };
    let near = RestoreRequest { container: Some(container("rg")), ..request() };
    vec![
        (arm(), instance(), request()),
        (arm(), odd, foreign),
        (china, dashed, own),
        (old, instance(), request()),
        (old, instance(), near),
    ]
}

pub fn body(arm: Arm, instance: &InstanceId, request: &RestoreRequest) -> Value {
    serde_json::from_str(&request.bare(arm.api, &instance.vault.subscription).unwrap()).unwrap()
}

/// A folder of its own, in which a script runs with programs that stand in for others.
struct Shell {
    folder: PathBuf,
}

impl Shell {
    fn new() -> Shell {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let name = format!("pgflex-commands-{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let folder = std::env::temp_dir().join(name);
        fs::create_dir(&folder).unwrap();
        Shell { folder }
    }

    /// Runs a script and says what it printed; whatever it asks for is written down by the stand-ins.
    fn run(&self, stand_ins: &str, script: &str) -> String {
        let script = format!("{stand_ins}\n{script}\n");
        let read = Command::new("bash").args(["-n", "-c", &script]).status().unwrap();
        assert!(read.success(), "no script: {script}");
        let path = std::env::var("PATH").unwrap();
        let mut bash = Command::new("bash");
        bash.args(["-c", &script]).current_dir(&self.folder).env_clear().env("PATH", path);
        let run = bash.output().unwrap();
        assert_eq!(String::from_utf8_lossy(&run.stderr), "", "{script}");
        String::from_utf8(run.stdout).unwrap()
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.folder.join(name)).unwrap_or_default()
    }

    /// The calls that a stand-in has written down, each with its arguments.
    fn calls(&self, name: &str) -> Vec<Vec<String>> {
        let text = self.read(name);
        let words = |call: &str| call.trim_end_matches('\0').split('\0').map(str::to_string).collect();
        text.split_terminator("\0\n").map(words).collect()
    }
}

impl Drop for Shell {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// An Azure CLI that writes down what it is called with, and answers as the real one; its check refuses where `$REFUSES`
/// is set, and a job is done when it is asked for the second time. Nobody sleeps.
const AZ: &str = r#"
az() {
  printf '%s\0' "$@" >> az; printf '\n' >> az
  case "$*" in
    *"restore trigger"*) cat ./*.json > triggered; echo /subscriptions/s/backupJobs/job-1 ;;
    *"validate-for-restore"*) cat ./*.json > checked; [ -z "${REFUSES-}" ] ;;
    *"job list-from-resourcegraph"*) echo /subscriptions/s/backupJobs/job-2 ;;
    *"job show"*) [ -e asked ] && echo Completed || echo InProgress; touch asked ;;
    *"get-access-token"*) echo TOKEN ;;
  esac
}
sleep() { echo "$1" >> slept; }
"#;

fn said(arm: Arm, instance: &InstanceId, request: &RestoreRequest) -> Script {
    Restore::of(arm, instance, request).unwrap().az()
}

#[test]
fn the_azure_cli_is_given_exactly_the_request() {
    for (arm, instance, request) in every_shape() {
        let shell = Shell::new();
        let Script { start, follow } = said(arm, &instance, &request);
        let told = shell.run(AZ, &format!("set -u\n{start}\n{follow}"));
        assert_eq!(told, "/subscriptions/s/backupJobs/job-1\nCompleted\n");
        for file in ["checked", "triggered"] {
            let sent: Value = serde_json::from_str(&shell.read(file)).unwrap();
            assert_eq!(sent, body(arm, &instance, &request), "{file}");
        }
        let calls: Vec<_> = shell.calls("az").iter().map(|words| known::read(words)).collect();
        let names: Vec<&str> = calls.iter().map(|(name, _)| *name).collect();
        let [check, trigger, show, again] = names[..] else { panic!("{names:?}") };
        assert_eq!(check, "dataprotection backup-instance validate-for-restore");
        assert_eq!(trigger, "dataprotection backup-instance restore trigger");
        assert_eq!((show, again), ("dataprotection job show", "dataprotection job show"));
        for (_, options) in &calls[..2] {
            let vault = &instance.vault;
            assert_eq!(options["--subscription"], [vault.subscription.as_str()]);
            assert_eq!(options["--resource-group"], [vault.group.as_str()]);
            assert_eq!(options["--vault-name"], [vault.name.as_str()]);
            assert_eq!(options["--backup-instance-name"], [instance.name.as_str()]);
            assert_eq!(options["--restore-request-object"], ["orders-prod-20261109-k7q2mx.json"]);
        }
        assert_eq!(calls[2].1["--ids"], ["/subscriptions/s/backupJobs/job-1"]);
        assert_eq!(shell.read("slept"), "30\n");
    }
}

#[test]
fn what_azure_refuses_in_its_check_the_azure_cli_does_not_start() {
    let shell = Shell::new();
    let script = said(arm(), &instance(), &request()).start;
    // As it is pasted: line by line, whatever came of the one before.
    let told = shell.run(&format!("{AZ}\nREFUSES=1"), &format!("{script}\ntrue"));
    assert_eq!(told, "");
    assert_eq!(shell.calls("az").len(), 1, "{:?}", shell.calls("az"));
    assert_eq!(shell.read("triggered"), "");
}

#[test]
fn in_another_shell_the_azure_cli_finds_the_job_by_its_prefix() {
    let shell = Shell::new();
    let told = shell.run(AZ, &format!("set -u\n{}", said(arm(), &instance(), &request()).follow));
    assert_eq!(told, "Completed\n");
    let calls: Vec<_> = shell.calls("az").iter().map(|words| known::read(words)).collect();
    let (name, options) = &calls[0];
    assert_eq!(*name, "dataprotection job list-from-resourcegraph");
    assert_eq!(options["--subscriptions"], [SUB]);
    assert_eq!(options["--vaults"], [instance().vault.name.as_str()]);
    let by_prefix =
        "[?properties.extendedInfo.additionalDetails.\"Restore File Prefix\"=='orders-prod-20261109-k7q2mx'].id | [0]";
    assert_eq!(options["--query"], [by_prefix]);
    assert_eq!(calls[1].1["--ids"], ["/subscriptions/s/backupJobs/job-2"]);
}

/// A curl that answers with what `answers` holds, an answer a file, and writes down what it is called with, and what it
/// is told besides.
const CURL: &str = r#"
curl() {
  printf '%s\0' "$@" >> curl; printf '\n' >> curl
  cat >> told
  local n; n=$(($(cat count 2> count.none || echo 0) + 1)); echo "$n" > count
  cat "answer$n" && ! grep -q '^HTTP/[0-9.]* [45]' "answer$n" || return 22
}
"#;

/// Runs the commands for curl against these answers.
fn curl(shell: &Shell, arm: Arm, instance: &InstanceId, request: &RestoreRequest, answers: &[String]) -> String {
    for (i, answer) in answers.iter().enumerate() {
        fs::write(shell.folder.join(format!("answer{}", i + 1)), answer).unwrap();
    }
    let Script { start, follow } = Restore::of(arm, instance, request).unwrap().rest();
    shell.run(&format!("{AZ}{CURL}"), &format!("{start} && {{\n{follow}\n}} || echo nothing was started"))
}

/// Azure takes a request: it is followed at this address.
fn taken(at: &str) -> String {
    format!("HTTP/1.1 202 Accepted\r\nRetry-After: 7\r\nAzure-AsyncOperation: {at}\r\nLocation: {at}&l\r\n\r\nnull")
}

fn ok(body: &str) -> String {
    format!("HTTP/2 200\r\ncontent-type: application/json\r\n\r\n{body}")
}

/// What is sent, as curl is told: method, address, body.
fn sent(words: &[String]) -> (String, Option<&str>) {
    let expected = ["--config", "-", "--silent", "--show-error", "--fail-with-body", "--dump-header", "-"];
    assert_eq!(words[..expected.len()], expected);
    match &words[expected.len()..] {
        [url] => (format!("GET {url}"), None),
        [header, json, data, body, url] => {
            assert_eq!([header, json, data], ["--header", "Content-Type: application/json", "--data"]);
            (format!("POST {url}"), Some(body))
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn curl_sends_exactly_the_request_and_asks_when_azure_says() {
    for (arm, instance, request) in every_shape() {
        let shell = Shell::new();
        let host = format!("https://{}", arm.cloud.arm_host());
        let (check, start) =
            (format!("{host}/s/operationStatus/a?t=1&x=$(reboot)"), format!("{host}/s/operationStatus/b"));
        let answers = [
            taken(&check),
            ok(r#"{"name":"a","status":"Inprogress"}"#),
            ok(r#"{"name":"a","status":"Succeeded"}"#),
            taken(&start),
            ok(r#"{"status": "Succeeded", "properties": {"jobId": "/subscriptions/s/backupJobs/job-1"}}"#),
            ok(r#"{"properties":{"extendedInfo":{"subTasks":[{"taskStatus":"Completed"}]},"status":"InProgress"}}"#),
            ok(r#"{"properties":{"status":"Completed"}}"#),
        ];
        let told = curl(&shell, arm, &instance, &request, &answers);
        assert!(told.contains("HTTP/1.1 202 Accepted"), "headers are shown: {told}");
        assert!(told.ends_with("{\"properties\":{\"status\":\"Completed\"}}\n"), "{told}");
        let calls = shell.calls("curl");
        let calls: Vec<_> = calls.iter().map(|words| sent(words)).collect();
        let at = format!("{host}{}", instance.path());
        let version = format!("?api-version={}", arm.api.as_str());
        let job = format!("GET {host}{}/backupJobs/job-1{version}", instance.vault.path());
        let asked: Vec<&str> = calls.iter().map(|(what, _)| what.as_str()).collect();
        assert_eq!(
            asked,
            [
                &format!("POST {at}/validateRestore{version}"),
                &format!("GET {check}"),
                &format!("GET {check}"),
                &format!("POST {at}/restore{version}"),
                &format!("GET {start}"),
                &job,
                &job,
            ]
        );
        let json = |at: usize| serde_json::from_str::<Value>(calls[at].1.unwrap()).unwrap();
        let body = body(arm, &instance, &request);
        assert_eq!(json(0), serde_json::json!({ "restoreRequestObject": body }));
        assert_eq!(json(3), body);
        assert_eq!(shell.read("slept"), "7\n7\n7\n30\n", "as Azure said, then between two looks at the job");
        // The token goes to curl alone, and by no argument.
        assert_eq!(shell.read("told"), "header = \"Authorization: Bearer TOKEN\"\n".repeat(calls.len()));
        assert!(!shell.read("curl").contains("TOKEN"));
        for words in shell.calls("az") {
            let (name, options) = known::read(&words);
            assert_eq!(name, "account get-access-token");
            assert_eq!(options["--resource"], [format!("{host}/")]);
            assert_eq!(options["--subscription"], [instance.vault.subscription.as_str()]);
        }
    }
}

#[test]
fn curl_starts_nothing_that_azure_has_not_let_through() {
    let operation = "https://management.azure.com/s/operationStatus/a";
    let refused = "HTTP/2 400\r\n\r\n{\"error\":{\"code\":\"BadRequest\"}}".to_string();
    for (answers, why) in [
        (vec![taken(operation), ok(r#"{"status":"Failed","error":{"code":"UserErrorX"}}"#)], "refused by the check"),
        (vec![refused.clone()], "refused at once"),
        (vec![taken(operation), refused], "cannot be followed"),
        (vec![taken("https://management.azure.com.evil.example/a")], "an address elsewhere"),
        (vec!["HTTP/2 202\r\n\r\n".to_string()], "no address"),
        (vec![taken(operation), ok(r#"{"status":"Canceled"}"#)], "given up by Azure"),
    ] {
        let shell = Shell::new();
        let told = curl(&shell, arm(), &instance(), &request(), &answers);
        assert!(told.ends_with("nothing was started\n"), "{why}: {told}");
        assert_eq!(shell.calls("curl").len(), answers.len(), "{why}");
        assert!(!shell.read("curl").contains("/restore?"), "{why}");
    }
}

#[test]
fn curl_follows_the_location_where_there_is_nothing_else() {
    let shell = Shell::new();
    let at = |path: &str| format!("HTTP/2 202\r\nlocation: https://management.azure.com/{path}\r\n\r\n");
    let done = r#"{"jobId":"/subscriptions/s/backupJobs/job-1","objectType":"OperationJobExtendedInfo"}"#;
    let answers = [
        at("a"),
        at("a"),
        ok(r#"{"objectType":"OperationJobExtendedInfo"}"#),
        at("b"),
        ok(done),
        ok(r#"{"properties":{"status":"Failed"}}"#),
    ];
    let told = curl(&shell, arm(), &instance(), &request(), &answers);
    assert!(told.ends_with("{\"properties\":{\"status\":\"Failed\"}}\n"), "{told}");
    assert_eq!(shell.read("slept"), "10\n10\n10\n", "ten seconds where Azure does not say");
}

#[test]
fn there_is_no_command_for_what_is_no_name() {
    let (arm, instance) = (arm(), instance());
    let refused = |request: &RestoreRequest| Restore::of(arm, &instance, request).is_none();
    for text in HOSTILE.into_iter().chain([""]) {
        let text = text.to_string();
        let id = |text: &str| format!("{IDENTITY}{text}");
        // An id may begin with dashes: it never stands alone.
        let hidden = if text.is_empty() { String::new() } else { id(&text) };
        if text != "--help" {
            assert!(refused(&RestoreRequest { identity: Some(hidden), ..request() }), "{text:?}");
            assert!(refused(&RestoreRequest { container_url: text.clone(), ..request() }), "{text:?}");
            assert!(refused(&RestoreRequest { region: text.clone(), ..request() }), "{text:?}");
        }
        assert!(refused(&RestoreRequest { prefix: text.clone(), ..request() }), "{text:?}");
    }
    assert!(refused(&RestoreRequest { prefix: "../x".to_string(), ..request() }), "another folder");
    let old = Arm { api: ApiVersion::V2021_07_01, ..arm };
    let own = RestoreRequest { identity: Some(IDENTITY.to_string()), ..request() };
    assert!(Restore::of(old, &instance, &own).is_none(), "the api-version cannot say it");
}
