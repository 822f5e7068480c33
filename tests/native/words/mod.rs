//! What a person reads.

mod time;
mod visible;
