//! The restores that were started in this browser.

use super::find::{row, table};
use super::make::{Press, Put, Write};
use super::{Block, Icon, Page, Span, Text, Tone, plain, time};
use crate::app::{Event, Model};
use crate::link::Place;
use crate::words::page;

/// The page.
pub(super) fn activity(model: &Model) -> Page {
    let mut page = Page::new("activity".into(), None, page::ACTIVITY_TITLE);
    page.lead = plain(page::ACTIVITY_LEAD);
    let mut rows = Vec::new();
    for entry in model.journal.of(&model.realm()) {
        let (place, tone, word) = match &entry.job {
            Some(job) => (Place::Job(job.clone()), Tone::Plain, page::JOB_IS_KNOWN),
            None => {
                let place = Place::Restore(entry.point.clone(), entry.prefix.clone());
                let warn = (Tone::Warn, page::JOB_NOT_KNOWN);
                let (tone, word) = if entry.refused { (Tone::Bad, page::NOT_STARTED) } else { warn };
                (place, tone, word)
            }
        };
        let mut server = Text::new();
        server.link(&entry.server, model.address(place));
        let mut state = Text::new();
        state.state(tone, word);
        let mut files = Text::new();
        files.code(entry.prefix.as_str()).add(Span::Break).quiet(&entry.container);
        row(&mut rows, entry.prefix.as_str().to_string(), vec![server, time(entry.sent), state, files]);
    }
    if rows.is_empty() {
        page.main.notice(Tone::Plain, Some(Icon::Wait), page::NO_ACTIVITY, page::NO_ACTIVITY_MORE);
    } else {
        table(&mut page.main, page::ACTIVITY, &page::ACTIVITY_COLUMNS, rows);
        let mut buttons = Vec::new();
        buttons.tell(page::FORGET, Event::ForgetPressed).quiet();
        page.main.put(Block::Buttons(buttons));
    }
    page
}
