//! One restore, from a plan to a job.
//!
//! ```text
//! Reviewing → Checking → Ready → Preparing → Cleared → Triggering → Accepted → Running
//!                 ↘ Rejected      ↘ Doubtful ↗         ↘ Refused     ↘ Failed      ↗
//!                 ↘ Unseen        ↘ back               ↘ Searching (no answer, or none that says where to ask)
//! ```
//!
//! A browser may send the request twice by itself and show the answer to the second one alone. So a job of the restore
//! is looked for after a refusal as well: *Refused* and *Failed* lead to *Running* if there is one.
//!
//! The restore request is sent once for one press of **Start restore**. There is no way from any state back to
//! sending it but a person's word: [`Restore::start`], [`Restore::start_in_spite`] and [`Restore::start_again`]. It
//! leaves from *Cleared* alone, after the application has noted it in the journal: [`Restore::send`].

mod prepare;
mod sought;

pub use prepare::{Doubt, Preparing};
pub use sought::Noted;

use super::draft::Plan;
use super::following::Following;
use super::search::Search;
use super::{Context, Ticket, Told, read};
use crate::azure::call::Call;
use crate::azure::calls;
use crate::azure::http::Unreachable;
use crate::azure::id::JobId;
use crate::azure::operation::{Accepted, Progress};
use crate::fault::{Code, Fault, Step};
use crate::moment::{Moment, Span};

/// A restore.
#[derive(Clone, Debug)]
pub struct Restore {
    /// What is restored where.
    pub plan: Plan,
    /// How far it is.
    pub stage: Stage,
    /// When Azure said that the request is good, and how long that took.
    pub checked: Option<(Moment, Span)>,
    /// When the restore request left.
    pub sent: Option<Moment>,
    /// When Azure said that it took it.
    pub accepted: Option<Moment>,
    /// The client request id of the restore request.
    pub request_id: Option<String>,
    /// Why the last press of a button came to nothing, though it may be pressed again.
    pub trouble: Option<Fault>,
    /// Whether the request did not leave, or Azure did not take its sign-in: it may be started again as if never
    /// pressed.
    pub never_left: bool,
    /// Whether a person has decided to start it in spite of what speaks against it.
    pub decided: bool,
    /// How often the request left, each time by a person's word.
    tries: u32,
    /// What this page has claimed, so that no other tab starts the same meanwhile.
    claim: Option<String>,
    /// Whether there is a job in spite of a refusal is looked for.
    in_spite: Option<Box<Search>>,
}

/// How far a restore is.
#[derive(Clone, Debug)]
pub enum Stage {
    /// Nothing was asked yet, or an edit made the check void.
    Reviewing,
    /// Azure checks the request.
    Checking(Checking),
    /// Azure would accept it.
    Ready,
    /// Azure checks, or has checked, but this browser may not see what came out.
    Unseen,
    /// Azure would refuse it, and why.
    Rejected(Fault),
    /// Start was pressed: it is looked whether anything speaks against sending the request now.
    Preparing(Box<Preparing>),
    /// Something does, or nobody can tell: a person decides.
    Doubtful(Box<Doubt>),
    /// Nothing does: the request leaves in this very step, as soon as the journal knows of it.
    Cleared,
    /// The restore request has left.
    Triggering(Call<Accepted>, Ticket),
    /// Azure took it; it is followed until it names its job.
    Accepted(Box<Following>),
    /// The job is known.
    Running(JobId),
    /// Azure refused the restore request: nothing was started.
    Refused(Fault),
    /// Azure took it, and then it failed before there was a job.
    Failed(Fault),
    /// The job is looked for. `heard`: Azure said that it took the request; else nobody knows whether it did.
    Searching {
        /// The search.
        search: Box<Search>,
        /// Whether Azure said that it took the request.
        heard: bool,
    },
}

/// A check under way.
#[derive(Clone, Debug)]
pub struct Checking {
    /// Since when.
    pub since: Moment,
    step: CheckStep,
}

#[derive(Clone, Debug)]
enum CheckStep {
    Asking(Call<Accepted>, Ticket),
    Following(Box<Following>),
}

