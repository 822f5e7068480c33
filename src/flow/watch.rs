//! Following one job to its end.
//!
//! `asking → resting → asking … → over`. The last that Azure said stays, whatever becomes of the next question. A refusal
//! says nothing of the job: it is asked for some times more, since what Azure has just begun may not be found everywhere
//! yet.

use super::ask::{Ask, Heard};
use super::search::{Search, Wanted};
use super::{Context, Told};
use crate::azure::calls;
use crate::azure::id::{JobId, PointId};
use crate::azure::wire::{Job, JobStatus};
use crate::fault::{Code, Fault, Step};
use crate::link::Prefix;
use crate::moment::{Moment, Span};

/// How often a job is asked for in its first minutes, and later: there is no `Retry-After` on a job.
const OFTEN: Span = Span::from_secs(10);
const SELDOM: Span = Span::from_secs(30);
const FIRST_MINUTES: Span = Span::from_secs(180);

/// However many jobs are followed, one of them is asked for in this time: sixty questions a minute are far below what Azure
/// Resource Manager allows one person (250 at once, 25 more a second). Those that were asked for at once come apart by it.
const EACH_OTHER: Span = Span::from_secs(1);

/// How often in a row a job may be refused, each rest twice as long as the one before: two and a half minutes in all.
const REFUSALS: u32 = 5;

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
    twin: Twin,
    refusals: u32,
    ask: Ask<Job>,
}

/// A second job of the same restore: a browser may send a request twice by itself.
#[derive(Clone, Debug)]
enum Twin {
    /// It was not looked for.
    Unasked,
    /// It is looked for.
    Sought(Box<Search>),
    /// There is one.
    Known(JobId),
}

impl Watch {
    /// Begins to follow.
    pub fn start(id: JobId, context: &mut Context<'_>) -> Self {
        let ask = Ask::now(calls::job(context.arm, &id), Step::Job, context);
        Watch { id, since: context.now, last: None, fault: None, twin: Twin::Unasked, refusals: 0, ask }
    }

    /// What Azure said of it last.
    pub fn job(&self) -> Option<&Job> {
        self.last.as_ref().map(|(job, _)| job)
    }

    /// Whether it is over: it is not asked for again.
    pub fn is_over(&self) -> bool {
        self.job().is_some_and(|job| job.status.is_final())
    }

    /// Whether this one is over, or was read since that one was read last.
    pub fn was_read_since(&self, other: &Watch) -> bool {
        let at = |watch: &Watch| watch.last.as_ref().map(|(_, at)| *at);
        self.is_over() || at(self).is_some_and(|read| Some(read) >= at(other))
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

    /// The second job of the same restore, if one is known.
    pub fn twin(&self) -> Option<&JobId> {
        match &self.twin {
            Twin::Known(job) => Some(job),
            Twin::Unasked | Twin::Sought(_) => None,
        }
    }

    /// Whether a second job may still be found.
    pub fn seeks_twin(&self) -> bool {
        match &self.twin {
            Twin::Unasked => self.wanted_twin().is_some(),
            Twin::Sought(search) => !search.over,
            Twin::Known(_) => false,
        }
    }

    /// Whether a second job is being looked for at this moment. One that is in trouble holds up no other.
    pub fn looks_for_twin(&self) -> bool {
        matches!(&self.twin, Twin::Sought(search) if search.is_looking() && search.trouble().is_none())
    }

    /// Looks for a second job with the same prefix, once, when the first one has said what it is. After a failure a
    /// single look will do: the files of one are what the other fails for, so it is in the list by now. `known` are jobs
    /// by their prefixes: those of others need not be read for it.
    pub fn seek_twin(&mut self, known: &[(Prefix, JobId)], context: &mut Context<'_>) {
        let Twin::Unasked = self.twin else { return };
        let Some(wanted) = self.wanted_twin() else { return };
        let others = known.iter().filter(|(prefix, _)| *prefix != wanted.prefix).map(|(_, job)| job.clone());
        let others = others.collect();
        let mut search = Search::brief(wanted, context);
        search.pass_over(others);
        if self.has_failed() {
            search.look_once_more(context);
        }
        self.twin = Twin::Sought(Box::new(search));
    }

    fn wanted_twin(&self) -> Option<Wanted> {
        let job = self.job()?;
        Some(Wanted {
            point: PointId { instance: job.instance.clone()?, name: job.point.clone()? },
            prefix: Prefix::parse(job.prefix.as_deref()?)?,
            container: job.destination.clone(),
            sent: job.began,
            except: Some(self.id.clone()),
        })
    }

    fn has_failed(&self) -> bool {
        self.job().is_some_and(|job| job.status == JobStatus::Failed)
    }

    /// That one is the second job of the same restore.
    pub fn has_twin(&mut self, job: JobId, context: &mut Context<'_>) {
        if let Twin::Sought(search) = &mut self.twin {
            search.stop(context);
        }
        self.twin = Twin::Known(job);
    }

    /// Asks no more.
    pub fn stop(&mut self, context: &mut Context<'_>) {
        self.ask.stop(context);
        if let Twin::Sought(search) = &mut self.twin {
            search.stop(context);
        }
    }

    /// Takes in what happened.
    pub fn hear(&mut self, told: Told<'_>, context: &mut Context<'_>) {
        if let Twin::Sought(search) = &mut self.twin
            && let Some(job) = search.hear(told, context)
        {
            self.twin = Twin::Known(job);
        }
        match self.ask.hear(told, context) {
            // Looked at again, or with a network again: what has given up asks once more.
            Heard::Nothing if matches!(told, Told::Resumed) && self.fault.is_some() => self.ask.hurry(context),
            Heard::Nothing | Heard::Again => {}
            Heard::Refused(fault) => {
                self.refusals += 1;
                if fault.is_of_sign_in() || self.refusals >= REFUSALS {
                    self.fault = Some(fault);
                } else {
                    self.ask.again_after(Span::from_millis(OFTEN.millis() << (self.refusals - 1)), context);
                }
            }
            Heard::Got(job) => {
                (self.fault, self.refusals) = (None, 0);
                context.past.learn([&job]);
                if let (Twin::Sought(search), JobStatus::Failed) = (&mut self.twin, job.status) {
                    search.look_once_more(context);
                }
                if !job.status.is_final() {
                    // By both clocks: this browser's may be wrong, and would then take an old job for a young one.
                    let began = job.began.map_or(self.since, |began| began.min(self.since));
                    let young = context.now.since(began) < FIRST_MINUTES;
                    let pace = if young { OFTEN } else { SELDOM };
                    let mut at = context.now + pace;
                    let near = |turn: &&Moment, at: Moment| turn.since(at).millis().abs() < EACH_OTHER.millis();
                    while let Some(turn) = context.turns.iter().find(|turn| near(turn, at)) {
                        at = *turn + EACH_OTHER;
                    }
                    self.ask.again_after(at.since(context.now), context);
                }
                self.last = Some((job, context.now));
            }
        }
    }
}
