//! What frames every page: the bar on top, the simulation's banner, the passing message, the line at the foot.

use super::ctx::Ctx;
use super::focus;
use super::icon::{DOWN, drawn, icon};
use super::node;
use super::text::{Place, in_here, press, text, word};
use crate::screen::{Account, Frame, Icon, Text};
use crate::words::labels;
use leptos::prelude::*;
use leptos::{ev, html};

/// Above the page.
pub fn above(ctx: &Ctx, frame: Memo<Frame>) -> AnyView {
    let skip = html::a()
        .class("hidden")
        .attr("href", format!("#{}", focus::MAIN))
        .on(ev::click, |click| {
            // The fragment is the router's: the link moves the focus itself.
            click.prevent_default();
            focus::to(focus::MAIN);
        })
        .child(labels::SKIP.to_string());
    let bar = {
        let ctx = ctx.clone();
        move || top_bar(&ctx, frame.get())
    };
    let banner = {
        let ctx = ctx.clone();
        move || frame.with(|f| f.banner.clone()).map(|text| banner(&ctx, text))
    };
    let said = Memo::new(move |_| frame.with(|f| f.said.clone()));
    // The same words said twice have to differ, or nobody reads them out a second time.
    let message = move || {
        said.get().map(|(nth, text)| if nth % 2 == 0 { text } else { format!("{text}\u{a0}") }).unwrap_or_default()
    };
    html::div()
        .child((
            skip,
            html::header().class("topbar").child(bar),
            banner,
            html::p().class("said").attr("role", "status").child(message),
        ))
        .into_any()
}

/// Below the page.
pub fn below(ctx: &Ctx, frame: Memo<Frame>) -> AnyView {
    let ctx = ctx.clone();
    let foot = Memo::new(move |_| frame.with(|f| f.foot.clone()));
    let kids = move || {
        let (left, right) = foot.get();
        vec![node!(span, vec![word(left)]), node!(span, text(&ctx, Place::Line, right))]
    };
    html::footer().class("foot small quiet row row--between").child(kids).into_any()
}

fn top_bar(ctx: &Ctx, frame: Frame) -> impl IntoView + use<> {
    let home = in_here(&frame.home).then_some(frame.home);
    let brand =
        html::a().class("topbar__brand").attr("href", home).child(vec![icon(Icon::Brand), word(labels::PROGRAM)]);
    let link = |(words, href, current): (String, String, bool)| {
        html::a()
            .class("topbar__link")
            .attr("href", href)
            .attr("aria-current", current.then_some("page"))
            .child(vec![word(words)])
            .into_any()
    };
    let nav = (!frame.nav.is_empty()).then(|| {
        let links: Vec<AnyView> = frame.nav.into_iter().map(link).collect();
        html::nav().class("topbar__nav").attr("aria-label", labels::NAVIGATION).child(links)
    });
    (brand, nav, frame.account.map(|account| menu(ctx, account)))
}

/// Who is signed in, and what can be done about it.
fn menu(ctx: &Ctx, account: Account) -> AnyView {
    if account.actions.is_empty() {
        return node!(span, "state topbar__end", vec![icon(Icon::Person), word(account.name)]);
    }
    let name = node!(span, "topbar__who", vec![word(account.name)]);
    let actions =
        account.actions.into_iter().map(|(label, event)| press(ctx, "button button--quiet", vec![word(label)], event));
    html::details()
        .class("menu topbar__end")
        .child((
            html::summary().child(vec![icon(Icon::Person), name, drawn(DOWN)]),
            node!(div, "menu__list", actions.collect()),
        ))
        .into_any()
}

fn banner(ctx: &Ctx, says: Text) -> AnyView {
    let mut kids = vec![icon(Icon::Flask)];
    kids.extend(text(ctx, Place::Row, says));
    html::div().class("sim").attr("role", "region").attr("aria-label", labels::SIMULATION).child(kids).into_any()
}
