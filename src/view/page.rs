//! One page: steps, heading, and its parts, each redrawn only when it changed.

use super::Host;
use super::blocks::blocks;
use super::ctx::{At, Ctx};
use super::focus;
use super::icon::{TICK, named};
use super::list::List;
use super::node;
use super::points::points;
use super::text::{Place, text, word};
use crate::screen::{Block, Page, Screen, Span, Steps, Text};
use crate::words::labels;
use leptos::html;
use leptos::prelude::*;

/// The page. Narrow, what is beside the first part stands between it and the rest.
pub fn page(ctx: &Ctx, host: &Host) -> AnyView {
    let screen = host.screen;
    let display = part(screen, |p| p.display);
    let beside = part(screen, |p| !p.side.is_empty());
    let steps = {
        let steps = part(screen, |p| p.steps.clone());
        move || steps.get().map(self::steps)
    };
    let main = region(ctx, screen, "main", |p| &p.main);
    let side = region(ctx, screen, "side", |p| &p.side);
    let rest = region(ctx, screen, "rest", |p| &p.rest);

    let parts = {
        let (ctx, host) = (ctx.clone(), host.clone());
        move || {
            let head = head(&ctx, screen);
            let (main, side, rest) = (main.clone(), side.clone(), rest.clone());
            if display.get() {
                let promise = html::div().class("promise stack").child((head, main));
                return (promise, html::div().class("stack stack--loose").child((side, rest))).into_any();
            }
            let aside = move || beside.get().then(|| html::aside().class("split__side stack").child(side.clone()));
            let columns = move || if beside.get() { "split" } else { "stack stack--loose" };
            (
                html::div().class("page__head").child(head),
                html::div().class(columns).child((
                    html::div().class("stack stack--loose").child(main),
                    aside,
                    html::div().class("stack stack--loose").child((points(&ctx, &host), rest)),
                )),
            )
                .into_any()
        }
    };
    html::main().class("page").attr("id", focus::MAIN).attr("tabindex", "-1").child((steps, parts)).into_any()
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
) -> impl Fn() -> List<Block> + Send + Sync + Clone + 'static {
    let ctx = ctx.clone();
    let part = Memo::new(move |_| screen.with(|s| (s.page.key.clone(), read(&s.page).clone(), s.page.display)));
    move || {
        let (page, body, large) = part.get();
        List { page, ..blocks(&ctx, &At { large, ..At::top(name) }, body) }
    }
}

fn head(ctx: &Ctx, screen: Signal<Screen>) -> impl IntoView + use<> {
    let title = part(screen, |p| p.title.clone());
    let under = part(screen, |p| p.lead.clone());
    let ctx = ctx.clone();
    (html::h1().attr("id", focus::HEADING).attr("tabindex", "-1").child(move || word(title.get())), move || {
        Some(under.get()).filter(|text| !text.is_empty()).map(|text| lead(&ctx, text))
    })
}

/// A sentence in large; states and instants in a quieter line.
fn lead(ctx: &Ctx, says: Text) -> AnyView {
    if says.iter().any(|span| matches!(span, Span::State(..))) {
        node!(p, "row quiet", text(ctx, Place::Row, says))
    } else if says.iter().any(|span| matches!(span, Span::Time(_))) {
        node!(p, "quiet", text(ctx, Place::Line, says))
    } else {
        node!(p, "page__lead", text(ctx, Place::Line, says))
    }
}

fn steps(steps: Steps) -> AnyView {
    let current = steps.current;
    let step = |(nth, (name, href)): (usize, (String, Option<String>))| {
        let number = nth + 1;
        let mark = if number < current { named(TICK, labels::DONE) } else { word(number.to_string()) };
        let name = match href.filter(|_| number != current) {
            Some(href) => html::a().class("steps__word").attr("href", href).child(vec![word(name)]).into_any(),
            None => node!(span, "steps__word", vec![word(name)]),
        };
        html::li()
            .class(if number < current { "steps__item steps__item--done" } else { "steps__item" })
            .attr("aria-current", (number == current).then_some("step"))
            .child(vec![node!(span, "steps__mark", vec![mark]), name])
            .into_any()
    };
    let items: Vec<AnyView> = steps.items.into_iter().enumerate().map(step).collect();
    html::nav().attr("aria-label", labels::STEPS).child(node!(ol, "steps", items)).into_any()
}
