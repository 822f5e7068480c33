//! Check your answers: source and target in full, the check by Azure, the start.

use super::make::{Press, Put, Tell, Write};
use super::parts::{fault, is_gone, point_gone, refusal, source_troubles, told};
use super::preflight::{self, Known};
use super::share::{Shared, share};
use super::{Block, Icon, Page, Span, Text, Tone, plain, time};
use crate::app::{Event, Model};
use crate::azure::id::PointId;
use crate::flow::draft::{ContainerProblem, Draft, Plan, Problems};
use crate::flow::following::Following;
use crate::flow::restore::{Doubt, Restore, Stage};
use crate::flow::source::Source;
use crate::link::Place;
use crate::words::{faults, names, page};

/// The page.
pub(super) fn review(model: &Model, point: &PointId) -> Page {
    let steps = super::frame::steps(model, 4, Some(&point.instance), Some(&point.name));
    let mut page = Page::new(format!("review/{point}"), steps, page::REVIEW_TITLE);
    if !model.is_under_way(point) {
        page.lead = plain(page::REVIEW_LEAD);
    }
    let Some(source) = model.source_of(&point.instance) else { return page };
    source_troubles(&mut page.main, source);
    if let Some(restore) = model.reviewed(point) {
        of_source(&mut page.main, model, source, &restore.plan);
        of_target(&mut page.main, model, source, &restore.plan);
        let known = preflight::known(model, source, restore);
        // Azure's refusal stands beside the line that it is about, if there is one.
        let placed = known.as_ref().is_some_and(Known::places_refusal);
        if let Some(why) = preflight::refused(restore).filter(|_| !placed) {
            let mut body = Vec::new();
            refusal(&mut body, why);
            page.main.section("no", &faults::title(why), body);
        }
        if let Some(known) = &known {
            known.section(&mut page.main);
        }
        card(&mut page.side, model, restore, known.as_ref());
        super::as_command::as_command(&mut page.rest, model, &restore.plan);
    } else if is_gone(source, &point.name) {
        point_gone(&mut page.main, model, point);
    } else if let Some(draft) = model.draft_of(point)
        && source.instance.value.is_some()
        && !source.load.is_loading()
        && !source.vault.is_loading()
        && !model.waits_for_account(draft)
    {
        unplanned(&mut page.main, model, draft, &model.problems(draft, source.region()));
    } else if model.draft_of(point).is_some_and(|draft| source.region().is_some() && model.waits_for_account(draft)) {
        page.main.coming(page::LOOKING_UP);
    } else if page.main.is_empty() {
        page.main.coming(&page::reading(page::OF_POINTS, source.points.len()));
    }
    if let Some(made) = source.point(&point.name).map(|point| Some(point.made)) {
        let line = Shared { server: source.server_name(), vault: point.instance.vault.name.as_str(), made };
        share(&mut page.side, model, Place::Review(point.clone()), page::REVIEW_SHARED, &[line]);
    }
    page
}

/// What was typed makes no plan, or nothing was typed: a link to a review carries no target.
fn unplanned(blocks: &mut Vec<Block>, model: &Model, draft: &Draft, found: &Problems) {
    let mut body = Vec::new();
    let title = if found.container == Some(ContainerProblem::Empty) {
        body.says(page::NO_TARGET_MORE);
        page::NO_TARGET.to_string()
    } else {
        let lines = super::target::wrong(model, Some(draft), found);
        let title = page::to_put_right(lines.len());
        body.bullets(lines.iter().map(|(_, line)| plain(line)).collect());
        title
    };
    let mut buttons = Vec::new();
    let target = model.address(Place::Target(draft.point.clone()));
    buttons.go(page::CHOOSE_TARGET, target).primary().icon(Icon::Next);
    body.buttons(buttons);
    blocks.note(Tone::Plain, Some(Icon::Container), &title, body);
}

/// `resource group, subscription`
fn place(group: &str, subscription: &str) -> Text {
    plain(&[group, ", ", subscription].concat())
}

