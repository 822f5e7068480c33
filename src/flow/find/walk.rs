//! Every vault, one by one: subscription → vault → instances, some side by side. What has come is shown while the rest
//! is on its way; what cannot be read is told, and asked for again alone.

use super::Scope;
use super::rows::Rows;
use crate::azure::calls;
use crate::azure::id::{InstanceId, SubscriptionId, VaultId};
use crate::azure::wire::{Instance, Subscription, Vault};
use crate::fault::{Fault, Step};
use crate::flow::load::{Load, Loading};
use crate::flow::source::is_flexible;
use crate::flow::{Context, Told};
use crate::moment::Moment;

/// So many requests are on their way at most. Azure lets an account make 25 reads a second, and a browser opens six
/// connections to a host, or one for all.
const SIDE_BY_SIDE: usize = 8;

/// After so many tries in vain a place is free for the next, if any waits: one vault that does not answer keeps no other
/// from being read.
const TRIES: usize = 4;

/// What is read in one go.
#[derive(Clone, Debug, PartialEq)]
pub enum Part {
    /// The list of subscriptions.
    Subscriptions,
    /// The vaults of a subscription.
    Vaults(SubscriptionId),
    /// The instances of a vault.
    Instances(VaultId),
}

/// One that is on its way.
#[derive(Clone, Debug)]
enum Reading {
    Subscriptions(Load<Subscription>),
    Vaults(Load<Vault>),
    Instances(Load<Instance>),
}

/// The walk.
#[derive(Clone, Debug, Default)]
pub struct Walk {
    /// What could not be read, and why.
    pub faults: Vec<(Part, Fault)>,
    /// How many subscriptions there are, once their list has come.
    pub subscriptions: Option<usize>,
    /// How many vaults are known.
    pub vaults: usize,
    /// How many of those were read, or could not be.
    pub done: usize,
    /// How many instances were passed over, since they are no flexible servers.
    pub others: usize,
    /// How many items could not be read.
    pub skipped: usize,
    /// The last is next.
    waiting: Vec<Part>,
    on_its_way: Vec<(Part, Reading, usize)>,
    /// Nothing more is asked until somebody has signed in.
    halt: Option<Fault>,
    only: Option<SubscriptionId>,
    /// The vaults that were heard of.
    known: Vec<VaultId>,
}

impl Walk {
    /// Begins.
    pub fn start(scope: &Scope, context: &mut Context<'_>) -> Self {
        let mut walk = Walk::default();
        match scope {
            Scope::All => walk.waiting.push(Part::Subscriptions),
            Scope::Subscription(id) => {
                walk.only = Some(id.clone());
                // For its name.
                walk.waiting.push(Part::Subscriptions);
                walk.waiting.push(Part::Vaults(id.clone()));
            }
            Scope::Vault(id) => {
                walk.vaults = 1;
                walk.waiting.push(Part::Instances(id.clone()));
            }
        }
        walk.fill(context);
        walk
    }

    /// Whether more is on its way.
    pub fn is_reading(&self) -> bool {
        self.halt.is_none() && !(self.waiting.is_empty() && self.on_its_way.is_empty())
    }

    /// Why nothing more is asked, until somebody has signed in.
    pub fn halt(&self) -> Option<&Fault> {
        self.halt.as_ref()
    }

    /// What keeps the next from coming: for good until somebody signs in, or for now.
    pub fn trouble(&self) -> Option<(&Fault, Option<Moment>)> {
        let halt = self.halt.as_ref().map(|fault| (fault, None));
        halt.or_else(|| self.on_its_way.iter().find_map(|(_, reading, _)| reading.trouble()))
    }

    /// Whether an instance may be there and could not be read.
    pub fn could_not_read(&self, id: &InstanceId) -> bool {
        self.faults.iter().any(|(part, _)| match part {
            Part::Subscriptions => true,
            Part::Vaults(subscription) => *subscription == id.vault.subscription,
            Part::Instances(vault) => *vault == id.vault,
        })
    }

    /// Takes in what happened; says whether anything came. Nothing new is asked for a page that is not shown.
    pub fn hear(&mut self, told: Told<'_>, rows: &mut Rows, shown: bool, context: &mut Context<'_>) -> bool {
        let mut came = false;
        for (part, mut reading, mut tries) in std::mem::take(&mut self.on_its_way) {
            let changed = reading.hear(told, context);
            came |= changed;
            if changed {
                self.take_in(&mut reading, rows);
                tries = match reading.trouble() {
                    Some((fault, _)) => tries + usize::from(!fault.is_general()),
                    None => 0,
                };
            }
            if tries >= TRIES
                && !self.waiting.is_empty()
                && let Some((fault, _)) = reading.trouble()
            {
                let fault = fault.clone();
                reading.loading_mut().stop(context);
                self.over(part, Some(fault), 0);
                continue;
            }
            match reading.end() {
                None => self.on_its_way.push((part, reading, tries)),
                Some((Some(fault), _)) if fault.is_of_sign_in() => {
                    self.halt = Some(fault);
                    self.waiting.push(part);
                }
                Some((fault, skipped)) => self.over(part, fault, skipped),
            }
        }
        if shown {
            self.fill(context);
        }
        came
    }

