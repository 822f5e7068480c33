//! The role that the vault's identity needs on the target, assigned by the person; then the wait until it works.
//!
//! `asking → granted → (a rest → Azure is asked to check) … | refused`. The assignment has one name for container and
//! identity, so that pressing twice assigns once; all the same it is sent for a press alone. Until an assignment works
//! everywhere up to half an hour may pass ("Troubleshoot Azure RBAC"): Azure's own check tells when, and is asked for
//! again and again meanwhile, since it starts nothing.

use super::{Command, Context, Ticket, Told, read};
use crate::azure::call::Call;
use crate::azure::calls;
use crate::azure::id::ContainerId;
use crate::fault::{Fault, Step};
use crate::moment::{Moment, Span};

/// How long an assignment may take to work.
pub const WORKS_AFTER: Span = Span::from_secs(30 * 60);

/// When Azure is asked to check first, and between two checks. A check itself takes some 40 s.
const FIRST: Span = Span::from_secs(30);
const BETWEEN: Span = Span::from_secs(60);

/// An assignment that was pressed for.
#[derive(Clone, Debug)]
pub struct Grant {
    /// On which container.
    pub container: ContainerId,
    /// To which identity: its object id.
    pub principal: String,
    /// How far it is.
    pub stage: Stage,
    /// Whether somebody had assigned it before: since when, the list of assignments tells.
    pub existed: bool,
    next: Option<(Ticket, Moment)>,
}

/// How far an assignment is.
#[derive(Clone, Debug)]
pub enum Stage {
    /// It has left.
    Asking(Call<()>, Ticket),
    /// Azure has it since.
    Granted(Moment),
    /// It came to nothing, or nobody knows.
    Refused(Fault),
}

/// What is to be done about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Heard {
    /// Nothing.
    Nothing,
    /// The assignments are to be read again.
    Assigned,
    /// Azure is to be asked to check.
    Check,
}

impl Grant {
    /// Assigns the role.
    pub fn start(container: ContainerId, principal: String, context: &mut Context<'_>) -> Self {
        let call = calls::grant(context.arm, &container, &principal);
        let (ticket, _) = context.send(&call.request);
        Grant { container, principal, stage: Stage::Asking(call, ticket), existed: false, next: None }
    }

    /// Whether it is this one.
    pub fn is_of(&self, container: &ContainerId, principal: &str) -> bool {
        self.container == *container && self.principal == principal
    }

    /// Since when Azure has it, as long as it may not work yet.
    pub fn is_new(&self, now: Moment) -> Option<Moment> {
        match self.stage {
            // The clock may have been put back meanwhile.
            Stage::Granted(at) if now.since(at).millis().abs() < WORKS_AFTER.millis() => Some(at),
            _ => None,
        }
    }

    /// When Azure is asked to check next.
    pub fn next(&self) -> Option<Moment> {
        self.next.map(|(_, at)| at)
    }

    /// Azure's check still finds the role missing: it is asked for again, as long as that may be for its being new.
    pub fn rest(&mut self, context: &mut Context<'_>) {
        if self.next.is_none() && self.is_new(context.now).is_some() {
            self.wake(BETWEEN, context);
        }
    }

    /// Has nothing checked by itself any more.
    pub fn stop(&mut self, context: &mut Context<'_>) {
        if let Some((ticket, _)) = self.next.take() {
            context.command(Command::LetSleep(ticket));
        }
    }

    /// Takes in what happened.
    pub fn hear(&mut self, told: Told<'_>, context: &mut Context<'_>) -> Heard {
        match (told, &self.stage) {
            (Told::Answered(ticket, answer), Stage::Asking(call, mine)) if ticket == *mine => {
                self.stage = match read(call, answer, Step::Grant, context.now) {
                    Ok(()) => Stage::Granted(context.now),
                    // Somebody has assigned it under another name.
                    Err(fault) if is_there(&fault) => {
                        self.existed = true;
                        Stage::Granted(context.now)
                    }
                    Err(fault) => Stage::Refused(context.weigh(fault, ticket)),
                };
                if let Stage::Granted(_) = self.stage {
                    self.wake(FIRST, context);
                }
                // Also where no answer came: it may have arrived.
                Heard::Assigned
            }
            (Told::Woke(ticket), _) if self.next.is_some_and(|(mine, _)| mine == ticket) => {
                self.next = None;
                Heard::Check
            }
            _ => Heard::Nothing,
        }
    }

    fn wake(&mut self, rest: Span, context: &mut Context<'_>) {
        let at = context.now + rest;
        self.next = Some((context.wake(at), at));
    }
}

fn is_there(fault: &Fault) -> bool {
    fault.problem.as_ref().is_some_and(|problem| problem.has("RoleAssignmentExists"))
}
