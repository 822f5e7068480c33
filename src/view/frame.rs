//! What frames every page: the bar on top, the simulation's banner, the passing message, the line at the foot.

use super::focus;
use super::icon::{DOWN, drawn, icon};
use super::on::On;
use super::pen::Pen;
use super::text::{Place, in_here, line, press, text};
use crate::app::Event;
use crate::screen::{Account, Frame, Help, Icon};
use crate::words::labels;

/// Above the page. `read_out`: what is said on the page to whoever looks at it.
pub fn above(pen: &mut Pen, frame: &Frame, read_out: &str) {
    pen.el("div", |pen| {
        pen.el("a.hidden[href=#main]", |pen| {
            pen.on(On::Focus(focus::MAIN));
            pen.word(labels::SKIP);
        });
        pen.el("header.topbar", |pen| top_bar(pen, frame));
        if let Some(says) = &frame.banner {
            pen.el("div.sim[role=region]", |pen| {
                pen.attr("aria-label", labels::SIMULATION);
                icon(pen, Icon::Flask);
                text(pen, Place::Row, says);
            });
        }
        pen.el("p.said[role=status]", |pen| {
            if let Some((nth, words)) = &frame.said {
                // The same words said twice have to differ, or nobody reads them out a second time.
                let more = if nth % 2 == 0 { "" } else { "\u{a0}" };
                pen.el("span.said__words", |pen| {
                    pen.key(&nth.to_string());
                    pen.word(&[words, more].concat());
                });
            }
        });
        pen.words("p.hidden[role=status]", read_out);
        help(pen, &frame.help);
    });
}

/// The shortcuts, and the switch that turns them off: whoever speaks to the browser, or has a tremor, presses keys that
/// were not meant (WCAG 2.2, 2.1.4).
fn help(pen: &mut Pen, help: &Help) {
    pen.el("dialog.dialog.card.stack[id=help]", |pen| {
        pen.on(On::Close(Event::HelpClosed));
        if !help.open {
            return;
        }
        pen.attr("aria-labelledby", "help-title");
        pen.words("h2[id=help-title]", labels::SHORTCUTS);
        pen.el("dl.facts", |pen| {
            for (key, does) in &help.keys {
                pen.el("dt", |pen| pen.words("kbd", key));
                pen.words("dd", does);
            }
        });
        pen.el("label.choice", |pen| {
            pen.el("input[type=checkbox]", |pen| {
                pen.attr(".checked", if help.on { "on" } else { "" });
                pen.on(On::Switch(Event::KeysSwitched));
            });
            pen.words("span", labels::KEYS_ON);
        });
        pen.el("form[method=dialog]", |pen| pen.words("button.button[type=submit][autofocus=]", labels::CLOSE));
    });
}

/// Below the page.
pub fn below(pen: &mut Pen, frame: &Frame) {
    let (left, right) = &frame.foot;
    pen.el("footer.foot.small.quiet.row.row--between", |pen| {
        pen.words("span", left);
        line(pen, "span", right);
    });
}

fn top_bar(pen: &mut Pen, frame: &Frame) {
    pen.el("a.topbar__brand", |pen| {
        if in_here(&frame.home) {
            pen.attr("href", &frame.home);
        }
        icon(pen, Icon::Brand);
        pen.word(labels::PROGRAM);
    });
    if !frame.nav.is_empty() {
        pen.el("nav.topbar__nav", |pen| {
            pen.attr("aria-label", labels::NAVIGATION);
            for (words, href, current) in &frame.nav {
                pen.el("a.topbar__link", |pen| {
                    pen.attr("href", href);
                    if *current {
                        pen.attr("aria-current", "page");
                    }
                    pen.word(words);
                });
            }
        });
    }
    if let Some(account) = &frame.account {
        menu(pen, account);
    }
}

/// Who is signed in, and what can be done about it.
fn menu(pen: &mut Pen, account: &Account) {
    if account.actions.is_empty() {
        return pen.el("span.state.topbar__end", |pen| person(pen, account));
    }
    pen.el("details.menu.topbar__end", |pen| {
        // The menu of another account is another one: it is closed.
        pen.key(&account.name);
        pen.el("summary", |pen| {
            person(pen, account);
            drawn(pen, DOWN);
        });
        pen.el("div.menu__list", |pen| {
            for (label, event) in &account.actions {
                press(pen, "button.button.button--quiet[type=button]", label, event);
            }
        });
    });
}

fn person(pen: &mut Pen, account: &Account) {
    icon(pen, Icon::Person);
    pen.words("span.topbar__who", &account.name);
}
