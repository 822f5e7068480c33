//! What frames every page: the bar on top, the simulation's banner, the passing message, the line at the foot.

use super::ctx::Ctx;
use super::focus;
use super::icon::{DOWN, drawn, icon};
use super::node::{Node, classed, el, live, live_text, node};
use super::text::{Place, in_here, press, text, word};
use crate::screen::{Account, Frame, Icon, Text};
use crate::words::labels;
use leptos::prelude::*;

/// Above the page.
pub fn above(ctx: &Ctx, frame: Memo<Frame>) -> Node {
    let skip = el("a")
        .class("hidden")
        .attr("href", format!("#{}", focus::MAIN))
        .on("click", |click| {
            // The fragment is the router's: the link moves the focus itself.
            click.prevent_default();
            focus::to(focus::MAIN);
        })
        .kid(labels::SKIP);
    let bar = {
        let ctx = ctx.clone();
        move || top_bar(&ctx, frame.get())
    };
    let banner = {
        let ctx = ctx.clone();
        move || frame.with(|f| f.banner.clone()).map(|text| banner(&ctx, text)).into()
    };
    let said = Memo::new(move |_| frame.with(|f| f.said.clone()));
    // The same words said twice have to differ, or nobody reads them out a second time.
    let message = move || {
        said.get().map(|(nth, text)| if nth % 2 == 0 { text } else { format!("{text}\u{a0}") }).unwrap_or_default()
    };
    el("div")
        .kid(skip)
        .kid(live(bar))
        .kid(live(banner))
        .kid(el("p").class("said").attr("role", "status").kid(live_text(message)))
        .node()
}

/// Below the page.
pub fn below(ctx: &Ctx, frame: Memo<Frame>) -> Node {
    let ctx = ctx.clone();
    let foot = Memo::new(move |_| frame.with(|f| f.foot.clone()));
    live(move || {
        let (left, right) = foot.get();
        let kids = vec![node("span", vec![word(left)]), node("span", text(&ctx, Place::Line, right))];
        classed("footer", "foot small quiet row row--between", kids)
    })
}

fn top_bar(ctx: &Ctx, frame: Frame) -> Node {
    let home = Some(frame.home).filter(|home| in_here(home));
    let brand = el("a").class("topbar__brand").attr_if("href", home).kids([icon(Icon::Brand), word(labels::PROGRAM)]);
    let link = |(words, href, current): (String, String, bool)| {
        el("a")
            .class("topbar__link")
            .attr("href", href)
            .attr_if("aria-current", current.then_some("page"))
            .kid(word(words))
            .node()
    };
    let nav = (!frame.nav.is_empty()).then(|| {
        let links = frame.nav.into_iter().map(link);
        el("nav").class("topbar__nav").attr("aria-label", labels::NAVIGATION).kids(links).node()
    });
    let account = frame.account.map(|account| menu(ctx, account));
    el("header").class("topbar").kid(brand).kid(nav).kid(account).node()
}

/// Who is signed in, and what can be done about it.
fn menu(ctx: &Ctx, account: Account) -> Node {
    let name = classed("span", "topbar__who", vec![word(account.name)]);
    if account.actions.is_empty() {
        return classed("span", "state topbar__end", vec![icon(Icon::Person), name]);
    }
    let actions =
        account.actions.into_iter().map(|(label, event)| press(ctx, "button button--quiet", vec![word(label)], event));
    el("details")
        .class("menu topbar__end")
        .kid(node("summary", vec![icon(Icon::Person), name, drawn(DOWN)]))
        .kid(classed("div", "menu__list", actions.collect()))
        .node()
}

fn banner(ctx: &Ctx, says: Text) -> Node {
    let mut kids = vec![icon(Icon::Flask)];
    kids.extend(text(ctx, Place::Row, says));
    el("div").class("sim").attr("role", "region").attr("aria-label", labels::SIMULATION).kids(kids).node()
}
