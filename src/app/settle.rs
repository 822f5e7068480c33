//! What follows from what has become known, after every event: a draft for the page, a plan for the review, the job's
//! address in place of the restore's, the job's id in the journal.

use super::Model;
use super::memory::OF_ANOTHER_TAB;
use crate::azure::id::PointId;
use crate::flow::Command;
use crate::flow::draft::{Draft, Plan};
use crate::flow::restore::{Restore, Stage};
use crate::journal::{Entry, Outcome};
use crate::link::{MOST_POINTS, Place, Prefix};
use crate::moment::Moment;

impl Model {
    /// Draws the conclusions. Doing it twice changes nothing.
    pub(super) fn settle(&mut self, now: Moment, commands: &mut Vec<Command>) {
        self.settle_search(now, commands);
        self.settle_sources(now, commands);
        self.settle_wishes(commands);
        self.settle_points();
        self.settle_draft();
        self.settle_target(now, commands);
        self.settle_spent(commands);
        self.settle_review(now, commands);
        self.settle_preflight(now, commands);
        self.settle_queue(now, commands);
        self.settle_pending(now, commands);
        self.settle_cleared(now, commands);
        self.settle_found(now, commands);
        self.settle_journal(now, commands);
        self.settle_restore(now, commands);
        self.settle_watches(now, commands);
        self.settle_sight(now, commands);
    }

    /// A server's id that leads to one instance leads straight to its points, unless the person has gone on meanwhile.
    fn settle_search(&mut self, now: Moment, commands: &mut Vec<Command>) {
        if !self.finds() {
            self.with(now, commands, |model, context| model.find.leave(context));
        } else if let Some(instance) = self.find.found().cloned() {
            self.find.sought = None;
            self.go(Place::Points(instance, None), now, commands);
        }
    }

    /// A target's page and a plan need a draft of each point: the one that was kept, or a new one once the point is known.
    fn settle_draft(&mut self) {
        let points = match self.place() {
            Place::Target(point) | Place::Review(point) => vec![point],
            _ => self.meant_points(),
        };
        for point in &points {
            if self.draft_of(point).is_some() {
                continue;
            }
            let Some(source) = self.source_of(&point.instance) else { continue };
            let Some(made) = source.point(&point.name).map(|point| point.made) else { continue };
            if source.instance.is_loading() {
                continue;
            }
            let server = source.server_name().to_string();
            let mut draft = Draft::new(point.clone(), &server, Some(made), &mut self.dice);
            // The target of the restore prepared before is the likely one: of another one of the plan, if there is one.
            let beside = self.drafts.iter().rfind(|draft| points.contains(&draft.point));
            if let Some(before) = beside.or(self.drafts.last()) {
                draft.goes_where(before);
            }
            self.drafts.push(draft);
        }
        // The one in hand is the last one.
        if let [point] = points.as_slice()
            && let Some(at) = self.drafts.iter().position(|draft| draft.point == *point)
        {
            self.drafts.get_mut(at..).unwrap_or_default().rotate_left(1);
        }
        // What was typed for others waits for whoever comes back to them: the last ones of them.
        let kept = |draft: &Draft| points.contains(&draft.point) || self.is_gathered(&draft.point);
        let mut kept: Vec<bool> = self.drafts.iter().map(kept).collect();
        let others = kept.iter().rev().filter(|kept| !**kept).count();
        let mut too_many = others.saturating_sub(MOST_POINTS);
        for kept in kept.iter_mut().filter(|kept| !**kept) {
            *kept = too_many == 0;
            too_many = too_many.saturating_sub(1);
        }
        let mut kept = kept.into_iter();
        self.drafts.retain(|_| kept.next().unwrap_or(true));
    }

    /// A prefix that was sent with another content will not do for this one: it gets another ending.
    fn settle_spent(&mut self, commands: &mut Vec<Command>) {
        for point in self.reviewed_points() {
            if self.plan(&point).is_some_and(|plan| self.is_spent(&plan)) {
                let dice = &mut self.dice;
                self.drafts.iter_mut().filter(|draft| draft.point == point).for_each(|draft| draft.renew(dice));
                self.keep(commands);
            }
        }
    }

    fn is_spent(&self, plan: &Plan) -> bool {
        let other = |point: &PointId, url: &str| *point != plan.point || url != plan.target.url;
        let sent = |entry: &Entry| entry.outcome != Some(Outcome::Refused) && entry.prefix == plan.prefix;
        let out = |restore: &Restore| restore.is_started() || restore.is_sought_in_spite();
        let started = |restore: &Restore| out(restore) && restore.plan.prefix == plan.prefix;
        self.restores.iter().any(|r| started(r) && other(&r.plan.point, &r.plan.target.url))
            || self.journal.entries.iter().any(|e| sent(e) && other(&e.point, &e.container))
    }

