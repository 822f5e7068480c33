//! How a restore stands, in one word: for whoever looks from another page or another tab.

use crate::journal::Outcome;

/// How a restore stands, the most urgent last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// It goes on.
    Going,
    /// It has ended, and the files are there.
    Done,
    /// It has ended, and something was left out.
    Warned,
    /// Somebody stopped it.
    Cancelled,
    /// It failed, or Azure refused it.
    Failed,
    /// A person has to do something: decide, or sign in again.
    Waiting,
}

impl Standing {
    /// How it stands by its end; nothing where nobody knows how it ended.
    pub fn of(outcome: Outcome) -> Option<Self> {
        Some(match outcome {
            Outcome::Completed => Standing::Done,
            Outcome::Warnings => Standing::Warned,
            Outcome::Cancelled => Standing::Cancelled,
            Outcome::Failed | Outcome::Refused => Standing::Failed,
            Outcome::Gone | Outcome::NeverFound => return None,
        })
    }
}

/// How the restore of a server stands.
#[derive(Clone, Debug, PartialEq)]
pub struct News {
    /// How it stands.
    pub standing: Standing,
    /// The server's name.
    pub server: String,
    /// Tells restores apart: the file prefix, or the job's name where it was not started here.
    pub key: String,
}
