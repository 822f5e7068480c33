//! The parts of a page: one function, one `match`.

use super::form::{buttons, choice, form, input};
use super::icon::{icon, of_tone};
use super::on::On;
use super::pen::Pen;
use super::table::table;
use super::text::{Place, copy_button, line, press, state, text, toned, written};
use crate::app::{Event, Field, Sharing};
use crate::screen::{Block, Check, Fact, Icon, Text, Tone};
use crate::words::labels;

/// Blocks, told apart over redraws by their id where they have one, else by their kind and their place among it.
pub fn blocks(pen: &mut Pen, blocks: &[Block]) {
    for block in blocks {
        self::block(pen, block);
    }
}

fn block(pen: &mut Pen, block: &Block) {
    match block {
        Block::Para(spans) => line(pen, "p", spans),
        Block::Small(spans) => line(pen, "p.small.quiet", spans),
        Block::Section { id, title, body } => headed(pen, "section.stack", id, title, body),
        Block::Card { id, title, body } if title.is_empty() => pen.el("div.card.stack", |pen| {
            pen.key(id);
            blocks(pen, body);
        }),
        Block::Card { id, title, body } => headed(pen, "section.card.stack", id, title, body),
        Block::Note { tone, icon: own, title, body } => pen.el("div.note", |pen| {
            toned(pen, "note", if *tone == Tone::Busy { Tone::Plain } else { *tone });
            icon(pen, own.unwrap_or(of_tone(*tone, Icon::Info)));
            pen.el("div", |pen| {
                if !title.is_empty() {
                    pen.words(heading(pen), title);
                }
                pen.below(|pen| blocks(pen, body));
            });
        }),
        Block::Errors { title, lines } => errors(pen, title, lines),
        Block::Facts(facts) => pen.el("dl.facts", |pen| {
            for item in facts {
                fact(pen, item, false);
            }
        }),
        Block::Lined(facts) => pen.el("dl.facts.facts--lined", |pen| {
            for item in facts {
                pen.el("div.facts__line", |pen| fact(pen, item, true));
            }
        }),
        Block::Checks(lines) => pen.el("ul.checks", |pen| {
            for line in lines {
                check(pen, line);
            }
        }),
        Block::Table { label, columns, rows } => table(pen, label, columns, rows),
        Block::Steps(items) => list(pen, "ol.list.stack.stack--tight", items),
        Block::Bullets(items) => list(pen, "ul.list.stack.stack--tight", items),
        Block::Outline(items) => pen.el("ol.flow", |pen| {
            for (mark, title, says) in items {
                pen.el("li.flow__step.stack.stack--tight", |pen| {
                    icon(pen, *mark);
                    pen.words(heading(pen), title);
                    pen.words("p", says);
                });
            }
        }),
        Block::Buttons(items) => buttons(pen, items),
        Block::Input(field) => input(pen, field),
        Block::Choice(field) => choice(pen, field),
        Block::Form(body, event) => form(pen, body, event),
        Block::Code { what, text } => code(pen, what, text),
        Block::Progress(label) => pen.el("progress.progress", |pen| pen.says("aria-label", label)),
        // Bars where there will be words, as many as a screen holds.
        Block::Room => pen.el("div.room[aria-hidden=true]", |pen| (0..9).for_each(|_| pen.el("div", |_| {}))),
        Block::Fold { id, summary, body } => pen.el("details.fold", |pen| {
            pen.key(id);
            line(pen, "summary", summary);
            pen.el("div.stack", |pen| blocks(pen, body));
        }),
        Block::Tabs(named, tabs) => self::tabs(pen, named, tabs),
        Block::Share { title, url, text, markdown, sheet } => {
            let sharing = Sharing { title: title.clone(), text: written(pen, text), url: url.clone() };
            share(pen, sharing, markdown, *sheet);
        }
        Block::Pair(body) => pen.el("div.pair", |pen| blocks(pen, body)),
        Block::Count(says, since, items) => pen.el("div.row.row--between", |pen| {
            line(pen, "p[role=status]", says);
            // What ticks stays outside of what is read out.
            pen.el("div.row.small.quiet", |pen| {
                line(pen, "span", since);
                buttons(pen, items);
            });
        }),
        Block::Status(tone, title, spans) => pen.el("div.row.row--between", |pen| {
            // What ticks stays outside of what is read out.
            pen.el("div[role=status]", |pen| pen.el(heading(pen), |pen| state(pen, *tone, title)));
            line(pen, "b", spans);
        }),
    }
}

