//! From a press of **Start restore** to the moment at which the request may leave: nothing has left yet.

use super::{Restore, Stage};
use crate::azure::wire::Job;
use crate::fault::{Code, Fault, Step};
use crate::flow::before::{Before, Verdict};
use crate::flow::{Command, Context};

/// Looking, before the request leaves.
#[derive(Clone, Debug)]
pub struct Preparing {
    /// The looking.
    pub before: Before,
    /// Where it came from.
    pub(super) back: Stage,
}

/// What speaks against sending the request.
#[derive(Clone, Debug)]
pub struct Doubt {
    /// Restores of the same point that are running.
    pub running: Vec<Job>,
    /// Why the jobs could not be read.
    pub fault: Option<Fault>,
    back: Stage,
}

impl Restore {
    /// Starts the restore, once Azure has checked it: looks first whether anything speaks against it. `held` are the names
    /// that other restores of this page have claimed.
    pub fn start(&mut self, held: &[String], context: &mut Context<'_>) {
        if self.may_start() {
            self.prepare(false, held, context);
        }
    }

    /// Starts it though something spoke against it: a person has seen what.
    pub fn start_in_spite(&mut self, held: &[String], context: &mut Context<'_>) {
        if let Stage::Doubtful(doubt) = &mut self.stage {
            self.stage = std::mem::replace(&mut doubt.back, Stage::Cleared);
            self.prepare(true, held, context);
        }
    }

    /// Starts it a second time after nobody knows whether the first request arrived. The prefix stays: if the first
    /// one did arrive, `FailIfExists` makes Azure refuse this one.
    pub fn start_again(&mut self, held: &[String], context: &mut Context<'_>) {
        if self.may_start_again() {
            self.prepare(true, held, context);
        }
    }

    /// Holds it back, since the journal knows of another restore of the point into the container that has not ended:
    /// Azure's list of jobs may lag behind that one.
    pub fn hold_back(&mut self, context: &mut Context<'_>) {
        let back = if self.checked.is_some() { Stage::Ready } else { Stage::Unseen };
        self.stage = doubtful(Vec::new(), None, back);
        self.give_up_claim(context);
    }

    /// Does not start it after all. Nothing has left.
    pub fn put_back(&mut self, context: &mut Context<'_>) {
        self.stage = match std::mem::replace(&mut self.stage, Stage::Cleared) {
            Stage::Preparing(mut preparing) => {
                preparing.before.stop(context);
                preparing.back
            }
            Stage::Doubtful(doubt) => doubt.back,
            other => other,
        };
        self.give_up_claim(context);
    }

    /// Whether the request is about to leave, or waits for a decision: nothing has left yet.
    pub fn is_pending(&self) -> bool {
        matches!(self.stage, Stage::Preparing(_) | Stage::Doubtful(_))
    }

    /// Looks before the request leaves. Where a person has decided already, the claim alone is left to look for.
    fn prepare(&mut self, decided: bool, held: &[String], context: &mut Context<'_>) {
        (self.trouble, self.decided) = (None, decided);
        let point = self.plan.point.clone();
        // The same for every tab, whatever prefix it has drawn.
        let claim = format!("restore {point} {}", self.plan.target.url).to_ascii_lowercase();
        let back = std::mem::replace(&mut self.stage, Stage::Cleared);
        // No other tab can have what this one has for another restore of the point.
        let before = match (held.contains(&claim), decided) {
            (true, true) => return,
            (true, false) => Before::look(point, context),
            (false, _) => {
                let before = Before::start(point, &claim, decided, context);
                self.claim = Some(claim);
                before
            }
        };
        self.stage = Stage::Preparing(Box::new(Preparing { before, back }));
    }

    /// The name that this page has claimed for it.
    pub fn claim(&self) -> Option<&String> {
        self.claim.as_ref()
    }

    pub(super) fn prepared(&mut self, verdict: Verdict, context: &mut Context<'_>) {
        let Stage::Preparing(preparing) = std::mem::replace(&mut self.stage, Stage::Cleared) else { return };
        let back = preparing.back;
        self.stage = match verdict {
            Verdict::Clear => return,
            Verdict::Elsewhere => {
                self.claim = None;
                self.trouble = Some(Fault::of(Code::Elsewhere, Step::Restore, context.now));
                back
            }
            // Whoever signs in again presses again.
            Verdict::Unknown(fault) if fault.is_of_sign_in() => {
                self.trouble = Some(fault);
                back
            }
            Verdict::Busy(running) => doubtful(running, None, back),
            Verdict::Unknown(fault) => doubtful(Vec::new(), Some(fault), back),
        };
        self.give_up_claim(context);
    }

    /// What was claimed is held until the job is known: from then on every tab finds it among Azure's jobs.
    pub(super) fn give_up_claim(&mut self, context: &mut Context<'_>) {
        let held =
            matches!(self.stage, Stage::Preparing(_) | Stage::Cleared | Stage::Triggering(..) | Stage::Accepted(_))
                || matches!(&self.stage, Stage::Searching { search, .. } if !search.over);
        if !held && let Some(claim) = self.claim.take() {
            context.command(Command::Release(claim));
        }
    }
}

fn doubtful(running: Vec<Job>, fault: Option<Fault>, back: Stage) -> Stage {
    Stage::Doubtful(Box::new(Doubt { running, fault, back }))
}
