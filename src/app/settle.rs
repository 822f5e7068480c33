//! What follows from what has become known, after every event: a draft for the page, a plan for the review, the job's
//! address in place of the restore's, the job's id in the journal.

use super::Model;
use crate::flow::Command;
use crate::flow::draft::Draft;
use crate::flow::restore::{Restore, Stage};
use crate::flow::watch::Watch;
use crate::link::{Link, Place};
use crate::moment::Moment;

impl Model {
    /// Draws the conclusions. Doing it twice changes nothing.
    pub(super) fn settle(&mut self, now: Moment, commands: &mut Vec<Command>) {
        self.settle_search(now, commands);
        self.settle_draft();
        self.settle_review();
        self.settle_journal(commands);
        self.settle_restore(now, commands);
    }

    /// A server's id that leads to one instance leads straight to its points.
    fn settle_search(&mut self, now: Moment, commands: &mut Vec<Command>) {
        if let Some(instance) = self.browse.only_instance_of_server().cloned() {
            self.browse.of_server = None;
            self.go(Place::Points(instance, None), now, commands);
        }
    }

    /// The target's page needs a draft of its point: the one that was kept, or a new one once the point is known.
    fn settle_draft(&mut self) {
        let (Place::Target(point) | Place::Review(point)) = self.place() else { return };
        if self.draft_of(&point).is_some() {
            return;
        }
        let Some(source) = self.source_of(&point.instance) else { return };
        let Some(made) = source.point(&point.name).map(|point| point.made) else { return };
        if source.instance.is_loading() {
            return;
        }
        let server = source.server_name().to_string();
        let mut draft = Draft::new(point, &server, Some(made), &mut self.dice);
        // The target of the restore prepared before is the likely one.
        if let Some(before) = &self.draft {
            draft.container.clone_from(&before.container);
        }
        self.draft = Some(draft);
    }

    /// The review needs a restore of the draft's plan; one that was changed is a new one, and its check is void.
    fn settle_review(&mut self) {
        let Place::Review(point) = self.place() else { return };
        let Some(plan) = self.plan(&point) else { return };
        let known = self.restores.iter().any(|r| r.plan == plan || (r.is_started() && r.plan.prefix == plan.prefix));
        if !known {
            self.restores.retain(|restore| restore.is_started());
            self.restores.push(Restore::new(plan));
        }
    }

    /// What has become of a restore is noted: its job, or that Azure refused it and nothing was started.
    fn settle_journal(&mut self, commands: &mut Vec<Command>) {
        let mut changed = false;
        for restore in &self.restores {
            let Some(entry) = self.journal.by_prefix(&restore.plan.prefix) else { continue };
            match &restore.stage {
                Stage::Running(job) if entry.job.is_none() => {
                    entry.job = Some(job.clone());
                    changed = true;
                }
                Stage::Refused(_) | Stage::Failed(_) | Stage::Ready if !entry.refused && entry.job.is_none() => {
                    entry.refused = true;
                    changed = true;
                }
                _ => {}
            }
        }
        if changed {
            commands.push(Command::KeepJournal(self.journal.print()));
        }
    }

    /// Once the job is known its address takes the place of the restore's: it can be shared and survives everything.
    /// A request that never left leads back to its review.
    fn settle_restore(&mut self, now: Moment, commands: &mut Vec<Command>) {
        let Place::Restore(point, prefix) = self.place() else { return };
        let Some(restore) = self.restore_of(&prefix) else { return };
        let place = match &restore.stage {
            Stage::Running(job) => Place::Job(job.clone()),
            Stage::Ready | Stage::Unseen => Place::Review(point),
            _ => return,
        };
        let link = Link { world: self.world(), place };
        commands.push(Command::Replace(link.print()));
        if let Place::Job(job) = &link.place {
            let job = job.clone();
            self.with(now, commands, |model, context| model.watch = Some(Watch::start(job, context)));
        }
        self.link = Ok(link);
    }
}
