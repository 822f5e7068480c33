//! From what Azure says to what the program branches on.

use pgflex_restore::azure::challenge::SECOND_FACTOR;
use pgflex_restore::azure::http::{Refused, Response, Unreachable};
use pgflex_restore::azure::problem::ArmProblem;
use pgflex_restore::azure::restore::NeedsNewer;
use pgflex_restore::fault::{Code, Fault, Step};
use pgflex_restore::moment::Moment;
use serde_json::json;

const NOW: Moment = Moment::from_millis(0);

fn refused(status: u16, body: &str) -> Fault {
    let response = Response { status, headers: Vec::new(), body: body.into() };
    Fault::said(ArmProblem::of(&response), Step::Points, NOW)
}

/// An operation that failed with these codes, the outermost first.
fn failed(codes: &[&str]) -> Fault {
    let nest = |inner, code: &&str| json!({"code": code, "message": format!("{code} happened"), "innerError": inner});
    let body = json!({"status": "Failed", "error": codes.iter().rev().fold(json!(null), nest)});
    Fault::said(Box::new(ArmProblem::of_operation(&body, &body.to_string())), Step::FollowCheck, NOW)
}

/// A status and the codes of an answer, the outermost first, and what it means here.
#[track_caller]
fn check(status: u16, codes: &[&str], expected: Code) {
    let fault = match status {
        200 => failed(codes),
        _ => {
            let nest = |inner, code: &&str| json!({"code": code, "message": code, "innerError": inner});
            refused(status, &json!({"error": codes.iter().rev().fold(json!(null), nest)}).to_string())
        }
    };
    assert_eq!(fault.code, expected, "of {status} {codes:?}");
}

#[test]
fn azures_code_decides_whatever_the_status() {
    for (azure, code) in [
        ("UserErrorContainerNotAccessible", Code::ContainerUnreachable),
        ("UserErrorContainerNotFound", Code::ContainerUnreachable),
        ("ContainerNotFound", Code::ContainerUnreachable),
        ("UserErrorTargetContainerNotFound", Code::ContainerUnreachable),
        ("UserErrorFilesAlreadyExist", Code::FilesExist),
        ("UserErrorTargetFileAlreadyExists", Code::FilesExist),
        ("UserErrorBlobAlreadyExists", Code::FilesExist),
        ("BlobAlreadyExists", Code::FilesExist),
        ("UserErrorMissingRequiredPermissions", Code::VaultLacksRole),
        ("UserErrorMSIMissingPermissions", Code::VaultLacksRole),
        ("UserErrorMaxConcurrentOperationLimitReached", Code::TooManyOperations),
        ("ServerNotReadyForLongTermBackup", Code::NotReady),
        ("UserErrorBackupInstanceInSoftDeletedState", Code::NotReady),
        ("InvalidApiVersionParameter", Code::BadApiVersion),
        ("NoRegisteredProviderFound", Code::BadApiVersion),
        ("ResourceGroupNotFound", Code::NotFound),
        ("ResourceNotFound", Code::NotFound),
        ("SubscriptionNotFound", Code::NoSubscription),
        ("InvalidAuthenticationTokenTenant", Code::OtherTenant),
        ("UserErrorGenericResourceNotFound", Code::NotFound),
        ("TooManyRequests", Code::Throttled),
    ] {
        for status in [200, 400, 403, 404, 409, 500] {
            check(status, &[azure], code);
        }
        check(400, &[&azure.to_uppercase()], code);
    }
}

#[test]
fn a_refused_sign_in_is_the_persons_only_where_azure_answers_so() {
    for azure in ["AuthenticationFailed", "ExpiredAuthenticationToken", "InvalidAuthenticationToken"] {
        for status in [400, 401, 403] {
            check(status, &[azure], Code::SignedOut);
        }
        check(500, &[azure], Code::AzureTrouble);
        check(200, &["PostgreSQLFlexOperationFailedUserError", azure], Code::Other);
    }
}

