//! What Azure said went wrong, unfolded to its deepest cause.

use super::answer;
use crate::any;
use arbtest::arbtest;
use expect_test::{Expect, expect};
use pgflex_restore::azure::problem::ArmProblem;

/// A problem, a line for each thing that is known.
pub fn told(problem: &ArmProblem) -> String {
    let mut lines = vec![format!("{}{}", problem.status, if problem.malformed { " malformed" } else { "" })];
    lines.extend(problem.chain.iter().map(|cause| format!("{}: {}", cause.code, cause.message)));
    lines.extend(problem.advice.iter().map(|advice| format!("advice: {advice}")));
    if let Some(missing) = &problem.missing {
        lines.push(format!("missing: {} to {} at {}", missing.action, missing.principal, missing.scope));
    }
    lines.extend(problem.activity.iter().map(|id| format!("activity: {id}")));
    lines.extend(problem.retry_after.iter().map(|wait| format!("again in {} s", wait.secs())));
    lines.join("\n") + "\n"
}

#[track_caller]
fn check(status: u16, body: &str, expected: Expect) {
    expected.assert_eq(&told(&ArmProblem::of(&answer(status, &[], body))));
}

/// The shape in which a failed validation is documented: the useful sentence is innermost.
const FAILED_CHECK: &str = r#"{
  "id": "/subscriptions/s/…/operationStatus/x", "status": "Failed",
  "error": {
    "additionalInfo": [{"type": "UserFacingError", "info": {
      "message": "Permissions are missing.",
      "recommendedAction": ["Grant them and try again."],
      "code": "UserErrorMissingRequiredPermissions", "target": "",
      "innerError": {
        "code": "UserErrorMissingRequiredPermissions",
        "additionalInfo": {"DetailedNonLocalisedMessage": "Failed. The client 'c1' with object id 'o1' does not have authorization to perform action 'Microsoft.Storage/storageAccounts/read' over scope '/subscriptions/s/x' or the scope is invalid."}
      },
      "isRetryable": false, "isUserError": false, "properties": {"ActivityId": "act-1"}
    }}],
    "code": "UserErrorMissingRequiredPermissions", "message": "Permissions are missing."
  }
}"#;

