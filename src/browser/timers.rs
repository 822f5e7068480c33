//! Waits: each ends at a moment of the wall clock, not after a length of time.
//!
//! Browsers stretch timers in hidden tabs to a minute and stop them while the computer sleeps. So there is one timer
//! for the next wait, never longer than [`LONGEST`], and every time it rings the clock is read again. [`Timers::ring`]
//! does the same at once: it is called when the page is seen again or the network is back. A clock that was put back
//! would make every wait longer by as much: then all of them end at once.

use super::clock::Clock;
use crate::flow::Ticket;
use crate::moment::{Moment, Span};
use gloo_timers::callback::Timeout;
use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

/// The longest that a wait is trusted to a timer of the browser's.
const LONGEST: u64 = 30_000;

/// A clock that is set right by less than this was not put back.
const SLIGHT: Span = Span::from_secs(2);

/// The waits under way, the next one first.
pub struct Timers {
    me: Weak<Timers>,
    clock: Cell<Clock>,
    waits: RefCell<Vec<(Moment, Ticket)>>,
    /// The latest that the clock has shown since it was put back, if ever it was.
    latest: Cell<Moment>,
    timer: RefCell<Option<Timeout>>,
    woke: Box<dyn Fn(Ticket)>,
}

impl Timers {
    /// No waits yet. `woke` is told each wait that is over.
    pub fn new(clock: Clock, woke: impl Fn(Ticket) + 'static) -> Rc<Self> {
        Rc::new_cyclic(|me| Timers {
            me: me.clone(),
            clock: Cell::new(clock),
            waits: RefCell::default(),
            latest: Cell::new(clock.now()),
            timer: RefCell::default(),
            woke: Box::new(woke),
        })
    }

    /// Waits until this moment, in place of what was waited for under this ticket before.
    pub fn set(&self, ticket: Ticket, until: Moment) {
        self.latest.set(self.latest.get().max(self.clock.get().now()));
        {
            let mut waits = self.waits.borrow_mut();
            waits.retain(|(_, other)| *other != ticket);
            let at = waits.iter().position(|other| *other > (until, ticket)).unwrap_or(waits.len());
            waits.insert(at, (until, ticket));
        }
        self.wind();
    }

    /// Waits no more for this.
    pub fn forget(&self, ticket: Ticket) {
        self.waits.borrow_mut().retain(|(_, other)| *other != ticket);
        self.wind();
    }

    /// Ends every wait that is over, in the order of their moments; goes on waiting for the others.
    pub fn ring(&self) {
        let now = self.clock.get().now();
        let put_back = self.latest.get().since(now) > SLIGHT;
        self.latest.set(now);
        let left = {
            let mut waits = self.waits.borrow_mut();
            let over = waits.iter().take_while(|(until, _)| put_back || *until <= now).count();
            waits.split_off(over)
        };
        let over = self.waits.replace(left);
        self.wind();
        for (_, ticket) in over {
            (self.woke)(ticket);
        }
    }

    /// Forgets every wait, and goes by this clock from now on.
    pub fn clear(&self, clock: Clock) {
        self.clock.set(clock);
        self.latest.set(clock.now());
        self.waits.borrow_mut().clear();
        self.wind();
    }

    /// How many waits are under way.
    pub fn len(&self) -> usize {
        self.waits.borrow().len()
    }

    /// Whether nothing is waited for.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Sets the one timer for the next wait; takes it away where there is none.
    fn wind(&self) {
        let clock = self.clock.get();
        let left = |until: Moment| until.since(clock.now()).max(Span::default());
        let next = self.waits.borrow().first().map(|(until, _)| clock.real_millis(left(*until)).min(LONGEST));
        let me = self.me.clone();
        let timer = next.map(|millis| {
            Timeout::new(millis as u32, move || {
                if let Some(timers) = me.upgrade() {
                    timers.ring();
                }
            })
        });
        self.timer.replace(timer);
    }
}
