//! What every drawing function is handed: the clock, the way back to the application, and where it draws.

use super::{Host, Local};
use crate::app::Event;
use crate::moment::{Moment, Span};
use crate::words;
use leptos::prelude::*;
use std::sync::Arc;

/// For drawing and for telling.
#[derive(Clone)]
pub struct Ctx {
    now: Signal<Moment>,
    /// Slower clocks for ages from so many milliseconds on: what is days old need not be looked at every second.
    clocks: [(Signal<Moment>, i64); 4],
    dispatch: Arc<dyn Fn(Event) + Send + Sync>,
    zone: Arc<dyn Fn(Moment) -> Local + Send + Sync>,
}

impl Ctx {
    pub fn new(host: &Host) -> Ctx {
        let now = host.now;
        Ctx {
            now,
            clocks: [
                (slower(now, HOUR), 60 * DAY),
                (slower(now, 5 * MINUTE), DAY),
                (slower(now, MINUTE / 6), 70_000),
                (now, 0),
            ],
            dispatch: Arc::clone(&host.dispatch),
            zone: Arc::clone(&host.zone),
        }
    }

    /// Tells the application.
    pub fn tell(&self, event: Event) {
        (self.dispatch)(event);
    }

    /// The reader's clock at a moment, unless it shows UTC.
    pub fn local(&self, at: Moment) -> Option<String> {
        let local = (self.zone)(at);
        words::time::local(at, local.minutes_ahead, &local.name)
    }

    /// How long ago a moment was; looks at the clock only as often as the words can change.
    pub fn ago(&self, at: Moment) -> impl Fn() -> String + Send + Clone + 'static {
        let clocks = self.clocks;
        move || {
            let told = clocks
                .iter()
                .map(|(clock, from)| (clock.get().since(at), *from))
                .find(|(age, from)| age.millis().abs() >= *from);
            words::time::ago(told.map(|(age, _)| age).unwrap_or_default())
        }
    }

    /// How long from now a moment is.
    pub fn until(&self, at: Moment) -> impl Fn() -> String + Send + 'static {
        let now = self.now;
        move || words::time::until(at.since(now.get()))
    }

    /// How long something has been going on.
    pub fn lasting(&self, since: Moment) -> impl Fn() -> String + Send + 'static {
        let now = self.now;
        move || words::time::length(now.get().since(since))
    }
}

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// A clock that moves on only every so many milliseconds.
fn slower(now: Signal<Moment>, millis: i64) -> Signal<Moment> {
    let slow = Memo::new(move |_| {
        let now = now.get();
        now - Span::from_millis(now.millis().rem_euclid(millis))
    });
    slow.into()
}

/// Where something is drawn.
#[derive(Clone)]
pub struct At {
    /// Unique in the page: ids are made of it.
    pub id: String,
    /// The level of a heading that stands here.
    pub level: u8,
    /// Buttons are large here.
    pub large: bool,
}

impl At {
    /// A part of the page, directly below its heading.
    pub fn top(id: &str) -> At {
        At { id: id.to_string(), level: 2, large: false }
    }

    /// An item of a list.
    pub fn inside(&self, key: &str) -> At {
        At { id: format!("{}-{key}", self.id), ..*self }
    }

    /// Below a heading that stands here.
    pub fn deeper(&self) -> At {
        At { id: self.id.clone(), level: self.level + 1, large: false }
    }
}
