//! What is drawn anew only when it has changed, however often the page around it is: a month of points, as rows or as
//! marks.

use super::ctx::Ctx;
use super::node::Node;
use super::points::{self, Month};
use super::timeline::{self, Marked};
use std::rc::Rc;

/// What a slot holds.
#[derive(PartialEq)]
pub enum Slot {
    /// The rows of one month.
    Rows(Month),
    /// The plot of one month.
    Plot(Marked),
}

/// What it is drawn as.
pub fn kids(ctx: &Rc<Ctx>, slot: &Slot) -> Vec<Node> {
    match slot {
        Slot::Rows(month) => points::rows(ctx, month),
        Slot::Plot(plot) => timeline::plot(ctx, plot),
    }
}
