//! What the review knows beforehand, for as long as it is shown; and the role that is assigned from there.

use super::Model;
use crate::azure::id::{ContainerId, InstanceId, SubscriptionId};
use crate::fault::{Code, Fault};
use crate::flow::grant::{Grant, Heard, Stage};
use crate::flow::lookup::Known;
use crate::flow::preflight::{Identity, Preflight, identity};
use crate::flow::restore::{self, Restore};
use crate::flow::{Command, Context, Told};
use crate::link::Place;
use crate::moment::Moment;

impl Model {
    /// The restore under review, as long as it has not been started.
    fn under_review(&self) -> Option<&Restore> {
        match self.place() {
            Place::Review(point) => self.reviewed(&point).filter(|restore| !restore.is_started()),
            _ => None,
        }
    }

    /// What is looked into: an instance, a container where it is known, else whether there is no such account.
    fn looked_into(&self) -> Option<(InstanceId, Option<ContainerId>, bool)> {
        let plan = &self.under_review()?.plan;
        let known = plan.target.account.as_ref().and_then(|name| self.places.lookup(name)?.known());
        let found = match (known, &plan.target.container) {
            // Also where the request does not name it, for an api-version that cannot.
            (Some(Known::Found(account, _)), Some(name)) => Some(account.container(name.clone())),
            _ => None,
        };
        let target = plan.target.id.clone().or(found);
        Some((plan.point.instance.clone(), target, matches!(known, Some(Known::Absent))))
    }

    /// Reads what belongs to the plan under review, and nothing once it is left.
    pub(super) fn settle_preflight(&mut self, now: Moment, commands: &mut Vec<Command>) {
        let wanted = self.looked_into();
        let kept = |preflight: &Preflight| {
            wanted
                .as_ref()
                .is_some_and(|(instance, target, absent)| preflight.is_of(instance, target.as_ref(), *absent))
        };
        let fits = self.preflight.as_ref().is_some_and(kept);
        self.with(now, commands, |model, context| {
            if !fits {
                model.drop_preflight(context);
            }
            let Some((instance, target, absent)) = wanted else { return };
            let Some(source) = model.source.as_ref().filter(|source| source.id == instance) else { return };
            let new = || Preflight::start(&instance, target.as_ref(), absent, context);
            let mut preflight = model.preflight.take().unwrap_or_else(new);
            preflight.settle(source, context);
            model.preflight = Some(preflight);
        });
        self.settle_grant(now, commands);
    }

    pub(super) fn drop_preflight(&mut self, context: &mut Context<'_>) {
        if let Some(mut preflight) = self.preflight.take() {
            preflight.stop(context);
        }
    }

    /// Reads all of it once more.
    pub(super) fn read_beforehand_again(&mut self, now: Moment, commands: &mut Vec<Command>) {
        self.with(now, commands, |model, context| model.drop_preflight(context));
    }

    /// As long as Azure finds missing what was assigned a moment ago, it is asked again; elsewhere it is not.
    fn settle_grant(&mut self, now: Moment, commands: &mut Vec<Command>) {
        let lacks = |restore: &Restore| match &restore.stage {
            restore::Stage::Rejected(why) | restore::Stage::Refused(why) | restore::Stage::Failed(why) => {
                Some(why.code == Code::VaultLacksRole)
            }
            // The person has left meanwhile, or the last check came to nothing for another reason than the sign-in.
            restore::Stage::Reviewing => {
                // The next one goes with a renewed token.
                let ends = |why: &Fault| why.is_of_sign_in() && why.code != Code::NotTaken;
                (!restore.trouble.as_ref().is_some_and(ends)).then_some(true)
            }
            restore::Stage::Checking(_) => None,
            _ => Some(false),
        };
        let ours = self.assigned().is_some();
        let verdict = self.under_review().map_or(Some(false), lacks);
        self.with(now, commands, |model, context| {
            let Some(grant) = &mut model.grant else { return };
            match verdict {
                Some(true) if ours => grant.rest(context),
                None if ours => {}
                _ => grant.stop(context),
            }
        });
    }

    /// What was pressed for on the target under review, and for the identity that writes there.
    pub fn assigned(&self) -> Option<&Grant> {
        let (container, principal) = self.grantee()?;
        self.grant.as_ref().filter(|grant| grant.is_of(&container, &principal))
    }

    /// On which container the identity that Azure will use needs its role, and the object id of that.
    pub fn grantee(&self) -> Option<(ContainerId, String)> {
        let (_, container, _) = self.looked_into()?;
        let container = container?;
        let source = self.source.as_ref()?;
        match identity(source.vault.value.as_ref()?, source.instance.value.as_ref()?) {
            Identity::Known(principal, _) => Some((container, principal)),
            _ => None,
        }
    }

    /// Whether a role that was assigned a moment ago is waited for.
    pub fn waits_for_role(&self) -> bool {
        let checking = self.under_review().is_some_and(|one| matches!(one.stage, restore::Stage::Checking(_)));
        self.assigned()
            .is_some_and(|grant| matches!(grant.stage, Stage::Granted(_)) && (grant.next().is_some() || checking))
    }

    /// The name of a subscription, where it is known; else its id.
    pub fn subscription_name<'a>(&'a self, id: &'a SubscriptionId) -> &'a str {
        let listed = self.places.subscriptions.iter().flat_map(|load| &load.items).find(|item| item.id == *id);
        listed.map_or_else(|| self.find.name_of(id), |item| &item.name)
    }

    /// Whether this page's administrator lets roles be assigned from here.
    pub fn grants(&self) -> bool {
        self.allowed().grant_roles
    }

    /// Assigns the role. A page in a frame does not: what is pressed there was perhaps not meant.
    pub(super) fn assign(&mut self, now: Moment, commands: &mut Vec<Command>) {
        let Some((container, principal)) = self.grantee().filter(|_| self.grants() && !self.framed) else { return };
        let denied = self.preflight.as_ref().and_then(Preflight::may_grant) == Some(false);
        // Also one for another container: its answer would be lost.
        let under_way = self.grant.as_ref().is_some_and(|grant| matches!(grant.stage, Stage::Asking(..)));
        if denied || under_way {
            return;
        }
        self.with(now, commands, |model, context| {
            if let Some(grant) = &mut model.grant {
                grant.stop(context);
            }
            model.grant = Some(Grant::start(container, principal, context));
        });
    }

    /// Takes in what happened.
    pub(super) fn tell_beforehand(&mut self, told: Told<'_>, now: Moment, commands: &mut Vec<Command>) {
        let mut heard = Heard::Nothing;
        self.with(now, commands, |model, context| {
            if let Some(preflight) = &mut model.preflight {
                preflight.hear(told, context);
            }
            if let Some(grant) = &mut model.grant {
                heard = grant.hear(told, context);
            }
            if let (Heard::Assigned, Some(preflight)) = (heard, &mut model.preflight) {
                preflight.read_roles_again(context);
            }
        });
        if heard == Heard::Check && self.assigned().is_some() {
            self.check_again(now, commands);
        }
    }

    /// Azure is asked to check what it may have refused for a role that is new. It starts nothing.
    fn check_again(&mut self, now: Moment, commands: &mut Vec<Command>) {
        let online = self.online;
        let Some(prefix) = self.under_review().map(|restore| restore.plan.prefix.clone()) else { return };
        self.with_restore(&prefix, now, commands, |restore, context| {
            if online && !restore.may_start() {
                restore.check(context);
            }
        });
    }
}
