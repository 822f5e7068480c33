//! A plan: several points that are restored together. Which points a link means, what was gathered, and what was pressed
//! for all of them at once, which waits here for its turn: few at a time, and never two of one instance.

use super::{Model, Said};
use crate::azure::id::{InstanceId, PointId, PointName};
use crate::fault::{Code, Fault};
use crate::flow::Command;
use crate::flow::restore::{Restore, Stage};
use crate::flow::source::Source;
use crate::journal::{Entry, Notes, Outcome};
use crate::link::{MOST_POINTS, Place, Which, Wish};
use crate::moment::Moment;

/// How many instances are read at once, how many requests checked, and how many started: Azure's limits are wide, but
/// theirs who share the subscription too.
const AT_ONCE: usize = 3;

/// What was pressed for and waits for its turn.
#[derive(Debug, Default)]
pub(super) struct Queue {
    since: Moment,
    checks: Vec<PointId>,
    starts: Vec<PointId>,
}

impl Model {
    /// The points of the plan on the page that are known, in its order.
    pub fn meant_points(&self) -> Vec<PointId> {
        let (Place::Plan(wishes) | Place::PlanTarget(wishes)) = self.place() else { return Vec::new() };
        wishes.iter().filter_map(|wish| self.meant_point(wish)).collect()
    }

    /// The point that is asked for, once it is known.
    pub fn meant_point(&self, wish: &Wish) -> Option<PointId> {
        let point = self.source_of(&wish.instance)?.meant(&wish.which).point()?;
        Some(PointId { instance: wish.instance.clone(), name: point.name.clone() })
    }

    /// Whether this point was gathered into the plan.
    pub fn is_gathered(&self, point: &PointId) -> bool {
        self.gathered.iter().any(|wish| wish.is(point))
    }

    /// What the journal has of the restore that the point's draft makes.
    pub fn entry_of(&self, point: &PointId) -> Option<&Entry> {
        let prefix = self.draft_of(point)?.full_prefix().ok()?;
        self.journal.by_prefix(&prefix).filter(|entry| entry.point == *point && entry.realm == self.realm())
    }

    /// Whether the restore of this draft has left, here or in another tab, and was not refused.
    pub fn is_under_way(&self, point: &PointId) -> bool {
        let noted = |entry: &Entry| entry.refused.is_none() && entry.outcome != Some(Outcome::Refused);
        self.reviewed(point).is_some_and(Restore::is_started) || self.entry_of(point).is_some_and(noted)
    }

    /// Whether it may be prepared again under another prefix: Azure itself has called its job failed.
    pub fn may_go_again(&self, point: &PointId) -> bool {
        let failed = |outcome| matches!(outcome, Outcome::Failed | Outcome::Cancelled);
        self.entry_of(point).and_then(|entry| entry.outcome).is_some_and(failed)
    }

    /// Those whose check Azure can be asked for.
    pub fn to_check(&self) -> Vec<PointId> {
        self.those(|restore| {
            let rests =
                matches!(restore.stage, Stage::Reviewing | Stage::Rejected(_) | Stage::Refused(_) | Stage::Failed(_));
            rests && !restore.is_sought_in_spite()
        })
    }

    /// Those that can be started.
    pub fn to_start(&self) -> Vec<PointId> {
        self.those(|restore| restore.may_start() && self.lets(&restore.plan.target))
    }

    fn those(&self, which: impl Fn(&Restore) -> bool) -> Vec<PointId> {
        let points = self.meant_points().into_iter();
        let waits = |point: &PointId| self.waits_its_turn(point, true) || self.waits_its_turn(point, false);
        points.filter(|point| !waits(point) && self.reviewed(point).is_some_and(&which)).collect()
    }

    /// Whether it waits for its turn to be started, or to be checked.
    pub fn waits_its_turn(&self, point: &PointId, to_start: bool) -> bool {
        if to_start { &self.queue.starts } else { &self.queue.checks }.contains(point)
    }

    /// What was entered, to be kept.
    pub(super) fn notes(&self) -> Option<String> {
        let drafts = self.drafts.iter().map(super::Draft::note).collect();
        Notes { drafts, gathered: self.gathered.clone() }.print()
    }

