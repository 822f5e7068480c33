//! The address: the fragment after `#`. Reads it, changes it, and tells when the person has changed it.
//!
//! What the program itself sets is not told back to it: `pushState` and `replaceState` raise no event, and an event
//! that brings the fragment already known says nothing new. (Browsers raise both `popstate` and `hashchange` for one
//! step through the history.)

use super::js::window;
use super::listen::Listener;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::JsValue;

/// The address as it is known, and who is told when it changes.
pub struct Address {
    known: Rc<RefCell<String>>,
    _listeners: [Listener; 2],
}

impl Address {
    /// Listens from now on. `changed` is told the fragment, `#` included.
    pub fn new(changed: impl Fn(String) + 'static) -> Self {
        let known = Rc::new(RefCell::new(read()));
        let changed = Rc::new(changed);
        let listener = |name| {
            let (known, changed) = (known.clone(), changed.clone());
            Listener::new(&window(), name, move |_| {
                let now = read();
                mark();
                if known.replace(now.clone()) != now {
                    changed(now);
                }
            })
        };
        let listeners = [listener("popstate"), listener("hashchange")];
        Address { known, _listeners: listeners }
    }

    /// Goes there, as a new entry of the history.
    pub fn go(&self, fragment: &str) {
        self.know(fragment);
        let pushed = history().and_then(|history| history.push_state_with_url(&JsValue::TRUE, "", Some(fragment)));
        // Safari allows a hundred of these in half a minute, then throws; this way is not counted.
        if pushed.is_err() {
            let _ = window().location().set_hash(fragment);
        }
        self.know(&read());
    }

    /// Puts it in place of the current one.
    pub fn replace(&self, fragment: &str) {
        replace(fragment);
        mark();
        self.know(&read());
    }

    /// Whether the address was opened just now: neither loaded again nor come back to. Told once.
    pub fn opened(&self) -> bool {
        let opened = history().and_then(|history| history.state()).is_ok_and(|state| state.is_null());
        mark();
        opened
    }

    /// Looks again, after somebody else (the sign-in) has changed the address; returns it.
    pub fn look(&self) -> String {
        self.know(&read());
        self.known.borrow().clone()
    }

    fn know(&self, fragment: &str) {
        self.known.replace(fragment.to_string());
    }
}

/// What the address says now: the fragment, `#` included; empty where there is none.
pub fn read() -> String {
    window().location().hash().unwrap_or_default()
}

/// Puts a fragment in place of the current one, without telling anybody.
pub fn replace(fragment: &str) {
    // An empty URL would mean "as it is": without a fragment the path stands in.
    let path = window().location().pathname().unwrap_or_default();
    let url = if fragment.is_empty() { path.as_str() } else { fragment };
    let _ = history().and_then(|history| history.replace_state_with_url(&JsValue::NULL, "", Some(url)));
}

/// Marks the entry of the history as one on which the program was: the browser keeps that over a reload.
fn mark() {
    let _ = history().and_then(|history| history.replace_state_with_url(&JsValue::TRUE, "", None));
}

fn history() -> Result<web_sys::History, JsValue> {
    window().history()
}
