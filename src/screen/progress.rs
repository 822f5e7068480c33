//! A restore whose job is not known yet: on its way, taken by Azure, looked for, refused; and what has happened.

use super::make::{Press, Put, Tell, Write, check};
use super::parts::{fault, refusal, told};
use super::tab::offer;
use super::{Block, Button, Icon, Page, Span, Text, Tone, plain};
use crate::app::{Event, Model};
use crate::azure::id::PointId;
use crate::flow::restore::{Restore, Stage};
use crate::flow::search::Search;
use crate::link::{Place, Prefix};
use crate::moment::Moment;
use crate::words::{faults, page, time as spans};

/// The page.
pub(super) fn restore(model: &Model, point: &PointId, prefix: &Prefix) -> Page {
    let steps = super::frame::steps(model, 5, Some(&point.instance), Some(&point.name));
    let title = page::restoring(point.instance.likely_server());
    let mut page = Page::new(format!("restore/{}", prefix.as_str()), steps, &title);
    let Some(restore) = model.restore_of(prefix) else { return page };
    page.title = page::restoring(&restore.plan.server);
    match &restore.stage {
        Stage::Triggering(..) => busy(&mut page.main, model, page::SENDING, page::SENDING_MORE),
        Stage::Accepted(following) => {
            busy(&mut page.main, model, page::ACCEPTED, page::ACCEPTED_MORE);
            super::review::asked(&mut page.main, following);
        }
        Stage::Preparing(_) | Stage::Cleared => {
            let (mut body, mut buttons) = (Vec::new(), Vec::new());
            preparing(&mut body, &mut buttons, restore);
            body.buttons(buttons);
            page.main.card("now", "", body);
        }
        Stage::Searching { search, heard } => searching(&mut page.main, model, restore, search, *heard),
        Stage::Refused(why) | Stage::Failed(why) => {
            page.title = faults::title(why);
            nothing_started(&mut page.main, restore);
            refusal(&mut page.main, why);
            let mut buttons = Vec::new();
            buttons.go(page::BACK_TO_REVIEW, model.address(Place::Review(point.clone()))).primary();
            if restore.may_have_come_to_something() {
                buttons.tell(page::LOOK_AGAIN, Event::AskPressed).icon(Icon::Again);
            }
            buttons.go(page::OTHER_TARGET, model.address(Place::Target(point.clone())));
            page.main.buttons(buttons);
        }
        // These have pages of their own, to which the address is about to change.
        Stage::Reviewing
        | Stage::Checking(_)
        | Stage::Ready
        | Stage::Unseen
        | Stage::Rejected(_)
        | Stage::Doubtful(_)
        | Stage::Running(_) => {}
    }
    let mut facts = Vec::new();
    facts.id(page::FILE_PREFIX, "file prefix", restore.plan.prefix.as_str());
    if let Some(request) = &restore.request_id {
        facts.id(page::OUR_REQUEST, "request id", request);
    }
    facts.id(page::POINT_ID, "point id", restore.plan.point.name.as_str());
    page.side.card("ids", page::IDS, vec![Block::Facts(facts)]);
    let mut history = Vec::new();
    milestones(&mut history, restore);
    page.rest.section("happened", page::HAPPENED, vec![Block::Checks(history)]);
    page
}

fn busy(blocks: &mut Vec<Block>, model: &Model, title: &str, text: &str) {
    let mut body = Vec::new();
    body.status(Tone::Busy, title, plain(text)).progress(title);
    offer(&mut body, Vec::new(), model);
    blocks.card("now", "", body);
    if !not_kept(blocks, model) {
        blocks.notice(Tone::Plain, Some(Icon::Info), page::CARRIES_ON, page::CARRIES_ON_MORE);
    }
}

/// Tells that this browser keeps no notes, if it does not.
fn not_kept(blocks: &mut Vec<Block>, model: &Model) -> bool {
    if model.storage_refused {
        blocks.notice(Tone::Warn, None, page::NOT_KEPT, page::NOT_KEPT_MORE);
    }
    model.storage_refused
}

/// Azure has refused it: whether that is all.
pub(super) fn nothing_started(blocks: &mut Vec<Block>, restore: &Restore) {
    blocks.says(match (restore.came_to_nothing(), restore.may_have_come_to_something()) {
        (true, _) => page::NOTHING_STARTED,
        (_, true) => page::JOBS_UNREAD,
        _ => page::PERHAPS_STARTED,
    });
}

