//! A plan: several restores, each with its source, its target and how it stands; what is pressed for all of them; the
//! question before they are started.

mod item;

use super::make::{Press, Put, Write};
use super::share::{Shared, share};
use super::{Block, Icon, Page, Span, Text, Tone, plain};
use crate::app::{Event, Model};
use crate::azure::id::PointId;
use crate::flow::draft::Draft;
use crate::flow::restore::Stage;
use crate::link::{MOST_POINTS, Place, Wish};
use crate::words::{page, time as spans};

/// How far one of a plan is, for the line that counts them.
#[derive(Clone, Copy, PartialEq)]
enum Far {
    Done,
    Going,
    Waiting,
    Open,
}

/// The page.
pub(super) fn plan(model: &Model, wishes: &[Wish]) -> Page {
    let mut page = Page::new("plan".into(), None, &page::plan_title(wishes.len()));
    if wishes.is_empty() {
        let mut buttons = Vec::new();
        buttons.go(page::FIND_A_SERVER, model.address(Place::Find)).primary().icon(Icon::Next);
        page.main.notice(Tone::Plain, Some(Icon::Wait), page::NO_PLAN, page::NO_PLAN_MORE).buttons(buttons);
        return page;
    }
    let mut counts = [0; 4];
    let mut text = String::new();
    for (at, wish) in wishes.iter().enumerate() {
        let far = item::item(&mut page.main, model, at + 1, wish);
        if let Some(count) = counts.get_mut(far as usize) {
            *count += 1;
        }
        text.push_str(&item::as_text(model, at + 1, wish));
    }
    let [done, going, waiting, open] = counts;
    page.lead = plain(&page::plan_tally(done, going, waiting, open));
    let mut buttons = Vec::new();
    let full = (wishes.len() >= MOST_POINTS).then_some(page::PLAN_IS_FULL);
    buttons.go(page::ADD_A_POINT, model.address(Place::Find)).unless(full);
    let leaving = model.restores.iter().any(|restore| matches!(restore.stage, Stage::Triggering(..)));
    let sent = open + waiting == 0 && !leaving;
    if !sent {
        buttons.tell(page::ANOTHER_PLAN, Event::GatherPressed(None)).quiet();
    }
    page.main.buttons(buttons);
    if model.storage_refused {
        page.side.notice(Tone::Warn, None, page::NOT_KEPT, page::PLAN_NOT_KEPT);
    }
    target(&mut page.side, model, wishes, sent);
    start(&mut page.side, model, sent);
    notes(&mut page.side, model, wishes);
    shared(&mut page.side, model, wishes);
    let mut body = Vec::new();
    body.source(page::THE_PLAN, &text);
    page.rest.fold("text", page::PLAN_AS_TEXT, body);
    page
}

/// Where the files of all go.
fn target(blocks: &mut Vec<Block>, model: &Model, wishes: &[Wish], sent: bool) {
    let points = model.meant_points();
    let drafts: Vec<&Draft> = points.iter().filter_map(|point| model.draft_of(point)).collect();
    let targets: Vec<String> =
        drafts.iter().map(|draft| model.resolve(draft).map_or(String::new(), |resolved| resolved.target.url)).collect();
    let form = model.address(Place::PlanTarget(wishes.to_vec()));
    let mut body = Vec::new();
    let first = targets.first().cloned().unwrap_or_default();
    if targets.iter().all(|target| *target == first) && !first.is_empty() {
        let mut url = Text::new();
        url.code(&first);
        let mut buttons = Vec::new();
        body.para(url);
        if !sent {
            buttons.go(page::CHANGE_FOR_ALL, form);
            body.hints(page::PLAN_TARGET_MORE).buttons(buttons);
        }
    } else {
        let none = targets.iter().all(String::is_empty);
        body.hints(if none { page::PLAN_TARGET_MORE } else { page::SEVERAL_TARGETS });
        let mut buttons = Vec::new();
        if !sent {
            buttons.go(page::CHOOSE_FOR_ALL, form).icon(Icon::Container).wide();
        }
        if first.is_empty() {
            buttons.primary();
        }
        body.buttons(buttons);
    }
    blocks.card("target", page::PLAN_TARGET, body);
}

