//! A job: running, or at its end with the files to expect, or with what went wrong.

use super::parts::{fault, files, refusal};
use super::progress::{copy, milestones, section};
use super::{Act, Block, Button, Check, Fact, Icon, Page, Row, Span, Text, Tone, plain};
use crate::app::{Event, Model};
use crate::azure::id::{JobId, PointId};
use crate::azure::wire::{Job, JobStatus};
use crate::flow::restore::{Restore, Stage};
use crate::flow::watch::Watch;
use crate::link::Place;
use crate::words::{names, page, time as spans};

/// A job: running, or at its end.
pub(super) fn job(model: &Model, id: &JobId) -> Page {
    let mut page = Page { key: format!("job/{}", id.name), title: page::JOB_TITLE.into(), ..Page::default() };
    let Some(watch) = model.watch.as_ref().filter(|watch| watch.id == *id) else { return page };
    let restore = model.restores.iter().find(|r| matches!(&r.stage, Stage::Running(job) if job == id));
    let Some(job) = watch.job() else {
        page.main = match watch.trouble() {
            Some(trouble) => vec![fault(trouble, watch.next())],
            None => vec![Block::Progress(page::READING_JOB.into())],
        };
        return page;
    };
    if !job.category.to_ascii_lowercase().contains("restore") {
        page.title = page::not_a_restore(&job.category);
        page.main = vec![Block::para(page::NOT_A_RESTORE_MORE), Block::Facts(id_facts(watch, job, restore))];
        return page;
    }
    let done = if job.status == JobStatus::Running { 5 } else { 6 };
    page.steps = Some(super::frame::steps(model, done, job.instance.as_ref(), job.point.as_ref()));
    page.lead = lead(job);
    if let Some(trouble) = watch.trouble() {
        page.main.push(fault(trouble, watch.next()));
    }
    match job.status {
        JobStatus::Running => running(model, &mut page, watch, job),
        JobStatus::Completed | JobStatus::CompletedWithWarnings => completed(model, &mut page, job),
        JobStatus::Failed | JobStatus::Cancelled => failed(model, &mut page, job),
    }
    page.side.push(Block::card("ids", page::IDS, vec![Block::Facts(id_facts(watch, job, restore)), portal(model, id)]));
    page.side.push(from_and_to(job));
    let mut history = restore.map(milestones).unwrap_or_default();
    history.extend(job_milestones(job));
    page.rest.push(section("happened", page::HAPPENED, Block::Checks(history)));
    page
}

/// Point of …, into …
fn lead(job: &Job) -> Text {
    let mut line = Vec::new();
    if let Some(made) = job.point_made {
        line.extend([Span::text(page::POINT_OF), Span::Time(made)]);
    }
    if let Some(container) = job.destination.as_deref().and_then(|url| url.rsplit('/').next()) {
        line.extend([Span::text(page::INTO), Span::strong(container)]);
    }
    line
}

fn running(model: &Model, page: &mut Page, watch: &Watch, job: &Job) {
    page.title = page::restoring(&job.server_name);
    let began = job.began.unwrap_or(watch.since);
    let mut asked = Vec::new();
    if let Some((job, at)) = &watch.last {
        asked.extend([
            Span::text(page::LAST_ASKED),
            Span::Ago(*at),
            Span::text(": "),
            Span::code(job.word.as_str()),
            Span::text(". "),
        ]);
    }
    if let Some(at) = watch.next() {
        asked.extend([Span::text(page::ASKS_AGAIN), Span::Until(at), Span::text(".")]);
    }
    page.main.push(Block::card(
        "now",
        "",
        vec![
            Block::status(Tone::Busy, page::WRITING, vec![Span::Lasting(began)]),
            Block::Progress(page::WRITING.into()),
            Block::para(page::HOW_FAR),
            Block::Small(asked),
            Block::Buttons(vec![Button::quiet(page::ASK_NOW, Act::Do(Event::AskPressed)).icon(Icon::Again)]),
        ],
    ));
    page.main.push(Block::note(
        Tone::Plain,
        Some(Icon::Info),
        page::CLOSE_TAB,
        vec![
            Block::para(page::CLOSE_TAB_MORE),
            Block::Buttons(vec![
                Button::new(page::COPY_LINK, Act::Do(Event::CopyPressed(link(model, &watch.id)))).icon(Icon::Link),
            ]),
        ],
    ));
}

