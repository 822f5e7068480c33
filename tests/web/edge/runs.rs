use super::{Notes, Running, js, pause, replace};
use js_sys::Reflect;
use pgflex_restore::app::{Event, Session};
use pgflex_restore::azure::http::{ArmUrl, Method, Request};
use pgflex_restore::browser::clock::real;
use pgflex_restore::browser::runtime::Runtime;
use pgflex_restore::flow::{Command, Ticket};
use pgflex_restore::moment::Moment;
use pgflex_restore::sim::Azure;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::closure::Closure;
use wasm_bindgen_test::wasm_bindgen_test;

fn subscriptions() -> Command {
    let url = "https://management.azure.com/subscriptions?api-version=2022-12-01";
    let url = ArmUrl::admit("management.azure.com", url, None).expect("an address of Azure");
    Command::Send(Ticket(1), Request { method: Method::Get, url, headers: Vec::new(), body: None })
}

#[wasm_bindgen_test]
fn events_are_taken_one_at_a_time_and_each_is_shown_before_its_commands_are_performed() {
    let log: Rc<RefCell<Vec<String>>> = Rc::default();
    let notes = Notes::default();
    let commands = notes.commands.clone();
    let runtime: Rc<RefCell<Option<Runtime<Notes>>>> = Rc::default();
    let on_screen = {
        let (log, runtime) = (log.clone(), runtime.clone());
        move |_, screen: usize| {
            log.borrow_mut().push(format!("screen {screen}"));
            // A handler of the new screen dispatches at once.
            if let (2, Some(runtime)) = (screen, &*runtime.borrow()) {
                runtime.dispatch(Event::Resumed);
            }
        }
    };
    let running = Runtime::new(notes, real, Box::new(on_screen));
    running.performed_by({
        let (log, running) = (log.clone(), running.clone());
        move |command| {
            log.borrow_mut().push(format!("{command:?}"));
            running.dispatch(Event::Copied(true));
            log.borrow_mut().push("queued".to_string());
        }
    });
    runtime.replace(Some(running.clone()));
    running.dispatch(Event::Resumed);
    assert!(log.borrow().is_empty(), "nothing happens before it begins");
    running.begin(Event::Resumed);
    commands.replace(vec![Command::SignOut]);
    running.dispatch(Event::AskPressed);
    assert_eq!(*log.borrow(), ["screen 1", "screen 2", "SignOut", "queued", "screen 3", "screen 4"]);
}

/// Puts a simulated Azure in the page, as `boot.js` and its WebAssembly do.
fn simulated_azure() {
    let azure: Rc<RefCell<Azure>> = Rc::default();
    let on_page = js("globalThis.pgflexLoadSimulatedAzure = async () => {}; globalThis.pgflexSimulatedAzure = {}");
    let (begun, asked) = (azure.clone(), azure.clone());
    let begin = Closure::<dyn Fn(_)>::new(move |ledger: Option<String>| {
        begun.replace(Azure::new(ledger.as_deref()));
    });
    let answer = Closure::<dyn Fn(_, _) -> _>::new(move |now: f64, request: String| {
        asked.borrow_mut().answer_message(Moment::from_millis(now as i64), &request)
    });
    let ledger = Closure::<dyn Fn() -> _>::new(move || azure.borrow().ledger());
    for (name, function) in
        [("begin", begin.into_js_value()), ("answer", answer.into_js_value()), ("ledger", ledger.into_js_value())]
    {
        Reflect::set(&on_page, &name.into(), &function).expect("set");
    }
}

#[wasm_bindgen_test]
async fn the_demo_answers_without_a_network_and_remembers_across_a_reload() {
    js("sessionStorage.clear(); 0");
    simulated_azure();
    let running = Running::at("#/demo");
    assert!(matches!(running.started().session, Session::SignedIn(_)));
    running.ask(vec![subscriptions()]);
    let mut told = Vec::new();
    for _ in 0..40 {
        pause(50).await;
        told.extend(running.told());
    }
    assert!(
        matches!(told.as_slice(), [Event::Answered(Ticket(1), Ok(response))] if response.status == 200),
        "{told:?}"
    );
    assert!(js("sessionStorage.getItem('pgflex.demo.azure')").is_string());
    assert!(js("sessionStorage.getItem('pgflex.demo.began')").is_string());
}

#[wasm_bindgen_test]
async fn an_answer_on_its_way_when_the_world_changes_is_dropped() {
    simulated_azure();
    let running = Running::at("#/demo");
    running.started();
    running.ask(vec![subscriptions(), Command::Wake(Ticket(2), real()), Command::Go("#/find".to_string())]);
    js("location.hash = '#/demo'; 0");
    pause(1500).await;
    let told = running.told();
    replace("#/demo");
    assert!(told.iter().all(|event| matches!(event, Event::Started(_))), "{told:?}");
}
