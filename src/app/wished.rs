//! The time before which a point is looked for: typed on the page of a server's points, or brought by a link.

use super::Model;
use crate::azure::id::InstanceId;
use crate::link::{Place, Which};
use crate::moment::Moment;
use crate::when::{self, Reading, Sense, Unread};

/// The time before which a point of an instance is looked for.
#[derive(Clone, Debug)]
pub struct Wished {
    /// Of which instance.
    pub instance: InstanceId,
    /// What stands in the field.
    pub text: String,
    /// How that was read, when it was typed: what is said of now does not change while it is looked at. Nothing for an
    /// empty field.
    pub reading: Option<Result<Reading, Unread>>,
    /// In which sense it is taken.
    pub sense: Sense,
    /// The moment in the link that filled the field.
    link: Option<Moment>,
}

impl Wished {
    /// The moment, once there is one.
    pub fn at(&self) -> Option<Moment> {
        let reading = self.reading.as_ref()?.as_ref().ok()?;
        Some(reading.taken(self.sense))
    }
}

impl Model {
    /// The time before which a point of this instance is looked for.
    pub fn wish_of(&self, instance: &InstanceId) -> Option<&Wished> {
        self.wish.as_ref().filter(|wish| wish.instance == *instance)
    }

    /// The moment before which a point is looked for on this page.
    pub fn wished(&self) -> Option<Moment> {
        match self.place() {
            Place::Points(instance, _) => self.wish_of(&instance)?.at(),
            _ => None,
        }
    }

    /// What was typed is read at once, by the reader's own clocks where it names no zone.
    pub(super) fn wish_for(&mut self, text: String, now: Moment) {
        if let Place::Points(instance, _) = self.place() {
            let link = self.wish_of(&instance).and_then(|wish| wish.link);
            self.wish_at(instance, text, link, now);
        }
    }

    fn wish_at(&mut self, instance: InstanceId, text: String, link: Option<Moment>, now: Moment) {
        let reading = (!text.trim().is_empty()).then(|| when::read(&text, now, &self.zone));
        self.wish = Some(Wished { instance, text, reading, sense: Sense::default(), link });
    }

    /// A link to the last point before a moment fills the field, once: those on both sides are seen. What was typed for
    /// another instance goes.
    pub(super) fn wish_by_link(&mut self, instance: &InstanceId, which: Option<&Which>, now: Moment) {
        if self.wish_of(instance).is_none() {
            self.wish = None;
        }
        if let Some(Which::Before(moment)) = which
            && self.wish.as_ref().and_then(|wish| wish.link) != Some(*moment)
        {
            self.wish_at(instance.clone(), moment.iso(), Some(*moment), now);
        }
    }
}
