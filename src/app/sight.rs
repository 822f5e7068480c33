//! What the address names and this account does not see: whether it is gone, or another account may see it.

use super::{Model, Person, Session};
use crate::azure::call::Sending;
use crate::azure::calls;
use crate::azure::id::InstanceId;
use crate::fault::{Code, Fault};
use crate::flow::Command;
use crate::flow::find::walk::Part;
use crate::flow::restore::Stage;
use crate::flow::sight::Sight;
use crate::link::{Place, World};
use crate::moment::Moment;

/// Why nothing is to be seen.
#[derive(Clone, Debug)]
pub enum Unseen<'a> {
    /// The vault can be read and Azure does not find it there: no account will see it.
    Gone,
    /// This account does not see it. The read that was refused, for another account to make.
    Hidden(&'a Fault, Sending),
}

impl Model {
    /// The accounts that are signed in here and not in use.
    pub fn others(&self) -> impl Iterator<Item = &Person> {
        let used = match &self.session {
            Session::SignedIn(person) => person.id.as_str(),
            _ => "",
        };
        self.accounts.iter().filter(move |person| person.id != used)
    }

    /// Whether somebody else was signed in until now.
    pub(super) fn is_another(&self, session: &Session) -> bool {
        matches!((&self.session, session), (Session::SignedIn(was), Session::SignedIn(is)) if was.id != is.id)
    }

    /// Why what the page is about cannot be seen, if it cannot.
    pub fn unseen(&self) -> Option<Unseen<'_>> {
        // The simulated Azure knows no accounts.
        if self.world() == World::Demo || !self.may_ask() {
            return None;
        }
        let arm = self.arm();
        let hidden = |fault: &'_ Fault, what: &Sending| fault.is_of_account().then(|| what.clone());
        let (fault, what) = match self.place() {
            Place::Points(instance, _) => return self.unseen_source(&instance),
            Place::Plan(wishes) | Place::PlanTarget(wishes) => {
                let hidden = |unseen: &Unseen<'_>| matches!(unseen, Unseen::Hidden(..));
                return wishes.iter().filter_map(|wish| self.unseen_source(&wish.instance)).find(hidden);
            }
            Place::Target(point) | Place::Review(point) => return self.unseen_source(&point.instance),
            Place::FindVault(id) => {
                let fault = self.unread(|part| matches!(part, Part::Vaults(unread) if *unread == id))?;
                (fault, hidden(fault, &calls::vaults(arm, &id)))
            }
            Place::FindInstance(id) => {
                let fault = self.unread(|part| matches!(part, Part::Instances(unread) if *unread == id))?;
                (fault, hidden(fault, &calls::instances(arm, &id)))
            }
            Place::Job(job) => {
                let fault = self.watch_of(&job)?.fault.as_ref()?;
                (fault, hidden(fault, &calls::job(arm, &job)))
            }
            Place::Restore(point, prefix) => {
                let Stage::Searching { search, .. } = &self.restore_of(&prefix)?.stage else { return None };
                let fault = search.trouble().filter(|_| search.over)?;
                (fault, hidden(fault, &calls::jobs(arm, &point.instance.vault)))
            }
            Place::Start | Place::About | Place::Activity | Place::Find | Place::States | Place::State(_) => {
                return None;
            }
        };
        what.map(|what| Unseen::Hidden(fault, what))
    }

    /// Of an instance, its vault and its points, the first that cannot be seen.
    fn unseen_source(&self, id: &InstanceId) -> Option<Unseen<'_>> {
        let source = self.source_of(id)?;
        let arm = self.arm();
        let (instance, vault, points) = (&source.instance.fault, &source.vault.fault, &source.load.fault);
        // What the vault says tells what it means that the others are not found.
        if source.vault.is_loading() {
            return None;
        }
        let gone = |fault: &Option<Fault>| fault.as_ref().is_some_and(|fault| fault.code == Code::NotFound);
        if vault.is_none() && (gone(instance) || gone(points)) {
            return Some(Unseen::Gone);
        }
        let of = |fault: &'_ Option<Fault>| fault.as_ref().is_some_and(Fault::is_of_account);
        let (fault, what) = match () {
            () if of(instance) => (instance, Sending::clone(&calls::instance(arm, id))),
            () if of(vault) => (vault, Sending::clone(&calls::vault(arm, &id.vault))),
            () if of(points) => (points, Sending::clone(&calls::points(arm, id, None, None))),
            () => return None,
        };
        fault.as_ref().map(|fault| Unseen::Hidden(fault, what))
    }

    /// Why a part of the list of servers could not be read.
    fn unread(&self, which: impl Fn(&Part) -> bool) -> Option<&Fault> {
        let unread = self.find.list()?.unread().iter();
        unread.filter(|(part, _)| which(part)).map(|(_, fault)| fault).next()
    }

    /// Where this account does not see what the address names, the others that are signed in here are asked whether they
    /// do: once, as long as it stays so.
    pub(super) fn settle_sight(&mut self, now: Moment, commands: &mut Vec<Command>) {
        let what = match self.unseen() {
            Some(Unseen::Hidden(_, what)) => what,
            _ => return self.sight = None,
        };
        if self.sight.as_ref().is_some_and(|sight| sight.is_of(&what)) {
            return;
        }
        let others: Vec<String> = self.others().map(|person| person.id.clone()).collect();
        if others.is_empty() {
            return;
        }
        self.with(now, commands, |model, context| model.sight = Some(Sight::start(what, others, context)));
    }
}
