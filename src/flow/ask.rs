//! One read of Azure, asked until it is answered.
//!
//! `resting → asked → got | refused`, and from *asked* back to *resting* after what passes by itself (no network,
//! 408, 429, 5xx): a read may be repeated. One whose token Azure does not take is asked at once with another. While the
//! browser is offline nothing is asked: a read rests without a timer until the network is back. Never used for a write.

use super::{Command, Context, Ticket, Told};
use crate::azure::call::{Answer, Call, Reader, Sending};
use crate::azure::http::Unreachable;
use crate::azure::problem::ArmProblem;
use crate::fault::{Code, Fault, Step};
use crate::moment::{Moment, Span};
use std::ops::{Deref, DerefMut};

/// The shortest time between two reads when the page is looked at again.
const SOON: Span = Span::from_secs(3);

/// The longest rest between two tries.
const LONGEST: Span = Span::from_secs(60);

/// An answer that has not come after this long never comes: a computer that slept has lost it.
const LOST: Span = Span::from_secs(70);

/// A read.
#[derive(Clone, Debug)]
pub struct Ask<T> {
    asking: Asking,
    reader: Reader<T>,
}

/// All of a read but the type of its answer: it is compiled once, not once for each type.
#[derive(Clone, Debug)]
pub struct Asking {
    sending: Sending,
    step: Step,
    wait: Wait,
    tries: u32,
    asked: Option<Moment>,
    answered: Option<Moment>,
    /// Before then Azure does not want to be asked again.
    not_before: Option<Moment>,
    trouble: Option<Fault>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Wait {
    /// For nothing: it is over.
    Nothing,
    /// For an answer.
    Answer(Ticket),
    /// For the time to ask.
    Rest(Ticket, Moment),
    /// For the network to come back.
    Network,
}

/// What became of something that a read was told.
#[derive(Debug)]
pub enum Heard<T> {
    /// It was not about this read, or changed nothing that matters.
    Nothing,
    /// It will be tried again; [`Asking::trouble`] says why.
    Again,
    /// Azure's answer.
    Got(T),
    /// It is over without an answer that helps.
    Refused(Fault),
}

impl<T> Ask<T> {
    /// Asks now.
    pub fn now(call: Call<T>, step: Step, context: &mut Context<'_>) -> Self {
        let (sending, reader) = call.apart();
        Ask { asking: Asking::now(sending, step, context), reader }
    }

    /// Asks after a while.
    pub fn after(call: Call<T>, step: Step, rest: Span, context: &mut Context<'_>) -> Self {
        let (sending, reader) = call.apart();
        let mut asking = Asking::new(sending, step);
        asking.rest(rest, context);
        Ask { asking, reader }
    }

    /// Takes in what happened.
    pub fn hear(&mut self, told: Told<'_>, context: &mut Context<'_>) -> Heard<T> {
        let (reader, mut value) = (self.reader, None);
        let mut read = |answer: &Answer<'_>| {
            value = Some(reader(answer)?);
            Ok(())
        };
        match (self.asking.hear(told, &mut read, context), value) {
            (Heard::Got(()), Some(value)) => Heard::Got(value),
            (Heard::Refused(fault), _) => Heard::Refused(fault),
            (Heard::Again, _) => Heard::Again,
            (Heard::Nothing | Heard::Got(()), _) => Heard::Nothing,
        }
    }
}

impl<T> Deref for Ask<T> {
    type Target = Asking;

    fn deref(&self) -> &Asking {
        &self.asking
    }
}

impl<T> DerefMut for Ask<T> {
    fn deref_mut(&mut self) -> &mut Asking {
        &mut self.asking
    }
}

