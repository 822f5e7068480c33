//! Parts that several pages share: what went wrong, what is waited for, where something is restored from.

use super::make::{Press, Put, Tell, Write, check};
use super::{Block, Icon, Span, Text, Tone, plain, time};
use crate::app::{Event, Model};
use crate::azure::id::{PointId, PointName};
use crate::azure::problem::ArmProblem;
use crate::fault::{Code, Fault};
use crate::flow::load::{Load, Loading};
use crate::flow::meant::Meant;
use crate::flow::source::Source;
use crate::link::{Place, Which};
use crate::moment::Moment;
use crate::words::{faults, page, problems};

/// What went wrong, what to do, then Azure's own words and ids. `next`: when it is tried again by itself; it can be
/// tried again at once.
#[inline(never)]
pub(super) fn fault(blocks: &mut Vec<Block>, fault: &Fault, next: Option<Moment>) {
    note(blocks, fault, next, true);
}

/// What went wrong where the page has a button of its own to try again.
#[inline(never)]
pub(super) fn told(blocks: &mut Vec<Block>, fault: &Fault) {
    note(blocks, fault, None, false);
}

fn note(blocks: &mut Vec<Block>, fault: &Fault, next: Option<Moment>, again: bool) {
    let mut body = Vec::new();
    if let Some(code) = &fault.entra {
        let (what, advice) = problems::sign_in(code);
        let mut line = plain(what);
        line.say(". ").say(advice).say(" ").code(code);
        body.para(line);
    }
    body.says(faults::advice(fault));
    if let Some(problem) = &fault.problem {
        missing(&mut body, problem);
        body.small(said(problem));
    }
    // Held back: nothing is sent before the network is back, and then by itself.
    let held = fault.code == Code::Offline && next.is_none();
    if next.is_some() || held {
        let mut line = Text::new();
        if held {
            line.say(page::OFFLINE_FOR).add(Span::Lasting(fault.when)).say(".");
        }
        line.asks_again(next);
        body.small(line);
    }
    let mut buttons = Vec::new();
    let sign_in = match fault.code {
        Code::SignedOut | Code::ProofNotTaken => Some((page::SIGN_IN_AGAIN, Event::SignInPressed)),
        Code::MoreProof => Some((page::SIGN_IN_MORE, Event::ProofPressed(fault.claims().to_string()))),
        Code::OtherTenant => Some((page::SIGN_IN_OTHER, Event::SignInPressed)),
        _ => None,
    };
    if let Some((words, event)) = sign_in {
        buttons.tell(words, event).icon(Icon::Person);
    } else if again && !held {
        buttons.tell(page::TRY_AGAIN, Event::AskPressed).icon(Icon::Again);
    }
    if !buttons.is_empty() {
        body.buttons(buttons);
    }
    if let Some(problem) = &fault.problem {
        raw(&mut body, problem);
    }
    // What passes by itself is a warning; what stays is bad.
    let tone = if fault.passes() || fault.is_of_sign_in() { Tone::Warn } else { Tone::Bad };
    blocks.note(tone, None, &faults::title(fault), body);
}

/// A fault that ends what was tried, told without a button: the page offers what comes next.
#[inline(never)]
pub(super) fn refusal(blocks: &mut Vec<Block>, fault: &Fault) {
    refusal_of(blocks, fault, true);
}

/// The same; `who`: whether it is to be told who lacks what where, which the page may have told already.
pub(super) fn refusal_of(blocks: &mut Vec<Block>, fault: &Fault, who: bool) {
    blocks.says(faults::advice(fault));
    if let Some(problem) = &fault.problem {
        if who {
            missing(blocks, problem);
        }
        causes(blocks, problem);
        if !problem.advice.is_empty() {
            let lines = problem.advice.iter().map(|line| plain(&page::quoted(line))).collect();
            blocks.section("advice", page::AZURE_ADVISES, vec![Block::Bullets(lines)]);
        }
        raw(blocks, problem);
    }
}

/// Who lacks what, where: as Azure's sentence names it.
fn missing(blocks: &mut Vec<Block>, problem: &ArmProblem) {
    if let Some(missing) = &problem.missing {
        let mut facts = Vec::new();
        facts.id(page::WHO, "object id", &missing.principal);
        facts.id(page::NEEDS, "action", &missing.action);
        facts.id(page::WHERE, "scope", &missing.scope);
        blocks.facts(facts);
    }
}

/// Azure's sentence and code, in one line.
fn said(problem: &ArmProblem) -> Text {
    let cause = problem.cause();
    let mut line = plain(page::AZURE_SAYS);
    if !cause.message.is_empty() {
        line.say(&page::quoted(&cause.message));
    } else if cause.code.is_empty() {
        line.say(&page::http_status(problem.status));
    }
    if !cause.code.is_empty() {
        line.say(" ").code(&cause.code);
    }
    line
}

/// Azure's sentence and code, to be opened.
pub(super) fn azure_said(blocks: &mut Vec<Block>, fault: &Fault) {
    if let Some(problem) = &fault.problem {
        let mut body = Vec::new();
        body.small(said(problem));
        blocks.fold("said", page::WHAT_AZURE_SAID, body);
    }
}

