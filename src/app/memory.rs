//! The restores that were started in this browser: noted before their request leaves, brought up to date as more
//! becomes known, and taken up again when the program begins anew.

use super::Model;
use crate::azure::id::{JobId, PointId};
use crate::azure::wire::JobStatus;
use crate::flow::draft::{Plan, Target, read_container};
use crate::flow::restore::{Noted, Restore, Stage};
use crate::flow::watch::Watch;
use crate::flow::{Command, Context};
use crate::journal::{Entry, Outcome};
use crate::link::{Place, Prefix};
use crate::moment::{Moment, Span};

/// For how many restores a job is looked for at once without anybody looking: each lists the vault's jobs.
const MOST_SOUGHT: usize = 10;

/// For how many jobs a second one is looked for at once: each lists the vault's jobs, and at a load all would.
const TWINS_AT_ONCE: usize = 3;

/// How long another tab has time to find the job of what it has sent, before it is looked for here: it may be closed.
pub(super) const OF_ANOTHER_TAB: Span = Span::from_secs(60);

/// A job that has not turned up so long after the request left never will.
const NEVER: Span = Span::from_secs(24 * 3600);

impl Model {
    /// Takes up again what was started here and had not ended when the page was last open. Only reads.
    pub(super) fn reconcile(&mut self, now: Moment, commands: &mut Vec<Command>) {
        let realm = self.realm();
        if self.reconciled.as_ref().is_some_and(|(done, _)| *done == realm) {
            return;
        }
        let open: Vec<Entry> = self.open_entries().cloned().collect();
        self.reconciled = Some((realm, open.iter().map(|entry| entry.prefix.clone()).collect()));
        let (known, unknown): (Vec<Entry>, Vec<Entry>) = open.into_iter().partition(|entry| entry.job.is_some());
        for job in known.into_iter().filter_map(|entry| entry.job) {
            self.follow(job, now, commands);
        }
        for entry in unknown.into_iter().take(MOST_SOUGHT) {
            self.resume(entry.point, entry.prefix, None, now, commands);
        }
    }

    /// Another tab has sent this, or has found out more of it. Should that one be closed, its job is looked for here.
    pub(super) fn heard_of(&mut self, prefix: &str, row: Option<&str>, now: Moment, commands: &mut Vec<Command>) {
        self.journal.heard(prefix, row);
        if row.is_none() {
            return self.let_go(prefix, now, commands);
        }
        let ours = |entry: &&Entry| entry.prefix.as_str() == prefix && entry.job.is_none();
        let open = self.open_entries().take(MOST_SOUGHT).find(ours).cloned();
        if let Some(entry) = open.filter(|_| self.may_ask()) {
            // Sent once more: what was looked for in vain is looked for again.
            let again = |restore: &Restore| {
                let over = matches!(restore.stage, Stage::Searching { .. } | Stage::Refused(_) | Stage::Failed(_));
                over && restore.plan.prefix == entry.prefix && restore.is_of_another_try(entry.sent)
            };
            self.drop_restores(now, commands, again);
            self.resume(entry.point, entry.prefix, Some(OF_ANOTHER_TAB), now, commands);
        }
    }

    /// Follows a job, unless it is being followed.
    pub(super) fn follow(&mut self, job: JobId, now: Moment, commands: &mut Vec<Command>) {
        if self.watch_of(&job).is_none() {
            self.with(now, commands, |model, context| model.watches.push(Watch::start(job, context)));
        }
    }

