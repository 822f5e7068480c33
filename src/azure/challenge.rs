//! A claims challenge: what Azure wants proven about the person before it takes a request.
//!
//! It stands in a header of a 401, `WWW-Authenticate: Bearer …, error="insufficient_claims", claims="<base64>"`
//! ("Claims challenges, claims requests and client capabilities", Microsoft identity platform). A browser may not be
//! allowed to see that header; and whatever it says goes to the sign-in page only after it was read here.

use super::json::{object, print};
use serde_json::Value;

/// The longest header that is read: a real one has some 400 characters.
const LONGEST: usize = 8192;

/// What Azure asks for before it takes a write: a sign-in with a second factor ("Mandatory multifactor
/// authentication for Azure"; the same for everybody, and what `az login --claims-challenge` is told to pass on).
pub const SECOND_FACTOR: &str = r#"{"access_token":{"acrs":{"essential":true,"values":["p1"]}}}"#;

/// The claims that a `WWW-Authenticate` asks for, as JSON; nothing where it asks for none, or cannot be read.
pub fn claims(header: &str) -> Option<String> {
    if header.len() > LONGEST {
        return None;
    }
    let value = |wanted: &str| parameters(header).find(|(name, _)| name.eq_ignore_ascii_case(wanted)).map(|(_, v)| v);
    value("error").filter(|error| *error == "insufficient_claims")?;
    let text = String::from_utf8(decode(value("claims")?)?).ok()?;
    let mut asked: Value = serde_json::from_str(&text).ok()?;
    // What is asked of the access token is all that Azure looks at; anything else is none of ours to pass on.
    let of_token = asked.get_mut("access_token")?.take();
    of_token.as_object().filter(|members| !members.is_empty())?;
    Some(print(&object([("access_token", of_token)])))
}

/// The parameters of all challenges of a header: `name="value"` or `name=value`.
fn parameters(header: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut rest = header;
    std::iter::from_fn(move || {
        let (before, after) = rest.split_once('=')?;
        let (value, left) = match after.strip_prefix('"') {
            Some(quoted) => quoted.split_once('"')?,
            None => after.split_once(',').unwrap_or((after, "")),
        };
        rest = left;
        Some((before.rsplit([' ', ',', '\t']).next().unwrap_or_default(), value))
    })
}

/// Base64 in either alphabet, padded or not: both are seen.
fn decode(text: &str) -> Option<Vec<u8>> {
    let (mut bytes, mut bits, mut count) = (Vec::new(), 0_u32, 0);
    for byte in text.trim_end_matches('=').bytes() {
        let six = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            _ => return None,
        };
        bits = (bits << 6) | u32::from(six);
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push((bits >> count) as u8);
            bits &= (1 << count) - 1;
        }
    }
    Some(bytes)
}
