//! A call as a value: the request, and how to read its answer.

use super::cloud::{ApiVersion, Cloud};

/// Which Azure is spoken to, and how.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Arm {
    /// The cloud.
    pub cloud: Cloud,
    /// The api-version of Microsoft.DataProtection.
    pub api: ApiVersion,
}
