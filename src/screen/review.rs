//! Check your answers: source and target in full, the check by Azure, the start.

use super::parts::{fault, point_gone, refusal, source_troubles, time};
use super::{Act, Block, Button, Fact, Icon, Page, Span, Tone, plain};
use crate::app::{Event, Model};
use crate::azure::calls;
use crate::azure::id::PointId;
use crate::flow::draft::Plan;
use crate::flow::restore::{Restore, Stage};
use crate::flow::source::Source;
use crate::link::Place;
use crate::words::{faults, names, page};

/// The page.
pub(super) fn review(model: &Model, point: &PointId) -> Page {
    let mut page = Page {
        key: format!("review/{point}"),
        steps: Some(super::frame::steps(model, 4, Some(&point.instance), Some(&point.name))),
        title: page::REVIEW_TITLE.into(),
        lead: plain(page::REVIEW_LEAD),
        ..Page::default()
    };
    let Some(source) = model.source_of(&point.instance) else { return page };
    page.main = source_troubles(source);
    match model.reviewed(point) {
        Some(restore) => {
            let plan = &restore.plan;
            page.main.extend([of_source(model, source, plan), of_target(model, plan)]);
            page.main.extend(said_no(restore));
            page.side = vec![card(model, restore)];
            page.rest = vec![request(model, restore)];
        }
        None if source.load.is_whole() && source.point(&point.name).is_none() => {
            page.main.push(point_gone(model, point));
        }
        None if model.draft_of(point).is_some() && !source.load.is_loading() && !source.instance.is_loading() => {
            page.main.push(no_target(model, point));
        }
        None if page.main.is_empty() => {
            page.main.push(Block::Progress(page::reading(page::OF_POINTS, source.points.len())));
        }
        None => {}
    }
    page
}

/// A link to a review carries no target: whoever opens it says where the files go.
fn no_target(model: &Model, point: &PointId) -> Block {
    Block::note(
        Tone::Plain,
        Some(Icon::Container),
        page::NO_TARGET,
        vec![
            Block::para(page::NO_TARGET_MORE),
            Block::Buttons(vec![
                Button::primary(page::CHOOSE_TARGET, Act::Go(model.address(Place::Target(point.clone()))))
                    .icon(Icon::Next),
            ]),
        ],
    )
}

fn of_source(model: &Model, source: &Source, plan: &Plan) -> Block {
    let vault = &plan.point.instance.vault;
    let points = model.address(Place::Points(plan.point.instance.clone(), Some(plan.point.name.clone())));
    let server = source.instance.value.as_ref().and_then(|instance| instance.server.as_ref());
    let place = |group: &str, subscription: &str| plain(&format!("{group}, {subscription}"));
    let mut of_server = Fact::new(page::SERVER, vec![Span::strong(plan.server.as_str())]);
    if let Some(server) = server {
        of_server = of_server.below(place(server.group.as_str(), server.subscription.as_str()));
    }
    Block::section(
        "of",
        page::SOURCE,
        vec![Block::Lined(vec![
            of_server.change(page::CHANGE, page::CHANGE_SERVER, &model.address(Place::Find)),
            Fact::new(page::VAULT, plain(&format!("{}, {}", vault.name, names::region(&plan.region))))
                .below(place(vault.group.as_str(), vault.subscription.as_str())),
            Fact::new(page::POINT, time(plan.made))
                .below(super::points::gap(plan.made))
                .below(vec![Span::code(plan.point.name.as_str())])
                .change(page::CHANGE, page::CHANGE_POINT, &points),
        ])],
    )
}

fn of_target(model: &Model, plan: &Plan) -> Block {
    let form = model.address(Place::Target(plan.point.clone()));
    let name = plan.target.container.as_ref().map(|name| name.as_str()).unwrap_or_default();
    let account = plan.target.account.as_ref().map(|name| name.as_str()).unwrap_or_default();
    let mut container = Fact::new(page::CONTAINER, vec![Span::strong(name), Span::text(page::IN), Span::text(account)])
        .below(plain(plan.target.url.as_str()));
    if let Some(id) = &plan.target.id {
        container = container.below(plain(&format!("{}, {}", id.group, id.subscription)));
        if id.subscription != plan.point.instance.vault.subscription {
            container = container.below(vec![Span::State(Tone::Warn, page::OTHER_SUBSCRIPTION.into())]);
        }
    }
    let mut region = Fact::new(page::REGION, plain(&page::where_vault_is(&names::region(&plan.region))));
    if let Some(identity) = &plan.identity {
        region = region.below(plain(&page::identity(identity)));
    }
    Block::section(
        "to",
        page::TARGET,
        vec![Block::Lined(vec![
            container.change(page::CHANGE, page::CHANGE_CONTAINER, &form.clone()),
            Fact::new(page::FILE_PREFIX, vec![Span::code(plan.prefix.as_str())])
                .below(plain(page::PREFIX_IS_NEW))
                .change(page::CHANGE, page::CHANGE_PREFIX, &form),
            region,
        ])],
    )
}

/// Azure's no, in full, below what it says no to.
fn said_no(restore: &Restore) -> Option<Block> {
    let (Stage::Rejected(why) | Stage::Refused(why) | Stage::Failed(why)) = &restore.stage else { return None };
    Some(Block::section("no", &faults::title(why), refusal(why)))
}