    /// Keeps what was entered.
    pub(super) fn keep(&mut self, commands: &mut Vec<Command>) {
        let notes = self.notes();
        self.kept = notes.clone().unwrap_or_default();
        commands.push(Command::KeepDraft(notes));
    }

    /// The plan that an address tells is the plan in hand from now on; one that tells none leads to the plan in hand.
    pub(super) fn see_plan(&mut self, wishes: Vec<Wish>, commands: &mut Vec<Command>) {
        if !wishes.is_empty() {
            self.gathered = wishes;
        } else if !self.gathered.is_empty() {
            self.replace(Place::Plan(self.gathered.clone()), commands);
        }
    }

    /// Puts a point into the plan.
    pub(super) fn gather(&mut self, wish: Wish) {
        let known = wish.point().is_some_and(|point| self.is_gathered(&point)) || self.gathered.contains(&wish);
        if !known && self.gathered.len() < MOST_POINTS {
            self.gathered.push(wish);
            self.say(Said::Gathered);
        }
    }

    /// Takes a point out of the plan, or another in its place. What was started stays.
    pub(super) fn change_plan(&mut self, wish: &Wish, instead: Option<PointName>, commands: &mut Vec<Command>) {
        let started = wish.point().is_some_and(|point| self.is_under_way(&point));
        let Some(place) = self.gathered.iter().position(|known| known == wish).filter(|_| !started) else { return };
        let other = instead.map(|name| self.named(&wish.instance, name)).filter(|other| !self.gathered.contains(other));
        match (other, self.gathered.get_mut(place)) {
            (Some(other), Some(known)) => *known = other,
            _ => {
                self.gathered.remove(place);
            }
        }
        if matches!(self.place(), Place::Plan(_)) {
            self.replace(Place::Plan(self.gathered.clone()), commands);
        }
    }

    /// A point by its name, with the moment at which it was made, where that is known.
    pub fn named(&self, instance: &InstanceId, name: PointName) -> Wish {
        let made = self.source_of(instance).and_then(|source| source.point(&name)).map(|point| point.made);
        Wish { instance: instance.clone(), which: Which::known(name, made) }
    }

    /// What a link asks for by a form of words is put into the address by its id, once it is known: the newest of
    /// tomorrow is another one.
    pub(super) fn settle_wishes(&mut self, commands: &mut Vec<Command>) {
        // Before anybody has signed in the address is all that knows what it asks for.
        if !self.may_ask() {
            return;
        }
        let meant = |model: &Model, wish: &Wish| match wish.which {
            Which::Point(..) => wish.clone(),
            _ => model.meant_point(wish).map_or_else(|| wish.clone(), |point| model.named(&wish.instance, point.name)),
        };
        match self.place() {
            Place::Points(instance, Some(which)) => {
                let wish = meant(self, &Wish { instance, which });
                self.replace(Place::Points(wish.instance, Some(wish.which)), commands);
            }
            place @ (Place::Plan(_) | Place::PlanTarget(_)) => {
                let mut wishes: Vec<Wish> = Vec::new();
                for wish in self.gathered.clone() {
                    let wish = meant(self, &wish);
                    let same =
                        |known: &Wish| known.instance == wish.instance && known.which.name() == wish.which.name();
                    if wish.which.name().is_none() || !wishes.iter().any(same) {
                        wishes.push(wish);
                    }
                }
                self.gathered.clone_from(&wishes);
                let target = matches!(place, Place::PlanTarget(_));
                self.replace(if target { Place::PlanTarget(wishes) } else { Place::Plan(wishes) }, commands);
                if self.may_ask() && self.notes().unwrap_or_default() != self.kept {
                    self.keep(commands);
                }
            }
            _ => {}
        }
    }

