//! What keeps the list of servers from being whole, beside what did come: which subscription, which vault, why, and what
//! to do.

use crate::app::{Event, Model};
use crate::azure::id::SubscriptionId;
use crate::fault::{Code, Fault};
use crate::flow::find::Scope;
use crate::flow::find::list::List;
use crate::flow::find::walk::Part;
use crate::screen::make::{Press, Put, Write};
use crate::screen::parts::{self, azure_said};
use crate::screen::{Block, Icon, Text, Tone};
use crate::words::{faults, page};

/// So many are told one by one; of the others how many they are.
const MOST: usize = 5;

/// Everything that the list has to say for itself.
pub(super) fn notes(blocks: &mut Vec<Block>, model: &Model, list: &List) {
    if let Some((fault, next)) = list.trouble() {
        parts::fault(blocks, fault, next);
    }
    if let Some(fault) = list.refusal() {
        let mut body = Vec::new();
        body.says(page::GRAPH_REFUSED_MORE);
        azure_said(&mut body, fault);
        blocks.note(Tone::Plain, None, page::GRAPH_REFUSED, body);
    }
    if matches!(list.scope, Scope::Vault(_)) {
        list.unread().iter().for_each(|(_, fault)| parts::fault(blocks, fault, None));
    } else {
        unread(blocks, model, list);
    }
    progress(blocks, list);
    let of_graph = list.graph.as_ref().map_or(0, |graph| graph.skipped);
    let skipped = of_graph + list.walk.as_ref().map_or(0, |walk| walk.skipped);
    if skipped > 0 {
        let title = page::skipped(skipped, page::OF_INSTANCES);
        blocks.notice(Tone::Warn, None, &title, page::SKIPPED_MORE);
    }
}

/// More is on its way.
fn progress(blocks: &mut Vec<Block>, list: &List) {
    if !list.is_reading() || list.trouble().is_some() {
        return;
    }
    let count = list.rows.len();
    let title = match (&list.walk, &list.graph) {
        (Some(walk), _) if !matches!(list.scope, Scope::Vault(_)) => page::vaults_read(walk.done, walk.vaults),
        (None, Some(graph)) if graph.pages > 0 => page::servers_so_far(count),
        // What is there stays on screen: a mark beside its number says that it is read anew.
        _ if count > 0 => return,
        _ => {
            blocks.coming(&page::reading(page::OF_SERVERS, count));
            return;
        }
    };
    let mut body = Vec::new();
    if count > 0 {
        body.says(page::READING_VAULTS);
    }
    body.progress(&title);
    blocks.note(Tone::Plain, None, &title, body);
}

/// What could not be read, by subscription.
fn unread(blocks: &mut Vec<Block>, model: &Model, list: &List) {
    let mut told: Vec<&SubscriptionId> = Vec::new();
    for (part, fault) in list.unread() {
        let subscription = match part {
            Part::Subscriptions => {
                parts::fault(blocks, fault, None);
                continue;
            }
            Part::Vaults(id) => id,
            Part::Instances(vault) => &vault.subscription,
        };
        if told.contains(&subscription) || told.len() >= MOST {
            continue;
        }
        told.push(subscription);
        let mut body = Vec::new();
        let of_it = |part: &Part| match part {
            Part::Subscriptions => false,
            Part::Vaults(id) => id == subscription,
            Part::Instances(vault) => vault.subscription == *subscription,
        };
        let all: Vec<_> = list.unread().iter().filter(|(part, _)| of_it(part)).collect();
        for (part, fault) in all.iter().take(MOST) {
            body.para(sentence(part, fault));
        }
        if all.len() > MOST {
            body.says(&page::more_unread(all.len() - MOST));
        }
        let mut buttons = Vec::new();
        buttons.tell(page::TRY_AGAIN, Event::AskPressed).icon(Icon::Again);
        body.buttons(buttons);
        azure_said(&mut body, fault);
        blocks.note(Tone::Warn, None, &page::not_complete(model.find.name_of(subscription)), body);
    }
}

fn sentence(part: &Part, fault: &Fault) -> Text {
    let mut line = Text::new();
    match (part, fault.code) {
        (Part::Instances(vault), Code::Forbidden) => {
            let (before, after) = page::NOT_READ;
            line.say(before).strong(vault.name.as_str()).say(after).strong(page::BACKUP_READER).say(page::ON_IT);
        }
        (_, Code::Forbidden) => {
            line.say(page::NOT_LISTED).strong(page::BACKUP_READER).say(page::ON_IT);
        }
        (part, _) => {
            if let Part::Instances(vault) = part {
                line.say(page::THE_VAULT).strong(vault.name.as_str()).say(page::COULD_NOT_BE_READ);
            } else {
                line.say(page::ITS_VAULTS);
            }
            line.say(&faults::title(fault)).say(". ").say(faults::advice(fault));
        }
    }
    line
}
