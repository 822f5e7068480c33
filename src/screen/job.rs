//! A job: running, or at its end with the files to expect and what comes after, or with what went wrong.

mod after;
mod record;

use super::make::{Press, Put, Tell, Write};
use super::parts::{fault, refusal};
use super::progress::{milestone, milestones};
use super::share::{Shared, share};
use super::tab::offer;
use super::{Act, Block, Check, Icon, Page, Span, Text, Tone, plain};
use crate::app::{Event, Model};
use crate::azure::id::{JobId, PointId};
use crate::azure::wire::{Job, JobStatus};
use crate::fault::{Fault, Step};
use crate::flow::restore::{Restore, Stage};
use crate::flow::source::is_flexible;
use crate::flow::watch::Watch;
use crate::link::{Place, World};
use crate::words::{names, page, time as spans};

/// The page.
pub(super) fn job(model: &Model, id: &JobId) -> Page {
    // What it is about is not known yet; that it is the last step is.
    let steps = super::frame::steps(model, 5, None, None);
    let mut page = Page::new(format!("job/{}", id.name), steps, page::JOB_TITLE);
    let Some(watch) = model.watch_of(id) else { return page };
    let restore = model.restores.iter().find(|r| matches!(&r.stage, Stage::Running(job) if job == id));
    if let Some(trouble) = watch.trouble() {
        fault(&mut page.main, trouble, watch.next());
    }
    let Some(job) = watch.job() else {
        if watch.trouble().is_none() {
            page.lead.state(Tone::Busy, page::READING_IT);
            page.main.coming(page::READING_JOB);
        }
        return page;
    };
    if !job.is_restore() {
        page.steps = None;
        page.title = page::not_a_restore(&job.category);
        page.main.says(page::NOT_A_RESTORE_MORE).put(ids(watch, job, restore));
        return page;
    }
    let done = if job.status == JobStatus::Running { 5 } else { 6 };
    page.steps = super::frame::steps(model, done, job.instance.as_ref(), job.point.as_ref());
    match job.status {
        JobStatus::Running => running(model, &mut page, watch, job),
        JobStatus::Completed | JobStatus::CompletedWithWarnings => completed(model, &mut page, job),
        JobStatus::Failed | JobStatus::Cancelled => failed(model, &mut page, job),
    }
    if job.status.is_final() {
        record::record(model, &mut page, watch, job, restore);
    }
    if let Some(other) = watch.twin() {
        twin(model, &mut page.main, job, other);
    }
    let line = Shared { server: &job.server_name, vault: id.vault.name.as_str(), made: job.point_made };
    share(&mut page.side, model, Place::Job(id.clone()), page::JOB_SHARED, &[line]);
    let mut body = vec![ids(watch, job, restore)];
    portal(&mut body, model, id);
    page.side.card("ids", page::IDS, body);
    page.side.card("from", page::FROM_AND_TO, vec![from_and_to(job)]);
    let mut history = Vec::new();
    if let Some(restore) = restore {
        milestones(&mut history, restore);
    }
    course(&mut history, job);
    page.rest.section("happened", page::HAPPENED, vec![Block::Checks(history)]);
    page
}

fn running(model: &Model, page: &mut Page, watch: &Watch, job: &Job) {
    page.title = page::restoring(&job.server_name);
    if let Some(made) = job.point_made {
        page.lead.say(page::POINT_OF).time(made);
    }
    if let Some(container) = job.destination.as_deref().and_then(|url| url.rsplit('/').next()) {
        page.lead.say(page::INTO).strong(container);
    }
    let began = job.began.unwrap_or(watch.since);
    let mut asked = Text::new();
    if let Some((job, at)) = &watch.last {
        asked.say(page::AZURE_SAID).ago(*at).say(": ").code(&job.word).say(". ");
    }
    asked.asks_again(watch.next());
    let mut buttons = Vec::new();
    let offline = (!model.online).then_some(page::OFFLINE_BUTTON);
    buttons.tell(page::ASK_NOW, Event::AskPressed).quiet().icon(Icon::Again).unless(offline);
    let mut body = Vec::new();
    if watch.fault.as_ref().is_some_and(|why| !why.is_of_sign_in()) {
        body.status(Tone::Warn, page::WAS_WRITING, Text::new());
    } else {
        body.status(Tone::Busy, page::WRITING, vec![Span::Lasting(began)]).progress(page::WRITING);
    }
    body.says(&how_far(model, job)).small(asked);
    offer(&mut body, buttons, model);
    page.main.card("now", "", body);
    page.main.notice(
        Tone::Plain,
        Some(Icon::Info),
        page::CLOSE_TAB,
        if model.world() == World::Demo { page::CLOSE_TAB_DEMO } else { page::CLOSE_TAB_MORE },
    );
}

