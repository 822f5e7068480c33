//! The pages that need no Azure: the first one, signing in, a link that is not valid, this host.

use super::{Act, Block, Button, Check, Fact, Icon, Page, Span, Tone, plain};
use crate::app::{Event, Model, Session};
use crate::azure::cloud::ApiVersion;
use crate::config::{self, Config};
use crate::link::{self, Link, Place, World};
use crate::words::{page, problems};

/// The first page: the promise, and the two ways in.
pub(super) fn start(model: &Model) -> Page {
    let mut main = Vec::new();
    main.extend(troubles(model));
    main.push(Block::Buttons(ways_in(model)));
    main.push(Block::small(page::ONE_PERMISSION));
    let outline = page::OUTLINE.iter().zip([Icon::Wait, Icon::Container, Icon::Vault, Icon::File]);
    let outline = outline.map(|((title, text), icon)| (icon, (*title).to_string(), (*text).to_string()));
    let needs = page::NEEDS_LIST.iter().map(|(name, text)| Fact::new(name, plain(text)));
    let rest = vec![
        Block::section("how", page::HOW_IT_GOES, vec![Block::Outline(outline.collect())]),
        Block::Pair(vec![
            Block::card("need", page::WHAT_YOU_NEED, vec![Block::Facts(needs.collect())]),
            Block::card(
                "not",
                page::WHAT_IT_DOES_NOT,
                vec![
                    Block::Bullets(page::DOES_NOT.iter().map(|line| plain(line)).collect()),
                    Block::small(page::BETTER_ANSWER),
                ],
            ),
        ]),
    ];
    Page {
        key: "start".into(),
        title: page::PROMISE.into(),
        lead: plain(page::PROMISE_MORE),
        display: true,
        main,
        rest,
        ..Page::default()
    }
}

/// What is in the way of signing in, or of trusting this page.
fn troubles(model: &Model) -> Vec<Block> {
    let mut blocks = Vec::new();
    if model.framed {
        blocks.push(note(Tone::Bad, page::FRAMED, page::FRAMED_MORE));
    }
    if model.insecure {
        blocks.push(note(Tone::Bad, page::INSECURE, page::INSECURE_MORE));
    }
    if model.world() == World::Azure
        && let Session::Failed { code, message } = &model.session
    {
        blocks.push(sign_in_failed(model, code, message));
    }
    blocks
}

fn note(tone: Tone, title: &str, text: &str) -> Block {
    Block::note(tone, None, title, vec![Block::para(text)])
}

fn sign_in_failed(model: &Model, code: &str, message: &str) -> Block {
    let (title, advice) = problems::sign_in(code);
    let mut facts = vec![Fact::new(page::CODE, vec![Span::copy("code", code)])];
    if title.contains("registered") {
        facts.push(Fact::new(page::REDIRECT_URI, vec![Span::copy("redirect URI", &model.folder)]));
    }
    let mut body = vec![Block::para(advice), Block::Facts(facts)];
    if !message.is_empty() {
        body.push(Block::small(&page::quoted(message)));
    }
    Block::note(Tone::Bad, None, title, body)
}

/// The two ways in; in the demo, the way to its servers.
fn ways_in(model: &Model) -> Vec<Button> {
    let demo = Link { world: World::Demo, place: Place::Find }.print();
    let find = model.address(Place::Find);
    match (model.world(), &model.config, &model.session) {
        (World::Demo, ..) => vec![Button::primary(page::FIND_A_SERVER, Act::Go(find)).icon(Icon::Next)],
        (_, Err(_), _) => vec![
            Button::primary(page::TRY_IT, Act::Go(demo)).icon(Icon::Next),
            Button::new(page::SET_UP, Act::Go(model.address(Place::About))),
        ],
        (_, Ok(_), Session::SignedIn(_)) => vec![
            Button::primary(page::FIND_A_SERVER, Act::Go(find)).icon(Icon::Next),
            Button::new(page::TRY_IT, Act::Go(demo)),
        ],
        (_, Ok(_), session) => vec![
            Button::primary(page::SIGN_IN_MICROSOFT, Act::Do(Event::SignInPressed))
                .icon(Icon::Next)
                .disabled((*session == Session::Leaving).then(|| page::ON_THE_WAY.to_string())),
            Button::new(page::TRY_IT, Act::Go(demo)),
        ],
    }
}

/// A page of Azure's, opened by somebody who is not signed in, or on a host that is not set up.
pub(super) fn sign_in(model: &Model, place: &Place) -> Page {
    if model.config.is_err() && model.world() == World::Azure {
        return about(model);
    }
    let mut main = troubles(model);
    main.push(Block::Facts(asked_for(place)));
    main.push(Block::Buttons(ways_in(model)));
    main.push(Block::small(page::ONE_PERMISSION));
    Page {
        key: "sign-in".into(),
        title: page::SIGN_IN_FIRST.into(),
        lead: plain(page::SIGN_IN_FIRST_MORE),
        main,
        ..Page::default()
    }
}

