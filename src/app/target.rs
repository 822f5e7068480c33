//! Where the files go: what may be picked, what was, which account that is, and what an administrator lets.

use super::{Field, Model};
use crate::azure::id::{AccountName, ContainerId, ContainerName, PointId, SubscriptionId};
use crate::config::{self, Allowed};
use crate::flow::draft::{ContainerProblem, Draft, Pick, Plan, Problems, Target, read_container};
use crate::flow::lookup::{Known, Lookup};
use crate::flow::places::Places;
use crate::flow::{Command, Context};
use crate::link::{Place, World};
use crate::moment::Moment;

/// What is let where nobody has set anything, and in the demo.
const EVERYTHING: Allowed = Allowed { grant_roles: true, create_containers: true, targets: None };

/// Where a draft's files go, as far as that is known.
#[derive(Clone, Debug, PartialEq)]
pub struct Resolved {
    /// The target, with its resource id where that is known.
    pub target: Target,
    /// Whether the id was found by the account's name, and not given.
    pub found: bool,
    /// Whether more may become known in a moment: a plan waits for that.
    pub waits: bool,
}

impl Model {
    /// What an administrator lets people do with this page. The demo has no limits.
    pub fn allowed(&self) -> &Allowed {
        match (&self.config, self.world()) {
            (Ok(config), World::Azure) => &config.allowed,
            _ => &EVERYTHING,
        }
    }

    /// Whether accounts of a subscription may be picked: all of them, or some.
    pub fn lets_into(&self, subscription: &SubscriptionId) -> bool {
        self.allowed().targets.as_ref().is_none_or(|targets| {
            targets.iter().any(|target| match target {
                config::Target::Subscription(id) => id == subscription,
                config::Target::Account(_) => true,
            })
        })
    }

    /// Whether files may be sent there. What was started before was let then: an administrator may have changed that.
    pub fn lets(&self, target: &Target) -> bool {
        let given = target.id.as_ref().map(|id| &id.subscription);
        match &target.account {
            Some(name) => self.allowed().lets(name, self.subscription_of(name).or(given)) == Some(true),
            None => self.allowed().targets.is_none(),
        }
    }

    fn subscription_of(&self, name: &AccountName) -> Option<&SubscriptionId> {
        match self.places.lookup(name).and_then(Lookup::known) {
            Some(Known::Found(id, _)) => Some(&id.subscription),
            _ => None,
        }
    }

    /// Where the draft's files go. An id that was typed proves nothing of the account: which subscription it is in counts
    /// once Azure has said so.
    pub fn resolve(&self, draft: &Draft) -> Result<Resolved, ContainerProblem> {
        let mut target = draft.target(self.cloud())?;
        let (Some(name), Some(container)) = (target.account.clone(), target.container.clone()) else {
            return Err(ContainerProblem::Empty);
        };
        let lookup = self.places.lookup(&name);
        let waits = lookup.is_none_or(|lookup| lookup.known().is_none() && lookup.trouble().is_none());
        match self.allowed().lets(&name, self.subscription_of(&name)) {
            Some(true) => {}
            Some(false) => return Err(ContainerProblem::NotAllowed),
            None if waits => return Err(ContainerProblem::LookedUp),
            None => return Err(ContainerProblem::NotKnown),
        }
        let found = target.id.is_none();
        if let Some(Known::Found(id, blob)) = lookup.and_then(Lookup::known) {
            match blob {
                // The account's own endpoint need not be of the usual form.
                Some(blob) if !found && is_address(blob) => {
                    target.url = format!("{}/{container}", blob.trim_end_matches('/').to_ascii_lowercase());
                }
                _ if found => target.id = Some(id.container(container)),
                _ => {}
            }
        }
        Ok(Resolved { target, found, waits })
    }

    /// Whether a plan waits for what is being looked up.
    pub fn waits_for_account(&self, draft: &Draft) -> bool {
        self.resolve(draft).map_or_else(|why| why == ContainerProblem::LookedUp, |resolved| resolved.waits)
    }

    /// What is wrong with a draft; `region` is what Azure said of the vault.
    pub fn problems(&self, draft: &Draft, region: Option<&str>) -> Problems {
        Problems { container: self.resolve(draft).err(), ..draft.problems(self.cloud(), region) }
    }

