//! A call as a value: the request, and how to read its answer.

use super::cloud::{ApiVersion, Cloud};
use super::http::{ArmUrl, Method, Refused, Request, Response};
use super::id::SubscriptionId;
use super::problem::ArmProblem;
use serde_json::Value;
use std::fmt;

/// Which Azure is spoken to, and how.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Arm {
    /// The cloud.
    pub cloud: Cloud,
    /// The api-version of Microsoft.DataProtection.
    pub api: ApiVersion,
}

/// A request and how to read its answer.
pub struct Call<T> {
    /// What to send.
    pub request: Request,
    arm: Arm,
    within: Option<SubscriptionId>,
    read: fn(&Answer<'_, T>) -> Result<T, Box<ArmProblem>>,
}

/// An answer in the hands of its reader.
pub struct Answer<'a, T> {
    /// What came.
    pub response: &'a Response,
    /// The call it came to.
    pub call: &'a Call<T>,
}

impl<T> Call<T> {
    /// A read of a path of our own making.
    pub fn get(
        arm: Arm,
        within: Option<&SubscriptionId>,
        path_and_query: &str,
        read: fn(&Answer<'_, T>) -> Result<T, Box<ArmProblem>>,
    ) -> Self {
        let url = ArmUrl::build(arm.cloud.arm_host(), path_and_query);
        let request = Request { method: Method::Get, url, headers: Vec::new(), body: None };
        Call { request, arm, within: within.cloned(), read }
    }

    /// A POST of a JSON text to a path of our own making.
    pub fn post(
        arm: Arm,
        within: Option<&SubscriptionId>,
        path_and_query: &str,
        body: String,
        read: fn(&Answer<'_, T>) -> Result<T, Box<ArmProblem>>,
    ) -> Self {
        let mut call = Call::get(arm, within, path_and_query, read);
        call.request.method = Method::Post;
        call.request.headers.push(("Content-Type".into(), "application/json".into()));
        call.request.body = Some(body);
        call
    }

    /// A PUT of a JSON text to a path of our own making.
    pub fn put(
        arm: Arm,
        within: &SubscriptionId,
        path_and_query: &str,
        body: String,
        read: fn(&Answer<'_, T>) -> Result<T, Box<ArmProblem>>,
    ) -> Self {
        let mut call = Call::post(arm, Some(within), path_and_query, body, read);
        call.request.method = Method::Put;
        call
    }

    /// A read of an admitted address, verbatim.
    pub fn at(
        arm: Arm,
        within: Option<&SubscriptionId>,
        url: ArmUrl,
        read: fn(&Answer<'_, T>) -> Result<T, Box<ArmProblem>>,
    ) -> Self {
        let request = Request { method: Method::Get, url, headers: Vec::new(), body: None };
        Call { request, arm, within: within.cloned(), read }
    }

    /// The same kind of read at another address: the next page.
    pub fn follow(&self, url: ArmUrl) -> Self {
        Call::at(self.arm, self.within.as_ref(), url, self.read)
    }

    /// Reads an answer to it: a failure status is a problem, whatever the reader.
    pub fn read(&self, response: &Response) -> Result<T, Box<ArmProblem>> {
        if !response.is_success() {
            return Err(ArmProblem::of(response));
        }
        (self.read)(&Answer { response, call: self })
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
}

impl<T> Answer<'_, T> {
    /// The body as a JSON object.
    pub fn json(&self) -> Result<Value, Box<ArmProblem>> {
        serde_json::from_str::<Value>(&self.response.body)
            .ok()
            .filter(Value::is_object)
            .ok_or_else(|| ArmProblem::malformed(self.response, ""))
    }

    /// Reads the body; what lacks the least that is needed is malformed.
    pub fn item(&self, read: fn(&Value) -> Option<T>) -> Result<T, Box<ArmProblem>> {
        read(&self.json()?).ok_or_else(|| ArmProblem::malformed(self.response, ""))
    }
}

impl<T> Clone for Call<T> {
    fn clone(&self) -> Self {
        Call { request: self.request.clone(), arm: self.arm, within: self.within.clone(), read: self.read }
    }
}

/// Two calls are the same when they send the same: the reader follows from what is asked.
impl<T> PartialEq for Call<T> {
    fn eq(&self, other: &Self) -> bool {
        self.request == other.request
    }
}

impl<T> fmt::Debug for Call<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {:?}", self.request.method.as_str(), self.request.url)
    }
}
