//! The parts of the target's page on which a container is picked from what Azure lists, or made.

use super::make::{Press, Put, Write, choice, input};
use super::parts::{list, list_but, told};
use super::target::says;
use super::{Act, Block, Text, Tone, plain};
use crate::app::{Event, Field, Model};
use crate::azure::id::{AccountId, ContainerName};
use crate::commands;
use crate::fault::{Code, Fault};
use crate::flow::draft::{ContainerProblem, Draft, Pick};
use crate::flow::load::Loading;
use crate::flow::making::{Making, Stage};
use crate::flow::places::likeliest;
use crate::flow::source::Source;
use crate::words::{names, page, problems};

/// From how many on a list has a field to filter it by.
const MANY: usize = 8;

/// Subscription, storage account, container, each from a list.
pub(super) fn pick(blocks: &mut Vec<Block>, model: &Model, source: &Source, draft: &Draft, wrong: Option<Text>) {
    if let Some(targets) = &model.allowed().targets {
        blocks.hints(&problems::allowed(targets));
    }
    subscriptions(blocks, model, draft);
    let account = draft.picked.account();
    // What is wrong is said where it is put right.
    let (of_account, of_container) = if account.is_none() { (wrong, None) } else { (None, wrong) };
    accounts(blocks, model, source, draft, of_account);
    if let Some(account) = account {
        containers(blocks, model, draft, &account, of_container);
        new(blocks, model, draft, &account);
    }
}

fn subscriptions(blocks: &mut Vec<Block>, model: &Model, draft: &Draft) {
    let listed = model.listed_subscription(draft);
    let load = model.places.subscriptions.as_ref();
    let items = load.into_iter().flat_map(|load| &load.items);
    let (mut options, mut barred) = (Vec::new(), 0);
    for item in items {
        match model.lets_into(&item.id) {
            true => options.push((Pick::Subscription(item.id.clone()).path(), item.name.clone())),
            false => barred += 1,
        }
    }
    let value = listed.clone().map_or(String::new(), |id| Pick::Subscription(id).path());
    // It may not be in the list, or not yet.
    if let Some(id) = listed.filter(|_| options.iter().all(|(path, _)| !path.eq_ignore_ascii_case(&value))) {
        options.push((value.clone(), id.to_string()));
    }
    // An option is chosen by its spelling.
    let spelled = options.iter().find(|(path, _)| path.eq_ignore_ascii_case(&value)).map(|(path, _)| path.clone());
    let mut hint = Text::new();
    if barred > 0 {
        hint.say(&page::left_out(barred, page::BARRED));
    }
    if !options.is_empty() {
        let value = spelled.unwrap_or(value);
        let mut field = input(Field::Subscription, page::SUBSCRIPTION, hint, None, &value);
        (field.code, field.options) = (false, options);
        blocks.put(Block::Input(field));
    }
    if let Some(load) = load {
        list(blocks, load, page::OF_SUBSCRIPTIONS);
    }
}

fn accounts(blocks: &mut Vec<Block>, model: &Model, source: &Source, draft: &Draft, error: Option<Text>) {
    let Some((_, load)) = &model.places.accounts else { return };
    let (used, allowed, region) = (model.used(), model.allowed(), source.region().unwrap_or_default());
    let (mut possible, mut without, mut barred) = (Vec::new(), 0, 0);
    for account in &load.items {
        if account.blob.is_none() {
            without += 1;
        } else if allowed.lets(&account.id.name, Some(&account.id.subscription)) != Some(true) {
            barred += 1;
        } else {
            possible.push(account);
        }
    }
    let ranked = possible.iter().map(|account| {
        let name = account.id.name.as_str();
        let elsewhere = !account.region.eq_ignore_ascii_case(region);
        let unlikely = !["restore", "backup"].iter().any(|word| name.contains(word));
        let before = used.iter().position(|(used, _)| *used == account.id.name);
        (before.unwrap_or(used.len() + 2 * usize::from(elsewhere) + usize::from(unlikely)), name)
    });
    let filter = &model.places.account_filter;
    let (best, fit) = likeliest(ranked, filter);
    let mut options = Vec::new();
    let picked = draft.picked.account();
    for account in best.iter().filter_map(|at| possible.get(*at)) {
        let mut text = plain(account.id.name.as_str());
        let region = names::region(&account.region);
        let more = [&region, &account.kind, &account.sku, account.id.group.as_str()];
        text.say(" ").quiet(&more.join(", "));
        options.push((account.id.path(), text, picked.as_ref() == Some(&account.id)));
    }
    let mut hint = about(load, (options.len(), fit, possible.len()), page::OF_ACCOUNTS, page::NO_ACCOUNTS);
    for (count, why) in [(without, page::WITHOUT_BLOBS), (barred, page::BARRED)] {
        if count > 0 {
            hint.say(" ").say(&page::left_out(count, why));
        }
    }
    if let Some(id) = picked {
        keep(&mut options, id.path(), id.name.as_str());
    }
    filter_by(blocks, Field::AccountFilter, page::FILTER_ACCOUNTS, filter, possible.len());
    blocks.put(choice(Field::Account, page::ACCOUNT, hint, error, options));
    list(blocks, load, page::OF_ACCOUNTS);
}

