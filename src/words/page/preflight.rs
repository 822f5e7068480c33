//! Will it work? What was found beforehand.

use crate::flow::preflight::{Finding, Verdict};
use crate::words::names;

pub const WILL_IT_WORK: &str = "Will it work?";
pub const READ_FROM_AZURE: &str = " Read from Azure ";
pub const READ_AGAIN: &str = "Read again";
pub const LOOKING: &str = "Reading from Azure what can be known beforehand";
pub const SEE_LINES: &str = "“Will it work?” tells why, and what to do.";

pub const GRANT_ROLE: &str = "Assign the role";
pub const YOU_MAY_GRANT: &str = "You can assign roles there. A new role can take up to 30 minutes to work everywhere.";
pub const YOU_MAY_NOT_GRANT: &str = "Your account is not allowed to assign roles there. Give this command to somebody who is, with one of these roles: Role Based Access Control Administrator, User Access Administrator or Owner.";
pub const PERHAPS_YOU_MAY_GRANT: &str = "Whether your account can assign roles there is not known; Azure will say.";
pub const GRANTS_OFF: &str = "This page’s administrator has switched off assigning roles from here.";
pub const ASSIGNING: &str = "Assigning the role";
pub const WAITING: &str = "Waiting until the role works";
pub const WAITING_MORE: &str = "Azure’s last check still found it missing, as is usual at first.";
pub const LAST_CHECK: &str = "What Azure’s last check said";
pub const PRESS_CHECK: &str =
    ". It can take up to 30 minutes to work everywhere. Check with Azure to see whether it does.";
pub const ASSIGNED: &str = "Assigned ";
pub const WAITS: &str =
    ". It can take up to 30 minutes to work everywhere. You can leave this page open: nothing is started by itself.";
pub const CHECKS_AGAIN: &str = "Azure is asked to check again ";
pub const STILL_LACKS: &str = "More than 30 minutes have passed since the role was assigned, and Azure still finds it missing. Make sure that it was assigned to the identity named here.";
pub const WITHOUT_CONDITION: &str =
    "Whoever manages roles there can take the condition away, or assign the role on the storage account without one.";
pub const THE_ROLE: &str = "Storage Blob Data Contributor";
pub const VAULT_IDENTITY: &str = "The identity of the vault ";
pub const USER_IDENTITY: &str = "The user-assigned identity ";
pub const OBJECT: &str = ", object ";
pub const THE_CONTAINER: &str = "The container ";
pub const AS_COMMAND: &str = "the az command";
pub const AZURE_DISAGREES: &str = "Azure’s own check has passed nevertheless.";
pub const AZURE_REFUSES: &str = "Azure refuses";
pub const WORKS_ALREADY: &str = "Azure’s own check has passed: it works already.";
pub const THE_JOB: &str = "Show that job";
pub const ENDED: &str = "It ended ";

/// The word at the end of a line.
pub fn word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Fails => "Will fail",
        Verdict::Warns => "Warning",
        Verdict::Unknown => "Unknown",
        Verdict::Reading => "Reading",
        Verdict::Fine => "OK",
    }
}

/// How many lines there are of each kind: "1 will fail, 2 warnings, 6 are fine."
pub fn tally(fails: usize, warns: usize, unknown: usize, fine: usize) -> String {
    let mut says = String::new();
    let mut add = |count: usize, one: &str, more: &str| {
        if count > 0 {
            let between = if says.is_empty() { "" } else { ", " };
            says.push_str(&format!("{between}{count} {}", if count == 1 { one } else { more }));
        }
    };
    add(fails, "will fail", "will fail");
    add(warns, "warning", "warnings");
    add(unknown, "unknown", "unknown");
    add(fine, "is fine", "are fine");
    says + "."
}

/// How many things will make it fail.
pub fn will_fail(count: usize) -> String {
    if count == 1 { "One thing will make it fail".into() } else { format!("{count} things will make it fail") }
}

