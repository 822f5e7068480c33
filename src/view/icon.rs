//! The icons: one path each on a grid of 16, drawn by strokes of 1.5 (see `.icon` in the style sheets).

use super::pen::Pen;
use crate::screen::{Icon, Tone};

/// A small arrow down: the menu opens.
pub const DOWN: &str = "m4 6 4 4 4-4";
/// A tick: a step that is done.
pub const TICK: &str = "m3 8.5 3.3 3.3L13 4.5";

/// An icon beside words that say the same: hidden from screen readers.
pub fn icon(pen: &mut Pen, icon: Icon) {
    drawn(pen, path(icon));
}

/// A path as an icon, hidden from screen readers.
#[inline(never)]
pub fn drawn(pen: &mut Pen, path: &str) {
    pen.el("svg.icon[viewBox=0 0 16 16][aria-hidden=true]", |pen| strokes(pen, path));
}

/// A path as an icon that stands for a word.
pub fn named(pen: &mut Pen, path: &str, name: &str) {
    pen.el("svg.icon[viewBox=0 0 16 16][role=img]", |pen| {
        pen.attr("aria-label", name);
        strokes(pen, path);
    });
}

#[inline(never)]
fn strokes(pen: &mut Pen, path: &str) {
    pen.el("path", |pen| pen.attr("d", path));
}

/// The icon of a tone; what is neither good nor bad takes the one given.
pub fn of_tone(tone: Tone, plain: Icon) -> Icon {
    match tone {
        Tone::Plain => plain,
        Tone::Ok => Icon::Ok,
        Tone::Warn => Icon::Warn,
        Tone::Bad => Icon::Bad,
        Tone::Busy => Icon::Busy,
    }
}

fn path(icon: Icon) -> &'static str {
    match icon {
        Icon::Brand => {
            "M2 3.5a4.5 1.8 0 1 0 9 0 4.5 1.8 0 1 0-9 0v8c0 1 2 1.8 4.5 1.8M11 3.5v3M2 7.5c0 1 2 1.8 4.5 1.8M11.5 \
             8.5V14m0 0L9 11.5m2.5 2.5L14 11.5"
        }
        Icon::Person => "M5.5 5.5a2.5 2.5 0 1 0 5 0 2.5 2.5 0 1 0-5 0M3 13.5c.5-2.5 2.5-4 5-4s4.5 1.5 5 4",
        Icon::Ok => "M2 8a6 6 0 1 0 12 0A6 6 0 1 0 2 8m3.3.2 1.9 1.9 3.6-3.9",
        Icon::Warn => "M8 2.2 14.3 13.3H1.7zM8 6.5v3m0 1.9h.01",
        Icon::Bad => "M5.5 2h5L14 5.5v5L10.5 14h-5L2 10.5v-5zM6 6l4 4m0-4-4 4",
        Icon::Busy => "M8 2a6 6 0 1 1-6 6",
        Icon::Idle => "M2 8a6 6 0 1 0 12 0A6 6 0 1 0 2 8m3.5 0h5",
        Icon::Info => "M2 8a6 6 0 1 0 12 0A6 6 0 1 0 2 8m6-.5V11m0-5.8h.01",
        Icon::Wait => "M2 8a6 6 0 1 0 12 0A6 6 0 1 0 2 8m6-3.5V8l2.3 1.5",
        Icon::Copy => {
            "M7 5.5h5A1.5 1.5 0 0 1 13.5 7v5a1.5 1.5 0 0 1-1.5 1.5H7A1.5 1.5 0 0 1 5.5 12V7A1.5 1.5 0 0 1 7 5.5M10.5 \
             3.2A1.5 1.5 0 0 0 9.2 2.5H4A1.5 1.5 0 0 0 2.5 4v5.2c0 .5.3 1 .7 1.3"
        }
        Icon::Next => "M3 8h10M9 4l4 4-4 4",
        Icon::Again => "M13.5 8A5.5 5.5 0 1 1 11.5 3.8M13.5 2v3h-3",
        Icon::Link => {
            "M6.5 9.5l3-3M7.5 4.5l1.3-1.3a2.8 2.8 0 0 1 4 4L11.5 8.5M8.5 11.5l-1.3 1.3a2.8 2.8 0 0 1-4-4L4.5 7.5"
        }
        Icon::Out => "M9 2.5h4.5V7M13.5 2.5 7.5 8.5M11.5 9.5v4h-9v-9h4",
        Icon::Key => "M2.5 10.8a2.7 2.7 0 1 0 5.4 0 2.7 2.7 0 1 0-5.4 0m4.7-2 6.3-6.3M11 5l2 2",
        Icon::Server => "M3 4a5 2 0 1 0 10 0A5 2 0 1 0 3 4v8c0 1.1 2.2 2 5 2s5-.9 5-2V4M3 8c0 1.1 2.2 2 5 2s5-.9 5-2",
        Icon::Vault => {
            "M3.5 2.5h9A1.5 1.5 0 0 1 14 4v7a1.5 1.5 0 0 1-1.5 1.5h-9A1.5 1.5 0 0 1 2 11V4a1.5 1.5 0 0 1 1.5-1.5M5.75 \
             7.5a2.25 2.25 0 1 0 4.5 0 2.25 2.25 0 1 0-4.5 0M4.5 12.5V14m7-1.5V14m-1.25-6.5h1.5"
        }
        Icon::Container => "M2.5 5.5 8 2.5l5.5 3v5L8 13.5l-5.5-3zM2.5 5.5 8 8.5l5.5-3M8 8.5v5",
        Icon::File => "M9.5 2H4v12h8V4.5zM9.5 2v2.5H12",
        Icon::Cross => "m4 4 8 8m0-8-8 8",
        Icon::Search => "M2.5 7a4.5 4.5 0 1 0 9 0 4.5 4.5 0 1 0-9 0m8 3.5 3.5 3.5",
        Icon::Print => "M4.5 6V2.5h7V6M4.5 11.5h-2V6h11v5.5h-2M4.5 9.5h7v4h-7z",
        Icon::Flask => "M6 2h4M6.5 2v4.2L3 12.4A1.05 1.05 0 0 0 3.9 14h8.2a1.05 1.05 0 0 0 .9-1.6L9.5 6.2V2M4.8 10h6.4",
    }
}
