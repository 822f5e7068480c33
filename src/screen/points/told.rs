//! What is told of a series of points in words: what is on its way, what is missing, what is not shown.

use super::super::make::{Put, Write};
use super::super::{Block, Text, Tone};
use crate::app::{Event, Field};
use crate::flow::series::{Gap, Range};
use crate::flow::source::Source;
use crate::words::page;

/// So many gaps are told in words.
const GAPS_TOLD: usize = 3;

/// What is on its way, what is missing, what is not shown.
pub(super) fn says(blocks: &mut Vec<Block>, source: &Source, gaps: &[Gap], drawn: usize) {
    if source.load.is_loading() {
        if source.load.trouble().is_none() {
            blocks.progress(&page::reading(page::OF_POINTS, source.points.len()));
        }
        return;
    }
    // Of a list that is not whole nobody knows what it lacks.
    if source.knows_all() {
        judged(blocks, source, gaps);
    }
    let (within, all) = (source.series.within, source.points.len());
    let mut line = Text::new();
    if within < all {
        line.say(&page::older(all - within))
            .press(page::SHOW_ALL, Event::Typed(Field::Range, Range::All.name().into()))
            .say(" ");
    }
    if drawn < within {
        line.say(&page::newest_drawn(drawn));
    }
    if !line.is_empty() {
        blocks.para(line);
    }
}

/// Whether points are missing, judged by the policy.
fn judged(blocks: &mut Vec<Block>, source: &Source, gaps: &[Gap]) {
    let Some(every) = source.every() else {
        let trouble = source.policy.as_ref().and_then(|policy| policy.fault.as_ref());
        let read = source.policy.as_ref().is_some_and(|policy| policy.value.is_some());
        if trouble.is_some() || read {
            blocks.says(page::NOT_JUDGED);
        }
        return;
    };
    let mut line = Text::new();
    if let Some(gap) = gaps.iter().find(|gap| gap.before.is_none()) {
        line.state(Tone::Warn, page::NO_POINT_SINCE).say(" ").time(gap.after);
        line.say(&page::should_be(gap.missing));
        blocks.para(std::mem::take(&mut line));
    }
    line.say(&page::every(every));
    let between: Vec<&Gap> = gaps.iter().filter(|gap| gap.before.is_some()).collect();
    match between.as_slice() {
        // Where no backups are made any more that would be said of the time since as well.
        [] if gaps.is_empty() && source.awaits() => {
            line.say(page::NONE_MISSING);
        }
        [] => {}
        some => {
            for (nth, gap) in some.iter().take(GAPS_TOLD).enumerate() {
                let before = gap.before.unwrap_or(gap.to);
                line.say(if nth == 0 { " " } else { ", " }).strong(&page::missing(gap.missing));
                line.say(&page::between(gap.after, before));
            }
            if some.len() > GAPS_TOLD {
                line.say(&page::more_gaps(some.len() - GAPS_TOLD));
            }
            line.say(".");
        }
    }
    blocks.para(line);
}
