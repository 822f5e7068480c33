//! The restore jobs of the vaults, and what keeps them from being all.

use super::{into, matches, none, took, words};
use crate::app::{Event, Model};
use crate::azure::graph::Restored;
use crate::azure::id::VaultId;
use crate::azure::wire::JobStatus;
use crate::fault::{Code, Fault};
use crate::flow::recent::{Lists, ROWS, Recent};
use crate::journal::Entry;
use crate::link::Place;
use crate::screen::find::{row, table};
use crate::screen::make::{Press, Put, Write};
use crate::screen::parts::{self, azure_said};
use crate::screen::{Block, Icon, Text, Tone, plain, time};
use crate::words::{faults, page};

/// So many vaults that could not be read are told one by one.
const MOST: usize = 5;

/// All of it.
pub(super) fn of_vaults(blocks: &mut Vec<Block>, model: &Model) {
    let recent = &model.recent;
    if recent.realm != model.realm() {
        return;
    }
    blocks.hints(page::JOBS_MORE);
    notes(blocks, model, recent);
    let words = words(model);
    let mut shown = Vec::new();
    for job in &recent.rows {
        let entry = entry_of(model, job);
        let (prefix, container) = goes_into(job, entry);
        let told = [&job.server, job.id.vault.name.as_str(), container.unwrap_or(""), prefix.unwrap_or("")];
        let here = if entry.is_some() { page::BEGUN_HERE } else { "" };
        if matches(&words, &[&told.join(" "), state(job.status).1, here]) {
            shown.push((job, entry));
        }
    }
    count(blocks, recent, shown.len());
    if recent.rows.is_empty() {
        let all_read = recent.lists.as_ref().is_none_or(|lists| lists.faults.is_empty() && !lists.vaults.is_empty());
        if recent.read.is_some() && !recent.is_reading() && recent.trouble().is_none() && all_read {
            blocks.notice(Tone::Plain, Some(Icon::Wait), page::NO_JOB, page::NO_JOB_MORE);
        }
    } else if shown.is_empty() {
        none(blocks, model);
    }
    if recent.rows.is_empty() && recent.is_reading() && recent.trouble().is_none() {
        blocks.put(Block::Room);
    }
    let mut rows = Vec::new();
    for (job, entry) in shown.iter().take(recent.limit) {
        let mut server = Text::new();
        let name = if job.server.is_empty() { job.id.name.as_str() } else { job.server.as_str() };
        server.link(name, model.address(Place::Job(job.id.clone())));
        let made = job.made.or(entry.map(|entry| entry.made));
        server.quiet(&page::of_point(job.id.vault.name.as_str(), made));
        let mut stands = Text::new();
        let (tone, word) = state(job.status);
        stands.state(tone, word);
        if entry.is_some() {
            stands.quiet(page::BEGUN_HERE);
        }
        let (prefix, container) = goes_into(job, *entry);
        let began = job.began.map_or_else(|| plain(page::NOT_TOLD), time);
        let cells = vec![server, stands, began, took(job.status, job.began, job.took), into(prefix, container)];
        row(&mut rows, job.id.name.to_string(), cells);
    }
    table(blocks, page::JOBS_OF_VAULTS, &page::JOBS_COLUMNS, rows);
    below(blocks, model, shown.len());
}

/// The restore of the journal that has this job.
fn entry_of<'a>(model: &'a Model, job: &Restored) -> Option<&'a Entry> {
    let known = |entry: &&Entry| match (&entry.job, &job.prefix) {
        (Some(id), _) if *id == job.id => true,
        (_, Some(prefix)) => entry.prefix.as_str() == prefix && entry.point.instance.vault == job.id.vault,
        _ => false,
    };
    model.journal.entries.iter().filter(|entry| entry.realm == model.recent.realm).find(known)
}

/// Prefix and container: of the job, else of the restore that was started here.
fn goes_into<'a>(job: &'a Restored, entry: Option<&'a Entry>) -> (Option<&'a str>, Option<&'a str>) {
    let prefix = job.prefix.as_deref().or(entry.map(|entry| entry.prefix.as_str()));
    (prefix, job.container.as_deref().or(entry.map(|entry| entry.container.as_str())))
}

fn state(status: JobStatus) -> (Tone, &'static str) {
    match status {
        JobStatus::Running => (Tone::Busy, page::IS_RUNNING),
        JobStatus::Completed => (Tone::Ok, page::COMPLETED),
        JobStatus::CompletedWithWarnings => (Tone::Warn, page::WITH_WARNINGS),
        JobStatus::Failed => (Tone::Bad, page::FAILED),
        JobStatus::Cancelled => (Tone::Bad, page::CANCELLED),
    }
}

