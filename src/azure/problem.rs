//! What Azure said went wrong, unfolded to its deepest cause.
//!
//! Azure answers with at least four shapes of error, nested up to eight deep, the useful sentence innermost
//! (`error.additionalInfo[0].info.innerError.additionalInfo.DetailedNonLocalisedMessage`). Reading one never fails:
//! what cannot be read as an error is kept as the text it was.

use super::challenge;
use super::http::Response;
use super::json::{At, object};
use super::operation::retry_after;
use crate::moment::Span;
use serde_json::Value;

/// The longest raw text that is kept to be shown.
const RAW: usize = 20_000;

/// Deeper than any error that Azure sends; ends the unfolding of a hostile one.
const DEEPEST: usize = 24;

/// An error of Azure's, whole.
#[derive(Clone, Debug, PartialEq)]
pub struct ArmProblem {
    /// The HTTP status it came with; 200 for an operation or a job that failed.
    pub status: u16,
    /// The errors from the outermost, which Azure shows, to the deepest, which is the cause. Never empty.
    pub chain: Vec<Cause>,
    /// What Azure advises, deepest first, without repetitions.
    pub advice: Vec<String>,
    /// The permission that is missing, if one of the messages names it.
    pub missing: Option<Missing>,
    /// Azure Backup's own id for what happened: support asks for it.
    pub activity: Option<String>,
    /// How long Azure asks to wait before the next try.
    pub retry_after: Option<Span>,
    /// What Azure wants proven about the person first, as JSON for the sign-in page (a 401 alone).
    pub claims: Option<String>,
    /// Whether the answer was not of any form that Azure gives: HTML, cut off, another type.
    pub malformed: bool,
    /// The body as it came, at most 20,000 characters of it.
    pub raw: String,
}

/// One error of a chain.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Cause {
    /// Such as `UserErrorMissingRequiredPermissions`; may be empty.
    pub code: String,
    /// Azure's sentence; may be empty.
    pub message: String,
}

/// A missing permission, as Azure's sentence names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Missing {
    /// The object id of who lacks it: mostly the vault's identity, not the person.
    pub principal: String,
    /// The action, such as `Microsoft.Authorization/roleAssignments/read`.
    pub action: String,
    /// The resource id it is about.
    pub scope: String,
}

impl ArmProblem {
    /// Reads the error of an answer that is not a success, or is no JSON.
    pub fn of(response: &Response) -> Box<Self> {
        let retry_after = retry_after(response);
        let challenged = response.header("www-authenticate").filter(|_| response.status == 401);
        let claims = challenged.and_then(challenge::claims);
        match serde_json::from_str::<Value>(&response.body) {
            Ok(body) if body.is_object() => {
                let mut problem = Self::unfold(response.status, &error_of(body), &response.body);
                (problem.retry_after, problem.claims) = (retry_after, claims);
                Box::new(problem)
            }
            _ => Box::new(Self { retry_after, claims, ..*Self::malformed(response, "") }),
        }
    }

    /// An answer that is not what was asked for; `expected` says what was.
    pub fn malformed(response: &Response, expected: &str) -> Box<Self> {
        let mut problem = Self::blank(response.status, &response.body);
        problem.malformed = true;
        problem.chain = vec![Cause { code: String::new(), message: expected.to_string() }];
        Box::new(problem)
    }

    /// Reads the `error` of an operation that failed.
    pub fn of_operation(body: &Value, raw: &str) -> Self {
        Self::unfold(200, body.at("error"), raw)
    }

    /// Reads the `errorDetails` of a job: a list of `UserFacingError`. Nothing where the list is empty.
    pub fn of_job(details: &[Value], raw: &str) -> Option<Self> {
        Some(Self::unfold(200, deepest(details.iter())?, raw))
    }

    /// Azure's outermost code: what branches are taken on first.
    pub fn code(&self) -> &str {
        self.chain.iter().map(|c| c.code.as_str()).find(|c| !c.is_empty()).unwrap_or_default()
    }

    /// Whether any error of the chain has this code.
    pub fn has(&self, code: &str) -> bool {
        self.chain.iter().any(|c| c.code.eq_ignore_ascii_case(code))
    }

    /// The deepest cause that says anything.
    pub fn cause(&self) -> Cause {
        self.chain.iter().rev().find(|c| !c.message.is_empty()).or(self.chain.last()).cloned().unwrap_or_default()
    }

