//! Where the focus goes when the page itself moves it. The one place of the view that touches the document.

use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Element, Event, HtmlDialogElement, HtmlElement, HtmlInputElement};

/// The id of the page's main part.
pub const MAIN: &str = "main";
/// The id of the page's heading.
const HEADING: &str = "page-title";
/// The id of the list of shortcuts.
pub const HELP: &str = "help";
/// The id of a form's list of errors.
pub const ERRORS: &str = "errors";

/// Moves the focus to the element of this id, if there is one.
pub fn to(id: &str) {
    let found = document().get_element_by_id(id).and_then(|e| e.dyn_into::<HtmlElement>().ok());
    // An element that cannot take the focus stays without it: nothing to tell.
    let _ = found.map(|e| e.focus());
}

/// When the changes of this moment are drawn. One closure type for all that is done then.
fn next_frame(then: Box<dyn FnOnce()>) {
    request_animation_frame(then);
}

/// The same, once the changes of this moment are drawn.
pub fn later_to(id: &'static str) {
    next_frame(Box::new(move || to(id)));
}

/// To the heading of a page that has just come up, and to its top.
pub fn to_new_page() {
    next_frame(Box::new(|| {
        to(HEADING);
        window().scroll_to_with_x_and_y(0.0, 0.0);
    }));
}

/// Opens the list of shortcuts over the page, or closes it: the browser keeps the focus in it, and gives it back.
pub fn help(open: bool) {
    next_frame(Box::new(move || {
        let found = document().get_element_by_id(HELP).and_then(|e| e.dyn_into::<HtmlDialogElement>().ok());
        let Some(dialog) = found else { return };
        if !open {
            dialog.close();
        } else if !dialog.open() {
            let _ = dialog.show_modal();
        }
    }));
}

/// Keeps the focus near when a press makes its own button go: the nearest part around it that is still there takes
/// it, or whoever has no mouse would begin again at the top. To be called before the press is told.
pub fn stay_near(pressed: &Event) {
    let mut around = pressed.target().and_then(|t| t.dyn_into::<Element>().ok());
    let mut parts: Vec<HtmlElement> = Vec::new();
    while let Some(element) = around {
        around = element.parent_element();
        if matches!(element.tag_name().as_str(), "SECTION" | "FORM" | "MAIN") {
            parts.extend(element.dyn_into::<HtmlElement>());
        }
    }
    next_frame(Box::new(move || {
        let lost = document().active_element().is_none_or(|element| element.tag_name() == "BODY");
        if let Some(part) = parts.into_iter().find(|part| lost && part.is_connected()) {
            let _ = part.set_attribute("tabindex", "-1");
            let _ = part.focus();
        }
    }));
}

/// Has the browser print the page; one that does not, or that nobody has a printer for, tells so itself.
pub fn print() {
    let _ = window().print();
}

/// What stands in the field that an event comes from; a list of choices has its value by the same name.
pub fn value(event: &Event) -> Option<String> {
    Some(event.target()?.unchecked_into::<HtmlInputElement>().value())
}

/// Whether the switch that an event comes from is on.
pub fn is_on(event: &Event) -> bool {
    event.target().is_some_and(|target| target.unchecked_into::<HtmlInputElement>().checked())
}

/// The radio button that was chosen. Other fields within what is listened to change as well, and choose nothing.
pub fn chosen(event: &Event) -> Option<String> {
    let input = event.target()?.dyn_into::<HtmlInputElement>().ok()?;
    (input.type_() == "radio").then(|| input.value())
}

/// A click anywhere in a row of a table chooses its radio button.
pub fn choose_in_row(event: &Event) {
    let Some(target) = event.target().and_then(|t| t.dyn_into::<Element>().ok()) else { return };
    // The label and the button themselves are the browser's business.
    if matches!(target.closest("label"), Ok(None))
        && let Ok(Some(row)) = target.closest("tr")
        && let Ok(Some(input)) = row.query_selector("input")
        && let Ok(input) = input.dyn_into::<HtmlElement>()
    {
        input.click();
    }
}