    /// A restore whose job is not known yet, after a reload: what the journal noted of it, or at least what the
    /// address says.
    pub(super) fn resume(
        &mut self,
        point: PointId,
        prefix: Prefix,
        rest: Option<Span>,
        now: Moment,
        commands: &mut Vec<Command>,
    ) {
        if self.restore_of(&prefix).is_some() {
            return;
        }
        let cloud = self.cloud();
        let realm = self.realm();
        // What was started as somebody of another tenant is not shown: the address alone says what it says.
        let noted = self.journal.by_prefix(&prefix).filter(|entry| entry.realm == realm);
        let target = noted.and_then(|entry| {
            Some(Target { id: entry.target.clone(), ..read_container(&entry.container, cloud).ok()? })
        });
        let plan = Plan {
            made: noted.map_or(Moment::default(), |entry| entry.made),
            server: noted.map_or_else(|| point.instance.name.to_string(), |entry| entry.server.clone()),
            target: target.unwrap_or_default(),
            region: noted.map(|entry| entry.region.clone()).unwrap_or_default(),
            identity: noted.and_then(|entry| entry.identity.clone()),
            prefix,
            point,
        };
        let noted = noted.map_or_else(Noted::default, |entry| Noted {
            sent: Some(entry.sent),
            accepted: entry.accepted,
            refused: entry.refused.filter(|_| entry.job.is_none()),
            settled: entry.outcome.is_some(),
        });
        self.with(now, commands, |model, context| {
            model.restores.push(Restore::resume(plan, noted, rest, context));
        });
    }

    /// A job that is noted, by this tab or another, is looked for no more.
    pub(super) fn settle_found(&mut self, now: Moment, commands: &mut Vec<Command>) {
        let unknown = |restore: &&Restore| !matches!(restore.stage, Stage::Triggering(..) | Stage::Running(_));
        let realm = self.realm();
        let noted: Vec<Entry> = self
            .restores
            .iter()
            .filter(unknown)
            .filter_map(|restore| self.journal.by_prefix(&restore.plan.prefix))
            .filter(|entry| entry.realm == realm && (entry.job.is_some() || entry.accepted.is_some()))
            .cloned()
            .collect();
        for entry in noted {
            self.with_restore(&entry.prefix, now, commands, |restore, context| match (entry.job, entry.accepted) {
                (Some(job), _) => restore.is_found(job, context),
                (None, Some(at)) if restore.sent == Some(entry.sent) => restore.is_accepted(at),
                _ => {}
            });
        }
    }

    /// What may leave now is noted and leaves, in this order: what was sent is never unknown.
    pub(super) fn settle_cleared(&mut self, now: Moment, commands: &mut Vec<Command>) {
        let cleared = self.restores.iter().filter(|restore| matches!(restore.stage, Stage::Cleared));
        let cleared: Vec<Prefix> = cleared.map(|restore| restore.plan.prefix.clone()).collect();
        for prefix in cleared {
            let Some(restore) = self.restore_of(&prefix) else { continue };
            if !restore.decided && self.open_twice(&restore.plan).is_some() {
                self.with_restore(&prefix, now, commands, Restore::hold_back);
                continue;
            }
            let entry = self.entry(&restore.plan, now);
            self.note(entry, commands);
            self.with_restore(&prefix, now, commands, Restore::send);
        }
    }

    /// Another restore of this point into this container that was started here and has not ended, as far as is known.
    pub fn open_twice(&self, plan: &Plan) -> Option<&Entry> {
        self.open_entries().find(|entry| {
            entry.prefix != plan.prefix && entry.point == plan.point && entry.container == plan.target.url
        })
    }

