//! Sends one request to Azure Resource Manager and reads its answer whole. Looks at no status; sends twice what
//! [`Uploads`] says, and nothing else.

use super::js::{get, online, outcome, set, text, window};
use crate::azure::http::{ArmUrl, Method, Request, Response, Unreachable};
use crate::flow::upload::Uploads;
use js_sys::Uint8Array;
use std::cell::Cell;
use std::pin::Pin;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    AbortSignal, Headers, ReadableStream, ReadableStreamDefaultReader, ReferrerPolicy, RequestCache,
    RequestCredentials, RequestInit, RequestMode, RequestRedirect, Url,
};

/// The longest answer that is read: a page of a thousand recovery points is a tenth of it.
const LONGEST: usize = 24 * 1024 * 1024;

/// How long an answer may take, in milliseconds. Azure accepts some writes only after a minute.
const fn patience(method: Method) -> u32 {
    match method {
        Method::Get => 60_000,
        Method::Post | Method::Put => 120_000,
    }
}

/// What has to be true before a token is asked for.
pub fn check(arm_host: &str, url: &ArmUrl) -> Result<(), Unreachable> {
    if !online() {
        return Err(Unreachable::Offline);
    }
    // `ArmUrl` has admitted it. This asks the browser's own parser as well, since that one decides where it goes.
    let read = Url::new(url.as_str()).map_err(|_| Unreachable::Refused)?;
    let host = read.host();
    let ours = host == arm_host || host.strip_suffix(arm_host).is_some_and(|left| left.ends_with('.'));
    let same = host == url.host().to_ascii_lowercase();
    let plain = read.protocol() == "https:" && read.username().is_empty() && read.password().is_empty();
    if ours && same && plain { Ok(()) } else { Err(Unreachable::Refused) }
}

/// What is known of streams before anything was sent.
pub fn uploads() -> Uploads {
    Uploads::new(can_stream().unwrap_or(false))
}

/// Whether this browser can send a stream. One that takes it for an object like any other makes a text of it, and says
/// so in a header; one that reads it whole first knows of no `duplex`.
fn can_stream() -> Result<bool, JsValue> {
    let init = RequestInit::new();
    init.set_method("POST");
    stream(&init, "")?;
    let request = web_sys::Request::new_with_str_and_init("", &init)?;
    Ok(text(&request, "duplex").is_some() && !request.headers().has("Content-Type")?)
}

/// Sends a request with a token, and waits for the answer.
pub async fn send(
    arm_host: &str,
    token: &str,
    request: &Request,
    uploads: &Cell<Uploads>,
) -> Result<Response, Unreachable> {
    let mut streamed = uploads.get().streams(request);
    loop {
        let outcome = send_once(arm_host, token, request, streamed).await;
        if streamed {
            let (known, again) = uploads.get().heard(request, &outcome);
            uploads.set(known);
            if again {
                streamed = false;
                continue;
            }
        }
        return outcome;
    }
}

async fn send_once(arm_host: &str, token: &str, request: &Request, streamed: bool) -> Result<Response, Unreachable> {
    check(arm_host, &request.url)?;
    let raw = build(token, request, streamed).map_err(|_| Unreachable::Refused)?;
    hear(raw).await
}

/// Sends it, and reads the answer whole. Boxed, so that the code for it is there once.
pub(super) fn hear(raw: web_sys::Request) -> Pin<Box<dyn Future<Output = Result<Response, Unreachable>>>> {
    Box::pin(async move {
        // From here on it may have arrived, whatever is said about it.
        let answer = outcome(Ok(window().fetch_with_request(&raw))).await.map_err(|_| Unreachable::NoAnswer)?;
        let answer =
            gloo_net::http::Response::from(answer.dyn_into::<web_sys::Response>().map_err(|_| Unreachable::NoAnswer)?);
        let headers = answer.headers().entries().collect();
        let body = match answer.body() {
            Some(stream) => read(stream).await?,
            None => String::new(),
        };
        Ok(Response { status: answer.status(), headers, body })
    })
}

/// Made here and not by gloo's builder, which takes an address apart and puts an `&` behind its query: the addresses
/// of operations are signed, and go out as they came.
fn build(token: &str, request: &Request, streamed: bool) -> Result<web_sys::Request, JsValue> {
    let headers = Headers::new()?;
    for (name, value) in &request.headers {
        headers.set(name, value)?;
    }
    headers.set("Authorization", &format!("Bearer {token}"))?;
    let init = RequestInit::new();
    init.set_method(request.method.as_str());
    init.set_headers_headers(&headers);
    match &request.body {
        Some(body) if streamed => stream(&init, body)?,
        body => init.set_body_opt_str(body.as_deref()),
    }
    init.set_mode(RequestMode::Cors);
    // Azure's redirects would carry the token to a place that nobody has checked.
    init.set_redirect(RequestRedirect::Error);
    init.set_credentials(RequestCredentials::Omit);
    init.set_referrer_policy(ReferrerPolicy::NoReferrer);
    init.set_cache(RequestCache::NoStore);
    init.set_signal(Some(&AbortSignal::timeout_with_u32(patience(request.method))));
    web_sys::Request::new_with_str_and_init(request.url.as_str(), &init)
}

/// Has this text go out as a stream.
fn stream(init: &RequestInit, text: &str) -> Result<(), JsValue> {
    init.set_body(&web_sys::Response::new_with_opt_str(Some(text))?.body().into());
    set(init, "duplex", &"half".into()).map(|_| ())
}

async fn read(stream: ReadableStream) -> Result<String, Unreachable> {
    let reader: ReadableStreamDefaultReader = stream.get_reader().unchecked_into();
    let mut bytes = Vec::new();
    loop {
        let step = outcome(Ok(reader.read())).await.map_err(|_| Unreachable::NoAnswer)?;
        let Some(chunk) = get(&step, "value") else { break };
        let chunk: Uint8Array = chunk.dyn_into().map_err(|_| Unreachable::NoAnswer)?;
        if bytes.len() + chunk.length() as usize > LONGEST {
            // Nobody waits for the end of what is not wanted; if it cannot be stopped it is not read either.
            let _ = reader.cancel();
            return Err(Unreachable::TooLong);
        }
        bytes.extend(chunk.to_vec());
    }
    let text = String::from_utf8_lossy(&bytes);
    Ok(text.strip_prefix('\u{feff}').unwrap_or(&text).to_string())
}
