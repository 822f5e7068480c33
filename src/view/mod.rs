//! Leptos: a [`Screen`] in, events out. Draws parts; decides, validates and reads nothing.
//!
//! Elements are drawn with a [`pen`], never by `view!`: that macro writes a subtree of literals through `innerHTML`,
//! which Trusted Types forbid, and makes a type of every shape.

mod blocks;
mod ctx;
mod drawn;
mod focus;
mod form;
mod frame;
mod html;
mod icon;
mod marks;
mod node;
mod on;
mod page;
mod pen;
mod points;
mod root;
mod sight;
mod slot;
mod table;
mod text;
mod tick;
mod timeline;

use crate::app::Event;
use crate::moment::Moment;
use crate::screen::Screen;
use leptos::prelude::*;
use root::Root;
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
    pub screen: ArcReadSignal<Screen>,
    /// The clock, ticking.
    pub now: ArcReadSignal<Moment>,
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
    Root(host)
}
