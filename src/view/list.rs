//! A list that keeps what it has drawn: items are told apart by a key, and an item that is equal to the one before
//! is not drawn again. So a field keeps its focus and caret when a message appears above it, and opened details stay
//! open.
//!
//! An item outlives the redraw that made it. So nothing that draws may make a signal or a memo: those are disposed of
//! at the next redraw. They are made once, with the page.
//!
//! Leptos' own keyed list never draws a kept item anew, and its plain one tells items apart by their place.

use super::ctx::{At, Ctx};
use leptos::prelude::*;
use leptos::tachys::html::attribute::Attribute;
use leptos::tachys::html::attribute::any_attribute::AnyAttribute;
use leptos::tachys::hydration::Cursor;
use leptos::tachys::renderer::Rndr;
use leptos::tachys::renderer::types::{Element, Node, Placeholder};
use leptos::tachys::view::any_view::AnyViewState;
use leptos::tachys::view::{Mountable, Position, PositionState, Render, RenderHtml};
use std::collections::HashMap;

/// Items with their keys, and how one is drawn.
pub struct List<T> {
    /// For drawing.
    pub ctx: Ctx,
    /// Where the list stands.
    pub at: At,
    /// The page it is on: of another page nothing is kept.
    pub page: String,
    /// Each key once.
    pub items: Vec<(String, T)>,
    /// Draws one item; its place is the list's with the key added.
    pub draw: fn(&Ctx, &At, T) -> AnyView,
}

/// What has been drawn.
pub struct Drawn<T> {
    page: String,
    parts: Vec<Part<T>>,
    end: Placeholder,
}

struct Part<T> {
    key: String,
    item: T,
    state: AnyViewState,
}

impl<T: Clone> List<T> {
    fn drawn(&self, key: &str, item: &T) -> AnyView {
        (self.draw)(&self.ctx, &self.at.inside(key), item.clone())
    }
}

impl<T: Clone + PartialEq + 'static> Render for List<T> {
    type State = Drawn<T>;

    fn build(mut self) -> Drawn<T> {
        let items = std::mem::take(&mut self.items);
        let part = |(key, item): (String, T)| {
            let state = self.drawn(&key, &item).build();
            Part { key, item, state }
        };
        let parts = items.into_iter().map(part).collect();
        Drawn { page: self.page, parts, end: Rndr::create_placeholder() }
    }

    fn rebuild(mut self, drawn: &mut Drawn<T>) {
        let items = std::mem::take(&mut self.items);
        let same_page = self.page == drawn.page;
        let mut old: HashMap<String, (usize, Part<T>)> =
            drawn.parts.drain(..).enumerate().map(|(i, part)| (part.key.clone(), (i, part))).collect();

        // Each item with the place it had before, if it was there.
        let mut parts: Vec<(Option<usize>, Part<T>)> = Vec::with_capacity(items.len());
        for (key, item) in items {
            match if same_page { old.remove(&key) } else { None } {
                Some((was, mut part)) => {
                    if part.item != item {
                        self.drawn(&key, &item).rebuild(&mut part.state);
                        part.item = item;
                    }
                    parts.push((Some(was), part));
                }
                None => {
                    let state = self.drawn(&key, &item).build();
                    parts.push((None, Part { key, item, state }));
                }
            }
        }
        for (_, mut gone) in old.into_values() {
            gone.state.unmount();
        }

        // From the end, so that what follows is in its place already. What kept its order is not touched: moving an
        // element would take the focus from it.
        let mut placed: Vec<Part<T>> = Vec::with_capacity(parts.len());
        let mut before = usize::MAX;
        while let Some((was, mut part)) = parts.pop() {
            match was {
                Some(was) if was < before => before = was,
                _ => {
                    let _ = match placed.last() {
                        Some(next) => next.state.insert_before_this(&mut part.state),
                        None => drawn.end.insert_before_this(&mut part.state),
                    };
                }
            }
            placed.push(part);
        }
        placed.reverse();
        drawn.parts = placed;
        drawn.page = self.page;
    }
}

impl<T: 'static> Mountable for Drawn<T> {
    fn unmount(&mut self) {
        for part in &mut self.parts {
            part.state.unmount();
        }
        self.end.unmount();
    }

    fn mount(&mut self, parent: &Element, marker: Option<&Node>) {
        for part in &mut self.parts {
            part.state.mount(parent, marker);
        }
        self.end.mount(parent, marker);
    }

    fn insert_before_this(&self, child: &mut dyn Mountable) -> bool {
        match self.parts.first() {
            Some(first) => first.state.insert_before_this(child),
            None => self.end.insert_before_this(child),
        }
    }

    fn elements(&self) -> Vec<Element> {
        self.parts.iter().flat_map(|part| part.state.elements()).collect()
    }
}

impl<T: Clone + PartialEq + Send + 'static> AddAnyAttr for List<T> {
    type Output<A: Attribute> = List<T>;

    /// A list has no element of its own to put an attribute on.
    fn add_any_attr<A: Attribute>(self, _attr: A) -> Self::Output<A> {
        self
    }
}

impl<T: Clone + PartialEq + Send + 'static> RenderHtml for List<T> {
    type AsyncOutput = Self;
    type Owned = Self;
    const MIN_LENGTH: usize = 0;

    fn dry_resolve(&mut self) {}

    async fn resolve(self) -> Self {
        self
    }

    fn to_html_with_buf(
        self,
        buf: &mut String,
        position: &mut Position,
        escape: bool,
        mark_branches: bool,
        _extra_attrs: Vec<AnyAttribute>,
    ) {
        for (key, item) in &self.items {
            self.drawn(key, item).to_html_with_buf(buf, position, escape, mark_branches, Vec::new());
        }
    }

    /// Pages are never made by a server, so there is nothing to take over: the list is drawn anew.
    fn hydrate<const FROM_SERVER: bool>(self, _cursor: &Cursor, _position: &PositionState) -> Drawn<T> {
        self.build()
    }

    fn into_owned(self) -> Self {
        self
    }
}
