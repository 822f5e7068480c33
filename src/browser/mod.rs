//! The edge: the browser, as the program needs it. Performs commands, tells events, decides nothing.
//!
//! No other module knows that there is a browser. In here nobody looks at a status code, and nothing is tried twice.
//! [`run`] starts the program; [`dispatch`], [`zone`] and the two [`Outlets`] are all that a view needs.

pub mod address;
pub mod chance;
pub mod clipboard;
pub mod clock;
pub mod demo;
pub mod edge;
pub mod favicon;
pub mod fetch;
pub mod host_config;
pub mod js;
mod keys;
pub mod listen;
pub mod lock;
pub mod msal;
pub mod notify;
pub mod own_host;
pub mod runtime;
pub mod share;
pub mod sign_in;
pub mod stop;
pub mod storage;
pub mod timers;
pub mod zone;

#[cfg(debug_assertions)]
pub use stop::tell_panics;

use crate::app::{Event, Model};
use crate::flow::Command;
use crate::moment::Moment;
use crate::screen::{Screen, screen};
use clock::{Beat, Clock};
use edge::Edge;
use runtime::{Program, Runtime};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use zone::Zone;

/// Where the view wants to be told what there is to show.
pub struct Outlets {
    /// Takes the screen, after every event.
    pub screen: Box<dyn Fn(Screen)>,
    /// Takes the time: every second while the page can be seen, and with every screen.
    pub now: Box<dyn Fn(Moment)>,
}

impl Program for Model {
    type Screen = Screen;

    fn update(&mut self, event: Event, now: Moment) -> Vec<Command> {
        Model::update(self, event, now)
    }

    fn screen(&self) -> Screen {
        screen(self)
    }
}

/// What lives as long as the page.
struct Page {
    runtime: Runtime<Model>,
    _edge: Rc<Edge<Model>>,
    _beat: Beat,
}

thread_local! {
    static PAGE: RefCell<Option<Page>> = const { RefCell::new(None) };
    static ZONE: Zone = Zone::new(None);
}

/// Starts the program. `mount` is called once, when there is something to show, with the first screen and the time;
/// until then the page keeps the shell that it was loaded with.
pub fn run(mount: impl FnOnce(Screen, Moment) -> Outlets + 'static) {
    let outlets: Rc<RefCell<Option<Outlets>>> = Rc::default();
    let clock = Rc::new(Cell::new(Clock::REAL));
    let mount = Cell::new(Some(mount));
    let on_screen = {
        let outlets = outlets.clone();
        move |now, screen| {
            if let Some(mount) = mount.take() {
                stop::empty_body();
                let mounted = mount(screen, now);
                outlets.replace(Some(mounted));
            } else if let Some(outlets) = &*outlets.borrow() {
                (outlets.now)(now);
                (outlets.screen)(screen);
            }
        }
    };
    let runtime = {
        let clock = clock.clone();
        Runtime::new(Model::new(), move || clock.get().now(), Box::new(on_screen))
    };
    let edge = Edge::new(runtime.clone(), clock.clone());
    let beat = Beat::new(move || {
        if let Some(outlets) = &*outlets.borrow() {
            (outlets.now)(clock.get().now());
        }
    });
    PAGE.replace(Some(Page { runtime, _edge: edge.clone(), _beat: beat }));
    edge.enter();
}

/// Tells the program what the person did. For the view's handlers: a plain function, free to copy.
pub fn dispatch(event: Event) {
    let runtime = PAGE.with_borrow(|page| page.as_ref().map(|page| page.runtime.clone()));
    if let Some(runtime) = runtime {
        runtime.dispatch(event);
    }
}

/// The person's time zone at this moment: minutes ahead of UTC, and its name then.
pub fn zone(moment: Moment) -> (i32, String) {
    ZONE.with(|zone| zone.at(moment))
}

/// Puts the title on the browser's tab.
pub fn title(title: &str) {
    js::document().set_title(title);
}
