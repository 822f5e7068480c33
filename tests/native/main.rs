//! Every native test in one binary: it links once.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that cannot go on has failed"
)]

mod simulator;
mod stories;
#[cfg(feature = "view")]
mod view;
mod words;
