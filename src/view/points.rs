//! The list of recovery points: up to some ten thousand rows, by month.
//!
//! A choice touches two rows, a tick touches none but the words of an age that changed, and an answer with more
//! points draws the months that it changed. Events are listened to once, on the table.

use super::Host;
use super::ctx::{At, Ctx};
use super::focus;
use super::list::{Item, List};
use super::node::{Flag, Node, classed, el, live};
use super::table::head;
use super::text::{state, time, word};
use crate::app::Event;
use crate::screen::{PointRow, Points};
use crate::words::{self, labels};
use leptos::prelude::*;
use leptos::reactive::computed::Selector;
use leptos::web_sys;
use std::sync::Arc;

/// The rows of one month.
#[derive(Clone)]
pub struct Month {
    rows: Arc<[PointRow]>,
    from: usize,
    count: usize,
    expires: bool,
    chosen: Arc<dyn Fn(&PointRow) -> bool + Send + Sync>,
}

impl Month {
    fn rows(&self) -> &[PointRow] {
        self.rows.get(self.from..self.from + self.count).unwrap_or_default()
    }
}

impl PartialEq for Month {
    /// By what the rows say: more points come as a new list, in which most months are as they were.
    fn eq(&self, other: &Self) -> bool {
        self.expires == other.expires && self.rows() == other.rows()
    }
}

/// The slot for the list: empty where the page has none.
pub fn points(ctx: &Ctx, host: &Host) -> impl Fn() -> Node + Send + Sync + Clone + 'static + use<> {
    let screen = host.screen;
    let of = move |read: fn(&Points) -> String| {
        Memo::new(move |_| screen.with(|s| s.page.points.as_ref().map(read).unwrap_or_default()))
    };
    let (title, lead) = (of(|p| p.title.clone()), of(|p| p.lead.clone()));
    let points = Memo::new_with_compare(
        move |_| screen.with(|s| s.page.points.clone()),
        |before: Option<&Option<Points>>, now| match (before, now) {
            (Some(Some(before)), Some(Some(now))) => !before.same_rows(now),
            (Some(None), Some(None)) => false,
            _ => true,
        },
    );
    let rows = Memo::new_with_compare(move |_| points.with(|p| p.as_ref().map(Points::rows)), |_, _| true);
    let there = Memo::new(move |_| rows.with(Option::is_some));
    let chosen = Selector::new(move || screen.with(|s| s.page.points.as_ref().and_then(|p| p.chosen.clone())));

    let ctx = ctx.clone();
    move || {
        if !there.get() {
            return Node::Nothing;
        }
        let (tell, ctx, chosen) = (ctx.clone(), ctx.clone(), chosen.clone());
        let choose = move |event: web_sys::Event| {
            let Some(name) = focus::radio_value(&event) else { return };
            let found = rows.with_untracked(|rows| {
                rows.iter().flat_map(|rows| rows.iter()).find(|row| row.name.as_str() == name).map(|r| r.name.clone())
            });
            if let Some(point) = found {
                tell.tell(Event::PointChosen(point));
            }
        };
        let head = move || rows.with(|rows| head(columns(rows.as_deref().is_some_and(any_expires))));
        let months = move || months(&ctx, rows.get().unwrap_or_else(|| Arc::from([])), chosen.clone()).into();
        let title = el("h2").attr("id", "points").kid(live(move || word(title.get())));
        let lead = el("p").class("quiet").kid(live(move || word(lead.get())));
        let table = el("table")
            .class("table table--stack table--points")
            .attr("role", "table")
            .attr("aria-labelledby", "points")
            .on("change", choose)
            .on("click", |click| focus::choose_in_row(&click))
            .kid(live(head))
            .kid(live(months));
        el("section")
            .class("stack")
            .attr("aria-labelledby", "points")
            .kid(el("div").kid(title).kid(lead))
            .kid(table)
            .node()
    }
}

fn any_expires(rows: &[PointRow]) -> bool {
    rows.iter().any(|row| row.expires.is_some())
}

fn columns(expires: bool) -> &'static [&'static str] {
    let all = &labels::POINT_COLUMNS;
    if expires { all } else { all.split_last().map(|(_, rest)| rest).unwrap_or_default() }
}

fn months(ctx: &Ctx, rows: Arc<[PointRow]>, chosen: Selector<Option<crate::screen::PointName>>) -> List {
    let expires = any_expires(&rows);
    let chosen: Arc<dyn Fn(&PointRow) -> bool + Send + Sync> =
        Arc::new(move |row| chosen.selected(&Some(row.name.clone())));
    let mut from = 0;
    let items = rows
        .chunk_by(|a, b| words::time::month(a.made) == words::time::month(b.made))
        .map(|chunk| {
            let count = chunk.len();
            let month = Month { rows: Arc::clone(&rows), from, count, expires, chosen: Arc::clone(&chosen) };
            from += count;
            (chunk.first().map(|row| words::time::month(row.made)).unwrap_or_default(), Item::Month(month))
        })
        .collect();
    List::new(ctx, &At::top("points"), items)
}

/// One month's rows under its name.
pub fn month(ctx: &Ctx, at: &At, month: Month) -> Node {
    let name = at.id.strip_prefix("points-").unwrap_or_default();
    let count = Node::Text(labels::points(month.count).into());
    let group = el("tr").class("table__group").attr("role", "row").kid(
        el("th")
            .attr("scope", "rowgroup")
            .attr("colspan", columns(month.expires).len().to_string())
            .attr("role", "rowheader")
            .kid(Node::Text(format!("{name} ").into()))
            .kid(classed("span", "small quiet", vec![count])),
    );
    let rows = month.rows().iter().map(|row| self::row(ctx, row, month.expires, &month.chosen));
    el("tbody").attr("role", "rowgroup").kid(group).kids(rows).node()
}

fn row(ctx: &Ctx, row: &PointRow, expires: bool, chosen: &Arc<dyn Fn(&PointRow) -> bool + Send + Sync>) -> Node {
    let is_chosen: Arc<dyn Fn() -> bool + Send + Sync> = {
        let (row, chosen) = (row.clone(), Arc::clone(chosen));
        Arc::new(move || chosen(&row))
    };
    let cell = |kid: Node| el("td").attr("role", "cell").kid(kid);
    let made = vec![time(ctx, row.made, false)];
    let latest = row.latest.then(|| [" ".into(), classed("b", "small", vec![labels::LATEST.into()])]);
    let radio = el("input")
        .attr("type", "radio")
        .attr("name", "point")
        .attr("value", row.name.as_str().to_string())
        .flag(Flag::Property("checked"), Arc::clone(&is_chosen));
    let label = el("label").class("choice").kid(radio).kid(el("span").kids(made).kids(latest.into_iter().flatten()));
    let goes = expires.then(|| {
        let when = row.expires.map(|at| time(ctx, at, true));
        el("td").attr("role", "cell").attr("data-label", labels::EXPIRES).kids(when).node()
    });
    el("tr")
        .attr("role", "row")
        .flag(Flag::Class("table__chosen"), is_chosen)
        .kid(cell(label.node()))
        .kid(cell(state(row.state.0, row.state.1.clone())))
        .kids([&row.kind, &row.tier, &row.tag].map(|what| cell(word(what)).node()))
        .kids(goes)
        .node()
}
