//! Small tables. Explicit roles keep them tables where narrow screens turn their rows into blocks.

use super::on::On;
use super::pen::Pen;
use super::text::{Place, text};
use crate::screen::Row;

/// A table: column heads and rows, the first cell of a row naming it. A head has a group of rows of its own.
pub fn table(pen: &mut Pen, label: &str, columns: &[String], rows: &[Row]) {
    // Many columns keep their widths, whatever comes into them.
    let even = "table.table.table--stack.table--even[role=table]";
    pen.el(if columns.len() > 4 { even } else { "table.table.table--stack[role=table]" }, |pen| {
        pen.says("aria-label", label);
        head(pen, |pen| {
            for column in columns {
                column_head(pen, column);
            }
        });
        for group in rows.chunk_by(|_, next| !next.head) {
            pen.el("tbody[role=rowgroup]", |pen| {
                for item in group {
                    if item.head {
                        pen.key(&item.key);
                        group_head(pen, columns.len(), item);
                    } else {
                        row(pen, columns, item);
                    }
                }
            });
        }
    });
}

/// The row of heads.
pub fn head(pen: &mut Pen, heads: impl FnOnce(&mut Pen)) {
    pen.el("thead[role=rowgroup]", |pen| pen.el("tr[role=row]", heads));
}

/// The head of a column.
pub fn column_head(pen: &mut Pen, name: &str) {
    pen.words("th[scope=col][role=columnheader]", name);
}

/// The head of a group of rows, as wide as the table.
fn group_head(pen: &mut Pen, columns: usize, row: &Row) {
    pen.el("tr.table__group[role=row]", |pen| {
        pen.el("th[scope=rowgroup][role=rowheader]", |pen| {
            pen.attr("colspan", &columns.to_string());
            row.cells.iter().for_each(|cell| text(pen, Place::Line, cell));
        });
    });
}

fn row(pen: &mut Pen, columns: &[String], row: &Row) {
    pen.el("tr[role=row]", |pen| {
        pen.key(&row.key);
        if let Some(shown) = &row.shown {
            pen.on(On::Shown(shown.clone()));
        }
        let mut columns = columns.iter();
        for (nth, cell) in row.cells.iter().enumerate() {
            let column = columns.next();
            if nth == 0 {
                pen.el("th[scope=row][role=rowheader]", |pen| text(pen, Place::Cell, cell));
                continue;
            }
            pen.el("td[role=cell]", |pen| {
                if let Some(column) = column {
                    pen.says("data-label", column);
                }
                // One child, so that label and value are two columns where the screen is narrow.
                pen.el("div", |pen| text(pen, Place::Cell, cell));
            });
        }
    });
}
