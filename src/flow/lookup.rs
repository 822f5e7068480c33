//! Which subscription and group a storage account is in, and which address its blobs have: found by its name, which no
//! other account of the cloud has, or read by its id. Asked once.
//!
//! ```text
//! by its name: the resource graph → (refused) the accounts of the vault's subscription
//! by its id:   the account itself
//! ```

use super::ask::{Ask, Heard};
use super::load::Load;
use super::{Context, Told};
use crate::azure::id::{AccountId, AccountName, SubscriptionId};
use crate::azure::page::Page;
use crate::azure::storage::Account;
use crate::azure::{calls, graph};
use crate::fault::{Code, Fault, Step};

/// An account that is looked up, or was.
#[derive(Clone, Debug)]
pub struct Lookup {
    /// Its name.
    pub name: AccountName,
    /// The id that it was read by.
    by: Option<AccountId>,
    stage: Stage,
}

#[derive(Clone, Debug)]
enum Stage {
    Graph(Ask<Page<AccountId>>, SubscriptionId),
    /// The graph was refused, and why.
    List(Load<Account>, Fault),
    Read(Ask<Account>),
    Over(Known),
}

/// What is known of an account.
#[derive(Clone, Debug)]
pub enum Known {
    /// Its id, and the address of its blobs where that was told.
    Found(AccountId, Option<String>),
    /// There is none of this name that the person can see.
    Absent,
    /// It cannot be looked up, and why.
    Unknown(Fault),
}

impl Lookup {
    /// One whose account was read otherwise.
    pub fn over(account: &Account) -> Self {
        let known = Known::Found(account.id.clone(), account.blob.clone());
        Lookup { name: account.id.name.clone(), by: None, stage: Stage::Over(known) }
    }

    /// Looks an account up: by its id, where that was given. `vault` is the vault's subscription.
    pub fn start(
        name: &AccountName,
        id: Option<&AccountId>,
        vault: &SubscriptionId,
        context: &mut Context<'_>,
    ) -> Self {
        let stage = match id {
            Some(id) => Stage::Read(Ask::now(calls::account(context.arm, id), Step::Account, context)),
            None => {
                let ask = Ask::now(graph::account_named(context.arm, name), Step::Accounts, context);
                Stage::Graph(ask, vault.clone())
            }
        };
        Lookup { name: name.clone(), by: id.cloned(), stage }
    }

    /// What is known by now.
    pub fn known(&self) -> Option<&Known> {
        match &self.stage {
            Stage::Over(known) => Some(known),
            _ => None,
        }
    }

    /// Whether the address of its blobs is known.
    pub fn has_address(&self) -> bool {
        matches!(self.stage, Stage::Over(Known::Found(_, Some(_))))
    }

    /// What keeps the answer from coming, though it is tried again.
    pub fn trouble(&self) -> Option<&Fault> {
        match &self.stage {
            Stage::Graph(ask, _) => ask.trouble(),
            Stage::List(load, _) => load.trouble(),
            Stage::Read(ask) => ask.trouble(),
            Stage::Over(_) => None,
        }
    }

    /// Whether it found nothing, and is asked about by another id now, or by none.
    pub fn is_of_another_id(&self, id: Option<&AccountId>) -> bool {
        matches!(self.stage, Stage::Over(Known::Absent | Known::Unknown(_))) && self.by.as_ref() != id
    }

    /// Asks no more.
    pub fn stop(&mut self, context: &mut Context<'_>) {
        match &mut self.stage {
            Stage::Graph(ask, _) => ask.stop(context),
            Stage::List(load, _) => load.stop(context),
            Stage::Read(ask) => ask.stop(context),
            Stage::Over(_) => {}
        }
    }

    /// Asks no more where there is trouble: whoever waits goes on without the answer.
    pub fn give_up(&mut self, context: &mut Context<'_>) {
        if let Some(trouble) = self.trouble().cloned() {
            self.stop(context);
            self.stage = Stage::Over(Known::Unknown(trouble));
        }
    }

    /// Asks at once for what rests.
    pub fn hurry(&mut self, context: &mut Context<'_>) {
        match &mut self.stage {
            Stage::Graph(ask, _) => ask.hurry(context),
            Stage::List(load, _) => load.hurry(context),
            Stage::Read(ask) => ask.hurry(context),
            Stage::Over(_) => {}
        }
    }

    /// Takes in what happened.
    pub fn hear(&mut self, told: Told<'_>, context: &mut Context<'_>) {
        let known = match &mut self.stage {
            Stage::Graph(ask, vault) => match ask.hear(told, context) {
                Heard::Got(page) => {
                    let found = page.items.into_iter().find(|id| id.name == self.name);
                    found.map_or(Known::Absent, |id| Known::Found(id, None))
                }
                // Another list would be refused for the same reason.
                Heard::Refused(fault) if fault.is_of_sign_in() => Known::Unknown(fault),
                Heard::Refused(fault) => {
                    let call = calls::accounts(context.arm, vault);
                    self.stage = Stage::List(Load::start(call, Step::Accounts, context), fault);
                    return;
                }
                _ => return,
            },
            Stage::List(load, why) => {
                load.hear(told, context);
                match load.items.iter().find(|account| account.id.name == self.name) {
                    Some(account) => {
                        let known = Known::Found(account.id.clone(), account.blob.clone());
                        load.stop(context);
                        known
                    }
                    None if load.is_loading() => return,
                    // It may be in any other subscription.
                    None => Known::Unknown(why.clone()),
                }
            }
            Stage::Read(ask) => match ask.hear(told, context) {
                Heard::Got(account) => Known::Found(account.id, account.blob),
                Heard::Refused(fault) if matches!(fault.code, Code::NotFound | Code::NoSubscription) => Known::Absent,
                Heard::Refused(fault) => Known::Unknown(fault),
                _ => return,
            },
            Stage::Over(_) => return,
        };
        self.stage = Stage::Over(known);
    }
}