impl Restore {
    /// A plan, nothing asked yet.
    pub fn new(plan: Plan) -> Self {
        Restore {
            plan,
            stage: Stage::Reviewing,
            checked: None,
            sent: None,
            accepted: None,
            request_id: None,
            trouble: None,
            never_left: false,
            decided: false,
            tries: 0,
            claim: None,
            in_spite: None,
        }
    }

    /// Whether the restore request has left, so that the plan can no longer be changed.
    pub fn is_started(&self) -> bool {
        matches!(self.stage, Stage::Triggering(..) | Stage::Accepted(_) | Stage::Running(_) | Stage::Searching { .. })
            || (self.tries > 0 && matches!(self.stage, Stage::Preparing(_) | Stage::Cleared))
    }

    /// Whether **Start restore** can be pressed.
    pub fn may_start(&self) -> bool {
        matches!(self.stage, Stage::Ready | Stage::Unseen)
    }

    /// Whether a search has given up, so that a second try is the person's to decide. Not where the request is not known
    /// whole: a second try with another content is none.
    pub fn may_start_again(&self) -> bool {
        self.plan.is_whole()
            && matches!(&self.stage, Stage::Searching { search, heard: false } if search.over && search.trouble().is_none())
    }

    /// The operation's next question, if one is being followed.
    pub fn following(&self) -> Option<&Following> {
        match &self.stage {
            Stage::Accepted(following) => Some(following),
            Stage::Checking(Checking { step: CheckStep::Following(following), .. }) => Some(following),
            _ => None,
        }
    }

    /// Asks Azure to check the request. Starts nothing.
    pub fn check(&mut self, context: &mut Context<'_>) {
        if !matches!(
            self.stage,
            Stage::Reviewing | Stage::Ready | Stage::Unseen | Stage::Rejected(_) | Stage::Refused(_) | Stage::Failed(_)
        ) {
            return;
        }
        self.trouble = None;
        self.stage = match calls::validate(context.arm, &self.plan.point.instance, &self.plan.request()) {
            Ok(call) => {
                let (ticket, _) = context.send(&call.request);
                Stage::Checking(Checking { since: context.now, step: CheckStep::Asking(call, ticket) })
            }
            Err(why) => Stage::Rejected(Fault::needs_newer(why, Step::Check, context.now)),
        };
    }

    /// Sends the request. The journal knows of it.
    pub fn send(&mut self, context: &mut Context<'_>) {
        if !matches!(self.stage, Stage::Cleared) {
            return;
        }
        if let Some(mut search) = self.in_spite.take() {
            search.stop(context);
        }
        match calls::restore(context.arm, &self.plan.point.instance, &self.plan.request()) {
            Ok(call) => {
                let (ticket, id) = context.send(&call.request);
                self.request_id = Some(id);
                (self.sent, self.accepted) = (Some(context.now), None);
                self.tries += 1;
                self.never_left = false;
                self.stage = Stage::Triggering(call, ticket);
            }
            Err(why) => self.stage = Stage::Refused(Fault::needs_newer(why, Step::Restore, context.now)),
        }
    }

    /// Asks at once for what rests.
    pub fn hurry(&mut self, context: &mut Context<'_>) {
        if let Some(search) = self.in_spite.as_mut().filter(|search| search.trouble().is_some()) {
            search.hurry(context);
        }
        match &mut self.stage {
            Stage::Accepted(following) => following.hurry(context),
            Stage::Checking(Checking { step: CheckStep::Following(following), .. }) => following.hurry(context),
            Stage::Searching { search, .. } => search.hurry(context),
            Stage::Preparing(preparing) => preparing.before.hurry(context),
            _ => {}
        }
    }

    /// Takes in what happened.
    pub fn hear(&mut self, told: Told<'_>, context: &mut Context<'_>) {
        self.advance(told, context);
        self.give_up_claim(context);
    }

