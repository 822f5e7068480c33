//! Where the person goes: to a page of this program, and what that page begins to read.

use super::Model;
use crate::azure::id::InstanceId;
use crate::flow::Command;
use crate::flow::find::Scope;
use crate::flow::source::Source;
use crate::link::{Link, Place, World};
use crate::moment::Moment;

impl Model {
    /// The address changed: by a link, by Back or Forward, by hand.
    pub(super) fn arrive(&mut self, address: &str, now: Moment, commands: &mut Vec<Command>) {
        let link = Link::parse(address);
        if link == self.link {
            return;
        }
        self.leave_opened(link.as_ref().ok().map(|link| &link.place));
        self.leave_plan();
        self.link = link;
        (self.said, self.forgetting) = (None, None);
        let world = World::of(address);
        if world != self.world {
            // The host begins anew with the other world's storage.
            (self.world, self.started) = (world, false);
            return;
        }
        self.enter(now, commands);
    }

    /// Goes to a page of this world.
    pub(super) fn go(&mut self, place: Place, now: Moment, commands: &mut Vec<Command>) {
        let link = Link { world: self.world, place };
        if self.link.as_ref() != Ok(&link) {
            self.leave_opened(Some(&link.place));
            self.leave_plan();
            commands.push(Command::Go(link.print()));
            self.link = Ok(link);
        }
        self.enter(now, commands);
    }

    /// The banner that says what a link asked for goes with the page that it led to.
    pub(super) fn leave_opened(&mut self, place: Option<&Place>) {
        let stays = match (&self.opened, place) {
            (Some(Place::Points(asked, _)), Some(Place::Points(shown, _))) => asked == shown,
            (Some(Place::Plan(_)), Some(Place::Plan(_))) => true,
            (asked, shown) => asked.as_ref() == shown,
        };
        if !stays {
            self.opened = None;
        }
    }

    /// Puts another address in place of the page's own: no page of its own for Back.
    pub(super) fn replace(&mut self, place: Place, commands: &mut Vec<Command>) {
        let link = Link { world: self.world, place };
        if self.link.as_ref() != Ok(&link) {
            commands.push(Command::Replace(link.print()));
            self.link = Ok(link);
        }
    }

    /// Begins to read what the page needs. Only reads: opening a page never writes to Azure.
    pub(super) fn enter(&mut self, now: Moment, commands: &mut Vec<Command>) {
        if self.place() == Place::About {
            self.with(now, commands, |model, context| model.host.see(model.config.is_ok(), context));
        }
        if !self.may_ask() {
            return;
        }
        self.reconcile(now, commands);
        match self.place() {
            Place::Plan(wishes) | Place::PlanTarget(wishes) => self.see_plan(wishes, commands),
            Place::Start | Place::About | Place::States => {}
            Place::State(which) => self.example = Some(Box::new(Model::specimen(which, now))),
            Place::Activity => self.see_recent(now, commands),
            place @ (Place::Find | Place::FindVault(_) | Place::FindInstance(_)) => {
                self.with(now, commands, |model, context| model.find.see(&Scope::of(&place), context));
            }
            Place::Points(instance, which) => {
                self.wish_by_link(&instance, which.as_ref(), now);
                self.open(&instance, now, commands);
            }
            Place::Target(point) => {
                self.open(&point.instance, now, commands);
                self.places.forget_unknown();
            }
            Place::Review(point) => self.open(&point.instance, now, commands),
            Place::Restore(point, prefix) => self.resume(point, prefix, None, now, commands),
            Place::Job(job) => self.follow(job, now, commands),
        }
        self.wake_lists(now, commands);
    }

    /// Begins to read an instance. Of the others only those of the plan are kept.
    pub(super) fn open(&mut self, instance: &InstanceId, now: Moment, commands: &mut Vec<Command>) {
        if self.source_of(instance).is_none() {
            self.with(now, commands, |model, context| {
                let gathered = &model.gathered;
                model.sources.retain_mut(|source| {
                    let kept = gathered.iter().any(|wish| wish.instance == source.id);
                    if !kept {
                        source.stop(context);
                    }
                    kept
                });
                model.sources.push(Source::open(instance, context));
            });
        }
    }

    /// Asks at once for what the page waits for, and once more for what failed.
    pub(super) fn hurry(&mut self, now: Moment, commands: &mut Vec<Command>) {
        self.with(now, commands, |model, context| match model.place() {
            Place::Find | Place::FindVault(_) | Place::FindInstance(_) => model.find.hurry(context),
            place @ (Place::Points(..)
            | Place::Target(_)
            | Place::Review(_)
            | Place::Plan(_)
            | Place::PlanTarget(_)) => {
                model.sources.iter_mut().for_each(|source| source.hurry(context));
                if matches!(place, Place::Target(_) | Place::PlanTarget(_)) {
                    model.places.hurry(context);
                }
                model.restores.iter_mut().for_each(|restore| restore.hurry(context));
                if matches!(place, Place::Plan(_)) {
                    model.watches.iter_mut().for_each(|watch| watch.hurry(context));
                }
                model.drop_preflights(context);
            }
            Place::Restore(_, prefix) => {
                model.restores.iter_mut().filter(|r| r.plan.prefix == prefix).for_each(|r| r.hurry(context));
            }
            Place::Job(job) => {
                model.watches.iter_mut().filter(|watch| watch.id == job).for_each(|watch| watch.hurry(context));
            }
            Place::Activity => {
                model.restores.iter_mut().for_each(|restore| restore.hurry(context));
                model.watches.iter_mut().for_each(|watch| watch.hurry(context));
                model.recent.hurry(context);
            }
            Place::Start | Place::About | Place::States | Place::State(_) => {}
        });
    }
}
