//! Where the files go: container, prefix, and the region from the vault.

use super::make::{Press, Put, Tell, Write, choice, input};
use super::parts::{files, is_gone, point_gone, source_card, source_troubles};
use super::pick::pick;
use super::{Act, Block, Icon, Page, Text, Tone, plain};
use crate::app::{Event, Field, Model};
use crate::azure::id::PointId;
use crate::flow::draft::{ContainerProblem, Draft, PrefixProblem, Problems};
use crate::flow::lookup::Known;
use crate::flow::source::Source;
use crate::link::Place;
use crate::words::{names, page, problems};

/// The page.
pub(super) fn target(model: &Model, point: &PointId) -> Page {
    let steps = super::frame::steps(model, 3, Some(&point.instance), Some(&point.name));
    let mut page = Page::new(format!("target/{point}"), steps, page::WHERE_TO);
    page.lead = plain(page::WHERE_TO_MORE);
    let source = model.source_of(&point.instance);
    source_card(&mut page.side, model, point, source);
    let Some(source) = source else { return page };
    source_troubles(&mut page.main, source);
    if let Some(draft) = model.draft_of(point) {
        form(&mut page.main, model, source, draft, false);
        written(&mut page.side, model, draft);
    } else if is_gone(source, &point.name) {
        point_gone(&mut page.main, model, point);
    } else if page.main.is_empty() {
        page.main.coming(&page::reading(page::OF_POINTS, source.points.len()));
    }
    page
}

/// The page on which the target of a plan's restores is chosen.
pub(super) fn for_all(model: &Model) -> Page {
    let mut page = Page::new("plan-target".into(), None, page::WHERE_ALL_GO);
    page.lead = plain(page::WHERE_ALL_GO_MORE);
    super::plan::points_card(&mut page.side, model);
    let draft = model.form();
    match draft.and_then(|draft| Some((model.source_of(&draft.point.instance)?, draft))) {
        Some((source, draft)) => form(&mut page.main, model, source, draft, true),
        None => {
            for source in &model.sources {
                source_troubles(&mut page.main, source);
            }
            let points = model.meant_points();
            if !points.is_empty() && points.iter().all(|point| model.is_under_way(point)) {
                page.main.notice(Tone::Ok, None, page::ALL_SENT, page::ALL_SENT_MORE);
            } else if page.main.is_empty() {
                page.main.coming(&page::reading(page::OF_POINTS, 0));
            }
            let mut buttons = Vec::new();
            buttons.go(page::BACK_TO_PLAN, model.address(Place::Plan(model.gathered.clone()))).quiet();
            page.main.buttons(buttons);
        }
    }
    page
}

/// The form; `together`: for all restores of a plan, each of which has a prefix of its own.
fn form(blocks: &mut Vec<Block>, model: &Model, source: &Source, draft: &Draft, together: bool) {
    let mut found = model.problems(draft, source.region());
    if together {
        found.prefix = None;
    }
    if draft.submitted && !found.is_empty() {
        let lines = wrong(model, Some(draft), &found);
        blocks.put(Block::Errors { title: page::to_put_right(lines.len()), lines });
    }
    how(blocks, draft);
    // A problem is told as it is typed, but an empty field, or what is on its way, only once "Review" was pressed.
    let told = |problem: &ContainerProblem| match problem {
        ContainerProblem::Empty | ContainerProblem::NotPicked | ContainerProblem::LookedUp => draft.submitted,
        _ => true,
    };
    let problem = found.container.filter(told).map(|problem| plain(&says(model, problem)));
    let mut body = Vec::new();
    // A field that narrows a list, or makes something, is none of the form: Return there does not review.
    if draft.picks {
        pick(blocks, model, source, draft, problem);
    } else {
        container(&mut body, model, draft, problem);
    }
    if !together {
        body.put(prefix(draft, &found));
    }
    if let Some(region) = source.region() {
        let mut facts = Vec::new();
        facts.named(page::REGION, &names::region(region)).below(plain(page::REGION_MORE));
        body.facts(facts);
    } else if !source.vault.is_loading() {
        body.put(region(draft, &found));
    }
    let planned = together || model.is_gathered(&draft.point);
    let mut buttons = Vec::new();
    let go = if together { page::TAKE_FOR_ALL } else { page::REVIEW };
    buttons.act(go, Act::Submit).primary().icon(Icon::Next);
    if planned {
        buttons.go(page::BACK_TO_PLAN, model.address(Place::Plan(model.gathered.clone()))).quiet();
    } else {
        buttons.go(page::BACK_TO_POINT, model.address(model.page_of(&draft.point))).quiet();
    }
    body.buttons(buttons);
    blocks.put(Block::Form(body, Event::TargetPressed));
}

