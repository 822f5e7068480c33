//! The servers that have come, each once, by subscription and name; and those of them that match a search.
//!
//! A row stays where it is in memory, and what is in order is its place: what comes is put into that order one by one,
//! so that a page of a thousand costs some milliseconds and a general sort is not needed. Each row keeps what it can be
//! found by in lower case, so that a keystroke only compares.

use super::Wanted;
use super::open::Opened;
use crate::azure::graph::Protected;
use crate::azure::id::{InstanceId, SubscriptionId};
use crate::azure::wire::Instance;
use crate::words::names;

/// A server in the list.
#[derive(Clone, Debug)]
pub struct Row {
    /// What Azure told. Its subscription's name is the group's.
    pub of: Protected,
    /// The instance's id in lower case: tells rows apart.
    pub key: String,
    /// Which of [`Rows::groups`] it is in.
    pub group: usize,
    /// Where it stands among the others.
    order: String,
    /// What it can be found by.
    text: String,
    /// When it was read last: see [`Rows::begin`].
    round: u32,
}

/// A subscription with servers in it.
#[derive(Clone, Debug)]
pub struct Group {
    /// Which.
    pub id: SubscriptionId,
    /// Its name, once that is known.
    pub name: Option<String>,
    /// How many servers of it match.
    pub matching: usize,
}

/// The servers.
#[derive(Clone, Debug, Default)]
pub struct Rows {
    /// The subscriptions, in the order in which they were heard of.
    pub groups: Vec<Group>,
    rows: Vec<Row>,
    /// Places in `rows`, by key.
    by_key: Vec<usize>,
    /// Places in `rows`, as they are shown.
    in_order: Vec<usize>,
    /// Those that match, as they are shown.
    matching: Vec<usize>,
    round: u32,
    /// How many were read in this round.
    renewed: usize,
}

impl Rows {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// How many match.
    pub fn matches(&self) -> usize {
        self.matching.len()
    }

    /// Whether none matches.
    pub fn is_empty_of_matches(&self) -> bool {
        self.matching.is_empty()
    }

    /// Those that match, as they are shown.
    pub fn matching(&self) -> impl Iterator<Item = &Row> {
        self.matching.iter().filter_map(|place| self.rows.get(*place))
    }

    /// All of them.
    pub fn all(&self) -> &[Row] {
        &self.rows
    }

    /// The one that matches, if it is one alone.
    pub fn only(&self) -> Option<&InstanceId> {
        match self.matching.as_slice() {
            [only] => self.rows.get(*only).map(|row| &row.of.id),
            _ => None,
        }
    }

    /// The name of a subscription, if it is known.
    pub fn name_of(&self, id: &SubscriptionId) -> Option<&str> {
        self.groups.iter().find(|group| group.id == *id)?.name.as_deref()
    }

    /// Begins with some that are known from elsewhere.
    pub fn begin_with(&mut self, known: &Rows, which: impl Fn(&InstanceId) -> bool) {
        for row in known.rows.iter().filter(|row| which(&row.of.id)) {
            let subscription = known.groups.get(row.group).and_then(|group| group.name.clone());
            self.add(Protected { subscription, ..row.of.clone() });
        }
    }

    /// A new reading begins: what does not come in it goes at its [`end`](Rows::end).
    pub fn begin(&mut self) {
        self.round += 1;
        self.renewed = 0;
    }

    /// How many were read since that began.
    pub fn renewed(&self) -> usize {
        self.renewed
    }

    /// A reading has ended. What did not come in it goes, but for what could not be read.
    pub fn end(&mut self, unread: impl Fn(&InstanceId) -> bool) {
        let round = self.round;
        let stays = |row: &Row| row.round == round || unread(&row.of.id);
        if self.rows.iter().all(stays) {
            return;
        }
        let rows = std::mem::take(&mut self.rows);
        self.by_key.clear();
        self.in_order.clear();
        self.matching.clear();
        for row in rows.into_iter().filter(stays) {
            let place = self.by_key.partition_point(|at| self.rows.get(*at).is_some_and(|known| known.key < row.key));
            self.by_key.insert(place, self.rows.len());
            self.rows.push(row);
            self.put_in_order(self.rows.len() - 1);
        }
    }

    /// A subscription's name has become known.
    pub fn learn(&mut self, id: &SubscriptionId, name: &str) {
        self.group(id, Some(name));
    }

