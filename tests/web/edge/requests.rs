use super::js;
use pgflex_restore::azure::http::{ArmUrl, Method, Request, Response, Unreachable};
use pgflex_restore::browser::fetch;
use pgflex_restore::flow::upload::Uploads;
use std::cell::Cell;
use wasm_bindgen_test::wasm_bindgen_test;

const URL: &str = "https://management.azure.com/subscriptions/1/x?api-version=2024-04-01&t=a%2Bb%3D&s=";

fn request(host: &str, url: &str, method: Method) -> Request {
    Request {
        method,
        url: ArmUrl::admit(host, url, None).expect("an address of Azure"),
        headers: vec![("x-ms-client-request-id".to_string(), "1".to_string())],
        body: (method != Method::Get).then(|| "{\"a\":1}".to_string()),
    }
}

const RESTORE: &str = "https://management.azure.com/subscriptions/1/x/restore?api-version=2024-04-01";
const CHECK: &str = "https://management.azure.com/subscriptions/1/x/validateRestore?api-version=2024-04-01";

/// Sends it from a page that streams nothing.
async fn send(arm_host: &str, token: &str, request: &Request) -> Result<Response, Unreachable> {
    fetch::send(arm_host, token, request, &Cell::new(Uploads::new(false))).await
}

/// Puts a `fetch` in place of the browser's: it notes the request, and answers with this.
fn answer(response: &str) {
    js(&format!(
        "globalThis.realFetch ??= fetch; globalThis.sent = []; globalThis.fetch = async (request) => {{
           sent.push({{ url: request.url, method: request.method, body: await request.clone().text(),
                       headers: JSON.stringify([...request.headers]), redirect: request.redirect, mode: request.mode,
                       credentials: request.credentials, referrerPolicy: request.referrerPolicy, cache: request.cache,
                       signal: request.signal.aborted }});
           {response} }}; 0"
    ));
}

fn real_fetch() -> String {
    js("globalThis.fetch = realFetch; JSON.stringify(sent)").as_string().expect("a text")
}

async fn answered(response: &str) -> (Result<Response, Unreachable>, String) {
    answer(response);
    let outcome = send("management.azure.com", "token", &request("management.azure.com", URL, Method::Post)).await;
    (outcome, real_fetch())
}

#[wasm_bindgen_test]
async fn a_request_goes_out_as_it_is_with_nothing_of_the_browsers_own() {
    let (outcome, sent) = answered(
        "return new Response('\\ufeff{\"ok\":\"ü\"}', { status: 202, headers: { 'Retry-After': '10', 'X-A': 'b' } })",
    )
    .await;
    let outcome = outcome.expect("an answer");
    assert_eq!((outcome.status, outcome.body.as_str()), (202, "{\"ok\":\"ü\"}"));
    assert_eq!((outcome.header("retry-after"), outcome.header("x-a")), (Some("10"), Some("b")));
    let expected = [
        format!("\"url\":\"{URL}\""),
        "\"method\":\"POST\"".to_string(),
        r#""body":"{\"a\":1}""#.to_string(),
        r#"[\"authorization\",\"Bearer token\"]"#.to_string(),
        r#"[\"x-ms-client-request-id\",\"1\"]"#.to_string(),
        r#""redirect":"error","mode":"cors","credentials":"omit","referrerPolicy":"no-referrer","cache":"no-store""#
            .to_string(),
    ];
    for part in expected {
        assert!(sent.contains(&part), "{part} not in {sent}");
    }
}

#[wasm_bindgen_test]
async fn no_status_is_an_error_here() {
    for status in [200, 307, 401, 404, 429, 500] {
        let (outcome, _) = answered(&format!("return new Response('x', {{ status: {status} }})")).await;
        assert_eq!(outcome.map(|response| response.status), Ok(status));
    }
    let (outcome, _) = answered("return new Response(null, { status: 204 })").await;
    assert_eq!(outcome.map(|response| (response.status, response.body)), Ok((204, String::new())));
}

#[wasm_bindgen_test]
async fn what_fails_after_it_was_sent_is_no_answer_and_is_not_tried_again() {
    let (outcome, sent) = answered("throw new TypeError('Failed to fetch')").await;
    assert_eq!(outcome, Err(Unreachable::NoAnswer));
    assert_eq!(sent.matches("\"url\"").count(), 1);
    let (outcome, _) = answered(
        "return new Response(new ReadableStream({ pull(to) { to.enqueue(new Uint8Array(9)); to.error('cut') } }))",
    )
    .await;
    assert_eq!(outcome, Err(Unreachable::NoAnswer));
}

#[wasm_bindgen_test]
async fn an_endless_answer_is_not_read_to_its_end() {
    let (outcome, _) = answered(
        "return new Response(new ReadableStream({ pull(to) { to.enqueue(new Uint8Array(1 << 20)) },
                                                  cancel() { globalThis.cancelled = true } }))",
    )
    .await;
    assert_eq!(outcome, Err(Unreachable::TooLong));
    assert!(js("cancelled").is_truthy());
}