/// Reads an answer; what it said stays with whoever reads.
type Read<'a> = &'a mut dyn FnMut(&Answer<'_>) -> Result<(), Box<ArmProblem>>;

impl Asking {
    fn new(sending: Sending, step: Step) -> Self {
        let (wait, asked, answered) = (Wait::Nothing, None, None);
        Asking { sending, step, wait, tries: 0, asked, answered, not_before: None, trouble: None }
    }

    /// Asks now.
    #[inline(never)]
    pub fn now(sending: Sending, step: Step, context: &mut Context<'_>) -> Self {
        let mut asking = Asking::new(sending, step);
        asking.send(context);
        asking
    }

    /// Asks once more after a while, of something that changes.
    pub fn again_after(&mut self, rest: Span, context: &mut Context<'_>) {
        self.rest(rest, context);
    }

    /// Asks at once, unless it is being asked.
    #[inline(never)]
    pub fn hurry(&mut self, context: &mut Context<'_>) {
        if !matches!(self.wait, Wait::Answer(_)) {
            self.send(context);
        }
    }

    /// Asks no more.
    pub fn stop(&mut self, context: &mut Context<'_>) {
        self.rise(context);
    }

    /// Whether this is what it asks.
    pub fn asks(&self, sending: &Sending) -> bool {
        self.sending == *sending
    }

    /// When Azure answered last, in a way that could be read.
    pub fn answered(&self) -> Option<Moment> {
        self.answered
    }

    /// Why the last try came to nothing. It will be tried again by itself as long as [`Asking::next`] says when.
    pub fn trouble(&self) -> Option<&Fault> {
        self.trouble.as_ref()
    }

    /// When it asks next, if it rests.
    pub fn next(&self) -> Option<Moment> {
        match self.wait {
            Wait::Rest(_, at) => Some(at),
            _ => None,
        }
    }

    fn rest(&mut self, rest: Span, context: &mut Context<'_>) {
        let at = context.now + rest;
        self.wait = Wait::Rest(context.wake(at), at);
    }

    /// Waits for nothing any more, and leaves no timer behind.
    #[inline(never)]
    fn rise(&mut self, context: &mut Context<'_>) {
        if let Wait::Rest(ticket, _) = std::mem::replace(&mut self.wait, Wait::Nothing) {
            context.command(Command::LetSleep(ticket));
        }
    }

    fn send(&mut self, context: &mut Context<'_>) {
        let was_offline = self.wait == Wait::Network;
        self.rise(context);
        if !context.online {
            if !was_offline {
                self.trouble = Some(Fault::unreachable(&Unreachable::Offline, self.step, context.now));
            }
            self.wait = Wait::Network;
            return;
        }
        if was_offline {
            self.trouble = None;
            if let Some(at) = self.not_before.filter(|at| *at > context.now) {
                return self.rest(at.since(context.now), context);
            }
        }
        (self.asked, self.not_before) = (Some(context.now), None);
        self.wait = Wait::Answer(context.send(&self.sending.request).0);
    }

    /// Whether it should be asked at once when the page is looked at again, or the network came or went.
    fn should_hurry(&self, context: &Context<'_>) -> bool {
        // Either way: the clock may have been put back meanwhile.
        let longer_than = |span: Span| self.asked.is_none_or(|at| context.now.since(at).millis().abs() > span.millis());
        let may = self.not_before.is_none_or(|at| context.now >= at);
        match self.wait {
            Wait::Nothing => false,
            Wait::Network => true,
            // One whose time is over was not told, for its page was left.
            Wait::Rest(_, at) => !context.online || (may && (at <= context.now || longer_than(SOON))),
            Wait::Answer(_) => context.online && longer_than(LOST),
        }
    }

    /// Takes in what happened; `read` reads the answer.
    pub fn hear(&mut self, told: Told<'_>, read: Read<'_>, context: &mut Context<'_>) -> Heard<()> {
        match (told, self.wait) {
            (Told::Woke(ticket), Wait::Rest(mine, _)) if ticket == mine => {
                self.wait = Wait::Nothing;
                self.send(context);
            }
            (Told::Resumed, _) if self.should_hurry(context) => self.send(context),
            (Told::Answered(ticket, answer), Wait::Answer(mine)) if ticket == mine => {
                self.wait = Wait::Nothing;
                let read = match answer {
                    Ok(response) => {
                        let read = self.sending.answer(response).and_then(|answer| read(&answer));
                        read.map_err(|problem| Fault::said(problem, self.step, context.now))
                    }
                    Err(why) => Err(Fault::unreachable(why, self.step, context.now)),
                };
                return match read {
                    Ok(()) => {
                        (self.tries, self.trouble, self.answered) = (0, None, Some(context.now));
                        Heard::Got(())
                    }
                    Err(fault) => match context.weigh(fault, mine) {
                        fault if fault.code == Code::NotTaken => {
                            self.send(context);
                            Heard::Again
                        }
                        fault => self.stumble(fault, context),
                    },
                };
            }
            _ => {}
        }
        Heard::Nothing
    }

    fn stumble(&mut self, fault: Fault, context: &mut Context<'_>) -> Heard<()> {
        self.trouble = Some(fault.clone());
        if !fault.passes() {
            return Heard::Refused(fault);
        }
        let asked_for = fault.problem.and_then(|problem| problem.retry_after);
        self.not_before = asked_for.map(|rest| context.now + rest);
        let rest = asked_for.unwrap_or_else(|| backoff(self.tries, context));
        self.tries += 1;
        self.rest(rest, context);
        Heard::Again
    }
}

/// Whether a read waits for the person to sign in again.
pub fn waits_for_sign_in(trouble: Option<&Fault>) -> bool {
    trouble.is_some_and(|fault| fault.is_of_sign_in() && !fault.passes())
}

/// 2, 4, 8 … 60 s, a fifth more or less, so that many tabs do not ask in step.
fn backoff(tries: u32, context: &mut Context<'_>) -> Span {
    let base = (2_000_i64 << tries.min(5)).min(LONGEST.millis());
    let spread = (context.dice.roll() % 400) as i64 - 200;
    Span::from_millis(base + base * spread / 1000)
}
