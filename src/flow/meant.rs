//! Which point of an instance a link means, as far as that is known; and which ones lie next to a moment.

use super::source::Source;
use crate::azure::id::PointName;
use crate::azure::wire::Point;
use crate::fault::{Code, Fault};
use crate::link::Which;
use crate::moment::Moment;

/// Which point a link means, as far as that is known.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Meant<'a> {
    /// It is being read, or it cannot be: the page says why.
    Reading,
    /// This one.
    Point(&'a Point),
    /// This one, which the list has no more, though Azure still knows it.
    Unlisted(&'a Point),
    /// Azure knows it no more.
    Gone,
    /// It is not in the list, and whether Azure still knows it cannot be told.
    Unclear(&'a Fault),
    /// There is none that is the newest, or that was made before that moment.
    Absent,
}

impl<'a> Meant<'a> {
    /// The point, if there is one.
    pub fn point(self) -> Option<&'a Point> {
        match self {
            Meant::Point(point) | Meant::Unlisted(point) => Some(point),
            _ => None,
        }
    }
}

impl Source {
    /// Which of its points is meant.
    pub fn meant(&self, which: &Which) -> Meant<'_> {
        let whole = |point: &&Point| point.is_complete();
        let found = match which {
            Which::Point(name, _) => return self.named(name),
            // What is newer may be on its way.
            _ if !self.load.is_whole() => return Meant::Reading,
            Which::Newest => self.points.iter().find(whole),
            Which::Before(moment) => self.points.iter().filter(|point| point.made < *moment).find(whole),
        };
        found.map_or(Meant::Absent, Meant::Point)
    }

    fn named(&self, name: &PointName) -> Meant<'_> {
        if let Some(point) = self.points.iter().find(|point| point.name == *name) {
            return Meant::Point(point);
        }
        match self.alone(name) {
            Some(Ok(point)) => Meant::Unlisted(point),
            Some(Err(fault)) if fault.code == Code::NotFound => Meant::Gone,
            Some(Err(fault)) => Meant::Unclear(fault),
            None => Meant::Reading,
        }
    }

    /// The complete points next to a moment: the last one before it, and the first one after it.
    pub fn next_to(&self, moment: Moment) -> [Option<&Point>; 2] {
        let complete = || self.points.iter().filter(|point| point.is_complete());
        [complete().find(|point| point.made < moment), complete().rev().find(|point| point.made >= moment)]
    }
}
