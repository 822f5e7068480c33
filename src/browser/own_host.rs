//! Asks the page's own host what it sends along with the files of the program. Goes nowhere else, and takes nothing along.

use super::fetch::hear;
use super::js::{document, online};
use crate::azure::http::{Response, Unreachable};
use crate::flow::host::File;
use wasm_bindgen::JsValue;
use web_sys::{
    AbortSignal, ReferrerPolicy, Request, RequestCache, RequestCredentials, RequestInit, RequestMode, RequestRedirect,
};

/// How long an answer may take, in milliseconds.
const PATIENCE: u32 = 30_000;

/// Asks about a file: for what comes before its body.
pub async fn ask(file: File) -> Result<Response, Unreachable> {
    if !online() {
        return Err(Unreachable::Offline);
    }
    hear(build(file).map_err(|_| Unreachable::Refused)?).await
}

fn build(file: File) -> Result<Request, JsValue> {
    let name = match file {
        File::Page => "./".to_string(),
        File::Config => "config.json".to_string(),
        File::Program => program().ok_or(JsValue::NULL)?,
        File::Absent => "no-such-file.js".to_string(),
    };
    let init = RequestInit::new();
    init.set_method("HEAD");
    // The browser itself refuses any other origin, whatever the address has come to.
    init.set_mode(RequestMode::SameOrigin);
    init.set_redirect(RequestRedirect::Error);
    init.set_credentials(RequestCredentials::Omit);
    init.set_referrer_policy(ReferrerPolicy::NoReferrer);
    // What the host says now, not what it said when the page was loaded.
    init.set_cache(RequestCache::NoStore);
    init.set_signal(Some(&AbortSignal::timeout_with_u32(PATIENCE)));
    Request::new_with_str_and_init(&name, &init)
}

/// The name of the program's file, as the page has it.
fn program() -> Option<String> {
    let files = document().query_selector("meta[name=pgflex-files]").ok()??;
    files.get_attribute("data-wasm")
}
