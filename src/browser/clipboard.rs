//! The clipboard: writing only.

use super::js::{get, window};
use js_sys::Promise;
use wasm_bindgen::JsValue;

/// Puts a text on the clipboard.
pub fn copy(text: &str) -> Result<Promise, JsValue> {
    let navigator = window().navigator();
    // Absent outside secure contexts; asking it there for anything would throw.
    get(&navigator, "clipboard").ok_or(JsValue::NULL)?;
    Ok(navigator.clipboard().write_text(text))
}
