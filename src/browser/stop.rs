//! The end: when the program itself has failed, or a part of it is missing.
//!
//! The last page is written by `boot.js`, which runs whatever has become of the program: it empties the page, says
//! what has happened and offers the same address again. Afterwards nothing is dispatched and nothing is sent.

use super::js::document;
use std::cell::Cell;
use std::panic;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen]
extern "C" {
    /// Shows the last page (`boot.js`).
    #[wasm_bindgen(catch, js_name = pgflexStop)]
    fn show(what: &JsValue) -> Result<(), JsValue>;
}

thread_local! {
    static STOPPED: Cell<bool> = const { Cell::new(false) };
}

/// From now on a panic ends in a page that says so.
pub fn on_panic() {
    panic::set_hook(Box::new(|panic| {
        let line = JsValue::from_str(&without_queries(&panic.to_string()));
        web_sys::console::error_1(&line);
        stop(&line);
    }));
}

/// Ends the program: nothing is dispatched any more, and the page says why.
pub fn stop(why: &JsValue) {
    // A second failure is only the first one's echo in a program that goes on being called.
    if !STOPPED.replace(true) {
        let _ = show(why);
    }
}

/// Whether the program has failed.
pub fn stopped() -> bool {
    STOPPED.get()
}

/// A text without the queries of the addresses in it: those of operations are signed.
pub fn without_queries(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("https://") {
        let ends = |c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '<' | '>');
        let (address, left) = after.split_at(after.find(ends).unwrap_or(after.len()));
        clean.push_str(before);
        clean.push_str("https://");
        clean.push_str(address.split(['?', '#']).next().unwrap_or_default());
        rest = left;
    }
    clean + rest
}

/// Empties the body, child by child (`innerHTML` is forbidden to the page).
pub fn empty_body() {
    if let Some(body) = document().body() {
        while let Some(child) = body.first_child() {
            let _ = body.remove_child(&child);
        }
    }
}
