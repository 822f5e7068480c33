//! Tokens that are not good enough.

use super::{SAFE, World, drills, json_of, wrapped};
use pgflex_restore::azure::http::{Method, Response};
use serde_json::Value;

fn ready(server: &str) -> (World, String) {
    let mut world = World::new();
    let instance = world.instance(&drills("sign-in"), server);
    (world, instance)
}

fn get(world: &mut World, path: &str, token: &str) -> Response {
    world.send(Method::Get, &format!("{path}?api-version=2024-04-01"), token, None).outcome.unwrap()
}

fn post(world: &mut World, path: &str, token: &str, body: &Value) -> Response {
    let url = format!("{path}?api-version=2024-04-01");
    world.send(Method::Post, &url, token, Some(body.to_string())).outcome.unwrap()
}

/// The base64url of a token's claims, without padding.
fn token(claims: &str) -> String {
    const DIGITS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let mut payload = String::new();
    for chunk in claims.as_bytes().chunks(3) {
        let bits = chunk.iter().enumerate().fold(0_u32, |bits, (i, byte)| bits | u32::from(*byte) << (16 - 8 * i));
        for i in 0..=chunk.len() {
            payload.push(char::from(DIGITS[(bits >> (18 - 6 * i)) as usize & 63]));
        }
    }
    format!("eyJ0eXAiOiJKV1QifQ.{payload}.signature")
}

#[test]
fn a_lapsed_token_is_refused_everywhere_until_another_one_comes() {
    for (server, code) in
        [("psql-401-expired", "ExpiredAuthenticationToken"), ("psql-401-revoked", "InvalidAuthenticationToken")]
    {
        let (mut world, instance) = ready(server);
        let points = format!("{instance}/recoveryPoints");
        for path in [&instance, &points] {
            let refused = get(&mut world, path, "first");
            assert_eq!((refused.status, &json_of(&refused)["error"]["code"]), (401, &code.into()), "{server}");
            assert!(refused.header("www-authenticate").unwrap().contains("error=\"invalid_token\""));
        }
        world.wait(3_600);
        assert_eq!(get(&mut world, &points, "first").status, 401, "time does not mend a token");
        assert_eq!(get(&mut world, &points, "second").status, 200);
        assert_eq!(get(&mut world, &instance, "second").status, 200);
    }
}

#[test]
fn an_expired_token_is_told_when_it_expired() {
    let (mut world, instance) = ready("psql-401-expired");
    let refused = json_of(&get(&mut world, &instance, "first"));
    let message = refused["error"]["message"].as_str().unwrap();
    assert!(
        message.contains("expiry UTC time '2026-11-22T02:04:59")
            && message.contains("current UTC time '2026-11-22T02:12:00"),
        "{message}"
    );
}

#[test]
fn where_no_token_is_sent_it_lasts_as_long_as_signing_in() {
    let (mut world, instance) = ready("psql-401-expired");
    assert_eq!(get(&mut world, &instance, "").status, 401);
    world.wait(39);
    assert_eq!(get(&mut world, &instance, "").status, 401);
    world.wait(1);
    assert_eq!(get(&mut world, &instance, "").status, 200);
    assert_eq!(get(&mut world, &format!("{instance}/recoveryPoints"), "").status, 200, "one sign-in is enough");
}

#[test]
fn more_proof_is_asked_for_what_writes_until_a_token_has_it() {
    for (server, readable) in [("psql-claims-readable", true), ("psql-claims-hidden", false)] {
        let (mut world, instance) = ready(server);
        let request = world.request(&instance, SAFE, "demo-1");
        let check = format!("{instance}/validateRestore");
        let plain = token(r#"{"aud":"https://management.azure.com","uti":"a"}"#);
        let fresh = token(r#"{"aud":"https://management.azure.com","uti":"b"}"#);
        for token in [&plain, &fresh] {
            let refused = post(&mut world, &check, token, &wrapped(&request));
            assert_eq!(
                (refused.status, &json_of(&refused)["error"]["code"]),
                (401, &"RequestDisallowedByAzure".into())
            );
            let header = refused.header("WWW-Authenticate");
            assert_eq!(header.is_some(), readable, "{server}");
            if let Some(header) = header {
                assert!(header.contains(r#"error="insufficient_claims""#), "{header}");
                let claims = "eyJhY2Nlc3NfdG9rZW4iOnsiYWNycyI6eyJlc3NlbnRpYWwiOnRydWUsInZhbHVlcyI6WyJwMSJdfX19";
                assert!(header.contains(&format!("claims=\"{claims}\"")), "{header}");
            }
            assert_eq!(post(&mut world, &format!("{instance}/restore"), token, &request).status, 401);
        }
        for claims in [r#"{"acrs":["p1"]}"#, r#"{"x":1,"acrs":["p1"]}"#, r#"{"xy":1,"acrs":["p1"],"é":"?>~"}"#] {
            let proven = token(claims);
            assert_eq!(post(&mut world, &check, &proven, &wrapped(&request)).status, 202, "{claims}");
        }
        assert_eq!(
            post(&mut world, &format!("{instance}/restore"), &token(r#"{"acrs":["p1"]}"#), &request).status,
            202
        );
        assert_eq!(get(&mut world, &instance, &plain).status, 200, "reading needs no more");
    }
}
