//! The world: what there is before anybody starts anything. Contoso, with made-up ids.
//!
//! Everything is looked up without case, as Azure does, and printed in the spelling of these tables.

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
    /// The object id of its identity.
    pub principal: &'static str,
    /// The name of its user-assigned identity; empty where it has the system-assigned one.
    pub user_assigned: &'static str,
    pub redundancy: &'static str,
    /// Whether it may restore into another subscription.
    pub cross_subscription: &'static str,
    /// Whether addresses of its operations name a host of its region, as recorded for one region with 2026-03-01.
    pub regional_host: bool,
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
    /// Whether the vaults' role is granted on the whole account; otherwise on each container.
    pub granted_whole: bool,
}

const fn subscription(id: &'static str, name: &'static str) -> Subscription {
    Subscription { id, name }
}

const PRODUCTION: &str = "6f2d9a41-5c0e-4b7a-9f63-2d1e8c7b4a05";
const PLATFORM: &str = "b81c4e7d-0a52-4d39-8e16-95f3c2a7d640";
const ANALYTICS: &str = "2ae9750c-71b3-4f08-a6d4-c3905be81f27";
const DRILLS: &str = "94b7d3e0-58c6-4a1f-8f29-0e6d71c3a5b8";
const SANDBOX: &str = "c05e8f1b-3d79-4c26-b8a4-7f92e6d0134c";

/// Every subscription that the operator sees.
pub static SUBSCRIPTIONS: &[Subscription] = &[
    subscription(ANALYTICS, "Contoso Analytics"),
    subscription(DRILLS, "Contoso Drills"),
    subscription(PLATFORM, "Contoso Platform"),
    subscription(PRODUCTION, "Contoso Production"),
    subscription(SANDBOX, "Contoso Sandbox"),
];

const fn group(subscription: &'static str, name: &'static str, location: &'static str) -> Group {
    Group { subscription, name, location }
}

/// Every resource group. Names are unique here, though Azure only wants them unique in a subscription.
pub static GROUPS: &[Group] = &[
    group(PRODUCTION, "rg-backup-prod", "westeurope"),
    group(PRODUCTION, "rg-backup-prod-neu", "northeurope"),
    group(PRODUCTION, "rg-orders-prod", "westeurope"),
    group(PRODUCTION, "rg-payments-prod", "westeurope"),
    group(PRODUCTION, "rg-catalog-prod", "westeurope"),
    group(PRODUCTION, "rg-identity-prod", "northeurope"),
    group(PRODUCTION, "rg-ledger-prod", "northeurope"),
    group(PLATFORM, "rg-platform-weu", "westeurope"),
    group(PLATFORM, "rg-platform-gwc", "germanywestcentral"),
    group(PLATFORM, "rg-restore-weu", "westeurope"),
    group(ANALYTICS, "rg-analytics-weu", "westeurope"),
    group(ANALYTICS, "rg-analytics-eus2", "eastus2"),
    group(DRILLS, "rg-demo", "westeurope"),
    group(SANDBOX, "rg-sandbox", "westeurope"),
];

const fn vault(group: &'static str, name: &'static str, principal: &'static str) -> Vault {
    Vault {
        group,
        name,
        principal,
        user_assigned: "",
        redundancy: "GeoRedundant",
        cross_subscription: "Enabled",
        regional_host: false,
    }
}

