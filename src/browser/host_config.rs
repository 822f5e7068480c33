//! What `boot.js` found when it asked the host for `config.json`.

use super::js::{get, text};
use crate::config::{self, Config, Kind, Problem};
use wasm_bindgen::JsValue;

/// Reads `globalThis.pgflexStart.config`.
pub fn read() -> Result<Config, Vec<Problem>> {
    let found = get(&js_sys::global(), "pgflexStart").and_then(|start| get(&start, "config"));
    read_answer(&found.unwrap_or(JsValue::UNDEFINED))
}

/// Reads the host's answer, `{ status, type, text }`, or that there was none, `{ error }`.
pub fn read_answer(answer: &JsValue) -> Result<Config, Vec<Problem>> {
    let whole = |kind| Err(vec![Problem { line: None, kind }]);
    let status = get(answer, "status").and_then(|status| status.as_f64());
    // Hosts of single-page apps give their page for every file that they do not have.
    let is_page = text(answer, "type").is_some_and(|kind| kind.starts_with("text/html"));
    match (status.map(|status| status as u16), text(answer, "text")) {
        (Some(200), _) if is_page => whole(Kind::Absent),
        (Some(200), Some(text)) => config::read(&text),
        (Some(404), _) => whole(Kind::Absent),
        _ => whole(Kind::Unreadable),
    }
}
