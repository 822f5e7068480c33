//! Which headers of Azure's answers this browser was shown: their names, never their values.
//!
//! A browser hides from a page whatever headers the other side does not release, and nobody has written down which ones
//! Azure Resource Manager does.

use crate::azure::http::{Request, Response, Unreachable};
use crate::flow::{Command, Ticket};

/// The kinds of answer whose headers are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// A list, or another read.
    Read,
    /// A check that was taken (202).
    Check,
    /// A restore that was taken (202).
    Restore,
    /// How an operation stands.
    Operation,
    /// How a job stands.
    Job,
    /// A refusal for want of a valid sign-in (401).
    SignIn,
    /// A refusal for too many requests (429).
    Throttled,
    /// Any other refusal.
    Refused,
}

impl Answer {
    /// Every kind.
    pub const ALL: [Answer; 8] = [
        Answer::Read,
        Answer::Check,
        Answer::Restore,
        Answer::Operation,
        Answer::Job,
        Answer::SignIn,
        Answer::Throttled,
        Answer::Refused,
    ];

    fn to(request: &Request) -> Self {
        let path = request.url.path();
        let ends = [("/validateRestore", Answer::Check), ("/restore", Answer::Restore)];
        let within = [("/operation", Answer::Operation), ("/backupJobs/", Answer::Job)];
        let end = ends.iter().find(|(end, _)| path.ends_with(end));
        end.or(within.iter().find(|(part, _)| path.contains(part))).map_or(Answer::Read, |(_, answer)| *answer)
    }
}

/// The most that is kept of a kind of answer, in bytes. An answer of Azure's has some twenty headers.
const MOST: usize = 2000;

/// The names that were seen.
#[derive(Clone, Debug, Default)]
pub struct Shown {
    seen: [String; 8],
    /// What was asked and is not answered yet.
    asked: Vec<(Ticket, Answer)>,
}

impl Shown {
    /// What was seen of a kind of answer: its status and the names of its headers in lower case, each once, each
    /// between two blanks and a line's end. Empty where none has come.
    pub fn names(&self, answer: Answer) -> &str {
        self.seen.get(answer as usize).map_or("", String::as_str)
    }

    /// Requests are about to leave.
    pub(super) fn sent(&mut self, commands: &[Command]) {
        for command in commands {
            if let Command::Send(ticket, request) = command {
                self.asked.push((*ticket, Answer::to(request)));
            }
        }
    }

    /// One was answered.
    pub(super) fn answered(&mut self, ticket: Ticket, outcome: &Result<Response, Unreachable>) {
        let Some(at) = self.asked.iter().position(|(asked, _)| *asked == ticket) else { return };
        let (_, asked) = self.asked.swap_remove(at);
        let Ok(response) = outcome else { return };
        let answer = match (response.status, asked) {
            (401, _) => Answer::SignIn,
            (429, _) => Answer::Throttled,
            (400.., _) => Answer::Refused,
            // Done at once: there is nothing to be followed, and nothing that says where.
            (200, Answer::Check | Answer::Restore) => Answer::Read,
            _ => asked,
        };
        // The status goes before: an answer of which nothing else is shown was an answer all the same.
        self.note(answer, &response.status.to_string());
        for (name, _) in &response.headers {
            self.note(answer, name);
        }
    }

    #[inline(never)]
    fn note(&mut self, answer: Answer, name: &str) {
        let Some(seen) = self.seen.get_mut(answer as usize) else { return };
        let mut line = ["  ", name, "\n"].concat();
        line.make_ascii_lowercase();
        if seen.len() + line.len() <= MOST && !seen.contains(&line) {
            seen.push_str(&line);
        }
    }
}
