//! One read of Azure, asked until it is answered.
//!
//! `resting → asked → got | refused`, and from *asked* back to *resting* after what passes by itself (no network,
//! 408, 429, 5xx): a read may be repeated. Never used for a write.

use super::{Context, Ticket, Told};
use crate::azure::call::Call;
use crate::fault::{Fault, Step};
use crate::moment::{Moment, Span};

/// The shortest time between two reads when the page is looked at again.
const SOON: Span = Span::from_secs(3);

/// The longest rest between two tries.
const LONGEST: Span = Span::from_secs(60);

/// A read.
#[derive(Clone, Debug)]
pub struct Ask<T> {
    call: Call<T>,
    step: Step,
    wait: Wait,
    tries: u32,
    /// When it was sent last.
    pub asked: Option<Moment>,
    /// Why the last try came to nothing; it will be tried again by itself unless [`Ask::is_over`].
    pub trouble: Option<Fault>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Wait {
    /// For nothing: it is over.
    Nothing,
    /// For an answer.
    Answer(Ticket),
    /// For the time to ask.
    Rest(Ticket, Moment),
}

/// What became of something that a read was told.
#[derive(Debug)]
pub enum Heard<T> {
    /// It was not about this read, or changed nothing that matters.
    Nothing,
    /// It will be tried again; [`Ask::trouble`] says why.
    Again,
    /// Azure's answer.
    Got(T),
    /// It is over without an answer that helps.
    Refused(Fault),
}

impl<T> Ask<T> {
    /// Asks now.
    pub fn now(call: Call<T>, step: Step, context: &mut Context<'_>) -> Self {
        let mut ask = Ask { call, step, wait: Wait::Nothing, tries: 0, asked: None, trouble: None };
        ask.send(context);
        ask
    }

    /// Asks after a while.
    pub fn after(call: Call<T>, step: Step, rest: Span, context: &mut Context<'_>) -> Self {
        let mut ask = Ask { call, step, wait: Wait::Nothing, tries: 0, asked: None, trouble: None };
        ask.again_after(rest, context);
        ask
    }

    /// Asks once more after a while, of something that changes.
    pub fn again_after(&mut self, rest: Span, context: &mut Context<'_>) {
        let at = context.now + rest;
        self.wait = Wait::Rest(context.wake(at), at);
    }

    /// Asks at once, unless it is being asked.
    pub fn hurry(&mut self, context: &mut Context<'_>) {
        if !matches!(self.wait, Wait::Answer(_)) {
            self.send(context);
        }
    }

    /// When it asks next, if it rests.
    pub fn next(&self) -> Option<Moment> {
        match self.wait {
            Wait::Rest(_, at) => Some(at),
            _ => None,
        }
    }

    /// Whether an answer is on its way.
    pub fn is_asking(&self) -> bool {
        matches!(self.wait, Wait::Answer(_))
    }

    /// Whether it waits for nothing any more.
    pub fn is_over(&self) -> bool {
        self.wait == Wait::Nothing
    }

    /// How many tries in a row came to nothing.
    pub fn tries(&self) -> u32 {
        self.tries
    }

    /// Takes in what happened.
    pub fn hear(&mut self, told: Told<'_>, context: &mut Context<'_>) -> Heard<T> {
        match (told, self.wait) {
            (Told::Woke(ticket), Wait::Rest(mine, _)) if ticket == mine => self.send(context),
            (Told::Resumed, Wait::Rest(..)) if self.asked.is_none_or(|at| context.now.since(at) > SOON) => {
                self.send(context);
            }
            (Told::Answered(ticket, answer), Wait::Answer(mine)) if ticket == mine => {
                self.wait = Wait::Nothing;
                let read = match answer {
                    Ok(response) => {
                        self.call.read(response).map_err(|problem| Fault::said(problem, self.step, context.now))
                    }
                    Err(why) => Err(Fault::unreachable(why, self.step, context.now)),
                };
                return match read {
                    Ok(value) => {
                        (self.tries, self.trouble) = (0, None);
                        Heard::Got(value)
                    }
                    Err(fault) => self.stumble(fault, context),
                };
            }
            _ => {}
        }
        Heard::Nothing
    }

    fn stumble(&mut self, fault: Fault, context: &mut Context<'_>) -> Heard<T> {
        self.trouble = Some(fault.clone());
        if !fault.passes() {
            return Heard::Refused(fault);
        }
        let asked_for = fault.problem.and_then(|problem| problem.retry_after);
        let rest = asked_for.unwrap_or_else(|| backoff(self.tries, context));
        self.tries += 1;
        self.again_after(rest, context);
        Heard::Again
    }

    fn send(&mut self, context: &mut Context<'_>) {
        self.asked = Some(context.now);
        self.wait = Wait::Answer(context.send(&self.call.request).0);
    }
}

/// 2, 4, 8 … 60 s, a fifth more or less, so that many tabs do not ask in step.
fn backoff(tries: u32, context: &mut Context<'_>) -> Span {
    let base = (2_000_i64 << tries.min(5)).min(LONGEST.millis());
    let spread = (context.dice.roll() % 400) as i64 - 200;
    Span::from_millis(base + base * spread / 1000)
}