/// Check, then start: first what would be started is shown. The buttons keep their places, and with them the focus.
fn start(blocks: &mut Vec<Block>, model: &Model, sent: bool) {
    let (to_check, to_start) = (model.to_check(), model.to_start());
    let offline = (!model.online).then_some(page::OFFLINE_BUTTON);
    let mut body = Vec::new();
    let mut buttons = Vec::new();
    if sent {
        body.status(Tone::Ok, page::ALL_SENT, Text::new()).says(page::ALL_SENT_MORE);
        buttons.tell(page::ASK_NOW, Event::AskPressed).wide().unless(offline);
        buttons.tell(page::ANOTHER_PLAN, Event::GatherPressed(None)).wide();
    } else if let Some(named) = &model.confirming {
        body.status(Tone::Warn, &page::confirm(named.len()), Text::new()).says(page::CONFIRM_MORE);
        body.bullets(named.iter().map(|point| written(model, point)).collect());
        let others = model.gathered.len().saturating_sub(named.len());
        if others > 0 {
            body.hints(&page::left_alone(others));
        }
        buttons.tell(&page::start_now(named.len()), Event::ConfirmPressed(true)).primary().wide().unless(offline);
        buttons.tell(page::DO_NOT_START, Event::ConfirmPressed(false)).wide();
    } else {
        let stages = || model.restores.iter().map(|restore| &restore.stage);
        let waits = |starts| model.meant_points().iter().any(|point| model.waits_its_turn(point, starts));
        let starting = stages()
            .any(|stage| matches!(stage, Stage::Preparing(_) | Stage::Cleared | Stage::Triggering(..)))
            || waits(true);
        let checking = stages().any(|stage| matches!(stage, Stage::Checking(_))) || waits(false);
        if starting {
            body.status(Tone::Busy, page::STARTS_GO_ON, Text::new()).says(page::STAY_HERE).progress(page::STARTS_GO_ON);
        } else if checking {
            body.status(Tone::Busy, page::CHECKS_GO_ON, Text::new()).progress(page::CHECKS_GO_ON);
        } else {
            body.hints(page::CHECK_ALL_MORE);
        }
        let planned = model.meant_points().iter().any(|point| model.reviewed(point).is_some());
        let nothing = to_check.is_empty().then_some(match (checking, planned) {
            (true, _) => page::CHECKS_GO_ON,
            (_, true) => page::NOTHING_TO_CHECK,
            _ => page::TARGET_FIRST,
        });
        buttons.tell(page::CHECK_ALL, Event::CheckAllPressed).wide().unless(offline.or(nothing));
        if to_start.is_empty() && !to_check.is_empty() {
            buttons.primary();
        }
        let why = super::review::barred(model).or(to_start.is_empty().then_some(page::NOTHING_READY));
        buttons.tell(&page::start_all(to_start.len().max(1)), Event::StartAllPressed).wide().unless(why);
        if !to_start.is_empty() {
            buttons.primary();
        }
    }
    body.buttons(buttons);
    blocks.card("check", page::CHECK_THEN_START, body);
}

/// What a start would do: source and target by name.
fn written(model: &Model, point: &PointId) -> Text {
    let mut line = Text::new();
    let Some(restore) = model.reviewed(point) else { return line };
    super::review::named(&mut line, &restore.plan);
    line.say(page::WITH_PREFIX).code(restore.plan.prefix.as_str());
    line
}

/// The points of the plan, and nothing of where they go.
fn shared(blocks: &mut Vec<Block>, model: &Model, wishes: &[Wish]) {
    let mut lines = Vec::new();
    for wish in wishes {
        let source = model.source_of(&wish.instance);
        let server = source.map_or(wish.instance.likely_server(), |source| source.server_name());
        let made = source.and_then(|source| source.meant(&wish.which).point()).map(|point| point.made);
        lines.push(Shared { server, vault: wish.instance.vault.name.as_str(), made });
    }
    share(blocks, model, Place::Plan(wishes.to_vec()), page::PLAN_SHARED, &lines);
}

/// What several points have to do with one another.
fn notes(blocks: &mut Vec<Block>, model: &Model, wishes: &[Wish]) {
    let mut made = Vec::new();
    for wish in wishes {
        let source = model.source_of(&wish.instance);
        made.extend(source.and_then(|source| source.meant(&wish.which).point()).map(|point| point.made));
    }
    if let (true, Some(oldest), Some(newest)) = (made.len() > 1, made.iter().min(), made.iter().max()) {
        let apart = page::apart(&spans::length(newest.since(*oldest)));
        blocks.notice(Tone::Plain, Some(Icon::Info), page::FAR_APART, &apart);
    }
    let twice = |(at, wish): (usize, &Wish)| wishes.iter().take(at).any(|other| other.instance == wish.instance);
    if wishes.iter().enumerate().any(twice) {
        blocks.notice(Tone::Warn, None, page::SAME_SERVER, page::SAME_SERVER_MORE);
    }
}

/// The points of a plan, beside the page on which the target of all is chosen.
pub(super) fn points_card(blocks: &mut Vec<Block>, model: &Model) {
    let mut items = Vec::new();
    for wish in &model.gathered {
        let source = model.source_of(&wish.instance);
        let mut line = plain(source.map_or(wish.instance.likely_server(), |source| source.server_name()));
        if let Some(point) = source.and_then(|source| source.meant(&wish.which).point()) {
            line.line().add(Span::Time(point.made));
        }
        items.push(line);
    }
    let mut body = Vec::new();
    body.put(Block::Steps(items));
    blocks.card("points", page::PLAN_POINTS, body);
}