#[test]
fn a_failed_check_is_unfolded_to_who_lacks_what_and_where() {
    let body: serde_json::Value = serde_json::from_str(FAILED_CHECK).unwrap();
    let problem = ArmProblem::of_operation(&body, FAILED_CHECK);
    expect![[r#"
        200
        UserErrorMissingRequiredPermissions: Permissions are missing.
        UserErrorMissingRequiredPermissions: Failed. The client 'c1' with object id 'o1' does not have authorization to perform action 'Microsoft.Storage/storageAccounts/read' over scope '/subscriptions/s/x' or the scope is invalid.
        advice: Grant them and try again.
        missing: Microsoft.Storage/storageAccounts/read to o1 at /subscriptions/s/x
        activity: act-1
    "#]]
    .assert_eq(&told(&problem));
    assert!(problem.cause().message.starts_with("Failed. The client"));
    assert_eq!(problem.code(), "UserErrorMissingRequiredPermissions");
    assert!(problem.has("usererrormissingrequiredpermissions"));
    assert_eq!(problem.raw, FAILED_CHECK);
}

#[test]
fn an_error_of_the_resource_manager_is_its_code_and_message() {
    check(
        404,
        r#"{"error":{"code":"ResourceGroupNotFound","message":"Resource group 'rg' could not be found."}}"#,
        expect![[r#"
            404
            ResourceGroupNotFound: Resource group 'rg' could not be found.
        "#]],
    );
    check(
        403,
        r#"{"error":{"code":"AuthorizationFailed","message":"The client 'ann@contoso.com' with object id 'o2' does not have authorization to perform action 'Microsoft.DataProtection/backupVaults/read' over scope '/subscriptions/s' or the scope is invalid."}}"#,
        expect![[r#"
            403
            AuthorizationFailed: The client 'ann@contoso.com' with object id 'o2' does not have authorization to perform action 'Microsoft.DataProtection/backupVaults/read' over scope '/subscriptions/s' or the scope is invalid.
            missing: Microsoft.DataProtection/backupVaults/read to o2 at /subscriptions/s
        "#]],
    );
}

#[test]
fn a_permission_that_is_there_is_not_told_as_missing() {
    check(
        403,
        r#"{"error":{"code":"LinkedAuthorizationFailed","message":"The client 'a' with object id 'o' has permission to perform action 'X/write' on scope '/subscriptions/s'; however, it does not have permission to perform action 'Y/join/action' on the linked scope(s) '/subscriptions/t'."}}"#,
        expect![[r#"
            403
            LinkedAuthorizationFailed: The client 'a' with object id 'o' has permission to perform action 'X/write' on scope '/subscriptions/s'; however, it does not have permission to perform action 'Y/join/action' on the linked scope(s) '/subscriptions/t'.
        "#]],
    );
}

#[test]
fn the_old_shape_is_read() {
    check(
        404,
        r#"{"ErrorCode":"UserErrorX","Message":{"Language":"en-US","Value":"It does not exist."},"Values":[]}"#,
        expect![[r#"
            404
            UserErrorX: It does not exist.
        "#]],
    );
    check(
        404,
        r#"{"ErrorCode":"UserErrorX","Message":"It does not exist."}"#,
        expect![[r#"
            404
            UserErrorX: It does not exist.
        "#]],
    );
}

#[test]
fn an_error_without_its_wrapper_is_read() {
    check(
        400,
        r#"{"code":"BadRequest","message":"no"}"#,
        expect![[r#"
            400
            BadRequest: no
        "#]],
    );
}

#[test]
fn details_lead_to_the_deepest_cause() {
    check(
        400,
        r#"{"error":{"code":"A","message":"a","details":[
            {"code":"B","message":"b","recommendedAction":["do b"]},
            {"code":"C","message":"c","recommendedAction":["do c"," ","do c"],"details":[{"code":"D","message":"d","recommendedAction":["do d"]}]}
        ]}}"#,
        expect![[r#"
            400
            A: a
            C: c
            D: d
            advice: do d
            advice: do c
        "#]],
    );
}

#[test]
fn what_says_nothing_does_not_hide_what_does() {
    check(
        403,
        r#"{"error":{"code":"RequestDisallowedByPolicy","message":"Not allowed.",
            "additionalInfo":[{"type":"PolicyViolation","info":{"policyAssignmentName":"x"}}],
            "details":[{"code":"Inner","message":"By policy x."}]}}"#,
        expect![[r#"
            403
            RequestDisallowedByPolicy: Not allowed.
            Inner: By policy x.
        "#]],
    );
}

#[test]
fn the_same_words_twice_are_one_cause() {
    check(
        500,
        r#"{"error":{"code":"A","message":"a","details":[{"code":"A","message":"a","innerError":{"code":"A","message":"a"}}]}}"#,
        expect![[r#"
            500
            A: a
        "#]],
    );
}

#[test]
fn what_is_no_error_of_azures_is_kept_as_it_came() {
    let blank = "500 malformed\n: \n";
    for body in
        ["", "<html><h1>502</h1></html>", "[1]", "7", "null", "\"text\"", "{\"error\":{\"code\":\"Cu", "\u{feff}{}"]
    {
        let problem = ArmProblem::of(&answer(500, &[], body));
        assert_eq!((told(&problem).as_str(), problem.raw.as_str()), (blank, body));
    }
    let long = "é".repeat(30_000);
    assert_eq!(ArmProblem::of(&answer(500, &[], &long)).raw.chars().count(), 20_000);
}

#[test]
fn a_mistyped_error_has_an_empty_cause_and_no_more() {
    for body in [
        "{}",
        r#"{"error":null}"#,
        r#"{"error":"boom"}"#,
        r#"{"error":[]}"#,
        r#"{"error":{"code":7,"message":{},"details":"x","additionalInfo":{},"innerError":[],"recommendedAction":"x"}}"#,
        r#"{"ErrorCode":7,"Message":[]}"#,
    ] {
        let problem = ArmProblem::of(&answer(400, &[], body));
        assert_eq!((told(&problem).as_str(), problem.code()), ("400\n: \n", ""), "{body}");
    }
}

#[test]
fn the_wait_that_azure_asks_for_is_kept() {
    for body in ["", r#"{"error":{"code":"TooManyRequests","message":"slow"}}"#] {
        let problem = ArmProblem::of(&answer(429, &[("Retry-After", "17")], body));
        assert_eq!(problem.retry_after.map(|wait| wait.secs()), Some(17));
    }
}

#[test]
fn a_job_that_failed_tells_its_deepest_error() {
    let details = serde_json::json!([
        {"code": "Flat", "message": "flat", "details": null},
        {"code": "Deep", "message": "deep", "details": [{"code": "Deeper", "message": "deeper", "details": null}]},
    ]);
    let problem = ArmProblem::of_job(details.as_array().unwrap(), "raw").unwrap();
    assert_eq!(told(&problem), "200\nDeep: deep\nDeeper: deeper\n");
    assert_eq!(ArmProblem::of_job(&[], "null"), None);
}

#[test]
fn of_equally_deep_errors_of_a_job_the_first_is_told() {
    let details = serde_json::json!([{"code": "First", "message": "one"}, {"code": "Second", "message": "two"}]);
    let problem = ArmProblem::of_job(details.as_array().unwrap(), "raw").unwrap();
    assert_eq!(problem.code(), "First");
}

#[test]
fn a_cut_off_error_never_panics() {
    for end in (0..FAILED_CHECK.len()).filter(|end| FAILED_CHECK.is_char_boundary(*end)) {
        let problem = ArmProblem::of(&answer(400, &[], &FAILED_CHECK[..end]));
        assert!(problem.malformed, "cut at {end}");
    }
}

#[test]
fn a_deeply_nested_error_never_panics() {
    for (open, close) in [("{\"error\":", "}"), ("[", "]"), (r#"{"details":["#, "]}"), (r#"{"innerError":"#, "}")] {
        for depth in [20, 60, 120, 200, 50_000] {
            let body = format!("{}{{\"code\":\"X\"}}{}", open.repeat(depth), close.repeat(depth));
            let problem = ArmProblem::of(&answer(400, &[], &body));
            assert!(problem.chain.len() <= 24);
        }
    }
    let nest = (0..60).fold(String::from("{}"), |inner, n| format!(r#"{{"code":"C{n}","innerError":{inner}}}"#));
    assert_eq!(ArmProblem::of(&answer(400, &[], &nest)).chain.len(), 24);
}

#[test]
fn a_wide_error_is_read_in_time() {
    let leaf = r#"{"code":"L","message":"m","details":[{"code":"M"},{"code":"N"}]}"#;
    let body = format!(r#"{{"error":{{"code":"A","details":[{}]}}}}"#, vec![leaf; 20_000].join(","));
    assert_eq!(ArmProblem::of(&answer(400, &[], &body)).chain.len(), 3);
}

#[test]
fn reading_an_error_never_panics_and_always_gives_a_cause() {
    let names = [
        "error",
        "code",
        "message",
        "details",
        "additionalInfo",
        "info",
        "innerError",
        "embeddedInnerError",
        "recommendedAction",
        "properties",
        "ActivityId",
        "ErrorCode",
        "Message",
        "Value",
        "DetailedNonLocalisedMessage",
    ];
    let texts = [
        "AuthorizationFailed",
        "The client 'c' with object id 'o' does not have authorization to perform action 'a' over scope 's'",
    ];
    arbtest(|u| {
        let body = any::json(u, &names, &texts, 6)?;
        let text = body.to_string();
        let status = u.int_in_range(300..=599)?;
        let problem = ArmProblem::of(&answer(status, &[], &text));
        assert!((1..=24).contains(&problem.chain.len()));
        assert_eq!((problem.status, &problem.raw), (status, &text));
        let unique: std::collections::HashSet<&String> = problem.advice.iter().collect();
        assert_eq!(unique.len(), problem.advice.len());
        let _ = (problem.cause(), problem.code());
        let _ = ArmProblem::of_operation(&body, &text);
        let _ = ArmProblem::of_job(body.as_array().map_or(&[], Vec::as_slice), &text);
        Ok(())
    });
    arbtest(|u| {
        let _ = ArmProblem::of(&answer(500, &[], &u.arbitrary::<String>()?));
        Ok(())
    });
}
