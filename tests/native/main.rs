//! Every native test, in one binary: it links once. Read a file's `check` first, then its tests.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that cannot go on has failed"
)]

mod any;
mod azure;
mod commands;
mod config;
mod entra;
mod fault;
mod fidelity;
mod flow;
mod fuzz;
mod journal;
mod link;
mod links_told;
mod moment;
mod openapi;
#[path = "../fuzz/properties/mod.rs"]
mod properties;
mod runbook;
mod simulator;
mod stories;
mod tidy;
mod upload;
#[cfg(all(feature = "view", not(target_arch = "wasm32")))]
mod view;
mod walks;
mod when;
mod words;
mod zones;
