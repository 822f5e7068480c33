//! The points by time, as data: a plot for each month with its marks, and what is missing between them.
//!
//! Places are told in thousandths of their month, so that a mark keeps its shape however wide a month is drawn.

use super::super::make::Press;
use super::super::{Block, Button};
use crate::app::{Event, Field};
use crate::azure::id::PointName;
use crate::azure::wire::Point;
use crate::flow::series::{Gap, Range, is_tagged};
use crate::flow::source::Source;
use crate::moment::{Moment, Span};
use crate::words::{self, names, page};
use std::sync::Arc;

/// The most marks that are drawn: more than ten years of weekly backups. The list has every point.
const MOST_MARKS: usize = 600;
/// The most days that are drawn.
const MOST_DAYS: i64 = 20 * 366;
/// More marks than that need the whole width for their month.
const MARKS: usize = 8;
/// More than that are no marks any more, but a bar that says how many there are.
const CROWD: usize = 40;
/// How far the days below the marks are apart at least, in a month and in one as wide as the page.
const DAYS_APART: [i64; 2] = [140, 60];

/// The points by time.
#[derive(Clone, Debug)]
pub struct Timeline {
    /// Its heading.
    pub title: String,
    /// How far back points are shown: words, what is told, and whether it is so.
    pub ranges: Vec<(String, Event, bool)>,
    /// Beside these.
    pub buttons: Vec<Button>,
    /// What is to be said of the points: those that are missing, those that are not shown.
    pub says: Vec<Block>,
    /// What the signs mean, of those that occur.
    pub legend: Vec<(Sign, String)>,
    /// All points, newest first: shared with the model.
    pub points: Arc<[Point]>,
    /// How many of them have a mark, from the newest on.
    pub drawn: usize,
    /// When it begins.
    pub from: Moment,
    /// When it ends.
    pub until: Moment,
    /// Where points are missing.
    pub gaps: Vec<Gap>,
    /// Since when the server has backups of its own.
    pub own: Option<Moment>,
    /// The moment that the person looks for.
    pub wish: Option<Moment>,
}

/// The signs in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sign {
    /// A point.
    Point,
    /// A point in the archive tier alone.
    Archive,
    /// A point that is not complete.
    Partial,
    /// A point with another tag than most.
    Tagged,
    /// The chosen point.
    Chosen,
    /// Points are missing.
    Missing,
    /// The moment that the person looks for.
    Wish,
    /// The server has backups of its own.
    Own,
}

/// A point in a plot.
#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
    /// Its id.
    pub name: PointName,
    /// Where it stands.
    pub at: i64,
    /// The day below it, where there is room for it.
    pub day: String,
    /// All that is to be said of it.
    pub says: String,
    /// Whether it is in the archive tier alone.
    pub archived: bool,
    /// Whether it is not complete.
    pub partial: bool,
    /// Whether it has another tag than most.
    pub tagged: bool,
}

/// A stretch of a plot.
#[derive(Clone, Debug, PartialEq)]
pub struct Stretch {
    /// What it stands for.
    pub sign: Sign,
    /// Where it begins.
    pub from: i64,
    /// Where it ends.
    pub to: i64,
    /// What stands above it; empty where another part of it says so.
    pub says: String,
}

/// A month.
#[derive(Clone, Debug, PartialEq)]
pub struct Plot {
    /// `November 2026`: tells it apart.
    pub month: String,
    /// What stands above it: the year is said where it begins.
    pub name: String,
    /// All that is to be said of it.
    pub says: String,
    /// Where it begins: it may be the first month of some.
    pub begins: i64,
    /// Where it ends: it may be the running month.
    pub ends: i64,
    /// Its points, oldest first.
    pub marks: Vec<Mark>,
    /// What lies between them.
    pub stretches: Vec<Stretch>,
    /// Where the moment is that the person looks for.
    pub wish: Option<i64>,
}

impl Plot {
    /// Whether it needs the whole width.
    pub fn is_wide(&self) -> bool {
        self.marks.len() > MARKS
    }
}

