//! Model, events and `update`: the whole application without a page.

mod event;

pub use event::*;
