//! Sharing a page: its address, a short text with it, a line of Markdown.
//!
//! What is said is a server, a vault and the time of a point, all from the source; what the address carries is the
//! link's matter. Names come from Azure: none of them may make a line of its own, or mean anything to Markdown.

use super::make::{Put, Write};
use super::{Block, Text};
use crate::app::Model;
use crate::link::Place;
use crate::moment::Moment;
use crate::words::page;
use crate::words::time::utc_minute;
use crate::words::visible::visible;

/// One line of what is shared.
pub(super) struct Shared<'a> {
    /// The server.
    pub server: &'a str,
    /// The vault that holds its backups.
    pub vault: &'a str,
    /// When the point was made, if it is about a point and that is known.
    pub made: Option<Moment>,
}

/// Puts the button: it opens to the texts. The title says what the link leads to; a point speaks for itself.
pub(super) fn share(blocks: &mut Vec<Block>, model: &Model, place: Place, title: &str, lines: &[Shared<'_>]) {
    let url = [model.folder.as_str(), &model.address(place)].concat();
    let (mut name, mut text, mut words) = (String::new(), Text::new(), String::new());
    if !title.is_empty() {
        name = [title, ": "].concat();
        words.push_str(&name);
        text.say(if lines.len() == 1 { &name } else { name.trim_end() });
    }
    for (nth, line) in lines.iter().enumerate() {
        let server = told(&visible(line.server), Within::Text);
        if lines.len() > 1 {
            text.line();
        }
        if nth > 0 {
            name.push_str(", ");
            words.push_str("; ");
        }
        name.push_str(&server);
        words.push_str(&told(&server, Within::Words));
        text.say(&server);
        if let Some(made) = line.made {
            words.push_str(page::POINT_SHARED);
            words.push_str(&utc_minute(made));
            text.say(page::POINT_SHARED).time(made);
        }
        text.say(page::VAULT_SHARED).say(line.vault);
    }
    let markdown = ["[", &words, "](", &told(&url, Within::Address), ")"].concat();
    blocks.put(Block::Share { title: name, url, text, markdown, sheet: model.shares });
}

/// Where something stands.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Within {
    /// Text.
    Text,
    /// The words of a link in Markdown.
    Words,
    /// The address of one.
    Address,
}

/// Something as it has to be written there: on one line, and meaning nothing but itself.
pub(super) fn told(what: &str, within: Within) -> String {
    let mut out = String::new();
    for c in what.chars() {
        match c {
            '\n' | '\t' => out.push(' '),
            // A resource group's name may have brackets.
            '(' if within == Within::Address => out.push_str("%28"),
            ')' if within == Within::Address => out.push_str("%29"),
            '!' | '#' | '$' | '&' | '*' | '<' | '>' | '[' | '\\' | ']' | '^' | '_' | '`' | '|' | '~'
                if within == Within::Words =>
            {
                out.push('\\');
                out.push(c);
            }
            _ => out.push(c),
        }
    }
    out
}
