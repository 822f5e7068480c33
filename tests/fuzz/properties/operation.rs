//! Long-running operations: begun by a check or a restore, asked at `Azure-AsyncOperation`, asked at `Location`. An
//! operation ends by one of Azure's three words and no other, and is asked where Azure said, or nowhere.

use super::address::leads_to_azure;
use super::response::{Reading, arm, holds_of_every, object, point, read, response, without_raw};
use super::{SUB, Seen, Target};
use pgflex_restore::azure::call::Call;
use pgflex_restore::azure::calls;
use pgflex_restore::azure::http::{Method, Response};
use pgflex_restore::azure::operation::{Accepted, Header, Operation, Progress, retry_after};
use pgflex_restore::azure::restore::RestoreRequest;

pub const TARGET: Target = Target {
    name: "operation",
    check,
    sights: &[
        "a hostile address",
        "a wait",
        "asked at Azure-AsyncOperation",
        "asked at Location",
        "failed",
        "malformed",
        "no address",
        "over at once",
        "over at once, with a job",
        "refused",
        "running",
        "running, by its status code",
        "succeeded",
        "succeeded, with a job",
    ],
};

fn check(text: &str, seen: &mut Seen) {
    let response = response(text);
    begins(&response, &read(&posted(), &response, |begun| begun), seen);
    let status = following("Azure-AsyncOperation").ask();
    asked_for_its_status(&response, &read(&status, &response, bare), seen);
    let result = following("Location").ask();
    asked_for_its_result(&response, &read(&result, &response, bare), seen);
}

/// A failure keeps the text it was read from.
fn bare(progress: Progress) -> Progress {
    match progress {
        Progress::Failed(problem) => Progress::Failed(Box::new(without_raw(*problem))),
        other => other,
    }
}

fn posted() -> Call<Accepted> {
    let request = RestoreRequest {
        point: point().name,
        container_url: "https://acct1.blob.core.windows.net/dumps".into(),
        container: None,
        prefix: "orders-1".into(),
        region: "westeurope".into(),
        identity: None,
    };
    calls::restore(arm(), &point().instance, &request).expect("a call")
}

/// An operation that a header has led to.
fn following(header: &str) -> Operation {
    let url = format!("https://management.azure.com/subscriptions/{SUB}/providers/x/operationStatus/y?t=1&s=2");
    let headers = vec![(header.to_string(), url)];
    match posted().read(&Response { status: 202, headers, body: String::new() }) {
        Ok(Accepted::Following(operation)) => operation,
        other => panic!("{other:?}"),
    }
}

/// The first header of a name.
fn header<'a>(response: &'a Response, name: &str) -> Option<&'a str> {
    response.headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
}

fn begins(response: &Response, begun: &Reading<Accepted>, seen: &mut Seen) {
    let addresses = [
        (Header::AzureAsyncOperation, header(response, "azure-asyncoperation")),
        (Header::Location, header(response, "location")),
    ];
    match begun {
        Err(_) if response.status == 200 => {
            seen.insert("malformed");
        }
        Err(_) => {
            assert!(!(200..300).contains(&response.status));
            seen.insert("refused");
        }
        Ok(Accepted::Done(job)) => {
            assert_eq!(response.status, 200);
            let said = object(response).expect("Azure's word is JSON");
            let said = said.get("jobId").and_then(|id| id.as_str());
            seen.insert(if job.is_some() { "over at once, with a job" } else { "over at once" });
            if let Some(job) = job {
                assert_eq!(said.and_then(pgflex_restore::azure::id::JobId::parse).as_ref(), Some(job));
            }
        }
        Ok(Accepted::Following(operation)) => {
            assert_ne!(response.status, 200);
            seen.insert(match operation.by {
                Header::AzureAsyncOperation => "asked at Azure-AsyncOperation",
                Header::Location => "asked at Location",
            });
            let (_, address) = addresses.into_iter().find(|(by, _)| *by == operation.by).expect("one of the two");
            assert_eq!(Some(operation.url.as_str()), address, "a signed address is asked byte for byte");
            assert!((1..=600).contains(&operation.wait.secs()), "{:?}", operation.wait);
            let within = posted().within().cloned();
            leads_to_azure(&operation.url, arm().cloud.arm_host(), within.as_ref());
            let ask = operation.ask();
            assert_eq!((ask.request.method, &ask.request.url), (Method::Get, &operation.url));
            assert_eq!((ask.arm(), ask.within()), (arm(), within.as_ref()));
        }
        Ok(Accepted::Blind(refused)) => {
            assert_ne!(response.status, 200);
            let there = addresses.iter().filter_map(|(_, address)| *address);
            assert!(there.clone().all(|address| posted().admit(address).is_err()), "an address could be asked");
            assert_eq!(refused.is_some(), there.count() > 0);
            seen.insert(if refused.is_some() { "a hostile address" } else { "no address" });
        }
    }
    if let Some(rest) = retry_after(response) {
        seen.insert("a wait");
        let said = header(response, "retry-after").expect("a header");
        assert!((1..=600).contains(&rest.secs()) && rest.millis() % 1000 == 0);
        assert!(said.bytes().any(|b| b.is_ascii_digit()), "{said:?} is no number");
    }
}

fn asked_for_its_status(response: &Response, reading: &Reading<Progress>, seen: &mut Seen) {
    let Ok(progress) = reading else { return };
    let said = object(response).expect("a status is JSON");
    let word = said["status"].as_str().expect("a status is a word");
    let means = |words: &[&str]| words.iter().any(|known| known.eq_ignore_ascii_case(word));
    match progress {
        Progress::Succeeded { job, .. } => {
            assert!(means(&["Succeeded"]), "{word} is no success");
            seen.insert(if job.is_some() { "succeeded, with a job" } else { "succeeded" });
        }
        Progress::Failed(problem) => {
            assert!(means(&["Failed", "Canceled", "Cancelled"]), "{word} is no failure");
            holds_of_every(problem);
            assert!(!problem.code().is_empty(), "a failure has a name");
            seen.insert("failed");
        }
        Progress::Running(told, rest) => {
            assert!(!means(&["Succeeded", "Failed", "Canceled", "Cancelled"]), "{word} is an end");
            assert_eq!((told.as_str(), rest), (word, &retry_after(response)));
            seen.insert("running");
        }
    }
}

fn asked_for_its_result(response: &Response, reading: &Reading<Progress>, seen: &mut Seen) {
    match reading {
        Ok(Progress::Running(_, rest)) => {
            assert_eq!((response.status, rest), (202, &retry_after(response)));
            seen.insert("running, by its status code");
        }
        Ok(Progress::Succeeded { .. }) => assert!(response.status != 202 && object(response).is_some()),
        Ok(Progress::Failed(_)) => panic!("a result has no word for a failure"),
        Err(_) => {}
    }
}
