//! A call as a value: the request, and how to read its answer.

use super::cloud::{ApiVersion, Cloud};
use super::http::{ArmUrl, Method, Refused, Request, Response};
use super::id::SubscriptionId;
use super::problem::ArmProblem;
use serde_json::Value;
use std::fmt;
use std::ops::Deref;

/// Which Azure is spoken to, and how.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Arm {
    /// The cloud.
    pub cloud: Cloud,
    /// The api-version of Microsoft.DataProtection.
    pub api: ApiVersion,
}

/// A request, and what its answer is held to: all of a call but the type of its answer.
#[derive(Clone)]
pub struct Sending {
    /// What to send.
    pub request: Request,
    arm: Arm,
    within: Option<SubscriptionId>,
}

/// A request and how to read its answer.
pub struct Call<T> {
    sending: Sending,
    read: Reader<T>,
}

/// Reads an answer.
pub type Reader<T> = fn(&Answer<'_>) -> Result<T, Box<ArmProblem>>;

/// An answer in the hands of its reader.
pub struct Answer<'a> {
    /// What came.
    pub response: &'a Response,
    /// What it came to.
    pub call: &'a Sending,
}

impl Sending {
    /// A read of a path of our own making.
    #[inline(never)]
    pub fn get(arm: Arm, within: Option<&SubscriptionId>, path_and_query: &str) -> Self {
        Sending::at(arm, within, ArmUrl::build(arm.cloud.arm_host(), path_and_query))
    }

    /// A POST of a JSON text to a path of our own making.
    #[inline(never)]
    pub fn post(arm: Arm, within: Option<&SubscriptionId>, path_and_query: &str, body: String) -> Self {
        let mut sending = Sending::get(arm, within, path_and_query);
        sending.request.method = Method::Post;
        sending.request.headers.push(("Content-Type".into(), "application/json".into()));
        sending.request.body = Some(body);
        sending
    }

    /// A PUT of a JSON text to a path of our own making.
    pub fn put(arm: Arm, within: &SubscriptionId, path_and_query: &str, body: String) -> Self {
        let mut sending = Sending::post(arm, Some(within), path_and_query, body);
        sending.request.method = Method::Put;
        sending
    }

    /// A read of an admitted address, verbatim.
    #[inline(never)]
    pub fn at(arm: Arm, within: Option<&SubscriptionId>, url: ArmUrl) -> Self {
        let request = Request { method: Method::Get, url, headers: Vec::new(), body: None };
        Sending { request, arm, within: within.cloned() }
    }

    /// The same kind of read at another address: the next page.
    pub fn follow(&self, url: ArmUrl) -> Self {
        Sending::at(self.arm, self.within.as_ref(), url)
    }

    /// An answer to it: a failure status is a problem, whatever the reader.
    #[inline(never)]
    pub fn answer<'a>(&'a self, response: &'a Response) -> Result<Answer<'a>, Box<ArmProblem>> {
        if !response.is_success() {
            return Err(ArmProblem::of(response));
        }
        Ok(Answer { response, call: self })
    }

    /// Admits an address that the answer gave, if it stays with this cloud and this subscription.
    pub fn admit(&self, text: &str) -> Result<ArmUrl, Refused> {
        self.arm.cloud.admit(text, self.within.as_ref())
    }

    /// Which Azure it speaks to.
    pub fn arm(&self) -> Arm {
        self.arm
    }

    /// The subscription that its answers have to stay in.
    pub fn within(&self) -> Option<&SubscriptionId> {
        self.within.as_ref()
    }

    /// With a reader of its answer.
    pub fn read_by<T>(self, read: Reader<T>) -> Call<T> {
        Call { sending: self, read }
    }
}

impl<T> Call<T> {
    /// Reads an answer to it.
    pub fn read(&self, response: &Response) -> Result<T, Box<ArmProblem>> {
        (self.read)(&self.sending.answer(response)?)
    }

    /// What is sent, and the reader, apart.
    pub fn apart(self) -> (Sending, Reader<T>) {
        (self.sending, self.read)
    }
}

impl<T> Deref for Call<T> {
    type Target = Sending;

    fn deref(&self) -> &Sending {
        &self.sending
    }
}

impl Answer<'_> {
    /// The body as a JSON object.
    #[inline(never)]
    pub fn json(&self) -> Result<Value, Box<ArmProblem>> {
        serde_json::from_str::<Value>(&self.response.body)
            .ok()
            .filter(Value::is_object)
            .ok_or_else(|| ArmProblem::malformed(self.response, ""))
    }

    /// Reads the body; what lacks the least that is needed is malformed.
    pub fn item<T>(&self, read: fn(&Value) -> Option<T>) -> Result<T, Box<ArmProblem>> {
        read(&self.json()?).ok_or_else(|| ArmProblem::malformed(self.response, ""))
    }
}

impl<T> Clone for Call<T> {
    fn clone(&self) -> Self {
        Call { sending: self.sending.clone(), read: self.read }
    }
}

/// Two calls are the same when they send the same: the reader follows from what is asked.
impl PartialEq for Sending {
    fn eq(&self, other: &Self) -> bool {
        self.request == other.request
    }
}

impl fmt::Debug for Sending {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {:?}", self.request.method.as_str(), self.request.url)
    }
}

impl<T> fmt::Debug for Call<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.sending.fmt(f)
    }
}
