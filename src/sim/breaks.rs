//! Answers that are none, or not what was asked for: what stands between Azure and whoever asks, and what Azure says
//! at its gate.

use super::Reply;
use super::errors::gateway;
use super::request::{Asked, GRAPH};
use super::text::{ALPHABET, fill, hash, join, quoted, time};
use super::world::OPERATOR;
use crate::azure::http::{Response, Unreachable};
use crate::moment::Span;

/// A refusal: status, code, words, and one header more. The words are a template over what is asked.
pub struct Refusal(pub u16, pub &'static str, pub &'static str, pub &'static str, pub &'static str);

/// Reads and writes are counted apart (Microsoft's "Understand how Azure Resource Manager throttles requests").
const TOO_MANY: &str = "Number of requests for subscription and actor exceeded. Please try again after additional \
                        tokens are available. Refer to https://aka.ms/arm-throttling for additional information.";
/// 429 that says how long to wait.
pub static THROTTLED: Refusal = Refusal(429, "SubscriptionRequestsThrottled", TOO_MANY, "Retry-After", "25");
/// 429 that does not.
pub static THROTTLED_NO_HINT: Refusal = Refusal(429, "SubscriptionRequestsThrottled", TOO_MANY, "", "");
/// Azure Backup has trouble of its own: code and header as recorded, the words are ours.
pub static INTERNAL: Refusal = Refusal(
    500,
    "CloudInternalError",
    "Microsoft Azure Backup met an internal error.",
    "x-ms-failure-cause",
    "service",
);
/// Azure Resource Manager does not reach Azure Backup. Made up.
pub static UNAVAILABLE: Refusal =
    Refusal(503, "ServiceUnavailable", "The service is temporarily unavailable. Please retry the request.", "", "");

const LAPSED: &str = "Bearer authorization_uri=\"https://login.microsoftonline.com/\", error=\"invalid_token\", \
                      error_description=\"The access token is invalid.\"";
/// The token's hour is over.
pub static EXPIRED: Refusal = Refusal(
    401,
    "ExpiredAuthenticationToken",
    "The access token expiry UTC time '{!before}' is earlier than current UTC time '{!now}'.",
    "WWW-Authenticate",
    LAPSED,
);
/// The token was taken back before its hour was over.
pub static REVOKED: Refusal =
    Refusal(401, "InvalidAuthenticationToken", "The access token has been revoked.", "WWW-Authenticate", LAPSED);

const MFA: &str = "Resource '{!name}' was disallowed by Azure: You are receiving this error because you tried to \
                   create, update or delete Azure resources without authenticating through MFA. User accounts must be \
                   authenticated through MFA to manage your resources. To resolve this error, go to \
                   https://aka.ms/MFAforAzure.";
/// More proof is wanted for a write (Microsoft's "Claims challenges, claims requests, and client capabilities"; the
/// claims are those that Azure asks for). In the claims stands `{"access_token":{"acrs":{"essential":true,"values":["p1"]}}}`.
pub static CHALLENGED: Refusal = Refusal(
    401,
    "RequestDisallowedByAzure",
    MFA,
    "WWW-Authenticate",
    "Bearer realm=\"\", authorization_uri=\"https://login.microsoftonline.com/common/oauth2/authorize\", \
     error=\"insufficient_claims\", \
     claims=\"eyJhY2Nlc3NfdG9rZW4iOnsiYWNycyI6eyJlc3NlbnRpYWwiOnRydWUsInZhbHVlcyI6WyJwMSJdfX19\"",
);
/// The same, its header kept from the browser.
pub static CHALLENGED_UNSEEN: Refusal = Refusal(401, "RequestDisallowedByAzure", MFA, "", "");

const DENIED: &str = "The client 'oncall-dba@contoso.com' with object id '{!who}' does not have authorization to perform \
                      action '{!action}' over scope '{!scope}' or the scope is invalid. If access was recently granted, \
                      please refresh your credentials.";

/// 403: the operator may not do this. The scope is the last resource that the path names whole: a list is read, and an
/// action is taken, over what it stands below. The resource graph is asked over a subscription, which its body names.
pub fn deny(action: &str, asked: &Asked) -> Response {
    let last = asked.lower.iter().rposition(|s| s == "providers").unwrap_or_default();
    let odd = asked.segments.len().saturating_sub(last) % 2;
    let whole = asked.segments.len().saturating_sub(odd);
    let scope = match asked.about {
        GRAPH => join(&["/subscriptions/", asked.names.last().map_or("", String::as_str)]),
        _ => join(&["/", &asked.segments.get(..whole).unwrap_or_default().join("/")]),
    };
    gateway(403, "AuthorizationFailed", &fill(DENIED, &[("who", OPERATOR), ("action", action), ("scope", &scope)]))
}

/// What is answered to this request.
pub fn refuse(&Refusal(status, code, words, header, value): &Refusal, asked: &Asked) -> Response {
    let words = fill(
        words,
        &[
            ("name", asked.segments.iter().rev().nth(1).map_or("", String::as_str)),
            ("now", &time(asked.now)),
            ("before", &time(asked.now - Span::from_secs(421))),
        ],
    );
    let mut response = gateway(status, code, &words);
    if !header.is_empty() {
        response.headers.retain(|(name, _)| name != header);
        response.headers.push((header.to_string(), value.to_string()));
    }
    response
}

