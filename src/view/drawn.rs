//! [`Node`]s in the page: built once, then changed where they differ.

use super::list::Drawn;
use super::node::{El, Flag, Listener, Node, Value};
use leptos::prelude::*;
use leptos::reactive::effect::RenderEffect;
use leptos::tachys::html::attribute::Attribute;
use leptos::tachys::html::attribute::any_attribute::AnyAttribute;
use leptos::tachys::hydration::Cursor;
use leptos::tachys::renderer::types::{self, Placeholder};
use leptos::tachys::renderer::{RemoveEventHandler, Rndr};
use leptos::tachys::view::{Mountable, Position, PositionState, Render, RenderHtml};
use leptos::wasm_bindgen::{JsCast, JsValue};
use std::borrow::Cow;
use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

/// What has been drawn.
pub enum State {
    Text(types::Text, Cow<'static, str>),
    Element(Box<ElState>),
    List(Drawn),
    Live(RenderEffect<State>),
    Nothing(Placeholder),
}

/// An element in the page.
pub struct ElState {
    tag: &'static str,
    key: String,
    element: types::Element,
    attributes: Vec<(&'static str, Value)>,
    kids: Vec<State>,
    listeners: Vec<Listening>,
    flags: Vec<RenderEffect<bool>>,
}

/// One who listens to an event.
struct Listening {
    event: &'static str,
    /// Who, by now.
    current: Rc<RefCell<Listener>>,
    /// Ends it when it is dropped.
    _end: RemoveEventHandler<types::Element>,
}

impl El {
    fn build(self) -> ElState {
        let icon = matches!(self.tag, "svg" | "path");
        let element = Rndr::create_element(self.tag, icon.then_some("http://www.w3.org/2000/svg"));
        for (name, value) in &self.attributes {
            put(&element, name, value);
        }
        let mut kids: Vec<State> = self.kids.into_iter().map(Render::build).collect();
        for kid in &mut kids {
            kid.mount(&element, None);
        }
        let listeners = self.listeners.into_iter().map(|(event, listener)| listen(&element, event, listener)).collect();
        let flags = self.flags.into_iter().map(|(flag, on)| raise(&element, flag, on)).collect();
        ElState { tag: self.tag, key: self.key, element, attributes: self.attributes, kids, listeners, flags }
    }

    fn rebuild(self, state: &mut ElState) {
        let element = &state.element;
        for (name, value) in &self.attributes {
            let before = state.attributes.iter().find(|(n, _)| n == name);
            // A property may have been changed by hand since.
            if !matches!(value, Value::Attribute(_)) || before.is_none_or(|(_, before)| before != value) {
                put(element, name, value);
            }
        }
        for (name, _) in &state.attributes {
            if !self.attributes.iter().any(|(n, _)| n == name) {
                Rndr::remove_attribute(element, name);
            }
        }
        state.attributes = self.attributes;

        let count = self.kids.len();
        for mut gone in state.kids.split_off(count.min(state.kids.len())) {
            gone.unmount();
        }
        for (nth, kid) in self.kids.into_iter().enumerate() {
            match state.kids.get_mut(nth) {
                Some(state) => kid.rebuild(state),
                None => {
                    let mut new = kid.build();
                    new.mount(element, None);
                    state.kids.push(new);
                }
            }
        }

        // Whoever listened to the same event hands over.
        let before = std::mem::take(&mut state.listeners);
        let mut before = before.into_iter();
        for (event, listener) in self.listeners {
            state.listeners.push(match before.next() {
                Some(kept) if kept.event == event => {
                    *kept.current.borrow_mut() = listener;
                    kept
                }
                _ => listen(element, event, listener),
            });
        }
        state.flags = self.flags.into_iter().map(|(flag, on)| raise(element, flag, on)).collect();
    }
}

fn put(element: &types::Element, name: &'static str, value: &Value) {
    match value {
        Value::Attribute(value) => Rndr::set_attribute(element, name, value),
        Value::Property(value) => Rndr::set_property(element, name, &JsValue::from_str(value)),
        Value::Switch(on) => Rndr::set_property(element, name, &JsValue::from_bool(*on)),
    }
}

fn listen(element: &types::Element, event: &'static str, listener: Listener) -> Listening {
    let current = Rc::new(RefCell::new(listener));
    let tell = Rc::clone(&current);
    let handler = Box::new(move |event: JsValue| {
        // Taken out first: telling may redraw this very element.
        let listener = Arc::clone(&tell.borrow());
        listener(event.unchecked_into());
    });
    Listening { event, current, _end: Rndr::add_event_listener(element, event, handler) }
}

fn raise(element: &types::Element, flag: Flag, on: Arc<dyn Fn() -> bool + Send + Sync>) -> RenderEffect<bool> {
    let element = element.clone();
    RenderEffect::new(move |before| {
        let on = on();
        if before != Some(on) {
            match flag {
                Flag::Property(name) => put(&element, name, &Value::Switch(on)),
                Flag::Class(name) if on => Rndr::add_class(&Rndr::class_list(&element), name),
                Flag::Class(_) if before.is_none() => {}
                Flag::Class(name) => Rndr::remove_class(&Rndr::class_list(&element), name),
            }
        }
        on
    })
}

impl Render for Node {
    type State = State;

