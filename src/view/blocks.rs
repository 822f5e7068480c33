//! The parts of a page: one function, one `match`.

use super::ctx::{At, Ctx};
use super::focus;
use super::form::{buttons, form, input};
use super::icon::{icon, of_tone};
use super::list::{Item, List};
use super::node::{Node, classed, el, node};
use super::table::table;
use super::text::{Place, copy_button, state, text, word};
use crate::app::Field;
use crate::screen::{Block, Check, Fact, Icon, Text, Tone};
use crate::words::visible::visible;

/// Blocks, told apart over redraws by their id where they have one, else by their kind and their place among it.
pub fn blocks(ctx: &Ctx, at: &At, blocks: Vec<Block>) -> List {
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
            (key, Item::Block(block))
        })
        .collect();
    List::new(ctx, at, items)
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
pub fn block(ctx: &Ctx, at: &At, block: Block) -> Node {
    let line = |spans: Text| text(ctx, Place::Line, spans);
    let below = |body: Vec<Block>| blocks(ctx, &at.deeper(), body);
    match block {
        Block::Para(spans) => node("p", line(spans)),
        Block::Small(spans) => classed("p", "small quiet", line(spans)),
        Block::Section { id, title, body } => headed("stack", at, id, title, below(body)),
        Block::Card { title, body, .. } if title.is_empty() => {
            el("div").class("card stack").kid(blocks(ctx, at, body)).node()
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
            el("div").class(class).kid(icon(own)).kid(el("div").kids(title).kid(below(body))).node()
        }
        Block::Errors { title, lines } => errors(at, title, lines),
        Block::Facts(facts) => classed("dl", "facts", facts.into_iter().flat_map(|f| fact(ctx, f, false)).collect()),
        Block::Lined(facts) => {
            let lines = facts.into_iter().map(|f| classed("div", "facts__line", fact(ctx, f, true))).collect();
            classed("dl", "facts facts--lined", lines)
        }
        Block::Checks(lines) => {
            let nth = |(i, line): (usize, Check)| check(ctx, &at.inside(&i.to_string()), line);
            classed("ul", "checks", lines.into_iter().enumerate().map(nth).collect())
        }
        Block::Table { label, columns, rows } => table(ctx, at, label, columns, rows),
        Block::Steps(items) => {
            classed("ol", "list stack stack--tight", items.into_iter().map(|i| node("li", line(i))).collect())
        }
        Block::Bullets(items) => {
            classed("ul", "list stack stack--tight", items.into_iter().map(|i| node("li", line(i))).collect())
        }
        Block::Outline(items) => {
            let step = |(mark, title, says): (Icon, String, String)| {
                let title = heading(at.level, None, vec![word(title)]);
                classed("li", "flow__step stack stack--tight", vec![icon(mark), title, node("p", vec![word(says)])])
            };
            classed("ol", "flow", items.into_iter().map(step).collect())
        }
        Block::Buttons(items) => buttons(ctx, at, items),
        Block::Input(field) => input(ctx, field),
        Block::Form(body, event) => form(ctx, at, body, event),
        Block::Code { what, text } => {
            let shown = node("pre", vec![node("code", vec![word(&text)])]);
            classed("div", "code", vec![shown, copy_button(ctx, &what, text)])
        }
        Block::Progress(label) => {
            el("progress").class("progress").attr("aria-label", visible(&label).into_owned()).node()
        }
        Block::Fold { summary, body, .. } => el("details")
            .class("fold")
            .kid(node("summary", line(summary)))
            .kid(el("div").class("stack").kid(blocks(ctx, at, body)))
            .node(),
        Block::Pair(body) => el("div").class("pair").kid(blocks(ctx, at, body)).node(),
        Block::Status(tone, title, spans) => {
            let said = el("div").attr("role", "status").kid(heading(at.level, None, vec![state(tone, title)]));
            // What ticks stays outside of what is read out.
            el("div").class("row row--between").kid(said).kid(node("b", line(spans))).node()
        }
    }
}

/// A heading of a level that follows the one above it.
pub fn heading(level: u8, id: Option<String>, kids: Vec<Node>) -> Node {
    let tag = match level {
        ..=2 => "h2",
        3 => "h3",
        _ => "h4",
    };
    el(tag).attr_if("id", id).kids(kids).node()
}

/// A part of the page that its heading names.
fn headed(class: &'static str, at: &At, id: String, title: String, body: List) -> Node {
    el("section")
        .class(class)
        .attr("aria-labelledby", id.clone())
        .kid(heading(at.level, Some(id), vec![word(title)]))
        .kid(body)
        .node()
}

fn errors(at: &At, title: String, lines: Vec<(Field, String)>) -> Node {
    let titled = format!("{}-title", focus::ERRORS);
    let lead = |(field, what): (Field, String)| {
        let id = field.id();
        // The fragment is the router's: the link moves the focus itself.
        let link = el("a")
            .attr("href", format!("#{id}"))
            .on("click", move |event| {
                event.prevent_default();
                focus::to(id);
            })
            .kids(vec![word(what)]);
        node("li", vec![link.node()])
    };
    let list = classed("ul", "stack stack--tight", lines.into_iter().map(lead).collect());
    el("div")
        .class("note note--bad")
        .attr("id", focus::ERRORS)
        .attr("role", "alert")
        .attr("tabindex", "-1")
        .attr("aria-labelledby", titled.clone())
        .kid(icon(Icon::Bad))
        .kid(node("div", vec![heading(at.level, Some(titled), vec![word(title)]), list]))
        .node()
}

/// The name and the value; on a line of its own, a link to change it stands at the end.
fn fact(ctx: &Ctx, fact: Fact, lined: bool) -> Vec<Node> {
    let mut value = text(ctx, Place::Value, fact.value);
    value.extend(fact.below.into_iter().map(|below| classed("div", "small quiet", text(ctx, Place::Line, below))));
    let change = fact.change.map(|link| text(ctx, Place::Line, vec![link]));
    let mut parts = vec![node("dt", vec![word(fact.name)])];
    match change {
        Some(link) if lined => parts.extend([node("dd", value), node("dd", link)]),
        change => {
            value.extend(change.into_iter().flatten());
            parts.push(node("dd", value));
        }
    }
    parts
}

fn check(ctx: &Ctx, at: &At, check: Check) -> Node {
    let class = match check.tone {
        Tone::Plain => "checks__item",
        Tone::Ok => "checks__item checks__item--ok",
        Tone::Warn => "checks__item checks__item--warn",
        Tone::Bad => "checks__item checks__item--bad",
        Tone::Busy => "checks__item checks__item--busy",
    };
    let more =
        (!check.more.is_empty()).then(|| el("div").class("stack").kid(blocks(ctx, &at.deeper(), check.more)).node());
    el("li")
        .class(class)
        .kid(icon(of_tone(check.tone, Icon::Idle)))
        .kid(node("div", text(ctx, Place::Line, check.text)))
        .kid(classed("span", "checks__word", text(ctx, Place::Line, check.word)))
        .kids(more)
        .node()
}
