//! A long-running operation: where to ask, how long to wait, what came out.

use super::{OTHER, SUB, VAULT, answer, arm, instance, point};
use crate::any;
use arbtest::arbtest;
use pgflex_restore::azure::call::Call;
use pgflex_restore::azure::calls;
use pgflex_restore::azure::operation::{Accepted, Operation, Progress, retry_after};
use pgflex_restore::azure::restore::RestoreRequest;

const STATUS: &str = "https://management.azure.com/subscriptions/SUB/resourceGroups/rg/providers/\
                      Microsoft.DataProtection/backupVaults/v/operationStatus/MDs=?api-version=2024-04-01&t=1&s=a%2Fb";
const RESULT: &str = "https://eastasia.management.azure.com/subscriptions/SUB/providers/Microsoft.DataProtection/\
                      locations/eastasia/operationResults/MDs=?api-version=2024-04-01&t=1&s=a%2Fb";
const JOB: &str = "0f0f0f0f-1111-4222-8333-444444444444";

pub fn posted() -> Call<Accepted> {
    let request = RestoreRequest {
        point: point().name,
        container_url: "https://acct1.blob.core.windows.net/dumps".into(),
        container: None,
        prefix: "orders-1".into(),
        region: "westeurope".into(),
        identity: None,
    };
    calls::restore(arm(), &instance(), &request).unwrap()
}

fn told(accepted: &Accepted) -> String {
    match accepted {
        Accepted::Done(job) => format!("done, job {:?}", job.as_ref().map(|job| job.name.as_str())),
        Accepted::Following(o) => format!("ask after {} s by {:?} {}", o.wait.secs(), o.by, o.url.as_str()),
        Accepted::Blind(why) => format!("blind {why:?}"),
    }
}

/// What becomes of a POST that is answered with a status, headers and a body.
#[track_caller]
fn check(status: u16, headers: &[(&str, &str)], body: &str, expected: &str) {
    let headers: Vec<(&str, String)> = headers.iter().map(|(n, v)| (*n, v.replace("SUB", SUB))).collect();
    let headers: Vec<(&str, &str)> = headers.iter().map(|(n, v)| (*n, v.as_str())).collect();
    let accepted = posted().read(&answer(status, &headers, body)).unwrap();
    assert_eq!(told(&accepted), expected.replace("SUB", SUB));
}

#[test]
fn azure_async_operation_is_asked_before_location() {
    let both = [("Location", RESULT), ("Azure-AsyncOperation", STATUS), ("Retry-After", "30")];
    check(202, &both, "", &format!("ask after 30 s by AzureAsyncOperation {STATUS}"));
    check(202, &[("azure-asyncoperation", STATUS)], "", &format!("ask after 10 s by AzureAsyncOperation {STATUS}"));
}

#[test]
fn location_is_asked_where_there_is_nothing_else() {
    check(202, &[("location", RESULT)], "", &format!("ask after 10 s by Location {RESULT}"));
}

#[test]
fn retry_after_is_kept_between_a_second_and_ten_minutes() {
    for (said, seconds) in [
        ("10", 10),
        (" 7 ", 7),
        ("0", 1),
        ("-5", 1),
        ("600", 600),
        ("601", 600),
        ("86400", 600),
        ("", 10),
        ("soon", 10),
        ("1.5", 10),
        ("Wed, 21 Oct 2026 07:28:00 GMT", 10),
        ("99999999999999999999999", 600),
    ] {
        let expected = format!("ask after {seconds} s by AzureAsyncOperation {STATUS}");
        check(202, &[("Azure-AsyncOperation", STATUS), ("Retry-After", said)], "", &expected);
    }
    assert_eq!(retry_after(&answer(202, &[], "")), None);
}

#[test]
fn an_operation_without_a_readable_header_is_blind() {
    check(202, &[], "", "blind None");
    check(202, &[("Retry-After", "10"), ("x-ms-request-id", "x")], "", "blind None");
}

#[test]
fn a_hostile_header_is_not_followed() {
    let form = STATUS.replace("https", "http");
    let host = STATUS.replace("azure.com", "azure.com.evil.example");
    let other = STATUS.replace("SUB", OTHER);
    let climbs = STATUS.replace("backupVaults/v", "backupVaults/..%2f");
    check(202, &[("Azure-AsyncOperation", &form)], "", "blind Some(Form)");
    check(202, &[("Azure-AsyncOperation", &host)], "", "blind Some(Host)");
    check(202, &[("Azure-AsyncOperation", &other)], "", "blind Some(Subscription)");
    check(202, &[("Azure-AsyncOperation", &climbs)], "", "blind Some(Path)");
    check(202, &[("Location", &host)], "", "blind Some(Host)");
    check(202, &[("Azure-AsyncOperation", ""), ("Location", "")], "", "blind Some(Form)");
}

