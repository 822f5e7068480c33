//! What frames every page: the bar on top, the simulation's banner, the steps, the line at the foot.

use super::{Account, Frame, Page, Span, Steps, plain};
use crate::app::{Event, Model, Said, Session};
use crate::azure::id::{InstanceId, PointName};
use crate::link::{Link, Place, World};
use crate::words::{labels, page};

/// The document's title.
pub(super) fn title(page: &Page) -> String {
    if page.display { labels::PROGRAM.into() } else { format!("{} – {}", page.title, labels::PROGRAM) }
}

/// The frame of the page.
pub(super) fn frame(model: &Model) -> Frame {
    let place = model.place();
    let demo = model.world() == World::Demo;
    let find = matches!(
        place,
        Place::Find
            | Place::FindVault(_)
            | Place::FindInstance(_)
            | Place::Points(..)
            | Place::Target(_)
            | Place::Review(_)
    );
    let activity = matches!(place, Place::Activity | Place::Job(_) | Place::Restore(..));
    Frame {
        home: model.address(Place::Start),
        nav: vec![
            (page::FIND.into(), model.address(Place::Find), find),
            (page::ACTIVITY.into(), model.address(Place::Activity), activity),
            (page::ABOUT.into(), model.address(Place::About), place == Place::About),
        ],
        account: account(model),
        banner: demo.then(|| {
            let leave = Link { world: World::Azure, place: Place::Start }.print();
            vec![
                Span::strong(page::SIMULATION),
                Span::text(page::SIMULATION_MORE),
                Span::link(page::LEAVE_SIMULATION, leave),
            ]
        }),
        foot: (foot(model), plain(&page::version())),
        said: model.said.map(|(count, said)| {
            let words = match said {
                Said::Copied => page::COPIED,
                Said::NotCopied => page::NOT_COPIED,
                Said::Forgotten => page::FORGOTTEN,
            };
            (count, words.to_string())
        }),
    }
}

fn account(model: &Model) -> Option<Account> {
    if model.world() == World::Demo {
        return Some(Account { name: page::NO_ACCOUNT.into(), actions: Vec::new() });
    }
    model.config.as_ref().ok()?;
    Some(match &model.session {
        Session::SignedIn(person) => {
            Account { name: person.username.clone(), actions: vec![(page::SIGN_OUT.into(), Event::SignOutPressed)] }
        }
        Session::Leaving => Account { name: page::SIGNING_IN.into(), actions: Vec::new() },
        Session::SignedOut | Session::Failed { .. } => {
            Account { name: page::SIGNED_OUT.into(), actions: vec![(page::SIGN_IN.into(), Event::SignInPressed)] }
        }
    })
}

fn foot(model: &Model) -> String {
    match (model.world(), &model.config) {
        (World::Demo, _) => page::FOOT_SIMULATED.into(),
        (World::Azure, Ok(config)) => page::foot(config.cloud.title(), config.cloud.arm_host()),
        (World::Azure, Err(_)) => page::FOOT_UNCONFIGURED.into(),
    }
}

/// The five steps, those that lie behind leading back.
pub(super) fn steps(model: &Model, current: usize, instance: Option<&InstanceId>, point: Option<&PointName>) -> Steps {
    let of_point = |make: fn(crate::azure::id::PointId) -> Place| {
        let id = crate::azure::id::PointId { instance: instance?.clone(), name: point?.clone() };
        Some(make(id))
    };
    let places = [
        Some(Place::Find),
        instance.map(|instance| Place::Points(instance.clone(), point.cloned())),
        of_point(Place::Target),
        of_point(Place::Review),
        None,
    ];
    let items = page::STEPS
        .iter()
        .zip(places)
        .enumerate()
        .map(|(at, (name, place))| {
            ((*name).to_string(), place.filter(|_| at + 1 < current).map(|place| model.address(place)))
        })
        .collect();
    Steps { current, items }
}
