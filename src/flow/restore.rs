//! One restore, from a plan to a job.
//!
//! ```text
//! Reviewing → Checking → Ready → Triggering → Accepted → Running
//!                 ↘ Rejected        ↘ Refused     ↘ Failed
//!                 ↘ Unseen          ↘ Searching (no answer, or none that says where to ask) → Running
//! ```
//!
//! The restore request is sent once for one press of **Start restore**. There is no way from any state back to
//! sending it but a person's word: [`Restore::start`] and [`Restore::start_again`].

use super::ask::{Ask, Heard};
use super::draft::Plan;
use super::search::{Search, Wanted};
use super::{Context, Ticket, Told};
use crate::azure::call::Call;
use crate::azure::calls;
use crate::azure::http::{Response, Unreachable};
use crate::azure::id::JobId;
use crate::azure::operation::{Accepted, Operation, Progress};
use crate::fault::{Code, Fault, Step};
use crate::moment::{Moment, Span};

/// How often in a row an operation's status may be refused before it is looked for in another way.
const REFUSALS: u32 = 5;

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
}

/// How far a restore is.
#[derive(Clone, Debug)]
pub enum Stage {
    /// Nothing was asked yet, or an edit made the check void.
    Reviewing,
    /// Azure checks the request.
    Checking(Checking),
    /// Azure would let it through.
    Ready,
    /// Azure checks, or has checked, but this browser may not see what came out.
    Unseen,
    /// Azure would refuse it, and why.
    Rejected(Fault),
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

/// An operation being followed.
#[derive(Clone, Debug)]
pub struct Following {
    ask: Ask<Progress>,
    wait: Span,
    refusals: u32,
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
        }
    }

    /// A restore that was started earlier, of which only the note in the journal is left: its job is looked for.
    pub fn resume(plan: Plan, sent: Option<Moment>, context: &mut Context<'_>) -> Self {
        let mut restore = Restore::new(plan);
        restore.sent = sent;
        restore.search(false, context);
        restore
    }

    /// Whether the restore request has left, so that the plan can no longer be changed.
    pub fn is_started(&self) -> bool {
        matches!(
            self.stage,
            Stage::Triggering(..) | Stage::Accepted(_) | Stage::Running(_) | Stage::Failed(_) | Stage::Searching { .. }
        )
    }

    /// Whether **Start restore** can be pressed.
    pub fn may_start(&self) -> bool {
        matches!(self.stage, Stage::Ready | Stage::Unseen)
    }

    /// Whether a search has given up, so that a second try is the person's to decide.
    pub fn may_start_again(&self) -> bool {
        matches!(&self.stage, Stage::Searching { search, heard: false } if search.over && search.trouble().is_none())
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
            Stage::Reviewing | Stage::Ready | Stage::Unseen | Stage::Rejected(_) | Stage::Refused(_)
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

    /// Starts the restore, once Azure has checked it.
    pub fn start(&mut self, context: &mut Context<'_>) {
        if self.may_start() {
            self.trigger(context);
        }
    }

    /// Starts it a second time after nobody knows whether the first request arrived. The prefix stays: if the first
    /// one did arrive, `FailIfExists` makes Azure refuse this one.
    pub fn start_again(&mut self, context: &mut Context<'_>) {
        if self.may_start_again() {
            self.trigger(context);
        }
    }

    fn trigger(&mut self, context: &mut Context<'_>) {
        self.trouble = None;
        match calls::restore(context.arm, &self.plan.point.instance, &self.plan.request()) {
            Ok(call) => {
                let (ticket, id) = context.send(&call.request);
                self.request_id = Some(id);
                self.sent.get_or_insert(context.now);
                self.stage = Stage::Triggering(call, ticket);
            }
            Err(why) => self.stage = Stage::Refused(Fault::needs_newer(why, Step::Restore, context.now)),
        }
    }

    /// Asks at once for what rests.
    pub fn hurry(&mut self, context: &mut Context<'_>) {
        match &mut self.stage {
            Stage::Accepted(following) => following.ask.hurry(context),
            Stage::Checking(Checking { step: CheckStep::Following(following), .. }) => following.ask.hurry(context),
            Stage::Searching { search, .. } => search.hurry(context),
            _ => {}
        }
    }

    /// Takes in what happened.
    pub fn hear(&mut self, told: Told<'_>, context: &mut Context<'_>) {
        match &mut self.stage {
            Stage::Checking(checking) => match &mut checking.step {
                CheckStep::Asking(call, mine) => {
                    if let Told::Answered(ticket, answer) = told
                        && ticket == *mine
                    {
                        let read = read(call, answer, Step::Check, context.now);
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
                    self.restore_answered(read, context);
                }
            }
            Stage::Accepted(following) => match following.hear(told, context) {
                Some(Ok(Progress::Succeeded { job: Some(job), .. })) => self.stage = Stage::Running(job),
                Some(Ok(Progress::Succeeded { job: None, .. })) | Some(Err(_)) => self.search(true, context),
                Some(Ok(Progress::Failed(problem))) => {
                    self.stage = Stage::Failed(Fault::said(problem, Step::FollowRestore, context.now));
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
                let following = Box::new(Following::start(operation, Step::FollowCheck, context));
                self.stage = Stage::Checking(Checking { since, step: CheckStep::Following(following) });
            }
            Ok(Accepted::Blind(refused)) => {
                self.trouble = refused.map(|why| Fault::led_away(why, Step::FollowCheck, context.now));
                self.stage = Stage::Unseen;
            }
            // Azure's own trouble, a broken line, a lapsed sign-in say nothing about the request.
            Err(fault) if fault.passes() || fault.code == Code::SignedOut => {
                self.trouble = Some(fault);
                self.stage = Stage::Reviewing;
            }
            Err(fault) => self.stage = Stage::Rejected(fault),
        }
    }

    fn restore_answered(&mut self, read: Result<Accepted, Fault>, context: &mut Context<'_>) {
        match read {
            Ok(accepted) => {
                self.accepted = Some(context.now);
                match accepted {
                    Accepted::Done(Some(job)) => self.stage = Stage::Running(job),
                    Accepted::Following(operation) => {
                        let following = Following::start(operation, Step::FollowRestore, context);
                        self.stage = Stage::Accepted(Box::new(following));
                    }
                    Accepted::Done(None) | Accepted::Blind(_) => self.search(true, context),
                }
            }
            Err(fault) => match fault.code {
                // Nothing left this browser: the same press may be made again.
                Code::Offline | Code::NotSent => self.not_sent(fault),
                Code::SignedOut if fault.problem.is_none() => self.not_sent(fault),
                _ if leaves_doubt(&fault) => self.search(false, context),
                _ => self.stage = Stage::Refused(fault),
            },
        }
    }

    fn not_sent(&mut self, fault: Fault) {
        self.sent = None;
        self.trouble = Some(fault);
        self.stage = Stage::Ready;
    }

    fn search(&mut self, heard: bool, context: &mut Context<'_>) {
        let wanted = Wanted {
            point: self.plan.point.clone(),
            prefix: self.plan.prefix.clone(),
            container: Some(self.plan.target.url.clone()).filter(|url| !url.is_empty()),
            sent: self.sent,
        };
        self.stage = Stage::Searching { search: Box::new(Search::start(wanted, context)), heard };
    }
}

/// Whether Azure may have started the restore all the same: no readable answer came, it took too long, or a part of
/// Azure failed that may have passed the request on.
fn leaves_doubt(fault: &Fault) -> bool {
    match &fault.problem {
        None => matches!(fault.code, Code::NoAnswer | Code::TooLong),
        Some(problem) => problem.status == 408 || problem.status >= 500 || (200..300).contains(&problem.status),
    }
}

impl Following {
    fn start(operation: Operation, step: Step, context: &mut Context<'_>) -> Self {
        let wait = operation.wait;
        Following { ask: Ask::after(operation.ask(), step, wait, context), wait, refusals: 0 }
    }

    /// When it asks next, if it rests.
    pub fn next(&self) -> Option<Moment> {
        self.ask.next()
    }

    /// When it asked last.
    pub fn asked(&self) -> Option<Moment> {
        self.ask.asked()
    }

    /// What keeps the next answer from coming.
    pub fn trouble(&self) -> Option<&Fault> {
        self.ask.trouble()
    }

    /// What the operation said; an error once its status was refused too often. A refusal is a failure to read the
    /// status, never the operation's.
    fn hear(&mut self, told: Told<'_>, context: &mut Context<'_>) -> Option<Result<Progress, Fault>> {
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
            Heard::Refused(fault) if fault.code == Code::SignedOut => None,
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

fn read<T>(call: &Call<T>, answer: &Result<Response, Unreachable>, step: Step, now: Moment) -> Result<T, Fault> {
    match answer {
        Ok(response) => call.read(response).map_err(|problem| Fault::said(problem, step, now)),
        Err(why) => Err(Fault::unreachable(why, step, now)),
    }
}
