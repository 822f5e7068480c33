//! What a 401 means: whether another token may help, or a sign-in with more proof, or nothing here.
//!
//! ```text
//! a read:   not taken → renewed, asked once more → signed out
//! a write:  not taken → renewed; a press → more proof is asked for; a sign-in, a press → nothing helps here
//! ```
//!
//! Azure answers 401 before it does anything. Still a write is never repeated by itself: the person presses again.

use super::{Command, Context, Ticket};
use crate::fault::{Code, Fault};
use crate::moment::{Moment, Span};

/// How long a token counts as new: a refusal of a new one is not for its age.
const NEW: Span = Span::from_secs(300);

/// How long the token of a sign-in with more proof is surely still in use: the shortest that Entra gives lives for an
/// hour, and MSAL renews it some minutes before. A renewed one may lack the proof.
const PROVEN: Span = Span::from_secs(45 * 60);

/// What is known of the token that requests go with.
#[derive(Clone, Copy, Debug, Default)]
pub struct Token {
    /// When another one was asked for last, and the last ticket given out before.
    renewed: Option<(Ticket, Moment)>,
    /// When the person came back from a sign-in with more proof, as long as its token is in use.
    proved: Option<Moment>,
}

impl Token {
    /// The token of a page that is loaded now; `proved` if that is after a sign-in with more proof.
    pub fn new(proved: Option<Moment>) -> Self {
        Token { renewed: None, proved }
    }

    fn is_proven(&self, now: Moment) -> bool {
        self.proved.is_some_and(|at| now.since(at) < PROVEN)
    }
}

impl Context<'_> {
    /// What a fault of the request with this ticket means, given the token it went with. [`Code::NotTaken`]: the next
    /// request goes with another token.
    pub fn weigh(&mut self, mut fault: Fault, ticket: Ticket) -> Fault {
        let proven = self.token.is_proven(self.now);
        match fault.code {
            Code::MoreProof if proven => fault.code = Code::ProofNotTaken,
            // Without an answer of Azure's it is the sign-in service that refuses.
            Code::SignedOut if fault.problem.is_some() => {
                fault.code = match (fault.step.writes(), self.renew(ticket)) {
                    (true, _) if proven => Code::ProofNotTaken,
                    (true, false) => Code::MoreProof,
                    (false, false) => Code::SignedOut,
                    (_, true) => Code::NotTaken,
                }
            }
            _ => {}
        }
        fault
    }

    /// Has the token renewed that the request with this ticket went with; `false` if that one was new.
    fn renew(&mut self, ticket: Ticket) -> bool {
        match self.token.renewed {
            // It left before: what it went with is in use no more.
            Some((last, _)) if ticket <= last => return true,
            Some((_, at)) if self.now.since(at) < NEW => return false,
            _ => {}
        }
        self.token.renewed = Some((Ticket(*self.tickets), self.now));
        self.token.proved = None;
        self.command(Command::Renew);
        true
    }
}
