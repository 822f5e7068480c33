//! Finding an instance: subscription → vault → instance, or what a pasted text names.

use super::load::Load;
use super::{Context, Told};
use crate::azure::calls;
use crate::azure::id::{Found, InstanceId, ServerId, SubscriptionId, VaultId, find};
use crate::azure::wire::{Instance, Subscription, Vault};
use crate::fault::Step;

/// What is backed up by an instance that this program can restore.
pub const FLEXIBLE_SERVER: &str = "Microsoft.DBforPostgreSQL/flexibleServers";

/// The walk down to an instance.
#[derive(Clone, Debug, Default)]
pub struct Browse {
    /// The subscriptions that the account can see.
    pub subscriptions: Option<Load<Subscription>>,
    /// The vaults of one subscription.
    pub vaults: Option<(SubscriptionId, Load<Vault>)>,
    /// The instances of one vault.
    pub instances: Option<(VaultId, Load<Instance>)>,
    /// The instances of one server, asked for by its id.
    pub of_server: Option<(ServerId, Load<Instance>)>,
}

/// What a text that was pasted to be opened leads to.
#[derive(Clone, Debug, PartialEq)]
pub enum Opened {
    /// The points of an instance, one of them perhaps chosen.
    Points(InstanceId, Option<crate::azure::id::PointName>),
    /// The instances of a vault.
    Vault(VaultId),
    /// A job.
    Job(crate::azure::id::JobId),
    /// A server, whose instances have to be asked for.
    Server(ServerId),
    /// A single server or another kind of resource.
    OtherKind(String),
    /// Nothing that names a resource.
    Nothing,
}

/// What a pasted text leads to.
pub fn open(text: &str) -> Opened {
    match find(text) {
        Some(Found::Instance(instance)) => Opened::Points(instance, None),
        Some(Found::Point(point)) => Opened::Points(point.instance, Some(point.name)),
        Some(Found::Vault(vault)) => Opened::Vault(vault),
        Some(Found::Policy(policy)) => Opened::Vault(policy.vault),
        Some(Found::Job(job)) => Opened::Job(job),
        Some(Found::Server(server)) => Opened::Server(server),
        Some(Found::Container(_) | Found::Account(_)) => Opened::OtherKind("Microsoft.Storage/storageAccounts".into()),
        Some(Found::Other(kind)) => Opened::OtherKind(kind),
        None => Opened::Nothing,
    }
}

impl Browse {
    /// Reads the subscriptions, unless they are there.
    pub fn see_subscriptions(&mut self, context: &mut Context<'_>) {
        let load = self.subscriptions.take().filter(|load| load.fault.is_none());
        self.subscriptions =
            Some(load.unwrap_or_else(|| Load::start(calls::subscriptions(context.arm), Step::Subscriptions, context)));
    }

    /// Reads a subscription's vaults, unless they are there.
    pub fn see_vaults(&mut self, id: &SubscriptionId, context: &mut Context<'_>) {
        let known = self.vaults.take().and_then(|known| keep(known, id, context));
        self.vaults = Some(
            known.unwrap_or_else(|| (id.clone(), Load::start(calls::vaults(context.arm, id), Step::Vaults, context))),
        );
    }

    /// Reads a vault's instances, unless they are there.
    pub fn see_instances(&mut self, id: &VaultId, context: &mut Context<'_>) {
        let known = self.instances.take().and_then(|known| keep(known, id, context));
        self.instances =
            Some(known.unwrap_or_else(|| {
                (id.clone(), Load::start(calls::instances(context.arm, id), Step::Instances, context))
            }));
    }

    /// Reads the instances of a server.
    pub fn see_server(&mut self, id: &ServerId, context: &mut Context<'_>) {
        if let Some((_, load)) = &mut self.of_server {
            load.stop(context);
        }
        let load = Load::start(calls::instances_of(context.arm, id), Step::Instances, context);
        self.of_server = Some((id.clone(), load));
    }

    /// Takes in what happened.
    pub fn hear(&mut self, told: Told<'_>, context: &mut Context<'_>) {
        if let Some(load) = &mut self.subscriptions {
            load.hear(told, context);
        }
        if let Some((_, load)) = &mut self.vaults {
            load.hear(told, context);
        }
        if let Some((_, load)) = &mut self.instances {
            load.hear(told, context);
        }
        if let Some((_, load)) = &mut self.of_server {
            load.hear(told, context);
        }
    }

    /// The one instance that a server's id led to, once that is known.
    pub fn only_instance_of_server(&self) -> Option<&InstanceId> {
        let (_, load) = self.of_server.as_ref()?;
        match load.items.as_slice() {
            [only] if load.is_whole() => Some(&only.id),
            _ => None,
        }
    }

    /// Asks at once for what rests, and once more for what failed.
    pub fn hurry(&mut self, context: &mut Context<'_>) {
        let arm = context.arm;
        if let Some(load) = &mut self.subscriptions {
            revive(load, || calls::subscriptions(arm), Step::Subscriptions, context);
        }
        if let Some((id, load)) = &mut self.vaults {
            revive(load, || calls::vaults(arm, id), Step::Vaults, context);
        }
        if let Some((id, load)) = &mut self.instances {
            revive(load, || calls::instances(arm, id), Step::Instances, context);
        }
        if let Some((id, load)) = &mut self.of_server {
            revive(load, || calls::instances_of(arm, id), Step::Instances, context);
        }
    }
}

/// A list, if it is this one's and has not failed; another one is asked for no more.
fn keep<Id: PartialEq, T>(known: (Id, Load<T>), id: &Id, context: &mut Context<'_>) -> Option<(Id, Load<T>)> {
    let (of, mut load) = known;
    if of == *id && load.fault.is_none() {
        return Some((of, load));
    }
    load.stop(context);
    None
}

/// Asks at once for what rests, and from the beginning for what failed.
pub fn revive<T>(
    load: &mut Load<T>,
    call: impl FnOnce() -> crate::azure::call::Call<crate::azure::page::Page<T>>,
    step: Step,
    context: &mut Context<'_>,
) {
    if load.fault.is_some() {
        *load = Load::start(call(), step, context);
    } else {
        load.hurry(context);
    }
}
