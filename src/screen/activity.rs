//! The restores that were started in this browser.

use super::parts::time;
use super::{Act, Block, Button, Icon, Page, Row, Span, Tone, plain};
use crate::app::{Event, Model};
use crate::link::Place;
use crate::words::page;

/// The page.
pub(super) fn activity(model: &Model) -> Page {
    let realm = model.realm();
    let entries: Vec<_> = model.journal.of(&realm).collect();
    let mut main = Vec::new();
    if entries.is_empty() {
        main.push(Block::note(
            Tone::Plain,
            Some(Icon::Idle),
            page::NO_ACTIVITY,
            vec![Block::para(page::NO_ACTIVITY_MORE)],
        ));
    } else {
        let rows = entries.iter().map(|entry| {
            let place = match &entry.job {
                Some(job) => Place::Job(job.clone()),
                None => Place::Restore(entry.point.clone(), entry.prefix.clone()),
            };
            let state = match (&entry.job, entry.refused) {
                (Some(_), _) => Span::State(Tone::Plain, page::JOB_IS_KNOWN.into()),
                (None, true) => Span::State(Tone::Bad, page::NOT_STARTED.into()),
                (None, false) => Span::State(Tone::Warn, page::JOB_NOT_KNOWN.into()),
            };
            Row {
                key: entry.prefix.as_str().to_string(),
                cells: vec![
                    vec![Span::link(&entry.server, model.address(place))],
                    time(entry.sent),
                    vec![state],
                    vec![Span::code(entry.prefix.as_str()), Span::Break, Span::quiet(entry.container.as_str())],
                ],
            }
        });
        let columns = page::ACTIVITY_COLUMNS.iter().map(|column| (*column).to_string()).collect();
        main.push(Block::Table { label: page::ACTIVITY.into(), columns, rows: rows.collect() });
        main.push(Block::Buttons(vec![Button::quiet(page::FORGET, Act::Do(Event::ForgetPressed))]));
    }
    Page {
        key: "activity".into(),
        title: page::ACTIVITY_TITLE.into(),
        lead: plain(page::ACTIVITY_LEAD),
        main,
        ..Page::default()
    }
}