/// Every vault.
pub static VAULTS: &[Vault] = &[
    Vault { regional_host: true, ..vault("rg-backup-prod", "bvault-prod-weu", "e4b70c92-8d15-4a6f-b3c8-17f0a95d2e63") },
    vault("rg-backup-prod-neu", "bvault-prod-neu", "0d96f2c4-71e8-4b35-a02d-c94e5f8137ab"),
    Vault {
        redundancy: "LocallyRedundant",
        cross_subscription: "Disabled",
        ..vault("rg-platform-weu", "bvault-platform-weu", "5b2e8d07-c6f4-4931-8ad5-e0739b4c61f2")
    },
    vault("rg-platform-gwc", "bvault-platform-gwc", "a3d91c58-0e67-4f2b-9c84-72b6f5e01d3a"),
    Vault {
        user_assigned: "id-backup-analytics",
        redundancy: "ZoneRedundant",
        ..vault("rg-analytics-weu", "bvault-analytics-weu", "f8c46b1e-92a5-4d70-b6e3-158d0c7a94f2")
    },
    Vault {
        regional_host: true,
        ..vault("rg-analytics-eus2", "bvault-analytics-eus2", "16e5a9d3-4b80-4cf7-87d2-b95f3c0e6a14")
    },
    vault("rg-demo", "bvault-demo-weu", "7ac02f95-e3d1-4860-a5b9-4d8f16e2c073"),
    vault("rg-demo", "bvault-demo-role-missing", "2f81d6b0-5a94-4e3c-9d07-c8e4b1a5f362"),
    vault("rg-demo", "bvault-demo-empty", "b90e47c3-16fd-4a28-8c51-e7d23f60a9b5"),
];

const fn weekly(
    vault: &'static str,
    group: &'static str,
    server: &'static str,
    policy: &'static str,
    (weekday, hour): (i64, i64),
    megabytes: i64,
) -> Instance {
    Instance {
        vault,
        group,
        server,
        kind: Kind::FlexibleServer,
        suffix: "",
        policy,
        weekday,
        hour,
        weeks: 52,
        lag: 0,
        until: 0,
        gaps: false,
        page: 1000,
        state: "ProtectionConfigured",
        megabytes,
        server_exists: true,
    }
}

/// Monday 30 March 2026, in days since 1970: the last backup of the server that was deleted then.
const LAST_OF_2024: i64 = 20_542;

/// Every backup instance.
pub static INSTANCES: &[Instance] = &[
    Instance {
        suffix: "3f0b61d4-9c2a-11ef-8a5e-00155d3c7b19",
        gaps: true,
        ..weekly("bvault-prod-weu", "rg-orders-prod", "psql-orders-prod", "weekly-12m", (0, 23), 17_866)
    },
    weekly("bvault-prod-weu", "rg-payments-prod", "psql-payments-prod", "weekly-12m-tue", (1, 1), 8_140),
    weekly("bvault-prod-weu", "rg-catalog-prod", "psql-catalog-prod", "weekly-12m-evening", (0, 22), 91_500),
    Instance {
        until: LAST_OF_2024,
        state: "ProtectionStopped",
        server_exists: false,
        ..weekly("bvault-prod-weu", "rg-orders-prod", "psql-orders-2024", "weekly-12m", (0, 23), 11_020)
    },
    weekly("bvault-prod-neu", "rg-identity-prod", "psql-identity-prod", "weekly-12m-sun", (6, 3), 2_310),
    Instance {
        lag: 4,
        state: "ProtectionError",
        ..weekly("bvault-prod-neu", "rg-ledger-prod", "psql-ledger-prod", "weekly-12m-sun", (6, 3), 44_900)
    },
    weekly("bvault-platform-weu", "rg-platform-weu", "psql-gitea", "weekly-6m", (2, 23), 640),
    weekly("bvault-platform-weu", "rg-platform-weu", "psql-grafana", "weekly-6m", (2, 23), 0),
    Instance {
        lag: 8,
        state: "BackupSchedulesSuspended",
        ..weekly("bvault-platform-weu", "rg-platform-weu", "psql-keycloak", "weekly-6m", (2, 23), 1_120)
    },
    Instance {
        kind: Kind::Disk,
        ..weekly("bvault-platform-weu", "rg-platform-weu", "disk-gitea-data", "disk-daily", (2, 12), 32_768)
    },
    weekly("bvault-platform-gwc", "rg-platform-gwc", "psql-sonarqube", "weekly-12m-tue", (1, 21), 5_300),
    Instance {
        weeks: 0,
        state: "ConfiguringProtection",
        ..weekly("bvault-platform-gwc", "rg-platform-gwc", "psql-temporal", "weekly-12m-tue", (1, 21), 900)
    },
    Instance {
        weeks: 240,
        page: 100,
        ..weekly("bvault-analytics-weu", "rg-analytics-weu", "psql-warehouse", "weekly-5y", (4, 2), 410_000)
    },
    weekly("bvault-analytics-weu", "rg-analytics-weu", "psql-features", "weekly-5y", (4, 2), 26_700),
    Instance {
        weeks: 14,
        lag: 2,
        state: "SoftDeleted",
        ..weekly("bvault-analytics-weu", "rg-analytics-weu", "psql-sandbox-eu", "weekly-5y", (4, 2), 300)
    },
    weekly("bvault-analytics-eus2", "rg-analytics-eus2", "psql-telemetry-us", "weekly-12m", (5, 5), 73_200),
    weekly("bvault-demo-weu", "rg-demo", "psql-orders-demo", "weekly-12m", (0, 23), 17_866),
    weekly("bvault-demo-weu", "rg-demo", "psql-payments-demo", "weekly-12m", (1, 1), 8_140),
    weekly("bvault-demo-weu", "rg-demo", "psql-job-fails", "weekly-12m", (0, 23), 3_000),
    weekly("bvault-demo-weu", "rg-demo", "psql-points-forbidden", "weekly-12m", (0, 23), 3_000),
    weekly("bvault-demo-role-missing", "rg-demo", "psql-ledger-demo", "weekly-12m", (6, 3), 44_900),
];

