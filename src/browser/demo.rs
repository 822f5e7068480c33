//! The demo: the simulated Azure answers, and its clock runs faster. It is a WebAssembly of its own, spoken to in texts
//! (`sim::message` tells their form): whoever has no use for the demo does not load it.

use super::clock::{Clock, real};
use super::js::outcome;
use super::storage::{keep_session_text, session_text};
use crate::app::{Person, Session};
use crate::azure::http::{Request, Response, Unreachable};
use crate::moment::{Moment, Span};
use js_sys::Promise;
use std::cell::Cell;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen]
extern "C" {
    /// Loads the simulated Azure, once however often it is called (`boot.js`).
    #[wasm_bindgen(catch, js_name = pgflexLoadSimulatedAzure)]
    fn load() -> Result<Promise, JsValue>;

    #[wasm_bindgen(catch, js_namespace = pgflexSimulatedAzure, js_name = begin)]
    fn begin(ledger: Option<String>) -> Result<(), JsValue>;

    #[wasm_bindgen(catch, js_namespace = pgflexSimulatedAzure, js_name = answer)]
    fn answer(now: f64, request: &str) -> Result<String, JsValue>;

    #[wasm_bindgen(catch, js_namespace = pgflexSimulatedAzure, js_name = ledger)]
    fn ledger() -> Result<String, JsValue>;
}

/// How many times faster the demo's clock runs: twenty minutes of restore in some hundred seconds.
const SPEED: u16 = 12;

/// What the simulated Azure remembers.
const LEDGER: &str = "pgflex.demo.azure";
/// When its clock began to run fast: kept with the ledger, so that after a reload no job lies in the future.
const BEGAN: &str = "pgflex.demo.began";

/// Who is signed in to the demo.
pub fn person() -> Session {
    let text = str::to_string;
    Session::SignedIn(Person { id: String::new(), username: text("you@contoso.example"), tenant: text("demo") })
}

/// The simulated Azure of this tab.
pub struct Simulation {
    clock: Clock,
    begun: Cell<bool>,
}

impl Simulation {
    /// Goes on where this tab left off, or begins.
    pub fn resume() -> Self {
        let kept = session_text(BEGAN).and_then(|text| text.parse().ok()).map(Moment::from_millis);
        let began = kept.filter(|began| *began <= real()).unwrap_or_else(real);
        // What cannot be kept is forgotten with the page: a demo that is not resumed is still a demo.
        let _ = keep_session_text(BEGAN, Some(&began.millis().to_string()));
        Simulation { clock: Clock::fast(began, SPEED), begun: Cell::new(false) }
    }

    /// Its clock.
    pub fn clock(&self) -> Clock {
        self.clock
    }

    /// Has it loaded, if it is not yet.
    pub async fn loaded(&self) -> Result<(), JsValue> {
        outcome(load()).await?;
        if self.begun.replace(true) { Ok(()) } else { begin(session_text(LEDGER)) }
    }

    /// What it answers, and after how many milliseconds.
    pub fn answer(&self, request: &Request) -> (u32, Result<Response, Unreachable>) {
        let now = self.clock.now().millis() as f64;
        let message = answer(now, &write(request)).unwrap_or_default();
        if let Ok(ledger) = ledger() {
            let _ = keep_session_text(LEDGER, Some(&ledger));
        }
        let (takes, outcome) = read(&message);
        (self.clock.real_millis(takes).min(60_000) as u32, outcome)
    }
}

fn write(request: &Request) -> String {
    let mut message = [request.method.as_str(), " ", request.url.as_str()].concat();
    for (name, value) in &request.headers {
        message.extend(["\n", name, ": ", value]);
    }
    message.extend(["\n\n", request.body.as_deref().unwrap_or_default()]);
    message
}

fn read(message: &str) -> (Span, Result<Response, Unreachable>) {
    let (head, body) = message.split_once("\n\n").unwrap_or((message, ""));
    let mut lines = head.split('\n');
    let first = lines.next().unwrap_or_default();
    let (takes, status) = first.split_once(' ').unwrap_or((first, ""));
    let header = |line: &str| line.split_once(": ").map(|(name, value)| (name.to_string(), value.to_string()));
    let outcome = match status.parse() {
        Ok(status) => Ok(Response { status, headers: lines.filter_map(header).collect(), body: body.to_string() }),
        Err(_) => Err(match status {
            "offline" => Unreachable::Offline,
            "long" => Unreachable::TooLong,
            _ => Unreachable::NoAnswer,
        }),
    };
    (Span::from_millis(takes.parse().unwrap_or(0)), outcome)
}
