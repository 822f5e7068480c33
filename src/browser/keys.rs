//! The keys that are shortcuts, heard where nothing can be typed into.

use super::storage::{keep_local_text, local_text};
use crate::app::Key;
use std::cell::Cell;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, KeyboardEvent};

/// Under which key it is kept that they are switched off, for both worlds.
const OFF: &str = "pgflex.keys-off";

/// The shortcut that was pressed, if this event is one.
pub fn key(event: &Event) -> Option<Key> {
    let event: &KeyboardEvent = event.dyn_ref()?;
    if !are_on()
        || event.default_prevented()
        || event.repeat()
        || event.ctrl_key()
        || event.meta_key()
        || event.alt_key()
        || event.is_composing()
    {
        return None;
    }
    let types = |target: Element| {
        let field = target.closest("input, textarea, select").ok().flatten();
        field.is_some_and(|field| !matches!(field.get_attribute("type").as_deref(), Some("radio" | "checkbox")))
    };
    if event.target().and_then(|target| target.dyn_into().ok()).is_some_and(types) {
        return None;
    }
    let key = match event.key().as_str() {
        "/" => Key::Search,
        "?" => Key::Help,
        _ => return None,
    };
    // Firefox has a search of its own behind one of them.
    event.prevent_default();
    Some(key)
}

thread_local! {
    static ON: Cell<bool> = Cell::new(local_text(OFF).is_none());
}

/// Whether they are shortcuts: unless somebody has switched them off.
pub fn are_on() -> bool {
    ON.get()
}

/// Keeps whether they are. What cannot be kept holds until the page is closed.
pub fn keep(on: bool) {
    ON.set(on);
    let _ = keep_local_text(OFF, (!on).then_some("1"));
}
