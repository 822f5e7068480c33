//! Parts that several pages share: what went wrong, what is waited for, where something is restored from.

use super::{Act, Block, Button, Check, Fact, Icon, Span, Text, Tone, plain};
use crate::app::{Event, Model};
use crate::azure::id::PointId;
use crate::azure::problem::ArmProblem;
use crate::fault::{Code, Fault};
use crate::flow::load::Load;
use crate::flow::source::Source;
use crate::link::Place;
use crate::moment::Moment;
use crate::words::{faults, page};

/// What went wrong, what to do, then Azure's own words and ids. `next`: when it is tried again by itself.
pub(super) fn fault(fault: &Fault, next: Option<Moment>) -> Block {
    let mut body = vec![Block::para(faults::advice(fault))];
    if let Some(problem) = &fault.problem {
        body.extend(missing(problem));
        body.extend(said(problem));
    }
    if let Some(at) = next {
        body.push(Block::Small(vec![Span::text(page::ASKS_AGAIN), Span::Until(at), Span::text(".")]));
    }
    let act = if fault.code == Code::SignedOut {
        Button::new(page::SIGN_IN_AGAIN, Act::Do(Event::SignInPressed)).icon(Icon::Person)
    } else {
        Button::new(page::TRY_AGAIN, Act::Do(Event::AskPressed)).icon(Icon::Again)
    };
    body.push(Block::Buttons(vec![act]));
    if let Some(problem) = &fault.problem {
        body.extend(raw(problem));
    }
    Block::note(tone(fault), None, &faults::title(fault), body)
}

/// A fault that ends what was tried, told without a button: the page offers what comes next.
pub(super) fn refusal(fault: &Fault) -> Vec<Block> {
    let mut body = vec![Block::para(faults::advice(fault))];
    if let Some(problem) = &fault.problem {
        body.extend(missing(problem));
        body.push(causes(problem));
        body.extend(advice(problem));
        body.extend(raw(problem));
    }
    body
}

/// Trouble that passes by itself is a warning; what stays is bad.
fn tone(fault: &Fault) -> Tone {
    if fault.passes() || fault.code == Code::SignedOut { Tone::Warn } else { Tone::Bad }
}

/// Who lacks what, where: as Azure's sentence names it.
fn missing(problem: &ArmProblem) -> Option<Block> {
    let missing = problem.missing.as_ref()?;
    let id = |what: &str, value: &str| vec![Span::copy(what, value)];
    Some(Block::Facts(vec![
        Fact::new(page::WHO, id("object id", &missing.principal)),
        Fact::new(page::NEEDS, id("action", &missing.action)),
        Fact::new(page::WHERE, id("scope", &missing.scope)),
    ]))
}

/// Azure's sentence and code, in one line.
fn said(problem: &ArmProblem) -> Option<Block> {
    let cause = problem.cause();
    let mut line = vec![Span::text(page::AZURE_SAYS)];
    match (cause.message.is_empty(), cause.code.is_empty()) {
        (true, true) => line.push(Span::text(&page::http_status(problem.status))),
        (false, _) => line.push(Span::text(&page::quoted(&cause.message))),
        (true, false) => {}
    }
    if !cause.code.is_empty() {
        line.push(Span::text(" "));
        line.push(Span::code(&cause.code));
    }
    Some(Block::Small(line))
}

/// Azure's errors, the deepest first.
fn causes(problem: &ArmProblem) -> Block {
    let deepest = problem.chain.len().saturating_sub(1);
    let checks = problem.chain.iter().enumerate().rev().map(|(at, cause)| {
        let mut text = vec![if at == deepest { Span::strong(page::THE_CAUSE) } else { Span::text(page::REPORTED_AS) }];
        if !cause.code.is_empty() {
            text.extend([Span::text(" "), Span::code(&cause.code.clone())]);
        }
        let message = (!cause.message.is_empty()).then(|| Block::para(&page::quoted(&cause.message)));
        Check {
            tone: if at == deepest { Tone::Bad } else { Tone::Plain },
            text,
            word: plain(match at {
                at if at == deepest => page::DEEPEST,
                0 => page::ON_TOP,
                _ => page::ABOVE_IT,
            }),
            more: message.into_iter().collect(),
        }
    });
    Block::Checks(checks.collect())
}

