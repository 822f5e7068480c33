//! Model → Screen: what is on the page, as plain data. Reads the model, never changes it.

mod activity;
mod before;
mod block;
mod find;
mod frame;
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
mod tab;
mod target;

pub use crate::azure::id::PointName;
pub use crate::azure::wire::Point;
pub use block::*;
pub use make::{Press, Put, Tell, Write, plain, time};
pub use tab::notice;

use crate::app::Event;
use crate::app::Model;
use crate::link::Place;
use crate::moment::Moment;
use std::sync::Arc;

/// What is on the page.
pub fn screen(model: &Model) -> Screen {
    let mut page = page(model);
    sight::sight(&mut page, model);
    link::banner(&mut page.main, model);
    Screen { title: tab::title(model, &page), frame: frame::frame(model), page }
}

fn page(model: &Model) -> Page {
    let link = match &model.link {
        Ok(link) => link,
        Err(problem) => return start::bad_link(model, problem),
    };
    match &link.place {
        Place::Start => return start::start(model),
        Place::About => return start::about(model),
        _ => {}
    }
    if !model.may_ask() {
        return link::sign_in(model, &link.place);
    }
    match &link.place {
        Place::Start | Place::About => start::start(model),
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
    /// A passing message that is read out politely ("Copied"); the number tells repetitions apart.
    pub said: Option<(u64, String)>,
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
    /// The list of recovery points, if this page has one. It has its own slot, since it may be thousands of rows.
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

/// The list of recovery points, newest first, by month.
#[derive(Clone, Debug)]
pub struct Points {
    /// Its heading.
    pub title: String,
    /// Below the heading.
    pub lead: String,
    /// The chosen one.
    pub chosen: Option<PointName>,
    /// The points as Azure gives them, newest first: shared with the model.
    pub points: Arc<[Point]>,
}

/// One recovery point, as its row shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct PointRow {
    /// Its id.
    pub name: PointName,
    /// When it was made.
    pub made: Moment,
    /// The newest of all.
    pub latest: bool,
    /// Its state: tone and word.
    pub state: (Tone, String),
    /// Its type, such as "Full".
    pub kind: String,
    /// The tier it is in, such as "Vault".
    pub tier: String,
    /// Its retention tag.
    pub tag: String,
    /// When it goes, where Azure says so.
    pub expires: Option<Moment>,
}

impl Points {
    /// The rows. Made when they are drawn, which is when [`Points::same_rows`] says so, not with every screen.
    pub fn rows(&self) -> Arc<[PointRow]> {
        self.points.iter().enumerate().map(|(at, point)| points::row(point, at == 0)).collect()
    }

    /// Whether another list has the same rows. They are shared with the model, which makes them anew only when they
    /// change: a click or a tick redraws no row.
    pub fn same_rows(&self, other: &Points) -> bool {
        Arc::ptr_eq(&self.points, &other.points)
    }
}

impl PartialEq for Points {
    fn eq(&self, other: &Self) -> bool {
        self.same_rows(other) && self.chosen == other.chosen && self.title == other.title && self.lead == other.lead
    }
}
