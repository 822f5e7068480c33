//! PG Flex Restore.

pub mod app;
pub mod azure;
#[cfg(target_arch = "wasm32")]
pub mod browser;
pub mod config;
pub mod fault;
pub mod flow;
pub mod journal;
pub mod link;
pub mod moment;
pub mod screen;
