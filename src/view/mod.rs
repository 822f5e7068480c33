//! Leptos: a [`Screen`] in, events out. Draws parts; decides, validates and reads nothing.
//!
//! Elements are made by [`node`], never by `view!`: that macro writes a subtree of literals through `innerHTML`, which
//! Trusted Types forbid, and makes a type of every shape.

mod blocks;
mod ctx;
mod drawn;
mod focus;
mod form;
mod frame;
mod html;
mod icon;
mod list;
mod node;
mod page;
mod points;
mod table;
mod text;

use crate::app::Event;
use crate::moment::Moment;
use crate::screen::{Block, Screen};
use crate::words::visible::visible;
use ctx::Ctx;
use leptos::prelude::*;
use std::sync::Arc;

/// The reader's clock at some instant: the offset is the one of that date.
#[derive(Clone, Debug, PartialEq)]
pub struct Local {
    /// How many minutes it is ahead of UTC.
    pub minutes_ahead: i32,
    /// The zone's short name, such as `CET`; may be empty.
    pub name: String,
}

/// What the page is given by whatever runs it.
#[derive(Clone)]
pub struct Host {
    /// What is on the page.
    pub screen: Signal<Screen>,
    /// The clock, ticking.
    pub now: Signal<Moment>,
    /// Where events go.
    pub dispatch: Arc<dyn Fn(Event) + Send + Sync>,
    /// The reader's clock.
    pub zone: Arc<dyn Fn(Moment) -> Local + Send + Sync>,
    /// Puts the title on the browser's tab.
    pub title: Arc<dyn Fn(String) + Send + Sync>,
}

/// The whole page: to be mounted as the only content of an element of class `shell`.
#[component]
pub fn App(
    /// What the page is given.
    host: Host,
) -> impl IntoView {
    let ctx = Ctx::new(&host);
    let screen = host.screen;
    let frame = Memo::new(move |_| screen.with(|s| s.frame.clone()));

    let title = Memo::new(move |_| screen.with(|s| s.title.clone()));
    let put = Arc::clone(&host.title);
    Effect::new(move || put(visible(&title.get()).into_owned()));

    let key = Memo::new(move |_| screen.with(|s| s.page.key.clone()));
    Effect::new(move |before: Option<String>| {
        let now = key.get();
        // The first page leaves the focus where the browser put it.
        if before.is_some_and(|before| before != now) {
            focus::to_new_page();
        }
        now
    });

    let wrong = Memo::new(move |_| {
        screen.with(|s| [&s.page.main, &s.page.side, &s.page.rest].into_iter().any(|part| has_errors(part)))
    });
    Effect::new(move |before: Option<bool>| {
        let now = wrong.get();
        if now && before == Some(false) {
            focus::later_to(focus::ERRORS);
        }
        now
    });

    (frame::above(&ctx, frame), page::page(&ctx, &host), frame::below(&ctx, frame))
}

fn has_errors(blocks: &[Block]) -> bool {
    blocks.iter().any(|block| match block {
        Block::Errors { .. } => true,
        Block::Form(body, _) | Block::Section { body, .. } | Block::Card { body, .. } | Block::Pair(body) => {
            has_errors(body)
        }
        _ => false,
    })
}