/// How far it is nobody says; how long others took is known by chance.
fn how_far(model: &Model, job: &Job) -> String {
    let mut words = page::HOW_FAR.to_string();
    if let Some(bytes) = job.bytes {
        words.push_str(&page::so_far(bytes));
    }
    let past = model.past.of(&job.id.vault, &job.server_name, &job.id);
    let took: Vec<_> = past.iter().map(|past| (past.took, past.bytes)).collect();
    words.push_str(&page::usual(&took));
    words
}

fn completed(model: &Model, page: &mut Page, job: &Job) {
    page.title = page::files_of(&job.server_name);
    if job.status == JobStatus::CompletedWithWarnings {
        page.lead.state(Tone::Warn, page::WITH_WARNINGS);
        let lines = job.warnings.iter().map(|warning| plain(&page::quoted(warning))).collect();
        let mut body = Vec::new();
        body.says(page::WITH_WARNINGS_MORE).bullets(lines);
        page.main.note(Tone::Warn, None, page::WITH_WARNINGS_TITLE, body);
    } else {
        page.lead.state(Tone::Ok, page::COMPLETED);
    }
    page.lead.say(&page::how_much(job.bytes, job.took));
    if let Some(ended) = job.ended {
        page.lead.time(ended);
    }
    super::incident::judged(&mut page.main, model, job);
    after::files(&mut page.main, job);
    // Other kinds of backups are restored to files as well, and loaded otherwise.
    if job.kind.is_empty() || is_flexible(&job.kind) {
        after::load(&mut page.main, model, job);
    }
    if let (Some(instance), Some(point)) = (&job.instance, &job.point) {
        let mut buttons = Vec::new();
        let point = PointId { instance: instance.clone(), name: point.clone() };
        buttons.go(page::ANOTHER_POINT, model.address(model.page_of(&point))).wide();
        page.side.buttons(buttons);
    }
}

fn failed(model: &Model, page: &mut Page, job: &Job) {
    let cancelled = job.status == JobStatus::Cancelled;
    page.title = if cancelled { page::cancelled(&job.server_name) } else { page::failed(&job.server_name) };
    page.lead.state(Tone::Bad, if cancelled { page::CANCELLED } else { page::FAILED });
    if let Some(took) = job.took {
        page.lead.say(&page::after(&spans::length(took)));
    }
    if let Some(ended) = job.ended {
        page.lead.time(ended);
    }
    let source = job.instance.as_ref().zip(job.point.as_ref());
    let mut buttons = Vec::new();
    buttons.tell(page::NEW_PREFIX, Event::NewPrefixPressed).primary();
    buttons.unless(source.is_none().then_some(page::NOT_NAMED));
    if let Some((instance, point)) = source {
        let target = Place::Target(PointId { instance: instance.clone(), name: point.clone() });
        buttons.go(page::OTHER_TARGET, model.address(target));
    }
    let mut again = plain(page::DO_AGAIN);
    again.code(&format!("{}_*", job.prefix.as_deref().unwrap_or("…"))).say(page::DO_AGAIN_MORE);
    let steps = Block::Steps(vec![plain(page::DO_CAUSE), again, plain(page::DO_SUPPORT)]);
    page.main.section("do", page::WHAT_TO_DO, vec![steps, Block::Buttons(buttons)]);
    if let Some(problem) = &job.problem {
        let why = Fault::said(Box::new(problem.clone()), Step::FollowRestore, job.ended.unwrap_or_default());
        let mut body = Vec::new();
        refusal(&mut body, &why);
        page.main.section("cause", page::CAUSES, body);
    }
}

