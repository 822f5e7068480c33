//! The chosen point: when it was made, what is not in it, and the way on.

use super::super::make::{Press, Put, Tell, Write};
use super::super::share::{Shared, share};
use super::super::{Block, Icon, Span, Text, plain, time};
use super::list::{state, tiers};
use crate::app::{Event, Model};
use crate::azure::id::PointId;
use crate::azure::wire::Point;
use crate::flow::meant::Meant;
use crate::flow::source::Source;
use crate::link::{MOST_POINTS, Place, Which};
use crate::moment::Moment;
use crate::words::page;

/// The card beside the list.
pub(super) fn card(blocks: &mut Vec<Block>, model: &Model, source: &Source, which: Option<&Which>) {
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
            super::super::link::amiss(&mut body, source, which, meant, &Event::PointChosen);
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
pub(super) fn shared(blocks: &mut Vec<Block>, model: &Model, source: &Source, chosen: Option<&Point>) {
    let which = chosen.map(|point| Which::known(point.name.clone(), Some(point.made)));
    let place = Place::Points(source.id.clone(), which);
    let title = if chosen.is_some() { "" } else { page::POINTS_SHARED };
    let (server, vault) = (source.server_name(), source.id.vault.name.as_str());
    share(blocks, model, place, title, &[Shared { server, vault, made: chosen.map(|point| point.made) }]);
}

/// What is not in a point.
pub(in crate::screen) fn gap(made: Moment) -> Text {
    let mut line = plain(page::GAP_BEFORE);
    line.ago(made).say(page::GAP_AFTER).strong(page::NOT_IN_IT);
    line
}

fn facts(point: &Point) -> Block {
    let (tone, word) = state(point);
    let mut facts = Vec::new();
    facts.fact(page::STATE, vec![Span::State(tone, word)]);
    if !point.is_complete() {
        facts.below(plain(page::PARTIAL_MORE));
    }
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
