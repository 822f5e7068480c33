//! Every native test, in one binary: it links once. Read a file's `check` first, then its tests.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot go on says so by panicking"
)]

mod any;
mod azure;
mod config;
mod fault;
mod fidelity;
mod journal;
mod link;
mod moment;
mod tidy;
