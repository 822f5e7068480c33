//! What a restore is taken from: an instance, its vault, its policy and its recovery points, read side by side.

use super::ask::{Ask, Heard};
use super::load::{Load, revive};
use super::meant::Meant;
use super::series::{self, Gap, Series};
use super::{Context, Told};
use crate::azure::calls;
use crate::azure::id::{InstanceId, PointId, PointName, ServerId};
use crate::azure::wire::{Instance, Point, Policy, Server, Vault};
use crate::fault::{Code, Fault, Step};
use crate::link::Which;
use crate::moment::{Moment, Span};
use std::sync::Arc;

/// What is backed up by an instance that this program can restore.
const FLEXIBLE_SERVER: &str = "Microsoft.DBforPostgreSQL/flexibleServers";

/// For how long the newest point that was read is taken for the newest.
const FRESH: Span = Span::from_secs(60);

/// Whether this program can restore what is of this kind.
pub fn is_flexible(kind: &str) -> bool {
    kind.eq_ignore_ascii_case(FLEXIBLE_SERVER)
}

/// Whether an instance in this state has to be undeleted before a restore.
pub fn is_soft_deleted(state: &str) -> bool {
    ["SoftDeleted", "SoftDeleting"].iter().any(|word| word.eq_ignore_ascii_case(state))
}

/// An instance with all that is read of it.
#[derive(Clone, Debug)]
pub struct Source {
    /// Which.
    pub id: InstanceId,
    /// The instance itself.
    pub instance: Reading<Instance>,
    /// Its vault: for the region.
    pub vault: Reading<Vault>,
    /// Its policy: for the pace of its backups.
    pub policy: Option<Reading<Policy>>,
    /// The server itself: it may reach moments that no point has.
    pub server: Option<Reading<Server>>,
    /// Since when it is read.
    since: Moment,
    /// Its points, as Azure sends them.
    pub load: Load<Point>,
    /// The points, newest first, each once. Made anew only when a page comes.
    pub points: Arc<[Point]>,
    /// Which of them are listed.
    pub series: Series,
    /// The points that were asked for and are not in the list: Azure may know them all the same.
    alone: Vec<(PointName, Reading<Point>)>,
}

/// Something that is read once.
#[derive(Clone, Debug)]
pub struct Reading<T> {
    /// What it said.
    pub value: Option<T>,
    /// Why it could not be read.
    pub fault: Option<Fault>,
    ask: Ask<T>,
}

impl<T> Reading<T> {
    /// Begins to read.
    pub fn start(ask: Ask<T>) -> Self {
        Reading { value: None, fault: None, ask }
    }

    /// Whether it is still on its way.
    pub fn is_loading(&self) -> bool {
        self.value.is_none() && self.fault.is_none()
    }

    /// What keeps it from coming: for good, or for now.
    pub fn trouble(&self) -> Option<&Fault> {
        self.fault.as_ref().or(self.ask.trouble())
    }

    /// Asks at once, if it has not come.
    pub fn hurry(&mut self, context: &mut Context<'_>) {
        if self.value.is_none() {
            self.fault = None;
            self.ask.hurry(context);
        }
    }

    /// Asks no more.
    pub fn stop(&mut self, context: &mut Context<'_>) {
        self.ask.stop(context);
    }

    /// Takes in what happened; says whether anything changed.
    pub fn hear(&mut self, told: Told<'_>, context: &mut Context<'_>) -> bool {
        match self.ask.hear(told, context) {
            Heard::Nothing => return false,
            Heard::Again => {}
            Heard::Got(value) => self.value = Some(value),
            Heard::Refused(fault) => self.fault = Some(fault),
        }
        true
    }
}

impl Source {
    /// Begins to read all of it.
    pub fn open(id: &InstanceId, context: &mut Context<'_>) -> Self {
        let arm = context.arm;
        Source {
            id: id.clone(),
            instance: Reading::start(Ask::now(calls::instance(arm, id), Step::Instance, context)),
            vault: Reading::start(Ask::now(calls::vault(arm, &id.vault), Step::Vault, context)),
            policy: None,
            server: None,
            since: context.now,
            load: Load::start(calls::points(arm, id, None, None), Step::Points, context),
            points: Arc::new([]),
            series: Series::default(),
            alone: Vec::new(),
        }
    }

