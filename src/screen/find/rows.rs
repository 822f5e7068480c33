//! The servers as rows of a table, by subscription.

use super::{row, state};
use crate::app::{Event, Model};
use crate::flow::find::list::List;
use crate::flow::find::newest::Known;
use crate::flow::find::rows::Row;
use crate::flow::find::walk::Part;
use crate::flow::find::{Scope, Sought};
use crate::flow::source::is_soft_deleted;
use crate::link::{MOST_POINTS, Place, Which, Wish};
use crate::screen::make::Write;
use crate::screen::{self, Block, Text, Tone, plain};
use crate::words::{faults, names, page};

/// The list, as much of it as is drawn; says how many rows that is.
pub(super) fn table(blocks: &mut Vec<Block>, model: &Model, list: &List) -> usize {
    let mut rows = Vec::new();
    let (mut drawn, mut group) = (0, None);
    for item in model.find.drawn() {
        if group != Some(item.group) && !matches!(list.scope, Scope::Vault(_)) {
            group = Some(item.group);
            rows.push(head(list, item));
        }
        drawn += 1;
        server(&mut rows, model, item);
    }
    put(blocks, rows);
    drawn
}

/// The backups of a server that no list has.
pub(super) fn sought(blocks: &mut Vec<Block>, model: &Model, sought: &Sought) {
    let mut rows = Vec::new();
    for item in sought.rows.matching() {
        server(&mut rows, model, item);
    }
    put(blocks, rows);
}

fn put(blocks: &mut Vec<Block>, rows: Vec<screen::Row>) {
    super::table(blocks, page::SERVERS, &page::SERVER_COLUMNS, rows);
}

/// The head of a subscription's servers: how many match, and whether some could not be read.
fn head(list: &List, item: &Row) -> screen::Row {
    let mut text = Text::new();
    let mut key = String::new();
    if let Some(group) = list.rows.groups.get(item.group) {
        key.push_str(group.id.as_str());
        text.say(group.name.as_deref().unwrap_or(group.id.as_str())).say(" ");
        text.quiet(&page::servers(group.matching));
        let of_it = |part: &Part| matches!(part, Part::Instances(vault) if vault.subscription == group.id);
        let unread = list.unread().iter().filter(|(part, _)| of_it(part)).count();
        if unread > 0 {
            text.quiet(" · ").state(Tone::Warn, &page::vaults_unread(unread));
        }
    }
    screen::Row { key, cells: vec![text], head: true, shown: None }
}

fn server(rows: &mut Vec<screen::Row>, model: &Model, item: &Row) {
    let of = &item.of;
    let mut name = Text::new();
    name.link(&of.name, model.address(Place::Points(of.id.clone(), None)));
    if let Some(server) = &of.server {
        name.quiet(server.group.as_str());
    }
    let mut stands = vec![state(&of.state)];
    let more = if is_soft_deleted(&of.state) {
        Some(page::UNDELETE_IT)
    } else if of.restorable == Some(false) {
        Some(page::NOT_ALLOWED)
    } else {
        // The graph leaves out, without a word, what this account may not see.
        (of.exists == Some(false)).then_some(page::SERVER_NOT_SEEN)
    };
    if let Some(more) = more {
        stands.quiet(more);
    }
    let cells =
        vec![name, stands, newest(model, item), plain(of.id.vault.name.as_str()), plain(&names::region(&of.region))];
    row(rows, item.key.clone(), cells);
    if let Some(last) = rows.last_mut()
        && model.find.newest.of(&item.key).is_none()
    {
        last.shown = Some(Event::RowShown(of.id.clone()));
    }
}

/// The newest point goes into the plan by a press, once a plan was begun.
fn gather(text: &mut Text, model: &Model, item: &Row) {
    let begun = model.gathering || !model.gathered.is_empty();
    if model.gathered.iter().any(|wish| wish.instance == item.of.id) {
        text.line().quiet(page::IN_THE_PLAN);
    } else if begun && model.gathered.len() < MOST_POINTS && !is_soft_deleted(&item.of.state) {
        let wish = Wish { instance: item.of.id.clone(), which: Which::Newest };
        text.line().press(page::GATHER_NEWEST, Event::GatherPressed(Some(wish)));
    }
}

fn newest(model: &Model, item: &Row) -> Text {
    let mut text = Text::new();
    let Some(entry) = model.find.newest.of(&item.key) else { return vec![screen::Span::Coming] };
    match &entry.known {
        Some(Known::Made(at)) => text.time(*at),
        Some(Known::None) => text.say(page::NO_POINT),
        Some(Known::Untold(fault)) => text.say(page::NOT_TOLD).quiet(&faults::title(fault)),
        None => text.add(screen::Span::Coming),
    };
    if let Some(Known::Made(_)) = entry.known {
        gather(&mut text, model, item);
    }
    text
}
