//! What a person reads.

mod page;
mod time;
mod visible;
