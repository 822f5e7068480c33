//! The recovery points of an instance: by time, as a list, and the chosen one with what is not in it.

mod card;
mod list;
mod timeline;
mod told;

pub(super) use card::gap;
pub use list::{PointRow, Points};
pub use timeline::{Mark, Plot, Sign, Stretch, Timeline};

use super::make::{Press, Put, Write};
use super::parts::source_troubles;
use super::{Block, Icon, Page, Text, Tone, plain};
use crate::app::Model;
use crate::azure::id::{InstanceId, PointName};
use crate::commands;
use crate::flow::source::Source;
use crate::link::{Place, Which};
use crate::words::{names, page};

/// The page.
pub(super) fn points(model: &Model, id: &InstanceId, which: Option<&Which>) -> Page {
    let source = model.source_of(id);
    let meant = which.zip(source).and_then(|(which, source)| source.meant(which).point());
    let chosen = which.and_then(|which| which.name().or(meant.map(|point| &point.name)));
    let steps = super::frame::steps(model, 2, Some(id), chosen);
    let mut page = Page::new(format!("points/{id}"), steps, id.likely_server());
    let Some(source) = source else { return page };
    page.title = source.server_name().to_string();
    page.lead = about(source);
    source_troubles(&mut page.main, source);
    states(&mut page.main, model, source);
    let itself = super::before::before(&mut page.main, model, source, chosen);
    // A point may be asked for that no list has: what is wrong with it is told all the same.
    let named = source.load.is_whole() && which.and_then(Which::name).is_some();
    let shown = source.other_kind().is_none();
    // Room is kept for what is on its way.
    let listed = !source.points.is_empty() || source.load.is_loading();
    if shown && listed {
        page.points = Some(list::list(source, chosen, model.wished()));
    }
    if shown && (listed || named) {
        card::card(&mut page.side, model, source, which);
        card::shared(&mut page.side, model, source, chosen.and_then(|name| source.point(name)));
    }
    if !itself {
        in_time(&mut page.side, source, chosen);
    }
    page
}

/// One line on the server: state, vault, region, policy.
fn about(source: &Source) -> Text {
    let mut line = Text::new();
    match &source.instance.value {
        Some(instance) => line.add(super::find::state(&instance.protection)).say("  "),
        // Its place is kept.
        None if source.instance.is_loading() => line.state(Tone::Busy, page::READING_IT).say("  "),
        None => &mut line,
    };
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
    if load.skipped > 0 {
        blocks.notice(Tone::Warn, None, &page::skipped(load.skipped, page::OF_POINTS), page::SKIPPED_MORE);
    }
}

/// The server can go back by itself to moments that are not in the chosen point: for them that is the better way.
fn in_time(blocks: &mut Vec<Block>, source: &Source, chosen: Option<&PointName>) {
    let Some((server, earliest)) = source.own_backups() else { return };
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
