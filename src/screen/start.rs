//! The pages that need no Azure: the first one, a link that is not valid, this host.

use super::diagnostics::diagnostics;
use super::frame::support;
use super::host::{protections, versions};
use super::make::{Press, Put, Tell, Write, check};
use super::{Block, Button, Icon, Page, Text, Tone, plain};
use crate::app::{Event, Model, Session};
use crate::azure::cloud::{ApiVersion, Cloud};
use crate::config::{self, Config, Target};
use crate::flow::host::shared;
use crate::link::{self, Link, Place, World};
use crate::words::{page, problems};

/// Links of the simulated Azure, as a colleague or a runbook would make them.
const PREPARED_LINK: &str = "#/demo/points?v=1&instance=6f2d9a41-5c0e-4b7a-9f63-2d1e8c7b4a05/rg-backup-prod/bvault-prod-weu/psql-orders-prod-psql-orders-prod-3f0b61d4-9c2a-11ef-8a5e-00155d3c7b19&point=newest";
const PREPARED_PLAN: &str = "#/demo/plan?v=1&points=6f2d9a41-5c0e-4b7a-9f63-2d1e8c7b4a05/rg-backup-prod/bvault-prod-weu/psql-orders-prod-psql-orders-prod-3f0b61d4-9c2a-11ef-8a5e-00155d3c7b19/newest,psql-payments-prod-psql-payments-prod-257835b3-825c-4bc1-aacd-994091513534/newest,rg-backup-prod-neu/bvault-prod-neu/psql-identity-prod-psql-identity-prod-c693885e-a021-4286-ab3a-fe35fb438935/newest";

/// The first page: the promise, and the two ways in.
pub(super) fn start(model: &Model) -> Page {
    let mut page = Page::new("start".into(), None, page::PROMISE);
    page.lead = plain(page::PROMISE_MORE);
    page.display = true;
    troubles(&mut page.main, model);
    if model.world() == World::Demo {
        super::incident::told(&mut page.main, model);
    } else {
        page.main.buttons(ways_in(model));
    }
    if model.world() == World::Azure {
        page.main.hints(page::ONE_PERMISSION);
    }
    super::activity::taken_up(&mut page.main, model);
    if model.world() == World::Demo {
        prepared(&mut page.rest);
    }
    let mut outline = Vec::new();
    for ((title, text), icon) in page::OUTLINE.into_iter().zip([Icon::Wait, Icon::Container, Icon::Vault, Icon::File]) {
        outline.push((icon, title.to_string(), text.to_string()));
    }
    let mut needs = Vec::new();
    for (name, text) in page::NEEDS_LIST {
        needs.named(name, text);
    }
    let mut not = vec![Block::Bullets(page::DOES_NOT.map(plain).into())];
    not.hints(page::BETTER_ANSWER);
    let mut cards = Vec::new();
    cards.card("need", page::WHAT_YOU_NEED, vec![Block::Facts(needs)]);
    cards.card("not", page::WHAT_IT_DOES_NOT, not);
    page.rest.section("how", page::HOW_IT_GOES, vec![Block::Outline(outline)]).put(Block::Pair(cards));
    page
}

/// What is in the way of signing in, or of trusting this page.
pub(super) fn troubles(blocks: &mut Vec<Block>, model: &Model) {
    if model.framed {
        blocks.notice(Tone::Bad, None, page::FRAMED, page::FRAMED_MORE);
    }
    if model.insecure {
        blocks.notice(Tone::Bad, None, page::INSECURE, page::INSECURE_MORE);
    }
    if model.world() == World::Azure && model.folder.split_once("://").is_some_and(|(_, host)| shared(host)) {
        blocks.notice(Tone::Warn, None, page::SHARED_ORIGIN, page::SHARED_ORIGIN_MORE);
    }
    // Without encryption nothing else is the cause.
    if let (World::Azure, Session::Failed { code, message }, false) = (model.world(), &model.session, model.insecure) {
        let (title, advice) = problems::sign_in(code);
        let mut facts = Vec::new();
        facts.id(page::CODE, "code", code);
        if matches!(code.as_str(), "AADSTS50011" | "AADSTS9002326" | "AADSTS7000218") {
            facts.id(page::REDIRECT_URI, "redirect URI", &model.folder);
        }
        let mut body = Vec::new();
        body.says(advice).facts(facts);
        if !message.is_empty() {
            body.hints(&page::quoted(message));
        }
        let support = support(model);
        if !support.is_empty() {
            body.para(support);
        }
        blocks.note(Tone::Bad, None, title, body);
    }
}

/// The address of the demo's servers.
fn demo() -> String {
    Link { world: World::Demo, place: Place::Find }.print()
}

/// The two ways in.
pub(super) fn ways_in(model: &Model) -> Vec<Button> {
    let mut buttons = Vec::new();
    let mut try_it = true;
    match (model.world(), &model.config, &model.session) {
        (World::Azure, Err(problems), _) => {
            buttons.go(page::TRY_IT, demo()).primary().icon(Icon::Next);
            let about = if absent(problems) { page::SET_UP } else { page::WHAT_IS_WRONG };
            buttons.go(about, model.address(Place::About));
            try_it = false;
        }
        (_, _, Session::SignedIn(_)) => {
            buttons.go(page::FIND_A_SERVER, model.address(Place::Find)).primary().icon(Icon::Next);
        }
        (_, _, session) => {
            let never = if model.insecure { page::INSECURE } else { page::ON_THE_WAY };
            let never = (model.insecure || *session == Session::Leaving).then_some(never);
            buttons.tell(page::SIGN_IN_MICROSOFT, Event::SignInPressed).primary().icon(Icon::Next).unless(never);
        }
    }
    if try_it {
        buttons.go(page::TRY_IT, demo());
    }
    buttons
}

