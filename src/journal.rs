//! What outlives the page, as text: the journal of restores started here, and the draft of the one being prepared.
//!
//! Versioned and tolerant: an entry that cannot be read is left as it is and passed over, never an error. Holds no
//! token and no signed address: the unique file prefix finds a restore again. Reads no storage itself.

use crate::azure::id::{Found, JobId, PointId, find};
use crate::link::Prefix;
use crate::moment::Moment;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// How many restores are remembered; the oldest go first.
const MOST: usize = 50;

/// The version that is written. Entries of another version are kept untouched.
const VERSION: u64 = 1;

/// The restores that were started in this browser, newest first.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Journal {
    /// What could be read.
    pub entries: Vec<Entry>,
    /// What could not: another version's, or damaged. Kept as it is.
    foreign: Vec<Value>,
}

/// A restore that was started here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The cloud's name and the tenant: what one account started is not shown to another tenant.
    pub realm: String,
    /// The point.
    pub point: PointId,
    /// When that point was made.
    pub made: Moment,
    /// The server's name.
    pub server: String,
    /// The container's URL.
    pub container: String,
    /// The unique file prefix, by which the job is found.
    pub prefix: Prefix,
    /// When the request left.
    pub sent: Moment,
    /// The job, once it is known.
    pub job: Option<JobId>,
    /// Whether Azure refused the request, so that nothing was started.
    pub refused: bool,
}

/// What was typed into the target's form, kept in session storage across a sign-in and a reload.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// The point it is about.
    pub point: PointId,
    /// The container, as typed.
    pub container: String,
    /// The prefix, as typed.
    pub prefix: String,
    /// The ending that makes it unique.
    pub ending: String,
    /// The region, where it had to be typed.
    pub region: String,
}

#[derive(Serialize, Deserialize)]
struct Wire {
    v: u64,
    realm: String,
    point: String,
    made: i64,
    server: String,
    container: String,
    prefix: String,
    sent: i64,
    job: Option<String>,
    refused: bool,
}

#[derive(Serialize, Deserialize)]
struct NoteWire {
    point: String,
    container: String,
    prefix: String,
    ending: String,
    region: String,
}

impl Journal {
    /// Reads what was kept; nothing where the text is damaged as a whole.
    pub fn parse(text: &str) -> Option<Self> {
        let values: Vec<Value> = serde_json::from_str(text).ok()?;
        let mut journal = Journal::default();
        for value in values {
            match Entry::read(&value) {
                Some(entry) => journal.entries.push(entry),
                None => journal.foreign.push(value),
            }
        }
        Some(journal)
    }

    /// As text, for local storage.
    pub fn print(&self) -> String {
        let ours = self.entries.iter().filter_map(|entry| serde_json::to_value(entry.wire()).ok());
        let all: Vec<Value> = ours.chain(self.foreign.iter().cloned()).take(MOST).collect();
        serde_json::to_string(&all).unwrap_or_default()
    }

    /// Notes a restore as sent. The same prefix again (a second try after no answer) replaces the first note.
    pub fn note(&mut self, entry: Entry) {
        self.entries.retain(|known| known.prefix != entry.prefix);
        self.entries.insert(0, entry);
        self.entries.truncate(MOST);
    }

    /// The restore with this prefix.
    pub fn by_prefix(&mut self, prefix: &Prefix) -> Option<&mut Entry> {
        self.entries.iter_mut().find(|entry| entry.prefix == *prefix)
    }

    /// Those that were started in a realm.
    pub fn of<'a>(&'a self, realm: &'a str) -> impl Iterator<Item = &'a Entry> {
        self.entries.iter().filter(move |entry| entry.realm == realm)
    }

    /// Forgets those of a realm that are not being waited for.
    pub fn forget(&mut self, realm: &str) {
        self.entries.retain(|entry| entry.realm != realm);
    }
}

impl Entry {
    fn read(value: &Value) -> Option<Self> {
        let wire: Wire = serde_json::from_value(value.clone()).ok()?;
        if wire.v != VERSION {
            return None;
        }
        Some(Entry {
            realm: wire.realm,
            point: point(&wire.point)?,
            made: Moment::from_millis(wire.made),
            server: wire.server,
            container: wire.container,
            prefix: Prefix::parse(&wire.prefix)?,
            sent: Moment::from_millis(wire.sent),
            job: wire.job.as_deref().and_then(JobId::parse),
            refused: wire.refused,
        })
    }

    fn wire(&self) -> Wire {
        Wire {
            v: VERSION,
            realm: self.realm.clone(),
            point: self.point.path(),
            made: self.made.millis(),
            server: self.server.clone(),
            container: self.container.clone(),
            prefix: self.prefix.as_str().to_string(),
            sent: self.sent.millis(),
            job: self.job.as_ref().map(JobId::path),
            refused: self.refused,
        }
    }
}

impl Note {
    /// Reads a draft; nothing where it is damaged.
    pub fn parse(text: &str) -> Option<Self> {
        let wire: NoteWire = serde_json::from_str(text).ok()?;
        Some(Note {
            point: point(&wire.point)?,
            container: wire.container,
            prefix: wire.prefix,
            ending: wire.ending,
            region: wire.region,
        })
    }

    /// As text, for session storage.
    pub fn print(&self) -> String {
        let wire = NoteWire {
            point: self.point.path(),
            container: self.container.clone(),
            prefix: self.prefix.clone(),
            ending: self.ending.clone(),
            region: self.region.clone(),
        };
        serde_json::to_string(&wire).unwrap_or_default()
    }
}

fn point(path: &str) -> Option<PointId> {
    match find(path)? {
        Found::Point(point) => Some(point),
        _ => None,
    }
}