impl PartialEq for Timeline {
    fn eq(&self, other: &Self) -> bool {
        let said = self.title == other.title && self.says == other.says && self.buttons == other.buttons;
        said && self.ranges == other.ranges && self.legend == other.legend && self.same_plots(other)
    }
}

impl Timeline {
    /// Whether another one has the same plots.
    pub fn same_plots(&self, other: &Timeline) -> bool {
        let ends = |of: &Timeline| (of.drawn, of.from, of.until, of.own, of.wish);
        Arc::ptr_eq(&self.points, &other.points) && ends(self) == ends(other) && self.gaps == other.gaps
    }

    /// The months, oldest first. Made when they are drawn, which is when [`Timeline::same_plots`] says so.
    pub fn plots(&self) -> Vec<Plot> {
        let mut plots = Vec::new();
        let mut points = self.points.iter().take(self.drawn).rev().peekable();
        let mut begins = month_of(self.from);
        while begins <= self.until {
            let ends = next_month(begins);
            // The calendar has an end.
            if ends <= begins {
                break;
            }
            let mut of_it = Vec::new();
            while let Some(point) = points.next_if(|point| point.made < ends) {
                of_it.push(point);
            }
            plots.push(self.plot(begins, ends, &of_it, plots.is_empty()));
            begins = ends;
        }
        plots
    }

    fn plot(&self, begins: Moment, ends: Moment, points: &[&Point], first: bool) -> Plot {
        let place = |at: Moment| {
            let within = at.since(begins).millis().clamp(0, ends.since(begins).millis());
            within * 1000 / ends.since(begins).millis().max(1)
        };
        let month = words::time::month(begins);
        let mut plot = Plot {
            name: page::plot(&month, first),
            says: page::plot_of(&month, points.len()),
            month,
            begins: place(self.from),
            ends: place(self.until),
            marks: Vec::new(),
            stretches: Vec::new(),
            wish: self.wish.filter(|wish| (begins..ends).contains(wish)).map(place),
        };
        let mut stretch = |sign, from: Moment, to: Moment, says: String| {
            if from < ends && to > begins {
                plot.stretches.push(Stretch { sign, from: place(from), to: place(to), says });
            }
        };
        for gap in &self.gaps {
            // It is said once, in the month that has its middle.
            let middle = gap.from + Span::from_millis(gap.to.since(gap.from).millis() / 2);
            let here = (begins..ends).contains(&middle);
            let says = if here { page::missing(gap.missing) } else { String::new() };
            stretch(Sign::Missing, gap.from, gap.to, says);
        }
        if let Some(own) = self.own {
            stretch(Sign::Own, own, self.until, String::new());
        }
        match (points, points.len() > CROWD) {
            ([oldest, .., newest], true) => {
                stretch(Sign::Point, oldest.made, newest.made, page::crowd(points.len()));
            }
            _ => plot.marks = self.marks(points, &place),
        }
        plot
    }

    fn marks(&self, points: &[&Point], place: &dyn Fn(Moment) -> i64) -> Vec<Mark> {
        let [narrow, wide] = DAYS_APART;
        let apart = if points.len() > MARKS { wide } else { narrow };
        let mut free = 0;
        let mark = |point: &&Point| {
            let at = place(point.made);
            let day = if at >= free { point.made.civil(0).day.to_string() } else { String::new() };
            if at >= free {
                free = at + apart;
            }
            Mark {
                name: point.name.clone(),
                at,
                day,
                says: self.says_of(point),
                archived: is_archived(point),
                partial: !point.is_complete(),
                tagged: is_tagged(point),
            }
        };
        points.iter().map(mark).collect()
    }

    fn says_of(&self, point: &Point) -> String {
        let tier = page::kind_and_tier(&point.kind, &super::list::tiers(point));
        let mut says = page::mark(point.made, names::point_state(&point.state), &tier, &point.tag);
        for gap in &self.gaps {
            if gap.before == Some(point.made) {
                says.push_str(&page::missing_before(gap.missing));
            } else if gap.after == point.made && gap.before.is_none() {
                says.push_str(&page::missing_since(gap.missing));
            }
        }
        says
    }
}

