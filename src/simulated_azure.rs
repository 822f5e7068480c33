//! The simulated Azure as a WebAssembly of its own, which the page loads in the demo alone (`boot.js` does).
//!
//! One for each page. `browser::demo` speaks to it, in texts: see `sim::message`.

#[cfg(target_arch = "wasm32")]
mod offered {
    use pgflex_restore::moment::Moment;
    use pgflex_restore::sim::Azure;
    use std::cell::RefCell;
    use wasm_bindgen::prelude::wasm_bindgen;

    thread_local! {
        static AZURE: RefCell<Azure> = RefCell::default();
    }

    /// Goes on where an earlier one left off, by its ledger, or begins.
    #[wasm_bindgen]
    pub fn begin(ledger: Option<String>) {
        AZURE.replace(Azure::new(ledger.as_deref()));
    }

    /// Answers a request that arrives at this moment, in milliseconds since 1970.
    #[wasm_bindgen]
    pub fn answer(now: f64, request: &str) -> String {
        AZURE.with_borrow_mut(|azure| azure.answer_message(Moment::from_millis(now as i64), request))
    }

    /// What a later one needs to know of this one.
    #[wasm_bindgen]
    pub fn ledger() -> String {
        AZURE.with_borrow(Azure::ledger)
    }
}

/// Nothing happens before it is asked.
fn main() {}
