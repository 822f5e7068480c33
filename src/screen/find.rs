//! Finding a server: the search, what keeps the list from being whole, the servers by subscription.

mod notes;
mod rows;

use super::make::{Press, Put, Write, input};
use super::{Act, Block, Icon, Page, Row, Span, Text, Tone, plain};
use crate::app::{Event, Field, Model};
use crate::flow::find::list::List;
use crate::flow::find::open::Opened;
use crate::flow::find::{ROWS, Scope};
use crate::link::Place;
use crate::words::{names, page};

/// The page: of all servers, or of those in one subscription or one vault.
pub(super) fn servers(model: &Model) -> Page {
    let (key, title) = match model.place() {
        Place::FindVault(id) => (format!("find/{id}"), page::servers_in(model.find.name_of(&id))),
        Place::FindInstance(id) => (format!("find/{id}"), page::servers_in(id.name.as_str())),
        _ => ("find".to_string(), page::FIND_A_SERVER.to_string()),
    };
    let mut page = Page::new(key, super::frame::steps(model, 1, None, None), &title);
    if let Place::FindInstance(id) = model.place() {
        page.lead = plain(id.group.as_str());
    }
    search(&mut page.main, model);
    gathering(&mut page.main, model);
    if let Some(list) = model.find.list() {
        notes::notes(&mut page.main, model, list);
        count(&mut page.main, model, list);
        let drawn = rows::table(&mut page.main, model, list);
        if drawn == 0 {
            nothing(&mut page.main, model, list);
        }
        below(&mut page.rest, model, list, drawn);
    }
    page
}

/// The search field. What names something can be opened: Return does it too, and opens the only server that is left.
fn search(blocks: &mut Vec<Block>, model: &Model) {
    let (text, names_nothing) = &model.search;
    let error = match &model.find.wanted().opened {
        Opened::OtherKind(kind) => Some(plain(&page::other_kind(kind))),
        _ => names_nothing.then(|| plain(page::NOT_AN_ID)),
    };
    let mut field = input(Field::Search, page::LOOK_FOR, plain(page::LOOK_FOR_MORE), error, text);
    field.code = false;
    let mut form = vec![Block::Input(field)];
    if text.contains('/') {
        let mut buttons = Vec::new();
        buttons.act(page::OPEN, Act::Submit).primary().icon(Icon::Next);
        form.buttons(buttons);
    }
    blocks.put(Block::Form(form, Event::OpenPressed));
}

/// Several servers can be restored together.
fn gathering(blocks: &mut Vec<Block>, model: &Model) {
    let mut line = Text::new();
    if !model.gathered.is_empty() {
        let plan = Place::Plan(model.gathered.clone());
        line.say(&page::in_the_plan(model.gathered.len())).link(page::OPEN_PLAN, model.address(plan));
    } else if model.gathering {
        line.say(page::GATHER_HOW);
    } else {
        line.say(page::SEVERAL).press(page::BEGIN_PLAN, Event::GatherPressed(None));
    }
    blocks.small(line);
}

/// How many there are, and since when that is known.
fn count(blocks: &mut Vec<Block>, model: &Model, list: &List) {
    let (all, rows) = (list.rows.len(), &list.rows);
    let reading = list.is_reading();
    let (mut says, mut since, mut buttons) = (Text::new(), Text::new(), Vec::new());
    if !model.find.wanted().is_nothing() {
        says.strong(&page::of_servers(rows.matches(), all));
    } else if reading && list.read.is_none() {
        says.strong(&page::servers_so_far(all));
    } else {
        says.strong(&page::servers(all));
        if list.scope == Scope::All {
            let with_servers = rows.groups.iter().filter(|group| group.matching > 0).count();
            says.say(&page::in_subscriptions(with_servers));
        }
    }
    if let Some(read) = list.read {
        since.say(page::READ).ago(read);
    }
    if reading {
        since.say(" ").state(Tone::Busy, page::READING_IT);
    } else {
        buttons.tell(page::READ_AGAIN, Event::ReadAgainPressed).quiet().icon(Icon::Again);
    }
    // Where nothing could be read nobody knows how many there are.
    if all > 0 || (list.read.is_some() && list.unread().is_empty()) {
        blocks.put(Block::Count(says, since, buttons));
    }
}

