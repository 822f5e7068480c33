//! Finding an instance.

pub const FIND_A_SERVER: &str = "Find a server";
pub const PASTE: &str = "Resource id or portal address";
pub const PASTE_MORE: &str =
    "Of a backup instance, a vault, a server, a recovery point or a job. It leads straight there.";
pub const OPEN: &str = "Open";
pub const NOT_AN_ID: &str =
    "This is not a resource id and has none in it. It should hold /subscriptions/…/resourceGroups/…/providers/…";
pub const OR_WALK: &str = "Or go through your subscriptions";
pub const SUBSCRIPTIONS: &str = "Subscriptions";
pub const SUBSCRIPTION_COLUMNS: [&str; 3] = ["Subscription", "Id", "State"];
pub const VAULTS: &str = "Backup vaults";
pub const VAULT_COLUMNS: [&str; 3] = ["Vault", "Resource group", "Region"];
pub const SERVERS: &str = "Servers";
pub const SERVER_COLUMNS: [&str; 4] = ["Server", "State", "Resource group", "Region"];
pub const OF_SUBSCRIPTIONS: &str = "subscriptions";
pub const OF_VAULTS: &str = "vaults";
pub const OF_INSTANCES: &str = "backup instances";
pub const ALL_SUBSCRIPTIONS: &str = "All subscriptions";
pub const ALL_VAULTS: &str = "All vaults of this subscription";

pub const NO_SUBSCRIPTION: &str = "Your account sees no subscription";
pub const NO_SUBSCRIPTION_MORE: &str =
    "You may be signed in to another tenant than the one the vault is in. Sign out and use another account.";
pub const NO_VAULT: &str = "No Backup vault in this subscription";
pub const NO_VAULT_MORE: &str = "Backup vaults are kept apart from Recovery Services vaults, which hold no flexible servers. The vault may also be one that you may not read.";
pub const NO_SERVER: &str = "No flexible server is protected in this vault";
pub const NO_SERVER_MORE: &str =
    "Another vault may have it. The server’s own backups (7 to 35 days) may still have what you need.";
pub const SERVER_NOT_PROTECTED: &str = "This server is in no Backup vault";
pub const SERVER_NOT_PROTECTED_MORE: &str =
    "Or in one that you may not read. The server’s own backups (7 to 35 days) may still have what you need.";

/// The vaults of a subscription.
pub fn vaults_of(subscription: &str) -> String {
    format!("Vaults of {subscription}")
}

/// The servers in a vault.
pub fn servers_in(vault: &str) -> String {
    format!("Servers in {vault}")
}

/// The backups of a server.
pub fn backups_of(server: &str) -> String {
    format!("Backups of {server}")
}

/// Backups of other kinds that are left out.
pub fn others(count: usize) -> String {
    match count {
        1 => "1 backup of another kind (disks, blobs …) is not shown.".into(),
        _ => format!("{count} backups of other kinds (disks, blobs …) are not shown."),
    }
}

/// A resource that this program does nothing with.
pub fn other_kind(kind: &str) -> String {
    format!("It is of the kind {kind}. This program restores backups of Microsoft.DBforPostgreSQL/flexibleServers.")
}