    fn build(self) -> State {
        match self {
            Node::Text(text) => State::Text(Rndr::create_text_node(&text), text),
            Node::Element(element) => State::Element(Box::new(element.build())),
            Node::List(list) => State::List(list.build()),
            Node::Live(mut draw) => State::Live(RenderEffect::new(move |state: Option<State>| {
                let node = draw();
                match state {
                    Some(mut state) => {
                        node.rebuild(&mut state);
                        state
                    }
                    None => node.build(),
                }
            })),
            Node::Nothing => State::Nothing(Rndr::create_placeholder()),
        }
    }

    fn rebuild(self, state: &mut State) {
        match (self, &mut *state) {
            (Node::Text(text), State::Text(node, before)) => {
                if *before != text {
                    Rndr::set_text(node, &text);
                    *before = text;
                }
            }
            (Node::Element(new), State::Element(state)) if new.tag == state.tag && new.key == state.key => {
                new.rebuild(state)
            }
            (Node::List(list), State::List(state)) => list.rebuild(state),
            (Node::Nothing, State::Nothing(_)) => {}
            (other, _) => {
                let mut new = other.build();
                state.insert_before_this(&mut new);
                state.unmount();
                *state = new;
            }
        }
    }
}

impl State {
    fn mounted(&mut self) -> &mut dyn Mountable {
        match self {
            State::Text(node, _) => node,
            State::Element(state) => &mut state.element,
            State::List(drawn) => drawn,
            State::Live(effect) => effect,
            State::Nothing(node) => node,
        }
    }
}

impl Mountable for State {
    fn unmount(&mut self) {
        self.mounted().unmount();
    }

    fn mount(&mut self, parent: &types::Element, marker: Option<&types::Node>) {
        self.mounted().mount(parent, marker);
    }

    fn insert_before_this(&self, child: &mut dyn Mountable) -> bool {
        match self {
            State::Text(node, _) => node.insert_before_this(child),
            State::Element(state) => state.element.insert_before_this(child),
            State::List(drawn) => drawn.insert_before_this(child),
            State::Live(effect) => effect.insert_before_this(child),
            State::Nothing(node) => node.insert_before_this(child),
        }
    }

    fn elements(&self) -> Vec<types::Element> {
        Vec::new()
    }
}

impl AddAnyAttr for Node {
    type Output<A: Attribute> = Node;

    /// Nothing is spread onto a page's parts from outside.
    fn add_any_attr<A: Attribute>(self, _attr: A) -> Self::Output<A> {
        self
    }
}

impl RenderHtml for Node {
    type AsyncOutput = Node;
    type Owned = Node;
    const MIN_LENGTH: usize = 0;

    fn dry_resolve(&mut self) {}

    async fn resolve(self) -> Node {
        self
    }

    fn to_html_with_buf(self, buf: &mut String, _: &mut Position, _: bool, _: bool, _: Vec<AnyAttribute>) {
        self.html(buf);
    }

    /// Pages are never made by a server, so there is nothing to take over.
    fn hydrate<const FROM_SERVER: bool>(self, _cursor: &Cursor, _position: &PositionState) -> State {
        self.build()
    }

    fn into_owned(self) -> Node {
        self
    }
}
