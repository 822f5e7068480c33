//! What is kept of a restore that has ended: a summary for an incident's log, and a record as JSON. Both are on the page,
//! and on the clipboard for a press.

use super::super::make::{Press, Put};
use super::super::share::{Within, told};
use super::super::{Act, Icon, Page};
use crate::app::{Event, Model, Session};
use crate::azure::wire::Job;
use crate::flow::restore::Restore;
use crate::flow::watch::Watch;
use crate::link::World;
use crate::moment::Moment;
use crate::report::Record;
use crate::words::visible::visible;
use crate::words::{page, time as spans};

/// Puts the card and both texts.
pub(super) fn record(model: &Model, page: &mut Page, watch: &Watch, job: &Job, restore: Option<&Restore>) {
    let signed_in = match &model.session {
        Session::SignedIn(person) => Some(person.username.as_str()),
        _ => None,
    };
    let simulated = model.world() == World::Demo;
    let request = restore.and_then(|restore| restore.request_id.as_deref());
    // After a reload the page itself no longer knows; the journal does.
    let realm = model.realm();
    let noted = model.journal.of(&realm).find(|entry| entry.job.as_ref() == Some(&job.id)).map(|entry| entry.sent);
    let record = Record {
        job,
        read: watch.last.as_ref().map_or(watch.since, |(_, at)| *at),
        checked: restore.and_then(|restore| restore.checked),
        requested: restore.and_then(|restore| restore.sent).or(noted),
        request,
        // A page that has sent the request knows who did: another account begins anew.
        started_by: signed_in.filter(|_| request.is_some()),
        recorded_by: signed_in,
        cloud: if simulated { "simulated" } else { model.cloud().name() },
    };
    let summary = summary(&record, simulated);
    // What does not show, or turns a line around, is made visible here as everywhere.
    let json = visible(&record.json()).into_owned();
    let mut buttons = Vec::new();
    buttons.tell(page::COPY_SUMMARY, Event::CopyPressed(summary.clone())).icon(Icon::Copy).wide();
    if job.status.is_good() {
        buttons.primary();
    }
    buttons.tell(page::COPY_RECORD, Event::CopyPressed(json.clone())).icon(Icon::Copy).wide();
    buttons.act(page::PRINT, Act::Print).icon(Icon::Print).wide();
    let mut body = Vec::new();
    body.hints(page::FOR_THE_RECORD_MORE).buttons(buttons);
    page.side.card("keep", page::FOR_THE_RECORD, body);
    let (mut texts, mut as_json) = (Vec::new(), Vec::new());
    as_json.source(page::THE_RECORD, &json);
    texts.source(page::THE_SUMMARY, &summary).fold("json", page::RECORD_AS_JSON, as_json);
    page.main.section("record", page::SUMMARY, texts);
}

/// Lines of a list in Markdown, below its heading.
struct Summary(String);

impl Summary {
    fn line(&mut self, name: &str, what: &[&str]) {
        for part in ["- ", name, ": "].iter().chain(what).chain(&["\n"]) {
            self.0.push_str(part);
        }
    }

    fn at(&mut self, name: &str, at: Option<Moment>) {
        if let Some(at) = at {
            self.line(name, &[&spans::utc(at)]);
        }
    }

    fn id(&mut self, name: &str, id: Option<&str>) {
        if let Some(id) = id {
            self.line(name, &[&code(id)]);
        }
    }
}

/// Words that come from Azure, or of a person: on one line, and meaning nothing but themselves.
fn words(what: &str) -> String {
    told(&visible(what), Within::Words)
}

/// A value to be copied: as it is, where Markdown lets it be.
fn code(what: &str) -> String {
    let shown = told(&visible(what), Within::Text);
    if shown.contains('`') { words(what) } else { ["`", &shown, "`"].concat() }
}

fn summary(record: &Record<'_>, simulated: bool) -> String {
    let job = record.job;
    let day = job.ended.or(job.began).map(spans::utc).unwrap_or_default();
    let day = day.get(..10).unwrap_or_default();
    let mut out = Summary([page::RECORD_TITLE, &words(&job.server_name), ", ", day, "\n\n"].concat());
    if simulated {
        out.0.push_str(&["- ", page::RECORD_SIMULATED, "\n"].concat());
    }
    let mut result = words(&job.word);
    for more in [job.took.map(spans::length), job.bytes.map(page::written_bytes)].into_iter().flatten() {
        result.push_str(", ");
        result.push_str(&more);
    }
    out.line(page::RECORD_RESULT, &[&result]);
    if let Some(cause) = job.problem.as_ref().map(|problem| problem.cause()) {
        out.line(page::RECORD_CAUSE, &[&words(&cause.code), " ", &words(&cause.message)]);
    }
    for warning in &job.warnings {
        out.line(page::RECORD_WARNING, &[&words(warning)]);
    }
    let id = job.point.as_ref().map(|point| [" (", &code(point.as_str()), ")"].concat()).unwrap_or_default();
    if let Some(made) = job.point_made.map(spans::utc) {
        out.line(page::RECORD_POINT, &[&made, &id]);
        out.line(page::RECORD_LACKS, &[page::RECORD_AFTER, &made]);
    } else if !id.is_empty() {
        out.line(page::RECORD_POINT, &[id.trim_matches([' ', '(', ')'])]);
    }
    let vault = &job.id.vault;
    let group = words(vault.group.as_str());
    let subscription = code(vault.subscription.as_str());
    let within = [", ", page::RECORD_GROUP, &group, ", ", page::RECORD_SUBSCRIPTION, &subscription].concat();
    out.line(page::RECORD_VAULT, &[vault.name.as_str(), &within]);
    if let (Some(url), Some(prefix)) = (&job.destination, &job.prefix) {
        let files = [url.trim_end_matches('/'), "/", prefix, "_*"].concat();
        out.id(if job.status.is_good() { page::RECORD_FILES } else { page::RECORD_LEFT_OVER }, Some(&files));
    }
    if let Some((at, took)) = record.checked {
        out.line(page::RECORD_CHECKED, &[&spans::utc(at), ", ", page::RECORD_TOOK, &spans::length(took)]);
    }
    out.at(page::RECORD_REQUESTED, record.requested);
    out.at(page::RECORD_BEGAN, job.began);
    out.at(page::RECORD_ENDED, job.ended);
    out.id(page::RECORD_JOB, Some(job.id.name.as_str()));
    out.id(page::RECORD_ACTIVITY, job.activity.as_deref());
    out.id(page::RECORD_REQUEST, record.request);
    if let Some(who) = record.started_by {
        out.line(page::RECORD_STARTED_BY, &[&words(who)]);
    }
    let who = record.recorded_by.map(|who| [page::RECORD_BY, &words(who), ", "].concat()).unwrap_or_default();
    out.line(page::RECORD_MADE, &[&who, page::RECORD_WITH, env!("CARGO_PKG_VERSION")]);
    out.0
}
