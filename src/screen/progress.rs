//! A restore from its start to its end: what is happening now, what has happened, which files to expect.

use super::parts::{fault, files, refusal, time};
use super::{Act, Block, Button, Check, Fact, Icon, Page, Row, Span, Text, Tone, plain};
use crate::app::{Event, Model};
use crate::azure::id::{JobId, PointId};
use crate::azure::wire::{Job, JobStatus};
use crate::flow::restore::{Restore, Stage};
use crate::flow::search::Search;
use crate::flow::watch::Watch;
use crate::link::{Place, Prefix};
use crate::words::{faults, names, page, time as spans};

/// A restore whose job is not known yet.
pub(super) fn restore(model: &Model, point: &PointId, prefix: &Prefix) -> Page {
    let mut page = Page {
        key: format!("restore/{}", prefix.as_str()),
        steps: Some(super::frame::steps(model, 5, Some(&point.instance), Some(&point.name))),
        title: page::restoring(point.instance.name.as_str()),
        ..Page::default()
    };
    let Some(restore) = model.restore_of(prefix) else { return page };
    page.title = page::restoring(&restore.plan.server);
    page.side = vec![ids(restore)];
    let busy = |title: &str, text: &str| {
        vec![
            Block::Card {
                id: "now".into(),
                title: String::new(),
                body: vec![Block::Status(Tone::Busy, title.into(), plain(text)), Block::Progress(title.into())],
            },
            carries_on(model.storage_refused),
        ]
    };
    page.main = match &restore.stage {
        Stage::Triggering(..) => busy(page::SENDING, page::SENDING_MORE),
        Stage::Accepted(following) => {
            let mut blocks = busy(page::ACCEPTED, page::ACCEPTED_MORE);
            blocks.extend(super::review::asked(following));
            blocks
        }
        Stage::Searching { search, heard } => searching(restore, search, *heard),
        Stage::Refused(why) | Stage::Failed(why) | Stage::Rejected(why) => {
            page.title = faults::title(why);
            let mut blocks = vec![Block::Para(plain(page::NOTHING_STARTED))];
            blocks.extend(refusal(why));
            blocks.push(Block::Buttons(vec![
                Button::primary(page::BACK_TO_REVIEW, Act::Do(Event::NewPrefixPressed)),
                Button::new(page::OTHER_TARGET, Act::Go(model.address(Place::Target(point.clone())))),
            ]));
            blocks
        }
        Stage::Reviewing | Stage::Checking(_) | Stage::Ready | Stage::Unseen | Stage::Running(_) => Vec::new(),
    };
    page.rest = vec![happened(restore, None)];
    page
}

fn carries_on(storage_refused: bool) -> Block {
    let (title, text) =
        if storage_refused { (page::NOT_KEPT, page::NOT_KEPT_MORE) } else { (page::CARRIES_ON, page::CARRIES_ON_MORE) };
    Block::Note {
        tone: if storage_refused { Tone::Warn } else { Tone::Plain },
        icon: Some(Icon::Info),
        title: title.into(),
        body: vec![Block::Para(plain(text))],
    }
}