    /// Reads all of it anew, unless that was begun a moment ago.
    pub fn refresh(&mut self, context: &mut Context<'_>) {
        if context.now.since(self.since) > FRESH {
            self.stop(context);
            let series = self.series.again();
            *self = Source { series, ..Source::open(&self.id.clone(), context) };
        }
    }

    /// Takes in what happened.
    pub fn hear(&mut self, told: Told<'_>, context: &mut Context<'_>) {
        let came = self.instance.hear(told, context);
        if came && let Some(instance) = &self.instance.value {
            if let Some(policy) = &instance.policy {
                let call = calls::policy(context.arm, policy);
                self.policy = Some(Reading::start(Ask::now(call, Step::Policy, context)));
            }
            if let Some(server) = &instance.server {
                let call = calls::server(context.arm, server);
                self.server = Some(Reading::start(Ask::now(call, Step::Server, context)));
            }
        }
        self.vault.hear(told, context);
        for (_, point) in &mut self.alone {
            point.hear(told, context);
        }
        if let Some(policy) = &mut self.policy {
            policy.hear(told, context);
        }
        if let Some(server) = &mut self.server {
            server.hear(told, context);
        }
        let pages = self.load.pages;
        self.load.hear(told, context);
        if self.load.pages != pages {
            self.points = in_order(&self.load.items);
        }
    }

    /// Asks at once for what rests, and once more for what failed.
    pub fn hurry(&mut self, context: &mut Context<'_>) {
        self.instance.hurry(context);
        self.vault.hurry(context);
        for (_, point) in &mut self.alone {
            point.hurry(context);
        }
        let (arm, id) = (context.arm, &self.id);
        revive(&mut self.load, || calls::points(arm, id, None, None), Step::Points, context);
    }

    /// Asks no more, and leaves no timer behind.
    pub fn stop(&mut self, context: &mut Context<'_>) {
        self.instance.stop(context);
        self.vault.stop(context);
        if let Some(policy) = &mut self.policy {
            policy.stop(context);
        }
        if let Some(server) = &mut self.server {
            server.stop(context);
        }
        for (_, point) in &mut self.alone {
            point.stop(context);
        }
        self.load.stop(context);
    }

    /// The point of that name, once it has come.
    pub fn point(&self, name: &PointName) -> Option<&Point> {
        let listed = self.points.iter().find(|point| point.name == *name);
        listed.or_else(|| self.alone(name)?.ok())
    }

    /// Asks for a point by its id that the whole list does not have. Doing it twice changes nothing.
    pub fn look_for(&mut self, name: &PointName, context: &mut Context<'_>) {
        let asked = self.alone.iter().any(|(known, _)| known == name);
        if asked || !self.load.is_whole() || self.points.iter().any(|point| point.name == *name) {
            return;
        }
        let id = PointId { instance: self.id.clone(), name: name.clone() };
        let ask = Ask::now(calls::point(context.arm, &id), Step::Points, context);
        self.alone.push((name.clone(), Reading::start(ask)));
    }

    /// What Azure says of a point that is not in the list; nothing as long as it has not been asked.
    pub fn alone(&self, name: &PointName) -> Option<Result<&Point, &Fault>> {
        let (_, point) = self.alone.iter().find(|(known, _)| known == name)?;
        point.value.as_ref().map(Ok).or(point.trouble().map(Err))
    }

    /// Until when the series of its points goes: until it was read.
    pub fn until(&self) -> Moment {
        series::until(&self.points, self.since)
    }

    /// Lists the points that a person looks at, of which this one is chosen.
    pub fn list(&mut self, which: Option<&Which>) {
        let chosen = match which.map(|which| self.meant(which)) {
            Some(Meant::Point(point)) => Some(point.made),
            _ => None,
        };
        let until = self.until();
        self.series.list(&self.points, until, chosen);
    }

    /// Whether every point is known: all have come, and each could be read.
    pub fn knows_all(&self) -> bool {
        self.load.is_whole() && self.load.skipped == 0
    }