fn of_source(blocks: &mut Vec<Block>, model: &Model, source: &Source, plan: &Plan) {
    let vault = &plan.point.instance.vault;
    let mut facts = Vec::new();
    let mut name = Text::new();
    name.strong(&plan.server);
    facts.fact(page::SERVER, name);
    if let Some(server) = source.instance.value.as_ref().and_then(|instance| instance.server.as_ref()) {
        facts.below(place(server.group.as_str(), model.subscription_name(&server.subscription)));
    }
    facts.change(page::CHANGE_SERVER, &model.address(Place::Find));
    facts.fact(page::VAULT, place(vault.name.as_str(), &names::region(&plan.region)));
    facts.below(place(vault.group.as_str(), model.subscription_name(&vault.subscription)));
    let mut id = Text::new();
    id.code(plan.point.name.as_str());
    facts.fact(page::POINT, time(plan.made)).below(super::points::gap(plan.made)).below(id);
    if source.point(&plan.point.name).is_some_and(|point| !point.is_complete()) {
        let mut warning = Text::new();
        warning.state(Tone::Warn, page::PARTIAL).say(" ").say(page::PARTIAL_MORE);
        facts.below(warning);
    }
    let points = model.page_of(&plan.point);
    facts.change(page::CHANGE_POINT, &model.address(points));
    blocks.section("of", page::SOURCE, vec![Block::Lined(facts)]);
}

fn of_target(blocks: &mut Vec<Block>, model: &Model, source: &Source, plan: &Plan) {
    let form = model.address(Place::Target(plan.point.clone()));
    let target = &plan.target;
    let mut facts = Vec::new();
    let mut name = Text::new();
    name.strong(target.container.as_ref().map_or("", |name| name.as_str())).say(page::IN);
    name.say(target.account.as_ref().map_or("", |name| name.as_str()));
    facts.fact(page::CONTAINER, name).below(plain(&target.url));
    if let Some(id) = &target.id {
        facts.below(place(id.group.as_str(), model.subscription_name(&id.subscription)));
        if id.subscription != plan.point.instance.vault.subscription {
            let mut warning = Text::new();
            warning.state(Tone::Warn, page::OTHER_SUBSCRIPTION);
            facts.below(warning);
        }
    }
    facts.change(page::CHANGE_CONTAINER, &form);
    let mut prefix = Text::new();
    prefix.code(plan.prefix.as_str());
    facts.fact(page::FILE_PREFIX, prefix).below(plain(page::PREFIX_IS_NEW)).change(page::CHANGE_PREFIX, &form);
    facts.named(page::REGION, &page::where_vault_is(&names::region(&plan.region)));
    if let Some(identity) = plan.identity.as_ref().filter(|identity| !identity.is_empty()) {
        facts.below(plain(&page::identity(identity)));
    }
    // What Azure has told of the vault is no answer of the person's.
    if source.region().is_none() {
        facts.change(page::CHANGE_REGION, &form);
    }
    blocks.section("to", page::TARGET, vec![Block::Lined(facts)]);
}

/// Why nothing can be started from here now.
pub(super) fn barred(model: &Model) -> Option<&'static str> {
    let offline = (!model.online).then_some(page::OFFLINE_BUTTON);
    model.framed.then_some(page::FRAMED_MORE).or(offline)
}

