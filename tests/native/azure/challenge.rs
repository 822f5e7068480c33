//! What a claims challenge asks for; anything else that stands in its place is ignored.

use crate::any;
use arbtest::arbtest;
use pgflex_restore::azure::challenge::{SECOND_FACTOR, claims};

#[track_caller]
fn check(header: &str, expected: Option<&str>) {
    assert_eq!(claims(header).as_deref(), expected, "of {header}");
}

/// Claims as a challenge spells them.
fn asking(encoded: &str) -> String {
    format!(r#"Bearer error="insufficient_claims", claims="{encoded}""#)
}

/// As Azure Resource Manager asks for a second factor.
const ARM: &str = r#"Bearer authorization_uri="https://login.microsoftonline.com/common", error="insufficient_claims", error_description="User doesn't have the required claims = none", claims="eyJhY2Nlc3NfdG9rZW4iOnsiYWNycyI6eyJlc3NlbnRpYWwiOnRydWUsInZhbHVlcyI6WyJwMSJdfX19""#;

#[test]
fn azures_challenge_is_read_however_it_is_spelled() {
    check(ARM, Some(SECOND_FACTOR));
    check(&ARM.replace("Bearer ", r#"Bearer realm="", "#), Some(SECOND_FACTOR));
    check(&ARM.replace("claims=", "Claims=").replace("error=", "ERROR="), Some(SECOND_FACTOR));
    // Without quotes; behind another scheme; the claims first.
    check(&ARM.replace('"', ""), Some(SECOND_FACTOR));
    check(&format!(r#"PoP nonce="x==", {ARM}"#), Some(SECOND_FACTOR));
    check(r#"Bearer claims="eyJhY2Nlc3NfdG9rZW4iOnsibmJmIjoxfX0", error="insufficient_claims""#, Some(NBF));
}

const NBF: &str = r#"{"access_token":{"nbf":1}}"#;

#[test]
fn both_alphabets_are_read_padded_or_not() {
    let odd = Some(r#"{"access_token":{"a":"~~~???"}}"#);
    for encoded in [
        "eyJhY2Nlc3NfdG9rZW4iOnsiYSI6In5+fj8/PyJ9fQ==",
        "eyJhY2Nlc3NfdG9rZW4iOnsiYSI6In5+fj8/PyJ9fQ",
        "eyJhY2Nlc3NfdG9rZW4iOnsiYSI6In5-fj8_PyJ9fQ",
    ] {
        check(&asking(encoded), odd);
    }
}

#[test]
fn only_what_is_asked_of_the_access_token_is_passed_on() {
    // {"access_token":{"nbf":1},"userinfo":{"email":null}}
    check(&asking("eyJhY2Nlc3NfdG9rZW4iOnsibmJmIjoxfSwidXNlcmluZm8iOnsiZW1haWwiOm51bGx9fQ=="), Some(NBF));
}

#[test]
fn what_is_no_challenge_is_ignored() {
    check("", None);
    check("Bearer", None);
    check(r#"Bearer authorization_uri="https://login.microsoftonline.com/", error="invalid_token""#, None);
    // Claims without the error that goes with them.
    check(&ARM.replace("insufficient_claims", "invalid_token"), None);
    check(r#"Bearer error="insufficient_claims""#, None);
    for encoded in [
        "",
        "=",
        "%65%79",
        "<script>",
        "eyJ cut",
        // [1], {"access_token":{}}, {"id_token":{"a":1}}, {"access_token":"x"}, bytes that are no text
        "WzFd",
        "eyJhY2Nlc3NfdG9rZW4iOnt9fQ==",
        "eyJpZF90b2tlbiI6eyJhIjoxfX0=",
        "eyJhY2Nlc3NfdG9rZW4iOiJ4In0=",
        "gICA",
    ] {
        check(&asking(encoded), None);
    }
    check(r#"Bearer error="insufficient_claims", claims="eyJhY2Nlc3Nf"#, None);
}

#[test]
fn a_challenge_beyond_any_length_or_depth_is_ignored() {
    let long = |length: usize| ARM.replace("Bearer", &format!(r#"Bearer realm="{}","#, "x".repeat(length)));
    check(&long(7000), Some(SECOND_FACTOR));
    check(&long(9000), None);
    // {"access_token":{"a":[[[…]]]}}
    let deep = |times| format!("eyJhY2Nlc3NfdG9rZW4iOnsiYSI6{}{}fX0=", "W1tb".repeat(times), "XV1d".repeat(times));
    assert!(claims(&asking(&deep(10))).is_some());
    check(&asking(&deep(600)), None);
}

#[test]
fn whatever_stands_there_is_read_without_harm() {
    let known =
        ["Bearer ", "error=", "insufficient_claims", ", claims=", "\"", "=", "eyJhY2Nlc3NfdG9rZW4iOnsibmJmIjoxfX0"];
    arbtest(|u| {
        let mut header = String::new();
        for _ in 0..u.int_in_range(0..=12)? {
            header.push_str(&any::words(u, &known)?);
        }
        if let Some(claims) = claims(&header) {
            assert_eq!(claims, NBF, "of {header}");
        }
        Ok(())
    });
}
