//! [`Node`]s in the page: built once, then changed where they differ.
//!
//! What is drawn again takes over what is there if it is of the same kind (its selector) and has the same key. So a
//! field keeps its focus and caret when a message appears above it, and opened details stay open.

use super::ctx::Ctx;
use super::node::{El, Node, fixed};
use super::on::On;
use super::sight::Sight;
use super::slot;
use super::tick::Ticking;
use leptos::tachys::renderer::types;
use leptos::tachys::renderer::{RemoveEventHandler, Rndr};
use leptos::wasm_bindgen::{JsCast, JsValue};
use leptos::web_sys::HtmlInputElement;
use std::cell::RefCell;
use std::mem;
use std::rc::Rc;

/// What has been drawn.
pub enum State {
    Text(types::Text, String),
    Tick(Rc<Ticking>),
    Element(Box<ElState>),
}

/// An element in the page.
pub struct ElState {
    element: types::Element,
    /// What it was drawn as, but for its children.
    el: El,
    kids: Vec<State>,
    listening: Option<Listening>,
}

/// One who listens to an event.
struct Listening {
    /// To what end, by now.
    current: Rc<RefCell<On>>,
    /// Ends it when it is dropped.
    _end: End,
}

/// What ends listening when it is dropped.
enum End {
    Event(#[expect(dead_code, reason = "held for what its end does")] RemoveEventHandler<types::Element>),
    Sight(#[expect(dead_code, reason = "held for what its end does")] Option<Sight>),
}

/// The place of what was not there before.
const NEW: usize = usize::MAX;

/// Draws the children of an element.
pub fn kids(ctx: &Rc<Ctx>, parent: &types::Element, drawn: &mut Vec<State>, nodes: Vec<Node>) {
    let mut old: Vec<Option<State>> = mem::take(drawn).into_iter().map(Some).collect();
    // Where each of them was.
    let mut places = Vec::with_capacity(nodes.len());
    let mut next = 0;
    for node in nodes {
        let place = find(&old, next, &node);
        places.push(place);
        drawn.push(match old.get_mut(place).and_then(Option::take) {
            Some(mut state) => {
                next = place + 1;
                state.change(ctx, node);
                state
            }
            None => State::new(ctx, node),
        });
    }
    for gone in old.iter().flatten() {
        Rndr::remove(gone.node());
    }

    // What kept its order is not touched: moving an element would take the focus from it.
    let mut before = NEW;
    for place in places.iter_mut().rev() {
        if *place < before {
            before = *place;
        } else {
            *place = NEW;
        }
    }
    for (nth, state) in drawn.iter().enumerate() {
        let (_, after) = places.split_at(nth);
        if after.first() == Some(&NEW) {
            let anchor = after.iter().position(|place| *place != NEW).and_then(|n| drawn.get(nth + n));
            Rndr::insert_node(parent, state.node(), anchor.map(State::node));
        }
    }
}

/// The place of what this can take over: most often it is what comes next.
fn find(old: &[Option<State>], next: usize, node: &Node) -> usize {
    let (before, after) = old.split_at_checked(next).unwrap_or_default();
    for (part, from) in [(after, next), (before, 0)] {
        for (nth, state) in part.iter().enumerate() {
            if state.as_ref().is_some_and(|state| state.suits(node)) {
                return from + nth;
            }
        }
    }
    NEW
}

impl State {
    fn new(ctx: &Rc<Ctx>, node: Node) -> State {
        match node {
            Node::Text(text) => State::Text(Rndr::create_text_node(&text), text),
            Node::Tick(tick, at) => State::Tick(ctx.ticking(tick, at)),
            Node::Element(el) => State::Element(Box::new(ElState::new(ctx, *el))),
        }
    }

    /// Whether this can become that.
    fn suits(&self, node: &Node) -> bool {
        match (self, node) {
            (State::Text(..), Node::Text(_)) => true,
            (State::Tick(drawn), Node::Tick(tick, at)) => drawn.tick == *tick && drawn.at == *at,
            (State::Element(state), Node::Element(el)) => state.el.spec == el.spec && state.el.key == el.key,
            _ => false,
        }
    }

    fn change(&mut self, ctx: &Rc<Ctx>, node: Node) {
        match (self, node) {
            (State::Text(node, before), Node::Text(text)) if *before != text => {
                Rndr::set_text(node, &text);
                *before = text;
            }
            (State::Element(state), Node::Element(el)) => state.change(ctx, *el),
            // The same words; and what ticks goes on by itself.
            _ => {}
        }
    }

    fn node(&self) -> &types::Node {
        match self {
            State::Text(node, _) => node,
            State::Tick(ticking) => &ticking.text,
            State::Element(state) => &state.element,
        }
    }
}

impl ElState {
    fn new(ctx: &Rc<Ctx>, el: El) -> ElState {
        let fixed = fixed(el.spec);
        let drawing = matches!(fixed.tag, "svg" | "path" | "rect" | "text" | "pattern");
        let element = Rndr::create_element(fixed.tag, drawing.then_some("http://www.w3.org/2000/svg"));
        for (name, value) in fixed.attributes {
            Rndr::set_attribute(&element, name, value);
        }
        if !fixed.class.is_empty() {
            Rndr::set_attribute(&element, "class", &fixed.class);
        }
        let mut state = ElState { element, el: El::default(), kids: Vec::new(), listening: None };
        state.change(ctx, el);
        state
    }

    fn change(&mut self, ctx: &Rc<Ctx>, mut el: El) {
        if el.slot.is_some() && el.slot == self.el.slot {
            return;
        }
        for (name, value) in &el.attributes {
            put(&self.element, name, value, value_of(&self.el, name));
        }
        for (name, _) in &self.el.attributes {
            if value_of(&el, name).is_none() {
                Rndr::remove_attribute(&self.element, name);
            }
        }
        let nodes = match &el.slot {
            Some(slot) => slot::kids(ctx, slot),
            None => mem::take(&mut el.kids),
        };
        kids(ctx, &self.element, &mut self.kids, nodes);
        match (&self.listening, el.on.take()) {
            (Some(listening), Some(on)) => *listening.current.borrow_mut() = on,
            (_, on) => self.listening = on.map(|on| listen(ctx, &self.element, on)),
        }
        self.el = el;
    }
}

fn value_of<'a>(el: &'a El, name: &str) -> Option<&'a str> {
    el.attributes.iter().find(|(n, _)| *n == name).map(|(_, value)| value.as_str())
}

