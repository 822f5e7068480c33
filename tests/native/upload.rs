//! Whether a body goes out whole or as a stream: what a check finds out, and what the restore after it does.

use pgflex_restore::azure::http::{ArmUrl, Method, Request, Response, Unreachable};
use pgflex_restore::flow::upload::Uploads;

fn request(name: &str) -> Request {
    let url = format!("https://management.azure.com/subscriptions/1/x/{name}?api-version=2024-04-01");
    let url = ArmUrl::admit("management.azure.com", &url, None).unwrap();
    let (method, body) = match name {
        "restore" | "validateRestore" => (Method::Post, Some("{}".to_string())),
        _ => (Method::Get, None),
    };
    Request { method, url, headers: Vec::new(), body }
}

/// One request after the other, each with what becomes of each sending; says how each went out.
#[track_caller]
fn check(browser_can: bool, steps: &[(&str, &[Option<u16>])], expected: &str) {
    let mut uploads = Uploads::new(browser_can);
    let mut said = Vec::new();
    for (name, answers) in steps {
        let request = request(name);
        let mut answers = answers.iter();
        let mut answer = || match answers.next().expect("sent no more often than this") {
            Some(status) => Ok(Response { status: *status, ..Response::default() }),
            None => Err(Unreachable::NoAnswer),
        };
        if uploads.streams(&request) {
            let (known, again) = uploads.heard(&request, &answer());
            uploads = known;
            said.push(format!("{name} streamed{}", if again { ", then whole" } else { "" }));
            if again {
                let _ = answer();
            }
        } else {
            let _ = answer();
            said.push(format!("{name} whole"));
        }
        assert_eq!(answers.next(), None, "{name} was sent fewer times");
    }
    assert_eq!(said.join("; "), expected);
}

const TAKEN: Option<u16> = Some(202);
const SILENCE: Option<u16> = None;

#[test]
fn a_restore_goes_as_a_stream_after_a_check_that_came_through_as_one() {
    let steps: &[(&str, &[_])] = &[("validateRestore", &[TAKEN]), ("backupJobs", &[Some(200)]), ("restore", &[TAKEN])];
    check(true, steps, "validateRestore streamed; backupJobs whole; restore streamed");
}

#[test]
fn a_browser_that_cannot_stream_sends_everything_whole_and_once() {
    check(false, &[("validateRestore", &[TAKEN]), ("restore", &[TAKEN])], "validateRestore whole; restore whole");
    check(false, &[("validateRestore", &[SILENCE])], "validateRestore whole");
}

#[test]
fn where_a_streamed_check_is_lost_or_refused_it_is_made_again_whole_and_the_restore_goes_whole() {
    for trouble in [SILENCE, Some(411), Some(400), Some(501)] {
        let steps: &[(&str, &[_])] = &[("validateRestore", &[trouble, TAKEN]), ("restore", &[TAKEN])];
        check(true, steps, "validateRestore streamed, then whole; restore whole");
    }
}

#[test]
fn a_check_that_is_refused_for_another_reason_is_not_made_again_by_itself() {
    for refusal in [401, 403, 404, 409, 429] {
        let steps: &[(&str, &[_])] = &[("validateRestore", &[Some(refusal)]), ("validateRestore", &[TAKEN])];
        check(true, steps, "validateRestore streamed; validateRestore streamed");
    }
}

#[test]
fn every_check_finds_out_anew() {
    let steps: &[(&str, &[_])] =
        &[("validateRestore", &[SILENCE, TAKEN]), ("validateRestore", &[TAKEN]), ("restore", &[TAKEN])];
    check(true, steps, "validateRestore streamed, then whole; validateRestore streamed; restore streamed");
    let steps: &[(&str, &[_])] =
        &[("validateRestore", &[TAKEN]), ("validateRestore", &[SILENCE, SILENCE]), ("restore", &[TAKEN])];
    check(true, steps, "validateRestore streamed; validateRestore streamed, then whole; restore whole");
}

#[test]
fn a_restore_without_a_check_in_this_page_goes_whole() {
    check(true, &[("restore", &[TAKEN])], "restore whole");
}

#[test]
fn a_restore_is_never_repeated_and_a_second_try_after_silence_goes_whole() {
    let steps: &[(&str, &[_])] = &[("validateRestore", &[TAKEN]), ("restore", &[SILENCE]), ("restore", &[TAKEN])];
    check(true, steps, "validateRestore streamed; restore streamed; restore whole");
    check(
        true,
        &[("validateRestore", &[TAKEN]), ("restore", &[Some(411)])],
        "validateRestore streamed; restore streamed",
    );
}
