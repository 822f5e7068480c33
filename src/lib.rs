//! PG Flex Restore.

pub mod app;
pub mod azure;
pub mod config;
pub mod flow;
pub mod moment;
pub mod screen;
