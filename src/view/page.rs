//! One page: steps, heading, and its parts.

use super::blocks::blocks;
use super::icon::{TICK, named};
use super::pen::Pen;
use super::points::points;
use super::text::{Place, line, text};
use super::timeline::timeline;
use crate::screen::{Block, Page, Span, Steps, Text};
use crate::words::labels;

/// The page. Narrow, what is beside the first part stands between it and the rest.
pub fn page(pen: &mut Pen, page: &Page) {
    pen.el("main.page[id=main][tabindex=-1]", |pen| {
        if let Some(steps) = &page.steps {
            self::steps(pen, steps);
        }
        pen.el(if page.display { "div.promise.stack" } else { "div.page__head" }, |pen| {
            pen.words("h1[id=page-title][tabindex=-1]", &page.title);
            lead(pen, &page.lead);
            if page.display {
                region(pen, page, &page.main);
            }
        });
        pen.el("div", |pen| parts(pen, page));
    });
}

fn parts(pen: &mut Pen, page: &Page) {
    // Another page starts afresh: nothing of the one before is kept.
    pen.key(&page.key);
    // The class may change without a redraw: what is in the columns stays what it is.
    let split = !page.display && !page.side.is_empty();
    pen.attr("class", if split { "split" } else { "stack stack--loose" });
    if page.display {
        region(pen, page, &page.side);
        region(pen, page, &page.rest);
        return;
    }
    pen.el("div.stack.stack--loose", |pen| {
        region(pen, page, &page.main);
        if let Some(points) = &page.points {
            points.timeline.iter().for_each(|by_time| timeline(pen, by_time, points.chosen.as_ref()));
        }
    });
    if split {
        pen.el("aside.split__side.stack", |pen| region(pen, page, &page.side));
    }
    pen.el("div.stack.stack--loose", |pen| {
        if let Some(list) = &page.points {
            points(pen, list);
        }
        region(pen, page, &page.rest);
    });
}

fn region(pen: &mut Pen, page: &Page, body: &[Block]) {
    pen.large = page.display;
    blocks(pen, body);
    pen.large = false;
}

/// A sentence in large; states and instants in a quieter line.
fn lead(pen: &mut Pen, says: &Text) {
    if says.iter().any(|span| matches!(span, Span::State(..))) {
        pen.el("p.row.quiet", |pen| text(pen, Place::Row, says));
    } else if says.iter().any(|span| matches!(span, Span::Time(_))) {
        line(pen, "p.quiet", says);
    } else if !says.is_empty() {
        line(pen, "p.page__lead", says);
    }
}

fn steps(pen: &mut Pen, steps: &Steps) {
    pen.el("nav", |pen| {
        pen.attr("aria-label", labels::STEPS);
        pen.el("ol.steps", |pen| {
            for (before, (name, href)) in steps.items.iter().enumerate() {
                let number = before + 1;
                let done = number < steps.current;
                pen.el(if done { "li.steps__item.steps__item--done" } else { "li.steps__item" }, |pen| {
                    if number == steps.current {
                        pen.attr("aria-current", "step");
                    }
                    pen.el("span.steps__mark", |pen| {
                        if done { named(pen, TICK, labels::DONE) } else { pen.word(&number.to_string()) }
                    });
                    match href {
                        Some(href) if number != steps.current => pen.el("a.steps__word", |pen| {
                            pen.attr("href", href);
                            pen.word(name);
                        }),
                        _ => pen.words("span.steps__word", name),
                    }
                });
            }
        });
    });
}