fn advice(problem: &ArmProblem) -> Option<Block> {
    (!problem.advice.is_empty()).then(|| {
        let lines = problem.advice.iter().map(|line| plain(&page::quoted(line)));
        Block::section("advice", page::AZURE_ADVISES, vec![Block::Bullets(lines.collect())])
    })
}

/// The answer as Azure sent it, with the ids that support asks for.
fn raw(problem: &ArmProblem) -> Vec<Block> {
    let mut body = Vec::new();
    if let Some(activity) = &problem.activity {
        body.push(Block::Facts(vec![Fact::new(page::ACTIVITY_ID, vec![Span::copy("activity id", activity)])]));
    }
    if !problem.raw.trim().is_empty() {
        body.push(Block::code(page::ANSWER, problem.raw.clone()));
    }
    if body.is_empty() {
        return Vec::new();
    }
    let summary = plain(page::WHAT_AZURE_SENT);
    vec![Block::Fold { id: "raw".into(), summary, body }]
}

/// How a list stands: what keeps it from being whole, or that more is coming.
pub(super) fn list<T>(load: &Load<T>, what: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    if let Some(stopped) = &load.fault {
        blocks.push(fault(stopped, None));
    } else if let Some(trouble) = load.trouble() {
        blocks.push(fault(trouble, load.next()));
    } else if load.is_loading() {
        blocks.push(Block::Progress(page::reading(what, load.items.len())));
    }
    if load.skipped > 0 {
        blocks.push(Block::note(
            Tone::Warn,
            None,
            &page::skipped(load.skipped, what),
            vec![Block::para(page::SKIPPED_MORE)],
        ));
    }
    blocks
}

/// What keeps an instance, its vault or its points from being read.
pub(super) fn source_troubles(source: &Source) -> Vec<Block> {
    let mut blocks = Vec::new();
    let troubles = [source.instance.trouble(), source.vault.trouble()];
    let mut codes = Vec::new();
    for trouble in troubles.into_iter().flatten() {
        // One cause, such as no network, is told once.
        if !codes.contains(&trouble.code) {
            codes.push(trouble.code);
            blocks.push(fault(trouble, None));
        }
    }
    if let Some(trouble) = source.load.fault.as_ref().or(source.load.trouble())
        && !codes.contains(&trouble.code)
    {
        blocks.push(fault(trouble, source.load.next()));
    }
    blocks
}

/// Where a restore comes from, beside the page on which its target is chosen.
pub(super) fn source_card(model: &Model, point: &PointId, source: Option<&Source>) -> Block {
    let change = model.address(Place::Points(point.instance.clone(), Some(point.name.clone())));
    let made = source.and_then(|source| source.point(&point.name)).map(|point| point.made);
    let server = source.map_or(point.instance.name.as_str(), Source::server_name);
    Block::card(
        "source",
        page::SOURCE,
        vec![
            Block::Facts(vec![
                Fact::new(page::SERVER, plain(server)),
                Fact::new(page::VAULT, plain(point.instance.vault.name.as_str())),
                Fact::new(page::POINT, made.map_or_else(|| vec![Span::code(point.name.as_str())], time)),
            ]),
            Block::Para(vec![Span::Link { text: page::CHANGE.into(), more: page::CHANGE_POINT.into(), href: change }]),
        ],
    )
}

/// The names that the files will have.
pub(super) fn files(prefix: &str) -> Vec<Text> {
    let named = |tail: &str| vec![Span::code(&format!("{prefix}{tail}"))];
    vec![
        vec![
            Span::code(&format!("{prefix}_database_")),
            Span::strong(page::NAME),
            Span::code(".sql"),
            Span::Break,
            Span::quiet(page::ONE_A_DATABASE),
        ],
        named("_roles.sql"),
        named("_schema.sql"),
        named("_tablespace.sql"),
    ]
}

/// An instant.
pub(super) fn time(at: Moment) -> Text {
    vec![Span::Time(at)]
}

/// A point that is not in the list, once the list is whole.
pub(super) fn point_gone(model: &Model, point: &PointId) -> Block {
    Block::note(
        Tone::Bad,
        Some(Icon::Wait),
        page::POINT_GONE,
        vec![
            Block::para(page::POINT_GONE_MORE),
            Block::Buttons(vec![Button::new(
                page::SHOW_POINTS,
                Act::Go(model.address(Place::Points(point.instance.clone(), None))),
            )]),
        ],
    )
}
