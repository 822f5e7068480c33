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

/// An instance, a container, and where that is not known whether there is no such account.
type LookedInto = (InstanceId, Option<ContainerId>, bool);

/// Of how many restores it is read at once: seven requests each.
const AT_ONCE: usize = 3;

fn is_of(preflight: &Preflight, (instance, target, absent): &LookedInto) -> bool {
    preflight.is_of(instance, target.as_ref(), *absent)
}

impl Model {
    /// The restore under review, as long as it has not been started.
    fn under_review(&self) -> Option<&Restore> {
        match self.place() {
            Place::Review(point) => self.reviewed(&point).filter(|restore| !restore.is_started()),
            _ => None,
        }
    }

    /// What is looked into for a restore: an instance, a container where it is known, else whether there is no such account.
    fn looked_into(&self, restore: &Restore) -> LookedInto {
        let plan = &restore.plan;
        let known = plan.target.account.as_ref().and_then(|name| self.places.lookup(name)?.known());
        let found = match (known, &plan.target.container) {
            // Also where the request does not name it, for an api-version that cannot.
            (Some(Known::Found(account, _)), Some(name)) => Some(account.container(name.clone())),
            _ => None,
        };
        let target = plan.target.id.clone().or(found);
        (plan.point.instance.clone(), target, matches!(known, Some(Known::Absent)))
    }

    /// What is known beforehand of a restore.
    pub fn preflight_of(&self, restore: &Restore) -> Option<&Preflight> {
        let wanted = self.looked_into(restore);
        self.preflights.iter().find(|preflight| is_of(preflight, &wanted))
    }

    /// Reads what belongs to the restores under review, some at once, and nothing once they are left.
    pub(super) fn settle_preflight(&mut self, now: Moment, commands: &mut Vec<Command>) {
        let points = self.reviewed_points();
        let reviewed = points.iter().filter_map(|point| self.reviewed(point));
        let wanted: Vec<LookedInto> =
            reviewed.filter(|restore| !restore.is_started()).map(|restore| self.looked_into(restore)).collect();
        self.with(now, commands, |model, context| {
            model.preflights.retain_mut(|preflight| {
                let kept = wanted.iter().any(|wanted| is_of(preflight, wanted));
                if !kept {
                    preflight.stop(context);
                }
                kept
            });
            for wanted in &wanted {
                let (instance, target, absent) = wanted;
                let reading = model.preflights.iter().filter(|preflight| preflight.is_reading()).count();
                let known = model.preflights.iter().any(|preflight| is_of(preflight, wanted));
                if !known && reading < AT_ONCE {
                    model.preflights.push(Preflight::start(instance, target.as_ref(), *absent, context));
                }
            }
            for preflight in &mut model.preflights {
                if let Some(source) = model.sources.iter().find(|source| source.id == preflight.instance) {
                    preflight.settle(source, context);
                }
            }
        });
        self.settle_grant(now, commands);
    }

    pub(super) fn drop_preflights(&mut self, context: &mut Context<'_>) {
        self.preflights.drain(..).for_each(|mut preflight| preflight.stop(context));
    }

    /// Reads all of it once more.
    pub(super) fn read_beforehand_again(&mut self, now: Moment, commands: &mut Vec<Command>) {
        self.with(now, commands, |model, context| model.drop_preflights(context));
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
        let reviewed = self.under_review();
        let ours = reviewed.is_some_and(|restore| self.assigned(restore).is_some());
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

    /// What was pressed for on the target of a restore, and for the identity that writes there.
    pub fn assigned(&self, restore: &Restore) -> Option<&Grant> {
        let (container, principal) = self.grantee(restore)?;
        self.grant.as_ref().filter(|grant| grant.is_of(&container, &principal))
    }

    /// On which container the identity that Azure will use needs its role, and the object id of that.
    pub fn grantee(&self, restore: &Restore) -> Option<(ContainerId, String)> {
        let (instance, container, _) = self.looked_into(restore);
        let container = container?;
        let source = self.source_of(&instance)?;
        match identity(source.vault.value.as_ref()?, source.instance.value.as_ref()?) {
            Identity::Known(principal, _) => Some((container, principal)),
            _ => None,
        }
    }

    /// Whether a role that was assigned a moment ago is waited for.
    pub fn waits_for_role(&self) -> bool {
        self.under_review().is_some_and(|one| {
            let checking = matches!(one.stage, restore::Stage::Checking(_));
            self.assigned(one)
                .is_some_and(|grant| matches!(grant.stage, Stage::Granted(_)) && (grant.next().is_some() || checking))
        })
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
        let reviewed = self.under_review().filter(|_| self.grants() && !self.framed);
        let denied = reviewed.and_then(|one| self.preflight_of(one)?.may_grant()) == Some(false);
        let Some((container, principal)) = reviewed.and_then(|restore| self.grantee(restore)) else { return };
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
            model.preflights.iter_mut().for_each(|preflight| preflight.hear(told, context));
            if let Some(grant) = &mut model.grant {
                heard = grant.hear(told, context);
            }
            if heard == Heard::Assigned {
                model.preflights.iter_mut().for_each(|preflight| preflight.read_roles_again(context));
            }
        });
        if heard == Heard::Check && self.under_review().is_some_and(|restore| self.assigned(restore).is_some()) {
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