fn put(element: &types::Element, name: &'static str, value: &str, before: Option<&str>) {
    match name.strip_prefix('.') {
        // It may have been typed into since; where it has not, the caret stays.
        Some("value") => {
            let field: &HtmlInputElement = element.unchecked_ref();
            if field.value() != value {
                field.set_value(value);
            }
        }
        Some(switch) => Rndr::set_property(element, switch, &JsValue::from_bool(!value.is_empty())),
        None if before != Some(value) => Rndr::set_attribute(element, name, value),
        None => {}
    }
}

fn listen(ctx: &Rc<Ctx>, element: &types::Element, on: On) -> Listening {
    let name = on.name();
    let current = Rc::new(RefCell::new(on));
    let (ctx, heard) = (Rc::clone(ctx), Rc::clone(&current));
    if name.is_empty() {
        let seen = Box::new(move || {
            let told = if let On::Shown(told) = &*heard.borrow() { Some(told.clone()) } else { None };
            told.into_iter().for_each(|told| ctx.tell(told));
        });
        return Listening { current, _end: End::Sight(Sight::watch(element, seen)) };
    }
    let handler = Box::new(move |event: JsValue| {
        // What is told may redraw this very element: nothing of it is held by then.
        let told = heard.borrow().hear(event.unchecked_ref());
        if let Some(told) = told {
            ctx.tell(told);
        }
    });
    Listening { current, _end: End::Event(Rndr::add_event_listener(element, name, handler)) }
}