    /// The review needs a restore of the draft's plan; one that was changed is a new one, and its check is void.
    fn settle_review(&mut self, now: Moment, commands: &mut Vec<Command>) {
        let points = self.reviewed_points();
        let together = matches!(self.place(), Place::Plan(_));
        for point in &points {
            if together && self.is_under_way(point) {
                self.settle_elsewhere(point, now, commands);
                continue;
            }
            let Some(plan) = self.plan(point) else {
                self.drop_other_targets(point, now, commands);
                continue;
            };
            let same = |r: &Restore| r.plan == plan || (r.is_started() && r.plan.prefix == plan.prefix);
            if !self.restores.iter().any(same) {
                let gathered = self.gathered.clone();
                let kept = |other: &PointId| {
                    other != point && (points.contains(other) || gathered.iter().any(|wish| wish.is(other)))
                };
                self.drop_restores(now, commands, |restore| {
                    !restore.is_started() && !restore.is_sought_in_spite() && !kept(&restore.plan.point)
                });
                self.restores.push(Restore::new(plan));
            }
        }
    }

    /// One of a plan that another tab has sent: what was prepared here of it is dropped, and its job looked for.
    fn settle_elsewhere(&mut self, point: &PointId, now: Moment, commands: &mut Vec<Command>) {
        let Some(entry) = self.entry_of(point) else { return };
        let (prefix, open) = (entry.prefix.clone(), entry.outcome.is_none() && entry.job.is_none());
        if self.is_left_elsewhere(&prefix) {
            self.drop_restores(now, commands, |restore| restore.plan.prefix == prefix);
        }
        if open {
            self.resume(point.clone(), prefix, Some(OF_ANOTHER_TAB), now, commands);
        }
    }

    /// Whether another tab has sent the restore with this prefix, or has sent it again.
    fn is_left_elsewhere(&self, prefix: &Prefix) -> bool {
        let Some(restore) = self.restore_of(prefix) else { return false };
        // The row of what never left from here is about to go.
        self.journal.by_prefix(prefix).filter(|_| !restore.never_left).is_some_and(|entry| {
            entry.refused.is_none() && (restore.sent.is_none() || restore.is_of_another_try(entry.sent))
        })
    }

    /// As long as the draft makes no plan, since its target is being looked up or will not do, no other target stands in
    /// its place: what can be checked and started is what the form says.
    fn drop_other_targets(&mut self, point: &PointId, now: Moment, commands: &mut Vec<Command>) {
        let Some(draft) = self.draft_of(point) else { return };
        let url = self.resolve(draft).map(|resolved| resolved.target.url).unwrap_or_default();
        let other = |restore: &Restore| restore.plan.point == *point && restore.plan.target.url != url;
        self.drop_restores(now, commands, |restore| {
            other(restore) && !restore.is_started() && !restore.is_sought_in_spite()
        });
    }

    /// Forgets restores, with all that they wait for and have claimed.
    pub(super) fn drop_restores(&mut self, now: Moment, commands: &mut Vec<Command>, which: impl Fn(&Restore) -> bool) {
        self.with(now, commands, |model, context| {
            model.restores.retain_mut(|restore| {
                let dropped = which(restore);
                if dropped {
                    restore.stop(context);
                }
                !dropped
            });
        });
    }

    /// A start that waits is not kept waiting behind the person's back: whoever leaves its page does not start it.
    fn settle_pending(&mut self, now: Moment, commands: &mut Vec<Command>) {
        let shown: Vec<Prefix> = match self.place() {
            Place::Restore(_, prefix) => vec![prefix],
            _ => {
                let points = self.reviewed_points();
                points.iter().filter_map(|point| Some(self.reviewed(point)?.plan.prefix.clone())).collect()
            }
        };
        self.with(now, commands, |model, context| {
            let left = |restore: &&mut Restore| restore.is_pending() && !shown.contains(&restore.plan.prefix);
            model.restores.iter_mut().filter(left).for_each(|restore| restore.put_back(context));
        });
    }

    /// The address follows the restore: from the review to its progress once the request has left, also where another
    /// tab has sent it; from there to its job once that is known: it can be shared and survives everything. A request
    /// that never left leads back to its review.
    fn settle_restore(&mut self, now: Moment, commands: &mut Vec<Command>) {
        match self.place() {
            Place::Review(point) => {
                let Some(restore) = self.reviewed(&point) else { return };
                let prefix = restore.plan.prefix.clone();
                let left_here = matches!(restore.stage, Stage::Triggering(..));
                let left_elsewhere = self.is_left_elsewhere(&prefix);
                if left_elsewhere {
                    self.drop_restores(now, commands, |restore| restore.plan.prefix == prefix);
                }
                if left_here || left_elsewhere {
                    self.go(Place::Restore(point, prefix), now, commands);
                }
            }
            Place::Restore(point, prefix) => {
                let Some(restore) = self.restore_of(&prefix) else { return };
                let place = match &restore.stage {
                    Stage::Running(job) => Place::Job(job.clone()),
                    // Nothing of it has left.
                    Stage::Reviewing
                    | Stage::Checking(_)
                    | Stage::Ready
                    | Stage::Unseen
                    | Stage::Rejected(_)
                    | Stage::Doubtful(_) => Place::Review(point),
                    _ => return,
                };
                self.replace(place, commands);
                self.enter(now, commands);
            }
            _ => {}
        }
    }
}