fn completed(model: &Model, page: &mut Page, job: &Job) {
    page.title = page::files_of(&job.server_name);
    let warned = job.status == JobStatus::CompletedWithWarnings;
    let (tone, word) = if warned { (Tone::Warn, page::WITH_WARNINGS) } else { (Tone::Ok, page::COMPLETED) };
    let mut line = vec![Span::State(tone, word.into()), Span::text(&page::how_much(job.bytes, job.took))];
    if let Some(ended) = job.ended {
        line.extend([Span::text(page::ENDED), Span::Time(ended)]);
    }
    page.lead = line;
    if warned {
        let lines: Vec<Text> = job.warnings.iter().map(|warning| plain(&page::quoted(warning))).collect();
        page.main.push(Block::note(
            Tone::Warn,
            None,
            page::WITH_WARNINGS_TITLE,
            vec![Block::para(page::WITH_WARNINGS_MORE), Block::Bullets(lines)],
        ));
    }
    let prefix = job.prefix.as_deref().unwrap_or("…");
    let rows = page::FILES
        .iter()
        .zip(files(prefix).into_iter().map(name_only))
        .map(|((what, load), name)| Row { key: (*load).to_string(), cells: vec![name, plain(what), plain(load)] });
    let mut body = Vec::new();
    if let Some(url) = &job.destination {
        body.push(Block::Para(vec![Span::copy("container URL", url)]));
    }
    body.push(Block::para(page::FILES_MORE));
    let columns = page::FILE_COLUMNS.iter().map(|column| (*column).to_string()).collect();
    body.push(Block::Table { label: page::FILES_TO_EXPECT.into(), columns, rows: rows.collect() });
    page.main.push(Block::section("files", page::FILES_TO_EXPECT, body));
    if let (Some(instance), Some(point)) = (&job.instance, &job.point) {
        let points = Place::Points(instance.clone(), Some(point.clone()));
        page.side.push(Block::Buttons(vec![Button::new(page::ANOTHER_POINT, Act::Go(model.address(points))).wide()]));
    }
}

/// The name of a file without what is said below it.
fn name_only(text: Text) -> Text {
    text.into_iter().take_while(|span| *span != Span::Break).collect()
}

fn failed(model: &Model, page: &mut Page, job: &Job) {
    let cancelled = job.status == JobStatus::Cancelled;
    page.title = if cancelled { page::cancelled(&job.server_name) } else { page::failed(&job.server_name) };
    let word = if cancelled { page::CANCELLED } else { page::FAILED };
    let mut line = vec![Span::State(Tone::Bad, word.into())];
    if let Some(took) = job.took {
        line.push(Span::text(&page::after(&spans::length(took))));
    }
    if let Some(ended) = job.ended {
        line.push(Span::Time(ended));
    }
    page.lead = line;
    let left = job.prefix.as_deref().map(|prefix| format!("{prefix}_*")).unwrap_or_default();
    let again = Button::primary(page::NEW_PREFIX, Act::Do(Event::NewPrefixPressed))
        .disabled((job.instance.is_none() || job.point.is_none()).then(|| page::NOT_NAMED.to_string()));
    let mut buttons = vec![again];
    if let (Some(instance), Some(point)) = (&job.instance, &job.point) {
        let target = Place::Target(PointId { instance: instance.clone(), name: point.clone() });
        buttons.push(Button::new(page::OTHER_TARGET, Act::Go(model.address(target))));
    }
    page.main.push(Block::section(
        "do",
        page::WHAT_TO_DO,
        vec![
            Block::Steps(vec![
                plain(page::DO_CAUSE),
                vec![Span::text(page::DO_AGAIN), Span::code(&left), Span::text(page::DO_AGAIN_MORE)],
                plain(page::DO_SUPPORT),
            ]),
            Block::Buttons(buttons),
        ],
    ));
    if let Some(problem) = &job.problem {
        let why = crate::fault::Fault::said(
            Box::new(problem.clone()),
            crate::fault::Step::FollowRestore,
            job.ended.unwrap_or_default(),
        );
        page.main.push(Block::section("cause", page::CAUSES, refusal(&why)));
    }
}

