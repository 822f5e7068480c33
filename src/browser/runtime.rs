//! The runtime: one queue of events, drained one at a time.
//!
//! For every event: update, show, perform. Whoever dispatches from inside one of these (a click handler that the new
//! screen sets off, a command that answers at once) only lengthens the queue.

use super::stop::stopped;
use crate::app::Event;
use crate::flow::Command;
use crate::moment::Moment;
use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;

/// What the runtime runs: the application, or a smaller one in a test.
pub trait Program {
    /// What it shows.
    type Screen;

    /// Takes an event in; says what is to be done.
    fn update(&mut self, event: Event, now: Moment) -> Vec<Command>;

    /// What is to be seen now.
    fn screen(&self) -> Self::Screen;
}

/// Where screens go.
pub type OnScreen<S> = Box<dyn Fn(Moment, S)>;

/// A running program. Clones are handles to the same one.
pub struct Runtime<P: Program>(Rc<Inner<P>>);

struct Inner<P: Program> {
    program: RefCell<P>,
    queue: RefCell<VecDeque<Event>>,
    draining: Cell<bool>,
    held: Cell<bool>,
    /// Counts the times it was held: commands of an event from before are not performed after.
    age: Cell<u64>,
    on_screen: OnScreen<P::Screen>,
    now: Box<dyn Fn() -> Moment>,
    perform: RefCell<Box<dyn Fn(Command)>>,
}

impl<P: Program> Clone for Runtime<P> {
    fn clone(&self) -> Self {
        Runtime(self.0.clone())
    }
}

impl<P: Program> Runtime<P> {
    /// A program that has not begun: it takes no event before [`Runtime::begin`].
    pub fn new(program: P, now: impl Fn() -> Moment + 'static, on_screen: OnScreen<P::Screen>) -> Self {
        Runtime(Rc::new(Inner {
            program: RefCell::new(program),
            queue: RefCell::default(),
            draining: Cell::new(false),
            held: Cell::new(true),
            age: Cell::new(0),
            on_screen,
            now: Box::new(now),
            perform: RefCell::new(Box::new(|_| ())),
        }))
    }

    /// Who performs the commands.
    pub fn performed_by(&self, perform: impl Fn(Command) + 'static) {
        *self.0.perform.borrow_mut() = Box::new(perform);
    }

    /// Something happened.
    pub fn dispatch(&self, event: Event) {
        if !self.0.held.get() && !stopped() {
            self.0.queue.borrow_mut().push_back(event);
            self.drain();
        }
    }

    /// Takes no more events, and drops those that wait and the commands of the one in hand: the world is about to
    /// change, and nothing that was meant for the old one may be done in the new.
    pub fn hold(&self) {
        self.0.held.set(true);
        self.0.age.set(self.0.age.get() + 1);
        self.0.queue.borrow_mut().clear();
    }

    /// Begins, or begins anew, with this event.
    pub fn begin(&self, event: Event) {
        self.0.held.set(false);
        self.dispatch(event);
    }

    fn drain(&self) {
        if self.0.draining.replace(true) {
            return;
        }
        while let Some(event) = self.next() {
            let (age, now) = (self.0.age.get(), (self.0.now)());
            let commands = self.0.program.borrow_mut().update(event, now);
            self.show(now);
            for command in commands {
                if self.0.age.get() != age {
                    break;
                }
                (self.0.perform.borrow())(command);
            }
        }
        self.0.draining.set(false);
    }

    fn next(&self) -> Option<Event> {
        self.0.queue.borrow_mut().pop_front()
    }

    /// Every event is shown, also one that changed nothing: the view compares what it draws with what stands there, so
    /// comparing whole screens before that would be work, and code, twice.
    fn show(&self, now: Moment) {
        let screen = self.0.program.borrow().screen();
        (self.0.on_screen)(now, screen);
    }
}
