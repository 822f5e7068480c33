//! Following one job to its end.
//!
//! `asking → resting → asking … → over`. The last that Azure said stays, whatever becomes of the next question.

use super::ask::{Ask, Heard};
use super::{Context, Told};
use crate::azure::calls;
use crate::azure::id::JobId;
use crate::azure::wire::Job;
use crate::fault::{Code, Fault, Step};
use crate::moment::{Moment, Span};

/// How often a job is asked for in its first minutes, and later: there is no `Retry-After` on a job.
const OFTEN: Span = Span::from_secs(10);
const SELDOM: Span = Span::from_secs(30);
const FIRST_MINUTES: Span = Span::from_secs(180);

/// A job being followed.
#[derive(Clone, Debug)]
pub struct Watch {
    /// Which job.
    pub id: JobId,
    /// When the following began.
    pub since: Moment,
    /// What Azure said of it last, and when.
    pub last: Option<(Job, Moment)>,
    /// Why it can no longer be read. What was said last stays.
    pub fault: Option<Fault>,
    ask: Ask<Job>,
}

impl Watch {
    /// Begins to follow.
    pub fn start(id: JobId, context: &mut Context<'_>) -> Self {
        let ask = Ask::now(calls::job(context.arm, &id), Step::Job, context);
        Watch { id, since: context.now, last: None, fault: None, ask }
    }

    /// What Azure said of it last.
    pub fn job(&self) -> Option<&Job> {
        self.last.as_ref().map(|(job, _)| job)
    }

    /// Whether it is over: nothing more is asked.
    pub fn is_over(&self) -> bool {
        self.job().is_some_and(|job| job.status.is_final())
    }

    /// When it asks next, if it rests.
    pub fn next(&self) -> Option<Moment> {
        self.ask.next()
    }

    /// What keeps the next answer from coming.
    pub fn trouble(&self) -> Option<&Fault> {
        self.fault.as_ref().or(self.ask.trouble())
    }

    /// Whether Azure no longer knows the job.
    pub fn is_gone(&self) -> bool {
        self.fault.as_ref().is_some_and(|fault| fault.code == Code::NotFound)
    }

    /// Asks at once.
    pub fn hurry(&mut self, context: &mut Context<'_>) {
        if !self.is_over() {
            self.fault = None;
            self.ask.hurry(context);
        }
    }

    /// Takes in what happened.
    pub fn hear(&mut self, told: Told<'_>, context: &mut Context<'_>) {
        match self.ask.hear(told, context) {
            Heard::Nothing | Heard::Again => {}
            Heard::Refused(fault) => self.fault = Some(fault),
            Heard::Got(job) => {
                self.fault = None;
                if !job.status.is_final() {
                    let began = job.began.unwrap_or(self.since);
                    let young = context.now.since(began) < FIRST_MINUTES;
                    self.ask.again_after(if young { OFTEN } else { SELDOM }, context);
                }
                self.last = Some((job, context.now));
            }
        }
    }
}
