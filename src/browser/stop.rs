//! The end: when the program itself has failed, or a part of it is missing.
//!
//! The last page is written by `boot.js`, which runs whatever has become of the program: it empties the page, says
//! what has happened and offers the same address again. Afterwards nothing is dispatched and nothing is sent.
//! A panic needs nothing here: it traps, and `boot.js` hears of a trap from the browser.

use super::js::document;
use std::cell::Cell;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen]
extern "C" {
    /// Shows the last page (`boot.js`), and calls [`halt`].
    #[wasm_bindgen(catch, js_name = pgflexStop)]
    fn show(what: &JsValue) -> Result<(), JsValue>;
}

thread_local! {
    static STOPPED: Cell<bool> = const { Cell::new(false) };
}

/// For whoever mends the program: what has panicked, and where. The shipped build does not know it any more.
#[cfg(debug_assertions)]
pub fn tell_panics() {
    std::panic::set_hook(Box::new(|panic| web_sys::console::error_1(&panic.to_string().into())));
}

/// Ends the program: nothing is dispatched any more, and the page says why.
pub fn stop(why: &JsValue) {
    halt();
    let _ = show(why);
}

/// From now on nothing is dispatched.
#[wasm_bindgen]
pub fn halt() {
    STOPPED.set(true);
}

/// Whether the program has failed.
pub fn stopped() -> bool {
    STOPPED.get()
}

/// Empties the body, child by child (`innerHTML` is forbidden to the page).
pub fn empty_body() {
    if let Some(body) = document().body() {
        while let Some(child) = body.first_child() {
            let _ = body.remove_child(&child);
        }
    }
}