#[wasm_bindgen_test]
async fn a_port_that_refuses_is_no_answer() {
    let request = request("localhost", "https://localhost/subscriptions/1/x", Method::Get);
    assert_eq!(send("localhost", "token", &request).await, Err(Unreachable::NoAnswer));
}

#[wasm_bindgen_test]
async fn offline_nothing_is_sent() {
    js("Object.defineProperty(navigator, 'onLine', { get: () => false, configurable: true }); 0");
    let (outcome, sent) = answered("return new Response('x')").await;
    js("delete navigator.onLine; 0");
    assert_eq!((outcome, sent.as_str()), (Err(Unreachable::Offline), "[]"));
}

#[wasm_bindgen_test]
async fn the_token_goes_to_the_configured_cloud_alone() {
    answer("return new Response('x')");
    let elsewhere = request("evil.example", "https://evil.example/subscriptions/1/x", Method::Get);
    let region = "https://EastUS2euap.management.azure.com/subscriptions/1/x";
    let below = request("management.azure.com", region, Method::Get);
    let refused = send("management.azure.com", "token", &elsewhere).await;
    let glued = request("evilmanagement.azure.com", "https://evilmanagement.azure.com/subscriptions/1/x", Method::Get);
    let also_refused = send("management.azure.com", "token", &glued).await;
    let admitted = send("management.azure.com", "token", &below).await;
    let sent = real_fetch();
    assert_eq!((refused, also_refused), (Err(Unreachable::Refused), Err(Unreachable::Refused)));
    assert!(admitted.is_ok());
    assert!(!sent.contains("evil"), "{sent}");
}

/// What went out: the request's name, and whether its body was a stream, which is to be told by nothing but the option
/// that the browser asks for.
async fn went_out(uploads: &Cell<Uploads>, url: &str, response: &str) -> (Option<u16>, String) {
    js("globalThis.RealRequest ??= Request; globalThis.streams = [];
        globalThis.Request = class extends RealRequest {
          constructor(url, init) {
            super(url, init);
            streams.push(init.body instanceof ReadableStream ? 'stream' : 'whole');
          } }; 0");
    answer(response);
    let outcome =
        fetch::send("management.azure.com", "token", &request("management.azure.com", url, Method::Post), uploads)
            .await;
    let how = js("globalThis.Request = RealRequest; streams.join()").as_string().expect("a text");
    let bodies = js("sent.every(({ body }) => body === '{\"a\":1}')");
    real_fetch();
    assert!(bodies.is_truthy(), "the body arrives as it is");
    (outcome.ok().map(|response| response.status), how)
}

const TAKEN: &str = "return new Response('', { status: 202 })";

#[wasm_bindgen_test]
async fn this_browser_can_stream_and_a_restore_does_as_its_check_did() {
    let uploads = Cell::new(fetch::uploads());
    assert_eq!(uploads.get(), Uploads::new(true));
    assert_eq!(went_out(&uploads, RESTORE, TAKEN).await, (Some(202), "whole".into()));
    assert_eq!(went_out(&uploads, CHECK, TAKEN).await, (Some(202), "stream".into()));
    assert_eq!(went_out(&uploads, RESTORE, TAKEN).await, (Some(202), "stream".into()));
}

#[wasm_bindgen_test]
async fn a_check_that_may_not_stream_is_made_whole_and_so_is_the_restore() {
    for refusal in ["throw new TypeError('Failed to fetch')", "return new Response('', { status: 411 })"] {
        let uploads = Cell::new(fetch::uploads());
        let once = format!("if (sent.length < 2) {{ {refusal} }} {TAKEN}");
        assert_eq!(went_out(&uploads, CHECK, &once).await, (Some(202), "stream,whole".into()), "{refusal}");
        assert_eq!(went_out(&uploads, RESTORE, TAKEN).await, (Some(202), "whole".into()), "{refusal}");
    }
}

#[wasm_bindgen_test]
async fn a_restore_goes_out_once_whatever_becomes_of_it() {
    for end in ["throw new TypeError('Failed to fetch')", "return new Response('', { status: 411 })"] {
        let uploads = Cell::new(fetch::uploads());
        went_out(&uploads, CHECK, TAKEN).await;
        assert_eq!(went_out(&uploads, RESTORE, end).await.1, "stream", "{end}");
    }
}

#[wasm_bindgen_test]
fn a_browser_that_makes_a_text_of_a_stream_or_reads_it_first_is_known() {
    let with = |class: &str| {
        js(&format!("globalThis.RealRequest ??= Request; globalThis.Request = {class}; 0"));
        let uploads = fetch::uploads();
        js("globalThis.Request = RealRequest; 0");
        uploads
    };
    let text =
        "class extends RealRequest { constructor(url, init) { super(url, { ...init, body: String(init.body) }) } }";
    let buffers = "class extends RealRequest { get duplex() { return undefined } }";
    let refuses = "class { constructor() { throw new TypeError('no') } }";
    for class in [text, buffers, refuses] {
        assert_eq!(with(class), Uploads::new(false), "{class}");
    }
}