    fn blank(status: u16, raw: &str) -> Self {
        ArmProblem {
            status,
            chain: Vec::new(),
            advice: Vec::new(),
            missing: None,
            activity: None,
            retry_after: None,
            claims: None,
            malformed: false,
            raw: raw.chars().take(RAW).collect(),
        }
    }

    fn unfold(status: u16, error: &Value, raw: &str) -> Self {
        let mut problem = Self::blank(status, raw);
        let mut next = Some(error);
        while let Some(error) = next.filter(|_| problem.chain.len() < DEEPEST) {
            problem.take(error);
            next = inner(error);
        }
        problem.advice.reverse();
        if problem.chain.is_empty() {
            problem.chain.push(Cause::default());
        }
        problem
    }

    /// Takes one error of the nest into the chain; the same words twice are one cause.
    fn take(&mut self, error: &Value) {
        let detailed = error.text("additionalInfo.DetailedNonLocalisedMessage");
        let cause =
            Cause { code: error.words("code"), message: detailed.or(error.text("message")).unwrap_or("").to_string() };
        if cause != Cause::default() && self.chain.last() != Some(&cause) {
            self.chain.push(cause);
        }
        for advice in error.items("recommendedAction").iter().filter_map(Value::as_str) {
            let advice = advice.trim().to_string();
            if !advice.is_empty() && !self.advice.contains(&advice) {
                self.advice.push(advice);
            }
        }
        if let Some(activity) = error.text("properties.ActivityId") {
            self.activity = Some(activity.to_string());
        }
        for text in [detailed, error.text("message")].into_iter().flatten() {
            self.missing = missing(text).or(self.missing.take());
        }
    }
}

/// The error in an answer's body: ARM's `{"error": {…}}`, an operation's, or the rare old
/// `{"ErrorCode", "Message": {"Value"}}`.
fn error_of(mut body: Value) -> Value {
    if let Some(error) = body.get_mut("error").filter(|error| error.is_object()) {
        return error.take();
    }
    if let Some(code) = body.text("ErrorCode") {
        let message = body.text("Message.Value").or(body.text("Message")).unwrap_or_default();
        return object([("code", code.into()), ("message", message.into())]);
    }
    body
}

/// The errors directly within one: `additionalInfo[].info` (ARM), `details[]`, `innerError`, `embeddedInnerError`.
fn within(error: &Value) -> impl Iterator<Item = &Value> {
    let infos = error.items("additionalInfo").iter().map(|info| info.at("info"));
    let nested = [error.at("innerError"), error.at("embeddedInnerError")];
    infos.chain(error.items("details")).chain(nested).filter(|value| value.is_object())
}

/// How many errors that say anything lie on the deepest way down from this one.
fn depth(error: &Value, level: usize) -> usize {
    if level > DEEPEST {
        return 0;
    }
    let speaks = error.text("code").or(error.text("message")).is_some() || error.at("additionalInfo").is_object();
    usize::from(speaks) + within(error).map(|e| depth(e, level + 1)).max().unwrap_or(0)
}

/// The error within that leads deepest.
fn inner(error: &Value) -> Option<&Value> {
    deepest(within(error))
}

/// Of several errors the one that leads deepest; the first of equals.
fn deepest<'a>(errors: impl Iterator<Item = &'a Value>) -> Option<&'a Value> {
    let mut best: Option<(&Value, usize)> = None;
    for candidate in errors {
        let depth = depth(candidate, 0);
        if best.is_none_or(|(_, deepest)| depth > deepest) {
            best = Some((candidate, depth));
        }
    }
    best.map(|(error, _)| error)
}

/// Azure Resource Manager's sentence (`AuthorizationFailed`, and what Azure Backup passes on of it): "The client '…'
/// with object id '…' does not have authorization to perform action '…' over scope '…'".
fn missing(text: &str) -> Option<Missing> {
    let quoted = |after: &str| -> Option<String> {
        let (_, rest) = text.split_once(after)?;
        let (value, _) = rest.split_once('\'')?;
        Some(value.to_string())
    };
    Some(Missing {
        action: quoted("perform action '")?,
        scope: quoted("over scope '")?,
        principal: quoted("with object id '").or_else(|| quoted("The client '"))?,
    })
}
