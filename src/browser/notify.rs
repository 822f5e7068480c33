//! Notifications: asked for by a press alone, and shown only while nobody looks at the page.
//!
//! The title and the text are ours; what they tell is a server's name and how its restore stands.

use super::js::{document, get, window};
use super::listen::Listener;
use crate::app::Notices;
use crate::flow::standing::News;
use crate::link::World;
use crate::screen::notice;
use std::cell::RefCell;
use wasm_bindgen::JsValue;
use wasm_bindgen::closure::Closure;
use web_sys::{Notification, NotificationOptions, NotificationPermission};

thread_local! {
    /// Who listens to a click on the latest one.
    static CLICK: RefCell<Option<Listener>> = const { RefCell::new(None) };
}

/// Whether this page may show notifications. Browsers that have none, and pages that are not secure, lack the word.
pub fn notices() -> Notices {
    if get(&window(), "Notification").is_none() {
        return Notices::Absent;
    }
    match Notification::permission() {
        NotificationPermission::Granted => Notices::Allowed,
        NotificationPermission::Denied => Notices::Blocked,
        _ => Notices::Askable,
    }
}

/// Asks the person. Called from within the press: later, browsers refuse to ask.
pub fn ask(told: impl Fn(Notices) + 'static) {
    // Chrome on Android has the word, and throws when one is made. Not allowed yet, it would not be seen.
    if notices() == Notices::Askable && Notification::new("").is_err() {
        return told(Notices::Absent);
    }
    // Whatever it answers: the browser is asked what holds then.
    let answered = Closure::<dyn FnMut(JsValue)>::new(move |_| told(notices()));
    if let Ok(asked) = Notification::request_permission() {
        let _ = asked.then(&answered);
    }
    // Nobody knows when the person answers, if ever.
    answered.forget();
}

/// Shows one, if that is allowed and nobody looks at the page. A later one under the same key takes its place, also one
/// of another tab. A click on it leads to this tab.
pub fn tell(world: World, news: &News) {
    if !document().hidden() || notices() != Notices::Allowed {
        return;
    }
    let (title, text) = notice(world, news);
    let options = NotificationOptions::new();
    options.set_body(text);
    options.set_tag(&news.key);
    let Ok(notification) = Notification::new_with_options(&title, &options) else { return };
    let shown = notification.clone();
    let click = Listener::new(&notification, "click", move |_| {
        let _ = window().focus();
        shown.close();
    });
    CLICK.replace(Some(click));
}
