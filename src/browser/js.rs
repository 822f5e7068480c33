//! A few words of JavaScript: the window, reading a property, making a plain object.

use js_sys::{Object, Promise, Reflect};
use std::pin::Pin;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Document, Window};

/// The window. A page has one; this program runs nowhere else.
pub fn window() -> Window {
    web_sys::window().unwrap_or_else(|| unreachable!("a page has a window"))
}

/// The document.
pub fn document() -> Document {
    window().document().unwrap_or_else(|| unreachable!("a window has a document"))
}

/// A property of an object; nothing where there is no such property, or no object.
pub fn get(of: &JsValue, name: &str) -> Option<JsValue> {
    Reflect::get(of, &name.into()).ok().filter(|value| !value.is_undefined() && !value.is_null())
}

/// A property that is a text.
pub fn text(of: &JsValue, name: &str) -> Option<String> {
    get(of, name)?.as_string()
}

/// A plain object with these properties.
pub fn object<const N: usize>(properties: [(&str, JsValue); N]) -> Object {
    let object = Object::new();
    for (name, value) in properties {
        // A new plain object takes any property.
        let _ = set(&object, name, &value);
    }
    object
}

/// Puts a property into an object.
#[inline(never)]
pub fn set(object: &Object, name: &str, value: &JsValue) -> Result<bool, JsValue> {
    Reflect::set(object, &name.into(), value)
}

/// What a promise comes to. Boxed, so that the code which waits for one is compiled once, not for each.
#[inline(never)]
pub fn outcome(promise: Result<Promise, JsValue>) -> Pin<Box<dyn Future<Output = Result<JsValue, JsValue>>>> {
    Box::pin(async move { JsFuture::from(promise?).await })
}

/// Whether the browser says it is online. `true` means little; `false` can be believed.
pub fn online() -> bool {
    window().navigator().on_line()
}

/// The page's own folder: its address up to the last slash, without query and fragment.
pub fn folder() -> String {
    let location = window().location();
    let (origin, path) = (location.origin().unwrap_or_default(), location.pathname().unwrap_or_default());
    let end = path.rfind('/').map_or(0, |slash| slash + 1);
    format!("{origin}{}", path.get(..end).unwrap_or("/"))
}

/// Whether another page shows this one in a frame.
pub fn framed() -> bool {
    let window = window();
    // A page that may not even be asked who its top is, is framed.
    window.top().ok().flatten().is_none_or(|top| !Object::is(&top, &window))
}

/// Whether the page stands outside what browsers call a secure context (https, or this computer).
pub fn insecure() -> bool {
    !window().is_secure_context()
}