    /// Reads the instances of the plan, some at once; and a point by itself that a list does not have.
    pub(super) fn settle_sources(&mut self, now: Moment, commands: &mut Vec<Command>) {
        if !self.may_ask() {
            return;
        }
        let wishes = match self.place() {
            Place::Plan(wishes) | Place::PlanTarget(wishes) => wishes,
            Place::Points(instance, Some(which)) => vec![Wish { instance, which }],
            Place::Target(point) | Place::Review(point) => {
                vec![Wish { instance: point.instance, which: Which::Point(point.name, None) }]
            }
            _ => return,
        };
        self.with(now, commands, |model, context| {
            for wish in wishes {
                let busy = model.sources.iter().filter(|source| source.load.is_loading()).count();
                match model.sources.iter_mut().find(|source| source.id == wish.instance) {
                    Some(source) => {
                        if let Some(name) = wish.which.name() {
                            source.look_for(name, context);
                        }
                    }
                    None if busy < AT_ONCE => model.sources.push(Source::open(&wish.instance, context)),
                    None => {}
                }
            }
        });
    }

    /// Azure is to check all that can be.
    pub(super) fn check_all(&mut self, now: Moment) {
        (self.queue.since, self.queue.checks) = (now, self.to_check());
    }

    /// What would be started is shown first. A page in a frame starts nothing.
    pub(super) fn start_all(&mut self) {
        let ready = self.to_start();
        self.confirming = Some(ready).filter(|ready| !ready.is_empty() && !self.framed);
    }

    /// Starts what was shown, and nothing else.
    pub(super) fn confirm(&mut self, yes: bool, now: Moment) {
        let named = self.confirming.take().unwrap_or_default();
        if yes && !self.framed {
            let ready = self.to_start();
            (self.queue.since, self.queue.starts) = (now, named);
            self.queue.starts.retain(|point| ready.contains(point));
        }
    }

    /// Prepares one of the plan again, under another ending.
    pub(super) fn go_again(&mut self, point: &PointId) {
        if self.may_go_again(point) {
            let dice = &mut self.dice;
            if let Some(draft) = self.drafts.iter_mut().find(|draft| draft.point == *point) {
                draft.renew(dice);
            }
        }
    }

    /// What waits for its turn gets it. Nothing waits behind the person's back: not once the page is left, the network
    /// gone, or the first one told to sign in or to slow down.
    pub(super) fn settle_queue(&mut self, now: Moment, commands: &mut Vec<Command>) {
        let stops = |why: &Fault| why.is_of_sign_in() || why.code == Code::Throttled;
        let troubled =
            |restore: &Restore| restore.trouble.as_ref().is_some_and(|why| why.when >= self.queue.since && stops(why));
        let on_page = matches!(self.place(), Place::Plan(_));
        if !on_page {
            self.confirming = None;
        }
        if !on_page || !self.online || self.restores.iter().any(troubled) {
            self.queue = Queue::default();
        }
        while let Some((point, starts)) = self.next_in_turn() {
            let list = if starts { &mut self.queue.starts } else { &mut self.queue.checks };
            list.retain(|waiting| *waiting != point);
            let Some(prefix) = self.reviewed(&point).map(|restore| restore.plan.prefix.clone()) else { continue };
            let held = self.held();
            self.with_restore(&prefix, now, commands, |restore, context| {
                if starts { restore.start(&held, context) } else { restore.check(context) }
            });
        }
    }

    /// Whose turn it is: as long as not too many are at it, and no other one of its instance.
    fn next_in_turn(&self) -> Option<(PointId, bool)> {
        let at_it: Vec<&Restore> = self.restores.iter().filter(|restore| restore.is_at_it()).collect();
        if at_it.len() >= AT_ONCE {
            return None;
        }
        let free = |point: &&PointId| !at_it.iter().any(|restore| restore.plan.point.instance == point.instance);
        let start = self.queue.starts.iter().find(free).map(|point| (point.clone(), true));
        start.or_else(|| Some((self.queue.checks.iter().find(free)?.clone(), false)))
    }
}

impl Restore {
    /// Whether Azure is being asked to check it or to start it.
    fn is_at_it(&self) -> bool {
        matches!(self.stage, Stage::Checking(_) | Stage::Preparing(_) | Stage::Cleared | Stage::Triggering(..))
    }
}
