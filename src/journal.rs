//! What outlives the page, as text: the journal of restores started here, and the drafts of those being prepared (`note`).
//!
//! A restore is a row of its own in storage, under its prefix, so that two tabs never write over one another. Versioned
//! and tolerant: a row that cannot be read is left where it is and counted, never an error. Holds no token and no
//! signed address: the unique file prefix finds a restore again. Reads no storage itself.

mod note;

pub use note::{Note, Notes};

use crate::azure::id::{ContainerId, Found, JobId, PointId, find};
use crate::azure::json::{At, object, print};
use crate::link::{Place, Prefix};
use crate::moment::Moment;
use serde_json::Value;

/// How many restores are remembered; the oldest go first.
const MOST: usize = 50;

/// The version that is written. Rows of another version are left as they are.
const VERSION: u64 = 1;

/// The restores that were started in this browser, newest first.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Journal {
    /// What could be read.
    pub entries: Vec<Entry>,
    /// How many rows could not: another version's, or damaged.
    pub unreadable: usize,
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
    /// The container's resource id, where the request names it.
    pub target: Option<ContainerId>,
    /// The region in the request.
    pub region: String,
    /// The user-assigned identity in the request.
    pub identity: Option<String>,
    /// The unique file prefix, by which the job is found.
    pub prefix: Prefix,
    /// When the request left.
    pub sent: Moment,
    /// When Azure said that it took it.
    pub accepted: Option<Moment>,
    /// When Azure refused it, or failed before there was a job. Its job may be looked for all the same.
    pub refused: Option<Moment>,
    /// The job, once it is known.
    pub job: Option<JobId>,
    /// What became of it, once that is known for good: nothing more has to be asked.
    pub outcome: Option<Outcome>,
}

/// What became of a restore, by Azure's own word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Azure refused the request, or failed before there was a job: nothing was started.
    Refused,
    /// The job completed.
    Completed,
    /// The job completed with warnings.
    Warnings,
    /// The job failed.
    Failed,
    /// The job was cancelled.
    Cancelled,
    /// Azure no longer knows the job.
    Gone,
    /// No job was found, a day after the request left and later.
    NeverFound,
}

impl Outcome {
    /// Whether the job itself has said so: that is for good.
    pub fn is_of_job(self) -> bool {
        matches!(self, Outcome::Completed | Outcome::Warnings | Outcome::Failed | Outcome::Cancelled)
    }
}

const OUTCOMES: [(Outcome, &str); 7] = [
    (Outcome::Refused, "refused"),
    (Outcome::Completed, "completed"),
    (Outcome::Warnings, "warnings"),
    (Outcome::Failed, "failed"),
    (Outcome::Cancelled, "cancelled"),
    (Outcome::Gone, "gone"),
    (Outcome::NeverFound, "never-found"),
];

impl Journal {
    /// Reads the rows that were kept, in any order.
    pub fn read(rows: &[String]) -> Self {
        let mut journal = Journal::default();
        for row in rows {
            match Entry::parse(row) {
                Some(entry) => journal.note(entry),
                None => journal.unreadable += 1,
            }
        }
        journal
    }

    /// Notes a restore, or what has become known of it. The same prefix again (a second try after no answer) takes the
    /// place of the first.
    pub fn note(&mut self, entry: Entry) {
        self.forget(&entry.prefix);
        let place = self.entries.partition_point(|known| known.sent > entry.sent);
        self.entries.insert(place, entry);
    }

    /// Takes out those that are too many, the oldest, and of those the ones that have ended first: their prefixes.
    pub fn too_many(&mut self) -> Vec<Prefix> {
        let mut old = Vec::new();
        while self.entries.len() > MOST {
            let last = self.entries.iter().rposition(|entry| entry.outcome.is_some()).unwrap_or(MOST);
            old.push(self.entries.remove(last).prefix);
        }
        old
    }