/// Check, then start.
fn card(model: &Model, restore: &Restore) -> Block {
    let check = Button::new(page::CHECK, Act::Do(Event::CheckPressed)).wide();
    let start = Button::new(page::START, Act::Do(Event::StartPressed)).wide();
    let as_primary = |button: Button| Button { weight: super::Weight::Primary, ..button };
    let framed = model.framed.then(|| page::FRAMED_MORE.to_string());
    let offline = (!model.online).then(|| page::OFFLINE_BUTTON.to_string());
    let wait = |why: &str| Some(why.to_string());
    let mut body = Vec::new();
    if let Some(trouble) = &restore.trouble {
        body.push(fault(trouble, None));
    }
    match &restore.stage {
        Stage::Reviewing => {
            body.push(Block::para(page::CHECK_MORE));
            body.push(Block::Buttons(vec![
                as_primary(check).disabled(offline),
                start.disabled(wait(page::CHECK_FIRST)),
            ]));
        }
        Stage::Checking(checking) => {
            let line = vec![Span::text(page::SINCE), Span::Lasting(checking.since), Span::text(page::ABOUT_40_S)];
            body.push(Block::status(Tone::Busy, page::CHECKING, line));
            body.push(Block::Progress(page::CHECKING.into()));
            if let Some(following) = restore.following() {
                body.extend(asked(following));
            }
            let busy = wait(page::CHECKING_NOW);
            body.push(Block::Buttons(vec![start.disabled(busy)]));
        }
        Stage::Ready => {
            let line = restore.checked.map(|(at, _)| vec![Span::text(page::CHECKED), Span::Ago(at), Span::text(".")]);
            body.push(Block::status(Tone::Ok, page::READY, line.unwrap_or_default()));
            body.push(Block::para(page::READY_MORE));
            body.push(Block::Buttons(vec![as_primary(start).disabled(framed.or(offline)), check]));
        }
        Stage::Unseen => {
            body.push(Block::status(Tone::Warn, page::UNSEEN, plain(page::UNSEEN_MORE)));
            body.push(Block::Buttons(vec![as_primary(start).disabled(framed.or(offline)), check]));
        }
        Stage::Rejected(why) => {
            body.push(Block::status(Tone::Bad, page::REJECTED, plain(&faults::title(why))));
            body.push(Block::small(page::REJECTED_MORE));
            let again = Button { label: page::CHECK_AGAIN.into(), ..as_primary(check) };
            body.push(Block::Buttons(vec![again.disabled(offline), start.disabled(wait(page::CHECK_FIRST))]));
        }
        Stage::Refused(why) => {
            body.push(Block::status(Tone::Bad, page::REFUSED, plain(&faults::title(why))));
            let again = Button { label: page::CHECK_AGAIN.into(), ..as_primary(check) };
            body.push(Block::Buttons(vec![again.disabled(offline)]));
        }
        Stage::Triggering(..) | Stage::Accepted(_) | Stage::Searching { .. } => {
            let place = Place::Restore(restore.plan.point.clone(), restore.plan.prefix.clone());
            body.extend(started(model, place));
        }
        Stage::Running(job) => body.extend(started(model, Place::Job(job.clone()))),
        Stage::Failed(_) => {
            body.push(Block::status(Tone::Bad, page::FAILED_BEFORE_JOB, Vec::new()));
            body.push(Block::Buttons(vec![Button::primary(page::NEW_PREFIX, Act::Do(Event::NewPrefixPressed)).wide()]));
        }
    }
    Block::card("check", page::CHECK_THEN_START, body)
}

/// This very restore was started: it can be watched, or another one prepared.
fn started(model: &Model, place: Place) -> Vec<Block> {
    vec![
        Block::status(Tone::Busy, page::STARTED, plain(page::STARTED_MORE)),
        Block::Buttons(vec![
            Button::primary(page::WATCH, Act::Go(model.address(place))).icon(Icon::Next).wide(),
            Button::new(page::ANOTHER, Act::Do(Event::NewPrefixPressed)).wide(),
        ]),
    ]
}

/// When the operation was asked last, and is asked next.
pub(super) fn asked(following: &crate::flow::restore::Following) -> Vec<Block> {
    let mut blocks = Vec::new();
    if let Some(trouble) = following.trouble() {
        blocks.push(fault(trouble, following.next()));
    }
    let mut line = Vec::new();
    if let Some(at) = following.asked() {
        line.extend([Span::text(page::LAST_ASKED), Span::Ago(at), Span::text(". ")]);
    }
    if let Some(at) = following.next() {
        line.extend([Span::text(page::ASKS_AGAIN), Span::Until(at), Span::text(".")]);
    }
    if !line.is_empty() {
        blocks.push(Block::Small(line));
    }
    blocks
}

/// The request exactly as it is sent.
fn request(model: &Model, restore: &Restore) -> Block {
    let call = calls::restore(model.arm(), &restore.plan.point.instance, &restore.plan.request());
    let body = match call {
        Ok(call) => {
            let (method, url) = (call.request.method.as_str(), call.request.url.as_str());
            let json = call.request.body.as_deref().unwrap_or_default();
            vec![Block::para(page::REQUEST_MORE), Block::code(page::THE_REQUEST, format!("{method} {url}\n\n{json}"))]
        }
        Err(why) => {
            let why = crate::fault::Fault::needs_newer(why, crate::fault::Step::Restore, restore.plan.made);
            vec![Block::para(&faults::title(&why))]
        }
    };
    Block::Fold { id: "request".into(), summary: plain(page::REQUEST), body }
}
