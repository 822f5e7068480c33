//! Errors: whatever Azure, or somebody in between, answers is a problem that can be told, and nothing in it is invented.

use super::response::{holds_of_every, object, response};
use super::{Seen, Target};
use pgflex_restore::azure::http::Response;
use pgflex_restore::azure::operation::retry_after;
use pgflex_restore::azure::problem::ArmProblem;
use serde_json::Value;

pub const TARGET: Target = Target {
    name: "problem",
    check,
    sights: &[
        "a claim",
        "a cause below another",
        "a missing permission",
        "a wait",
        "advice",
        "an activity",
        "no words",
        "not of Azure's form",
    ],
};

fn check(text: &str, seen: &mut Seen) {
    let response = response(text);
    let problem = ArmProblem::of(&response);
    holds_of_every(&problem);
    assert_eq!((problem.status, problem.retry_after), (response.status, retry_after(&response)));
    assert!(response.body.starts_with(&problem.raw), "the raw text is what came");
    assert_eq!(problem.malformed, object(&response).is_none());

    let mut said = Vec::new();
    if let Some(members) = object(&response) {
        texts(&Value::Object(members), &mut said);
    }
    // What is told is Azure's own word.
    let told = problem.chain.iter().flat_map(|cause| [&cause.code, &cause.message]).filter(|text| !text.is_empty());
    for text in told.chain(&problem.activity) {
        assert!(said.contains(text), "{text:?} was not said");
    }
    for advice in &problem.advice {
        assert!(said.iter().any(|text| text.trim() == advice), "{advice:?} was not said");
    }
    if let Some(missing) = &problem.missing {
        seen.insert("a missing permission");
        for part in [&missing.principal, &missing.action, &missing.scope] {
            let quoted = format!("'{part}'");
            assert!(said.iter().any(|text| text.contains(&quoted)), "{quoted} was not said");
        }
    }
    as_an_operation_and_as_a_job(&response, &problem);
    for (so, sight) in [
        (problem.claims.is_some(), "a claim"),
        (problem.chain.len() > 1, "a cause below another"),
        (problem.retry_after.is_some(), "a wait"),
        (!problem.advice.is_empty(), "advice"),
        (problem.activity.is_some(), "an activity"),
        (problem.cause().message.is_empty() && !problem.malformed, "no words"),
        (problem.malformed, "not of Azure's form"),
    ] {
        if so {
            seen.insert(sight);
        }
    }
}

/// The same error in an operation that failed, and in a job, says the same.
fn as_an_operation_and_as_a_job(response: &Response, problem: &ArmProblem) {
    let Some(members) = object(response) else { return };
    let Some(error) = members.get("error").filter(|error| error.is_object()) else { return };
    let as_operation = ArmProblem::of_operation(&Value::Object(members.clone()), "");
    let as_job = ArmProblem::of_job(std::slice::from_ref(error), "").expect("one error is an error");
    for other in [as_operation, as_job] {
        assert_eq!((&other.chain, &other.advice), (&problem.chain, &problem.advice));
        assert_eq!((&other.missing, &other.activity), (&problem.missing, &problem.activity));
        assert_eq!((other.status, other.claims), (200, None));
    }
}

/// Every text of a JSON value.
fn texts(value: &Value, said: &mut Vec<String>) {
    match value {
        Value::String(text) => said.push(text.clone()),
        Value::Array(items) => items.iter().for_each(|item| texts(item, said)),
        Value::Object(members) => members.values().for_each(|member| texts(member, said)),
        _ => {}
    }
}
