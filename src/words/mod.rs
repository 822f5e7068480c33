//! Every sentence that a person reads. Says things, decides nothing.

pub mod faults;
pub mod labels;
pub mod names;
#[expect(missing_docs, reason = "a sentence is its own description")]
pub mod page;
pub mod problems;
pub mod time;
pub mod visible;