    fn over(&mut self, part: Part, fault: Option<Fault>, skipped: usize) {
        self.skipped += skipped;
        self.done += usize::from(matches!(part, Part::Instances(_)));
        // Where one subscription is read its name alone is missed.
        if self.only.is_none() || part != Part::Subscriptions {
            self.faults.extend(fault.map(|fault| (part, fault)));
        }
    }

    /// What came leads on to what is to be read next.
    fn take_in(&mut self, reading: &mut Reading, rows: &mut Rows) {
        match reading {
            Reading::Subscriptions(load) => {
                for subscription in std::mem::take(&mut load.items) {
                    rows.learn(&subscription.id, &subscription.name);
                    *self.subscriptions.get_or_insert(0) += 1;
                    if self.only.is_none() {
                        self.waiting.push(Part::Vaults(subscription.id));
                    }
                }
                if load.is_whole() {
                    self.subscriptions.get_or_insert(0);
                }
            }
            Reading::Vaults(load) => {
                for vault in std::mem::take(&mut load.items) {
                    // A list that failed halfway is read from its beginning.
                    if !self.known.contains(&vault.id) {
                        self.vaults += 1;
                        self.known.push(vault.id.clone());
                        self.waiting.push(Part::Instances(vault.id));
                    }
                }
            }
            Reading::Instances(load) => {
                for instance in std::mem::take(&mut load.items) {
                    if is_flexible(&instance.kind) {
                        rows.add_instance(instance);
                    } else {
                        self.others += 1;
                    }
                }
            }
        }
    }

    fn fill(&mut self, context: &mut Context<'_>) {
        let arm = context.arm;
        while self.halt.is_none()
            && self.on_its_way.len() < SIDE_BY_SIDE
            && let Some(part) = self.waiting.pop()
        {
            let reading = match &part {
                Part::Subscriptions => {
                    Reading::Subscriptions(Load::start(calls::subscriptions(arm), Step::Subscriptions, context))
                }
                Part::Vaults(id) => Reading::Vaults(Load::start(calls::vaults(arm, id), Step::Vaults, context)),
                Part::Instances(id) => {
                    Reading::Instances(Load::start(calls::instances(arm, id), Step::Instances, context))
                }
            };
            self.on_its_way.push((part, reading, 0));
        }
    }

    /// Asks at once for what rests, and once more for what failed, and for nothing else.
    pub fn hurry(&mut self, context: &mut Context<'_>) {
        self.halt = None;
        for (part, _) in std::mem::take(&mut self.faults) {
            self.done -= usize::from(matches!(part, Part::Instances(_)));
            self.waiting.push(part);
        }
        self.on_its_way.iter_mut().for_each(|(_, reading, _)| reading.loading_mut().hurry(context));
        self.fill(context);
    }

    /// Asks no more.
    pub fn stop(&mut self, context: &mut Context<'_>) {
        self.on_its_way.iter_mut().for_each(|(_, reading, _)| reading.loading_mut().stop(context));
    }
}

impl Reading {
    fn hear(&mut self, told: Told<'_>, context: &mut Context<'_>) -> bool {
        match self {
            Reading::Subscriptions(load) => load.hear(told, context),
            Reading::Vaults(load) => load.hear(told, context),
            Reading::Instances(load) => load.hear(told, context),
        }
    }

    fn loading(&self) -> &Loading {
        match self {
            Reading::Subscriptions(load) => load,
            Reading::Vaults(load) => load,
            Reading::Instances(load) => load,
        }
    }

    fn loading_mut(&mut self) -> &mut Loading {
        match self {
            Reading::Subscriptions(load) => load,
            Reading::Vaults(load) => load,
            Reading::Instances(load) => load,
        }
    }

    /// How it ended, if it did: why it is not whole, and how many items could not be read.
    fn end(&self) -> Option<(Option<Fault>, usize)> {
        let load = self.loading();
        (!load.is_loading()).then(|| (load.fault.clone(), load.skipped))
    }

    /// What keeps it from coming, though it is tried again, and when that is.
    fn trouble(&self) -> Option<(&Fault, Option<Moment>)> {
        let load = self.loading();
        Some((load.trouble()?, load.next()))
    }
}
