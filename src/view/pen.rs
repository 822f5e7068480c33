//! Draws elements: each call adds to the element that is open. Nothing is returned and nothing is passed by value, so
//! that a line of drawing is a few bytes of code.

use super::ctx::Ctx;
use super::node::{El, Node};
use super::on::On;
use super::slot::Slot;
use super::tick::Tick;
use crate::moment::Moment;
use crate::words::visible::visible;
use std::mem;
use std::rc::Rc;

/// Where something is drawn.
pub struct Pen<'a> {
    pub ctx: &'a Rc<Ctx>,
    /// The level of a heading that stands here.
    pub level: u8,
    /// Buttons are large here.
    pub large: bool,
    /// How many buttons of this page say why they cannot be pressed.
    pub reasons: usize,
    open: El,
    around: Vec<El>,
}

impl<'a> Pen<'a> {
    pub fn new(ctx: &'a Rc<Ctx>) -> Pen<'a> {
        Pen { ctx, level: 2, large: false, reasons: 0, open: El::default(), around: Vec::new() }
    }

    /// What has been drawn.
    pub fn done(self) -> Vec<Node> {
        self.open.kids
    }

    /// An element with what is drawn in it; `spec` as [`fixed`](super::node::fixed) reads it.
    pub fn el(&mut self, spec: &'static str, inside: impl FnOnce(&mut Self)) {
        self.begin(spec);
        inside(self);
        self.end();
    }

    #[inline(never)]
    fn begin(&mut self, spec: &'static str) {
        let new = El { spec, ..El::default() };
        self.around.push(mem::replace(&mut self.open, new));
    }

    #[inline(never)]
    fn end(&mut self) {
        if let Some(around) = self.around.pop() {
            let done = mem::replace(&mut self.open, around);
            self.open.kids.push(Node::Element(Box::new(done)));
        }
    }

    /// An element with nothing but words.
    #[inline(never)]
    pub fn words(&mut self, spec: &'static str, text: &str) {
        self.begin(spec);
        self.word(text);
        self.end();
    }

    /// Words. Leaves nothing invisible: see [`visible`].
    #[inline(never)]
    pub fn word(&mut self, text: &str) {
        self.open.kids.push(Node::Text(visible(text).into_owned()));
    }

    /// Words that change as time goes on.
    #[inline(never)]
    pub fn tick(&mut self, tick: Tick, at: Moment) {
        self.open.kids.push(Node::Tick(tick, at));
    }

    /// An attribute, of the element that is open.
    #[inline(never)]
    pub fn attr(&mut self, name: &'static str, value: &str) {
        self.open.attributes.push((name, value.to_string()));
    }

    /// The same, with words from elsewhere.
    pub fn says(&mut self, name: &'static str, text: &str) {
        self.attr(name, &visible(text));
    }

    #[inline(never)]
    pub fn key(&mut self, key: &str) {
        self.open.key = key.to_string();
    }

    #[inline(never)]
    pub fn on(&mut self, on: On) {
        self.open.on = Some(on);
    }

    pub fn slot(&mut self, slot: Slot) {
        self.open.slot = Some(Box::new(slot));
    }

    /// Below a heading that stands here.
    pub fn below(&mut self, inside: impl FnOnce(&mut Self)) {
        let large = mem::take(&mut self.large);
        self.level += 1;
        inside(self);
        self.level -= 1;
        self.large = large;
    }
}