/// Why there is no row.
fn nothing(blocks: &mut Vec<Block>, model: &Model, list: &List) {
    let looks = !model.find.wanted().is_nothing();
    if looks && (!list.rows.is_empty() || model.find.sought.is_some()) {
        no_match(blocks, model, list);
        return;
    }
    // As long as something is on its way, or could not be read, nobody knows.
    if list.is_reading() || list.trouble().is_some() || !list.unread().is_empty() {
        return;
    }
    let subscriptions = list.walk.as_ref().and_then(|walk| walk.subscriptions);
    let mut body = Vec::new();
    match (&list.scope, subscriptions) {
        (Scope::Vault(_), _) => {
            blocks.notice(Tone::Plain, Some(Icon::Server), page::NO_SERVER_HERE, page::NO_SERVER_MORE);
        }
        (Scope::All, Some(0)) => {
            blocks.notice(Tone::Plain, Some(Icon::Key), page::NO_SUBSCRIPTION, page::NO_SUBSCRIPTION_MORE);
        }
        (scope, count) => {
            let count = count.filter(|_| *scope == Scope::All).unwrap_or(1);
            let mut buttons = Vec::new();
            buttons.act(page::HOW_TO_PROTECT, Act::Out(page::HOW_TO_PROTECT_AT.into()));
            body.says(&page::none_in(count)).buttons(buttons);
            blocks.note(Tone::Plain, Some(Icon::Server), page::NO_SERVER, body);
        }
    }
}

/// Nothing matches: what was searched, or what became of a server's id that no list has.
fn no_match(blocks: &mut Vec<Block>, model: &Model, list: &List) {
    match (&model.find.wanted().opened, &model.find.sought) {
        // The field says what it is instead.
        (Opened::OtherKind(_), _) => {}
        (Opened::Server(server), Some(sought)) => {
            let mut body = Vec::new();
            rows::sought(&mut body, model, sought);
            if sought.rows.is_empty() && sought.load.is_whole() {
                let (title, more) = (page::SERVER_NOT_PROTECTED, page::SERVER_NOT_PROTECTED_MORE);
                body.notice(Tone::Plain, Some(Icon::Server), title, more);
            }
            super::parts::list(&mut body, &sought.load, page::OF_INSTANCES);
            blocks.section("server", &page::backups_of(server.name.as_str()), body);
        }
        _ => {
            let (mut body, mut buttons) = (Vec::new(), Vec::new());
            buttons.tell(page::CLEAR, Event::Typed(Field::Search, String::new()));
            body.says(&page::no_match_more(list.rows.len())).buttons(buttons);
            blocks.note(Tone::Plain, Some(Icon::Search), &page::no_match(&model.search.0), body);
        }
    }
}

/// What follows the list: more of it, what it may lack, the way to all servers.
fn below(blocks: &mut Vec<Block>, model: &Model, list: &List, drawn: usize) {
    let mut buttons = Vec::new();
    let more = list.rows.matches() - drawn.min(list.rows.matches());
    if more > 0 {
        buttons.tell(&page::show_more(more.min(ROWS), more), Event::MorePressed);
        blocks.buttons(std::mem::take(&mut buttons));
    }
    let others = list.walk.as_ref().map_or(0, |walk| walk.others);
    if others > 0 && matches!(list.scope, Scope::Vault(_)) {
        blocks.hints(&page::others(others));
    }
    let of_vault = matches!(list.scope, Scope::Vault(_));
    if list.walk.is_none() && (list.read.is_some() || list.trouble().is_some()) {
        blocks.hints(page::MISSING);
        buttons.tell(page::READ_VAULTS, Event::ReadVaultsPressed);
    } else if !of_vault && !list.is_reading() && !list.rows.is_empty() {
        blocks.hints(page::MISSING_READ);
    }
    if list.scope != Scope::All {
        buttons.go(page::ALL_SERVERS, model.address(Place::Find)).quiet();
    }
    if !buttons.is_empty() {
        blocks.buttons(buttons);
    }
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

pub(super) fn row(rows: &mut Vec<Row>, key: String, cells: Vec<Text>) {
    rows.push(Row { key, cells, head: false, shown: None });
}

/// A table, where it has rows.
pub(super) fn table(blocks: &mut Vec<Block>, label: &str, columns: &[&str], rows: Vec<Row>) {
    if !rows.is_empty() {
        let columns = columns.iter().map(|column| (*column).to_string()).collect();
        blocks.put(Block::Table { label: label.to_string(), columns, rows });
    }
}
