//! What comes after a restore: where its files are to go, as a person types it. Kept by this page alone, for one job: the
//! files of another one would go into the wrong server.

use super::{Field, Model};
use crate::commands::runbook::Typed;
use crate::link::Place;

impl Model {
    /// What was typed for the job of this page.
    pub fn typed(&self) -> Typed {
        match (&self.typed, self.place()) {
            (Some((of, typed)), Place::Job(job)) if *of == job => typed.clone(),
            _ => Typed::default(),
        }
    }

    /// Takes what was typed; says whether the field is one of these.
    pub(super) fn type_after(&mut self, field: Field, text: &str) -> bool {
        let mut typed = self.typed();
        let place = match field {
            Field::IntoServer => &mut typed.server,
            Field::IntoLogin => &mut typed.login,
            Field::IntoDatabases => &mut typed.databases,
            Field::IntoTable => &mut typed.table,
            _ => return false,
        };
        *place = text.to_string();
        if let Place::Job(job) = self.place() {
            self.typed = Some((job, typed));
        }
        true
    }
}