/// What was found, and what that means.
pub fn finding(finding: &Finding) -> (&'static str, String) {
    use Finding as F;
    let (title, more) = match finding {
        F::Reading => ("", ""),
        F::Unread(_) => ("This could not be read", ""),
        F::NoAccount => (
            "Your account sees no storage account of this name",
            "So nothing is known of it beforehand. Azure’s own check will tell.",
        ),
        F::NotLookedUp => (
            "Which subscription the storage account is in could not be looked up",
            "So nothing is known of it beforehand. Read again, or go on: Azure’s own check will tell.",
        ),
        F::Role => ("The vault can write to the container", ""),
        F::RoleNew(_) => (
            "The vault’s role on the container is new",
            "It may not work everywhere yet: until then Azure refuses the restore.",
        ),
        F::NoRole => (
            "The vault cannot write to the container",
            "Its identity lacks Storage Blob Data Contributor there. Azure would refuse the restore.",
        ),
        F::RoleConditional => (
            "The vault’s role on the container has a condition",
            "Whether a restore meets the condition cannot be seen from here. Azure’s own check will tell.",
        ),
        F::RoleOther => (
            "The vault has other roles on the container",
            "None of them is Storage Blob Data Contributor or Storage Blob Data Owner. Whether they are enough cannot be seen from here.",
        ),
        F::NoIdentity => (
            "The vault has no identity",
            "Azure Backup writes with the vault’s identity. The vault’s owner can give it one; then it needs its role on the container.",
        ),
        F::IdentityUnclear => (
            "Which identity the vault uses is not known",
            "It has user-assigned identities, and Azure’s answer does not say which one it uses for this server.",
        ),
        F::MayRestore => ("You can check and start restores of this server", ""),
        F::MayNotRestore => (
            "You are not allowed to start restores of this server",
            "Your account needs Backup Operator on the vault. Its owner can assign that.",
        ),
        F::Container => ("The container exists, and its files can be changed", ""),
        F::NoContainer => (
            "The container does not exist",
            "The storage account’s owner can create it, or you choose another one. Azure Backup does not create containers.",
        ),
        F::Immutable => (
            "An immutability policy applies to the container",
            "What is written cannot be changed or deleted until the policy allows it, and a file that is written in parts may be refused.",
        ),
        F::Held => (
            "A legal hold is on the container",
            "What is written cannot be changed or deleted until it is lifted, and a file that is written in parts may be refused.",
        ),
        F::Replication => ("The storage account allows cross-tenant replication, which Azure Backup needs", ""),
        F::NoReplication => (
            "The storage account does not allow cross-tenant replication",
            "Azure Backup needs it to copy the files in. The storage account’s owner can allow it, and forbid it again after the restore.",
        ),
        F::ReplicationUnsaid => (
            "Azure does not say whether the storage account allows cross-tenant replication",
            "Azure Backup needs it. Storage accounts created since December 2023 do not allow it unless it was switched on.",
        ),
        F::Network => ("Public network access to the storage account is on, for all networks", ""),
        F::FirewallOpen => ("The storage account’s firewall lets this vault in", ""),
        F::FirewallShut => (
            "The storage account’s firewall does not let this vault in",
            "It needs a rule for the vault (resource instances) and for trusted Azure services. The storage account’s owner can add both, and remove them again after the restore.",
        ),
        F::FirewallUntrusting => (
            "The storage account’s firewall has a rule for this vault, but not for trusted Azure services",
            "Microsoft asks for both; the storage account’s owner can add them. Whether the rule alone is enough cannot be seen from here.",
        ),
        F::NoNetwork => (
            "Public network access to the storage account is off",
            "Azure Backup cannot come in through a private endpoint. The storage account’s owner can turn it on for this vault alone, and off again after the restore.",
        ),
        F::Perimeter => (
            "A network security perimeter protects the storage account",
            "Whether it lets Azure Backup in cannot be seen from here. Azure’s own check will tell.",
        ),
        F::Private => ("Nobody can read the files without a role", ""),
        F::Anonymous => (
            "Anybody can read what is in the container",
            "Anonymous access is on. The files hold all of the databases: choose a private container, have its owner make it private, or make sure that this is intended.",
        ),
        F::SameSubscription => ("Vault and container are in the same subscription", ""),
        F::OtherSubscription => (
            "The container is in a different subscription from the vault",
            "The vault allows it; make sure that this is intended.",
        ),
        F::SubscriptionForbidden(false) => (
            "The container is in another subscription, which the vault forbids",
            "Its cross-subscription restore is switched off. Choose a container in the vault’s subscription, or have the vault’s owner allow it.",
        ),
        F::SubscriptionForbidden(true) => (
            "The container is in another subscription, which the vault forbids permanently",
            "Its cross-subscription restore was switched off permanently, which nobody can undo. Choose a container in the vault’s subscription.",
        ),
        F::SubscriptionUnsaid => (
            "The container is in a different subscription from the vault",
            "Azure does not say whether the vault allows that. Make sure that this is intended; Azure’s own check will tell whether it is possible.",
        ),
        F::SameRegion => ("Vault and storage account are in the same region", ""),
        F::OtherRegion(account, vault) => {
            let (account, vault) = (names::region(account), names::region(vault));
            return (
                "The storage account is in a different region from the vault",
                format!(
                    "{account}, while the vault is in {vault}. The data leaves its region, which takes longer and is charged as data transfer."
                ),
            );
        }
        F::Restorable(state) if state.is_empty() || state == "ProtectionConfigured" => {
            ("The backup can be restored", "")
        }
        F::Restorable(state) => {
            return (
                "The backup can be restored, though its protection has stopped or has a problem",
                names::protection(state),
            );
        }
        F::NotRestorable => (
            "Azure does not allow a restore of this backup now",
            "Restore is not among the operations that it allows. Look at the backup’s state in the vault.",
        ),
        F::SoftDeleted => (
            "This backup is soft-deleted",
            "Undelete it in the vault first: Backup instances, Show soft-deleted, Undelete.",
        ),
        F::NoJob => ("No other restore of this server is running, and none ran in the last 24 hours", ""),
        F::Runs(_) => (
            "A restore of this server is running",
            "Two at once slow each other down, and Azure may refuse the second.",
        ),
        F::Recent(..) => (
            "This server was restored in the last 24 hours",
            "Azure recommends one restore a day. A further one may fail.",
        ),
        F::NoGuard => ("No Resource Guard protects the vault", ""),
        F::Guard => (
            "A Resource Guard protects the vault",
            "If it covers restores, Azure wants the approval of the guard’s owner first. Its own check will tell.",
        ),
    };
    (title, more.to_string())
}

/// What a line is about, while it is being read or where it cannot be.
pub fn topic(topic: crate::flow::preflight::Topic) -> &'static str {
    use crate::flow::preflight::Topic as T;
    match topic {
        T::Role => "The vault’s role on the container",
        T::Permission => "What your account may do",
        T::Container => "The container",
        T::Account => "The storage account: replication, network, anonymous access, region",
        T::Replication => "Cross-tenant replication of the storage account",
        T::Network => "The storage account’s network rules",
        T::Anonymous => "Anonymous access to the container",
        T::Subscription => "The subscriptions of vault and container",
        T::Region => "The regions of vault and storage account",
        T::Instance => "The state of the backup",
        T::Jobs => "Other restores of this server",
        T::Guard => "Resource Guard",
    }
}
