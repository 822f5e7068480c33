//! Sharing by way of the system.

use super::{Running, js, pause};
use pgflex_restore::app::{Event, Sharing};
use pgflex_restore::flow::Command;
use wasm_bindgen_test::wasm_bindgen_test;

/// A system that notes what it is given, and answers with what this expression comes to.
fn system(answer: &str) {
    js(&format!(
        "globalThis.shared = [];
        Object.defineProperty(navigator, 'share', {{ configurable: true, value(data) {{
            shared.push([this === navigator, Object.keys(data).sort().join(), data.title, data.text, data.url].join('|'));
            return {answer};
        }} }}); 0"
    ));
}

fn shared() -> String {
    js("shared.join('\\n')").as_string().expect("a text")
}

fn command() -> Command {
    Command::Share(Sharing {
        title: "psql-orders-prod".to_string(),
        text: "psql-orders-prod, vault bvault-prod-weu".to_string(),
        url: "https://restore.contoso.com/#/points".to_string(),
    })
}

#[wasm_bindgen_test]
async fn the_system_is_given_title_text_and_address_within_the_press() {
    system("Promise.resolve()");
    let running = Running::at("#/demo");
    assert!(running.started().shares);
    running.ask(vec![command()]);
    // Nothing was waited for: the press is still going on.
    assert_eq!(
        shared(),
        "true|text,title,url|psql-orders-prod|psql-orders-prod, vault bvault-prod-weu|https://restore.contoso.com/#/points"
    );
    pause(20).await;
    assert_eq!(running.told(), []);
    js("delete navigator.share; 0");
}

#[wasm_bindgen_test]
async fn a_sheet_that_is_dismissed_is_nothing_to_be_told() {
    system("Promise.reject(new DOMException('Share canceled', 'AbortError'))");
    let running = Running::at("#/demo");
    running.started();
    running.ask(vec![command()]);
    pause(20).await;
    assert_eq!(running.told(), []);
    js("delete navigator.share; 0");
}

#[wasm_bindgen_test]
async fn whatever_else_keeps_it_from_being_shared_is_told() {
    for answer in [
        "Promise.reject(new DOMException('Permission denied', 'NotAllowedError'))",
        "Promise.reject()",
        "(() => { throw new TypeError('Invalid URL') })()",
    ] {
        system(answer);
        let running = Running::at("#/demo");
        running.started();
        running.ask(vec![command()]);
        pause(20).await;
        assert_eq!(running.told(), [Event::NotShared], "{answer}");
        js("delete navigator.share; 0");
    }
}

#[wasm_bindgen_test]
async fn a_browser_that_cannot_share_says_so() {
    js("Object.defineProperty(navigator, 'share', { configurable: true, value: undefined }); 0");
    let running = Running::at("#/demo");
    assert!(!running.started().shares);
    running.ask(vec![command()]);
    pause(20).await;
    assert_eq!(running.told(), [Event::NotShared]);
    js("delete navigator.share; 0");
}
