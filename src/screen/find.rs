//! Finding an instance: paste what names it, or walk subscription → vault → instance.

use super::parts::list;
use super::{Act, Block, Button, Icon, Input, Page, Row, Span, Tone, plain};
use crate::app::{Event, Field, Model};
use crate::azure::id::{SubscriptionId, VaultId};
use crate::azure::wire::Instance;
use crate::flow::browse::{FLEXIBLE_SERVER, Opened};
use crate::flow::load::Load;
use crate::link::Place;
use crate::words::{names, page};

/// The subscriptions.
pub(super) fn subscriptions(model: &Model) -> Page {
    let mut main = vec![search(model)];
    main.extend(server_search(model));
    let mut rest = Vec::new();
    if let Some(load) = &model.browse.subscriptions {
        let rows = load.items.iter().map(|item| Row {
            key: item.id.to_string(),
            cells: vec![
                vec![go(model, &item.name, Place::FindVault(item.id.clone()))],
                vec![Span::code(item.id.as_str())],
                plain(item.state.as_str()),
            ],
        });
        let mut body = vec![table(page::SUBSCRIPTIONS, &page::SUBSCRIPTION_COLUMNS, rows.collect())];
        if load.items.is_empty() {
            body.clear();
            if load.is_whole() {
                body.push(empty(Icon::Key, page::NO_SUBSCRIPTION, page::NO_SUBSCRIPTION_MORE));
            }
        }
        body.extend(list(load, page::OF_SUBSCRIPTIONS));
        rest.push(Block::section("walk", page::OR_WALK, body));
    }
    Page { key: "find".into(), title: page::FIND_A_SERVER.into(), main, rest, ..frame(model) }
}

/// The vaults of a subscription.
pub(super) fn vaults(model: &Model, id: &SubscriptionId) -> Page {
    let name = name_of(model, id);
    let mut main = Vec::new();
    if let Some((_, load)) = model.browse.vaults.as_ref().filter(|(known, _)| known == id) {
        let rows: Vec<Row> = load
            .items
            .iter()
            .map(|item| Row {
                key: item.id.path(),
                cells: vec![
                    vec![go(model, item.id.name.as_str(), Place::FindInstance(item.id.clone()))],
                    plain(item.id.group.as_str()),
                    plain(&names::region(&item.region)),
                ],
            })
            .collect();
        if !rows.is_empty() {
            main.push(table(page::VAULTS, &page::VAULT_COLUMNS, rows));
        } else if load.is_whole() {
            main.push(empty(Icon::Vault, page::NO_VAULT, page::NO_VAULT_MORE));
        }
        main.extend(list(load, page::OF_VAULTS));
    }
    let back = vec![Button::quiet(page::ALL_SUBSCRIPTIONS, Act::Go(model.address(Place::Find)))];
    let key = format!("find/{id}");
    let (title, rest) = (page::vaults_of(&name), vec![Block::Buttons(back)]);
    Page { key, title, main, rest, ..frame(model) }
}

/// The instances of a vault.
pub(super) fn instances(model: &Model, id: &VaultId) -> Page {
    let mut main = Vec::new();
    if let Some((_, load)) = model.browse.instances.as_ref().filter(|(known, _)| known == id) {
        main.extend(instance_table(model, load));
        let others = load.items.iter().filter(|item| !is_flexible(item)).count();
        if others > 0 {
            main.push(Block::small(&page::others(others)));
        }
        main.extend(list(load, page::OF_INSTANCES));
    }
    let up = model.address(Place::FindVault(id.subscription.clone()));
    let back = vec![Button::quiet(page::ALL_VAULTS, Act::Go(up))];
    let key = format!("find/{id}");
    let (title, rest) = (page::servers_in(id.name.as_str()), vec![Block::Buttons(back)]);
    Page { key, title, lead: plain(id.group.as_str()), main, rest, ..frame(model) }
}

fn frame(model: &Model) -> Page {
    Page { steps: Some(super::frame::steps(model, 1, None, None)), ..Page::default() }
}

fn is_flexible(item: &Instance) -> bool {
    item.kind.eq_ignore_ascii_case(FLEXIBLE_SERVER)
}

fn instance_table(model: &Model, load: &Load<Instance>) -> Option<Block> {
    let rows: Vec<Row> = load
        .items
        .iter()
        .filter(|item| is_flexible(item))
        .map(|item| Row {
            key: item.id.path(),
            cells: vec![
                vec![go(model, &item.server_name, Place::Points(item.id.clone(), None))],
                vec![state(&item.protection)],
                plain(item.server.as_ref().map_or("", |server| server.group.as_str())),
                plain(&names::region(&item.region)),
            ],
        })
        .collect();
    if rows.is_empty() {
        let none = || empty(Icon::Server, page::NO_SERVER, page::NO_SERVER_MORE);
        return load.is_whole().then(none);
    }
    Some(table(page::SERVERS, &page::SERVER_COLUMNS, rows))
}

/// The search field: a resource id or a portal address leads straight there.
fn search(model: &Model) -> Block {
    let error = model.search.1.as_ref().map(|opened| {
        plain(&match opened {
            Opened::OtherKind(kind) => page::other_kind(kind),
            _ => page::NOT_AN_ID.to_string(),
        })
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
    let open = Button { act: Act::Submit, ..Button::primary(page::OPEN, Act::Submit) };
    Block::Form(vec![Block::Input(input), Block::Buttons(vec![open.icon(Icon::Next)])], Event::OpenPressed)
}

/// A server's id was pasted: its instances, if there is not exactly one.
fn server_search(model: &Model) -> Vec<Block> {
    let Some((server, load)) = &model.browse.of_server else { return Vec::new() };
    let mut body = Vec::new();
    if load.items.is_empty() && load.is_whole() {
        body.push(empty(Icon::Server, page::SERVER_NOT_PROTECTED, page::SERVER_NOT_PROTECTED_MORE));
    } else if !load.items.is_empty() {
        body.extend(instance_table(model, load));
    }
    body.extend(list(load, page::OF_INSTANCES));
    vec![Block::section("server", &page::backups_of(server.name.as_str()), body)]
}

fn name_of(model: &Model, id: &SubscriptionId) -> String {
    let known = model.browse.subscriptions.iter().flat_map(|load| &load.items).find(|item| item.id == *id);
    known.map_or_else(|| id.to_string(), |item| item.name.clone())
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

fn go(model: &Model, text: &str, place: Place) -> Span {
    Span::link(text, model.address(place))
}

fn table(label: &str, columns: &[&str], rows: Vec<Row>) -> Block {
    Block::Table { label: label.into(), columns: columns.iter().map(|c| (*c).to_string()).collect(), rows }
}

fn empty(icon: Icon, title: &str, text: &str) -> Block {
    Block::note(Tone::Plain, Some(icon), title, vec![Block::para(text)])
}
