//! PG Flex Restore.

pub mod app;
pub mod azure;
pub mod config;
pub mod fault;
pub mod flow;
pub mod journal;
pub mod link;
pub mod moment;
pub mod screen;
#[cfg(feature = "view")]
pub mod view;
pub mod words;
