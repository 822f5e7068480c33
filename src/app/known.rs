//! What the model has at hand, by what it is of.

use super::Model;
use crate::azure::id::{InstanceId, JobId, PointId};
use crate::flow::draft::Draft;
use crate::flow::restore::Restore;
use crate::flow::source::Source;
use crate::flow::watch::Watch;
use crate::link::Prefix;

impl Model {
    /// The instance in hand, if it is this one.
    pub fn source_of(&self, id: &InstanceId) -> Option<&Source> {
        self.source.as_ref().filter(|source| source.id == *id)
    }

    /// The draft in hand, if it is of this point.
    pub fn draft_of(&self, point: &PointId) -> Option<&Draft> {
        self.draft.as_ref().filter(|draft| draft.point == *point)
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
}
