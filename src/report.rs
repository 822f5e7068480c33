//! The record of a restore: what a person keeps of it, or hands to an auditor, as JSON. Its form is a promise:
//! `docs/record.md`.
//!
//! Made when it is shown, of what Azure has told; kept nowhere.

use crate::azure::id::VaultId;
use crate::azure::json::{members, object, spread};
use crate::azure::wire::Job;
use crate::moment::{Moment, Span};

/// The version of the form.
const VERSION: u64 = 1;

/// A restore that has ended, well or not.
#[derive(Clone, Debug)]
pub struct Record<'a> {
    /// Its job, as Azure told of it last.
    pub job: &'a Job,
    /// When Azure told that.
    pub read: Moment,
    /// When Azure said that the request is good, and how long that took; known to the page alone that asked.
    pub checked: Option<(Moment, Span)>,
    /// When the request left, where that is known.
    pub requested: Option<Moment>,
    /// The client request id of the request, likewise.
    pub request: Option<&'a str>,
    /// The login name that it was started with, likewise: Azure does not tell it.
    pub started_by: Option<&'a str>,
    /// The login name of whoever makes the record.
    pub recorded_by: Option<&'a str>,
    /// The cloud, by its word in the configuration; `simulated` in the demo.
    pub cloud: &'a str,
}

impl Record<'_> {
    /// As JSON, a member a line.
    pub fn json(&self) -> String {
        let job = self.job;
        let moment = |at: Option<Moment>| at.map(Moment::iso);
        let seconds = |span: Option<Span>| span.map(Span::secs);
        let problem = job.problem.as_ref();
        let errors = problem
            .into_iter()
            .flat_map(|problem| &problem.chain)
            .map(|cause| object([("code", cause.code.as_str().into()), ("message", cause.message.as_str().into())]));
        let (checked, check_took) = self.checked.unzip();
        spread(members([
            ("record", VERSION.into()),
            ("program", concat!("pgflex-restore ", env!("CARGO_PKG_VERSION")).into()),
            ("cloud", self.cloud.into()),
            ("outcome", job.word.as_str().into()),
            ("server", job.server_name.as_str().into()),
            ("region", job.region.as_str().into()),
            (
                "instance",
                job.instance.as_ref().map(|id| below(&id.vault, "/backupInstances/", id.name.as_str())).into(),
            ),
            ("point", job.point.as_ref().map(|point| point.as_str()).into()),
            ("pointMade", moment(job.point_made).into()),
            ("container", job.destination.as_deref().into()),
            ("filePrefix", job.prefix.as_deref().into()),
            ("checked", moment(checked).into()),
            ("checkSeconds", seconds(check_took).into()),
            ("requested", moment(self.requested).into()),
            ("began", moment(job.began).into()),
            ("ended", moment(job.ended).into()),
            ("seconds", seconds(job.took).into()),
            ("bytes", job.bytes.into()),
            ("job", below(&job.id.vault, "/backupJobs/", job.id.name.as_str()).into()),
            ("activity", job.activity.as_deref().into()),
            ("request", self.request.into()),
            ("errors", errors.collect()),
            ("warnings", job.warnings.iter().map(String::as_str).collect()),
            ("startedBy", self.started_by.into()),
            ("recordedBy", self.recorded_by.into()),
            ("asOf", moment(Some(self.read)).into()),
        ]))
    }
}

fn below(vault: &VaultId, kind: &str, name: &str) -> String {
    [&vault.plain(), kind, name].concat()
}
