//! Will it work? What can be known before a restore, read side by side, judged line by line (`judge`).
//!
//! Only reads. What cannot be read makes its own line "cannot tell" and no other. Azure's own check has the last word.

mod finding;
mod judge;

pub use finding::{Finding, Line, Topic, Verdict, topic_of};

use super::load::{Load, Loading};
use super::source::{Reading, Source};
use super::{Context, Told};
use crate::azure::access::{self, Assignment, Permission};
use crate::azure::calls;
use crate::azure::graph::{self, Protected};
use crate::azure::id::{ContainerId, InstanceId, same_id};
use crate::azure::storage::{Account, Container};
use crate::azure::wire::{Instance, Job, Vault};
use crate::fault::{Fault, Step};
use crate::flow::ask::Ask;
use crate::moment::Moment;

/// What is read for one restore.
#[derive(Clone, Debug)]
pub struct Preflight {
    /// What is restored.
    pub instance: InstanceId,
    /// Where to, where that is known by its resource id.
    pub target: Option<ContainerId>,
    /// Where it is not, whether that is for there being no account of this name that the person can see.
    is_absent: bool,
    /// Since when it has been read.
    pub began: Moment,
    /// What the person may do with the instance.
    mine: Load<Permission>,
    /// The vault's jobs.
    jobs: Load<Job>,
    /// What the resource graph alone tells of the instance.
    graph: Load<Protected>,
    there: Option<There>,
}

/// What is read of the target.
#[derive(Clone, Debug)]
struct There {
    account: Reading<Account>,
    container: Reading<Container>,
    /// What the person may do there.
    mine: Load<Permission>,
    /// The roles of the vault's identity, and of which one: once that is known.
    roles: Option<(String, Load<Assignment>)>,
}

/// Whose role on the target it depends on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Identity {
    /// An identity of this object id; the resource id of a user-assigned one.
    Known(String, Option<String>),
    /// The vault has none.
    Absent,
    /// Which one Azure uses is not told.
    Unclear,
}

/// The identity with which the vault writes: the instance's user-assigned one (`identityDetails`), else the vault's own.
pub fn identity(vault: &Vault, instance: &Instance) -> Identity {
    let known = |principal: &str, id: Option<&String>| {
        access::principal(principal).map(|principal| Identity::Known(principal.to_string(), id.cloned()))
    };
    let told = match (&instance.identity, &vault.principal, vault.identities.as_slice()) {
        (Some(used), ..) => {
            let (id, principal) = match vault.identities.iter().find(|(id, _)| same_id(id, used)) {
                Some(found) => found,
                None => return Identity::Unclear,
            };
            known(principal, Some(id))
        }
        (None, Some(principal), _) => known(principal, None),
        (None, None, [(id, principal)]) => known(principal, Some(id)),
        (None, None, []) if !vault.user_assigned => return Identity::Absent,
        (None, None, _) => None,
    };
    told.unwrap_or(Identity::Unclear)
}

impl Preflight {
    /// Begins to read.
    pub fn start(
        instance: &InstanceId,
        target: Option<&ContainerId>,
        is_absent: bool,
        context: &mut Context<'_>,
    ) -> Self {
        let (arm, vault) = (context.arm, &instance.vault);
        let of_instance = calls::permissions(arm, &vault.subscription, &instance.path());
        Preflight {
            instance: instance.clone(),
            target: target.cloned(),
            is_absent,
            began: context.now,
            mine: Load::start(of_instance, Step::Permissions, context),
            jobs: Load::start(calls::jobs(arm, vault), Step::Search, context),
            graph: Load::start(
                graph::protected(arm, Some(&vault.subscription), Some(instance)),
                Step::Protected,
                context,
            ),
            there: target.map(|target| There {
                account: Reading::start(Ask::now(calls::account(arm, &target.account_id()), Step::Account, context)),
                container: Reading::start(Ask::now(calls::container(arm, target), Step::Container, context)),
                mine: Load::start(
                    calls::permissions(arm, &target.subscription, &target.path()),
                    Step::Permissions,
                    context,
                ),
                roles: None,
            }),
        }
    }

