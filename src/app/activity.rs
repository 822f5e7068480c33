//! The page Activity: which vaults' jobs are read for it, and what is forgotten of what was started here.

use super::{Model, Said};
use crate::azure::id::VaultId;
use crate::flow::Command;
use crate::flow::draft::Draft;
use crate::flow::restore::Restore;
use crate::journal::Entry;
use crate::link::{Place, Prefix};
use crate::moment::Moment;

/// What is to be forgotten.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Forgetting {
    /// One restore.
    One(Prefix),
    /// Every one that is listed.
    All,
}

impl Model {
    /// The page is opened: the jobs of the vaults are read, if they are not known well.
    pub(super) fn see_recent(&mut self, now: Moment, commands: &mut Vec<Command>) {
        let realm = self.realm();
        self.with(now, commands, |model, context| model.recent.see(&realm, context));
    }

    /// Reads the jobs vault by vault.
    pub(super) fn read_lists(&mut self, now: Moment, commands: &mut Vec<Command>) {
        let vaults = self.known_vaults();
        self.with(now, commands, |model, context| model.recent.walk(vaults, context));
    }

    /// The resource graph has refused, or told of no job. Where it tells of servers, there is none.
    pub(super) fn read_lists_instead(&mut self, now: Moment, commands: &mut Vec<Command>) {
        if self.recent.refusal().is_some() || !self.find.graph_tells() {
            self.read_lists(now, commands);
        }
    }

    /// Whether a vault is known here.
    pub fn knows_a_vault(&self) -> bool {
        let started = self.journal.of(&self.realm()).next().is_some();
        started || !self.recent.rows.is_empty() || self.find.vaults().next().is_some()
    }

    /// The vaults that are known here: of what was started here, of the servers that were found, of jobs.
    pub fn known_vaults(&self) -> Vec<VaultId> {
        let realm = self.realm();
        let started = self.journal.of(&realm).map(|entry| &entry.point.instance.vault);
        let of_jobs = self.recent.rows.iter().map(|row| &row.id.vault);
        let mut vaults: Vec<VaultId> = Vec::new();
        for vault in started.chain(of_jobs).chain(self.find.vaults()) {
            if !vaults.contains(vault) {
                vaults.push(vault.clone());
            }
        }
        vaults
    }

    /// Forgets what has ended; what has not waits for a second word.
    pub(super) fn forget_pressed(&mut self, what: Forgetting, now: Moment, commands: &mut Vec<Command>) {
        if self.to_forget(&what).any(|entry| entry.outcome.is_none()) {
            self.forgetting = Some(what);
        } else {
            self.forget_these(&what, now, commands);
        }
    }

    /// Forgets what waits for a second word.
    pub(super) fn forget_in_spite(&mut self, now: Moment, commands: &mut Vec<Command>) {
        if let Some(what) = self.forgetting.take() {
            self.forget_these(&what, now, commands);
        }
    }

    /// The restores of this realm that are to be forgotten.
    pub fn to_forget(&self, what: &Forgetting) -> impl Iterator<Item = &Entry> {
        let realm = self.realm();
        self.journal.entries.iter().filter(move |entry| {
            let meant = match what {
                Forgetting::One(prefix) => entry.prefix == *prefix,
                Forgetting::All => true,
            };
            meant && entry.realm == realm
        })
    }

    fn forget_these(&mut self, what: &Forgetting, now: Moment, commands: &mut Vec<Command>) {
        self.forgetting = None;
        let prefixes: Vec<Prefix> = self.to_forget(what).map(|entry| entry.prefix.clone()).collect();
        for prefix in &prefixes {
            self.forget(prefix, commands);
            self.let_go(prefix.as_str(), now, commands);
        }
        if !prefixes.is_empty() {
            self.say(if *what == Forgetting::All { Said::Forgotten } else { Said::ForgottenOne });
        }
    }

    /// A restore was forgotten, here or by another tab: nothing of it goes on here but what is shown, and nothing else is
    /// ever sent with its prefix. What follows its job ends by itself: see `settle_watches`.
    pub(super) fn let_go(&mut self, prefix: &str, now: Moment, commands: &mut Vec<Command>) {
        let shown = match self.place() {
            Place::Restore(_, shown) => shown.as_str() == prefix,
            _ => {
                let points = self.reviewed_points();
                let mut reviewed = points.iter().filter_map(|point| self.reviewed(point));
                reviewed.any(|restore| restore.plan.prefix.as_str() == prefix)
            }
        };
        if shown {
            return;
        }
        let gone = |restore: &Restore| restore.plan.prefix.as_str() == prefix && restore.sent.is_some();
        self.drop_restores(now, commands, gone);
        let spent = |draft: &Draft| draft.full_prefix().is_ok_and(|spent| spent.as_str() == prefix);
        if let Some(draft) = self.drafts.iter_mut().find(|draft| spent(draft)) {
            draft.renew(&mut self.dice);
            self.keep(commands);
        }
        if self.forgetting.as_ref().is_some_and(|what| self.to_forget(what).next().is_none()) {
            self.forgetting = None;
        }
    }

    /// What another tab has forgotten while it was shown here goes on no longer than that.
    pub(super) fn settle_forgotten(&mut self, now: Moment, commands: &mut Vec<Command>) {
        let goes_on = |restore: &&Restore| restore.is_started() || restore.is_sought_in_spite();
        let ours = self.restores.iter().filter(|restore| restore.sent.is_some()).filter(goes_on);
        let prefixes = ours.map(|restore| restore.plan.prefix.clone());
        let forgotten: Vec<Prefix> = prefixes.filter(|prefix| self.journal.by_prefix(prefix).is_none()).collect();
        for prefix in forgotten {
            self.let_go(prefix.as_str(), now, commands);
        }
    }
}
