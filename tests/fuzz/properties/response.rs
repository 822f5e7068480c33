//! An answer as a text: its status, a line each header, an empty line, its body. And what has to hold of every reading.

use super::SUB;
use pgflex_restore::azure::call::{Arm, Call};
use pgflex_restore::azure::http::Response;
use pgflex_restore::azure::id::{Found, PointId, SubscriptionId, VaultId, find};
use pgflex_restore::azure::problem::ArmProblem;
use serde_json::{Map, Value, json};

/// What a reader makes of an answer.
pub type Reading<T> = Result<T, Box<ArmProblem>>;

/// Reads a text as an answer.
pub fn response(text: &str) -> Response {
    let (head, body) = text.split_once("\n\n").unwrap_or((text, ""));
    let mut lines = head.lines();
    let status = lines.next().and_then(|line| line.trim().parse().ok()).unwrap_or(200);
    let header = |line: &str| line.split_once(": ").map(|(name, value)| (name.to_string(), value.to_string()));
    Response { status, headers: lines.filter_map(header).collect(), body: body.to_string() }
}

/// The body, where it is a JSON object.
pub fn object(response: &Response) -> Option<Map<String, Value>> {
    match serde_json::from_str(&response.body) {
        Ok(Value::Object(members)) => Some(members),
        _ => None,
    }
}

pub fn arm() -> Arm {
    Arm::default()
}

pub fn subscription() -> SubscriptionId {
    SubscriptionId::parse(SUB).expect("a subscription")
}

pub fn vault() -> VaultId {
    match find(super::VAULT) {
        Some(Found::Vault(vault)) => vault,
        other => panic!("{other:?}"),
    }
}

pub fn point() -> PointId {
    match find(&format!("{}/backupInstances/orders/recoveryPoints/a1b2", super::VAULT)) {
        Some(Found::Point(point)) => point,
        other => panic!("{other:?}"),
    }
}

/// Reads an answer, and holds what holds of every call: a failure status is a problem and a success is none, unless it
/// cannot be read; names of headers have no case; what Azure adds, leaves out or nulls changes nothing.
///
/// `bare` takes from a reading the text that it was read from, where it keeps that.
pub fn read<T>(call: &Call<T>, response: &Response, bare: fn(T) -> T) -> Reading<T>
where
    T: Clone + PartialEq + std::fmt::Debug,
{
    let reading = call.read(response);
    match &reading {
        Ok(_) => assert!((200..300).contains(&response.status)),
        Err(problem) => {
            assert_eq!(problem.status, response.status);
            assert!(problem.malformed || !(200..300).contains(&response.status));
            holds_of_every(problem);
        }
    }
    let shouted = response.headers.iter().map(|(name, value)| (name.to_ascii_uppercase(), value.clone()));
    assert_eq!(call.read(&Response { headers: shouted.collect(), ..response.clone() }), reading);
    if let Ok(body) = serde_json::from_str::<Value>(&response.body) {
        for other in [with_more(&body), without_nulls(&body)] {
            let other = Response { body: other.to_string(), ..response.clone() };
            assert_eq!(told(call.read(&other), bare), told(reading.clone(), bare), "of {}", other.body);
        }
    }
    reading
}

fn told<T>(reading: Reading<T>, bare: fn(T) -> T) -> Reading<T> {
    reading.map(bare).map_err(|problem| Box::new(without_raw(*problem)))
}

/// The same problem without the text it was read from.
pub fn without_raw(problem: ArmProblem) -> ArmProblem {
    ArmProblem { raw: String::new(), ..problem }
}

/// What holds of every problem, wherever it came from.
pub fn holds_of_every(problem: &ArmProblem) {
    assert!((1..=24).contains(&problem.chain.len()), "{} causes", problem.chain.len());
    assert!(problem.chain.windows(2).all(|pair| pair[0] != pair[1]), "the same words twice: {:?}", problem.chain);
    assert!(problem.chain.contains(&problem.cause()));
    assert!(problem.code().is_empty() || problem.has(problem.code()));
    assert!(problem.raw.chars().count() <= 20_000);
    for (at, advice) in problem.advice.iter().enumerate() {
        assert!(!advice.is_empty() && !problem.advice[..at].contains(advice), "{:?}", problem.advice);
    }
    assert!(problem.retry_after.is_none_or(|rest| (1..=600).contains(&rest.secs())));
    assert!(problem.claims.is_none() || problem.status == 401);
}

/// The same with a member in every object that no reader knows.
fn with_more(value: &Value) -> Value {
    match value {
        Value::Object(members) => {
            let more = members.iter().map(|(name, value)| (name.clone(), with_more(value)));
            let more = more.chain([("x-not-known".to_string(), json!({"status": "Failed", "id": [1, null]}))]);
            Value::Object(more.collect())
        }
        Value::Array(items) => Value::Array(items.iter().map(with_more).collect()),
        other => other.clone(),
    }
}

/// The same with every member left out that is null.
fn without_nulls(value: &Value) -> Value {
    match value {
        Value::Object(members) => {
            let said = members.iter().filter(|(_, value)| !value.is_null());
            Value::Object(said.map(|(name, value)| (name.clone(), without_nulls(value))).collect())
        }
        Value::Array(items) => Value::Array(items.iter().map(without_nulls).collect()),
        other => other.clone(),
    }
}
