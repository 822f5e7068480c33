//! A container that is being made.
//!
//! ```text
//! Asking → Made
//!      ↘ Refused
//!      ↘ Looking (no answer, or one that leaves doubt) → Made | Unsure
//! ```
//!
//! The request leaves once for one press. Making a container that is there changes nothing, so where nobody can tell
//! whether it was made, the person may press again.

use super::draft::Pick;
use super::{Context, Ticket, Told, read};
use crate::azure::call::Call;
use crate::azure::calls;
use crate::azure::id::ContainerId;
use crate::azure::storage::Container;
use crate::fault::{Fault, Step};

/// A container that is being made, or was.
#[derive(Clone, Debug)]
pub struct Making {
    /// Which.
    pub id: ContainerId,
    /// How far it is.
    pub stage: Stage,
    /// What was picked when the button was pressed: whoever has picked something else since keeps that.
    pub before: Pick,
    /// Whether it was picked.
    pub taken: bool,
}

/// How far it is.
#[derive(Clone, Debug)]
pub enum Stage {
    /// The request has left.
    Asking(Call<Container>, Ticket),
    /// It is there.
    Made,
    /// It was not made, and why.
    Refused(Fault),
    /// No answer came that says whether it was made: the list of containers is read again.
    Looking(Fault),
    /// The list does not have it, or could not be read.
    Unsure(Fault),
}

impl Making {
    /// Asks Azure to make it.
    pub fn start(id: ContainerId, before: Pick, context: &mut Context<'_>) -> Self {
        let call = calls::create_container(context.arm, &id);
        let (ticket, _) = context.send(&call.request);
        Making { id, stage: Stage::Asking(call, ticket), before, taken: false }
    }

    /// Whether it is not over.
    pub fn goes_on(&self) -> bool {
        matches!(self.stage, Stage::Asking(..) | Stage::Looking(_))
    }

    /// Whether it is there.
    pub fn is_made(&self) -> bool {
        matches!(self.stage, Stage::Made)
    }

    /// Why it came to nothing.
    pub fn fault(&self) -> Option<&Fault> {
        match &self.stage {
            Stage::Refused(fault) | Stage::Unsure(fault) => Some(fault),
            _ => None,
        }
    }

    /// Takes in what happened; says whether the list of containers has to be read again.
    pub fn hear(&mut self, told: Told<'_>, context: &mut Context<'_>) -> bool {
        let (Stage::Asking(call, mine), Told::Answered(ticket, answer)) = (&self.stage, told) else { return false };
        if ticket != *mine {
            return false;
        }
        let read = read(call, answer, Step::NewContainer, context.now);
        self.stage = match read.map_err(|fault| context.weigh(fault, ticket)) {
            Ok(_) => Stage::Made,
            Err(fault) if fault.leaves_doubt() => Stage::Looking(fault),
            Err(fault) => Stage::Refused(fault),
        };
        matches!(self.stage, Stage::Looking(_))
    }

    /// The list has been read again, as far as that was possible; whether it has the container.
    pub fn looked(&mut self, there: bool) {
        if let Stage::Looking(fault) = &self.stage {
            self.stage = if there { Stage::Made } else { Stage::Unsure(fault.clone()) };
        }
    }
}
