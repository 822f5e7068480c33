//! What outlives the page, as text: the journal of restores started here, and the draft of the one being prepared.
//!
//! Versioned and tolerant: an entry that cannot be read is left as it is and passed over, never an error. Holds no
//! token and no signed address: the unique file prefix finds a restore again. Reads no storage itself.

use crate::azure::id::{Found, JobId, PointId, find};
use crate::azure::json::{At, object};
use crate::link::Prefix;
use crate::moment::Moment;
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

impl Journal {
    /// Reads what was kept; nothing where the text is damaged as a whole.
    pub fn parse(text: &str) -> Option<Self> {
        let Value::Array(values) = serde_json::from_str(text).ok()? else { return None };
        let mut journal = Journal::default();
        for value in values {
            match Entry::read(&value) {
                Some(entry) => journal.entries.push(entry),
                None => journal.foreign.push(value),
            }
        }
        Some(journal)
    }

    /// As text, for local storage. Ours never push out what another version wrote: it may be of a restore that runs.
    pub fn print(&self) -> String {
        let ours = self.entries.iter().take(MOST).map(Entry::print);
        Value::Array(ours.chain(self.foreign.iter().take(MOST).cloned()).collect()).to_string()
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

    /// Forgets those of a realm, all of them.
    pub fn forget(&mut self, realm: &str) {
        self.entries.retain(|entry| entry.realm != realm);
    }
}

impl Entry {
    fn read(value: &Value) -> Option<Self> {
        if value.at("v").as_u64() != Some(VERSION) {
            return None;
        }
        let moment = |key: &str| Some(Moment::from_millis(value.at(key).as_i64()?));
        Some(Entry {
            realm: string(value, "realm")?,
            point: point(value.text("point")?)?,
            made: moment("made")?,
            server: string(value, "server")?,
            container: string(value, "container")?,
            prefix: Prefix::parse(value.text("prefix")?)?,
            sent: moment("sent")?,
            job: value.text("job").and_then(JobId::parse),
            refused: value.at("refused").as_bool()?,
        })
    }

    fn print(&self) -> Value {
        object([
            ("v", VERSION.into()),
            ("realm", self.realm.as_str().into()),
            ("point", self.point.path().into()),
            ("made", self.made.millis().into()),
            ("server", self.server.as_str().into()),
            ("container", self.container.as_str().into()),
            ("prefix", self.prefix.as_str().into()),
            ("sent", self.sent.millis().into()),
            ("job", self.job.as_ref().map(JobId::path).into()),
            ("refused", self.refused.into()),
        ])
    }
}

impl Note {
    /// Reads a draft; nothing where it is damaged.
    pub fn parse(text: &str) -> Option<Self> {
        let value: Value = serde_json::from_str(text).ok()?;
        Some(Note {
            point: point(value.text("point")?)?,
            container: string(&value, "container")?,
            prefix: string(&value, "prefix")?,
            ending: string(&value, "ending")?,
            region: string(&value, "region")?,
        })
    }

    /// As text, for session storage.
    pub fn print(&self) -> String {
        object([
            ("point", self.point.path().into()),
            ("container", self.container.as_str().into()),
            ("prefix", self.prefix.as_str().into()),
            ("ending", self.ending.as_str().into()),
            ("region", self.region.as_str().into()),
        ])
        .to_string()
    }
}

fn string(value: &Value, key: &str) -> Option<String> {
    value.at(key).as_str().map(str::to_string)
}

fn point(path: &str) -> Option<PointId> {
    match find(path)? {
        Found::Point(point) => Some(point),
        _ => None,
    }
}
