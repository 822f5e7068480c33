//! What outlives the page: the draft in session storage, the journal in local storage, under names of the world's own.
//! The demo's journal is in session storage as well: each tab has a simulated Azure of its own.
//!
//! Storage can be blocked, full, or cleared at any time by others: every failure is a value, none is a panic.

use super::js::window;
use crate::link::World;
use web_sys::{Storage, StorageEvent};

/// Storage did not do what was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refused;

/// What the key of a journal's row begins with, after the world's own beginning.
const ROW: &str = "journal.";

/// The storage of one world.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Store(World);

impl Store {
    /// The storage of this world.
    pub fn of(world: World) -> Self {
        Store(world)
    }

    /// The draft of a restore.
    pub fn draft(self) -> Option<String> {
        read(session(), &self.key("draft")).ok().flatten()
    }

    /// Keeps the draft, or drops it.
    pub fn keep_draft(self, text: Option<&str>) -> Result<(), Refused> {
        write(session(), &self.key("draft"), text)
    }

    /// The rows of the journal of the restores that were started here, in any order.
    pub fn journal(self) -> Result<Vec<String>, Refused> {
        let (area, prefix) = (self.journals()?, self.key(ROW));
        let mut rows = Vec::new();
        for place in 0..area.length().map_err(|_| Refused)? {
            let key = area.key(place).map_err(|_| Refused)?;
            if let Some(key) = key.filter(|key| key.starts_with(&prefix)) {
                rows.extend(area.get_item(&key).map_err(|_| Refused)?);
            }
        }
        Ok(rows)
    }

    /// Keeps a row of the journal, or removes it.
    pub fn keep_entry(self, prefix: &str, row: Option<&str>) -> Result<(), Refused> {
        write(self.journals(), &(self.key(ROW) + prefix), row)
    }

    /// Whether both storages take something now. Browsers in a private or locked-down mode may let themselves be read
    /// and refuse to write.
    pub fn takes(self) -> bool {
        let key = self.key("probe");
        [local, session].into_iter().all(|area| write(area(), &key, Some("1")).and(write(area(), &key, None)).is_ok())
    }

    /// The row of the journal that another tab has changed, and what it says now, if that is what this event tells.
    pub fn entry_changed(self, event: &StorageEvent) -> Option<(String, Option<String>)> {
        let prefix = event.key()?.strip_prefix(&self.key(ROW))?.to_string();
        let (changed, ours) = (event.storage_area()?, self.journals().ok()?);
        js_sys::Object::is(&changed, &ours).then(|| (prefix, event.new_value()))
    }

    fn journals(self) -> Result<Storage, Refused> {
        match self.0 {
            World::Azure => local(),
            World::Demo => session(),
        }
    }

    /// A name as this world spells it, so that the two do not meet under it.
    pub fn key(self, name: &str) -> String {
        let prefix = match self.0 {
            World::Azure => "pgflex.",
            World::Demo => "pgflex.demo.",
        };
        format!("{prefix}{name}")
    }
}

/// A text in session storage, outside both worlds.
pub fn session_text(key: &str) -> Option<String> {
    read(session(), key).ok().flatten()
}

/// Keeps a text in session storage, or drops it.
pub fn keep_session_text(key: &str, text: Option<&str>) -> Result<(), Refused> {
    write(session(), key, text)
}

/// A text in local storage, outside both worlds.
pub fn local_text(key: &str) -> Option<String> {
    read(local(), key).ok().flatten()
}

/// Keeps a text in local storage, or drops it.
pub fn keep_local_text(key: &str, text: Option<&str>) -> Result<(), Refused> {
    write(local(), key, text)
}

fn session() -> Result<Storage, Refused> {
    window().session_storage().ok().flatten().ok_or(Refused)
}

fn local() -> Result<Storage, Refused> {
    window().local_storage().ok().flatten().ok_or(Refused)
}

fn read(area: Result<Storage, Refused>, key: &str) -> Result<Option<String>, Refused> {
    area?.get_item(key).map_err(|_| Refused)
}

fn write(area: Result<Storage, Refused>, key: &str, text: Option<&str>) -> Result<(), Refused> {
    let area = area?;
    match text {
        Some(text) => area.set_item(key, text),
        None => area.remove_item(key),
    }
    .map_err(|_| Refused)
}
