//! A restore whose job is not known yet: on its way, taken by Azure, looked for, refused; and what has happened.

use super::parts::{fault, refusal};
use super::{Act, Block, Button, Check, Fact, Icon, Page, Span, Text, Tone, plain};
use crate::app::{Event, Model};
use crate::azure::id::PointId;
use crate::flow::restore::{Restore, Stage};
use crate::flow::search::Search;
use crate::link::{Place, Prefix};
use crate::words::{faults, page, time as spans};

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
            Block::card("now", "", vec![Block::status(Tone::Busy, title, plain(text)), Block::Progress(title.into())]),
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
            let mut blocks = vec![Block::para(page::NOTHING_STARTED)];
            blocks.extend(refusal(why));
            blocks.push(Block::Buttons(vec![
                Button::primary(page::BACK_TO_REVIEW, Act::Do(Event::NewPrefixPressed)),
                Button::new(page::OTHER_TARGET, Act::Go(model.address(Place::Target(point.clone())))),
            ]));
            blocks
        }
        Stage::Reviewing | Stage::Checking(_) | Stage::Ready | Stage::Unseen | Stage::Running(_) => Vec::new(),
    };
    page.rest = vec![section("happened", page::HAPPENED, Block::Checks(milestones(restore)))];
    page
}

fn carries_on(storage_refused: bool) -> Block {
    let (title, text) =
        if storage_refused { (page::NOT_KEPT, page::NOT_KEPT_MORE) } else { (page::CARRIES_ON, page::CARRIES_ON_MORE) };
    Block::note(
        if storage_refused { Tone::Warn } else { Tone::Plain },
        Some(Icon::Info),
        title,
        vec![Block::para(text)],
    )
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
        let mut line = plain(&page::looks(search.looks));
        if let Some(at) = search.next() {
            line.extend([Span::text(" "), Span::text(page::ASKS_AGAIN), Span::Until(at), Span::text(".")]);
        }
        line.extend([Span::text(" "), Span::text(page::GIVES_UP), Span::Until(search.gives_up()), Span::text(".")]);
        body.push(Block::Small(line));
        body.push(Block::Buttons(vec![Button::new(page::LOOK_NOW, Act::Do(Event::AskPressed)).icon(Icon::Again)]));
    } else {
        body.push(Block::small(page::SECOND_TRY));
        body.push(Block::Buttons(vec![
            Button::primary(page::LOOK_AGAIN, Act::Do(Event::AskPressed)).icon(Icon::Again),
            Button::new(page::START_AGAIN, Act::Do(Event::StartAgainPressed))
                .disabled((!restore.may_start_again()).then(|| page::LOOK_FIRST.to_string())),
        ]));
    }
    vec![Block::note(tone, None, title, body)]
}

pub(super) fn section(id: &str, title: &str, block: Block) -> Block {
    Block::section(id, title, vec![block])
}

/// What this page has seen of a restore before its job.
pub(super) fn milestones(restore: &Restore) -> Vec<Check> {
    let line = |tone, title: &str, at: Option<crate::moment::Moment>, word: Text| {
        let mut text = vec![Span::strong(title)];
        if let Some(at) = at {
            text.extend([Span::Break, Span::Time(at)]);
        }
        Check { tone, text, word, more: Vec::new() }
    };
    let mut checks = Vec::new();
    if let Some((at, took)) = restore.checked {
        checks.push(line(Tone::Ok, page::AZURE_CHECKED, Some(at), plain(&spans::length(took))));
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
    if matches!(restore.stage, Stage::Triggering(..) | Stage::Accepted(_) | Stage::Searching { .. }) {
        checks.push(line(Tone::Plain, page::JOB_KNOWN, None, plain(page::NOT_YET)));
    }
    checks
}

fn ids(restore: &Restore) -> Block {
    let mut facts = vec![copy(page::FILE_PREFIX, "file prefix", restore.plan.prefix.as_str())];
    if let Some(request) = &restore.request_id {
        facts.push(copy(page::OUR_REQUEST, "request id", request));
    }
    facts.push(copy(page::POINT_ID, "point id", restore.plan.point.name.as_str()));
    Block::card("ids", page::IDS, vec![Block::Facts(facts)])
}

pub(super) fn copy(name: &str, what: &str, value: &str) -> Fact {
    Fact::new(name, vec![Span::copy(what, value)])
}