/// The job is looked for: whether or not Azure is known to have heard the request is said first.
fn searching(restore: &Restore, search: &Search, heard: bool) -> Vec<Block> {
    let prefix = Span::code(restore.plan.prefix.as_str());
    let mut body = Vec::new();
    let (tone, title) = match (heard, search.over) {
        (true, _) => (Tone::Busy, page::FINDING),
        (false, false) => (Tone::Warn, page::UNSURE),
        (false, true) => (Tone::Warn, page::NOT_FOUND),
    };
    let text = match (heard, search.over) {
        (true, _) => page::FINDING_MORE,
        (false, false) => page::UNSURE_MORE,
        (false, true) => page::NOT_FOUND_MORE,
    };
    let mut line = Vec::new();
    if let Some(sent) = restore.sent {
        line.extend([Span::text(page::LEFT_AT), Span::Time(sent), Span::text(". ")]);
    }
    line.push(Span::text(text));
    line.extend([Span::text(" "), Span::text(page::PREFIX_IS), prefix, Span::text(".")]);
    body.push(Block::Para(line));
    if let Some(trouble) = search.trouble() {
        body.push(fault(trouble, search.next()));
    } else if !search.over {
        let mut line = plain(page::looks(search.looks));
        if let Some(at) = search.next() {
            line.extend([Span::text(" "), Span::text(page::ASKS_AGAIN), Span::Until(at), Span::text(".")]);
        }
        line.extend([Span::text(" "), Span::text(page::GIVES_UP), Span::Until(search.gives_up()), Span::text(".")]);
        body.push(Block::Small(line));
        body.push(Block::Buttons(vec![Button::new(page::LOOK_NOW, Act::Do(Event::AskPressed)).icon(Icon::Again)]));
    } else {
        body.push(Block::Small(plain(page::SECOND_TRY)));
        body.push(Block::Buttons(vec![
            Button::primary(page::LOOK_AGAIN, Act::Do(Event::AskPressed)).icon(Icon::Again),
            Button::new(page::START_AGAIN, Act::Do(Event::StartAgainPressed))
                .disabled((!restore.may_start_again()).then(|| page::LOOK_FIRST.to_string())),
        ]));
    }
    vec![Block::Note { tone, icon: None, title: title.into(), body }]
}

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
        page.main = vec![Block::Para(plain(page::NOT_A_RESTORE_MORE)), Block::Facts(id_facts(watch, job, restore))];
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
    page.side.push(Block::Card {
        id: "ids".into(),
        title: page::IDS.into(),
        body: vec![Block::Facts(id_facts(watch, job, restore)), portal(model, id)],
    });
    page.side.push(from_and_to(job));
    let mut history = restore.map(|r| milestones(r, true)).unwrap_or_default();
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
    page.main.push(Block::Card {
        id: "now".into(),
        title: String::new(),
        body: vec![
            Block::Status(Tone::Busy, page::WRITING.into(), vec![Span::Lasting(began)]),
            Block::Progress(page::WRITING.into()),
            Block::Para(plain(page::HOW_FAR)),
            Block::Small(asked),
            Block::Buttons(vec![Button::quiet(page::ASK_NOW, Act::Do(Event::AskPressed)).icon(Icon::Again)]),
        ],
    });
    page.main.push(Block::Note {
        tone: Tone::Plain,
        icon: Some(Icon::Info),
        title: page::CLOSE_TAB.into(),
        body: vec![
            Block::Para(plain(page::CLOSE_TAB_MORE)),
            Block::Buttons(vec![
                Button::new(page::COPY_LINK, Act::Do(Event::CopyPressed(link(model, &watch.id)))).icon(Icon::Link),
            ]),
        ],
    });
}

fn completed(model: &Model, page: &mut Page, job: &Job) {
    page.title = page::files_of(&job.server_name);
    let warned = job.status == JobStatus::CompletedWithWarnings;
    let (tone, word) = if warned { (Tone::Warn, page::WITH_WARNINGS) } else { (Tone::Ok, page::COMPLETED) };
    let mut line = vec![Span::State(tone, word.into()), Span::text(page::how_much(job.bytes, job.took))];
    if let Some(ended) = job.ended {
        line.extend([Span::text(page::ENDED), Span::Time(ended)]);
    }
    page.lead = line;
    if warned {
        let lines: Vec<Text> = job.warnings.iter().map(|warning| plain(page::quoted(warning))).collect();
        page.main.push(Block::Note {
            tone: Tone::Warn,
            icon: None,
            title: page::WITH_WARNINGS_TITLE.into(),
            body: vec![Block::Para(plain(page::WITH_WARNINGS_MORE)), Block::Bullets(lines)],
        });
    }
    let prefix = job.prefix.as_deref().unwrap_or("…");
    let rows = page::FILES
        .iter()
        .zip(files(prefix).into_iter().map(name_only))
        .map(|((what, load), name)| Row { key: (*load).to_string(), cells: vec![name, plain(*what), plain(*load)] });
    let mut body = Vec::new();
    if let Some(url) = &job.destination {
        body.push(Block::Para(vec![Span::Copy { what: "container URL".into(), value: url.clone() }]));
    }
    body.push(Block::Para(plain(page::FILES_MORE)));
    let columns = page::FILE_COLUMNS.iter().map(|column| (*column).to_string()).collect();
    body.push(Block::Table { label: page::FILES_TO_EXPECT.into(), columns, rows: rows.collect() });
    page.main.push(Block::Section { id: "files".into(), title: page::FILES_TO_EXPECT.into(), body });
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
        line.push(Span::text(page::after(&spans::length(took))));
    }
    if let Some(ended) = job.ended {
        line.extend([Span::text(", "), Span::Time(ended)]);
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
    page.main.push(Block::Section {
        id: "do".into(),
        title: page::WHAT_TO_DO.into(),
        body: vec![
            Block::Steps(vec![
                plain(page::DO_CAUSE),
                vec![Span::text(page::DO_AGAIN), Span::code(left), Span::text(page::DO_AGAIN_MORE)],
                plain(page::DO_SUPPORT),
            ]),
            Block::Buttons(buttons),
        ],
    });
    if let Some(problem) = &job.problem {
        let why = crate::fault::Fault::said(
            Box::new(problem.clone()),
            crate::fault::Step::FollowRestore,
            job.ended.unwrap_or_default(),
        );
        page.main.push(Block::Section { id: "cause".into(), title: page::CAUSES.into(), body: refusal(&why) });
    }
}