    /// Another tab has written this row, or removed it. What is known here of the job is not lost to an older row.
    pub fn heard(&mut self, prefix: &str, row: Option<&str>) {
        match row.and_then(Entry::parse) {
            Some(mut entry) => {
                if let Some(known) = self.by_prefix(&entry.prefix).filter(|known| known.sent == entry.sent) {
                    entry.accepted = entry.accepted.or(known.accepted);
                    entry.job = entry.job.or_else(|| known.job.clone());
                    entry.outcome = entry.outcome.or(known.outcome);
                }
                self.note(entry);
            }
            None => self.entries.retain(|entry| entry.prefix.as_str() != prefix || row.is_some()),
        }
    }

    /// The restore with this prefix.
    pub fn by_prefix(&self, prefix: &Prefix) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.prefix == *prefix)
    }

    /// Those that were started in a realm.
    pub fn of<'a>(&'a self, realm: &'a str) -> impl Iterator<Item = &'a Entry> {
        self.entries.iter().filter(move |entry| entry.realm == realm)
    }

    /// Forgets one.
    pub fn forget(&mut self, prefix: &Prefix) {
        self.entries.retain(|entry| entry.prefix != *prefix);
    }
}

impl Entry {
    /// Reads a row; nothing where it is damaged or of another version.
    pub fn parse(text: &str) -> Option<Self> {
        let value: Value = serde_json::from_str(text).ok()?;
        if value.at("v").as_u64() != Some(VERSION) {
            return None;
        }
        let moment = |key: &str| Some(Moment::from_millis(value.at(key).as_i64()?));
        let outcome = value.text("outcome");
        Some(Entry {
            realm: string(&value, "realm")?,
            point: point(value.text("point")?)?,
            made: moment("made")?,
            server: string(&value, "server")?,
            container: string(&value, "container")?,
            target: value.text("target").and_then(container),
            region: string(&value, "region")?,
            identity: string(&value, "identity"),
            prefix: Prefix::parse(value.text("prefix")?)?,
            sent: moment("sent")?,
            accepted: moment("accepted"),
            refused: moment("refused"),
            job: value.text("job").and_then(JobId::parse),
            outcome: OUTCOMES.iter().find(|(_, word)| outcome == Some(word)).map(|(outcome, _)| *outcome),
        })
    }

    /// Where it is watched: its job once that is known.
    pub fn place(&self) -> Place {
        match &self.job {
            Some(job) => Place::Job(job.clone()),
            None => Place::Restore(self.point.clone(), self.prefix.clone()),
        }
    }

    /// As text, for local storage.
    pub fn print(&self) -> String {
        let outcome = OUTCOMES.iter().find(|(outcome, _)| self.outcome == Some(*outcome)).map(|(_, word)| *word);
        print(&object([
            ("v", VERSION.into()),
            ("realm", self.realm.as_str().into()),
            ("point", self.point.path().into()),
            ("made", self.made.millis().into()),
            ("server", self.server.as_str().into()),
            ("container", self.container.as_str().into()),
            ("target", self.target.as_ref().map(ContainerId::path).into()),
            ("region", self.region.as_str().into()),
            ("identity", self.identity.as_deref().into()),
            ("prefix", self.prefix.as_str().into()),
            ("sent", self.sent.millis().into()),
            ("accepted", self.accepted.map(Moment::millis).into()),
            ("refused", self.refused.map(Moment::millis).into()),
            ("job", self.job.as_ref().map(JobId::path).into()),
            ("outcome", outcome.into()),
        ]))
    }
}

fn string(value: &Value, key: &str) -> Option<String> {
    value.at(key).as_str().map(str::to_string)
}

fn container(path: &str) -> Option<ContainerId> {
    match find(path)? {
        Found::Container(container) => Some(container),
        _ => None,
    }
}

fn point(path: &str) -> Option<PointId> {
    match find(path)? {
        Found::Point(point) => Some(point),
        _ => None,
    }
}
