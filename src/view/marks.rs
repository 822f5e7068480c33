//! The marks of the timeline under a person's hands: one stop of the Tab key for all of them, arrow keys move among them.

use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Element, Event, HtmlElement, KeyboardEvent};

/// What a mark is found by.
const MARK: &str = ".mark";

/// The mark that an event comes from.
fn of(event: &Event) -> Option<Element> {
    event.target()?.dyn_into::<Element>().ok()?.closest(MARK).ok()?
}

/// The point of the mark that is pressed.
pub fn pressed(event: &Event) -> Option<String> {
    of(event)?.get_attribute("data-point")
}

/// Moves along the marks. Return or the space bar presses the one that has the focus: its point comes back.
pub fn along(event: &Event) -> Option<String> {
    let mark = of(event)?;
    let key: &KeyboardEvent = event.unchecked_ref();
    if key.ctrl_key() || key.alt_key() || key.meta_key() {
        return None;
    }
    let all = mark.closest("[role=listbox]").ok()??.query_selector_all(MARK).ok()?;
    let marks: Vec<Element> = (0..all.length()).filter_map(|nth| all.item(nth)?.dyn_into().ok()).collect();
    let at = marks.iter().position(|other| mark.is_same_node(Some(other)))?;
    let to = match key.key().as_str() {
        "ArrowRight" | "ArrowDown" => marks.get(at + 1),
        "ArrowLeft" | "ArrowUp" => at.checked_sub(1).and_then(|before| marks.get(before)),
        "Home" => marks.first(),
        "End" => marks.last(),
        "Enter" | " " => {
            event.prevent_default();
            return mark.get_attribute("data-point");
        }
        // The Tab key leaves the timeline, also where a choice has made another mark the one that it stops at.
        "Tab" => {
            stop_at(&marks, &mark);
            return None;
        }
        _ => return None,
    };
    event.prevent_default();
    let to = to.unwrap_or(&mark);
    stop_at(&marks, to);
    // Not every mark is an HTML element, but every one can have the focus.
    let _ = to.unchecked_ref::<HtmlElement>().focus();
    None
}

/// The Tab key stops at this one.
fn stop_at(marks: &[Element], stop: &Element) {
    for mark in marks {
        let _ = mark.set_attribute("tabindex", if mark.is_same_node(Some(stop)) { "0" } else { "-1" });
    }
}
