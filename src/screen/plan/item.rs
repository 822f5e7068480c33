//! One restore of a plan: what it takes, where it goes, how it stands, and what can be done about it.

use super::Far;
use crate::app::{Event, Model};
use crate::azure::id::PointId;
use crate::azure::wire::{JobStatus, Point};
use crate::flow::draft::{ContainerProblem, Draft};
use crate::flow::preflight::Verdict;
use crate::flow::restore::{Restore, Stage};
use crate::flow::source::Source;
use crate::journal::Entry;
use crate::link::{Place, Which, Wish};
use crate::screen::make::{Press, Put, Write};
use crate::screen::parts::{fault, source_troubles, told};
use crate::screen::{Block, Button, Icon, Span, Text, Tone, plain, time};
use crate::words::{faults, page};

/// Its card; says how far it is.
pub(super) fn item(blocks: &mut Vec<Block>, model: &Model, number: usize, wish: &Wish) -> Far {
    let mut body = Vec::new();
    let mut buttons = Vec::new();
    let source = model.source_of(&wish.instance);
    let server = source.map_or(wish.instance.likely_server(), Source::server_name);
    let far = match source {
        None => {
            body.para(crate::screen::link::asked(&wish.which));
            match sent(model, wish) {
                Some(id) => under_way(&mut body, &mut buttons, model, &id),
                None => {
                    body.status(Tone::Plain, page::WAITS_ITS_TURN, plain(page::NOT_READ_YET));
                    Far::Open
                }
            }
        }
        Some(source) => of_source(&mut body, &mut buttons, model, source, wish),
    };
    if far == Far::Open || far == Far::Waiting {
        let started = model.meant_point(wish).is_some_and(|point| model.is_under_way(&point));
        if !started {
            buttons.tell(page::LEAVE_OUT, Event::LeaveOutPressed(wish.clone())).quiet();
        }
    }
    if !buttons.is_empty() {
        body.buttons(buttons);
    }
    blocks.card(&format!("restore-{number}"), &page::numbered(number, server), body);
    far
}

/// The point, if its restore has been sent: how that stands is told whatever is read of its source, or cannot be.
fn sent(model: &Model, wish: &Wish) -> Option<PointId> {
    wish.point().filter(|point| model.is_under_way(point))
}

fn of_source(body: &mut Vec<Block>, buttons: &mut Vec<Button>, model: &Model, source: &Source, wish: &Wish) -> Far {
    let meant = source.meant(&wish.which);
    body.para(meant.point().map_or_else(|| crate::screen::link::asked(&wish.which), |point| time(point.made)));
    source_troubles(body, source);
    if let Some(id) = sent(model, wish) {
        return under_way(body, buttons, model, &id);
    }
    if let Some(kind) = source.other_kind() {
        body.notice(Tone::Bad, Some(Icon::Server), page::OTHER_KIND, &page::other_kind(kind));
        return Far::Waiting;
    }
    if source.is_soft_deleted() {
        body.notice(Tone::Bad, None, page::SOFT_DELETED, page::SOFT_DELETED_MORE);
        return Far::Waiting;
    }
    let take = |name| Event::InsteadPressed(wish.clone(), name);
    crate::screen::link::amiss(body, source, &wish.which, meant, &take);
    let Some(point) = meant.point() else {
        let reading = source.load.is_loading() && source.load.trouble().is_none();
        if reading {
            body.progress(&page::reading(page::OF_POINTS, source.points.len()));
        }
        return if reading { Far::Open } else { Far::Waiting };
    };
    let id = PointId { instance: source.id.clone(), name: point.name.clone() };
    match model.draft_of(&id) {
        Some(draft) => of_draft(body, buttons, model, source, draft, &id),
        None => Far::Open,
    }
}

/// What its files begin with, and where they go.
fn files(body: &mut Vec<Block>, model: &Model, id: &PointId) {
    let Some(draft) = model.draft_of(id) else { return };
    let mut files = Text::new();
    files.quiet(id.instance.vault.name.as_str()).line();
    files.code(&draft.full_prefix().map_or_else(|_| draft.prefix.clone(), |prefix| prefix.as_str().to_string()));
    match model.entry_of(id) {
        // What was sent goes where it was sent to.
        Some(entry) if model.is_under_way(id) => {
            files.line().quiet(&entry.container);
        }
        _ => {
            if let Ok(resolved) = model.resolve(draft) {
                files.line().quiet(&resolved.target.url);
            }
        }
    }
    body.small(files);
}