/// Check, then start. Each button keeps its place, so that a second click on one never falls on the other.
fn card(blocks: &mut Vec<Block>, model: &Model, restore: &Restore, known: Option<&Known<'_>>) {
    let offline = (!model.online).then_some(page::OFFLINE_BUTTON);
    let barred = barred(model);
    let mut body = Vec::new();
    let mut buttons = Vec::new();
    if let Some(trouble) = &restore.trouble {
        told(&mut body, trouble);
    }
    if let Some(known) = known {
        known.warning(&mut body);
    }
    match &restore.stage {
        Stage::Reviewing => {
            body.says(page::CHECK_MORE);
            buttons.tell(page::CHECK, Event::CheckPressed).primary().wide().unless(offline);
            buttons.tell(page::START, Event::StartPressed).wide().unless(Some(page::CHECK_FIRST));
        }
        Stage::Checking(checking) => {
            let mut line = plain(page::SINCE);
            line.add(Span::Lasting(checking.since)).say(page::ABOUT_40_S);
            // One check after the other is one wait for whoever waits for a role.
            let title = if model.waits_for_role() { page::WAITING } else { page::CHECKING };
            body.status(Tone::Busy, title, line).progress(page::CHECKING);
            if let Some(following) = restore.following() {
                asked(&mut body, following);
            }
            buttons.tell(page::CHECK, Event::CheckPressed).wide().unless(Some(page::CHECKING_NOW));
            buttons.tell(page::START, Event::StartPressed).wide().unless(Some(page::CHECK_FIRST));
        }
        Stage::Ready | Stage::Unseen => {
            if let (Stage::Ready, Some((at, _))) = (&restore.stage, restore.checked) {
                let mut line = plain(page::CHECKED);
                line.ago(at).say(".");
                body.status(Tone::Ok, page::READY, line).para(written(&restore.plan));
            } else {
                body.status(Tone::Warn, page::UNSEEN, plain(page::UNSEEN_MORE));
            }
            buttons.tell(page::CHECK, Event::CheckPressed).wide().unless(offline);
            buttons.tell(page::START, Event::StartPressed).primary().wide().unless(barred);
        }
        Stage::Rejected(why) | Stage::Refused(why) | Stage::Failed(why) => {
            let title = match &restore.stage {
                Stage::Rejected(_) => page::REJECTED,
                Stage::Refused(_) => page::REFUSED,
                _ => page::FAILED_BEFORE_JOB,
            };
            if model.waits_for_role() {
                body.status(Tone::Busy, page::WAITING, plain(page::WAITING_MORE));
            } else {
                body.status(Tone::Bad, title, plain(&faults::title(why))).hints(page::REJECTED_MORE);
            }
            super::progress::nothing_started(&mut body, restore);
            buttons.tell(page::CHECK, Event::CheckPressed).primary().wide().unless(offline);
            buttons.tell(page::START, Event::StartPressed).wide().unless(Some(page::CHECK_FIRST));
        }
        Stage::Preparing(_) | Stage::Cleared => {
            super::progress::preparing(&mut body, &mut buttons, restore);
        }
        Stage::Doubtful(doubt) => {
            doubtful(&mut body, model, &restore.plan, doubt);
            buttons.tell(page::NOT_NOW, Event::NotNowPressed).primary().wide();
            buttons.tell(page::IN_SPITE, Event::StartInSpitePressed).wide().unless(barred);
        }
        // This very restore was started: it can be watched, or another one prepared.
        Stage::Triggering(..) | Stage::Accepted(_) | Stage::Searching { .. } | Stage::Running(_) => {
            let place = match &restore.stage {
                Stage::Running(job) => Place::Job(job.clone()),
                _ => Place::Restore(restore.plan.point.clone(), restore.plan.prefix.clone()),
            };
            let (title, more) = match &restore.stage {
                Stage::Triggering(..) => (page::SENDING, page::SENDING_MORE),
                Stage::Searching { heard: false, .. } => (page::UNSURE, page::UNSURE_MORE),
                _ => (page::STARTED, page::STARTED_MORE),
            };
            body.status(Tone::Busy, title, plain(more));
            buttons.go(page::WATCH, model.address(place)).primary().icon(Icon::Next).wide();
            // As long as nobody knows whether it was started, another one would be a second one.
            if title == page::STARTED {
                buttons.tell(page::ANOTHER, Event::NewPrefixPressed).wide();
            }
        }
    }
    body.buttons(buttons);
    blocks.card("check", page::CHECK_THEN_START, body);
}

/// What a press would do.
fn written(plan: &Plan) -> Text {
    let mut line = plain(page::WRITES);
    named(&mut line, plan);
    line.say(page::NO_WAY_BACK);
    line
}

/// A restore's source and target by name.
pub(super) fn named(line: &mut Text, plan: &Plan) {
    line.strong(&plan.server).say(page::AS_OF).add(Span::Time(plan.made)).say(page::INTO);
    line.strong(plan.target.container.as_ref().map_or("", |name| name.as_str())).say(page::IN);
    line.say(plan.target.account.as_ref().map_or("", |name| name.as_str()));
}

/// What speaks against the start.
pub(super) fn doubtful(body: &mut Vec<Block>, model: &Model, plan: &Plan, doubt: &Doubt) {
    match &doubt.fault {
        Some(why) => {
            body.status(Tone::Warn, page::CANNOT_LOOK, plain(page::CANNOT_LOOK_MORE));
            told(body, why);
        }
        None => {
            body.status(Tone::Warn, page::RUNS_ALREADY, plain(page::RUNS_ALREADY_MORE));
            for job in &doubt.running {
                let mut line = Text::new();
                line.link(page::THIS_JOB, model.address(Place::Job(job.id.clone())));
                if let Some(began) = job.began {
                    line.say(page::BEGAN).time(began);
                }
                if let Some(prefix) = &job.prefix {
                    line.line().code(prefix);
                }
                body.para(line);
            }
            if let Some(entry) = model.open_twice(plan) {
                let mut line = Text::new();
                line.link(page::STARTED_HERE, model.address(entry.place()));
                line.say(" ").time(entry.sent).line().code(entry.prefix.as_str());
                body.para(line);
            }
        }
    }
}

/// When Azure last said how the operation stands, and is asked next.
pub(super) fn asked(blocks: &mut Vec<Block>, following: &Following) {
    if let Some(trouble) = following.trouble() {
        fault(blocks, trouble, following.next());
    }
    let mut line = Text::new();
    if let Some(at) = following.answered() {
        line.say(page::AZURE_ANSWERED).ago(at).say(". ");
    }
    line.asks_again(following.next());
    blocks.small(line);
}
