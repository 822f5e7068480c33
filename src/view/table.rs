//! Small tables. Explicit roles keep them tables where narrow screens turn their rows into blocks.

use super::ctx::{At, Ctx};
use super::list::{Item, List};
use super::node::{Node, el, node};
use super::text::{Place, text, word};
use crate::screen::Row;
use crate::words::visible::visible;
use std::sync::Arc;

/// A table: column heads and rows, the first cell of a row naming it.
pub fn table(ctx: &Ctx, at: &At, label: String, columns: Vec<String>, rows: Vec<Row>) -> Node {
    let head = head(&columns);
    let columns: Arc<[String]> = columns.into();
    let items = rows.into_iter().map(|row| (row.key.clone(), Item::Row(Arc::clone(&columns), row))).collect();
    el("table")
        .class("table table--stack")
        .attr("role", "table")
        .attr("aria-label", visible(&label).into_owned())
        .kid(head)
        .kid(el("tbody").attr("role", "rowgroup").kid(List::new(ctx, at, items)))
        .node()
}

/// The heads of the columns.
pub fn head<T: AsRef<str>>(columns: &[T]) -> Node {
    let cell = |name: &T| el("th").attr("scope", "col").attr("role", "columnheader").kids(vec![word(name)]).node();
    let cells: Vec<Node> = columns.iter().map(cell).collect();
    el("thead").attr("role", "rowgroup").kid(el("tr").attr("role", "row").kids(cells)).node()
}

/// One row.
pub fn row(ctx: &Ctx, columns: &[String], row: Row) -> Node {
    let cells: Vec<Node> = row
        .cells
        .into_iter()
        .enumerate()
        .map(|(nth, cell)| {
            let kids = text(ctx, Place::Cell, cell);
            if nth == 0 {
                return el("th").attr("scope", "row").attr("role", "rowheader").kids(kids).node();
            }
            let label = columns.get(nth).map(|name| visible(name).into_owned());
            // One child, so that label and value are two columns where the screen is narrow.
            el("td").attr("role", "cell").attr_if("data-label", label).kids(vec![node("div", kids)]).node()
        })
        .collect();
    el("tr").attr("role", "row").kids(cells).node()
}
