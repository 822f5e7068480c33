//! Small tables. Explicit roles keep them tables where narrow screens turn their rows into blocks.

use super::ctx::{At, Ctx};
use super::list::List;
use super::node;
use super::text::{Place, text, word};
use crate::screen::Row;
use crate::words::visible::visible;
use leptos::html;
use leptos::prelude::*;
use std::sync::Arc;

/// A table: column heads and rows, the first cell of a row naming it.
pub fn table(ctx: &Ctx, at: &At, label: String, columns: Vec<String>, rows: Vec<Row>) -> AnyView {
    let head = head(&columns);
    let columns: Arc<[String]> = columns.into();
    let items = rows.into_iter().map(|row| (row.key.clone(), (Arc::clone(&columns), row))).collect();
    let rows = List { ctx: ctx.clone(), at: at.clone(), page: String::new(), items, draw: row };
    html::table()
        .class("table table--stack")
        .attr("role", "table")
        .attr("aria-label", visible(&label).into_owned())
        .child((head, html::tbody().attr("role", "rowgroup").child(rows)))
        .into_any()
}

/// The heads of the columns.
pub fn head<T: AsRef<str>>(columns: &[T]) -> AnyView {
    let cell =
        |name: &T| html::th().attr("scope", "col").attr("role", "columnheader").child(vec![word(name)]).into_any();
    let cells: Vec<AnyView> = columns.iter().map(cell).collect();
    html::thead().attr("role", "rowgroup").child(html::tr().attr("role", "row").child(cells)).into_any()
}

fn row(ctx: &Ctx, _at: &At, (columns, row): (Arc<[String]>, Row)) -> AnyView {
    let cells: Vec<AnyView> = row
        .cells
        .into_iter()
        .enumerate()
        .map(|(nth, cell)| {
            let kids = text(ctx, Place::Cell, cell);
            if nth == 0 {
                return html::th().attr("scope", "row").attr("role", "rowheader").child(kids).into_any();
            }
            let label = columns.get(nth).map(|name| visible(name).into_owned());
            // One child, so that label and value are two columns where the screen is narrow.
            html::td().attr("role", "cell").attr("data-label", label).child(vec![node!(div, kids)]).into_any()
        })
        .collect();
    html::tr().attr("role", "row").child(cells).into_any()
}
