//! Following one operation: a check, or a restore until it names its job.
//!
//! `resting → asking → resting … → succeeded | failed | unreadable`. A status that is refused says nothing about the
//! operation itself.

use super::ask::{Ask, Heard};
use super::{Context, Told};
use crate::azure::operation::{Operation, Progress};
use crate::fault::{Fault, Step};
use crate::moment::{Moment, Span};

/// How often in a row an operation's status may be refused before it is looked for in another way.
const REFUSALS: u32 = 5;

/// An operation being followed.
#[derive(Clone, Debug)]
pub struct Following {
    ask: Ask<Progress>,
    wait: Span,
    refusals: u32,
}

impl Following {
    /// Follows what Azure has accepted.
    pub fn start(operation: Operation, context: &mut Context<'_>) -> Self {
        let wait = operation.wait;
        Following { ask: Ask::after(operation.ask(), Step::Status, wait, context), wait, refusals: 0 }
    }

    /// Asks at once.
    pub fn hurry(&mut self, context: &mut Context<'_>) {
        self.ask.hurry(context);
    }

    /// Asks no more.
    pub fn stop(&mut self, context: &mut Context<'_>) {
        self.ask.stop(context);
    }

    /// When it asks next, if it rests.
    pub fn next(&self) -> Option<Moment> {
        self.ask.next()
    }

    /// When Azure last said how it stands.
    pub fn answered(&self) -> Option<Moment> {
        self.ask.answered()
    }

    /// What keeps the next answer from coming.
    pub fn trouble(&self) -> Option<&Fault> {
        self.ask.trouble()
    }

    /// What the operation said; an error once its status was refused too often. A refusal is a failure to read the
    /// status, never the operation's.
    pub fn hear(&mut self, told: Told<'_>, context: &mut Context<'_>) -> Option<Result<Progress, Fault>> {
        match self.ask.hear(told, context) {
            Heard::Nothing | Heard::Again => None,
            Heard::Got(progress) => {
                self.refusals = 0;
                if let Progress::Running(_, wait) = &progress {
                    self.wait = wait.unwrap_or(self.wait);
                    self.ask.again_after(self.wait, context);
                }
                Some(Ok(progress))
            }
            // Waits for the person to sign in again, which hurries it.
            Heard::Refused(fault) if fault.is_of_sign_in() => None,
            Heard::Refused(fault) => {
                self.refusals += 1;
                if self.refusals >= REFUSALS {
                    return Some(Err(fault));
                }
                self.ask.again_after(self.wait, context);
                None
            }
        }
    }
}