fn section(id: &str, title: &str, block: Block) -> Block {
    Block::Section { id: id.into(), title: title.into(), body: vec![block] }
}

fn happened(restore: &Restore, job: Option<&Job>) -> Block {
    let mut checks = milestones(restore, job.is_some());
    checks.extend(job.map(job_milestones).unwrap_or_default());
    section("happened", page::HAPPENED, Block::Checks(checks))
}

/// What this page has seen of a restore before its job.
fn milestones(restore: &Restore, job_known: bool) -> Vec<Check> {
    let line = |tone, title: &str, at: Option<crate::moment::Moment>, word: Text| {
        let mut text = vec![Span::strong(title)];
        if let Some(at) = at {
            text.extend([Span::Break, Span::Time(at)]);
        }
        Check { tone, text, word, more: Vec::new() }
    };
    let mut checks = Vec::new();
    if let Some((at, took)) = restore.checked {
        checks.push(line(Tone::Ok, page::AZURE_CHECKED, Some(at), plain(spans::length(took))));
    }
    if let Some(sent) = restore.sent {
        let waiting = matches!(restore.stage, Stage::Triggering(..));
        checks.push(line(if waiting { Tone::Busy } else { Tone::Ok }, page::REQUEST_LEFT, Some(sent), Vec::new()));
    }
    match (&restore.stage, restore.accepted) {
        (_, Some(at)) => checks.push(line(Tone::Ok, page::AZURE_ACCEPTED, Some(at), Vec::new())),
        (Stage::Searching { heard: false, .. }, None) => {
            checks.push(line(Tone::Warn, page::NO_ANSWER_CAME, None, Vec::new()));
        }
        (Stage::Refused(_), None) => checks.push(line(Tone::Bad, page::AZURE_REFUSED, None, Vec::new())),
        _ => {}
    }
    if !job_known && matches!(restore.stage, Stage::Triggering(..) | Stage::Accepted(_) | Stage::Searching { .. }) {
        checks.push(line(Tone::Plain, page::JOB_KNOWN, None, plain(page::NOT_YET)));
    }
    checks
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
    checks.push(Check { tone, text: end, word: plain(word), more: Vec::new() });
    checks
}

fn copy(name: &str, what: &str, value: &str) -> Fact {
    Fact::new(name, vec![Span::Copy { what: what.into(), value: value.into() }])
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

fn ids(restore: &Restore) -> Block {
    let mut facts = vec![copy(page::FILE_PREFIX, "file prefix", restore.plan.prefix.as_str())];
    if let Some(request) = &restore.request_id {
        facts.push(copy(page::OUR_REQUEST, "request id", request));
    }
    facts.push(copy(page::POINT_ID, "point id", restore.plan.point.name.as_str()));
    Block::Card { id: "ids".into(), title: page::IDS.into(), body: vec![Block::Facts(facts)] }
}

fn from_and_to(job: &Job) -> Block {
    let mut facts = vec![Fact::new(page::SERVER, plain(job.server_name.as_str()))];
    facts.push(Fact::new(page::VAULT, plain(job.id.vault.name.as_str())));
    if let Some(url) = &job.destination {
        facts.push(Fact::new(page::CONTAINER, plain(url.as_str())));
    }
    if !job.region.is_empty() {
        facts.push(Fact::new(page::REGION, plain(names::region(&job.region))));
    }
    Block::Card { id: "from".into(), title: page::FROM_AND_TO.into(), body: vec![Block::Facts(facts)] }
}

/// The vault's jobs in the portal; the simulated Azure has none.
fn portal(model: &Model, id: &JobId) -> Block {
    if model.world() == crate::link::World::Demo {
        return Block::Small(plain(page::NO_PORTAL));
    }
    let href = format!("https://{}/#resource{}/backupJobs", model.cloud().portal_host(), id.vault.path());
    Block::Buttons(vec![Button::new(page::IN_PORTAL, Act::Out(href)).icon(Icon::Out).wide()])
}

/// The address of a job, whole, to be sent to somebody.
fn link(model: &Model, id: &JobId) -> String {
    format!("{}{}", model.folder, model.address(Place::Job(id.clone())))
}

/// The restores that were started in this browser.
pub(super) fn activity(model: &Model) -> Page {
    let realm = model.realm();
    let entries: Vec<_> = model.journal.of(&realm).collect();
    let mut main = Vec::new();
    if entries.is_empty() {
        main.push(Block::Note {
            tone: Tone::Plain,
            icon: Some(Icon::Idle),
            title: page::NO_ACTIVITY.into(),
            body: vec![Block::Para(plain(page::NO_ACTIVITY_MORE))],
        });
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
                    vec![Span::Link { text: entry.server.clone(), more: String::new(), href: model.address(place) }],
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
