//! What a page is drawn with: one type for every element, where Leptos has one for each shape of element and with it
//! the code that builds and rebuilds that shape. A page has some two hundred shapes: this keeps the program small.

use super::on::On;
use super::slot::Slot;
use super::tick::Tick;
use crate::moment::Moment;

/// Something that is drawn.
pub enum Node {
    Text(String),
    /// Words that change as time goes on.
    Tick(Tick, Moment),
    Element(Box<El>),
}

/// An element: what never changes about it, and what may.
#[derive(Default)]
pub struct El {
    /// As a selector would say it: `div.note.stack[role=alert]`. See [`fixed`].
    pub spec: &'static str,
    /// Tells it apart from its neighbours of the same kind; may be empty. What has the focus, or is under the
    /// pointer, does not become something else there.
    pub key: String,
    /// Attributes that may change. A name that begins with a point is a property, which a person may change too:
    /// `.value`, and those that are on (anything) or off (empty).
    pub attributes: Vec<(&'static str, String)>,
    pub kids: Vec<Node>,
    /// What happens when a person acts on it.
    pub on: Option<On>,
    /// In place of children: those of a month, made only when they have changed.
    pub slot: Option<Box<Slot>>,
}

/// What a selector says: the tag, the class, the attributes.
pub struct Fixed {
    pub tag: &'static str,
    pub class: String,
    pub attributes: Vec<(&'static str, &'static str)>,
}

/// Reads `tag.class.class[name=value][name=value]`.
pub fn fixed(spec: &'static str) -> Fixed {
    let mut parts = spec.split('[');
    let head = parts.next().unwrap_or_default();
    let (tag, classes) = head.split_once('.').unwrap_or((head, ""));
    let mut attributes = Vec::new();
    for part in parts {
        attributes.extend(part.strip_suffix(']').and_then(|part| part.split_once('=')));
    }
    Fixed { tag, class: classes.replace('.', " "), attributes }
}
