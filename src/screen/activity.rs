//! The restores that were started in this browser, and the restore jobs of the vaults, whoever began them.

mod jobs;

use super::find::{row, table};
use super::make::{Press, Put, Write, input};
use super::{Block, Icon, Page, Span, Text, Tone, plain, time};
use crate::app::{Event, Field, Forgetting, Model};
use crate::azure::wire::JobStatus;
use crate::flow::restore::Stage;
use crate::flow::watch::Watch;
use crate::journal::{Entry, Outcome};
use crate::moment::{Moment, Span as Length};
use crate::words::{page, time as lengths};

/// The page.
pub(super) fn activity(model: &Model) -> Page {
    let mut page = Page::new("activity".into(), None, page::ACTIVITY_TITLE);
    page.lead = plain(page::ACTIVITY_LEAD);
    if model.storage_refused {
        page.main.notice(Tone::Warn, None, page::NOT_KEPT, page::NOTHING_KEPT_MORE);
    }
    let mut field = input(Field::Jobs, page::FILTER, Text::new(), None, &model.filter);
    field.code = false;
    page.main.put(Block::Input(field));
    let mut body = Vec::new();
    started(&mut body, model);
    page.main.section("started", page::IN_THIS_BROWSER, body);
    let mut body = Vec::new();
    jobs::of_vaults(&mut body, model);
    page.main.section("jobs", page::JOBS_OF_VAULTS, body);
    page
}

/// What was started in this browser.
fn started(blocks: &mut Vec<Block>, model: &Model) {
    let realm = model.realm();
    let entries: Vec<&Entry> = model.journal.of(&realm).collect();
    if entries.is_empty() {
        blocks.notice(Tone::Plain, Some(Icon::Wait), page::NO_ACTIVITY, page::NO_ACTIVITY_MORE);
    } else {
        let words = words(model);
        let wanted = |entry: &&Entry| {
            let vault = entry.point.instance.vault.name.as_str();
            let state = stands(model, entry).1;
            matches(&words, &[&entry.server, vault, &entry.container, entry.prefix.as_str(), state])
        };
        let shown: Vec<&Entry> = entries.iter().copied().filter(wanted).collect();
        let (mut says, mut buttons) = (Text::new(), Vec::new());
        says.strong(&page::restores(shown.len(), entries.len())).say(page::KEPT_HERE);
        let all = model.forgetting == Some(Forgetting::All);
        // As in a row: what keeps them takes the place of what was pressed.
        let (label, event) =
            if all { (page::KEEP_THEM, Event::KeepPressed) } else { (page::FORGET_ALL, Event::ForgetPressed) };
        // What a filter hides is not forgotten unseen.
        if all || shown.len() == entries.len() {
            buttons.tell(label, event).quiet();
        }
        blocks.put(Block::Count(says, Text::new(), buttons));
        if all {
            let open = entries.iter().filter(|entry| entry.outcome.is_none()).count();
            let (mut body, mut buttons) = (Vec::new(), Vec::new());
            buttons.tell(page::FORGET_ALL_THE_SAME, Event::ForgetInSpitePressed);
            if open > 0 {
                body.says(page::HAVE_NOT_ENDED_MORE);
            }
            body.buttons(buttons);
            blocks.note(Tone::Warn, None, &page::have_not_ended(open), body);
        }
        if shown.is_empty() {
            none(blocks, model);
        }
        list(blocks, model, &shown, true);
    }
    if model.journal.unreadable > 0 {
        blocks.notice(Tone::Warn, None, page::UNREADABLE, page::UNREADABLE_MORE);
    }
}

/// What had not ended when this page was last open, and what is known of it by now.
pub(super) fn taken_up(blocks: &mut Vec<Block>, model: &Model) {
    let Some((realm, prefixes)) = &model.reconciled else { return };
    let entries: Vec<&Entry> = model.journal.of(realm).filter(|entry| prefixes.contains(&entry.prefix)).collect();
    if *realm == model.realm() && !entries.is_empty() {
        let mut body = Vec::new();
        list(&mut body, model, &entries, false);
        blocks.section("taken-up", page::TAKEN_UP, body);
    }
}

