//! Recorded traffic of Azure and the official examples, read by `azure`.
//!
//! They are third-party material and stand outside the project: in `../shared/reference`, or wherever
//! `PGFLEX_REFERENCE` says. Where they are absent each test says so and passes. What is asserted are summary lines,
//! never whole bodies.

mod examples;
mod recordings;

use crate::azure::{answer, arm, told_problem};
use expect_test::Expect;
use pgflex_restore::azure::call::Call;
use pgflex_restore::azure::calls;
use pgflex_restore::azure::id::{InstanceId, PointName, SubscriptionId, VaultId};
use pgflex_restore::azure::operation::{Accepted, Operation, Progress};
use pgflex_restore::azure::page::{Next, Page};
use pgflex_restore::azure::problem::ArmProblem;
use pgflex_restore::azure::restore::RestoreRequest;
use pgflex_restore::azure::wire::{Instance, Job, Point, Vault};
use pgflex_restore::moment::Moment;
use serde_json::Value;
use std::path::{Path, PathBuf};

fn folder() -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/reference");
    let folder = std::env::var_os("PGFLEX_REFERENCE").map_or(beside, PathBuf::from);
    let there = folder.join("recordings").is_dir();
    if !there {
        println!("skipped: no recorded traffic beside the project (PGFLEX_REFERENCE)");
    }
    there.then_some(folder)
}

/// A file of the reference; nothing where that folder is absent.
pub fn text(path: &str) -> Option<String> {
    Some(std::fs::read_to_string(folder()?.join(path)).unwrap_or_else(|error| panic!("{path}: {error}")))
}

/// A file of the reference as JSON; nothing where that folder is absent.
pub fn json(path: &str) -> Option<Value> {
    Some(serde_json::from_str(&text(path)?).unwrap())
}

/// The files of a folder whose names contain a word, in order.
pub fn files(of: &str, word: &str) -> Vec<String> {
    let Some(folder) = folder() else { return Vec::new() };
    let entries = std::fs::read_dir(folder.join(of)).unwrap();
    let mut names: Vec<String> = entries.map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    names.retain(|name| name.contains(word));
    names.sort();
    assert!(!names.is_empty(), "no {of} of {word}");
    names
}

/// What was read of several bodies, a line each; nothing where there is nothing to read.
#[track_caller]
fn check(lines: &[String], expected: Expect) {
    if !lines.is_empty() {
        expected.assert_eq(&(lines.join("\n") + "\n"));
    }
}

fn read<T>(call: &Call<T>, status: u16, body: &Value) -> Result<T, Box<ArmProblem>> {
    call.read(&answer(status, &[], &body.to_string()))
}

fn short(problem: &ArmProblem) -> String {
    told_problem(problem).trim_end().replace('\n', " | ")
}

fn any_vault() -> VaultId {
    crate::azure::vault()
}

fn any_instance() -> InstanceId {
    crate::azure::instance()
}

fn day(moment: Option<Moment>) -> String {
    moment.map_or("-".into(), Moment::iso)
}

fn vault_line(v: &Vault) -> String {
    format!("{} in {}, principal {}", v.id.name, v.region, v.principal.as_deref().unwrap_or("-"))
}

fn instance_line(i: &Instance) -> String {
    let policy = i.policy.as_ref().map_or("-", |policy| policy.name.as_str());
    format!("{} of {} ({}), {}, policy {policy}, region {:?}", i.id.name, i.server_name, i.kind, i.protection, i.region)
}

fn point_line(p: &Point) -> String {
    format!("{} {} {:?} {:?} {:?} until {}", p.name, p.made.iso(), p.state, p.kind, p.stores, day(p.expires))
}

