//! Looking for the job of a restore by its unique file prefix: after no answer, after a reload, where a browser may
//! not read the headers of a 202.
//!
//! `listing → reading candidates → resting → listing …` until a job is found or the search gives up. Only reads.
//! The list of jobs shows no prefixes and may lag by minutes, so each candidate is read, and the list more than once.

use super::ask::{Ask, Heard};
use super::load::Load;
use super::{Command, Context, Ticket, Told};
use crate::azure::calls;
use crate::azure::id::{JobId, PointId, same_id};
use crate::azure::wire::Job;
use crate::fault::{Fault, Step};
use crate::link::Prefix;
use crate::moment::{Moment, Span};

/// How long after the sending a job may still turn up in the list.
const PATIENCE: Span = Span::from_secs(600);

/// The least number of looks, for a search that begins long after the sending.
const LEAST_LOOKS: u32 = 3;

/// When a job that there most likely is not is looked for after the first look: the list may lag by minutes.
const BRIEF_RESTS: [Span; 2] = [Span::from_secs(60), Span::from_secs(300)];

/// What a job is recognised by. A target is known where the restore was started in this browser.
#[derive(Clone, Debug, PartialEq)]
pub struct Wanted {
    /// The point that is restored.
    pub point: PointId,
    /// The prefix of its files.
    pub prefix: Prefix,
    /// The container's URL.
    pub container: Option<String>,
    /// When the request left.
    pub sent: Option<Moment>,
    /// A job of this restore that is known: a second one is looked for, which a request that the browser sent twice
    /// has begun.
    pub except: Option<JobId>,
}

/// A search for a job.
#[derive(Clone, Debug)]
pub struct Search {
    /// What is looked for.
    pub wanted: Wanted,
    /// When it began.
    pub since: Moment,
    /// How often the whole list was looked through.
    pub looks: u32,
    /// Whether it has given up.
    pub over: bool,
    state: State,
    /// To be read, the next one last: Azure mostly lists the newest last.
    candidates: Vec<JobId>,
    /// Read, and another restore's.
    others: Vec<JobId>,
    /// What could not be read in the last look: a job that was not found may be in there.
    unread: Option<Fault>,
    /// Whether a few looks will do, since there most likely is no such job.
    brief: bool,
    /// Whether the next whole look is the last one.
    last: bool,
}

#[derive(Clone, Debug)]
enum State {
    Listing(Box<Load<Job>>),
    Reading(Box<Ask<Job>>),
    Resting(Ticket, Moment),
    Over(Option<Fault>),
}

impl Search {
    /// Begins to look.
    pub fn start(wanted: Wanted, context: &mut Context<'_>) -> Self {
        let mut search = Search::new(wanted, context.now);
        search.list(context);
        search
    }

    /// Looks a few times for a job that there most likely is not.
    pub fn brief(wanted: Wanted, context: &mut Context<'_>) -> Self {
        let mut search = Search { brief: true, ..Search::new(wanted, context.now) };
        search.list(context);
        search
    }

    /// Begins to look after a while.
    pub fn after(rest: Span, wanted: Wanted, context: &mut Context<'_>) -> Self {
        let mut search = Search::new(wanted, context.now);
        search.rest(rest, context);
        search
    }

    fn new(wanted: Wanted, since: Moment) -> Self {
        Search {
            wanted,
            since,
            looks: 0,
            over: false,
            state: State::Over(None),
            candidates: Vec::new(),
            others: Vec::new(),
            unread: None,
            brief: false,
            last: false,
        }
    }

    /// When it looks next, if it rests.
    pub fn next(&self) -> Option<Moment> {
        match &self.state {
            State::Resting(_, at) => Some(*at),
            State::Listing(load) => load.next(),
            State::Reading(ask) => ask.next(),
            State::Over(_) => None,
        }
    }

    /// Whether it reads, and does not rest.
    pub fn is_looking(&self) -> bool {
        matches!(self.state, State::Listing(_) | State::Reading(_))
    }

    /// When it gives up.
    pub fn gives_up(&self) -> Moment {
        self.wanted.sent.unwrap_or(self.since).max(self.since - PATIENCE) + PATIENCE
    }

    /// What keeps it from looking.
    pub fn trouble(&self) -> Option<&Fault> {
        match &self.state {
            State::Listing(load) => load.trouble(),
            State::Reading(ask) => ask.trouble(),
            State::Over(fault) => fault.as_ref(),
            State::Resting(..) => None,
        }
    }

    /// These are known to be other restores': they are not read.
    pub fn pass_over(&mut self, jobs: Vec<JobId>) {
        self.others = jobs;
    }

    /// Looks at once, also after it has given up.
    pub fn hurry(&mut self, context: &mut Context<'_>) {
        match &mut self.state {
            State::Resting(ticket, _) => {
                context.command(Command::LetSleep(*ticket));
                self.list(context);
            }
            State::Over(_) => self.list(context),
            State::Listing(load) => load.hurry(context),
            State::Reading(ask) => ask.hurry(context),
        }
    }

