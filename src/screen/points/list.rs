//! The list of points as data: its rows, and what stands above them.

use super::super::make::{Press, Put, Write, input};
use super::super::{Block, Icon, Tone, plain};
use super::timeline::Timeline;
use crate::app::{Event, Field, OLDEST_FIRST};
use crate::azure::id::PointName;
use crate::azure::wire::Point;
use crate::flow::series::Range;
use crate::flow::source::Source;
use crate::moment::Moment;
use crate::words::{names, page};
use std::sync::Arc;

/// The recovery points: by time, and as a list by month.
#[derive(Clone, Debug, Default)]
pub struct Points {
    /// The list's heading.
    pub title: String,
    /// Below the heading: how many are listed, in which order. Read out politely where it changes.
    pub lead: String,
    /// Above the rows: what they are filtered by, and that none is left.
    pub above: Vec<Block>,
    /// The chosen one.
    pub chosen: Option<PointName>,
    /// The newest of all.
    pub newest: Option<PointName>,
    /// Those that are listed, in the order in which they stand there: shared with the model.
    pub points: Arc<[Point]>,
    /// Whether none has come yet: room is kept for them.
    pub waiting: bool,
    /// The same by time.
    pub timeline: Option<Timeline>,
}

/// One recovery point, as its row shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct PointRow {
    /// Its id.
    pub name: PointName,
    /// When it was made.
    pub made: Moment,
    /// The newest of all.
    pub latest: bool,
    /// Its state: tone and word.
    pub state: (Tone, String),
    /// Its type, such as "Full".
    pub kind: String,
    /// The tier it is in, such as "Vault".
    pub tier: String,
    /// Its retention tag.
    pub tag: String,
    /// When it goes, where Azure says so.
    pub expires: Option<Moment>,
}

impl Points {
    /// The rows. Made when they are drawn, which is when [`Points::same_rows`] says so, not with every screen.
    pub fn rows(&self) -> Arc<[PointRow]> {
        self.points.iter().map(|point| row(point, self.newest.as_ref() == Some(&point.name))).collect()
    }

    /// Whether another list has the same rows. They are shared with the model, which makes them anew only when they
    /// change: a click or a tick redraws no row.
    pub fn same_rows(&self, other: &Points) -> bool {
        Arc::ptr_eq(&self.points, &other.points) && self.newest == other.newest
    }
}

impl PartialEq for Points {
    fn eq(&self, other: &Self) -> bool {
        self.same_rows(other)
            && self.chosen == other.chosen
            && self.title == other.title
            && self.lead == other.lead
            && self.waiting == other.waiting
            && self.above == other.above
            && self.timeline == other.timeline
    }
}

/// The list of an instance's points, or its room.
pub(super) fn list(source: &Source, chosen: Option<&PointName>, wish: Option<Moment>) -> Points {
    let (series, all) = (&source.series, &source.points);
    let range = series.range(all, source.until());
    let expiry = all.is_empty() || all.iter().any(|point| point.expires.is_some());
    let order = if series.oldest_first { page::OLDEST_FIRST } else { page::NEWEST_FIRST };
    let words = series.words.trim();
    let listed = page::points_lead((series.listed.len(), all.len()), source.load.is_whole(), words, order, expiry);
    let mut points = Points {
        title: page::points_title(range.name(), series.within == all.len() && !all.is_empty()),
        lead: listed,
        above: Vec::new(),
        chosen: chosen.cloned(),
        newest: all.first().map(|point| point.name.clone()),
        points: Arc::clone(&series.listed),
        waiting: all.is_empty(),
        timeline: Some(super::timeline::timeline(source, wish)),
    };
    filter(&mut points.above, source);
    unlisted(&mut points.above, source, chosen);
    points
}

/// What the rows are filtered by, and their order.
fn filter(blocks: &mut Vec<Block>, source: &Source) {
    let series = &source.series;
    let mut words = input(Field::Points, page::FILTER_POINTS, plain(page::FILTER_POINTS_MORE), None, &series.words);
    words.code = false;
    let order = if series.oldest_first { OLDEST_FIRST } else { "" };
    let mut order = input(Field::Order, page::ORDER, Vec::new(), None, order);
    order.options = [("", page::NEWEST_FIRST), (OLDEST_FIRST, page::OLDEST_FIRST)]
        .map(|(value, words)| (value.to_string(), page::begins_large(words)))
        .into();
    blocks.put(Block::Pair(vec![Block::Input(words), Block::Input(order)]));
    if series.listed.is_empty() && !source.points.is_empty() && !series.words.trim().is_empty() {
        let (mut body, mut buttons) = (Vec::new(), Vec::new());
        buttons.tell(page::CLEAR_FILTER, Event::Typed(Field::Points, String::new()));
        body.says(page::NO_POINT_MATCHES_MORE).buttons(buttons);
        blocks.note(Tone::Plain, Some(Icon::Search), &page::no_point_matches(&series.words), body);
    }
}

/// The chosen point, where it is not among those that are listed.
fn unlisted(blocks: &mut Vec<Block>, source: &Source, chosen: Option<&PointName>) {
    let series = &source.series;
    let is_chosen = |point: &Point| Some(&point.name) == chosen;
    let Some(at) = source.points.iter().position(is_chosen) else { return };
    if series.listed.iter().any(is_chosen) {
        return;
    }
    let (field, all) = if at < series.within { (Field::Points, "") } else { (Field::Range, Range::All.name()) };
    let mut line = plain(page::CHOSEN_NOT_LISTED);
    line.press(page::SHOW_IT, Event::Typed(field, all.to_string()));
    blocks.para(line);
}

/// One row of the list.
fn row(point: &Point, latest: bool) -> PointRow {
    PointRow {
        name: point.name.clone(),
        made: point.made,
        latest,
        state: state(point),
        kind: point.kind.clone(),
        tier: tiers(point),
        tag: point.tag.clone(),
        expires: point.expires,
    }
}

pub(super) fn state(point: &Point) -> (Tone, String) {
    let tone = match point.state.as_str() {
        "" | "Completed" => Tone::Ok,
        "Partial" => Tone::Warn,
        _ => Tone::Plain,
    };
    (tone, names::point_state(&point.state).to_string())
}

pub(super) fn tiers(point: &Point) -> String {
    names::tiers(&point.stores)
}
