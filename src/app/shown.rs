//! Which headers of Azure's answers this browser was shown: their names, never their values.
//!
//! A browser hides from a page whatever headers the other side does not release, and nobody has written down which ones
//! Azure Resource Manager does.
//!
//! And the last refusals, by what support asks for: nothing that names a resource, a person or a tenant.

use crate::azure::http::{Request, Response, Unreachable};
use crate::azure::problem::ArmProblem;
use crate::flow::{Command, Ticket};
use crate::moment::Moment;

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

/// How many refusals are kept, the last ones.
const FAILURES: usize = 12;

/// The ids that Azure gives an answer, and that of the request.
const IDS: [&str; 3] = ["x-ms-request-id", "x-ms-correlation-request-id", OURS];
/// The id that this program gives each request.
const OURS: &str = "x-ms-client-request-id";

/// A request that Azure refused or did not answer.
#[derive(Clone, Debug)]
pub struct Failure {
    /// When that was noticed.
    pub when: Moment,
    /// What was asked for.
    pub asked: Answer,
    /// The HTTP status, or why there is none.
    pub outcome: Result<u16, Unreachable>,
    /// Azure's code of the deepest cause; empty where it gave none.
    pub code: String,
    /// The ids by which Azure finds it: name and value.
    pub ids: Vec<(&'static str, String)>,
}

/// The names that were seen.
#[derive(Clone, Debug, Default)]
pub struct Shown {
    seen: [String; 8],
    /// What was asked and is not answered yet, with the id that it went under.
    asked: Vec<(Ticket, Answer, String)>,
    /// The last refusals, oldest first.
    pub failures: Vec<Failure>,
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
                let id = request.headers.iter().find(|(name, _)| name == OURS);
                self.asked.push((*ticket, Answer::to(request), id.map(|(_, id)| id.clone()).unwrap_or_default()));
            }
        }
    }

    /// One was answered.
    pub(super) fn answered(&mut self, ticket: Ticket, outcome: &Result<Response, Unreachable>, now: Moment) {
        let Some(at) = self.asked.iter().position(|(asked, ..)| *asked == ticket) else { return };
        let (_, asked, id) = self.asked.swap_remove(at);
        self.failed(asked, id, outcome, now);
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

    /// Keeps what support asks for, if it was refused.
    fn failed(&mut self, asked: Answer, id: String, outcome: &Result<Response, Unreachable>, when: Moment) {
        let (mut code, mut ids) = (String::new(), Vec::new());
        if let Ok(response) = outcome {
            if response.status < 400 {
                return;
            }
            code = ArmProblem::of(response).cause().code;
            ids = IDS.iter().filter_map(|name| Some((*name, response.header(name)?.to_string()))).collect();
        }
        // Azure sends it back; where it does not, or may not be read, it is known all the same.
        if !ids.iter().any(|(name, _)| *name == OURS) {
            ids.push((OURS, id));
        }
        // What is no code and no id may be anything.
        ids.retain(|(_, id)| {
            id.len() <= 64 && !id.is_empty() && id.bytes().all(|b| b.is_ascii_hexdigit() || b == b'-')
        });
        if code.len() > 80 || !code.bytes().all(|b| b.is_ascii_alphanumeric()) {
            code.clear();
        }
        if self.failures.len() == FAILURES {
            self.failures.remove(0);
        }
        let outcome = outcome.as_ref().map(|response| response.status).map_err(Clone::clone);
        self.failures.push(Failure { when, asked, outcome, code, ids });
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
