//! The list of recovery points: up to some ten thousand rows, by month.
//!
//! A choice touches two rows, a tick touches none but the words of an age that changed, and an answer with more
//! points draws the months that it changed. Events are listened to once, on the table.

use super::ctx::{At, Ctx};
use super::focus;
use super::list::List;
use super::table::head;
use super::text::{state, text, time, word};
use super::{Host, text::Place};
use crate::app::Event;
use crate::screen::{PointRow, Points, Span};
use crate::words::{self, labels};
use leptos::prelude::*;
use leptos::reactive::computed::Selector;
use leptos::{ev, html};
use std::sync::Arc;

/// The rows of one month.
#[derive(Clone)]
struct Month {
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
pub fn points(ctx: &Ctx, host: &Host) -> AnyView {
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
    let section = move || {
        let (ctx, chosen) = (ctx.clone(), chosen.clone());
        let tell = ctx.clone();
        let months = move || months(&ctx, rows.get().unwrap_or_else(|| Arc::from([])), chosen.clone());
        let on_change = move |event: ev::Event| {
            let Some(name) = focus::radio_value(&event) else { return };
            let found = rows.with_untracked(|rows| {
                rows.iter().flat_map(|rows| rows.iter()).find(|row| row.name.as_str() == name).map(|r| r.name.clone())
            });
            if let Some(point) = found {
                tell.tell(Event::PointChosen(point));
            }
        };
        html::section()
            .class("stack")
            .attr("aria-labelledby", "points")
            .child((
                html::div().child((
                    html::h2().attr("id", "points").child(move || word(title.get())),
                    html::p().class("quiet").child(move || word(lead.get())),
                )),
                html::table()
                    .class("table table--stack table--points")
                    .attr("role", "table")
                    .attr("aria-labelledby", "points")
                    .on(ev::change, on_change)
                    .on(ev::click, |click| focus::choose_in_row(&click))
                    .child((move || rows.with(|rows| head(columns(rows.as_deref().is_some_and(any_expires)))), months)),
            ))
            .into_any()
    };
    (move || there.get().then(section.clone())).into_any()
}

fn any_expires(rows: &[PointRow]) -> bool {
    rows.iter().any(|row| row.expires.is_some())
}

fn columns(expires: bool) -> &'static [&'static str] {
    let all = &labels::POINT_COLUMNS;
    if expires { all } else { all.split_last().map(|(_, rest)| rest).unwrap_or_default() }
}

fn months(ctx: &Ctx, rows: Arc<[PointRow]>, chosen: Selector<Option<crate::screen::PointName>>) -> List<Month> {
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
            (chunk.first().map(|row| words::time::month(row.made)).unwrap_or_default(), month)
        })
        .collect();
    List { ctx: ctx.clone(), at: At::top("points"), page: String::new(), items, draw: month }
}

fn month(ctx: &Ctx, at: &At, month: Month) -> AnyView {
    let name = at.id.strip_prefix("points-").unwrap_or_default().to_string();
    let group = html::tr().class("table__group").attr("role", "row").child(
        html::th()
            .attr("scope", "rowgroup")
            .attr("colspan", columns(month.expires).len().to_string())
            .attr("role", "rowheader")
            .child((format!("{name} "), html::span().class("small quiet").child(labels::points(month.count)))),
    );
    let rows = month.rows().iter().map(|row| self::row(ctx, row, month.expires, &month.chosen));
    html::tbody().attr("role", "rowgroup").child((group, rows.collect::<Vec<_>>())).into_any()
}

/// One point. Written in one piece: this is what there are thousands of.
fn row(ctx: &Ctx, row: &PointRow, expires: bool, chosen: &Arc<dyn Fn(&PointRow) -> bool + Send + Sync>) -> AnyView {
    let is_chosen = {
        let (row, chosen) = (row.clone(), Arc::clone(chosen));
        move || chosen(&row)
    };
    let latest = row.latest.then(|| (" ".to_string(), html::b().class("small").child(labels::LATEST.to_string())));
    let plain = |what: &str| html::td().attr("role", "cell").child(word(what));
    let goes = |at| text(ctx, Place::Cell, vec![Span::Time(at)]);
    html::tr()
        .class(("table__chosen", is_chosen.clone()))
        .attr("role", "row")
        .child((
            html::td().attr("role", "cell").child(
                html::label().class("choice").child((
                    html::input()
                        .attr("type", "radio")
                        .attr("name", "point")
                        .attr("value", row.name.as_str().to_string())
                        .prop("checked", is_chosen),
                    html::span().child((time(ctx, row.made, false), latest)),
                )),
            ),
            html::td().attr("role", "cell").child(state(row.state.0, row.state.1.clone())),
            plain(&row.kind),
            plain(&row.tier),
            plain(&row.tag),
            expires.then(|| {
                html::td().attr("role", "cell").attr("data-label", labels::EXPIRES).child(row.expires.map(goes))
            }),
        ))
        .into_any()
}
