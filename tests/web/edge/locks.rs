use super::{Running, js, pause};
use pgflex_restore::app::Event;
use pgflex_restore::flow::{Command, Ticket};
use wasm_bindgen_test::wasm_bindgen_test;

fn claim(ticket: u64) -> Command {
    Command::Claim(Ticket(ticket), "instance/point".to_string())
}

async fn asked(running: &Running, commands: Vec<Command>) -> Vec<Event> {
    running.ask(commands);
    pause(100).await;
    running.told()
}

fn said(ticket: u64, granted: bool) -> Vec<Event> {
    vec![Event::Claimed(Ticket(ticket), granted)]
}

/// A page that has begun.
async fn page(address: &str) -> Running {
    let running = Running::at(address);
    pause(300).await;
    running.told();
    running
}

#[wasm_bindgen_test]
async fn what_one_page_holds_another_one_cannot_have_before_it_is_given_up() {
    let (one, other) = (page("#/demo").await, page("#/demo").await);
    assert_eq!(asked(&one, vec![claim(1)]).await, said(1, true));
    assert_eq!(asked(&other, vec![claim(2)]).await, said(2, false));
    assert_eq!(asked(&one, vec![claim(3)]).await, said(3, false), "not even the one that holds it");
    one.ask(vec![Command::Release("another name".to_string())]);
    assert_eq!(asked(&other, vec![claim(4)]).await, said(4, false));
    one.ask(vec![Command::Release("instance/point".to_string())]);
    pause(100).await;
    assert_eq!(asked(&other, vec![claim(5)]).await, said(5, true));
    asked(&other, vec![Command::Release("instance/point".to_string())]).await;
}

#[wasm_bindgen_test]
async fn a_claim_given_up_before_it_was_granted_holds_nothing() {
    let (one, other) = (page("#/demo").await, page("#/demo").await);
    asked(&one, vec![claim(1), Command::Release("instance/point".to_string())]).await;
    assert_eq!(asked(&other, vec![claim(2)]).await, said(2, true));
    asked(&other, vec![Command::Release("instance/point".to_string())]).await;
}

#[wasm_bindgen_test]
async fn the_demo_claims_nothing_of_the_real_world_and_keeps_nothing_when_it_is_left() {
    let demo = page("#/demo").await;
    assert_eq!(asked(&demo, vec![claim(1)]).await, said(1, true));
    let names =
        "navigator.locks.query().then(({ held }) => globalThis.heldNames = held.map(({ name }) => name).join())";
    js(names);
    pause(100).await;
    assert_eq!(js("heldNames").as_string().as_deref(), Some("pgflex.demo.instance/point"));
    demo.ask(vec![Command::Go("#/find".to_string())]);
    pause(300).await;
    js(names);
    pause(100).await;
    assert_eq!(js("heldNames").as_string().as_deref(), Some(""));
}

#[wasm_bindgen_test]
async fn without_locks_every_claim_is_granted() {
    let one = page("#/demo").await;
    js("Object.defineProperty(navigator, 'locks', { value: undefined, configurable: true }); 0");
    let without = asked(&one, vec![claim(1), claim(2)]).await;
    js("Object.defineProperty(navigator, 'locks', {
          value: { request: () => Promise.reject(new DOMException('no', 'SecurityError')) }, configurable: true }); 0");
    let refused = asked(&one, vec![claim(3)]).await;
    js("Object.defineProperty(navigator, 'locks', {
          value: { request: () => { throw new Error('no') } }, configurable: true }); 0");
    let thrown = asked(&one, vec![claim(4)]).await;
    js("delete navigator.locks; 0");
    assert_eq!(without, [said(1, true), said(2, true)].concat());
    assert_eq!((refused, thrown), (said(3, true), said(4, true)));
}
