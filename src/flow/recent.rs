//! The restore jobs of the last days in every vault, whoever began them: asked of the resource graph in one question, or
//! read from the vaults' own lists where it refuses or tells nothing. Read when their page is opened, and for a press.
//!
//! What is there stays on screen while it is read anew, and a vault that cannot be read takes no other with it.

use super::load::{Load, revive};
use super::source::is_flexible;
use super::{Context, Told};
use crate::azure::calls;
use crate::azure::graph::{Restored, restores};
use crate::azure::id::VaultId;
use crate::azure::wire::Job;
use crate::fault::{Code, Fault, Step};
use crate::moment::{Moment, Span};

/// So far back jobs are told: the resource graph keeps them no longer.
const KEPT: Span = Span::from_secs(14 * 86_400);

/// What is older is read anew when somebody comes back to the page.
const OLD: Span = Span::from_secs(60);

/// So many lists are on their way at most: each has every job of its vault, also the backups.
const SIDE_BY_SIDE: usize = 4;

/// After so many tries in vain a place is free for the next, if any waits.
const TRIES: usize = 4;

/// So many rows are drawn at once; more on demand.
pub const ROWS: usize = 100;

/// The restore jobs of the last days.
#[derive(Clone, Debug, Default)]
pub struct Recent {
    /// Whose they are: what one tenant was shown is not shown to another.
    pub realm: String,
    /// Those that have come, newest first.
    pub rows: Vec<Restored>,
    /// The question to the resource graph.
    pub graph: Option<Load<Restored>>,
    /// The vaults' own lists, where they are read in its place.
    pub lists: Option<Lists>,
    /// Whether the graph told of no job.
    pub told_nothing: bool,
    /// When a reading ended last, whole or not.
    pub read: Option<Moment>,
    /// How many rows are drawn at most.
    pub limit: usize,
}

/// The lists of some vaults.
#[derive(Clone, Debug, Default)]
pub struct Lists {
    /// The vaults.
    pub vaults: Vec<VaultId>,
    /// Which of them could not be read, and why.
    pub faults: Vec<(VaultId, Fault)>,
    /// How many of their jobs could not be read.
    pub skipped: usize,
    waiting: Vec<VaultId>,
    on_its_way: Vec<(VaultId, Load<Job>, usize)>,
    /// Nothing more is asked until somebody has signed in.
    halt: Option<Fault>,
}

impl Recent {
    /// The page is opened: what is known is shown at once, and read anew if it is old or another tenant's.
    pub fn see(&mut self, realm: &str, context: &mut Context<'_>) {
        if self.realm != realm {
            self.stop(context);
            *self = Recent { realm: realm.to_string(), ..Recent::default() };
        }
        self.limit = ROWS;
        // Either way: the clock may have been put back meanwhile.
        let old = self.read.is_none_or(|read| context.now.since(read).millis().abs() > OLD.millis());
        if old && !self.is_reading() {
            self.ask(context);
        }
    }

    /// Asks the resource graph.
    #[inline(never)]
    pub fn ask(&mut self, context: &mut Context<'_>) {
        self.stop(context);
        (self.lists, self.told_nothing) = (None, false);
        self.graph = Some(Load::start(restores(context.arm), Step::Restores, context));
    }

    /// Reads the lists of these vaults.
    pub fn walk(&mut self, vaults: Vec<VaultId>, context: &mut Context<'_>) {
        self.stop(context);
        // Of vaults that are not read nothing is known any more.
        self.rows.retain(|row| vaults.contains(&row.id.vault));
        let mut waiting = vaults.clone();
        waiting.reverse();
        let mut lists = Lists { vaults, waiting, ..Lists::default() };
        lists.fill(context);
        self.lists = Some(lists);
    }

    /// Whether more is on its way.
    pub fn is_reading(&self) -> bool {
        self.graph.as_ref().is_some_and(|graph| graph.is_loading())
            || self.lists.as_ref().is_some_and(Lists::is_reading)
    }

    /// Why the graph did not answer, where lists are read instead.
    pub fn refusal(&self) -> Option<&Fault> {
        self.graph.as_ref()?.fault.as_ref().filter(|fault| leads_to_lists(fault))
    }

    /// What keeps all of it from coming, or from being whole. And when it is asked again.
    pub fn trouble(&self) -> Option<(&Fault, Option<Moment>)> {
        let graph = self.graph.as_ref().filter(|_| self.lists.is_none());
        let of_graph = graph.and_then(|graph| {
            let over = graph.fault.as_ref().filter(|fault| !leads_to_lists(fault)).map(|fault| (fault, None));
            over.or(graph.trouble().map(|fault| (fault, graph.next())))
        });
        of_graph.or_else(|| self.lists.as_ref()?.trouble())
    }

    /// How many jobs could not be read.
    pub fn skipped(&self) -> usize {
        self.graph.as_ref().map_or(0, |graph| graph.skipped) + self.lists.as_ref().map_or(0, |lists| lists.skipped)
    }