/// How many there are, and since when that is known.
fn count(blocks: &mut Vec<Block>, recent: &Recent, shown: usize) {
    let (mut says, mut since, mut buttons) = (Text::new(), Text::new(), Vec::new());
    let (reading, all) = (recent.is_reading(), recent.rows.len());
    if all > 0 {
        says.strong(&page::restore_jobs(shown, all));
    }
    if let Some(read) = recent.read {
        since.say(page::READ).ago(read);
    }
    if reading {
        since.say(" ").state(Tone::Busy, page::READING_IT);
    } else {
        buttons.tell(page::READ_AGAIN, Event::ReadAgainPressed).quiet().icon(Icon::Again);
    }
    blocks.put(Block::Count(says, since, buttons));
}

/// What keeps it from being whole, and which of the two ways was gone.
fn notes(blocks: &mut Vec<Block>, model: &Model, recent: &Recent) {
    if let Some((fault, next)) = recent.trouble() {
        parts::fault(blocks, fault, next);
    }
    if let Some(lists) = &recent.lists {
        fallen_back(blocks, model, recent, lists);
        unread(blocks, &lists.faults);
    }
    let skipped = recent.skipped();
    if skipped > 0 {
        blocks.notice(Tone::Warn, None, &page::skipped(skipped, page::OF_JOBS), page::SKIPPED_MORE);
    }
}

/// The lists are read in place of the one question.
fn fallen_back(blocks: &mut Vec<Block>, model: &Model, recent: &Recent, lists: &Lists) {
    let (mut body, mut line) = (Vec::new(), Text::new());
    let refusal = recent.refusal();
    if refusal.is_some() {
        line.say(page::LISTS_REFUSED);
    } else if recent.told_nothing {
        line.say(page::LISTS_EMPTY);
    }
    let (tone, title) = match (lists.vaults.is_empty(), refusal) {
        (false, _) => {
            line.say(&page::lists_read(lists.done(), lists.vaults.len())).say(page::LISTS_LACK);
            (Tone::Plain, page::LISTS_READ)
        }
        (true, Some(_)) => (Tone::Warn, page::NOTHING_READ),
        (true, None) => (Tone::Plain, page::NO_JOB),
    };
    if lists.vaults.is_empty() {
        line.say(page::NO_VAULT);
    }
    body.para(line);
    if lists.vaults.is_empty() {
        let mut buttons = Vec::new();
        buttons.go(page::FIND_A_SERVER, model.address(Place::Find));
        body.buttons(buttons);
    }
    if let Some(fault) = refusal {
        azure_said(&mut body, fault);
    }
    blocks.note(tone, None, title, body);
}

/// The vaults that could not be read, beside what did come.
fn unread(blocks: &mut Vec<Block>, unread: &[(VaultId, Fault)]) {
    let Some((_, first)) = unread.first() else { return };
    let mut body = Vec::new();
    for (vault, fault) in unread.iter().take(MOST) {
        let mut line = Text::new();
        let name = vault.name.as_str();
        if fault.code == Code::Forbidden {
            let (before, after) = page::YOU_MAY_NOT_LIST;
            line.say(before).strong(name).say(after).strong(page::BACKUP_READER).say(page::ON_IT);
        } else {
            line.say(page::THE_VAULT).strong(name).say(page::COULD_NOT_BE_READ);
            line.say(&faults::title(fault)).say(". ").say(faults::advice(fault));
        }
        body.para(line);
    }
    if unread.len() > MOST {
        body.says(&page::more_unread(unread.len() - MOST));
    }
    let mut buttons = Vec::new();
    buttons.tell(page::TRY_AGAIN, Event::AskPressed).icon(Icon::Again);
    body.buttons(buttons);
    azure_said(&mut body, first);
    blocks.note(Tone::Warn, None, &page::vaults_unread(unread.len()), body);
}

/// More of them, and the other way to read them.
fn below(blocks: &mut Vec<Block>, model: &Model, shown: usize) {
    let recent = &model.recent;
    let mut buttons = Vec::new();
    let more = shown.saturating_sub(recent.limit);
    if more > 0 {
        buttons.tell(&page::show_more(more.min(ROWS), more), Event::MorePressed);
    }
    if recent.lists.is_none() && recent.read.is_some() {
        blocks.hints(page::JOBS_LAG);
        if model.knows_a_vault() {
            buttons.tell(page::READ_LISTS, Event::ReadVaultsPressed);
        }
    }
    if !buttons.is_empty() {
        blocks.buttons(buttons);
    }
}
