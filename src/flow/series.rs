//! The points of an instance as a series: which of them are shown, and where one is missing.
//!
//! A gap is judged by the instance's policy and by nothing else: as long as that is not known nothing is said to be
//! missing. Where some points are kept for longer, under another retention tag, only they are left of what is older: of
//! that time nothing is missing either.

use crate::azure::wire::Point;
use crate::moment::{Moment, Span};
use crate::words::names;
use crate::words::time::{month, utc};
use std::sync::Arc;

/// The tag of what is kept for as long as the policy says and no longer.
const DEFAULT_TAG: &str = "Default";

/// How far back points are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Range {
    /// Thirty days.
    Month,
    /// Ninety days.
    Quarter,
    /// 365 days.
    Year,
    /// As far as there are any.
    All,
}

impl Range {
    /// From the shortest to the longest.
    pub const EACH: [Range; 4] = [Range::Month, Range::Quarter, Range::Year, Range::All];

    /// What it is told by.
    pub fn name(self) -> &'static str {
        match self {
            Range::Month => "30",
            Range::Quarter => "90",
            Range::Year => "365",
            Range::All => "all",
        }
    }

    /// Reads what it is told by.
    pub fn parse(name: &str) -> Option<Range> {
        Range::EACH.into_iter().find(|range| range.name() == name)
    }

    /// Where it begins, if it ends then.
    pub fn begins(self, until: Moment) -> Option<Moment> {
        let days: i64 = self.name().parse().ok()?;
        Some(until - Span::from_secs(days * 86_400))
    }

    /// How many of these points, newest first, are in it.
    pub fn holds(self, points: &[Point], until: Moment) -> usize {
        let begins = self.begins(until);
        begins.map_or(points.len(), |begins| points.partition_point(|point| point.made >= begins))
    }
}

/// Until when a series goes: until it was read, unless a clock that is behind has points in its future.
pub fn until(points: &[Point], read: Moment) -> Moment {
    points.first().map_or(read, |newest| read.max(newest.made))
}

/// Which points a person looks at, and in which order.
#[derive(Clone, Debug, Default)]
pub struct Series {
    /// How far back, where somebody has said so.
    pub said: Option<Range>,
    /// What they are filtered by.
    pub words: String,
    /// Whether the oldest comes first.
    pub oldest_first: bool,
    /// The points that are listed, in order. Made anew only when they change.
    pub listed: Arc<[Point]>,
    /// How many points are in the range, from the newest on.
    pub within: usize,
    /// What the list was made of.
    of: Option<(Arc<[Point]>, usize, String, bool)>,
}

impl Series {
    /// What another reading of the same points goes on with.
    pub fn again(&self) -> Series {
        Series { said: self.said, words: self.words.clone(), oldest_first: self.oldest_first, ..Series::default() }
    }

    /// How far back points are shown: a year, unless all of them are older.
    pub fn range(&self, points: &[Point], until: Moment) -> Range {
        let none = || !points.is_empty() && Range::Year.holds(points, until) == 0;
        self.said.unwrap_or_else(|| if none() { Range::All } else { Range::Year })
    }

    /// Lists the points, newest first in `points`. Doing it twice changes nothing. `chosen`: when the chosen one was made;
    /// where that is longer ago than a year all are shown from then on, or the list would change under the next choice.
    pub fn list(&mut self, points: &Arc<[Point]>, until: Moment, chosen: Option<Moment>) {
        let year = Range::Year.begins(until);
        if self.said.is_none() && chosen.is_some_and(|made| year.is_some_and(|year| made < year)) {
            self.said = Some(Range::All);
        }
        self.within = self.range(points, until).holds(points, until);
        let same = self.of.as_ref().is_some_and(|(of, within, words, oldest_first)| {
            let same = (*within, words, *oldest_first) == (self.within, &self.words, self.oldest_first);
            Arc::ptr_eq(of, points) && same
        });
        if same {
            return;
        }
        self.of = Some((Arc::clone(points), self.within, self.words.clone(), self.oldest_first));
        let words = self.words.to_lowercase();
        let words: Vec<&str> = words.split_whitespace().collect();
        let all = words.is_empty() && self.within == points.len() && !self.oldest_first;
        if all {
            self.listed = Arc::clone(points);
            return;
        }
        let in_range = points.iter().take(self.within);
        let mut listed: Vec<Point> = in_range.filter(|point| is_found(point, &words)).cloned().collect();
        if self.oldest_first {
            listed.reverse();
        }
        self.listed = listed.into();
    }
}

/// Whether all of these words, in lower case, are in what a row shows.
fn is_found(point: &Point, words: &[&str]) -> bool {
    if words.is_empty() {
        return true;
    }
    let made = point.made;
    let mut text = [&utc(made), " ", &made.iso(), " ", &month(made), " "].concat();
    for shown in [names::point_state(&point.state), &point.kind, &names::tiers(&point.stores), &point.tag] {
        text.push_str(shown);
        text.push(' ');
    }
    let text = text.to_lowercase();
    words.iter().all(|word| text.contains(word))
}

/// Where points are missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gap {
    /// The point before.
    pub after: Moment,
    /// The point that follows; nothing where there is none yet.
    pub before: Option<Moment>,
    /// Where those that are missing should be: half a period from either end.
    pub from: Moment,
    /// Where that ends.
    pub to: Moment,
    /// How many are missing.
    pub missing: i64,
}

/// Whether a point has another tag than the one that most have.
pub fn is_tagged(point: &Point) -> bool {
    !point.tag.is_empty() && !point.tag.eq_ignore_ascii_case(DEFAULT_TAG)
}

/// Where points are missing, newest first, if one is due in every such period. A backup may begin late, and one that was
/// asked for comes in between: a point is missing where more than one and a half periods have passed. `until`: up to when
/// the next point should have come; nothing where none is awaited.
pub fn gaps(points: &[Point], every: Span, until: Option<Moment>) -> Vec<Gap> {
    let mut gaps = Vec::new();
    // Of what is older than that only points of other tags are left. Where all have one and the same tag, and the next is
    // awaited, the policy gives it to every point.
    let one_tag = points.windows(2).all(|two| matches!(two, [a, b] if a.tag == b.tag));
    let all = if until.is_some() && one_tag { points.len() } else { 0 };
    let judged = points.iter().rposition(|point| !is_tagged(point)).map_or(all, |oldest| oldest + 1);
    let mut next = until.map(|until| (until, None));
    for point in points.iter().take(judged) {
        if let Some((to, before)) = next {
            let missing = missing(to.since(point.made), every);
            let half = Span::from_millis(every.millis() / 2);
            if missing > 0 {
                let to = before.map_or(to, |before: Moment| before - half);
                gaps.push(Gap { after: point.made, before, from: point.made + half, to, missing });
            }
        }
        next = Some((point.made, Some(point.made)));
    }
    gaps
}

fn missing(passed: Span, every: Span) -> i64 {
    let (passed, every) = (passed.millis(), every.millis());
    if every <= 0 { 0 } else { (2 * passed + every) / (2 * every) - 1 }
}