/// Start was pressed, and the request has not left yet.
pub(super) fn preparing(body: &mut Vec<Block>, buttons: &mut Vec<Button>, restore: &Restore) {
    body.status(Tone::Busy, page::LOOKING_FIRST, plain(page::LOOKING_FIRST_MORE)).progress(page::LOOKING_FIRST);
    if let Stage::Preparing(preparing) = &restore.stage
        && let Some(trouble) = preparing.before.trouble()
    {
        fault(body, trouble, preparing.before.next());
    }
    buttons.tell(page::NOT_NOW, Event::NotNowPressed).wide();
}

/// The job is looked for: whether or not Azure is known to have heard the request is said first.
fn searching(blocks: &mut Vec<Block>, model: &Model, restore: &Restore, search: &Search, heard: bool) {
    // What could not be looked through says nothing.
    let (tone, title, text) = match (heard, search.over && search.trouble().is_none()) {
        (true, false) => (Tone::Busy, page::FINDING, page::FINDING_MORE),
        (true, true) => (Tone::Warn, page::TAKEN_NOT_FOUND, page::TAKEN_NOT_FOUND_MORE),
        (false, false) => (Tone::Warn, page::UNSURE, page::UNSURE_MORE),
        (false, true) => (Tone::Warn, page::NOT_FOUND, page::NOT_FOUND_MORE),
    };
    let mut body = Vec::new();
    let mut line = Text::new();
    if let Some(sent) = restore.sent {
        line.say(page::LEFT_AT).time(sent).say(". ");
    }
    line.say(text).say(" ").say(page::PREFIX_IS).code(restore.plan.prefix.as_str()).say(".");
    body.para(line);
    if let Some(why) = &restore.trouble {
        told(&mut body, why);
    }
    let mut buttons = Vec::new();
    if let Some(trouble) = search.trouble() {
        fault(&mut body, trouble, search.next());
    } else if search.over {
        buttons.tell(page::LOOK_AGAIN, Event::AskPressed).primary().icon(Icon::Again);
        // What Azure took is not started again.
        if !heard {
            body.hints(page::SECOND_TRY);
            let barred = (!model.lets(&restore.plan.target)).then_some(page::NOT_LET);
            let why = barred.or(match (restore.plan.is_whole(), restore.may_start_again()) {
                (false, _) => Some(page::STARTED_ELSEWHERE),
                (true, started) => (!started).then_some(page::LOOK_FIRST),
            });
            buttons.tell(page::START_AGAIN, Event::StartAgainPressed).unless(why);
        }
    } else {
        let mut line = plain(&page::looks(search.looks));
        line.say(" ").asks_again(search.next());
        line.say(" ").say(page::GIVES_UP).add(Span::Until(search.gives_up())).say(".");
        body.small(line);
        buttons.tell(page::LOOK_NOW, Event::AskPressed).icon(Icon::Again);
    }
    if search.over {
        body.buttons(buttons);
    } else {
        offer(&mut body, buttons, model);
    }
    blocks.note(tone, None, title, body);
    not_kept(blocks, model);
}

/// A line of what has happened: what, when, and a word at its end.
#[inline(never)]
pub(super) fn milestone(
    checks: &mut Vec<super::Check>,
    tone: Tone,
    title: &str,
    at: Option<Moment>,
    word: Text,
    more: Vec<Block>,
) {
    let mut text = Text::new();
    text.strong(title);
    if let Some(at) = at {
        text.line().time(at);
    }
    check(checks, tone, text, word, more);
}

/// What this page has seen of a restore before its job.
pub(super) fn milestones(checks: &mut Vec<super::Check>, restore: &Restore) {
    let mut line = |tone, title: &str, at, word: &str| {
        let word = if word.is_empty() { Text::new() } else { plain(word) };
        milestone(checks, tone, title, at, word, Vec::new());
    };
    if let Some((at, took)) = restore.checked {
        line(Tone::Ok, page::AZURE_CHECKED, Some(at), &spans::length(took));
    }
    let waiting = matches!(restore.stage, Stage::Triggering(..));
    if restore.sent.is_some() {
        line(if waiting { Tone::Busy } else { Tone::Ok }, page::REQUEST_LEFT, restore.sent, "");
    }
    match (&restore.stage, restore.accepted) {
        (_, Some(_)) => line(Tone::Ok, page::AZURE_ACCEPTED, restore.accepted, ""),
        (Stage::Searching { heard: false, .. }, None) => line(Tone::Warn, page::NO_ANSWER_CAME, None, ""),
        (Stage::Refused(_), None) => line(Tone::Bad, page::AZURE_REFUSED, None, ""),
        _ => {}
    }
    if matches!(restore.stage, Stage::Failed(_)) {
        line(Tone::Bad, page::FAILED_BEFORE_JOB, None, "");
    }
    if waiting || matches!(restore.stage, Stage::Accepted(_) | Stage::Searching { .. }) {
        line(Tone::Plain, page::JOB_KNOWN, None, page::NOT_YET);
    }
}
