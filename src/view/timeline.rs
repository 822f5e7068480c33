//! The points by time: a plot for each month, with a mark for each point.
//!
//! A choice touches the months of the two points and of their neighbours, a tick touches none. Marks stand at percentages
//! of their month's width, each in a picture of its own, so that they keep their shape.

use super::blocks::blocks;
use super::ctx::Ctx;
use super::form::buttons;
use super::node::Node;
use super::on::On;
use super::pen::Pen;
use super::slot::Slot;
use crate::screen::{Mark, Plot, PointName, Sign, Stretch, Timeline};
use crate::words::labels;
use std::rc::Rc;

/// A disc around the origin, and a square.
const DISC: &str = "M-5 0a5 5 0 1 0 10 0 5 5 0 1 0-10 0";
const SQUARE: &str = "M-4.5-4.5h9v9h-9z";
/// Around the chosen one, and around one with another tag than most.
const RING: &str = "M-9 0a9 9 0 1 0 18 0 9 9 0 1 0-18 0";
const DIAMOND: &str = "M0-10 10 0 0 10-10 0z";
/// A pin, its foot at the origin.
const PIN: &str = "M0 0v-24m-2-2a2 2 0 1 0 4 0 2 2 0 1 0-4 0";

/// What has been made of a timeline: made again only when it has changed.
pub struct Plots {
    of: Timeline,
    plots: Rc<[Plot]>,
}

/// The plot of a month, with what depends on the choice.
pub struct Marked {
    plots: Rc<[Plot]>,
    nth: usize,
    /// Where the chosen point is, counted from the first one of this month; nothing where it is no neighbour of these.
    chosen: Option<isize>,
    /// Which of these the Tab key stops at.
    stop: Option<usize>,
}

impl Marked {
    fn plot(&self) -> Option<&Plot> {
        self.plots.get(self.nth)
    }
}

impl PartialEq for Marked {
    /// By what is drawn: most months of another list are as they were.
    fn eq(&self, other: &Self) -> bool {
        let same = self.chosen == other.chosen && self.stop == other.stop;
        same && ((Rc::ptr_eq(&self.plots, &other.plots) && self.nth == other.nth) || self.plot() == other.plot())
    }
}

/// The timeline.
pub fn timeline(pen: &mut Pen, timeline: &Timeline, chosen: Option<&PointName>) {
    let mut kept = pen.ctx.plots.borrow_mut();
    if kept.as_ref().is_none_or(|kept| !kept.of.same_plots(timeline)) {
        *kept = Some(Plots { of: timeline.clone(), plots: timeline.plots().into() });
    }
    let Some(kept) = &*kept else { return };
    pen.el("section.stack[aria-labelledby=timeline]", |pen| {
        pen.on(On::Mark);
        pen.words("h2[id=timeline]", &timeline.title);
        pen.el("div.row.row--between.timeline__tools", |pen| {
            pen.el("div.row.ranges[role=group]", |pen| {
                pen.attr("aria-label", labels::RANGE);
                for (words, event, is_it) in &timeline.ranges {
                    pen.el("button.button[type=button]", |pen| {
                        pen.key(words);
                        pen.attr("aria-pressed", if *is_it { "true" } else { "false" });
                        pen.on(On::Press(event.clone()));
                        pen.word(words);
                    });
                }
            });
            buttons(pen, &timeline.buttons);
        });
        pen.el("div.stack.stack--tight.timeline__says", |pen| pen.below(|pen| blocks(pen, &timeline.says)));
        // Without a mark there is nothing to choose, or it has not come.
        let marks = kept.plots.iter().any(|plot| !plot.marks.is_empty());
        if marks {
            pen.el("div.timeline[role=listbox][aria-labelledby=timeline][aria-orientation=horizontal]", |pen| {
                pen.on(On::Along);
                months(pen, &kept.plots, chosen);
            });
        } else {
            pen.el("div.timeline[aria-hidden=true]", |pen| months(pen, &kept.plots, None));
        }
        pen.el("ul.row.small.quiet.legend", |pen| {
            for (sign, words) in &timeline.legend {
                legend(pen, *sign, words);
            }
        });
    });
}

fn months(pen: &mut Pen, plots: &Rc<[Plot]>, chosen: Option<&PointName>) {
    let marks = || plots.iter().flat_map(|plot| &plot.marks);
    let at = chosen.and_then(|chosen| marks().position(|mark| mark.name == *chosen));
    // The Tab key stops at the chosen one, or else at the newest.
    let stop = at.or(marks().count().checked_sub(1));
    let mut before = 0;
    for (nth, plot) in plots.iter().enumerate() {
        let count = plot.marks.len();
        let here = |at: usize| at as isize - before as isize;
        let near = |at: &isize| (-1..=count as isize).contains(at);
        let stop = stop.filter(|at| (before..before + count).contains(at)).map(|at| at - before);
        let marked = Marked { plots: Rc::clone(plots), nth, chosen: at.map(here).filter(near), stop };
        before += count;
        pen.el("div", |pen| {
            pen.key(&plot.month);
            pen.attr("class", if plot.is_wide() { "timeline__month timeline__month--wide" } else { "timeline__month" });
            if count > 0 {
                pen.attr("role", "group");
                pen.attr("aria-label", &plot.says);
            } else {
                pen.attr("aria-hidden", "true");
            }
            pen.slot(Slot::Plot(marked));
        });
    }
}