/// Text to copy.
#[inline(never)]
fn code(pen: &mut Pen, what: &str, text: &str) {
    pen.el("div.code", |pen| {
        pen.el("pre", |pen| pen.words("code", text));
        copy_button(pen, what, text);
    });
}

/// Radio buttons that look like tabs: the browser keeps which one is chosen, and moves it by the arrow keys. The parts
/// that are not in sight are printed all the same, each below its name.
fn tabs(pen: &mut Pen, named: &str, tabs: &[(String, Vec<Block>)]) {
    pen.el("div.tabs[role=group]", |pen| {
        pen.attr("aria-labelledby", named);
        for (at, (name, body)) in tabs.iter().enumerate() {
            pen.el("label.tabs__tab", |pen| {
                pen.key(name);
                pen.el(if at == 0 { "input[type=radio][checked=]" } else { "input[type=radio]" }, |pen| {
                    pen.attr("name", named);
                });
                pen.word(name);
            });
            pen.el("div.tabs__part.stack", |pen| {
                pen.key(name);
                blocks(pen, body);
            });
        }
    });
}

#[inline(never)]
fn named(pen: &mut Pen, (name, what): (&str, &str), text: &str) {
    pen.words("p.small.quiet", name);
    code(pen, what, text);
}

/// The texts below their names. The one to copy ends with the address; the system is given both apart.
fn share(pen: &mut Pen, sharing: Sharing, markdown: &str, sheet: bool) {
    pen.el("details.share", |pen| {
        pen.el("summary.button", |pen| {
            icon(pen, Icon::Link);
            pen.word(labels::SHARE);
        });
        pen.el("div.stack.stack--tight", |pen| {
            named(pen, labels::SHARED_ADDRESS, &sharing.url);
            named(pen, labels::SHARED_TEXT, &[&sharing.text, "\n", &sharing.url].concat());
            named(pen, labels::SHARED_MARKDOWN, markdown);
            if sheet {
                pen.el("div.row", |pen| {
                    press(pen, "button.button[type=button]", labels::SHARE_WITH, &Event::SharePressed(sharing))
                });
            }
        });
    });
}

/// A heading of a level that follows the one above it.
fn heading(pen: &Pen) -> &'static str {
    match pen.level {
        ..=2 => "h2",
        3 => "h3",
        _ => "h4",
    }
}

/// A part of the page that its heading names.
fn headed(pen: &mut Pen, spec: &'static str, id: &str, title: &str, body: &[Block]) {
    pen.el(spec, |pen| {
        pen.key(id);
        pen.attr("aria-labelledby", id);
        pen.el(heading(pen), |pen| {
            pen.attr("id", id);
            pen.word(title);
        });
        pen.below(|pen| blocks(pen, body));
    });
}

fn list(pen: &mut Pen, spec: &'static str, items: &[Text]) {
    pen.el(spec, |pen| {
        for item in items {
            line(pen, "li", item);
        }
    });
}

fn errors(pen: &mut Pen, title: &str, lines: &[(Field, String)]) {
    pen.el("div.note.note--bad[id=errors][role=alert][tabindex=-1][aria-labelledby=errors-title]", |pen| {
        icon(pen, Icon::Bad);
        pen.el("div", |pen| {
            pen.el(heading(pen), |pen| {
                pen.attr("id", "errors-title");
                pen.word(title);
            });
            pen.el("ul.stack.stack--tight", |pen| {
                for (field, what) in lines {
                    pen.el("li", |pen| link_to(pen, *field, what));
                }
            });
        });
    });
}

fn link_to(pen: &mut Pen, field: Field, what: &str) {
    pen.el("a", |pen| {
        pen.attr("href", &["#", field.id()].concat());
        pen.on(On::Focus(field.id()));
        pen.word(what);
    });
}

/// The name and the value; on a line of its own, a link to change it stands at the end.
fn fact(pen: &mut Pen, fact: &Fact, lined: bool) {
    pen.words("dt", &fact.name);
    let change = fact.change.as_slice();
    pen.el("dd", |pen| {
        text(pen, Place::Value, &fact.value);
        for below in &fact.below {
            line(pen, "div.small.quiet", below);
        }
        if !lined {
            text(pen, Place::Line, change);
        }
    });
    if lined && !change.is_empty() {
        line(pen, "dd", change);
    }
}

fn check(pen: &mut Pen, check: &Check) {
    pen.el("li.checks__item", |pen| {
        toned(pen, "checks__item", check.tone);
        icon(pen, of_tone(check.tone, Icon::Idle));
        line(pen, "div", &check.text);
        line(pen, "span.checks__word", &check.word);
        if !check.more.is_empty() {
            pen.el("div.stack", |pen| blocks(pen, &check.more));
        }
    });
}
