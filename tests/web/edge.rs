//! The edge in a real browser: what the browser does is told as it is, and commands do what they say.

mod addresses;
mod locks;
mod own_hosts;
mod requests;
mod runs;
mod shares;
mod sign_ins;
mod stores;
mod tabs;
mod times;
mod zones;

use js_sys::{Function, Reflect};
use pgflex_restore::app::{Event, Start};
use pgflex_restore::browser::clock::Clock;
use pgflex_restore::browser::edge::Edge;
use pgflex_restore::browser::js::window;
use pgflex_restore::browser::runtime::{Program, Runtime};
use pgflex_restore::flow::Command;
use pgflex_restore::moment::Moment;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};

/// A program that only notes what it is told, and asks for what it is given to ask for.
#[derive(Default)]
struct Notes {
    told: Rc<RefCell<Vec<Event>>>,
    commands: Rc<RefCell<Vec<Command>>>,
}

impl Program for Notes {
    type Screen = usize;

    fn update(&mut self, event: Event, _: Moment) -> Vec<Command> {
        self.told.borrow_mut().push(event);
        self.commands.take()
    }

    fn screen(&self) -> usize {
        self.told.borrow().len()
    }
}

/// Such a program, running on the edge. It stops when dropped.
struct Running {
    told: Rc<RefCell<Vec<Event>>>,
    commands: Rc<RefCell<Vec<Command>>>,
    runtime: Runtime<Notes>,
    _edge: Rc<Edge<Notes>>,
}

impl Running {
    /// Begins at this address.
    fn at(address: &str) -> Self {
        replace(address);
        let notes = Notes::default();
        let (told, commands) = (notes.told.clone(), notes.commands.clone());
        let clock = Rc::new(Cell::new(Clock::REAL));
        let now = {
            let clock = clock.clone();
            move || clock.get().now()
        };
        let runtime = Runtime::new(notes, now, Box::new(|_, _| ()));
        let edge = Edge::new(runtime.clone(), clock);
        edge.enter();
        Running { told, commands, runtime, _edge: edge }
    }

    /// Has the program ask for this.
    fn ask(&self, commands: Vec<Command>) {
        self.commands.replace(commands);
        self.runtime.dispatch(Event::AskPressed);
    }

    /// What it was told since the last look, its own `AskPressed` apart.
    fn told(&self) -> Vec<Event> {
        self.told.take().into_iter().filter(|event| *event != Event::AskPressed).collect()
    }

    /// What it was told when it began.
    fn started(&self) -> Start {
        match self.told().into_iter().next() {
            Some(Event::Started(start)) => *start,
            other => panic!("not begun: {other:?}"),
        }
    }
}

fn replace(fragment: &str) {
    let history = window().history().expect("a history");
    history.replace_state_with_url(&JsValue::NULL, "", Some(fragment)).expect("replaced");
}

async fn pause(millis: u32) {
    gloo_timers::future::TimeoutFuture::new(millis).await;
}

/// Runs some JavaScript.
fn js(script: &str) -> JsValue {
    js_sys::eval(script).expect("the test's own script runs")
}

/// Calls a global function that a test has set.
fn call(name: &str) -> JsValue {
    let function: Function = Reflect::get(&js_sys::global(), &name.into()).expect("there").unchecked_into();
    function.call0(&JsValue::NULL).expect("called")
}
