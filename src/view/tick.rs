//! Words that change as time goes on, without a redraw: one clock for the page, which each of them looks at only as
//! often as the words can change.

use crate::moment::{Moment, Span};
use crate::words;
use leptos::tachys::renderer::Rndr;
use leptos::tachys::renderer::types;
use std::cell::Cell;

/// What is said about a moment.
#[derive(Clone, Copy, PartialEq)]
pub enum Tick {
    /// How long ago it was.
    Ago,
    /// How long from now it is.
    Until,
    /// How long something has been going on since.
    Lasting,
}

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// Slower clocks for ages from so many milliseconds on: what is days old need not be looked at every second.
const SLOWER: [(i64, i64); 3] = [(HOUR, 60 * DAY), (5 * MINUTE, DAY), (MINUTE / 6, 70_000)];

impl Tick {
    /// What the clock shows that this looks at.
    fn clock(self, at: Moment, now: Moment) -> Moment {
        if self == Tick::Ago {
            for (step, from) in SLOWER {
                let slow = now - Span::from_millis(now.millis().rem_euclid(step));
                if slow.since(at).millis().abs() >= from {
                    return slow;
                }
            }
        }
        now
    }

    /// The words.
    pub fn says(self, at: Moment, now: Moment) -> String {
        let now = self.clock(at, now);
        match self {
            Tick::Ago => words::time::ago(now.since(at)),
            Tick::Until => words::time::until(at.since(now)),
            Tick::Lasting => words::time::length(now.since(at)),
        }
    }
}

/// Such words in the page.
pub struct Ticking {
    pub tick: Tick,
    pub at: Moment,
    pub text: types::Text,
    /// The clock when they were said.
    clock: Cell<Moment>,
}

impl Ticking {
    pub fn new(tick: Tick, at: Moment, now: Moment) -> Ticking {
        let text = Rndr::create_text_node(&tick.says(at, now));
        Ticking { tick, at, text, clock: Cell::new(tick.clock(at, now)) }
    }

    /// The clock has moved on.
    pub fn go_on(&self, now: Moment) {
        let clock = self.tick.clock(self.at, now);
        if self.clock.replace(clock) != clock {
            Rndr::set_text(&self.text, &self.tick.says(self.at, now));
        }
    }
}
