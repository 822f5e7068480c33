//! One page: steps, heading, and its parts, each redrawn only when it changed.

use super::Host;
use super::blocks::blocks;
use super::ctx::{At, Ctx};
use super::focus;
use super::icon::{TICK, named};
use super::list::List;
use super::node::{Flag, Node, classed, el, live};
use super::points::points;
use super::text::{Place, text, word};
use crate::screen::{Block, Page, Screen, Span, Steps, Text};
use crate::words::labels;
use leptos::prelude::*;
use std::sync::Arc;

/// The page. Narrow, what is beside the first part stands between it and the rest.
pub fn page(ctx: &Ctx, host: &Host) -> Node {
    let screen = host.screen;
    let display = part(screen, |p| p.display);
    let beside = part(screen, |p| !p.side.is_empty());
    let steps = part(screen, |p| p.steps.clone());
    let title = part(screen, |p| p.title.clone());
    let under = part(screen, |p| p.lead.clone());
    let main = region(ctx, screen, "main", |p| &p.main);
    let side = region(ctx, screen, "side", |p| &p.side);
    let rest = region(ctx, screen, "rest", |p| &p.rest);
    let points = points(ctx, host);

    let head = {
        let (ctx, main) = (ctx.clone(), main.clone());
        move || {
            let ctx = ctx.clone();
            let title = live(move || word(title.get()));
            let lead = live(move || Some(under.get()).filter(|t| !t.is_empty()).map(|t| lead(&ctx, t)).into());
            let head = vec![el("h1").attr("id", focus::HEADING).attr("tabindex", "-1").kid(title).node(), lead];
            if display.get() {
                el("div").class("promise stack").kids(head).kid(live(main.clone())).node()
            } else {
                classed("div", "page__head", head)
            }
        }
    };
    let parts = move || {
        let (side, rest) = (side.clone(), live(rest.clone()));
        if display.get() {
            return classed("div", "stack stack--loose", vec![live(side), rest]);
        }
        let aside = move || match beside.get() {
            true => el("aside").class("split__side stack").kid(live(side.clone())).node(),
            false => Node::Nothing,
        };
        let wide = Arc::new(move || beside.get());
        let narrow = Arc::new(move || !beside.get());
        // The class follows without a redraw: what is in the columns stays what it is.
        el("div")
            .flag(Flag::Class("split"), wide)
            .flag(Flag::Class("stack"), narrow.clone())
            .flag(Flag::Class("stack--loose"), narrow)
            .kid(classed("div", "stack stack--loose", vec![live(main.clone())]))
            .kid(live(aside))
            .kid(classed("div", "stack stack--loose", vec![live(points.clone()), rest]))
            .node()
    };
    el("main")
        .class("page")
        .attr("id", focus::MAIN)
        .attr("tabindex", "-1")
        .kid(live(move || steps.get().map(self::steps).into()))
        .kid(live(head))
        .kid(live(parts))
        .node()
}

fn part<T: PartialEq + Send + Sync + 'static>(screen: Signal<Screen>, read: fn(&Page) -> T) -> Memo<T> {
    Memo::new(move |_| screen.with(|s| read(&s.page)))
}

/// The blocks of one region. Another page starts afresh: nothing of the one before is kept.
fn region(
    ctx: &Ctx,
    screen: Signal<Screen>,
    name: &'static str,
    read: fn(&Page) -> &Vec<Block>,
) -> impl Fn() -> Node + Send + Sync + Clone + 'static {
    let ctx = ctx.clone();
    let part = Memo::new(move |_| screen.with(|s| (s.page.key.clone(), read(&s.page).clone(), s.page.display)));
    move || {
        let (page, body, large) = part.get();
        Node::List(List { page, ..blocks(&ctx, &At { large, ..At::top(name) }, body) })
    }
}

/// A sentence in large; states and instants in a quieter line.
fn lead(ctx: &Ctx, says: Text) -> Node {
    if says.iter().any(|span| matches!(span, Span::State(..))) {
        classed("p", "row quiet", text(ctx, Place::Row, says))
    } else if says.iter().any(|span| matches!(span, Span::Time(_))) {
        classed("p", "quiet", text(ctx, Place::Line, says))
    } else {
        classed("p", "page__lead", text(ctx, Place::Line, says))
    }
}

fn steps(steps: Steps) -> Node {
    let current = steps.current;
    let step = |(nth, (name, href)): (usize, (String, Option<String>))| {
        let number = nth + 1;
        let mark = if number < current { named(TICK, labels::DONE) } else { word(number.to_string()) };
        let name = match href.filter(|_| number != current) {
            Some(href) => el("a").class("steps__word").attr("href", href).kids(vec![word(name)]).node(),
            None => classed("span", "steps__word", vec![word(name)]),
        };
        el("li")
            .class(if number < current { "steps__item steps__item--done" } else { "steps__item" })
            .attr_if("aria-current", (number == current).then_some("step"))
            .kids(vec![classed("span", "steps__mark", vec![mark]), name])
            .node()
    };
    let items: Vec<Node> = steps.items.into_iter().enumerate().map(step).collect();
    el("nav").attr("aria-label", labels::STEPS).kid(classed("ol", "steps", items)).node()
}