/// Azure's errors, the deepest first.
fn causes(blocks: &mut Vec<Block>, problem: &ArmProblem) {
    let deepest = problem.chain.len().saturating_sub(1);
    let mut checks = Vec::new();
    for (at, cause) in problem.chain.iter().enumerate().rev() {
        let mut text = Text::new();
        let (tone, word) = if at == deepest {
            text.strong(page::THE_CAUSE);
            (Tone::Bad, page::DEEPEST)
        } else {
            text.say(page::REPORTED_AS);
            (Tone::Plain, if at == 0 { page::ON_TOP } else { page::ABOVE_IT })
        };
        if !cause.code.is_empty() {
            text.say(" ").code(&cause.code);
        }
        let mut more = Vec::new();
        if !cause.message.is_empty() {
            more.says(&page::quoted(&cause.message));
        }
        check(&mut checks, tone, text, plain(word), more);
    }
    blocks.put(Block::Checks(checks));
}

/// The answer as Azure sent it, with the ids that support asks for.
fn raw(blocks: &mut Vec<Block>, problem: &ArmProblem) {
    let mut body = Vec::new();
    if let Some(activity) = &problem.activity {
        let mut facts = Vec::new();
        facts.id(page::ACTIVITY_ID, "activity id", activity);
        body.facts(facts);
    }
    if !problem.raw.trim().is_empty() {
        body.source(page::ANSWER, &problem.raw);
    }
    if !body.is_empty() {
        blocks.fold("raw", page::WHAT_AZURE_SENT, body);
    }
}

/// How a list stands: what keeps it from being whole, or that more is coming.
pub(super) fn list<T>(blocks: &mut Vec<Block>, load: &Load<T>, what: &str) {
    state_of_list(blocks, load, load.items.len(), load.skipped, what);
}

/// The same, where so many are told to have been skipped.
pub(super) fn list_but<T>(blocks: &mut Vec<Block>, load: &Load<T>, skipped: usize, what: &str) {
    state_of_list(blocks, load, load.items.len(), skipped, what);
}

#[inline(never)]
fn state_of_list(blocks: &mut Vec<Block>, load: &Loading, so_far: usize, skipped: usize, what: &str) {
    let trouble = load.fault.as_ref().map(|fault| (fault, None)).or(load.trouble().map(|fault| (fault, load.next())));
    if let Some((trouble, next)) = trouble {
        fault(blocks, trouble, next);
    } else if load.is_loading() {
        blocks.progress(&page::reading(what, so_far));
    }
    if skipped > 0 {
        blocks.notice(Tone::Warn, None, &page::skipped(skipped, what), page::SKIPPED_MORE);
    }
}

/// What keeps an instance, its vault or its points from being read. One cause, such as no network, is told once.
#[inline(never)]
pub(super) fn source_troubles(blocks: &mut Vec<Block>, source: &Source) {
    let of_points = source.load.fault.as_ref().or(source.load.trouble());
    let troubles = [(source.instance.trouble(), None), (source.vault.trouble(), None), (of_points, source.load.next())];
    let mut codes = Vec::new();
    for (trouble, next) in troubles {
        if let Some(trouble) = trouble.filter(|trouble| !codes.contains(&trouble.code)) {
            codes.push(trouble.code);
            fault(blocks, trouble, next);
        }
    }
}

/// Where a restore comes from, beside the page on which its target is chosen.
pub(super) fn source_card(blocks: &mut Vec<Block>, model: &Model, point: &PointId, source: Option<&Source>) {
    let made = source.and_then(|source| source.point(&point.name)).map(|point| point.made);
    let mut facts = Vec::new();
    facts.named(page::SERVER, source.map_or(point.instance.likely_server(), Source::server_name));
    facts.named(page::VAULT, point.instance.vault.name.as_str());
    facts.fact(page::POINT, made.map_or_else(|| plain(point.name.as_str()), time));
    facts.change(page::CHANGE_POINT, &model.address(model.page_of(point)));
    let change = facts.last_mut().and_then(|fact| fact.change.take());
    let mut body = vec![Block::Facts(facts)];
    body.para(change.into_iter().collect());
    blocks.card("source", page::SOURCE, body);
}

/// The names that the files will have.
pub(super) fn files(prefix: &str) -> Vec<Text> {
    let named = |tail: &str| {
        let mut text = Text::new();
        text.code(&format!("{prefix}{tail}"));
        text
    };
    let mut databases = named("_database_");
    databases.strong(page::NAME).code(".sql");
    vec![databases, named("_roles.sql"), named("_schema.sql"), named("_tablespace.sql")]
}

/// Whether a point is neither in the list nor known by its id.
pub(super) fn is_gone(source: &Source, name: &PointName) -> bool {
    matches!(source.meant(&Which::known(name.clone(), None)), Meant::Gone | Meant::Unclear(_))
}

/// A point that is not in the list, once the list is whole.
#[inline(never)]
pub(super) fn point_gone(blocks: &mut Vec<Block>, model: &Model, point: &PointId) {
    let mut body = Vec::new();
    body.says(page::POINT_GONE_MORE);
    let mut buttons = Vec::new();
    buttons.go(page::SHOW_POINTS, model.address(Place::Points(point.instance.clone(), None)));
    body.buttons(buttons);
    blocks.note(Tone::Bad, Some(Icon::Wait), page::POINT_GONE, body);
}
