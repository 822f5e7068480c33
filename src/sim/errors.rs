//! Answers, and refusals in the shapes in which Azure refuses.
//!
//! Azure Resource Manager's own refusals are short and carry `x-ms-failure-cause: gateway`; those of Azure Backup
//! tell the same error twice, once as `UserFacingError`. Both shapes are recorded from 2023-01-01 to 2024-04-01.

use super::text::{array, fill, join, quoted};
use crate::azure::http::Response;

/// An answer, or a refusal that ends the reading of a request early.
pub type Answered = Result<Response, Response>;

/// 200 with a body.
pub fn ok(body: String) -> Response {
    Response { status: 200, headers: Vec::new(), body }
}

/// The same error is told in three places: a failed operation, a refused request, a failed job.
pub struct Problem {
    pub code: &'static str,
    pub message: &'static str,
    pub advice: &'static str,
}

/// Refused by Azure Resource Manager itself.
pub fn gateway(status: u16, code: &str, message: &str) -> Response {
    let body = fill(r#"{"error":{"code":"{code}","message":"{message}"}}"#, &[("code", code), ("message", message)]);
    let headers = vec![("x-ms-failure-cause".to_string(), "gateway".to_string())];
    Response { status, headers, body }
}

const USER_FACING: &str = r#"{"additionalInfo":[{"type":"UserFacingError","info":{
    "message":"{message}",
    "recommendedAction":["{advice}"],{!details}
    "code":"{code}",
    "target":"",
    "innerError":{!inner},
    "isRetryable":false,
    "isUserError":false,
    "properties":{"ActivityId":"{activity}"}}}],
    "code":"{code}",
    "message":"{message}"{!tail}}"#;

/// The `error` of Azure Backup. The only useful sentence may be in the inner error alone. A refused request tells its
/// nulls, a failed operation leaves them out.
pub fn user_facing(problem: &Problem, (code, detailed): (&str, &str), activity: &str, nulls: bool) -> String {
    let inner = match detailed {
        "" => "null".to_string(),
        _ => fill(
            r#"{"code":"{code}","additionalInfo":{"DetailedNonLocalisedMessage":"{detailed}"}}"#,
            &[("code", code), ("detailed", detailed)],
        ),
    };
    fill(
        USER_FACING,
        &[
            ("message", problem.message),
            ("advice", problem.advice),
            ("code", problem.code),
            ("inner", &inner),
            ("details", if nulls { "\"details\":null," } else { "" }),
            ("tail", if nulls { ",\"target\":null,\"details\":null" } else { "" }),
            ("activity", activity),
        ],
    )
}

/// Refused by Azure Backup.
pub fn refused(status: u16, problem: &Problem, activity: &str) -> Response {
    let body = fill(r#"{"error":{!error}}"#, &[("error", &user_facing(problem, ("", ""), activity, true))]);
    Response { status, headers: Vec::new(), body }
}

/// Azure Backup's answer to a body or a query that it cannot use; seen with this code in azure-cli-extensions#4890.
pub fn invalid_input() -> Response {
    refused(
        400,
        &Problem {
            code: "BMSUserErrorInvalidInput",
            message: "Input provided for the call is invalid",
            advice: "Please check the required inputs and retry the operation.",
        },
        "71b8247c-0d26-4f1e-b97b-6045bd876689",
    )
}

/// Azure Backup's 404 for anything below a vault, recorded with 2024-04-01.
pub fn not_found() -> Response {
    let body = fill(
        r#"{"error":{"code":"UserErrorGenericResourceNotFound","message":"{m}","target":null,"details":null}}"#,
        &[("m", NOT_FOUND.message)],
    );
    Response { status: 404, headers: Vec::new(), body }
}

/// What [`not_found`] says.
pub const NOT_FOUND: Problem = Problem {
    code: "UserErrorGenericResourceNotFound",
    message: "Azure resource does not exist. Please make sure required resources exist. If the issue persists, \
              contact Microsoft support.",
    advice: "Please make sure required resources exist.",
};

/// The errors of a failed job, outermost first, each in the `details` of the one before; JSON `null` for none.
pub fn job_errors(chain: &[Problem]) -> String {
    match chain.split_first() {
        Some((outer, deeper)) => array(&[job_error(outer, deeper)]),
        None => "null".to_string(),
    }
}

/// An error or a warning of a job, and what lies below it.
pub fn job_error(outer: &Problem, deeper: &[Problem]) -> String {
    fill(
        r#"{"message":"{message}","recommendedAction":["{advice}"],"details":{!details},"code":"{code}",
        "target":"","innerError":null,"isRetryable":true,"isUserError":false,"properties":null}"#,
        &[("message", outer.message), ("advice", outer.advice), ("details", &job_errors(deeper)), ("code", outer.code)],
    )
}

/// A body is no JSON, or not of the form that is wanted.
pub fn no_content() -> Response {
    gateway(400, "InvalidRequestContent", "The request content was invalid and could not be deserialized.")
}

/// The resource group is not there.
pub fn no_group(name: &str) -> Response {
    gateway(404, "ResourceGroupNotFound", &join(&["Resource group '", name, "' could not be found."]))
}

/// A tracked resource (a vault, an account, a server) is not there.
pub fn no_resource(kind: &str, name: &str, group: &str) -> Response {
    let parts = [
        "The Resource '",
        kind,
        "/",
        name,
        "' under resource group '",
        group,
        "' was not found. For more details please go to https://aka.ms/ARMResourceNotFoundFix",
    ];
    gateway(404, "ResourceNotFound", &join(&parts))
}

/// The verb does not fit. An odd shape, without `error`: it comes from the web framework below the service.
pub fn wrong_verb(verb: &str) -> Response {
    let message = join(&["The requested resource does not support http method '", verb, "'."]);
    Response { status: 405, headers: Vec::new(), body: join(&["{\"Message\":", &quoted(&message), "}"]) }
}