    /// The plan that the draft makes, once all that it needs is there and well formed.
    pub fn plan(&self, point: &PointId) -> Option<Plan> {
        let (source, draft) = (self.source_of(&point.instance)?, self.draft_of(point)?);
        let (instance, made) = (source.instance.value.as_ref()?, source.point(&point.name)?.made);
        let region = source.region().map(str::to_string).or_else(|| {
            let typed = draft.region.trim().to_string();
            (!typed.is_empty()).then_some(typed)
        });
        if !self.problems(draft, source.region()).is_empty() {
            return None;
        }
        let Resolved { mut target, found, waits } = self.resolve(draft).ok()?;
        if waits {
            return None;
        }
        let newer = self.arm().api.names_target_and_identity();
        let elsewhere = |id: &ContainerId| id.subscription != point.instance.vault.subscription;
        // An id that nobody gave is no reason to refuse: the request goes without, as it would if it had not been found.
        if found && !newer && target.id.as_ref().is_some_and(elsewhere) {
            target.id = None;
        }
        let user_assigned = source.vault.value.as_ref().is_some_and(|vault| vault.user_assigned);
        Some(Plan {
            point: point.clone(),
            made,
            server: source.server_name().to_string(),
            target,
            prefix: draft.full_prefix().ok()?,
            region: region?,
            identity: instance.identity.clone().or_else(|| (user_assigned && !newer).then(String::new)),
        })
    }

    /// The accounts and containers that restores of this realm went into, the last first.
    pub fn used(&self) -> Vec<(AccountName, ContainerName)> {
        let (realm, cloud) = (self.realm(), self.cloud());
        let targets = self.journal.of(&realm).filter_map(|entry| read_container(&entry.container, cloud).ok());
        targets.filter_map(|target| Some((target.account?, target.container?))).collect()
    }

    /// The subscription whose accounts are listed: the one that was picked, else that of the last target, else the vault's,
    /// else the first.
    pub fn listed_subscription(&self, draft: &Draft) -> Option<SubscriptionId> {
        if let Some(picked) = draft.picked.subscription() {
            return Some(picked.clone());
        }
        let list = self.places.subscriptions.as_ref();
        let whole = list.filter(|load| load.is_whole() && !load.items.is_empty());
        let possible = |id: &&SubscriptionId| {
            self.lets_into(id) && whole.is_none_or(|load| load.items.iter().any(|item| item.id == **id))
        };
        let realm = self.realm();
        let last = self.journal.of(&realm).find_map(|entry| entry.target.as_ref()).map(|id| &id.subscription);
        let vault = Some(&draft.point.instance.vault.subscription);
        let first = list.into_iter().flat_map(|load| &load.items).map(|item| &item.id);
        last.into_iter().chain(vault).chain(first).find(possible).cloned()
    }

    /// A choice, or a name, on the target's page.
    pub(super) fn pick(&mut self, field: Field, text: String, now: Moment, commands: &mut Vec<Command>) {
        match field {
            Field::AccountFilter => self.places.account_filter = text,
            Field::ContainerFilter => self.places.container_filter = text,
            Field::Container => {
                self.with(now, commands, |model, context| model.places.typed(context));
                self.edit(commands, |draft| (draft.container, draft.picks) = (text, false));
            }
            Field::How => self.edit(commands, |draft| draft.picks = text != Field::Container.id()),
            Field::Subscription | Field::Account | Field::Picked => {
                self.places.container_filter.clear();
                if field == Field::Subscription {
                    self.places.account_filter.clear();
                }
                self.forget_made();
                self.edit(commands, |draft| (draft.picked, draft.picks) = (Pick::parse(&text), true));
            }
            Field::NewContainer => {
                self.forget_made();
                self.edit(commands, |draft| draft.new = text);
            }
            _ => {}
        }
    }

    /// Changes the draft on the page, and keeps it. On a plan's page all go where that one goes.
    pub(super) fn edit(&mut self, commands: &mut Vec<Command>, change: impl FnOnce(&mut Draft)) {
        let together = matches!(self.place(), Place::PlanTarget(_));
        let other = self.drafts.last().filter(|_| !together);
        let Some(point) = self.form().or(other).map(|draft| draft.point.clone()) else { return };
        let Some(draft) = self.drafts.iter_mut().find(|draft| draft.point == point) else { return };
        let before = draft.region.clone();
        change(draft);
        let model = draft.clone();
        if together {
            let open: Vec<PointId> =
                self.meant_points().into_iter().filter(|point| !self.is_under_way(point)).collect();
            for draft in self.drafts.iter_mut().filter(|draft| open.contains(&draft.point)) {
                draft.goes_where(&model);
                // A region is one of a vault.
                if model.region != before && draft.point.instance.vault == point.instance.vault {
                    draft.region.clone_from(&model.region);
                }
            }
        }
        self.keep(commands);
    }

