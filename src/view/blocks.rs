//! The parts of a page: one function, one `match`.

use super::ctx::{At, Ctx};
use super::focus;
use super::form::{buttons, form, input};
use super::icon::{icon, of_tone};
use super::list::List;
use super::node;
use super::table::table;
use super::text::{Place, copy_button, state, text, word};
use crate::app::Field;
use crate::screen::{Block, Check, Fact, Icon, Text, Tone};
use crate::words::visible::visible;
use leptos::prelude::*;
use leptos::{ev, html};

/// Blocks, told apart over redraws by their id where they have one, else by their kind and their place among it.
pub fn blocks(ctx: &Ctx, at: &At, blocks: Vec<Block>) -> List<Block> {
    let mut seen: Vec<(&'static str, usize)> = Vec::new();
    let items = blocks
        .into_iter()
        .map(|block| {
            let (kind, id) = identity(&block);
            let key = match id {
                Some(id) => format!("{kind}-{id}"),
                None => {
                    let before = seen.iter().filter(|(k, _)| *k == kind).count();
                    seen.push((kind, before));
                    format!("{kind}{before}")
                }
            };
            (key, block)
        })
        .collect();
    List { ctx: ctx.clone(), at: at.clone(), page: String::new(), items, draw: block }
}

fn identity(block: &Block) -> (&'static str, Option<&str>) {
    match block {
        Block::Para(_) => ("para", None),
        Block::Small(_) => ("small", None),
        Block::Section { id, .. } => ("section", Some(id)),
        Block::Card { id, .. } => ("card", Some(id)),
        Block::Note { .. } => ("note", None),
        Block::Errors { .. } => ("errors", None),
        Block::Facts(_) => ("facts", None),
        Block::Lined(_) => ("lined", None),
        Block::Checks(_) => ("checks", None),
        Block::Table { .. } => ("table", None),
        Block::Steps(_) => ("steps", None),
        Block::Bullets(_) => ("bullets", None),
        Block::Outline(_) => ("outline", None),
        Block::Buttons(_) => ("buttons", None),
        Block::Input(input) => ("input", Some(input.field.id())),
        Block::Form(..) => ("form", None),
        Block::Code { .. } => ("code", None),
        Block::Progress(_) => ("progress", None),
        Block::Fold { id, .. } => ("fold", Some(id)),
        Block::Pair(_) => ("pair", None),
        Block::Status(..) => ("status", None),
    }
}

/// Draws one block.
fn block(ctx: &Ctx, at: &At, block: Block) -> AnyView {
    let line = |spans: Text| text(ctx, Place::Line, spans);
    let below = |body: Vec<Block>| blocks(ctx, &at.deeper(), body);
    match block {
        Block::Para(spans) => node!(p, line(spans)),
        Block::Small(spans) => node!(p, "small quiet", line(spans)),
        Block::Section { id, title, body } => headed("stack", at, id, title, below(body)),
        Block::Card { title, body, .. } if title.is_empty() => {
            html::div().class("card stack").child(blocks(ctx, at, body)).into_any()
        }
        Block::Card { id, title, body } => headed("card stack", at, id, title, below(body)),
        Block::Note { tone, icon: own, title, body } => {
            let class = match tone {
                Tone::Plain | Tone::Busy => "note",
                Tone::Ok => "note note--ok",
                Tone::Warn => "note note--warn",
                Tone::Bad => "note note--bad",
            };
            let own = own.unwrap_or(of_tone(tone, Icon::Info));
            let title = (!title.is_empty()).then(|| heading(at.level, None, vec![word(title)]));
            html::div().class(class).child((icon(own), html::div().child((title, below(body))))).into_any()
        }
        Block::Errors { title, lines } => errors(at, title, lines),
        Block::Facts(facts) => node!(dl, "facts", facts.into_iter().flat_map(|f| fact(ctx, f, false)).collect()),
        Block::Lined(facts) => {
            let lines = facts.into_iter().map(|f| node!(div, "facts__line", fact(ctx, f, true))).collect();
            node!(dl, "facts facts--lined", lines)
        }
        Block::Checks(lines) => {
            let nth = |(i, line): (usize, Check)| check(ctx, &at.inside(&i.to_string()), line);
            node!(ul, "checks", lines.into_iter().enumerate().map(nth).collect())
        }
        Block::Table { label, columns, rows } => table(ctx, at, label, columns, rows),
        Block::Steps(items) => {
            node!(ol, "list stack stack--tight", items.into_iter().map(|i| node!(li, line(i))).collect())
        }
        Block::Bullets(items) => {
            node!(ul, "list stack stack--tight", items.into_iter().map(|i| node!(li, line(i))).collect())
        }
        Block::Outline(items) => {
            let step = |(mark, title, says): (Icon, String, String)| {
                let title = heading(at.level, None, vec![word(title)]);
                node!(li, "flow__step stack stack--tight", vec![icon(mark), title, node!(p, vec![word(says)])])
            };
            node!(ol, "flow", items.into_iter().map(step).collect())
        }
        Block::Buttons(items) => buttons(ctx, at, items),
        Block::Input(field) => input(ctx, field),
        Block::Form(body, event) => form(ctx, at, body, event),
        Block::Code { what, text } => {
            let shown = node!(pre, vec![node!(code, vec![word(&text)])]);
            node!(div, "code", vec![shown, copy_button(ctx, &what, text)])
        }
        Block::Progress(label) => {
            html::progress().class("progress").attr("aria-label", visible(&label).into_owned()).into_any()
        }
        Block::Fold { summary, body, .. } => html::details()
            .class("fold")
            .child((html::summary().child(line(summary)), html::div().class("stack").child(blocks(ctx, at, body))))
            .into_any(),
        Block::Pair(body) => html::div().class("pair").child(blocks(ctx, at, body)).into_any(),
        Block::Status(tone, title, spans) => {
            let said = html::div().attr("role", "status").child(heading(at.level, None, vec![state(tone, title)]));
            // What ticks stays outside of what is read out.
            html::div().class("row row--between").child((said, node!(b, line(spans)))).into_any()
        }
    }
}

/// A heading of a level that follows the one above it.
pub fn heading(level: u8, id: Option<String>, kids: Vec<AnyView>) -> AnyView {
    match level {
        ..=2 => html::h2().attr("id", id).child(kids).into_any(),
        3 => html::h3().attr("id", id).child(kids).into_any(),
        _ => html::h4().attr("id", id).child(kids).into_any(),
    }
}

/// A part of the page that its heading names.
fn headed(class: &'static str, at: &At, id: String, title: String, body: List<Block>) -> AnyView {
    html::section()
        .class(class)
        .attr("aria-labelledby", id.clone())
        .child((heading(at.level, Some(id), vec![word(title)]), body))
        .into_any()
}

fn errors(at: &At, title: String, lines: Vec<(Field, String)>) -> AnyView {
    let titled = format!("{}-title", focus::ERRORS);
    let lead = |(field, what): (Field, String)| {
        let id = field.id();
        // The fragment is the router's: the link moves the focus itself.
        let link = html::a()
            .attr("href", format!("#{id}"))
            .on(ev::click, move |event| {
                event.prevent_default();
                focus::to(id);
            })
            .child(vec![word(what)]);
        node!(li, vec![link.into_any()])
    };
    let list = node!(ul, "stack stack--tight", lines.into_iter().map(lead).collect());
    html::div()
        .class("note note--bad")
        .attr("id", focus::ERRORS)
        .attr("role", "alert")
        .attr("tabindex", "-1")
        .attr("aria-labelledby", titled.clone())
        .child((icon(Icon::Bad), html::div().child((heading(at.level, Some(titled), vec![word(title)]), list))))
        .into_any()
}

/// The name and the value; on a line of its own, a link to change it stands at the end.
fn fact(ctx: &Ctx, fact: Fact, lined: bool) -> Vec<AnyView> {
    let mut value = text(ctx, Place::Value, fact.value);
    value.extend(fact.below.into_iter().map(|below| node!(div, "small quiet", text(ctx, Place::Line, below))));
    let change = fact.change.map(|link| text(ctx, Place::Line, vec![link]));
    let mut parts = vec![node!(dt, vec![word(fact.name)])];
    match change {
        Some(link) if lined => parts.extend([node!(dd, value), node!(dd, link)]),
        change => {
            value.extend(change.into_iter().flatten());
            parts.push(node!(dd, value));
        }
    }
    parts
}

fn check(ctx: &Ctx, at: &At, check: Check) -> AnyView {
    let class = match check.tone {
        Tone::Plain => "checks__item",
        Tone::Ok => "checks__item checks__item--ok",
        Tone::Warn => "checks__item checks__item--warn",
        Tone::Bad => "checks__item checks__item--bad",
        Tone::Busy => "checks__item checks__item--busy",
    };
    let more = (!check.more.is_empty())
        .then(|| html::div().class("stack").child(blocks(ctx, &at.deeper(), check.more)).into_any());
    html::li()
        .class(class)
        .child((
            icon(of_tone(check.tone, Icon::Idle)),
            node!(div, text(ctx, Place::Line, check.text)),
            node!(span, "checks__word", text(ctx, Place::Line, check.word)),
            more,
        ))
        .into_any()
}
