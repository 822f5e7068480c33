//! Runs of text.

use super::icon::{icon, of_tone};
use super::on::On;
use super::pen::Pen;
use super::tick::Tick;
use crate::app::Event;
use crate::moment::Moment;
use crate::screen::{Icon, Span, Tone};
use crate::words::{self, labels};

/// What a text stands in: decides how its instants and its quiet runs look.
#[derive(Clone, Copy, PartialEq)]
pub enum Place {
    /// Running text.
    Line,
    /// A row of separate items.
    Row,
    /// The value of a name.
    Value,
    /// A cell of a table.
    Cell,
}

/// Runs of text, one after another.
pub fn text(pen: &mut Pen, place: Place, spans: &[Span]) {
    for span in spans {
        run(pen, place, span);
    }
}

/// An element with running text.
#[inline(never)]
pub fn line(pen: &mut Pen, spec: &'static str, spans: &[Span]) {
    pen.el(spec, |pen| text(pen, Place::Line, spans));
}

/// A text that leaves the page: plain words, instants, line breaks.
pub fn written(pen: &Pen, spans: &[Span]) -> String {
    let mut out = String::new();
    for span in spans {
        match span {
            Span::Text(text) => out.push_str(text),
            Span::Time(at) => out.push_str(&pen.ctx.written(*at)),
            Span::Break => out.push('\n'),
            // Nothing else is put into one.
            _ => {}
        }
    }
    out
}

fn run(pen: &mut Pen, place: Place, span: &Span) {
    match span {
        // In a row each run is an item of its own; elsewhere plain text needs no element.
        Span::Text(text) if place == Place::Row => pen.words("span", text),
        Span::Text(text) => pen.word(text),
        Span::Strong(text) => pen.words("b", text),
        Span::Quiet(text) if place == Place::Cell => pen.words("small", text),
        Span::Quiet(text) => pen.words("span.quiet", text),
        Span::Code(text) => pen.words("code", text),
        Span::Time(at) => time(pen, *at, matches!(place, Place::Value | Place::Cell)),
        Span::Clock(at) => clocks(pen, "time.time", *at, None),
        Span::Ago(at) => ticking(pen, "span", Tick::Ago, *at),
        Span::Until(at) => ticking(pen, "span", Tick::Until, *at),
        Span::Lasting(at) => ticking(pen, "span", Tick::Lasting, *at),
        Span::Coming => pen.words("span.coming", labels::COMING),
        Span::State(tone, text) => state(pen, *tone, text),
        Span::Copy { what, value } => pen.el("span.id", |pen| {
            pen.words("code", value);
            copy_button(pen, what, value);
        }),
        Span::Link { text, more, href } if in_here(href) => pen.el("a", |pen| {
            pen.attr("href", href);
            named(pen, text, more);
        }),
        Span::Out { text, href } if abroad(href) => pen.el("a", |pen| {
            pen.word(text);
            leads_out(pen, href);
        }),
        // An address that is not what it has to be leads nowhere.
        Span::Link { text, .. } | Span::Out { text, .. } => pen.word(text),
        Span::Press { text, more, event } => pen.el("button.press[type=button]", |pen| {
            pen.on(On::Press(event.clone()));
            named(pen, text, more);
        }),
        Span::Break => pen.el("br", |_| {}),
    }
}

/// Words, and what a screen reader hears besides.
fn named(pen: &mut Pen, text: &str, more: &str) {
    pen.word(text);
    if !more.is_empty() {
        pen.words("span.hidden", &[" ", more].concat());
    }
}

/// Whether an address is a place in this program.
pub fn in_here(href: &str) -> bool {
    href.starts_with("#/")
}

/// Whether an address is one of another site that may be opened.
pub fn abroad(href: &str) -> bool {
    href.starts_with("https://")
}

/// Makes of the element that is open a link that opens a new tab; what says so comes last in it.
pub fn leads_out(pen: &mut Pen, href: &str) {
    pen.attr("href", href);
    pen.attr("target", "_blank");
    pen.attr("rel", "noopener noreferrer");
    pen.words("span.hidden", labels::NEW_TAB);
}

/// A button that can always be pressed.
pub fn press(pen: &mut Pen, spec: &'static str, text: &str, event: &Event) {
    pen.el(spec, |pen| {
        pen.on(On::Press(event.clone()));
        pen.word(text);
    });
}

/// Copies a value; its name says which.
pub fn copy_button(pen: &mut Pen, what: &str, value: &str) {
    pen.el("button.id__copy[type=button]", |pen| {
        pen.says("aria-label", &labels::copy(what));
        pen.on(On::Press(Event::CopyPressed(value.to_string())));
        icon(pen, Icon::Copy);
    });
}

/// An icon and a word.
pub fn state(pen: &mut Pen, tone: Tone, text: &str) {
    pen.el("span.state", |pen| {
        toned(pen, "state", tone);
        icon(pen, of_tone(tone, Icon::Idle));
        pen.word(text);
    });
}

/// The class of a tone: `state state--ok`. What is plain has none of its own. It may change, so it is no part of what
/// the element is told by.
pub fn toned(pen: &mut Pen, class: &str, tone: Tone) {
    let tone = match tone {
        Tone::Plain => return pen.attr("class", class),
        Tone::Ok => "ok",
        Tone::Warn => "warn",
        Tone::Bad => "bad",
        Tone::Busy => "busy",
    };
    pen.attr("class", &[class, " ", class, "--", tone].concat());
}

#[inline(never)]
fn ticking(pen: &mut Pen, spec: &'static str, tick: Tick, at: Moment) {
    pen.el(spec, |pen| pen.tick(tick, at));
}

/// The only way an instant is shown: UTC, the reader's clock unless that is UTC, how long ago. Stacked, UTC has a
/// line of its own.
pub fn time(pen: &mut Pen, at: Moment, stacked: bool) {
    clocks(pen, if stacked { "time.time.time--stack" } else { "time.time" }, at, Some(Tick::Ago));
}

fn clocks(pen: &mut Pen, spec: &'static str, at: Moment, age: Option<Tick>) {
    pen.el(spec, |pen| {
        pen.attr("datetime", &at.iso());
        pen.words("span.time__utc", &words::time::utc(at));
        if let Some(local) = pen.ctx.local(at) {
            pen.words("span.time__sep", " · ");
            pen.words("span.time__local", &local);
        }
        if let Some(age) = age {
            pen.words("span.time__sep", " · ");
            ticking(pen, "span.time__ago", age, at);
        }
    });
}