fn is_archived(point: &Point) -> bool {
    !point.stores.is_empty() && point.stores.iter().all(|store| store.eq_ignore_ascii_case("ArchiveStore"))
}

/// When the month of a moment begins.
fn month_of(at: Moment) -> Moment {
    let c = at.civil(0);
    Moment::from_utc(c.year, c.month, 1, 0, 0, 0).unwrap_or(at)
}

/// When the month after one that begins then begins.
fn next_month(begins: Moment) -> Moment {
    month_of(begins + Span::from_secs(32 * 86_400))
}

/// The timeline of an instance, and the time before which a point is looked for.
pub(super) fn timeline(source: &Source, wish: Option<Moment>) -> Timeline {
    let (series, all, until) = (&source.series, &source.points, source.until());
    let range = series.range(all, until);
    let in_range = all.get(..series.within).unwrap_or_default();
    let earliest = until - Span::from_secs(MOST_DAYS * 86_400);
    let drawn = in_range.partition_point(|point| point.made >= earliest).min(MOST_MARKS);
    let oldest = drawn.checked_sub(1).and_then(|last| in_range.get(last)).map_or(until, |point| point.made);
    // All of a range is drawn, whether there are points in it or not; but not what has no room.
    let from = range.begins(until).filter(|_| drawn == in_range.len()).unwrap_or(oldest);
    let mut gaps = source.gaps();
    gaps.retain(|gap| gap.to > from);
    let mut timeline = Timeline {
        title: page::timeline(&words::time::month(from)),
        ranges: Vec::new(),
        buttons: Vec::new(),
        says: Vec::new(),
        legend: Vec::new(),
        points: Arc::clone(all),
        drawn,
        from,
        until,
        gaps,
        own: source.own_backups().map(|(_, earliest)| earliest).filter(|earliest| *earliest < until),
        wish,
    };
    for each in Range::EACH {
        let event = Event::Typed(Field::Range, each.name().to_string());
        timeline.ranges.push((page::range(each.name()), event, each == range));
    }
    if let Some(newest) = all.iter().find(|point| point.is_complete()) {
        timeline.buttons.tell(page::NEWEST, Event::PointChosen(newest.name.clone()));
    }
    super::told::says(&mut timeline.says, source, &timeline.gaps, drawn);
    timeline.legend = legend(&timeline);
    timeline
}

/// What the signs mean, of those that occur.
fn legend(timeline: &Timeline) -> Vec<(Sign, String)> {
    let drawn = || timeline.points.iter().take(timeline.drawn);
    let archived = drawn().any(is_archived);
    let mut tags: Vec<&str> = Vec::new();
    for point in drawn().filter(|point| is_tagged(point)) {
        if let Err(at) = tags.binary_search(&point.tag.as_str()) {
            tags.insert(at, &point.tag);
        }
    }
    let signs = [
        (Sign::Point, drawn().any(|point| !is_archived(point))),
        (Sign::Archive, archived),
        (Sign::Partial, drawn().any(|point| !point.is_complete())),
        (Sign::Tagged, !tags.is_empty()),
        (Sign::Chosen, timeline.drawn > 0),
        (Sign::Missing, !timeline.gaps.is_empty()),
        (Sign::Wish, timeline.wish.is_some_and(|wish| (timeline.from..timeline.until).contains(&wish))),
        (Sign::Own, timeline.own.is_some()),
    ];
    let words = |sign| match sign {
        Sign::Point if archived => page::IN_VAULT.to_string(),
        Sign::Point => page::A_POINT.to_string(),
        Sign::Archive => page::IN_ARCHIVE.to_string(),
        Sign::Partial => page::PARTIAL.to_string(),
        Sign::Tagged => page::tagged(&tags.join(", ")),
        Sign::Chosen => page::CHOSEN.to_string(),
        Sign::Missing => page::MISSING_POINTS.to_string(),
        Sign::Wish => page::YOUR_TIME.to_string(),
        Sign::Own => page::OWN_BACKUPS.to_string(),
    };
    signs.into_iter().filter(|(_, occurs)| *occurs).map(|(sign, _)| (sign, words(sign))).collect()
}