/// What Azure answers to a write that lacks a second factor.
#[test]
fn a_challenge_or_a_policy_that_answers_401_asks_for_more_proof() {
    let challenged = |status, header: &str| {
        let headers = vec![("WWW-Authenticate".to_string(), header.to_string())];
        Fault::said(ArmProblem::of(&Response { status, headers, body: String::new() }), Step::Restore, NOW)
    };
    let asked = challenged(401, r#"Bearer error="insufficient_claims", claims="eyJhY2Nlc3NfdG9rZW4iOnsibmJmIjoxfX0=""#);
    assert_eq!((asked.code, asked.claims()), (Code::MoreProof, r#"{"access_token":{"nbf":1}}"#));
    let invalid = challenged(401, r#"Bearer error="invalid_token""#);
    assert_eq!((invalid.code, invalid.claims()), (Code::SignedOut, SECOND_FACTOR));
    assert_eq!(challenged(403, r#"Bearer error="insufficient_claims", claims="e30=""#).code, Code::Forbidden);
    for code in ["RequestDisallowedByPolicy", "RequestDisallowedByAzure"] {
        check(401, &[code], Code::MoreProof);
        check(403, &[code], Code::Forbidden);
    }
}

#[test]
fn without_a_known_code_the_status_decides() {
    for (status, code) in [
        (400, Code::BadRequest),
        (401, Code::SignedOut),
        (403, Code::Forbidden),
        (404, Code::NotFound),
        (405, Code::BadRequest),
        (409, Code::BadRequest),
        (412, Code::BadRequest),
        (429, Code::Throttled),
        (500, Code::AzureTrouble),
        (502, Code::AzureTrouble),
        (503, Code::AzureTrouble),
    ] {
        check(status, &["SomethingNew"], code);
    }
    check(200, &["SomethingNew"], Code::Other);
}

#[test]
fn the_deepest_code_that_is_known_decides() {
    check(200, &["PostgreSQLFlexOperationFailedUserError", "ServerNotReadyForLongTermBackup"], Code::NotReady);
    check(200, &["PostgreSQLFlexOperationFailedUserError", "ResourceNotFound"], Code::NotFound);
    check(200, &["ResourceNotFound", "UserErrorContainerNotFound", "SomethingNew"], Code::ContainerUnreachable);
}

#[test]
fn what_an_operation_was_forbidden_is_the_vaults_lack() {
    for code in ["AuthorizationFailed", "LinkedAuthorizationFailed"] {
        check(403, &[code], Code::Forbidden);
        check(200, &["PostgreSQLFlexOperationFailedUserError", code], Code::VaultLacksRole);
    }
}

#[test]
fn trouble_of_azures_own_is_told_from_a_bad_request() {
    check(200, &["CloudInternalError"], Code::AzureTrouble);
    check(200, &["CloudServiceRetryableError"], Code::AzureTrouble);
    check(200, &["DppPluginInvalidInputParameters", "InternalServerError"], Code::AzureTrouble);
    check(400, &["DppPluginInvalidInputParameters"], Code::BadRequest);
    check(200, &["BMSUserErrorInvalidInput"], Code::Other);
}

#[test]
fn an_answer_that_is_not_azures_is_malformed() {
    assert_eq!(refused(200, "<html>").code, Code::Malformed);
    assert_eq!(refused(302, "<html>").code, Code::Malformed);
    assert_eq!(refused(400, "<html>").code, Code::Malformed);
    // What stands before Azure may say these in its own words.
    assert_eq!(refused(502, "<html>").code, Code::AzureTrouble);
    assert_eq!(refused(429, "").code, Code::Throttled);
    assert_eq!(refused(401, "").code, Code::SignedOut);
}

#[test]
fn without_an_answer_the_reason_decides() {
    for (why, code) in [
        (Unreachable::Offline, Code::Offline),
        (Unreachable::SignedOut("interaction_required".into()), Code::SignedOut),
        (Unreachable::NoToken, Code::NoToken),
        (Unreachable::Refused, Code::NotSent),
        (Unreachable::NoAnswer, Code::NoAnswer),
        (Unreachable::TooLong, Code::TooLong),
    ] {
        let fault = Fault::unreachable(&why, Step::Job, NOW);
        assert_eq!((fault.code, fault.step, fault.problem), (code, Step::Job, None));
    }
    for why in [Refused::Form, Refused::Host, Refused::Path, Refused::Subscription] {
        assert_eq!(Fault::led_away(why, Step::Points, NOW).code, Code::LedAway);
    }
    assert_eq!(Fault::needs_newer(NeedsNewer::Identity, Step::Check, NOW).code, Code::OldVersionIdentity);
    assert_eq!(Fault::needs_newer(NeedsNewer::Target, Step::Check, NOW).code, Code::OldVersionTarget);
}

#[test]
fn what_may_pass_is_told_from_what_will_not() {
    let error = r#"{"error":{"code":"SomethingNew","message":"m"}}"#;
    for (status, passes) in [
        (400, false),
        (401, false),
        (403, false),
        (404, false),
        (408, true),
        (409, false),
        (429, true),
        (500, true),
        (503, true),
    ] {
        assert_eq!(refused(status, error).passes(), passes, "{status}");
    }
    assert!(!failed(&["CloudInternalError"]).passes(), "an operation that failed has ended");
    assert!(!failed(&["SomethingNew"]).passes());
    for (why, passes) in [
        (Unreachable::Offline, true),
        (Unreachable::NoAnswer, true),
        (Unreachable::NoToken, true),
        (Unreachable::SignedOut("x".into()), false),
        (Unreachable::Refused, false),
    ] {
        assert_eq!(Fault::unreachable(&why, Step::Job, NOW).passes(), passes, "{why:?}");
    }
    assert!(!Fault::led_away(Refused::Host, Step::Points, NOW).passes());
}