/// What Azure says of the job's course.
fn job_milestones(job: &Job) -> Vec<Check> {
    let over = job.status.is_final();
    let good = matches!(job.status, JobStatus::Completed | JobStatus::CompletedWithWarnings);
    let mut begun = vec![Span::strong(if over { page::JOB_BEGAN } else { page::JOB_RUNS })];
    if let Some(began) = job.began {
        begun.extend([Span::Break, Span::Time(began)]);
    }
    let tasks = job.tasks.iter().map(|task| {
        let (tone, word) = match task.status {
            JobStatus::Running => (Tone::Busy, page::IN_PROGRESS),
            JobStatus::Completed => (Tone::Ok, page::TASK_DONE),
            JobStatus::CompletedWithWarnings => (Tone::Warn, page::WITH_WARNINGS),
            JobStatus::Failed | JobStatus::Cancelled => (Tone::Bad, page::FAILED),
        };
        Block::Para(vec![Span::State(tone, page::task(task.id, &task.name, word))])
    });
    let word = match (over, job.began) {
        (false, Some(began)) => vec![Span::Lasting(began)],
        _ => Vec::new(),
    };
    let tone = if over { Tone::Ok } else { Tone::Busy };
    let mut checks = vec![Check { tone, text: begun, word, more: tasks.collect() }];
    let mut end = vec![Span::strong(match (over, good) {
        (_, true) => page::FILES_ARE_THERE,
        (true, false) => page::JOB_FAILED,
        (false, false) => page::FILES_ARE_THERE,
    })];
    if let Some(ended) = job.ended.filter(|_| over) {
        end.extend([Span::Break, Span::Time(ended)]);
    }
    let (tone, word) = match (over, good) {
        (false, _) => (Tone::Plain, page::NOT_YET.to_string()),
        (true, true) => (Tone::Ok, job.took.map(spans::length).unwrap_or_default()),
        (true, false) => (Tone::Bad, job.took.map(spans::length).unwrap_or_default()),
    };
    checks.push(Check { tone, text: end, word: plain(&word), more: Vec::new() });
    checks
}

/// The ids that support asks for.
fn id_facts(watch: &Watch, job: &Job, restore: Option<&Restore>) -> Vec<Fact> {
    let mut facts = vec![copy(page::JOB, "job id", watch.id.name.as_str())];
    if let Some(activity) = &job.activity {
        facts.push(copy(page::ACTIVITY_ID, "activity id", activity));
    }
    if let Some(request) = restore.and_then(|restore| restore.request_id.as_ref()) {
        facts.push(copy(page::OUR_REQUEST, "request id", request));
    }
    if let Some(prefix) = &job.prefix {
        facts.push(copy(page::FILE_PREFIX, "file prefix", prefix));
    }
    facts
}

fn from_and_to(job: &Job) -> Block {
    let mut facts = vec![Fact::new(page::SERVER, plain(job.server_name.as_str()))];
    facts.push(Fact::new(page::VAULT, plain(job.id.vault.name.as_str())));
    if let Some(url) = &job.destination {
        facts.push(Fact::new(page::CONTAINER, plain(url.as_str())));
    }
    if !job.region.is_empty() {
        facts.push(Fact::new(page::REGION, plain(&names::region(&job.region))));
    }
    Block::card("from", page::FROM_AND_TO, vec![Block::Facts(facts)])
}

/// The vault's jobs in the portal; the simulated Azure has none.
fn portal(model: &Model, id: &JobId) -> Block {
    if model.world() == crate::link::World::Demo {
        return Block::small(page::NO_PORTAL);
    }
    let href = format!("https://{}/#resource{}/backupJobs", model.cloud().portal_host(), id.vault.path());
    Block::Buttons(vec![Button::new(page::IN_PORTAL, Act::Out(href)).icon(Icon::Out).wide()])
}

/// The address of a job, whole, to be sent to somebody.
fn link(model: &Model, id: &JobId) -> String {
    format!("{}{}", model.folder, model.address(Place::Job(id.clone())))
}
