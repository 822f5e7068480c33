//! A long-running operation as a value: from the headers of a 202 to where to ask, how long to wait, what came out.
//!
//! The address to ask at is taken from `Azure-AsyncOperation`, else from `Location`, checked for its host and then
//! used byte for byte (Azure Resource Manager, "Track asynchronous Azure operations").

use super::call::{Answer, Call, Sending};
use super::http::{ArmUrl, Refused, Response};
use super::id::{JobId, SubscriptionId};
use super::json::At;
use super::problem::ArmProblem;
use crate::moment::{Moment, Span};
use std::num::IntErrorKind;

/// How long to wait where Azure does not say: what it says itself of a validation.
pub const WAIT: Span = Span::from_secs(10);

/// What a POST that begins an operation was answered.
#[derive(Clone, Debug, PartialEq)]
pub enum Accepted {
    /// It is over already (200); a restore then names its job.
    Done(Option<JobId>),
    /// It goes on: ask there.
    Following(Operation),
    /// It goes on (202), but this browser may not read where to ask, or what it reads leads away from Azure.
    Blind(Option<Refused>),
}

/// A running operation.
#[derive(Clone, Debug, PartialEq)]
pub struct Operation {
    /// Which header gave the address.
    pub by: Header,
    /// Where to ask.
    pub url: ArmUrl,
    /// How long to wait before asking.
    pub wait: Span,
    arm: super::call::Arm,
    within: Option<SubscriptionId>,
}

/// The two headers that say where to ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Header {
    /// `Azure-AsyncOperation`: its answer is always 200 with a `status`.
    AzureAsyncOperation,
    /// `Location`: 202 while it runs, then 200 with the result.
    Location,
}

/// What an operation said of itself.
#[derive(Clone, Debug, PartialEq)]
pub enum Progress {
    /// It goes on; Azure's own word for it, and the wait it asks for, if any.
    Running(String, Option<Span>),
    /// It is over and went well; a restore names its job.
    Succeeded {
        /// The job it began.
        job: Option<JobId>,
        /// When it began.
        began: Option<Moment>,
        /// When it ended.
        ended: Option<Moment>,
    },
    /// It is over and failed, or was cancelled.
    Failed(Box<ArmProblem>),
}

impl Operation {
    /// The call that asks how it stands. An answer of 4xx or 5xx to it is a failure to *read* the status, never a
    /// failure of the operation.
    pub fn ask(&self) -> Call<Progress> {
        let read = match self.by {
            Header::AzureAsyncOperation => read_status,
            Header::Location => read_result,
        };
        Sending::at(self.arm, self.within.as_ref(), self.url.clone()).read_by(read)
    }
}

/// Reads the answer to a POST that begins an operation.
pub fn read_accepted(answer: &Answer<'_>) -> Result<Accepted, Box<ArmProblem>> {
    let response = answer.response;
    if response.status == 200 {
        return Ok(Accepted::Done(over(answer)?));
    }
    let mut refused = None;
    let headers = [(Header::AzureAsyncOperation, "Azure-AsyncOperation"), (Header::Location, "Location")];
    for (by, name) in headers {
        let Some(text) = response.header(name) else { continue };
        match answer.call.admit(text) {
            Ok(url) => {
                let wait = retry_after(response).unwrap_or(WAIT);
                let (arm, within) = (answer.call.arm(), answer.call.within().cloned());
                return Ok(Accepted::Following(Operation { by, url, wait, arm, within }));
            }
            Err(why) => refused = Some(why),
        }
    }
    Ok(Accepted::Blind(refused))
}

/// `Azure-AsyncOperation`: `{"status": …}`. The three final words are the resource manager's own; every other word
/// means that it goes on.
fn read_status(answer: &Answer<'_>) -> Result<Progress, Box<ArmProblem>> {
    let body = answer.json()?;
    let Some(status) = body.text("status") else {
        return Err(ArmProblem::malformed(answer.response, "status"));
    };
    Ok(match status.to_ascii_lowercase().as_str() {
        "succeeded" => Progress::Succeeded {
            job: body.text("properties.jobId").and_then(JobId::parse),
            began: body.moment("startTime"),
            ended: body.moment("endTime"),
        },
        "failed" | "canceled" | "cancelled" => {
            let mut problem = ArmProblem::of_operation(&body, &answer.response.body);
            // Where Azure gives no code, its word for the end is the code; a message stays.
            if problem.code().is_empty()
                && let Some(outermost) = problem.chain.first_mut()
            {
                outermost.code = status.to_string();
            }
            Progress::Failed(Box::new(problem))
        }
        _ => Progress::Running(status.to_string(), retry_after(answer.response)),
    })
}

/// `Location`: 202 while it runs, 200 with `{"jobId": …}` or without at its end.
fn read_result(answer: &Answer<'_>) -> Result<Progress, Box<ArmProblem>> {
    let response = answer.response;
    if response.status == 202 {
        return Ok(Progress::Running("202 Accepted".into(), retry_after(response)));
    }
    Ok(Progress::Succeeded { job: over(answer)?, began: None, ended: None })
}

/// The job of what a 200 says is over and went well. Whoever stands between may answer 200 with a page of its own: only
/// Azure's JSON is Azure's word. And an error is no good end, whatever the status says.
fn over(answer: &Answer<'_>) -> Result<Option<JobId>, Box<ArmProblem>> {
    let body = answer.json()?;
    if body.at("error").is_object() {
        return Err(ArmProblem::malformed(answer.response, "error"));
    }
    Ok(body.text("jobId").and_then(JobId::parse))
}

/// `Retry-After` in whole seconds, kept between 1 s and 10 min however long the number is; nothing where it is absent,
/// hidden or not a number (the resource manager's contract: never a date, 10 min at most).
pub fn retry_after(response: &Response) -> Option<Span> {
    let seconds = match response.header("Retry-After")?.trim().parse::<i64>() {
        Ok(seconds) => seconds.clamp(1, 600),
        Err(why) if *why.kind() == IntErrorKind::PosOverflow => 600,
        Err(_) => return None,
    };
    Some(Span::from_secs(seconds))
}
