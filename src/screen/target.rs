//! Where the files go: container, prefix, and the region from the vault.

use super::parts::{files, point_gone, source_card, source_troubles};
use super::{Act, Block, Button, Fact, Icon, Input, Page, Span, plain};
use crate::app::{Event, Field, Model};
use crate::azure::id::PointId;
use crate::flow::draft::{Draft, PrefixProblem, Problems};
use crate::flow::source::Source;
use crate::link::Place;
use crate::words::{names, page, problems};

/// The page.
pub(super) fn target(model: &Model, point: &PointId) -> Page {
    let source = model.source_of(&point.instance);
    let mut side = vec![source_card(model, point, source)];
    let mut main = Vec::new();
    if let Some(source) = source {
        main.extend(source_troubles(source));
        match model.draft_of(point) {
            Some(draft) => {
                main.push(form(model, source, draft));
                side.push(written(model, draft));
            }
            None if source.load.is_whole() && source.point(&point.name).is_none() => {
                main.push(point_gone(model, point));
            }
            None if main.is_empty() => main.push(Block::Progress(page::reading(page::OF_POINTS, source.points.len()))),
            None => {}
        }
    }
    Page {
        key: format!("target/{point}"),
        steps: Some(super::frame::steps(model, 3, Some(&point.instance), Some(&point.name))),
        title: page::WHERE_TO.into(),
        lead: plain(page::WHERE_TO_MORE),
        main,
        side,
        ..Page::default()
    }
}

fn form(model: &Model, source: &Source, draft: &Draft) -> Block {
    let found = draft.problems(model.cloud(), source.region());
    let mut body = Vec::new();
    if draft.submitted && !found.is_empty() {
        body.push(errors(model, &found));
    }
    body.push(Block::Input(container(model, draft, &found)));
    body.push(Block::Input(prefix(draft, &found)));
    match source.region() {
        Some(region) => body.push(Block::Facts(vec![
            Fact::new(page::REGION, plain(&names::region(region))).below(plain(page::REGION_MORE)),
        ])),
        None if !source.vault.is_loading() => body.push(Block::Input(region(draft, &found))),
        None => {}
    }
    let back = Place::Points(source.id.clone(), Some(draft.point.name.clone()));
    body.push(Block::Buttons(vec![
        Button::primary(page::REVIEW, Act::Submit).icon(Icon::Next),
        Button::quiet(page::BACK_TO_POINT, Act::Go(model.address(back))),
    ]));
    Block::Form(body, Event::TargetPressed)
}

/// All that is wrong, each line leading to its field.
fn errors(model: &Model, found: &Problems) -> Block {
    let mut lines = Vec::new();
    if let Some(problem) = found.container {
        lines.push((Field::Container, problems::container(problem, model.cloud())));
    }
    if let Some(problem) = &found.prefix {
        lines.push((Field::Prefix, problems::prefix(problem)));
    }
    if found.region {
        lines.push((Field::Region, problems::REGION.to_string()));
    }
    Block::Errors { title: page::to_put_right(lines.len()), lines }
}

/// A problem is told as it is typed, but an empty field only once "Review" was pressed.
fn container(model: &Model, draft: &Draft, found: &Problems) -> Input {
    let empty = draft.container.trim().is_empty();
    let problem = found.container.filter(|_| draft.submitted || !empty);
    Input {
        field: Field::Container,
        label: page::CONTAINER.into(),
        hint: vec![
            Span::text(page::CONTAINER_MORE),
            Span::code(&format!("https://account.blob.{}/container", model.cloud().storage_suffix())),
        ],
        error: problem.map(|problem| plain(&problems::container(problem, model.cloud()))),
        value: draft.container.clone(),
        ending: None,
        code: true,
        options: Vec::new(),
    }
}

fn prefix(draft: &Draft, found: &Problems) -> Input {
    let problem = found.prefix.as_ref().filter(|problem| draft.submitted || **problem != PrefixProblem::Empty);
    let error = problem.map(|problem| {
        let mut text = plain(&problems::prefix(problem));
        if let PrefixProblem::BadCharacters(instead) | PrefixProblem::BeginsWithDash(instead) = problem {
            text.push(Span::text(". "));
            text.push(Span::Press {
                text: page::TAKE_THAT.into(),
                event: Event::Typed(Field::Prefix, instead.clone()),
            });
        }
        text
    });
    Input {
        field: Field::Prefix,
        label: page::FILE_PREFIX.into(),
        hint: plain(page::FILE_PREFIX_MORE),
        error,
        value: draft.prefix.clone(),
        ending: Some(draft.ending.clone()),
        code: true,
        options: Vec::new(),
    }
}

fn region(draft: &Draft, found: &Problems) -> Input {
    Input {
        field: Field::Region,
        label: page::REGION.into(),
        hint: plain(page::REGION_UNKNOWN),
        error: (found.region && (draft.submitted || !draft.region.is_empty())).then(|| plain(problems::REGION)),
        value: draft.region.clone(),
        ending: None,
        code: true,
        options: Vec::new(),
    }
}

/// What will be written.
fn written(model: &Model, draft: &Draft) -> Block {
    let url = draft.target(model.cloud()).map_or_else(|_| "…".to_string(), |target| target.url);
    let prefix = draft.full_prefix().map_or_else(|_| format!("…{}", draft.ending), |p| p.as_str().to_string());
    Block::card(
        "written",
        page::WILL_BE_WRITTEN,
        vec![Block::Small(vec![Span::code(&format!("{url}/"))]), Block::Bullets(files(&prefix))],
    )
}