const fn account(group: &'static str, name: &'static str, containers: &'static str) -> Account {
    Account { group, name, containers, granted_whole: true }
}

/// Every storage account and its containers.
pub static ACCOUNTS: &[Account] = &[
    account("rg-restore-weu", "stordersrestoreweu", "exports pg-incident-files pg-restore-drills"),
    account("rg-platform-weu", "stgiteabackupweu", "repositories"),
    account("rg-platform-weu", "stloganalyticsweu", "insights-logs-auditevent"),
    account("rg-platform-weu", "stterraformstateweu", "tfstate"),
    account("rg-backup-prod", "stprodrestoreweu", "pg-restore"),
    account("rg-backup-prod-neu", "stprodrestoreneu", "pg-restore"),
    account("rg-analytics-weu", "stwarehouseexports", "exports pg-restore"),
    account("rg-analytics-eus2", "sttelemetryus", "pg-restore"),
    Account {
        granted_whole: false,
        ..account(
            "rg-demo",
            "stdemoweu",
            "drill-2026-11 files-exist hidden-headers job-fails no-role not-there restore-refused",
        )
    },
];

/// The role that writes blobs, Storage Blob Data Contributor (Azure built-in roles).
pub const BLOB_CONTRIBUTOR: &str = "ba92f5b4-2d11-453d-a403-e96b0029c9fe";
/// Owner (Azure built-in roles).
pub const OWNER: &str = "8e3af657-a8ff-443c-a75c-2fe8c4bcb635";

fn same(a: &str, b: &str) -> bool {
    a.eq_ignore_ascii_case(b)
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
    VAULTS.iter().find(|v| same(v.group, group.name) && same(v.name, name))
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

    pub fn instances(&self) -> impl Iterator<Item = &'static Instance> {
        let name = self.name;
        INSTANCES.iter().filter(move |i| i.vault == name)
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
        VAULTS.iter().find(|v| v.name == self.vault).unwrap_or(&NONE)
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

    pub fn blob_endpoint(&self) -> String {
        join(&["https://", self.name, ".blob.core.windows.net/"])
    }

    pub fn containers(&self) -> impl Iterator<Item = &'static str> {
        self.containers.split(' ')
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
    let account =
        ACCOUNTS.iter().find(|a| host.strip_suffix(".blob.core.windows.net").is_some_and(|h| same(h, a.name)));
    (account, path.trim_end_matches('/'))
}
