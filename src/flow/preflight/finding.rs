//! What is found out beforehand: of what a line can be about, what can be found, and what that comes to.

use crate::azure::id::JobId;
use crate::fault::{Code, Fault};
use crate::moment::Moment;

/// What a line is about, in the order of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Topic {
    /// Whether the vault's identity may write there.
    Role,
    /// Whether the person may restore.
    Permission,
    /// Whether the container is there and takes files.
    Container,
    /// The account's settings, where none of them can be read.
    Account,
    /// Whether the account may be copied to.
    Replication,
    /// Whether Azure Backup gets there through the network.
    Network,
    /// Who can read what is written.
    Anonymous,
    /// Whether vault and target are of one subscription.
    Subscription,
    /// Whether they are of one region.
    Region,
    /// Whether the instance can be restored.
    Instance,
    /// What else restores this server.
    Jobs,
    /// Whether somebody else has to approve.
    Guard,
}

/// What is thought of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// Azure will refuse it, or the restore will fail.
    Fails,
    /// It works, but is it meant?
    Warns,
    /// It cannot be told from here.
    Unknown,
    /// It is being read.
    Reading,
    /// Fine.
    Fine,
}

/// What was found.
#[derive(Clone, Debug, PartialEq)]
pub enum Finding {
    /// It is on its way.
    Reading,
    /// It could not be read.
    Unread(Fault),
    /// No account of this name can be seen.
    NoAccount,
    /// In which subscription the account is could not be looked up.
    NotLookedUp,
    /// The identity holds the role.
    Role,
    /// It does since a moment ago: it may not work yet.
    RoleNew(Moment),
    /// It does not.
    NoRole,
    /// It does under a condition.
    RoleConditional,
    /// It holds roles that this program does not know.
    RoleOther,
    /// The vault has no identity.
    NoIdentity,
    /// Which identity Azure uses is not told.
    IdentityUnclear,
    /// The person may check and restore.
    MayRestore,
    /// The person may not.
    MayNotRestore,
    /// The container is there.
    Container,
    /// It is not.
    NoContainer,
    /// An immutability policy holds in it.
    Immutable,
    /// A legal hold does.
    Held,
    /// Copies to other tenants are allowed.
    Replication,
    /// They are not.
    NoReplication,
    /// The account does not say.
    ReplicationUnsaid,
    /// The network is open.
    Network,
    /// The firewall lets the vault in.
    FirewallOpen,
    /// The firewall has no rule for it.
    FirewallShut,
    /// It has, but does not trust Azure's services.
    FirewallUntrusting,
    /// The public endpoint is off.
    NoNetwork,
    /// A perimeter decides.
    Perimeter,
    /// Nobody reads without a role.
    Private,
    /// Anybody can read what is written.
    Anonymous,
    /// One subscription.
    SameSubscription,
    /// Another one; the vault allows it.
    OtherSubscription,
    /// Another one; the vault forbids it, perhaps for ever.
    SubscriptionForbidden(bool),
    /// Another one; the vault does not say.
    SubscriptionUnsaid,
    /// One region.
    SameRegion,
    /// The account's region is another one than the vault's.
    OtherRegion(String, String),
    /// The instance, in this state of its protection, can be restored.
    Restorable(String),
    /// Azure does not allow it now.
    NotRestorable,
    /// It is soft-deleted.
    SoftDeleted,
    /// Nothing restores this server, and nothing did in the last day.
    NoJob,
    /// A restore of it is running.
    Runs(JobId),
    /// One has ended within a day.
    Recent(JobId, Moment),
    /// No guard.
    NoGuard,
    /// A Resource Guard protects the vault.
    Guard,
}

/// A line.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// What it is about.
    pub topic: Topic,
    /// What is thought of it.
    pub verdict: Verdict,
    /// Why.
    pub finding: Finding,
}

/// What Azure's codes are about, by a word in them: of many refusals the exact code is in no document.
const WORDS: [(&str, Topic); 6] = [
    ("CrossTenantReplication", Topic::Replication),
    ("CrossSubscription", Topic::Subscription),
    ("ResourceGuard", Topic::Guard),
    ("Network", Topic::Network),
    ("Firewall", Topic::Network),
    ("Immutab", Topic::Container),
];

/// The line that a refusal of Azure's belongs to.
pub fn topic_of(fault: &Fault) -> Option<Topic> {
    let deepest_first = fault.problem.iter().flat_map(|problem| problem.chain.iter().rev());
    for cause in deepest_first {
        if let Some((_, topic)) = WORDS.iter().find(|(word, _)| cause.code.contains(word)) {
            return Some(*topic);
        }
    }
    match fault.code {
        Code::VaultLacksRole => Some(Topic::Role),
        Code::Forbidden => Some(Topic::Permission),
        Code::ContainerUnreachable => Some(Topic::Container),
        Code::TooManyOperations => Some(Topic::Jobs),
        Code::NotReady => Some(Topic::Instance),
        Code::OldVersionTarget => Some(Topic::Subscription),
        _ => None,
    }
}

impl Finding {
    /// What it comes to.
    pub fn verdict(&self) -> Verdict {
        use Finding as F;
        match self {
            F::Reading => Verdict::Reading,
            F::NoRole
            | F::NoIdentity
            | F::MayNotRestore
            | F::NoContainer
            | F::NoReplication
            | F::FirewallShut
            | F::NoNetwork
            | F::SubscriptionForbidden(_)
            | F::NotRestorable
            | F::SoftDeleted => Verdict::Fails,
            F::RoleNew(_)
            | F::Immutable
            | F::Held
            | F::Anonymous
            | F::OtherSubscription
            | F::OtherRegion(..)
            | F::Runs(_)
            | F::Recent(..) => Verdict::Warns,
            F::Unread(_)
            | F::NoAccount
            | F::NotLookedUp
            | F::RoleConditional
            | F::RoleOther
            | F::IdentityUnclear
            | F::ReplicationUnsaid
            | F::FirewallUntrusting
            | F::Perimeter
            | F::SubscriptionUnsaid
            | F::Guard => Verdict::Unknown,
            F::Role
            | F::MayRestore
            | F::Container
            | F::Replication
            | F::Network
            | F::FirewallOpen
            | F::Private
            | F::SameSubscription
            | F::SameRegion
            | F::Restorable(_)
            | F::NoJob
            | F::NoGuard => Verdict::Fine,
        }
    }
}
