//! The demo's incident: what has happened, and at the end whether the files help.

use super::make::{Press, Put, Write};
use super::{Block, Icon, Text, Tone, plain};
use crate::app::Model;
use crate::azure::wire::Job;
use crate::link::Place;
use crate::words::{page, time as spans};

/// What has happened, and what is known of it.
pub(super) fn told(blocks: &mut Vec<Block>, model: &Model) {
    let Some(at) = model.incident else { return };
    let mut what = plain(page::INCIDENT_WHAT);
    what.strong(page::INCIDENT_TABLE).say(page::INCIDENT_OF).strong(page::INCIDENT_SERVER).say(page::INCIDENT_GONE);
    let mut buttons = Vec::new();
    buttons.go(page::INCIDENT_FIND, model.address(Place::Find)).primary().icon(Icon::Next);
    let mut body = Vec::new();
    body.para(what).source(page::INCIDENT_LINE, &page::incident_line(&spans::utc(at))).says(page::INCIDENT_AIM);
    body.buttons(buttons);
    blocks.card("incident", page::INCIDENT, body);
}

/// The way back to it, on every page.
pub(super) fn link(line: &mut Text, model: &Model) {
    if model.incident.is_some() {
        line.link(page::INCIDENT, model.address(Place::Start));
    }
}

/// Whether the files of a restore have what was lost.
pub(super) fn judged(blocks: &mut Vec<Block>, model: &Model, job: &Job) {
    let (Some(at), Some(made)) = (model.incident, job.point_made) else { return };
    if job.server_name != page::INCIDENT_SERVER {
        return;
    }
    if made < at {
        blocks.notice(Tone::Ok, None, page::IN_THESE, page::IN_THESE_MORE);
    } else {
        blocks.notice(Tone::Warn, None, page::NOT_IN_THESE, page::NOT_IN_THESE_MORE);
    }
}
