//! Finding an instance: paste what names it, or walk subscription → vault → instance.

use super::make::{Press, Put, Write};
use super::parts::list;
use super::{Act, Block, Icon, Input, Page, Row, Span, Text, Tone, plain};
use crate::app::{Event, Field, Model};
use crate::azure::id::{SubscriptionId, VaultId};
use crate::azure::wire::Instance;
use crate::flow::browse::{FLEXIBLE_SERVER, Opened};
use crate::flow::load::Load;
use crate::link::Place;
use crate::words::{names, page};

/// The subscriptions.
pub(super) fn subscriptions(model: &Model) -> Page {
    let mut page = frame(model, "find".into(), page::FIND_A_SERVER);
    search(&mut page.main, model);
    server_search(&mut page.main, model);
    if let Some(load) = &model.browse.subscriptions {
        let mut rows = Vec::new();
        for item in &load.items {
            let mut id = Text::new();
            id.code(item.id.as_str());
            let name = go(model, &item.name, Place::FindVault(item.id.clone()));
            row(&mut rows, item.id.to_string(), vec![name, id, plain(&item.state)]);
        }
        let mut body = Vec::new();
        table(&mut body, page::SUBSCRIPTIONS, &page::SUBSCRIPTION_COLUMNS, rows);
        if load.items.is_empty() && load.is_whole() {
            body.notice(Tone::Plain, Some(Icon::Key), page::NO_SUBSCRIPTION, page::NO_SUBSCRIPTION_MORE);
        }
        list(&mut body, load, page::OF_SUBSCRIPTIONS);
        page.rest.section("walk", page::OR_WALK, body);
    }
    page
}

/// The vaults of a subscription.
pub(super) fn vaults(model: &Model, id: &SubscriptionId) -> Page {
    let known = model.browse.subscriptions.iter().flat_map(|load| &load.items).find(|item| item.id == *id);
    let name = known.map_or(id.as_str(), |item| &item.name);
    let mut page = frame(model, format!("find/{id}"), &page::vaults_of(name));
    if let Some((_, load)) = model.browse.vaults.as_ref().filter(|(known, _)| known == id) {
        let mut rows = Vec::new();
        for item in &load.items {
            let name = go(model, item.id.name.as_str(), Place::FindInstance(item.id.clone()));
            let cells = vec![name, plain(item.id.group.as_str()), plain(&names::region(&item.region))];
            row(&mut rows, item.id.path(), cells);
        }
        table(&mut page.main, page::VAULTS, &page::VAULT_COLUMNS, rows);
        if load.items.is_empty() && load.is_whole() {
            page.main.notice(Tone::Plain, Some(Icon::Vault), page::NO_VAULT, page::NO_VAULT_MORE);
        }
        list(&mut page.main, load, page::OF_VAULTS);
    }
    back(&mut page.rest, page::ALL_SUBSCRIPTIONS, model.address(Place::Find));
    page
}

/// The instances of a vault.
pub(super) fn instances(model: &Model, id: &VaultId) -> Page {
    let mut page = frame(model, format!("find/{id}"), &page::servers_in(id.name.as_str()));
    page.lead = plain(id.group.as_str());
    if let Some((_, load)) = model.browse.instances.as_ref().filter(|(known, _)| known == id) {
        instance_table(&mut page.main, model, load);
        let others = load.items.iter().filter(|item| !is_flexible(item)).count();
        if others > 0 {
            page.main.hints(&page::others(others));
        }
        list(&mut page.main, load, page::OF_INSTANCES);
    }
    back(&mut page.rest, page::ALL_VAULTS, model.address(Place::FindVault(id.subscription.clone())));
    page
}

fn frame(model: &Model, key: String, title: &str) -> Page {
    Page::new(key, super::frame::steps(model, 1, None, None), title)
}

fn back(blocks: &mut Vec<Block>, label: &str, address: String) {
    let mut buttons = Vec::new();
    buttons.go(label, address).quiet();
    blocks.put(Block::Buttons(buttons));
}

fn is_flexible(item: &Instance) -> bool {
    item.kind.eq_ignore_ascii_case(FLEXIBLE_SERVER)
}

fn instance_table(blocks: &mut Vec<Block>, model: &Model, load: &Load<Instance>) {
    let mut rows = Vec::new();
    for item in load.items.iter().filter(|item| is_flexible(item)) {
        let cells = vec![
            go(model, &item.server_name, Place::Points(item.id.clone(), None)),
            vec![state(&item.protection)],
            plain(item.server.as_ref().map_or("", |server| server.group.as_str())),
            plain(&names::region(&item.region)),
        ];
        row(&mut rows, item.id.path(), cells);
    }
    if rows.is_empty() && load.is_whole() {
        blocks.notice(Tone::Plain, Some(Icon::Server), page::NO_SERVER, page::NO_SERVER_MORE);
    }
    table(blocks, page::SERVERS, &page::SERVER_COLUMNS, rows);
}

/// The search field: a resource id or a portal address leads straight there.
fn search(blocks: &mut Vec<Block>, model: &Model) {
    let error = model.search.1.as_ref().map(|opened| match opened {
        Opened::OtherKind(kind) => plain(&page::other_kind(kind)),
        _ => plain(page::NOT_AN_ID),
    });
    let input = Input {
        field: Field::Search,
        label: page::PASTE.into(),
        hint: plain(page::PASTE_MORE),
        error,
        value: model.search.0.clone(),
        ending: None,
        code: true,
        options: Vec::new(),
    };
    let mut buttons = Vec::new();
    buttons.act(page::OPEN, Act::Submit).primary().icon(Icon::Next);
    blocks.put(Block::Form(vec![Block::Input(input), Block::Buttons(buttons)], Event::OpenPressed));
}

/// A server's id was pasted: its instances, if there is not exactly one.
fn server_search(blocks: &mut Vec<Block>, model: &Model) {
    let Some((server, load)) = &model.browse.of_server else { return };
    let mut body = Vec::new();
    if !load.items.is_empty() {
        instance_table(&mut body, model, load);
    } else if load.is_whole() {
        let (title, more) = (page::SERVER_NOT_PROTECTED, page::SERVER_NOT_PROTECTED_MORE);
        body.notice(Tone::Plain, Some(Icon::Server), title, more);
    }
    list(&mut body, load, page::OF_INSTANCES);
    blocks.section("server", &page::backups_of(server.name.as_str()), body);
}

/// The state of an instance, by icon and word.
pub(super) fn state(protection: &str) -> Span {
    let tone = match protection {
        "ProtectionConfigured" => Tone::Ok,
        "ProtectionError" | "ConfiguringProtectionFailed" | "SoftDeleted" | "SoftDeleting" => Tone::Bad,
        "ConfiguringProtection" | "UpdatingProtection" => Tone::Busy,
        "ProtectionStopped" | "BackupSchedulesSuspended" | "RetentionSchedulesSuspended" => Tone::Warn,
        _ => Tone::Plain,
    };
    Span::State(tone, names::protection(protection))
}

fn go(model: &Model, text: &str, place: Place) -> Text {
    let mut link = Text::new();
    link.link(text, model.address(place));
    link
}

pub(super) fn row(rows: &mut Vec<Row>, key: String, cells: Vec<Text>) {
    rows.push(Row { key, cells });
}

/// A table, where it has rows.
pub(super) fn table(blocks: &mut Vec<Block>, label: &str, columns: &[&str], rows: Vec<Row>) {
    if !rows.is_empty() {
        let columns = columns.iter().map(|column| (*column).to_string()).collect();
        blocks.put(Block::Table { label: label.to_string(), columns, rows });
    }
}
