//! The world: what there is before anybody starts anything. Contoso, with made-up ids.
//!
//! Everything is looked up without case, as Azure does, and printed in the spelling of these tables.

use super::drills::DRILLED;
use super::huge::{self, HUGE};
use super::places::{ACCOUNTS, GROUPS, SUBSCRIPTIONS, VAULTS, group, vault};
use super::servers::SERVERS;
use super::text::{guid, hash, join};

/// The tenant that everything belongs to.
pub const TENANT: &str = "8c1f5e27-94d3-4b60-a7e8-31d06c5b9f42";

/// The person signed in.
pub const OPERATOR: &str = "d7a30c96-2f81-4e5d-b094-6a3e8c17f250";

/// A subscription.
pub struct Subscription {
    pub id: &'static str,
    pub name: &'static str,
}

/// A resource group.
pub struct Group {
    pub subscription: &'static str,
    pub name: &'static str,
    pub location: &'static str,
}

/// A Backup vault.
pub struct Vault {
    pub group: &'static str,
    pub name: &'static str,
    /// The object id of its identity; empty where it has none.
    pub principal: &'static str,
    /// The name of its user-assigned identity; empty where it has the system-assigned one.
    pub user_assigned: &'static str,
    pub redundancy: &'static str,
    /// Whether it may restore into another subscription: `Enabled`, `Disabled`, `PermanentlyDisabled`.
    pub cross_subscription: &'static str,
    /// Whether addresses of its operations name a host of its region, as recorded for one region with 2026-03-01.
    pub regional_host: bool,
    /// Whether a Resource Guard protects it.
    pub guarded: bool,
}

/// What kind of thing an instance protects. A vault holds other things than PostgreSQL, too.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    FlexibleServer,
    Disk,
}

/// A backup instance and the weekly backups it has.
#[derive(Clone, Copy)]
pub struct Instance {
    pub vault: &'static str,
    pub group: &'static str,
    /// The protected server.
    pub server: &'static str,
    pub kind: Kind,
    /// The GUID at the end of its name; empty: made from the server's name.
    pub suffix: &'static str,
    pub policy: &'static str,
    /// When it is backed up: day of the week (0 is Monday) and hour, UTC.
    pub weekday: i64,
    pub hour: i64,
    /// For how many weeks points are kept; 0: none was made yet.
    pub weeks: i64,
    /// How many weeks ago the newest point was made, besides the running week.
    pub lag: i64,
    /// The last day of backups, in days since 1970; 0: they go on.
    pub until: i64,
    /// Whether a week is missing now and then and a point is partial now and then.
    pub gaps: bool,
    /// How many points a page of its list holds.
    pub page: usize,
    pub state: &'static str,
    pub megabytes: i64,
    /// Whether the server still exists.
    pub server_exists: bool,
}

/// A storage account.
pub struct Account {
    pub group: &'static str,
    pub name: &'static str,
    pub containers: &'static str,
    /// Its region, where that is not its group's.
    pub location: &'static str,
    pub kind: &'static str,
    pub sku: &'static str,
    /// The DNS zone that its addresses name; empty for the form that has none.
    pub zone: &'static str,
    pub granted: Granted,
    pub network: Network,
    /// Whether blobs may be replicated into another tenant, where that was ever set. Where it was not, they may: so it
    /// was for every account until December 2023 (Microsoft's "Prevent object replication across tenants").
    pub cross_tenant: Option<bool>,
    /// Whether anybody may read: the account allows it, and its containers do it.
    pub anonymous: bool,
    /// Whether versions of blobs are kept from being changed, in all of its containers.
    pub versioned: bool,
}

/// Where the vaults' role on a storage account is granted.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Granted {
    /// On the account.
    Whole,
    /// On each container, but for that which provokes a missing role.
    Each,
    /// On its resource group.
    Above,
    /// On the account, under a condition.
    Conditioned,
    /// On the account, and it is another role, which writes no blobs.
    Other,
    /// Nowhere.
    Nowhere,
}

/// Who reaches a storage account over the network.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Network {
    /// Everybody.
    Open,
    /// The vaults of its resource group, by a rule for each.
    Ruled,
    /// Nobody from outside: the same rules, but Azure's services are not trusted.
    Untrusting,
    /// Whom a network security perimeter lets in, which is not told here: everybody.
    Perimeter,
    /// Nobody from outside: networks are selected, and none is.
    Walled,
    /// Nobody from outside: public access is off.
    Closed,
}

/// The role that writes blobs, Storage Blob Data Contributor (Azure built-in roles).
pub const BLOB_CONTRIBUTOR: &str = "ba92f5b4-2d11-453d-a403-e96b0029c9fe";
/// The role that does so and owns them, Storage Blob Data Owner (Azure built-in roles).
pub const BLOB_OWNER: &str = "b7e6dc6d-f1e8-4753-8033-0f276bb0955b";
/// The role that manages accounts, Storage Account Contributor (Azure built-in roles).
pub const ACCOUNT_CONTRIBUTOR: &str = "17d1049b-9a84-46fb-8f53-869881c3d3ab";
/// Owner (Azure built-in roles).
pub const OWNER: &str = "8e3af657-a8ff-443c-a75c-2fe8c4bcb635";

fn same(a: &str, b: &str) -> bool {
    a.eq_ignore_ascii_case(b)
}

