//! The reader's time zone as a table: since when its clocks have been how far ahead of UTC.

use crate::moment::{Moment, Span};

/// How far apart a zone is looked at: less than the shortest time that one has put its clocks back for, the month of
/// Ramadan.
const STEP: Span = Span::from_secs(14 * 86_400);

const MINUTE: i64 = 60_000;

/// A time zone: from which moment on its clocks were so many minutes ahead of UTC, the oldest first. The first row holds
/// before its moment too. Without a row it is UTC.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Zone {
    changes: Vec<(Moment, i32)>,
}

/// Where on the line of time a calendar's reading is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Wall {
    /// There, once.
    Once(Moment),
    /// There, and once more after the clocks were put back.
    Twice(Moment, Moment),
    /// Nowhere, since the clocks went forward over it; there, had they not.
    Never(Moment),
}

impl Zone {
    /// A zone by its table.
    pub fn new(changes: Vec<(Moment, i32)>) -> Self {
        Zone { changes }
    }

    /// A zone that can only be asked how far ahead it is at a moment: between two moments, to the minute.
    pub fn probe(from: Moment, to: Moment, ahead: &dyn Fn(Moment) -> i32) -> Self {
        let mut at = Moment::from_millis(from.millis().div_euclid(MINUTE) * MINUTE);
        let mut known = ahead(at);
        let mut changes = vec![(at, known)];
        while at < to {
            let (mut before, mut after) = (at, at + STEP);
            at = after;
            let next = ahead(at);
            if next == known {
                continue;
            }
            loop {
                let half = after.since(before).millis() / MINUTE / 2 * MINUTE;
                if half == 0 {
                    break;
                }
                let middle = before + Span::from_millis(half);
                if ahead(middle) == known { before = middle } else { after = middle }
            }
            changes.push((after, next));
            known = next;
        }
        Zone { changes }
    }

    /// The table.
    pub fn changes(&self) -> &[(Moment, i32)] {
        &self.changes
    }

    /// How many minutes its clocks are ahead of UTC at a moment.
    pub fn ahead(&self, at: Moment) -> i32 {
        let row = self.changes.iter().rev().find(|(from, _)| *from <= at).or(self.changes.first());
        row.map_or(0, |(_, ahead)| *ahead)
    }

    /// When its clocks show what clocks in UTC show at this moment.
    pub fn when(&self, wall: Moment) -> Wall {
        let mut found = None;
        let mut skipped = None;
        let mut last = wall;
        for (row, (from, ahead)) in self.changes.iter().enumerate() {
            let at = wall - minutes(*ahead);
            let begun = row == 0 || *from <= at;
            let over = self.changes.get(row + 1).is_some_and(|(next, _)| *next <= at);
            match found {
                Some(first) if begun && !over => return Wall::Twice(first, at),
                None if begun && !over => found = Some(at),
                None if !begun && skipped.is_none() => skipped = Some(last),
                _ => {}
            }
            last = at;
        }
        match (found, skipped) {
            (Some(at), _) => Wall::Once(at),
            (None, Some(at)) => Wall::Never(at),
            (None, None) => Wall::Once(last),
        }
    }
}

/// So many minutes.
pub(super) fn minutes(minutes: i32) -> Span {
    Span::from_millis(i64::from(minutes) * MINUTE)
}
