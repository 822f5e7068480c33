//! What frames every page: the bar on top, the simulation's banner, the steps, the line at the foot.

use super::make::Write;
use super::tab::stands;
use super::{Account, Frame, Steps, Text, plain};
use crate::app::{Event, Model, Said, Session};
use crate::azure::id::{InstanceId, PointId, PointName};
use crate::link::{Link, Place, World};
use crate::words::page;

/// The frame of the page.
pub(super) fn frame(model: &Model) -> Frame {
    let place = model.place();
    let activity = matches!(place, Place::Activity | Place::Job(_) | Place::Restore(..));
    let about = place == Place::About;
    let find = !activity && !about && place != Place::Start;
    Frame {
        home: model.address(Place::Start),
        nav: [
            (page::FIND, Place::Find, find),
            (page::ACTIVITY, Place::Activity, activity),
            (page::ABOUT, Place::About, about),
        ]
        .map(|(words, place, current)| (words.to_string(), model.address(place), current))
        .into(),
        account: account(model),
        banner: (model.world() == World::Demo).then(|| {
            let mut banner = Text::new();
            banner.strong(page::SIMULATION).say(page::SIMULATION_MORE);
            banner.link(page::LEAVE_SIMULATION, Link { world: World::Azure, place: Place::Start }.print());
            banner
        }),
        foot: (foot(model), plain(&page::version())),
        said: model.said.map(|(count, said)| {
            let words = match said {
                Said::Copied => page::COPIED.to_string(),
                Said::NotCopied => page::NOT_COPIED.to_string(),
                Said::Forgotten => page::FORGOTTEN.to_string(),
                Said::ForgottenOne => page::FORGOTTEN_ONE.to_string(),
                Said::News => model.news.as_ref().map_or_else(String::new, stands),
            };
            (count, words)
        }),
    }
}

fn account(model: &Model) -> Option<Account> {
    let (name, action) = match (model.world(), &model.session) {
        (World::Demo, _) => (page::NO_ACCOUNT, None),
        _ if model.config.is_err() => return None,
        (_, Session::SignedIn(person)) => (person.username.as_str(), Some((page::SIGN_OUT, Event::SignOutPressed))),
        (_, Session::Leaving) => (page::SIGNING_IN, None),
        (_, Session::SignedOut | Session::Failed { .. }) => {
            (page::SIGNED_OUT, Some((page::SIGN_IN, Event::SignInPressed)))
        }
    };
    let actions = action.map(|(words, event)| (words.to_string(), event)).into_iter().collect();
    Some(Account { name: name.to_string(), actions })
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
    let places = [
        Some(Place::Find),
        instance.map(|instance| Place::Points(instance.clone(), point.cloned())),
        id.clone().map(Place::Target),
        id.map(Place::Review),
        None,
    ];
    let mut items = Vec::new();
    for (name, place) in page::STEPS.into_iter().zip(places) {
        let behind = items.len() + 1 < current;
        items.push((name.to_string(), place.filter(|_| behind).map(|place| model.address(place))));
    }
    Some(Steps { current, items })
}