fn job_line(j: &Job) -> String {
    let mut line = format!(
        "{} {} {:?} ({}) {} to {}, {} s",
        j.id.name,
        j.category,
        j.status,
        j.word,
        day(j.began),
        day(j.ended),
        j.took.map_or("-".into(), |took| took.secs().to_string()),
    );
    if let Some(prefix) = &j.prefix {
        let point = j.point.as_ref().map_or("-", PointName::as_str);
        line += &format!(", {prefix} of {point} to {}, {:?} bytes", j.destination.as_deref().unwrap_or("-"), j.bytes);
    }
    let tasks: Vec<String> = j.tasks.iter().map(|task| format!("{} {}", task.name, task.word)).collect();
    if !tasks.is_empty() {
        line += &format!(", tasks {tasks:?}");
    }
    if let Some(problem) = &j.problem {
        line += &format!(", {}", short(problem));
    }
    line
}

fn page_line<T>(page: &Page<T>) -> String {
    let next = match page.next {
        Next::End => "end".to_string(),
        Next::Call(_) => "more".to_string(),
        Next::Refused(why) => format!("{why:?}"),
        Next::Cut => "cut".to_string(),
    };
    format!("{} items, {} skipped, {next}", page.items.len(), page.skipped)
}

fn request() -> RestoreRequest {
    RestoreRequest {
        point: PointName::parse("a1b2").unwrap(),
        container_url: "https://acct1.blob.core.windows.net/dumps".into(),
        container: None,
        prefix: "orders-1".into(),
        region: "westeurope".into(),
        identity: None,
    }
}

/// A recorded text, with what the recording took out of signed addresses put back.
pub fn filled(text: &str) -> String {
    let certificate = "MIIHhzCCBm-gAwIBAgITHgTa_".repeat(100);
    text.replace("<ticks>", "638999999999999999")
        .replace("<base64url-cert ~2.5KB>", &certificate)
        .replace("<sig>", "a-b_c")
        .replace("<hash>", "d-e_f")
}

/// A recorded answer's headers.
pub fn headers(said: &Value) -> Vec<(String, String)> {
    let Some(said) = said.as_object() else { return Vec::new() };
    let text = |value: &Value| filled(&value.as_str().map_or(value.to_string(), str::to_string));
    said.iter().map(|(name, value)| (name.clone(), text(value))).collect()
}

/// A POST of ours in the subscription that an address names.
fn posted(address: &str) -> Call<Accepted> {
    let named = address.split('/').skip_while(|s| !s.eq_ignore_ascii_case("subscriptions")).nth(1);
    let mut instance = any_instance();
    instance.vault.subscription = named.and_then(SubscriptionId::parse).unwrap();
    calls::restore(arm(), &instance, &request()).unwrap()
}

fn accepted(address: &str, status: u16, said: &Value, body: &Value) -> Accepted {
    let headers = headers(said);
    let headers: Vec<(&str, &str)> = headers.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    let body = if body.is_null() { String::new() } else { body.to_string() };
    posted(address).read(&answer(status, &headers, &body)).unwrap()
}

fn accepted_line(accepted: &Accepted) -> String {
    match accepted {
        Accepted::Done(job) => format!("done, job {:?}", job.as_ref().map(|job| &job.name)),
        Accepted::Blind(why) => format!("blind {why:?}"),
        Accepted::Following(o) => {
            let kind = o.url.path().rsplit('/').nth(1).unwrap_or_default();
            format!("{kind} at {} by {:?} after {} s", o.url.host(), o.by, o.wait.secs())
        }
    }
}

fn progress_line(progress: &Progress) -> String {
    match progress {
        Progress::Running(word, _) => format!("running ({word})"),
        Progress::Succeeded { job, began, ended } => {
            format!("succeeded, job {:?}, {} to {}", job.as_ref().map(|job| &job.name), day(*began), day(*ended))
        }
        Progress::Failed(problem) => format!("failed, {}", short(problem)),
    }
}

/// An operation that asks at a header of our choice.
fn operation(header: &str) -> Operation {
    let sub = crate::azure::SUB;
    let url = format!("https://management.azure.com/subscriptions/{sub}/providers/x/operationStatus/y");
    match posted(&url).read(&answer(202, &[(header, &url)], "")).unwrap() {
        Accepted::Following(operation) => operation,
        other => panic!("{other:?}"),
    }
}