/// Whether a token is another one than that which was refused first.
pub fn is_another(token: &str, first: u64) -> bool {
    hash(&[token]) != first
}

/// Whether a token says that its owner gave the proof that was asked for.
pub fn is_proof(token: &str, _: u64) -> bool {
    let payload = token.split('.').nth(1).unwrap_or_default();
    let (mut bits, mut text) = (0_u32, String::new());
    for (i, byte) in payload.bytes().enumerate() {
        let byte = match byte {
            b'-' => b'+',
            b'_' => b'/',
            other => other,
        };
        let six = ALPHABET.iter().position(|b| *b == byte).unwrap_or_default();
        bits = bits << 6 | six as u32;
        if i % 4 != 0 {
            text.push(char::from((bits >> (6 - 2 * (i % 4))) as u8));
        }
    }
    text.contains("\"acrs\"")
}

/// Azure has heard it, and its answer is lost.
pub fn lose(_: &Asked, reply: &mut Reply) {
    reply.outcome = Err(Unreachable::NoAnswer);
}

/// The answer comes when nobody believes in it any more, though before a browser gives up.
pub fn dawdle(_: &Asked, reply: &mut Reply) {
    reply.takes = Span::from_secs(100);
}

/// What a browser may do to any header that the host does not expose to it.
pub fn hide_headers(_: &Asked, reply: &mut Reply) {
    if let Ok(response) = &mut reply.outcome {
        response.headers.retain(|(name, _)| name == "Content-Type");
    }
}

/// An answer with this body in place of its own.
fn say(reply: &mut Reply, kind: &str, body: &str) {
    if let Ok(response) = &mut reply.outcome {
        response.status = 200;
        response.headers.retain(|(name, _)| name != "Content-Length" && name != "Content-Type");
        response.headers.push(("Content-Type".to_string(), kind.to_string()));
        response.body = body.to_string();
    }
}

/// Somebody else's page, as a hotel's network has it.
pub fn say_html(_: &Asked, reply: &mut Reply) {
    let page =
        "<!DOCTYPE html><html><head><title>Welcome</title></head><body><h1>Sign in to this network</h1></body></html>";
    say(reply, "text/html", page);
}

/// Nothing.
pub fn say_nothing(_: &Asked, reply: &mut Reply) {
    say(reply, "application/json; charset=utf-8", "");
}

/// Every member is there, and of another type than it should be.
pub fn say_mistyped(_: &Asked, reply: &mut Reply) {
    let body = r#"{"value":{"0":"no list"},"nextLink":17,"id":4,"name":["x"],"status":true,"properties":"none"}"#;
    say(reply, "application/json; charset=utf-8", body);
}

/// The first half.
pub fn say_half(_: &Asked, reply: &mut Reply) {
    if let Ok(response) = &mut reply.outcome {
        let mut half = response.body.len() / 2;
        while !response.body.is_char_boundary(half) {
            half += 1;
        }
        response.body.truncate(half);
    }
}

/// A list of one page goes on, at this address. One point is no list.
fn go_on(reply: &mut Reply, address: &str) {
    if let Ok(response) = &mut reply.outcome
        && let Some(rows) = response.body.strip_suffix('}').filter(|rows| rows.starts_with("{\"value\":"))
    {
        let body = join(&[rows, ",\"nextLink\":", &quoted(address), "}"]);
        say(reply, "application/json; charset=utf-8", &body);
    }
}

/// A list that never ends: after its points come empty pages, each at an address of its own.
pub fn never_end(asked: &Asked, reply: &mut Reply) {
    let page: Option<u32> = asked.query_value("$skipToken").and_then(|token| token.parse().ok());
    if page.is_some() {
        say(reply, "application/json; charset=utf-8", "{\"value\":[]}");
    }
    let next = page.unwrap_or(1).saturating_add(1).to_string();
    let path = asked.segments.join("/");
    let query = ["?api-version=", asked.version(), "&$skipToken=", &next];
    go_on(reply, &join(&["https://", asked.host, "/", &path, &join(&query)]));
}

/// A host that looks like Azure's.
const EVIL: &str = "management.azure.com.evil.example";

/// The next page is elsewhere.
pub fn lead_away(asked: &Asked, reply: &mut Reply) {
    go_on(reply, &join(&["https://", EVIL, "/", &asked.segments.join("/"), "?api-version=", asked.version()]));
}

fn lead_headers_away(reply: &mut Reply, which: &str) {
    if let Ok(response) = &mut reply.outcome {
        for (_, value) in response.headers.iter_mut().filter(|(name, _)| name == which) {
            *value = value.replacen("management.azure.com", EVIL, 1);
        }
    }
}

/// `Azure-AsyncOperation` leads elsewhere; `Location` is Azure's.
pub fn lead_status_away(_: &Asked, reply: &mut Reply) {
    lead_headers_away(reply, "Azure-AsyncOperation");
}

/// There is `Location` alone, and it leads elsewhere.
pub fn lead_location_away(_: &Asked, reply: &mut Reply) {
    if let Ok(response) = &mut reply.outcome {
        response.headers.retain(|(name, _)| name != "Azure-AsyncOperation");
    }
    lead_headers_away(reply, "Location");
}