    /// Does something with the restore of this prefix.
    pub(super) fn with_restore(
        &mut self,
        prefix: &Prefix,
        now: Moment,
        commands: &mut Vec<Command>,
        work: impl FnOnce(&mut Restore, &mut Context<'_>),
    ) {
        self.with(now, commands, |model, context| {
            if let Some(restore) = model.restores.iter_mut().find(|restore| restore.plan.prefix == *prefix) {
                work(restore, context);
            }
        });
    }

    /// What has become of the restores is noted: their jobs, and how they ended.
    pub(super) fn settle_journal(&mut self, now: Moment, commands: &mut Vec<Command>) {
        let (mut changed, mut forgotten) = (Vec::new(), Vec::new());
        // What another tenant's account could not read says nothing of what became of it.
        let realm = self.realm();
        let ours = |entry: &&Entry| entry.realm == realm;
        for restore in &self.restores {
            let Some(entry) = self.journal.by_prefix(&restore.plan.prefix).filter(ours) else { continue };
            // The row is of another try, which another tab has made: only a job is one of both.
            if restore.is_of_another_try(entry.sent) && !matches!(restore.stage, Stage::Running(_)) {
                continue;
            }
            let mut entry = entry.clone();
            // What this page could not do says nothing of what another tab knows: two that took each other's word back
            // would write for ever.
            let unknown = entry.job.is_none() && entry.outcome.is_none();
            entry.accepted = entry.accepted.or(restore.accepted);
            if let Stage::Refused(why) | Stage::Failed(why) = &restore.stage {
                entry.refused = entry.refused.or(Some(why.when));
            }
            match &restore.stage {
                // Also where it was taken for refused before: of two requests that a browser made of one, the second was.
                Stage::Running(job) if entry.job.is_none() => (entry.job, entry.outcome) = (Some(job.clone()), None),
                Stage::Refused(_) | Stage::Failed(_) if unknown && restore.will_come_to_nothing() => {
                    entry.outcome = Some(Outcome::Refused);
                }
                Stage::Checking(_) | Stage::Ready | Stage::Reviewing | Stage::Unseen | Stage::Rejected(_)
                    if unknown && restore.was_refused() && restore.will_come_to_nothing() =>
                {
                    entry.outcome = Some(Outcome::Refused);
                }
                Stage::Ready if restore.never_left && unknown => {
                    forgotten.push(entry.prefix);
                    continue;
                }
                Stage::Searching { search, heard }
                    if unknown && search.over && search.trouble().is_none() && now.since(entry.sent) > NEVER =>
                {
                    entry.outcome = Some(if *heard { Outcome::Gone } else { Outcome::NeverFound });
                }
                // Another try is under way.
                Stage::Triggering(..) => entry.outcome = None,
                _ => {}
            }
            changed.push(entry);
        }
        for watch in &self.watches {
            let of_job = |entry: &&Entry| entry.job.as_ref() == Some(&watch.id);
            let Some(entry) = self.journal.of(&realm).find(of_job) else { continue };
            let mut entry = entry.clone();
            let status = watch.job().map(|job| job.status);
            match status {
                // Of two jobs of one request, the second fails for the files that the first has written.
                Some(JobStatus::Failed | JobStatus::Cancelled) if self.twin_goes_on(watch) => {
                    entry.job = watch.twin().cloned();
                }
                Some(JobStatus::Failed | JobStatus::Cancelled)
                    if entry.outcome.is_none() && self.twin_is_unknown(watch) => {}
                // What was taken for lost is not; but how it ended another tab may have heard already.
                Some(JobStatus::Running) => {
                    entry.outcome = entry.outcome.filter(|outcome| outcome.is_of_job());
                }
                Some(status) => entry.outcome = outcome(status),
                None if watch.is_gone() && entry.outcome.is_none() => entry.outcome = Some(Outcome::Gone),
                None => {}
            }
            changed.push(entry);
        }
        for prefix in forgotten {
            self.forget(&prefix, commands);
            // Once: a row of this prefix that comes later is another tab's, which has started it.
            self.with_restore(&prefix, now, commands, |restore, _| restore.never_left = false);
        }
        for entry in changed {
            if self.journal.by_prefix(&entry.prefix) != Some(&entry) {
                self.note(entry, commands);
            }
        }
    }

    /// Whether the second job writes, or has written: what was said of it before this one ended says nothing.
    fn twin_goes_on(&self, watch: &Watch) -> bool {
        let twin = watch.twin().and_then(|twin| self.watch_of(twin)).filter(|twin| twin.was_read_since(watch));
        let status = twin.and_then(Watch::job).map(|job| job.status);
        status.is_some_and(|status| !matches!(status, JobStatus::Failed | JobStatus::Cancelled))
    }

    /// Whether a second job may still turn up, or has and was not read since this one ended.
    fn twin_is_unknown(&self, watch: &Watch) -> bool {
        let unread =
            |twin: &JobId| self.watch_of(twin).is_none_or(|twin| !twin.was_read_since(watch) && twin.fault.is_none());
        watch.seeks_twin() || watch.twin().is_some_and(unread)
    }

    /// Every restore that was started here is followed to its end, wherever the person goes meanwhile, and so is the
    /// twin of one. A job that was merely opened is followed while it is shown.
    pub(super) fn settle_watches(&mut self, now: Moment, commands: &mut Vec<Command>) {
        self.settle_forgotten(now, commands);
        let open: Vec<JobId> = self.open_entries().filter_map(|entry| entry.job.clone()).collect();
        let twins: Vec<(JobId, JobId)> =
            self.watches.iter().filter_map(|watch| Some((watch.id.clone(), watch.twin()?.clone()))).collect();
        for job in open.iter().chain(twins.iter().map(|(_, twin)| twin)) {
            self.follow(job.clone(), now, commands);
        }
        // What a plan's restores came to is shown as well: a job that has ended is read once.
        let planned = self.reviewed_points();
        let mut shown: Vec<JobId> = planned.iter().filter_map(|point| self.entry_of(point)?.job.clone()).collect();
        for job in &shown {
            self.follow(job.clone(), now, commands);
        }
        if let Place::Job(job) = self.place() {
            shown.push(job);
        }
        let kept = |job: &JobId| shown.contains(job) || open.contains(job);
        self.with(now, commands, |model, context| {
            model.watches.retain_mut(|watch| {
                let kept = kept(&watch.id) || twins.iter().any(|(one, other)| *other == watch.id && kept(one));
                if !kept {
                    watch.stop(context);
                }
                kept
            });
        });
        let ours: Vec<bool> = self.watches.iter().map(|watch| self.is_ours(watch)).collect();
        let mut looking = self.watches.iter().filter(|watch| watch.looks_for_twin()).count();
        self.with(now, commands, |model, context| {
            let noted = model.journal.entries.iter();
            let known: Vec<(Prefix, JobId)> =
                noted.filter_map(|entry| Some((entry.prefix.clone(), entry.job.clone()?))).collect();
            for (watch, ours) in model.watches.iter_mut().zip(ours) {
                match twins.iter().find(|(_, twin)| *twin == watch.id) {
                    Some((one, _)) => watch.has_twin(one.clone(), context),
                    None if ours && looking < TWINS_AT_ONCE && !watch.looks_for_twin() => {
                        watch.seek_twin(&known, context);
                        looking += usize::from(watch.looks_for_twin());
                    }
                    None => {}
                }
            }
        });
    }

    /// The restores that were started here, by whoever is signed in, and have not ended.
    fn open_entries(&self) -> impl Iterator<Item = &Entry> {
        let realm = self.realm();
        self.journal.entries.iter().filter(move |entry| entry.realm == realm && entry.outcome.is_none())
    }

    fn is_ours(&self, watch: &Watch) -> bool {
        let prefix = watch.job().and_then(|job| Prefix::parse(job.prefix.as_deref()?));
        prefix.is_some_and(|prefix| self.journal.by_prefix(&prefix).is_some())
    }

    fn note(&mut self, entry: Entry, commands: &mut Vec<Command>) {
        let (prefix, row) = (entry.prefix.as_str().to_string(), entry.print());
        self.journal.note(entry);
        commands.push(Command::KeepEntry(prefix, Some(row)));
        for old in self.journal.too_many() {
            commands.push(Command::KeepEntry(old.as_str().to_string(), None));
        }
    }

    pub(super) fn forget(&mut self, prefix: &Prefix, commands: &mut Vec<Command>) {
        self.journal.forget(prefix);
        commands.push(Command::KeepEntry(prefix.as_str().to_string(), None));
    }

    /// The journal's note of a restore that is about to be sent.
    fn entry(&self, plan: &Plan, sent: Moment) -> Entry {
        Entry {
            realm: self.realm(),
            point: plan.point.clone(),
            made: plan.made,
            server: plan.server.clone(),
            container: plan.target.url.clone(),
            target: plan.target.id.clone(),
            region: plan.region.clone(),
            identity: plan.identity.clone(),
            prefix: plan.prefix.clone(),
            sent,
            accepted: None,
            refused: None,
            job: None,
            outcome: None,
        }
    }
}

pub(super) fn outcome(status: JobStatus) -> Option<Outcome> {
    match status {
        JobStatus::Running => None,
        JobStatus::Completed => Some(Outcome::Completed),
        JobStatus::CompletedWithWarnings => Some(Outcome::Warnings),
        JobStatus::Failed => Some(Outcome::Failed),
        JobStatus::Cancelled => Some(Outcome::Cancelled),
    }
}