/// One month.
pub fn plot(ctx: &Rc<Ctx>, marked: &Marked) -> Vec<Node> {
    let mut pen = Pen::new(ctx);
    let Some(plot) = marked.plot() else { return Vec::new() };
    pen.words("span.timeline__name.small.quiet[aria-hidden=true]", &plot.name);
    pen.el("svg.timeline__plot[role=none]", |pen| {
        pen.el("rect.timeline__edge[y=26][width=1][height=12]", |_| {});
        pen.el("rect.timeline__axis[y=31.5][height=1]", |pen| {
            pen.attr("x", &percent(plot.begins));
            pen.attr("width", &percent(plot.ends - plot.begins));
        });
        plot.stretches.iter().for_each(|part| stretch(pen, part));
        for (nth, item) in plot.marks.iter().enumerate() {
            let away = marked.chosen.map(|chosen| nth as isize - chosen);
            mark(pen, item, away, marked.stop == Some(nth));
        }
        if let Some(at) = plot.wish {
            pen.el("svg.timeline__wish[y=32][aria-hidden=true]", |pen| {
                pen.attr("x", &percent(at));
                path(pen, "path", PIN);
                pen.words("text[x=6][y=-22]", labels::YOUR_TIME);
            });
        }
    });
    pen.done()
}

/// Thousandths as a percentage.
fn percent(thousandths: i64) -> String {
    format!("{}.{}%", thousandths / 10, thousandths % 10)
}

fn stretch(pen: &mut Pen, part: &Stretch) {
    pen.el("rect", |pen| {
        let (class, y, height) = match part.sign {
            Sign::Missing => ("timeline__gap", "20", "24"),
            Sign::Own => ("timeline__own", "66", "4"),
            _ => ("timeline__crowd", "26", "12"),
        };
        pen.attr("class", class);
        pen.attr("x", &percent(part.from));
        pen.attr("y", y);
        pen.attr("width", &percent(part.to - part.from));
        pen.attr("height", height);
    });
    if !part.says.is_empty() {
        pen.el("text.timeline__missing[y=12][aria-hidden=true]", |pen| {
            pen.attr("x", &percent((part.from + part.to) / 2));
            pen.word(&part.says);
        });
    }
}

/// `away`: how far it is from the chosen one, of a chosen one near by.
fn mark(pen: &mut Pen, mark: &Mark, away: Option<isize>, stop: bool) {
    let chosen = away == Some(0);
    pen.el("svg[y=32][role=option]", |pen| {
        pen.key(mark.name.as_str());
        let mut class = "mark".to_string();
        class.push_str(match away {
            Some(0) => " mark--chosen",
            Some(-1 | 1) => " mark--near",
            _ => "",
        });
        class.push_str(if mark.partial { " mark--partial" } else { "" });
        pen.attr("class", &class);
        pen.attr("x", &percent(mark.at));
        pen.attr("data-point", mark.name.as_str());
        pen.attr("tabindex", if stop { "0" } else { "-1" });
        pen.attr("aria-selected", if chosen { "true" } else { "false" });
        pen.says("aria-label", &[mark.says.as_str(), if chosen { labels::CHOSEN } else { "" }].concat());
        pen.el("rect.mark__hit[x=-12][y=-14][width=24][height=44]", |_| {});
        shape(pen, mark.archived, mark.tagged);
        pen.words("text[y=26]", &mark.day);
    });
}

/// The ring is seen around the chosen one alone.
fn shape(pen: &mut Pen, archived: bool, tagged: bool) {
    path(pen, "path.mark__ring", RING);
    if tagged {
        path(pen, "path.mark__tag", DIAMOND);
    }
    path(pen, "path.mark__dot", if archived { SQUARE } else { DISC });
}

fn path(pen: &mut Pen, spec: &'static str, path: &str) {
    pen.el(spec, |pen| pen.attr("d", path));
}

fn legend(pen: &mut Pen, sign: Sign, words: &str) {
    pen.el("li.state", |pen| {
        pen.key(words);
        pen.el("svg.legend__sign[viewBox=-10 -10 20 20][aria-hidden=true]", |pen| match sign {
            Sign::Missing => {
                // What all stretches are filled with stands here, once.
                pen.el(
                    "pattern[id=hatch][width=6][height=6][patternUnits=userSpaceOnUse][patternTransform=rotate(45)]",
                    |pen| {
                        path(pen, "path.timeline__hatch", "M0 0v6");
                    },
                );
                pen.el("rect.timeline__gap[x=-10][y=-7][width=20][height=14]", |_| {});
            }
            Sign::Own => pen.el("rect.timeline__own[x=-10][y=-2][width=20][height=4]", |_| {}),
            Sign::Wish => {
                pen.el("svg.timeline__wish[y=10]", |pen| path(pen, "path", "M0 0v-16m-2-2a2 2 0 1 0 4 0 2 2 0 1 0-4 0"))
            }
            _ => {
                pen.attr(
                    "class",
                    match sign {
                        Sign::Chosen => "legend__sign mark mark--chosen",
                        Sign::Partial => "legend__sign mark mark--partial",
                        _ => "legend__sign mark",
                    },
                );
                shape(pen, sign == Sign::Archive, sign == Sign::Tagged);
            }
        });
        pen.word(words);
    });
}
