//! The list of recovery points: up to some ten thousand rows, by month.
//!
//! A choice touches two rows, a tick touches none but the words of an age that changed, and an answer with more
//! points draws the months that it changed. Events are listened to once, around all rows.

use super::blocks::blocks;
use super::ctx::Ctx;
use super::node::Node;
use super::on::On;
use super::pen::Pen;
use super::slot::Slot;
use super::table::{column_head, head};
use super::text::{state, time};
use crate::screen::{PointName, PointRow, Points};
use crate::words::{self, labels};
use std::rc::Rc;
use std::sync::Arc;

/// The rows of one month.
#[derive(Clone)]
pub struct Month {
    name: String,
    rows: Arc<[PointRow]>,
    from: usize,
    count: usize,
    expires: bool,
    /// The chosen point, if it is one of them.
    chosen: Option<PointName>,
}

/// What has been made of a list of points: made again only when there are others.
pub struct Months {
    of: Points,
    expires: bool,
    months: Vec<Month>,
}

impl Month {
    fn rows(&self) -> &[PointRow] {
        self.rows.get(self.from..self.from + self.count).unwrap_or_default()
    }
}

impl PartialEq for Month {
    /// By what the rows say: more points come as a new list, in which most months are as they were.
    fn eq(&self, other: &Self) -> bool {
        let same = self.expires == other.expires && self.chosen == other.chosen && self.from == other.from;
        same && self.count == other.count && (Arc::ptr_eq(&self.rows, &other.rows) || self.rows() == other.rows())
    }
}

impl Months {
    fn new(of: &Points) -> Months {
        let rows = of.rows();
        let expires = rows.iter().any(|row| row.expires.is_some());
        let mut months: Vec<Month> = Vec::new();
        for (from, row) in rows.iter().enumerate() {
            let name = words::time::month(row.made);
            match months.last_mut().filter(|month| month.name == name) {
                Some(month) => month.count += 1,
                None => months.push(Month { name, rows: Arc::clone(&rows), from, count: 1, expires, chosen: None }),
            }
        }
        Months { of: of.clone(), expires, months }
    }
}

/// The list.
pub fn points(pen: &mut Pen, points: &Points) {
    let mut kept = pen.ctx.months.borrow_mut();
    if kept.as_ref().is_none_or(|kept| !kept.of.same_rows(points)) {
        *kept = Some(Months::new(points));
    }
    let Some(kept) = &*kept else { return };
    pen.el("section.stack[aria-labelledby=points]", |pen| {
        pen.on(On::Choose);
        pen.el("div", |pen| {
            pen.words("h2[id=points]", &points.title);
            pen.words("p.quiet[role=status]", &points.lead);
        });
        pen.below(|pen| blocks(pen, &points.above));
        if points.waiting {
            return pen.el("div.waiting[aria-hidden=true]", |_| {});
        }
        pen.el("table.table.table--stack.table--points[role=table][aria-labelledby=points]", |pen| {
            pen.on(On::Row);
            head(pen, |pen| columns(kept.expires).iter().for_each(|name| column_head(pen, name)));
            for month in &kept.months {
                let of_it = |name: &&PointName| month.rows().iter().any(|row| row.name == **name);
                let chosen = points.chosen.as_ref().filter(of_it).cloned();
                pen.el("tbody[role=rowgroup]", |pen| {
                    pen.key(&month.name);
                    pen.slot(Slot::Rows(Month { chosen, ..month.clone() }));
                });
            }
        });
    });
}

fn columns(expires: bool) -> &'static [&'static str] {
    let all = &labels::POINT_COLUMNS;
    if expires { all } else { all.split_last().map(|(_, rest)| rest).unwrap_or_default() }
}

/// One month's rows under its name.
pub fn rows(ctx: &Rc<Ctx>, month: &Month) -> Vec<Node> {
    let mut pen = Pen::new(ctx);
    pen.el("tr.table__group[role=row]", |pen| {
        pen.el("th[scope=rowgroup][role=rowheader]", |pen| {
            pen.attr("colspan", &columns(month.expires).len().to_string());
            pen.word(&month.name);
            pen.word(" ");
            pen.words("span.small.quiet", &labels::points(month.count));
        });
    });
    for item in month.rows() {
        row(&mut pen, item, month.expires, month.chosen.as_ref() == Some(&item.name));
    }
    pen.done()
}

fn row(pen: &mut Pen, row: &PointRow, expires: bool, chosen: bool) {
    pen.el("tr[role=row]", |pen| {
        pen.key(row.name.as_str());
        if chosen {
            pen.attr("class", "table__chosen");
        }
        pen.el("td[role=cell]", |pen| pen.el("label.choice", |pen| choice(pen, row, chosen)));
        pen.el("td[role=cell]", |pen| state(pen, row.state.0, &row.state.1));
        for what in [&row.kind, &row.tier, &row.tag] {
            pen.words("td[role=cell]", what);
        }
        if expires {
            pen.el("td[role=cell]", |pen| {
                pen.attr("data-label", labels::EXPIRES);
                if let Some(at) = row.expires {
                    time(pen, at, true);
                }
            });
        }
    });
}

fn choice(pen: &mut Pen, row: &PointRow, chosen: bool) {
    pen.el("input[type=radio][name=point]", |pen| {
        pen.attr("value", row.name.as_str());
        pen.attr(".checked", if chosen { "on" } else { "" });
    });
    pen.el("span", |pen| {
        time(pen, row.made, false);
        if row.latest {
            pen.word(" ");
            pen.words("b.small", labels::LATEST);
        }
    });
}
