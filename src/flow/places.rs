//! Where files may go, as Azure lists it: subscription → storage account → container.
//!
//! A list shows what has come so far, and what keeps it from being whole is told beside it. Nothing here is needed: a
//! container's address can always be typed.

use super::load::{Load, revive};
use super::lookup::{Known, Lookup};
use super::making::{Making, Stage};
use super::{Command, Context, Ticket, Told};
use crate::azure::call::{Arm, Call};
use crate::azure::calls;
use crate::azure::id::{AccountId, AccountName, ContainerId, SubscriptionId};
use crate::azure::page::Page;
use crate::azure::storage::{Account, Container};
use crate::azure::wire::Subscription;
use crate::fault::Step;
use crate::moment::Span;

/// The most rows of a list that are shown: a filter finds the others.
pub const MOST: usize = 100;

/// The most accounts that are remembered by their names.
const MOST_KNOWN: usize = 50;

/// How long typing has to rest before an account is looked up.
const REST: Span = Span::from_secs(1);

/// What is known of places to write to.
#[derive(Clone, Debug, Default)]
pub struct Places {
    /// The subscriptions that the account can see.
    pub subscriptions: Option<Load<Subscription>>,
    /// The storage accounts of one subscription.
    pub accounts: Option<(SubscriptionId, Load<Account>)>,
    /// The containers of one account.
    pub containers: Option<(AccountId, Load<Container>)>,
    /// A container that is being made.
    pub making: Option<Making>,
    /// What accounts are filtered by.
    pub account_filter: String,
    /// What containers are filtered by.
    pub container_filter: String,
    lookups: Vec<Lookup>,
    typing: Option<Ticket>,
}

impl Places {
    /// Reads the subscriptions, unless they are there.
    pub fn see_subscriptions(&mut self, context: &mut Context<'_>) {
        if self.subscriptions.is_none() {
            self.subscriptions = Some(Load::start(calls::subscriptions(context.arm), Step::Subscriptions, context));
        }
    }

    /// Reads the storage accounts of a subscription, unless they are there.
    pub fn see_accounts(&mut self, id: &SubscriptionId, context: &mut Context<'_>) {
        see(&mut self.accounts, id, Step::Accounts, calls::accounts, context);
    }

    /// Reads the containers of an account, unless they are there.
    pub fn see_containers(&mut self, id: &AccountId, context: &mut Context<'_>) {
        see(&mut self.containers, id, Step::Containers, calls::containers, context);
    }

    /// Somebody types: an account is looked up once that rests.
    pub fn typed(&mut self, context: &mut Context<'_>) {
        self.rest_no_more(context);
        self.typing = Some(context.wake(context.now + REST));
    }

    /// Whether somebody types.
    pub fn is_typed_into(&self) -> bool {
        self.typing.is_some()
    }

    /// Nobody types any more.
    pub fn rest_no_more(&mut self, context: &mut Context<'_>) {
        if let Some(ticket) = self.typing.take() {
            context.command(Command::LetSleep(ticket));
        }
    }

    /// Looks an account up, unless that was done: in the list, else by its id where that was given, else by its name.
    pub fn look_up(
        &mut self,
        name: &AccountName,
        id: Option<&AccountId>,
        vault: &SubscriptionId,
        context: &mut Context<'_>,
    ) {
        let lookup = match (self.lookup(name), self.listed(name)) {
            // Under another id there may be one.
            (Some(known), None) if known.is_of_another_id(id) => Lookup::start(name, id, vault, context),
            (Some(known), listed) if known.has_address() || listed.is_none() => return,
            (_, Some(account)) => Lookup::over(account),
            (_, None) => Lookup::start(name, id, vault, context),
        };
        let before = self.lookups.iter().position(|lookup| lookup.name == *name);
        let dropped = before.or((self.lookups.len() >= MOST_KNOWN).then_some(0));
        if let Some(place) = dropped {
            self.lookups.remove(place).stop(context);
        }
        self.lookups.push(lookup);
    }

    /// The account of this name in the list.
    pub fn listed(&self, name: &AccountName) -> Option<&Account> {
        self.accounts.iter().flat_map(|(_, load)| &load.items).find(|account| account.id.name == *name)
    }

    /// What became of looking an account up.
    pub fn lookup(&self, name: &AccountName) -> Option<&Lookup> {
        self.lookups.iter().find(|lookup| lookup.name == *name)
    }

    /// Goes on without what is in trouble.
    pub fn give_up(&mut self, name: &AccountName, context: &mut Context<'_>) {
        if let Some(lookup) = self.lookups.iter_mut().find(|lookup| lookup.name == *name) {
            lookup.give_up(context);
        }
    }

    /// What could not be looked up, or was not there, is looked up once more: it may be new.
    pub fn forget_unknown(&mut self) {
        self.lookups.retain(|lookup| !matches!(lookup.known(), Some(Known::Unknown(_) | Known::Absent)));
    }

