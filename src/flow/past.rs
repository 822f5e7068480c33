//! How long restores took, as Azure has told in passing: whatever list of jobs is read for another reason is looked
//! through for it. Nothing is asked for its sake.

use crate::azure::graph::Restored;
use crate::azure::id::{JobId, VaultId, same_id};
use crate::azure::wire::{Job, JobStatus};
use crate::moment::{Moment, Span};

/// So many are remembered; the oldest go first. Azure itself keeps jobs for two weeks.
const MOST: usize = 200;

/// The restores that are known to have come to a good end, newest first.
#[derive(Clone, Debug, Default)]
pub struct Past {
    rows: Vec<Took>,
}

/// One of them.
#[derive(Clone, Debug, PartialEq)]
pub struct Took {
    /// Its job.
    pub job: JobId,
    /// The server's name.
    pub server: String,
    /// When it began.
    pub began: Option<Moment>,
    /// How long it took.
    pub took: Span,
    /// How much was written. Lists leave it out.
    pub bytes: Option<u64>,
}

impl Past {
    /// Looks through what Azure has told of jobs.
    pub fn learn<'a>(&mut self, jobs: impl IntoIterator<Item = &'a Job>) {
        for job in jobs.into_iter().filter(|job| job.is_restore()) {
            self.note(job.status, &job.id, &job.server_name, job.began, job.took, job.bytes);
        }
    }

    /// The same, of what the resource graph has told.
    pub fn learn_rows(&mut self, rows: &[Restored]) {
        for row in rows {
            self.note(row.status, &row.id, &row.server, row.began, row.took, None);
        }
    }

    #[inline(never)]
    fn note(
        &mut self,
        status: JobStatus,
        job: &JobId,
        server: &str,
        began: Option<Moment>,
        took: Option<Span>,
        bytes: Option<u64>,
    ) {
        let Some(took) = took.filter(|took| status.is_good() && took.millis() > 0) else { return };
        let known = self.rows.iter().position(|row| row.job == *job).map(|at| self.rows.remove(at));
        let bytes = bytes.or(known.and_then(|row| row.bytes));
        let place = self.rows.iter().position(|row| row.began < began).unwrap_or(self.rows.len());
        self.rows.insert(place, Took { job: job.clone(), server: server.to_string(), began, took, bytes });
        self.rows.truncate(MOST);
    }

    /// Those of a server other than this job, newest first.
    pub fn of(&self, vault: &VaultId, server: &str, except: &JobId) -> Vec<&Took> {
        let of_it = |row: &&Took| row.job.vault == *vault && same_id(&row.server, server) && row.job != *except;
        self.rows.iter().filter(of_it).collect()
    }
}
