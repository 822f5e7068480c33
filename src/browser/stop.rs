//! The last page: what is shown when the program itself has failed.
//!
//! Runs while the program is broken, so it touches nothing of it: it empties the page, writes a few lines as text and
//! offers the same address again. Afterwards nothing is dispatched and nothing is sent.

use super::js::{document, window};
use js_sys::{Function, Reflect};
use std::cell::Cell;
use std::panic;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::Element;

const TITLE: &str = "This page has stopped";
const WHAT: &str = "The program ran into a fault of its own. Nothing is sent twice: what Azure has accepted goes on \
                    there, and a restore that was started is found again at the same address.";
const AGAIN: &str = "Load the page again";

thread_local! {
    static STOPPED: Cell<bool> = const { Cell::new(false) };
}

/// From now on a panic ends in a page that says so.
pub fn on_panic() {
    panic::set_hook(Box::new(|panic| {
        let line = without_queries(&panic.to_string());
        web_sys::console::error_1(&line.as_str().into());
        // A second panic is only the first one's echo in a program that goes on being called.
        if !STOPPED.replace(true) {
            let _ = show(&line);
        }
    }));
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

fn show(line: &str) -> Result<(), JsValue> {
    empty_body();
    let document = document();
    let element = |name: &str, class: &str, text: &str| -> Result<Element, JsValue> {
        let element = document.create_element(name)?;
        element.set_class_name(class);
        element.set_text_content(Some(text));
        Ok(element)
    };
    let page = element("main", "page", "")?;
    page.set_id("main");
    page.append_child(&element("h1", "", TITLE)?.into())?;
    let note = element("div", "note note--bad", "")?;
    note.set_attribute("role", "alert")?;
    note.append_child(&element("b", "", "!")?.into())?;
    let words = element("div", "", "")?;
    words.append_child(&element("p", "", WHAT)?.into())?;
    words.append_child(&element("p", "small quiet", line)?.into())?;
    let again = element("button", "button", AGAIN)?;
    again.set_attribute("type", "button")?;
    again.add_event_listener_with_callback("click", &reload()?)?;
    words.append_child(&element("p", "", "")?.into())?.append_child(&again)?;
    note.append_child(&words)?;
    page.append_child(&note)?;
    if let Some(body) = document.body() {
        body.append_child(&page)?;
    }
    Ok(())
}

/// The browser's own `location.reload`: a function of this program's would be called into the ruins.
fn reload() -> Result<Function, JsValue> {
    let location = window().location();
    let reload: Function = Reflect::get(&location, &"reload".into())?.dyn_into()?;
    Ok(reload.bind0(&location))
}