    /// How making a container ended is told until the person does something else.
    fn forget_made(&mut self) {
        self.places.making = self.places.making.take().filter(|making| making.goes_on());
    }

    /// The container that a press would make, if there may be one.
    pub fn to_make(&self, draft: &Draft) -> Option<ContainerId> {
        let account = draft.picked.account().filter(|_| draft.picks && self.allowed().create_containers)?;
        let lets = self.allowed().lets(&account.name, Some(&account.subscription)) == Some(true);
        let name = ContainerName::parse(draft.new.trim()).filter(|_| lets)?;
        Some(account.container(name))
    }

    /// Makes the container whose name was typed; one that is listed is picked. A write: sent once for a press.
    pub(super) fn make_container(&mut self, now: Moment, commands: &mut Vec<Command>) {
        let Some(draft) = self.form().filter(|_| !self.framed) else { return };
        let (Some(id), before) = (self.to_make(draft), draft.picked.clone()) else { return };
        let mut listed = self.places.containers.iter().flat_map(|(_, load)| &load.items);
        if listed.any(|container| container.id == id) {
            self.edit(commands, |draft| (draft.picked, draft.new) = (Pick::Container(id), String::new()));
        } else {
            self.with(now, commands, |model, context| model.places.make(id, before, context));
        }
    }

    /// Reads what the target's page needs, and looks the account up whose container was typed. Doing it twice changes
    /// nothing.
    pub(super) fn settle_target(&mut self, now: Moment, commands: &mut Vec<Command>) {
        let points = self.reviewed_points();
        let review = !points.is_empty();
        if !review && self.form().is_none() {
            return self.with(now, commands, |model, context| model.places.rest_no_more(context));
        }
        self.take_made(commands);
        if !self.may_ask() {
            return;
        }
        let drafts: Vec<Draft> = match self.form() {
            Some(draft) => vec![draft.clone()],
            None => points.iter().filter_map(|point| self.draft_of(point)).cloned().collect(),
        };
        drafts.iter().for_each(|draft| self.settle_target_of(draft, review, now, commands));
    }

    fn settle_target_of(&mut self, draft: &Draft, review: bool, now: Moment, commands: &mut Vec<Command>) {
        let subscription = self.listed_subscription(draft);
        self.with(now, commands, |model, context| {
            if !review && draft.picks {
                see(&mut model.places, subscription.as_ref(), draft, context);
            }
            if review || draft.picks {
                model.places.rest_no_more(context);
            }
        });
        let Some((target, name)) =
            draft.target(self.cloud()).ok().and_then(|target| Some((target.clone(), target.account?)))
        else {
            return;
        };
        // The list has what was picked, if it is not the list that is in trouble.
        let listing =
            self.places.accounts.as_ref().is_some_and(|(_, load)| load.is_loading() && load.trouble().is_none());
        let later =
            if draft.picks { listing && self.places.listed(&name).is_none() } else { self.places.is_typed_into() };
        let limited = self.allowed().targets.is_some();
        self.with(now, commands, |model, context| {
            if review || !later {
                let given = target.id.map(|id| id.account_id());
                model.places.look_up(&name, given.as_ref(), &draft.point.instance.vault.subscription, context);
            }
            // A plan that was made without the answer stays as it is, or its check would be void.
            if review && !limited {
                model.places.give_up(&name, context);
            }
        });
    }

    /// What was made is picked, unless the person has picked something else meanwhile.
    fn take_made(&mut self, commands: &mut Vec<Command>) {
        let Some(making) = self.places.making.as_mut().filter(|making| making.is_made() && !making.taken) else {
            return;
        };
        making.taken = true;
        let (id, before) = (making.id.clone(), making.before.clone());
        if self.form().is_some_and(|draft| draft.picked == before) {
            self.edit(commands, |draft| (draft.picked, draft.new) = (Pick::Container(id), String::new()));
        }
    }
}

/// Whether it is an address and nothing but one: Azure's word, which is shown, sent and kept.
fn is_address(text: &str) -> bool {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"-._~:/".contains(&b);
    text.strip_prefix("https://").is_some_and(|rest| rest.len() > 1 && rest.bytes().all(plain))
}

/// Reads the lists from which a container is picked.
fn see(places: &mut Places, subscription: Option<&SubscriptionId>, draft: &Draft, context: &mut Context<'_>) {
    places.see_subscriptions(context);
    if let Some(id) = subscription {
        places.see_accounts(id, context);
    }
    if let Some(account) = draft.picked.account() {
        places.see_containers(&account, context);
    }
}
