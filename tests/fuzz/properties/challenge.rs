//! A claims challenge: of a header nothing is passed on to the sign-in but what it asks of the access token, and that to
//! the letter.

use super::{Seen, Target};
use pgflex_restore::azure::challenge::claims;
use serde_json::{Value, json};

pub const TARGET: Target =
    Target { name: "challenge", check, sights: &["a challenge", "claims that can be asked for", "no challenge"] };

/// The alphabets of base64, of RFC 4648: its own, and that of addresses.
const ALPHABETS: [&[u8; 64]; 2] = [
    b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/",
    b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_",
];

fn check(text: &str, seen: &mut Seen) {
    seen.insert("no challenge");
    if let Some(asked) = claims(text) {
        seen.insert("a challenge");
        assert!(text.len() <= 8192 && text.contains("insufficient_claims"), "{text:?}");
        is_of_the_access_token_alone(&asked);
    }
    // The same text as what is asked for.
    let Ok(Value::Object(asked)) = serde_json::from_str::<Value>(text) else { return };
    let Some(of_token) = asked.get("access_token").filter(|of| of.as_object().is_some_and(|of| !of.is_empty())) else {
        return assert_eq!(claims(&header(&encode(text, ALPHABETS[0], true))), None, "nothing is asked of the token");
    };
    seen.insert("claims that can be asked for");
    for alphabet in ALPHABETS {
        for padded in [true, false] {
            let header = header(&encode(text, alphabet, padded));
            let expected = (header.len() <= 8192).then(|| json!({ "access_token": of_token }).to_string());
            assert_eq!(claims(&header), expected, "{header}");
            assert_eq!(claims(&header.replace("insufficient_claims", "invalid_token")), None, "{header}");
        }
    }
}

/// As Azure writes it.
fn header(claims: &str) -> String {
    format!(
        "Bearer realm=\"\", authorization_uri=\"https://login.microsoftonline.com/common/oauth2/authorize\", \
         error=\"insufficient_claims\", claims=\"{claims}\""
    )
}

fn is_of_the_access_token_alone(asked: &str) {
    let asked: Value = serde_json::from_str(asked).expect("claims are JSON");
    let members = asked.as_object().expect("claims are an object");
    assert_eq!(members.keys().collect::<Vec<_>>(), ["access_token"]);
    assert!(members["access_token"].as_object().is_some_and(|members| !members.is_empty()), "{asked}");
}

fn encode(text: &str, alphabet: &[u8; 64], padded: bool) -> String {
    let mut encoded = String::new();
    for three in text.as_bytes().chunks(3) {
        let bits = three.iter().fold(0_u32, |bits, byte| bits << 8 | u32::from(*byte)) << (8 * (3 - three.len()));
        for place in 0..=three.len() {
            encoded.push(char::from(alphabet[(bits >> (18 - 6 * place)) as usize & 63]));
        }
        if padded {
            encoded.push_str(&"=".repeat(3 - three.len()));
        }
    }
    encoded
}
