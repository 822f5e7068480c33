//! The recovery points of an instance: the list, and the chosen one with what is not in it.

use super::parts::{source_troubles, time};
use super::{Act, Block, Button, Fact, Icon, Page, PointRow, Points, Span, Tone, plain};
use crate::app::Model;
use crate::azure::id::{InstanceId, PointId, PointName};
use crate::azure::wire::Point;
use crate::flow::source::Source;
use crate::link::Place;
use crate::moment::Moment;
use crate::words::{names, page};

/// The page.
pub(super) fn points(model: &Model, id: &InstanceId, chosen: Option<&PointName>) -> Page {
    let key = format!("points/{id}");
    let steps = Some(super::frame::steps(model, 2, Some(id), chosen));
    let Some(source) = model.source_of(id) else {
        return Page { key, steps, title: id.name.to_string(), ..Page::default() };
    };
    let mut main = source_troubles(source);
    main.extend(states(model, source));
    let (mut side, mut points) = (Vec::new(), None);
    if !source.points.is_empty() && source.other_kind().is_none() {
        points = Some(Points {
            title: page::ALL_POINTS.into(),
            lead: lead(source),
            chosen: chosen.cloned(),
            points: source.points.clone(),
        });
        side.push(card(model, source, chosen));
    }
    Page { key, steps, title: source.server_name().into(), lead: about(source), main, side, points, ..Page::default() }
}

/// One line on the server: state, vault, region, policy.
fn about(source: &Source) -> super::Text {
    let mut line = Vec::new();
    let mut add = |span: Span| {
        if !line.is_empty() {
            line.push(Span::text("  "));
        }
        line.push(span);
    };
    if let Some(instance) = &source.instance.value {
        add(super::find::state(&instance.protection));
    }
    add(Span::quiet(source.id.vault.name.as_str()));
    if let Some(region) = source.region() {
        add(Span::quiet(&names::region(region)));
    }
    if let Some(policy) = source.policy.as_ref().and_then(|policy| policy.value.as_ref()) {
        add(Span::quiet(&page::policy(&policy.name)));
    }
    line
}

/// How many points, and in which order.
fn lead(source: &Source) -> String {
    let newest = source.points.first().map(|point| point.made);
    let expiry = source.points.iter().any(|point| point.expires.is_some());
    let whole = source.load.is_whole();
    page::points_lead(source.points.len(), whole, expiry, newest.is_some())
}

/// What is special: nothing there yet, another kind of backup, soft-deleted, still being read.
fn states(model: &Model, source: &Source) -> Vec<Block> {
    let mut blocks = Vec::new();
    let note = |tone, icon, title: &str, text: String| Block::note(tone, Some(icon), title, vec![Block::para(&text)]);
    if let Some(kind) = source.other_kind() {
        let vault = model.address(Place::FindInstance(source.id.vault.clone()));
        blocks.push(note(Tone::Bad, Icon::Server, page::OTHER_KIND, page::other_kind(kind)));
        blocks.push(Block::Buttons(vec![Button::new(page::SHOW_SERVERS, Act::Go(vault))]));
        return blocks;
    }
    if source.is_soft_deleted() {
        blocks.push(note(Tone::Bad, Icon::Bad, page::SOFT_DELETED, page::SOFT_DELETED_MORE.into()));
    }
    if source.points.is_empty() && source.load.is_whole() {
        blocks.push(note(Tone::Plain, Icon::Wait, page::NO_POINTS, page::NO_POINTS_MORE.into()));
    }
    if source.load.is_loading() && source.load.trouble().is_none() {
        blocks.push(Block::Progress(page::reading(page::OF_POINTS, source.points.len())));
    }
    if source.load.skipped > 0 {
        let title = page::skipped(source.load.skipped, page::OF_POINTS);
        blocks.push(note(Tone::Warn, Icon::Warn, &title, page::SKIPPED_MORE.into()));
    }
    blocks
}

/// The chosen point: when it was made, what is not in it, and the way on.
fn card(model: &Model, source: &Source, chosen: Option<&PointName>) -> Block {
    let Some(name) = chosen else {
        return Block::card("chosen", page::CHOOSE_POINT, vec![Block::small(page::CHOOSE_POINT_MORE)]);
    };
    let Some(point) = source.point(name) else {
        let (title, text) = if source.load.is_whole() {
            (page::POINT_GONE, page::POINT_GONE_MORE)
        } else {
            (page::CHOSEN_POINT, page::POINT_NOT_YET)
        };
        return Block::card("chosen", title, vec![Block::para(text)]);
    };
    let target = Place::Target(PointId { instance: source.id.clone(), name: name.clone() });
    let mut body = vec![Block::Para(time(point.made)), Block::Para(gap(point.made)), Block::Facts(facts(point))];
    let rehearse = source.is_soft_deleted().then(|| page::UNDELETE_FIRST.to_string());
    body.push(Block::Buttons(vec![
        Button::primary(page::CHOOSE_TARGET, Act::Go(model.address(target))).icon(Icon::Next).wide().disabled(rehearse),
    ]));
    Block::card("chosen", page::CHOSEN_POINT, body)
}

/// What is not in a point.
pub(super) fn gap(made: Moment) -> super::Text {
    vec![Span::text(page::GAP_BEFORE), Span::Ago(made), Span::text(page::GAP_AFTER), Span::strong(page::NOT_IN_IT)]
}

fn facts(point: &Point) -> Vec<Fact> {
    let (tone, word) = state(point);
    let mut facts = vec![
        Fact::new(page::STATE, vec![Span::State(tone, word)]),
        Fact::new(page::TYPE, plain(&page::kind_and_tier(&point.kind, &tiers(point)))),
    ];
    if !point.tag.is_empty() {
        facts.push(Fact::new(page::TAG, plain(point.tag.as_str())));
    }
    if let Some(expires) = point.expires {
        facts.push(Fact::new(page::EXPIRES, time(expires)));
    }
    facts.push(Fact::new(page::POINT_ID, vec![Span::copy("point id", point.name.as_str())]));
    facts
}

/// One row of the list.
pub(super) fn row(point: &Point, latest: bool) -> PointRow {
    PointRow {
        name: point.name.clone(),
        made: point.made,
        latest,
        state: state(point),
        kind: point.kind.clone(),
        tier: tiers(point),
        tag: point.tag.clone(),
        expires: point.expires,
    }
}

fn state(point: &Point) -> (Tone, String) {
    match point.state.as_str() {
        "" => (Tone::Ok, page::AVAILABLE.into()),
        "Completed" => (Tone::Ok, page::COMPLETED.into()),
        "Partial" => (Tone::Warn, page::PARTIAL.into()),
        other => (Tone::Plain, other.into()),
    }
}

fn tiers(point: &Point) -> String {
    point.stores.iter().map(|store| names::tier(store)).collect::<Vec<_>>().join(", ")
}
