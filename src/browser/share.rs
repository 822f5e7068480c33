//! Sharing by way of the system: mail, chat, another device.

use super::js::{get, object, outcome, text, window};
use crate::flow::Sharing;
use js_sys::{Function, Promise};
use wasm_bindgen::{JsCast, JsValue};

/// Whether the browser can. Many on a desk cannot, and none outside secure contexts.
pub fn shares() -> bool {
    get(&window().navigator(), "share").is_some()
}

/// Asks the browser. Called from within the press: later, browsers refuse.
pub fn share(sharing: &Sharing) -> Result<Promise, JsValue> {
    let navigator = window().navigator();
    let share: Function = get(&navigator, "share").ok_or(JsValue::NULL)?.unchecked_into();
    let members = [("title", &sharing.title), ("text", &sharing.text), ("url", &sharing.url)];
    let asked = share.call1(&navigator, &object(members.map(|(name, value)| (name, value.into()))))?;
    Ok(Promise::resolve(&asked))
}

/// Whether nothing is to be told of it: it was shared, or the person has thought better of it.
pub async fn went_well(asked: Result<Promise, JsValue>) -> bool {
    match outcome(asked).await {
        Ok(_) => true,
        Err(why) => text(&why, "name").as_deref() == Some("AbortError"),
    }
}