fn containers(blocks: &mut Vec<Block>, model: &Model, draft: &Draft, account: &AccountId, error: Option<Text>) {
    let Some((_, load)) = model.places.containers.as_ref().filter(|(of, _)| of == account) else { return };
    let used = model.used();
    let ranked = load.items.iter().map(|container| {
        let name = container.id.name.as_str();
        let unlikely = !["restore", "drill", "pg", "backup"].iter().any(|word| name.contains(word));
        let before = used.iter().position(|(of, used)| *of == account.name && *used == container.id.name);
        (before.unwrap_or(used.len() + usize::from(unlikely)), name)
    });
    let filter = &model.places.container_filter;
    let (best, fit) = likeliest(ranked, filter);
    let picked = match &draft.picked {
        Pick::Container(id) => Some(id),
        _ => None,
    };
    let mut options = Vec::new();
    for container in best.iter().filter_map(|at| load.items.get(*at)) {
        options.push((container.id.path(), plain(container.id.name.as_str()), picked == Some(&container.id)));
    }
    let counts = (options.len(), fit, load.items.len());
    let mut hint = about(load, counts, page::OF_CONTAINERS, page::NO_CONTAINERS);
    if load.skipped > 0 {
        hint.say(" ").say(page::NOT_OURS);
    }
    hint.say(" ").say(page::CHECKED_LATER);
    if let Some(id) = picked {
        keep(&mut options, id.path(), id.name.as_str());
    }
    filter_by(blocks, Field::ContainerFilter, page::FILTER_CONTAINERS, filter, load.items.len());
    blocks.put(choice(Field::Picked, page::CONTAINER, hint, error, options));
    // Those that could not be read are told above.
    list_but(blocks, load, 0, page::OF_CONTAINERS);
}

/// How many there are, and how many of them are shown.
fn about(load: &Loading, (shown, fit, all): (usize, usize, usize), what: &str, none: &str) -> Text {
    plain(&match (all, fit) {
        (0, _) if load.is_whole() => none.to_string(),
        (0, _) => String::new(),
        (_, 0) => page::NONE_FITS.to_string(),
        _ => page::shown(shown, fit, all, what),
    })
}

/// What is chosen is shown, also where the list does not have it, or does not show it.
fn keep(options: &mut Vec<(String, Text, bool)>, path: String, name: &str) {
    if !options.iter().any(|(.., chosen)| *chosen) {
        options.insert(0, (path, plain(name), true));
    }
}

fn filter_by(blocks: &mut Vec<Block>, field: Field, label: &str, value: &str, count: usize) {
    if count > MANY || !value.is_empty() {
        blocks.put(Block::Input(input(field, label, Text::new(), None, value)));
    }
}

/// Making a container in the account that was picked.
fn new(blocks: &mut Vec<Block>, model: &Model, draft: &Draft, account: &AccountId) {
    let allowed = model.allowed();
    if allowed.lets(&account.name, Some(&account.subscription)) != Some(true) {
        return;
    }
    if !allowed.create_containers {
        blocks.hints(page::NO_MAKING);
        return;
    }
    let typed = draft.new.trim();
    let wrong = !typed.is_empty() && ContainerName::parse(typed).is_none();
    let making = model.places.making.as_ref().filter(|making| making.id.account_id() == *account);
    let goes_on = making.is_some_and(Making::goes_on);
    let mut body = Vec::new();
    let error = wrong.then(|| plain(&says(model, ContainerProblem::BadName)));
    let hint = plain(page::NEW_NAME_MORE);
    body.put(Block::Input(input(Field::NewContainer, page::NEW_NAME, hint, error, &draft.new)));
    let why = match () {
        () if model.framed => Some(page::FRAMED_MORE),
        () if !model.online => Some(page::OFFLINE_BUTTON),
        () if goes_on => Some(page::MAKING),
        () if typed.is_empty() => Some(page::NAME_FIRST),
        () if wrong => Some(page::NAME_WRONG),
        () => None,
    };
    let mut buttons = Vec::new();
    buttons.act(page::MAKE, Act::Submit).unless(why);
    body.buttons(buttons);
    let mut made = vec![Block::Form(body, Event::MakePressed)];
    if let Some(making) = making {
        came_of(&mut made, making);
    }
    blocks.fold("new", page::NEW_CONTAINER, made);
}

/// What became of making a container.
fn came_of(blocks: &mut Vec<Block>, making: &Making) {
    let name = making.id.name.as_str();
    match &making.stage {
        Stage::Asking(..) => drop(blocks.status(Tone::Busy, page::MAKING, Text::new())),
        Stage::Looking(_) => drop(blocks.status(Tone::Busy, page::LOOKING_FOR_IT, Text::new())),
        Stage::Made => drop(blocks.status(Tone::Ok, &page::made(name), Text::new())),
        Stage::Refused(fault) => {
            told(blocks, fault);
            if fault.code == Code::Forbidden {
                command(blocks, making);
            }
        }
        Stage::Unsure(fault) => unsure(blocks, fault),
    }
}

fn unsure(blocks: &mut Vec<Block>, fault: &Fault) {
    told(blocks, fault);
    blocks.says(page::UNSURE_MADE);
}

/// The command for somebody who may make it.
fn command(blocks: &mut Vec<Block>, making: &Making) {
    blocks.says(page::MAKE_COMMAND_MORE).source(page::MAKE_COMMAND, &commands::create_container(&making.id));
    let mut buttons = Vec::new();
    buttons.tell(page::LIST_AGAIN, Event::AskPressed).quiet();
    blocks.buttons(buttons);
}