    /// Looks at once, and then no more.
    pub fn look_once_more(&mut self, context: &mut Context<'_>) {
        self.last = true;
        self.hurry(context);
    }

    /// Takes in what happened; gives the job once it is found.
    pub fn hear(&mut self, told: Told<'_>, context: &mut Context<'_>) -> Option<JobId> {
        match &mut self.state {
            State::Listing(load) => {
                if load.hear(told, context) && !load.is_loading() {
                    self.unread = load.fault.take();
                    let jobs = std::mem::take(&mut load.items);
                    context.past.learn(&jobs);
                    if jobs.is_empty() && self.unread.is_some() {
                        let fault = self.unread.take();
                        self.end(fault);
                        return None;
                    }
                    self.candidates = jobs.iter().filter(|job| self.may_be(job)).map(|job| job.id.clone()).collect();
                    self.read_next(context);
                }
            }
            State::Reading(ask) => match ask.hear(told, context) {
                Heard::Got(job) if self.is(&job) => {
                    self.end(None);
                    return Some(job.id);
                }
                Heard::Got(job) => {
                    context.past.learn([&job]);
                    // One that does not say its prefix yet may say it later.
                    if job.prefix.is_some() {
                        self.others.push(job.id);
                    }
                    self.read_next(context);
                }
                // One candidate that may not be read, or is gone, does not end the search for the others.
                Heard::Refused(fault) => {
                    self.unread = Some(fault);
                    self.read_next(context);
                }
                Heard::Nothing | Heard::Again => {}
            },
            State::Resting(ticket, at) => {
                let due = match told {
                    Told::Woke(woken) => woken == *ticket,
                    Told::Resumed => context.now >= *at,
                    Told::Answered(..) | Told::Claimed(..) => false,
                };
                if due {
                    self.list(context);
                }
            }
            State::Over(_) => {}
        }
        None
    }

    fn list(&mut self, context: &mut Context<'_>) {
        self.over = false;
        let call = calls::jobs(context.arm, &self.wanted.point.instance.vault);
        self.state = State::Listing(Box::new(Load::start(call, Step::Search, context)));
    }

    fn read_next(&mut self, context: &mut Context<'_>) {
        match self.candidates.pop() {
            Some(job) => {
                let call = calls::job(context.arm, &job);
                self.state = State::Reading(Box::new(Ask::now(call, Step::Search, context)));
            }
            None => {
                self.looks += 1;
                match self.next_rest(context.now) {
                    None => {
                        let unread = self.unread.take();
                        self.end(unread);
                    }
                    Some(rest) => self.rest(rest, context),
                }
            }
        }
    }

    fn rest(&mut self, rest: Span, context: &mut Context<'_>) {
        let at = context.now + rest;
        self.state = State::Resting(context.wake(at), at);
    }

    /// How long until the next look; nothing after the last one.
    fn next_rest(&self, now: Moment) -> Option<Span> {
        if self.last {
            return None;
        }
        if self.brief {
            return BRIEF_RESTS.get(self.looks.saturating_sub(1) as usize).copied();
        }
        let goes_on = now < self.gives_up() || self.looks < LEAST_LOOKS;
        goes_on.then(|| Span::from_secs(5 << self.looks.min(4).saturating_sub(1)))
    }

    /// Looks no more, and leaves no timer behind.
    pub fn stop(&mut self, context: &mut Context<'_>) {
        match &mut self.state {
            State::Resting(ticket, _) => context.command(Command::LetSleep(*ticket)),
            State::Listing(load) => load.stop(context),
            State::Reading(ask) => ask.stop(context),
            State::Over(_) => {}
        }
        self.end(None);
    }

    fn end(&mut self, fault: Option<Fault>) {
        self.over = true;
        self.state = State::Over(fault);
    }

    /// What the list shows of a job: enough to leave most of them unread. Not when it began: this browser's clock may be
    /// days wrong, and the ending of a prefix is drawn anew for each restore.
    fn may_be(&self, job: &Job) -> bool {
        let of_instance = job.instance.as_ref().is_none_or(|instance| *instance == self.wanted.point.instance);
        job.is_restore()
            && of_instance
            && self.wanted.except.as_ref() != Some(&job.id)
            && !self.others.contains(&job.id)
    }

    /// Whether a job is the one: prefix, container and point.
    fn is(&self, job: &Job) -> bool {
        let wanted = &self.wanted;
        let same_container = match (&wanted.container, &job.destination) {
            (Some(ours), Some(theirs)) => same_id(ours, theirs),
            _ => true,
        };
        job.prefix.as_deref() == Some(wanted.prefix.as_str())
            && same_container
            && job.point.as_ref().is_none_or(|point| *point == wanted.point.name)
    }
}