fn of_draft(
    body: &mut Vec<Block>,
    buttons: &mut Vec<Button>,
    model: &Model,
    source: &Source,
    draft: &Draft,
    id: &PointId,
) -> Far {
    if model.is_under_way(id) {
        return under_way(body, buttons, model, id);
    }
    files(body, model, id);
    let far = match model.reviewed(id) {
        Some(restore) => waiting(body, buttons, model, source, restore),
        None => unplanned(body, buttons, model, source, draft),
    };
    let before = |entry: &&Entry| entry.point == *id;
    if let Some(entry) = model.journal.of(&model.realm()).find(before).filter(|_| far == Far::Open) {
        let mut line = plain(page::BEFORE_HERE);
        line.link(entry.prefix.as_str(), model.address(entry.place())).say(" ").time(entry.sent);
        body.small(line);
    }
    buttons.go(page::TARGET_OR_PREFIX, model.address(Place::Target(id.clone())));
    far
}

/// What was typed makes no plan.
fn unplanned(body: &mut Vec<Block>, buttons: &mut Vec<Button>, model: &Model, source: &Source, draft: &Draft) -> Far {
    let found = model.problems(draft, source.region());
    match found.container {
        Some(ContainerProblem::Empty | ContainerProblem::NotPicked) => {
            body.status(Tone::Plain, page::NO_TARGET_YET, Text::new());
        }
        _ if model.waits_for_account(draft) || source.vault.is_loading() => {
            body.progress(page::LOOKING_UP);
        }
        _ if !found.is_empty() => {
            let lines = crate::screen::target::wrong(model, Some(draft), &found);
            body.bullets(lines.iter().map(|(_, line)| plain(line)).collect());
            buttons.go(page::PUT_IT_RIGHT, model.address(Place::Target(draft.point.clone())));
            return Far::Waiting;
        }
        _ => {}
    }
    Far::Open
}

/// Nothing of it has left.
fn waiting(body: &mut Vec<Block>, buttons: &mut Vec<Button>, model: &Model, source: &Source, restore: &Restore) -> Far {
    let review = model.address(Place::Review(restore.plan.point.clone()));
    let known = crate::screen::preflight::known(model, source, restore);
    let fails = known.as_ref().map(|known| known.of(Verdict::Fails)).unwrap_or_default();
    let mut far = Far::Open;
    let mut look = page::LOOK_CLOSELY;
    match &restore.stage {
        _ if model.waits_its_turn(&restore.plan.point, true) || model.waits_its_turn(&restore.plan.point, false) => {
            body.status(Tone::Busy, page::WAITS_ITS_TURN, Text::new());
        }
        Stage::Checking(checking) => {
            let mut line = plain(page::SINCE);
            line.add(Span::Lasting(checking.since)).say(page::ABOUT_40_S);
            body.status(Tone::Busy, page::CHECKING, line);
        }
        Stage::Ready => {
            let mut line = Text::new();
            if let Some((at, _)) = restore.checked {
                line.say(page::CHECKED).ago(at).say(".");
            }
            body.status(Tone::Ok, page::READY, line);
        }
        Stage::Unseen => {
            body.status(Tone::Warn, page::UNSEEN, plain(page::UNSEEN_MORE));
        }
        Stage::Rejected(why) | Stage::Refused(why) | Stage::Failed(why) => {
            let title = if matches!(restore.stage, Stage::Rejected(_)) { page::REJECTED } else { page::REFUSED };
            body.status(Tone::Bad, title, plain(&faults::title(why))).hints(faults::advice(why));
            crate::screen::progress::nothing_started(body, restore);
            (far, look) = (Far::Waiting, page::PUT_IT_RIGHT);
        }
        Stage::Preparing(_) | Stage::Cleared => {
            crate::screen::progress::preparing(body, &mut Vec::new(), restore);
            buttons.tell(page::NOT_NOW, Event::DecidePressed(restore.plan.prefix.clone(), false));
            return Far::Open;
        }
        Stage::Doubtful(doubt) => {
            crate::screen::review::doubtful(body, model, &restore.plan, doubt);
            let decide = |yes| Event::DecidePressed(restore.plan.prefix.clone(), yes);
            let barred = crate::screen::review::barred(model);
            buttons.tell(page::NOT_NOW, decide(false));
            buttons.tell(page::IN_SPITE, decide(true)).unless(barred);
            return Far::Waiting;
        }
        _ => {
            body.status(Tone::Plain, page::NOT_CHECKED, Text::new());
        }
    }
    if let Some(why) = &restore.trouble {
        told(body, why);
    }
    if !fails.is_empty() && !matches!(restore.stage, Stage::Ready) {
        let title = page::will_fail(fails.len());
        let mut lines = Vec::new();
        lines.bullets(fails);
        body.note(Tone::Bad, None, &title, lines);
        (far, look) = (Far::Waiting, page::PUT_IT_RIGHT);
    }
    buttons.go(look, review);
    far
}