/// Every backup instance that is listed.
pub fn instances() -> impl Iterator<Item = &'static Instance> {
    SERVERS.iter().chain(DRILLED)
}

pub fn find_subscription(id: &str) -> Option<&'static Subscription> {
    SUBSCRIPTIONS.iter().find(|s| same(s.id, id))
}

pub fn find_group(subscription: &str, name: &str) -> Option<&'static Group> {
    GROUPS.iter().find(|g| same(g.subscription, subscription) && same(g.name, name))
}

/// A group of these tables by its own name.
fn group_named(name: &str) -> &'static Group {
    const NONE: Group = group("", "", "");
    GROUPS.iter().find(|g| g.name == name).unwrap_or(&NONE)
}

pub fn find_vault(group: &Group, name: &str) -> Option<&'static Vault> {
    VAULTS.iter().chain([&HUGE]).find(|v| same(v.group, group.name) && same(v.name, name))
}

pub fn find_account(group: &Group, name: &str) -> Option<&'static Account> {
    ACCOUNTS.iter().find(|a| same(a.group, group.name) && same(a.name, name))
}

impl Group {
    pub fn id(&self) -> String {
        join(&["/subscriptions/", self.subscription, "/resourceGroups/", self.name])
    }
}

impl Vault {
    pub fn place(&self) -> &'static Group {
        group_named(self.group)
    }

    /// With the spelling that most answers use; some use `BackupVaults`.
    pub fn id(&self) -> String {
        join(&[&self.place().id(), "/providers/Microsoft.DataProtection/backupVaults/", self.name])
    }

    pub fn has_identity(&self) -> bool {
        !self.principal.is_empty()
    }

    pub fn instances(&self) -> impl Iterator<Item = &'static Instance> {
        let name = self.name;
        let huge = if name == HUGE.name { huge::instances() } else { &[] };
        instances().filter(move |i| i.vault == name).chain(huge)
    }

    pub fn instance(&self, name: &str) -> Option<&'static Instance> {
        self.instances().find(|i| same(&i.name(), name))
    }

    /// The resource id of its user-assigned identity.
    pub fn identity_id(&self) -> String {
        let kind = "/providers/Microsoft.ManagedIdentity/userAssignedIdentities/";
        join(&[&self.place().id(), kind, self.user_assigned])
    }
}

impl Instance {
    pub fn place(&self) -> &'static Group {
        group_named(self.group)
    }

    pub fn vault(&self) -> &'static Vault {
        const NONE: Vault = vault("", "", "");
        VAULTS.iter().chain([&HUGE]).find(|v| v.name == self.vault).unwrap_or(&NONE)
    }

    /// The server's name twice and a GUID: how Azure's own tools name an instance.
    pub fn name(&self) -> String {
        let made = guid(&["instance", self.server]);
        let suffix = if self.suffix.is_empty() { &made } else { self.suffix };
        join(&[self.server, "-", self.server, "-", suffix])
    }

    pub fn id(&self) -> String {
        join(&[&self.vault().id(), "/backupInstances/", &self.name()])
    }

    pub fn source_type(&self) -> &'static str {
        match self.kind {
            Kind::FlexibleServer => "Microsoft.DBforPostgreSQL/flexibleServers",
            Kind::Disk => "Microsoft.Compute/disks",
        }
    }

    pub fn source_id(&self) -> String {
        join(&[&self.place().id(), "/providers/", self.source_type(), "/", self.server])
    }

    pub fn bytes(&self) -> i64 {
        let odd = hash(&["size", self.server]) % 1_048_576;
        // A server of less than a megabyte: what the recorded restore of a small one transferred.
        if self.megabytes == 0 { 69_827 } else { self.megabytes * 1_048_576 + odd as i64 }
    }
}

impl Account {
    pub fn place(&self) -> &'static Group {
        group_named(self.group)
    }

    pub fn id(&self) -> String {
        join(&[&self.place().id(), "/providers/Microsoft.Storage/storageAccounts/", self.name])
    }

    pub fn location(&self) -> &'static str {
        if self.location.is_empty() { self.place().location } else { self.location }
    }

    /// Whether it keeps blobs: one for files alone has no containers and no address for them.
    pub fn has_blobs(&self) -> bool {
        self.kind != "FileStorage"
    }

    /// The host of its blobs, in one of the two forms that there are (Microsoft's "Storage account overview").
    pub fn blob_host(&self) -> String {
        match self.zone {
            "" => join(&[self.name, ".blob.core.windows.net"]),
            zone => join(&[self.name, ".", zone, ".blob.storage.azure.net"]),
        }
    }

    /// The containers that there are from the beginning.
    pub fn containers(&self) -> impl Iterator<Item = &'static str> {
        self.containers.split(' ').filter(|name| !name.is_empty())
    }

    pub fn container_id(&self, container: &str) -> String {
        join(&[&self.id(), "/blobServices/default/containers/", container])
    }
}

/// The account and the container that a container's URL names; the account only if it exists.
pub fn by_url(url: &str) -> (Option<&'static Account>, &str) {
    let Some((host, path)) = url.strip_prefix("https://").and_then(|rest| rest.split_once('/')) else {
        return (None, "");
    };
    let account = ACCOUNTS.iter().find(|a| a.has_blobs() && same(host, &a.blob_host()));
    (account, path.trim_end_matches('/'))
}
