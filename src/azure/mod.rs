//! Azure Resource Manager as data. Speaks Azure's language; knows no user, no token, no retry.

pub mod call;
pub mod cloud;
pub mod http;
pub mod id;
