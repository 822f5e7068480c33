//! The clock: the browser's, or a faster one for the demo; and the beat by which the page shows time passing.

use super::js::document;
use super::listen::Listener;
use crate::moment::{Moment, Span};
use gloo_timers::callback::Interval;
use std::cell::RefCell;
use std::rc::Rc;

/// What the time is. The demo's clock runs faster than the browser's, so that twenty minutes of restore pass in two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clock {
    began: Moment,
    speed: i64,
}

impl Clock {
    /// The browser's own clock.
    pub const REAL: Clock = Clock { began: Moment::from_millis(0), speed: 1 };

    /// A clock that showed the right time at one moment and has run so many times faster since.
    pub fn fast(began: Moment, speed: u16) -> Self {
        Clock { began, speed: i64::from(speed.max(1)) }
    }

    /// Now.
    pub fn now(self) -> Moment {
        self.began + Span::from_millis(real().since(self.began).millis().saturating_mul(self.speed))
    }

    /// How long so much of this clock's time really takes, in milliseconds, rounded up; nothing if it is over.
    pub fn real_millis(self, span: Span) -> u64 {
        u64::try_from(span.millis()).unwrap_or(0).div_ceil(self.speed.unsigned_abs())
    }
}

/// What the browser's clock says.
pub fn real() -> Moment {
    Moment::from_millis(js_sys::Date::now() as i64)
}

/// A beat every second while the page can be seen, and at once when it is seen again.
pub struct Beat {
    _interval: Rc<RefCell<Option<Interval>>>,
    _listener: Listener,
}

impl Beat {
    /// Begins to beat.
    pub fn new(beat: impl Fn() + 'static) -> Self {
        let beat = Rc::new(beat);
        let every_second = {
            let beat = beat.clone();
            move || {
                let beat = beat.clone();
                Interval::new(1000, move || beat())
            }
        };
        let interval = Rc::new(RefCell::new((!document().hidden()).then(&every_second)));
        let listener = Listener::new(&document(), "visibilitychange", {
            let interval = interval.clone();
            move |_| {
                let hidden = document().hidden();
                interval.replace((!hidden).then(&every_second));
                if !hidden {
                    beat();
                }
            }
        });
        Beat { _interval: interval, _listener: listener }
    }
}
