//! Which points of an instance its page lists.

use super::{Field, Model};
use crate::flow::series::Range;
use crate::link::Place;

/// What the field for their order tells where the oldest comes first.
pub const OLDEST_FIRST: &str = "oldest";

impl Model {
    /// How far back, by which words, in which order. Kept for as long as the instance is in hand.
    pub(super) fn look_at_points(&mut self, field: Field, text: String) {
        let Place::Points(instance, _) = self.place() else { return };
        let Some(source) = self.sources.iter_mut().find(|source| source.id == instance) else { return };
        match field {
            Field::Range => source.series.said = Range::parse(&text).or(source.series.said),
            Field::Points => source.series.words = text,
            _ => source.series.oldest_first = text == OLDEST_FIRST,
        }
    }

    /// Lists what is to be listed by now. Doing it twice changes nothing.
    pub(super) fn settle_points(&mut self) {
        if let Place::Points(instance, which) = self.place()
            && let Some(source) = self.sources.iter_mut().find(|source| source.id == instance)
        {
            source.list(which.as_ref());
        }
    }
}