/// What somebody might have sent: a link to one point, and one to a plan of several.
fn prepared(blocks: &mut Vec<Block>) {
    let mut buttons = Vec::new();
    for (words, link) in [(page::PREPARED_LINK, PREPARED_LINK), (page::PREPARED_PLAN, PREPARED_PLAN)] {
        if let Ok(link) = Link::parse(link) {
            buttons.tell(words, Event::LinkPressed(link.place)).icon(Icon::Link);
        }
    }
    let mut body = Vec::new();
    let mut states = Text::new();
    states.link(page::STATES_LINK, Link { world: World::Demo, place: Place::States }.print());
    body.says(page::PREPARED_MORE).buttons(buttons).para(states);
    blocks.section("prepared", page::PREPARED, body);
}

/// An address that is no link.
pub(super) fn bad_link(model: &Model, problem: &link::Problem) -> Page {
    let mut page = Page::new("bad-link".into(), None, page::BAD_LINK);
    page.lead = plain(&problems::link(problem));
    let mut buttons = Vec::new();
    buttons.go(page::FIND_A_SERVER, model.address(Place::Find)).primary();
    buttons.go(page::FIRST_PAGE, model.address(Place::Start));
    page.main.says(page::BAD_LINK_MORE).buttons(buttons);
    page
}

/// This host: the configuration in use, or what is wrong with it and how to set it up; versions, what the host protects,
/// what this browser shows of Azure's answers, and the report of all of it.
pub(super) fn about(model: &Model) -> Page {
    let demo = model.world() == World::Demo;
    let (title, lead) = match &model.config {
        _ if demo => (page::ABOUT, page::ABOUT_SIMULATED),
        Ok(_) => (page::ABOUT, page::ABOUT_MORE),
        Err(problems) if absent(problems) => (page::NOT_SET_UP, page::NOT_SET_UP_MORE),
        Err(_) => (page::MISTAKEN, page::MISTAKEN_MORE),
    };
    let mut page = Page::new("about".into(), None, title);
    page.lead = plain(lead);
    match &model.config {
        _ if demo => {
            let mut buttons = Vec::new();
            buttons.go(page::ABOUT_FOR_REAL, Link { world: World::Azure, place: Place::About }.print());
            page.main.buttons(buttons);
        }
        Ok(config) => configured(&mut page.main, model, config),
        Err(problems) => unconfigured(&mut page.main, model, problems),
    }
    versions(&mut page.main, model);
    protections(&mut page.side, model);
    diagnostics(&mut page.rest, model);
    page
}

fn configured(blocks: &mut Vec<Block>, model: &Model, config: &Config) {
    let default = |is_it| if is_it { page::DEFAULT } else { "" };
    let cloud = [config.cloud.title(), default(config.cloud == Cloud::default())].concat();
    let api = [config.api_version.as_str(), default(config.api_version == ApiVersion::default())].concat();
    let mut facts = Vec::new();
    facts.named(page::CLOUD, &cloud).below(plain(config.cloud.arm_host()));
    facts.named(page::SIGNS_IN_AT, config.cloud.login_host()).below(plain(&config.tenant));
    facts.id(page::CLIENT_ID, "client id", &config.client_id);
    facts.id(page::REDIRECT_URI, "redirect URI", &model.folder);
    facts.named(page::API_VERSION, &api);
    let allowed = &config.allowed;
    let mut switches = plain(if allowed.grant_roles { page::ROLES_GRANTED } else { page::ROLES_OFF });
    switches.say(if allowed.create_containers { page::CONTAINERS_MADE } else { page::CONTAINERS_OFF });
    switches.say(default(allowed.grant_roles && allowed.create_containers));
    facts.fact(page::FROM_HERE, switches);
    match &allowed.targets {
        None => {
            facts.named(page::TARGETS, &[page::ANYWHERE, page::DEFAULT].concat());
        }
        Some(targets) => {
            facts.fact(page::TARGETS, Text::new());
            for target in targets {
                let mut line = Text::new();
                line.code(match target {
                    Target::Subscription(id) => id.as_str(),
                    Target::Account(name) => name.as_str(),
                });
                facts.below(line);
            }
        }
    }
    let support = support(model);
    if !support.is_empty() {
        facts.fact(page::HELP, support);
    }
    blocks.section("config", page::CONFIGURATION, vec![Block::Lined(facts)]);
}

/// Whether nobody has written a configuration yet.
fn absent(problems: &[config::Problem]) -> bool {
    problems.iter().any(|problem| problem.kind == config::Kind::Absent)
}

fn unconfigured(blocks: &mut Vec<Block>, model: &Model, wrong: &[config::Problem]) {
    let mut buttons = Vec::new();
    buttons.go(page::TRY_IT, demo()).primary().icon(Icon::Next);
    blocks.buttons(buttons);
    let mut lines = Vec::new();
    for problem in wrong {
        let (what, mend) = problems::config(&problem.kind);
        let mut text = Text::new();
        if let Some(line) = problem.line {
            text.strong(&page::line(line)).say(" ");
        }
        text.say(&what).line().quiet(&mend);
        check(&mut lines, Tone::Bad, text, plain(page::FIX), Vec::new());
    }
    blocks.section("wrong", page::WHAT_IS_WRONG, vec![Block::Checks(lines)]);
    let mut body = Vec::new();
    body.says(page::REGISTER_MORE).source(page::COMMANDS, &page::register(&model.folder));
    blocks.section("register", page::REGISTER, body);
    let mut body = Vec::new();
    body.says(page::WRITE_CONFIG_MORE).source("config.json", page::SAMPLE_CONFIG);
    blocks.section("write", page::WRITE_CONFIG, body);
}
