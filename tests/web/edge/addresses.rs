use super::{Running, js, pause, replace};
use pgflex_restore::app::Event;
use pgflex_restore::browser::{address, js as page};
use pgflex_restore::flow::Command;
use wasm_bindgen_test::wasm_bindgen_test;

fn changed(address: &str) -> Vec<Event> {
    vec![Event::AddressChanged(address.to_string())]
}

#[wasm_bindgen_test]
async fn addresses_that_the_program_sets_are_not_told_back_and_those_of_the_person_are_told_once() {
    let running = Running::at("#/demo");
    running.started();

    running.ask(vec![Command::Go("#/demo/find".to_string())]);
    pause(50).await;
    assert_eq!(address::read(), "#/demo/find");
    assert_eq!(running.told(), []);

    running.ask(vec![Command::Replace("#/demo/about".to_string())]);
    pause(50).await;
    assert_eq!(address::read(), "#/demo/about");
    assert_eq!(running.told(), []);

    // A link.
    js("location.hash = '#/demo/activity'; 0");
    pause(50).await;
    assert_eq!(running.told(), changed("#/demo/activity"));

    // Back and Forward: `find` was replaced, so it is not among them.
    js("history.back(); 0");
    pause(100).await;
    assert_eq!(running.told(), changed("#/demo/about"));
    js("history.back(); 0");
    pause(100).await;
    assert_eq!(running.told(), changed("#/demo"));
    js("history.forward(); 0");
    pause(100).await;
    assert_eq!(running.told(), changed("#/demo/about"));
}

#[wasm_bindgen_test]
async fn commands_meant_for_one_world_are_not_performed_in_the_other() {
    let running = Running::at("#/demo");
    assert_eq!(running.started().address, "#/demo");
    // Out of the demo there is no host to ask, in this test: it begins anew all the same.
    running.ask(vec![Command::Go("#/find".to_string()), Command::Replace("#/about".to_string())]);
    running.runtime.dispatch(Event::Resumed);
    pause(50).await;
    assert_eq!(running.started().address, "#/find");
    // And back, by a link.
    js("location.hash = '#/demo/about'; 0");
    pause(50).await;
    assert_eq!(running.started().address, "#/demo/about");
    replace("#/demo");
}

#[wasm_bindgen_test]
fn a_page_knows_where_it_stands() {
    assert!(page::folder().starts_with("http://127.0.0.1:") && page::folder().ends_with('/'));
    assert!(!page::insecure());
    assert!(!page::framed());
}
