//! Shortcuts: keys that are pressed where nothing can be typed into.

use super::{Field, Key, Model};
use crate::flow::Command;
use crate::link::Place;
use crate::moment::Moment;

impl Model {
    /// Does what a key stands for.
    pub(super) fn press_key(&mut self, key: Key, now: Moment, commands: &mut Vec<Command>) {
        match key {
            Key::Help => self.help = !self.help,
            // The list is open: whoever wants to go on closes it.
            Key::Search if self.help => {}
            Key::Search => {
                let field = match self.place() {
                    Place::Activity => Field::Jobs,
                    Place::Points(..) => Field::When,
                    Place::Find | Place::FindVault(_) | Place::FindInstance(_) => Field::Search,
                    _ => {
                        self.go(Place::Find, now, commands);
                        Field::Search
                    }
                };
                let count = self.led_to.map_or(0, |(count, _)| count);
                self.led_to = Some((count + 1, field));
            }
        }
    }
}