/// It has left: how it stands, and where it is watched.
fn under_way(body: &mut Vec<Block>, buttons: &mut Vec<Button>, model: &Model, id: &PointId) -> Far {
    files(body, model, id);
    let Some(entry) = model.entry_of(id) else { return of_restore(body, buttons, model, id) };
    let watch = entry.job.as_ref().and_then(|job| model.watch_of(job));
    let (tone, word) = crate::screen::activity::stands(model, entry);
    let mut line = Text::new();
    let job = watch.and_then(|watch| watch.job());
    match job {
        Some(job) if job.status == JobStatus::Running => {
            line.add(Span::Lasting(job.began.unwrap_or(entry.sent)));
        }
        Some(job) => {
            line.say(&page::how_much(job.bytes, job.took));
        }
        None => {
            line.say(page::LEFT_AT).time(entry.sent);
        }
    }
    body.status(tone, word, line);
    if let Some(watch) = watch {
        if let Some(trouble) = watch.trouble() {
            fault(body, trouble, watch.next());
        } else if !watch.is_over() {
            let mut line = Text::new();
            if let Some((_, at)) = &watch.last {
                line.say(page::AZURE_ANSWERED).ago(*at).say(". ");
            }
            line.asks_again(watch.next());
            body.small(line);
        }
    }
    let label = match (tone, entry.outcome) {
        (Tone::Ok, Some(_)) => page::FILES_AND_COMMANDS,
        (Tone::Bad | Tone::Warn, _) => page::DECIDE_THERE,
        _ => page::WATCH,
    };
    buttons.go(label, model.address(entry.place()));
    if model.may_go_again(id) {
        buttons.tell(page::NEW_PREFIX_HERE, Event::AgainPressed(id.clone()));
    }
    match (tone, entry.outcome) {
        (Tone::Ok, Some(_)) => Far::Done,
        (Tone::Warn, Some(crate::journal::Outcome::Warnings)) => Far::Done,
        (Tone::Bad | Tone::Warn, _) => Far::Waiting,
        _ => Far::Going,
    }
}

/// The same where storage keeps no journal.
fn of_restore(body: &mut Vec<Block>, buttons: &mut Vec<Button>, model: &Model, id: &PointId) -> Far {
    let Some(restore) = model.reviewed(id) else { return Far::Open };
    let place = match &restore.stage {
        Stage::Running(job) => Place::Job(job.clone()),
        _ => Place::Restore(id.clone(), restore.plan.prefix.clone()),
    };
    if matches!(&restore.stage, Stage::Searching { search, .. } if search.over) {
        body.status(Tone::Warn, page::NOT_FOUND_YET, Text::new());
        buttons.go(page::DECIDE_THERE, model.address(place));
        return Far::Waiting;
    }
    body.status(Tone::Busy, page::STARTED, Text::new());
    buttons.go(page::WATCH, model.address(place));
    Far::Going
}

/// It as text: what it takes, where it goes, how it stands.
pub(super) fn as_text(model: &Model, number: usize, wish: &Wish) -> String {
    let source = model.source_of(&wish.instance);
    let point: Option<&Point> = source.and_then(|source| source.meant(&wish.which).point());
    let vault = &wish.instance.vault;
    let server = source.map_or(wish.instance.likely_server(), Source::server_name);
    let which = point.map_or_else(|| wish.which.print(), |p| Which::known(p.name.clone(), Some(p.made)).print());
    let mut lines = vec![
        page::numbered(number, server),
        page::text_line(
            page::VAULT,
            &[vault.name.as_str(), vault.group.as_str(), vault.subscription.as_str()].join(" / "),
        ),
        page::text_line(page::POINT, &which),
    ];
    let id = point.map(|point| PointId { instance: wish.instance.clone(), name: point.name.clone() });
    if let Some(id) = &id
        && let Some(draft) = model.draft_of(id)
    {
        if let Ok(resolved) = model.resolve(draft) {
            lines.push(page::text_line(page::CONTAINER, &resolved.target.url));
        }
        if let Ok(prefix) = draft.full_prefix() {
            lines.push(page::text_line(page::FILE_PREFIX, prefix.as_str()));
        }
        if let Some(entry) = model.entry_of(id) {
            lines.push(page::text_line(page::STATE, crate::screen::activity::stands(model, entry).1));
            if let Some(job) = &entry.job {
                lines.push(page::text_line(page::JOB, job.name.as_str()));
            }
        }
    }
    lines.push(String::new());
    lines.join("\n") + "\n"
}
