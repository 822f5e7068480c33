//! What this host protects, and the versions in use.

use super::make::{Put, Tell, Write, check};
use super::{Block, Text, Tone, plain};
use crate::app::{Event, Model};
use crate::flow::host::{Line, Setting, Verdict, Why};
use crate::link::World;
use crate::words::page;

/// What was found of the host.
pub(super) fn lines(model: &Model) -> Vec<Line> {
    let cloud = model.config.as_ref().ok().map(|config| config.cloud).filter(|_| model.world() == World::Azure);
    model.host.lines(&Setting { folder: &model.folder, framed: model.framed, insecure: model.insecure, cloud })
}

/// The card: a line for each protection, and what to do about those that are missing.
pub(super) fn protections(blocks: &mut Vec<Block>, model: &Model) {
    let (mut body, mut says) = (Vec::new(), Text::new());
    match model.host.asked.filter(|_| !model.host.is_asking()) {
        Some(asked) => {
            says.say(page::ASKED).ago(asked).say(". ").press(page::ASK_AGAIN, Event::ReadAgainPressed);
        }
        None => {
            says.say(page::ASKING);
        }
    }
    body.small(says);
    if model.host.is_silent() {
        body.notice(Tone::Warn, None, page::SILENT, page::SILENT_MORE);
    }
    let (mut checks, mut lacks) = (Vec::new(), false);
    for line in lines(model) {
        let (title, good_for) = page::protection(line.topic);
        let mut text = plain(title);
        if line.why != Why::Plain {
            text.line().say(&page::why(line.why));
        }
        text.line().quiet(good_for);
        lacks |= matches!(line.verdict, Verdict::Weak | Verdict::Bad);
        check(&mut checks, tone(line.verdict), text, plain(page::given(&line)), Vec::new());
    }
    body.put(Block::Checks(checks));
    if lacks {
        body.hints(page::IMPROVE);
    }
    blocks.card("host", page::PROTECTS, body);
}

fn tone(verdict: Verdict) -> Tone {
    match verdict {
        Verdict::Fine => Tone::Ok,
        Verdict::Weak => Tone::Warn,
        Verdict::Bad => Tone::Bad,
        Verdict::Unknown => Tone::Plain,
        Verdict::Reading => Tone::Busy,
    }
}

/// The section of versions.
pub(super) fn versions(blocks: &mut Vec<Block>, model: &Model) {
    let mut facts = Vec::new();
    facts.named(page::PROGRAM, page::VERSION);
    if let Some(commit) = page::BUILT_FROM {
        facts.below(plain(&[page::COMMIT, commit].concat()));
    }
    facts.named(page::API_VERSION, model.arm().api.as_str());
    facts.named(page::MSAL, if model.msal.is_empty() { page::NOT_LOADED } else { &model.msal });
    facts.named(page::BROWSER, &model.browser);
    blocks.section("versions", page::VERSIONS, vec![Block::Lined(facts)]);
}
