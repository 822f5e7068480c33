//! Sharing by way of the system: mail, chat, another device.

use super::js::{get, set, text, window};
use crate::flow::Sharing;
use js_sys::{Function, Object, Promise};
use wasm_bindgen::{JsCast, JsValue};

/// Whether the browser can. Many on a desk cannot, and none outside secure contexts.
pub fn shares() -> bool {
    get(&window().navigator(), "share").is_some()
}

/// Asks the browser. Called from within the press: later, browsers refuse.
pub fn share(sharing: &Sharing) -> Result<Promise, JsValue> {
    let navigator = window().navigator();
    let share: Function = get(&navigator, "share").ok_or(JsValue::NULL)?.unchecked_into();
    let data = Object::new();
    for (name, value) in [("title", &sharing.title), ("text", &sharing.text), ("url", &sharing.url)] {
        set(&data, name, &value.into())?;
    }
    Ok(share.call1(&navigator, &data)?.unchecked_into())
}

/// Whether it came to nothing without the person's will: they may have thought better of it.
pub fn failed(outcome: &Result<JsValue, JsValue>) -> bool {
    matches!(outcome, Err(why) if text(why, "name").as_deref() != Some("AbortError"))
}
