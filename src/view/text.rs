//! Runs of text. Every word that is shown passes through [`word`], which leaves nothing invisible.

use super::ctx::Ctx;
use super::focus;
use super::icon::{icon, of_tone};
use super::node::{Node, classed, el, live_text, node};
use crate::app::Event;
use crate::moment::Moment;
use crate::screen::{Icon, Span, Text, Tone};
use crate::words::{self, labels, visible::visible};
use std::borrow::Cow;

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
pub fn word(text: impl AsRef<str>) -> Node {
    Node::Text(visible(text.as_ref()).into_owned().into())
}

/// Runs of text, one after another.
pub fn text(ctx: &Ctx, place: Place, spans: Text) -> Vec<Node> {
    spans.into_iter().map(|span| run(ctx, place, span)).collect()
}

/// Words and what only a screen reader says after them.
fn and_hidden(shown: String, more: &str) -> Vec<Node> {
    let mut kids = vec![word(shown)];
    if !more.is_empty() {
        kids.push(classed("span", "hidden", vec![word(more)]));
    }
    kids
}

fn run(ctx: &Ctx, place: Place, span: Span) -> Node {
    match span {
        // In a row each run is an item of its own; elsewhere plain text needs no element.
        Span::Text(text) if place == Place::Row => node("span", vec![word(text)]),
        Span::Text(text) => word(text),
        Span::Strong(text) => node("b", vec![word(text)]),
        Span::Quiet(text) if place == Place::Cell => node("small", vec![word(text)]),
        Span::Quiet(text) => classed("span", "quiet", vec![word(text)]),
        Span::Code(text) => node("code", vec![word(text)]),
        Span::Time(at) => time(ctx, at, matches!(place, Place::Value | Place::Cell)),
        Span::Ago(at) => node("span", vec![live_text(ctx.ago(at))]),
        Span::Until(at) => node("span", vec![live_text(ctx.until(at))]),
        Span::Lasting(at) => node("span", vec![live_text(ctx.lasting(at))]),
        Span::State(tone, text) => state(tone, text),
        Span::Copy { what, value } => {
            classed("span", "id", vec![node("code", vec![word(&value)]), copy_button(ctx, &what, value)])
        }
        Span::Link { text, more, href } if in_here(&href) => {
            let more = if more.is_empty() { more } else { format!(" {more}") };
            el("a").attr("href", href).kids(and_hidden(text, &more)).node()
        }
        Span::Out { text, href } if abroad(&href) => out("", href, and_hidden(text, labels::NEW_TAB)),
        // An address that is not what it has to be leads nowhere.
        Span::Link { text, .. } | Span::Out { text, .. } => word(text),
        Span::Press { text, event } => press(ctx, "press", vec![word(text)], event),
        Span::Break => el("br").node(),
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
pub fn out(class: impl Into<Cow<'static, str>>, href: String, kids: Vec<Node>) -> Node {
    el("a")
        .class(class)
        .attr("href", href)
        .attr("target", "_blank")
        .attr("rel", "noopener noreferrer")
        .kids(kids)
        .node()
}

/// A button that can always be pressed.
pub fn press(ctx: &Ctx, class: &'static str, kids: Vec<Node>, event: Event) -> Node {
    let ctx = ctx.clone();
    let pressed = move |click| {
        focus::stay_near(&click);
        ctx.tell(event.clone());
    };
    el("button").class(class).attr("type", "button").on("click", pressed).kids(kids).node()
}

/// Copies a value; its name says which.
pub fn copy_button(ctx: &Ctx, what: &str, value: String) -> Node {
    let ctx = ctx.clone();
    el("button")
        .class("id__copy")
        .attr("type", "button")
        .attr("aria-label", visible(&labels::copy(what)).into_owned())
        .on("click", move |_| ctx.tell(Event::CopyPressed(value.clone())))
        .kids(vec![icon(Icon::Copy)])
        .node()
}

/// An icon and a word.
pub fn state(tone: Tone, text: String) -> Node {
    let class = match tone {
        Tone::Plain => "state",
        Tone::Ok => "state state--ok",
        Tone::Warn => "state state--warn",
        Tone::Bad => "state state--bad",
        Tone::Busy => "state state--busy",
    };
    classed("span", class, vec![icon(of_tone(tone, Icon::Idle)), word(text)])
}

/// The only way an instant is shown: UTC, the reader's clock unless that is UTC, how long ago. Stacked, UTC has a
/// line of its own.
pub fn time(ctx: &Ctx, at: Moment, stacked: bool) -> Node {
    let part = |class: &'static str, kid: Node| el("span").class(class).kid(kid).node();
    let separated = |class: &'static str, kid: Node| [part("time__sep", " · ".into()), part(class, kid)];
    el("time")
        .class(if stacked { "time time--stack" } else { "time" })
        .attr("datetime", at.iso())
        .kid(part("time__utc", Node::Text(words::time::utc(at).into())))
        .kids(ctx.local(at).into_iter().flat_map(|local| separated("time__local", word(local))))
        .kids(separated("time__ago", live_text(ctx.ago(at))))
        .node()
}
