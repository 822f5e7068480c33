//! Names that one page at a time may claim, among all pages of this program that the browser has open: Web Locks.
//!
//! A courtesy between tabs. Where the browser has no such locks, or does not let this page have them, every claim is
//! granted: what keeps a restore from being made twice is Azure's own refusal to write over files.

use super::js::{get, object, window};
use js_sys::{Function, Object, Promise};
use std::cell::RefCell;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};

#[wasm_bindgen]
extern "C" {
    type LockManager;
    type Asked;

    /// Calls `heard` with a lock, or with null if somebody holds it. It is held until the promise that `heard` gives
    /// back is kept.
    #[wasm_bindgen(method, catch)]
    fn request(this: &LockManager, name: &str, options: &Object, heard: &Function) -> Result<Asked, JsValue>;

    #[wasm_bindgen(method)]
    fn catch(this: &Asked, heard: &Function);
}

/// The names that this page claims, each with what gives it up.
#[derive(Default)]
pub struct Locks(RefCell<Vec<(String, Function)>>);

impl Locks {
    /// Claims a name, and says later whether it was to be had.
    pub fn claim(&self, name: String, answer: impl Fn(bool) + 'static) {
        // One given up before the browser has answered is over by then: no lock is held for any time.
        let over = Promise::new(&mut |release, _| self.0.borrow_mut().push((name.clone(), release)));
        // Null is a no. A lock is a yes, and so is the error of a browser that gives out none.
        let heard = Closure::<dyn Fn(JsValue) -> JsValue>::new(move |lock: JsValue| {
            answer(!lock.is_null());
            over.clone().into()
        });
        let heard: Function = heard.into_js_value().unchecked_into();
        let options = object([("ifAvailable", JsValue::TRUE)]);
        let locks = get(&window().navigator(), "locks").map(JsCast::unchecked_into::<LockManager>);
        match locks.map(|locks| locks.request(&name, &options, &heard)) {
            Some(Ok(asked)) => asked.catch(&heard),
            // It only tells, which cannot fail.
            _ => drop(heard.call1(&JsValue::NULL, &JsValue::UNDEFINED)),
        }
    }

    /// Gives a name up, or stops claiming it.
    pub fn release(&self, name: &str) {
        self.end(|claimed| claimed == name);
    }

    /// Gives up everything.
    pub fn clear(&self) {
        self.end(|_| true);
    }

    fn end(&self, which: impl Fn(&str) -> bool) {
        self.0.borrow_mut().retain(|(name, release)| {
            let over = which(name);
            if over {
                // It only keeps a promise, which cannot fail.
                let _ = release.call0(&JsValue::NULL);
            }
            !over
        });
    }
}
