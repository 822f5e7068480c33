//! Model → Screen: what is on the page, as plain data. Reads the model, never changes it.

mod activity;
mod as_command;
mod before;
mod block;
mod diagnostics;
mod find;
mod frame;
mod host;
mod incident;
mod job;
mod link;
mod make;
mod parts;
mod pick;
mod plan;
mod points;
mod preflight;
mod progress;
mod review;
mod share;
mod shown;
mod sight;
mod start;
mod states;
mod tab;
mod target;

pub use crate::azure::id::PointName;
pub use crate::azure::wire::Point;
pub use block::*;
pub use make::{Press, Put, Tell, Write, plain, time};
pub use points::{Mark, Plot, PointRow, Points, Sign, Stretch, Timeline};
pub use tab::notice;

use crate::app::{Event, Field, Model};
use crate::link::Place;

/// What is on the page.
pub fn screen(model: &Model) -> Screen {
    let mut page = page(model);
    sight::sight(&mut page, model);
    link::banner(&mut page.main, model);
    Screen { title: tab::title(model, &page), frame: frame::frame(model), page, led_to: model.led_to }
}

fn page(model: &Model) -> Page {
    let link = match &model.link {
        Ok(link) => link,
        Err(problem) => return start::bad_link(model, problem),
    };
    match &link.place {
        Place::Start => return start::start(model),
        Place::About => return start::about(model),
        Place::States => return states::states(),
        Place::State(_) => return model.example.as_deref().map_or_else(states::states, states::example),
        _ => {}
    }
    if !model.may_ask() {
        return link::sign_in(model, &link.place);
    }
    match &link.place {
        Place::Start | Place::About | Place::States | Place::State(_) => start::start(model),
        Place::Find | Place::FindVault(_) | Place::FindInstance(_) => find::servers(model),
        Place::Points(instance, chosen) => points::points(model, instance, chosen.as_ref()),
        Place::Target(point) => target::target(model, point),
        Place::Plan(wishes) => plan::plan(model, wishes),
        Place::PlanTarget(_) => target::for_all(model),
        Place::Review(point) => review::review(model, point),
        Place::Restore(point, prefix) => progress::restore(model, point, prefix),
        Place::Job(job) => job::job(model, job),
        Place::Activity => activity::activity(model),
    }
}

/// Everything that is shown.
#[derive(Clone, Debug, PartialEq)]
pub struct Screen {
    /// The document's title.
    pub title: String,
    /// What frames every page.
    pub frame: Frame,
    /// The page.
    pub page: Page,
    /// The field that a key has led to, with a number that tells repetitions apart.
    pub led_to: Option<(u64, Field)>,
}

/// What frames every page: the bar on top, the simulation's banner, the line at the foot.
#[derive(Clone, Debug, PartialEq)]
pub struct Frame {
    /// Where the program's name leads.
    pub home: String,
    /// The main navigation: words, address, whether it is the current page.
    pub nav: Vec<(String, String, bool)>,
    /// Who is signed in, with what can be done about it; nothing while that is not known.
    pub account: Option<Account>,
    /// The simulation's banner: shown on every page of the demo.
    pub banner: Option<Text>,
    /// The line at the foot: left and right.
    pub foot: (String, Text),
    /// The list of shortcuts.
    pub help: Help,
    /// A passing message that is read out politely ("Copied"); the number tells repetitions apart.
    pub said: Option<(u64, String)>,
}

/// The list of shortcuts, a dialog.
#[derive(Clone, Debug, PartialEq)]
pub struct Help {
    /// Whether it is open.
    pub open: bool,
    /// The keys and what they do.
    pub keys: Vec<(&'static str, &'static str)>,
    /// Whether single keys are shortcuts.
    pub on: bool,
}

/// The account in the bar on top.
#[derive(Clone, Debug, PartialEq)]
pub struct Account {
    /// Its login name, or that nobody is signed in.
    pub name: String,
    /// What can be done: another account, sign out.
    pub actions: Vec<(String, Event)>,
}

/// One page.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Page {
    /// Changes when another page is shown: the focus then moves to its heading, and the page scrolls to its top.
    pub key: String,
    /// The five steps and the current one (1 to 5), with the addresses of those that can be gone back to.
    pub steps: Option<Steps>,
    /// The page's heading (level 1).
    pub title: String,
    /// Below the heading: larger for a lead, as a line of states for a server.
    pub lead: Text,
    /// The large display form of the start page.
    pub display: bool,
    /// The first part.
    pub main: Vec<Block>,
    /// Beside it where there is room; below it where there is not.
    pub side: Vec<Block>,
    /// The recovery points, if this page has them: by time below the first part, as a list before what follows. They have a
    /// slot of their own, since they may be thousands.
    pub points: Option<Points>,
    /// What follows.
    pub rest: Vec<Block>,
}

/// The five steps of a restore.
#[derive(Clone, Debug, PartialEq)]
pub struct Steps {
    /// The current one, 1 to 5; 6 when all are done.
    pub current: usize,
    /// A name each, and an address where it can be gone back to.
    pub items: Vec<(String, Option<String>)>,
}
