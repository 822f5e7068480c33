//! What a link asks for: told before anybody signs in, and above the page that it opens; and what is wrong with a point
//! that it names, with those next to it.

use super::make::{Press, Put, Tell, Write};
use super::parts::told;
use super::start::{about, troubles, ways_in};
use super::{Block, Fact, Icon, Page, Text, Tone, plain};
use crate::app::{Event, Model};
use crate::azure::id::{InstanceId, PointName, VaultId};
use crate::flow::meant::Meant;
use crate::flow::source::Source;
use crate::link::{Place, Which, Wish, World};
use crate::words::page;

/// A page of Azure's, opened by somebody who is not signed in, or on a host that is not set up.
pub(super) fn sign_in(model: &Model, place: &Place) -> Page {
    if model.config.is_err() && model.world() == World::Azure {
        return about(model);
    }
    let mut page = Page::new("sign-in".into(), None, page::SIGN_IN_FIRST);
    page.lead = plain(page::SIGN_IN_FIRST_MORE);
    troubles(&mut page.main, model);
    let mut facts = Vec::new();
    let wishes = wishes(place);
    for (at, wish) in wishes.iter().enumerate() {
        named(&mut facts, page::BACKUP_INSTANCE, wish.instance.name.as_str());
        if let Some(which) = &wish.which {
            facts.fact(page::POINT, asked(which));
        }
        // Of several in one vault the vault is told once, after the last of them.
        if wishes.get(at + 1).is_none_or(|next| next.instance.vault != wish.instance.vault) {
            in_vault(&mut facts, &wish.instance.vault);
        }
    }
    match place {
        Place::FindInstance(vault) => in_vault(&mut facts, vault),
        Place::Job(job) => {
            named(&mut facts, page::JOB, job.name.as_str());
            in_vault(&mut facts, &job.vault);
        }
        _ => {}
    }
    if !wishes.is_empty() && !matches!(place, Place::Restore(..)) {
        facts.named(page::TARGET, page::LINK_TARGET);
    }
    let names = !facts.is_empty();
    page.main.facts(facts);
    if matches!(place, Place::Restore(..) | Place::Job(_)) {
        page.main.says(page::NOT_ENDED);
    }
    if names {
        page.main.says(page::LINK_UNCHECKED);
    }
    let mut buttons = ways_in(model);
    if names {
        buttons.go(page::DO_NOT_OPEN, model.address(Place::Start)).quiet();
    }
    page.main.buttons(buttons).hints(page::ONE_PERMISSION);
    page
}

/// An instance that a link names, and which point of it.
struct Asked<'a> {
    instance: &'a InstanceId,
    which: Option<Which>,
}

fn wishes(place: &Place) -> Vec<Asked<'_>> {
    match place {
        Place::Points(instance, which) => vec![Asked { instance, which: which.clone() }],
        Place::Target(id) | Place::Review(id) | Place::Restore(id, _) => {
            vec![Asked { instance: &id.instance, which: Some(Which::known(id.name.clone(), None)) }]
        }
        Place::Plan(wishes) | Place::PlanTarget(wishes) => {
            let asked = |wish: &'_ Wish| Some(wish.which.clone());
            wishes.iter().map(|wish| Asked { instance: &wish.instance, which: asked(wish) }).collect()
        }
        _ => Vec::new(),
    }
}

fn named(facts: &mut Vec<Fact>, name: &str, value: &str) {
    let mut text = Text::new();
    text.code(value);
    facts.fact(name, text);
}

fn in_vault(facts: &mut Vec<Fact>, vault: &VaultId) {
    named(facts, page::VAULT, vault.name.as_str());
    named(facts, page::RESOURCE_GROUP, vault.group.as_str());
    named(facts, page::SUBSCRIPTION, vault.subscription.as_str());
}

/// Which point a link asks for, in words.
pub(super) fn asked(which: &Which) -> Text {
    let mut line = Text::new();
    match which {
        Which::Point(name, made) => {
            line.code(name.as_str());
            if let Some(made) = made {
                line.line().say(page::MADE_AT).time(*made);
            }
        }
        Which::Newest => {
            line.say(page::THE_NEWEST);
        }
        Which::Before(moment) => {
            line.say(page::LAST_BEFORE).time(*moment);
        }
    }
    line
}