/// `forgets`: whether each can be forgotten.
fn list(blocks: &mut Vec<Block>, model: &Model, entries: &[&Entry], forgets: bool) {
    let mut rows = Vec::new();
    for entry in entries {
        let mut server = Text::new();
        server.link(&entry.server, model.address(entry.place()));
        server.quiet(&page::of_point(entry.point.instance.vault.name.as_str(), Some(entry.made)));
        let mut state = Text::new();
        let (tone, word) = stands(model, entry);
        state.state(tone, word);
        let mut cells = vec![server, state, time(entry.sent), took_of(model, entry)];
        cells.push(into(Some(entry.prefix.as_str()), Some(&entry.container)));
        if forgets {
            cells.push(forget(model, entry));
        }
        row(&mut rows, entry.prefix.as_str().to_string(), cells);
    }
    let [columns @ .., _] = &page::STARTED_COLUMNS;
    table(blocks, page::IN_THIS_BROWSER, if forgets { &page::STARTED_COLUMNS } else { columns }, rows);
}

/// The button that forgets a restore; once it was pressed for one that has not ended, what that means. Keeping it comes
/// first: it takes the place of the button that was pressed, so that a press too many forgets nothing.
fn forget(model: &Model, entry: &Entry) -> Text {
    let mut text = Text::new();
    if model.forgetting.as_ref() != Some(&Forgetting::One(entry.prefix.clone())) {
        text.add(press(page::FORGET, entry, Event::ForgetOnePressed(entry.prefix.clone())));
        return text;
    }
    // It may have ended since.
    let told = if entry.outcome.is_none() { page::HAS_NOT_ENDED } else { page::HAS_ENDED };
    text.add(press(page::KEEP_IT, entry, Event::KeepPressed)).quiet(told);
    text.add(press(page::FORGET_IT_ALL_THE_SAME, entry, Event::ForgetInSpitePressed));
    text
}

fn press(words: &str, entry: &Entry, event: Event) -> Span {
    Span::Press { text: words.to_string(), more: entry.prefix.as_str().to_string(), event }
}

/// Where files go, as far as that is told.
fn into(prefix: Option<&str>, container: Option<&str>) -> Text {
    let mut text = Text::new();
    if let Some(prefix) = prefix {
        text.code(prefix);
    }
    if let Some(container) = container {
        text.line().quiet(container);
    }
    if text.is_empty() {
        text.say(page::NOT_TOLD);
    }
    text
}

/// How long the job of a restore took, or has taken: as what is followed tells it, else what was read of all jobs.
fn took_of(model: &Model, entry: &Entry) -> Text {
    let Some(id) = &entry.job else { return Text::new() };
    let read = model.recent.rows.iter().find(|row| row.id == *id).filter(|_| model.recent.realm == entry.realm);
    match (model.watch_of(id).and_then(Watch::job), read) {
        (Some(job), _) => took(job.status, job.began, job.took),
        (None, Some(row)) => took(row.status, row.began, row.took),
        (None, None) => Text::new(),
    }
}

fn took(status: JobStatus, began: Option<Moment>, took: Option<Length>) -> Text {
    let mut text = Text::new();
    match (took, began) {
        (Some(took), _) => text.say(&lengths::length(took)),
        (None, Some(began)) if !status.is_final() => text.add(Span::Lasting(began)).say(page::SO_FAR),
        _ => &mut text,
    };
    text
}

/// The words that are looked for, in lower case.
fn words(model: &Model) -> Vec<String> {
    model.filter.split_ascii_whitespace().map(str::to_ascii_lowercase).collect()
}

/// Whether each word stands somewhere in what a row tells.
fn matches(words: &[String], told: &[&str]) -> bool {
    let mut told = told.join(" ");
    told.make_ascii_lowercase();
    words.iter().all(|word| told.contains(word.as_str()))
}

/// Nothing is left by the filter.
fn none(blocks: &mut Vec<Block>, model: &Model) {
    let mut line = plain(&page::none_matches(&model.filter));
    line.say(" ").press(page::CLEAR_FILTER, Event::Typed(Field::Jobs, String::new()));
    blocks.para(line);
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
