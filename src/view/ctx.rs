//! What lasts as long as the page: the clock, the way back to the application, what has been made for the list of points.

use super::points::Months;
use super::tick::{Tick, Ticking};
use super::timeline::Plots;
use super::{Host, Local};
use crate::app::Event;
use crate::moment::Moment;
use crate::words;
use leptos::prelude::GetUntracked;
use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};
use std::sync::Arc;

/// For drawing and for telling.
pub struct Ctx {
    now: Cell<Moment>,
    ticking: RefCell<Vec<Weak<Ticking>>>,
    pub months: RefCell<Option<Months>>,
    pub plots: RefCell<Option<Plots>>,
    dispatch: Arc<dyn Fn(Event) + Send + Sync>,
    zone: Arc<dyn Fn(Moment) -> Local + Send + Sync>,
}

impl Ctx {
    pub fn new(host: &Host) -> Ctx {
        Ctx {
            now: Cell::new(host.now.get_untracked()),
            ticking: RefCell::default(),
            months: RefCell::default(),
            plots: RefCell::default(),
            dispatch: Arc::clone(&host.dispatch),
            zone: Arc::clone(&host.zone),
        }
    }

    /// Tells the application.
    pub fn tell(&self, event: Event) {
        (self.dispatch)(event);
    }

    /// The time at which things are drawn.
    pub fn now(&self) -> Moment {
        self.now.get()
    }

    /// The reader's clock at a moment, unless it shows UTC.
    pub fn local(&self, at: Moment) -> Option<String> {
        let local = (self.zone)(at);
        words::time::local(at, local.minutes_ahead, &local.name)
    }

    /// A moment in a text that leaves the page.
    pub fn written(&self, at: Moment) -> String {
        let local = (self.zone)(at);
        words::time::written(at, local.minutes_ahead, &local.name)
    }

    /// Words that go on with the clock for as long as somebody holds them.
    pub fn ticking(&self, tick: Tick, at: Moment) -> Rc<Ticking> {
        let ticking = Rc::new(Ticking::new(tick, at, self.now()));
        self.ticking.borrow_mut().push(Rc::downgrade(&ticking));
        ticking
    }

    /// The clock has moved on.
    pub fn go_on(&self, now: Moment) {
        self.now.set(now);
        self.ticking.borrow_mut().retain(|ticking| {
            let there = ticking.upgrade();
            if let Some(ticking) = &there {
                ticking.go_on(now);
            }
            there.is_some()
        });
    }
}
