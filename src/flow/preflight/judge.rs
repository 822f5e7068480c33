//! The rules: from what was read to a verdict on each line. Sources: "Restore Azure Database for PostgreSQL – Flexible
//! server backups" and its support matrix, and the OpenAPI of what is read (see `azure`).

use super::finding::{Finding, Line, Topic};
use super::{Identity, Preflight, identity};
use crate::azure::access::{self, BLOB_CONTRIBUTOR, BLOB_OWNER, READER};
use crate::azure::storage::Account;
use crate::azure::wire::{Job, Vault};
use crate::fault::Fault;
use crate::flow::grant::WORKS_AFTER;
use crate::flow::source::Source;
use crate::moment::{Moment, Span};

/// Azure recommends one restore of a server in this time.
const A_DAY: Span = Span::from_secs(24 * 3600);

impl Preflight {
    /// Every line, always in the same order: none moves while another one comes.
    /// `granted`: since when the role is new, where it was assigned here.
    pub fn lines(&self, source: &Source, granted: Option<Moment>, now: Moment) -> Vec<Line> {
        let mut lines = Vec::new();
        let mut add = |topic, finding: Finding| {
            // An account that is not known is told once.
            if topic == Topic::Role || !matches!(finding, Finding::NoAccount | Finding::NotLookedUp) {
                lines.push(Line { topic, verdict: finding.verdict(), finding });
            }
        };
        add(Topic::Role, self.role(source, granted, now));
        add(Topic::Permission, self.permission());
        add(Topic::Container, self.container());
        let account = self.there.as_ref().map(|there| &there.account);
        let untold = account.filter(|account| account.value.is_none()).and_then(|account| account.trouble());
        match untold {
            Some(fault) => add(Topic::Account, Finding::Unread(fault.clone())),
            None => OF_ACCOUNT.iter().for_each(|(topic, rule)| add(*topic, self.judge(source, *rule))),
        }
        add(Topic::Subscription, self.subscription(source));
        add(Topic::Instance, self.restorable(source));
        add(Topic::Jobs, self.other_jobs(now));
        add(Topic::Guard, of_vault(source, |vault| if vault.guarded { Finding::Guard } else { Finding::NoGuard }));
        lines
    }

    fn role(&self, source: &Source, granted: Option<Moment>, now: Moment) -> Finding {
        let (vault, instance) = (&source.vault, &source.instance);
        let (Some(vault), Some(instance)) = (&vault.value, &instance.value) else {
            return unread(vault.trouble().or(instance.trouble()));
        };
        match identity(vault, instance) {
            Identity::Absent => return Finding::NoIdentity,
            Identity::Unclear => return Finding::IdentityUnclear,
            Identity::Known(..) => {}
        }
        let Some(there) = &self.there else { return self.unknown() };
        let Some(roles) = there.roles.as_ref().map(|(_, roles)| roles).filter(|roles| roles.is_whole()) else {
            return unread(there.roles.as_ref().and_then(|(_, roles)| roles.why_not()));
        };
        let held = roles.items.iter().filter(|one| one.role == BLOB_CONTRIBUTOR || one.role == BLOB_OWNER);
        // Where it was assigned from here, the list may not have it yet.
        let (mut conditional, mut newest) = (false, granted);
        for one in held {
            match (one.conditional, one.since.filter(|since| now.since(*since).millis().abs() < WORKS_AFTER.millis())) {
                (true, _) => conditional = true,
                (false, None) if granted.is_none() => return Finding::Role,
                (false, since) => newest = granted.or(since),
            }
        }
        match newest {
            Some(since) => Finding::RoleNew(since),
            None if conditional => Finding::RoleConditional,
            None if roles.items.iter().any(|one| one.role != READER) => Finding::RoleOther,
            None => Finding::NoRole,
        }
    }

    fn permission(&self) -> Finding {
        if !self.mine.is_whole() {
            return unread(self.mine.why_not());
        }
        let may = [access::RESTORE, access::VALIDATE].iter().all(|action| access::permits(&self.mine.items, action));
        if may { Finding::MayRestore } else { Finding::MayNotRestore }
    }

    fn container(&self) -> Finding {
        let Some(there) = &self.there else { return self.unknown() };
        let immutable = there.account.value.as_ref().is_some_and(|account| account.immutable);
        match (&there.container.value, there.container.trouble()) {
            (Some(container), _) if container.held => Finding::Held,
            (Some(container), _) if container.immutable || immutable => Finding::Immutable,
            (Some(_), _) => Finding::Container,
            (None, Some(fault)) if fault.problem.as_ref().is_some_and(|said| said.status == 404) => {
                Finding::NoContainer
            }
            (None, trouble) => unread(trouble),
        }
    }

    /// Why nothing is known of the target.
    fn unknown(&self) -> Finding {
        if self.is_absent { Finding::NoAccount } else { Finding::NotLookedUp }
    }

