//! The restores that were started in this browser.

use super::find::{row, table};
use super::make::{Press, Put, Write};
use super::{Block, Icon, Page, Text, Tone, plain, time};
use crate::app::{Event, Model};
use crate::azure::wire::JobStatus;
use crate::flow::restore::Stage;
use crate::flow::watch::Watch;
use crate::journal::{Entry, Outcome};
use crate::words::page;

/// The page.
pub(super) fn activity(model: &Model) -> Page {
    let mut page = Page::new("activity".into(), None, page::ACTIVITY_TITLE);
    page.lead = plain(page::ACTIVITY_LEAD);
    let realm = model.realm();
    let entries: Vec<&Entry> = model.journal.of(&realm).collect();
    if model.storage_refused {
        page.main.notice(Tone::Warn, None, page::NOT_KEPT, page::NOTHING_KEPT_MORE);
    }
    if entries.is_empty() {
        page.main.notice(Tone::Plain, Some(Icon::Wait), page::NO_ACTIVITY, page::NO_ACTIVITY_MORE);
    } else {
        list(&mut page.main, model, &entries);
        let mut buttons = Vec::new();
        buttons.tell(page::FORGET, Event::ForgetPressed).quiet();
        page.main.buttons(buttons);
    }
    if model.journal.unreadable > 0 {
        page.main.notice(Tone::Warn, None, page::UNREADABLE, page::UNREADABLE_MORE);
    }
    page
}

/// What had not ended when this page was last open, and what is known of it by now.
pub(super) fn taken_up(blocks: &mut Vec<Block>, model: &Model) {
    let Some((realm, prefixes)) = &model.reconciled else { return };
    let entries: Vec<&Entry> = model.journal.of(realm).filter(|entry| prefixes.contains(&entry.prefix)).collect();
    if *realm == model.realm() && !entries.is_empty() {
        let mut body = Vec::new();
        list(&mut body, model, &entries);
        blocks.section("taken-up", page::TAKEN_UP, body);
    }
}

fn list(blocks: &mut Vec<Block>, model: &Model, entries: &[&Entry]) {
    let mut rows = Vec::new();
    for entry in entries {
        let mut server = Text::new();
        server.link(&entry.server, model.address(entry.place()));
        let mut state = Text::new();
        let (tone, word) = stands(model, entry);
        state.state(tone, word);
        let mut files = Text::new();
        files.code(entry.prefix.as_str()).line().quiet(&entry.container);
        row(&mut rows, entry.prefix.as_str().to_string(), vec![server, time(entry.sent), state, files]);
    }
    table(blocks, page::ACTIVITY, &page::ACTIVITY_COLUMNS, rows);
}

/// How a restore stands: what is noted of it, else what is being found out.
pub(super) fn stands(model: &Model, entry: &Entry) -> (Tone, &'static str) {
    match entry.outcome {
        Some(Outcome::Refused) => return (Tone::Bad, page::NOT_STARTED),
        Some(Outcome::Completed) => return (Tone::Ok, page::COMPLETED),
        Some(Outcome::Warnings) => return (Tone::Warn, page::WITH_WARNINGS),
        Some(Outcome::Failed) => return (Tone::Bad, page::FAILED),
        Some(Outcome::Cancelled) => return (Tone::Bad, page::CANCELLED),
        Some(Outcome::Gone) => return (Tone::Warn, page::JOB_IS_GONE),
        Some(Outcome::NeverFound) => return (Tone::Warn, page::NEVER_FOUND),
        None => {}
    }
    if let Some(id) = &entry.job {
        return match model.watch_of(id) {
            Some(watch) if watch.job().is_some() && watch.fault.is_none() => (Tone::Busy, page::IS_RUNNING),
            Some(watch) if watch.trouble().is_none() => (Tone::Plain, page::BEING_READ),
            _ => (Tone::Warn, page::NOT_KNOWN),
        };
    }
    match model.restore_of(&entry.prefix).map(|restore| &restore.stage) {
        Some(Stage::Refused(_) | Stage::Failed(_)) => (Tone::Bad, page::NOT_STARTED),
        Some(Stage::Searching { search, .. }) if search.trouble().is_some() => (Tone::Warn, page::NOT_KNOWN),
        Some(Stage::Searching { search, .. }) if search.over => (Tone::Warn, page::NOT_FOUND_YET),
        Some(Stage::Searching { .. }) => (Tone::Busy, page::BEING_SOUGHT),
        Some(_) => (Tone::Busy, page::ON_ITS_WAY),
        None => (Tone::Warn, page::NOT_KNOWN),
    }
}

/// How a job stands, in the middle of a sentence.
pub(super) fn standing(watch: Option<&Watch>) -> &'static str {
    match watch.and_then(Watch::job).map(|job| job.status) {
        None => page::TWIN_UNREAD,
        Some(JobStatus::Running) => page::RUNS,
        Some(JobStatus::Completed) => page::DID_COMPLETE,
        Some(JobStatus::CompletedWithWarnings) => page::DID_WARN,
        Some(JobStatus::Failed) => page::DID_FAIL,
        Some(JobStatus::Cancelled) => page::WAS_CANCELLED,
    }
}