    /// Whether it is about this.
    pub fn is_of(&self, instance: &InstanceId, target: Option<&ContainerId>, is_absent: bool) -> bool {
        self.instance == *instance
            && self.target.as_ref() == target
            && (target.is_some() || self.is_absent == is_absent)
    }

    /// The target's account, once it is read.
    pub fn account(&self) -> Option<&Account> {
        self.there.as_ref()?.account.value.as_ref()
    }

    /// Begins to read the roles once it is known whose. Doing it twice changes nothing.
    pub fn settle(&mut self, source: &Source, context: &mut Context<'_>) {
        let (Some(vault), Some(instance)) = (&source.vault.value, &source.instance.value) else { return };
        let (Some(target), Some(there)) = (&self.target, &mut self.there) else { return };
        if let (Identity::Known(principal, _), None) = (identity(vault, instance), &there.roles) {
            let call = calls::role_assignments(context.arm, target, &principal);
            there.roles = Some((principal, Load::start(call, Step::Roles, context)));
        }
    }

    /// Reads the roles once more: one was assigned.
    pub fn read_roles_again(&mut self, context: &mut Context<'_>) {
        let (Some(target), Some(there)) = (&self.target, &mut self.there) else { return };
        if let Some((principal, load)) = &mut there.roles {
            load.stop(context);
            let call = calls::role_assignments(context.arm, target, principal);
            *load = Load::start(call, Step::Roles, context);
        }
    }

    /// Takes in what happened.
    pub fn hear(&mut self, told: Told<'_>, context: &mut Context<'_>) {
        self.mine.hear(told, context);
        if self.jobs.hear(told, context) {
            context.past.learn(&self.jobs.items);
        }
        self.graph.hear(told, context);
        if let Some(there) = &mut self.there {
            there.account.hear(told, context);
            there.container.hear(told, context);
            there.mine.hear(told, context);
            if let Some((_, roles)) = &mut there.roles {
                roles.hear(told, context);
            }
        }
    }

    /// Asks no more.
    pub fn stop(&mut self, context: &mut Context<'_>) {
        self.mine.stop(context);
        self.jobs.stop(context);
        self.graph.stop(context);
        if let Some(there) = &mut self.there {
            there.account.stop(context);
            there.container.stop(context);
            there.mine.stop(context);
            if let Some((_, roles)) = &mut there.roles {
                roles.stop(context);
            }
        }
    }

    /// Whether something is still being read and has met no trouble.
    pub fn is_reading(&self) -> bool {
        let lists = [self.mine.is_reading(), self.jobs.is_reading(), self.graph.is_reading()];
        let there = self.there.as_ref().is_some_and(|there| {
            let roles = there.roles.as_ref().is_some_and(|(_, roles)| roles.is_reading());
            roles || there.mine.is_reading() || there.account.is_reading() || there.container.is_reading()
        });
        there || lists.contains(&true)
    }

    /// Whether the person may assign roles on the target; nothing where that is not known.
    pub fn may_grant(&self) -> Option<bool> {
        let mine = &self.there.as_ref()?.mine;
        mine.is_whole().then(|| access::permits(&mine.items, access::GRANT))
    }
}

impl Loading {
    /// Whether it is on its way without trouble.
    fn is_reading(&self) -> bool {
        self.is_loading() && self.trouble().is_none()
    }

    /// What keeps it from being whole.
    fn why_not(&self) -> Option<&Fault> {
        self.fault.as_ref().or(self.trouble())
    }
}

impl<T> Reading<T> {
    /// Whether it is on its way without trouble.
    fn is_reading(&self) -> bool {
        self.is_loading() && self.trouble().is_none()
    }
}
