//! Notices when an element comes on screen.

use leptos::tachys::renderer::types;
use leptos::wasm_bindgen::JsCast;
use leptos::wasm_bindgen::closure::Closure;
use leptos::web_sys::js_sys::Array;
use leptos::web_sys::{IntersectionObserver, IntersectionObserverEntry};

/// Watches an element until it has come on screen, or until this is dropped.
pub struct Sight {
    observer: IntersectionObserver,
    _notice: Closure<dyn FnMut(Array, IntersectionObserver)>,
}

impl Sight {
    /// Begins to watch. Nothing where the browser cannot: then nobody is told.
    pub fn watch(element: &types::Element, mut seen: Box<dyn FnMut()>) -> Option<Sight> {
        let notice = Closure::new(move |entries: Array, observer: IntersectionObserver| {
            let on_screen = |entry| JsCast::unchecked_into::<IntersectionObserverEntry>(entry).is_intersecting();
            if entries.iter().any(on_screen) {
                observer.disconnect();
                seen();
            }
        });
        let observer = IntersectionObserver::new(notice.as_ref().unchecked_ref()).ok()?;
        observer.observe(element);
        Some(Sight { observer, _notice: notice })
    }
}

impl Drop for Sight {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}