/// Whether the container is picked or typed.
fn how(blocks: &mut Vec<Block>, draft: &Draft) {
    let option = |field: Field, words: &str, chosen: bool| (field.id().to_string(), plain(words), chosen);
    let options =
        vec![option(Field::Picked, page::PICK_IT, draft.picks), option(Field::Container, page::TYPE_IT, !draft.picks)];
    blocks.put(choice(Field::How, page::HOW, Text::new(), None, options));
}

/// What is wrong with the container.
pub(super) fn says(model: &Model, problem: ContainerProblem) -> String {
    let mut line = problems::container(problem, model.cloud());
    if let (ContainerProblem::NotAllowed | ContainerProblem::NotKnown, Some(targets)) =
        (problem, &model.allowed().targets)
    {
        line.push(' ');
        line.push_str(&problems::allowed(targets));
    }
    line
}

/// All that is wrong, field by field.
pub(super) fn wrong(model: &Model, draft: Option<&Draft>, found: &Problems) -> Vec<(Field, String)> {
    let picks = draft.is_some_and(|draft| draft.picks);
    let mut lines = Vec::new();
    if let Some(problem) = found.container {
        let place = match (picks, problem) {
            (false, _) => Field::Container,
            (true, ContainerProblem::Empty) => Field::Account,
            (true, _) => Field::Picked,
        };
        lines.push((place, says(model, problem)));
    }
    if let Some(problem) = &found.prefix {
        lines.push((Field::Prefix, problems::prefix(problem)));
    }
    if found.region {
        lines.push((Field::Region, problems::REGION.to_string()));
    }
    lines
}

fn container(blocks: &mut Vec<Block>, model: &Model, draft: &Draft, error: Option<Text>) {
    let mut hint = plain(page::CONTAINER_MORE);
    hint.code(&problems::example(model.cloud()));
    blocks.put(Block::Input(input(Field::Container, page::CONTAINER, hint, error, &draft.container)));
    if let Some(name) = draft.target(model.cloud()).ok().and_then(|target| target.account)
        && let Some(lookup) = model.places.lookup(&name)
    {
        let mut line = plain(&match lookup.known() {
            None => page::LOOKING_UP.to_string(),
            Some(Known::Absent) => page::ACCOUNT_NOT_SEEN.to_string(),
            Some(Known::Unknown(_)) => page::NOT_LOOKED_UP.to_string(),
            Some(Known::Found(id, _)) => {
                let known = model.places.subscriptions.iter().flat_map(|load| &load.items);
                let named = known.filter(|item| item.id == id.subscription).map(|item| item.name.as_str()).next();
                page::is_in(id.group.as_str(), named.unwrap_or(id.subscription.as_str()))
            }
        });
        if matches!(lookup.known(), Some(Known::Unknown(_))) {
            line.say(" ").press(page::TRY_AGAIN, Event::AskPressed);
        }
        blocks.small(line);
    } else {
        // Its room is kept: the button below it must not move away from under a press.
        blocks.small(plain(page::NOTHING_YET));
    }
}

fn prefix(draft: &Draft, found: &Problems) -> Block {
    let problem = found.prefix.as_ref().filter(|problem| draft.submitted || **problem != PrefixProblem::Empty);
    let error = problem.map(|problem| {
        let mut text = plain(&problems::prefix(problem));
        if let PrefixProblem::BadCharacters(instead) | PrefixProblem::BeginsWithDash(instead) = problem {
            let event = Event::Typed(Field::Prefix, instead.clone());
            text.say(". ").press(page::TAKE_THAT, event);
        }
        text
    });
    let hint = plain(page::FILE_PREFIX_MORE);
    let mut field = input(Field::Prefix, page::FILE_PREFIX, hint, error, &draft.prefix);
    field.ending = Some(draft.ending.clone());
    Block::Input(field)
}

fn region(draft: &Draft, found: &Problems) -> Block {
    let error = (found.region && (draft.submitted || !draft.region.is_empty())).then(|| plain(problems::REGION));
    Block::Input(input(Field::Region, page::REGION, plain(page::REGION_UNKNOWN), error, &draft.region))
}

/// What will be written.
fn written(blocks: &mut Vec<Block>, model: &Model, draft: &Draft) {
    let url = model.resolve(draft).map_or_else(|_| "…".to_string(), |resolved| resolved.target.url);
    let prefix = draft.full_prefix().map_or_else(|_| format!("…{}", draft.ending), |p| p.as_str().to_string());
    let mut line = Text::new();
    line.code(&format!("{url}/"));
    let mut body = Vec::new();
    body.small(line).bullets(files(&prefix));
    blocks.card("written", page::WILL_BE_WRITTEN, body);
}