    fn judge(&self, source: &Source, rule: fn(&Preflight, &Source, &Account) -> Finding) -> Finding {
        match &self.there {
            None => self.unknown(),
            Some(there) => match &there.account.value {
                Some(account) => rule(self, source, account),
                None => unread(there.account.trouble()),
            },
        }
    }

    fn subscription(&self, source: &Source) -> Finding {
        match &self.target {
            None => self.unknown(),
            Some(target) if target.subscription == self.instance.vault.subscription => Finding::SameSubscription,
            Some(_) => of_vault(source, |vault| match vault.cross_subscription.to_ascii_lowercase().as_str() {
                "enabled" => Finding::OtherSubscription,
                "disabled" => Finding::SubscriptionForbidden(false),
                "permanentlydisabled" => Finding::SubscriptionForbidden(true),
                _ => Finding::SubscriptionUnsaid,
            }),
        }
    }

    /// The resource graph alone knows `allowedOperations`. Where it says nothing, the instance's state does.
    fn restorable(&self, source: &Source) -> Finding {
        if source.is_soft_deleted() {
            return Finding::SoftDeleted;
        }
        let told = self.graph.items.first().and_then(|row| row.restorable);
        let state = source.instance.value.as_ref().map(|instance| instance.protection.as_str());
        match (told, state) {
            (Some(true), state) => Finding::Restorable(state.unwrap_or_default().to_string()),
            (Some(false), _) => Finding::NotRestorable,
            (None, _) if self.graph.is_reading() => Finding::Reading,
            (None, Some(state @ ("ProtectionConfigured" | "ProtectionStopped" | "BackupSchedulesSuspended"))) => {
                Finding::Restorable(state.to_string())
            }
            (None, _) => unread(self.graph.why_not().or(source.instance.trouble())),
        }
    }

    fn other_jobs(&self, now: Moment) -> Finding {
        let ours =
            |job: &&Job| job.is_restore() && job.instance.as_ref().is_none_or(|instance| *instance == self.instance);
        if let Some(job) = self.jobs.items.iter().filter(ours).find(|job| !job.status.is_final()) {
            return Finding::Runs(job.id.clone());
        }
        if !self.jobs.is_whole() {
            return unread(self.jobs.why_not());
        }
        let mut last = None;
        for job in self.jobs.items.iter().filter(ours) {
            let went = job.status.is_good();
            if let Some(at) = job.ended.or(job.began).filter(|at| went && now.since(*at) < A_DAY)
                && last.as_ref().is_none_or(|(_, before)| at > *before)
            {
                last = Some((job.id.clone(), at));
            }
        }
        last.map_or(Finding::NoJob, |(job, at)| Finding::Recent(job, at))
    }
}

type OfAccount = fn(&Preflight, &Source, &Account) -> Finding;

/// What an account's settings say.
const OF_ACCOUNT: &[(Topic, OfAccount)] = &[
    (Topic::Replication, replication),
    (Topic::Network, network),
    (Topic::Anonymous, anonymous),
    (Topic::Region, region),
];

fn replication(_: &Preflight, _: &Source, account: &Account) -> Finding {
    match account.cross_tenant {
        Some(true) => Finding::Replication,
        Some(false) => Finding::NoReplication,
        None => Finding::ReplicationUnsaid,
    }
}

/// Public access on, or the firewall with a rule for the vault besides trusted services ("Prerequisites").
fn network(preflight: &Preflight, _: &Source, account: &Account) -> Finding {
    let lets_in = account.lets_in(&preflight.instance.vault);
    match (account.public, account.perimeter, account.firewall) {
        (false, ..) => Finding::NoNetwork,
        (_, true, _) => Finding::Perimeter,
        (_, _, false) => Finding::Network,
        _ if !lets_in => Finding::FirewallShut,
        _ if account.trusts_azure() => Finding::FirewallOpen,
        _ => Finding::FirewallUntrusting,
    }
}

fn anonymous(preflight: &Preflight, _: &Source, account: &Account) -> Finding {
    let container = preflight.there.as_ref().map(|there| &there.container);
    match (account.anonymous, container.and_then(|container| container.value.as_ref())) {
        (true, Some(container)) if container.anonymous => Finding::Anonymous,
        (true, None) => unread(container.and_then(|container| container.trouble())),
        _ => Finding::Private,
    }
}

fn region(_: &Preflight, source: &Source, account: &Account) -> Finding {
    match source.region() {
        Some(region) if region.eq_ignore_ascii_case(&account.region) => Finding::SameRegion,
        Some(region) => Finding::OtherRegion(account.region.clone(), region.to_string()),
        None => unread(source.vault.trouble()),
    }
}

fn of_vault(source: &Source, rule: fn(&Vault) -> Finding) -> Finding {
    source.vault.value.as_ref().map_or_else(|| unread(source.vault.trouble()), rule)
}

/// On its way, or why it is not.
fn unread(trouble: Option<&Fault>) -> Finding {
    trouble.map_or(Finding::Reading, |fault| Finding::Unread(fault.clone()))
}