    /// Makes a container, unless one is being made. `before` is what is picked now.
    pub fn make(&mut self, id: ContainerId, before: super::draft::Pick, context: &mut Context<'_>) {
        if !self.making.as_ref().is_some_and(Making::goes_on) {
            self.making = Some(Making::start(id, before, context));
        }
    }

    /// Takes in what happened.
    pub fn hear(&mut self, told: Told<'_>, context: &mut Context<'_>) {
        if matches!((told, self.typing), (Told::Woke(woke), Some(mine)) if woke == mine) {
            self.typing = None;
        }
        if let Some(load) = &mut self.subscriptions {
            load.hear(told, context);
        }
        if let Some((_, load)) = &mut self.accounts {
            load.hear(told, context);
        }
        if let Some((_, load)) = &mut self.containers {
            load.hear(told, context);
        }
        for lookup in &mut self.lookups {
            lookup.hear(told, context);
        }
        if let Some(making) = &mut self.making
            && making.hear(told, context)
        {
            let account = making.id.account_id();
            self.read_containers_again(&account, context);
        }
        self.look_for_made();
    }

    /// Reads the containers of an account from the beginning, if they are the ones that are shown.
    fn read_containers_again(&mut self, account: &AccountId, context: &mut Context<'_>) {
        if let Some((of, load)) = self.containers.as_mut().filter(|(of, _)| of == account) {
            load.stop(context);
            *load = Load::start(calls::containers(context.arm, of), Step::Containers, context);
        }
    }

    /// What was made is in the list, also where Azure's list is older; what may have been made is looked for there.
    fn look_for_made(&mut self) {
        let Some(making) = &mut self.making else { return };
        let account = making.id.account_id();
        let list = self.containers.as_mut().filter(|(of, _)| *of == account).map(|(_, load)| load);
        let there = |load: &Load<Container>| load.items.iter().any(|container| container.id == making.id);
        match (&making.stage, list) {
            (Stage::Made, Some(load)) if !load.is_loading() && !there(load) => {
                let id = making.id.clone();
                load.items.push(Container { id, anonymous: false, immutable: false, held: false });
            }
            (Stage::Looking(_), Some(load)) => {
                let there = there(load);
                if there || !load.is_loading() {
                    making.looked(there);
                }
            }
            // Another account was picked meanwhile.
            (Stage::Looking(_), None) => making.looked(false),
            _ => {}
        }
    }

    /// Asks at once for what rests, and once more for what failed.
    pub fn hurry(&mut self, context: &mut Context<'_>) {
        let arm = context.arm;
        // Somebody else may have made meanwhile what could not be made from here.
        let refused = self.making.as_ref().filter(|making| making.fault().is_some());
        if let Some(account) = refused.map(|making| making.id.account_id()) {
            self.read_containers_again(&account, context);
        }
        if let Some(load) = &mut self.subscriptions {
            revive(load, || calls::subscriptions(arm), Step::Subscriptions, context);
        }
        if let Some((id, load)) = &mut self.accounts {
            revive(load, || calls::accounts(arm, id), Step::Accounts, context);
        }
        if let Some((id, load)) = &mut self.containers {
            revive(load, || calls::containers(arm, id), Step::Containers, context);
        }
        self.lookups.iter_mut().for_each(|lookup| lookup.hurry(context));
        self.forget_unknown();
    }
}

/// Reads a list, unless it is there; another one is asked for no more.
fn see<Id: Clone + PartialEq, T>(
    list: &mut Option<(Id, Load<T>)>,
    id: &Id,
    step: Step,
    call: fn(Arm, &Id) -> Call<Page<T>>,
    context: &mut Context<'_>,
) {
    match list {
        Some((of, _)) if of == id => return,
        Some((_, load)) => load.stop(context),
        None => {}
    }
    *list = Some((id.clone(), Load::start(call(context.arm, id), step, context)));
}

/// The likeliest of a list, at most [`MOST`] of those that a filter lets through, and how many it lets through. Each is
/// told by how likely it is, the less the likelier, and its name, by which the equally likely are ordered.
///
/// One pass that keeps but what is shown: a list may have thousands.
pub fn likeliest<'a>(items: impl Iterator<Item = (usize, &'a str)>, filter: &str) -> (Vec<usize>, usize) {
    let filter = filter.trim().to_ascii_lowercase();
    let (mut best, mut count): (Vec<(usize, &str, usize)>, usize) = (Vec::new(), 0);
    for (index, (rank, name)) in items.enumerate() {
        if !name.to_ascii_lowercase().contains(&filter) {
            continue;
        }
        count += 1;
        let at = best.partition_point(|known| (known.0, known.1) <= (rank, name));
        if at < MOST {
            best.insert(at, (rank, name, index));
            best.truncate(MOST);
        }
    }
    (best.into_iter().map(|(.., index)| index).collect(), count)
}
