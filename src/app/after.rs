//! What comes after a restore: where its files are to go, as a person types it. Kept by this page alone.

use super::{Field, Model};

impl Model {
    /// Takes what was typed; says whether the field is one of these.
    pub(super) fn type_after(&mut self, field: Field, text: &str) -> bool {
        let typed = &mut self.typed;
        let place = match field {
            Field::IntoServer => &mut typed.server,
            Field::IntoLogin => &mut typed.login,
            Field::IntoDatabases => &mut typed.databases,
            Field::IntoTable => &mut typed.table,
            _ => return false,
        };
        *place = text.to_string();
        true
    }
}
