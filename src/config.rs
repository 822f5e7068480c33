//! `config.json` → [`Config`], or what is wrong with it, line by line. A closed schema: an unknown key is refused,
//! so that a spelling mistake cannot pass. Reads no file and no network itself.

use crate::azure::cloud::{ApiVersion, Cloud};

/// What an administrator sets for a host.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// The application (client) id of the app registration.
    pub client_id: String,
    /// A tenant's id or domain, or `organizations`.
    pub tenant: String,
    /// The cloud.
    pub cloud: Cloud,
    /// The api-version of Microsoft.DataProtection.
    pub api_version: ApiVersion,
}

/// What is wrong, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The line in the file, from 1; nothing for the file as a whole.
    pub line: Option<usize>,
    /// What is wrong.
    pub kind: Kind,
}

/// The kinds of problem.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// There is no such file.
    Absent,
    /// The file could not be fetched.
    Unreadable,
}