#[test]
fn a_good_location_serves_where_the_other_header_is_hostile() {
    let host = STATUS.replace("azure.com", "azure.com.evil.example");
    let headers = [("Azure-AsyncOperation", host.as_str()), ("Location", RESULT)];
    check(202, &headers, "", &format!("ask after 10 s by Location {RESULT}"));
}

#[test]
fn an_operation_that_is_over_at_once_names_its_job() {
    let body = format!(r#"{{"objectType":"OperationJobExtendedInfo","jobId":"{VAULT}/backupJobs/{JOB}"}}"#);
    check(200, &[], &body, &format!("done, job Some({JOB:?})"));
    check(200, &[], r#"{"objectType":"OperationJobExtendedInfo"}"#, "done, job None");
    check(200, &[], r#"{"jobId":"c60cb49-63e8-4b21-b9bd-26277b3fdfae"}"#, "done, job None");
}

#[test]
fn an_error_is_no_good_end_whatever_the_status_says() {
    for body in [r#"{"error":{"code":"AuthorizationFailed"}}"#, r#"{"error":{},"jobId":"x"}"#] {
        assert!(posted().read(&answer(200, &[], body)).unwrap_err().malformed, "{body}");
        assert!(following("Location", RESULT).ask().read(&answer(200, &[], body)).unwrap_err().malformed, "{body}");
    }
    check(200, &[], r#"{"objectType":"OperationJobExtendedInfo","error":null}"#, "done, job None");
}

#[test]
fn a_page_of_somebody_else_is_not_azures_word() {
    for body in ["", "<html>", "[]", "null"] {
        let problem = posted().read(&answer(200, &[], body)).unwrap_err();
        assert!(problem.malformed, "{body}");
        let problem = following("Location", RESULT).ask().read(&answer(200, &[], body)).unwrap_err();
        assert!(problem.malformed, "{body}");
    }
}

#[test]
fn a_refused_request_begins_no_operation() {
    let body = r#"{"error":{"code":"UserErrorX","message":"no"}}"#;
    let problem = posted().read(&answer(400, &[("Azure-AsyncOperation", STATUS)], body)).unwrap_err();
    assert_eq!((problem.status, problem.code()), (400, "UserErrorX"));
}

fn following(header: &str, address: &str) -> Operation {
    let address = address.replace("SUB", SUB);
    match posted().read(&answer(202, &[(header, &address)], "")).unwrap() {
        Accepted::Following(operation) => operation,
        other => panic!("{other:?}"),
    }
}

/// What an operation said of itself, asked at `Azure-AsyncOperation`.
#[track_caller]
fn check_status(body: &str, expected: &str) {
    let said = following("Azure-AsyncOperation", STATUS).ask().read(&answer(200, &[], body));
    let said = match said.unwrap() {
        Progress::Running(word, wait) => format!("running {word:?} {wait:?}"),
        Progress::Succeeded { job, began, ended } => format!("succeeded {:?} {began:?} {ended:?}", job.map(|j| j.name)),
        Progress::Failed(problem) => {
            let chain: Vec<String> = problem.chain.iter().map(|c| format!("{}: {}", c.code, c.message)).collect();
            format!("failed {chain:?}")
        }
    };
    assert_eq!(said, expected);
}

#[test]
fn the_three_final_words_end_an_operation() {
    check_status(r#"{"status":"Succeeded"}"#, "succeeded None None None");
    let times = r#""startTime":"2026-01-06T14:08:54.1234567Z","endTime":"0001-01-01T00:00:00Z""#;
    let job = format!(
        r#"{{"status":"succeeded",{times},"properties":{{"jobId":"{}/backupJobs/{JOB}"}}}}"#,
        VAULT.replace("resourceGroups", "resourcegroups").replace("backupVaults", "BackupVaults")
    );
    check_status(&job, &format!("succeeded Some({JOB}) Some(2026-01-06T14:08:54Z) None"));
    let failed = r#"{"status":"Failed","error":{"code":"UserErrorX","message":"no"}}"#;
    check_status(failed, r#"failed ["UserErrorX: no"]"#);
}

#[test]
fn a_failure_without_words_is_told_by_its_status() {
    check_status(r#"{"status":"Canceled"}"#, r#"failed ["Canceled: "]"#);
    check_status(r#"{"status":"Cancelled","error":null}"#, r#"failed ["Cancelled: "]"#);
    check_status(r#"{"status":"FAILED","error":"boom"}"#, r#"failed ["FAILED: "]"#);
}

#[test]
fn a_failure_without_a_code_keeps_its_words() {
    let body = r#"{"status":"Failed","error":{"code":"","message":"The server is stopped."}}"#;
    check_status(body, r#"failed ["Failed: The server is stopped."]"#);
}

#[test]
fn every_other_word_means_that_it_goes_on() {
    check_status(r#"{"status":"Inprogress"}"#, r#"running "Inprogress" None"#);
    check_status(r#"{"status":"Succeeding"}"#, r#"running "Succeeding" None"#);
    arbtest(|u| {
        let word = any::words(u, &["InProgress", "Accepted", "Running", "Completed", "Error", "FailedOver"])?;
        if word.is_empty() {
            return Ok(());
        }
        let body = serde_json::json!({ "status": word }).to_string();
        let said = following("Azure-AsyncOperation", STATUS).ask().read(&answer(200, &[("Retry-After", "20")], &body));
        let Ok(Progress::Running(told, Some(wait))) = said else { panic!("{said:?}") };
        assert_eq!((told, wait.secs()), (word, 20));
        Ok(())
    });
}

#[test]
fn a_status_that_cannot_be_read_is_not_a_failed_operation() {
    for (header, address) in [("Azure-AsyncOperation", STATUS), ("Location", RESULT)] {
        for status in [400, 401, 403, 404, 408, 429, 500, 502, 503, 504] {
            let body = r#"{"status":"Failed","error":{"code":"X","message":"y"}}"#;
            let problem = following(header, address).ask().read(&answer(status, &[], body)).unwrap_err();
            assert_eq!((problem.status, problem.code()), (status, "X"));
        }
    }
    for body in ["", "<html>", "[]", "null", "{}", r#"{"status":null}"#, r#"{"status":7}"#, r#"{"status":"Suc"#] {
        let problem = following("Azure-AsyncOperation", STATUS).ask().read(&answer(200, &[], body)).unwrap_err();
        assert!(problem.malformed, "{body}");
    }
}

#[test]
fn location_runs_while_it_says_accepted() {
    let ask = || following("Location", RESULT).ask();
    let running = ask().read(&answer(202, &[("Retry-After", "15")], "")).unwrap();
    assert!(matches!(&running, Progress::Running(_, Some(wait)) if wait.secs() == 15), "{running:?}");
    let body = format!(r#"{{"jobId":"{VAULT}/backupJobs/{JOB}"}}"#);
    let over = ask().read(&answer(200, &[], &body)).unwrap();
    assert!(matches!(&over, Progress::Succeeded { job: Some(job), .. } if job.name.as_str() == JOB), "{over:?}");
    let over = ask().read(&answer(200, &[], r#"{"objectType":"OperationJobExtendedInfo"}"#)).unwrap();
    assert_eq!(over, Progress::Succeeded { job: None, began: None, ended: None });
}

#[test]
fn the_question_goes_to_the_signed_address_byte_for_byte() {
    let request = following("Azure-AsyncOperation", STATUS).ask().request.clone();
    assert_eq!(request.url.as_str(), STATUS.replace("SUB", SUB));
    assert_eq!((request.method.as_str(), request.headers, request.body), ("GET", Vec::new(), None));
}

#[test]
fn reading_an_answer_never_panics() {
    let names = ["status", "error", "properties", "jobId", "startTime", "endTime", "code", "message"];
    let texts = ["Succeeded", "Failed", "Inprogress", "2026-01-06T14:08:54Z", VAULT];
    arbtest(|u| {
        let body = any::json(u, &names, &texts, 4)?.to_string();
        let header = any::words(u, &[STATUS, RESULT, "https://", "10"])?;
        let headers = [("Azure-AsyncOperation", header.as_str()), ("Retry-After", &header)];
        let response = answer(u.int_in_range(100..=599)?, &headers, &body);
        let _ = posted().read(&response);
        let _ = following("Azure-AsyncOperation", STATUS).ask().read(&response);
        let _ = following("Location", RESULT).ask().read(&response);
        Ok(())
    });
}
