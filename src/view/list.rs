//! A list that keeps what it has drawn: items are told apart by a key, and an item that is equal to the one before
//! is not drawn again. So a field keeps its focus and caret when a message appears above it, and opened details stay
//! open.
//!
//! An item outlives the redraw that made it. So nothing that draws may make a signal or a memo: those are disposed of
//! at the next redraw. They are made once, with the page.

use super::blocks::block;
use super::ctx::{At, Ctx};
use super::drawn::State;
use super::node::Node;
use super::points::{Month, month};
use super::table::row;
use crate::screen::{Block, Row};
use leptos::tachys::renderer::Rndr;
use leptos::tachys::renderer::types::{self, Placeholder};
use leptos::tachys::view::{Mountable, Render};
use std::collections::HashMap;
use std::sync::Arc;

/// Items with their keys.
pub struct List {
    /// For drawing.
    pub ctx: Ctx,
    /// Where the list stands.
    pub at: At,
    /// The page it is on: of another page nothing is kept.
    pub page: String,
    /// Each key once.
    pub items: Vec<(String, Item)>,
}

/// What lists are made of.
#[derive(Clone, PartialEq)]
pub enum Item {
    /// A part of a page.
    Block(Block),
    /// A row of a table, with the heads of its columns.
    Row(Arc<[String]>, Row),
    /// Recovery points.
    Month(Month),
}

/// What has been drawn.
pub struct Drawn {
    page: String,
    parts: Vec<Part>,
    end: Placeholder,
}

struct Part {
    key: String,
    item: Item,
    state: State,
}

impl List {
    /// A list that stands here.
    pub fn new(ctx: &Ctx, at: &At, items: Vec<(String, Item)>) -> List {
        List { ctx: ctx.clone(), at: at.clone(), page: String::new(), items }
    }

    /// All items, drawn.
    pub fn nodes(self) -> impl Iterator<Item = Node> {
        self.items.into_iter().map(move |(key, item)| node(&self.ctx, &self.at.inside(&key), item))
    }

    pub fn build(self) -> Drawn {
        let List { ctx, at, page, items } = self;
        let part = |(key, item): (String, Item)| {
            let state = node(&ctx, &at.inside(&key), item.clone()).build();
            Part { key, item, state }
        };
        Drawn { page, parts: items.into_iter().map(part).collect(), end: Rndr::create_placeholder() }
    }

    pub fn rebuild(self, drawn: &mut Drawn) {
        let List { ctx, at, page, items } = self;
        let same_page = page == drawn.page;
        drawn.page = page;
        let mut old: HashMap<String, (usize, Part)> =
            drawn.parts.drain(..).enumerate().map(|(i, part)| (part.key.clone(), (i, part))).collect();

        // Each item with the place it had before, if it was there.
        let mut parts: Vec<(Option<usize>, Part)> = Vec::with_capacity(items.len());
        for (key, item) in items {
            let drawn = |item: &Item| node(&ctx, &at.inside(&key), item.clone());
            match if same_page { old.remove(&key) } else { None } {
                Some((was, mut part)) => {
                    if part.item != item {
                        drawn(&item).rebuild(&mut part.state);
                        part.item = item;
                    }
                    parts.push((Some(was), part));
                }
                None => {
                    let state = drawn(&item).build();
                    parts.push((None, Part { key, item, state }));
                }
            }
        }
        for (_, mut gone) in old.into_values() {
            gone.state.unmount();
        }

        // From the end, so that what follows is in its place already. What kept its order is not touched: moving an
        // element would take the focus from it.
        let mut placed: Vec<Part> = Vec::with_capacity(parts.len());
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
    }
}

fn node(ctx: &Ctx, at: &At, item: Item) -> Node {
    match item {
        Item::Block(item) => block(ctx, at, item),
        Item::Row(columns, item) => row(ctx, &columns, item),
        Item::Month(item) => month(ctx, at, item),
    }
}

impl Mountable for Drawn {
    fn unmount(&mut self) {
        for part in &mut self.parts {
            part.state.unmount();
        }
        self.end.unmount();
    }

    fn mount(&mut self, parent: &types::Element, marker: Option<&types::Node>) {
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

    fn elements(&self) -> Vec<types::Element> {
        Vec::new()
    }
}
