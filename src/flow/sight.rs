//! Whether another account that is signed in here sees what this one does not.
//!
//! The accounts are asked one after the other, each once and for the very same read, until one can read it. An answer
//! that says nothing of the account (no network, Azure's own trouble, a sign-in that has ended) is not taken for a no.

use super::{Context, Ticket, Told};
use crate::azure::call::Sending;
use crate::azure::http::{Response, Unreachable};
use crate::fault::{Fault, Step};

/// So many accounts are asked at most.
const MOST: usize = 5;

/// A look with other eyes.
#[derive(Clone, Debug)]
pub struct Sight {
    /// The account that can read it.
    pub seen: Option<String>,
    /// Whether some account could not tell, or was not asked.
    pub unsure: bool,
    what: Sending,
    left: Vec<String>,
    asked: Option<(Ticket, String)>,
}

impl Sight {
    /// Begins to ask these accounts, by their ids.
    pub fn start(what: Sending, mut accounts: Vec<String>, context: &mut Context<'_>) -> Self {
        let unsure = accounts.len() > MOST;
        accounts.truncate(MOST);
        accounts.reverse();
        let mut sight = Sight { seen: None, unsure, what, left: accounts, asked: None };
        sight.ask(context);
        sight
    }

    /// Whether it is about this.
    pub fn is_of(&self, what: &Sending) -> bool {
        self.what == *what
    }

    /// Whether somebody is still asked.
    pub fn is_asking(&self) -> bool {
        self.asked.is_some()
    }

    fn ask(&mut self, context: &mut Context<'_>) {
        let next = self.left.pop();
        if next.is_some() && !context.online {
            self.unsure = true;
            return;
        }
        self.asked = next.map(|account| (context.send_as(&self.what.request, &account), account));
    }

    /// Takes in what happened.
    pub fn hear(&mut self, told: Told<'_>, context: &mut Context<'_>) {
        let Told::Answered(ticket, answer) = told else { return };
        let Some((_, account)) = self.asked.take_if(|(mine, _)| *mine == ticket) else { return };
        match self.sees(answer, context) {
            Some(true) => self.seen = Some(account),
            told => {
                self.unsure |= told.is_none();
                self.ask(context);
            }
        }
    }

    /// Whether an answer is what was asked for; nothing where it does not tell.
    fn sees(&self, answer: &Result<Response, Unreachable>, context: &Context<'_>) -> Option<bool> {
        let read = self.what.answer(answer.as_ref().ok()?).and_then(|answer| answer.json());
        match read {
            Ok(_) => Some(true),
            // Which step it was matters to the words alone.
            Err(problem) => Fault::said(problem, Step::Instance, context.now).is_of_account().then_some(false),
        }
    }
}