    /// A server has come, from the resource graph.
    pub fn add(&mut self, mut new: Protected) {
        let name = new.subscription.take();
        let group = self.group(&new.id.vault.subscription, name.as_deref());
        let mut key = new.id.path();
        key.make_ascii_lowercase();
        let place = self.by_key.partition_point(|at| self.rows.get(*at).is_some_and(|known| known.key < key));
        let known = self.by_key.get(place).copied();
        let round = self.round;
        match known.filter(|at| self.rows.get(*at).is_some_and(|known| known.key == key)) {
            Some(at) => {
                let Some(row) = self.rows.get_mut(at) else { return };
                self.renewed += usize::from(row.round != round);
                row.round = round;
                if row.of == new {
                    return;
                }
                (row.of, row.group) = (new, group);
                self.in_order.retain(|other| *other != at);
                self.place(at);
            }
            None => {
                let at = self.rows.len();
                self.renewed += 1;
                self.by_key.insert(place, at);
                self.rows.push(Row { of: new, key, group, order: String::new(), text: String::new(), round });
                self.place(at);
            }
        }
    }

    /// An instance has come, from its vault or its server. What only the graph tells stays as it told it.
    pub fn add_instance(&mut self, instance: Instance) {
        let mut key = instance.id.path();
        key.make_ascii_lowercase();
        let known = self.by_key.partition_point(|at| self.rows.get(*at).is_some_and(|known| known.key < key));
        let known = self.by_key.get(known).and_then(|at| self.rows.get(*at)).filter(|row| row.key == key);
        let of_graph = known.map(|row| &row.of);
        self.add(Protected {
            restorable: of_graph.filter(|known| known.state == instance.protection).and_then(|known| known.restorable),
            exists: of_graph.and_then(|known| known.exists),
            subscription: None,
            id: instance.id,
            server: instance.server,
            name: instance.server_name,
            region: instance.region,
            state: instance.protection,
        });
    }

    /// Which group a subscription is. A name that is new moves its rows.
    fn group(&mut self, id: &SubscriptionId, name: Option<&str>) -> usize {
        let at = self.groups.iter().position(|group| group.id == *id).unwrap_or(self.groups.len());
        if at == self.groups.len() {
            self.groups.push(Group { id: id.clone(), name: None, matching: 0 });
        }
        if let Some(group) = self.groups.get_mut(at)
            && let Some(name) = name.filter(|name| !name.is_empty() && group.name.as_deref() != Some(*name))
        {
            group.name = Some(name.to_string());
            for place in 0..self.rows.len() {
                if self.rows.get(place).is_some_and(|row| row.group == at) {
                    self.in_order.retain(|other| *other != place);
                    self.place(place);
                }
            }
        }
        at
    }

    /// Says anew where a row stands and what it is found by, and puts it there.
    fn place(&mut self, at: usize) {
        let Some(row) = self.rows.get_mut(at) else { return };
        let id = row.of.id.vault.subscription.as_str();
        let subscription = self.groups.get(row.group).and_then(|group| group.name.as_deref()).unwrap_or(id);
        row.order = [subscription, id, row.of.name.as_str(), row.key.as_str()].join("\0");
        let group = row.of.server.as_ref().map_or("", |server| server.group.as_str());
        let vault = &row.of.id.vault;
        let (region, state) = (names::region(&row.of.region), names::protection(&row.of.state));
        let found_by = [
            row.of.name.as_str(),
            vault.name.as_str(),
            group,
            vault.group.as_str(),
            subscription,
            id,
            row.of.region.as_str(),
            region.as_str(),
            state.as_str(),
        ];
        row.text = found_by.join("\n");
        row.order.make_ascii_lowercase();
        row.text.make_ascii_lowercase();
        self.put_in_order(at);
    }

    fn put_in_order(&mut self, at: usize) {
        let Some(row) = self.rows.get(at) else { return };
        let place =
            self.in_order.partition_point(|other| self.rows.get(*other).is_some_and(|known| known.order < row.order));
        self.in_order.insert(place, at);
    }

    /// Finds what matches.
    pub fn search(&mut self, wanted: &Wanted) {
        self.matching.clear();
        self.groups.iter_mut().for_each(|group| group.matching = 0);
        for place in &self.in_order {
            let Some(row) = self.rows.get(*place) else { continue };
            if fits(row, wanted) {
                self.matching.push(*place);
                if let Some(group) = self.groups.get_mut(row.group) {
                    group.matching += 1;
                }
            }
        }
    }
}

fn fits(row: &Row, wanted: &Wanted) -> bool {
    match &wanted.opened {
        Opened::Points(id, _) => row.of.id == *id,
        Opened::Vault(vault) => row.of.id.vault == *vault,
        Opened::Job(job) => row.of.id.vault == job.vault,
        Opened::Server(server) => row.of.server.as_ref() == Some(server),
        Opened::OtherKind(_) => false,
        Opened::Nothing => wanted.words.iter().all(|word| row.text.contains(word.as_str())),
    }
}
