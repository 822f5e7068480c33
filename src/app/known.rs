//! What the model has at hand, by what it is of.

use super::Model;
use crate::azure::id::{InstanceId, JobId, PointId};
use crate::flow::draft::Draft;
use crate::flow::restore::Restore;
use crate::flow::source::Source;
use crate::flow::watch::Watch;
use crate::link::{Place, Prefix};

impl Model {
    /// The instance of this id, if it is in hand.
    pub fn source_of(&self, id: &InstanceId) -> Option<&Source> {
        self.sources.iter().find(|source| source.id == *id)
    }

    /// The page of a point, with the moment at which it was made, where that is known.
    pub fn page_of(&self, point: &PointId) -> Place {
        let wish = self.named(&point.instance, point.name.clone());
        Place::Points(wish.instance, Some(wish.which))
    }

    /// The draft of this point, if there is one.
    pub fn draft_of(&self, point: &PointId) -> Option<&Draft> {
        self.drafts.iter().find(|draft| draft.point == *point)
    }

    /// The draft whose target is chosen on the page. On a plan's it stands for all of them that have not been sent.
    pub fn form(&self) -> Option<&Draft> {
        match self.place() {
            Place::Target(point) => self.draft_of(&point),
            Place::PlanTarget(_) => {
                let mut open = self.meant_points().into_iter().filter(|point| !self.is_under_way(point));
                open.find_map(|point| self.draft_of(&point))
            }
            _ => None,
        }
    }

    /// The job of this id, if it is followed.
    pub fn watch_of(&self, job: &JobId) -> Option<&Watch> {
        self.watches.iter().find(|watch| watch.id == *job)
    }

    /// The restore with this prefix.
    pub fn restore_of(&self, prefix: &Prefix) -> Option<&Restore> {
        self.restores.iter().find(|restore| restore.plan.prefix == *prefix)
    }

    /// The restore that is reviewed for this point. One that a refusal left behind under the same prefix is none of
    /// another target.
    pub fn reviewed(&self, point: &PointId) -> Option<&Restore> {
        let draft = self.draft_of(point)?;
        let restore = self.restore_of(&draft.full_prefix().ok()?)?;
        let same = |restore: &&Restore| {
            let target = self.resolve(draft).map(|resolved| resolved.target.url);
            restore.plan.point == *point && target.is_ok_and(|url| url == restore.plan.target.url)
        };
        Some(restore).filter(|restore| restore.is_started() || same(restore))
    }

    /// The points whose restores are reviewed on the page: one, or those of a plan.
    pub fn reviewed_points(&self) -> Vec<PointId> {
        match self.place() {
            Place::Review(point) => vec![point],
            Place::Plan(_) => self.meant_points(),
            _ => Vec::new(),
        }
    }
}
