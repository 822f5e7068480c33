//! Azure Resource Manager as data: ids, requests, answers, errors. Speaks Azure's language. Knows no user, no
//! token, no retry, and sends nothing.

pub mod access;
pub mod call;
pub mod calls;
pub mod challenge;
pub mod cloud;
pub mod graph;
pub mod http;
pub mod id;
pub mod json;
pub mod operation;
pub mod page;
pub mod problem;
pub mod restore;
pub mod storage;
pub mod wire;
