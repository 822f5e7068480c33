//! PG Flex Restore.

pub mod azure;
pub mod moment;
pub mod sim;
