//! The demo: the simulated Azure answers, and its clock runs faster. The one file that knows the simulator.

use super::clock::Clock;
use crate::app::{Person, Session};
use crate::azure::http::{Request, Response, Unreachable};

/// How many times faster the demo's clock runs: twenty minutes of restore in some hundred seconds.
const SPEED: u16 = 12;

/// Who is signed in to the demo.
pub fn person() -> Session {
    Session::SignedIn(Person { username: "you@contoso.example".to_string(), tenant: "demo".to_string() })
}

#[cfg(feature = "demo")]
pub use simulated::Simulation;

#[cfg(feature = "demo")]
mod simulated {
    use super::*;
    use crate::browser::clock::real;
    use crate::browser::storage::{keep_session_text, session_text};
    use crate::moment::Moment;
    use crate::sim;
    use gloo_timers::future::TimeoutFuture;
    use std::cell::RefCell;

    /// What the simulated Azure remembers.
    const LEDGER: &str = "pgflex.demo.azure";
    /// When its clock began to run fast: kept with the ledger, so that after a reload no job lies in the future.
    const BEGAN: &str = "pgflex.demo.began";

    /// The simulated Azure of this tab.
    pub struct Simulation {
        azure: RefCell<sim::Azure>,
        clock: Clock,
    }

    impl Simulation {
        /// Goes on where this tab left off, or begins.
        pub fn resume() -> Self {
            let kept = session_text(BEGAN).and_then(|text| text.parse().ok()).map(Moment::from_millis);
            let began = kept.filter(|began| *began <= real()).unwrap_or_else(real);
            // What cannot be kept is forgotten with the page: a demo that is not resumed is still a demo.
            let _ = keep_session_text(BEGAN, Some(&began.millis().to_string()));
            let ledger = session_text(LEDGER);
            Simulation { azure: RefCell::new(sim::Azure::new(ledger.as_deref())), clock: Clock::fast(began, SPEED) }
        }

        /// Its clock.
        pub fn clock(&self) -> Clock {
            self.clock
        }

        /// Answers, after as long as Azure would take by this clock.
        pub async fn answer(&self, request: &Request) -> Result<Response, Unreachable> {
            let reply = self.azure.borrow_mut().answer(self.clock.now(), request);
            let ledger = self.azure.borrow().ledger();
            let _ = keep_session_text(LEDGER, Some(&ledger));
            TimeoutFuture::new(self.clock.real_millis(reply.takes).min(60_000) as u32).await;
            reply.outcome
        }
    }
}

#[cfg(not(feature = "demo"))]
pub use absent::Simulation;

#[cfg(not(feature = "demo"))]
mod absent {
    use super::*;

    /// No simulated Azure was built in.
    pub struct Simulation;

    impl Simulation {
        /// Begins nothing.
        pub fn resume() -> Self {
            let _ = SPEED;
            Simulation
        }

        /// The browser's clock.
        pub fn clock(&self) -> Clock {
            Clock::REAL
        }

        /// Answers nothing.
        pub async fn answer(&self, _: &Request) -> Result<Response, Unreachable> {
            Err(Unreachable::Offline)
        }
    }
}
