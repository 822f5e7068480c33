//! What has to be so before a restore request leaves: no other tab is about to send one into the same container, and
//! no restore of the same point is running already, whoever began it.
//!
//! `claiming → listing → reading what runs → clear | busy | elsewhere | unknown`. Only reads; the claim is between tabs.

use super::ask::{Ask, Heard};
use super::load::Load;
use super::{Context, Ticket, Told};
use crate::azure::calls;
use crate::azure::id::{JobId, PointId};
use crate::azure::wire::{Job, JobStatus};
use crate::fault::{Fault, Step};

/// Looking, before the start.
#[derive(Clone, Debug)]
pub struct Before {
    point: PointId,
    /// The claim alone: the jobs were looked through already, or a person has decided in spite of them.
    claim_only: bool,
    state: State,
    /// Running restores of the instance, to be read: the list does not say of which point they are.
    candidates: Vec<JobId>,
    running: Vec<Job>,
}

#[derive(Clone, Debug)]
enum State {
    Claiming(Ticket),
    Listing(Box<Load<Job>>),
    Reading(Box<Ask<Job>>),
}

/// What it comes to.
#[derive(Clone, Debug)]
pub enum Verdict {
    /// The request may leave.
    Clear,
    /// Another tab is starting a restore of this point into this container.
    Elsewhere,
    /// These restores of the point are running: a person decides.
    Busy(Vec<Job>),
    /// The jobs could not be read: a person decides.
    Unknown(Fault),
}

impl Before {
    /// Begins with the claim on a name that means this point and this container to every tab.
    pub fn start(point: PointId, claim: &str, claim_only: bool, context: &mut Context<'_>) -> Self {
        let ticket = context.claim(claim);
        Before { point, claim_only, state: State::Claiming(ticket), candidates: Vec::new(), running: Vec::new() }
    }

    /// Begins with the jobs: the name is this page's already.
    pub fn look(point: PointId, context: &mut Context<'_>) -> Self {
        let state = list(&point, context);
        Before { point, claim_only: false, state, candidates: Vec::new(), running: Vec::new() }
    }

    /// What keeps the answer from coming, though it is tried again.
    pub fn trouble(&self) -> Option<&Fault> {
        match &self.state {
            State::Claiming(_) => None,
            State::Listing(load) => load.trouble(),
            State::Reading(ask) => ask.trouble(),
        }
    }

    /// When it asks again, after trouble.
    pub fn next(&self) -> Option<crate::moment::Moment> {
        match &self.state {
            State::Claiming(_) => None,
            State::Listing(load) => load.next(),
            State::Reading(ask) => ask.next(),
        }
    }

    /// Asks at once.
    pub fn hurry(&mut self, context: &mut Context<'_>) {
        match &mut self.state {
            State::Claiming(_) => {}
            State::Listing(load) => load.hurry(context),
            State::Reading(ask) => ask.hurry(context),
        }
    }

    /// Asks no more, and leaves no timer behind.
    pub fn stop(&mut self, context: &mut Context<'_>) {
        match &mut self.state {
            State::Claiming(_) => {}
            State::Listing(load) => load.stop(context),
            State::Reading(ask) => ask.stop(context),
        }
    }

    /// Takes in what happened.
    pub fn hear(&mut self, told: Told<'_>, context: &mut Context<'_>) -> Option<Verdict> {
        match &mut self.state {
            State::Claiming(mine) => match told {
                Told::Claimed(ticket, false) if ticket == *mine => return Some(Verdict::Elsewhere),
                Told::Claimed(ticket, true) if ticket == *mine => {
                    if self.claim_only {
                        return Some(Verdict::Clear);
                    }
                    self.state = list(&self.point, context);
                }
                _ => {}
            },
            State::Listing(load) => {
                if load.hear(told, context) && !load.is_loading() {
                    if let Some(fault) = load.fault.take() {
                        return Some(Verdict::Unknown(fault));
                    }
                    let jobs = std::mem::take(&mut load.items);
                    context.past.learn(&jobs);
                    let running = jobs.into_iter().filter(|job| job.is_running_restore_of(&self.point.instance));
                    self.candidates = running.map(|job| job.id).collect();
                    return self.read_next(context);
                }
            }
            State::Reading(ask) => match ask.hear(told, context) {
                Heard::Got(job) => {
                    let of_point = job.point.as_ref().is_none_or(|point| *point == self.point.name);
                    // It may have ended since it was listed.
                    if of_point && job.status == JobStatus::Running {
                        self.running.push(job);
                    }
                    return self.read_next(context);
                }
                Heard::Refused(fault) => return Some(Verdict::Unknown(fault)),
                Heard::Nothing | Heard::Again => {}
            },
        }
        None
    }

    fn read_next(&mut self, context: &mut Context<'_>) -> Option<Verdict> {
        match self.candidates.pop() {
            Some(job) => {
                let call = calls::job(context.arm, &job);
                self.state = State::Reading(Box::new(Ask::now(call, Step::Search, context)));
                None
            }
            None if self.running.is_empty() => Some(Verdict::Clear),
            None => Some(Verdict::Busy(std::mem::take(&mut self.running))),
        }
    }
}

fn list(point: &PointId, context: &mut Context<'_>) -> State {
    let call = calls::jobs(context.arm, &point.instance.vault);
    State::Listing(Box::new(Load::start(call, Step::Search, context)))
}