/// What the link asked for with which this page was opened.
pub(super) fn banner(blocks: &mut Vec<Block>, model: &Model) {
    let Some(opened) = model.opened.as_ref().filter(|_| model.may_ask()) else { return };
    // Of this one the page itself tells.
    if let Place::Restore(..) = opened {
        return;
    }
    if let Place::Job(_) = opened {
        blocks.notice(Tone::Plain, Some(Icon::Link), page::LINK_JOB, page::LINK_JOB_READ);
        blocks.rotate_right(1);
        return;
    }
    let mut wishes = wishes(opened);
    wishes.retain(|wish| wish.which.is_some());
    let Some(first) = wishes.first() else { return };
    let mut servers: Vec<&InstanceId> = Vec::new();
    for wish in &wishes {
        if !servers.contains(&wish.instance) {
            servers.push(wish.instance);
        }
    }
    let source = model.source_of(first.instance);
    let server = source.map_or(first.instance.likely_server(), Source::server_name);
    let title = page::link_asks(wishes.len(), servers.len(), server);
    let mut body = Vec::new();
    if let ([Asked { which: Some(which), .. }], Some(source)) = (wishes.as_slice(), source) {
        let mut line = asked(which);
        if let (Which::Newest | Which::Before(_), Some(point)) = (which, source.meant(which).point()) {
            line.say(page::THAT_IS).time(point.made);
        }
        body.para(line);
        if let Which::Before(moment) = which
            && source.load.is_whole()
            && let [Some(_), Some(next)] = source.next_to(*moment)
        {
            let mut line = plain(page::NEXT_AFTER);
            line.time(next.made);
            body.para(line);
        }
    }
    if meets(model, &wishes) {
        body.says(page::LINK_SAME);
    }
    body.hints(page::LINK_READ);
    blocks.note(Tone::Plain, Some(Icon::Link), &title, body);
    // Above all else.
    blocks.rotate_right(1);
}

/// Whether two of those that are asked for are one point, such as the newest and its id.
fn meets(model: &Model, wishes: &[Asked<'_>]) -> bool {
    let mut known: Vec<(&InstanceId, &PointName)> = Vec::new();
    wishes.iter().any(|wish| {
        let source = model.source_of(wish.instance);
        let point = wish.which.as_ref().and_then(|which| source?.meant(which).point());
        let point = point.map(|point| (wish.instance, &point.name));
        let met = point.is_some_and(|point| known.contains(&point));
        known.extend(point);
        met
    })
}

/// What is wrong with a point that is asked for, and those next to it. `take`: what choosing one of them means.
pub(super) fn amiss(
    blocks: &mut Vec<Block>,
    source: &Source,
    which: &Which,
    meant: Meant<'_>,
    take: &dyn Fn(PointName) -> Event,
) {
    let mut body = Vec::new();
    let (tone, title) = match meant {
        Meant::Gone => {
            body.says(page::POINT_GONE_MORE);
            (Tone::Bad, page::POINT_GONE)
        }
        Meant::Unlisted(_) => {
            body.says(page::POINT_UNLISTED_MORE);
            (Tone::Warn, page::POINT_UNLISTED)
        }
        Meant::Unclear(fault) => {
            told(&mut body, fault);
            (Tone::Warn, page::POINT_UNCLEAR)
        }
        Meant::Absent if matches!(which, Which::Before(_)) => {
            body.says(page::NONE_BEFORE_MORE);
            (Tone::Bad, page::NONE_BEFORE)
        }
        Meant::Absent => (Tone::Bad, page::NONE_NEWEST),
        Meant::Reading | Meant::Point(_) => return,
    };
    let moment = match (which, meant) {
        (_, Meant::Unlisted(point)) => Some(point.made),
        (Which::Before(moment), _) | (Which::Point(_, Some(moment)), _) => Some(*moment),
        _ => None,
    };
    let [before, after] = moment.map_or([None, None], |moment| source.next_to(moment));
    let mut items = Vec::new();
    for (words, point) in [(page::BEFORE_IT, before), (page::AFTER_IT, after)] {
        if let Some(point) = point {
            let mut line = plain(words);
            line.time(point.made).say(" ").press(page::TAKE_THIS, take(point.name.clone()));
            items.push(line);
        }
    }
    if !items.is_empty() {
        body.says(page::NEXT_TO_IT).bullets(items);
    }
    let icon = if tone == Tone::Bad { Some(Icon::Wait) } else { None };
    blocks.note(tone, icon, title, body);
}
