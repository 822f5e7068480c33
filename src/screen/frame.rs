//! What frames every page: the bar on top, the simulation's banner, the steps, the line at the foot.

use super::make::Write;
use super::sight::name;
use super::tab::stands;
use super::{Account, Frame, Help, Steps, Text};
use crate::app::{Event, Key, Model, Said, Session};
use crate::azure::id::{InstanceId, PointId, PointName};
use crate::link::{Link, Place, World};
use crate::words::page;

/// The frame of the page.
pub(super) fn frame(model: &Model) -> Frame {
    let place = model.place();
    let activity = matches!(place, Place::Activity | Place::Job(_) | Place::Restore(..));
    let about = place == Place::About;
    let planned = matches!(place, Place::Plan(_) | Place::PlanTarget(_));
    let other = matches!(place, Place::Start | Place::States | Place::State(_));
    let find = !activity && !about && !planned && !other;
    // What was not begun needs no place in the bar.
    let plan = match model.gathered.len() {
        0 if planned => page::PLAN.to_string(),
        0 => String::new(),
        count => page::plan_of(count),
    };
    Frame {
        home: model.address(Place::Start),
        nav: [
            (page::FIND.to_string(), Place::Find, find),
            (plan, Place::Plan(model.gathered.clone()), planned),
            (page::ACTIVITY.to_string(), Place::Activity, activity),
            (page::ABOUT.to_string(), Place::About, about),
        ]
        .into_iter()
        .filter(|(words, ..)| !words.is_empty())
        .map(|(words, place, current)| (words, model.address(place), current))
        .collect(),
        account: account(model),
        banner: (model.world() == World::Demo).then(|| {
            let mut banner = Text::new();
            banner.strong(page::SIMULATION).say(page::SIMULATION_MORE);
            super::incident::link(&mut banner, model);
            banner.link(page::LEAVE_SIMULATION, Link { world: World::Azure, place: Place::Start }.print());
            banner
        }),
        foot: (foot(model), footer(model)),
        help: Help { open: model.help, keys: page::KEYS.into(), on: model.keys },
        said: model.said.map(|(count, said)| {
            let words = match said {
                Said::Copied => page::COPIED.to_string(),
                Said::NotCopied => page::NOT_COPIED.to_string(),
                Said::Gathered => page::GATHERED.to_string(),
                Said::NotShared => page::NOT_SHARED.to_string(),
                Said::Forgotten => page::FORGOTTEN.to_string(),
                Said::Switched => switched(model),
                Said::ForgottenOne => page::FORGOTTEN_ONE.to_string(),
                Said::News => model.news.as_ref().map_or_else(String::new, stands),
            };
            (count, words)
        }),
    }
}

fn account(model: &Model) -> Option<Account> {
    let mut actions = Vec::new();
    let mut action = |words: &str, event| actions.push((words.to_string(), event));
    if model.world() == World::Azure && model.session != Session::Leaving {
        for other in model.others() {
            action(&page::switch_to(&name(model, other)), Event::UseAccountPressed(other.id.clone()));
        }
    }
    let name = match (model.world(), &model.session) {
        (World::Demo, _) => page::NO_ACCOUNT.to_string(),
        _ if model.config.is_err() => return None,
        (_, Session::SignedIn(person)) => {
            action(page::SIGN_IN_OTHER, Event::SignInPressed);
            // All of them leave this tab: whoever signs out leaves nothing behind.
            let all = model.accounts.len() > 1;
            action(if all { page::SIGN_OUT_ALL } else { page::SIGN_OUT }, Event::SignOutPressed);
            name(model, person)
        }
        (_, Session::Leaving) => page::SIGNING_IN.to_string(),
        (_, Session::SignedOut | Session::Failed { .. }) => {
            action(page::SIGN_IN, Event::SignInPressed);
            page::SIGNED_OUT.to_string()
        }
    };
    Some(Account { name, actions })
}

/// Who is in use now, and what the one before has left behind.
fn switched(model: &Model) -> String {
    let Session::SignedIn(person) = &model.session else { return String::new() };
    let mut words = page::switched(&name(model, person));
    let realm = model.realm();
    if model.journal.entries.iter().any(|entry| entry.realm != realm && entry.outcome.is_none()) {
        words.push_str(page::OTHERS_GO_ON);
    }
    words
}

/// Where to ask for help, the list of shortcuts, for whoever has not heard of its key, and the version.
fn footer(model: &Model) -> Text {
    let mut line = support(model);
    if !line.is_empty() {
        line.say(" · ");
    }
    line.press(page::SHORTCUTS, Event::KeyPressed(Key::Help)).say(" · ").say(&page::version());
    line
}

/// Where this page's administrator sends whoever needs help; empty where nothing is said. The simulated Azure has no
/// administrator.
pub(super) fn support(model: &Model) -> Text {
    let mut line = Text::new();
    if let (World::Azure, Ok(config)) = (model.world(), &model.config) {
        let support = &config.support;
        let words = support.text.as_deref();
        match &support.url {
            Some(url) => line.out(words.unwrap_or(page::GET_HELP), url),
            None if words.is_some() => line.say(words.unwrap_or_default()),
            None => &mut line,
        };
    }
    line
}

fn foot(model: &Model) -> String {
    match (model.world(), &model.config) {
        (World::Demo, _) => page::FOOT_SIMULATED.into(),
        (World::Azure, Ok(config)) => page::foot(config.cloud.title(), config.cloud.arm_host()),
        (World::Azure, Err(_)) => page::FOOT_UNCONFIGURED.into(),
    }
}

/// The five steps, those that lie behind leading back.
#[inline(never)]
pub(super) fn steps(
    model: &Model,
    current: usize,
    instance: Option<&InstanceId>,
    point: Option<&PointName>,
) -> Option<Steps> {
    let id = instance.zip(point).map(|(instance, name)| PointId { instance: instance.clone(), name: name.clone() });
    let points = match (instance, &id) {
        (_, Some(id)) => Some(model.page_of(id)),
        (instance, None) => instance.map(|instance| Place::Points(instance.clone(), None)),
    };
    let places = [Some(Place::Find), points, id.clone().map(Place::Target), id.map(Place::Review), None];
    let mut items = Vec::new();
    for (name, place) in page::STEPS.into_iter().zip(places) {
        let behind = items.len() + 1 < current;
        items.push((name.to_string(), place.filter(|_| behind).map(|place| model.address(place))));
    }
    Some(Steps { current, items })
}
