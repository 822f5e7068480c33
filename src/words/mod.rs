//! Every sentence that a person reads. Says things, decides nothing.

pub mod faults;
pub mod labels;
pub mod names;
pub mod problems;
pub mod time;
pub mod visible;