    /// Where points are missing by its policy, newest first: nothing as long as the policy is not known, or not all points.
    /// After the newest one the next is awaited only as long as backups are made.
    pub fn gaps(&self) -> Vec<Gap> {
        let awaited = self.awaits();
        match self.every().filter(|_| self.knows_all()) {
            Some(every) => series::gaps(&self.points, every, awaited.then_some(self.until())),
            None => Vec::new(),
        }
    }

    /// Whether a next point is awaited: as long as backups are made.
    pub fn awaits(&self) -> bool {
        let made = ["ProtectionConfigured", "ProtectionError"];
        let protection = self.instance.value.as_ref().map_or("", |instance| instance.protection.as_str());
        made.contains(&protection) && !self.server_is_gone()
    }

    /// How often its policy makes a backup.
    pub fn every(&self) -> Option<Span> {
        self.policy.as_ref()?.value.as_ref()?.every.filter(|every| every.millis() > 0)
    }

    /// The server's name: Azure's, or as long as that has not come the instance's.
    pub fn server_name(&self) -> &str {
        self.instance.value.as_ref().map_or(self.id.likely_server(), |instance| instance.server_name.as_str())
    }

    /// The region a restore is made in: the vault's, else the server's, which is the same. It becomes a part of requests
    /// and of commands to copy: what is no name of a region is not known.
    pub fn region(&self) -> Option<&str> {
        let vault = self.vault.value.as_ref().map(|vault| vault.region.as_str());
        let server = self.instance.value.as_ref().map(|instance| instance.region.as_str());
        let plain = |region: &&str| region.bytes().all(|b| b.is_ascii_alphanumeric() || b" -_()".contains(&b));
        vault.or(server).filter(|region| !region.is_empty()).filter(plain)
    }

    /// Whether Azure knows no such server any more: its backups can be restored all the same.
    pub fn server_is_gone(&self) -> bool {
        let fault = self.server.as_ref().and_then(|server| server.fault.as_ref());
        fault.is_some_and(|fault| fault.code == Code::NotFound)
    }

    /// The server and since when it has backups of its own, where it can be taken back by itself.
    pub fn own_backups(&self) -> Option<(&ServerId, Moment)> {
        let earliest = self.server.as_ref()?.value.as_ref()?.earliest?;
        Some((self.instance.value.as_ref()?.server.as_ref()?, earliest))
    }

    /// The first moment after a point that the server can be taken back to by itself, if it can reach one before the next
    /// point: whoever wants a moment between the two gets it from there, with nothing missing.
    pub fn in_time(&self, point: &Point) -> Option<Moment> {
        let (_, earliest) = self.own_backups()?;
        let next = self.points.iter().rev().find(|other| other.made > point.made).map(|other| other.made);
        next.is_none_or(|next| earliest < next).then(|| earliest.max(point.made))
    }

    /// Whether this is the backup of something else than a flexible server.
    pub fn other_kind(&self) -> Option<&str> {
        let kind = self.instance.value.as_ref()?.kind.as_str();
        (!kind.is_empty() && !is_flexible(kind)).then_some(kind)
    }

    /// Whether this program can have it restored, as far as is known.
    pub fn is_restorable(&self) -> bool {
        self.other_kind().is_none() && !self.is_soft_deleted()
    }

    /// Whether the vault keeps it as deleted, so that it has to be undeleted before a restore.
    pub fn is_soft_deleted(&self) -> bool {
        is_soft_deleted(self.instance.value.as_ref().map_or("", |instance| instance.protection.as_str()))
    }
}

/// Newest first, each once: pages may overlap when a point is made while they are read.
///
/// Azure sends the newest first, so each point mostly goes behind the others; a general sort would be the larger part
/// of this module's bytes.
fn in_order(items: &[Point]) -> Arc<[Point]> {
    let newer = |a: &Point, b: &Point| (b.made, &a.name) < (a.made, &b.name);
    let mut order: Vec<usize> = Vec::with_capacity(items.len());
    for (index, point) in items.iter().enumerate() {
        let at = order.partition_point(|known| items.get(*known).is_some_and(|known| newer(known, point)));
        let same = order.get(at).and_then(|known| items.get(*known)).is_some_and(|known| known.name == point.name);
        if !same {
            order.insert(at, index);
        }
    }
    order.into_iter().filter_map(|index| items.get(index).cloned()).collect()
}
