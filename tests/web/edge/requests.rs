use super::js;
use pgflex_restore::azure::http::{ArmUrl, Method, Request, Response, Unreachable};
use pgflex_restore::browser::fetch::send;
use pgflex_restore::browser::stop::without_queries;
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

#[wasm_bindgen_test]
fn a_log_line_has_no_queries() {
    let line = "at https://h/p?t=secret#f: \"https://h/q?s=1\" failed";
    assert_eq!(without_queries(line), "at https://h/p \"https://h/q\" failed");
    assert_eq!(without_queries("nothing?"), "nothing?");
}
