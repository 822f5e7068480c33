//! The recovery points of an instance: the list, and the chosen one with what is not in it.

use super::make::{Press, Put, Tell, Write};
use super::parts::source_troubles;
use super::share::{Shared, share};
use super::{Block, Icon, Page, PointRow, Points, Span, Text, Tone, plain, time};
use crate::app::{Event, Model};
use crate::azure::id::{InstanceId, PointId, PointName};
use crate::azure::wire::Point;
use crate::commands;
use crate::flow::meant::Meant;
use crate::flow::source::Source;
use crate::link::{MOST_POINTS, Place, Which};
use crate::moment::Moment;
use crate::words::{names, page};

/// The page.
pub(super) fn points(model: &Model, id: &InstanceId, which: Option<&Which>) -> Page {
    let source = model.source_of(id);
    let meant = which.zip(source).and_then(|(which, source)| source.meant(which).point());
    let chosen = which.and_then(|which| which.name().or(meant.map(|point| &point.name)));
    let steps = super::frame::steps(model, 2, Some(id), chosen);
    let mut page = Page::new(format!("points/{id}"), steps, id.name.as_str());
    let Some(source) = source else { return page };
    page.title = source.server_name().to_string();
    page.lead = about(source);
    source_troubles(&mut page.main, source);
    states(&mut page.main, model, source);
    let itself = super::before::before(&mut page.main, model, source, chosen);
    // A point may be asked for that no list has: what is wrong with it is told all the same.
    let named = source.load.is_whole() && which.and_then(Which::name).is_some();
    let shown = source.other_kind().is_none();
    if shown && !source.points.is_empty() {
        let expiry = source.points.iter().any(|point| point.expires.is_some());
        page.points = Some(Points {
            title: page::ALL_POINTS.into(),
            lead: page::points_lead(source.points.len(), source.load.is_whole(), expiry),
            chosen: chosen.cloned(),
            points: source.points.clone(),
        });
    }
    if shown && (!source.points.is_empty() || named) {
        card(&mut page.side, model, source, which);
        shared(&mut page.side, model, source, chosen.and_then(|name| source.point(name)));
    }
    if !itself {
        in_time(&mut page.side, source, chosen);
    }
    page
}

/// One line on the server: state, vault, region, policy.
fn about(source: &Source) -> Text {
    let mut line = Text::new();
    if let Some(instance) = &source.instance.value {
        line.add(super::find::state(&instance.protection)).say("  ");
    }
    line.quiet(source.id.vault.name.as_str());
    if let Some(region) = source.region() {
        line.say("  ").quiet(&names::region(region));
    }
    if source.server_is_gone() {
        line.say("  ").quiet(page::SERVER_GONE);
    }
    if let Some(policy) = source.policy.as_ref().and_then(|policy| policy.value.as_ref()) {
        line.say("  ").quiet(&page::policy(&policy.name));
    }
    line
}

/// What is special: nothing there yet, another kind of backup, soft-deleted, still being read.
fn states(blocks: &mut Vec<Block>, model: &Model, source: &Source) {
    let load = &source.load;
    if let Some(kind) = source.other_kind() {
        let mut buttons = Vec::new();
        buttons.go(page::SHOW_SERVERS, model.address(Place::FindInstance(source.id.vault.clone())));
        blocks.notice(Tone::Bad, Some(Icon::Server), page::OTHER_KIND, &page::other_kind(kind));
        blocks.buttons(buttons);
        return;
    }
    if source.is_soft_deleted() {
        blocks.notice(Tone::Bad, None, page::SOFT_DELETED, page::SOFT_DELETED_MORE);
    }
    if source.points.is_empty() && load.is_whole() {
        blocks.notice(Tone::Plain, Some(Icon::Wait), page::NO_POINTS, page::NO_POINTS_MORE);
    }
    if load.is_loading() && load.trouble().is_none() {
        blocks.progress(&page::reading(page::OF_POINTS, source.points.len()));
    }
    if load.skipped > 0 {
        blocks.notice(Tone::Warn, None, &page::skipped(load.skipped, page::OF_POINTS), page::SKIPPED_MORE);
    }
}

/// The chosen point: when it was made, what is not in it, and the way on.
fn card(blocks: &mut Vec<Block>, model: &Model, source: &Source, which: Option<&Which>) {
    let mut body = Vec::new();
    let mut title = page::CHOSEN_POINT;
    match which.map(|which| (which, source.meant(which))) {
        None => {
            title = page::CHOOSE_POINT;
            body.hints(page::CHOOSE_POINT_MORE);
        }
        Some((_, Meant::Reading)) => {
            body.says(if source.load.is_whole() { page::POINT_BY_ID } else { page::POINT_NOT_YET });
        }
        Some((which, meant)) => {
            super::link::amiss(&mut body, source, which, meant, &Event::PointChosen);
            if let Some(point) = meant.point() {
                chosen(&mut body, model, source, point);
            }
        }
    }
    blocks.card("chosen", title, body);
}

