//! What the browser tells by itself: the page is seen again or brought back, the network came or went, another tab
//! has changed what is kept.

use super::Edge;
use crate::app::{Event, Session};
use crate::browser::js::{document, online, window};
use crate::browser::keys;
use crate::browser::listen::Listener;
use crate::browser::runtime::Program;
use wasm_bindgen::JsCast;
use web_sys::{PageTransitionEvent, StorageEvent};

impl<P: Program + 'static> Edge<P> {
    /// Listens to all that the browser tells by itself.
    pub(super) fn listen(&self) {
        let window = window();
        let on = |target: &web_sys::EventTarget, name, heard: fn(&Edge<P>, web_sys::Event)| {
            let me = self.me.clone();
            Listener::new(target, name, move |event| {
                if let Some(edge) = me.upgrade() {
                    heard(&edge, event);
                }
            })
        };
        let listeners = vec![
            on(&document(), "visibilitychange", |edge, _| {
                if !document().hidden() {
                    edge.resume();
                }
            }),
            on(&document(), "keydown", |edge, event| {
                if let Some(key) = keys::key(&event) {
                    edge.tell(Event::KeyPressed(key));
                }
            }),
            on(&window, "pageshow", |edge, event| edge.shown_again(event)),
            on(&window, "online", |edge, _| edge.resume()),
            on(&window, "offline", |edge, _| edge.tell(Event::OnlineChanged(false))),
            on(&window, "storage", |edge, event| {
                let changed = event.dyn_ref::<StorageEvent>().and_then(|event| edge.store().entry_changed(event));
                if let Some((prefix, row)) = changed {
                    edge.tell(Event::EntryChanged(prefix, row));
                }
            }),
        ];
        self.listeners.replace(listeners);
    }

    /// The page is looked at again, or the network is back: what should have rung, rings. A page that was frozen has
    /// not heard whether the network came or went.
    fn resume(&self) {
        self.tell(Event::OnlineChanged(online()));
        self.timers.ring();
        self.tell(Event::Resumed);
    }

    /// The page was brought back as it was left: after a Back from the sign-in page nobody is leaving any more.
    fn shown_again(&self, event: web_sys::Event) {
        let as_it_was = event.dyn_ref::<PageTransitionEvent>().is_some_and(PageTransitionEvent::persisted);
        if !as_it_was {
            return;
        }
        if self.leaving.replace(false) {
            let session = self.signing_in().map_or(Session::SignedOut, |sign_in| sign_in.session());
            self.session_changed(session);
        }
        self.resume();
    }
}