    /// Takes in what happened; says whether the vaults' lists are to be read instead, since the graph refuses or tells
    /// of no job. Nothing new is asked for a page that is not shown.
    pub fn hear(&mut self, told: Told<'_>, shown: bool, context: &mut Context<'_>) -> bool {
        let mut wanted = false;
        let pages = self.graph.as_ref().map_or(0, |graph| graph.pages);
        if let Some(graph) = &mut self.graph
            && graph.hear(told, context)
        {
            // The first page that comes takes the place of what was there.
            if pages == 0 && graph.pages > 0 {
                self.rows.clear();
            }
            let (items, over, fault) = (std::mem::take(&mut graph.items), !graph.is_loading(), graph.fault.clone());
            context.past.learn_rows(&items);
            items.into_iter().for_each(|row| self.put(row));
            match fault {
                _ if !over => {}
                Some(fault) if fault.is_of_sign_in() => {}
                Some(fault) if leads_to_lists(&fault) => wanted = true,
                _ => {
                    (wanted, self.read) = (self.rows.is_empty(), Some(context.now));
                    self.told_nothing = wanted;
                }
            }
        }
        if let Some(mut lists) = self.lists.take() {
            let was_reading = lists.is_reading();
            for (vault, jobs) in lists.hear(told, shown, context) {
                context.past.learn(&jobs);
                let rows = std::mem::take(&mut self.rows);
                let (known, others): (Vec<_>, Vec<_>) = rows.into_iter().partition(|row| row.id.vault == vault);
                self.rows = others;
                // What runs is told in any case: this computer's clock may be wrong.
                let young = |job: &Job| {
                    !job.status.is_final() || job.began.is_none_or(|began| context.now.since(began) <= KEPT)
                };
                let ours = |job: &Job| job.is_restore() && is_flexible(&job.kind) && young(job);
                for job in jobs.into_iter().filter(ours) {
                    let mut row = Restored::of(job);
                    // What the graph has told of it does not change.
                    if let Some(told) = known.iter().find(|told| told.id == row.id) {
                        row.made = row.made.or(told.made);
                        row.container = row.container.or_else(|| told.container.clone());
                        row.prefix = row.prefix.or_else(|| told.prefix.clone());
                    }
                    self.put(row);
                }
            }
            if was_reading && !lists.is_reading() && lists.halt.is_none() {
                self.read = Some(context.now);
            }
            self.lists = Some(lists);
        }
        wanted
    }

    /// Puts a job where it belongs, newest first. One that begins while pages are read moves others onto the next
    /// page, which then tells them once more.
    fn put(&mut self, row: Restored) {
        self.rows.retain(|other| other.id.name != row.id.name || other.id != row.id);
        let place = self.rows.iter().position(|other| other.began < row.began).unwrap_or(self.rows.len());
        self.rows.insert(place, row);
    }

    /// Asks at once for what rests, and once more for what failed.
    pub fn hurry(&mut self, context: &mut Context<'_>) {
        if let Some(lists) = &mut self.lists {
            lists.hurry(context);
        } else if let Some(graph) = &mut self.graph {
            let arm = context.arm;
            revive(graph, || restores(arm), Step::Restores, context);
        }
    }

    /// Asks no more.
    fn stop(&mut self, context: &mut Context<'_>) {
        if let Some(graph) = self.graph.as_mut().filter(|graph| graph.is_loading()) {
            graph.stop(context);
            self.graph = None;
        }
        if let Some(lists) = &mut self.lists {
            lists.on_its_way.iter_mut().for_each(|(_, load, _)| load.stop(context));
            lists.on_its_way.clear();
            lists.waiting.clear();
        }
    }
}

impl Lists {
    fn is_reading(&self) -> bool {
        self.halt.is_none() && !(self.waiting.is_empty() && self.on_its_way.is_empty())
    }

    /// How many were read, or could not be.
    pub fn done(&self) -> usize {
        self.vaults.len() - self.waiting.len() - self.on_its_way.len()
    }

    fn trouble(&self) -> Option<(&Fault, Option<Moment>)> {
        let halt = self.halt.as_ref().map(|fault| (fault, None));
        halt.or_else(|| self.on_its_way.iter().find_map(|(_, load, _)| Some((load.trouble()?, load.next()))))
    }

    /// Takes in what happened; gives the lists that have come whole.
    fn hear(&mut self, told: Told<'_>, shown: bool, context: &mut Context<'_>) -> Vec<(VaultId, Vec<Job>)> {
        let mut came = Vec::new();
        for (vault, mut load, mut tries) in std::mem::take(&mut self.on_its_way) {
            if load.hear(told, context) {
                tries = load.trouble().map_or(0, |fault| tries + usize::from(!fault.is_general()));
            }
            if tries >= TRIES
                && !self.waiting.is_empty()
                && let Some(fault) = load.trouble().cloned()
            {
                load.stop(context);
                self.faults.push((vault, fault));
            } else if load.is_loading() {
                self.on_its_way.push((vault, load, tries));
            } else if let Some(fault) = load.fault.clone() {
                if fault.is_of_sign_in() {
                    self.halt = Some(fault);
                    self.waiting.push(vault);
                } else {
                    self.faults.push((vault, fault));
                }
            } else {
                self.skipped += load.skipped;
                came.push((vault, std::mem::take(&mut load.items)));
            }
        }
        if shown {
            self.fill(context);
        }
        came
    }

    fn fill(&mut self, context: &mut Context<'_>) {
        while self.halt.is_none()
            && self.on_its_way.len() < SIDE_BY_SIDE
            && let Some(vault) = self.waiting.pop()
        {
            let load = Load::start(calls::jobs(context.arm, &vault), Step::Search, context);
            self.on_its_way.push((vault, load, 0));
        }
    }

    /// Asks at once for what rests, and once more for what failed.
    fn hurry(&mut self, context: &mut Context<'_>) {
        self.halt = None;
        self.waiting.extend(std::mem::take(&mut self.faults).into_iter().map(|(vault, _)| vault));
        self.on_its_way.iter_mut().for_each(|(_, load, _)| load.hurry(context));
        self.fill(context);
    }
}

/// Whether the vaults' lists are read where the graph meets this. Without a valid sign-in they could not be either; and
/// where the graph leaves its list unfinished, what came is mostly enough.
fn leads_to_lists(fault: &Fault) -> bool {
    !fault.is_of_sign_in() && !fault.passes() && !matches!(fault.code, Code::Cut | Code::Endless)
}