fn chosen(body: &mut Vec<Block>, model: &Model, source: &Source, point: &Point) {
    let id = PointId { instance: source.id.clone(), name: point.name.clone() };
    let undelete = source.is_soft_deleted().then_some(page::UNDELETE_FIRST);
    let mut buttons = Vec::new();
    buttons.go(page::CHOOSE_TARGET, model.address(Place::Target(id.clone()))).primary().icon(Icon::Next).wide();
    buttons.unless(undelete);
    if model.is_gathered(&id) {
        buttons.go(page::OPEN_PLAN, model.address(Place::Plan(model.gathered.clone()))).wide();
    } else {
        let full = (model.gathered.len() >= MOST_POINTS).then_some(page::PLAN_IS_FULL);
        let wish = model.named(&source.id, point.name.clone());
        buttons.tell(page::GATHER, Event::GatherPressed(Some(wish))).wide().unless(undelete.or(full));
    }
    body.para(time(point.made)).para(gap(point.made));
    body.put(facts(point)).buttons(buttons);
}

/// The chosen point, or the list.
fn shared(blocks: &mut Vec<Block>, model: &Model, source: &Source, chosen: Option<&Point>) {
    let which = chosen.map(|point| Which::known(point.name.clone(), Some(point.made)));
    let place = Place::Points(source.id.clone(), which);
    let title = if chosen.is_some() { "" } else { page::POINTS_SHARED };
    let (server, vault) = (source.server_name(), source.id.vault.name.as_str());
    share(blocks, model, place, title, &[Shared { server, vault, made: chosen.map(|point| point.made) }]);
}

/// The server can go back by itself to moments that are not in the chosen point: for them that is the better way.
fn in_time(blocks: &mut Vec<Block>, source: &Source, chosen: Option<&PointName>) {
    let server = source.instance.value.as_ref().and_then(|instance| instance.server.as_ref());
    let read = source.server.as_ref().and_then(|server| server.value.as_ref());
    let (Some(server), Some(earliest)) = (server, read.and_then(|read| read.earliest)) else { return };
    let (title, at) = match chosen.and_then(|name| source.point(name)) {
        Some(point) => match source.in_time(point) {
            Some(at) => (page::IN_TIME, at),
            None => return,
        },
        // Where there is no point to choose, this may be all there is.
        None if source.load.is_whole() && (source.points.is_empty() || chosen.is_some()) => {
            (page::IN_TIME_ITSELF, earliest)
        }
        None => return,
    };
    let mut body = Vec::new();
    let mut line = plain(page::IN_TIME_SINCE);
    line.time(earliest).say(page::IN_TIME_HOW);
    body.para(line).source(page::AS_COMMAND, &commands::point_in_time(server, at)).hints(page::IN_TIME_MOMENT);
    blocks.note(Tone::Plain, Some(Icon::Info), title, body);
}

/// What is not in a point.
pub(super) fn gap(made: Moment) -> Text {
    let mut line = plain(page::GAP_BEFORE);
    line.ago(made).say(page::GAP_AFTER).strong(page::NOT_IN_IT);
    line
}

fn facts(point: &Point) -> Block {
    let (tone, word) = state(point);
    let mut facts = Vec::new();
    facts.fact(page::STATE, vec![Span::State(tone, word)]);
    facts.named(page::TYPE, &page::kind_and_tier(&point.kind, &tiers(point)));
    if !point.tag.is_empty() {
        facts.named(page::TAG, &point.tag);
    }
    if let Some(expires) = point.expires {
        facts.fact(page::EXPIRES, time(expires));
    }
    facts.id(page::POINT_ID, "point id", point.name.as_str());
    Block::Facts(facts)
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
    let (tone, word) = match point.state.as_str() {
        "" => (Tone::Ok, page::AVAILABLE),
        "Completed" => (Tone::Ok, page::COMPLETED),
        "Partial" => (Tone::Warn, page::PARTIAL),
        other => (Tone::Plain, other),
    };
    (tone, word.to_string())
}

fn tiers(point: &Point) -> String {
    let mut tiers = String::new();
    for store in &point.stores {
        if !tiers.is_empty() {
            tiers.push_str(", ");
        }
        tiers.push_str(names::tier(store));
    }
    tiers
}