/// What a link asks for, as it says itself: nothing is asked of Azure before somebody signs in.
fn asked_for(place: &Place) -> Vec<Fact> {
    let (instance, point) = match place {
        Place::Points(instance, point) => (Some(instance), point.as_ref()),
        Place::Target(id) | Place::Review(id) | Place::Restore(id, _) => (Some(&id.instance), Some(&id.name)),
        _ => (None, None),
    };
    let vault = match place {
        Place::FindInstance(vault) => Some(vault),
        Place::Job(job) => Some(&job.vault),
        _ => instance.map(|instance| &instance.vault),
    };
    let mut facts = Vec::new();
    let mut fact = |name: &str, value: &str| facts.push(Fact::new(name, vec![Span::code(value)]));
    if let Some(instance) = instance {
        fact(page::BACKUP_INSTANCE, instance.name.as_str());
    }
    if let Some(point) = point {
        fact(page::POINT, point.as_str());
    }
    if let Place::Job(job) = place {
        fact(page::JOB, job.name.as_str());
    }
    if let Some(vault) = vault {
        fact(page::VAULT, vault.name.as_str());
        fact(page::RESOURCE_GROUP, vault.group.as_str());
        fact(page::SUBSCRIPTION, vault.subscription.as_str());
    }
    facts
}

/// An address that is no link.
pub(super) fn bad_link(model: &Model, problem: &link::Problem) -> Page {
    Page {
        key: "bad-link".into(),
        title: page::BAD_LINK.into(),
        lead: plain(&problems::link(problem)),
        main: vec![
            Block::para(page::BAD_LINK_MORE),
            Block::Buttons(vec![
                Button::primary(page::FIND_A_SERVER, Act::Go(model.address(Place::Find))),
                Button::new(page::FIRST_PAGE, Act::Go(model.address(Place::Start))),
            ]),
        ],
        ..Page::default()
    }
}

/// This host: the configuration in use, or what is wrong with it and how to set it up.
pub(super) fn about(model: &Model) -> Page {
    let (title, lead, main) = match &model.config {
        Ok(config) => (page::ABOUT, page::ABOUT_MORE, configured(model, config)),
        Err(problems) => (page::NOT_SET_UP, page::NOT_SET_UP_MORE, unconfigured(model, problems)),
    };
    Page { key: "about".into(), title: title.into(), lead: plain(lead), main, ..Page::default() }
}

fn configured(model: &Model, config: &Config) -> Vec<Block> {
    let newer = if config.api_version == ApiVersion::default() { page::DEFAULT } else { "" };
    vec![Block::section(
        "config",
        page::CONFIGURATION,
        vec![Block::Lined(vec![
            Fact::new(page::CLOUD, plain(config.cloud.title())).below(plain(config.cloud.arm_host())),
            Fact::new(page::SIGNS_IN_AT, plain(config.cloud.login_host())).below(plain(config.tenant.as_str())),
            Fact::new(page::CLIENT_ID, vec![Span::copy("client id", &config.client_id)]),
            Fact::new(page::REDIRECT_URI, vec![Span::copy("redirect URI", &model.folder)]),
            Fact::new(page::API_VERSION, plain(&format!("{}{newer}", config.api_version.as_str()))),
        ])],
    )]
}

fn unconfigured(model: &Model, wrong: &[config::Problem]) -> Vec<Block> {
    let demo = Link { world: World::Demo, place: Place::Find }.print();
    let lines = wrong.iter().map(|problem| {
        let (what, mend) = problems::config(&problem.kind);
        let mut text = Vec::new();
        if let Some(line) = problem.line {
            text.extend([Span::strong(&page::line(line)), Span::text(" ")]);
        }
        text.extend([Span::text(&what), Span::Break, Span::quiet(&mend)]);
        Check { tone: Tone::Bad, text, word: plain(page::FIX), more: Vec::new() }
    });
    vec![
        Block::Buttons(vec![Button::primary(page::TRY_IT, Act::Go(demo)).icon(Icon::Next)]),
        Block::section("wrong", page::WHAT_IS_WRONG, vec![Block::Checks(lines.collect())]),
        Block::section(
            "register",
            page::REGISTER,
            vec![Block::para(page::REGISTER_MORE), Block::code(page::COMMANDS, page::register(&model.folder))],
        ),
        Block::section(
            "write",
            page::WRITE_CONFIG,
            vec![Block::para(page::WRITE_CONFIG_MORE), Block::code("config.json", page::SAMPLE_CONFIG.into())],
        ),
    ]
}
