//! Whether there is a job: looked for where no answer came, after a reload, and in spite of a refusal.

use super::{CheckStep, Checking, Plan, Restore, Stage};
use crate::azure::id::JobId;
use crate::fault::{Code, Fault, Step};
use crate::flow::ask::waits_for_sign_in;
use crate::flow::search::{Search, Wanted};
use crate::flow::{Command, Context};
use crate::moment::{Moment, Span};

/// What the journal knows of the request of a restore.
#[derive(Clone, Copy, Debug, Default)]
pub struct Noted {
    /// When it left.
    pub sent: Option<Moment>,
    /// When Azure said that it took it.
    pub accepted: Option<Moment>,
    /// When Azure refused it.
    pub refused: Option<Moment>,
    /// Whether the vault's jobs were looked through often enough since it was refused.
    pub settled: bool,
}

impl Restore {
    /// A restore that was started earlier or in another tab, of which only the note in the journal is left: its job is
    /// looked for, at once or after a while.
    pub fn resume(plan: Plan, noted: Noted, rest: Option<Span>, context: &mut Context<'_>) -> Self {
        let mut restore = Restore::new(plan);
        (restore.sent, restore.accepted) = (noted.sent, noted.accepted);
        if let Some(at) = noted.refused {
            restore.stage = Stage::Refused(Fault::of(Code::RefusedBefore, Step::Restore, at));
            restore.in_spite = (!noted.settled).then(|| Box::new(Search::brief(restore.wanted(), context)));
            return restore;
        }
        restore.tries = 1;
        let wanted = restore.wanted();
        let search = match rest {
            Some(rest) => Search::after(rest, wanted, context),
            None => Search::start(wanted, context),
        };
        restore.stage = Stage::Searching { search: Box::new(search), heard: restore.accepted.is_some() };
        restore
    }

    /// Whether Azure has refused it, and the vault's jobs tell of none since.
    pub fn came_to_nothing(&self) -> bool {
        self.is_refused() && self.in_spite.as_ref().is_none_or(|search| search.looks > 0 && search.trouble().is_none())
    }

    /// The same, and they were looked through often enough for a list that lags.
    pub fn will_come_to_nothing(&self) -> bool {
        self.is_refused() && self.in_spite.as_ref().is_none_or(|search| search.over && search.trouble().is_none())
    }

    /// Whether Azure has refused it, and the vault's jobs could not be read since.
    pub fn may_have_come_to_something(&self) -> bool {
        self.is_refused() && self.in_spite.as_ref().is_some_and(|search| search.over && search.trouble().is_some())
    }

    /// Whether a job of it is looked for in spite of a refusal.
    pub fn is_sought_in_spite(&self) -> bool {
        self.is_refused() && self.in_spite.as_ref().is_some_and(|search| !search.over)
    }

    /// Whether Azure has refused its start, and nothing was sent since: it may be checked again meanwhile.
    pub fn was_refused(&self) -> bool {
        self.in_spite.is_some()
    }

    fn is_refused(&self) -> bool {
        self.was_refused() || matches!(self.stage, Stage::Rejected(_) | Stage::Refused(_) | Stage::Failed(_))
    }

    /// Whether it goes on once the person has signed in again.
    pub fn waits_for_sign_in(&self) -> bool {
        if let Some(search) = &self.in_spite {
            return waits_for_sign_in(search.trouble());
        }
        match &self.stage {
            Stage::Accepted(following) => waits_for_sign_in(following.trouble()),
            Stage::Searching { search, .. } => waits_for_sign_in(search.trouble()),
            _ => false,
        }
    }

    /// Whether a request of it has left, and another one than that which left then.
    pub fn is_of_another_try(&self, sent: Moment) -> bool {
        self.sent.is_some_and(|ours| ours != sent)
    }

    /// Another tab, which has sent it, has heard that Azure took it.
    pub fn is_accepted(&mut self, at: Moment) {
        if let (Stage::Searching { heard, .. }, None) = (&mut self.stage, &self.request_id) {
            (*heard, self.accepted) = (true, Some(at));
        }
    }

    /// Its job is known from elsewhere: it is looked for no more.
    pub fn is_found(&mut self, job: JobId, context: &mut Context<'_>) {
        self.stop(context);
        self.stage = Stage::Running(job);
    }

    /// Asks no more, and leaves neither a timer nor a claim behind.
    pub fn stop(&mut self, context: &mut Context<'_>) {
        match &mut self.stage {
            Stage::Preparing(preparing) => preparing.before.stop(context),
            Stage::Accepted(following) => following.stop(context),
            Stage::Checking(Checking { step: CheckStep::Following(following), .. }) => following.stop(context),
            Stage::Searching { search, .. } => search.stop(context),
            _ => {}
        }
        if let Some(search) = &mut self.in_spite {
            search.stop(context);
        }
        if let Some(claim) = self.claim.take() {
            context.command(Command::Release(claim));
        }
    }

    /// Azure refused it. That may be the answer to a request which the browser has sent again, after Azure took the
    /// first one: its job would be in the list, now or minutes later.
    pub(super) fn refused(&mut self, stage: Stage, context: &mut Context<'_>) {
        (self.tries, self.stage) = (0, stage);
        self.in_spite = Some(Box::new(Search::brief(self.wanted(), context)));
    }

    /// This try came to nothing, but an earlier one may have arrived: that one is looked for again.
    pub(super) fn doubt(&mut self, fault: Fault, context: &mut Context<'_>) {
        (self.trouble, self.accepted) = (Some(fault), None);
        self.search(false, context);
    }

    pub(super) fn search(&mut self, heard: bool, context: &mut Context<'_>) {
        self.stage = Stage::Searching { search: Box::new(Search::start(self.wanted(), context)), heard };
    }

    fn wanted(&self) -> Wanted {
        Wanted {
            point: self.plan.point.clone(),
            prefix: self.plan.prefix.clone(),
            container: Some(self.plan.target.url.clone()).filter(|url| !url.is_empty()),
            sent: self.sent,
            except: None,
        }
    }
}
