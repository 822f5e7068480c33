//! Runs of text. Every word that is shown passes through [`word`], which leaves nothing invisible.

use super::ctx::Ctx;
use super::icon::{icon, of_tone};
use super::node;
use crate::app::Event;
use crate::moment::Moment;
use crate::screen::{Icon, Span, Text, Tone};
use crate::words::{self, labels, visible::visible};
use leptos::prelude::*;
use leptos::{ev, html};

/// What a text stands in: decides how its instants and its quiet runs look.
#[derive(Clone, Copy, PartialEq)]
pub enum Place {
    /// Running text.
    Line,
    /// A row of separate items.
    Row,
    /// The value of a name.
    Value,
    /// A cell of a table.
    Cell,
}

/// Text to be shown.
pub fn word(text: impl AsRef<str>) -> AnyView {
    visible(text.as_ref()).into_owned().into_any()
}

/// Runs of text, one after another.
pub fn text(ctx: &Ctx, place: Place, spans: Text) -> Vec<AnyView> {
    spans.into_iter().map(|span| run(ctx, place, span)).collect()
}

/// Words and what only a screen reader says after them.
fn and_hidden(shown: String, more: &str) -> Vec<AnyView> {
    let mut kids = vec![word(shown)];
    if !more.is_empty() {
        kids.push(node!(span, "hidden", vec![word(more)]));
    }
    kids
}

fn run(ctx: &Ctx, place: Place, span: Span) -> AnyView {
    match span {
        // In a row each run is an item of its own; elsewhere plain text needs no element.
        Span::Text(text) if place == Place::Row => node!(span, vec![word(text)]),
        Span::Text(text) => word(text),
        Span::Strong(text) => node!(b, vec![word(text)]),
        Span::Quiet(text) if place == Place::Cell => node!(small, vec![word(text)]),
        Span::Quiet(text) => node!(span, "quiet", vec![word(text)]),
        Span::Code(text) => node!(code, vec![word(text)]),
        Span::Time(at) => time(ctx, at, matches!(place, Place::Value | Place::Cell)),
        Span::Ago(at) => node!(span, vec![ctx.ago(at).into_any()]),
        Span::Until(at) => node!(span, vec![ctx.until(at).into_any()]),
        Span::Lasting(at) => node!(span, vec![ctx.lasting(at).into_any()]),
        Span::State(tone, text) => state(tone, text),
        Span::Copy { what, value } => {
            node!(span, "id", vec![node!(code, vec![word(&value)]), copy_button(ctx, &what, value)])
        }
        Span::Link { text, more, href } if in_here(&href) => {
            let more = if more.is_empty() { more } else { format!(" {more}") };
            html::a().attr("href", href).child(and_hidden(text, &more)).into_any()
        }
        Span::Out { text, href } if abroad(&href) => out(String::new(), href, and_hidden(text, labels::NEW_TAB)),
        // An address that is not what it has to be leads nowhere.
        Span::Link { text, .. } | Span::Out { text, .. } => word(text),
        Span::Press { text, event } => press(ctx, "press", vec![word(text)], event),
        Span::Break => html::br().into_any(),
    }
}

/// Whether an address is a place in this program.
pub fn in_here(href: &str) -> bool {
    href.starts_with("#/")
}

/// Whether an address is one of another site that may be opened.
pub fn abroad(href: &str) -> bool {
    href.starts_with("https://")
}

/// A link that opens a new tab.
pub fn out(class: String, href: String, kids: Vec<AnyView>) -> AnyView {
    html::a()
        .class(class)
        .attr("href", href)
        .attr("target", "_blank")
        .attr("rel", "noopener noreferrer")
        .child(kids)
        .into_any()
}

/// A button that can always be pressed.
pub fn press(ctx: &Ctx, class: &'static str, kids: Vec<AnyView>, event: Event) -> AnyView {
    let ctx = ctx.clone();
    html::button()
        .class(class)
        .attr("type", "button")
        .on(ev::click, move |_| ctx.tell(event.clone()))
        .child(kids)
        .into_any()
}

/// Copies a value; its name says which.
pub fn copy_button(ctx: &Ctx, what: &str, value: String) -> AnyView {
    let ctx = ctx.clone();
    html::button()
        .class("id__copy")
        .attr("type", "button")
        .attr("aria-label", visible(&labels::copy(what)).into_owned())
        .on(ev::click, move |_| ctx.tell(Event::CopyPressed(value.clone())))
        .child(vec![icon(Icon::Copy)])
        .into_any()
}

/// An icon and a word.
pub fn state(tone: Tone, text: String) -> AnyView {
    let class = match tone {
        Tone::Plain => "state",
        Tone::Ok => "state state--ok",
        Tone::Warn => "state state--warn",
        Tone::Bad => "state state--bad",
        Tone::Busy => "state state--busy",
    };
    node!(span, class, vec![icon(of_tone(tone, Icon::Idle)), word(text)])
}

/// The only way an instant is shown: UTC, the reader's clock unless that is UTC, how long ago. Stacked, UTC has a
/// line of its own.
pub fn time(ctx: &Ctx, at: Moment, stacked: bool) -> AnyView {
    let separated = |class: &'static str, what: AnyView| {
        (html::span().class("time__sep").child(" · ".to_string()), html::span().class(class).child(what))
    };
    html::time()
        .class(if stacked { "time time--stack" } else { "time" })
        .attr("datetime", at.iso())
        .child((
            html::span().class("time__utc").child(words::time::utc(at)),
            ctx.local(at).map(|local| separated("time__local", word(local))),
            separated("time__ago", ctx.ago(at).into_any()),
        ))
        .into_any()
}