    fn advance(&mut self, told: Told<'_>, context: &mut Context<'_>) {
        if let Some(search) = &mut self.in_spite
            && let Some(job) = search.hear(told, context)
        {
            return self.is_found(job, context);
        }
        match &mut self.stage {
            Stage::Preparing(preparing) => {
                if let Some(verdict) = preparing.before.hear(told, context) {
                    self.prepared(verdict, context);
                }
            }
            Stage::Checking(checking) => match &mut checking.step {
                CheckStep::Asking(call, mine) => {
                    if let Told::Answered(ticket, answer) = told
                        && ticket == *mine
                    {
                        let read = read(call, answer, Step::Check, context.now);
                        let read = read.map_err(|fault| context.weigh(fault, ticket));
                        self.check_answered(read, context);
                    }
                }
                CheckStep::Following(following) => match following.hear(told, context) {
                    Some(Ok(Progress::Succeeded { .. })) => {
                        self.checked = Some((context.now, context.now.since(checking.since)));
                        self.stage = Stage::Ready;
                    }
                    Some(Ok(Progress::Failed(problem))) => {
                        self.stage = Stage::Rejected(Fault::said(problem, Step::FollowCheck, context.now));
                    }
                    Some(Ok(Progress::Running(..))) | None => {}
                    Some(Err(fault)) => {
                        self.trouble = Some(fault);
                        self.stage = Stage::Unseen;
                    }
                },
            },
            Stage::Triggering(call, mine) => {
                if let Told::Answered(ticket, answer) = told
                    && ticket == *mine
                {
                    let read = read(call, answer, Step::Restore, context.now);
                    let read = read.map_err(|fault| context.weigh(fault, ticket));
                    let left = answer.as_ref().err().is_none_or(Unreachable::may_have_arrived);
                    self.restore_answered(read, left, context);
                }
            }
            Stage::Accepted(following) => match following.hear(told, context) {
                Some(Ok(Progress::Succeeded { job: Some(job), .. })) => self.stage = Stage::Running(job),
                Some(Ok(Progress::Succeeded { job: None, .. })) | Some(Err(_)) => self.search(true, context),
                Some(Ok(Progress::Failed(problem))) => {
                    let fault = Fault::said(problem, Step::FollowRestore, context.now);
                    if self.tries > 1 {
                        self.doubt(fault, context)
                    } else {
                        self.refused(Stage::Failed(fault), context)
                    }
                }
                Some(Ok(Progress::Running(..))) | None => {}
            },
            Stage::Searching { search, .. } => {
                if let Some(job) = search.hear(told, context) {
                    self.stage = Stage::Running(job);
                }
            }
            _ => {}
        }
    }

    fn check_answered(&mut self, read: Result<Accepted, Fault>, context: &mut Context<'_>) {
        let since = match &self.stage {
            Stage::Checking(checking) => checking.since,
            _ => context.now,
        };
        match read {
            Ok(Accepted::Done(_)) => {
                self.checked = Some((context.now, context.now.since(since)));
                self.stage = Stage::Ready;
            }
            Ok(Accepted::Following(operation)) => {
                let following = Box::new(Following::start(operation, context));
                self.stage = Stage::Checking(Checking { since, step: CheckStep::Following(following) });
            }
            Ok(Accepted::Blind(refused)) => {
                self.trouble = refused.map(|why| Fault::led_away(why, Step::FollowCheck, context.now));
                self.stage = Stage::Unseen;
            }
            // Azure's own trouble, a broken line, a lapsed sign-in, somebody else's page say nothing about the request.
            Err(fault) if fault.passes() || fault.is_of_sign_in() || fault.code == Code::Malformed => {
                self.trouble = Some(fault);
                self.stage = Stage::Reviewing;
            }
            Err(fault) => self.stage = Stage::Rejected(fault),
        }
    }

    fn restore_answered(&mut self, read: Result<Accepted, Fault>, left: bool, context: &mut Context<'_>) {
        match read {
            Ok(accepted) => {
                self.accepted = Some(context.now);
                match accepted {
                    Accepted::Done(Some(job)) => self.stage = Stage::Running(job),
                    Accepted::Following(operation) => {
                        let following = Following::start(operation, context);
                        self.stage = Stage::Accepted(Box::new(following));
                    }
                    Accepted::Done(None) | Accepted::Blind(_) => self.search(true, context),
                }
            }
            Err(fault) if left && fault.leaves_doubt() => self.search(false, context),
            Err(fault) if self.tries > 1 => self.doubt(fault, context),
            // Nothing left this browser, or Azure looked at the sign-in and no further: the same press may be made again.
            Err(fault) if !left || fault.is_of_sign_in() => {
                (self.sent, self.tries, self.never_left) = (None, 0, true);
                self.trouble = Some(fault);
                self.stage = Stage::Ready;
            }
            Err(fault) => self.refused(Stage::Refused(fault), context),
        }
    }
}
