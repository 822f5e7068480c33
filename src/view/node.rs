//! What a page is drawn with: one type for every element, where Leptos has one for each shape of element and with it
//! the code that builds and rebuilds that shape. A page has some two hundred shapes: this keeps the program small.
//!
//! An element is redrawn in place: only what differs is set, so the focus, the caret and what was opened stay.

use super::list::List;
use leptos::web_sys;
use std::borrow::Cow;
use std::sync::Arc;

/// Something that is drawn.
pub enum Node {
    /// Text as it is: see [`word`](super::text::word) for text from elsewhere.
    Text(Cow<'static, str>),
    /// An element.
    Element(El),
    /// Items that are told apart by a key.
    List(List),
    /// Drawn again when what it reads changes.
    Live(Box<dyn FnMut() -> Node + Send>),
    /// Nothing, in a slot of its own: what follows stays what it is when something comes.
    Nothing,
}

/// An element with its attributes, its children and what it listens to.
pub struct El {
    pub(super) tag: &'static str,
    pub(super) key: String,
    pub(super) attributes: Vec<(&'static str, Value)>,
    pub(super) kids: Vec<Node>,
    pub(super) listeners: Vec<(&'static str, Listener)>,
    pub(super) flags: Vec<(Flag, Arc<dyn Fn() -> bool + Send + Sync>)>,
}

/// What is done when an event comes.
pub type Listener = Arc<dyn Fn(web_sys::Event) + Send + Sync>;

/// What stands in an attribute, or in a property that has no attribute to follow.
#[derive(Clone, PartialEq)]
pub enum Value {
    Attribute(Cow<'static, str>),
    Property(String),
    Switch(bool),
}

/// What is switched on and off without a redraw.
#[derive(Clone, Copy)]
pub enum Flag {
    /// A class.
    Class(&'static str),
    /// A property.
    Property(&'static str),
}

/// An element without anything.
pub fn el(tag: &'static str) -> El {
    El { tag, key: String::new(), attributes: Vec::new(), kids: Vec::new(), listeners: Vec::new(), flags: Vec::new() }
}

/// An element with its children.
pub fn node(tag: &'static str, kids: Vec<Node>) -> Node {
    el(tag).kids(kids).node()
}

/// An element with its class and its children.
pub fn classed(tag: &'static str, class: &'static str, kids: Vec<Node>) -> Node {
    el(tag).class(class).kids(kids).node()
}

/// What reads signals, and is drawn again when they change.
pub fn live(draw: impl FnMut() -> Node + Send + 'static) -> Node {
    Node::Live(Box::new(draw))
}

/// Text that reads signals.
pub fn live_text(mut say: impl FnMut() -> String + Send + 'static) -> Node {
    live(move || Node::Text(say().into()))
}

impl El {
    /// Never redrawn as one with another key: what has the focus, or is under the pointer, does not become something
    /// else there.
    pub fn key(mut self, key: String) -> El {
        self.key = key;
        self
    }
    /// With a class.
    pub fn class(self, class: impl Into<Cow<'static, str>>) -> El {
        self.attr("class", class)
    }
    /// With an attribute.
    pub fn attr(mut self, name: &'static str, value: impl Into<Cow<'static, str>>) -> El {
        self.attributes.push((name, Value::Attribute(value.into())));
        self
    }
    /// With an attribute, if there is something to put into it.
    pub fn attr_if(self, name: &'static str, value: Option<impl Into<Cow<'static, str>>>) -> El {
        match value {
            Some(value) => self.attr(name, value),
            None => self,
        }
    }
    /// With a property that a person may change too: it is set again with each redraw.
    pub fn property(mut self, name: &'static str, value: String) -> El {
        self.attributes.push((name, Value::Property(value)));
        self
    }
    /// The same, on or off.
    pub fn switch(mut self, name: &'static str, on: bool) -> El {
        self.attributes.push((name, Value::Switch(on)));
        self
    }
    /// With something that is on while this says so.
    pub fn flag(mut self, flag: Flag, on: Arc<dyn Fn() -> bool + Send + Sync>) -> El {
        self.flags.push((flag, on));
        self
    }
    /// Listening to an event.
    pub fn on(mut self, event: &'static str, listener: impl Fn(web_sys::Event) + Send + Sync + 'static) -> El {
        self.listeners.push((event, Arc::new(listener)));
        self
    }
    /// With one more child.
    pub fn kid(mut self, kid: impl Into<Node>) -> El {
        self.kids.push(kid.into());
        self
    }
    /// With more children.
    pub fn kids(mut self, kids: impl IntoIterator<Item = Node>) -> El {
        self.kids.extend(kids);
        self
    }
    /// As something to draw.
    pub fn node(self) -> Node {
        Node::Element(self)
    }
}

impl From<El> for Node {
    fn from(element: El) -> Node {
        Node::Element(element)
    }
}

impl From<List> for Node {
    fn from(list: List) -> Node {
        Node::List(list)
    }
}

impl From<Option<Node>> for Node {
    fn from(node: Option<Node>) -> Node {
        node.unwrap_or(Node::Nothing)
    }
}

impl From<&'static str> for Node {
    fn from(text: &'static str) -> Node {
        Node::Text(text.into())
    }
}