/// Azure has begun the restore twice: both are shown, and which one matters.
fn twin(model: &Model, blocks: &mut Vec<Block>, job: &Job, other: &JobId) {
    let mut line = plain(page::TWIN_WHY);
    line.say(if job.status == JobStatus::Failed { page::TWIN_FAILED } else { page::TWIN_MORE });
    line.link(page::TWIN_LINK, model.address(Place::Job(other.clone())));
    line.say(page::TWIN_STATE).say(super::activity::standing(model.watch_of(other))).say(".");
    let mut body = Vec::new();
    body.para(line);
    blocks.note(Tone::Warn, None, page::TWIN, body);
}

/// What Azure says of the job's course.
fn course(checks: &mut Vec<Check>, job: &Job) {
    let over = job.status.is_final();
    let good = job.status.is_good();
    let mut tasks = Vec::new();
    for task in &job.tasks {
        let (tone, word) = match task.status {
            JobStatus::Running => (Tone::Busy, page::IN_PROGRESS),
            JobStatus::Completed => (Tone::Ok, page::TASK_DONE),
            JobStatus::CompletedWithWarnings => (Tone::Warn, page::DID_WARN),
            JobStatus::Failed => (Tone::Bad, page::DID_FAIL),
            JobStatus::Cancelled => (Tone::Bad, page::WAS_CANCELLED),
        };
        let mut line = Text::new();
        line.state(tone, &page::task(task.id, &task.name, word));
        tasks.para(line);
    }
    let lasting = job.began.filter(|_| !over).map(Span::Lasting).into_iter().collect();
    let (tone, title) = if over { (Tone::Ok, page::JOB_BEGAN) } else { (Tone::Busy, page::JOB_RUNS) };
    milestone(checks, tone, title, job.began, lasting, tasks);
    let (tone, title) = match (over, good) {
        (false, _) => (Tone::Plain, page::FILES_ARE_THERE),
        (true, true) => (Tone::Ok, page::FILES_ARE_THERE),
        (true, false) => (Tone::Bad, page::JOB_FAILED),
    };
    let took = job.took.map(spans::length).unwrap_or_default();
    let word = plain(if over { &took } else { page::NOT_YET });
    milestone(checks, tone, title, job.ended.filter(|_| over), word, Vec::new());
}

/// The ids that support asks for.
fn ids(watch: &Watch, job: &Job, restore: Option<&Restore>) -> Block {
    let mut facts = Vec::new();
    facts.id(page::JOB, "job id", watch.id.name.as_str());
    if let Some(activity) = &job.activity {
        facts.id(page::ACTIVITY_ID, "activity id", activity);
    }
    if let Some(request) = restore.and_then(|restore| restore.request_id.as_ref()) {
        facts.id(page::OUR_REQUEST, "request id", request);
    }
    if let Some(prefix) = &job.prefix {
        facts.id(page::FILE_PREFIX, "file prefix", prefix);
    }
    Block::Facts(facts)
}

fn from_and_to(job: &Job) -> Block {
    let mut facts = Vec::new();
    facts.named(page::SERVER, &job.server_name);
    facts.named(page::VAULT, job.id.vault.name.as_str());
    if let Some(url) = &job.destination {
        facts.named(page::CONTAINER, url);
    }
    if !job.region.is_empty() {
        facts.named(page::REGION, &names::region(&job.region));
    }
    Block::Facts(facts)
}

/// The vault's jobs in the portal; the simulated Azure has none.
fn portal(blocks: &mut Vec<Block>, model: &Model, id: &JobId) {
    if model.world() == World::Demo {
        blocks.hints(page::NO_PORTAL);
        return;
    }
    let href = format!("https://{}/#resource{}/backupJobs", model.cloud().portal_host(), id.vault.path());
    let mut buttons = Vec::new();
    buttons.act(page::IN_PORTAL, Act::Out(href)).icon(Icon::Out).wide();
    blocks.buttons(buttons);
}
