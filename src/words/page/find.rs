//! Finding a server.

use super::thousands;

pub const FIND_A_SERVER: &str = "Find a server";
pub const LOOK_FOR: &str = "Server, vault, resource group or subscription";
pub const LOOK_FOR_MORE: &str = "Or paste a resource id or a portal address to go straight there.";
pub const OPEN: &str = "Open";
pub const NOT_AN_ID: &str =
    "There is no resource id in this. It should hold /subscriptions/…/resourceGroups/…/providers/…";
pub const SERVERS: &str = "Protected flexible servers";
pub const SERVER_COLUMNS: [&str; 5] = ["Server", "State", "Newest point", "Vault", "Region"];
pub const OF_SERVERS: &str = "servers";
pub const OF_SUBSCRIPTIONS: &str = "subscriptions";
pub const OF_INSTANCES: &str = "backup instances";
pub const ALL_SERVERS: &str = "All servers";

pub const UNDELETE_IT: &str = "Undelete it in the vault to restore";
pub const NOT_ALLOWED: &str = "Azure does not allow a restore now";
pub const SERVER_NOT_SEEN: &str = "The server is deleted, or you cannot see it; its backups can be restored";
pub const NO_POINT: &str = "No point yet";
pub const NOT_TOLD: &str = "–";
pub const READING_IT: &str = "Reading…";

pub const READ: &str = "Read from Azure ";
pub const READ_VAULTS: &str = "Read every vault instead";
pub const MISSING: &str = "A server that is missing here is not protected by Azure Backup, or is in a vault that you cannot read. One that was protected minutes ago, or is in a subscription that Azure Resource Graph does not show you, is found by reading every vault.";
pub const MISSING_READ: &str =
    "A server that is missing here is not protected by Azure Backup, or is in a vault that you cannot read.";

pub const GRAPH_REFUSED: &str = "Every vault is read one by one";
pub const GRAPH_REFUSED_MORE: &str =
    "Azure Resource Graph, which knows all servers at once, did not answer for your account. This only takes longer.";
pub const READING_VAULTS: &str = "What has come is shown below already, and can be searched.";
pub const WHAT_AZURE_SAID: &str = "What Azure said";
pub const NOT_READ: (&str, &str) =
    ("You are not allowed to read the vault ", ", so servers protected by it are missing below. Ask for ");
pub const NOT_LISTED: &str =
    "You are not allowed to list its vaults, so servers protected by them are missing below. Ask for ";
pub const ON_IT: &str = " on it, then try again.";
pub const BACKUP_READER: &str = "Backup Reader";
pub const THE_VAULT: &str = "The vault ";
pub const COULD_NOT_BE_READ: &str = " could not be read. ";
pub const ITS_VAULTS: &str = "Its vaults could not be listed. ";

pub const NO_SUBSCRIPTION: &str = "Your account sees no subscription";
pub const NO_SUBSCRIPTION_MORE: &str =
    "You may be signed in to a different tenant from the vault’s. Sign out and use another account.";
pub const NO_SERVER: &str = "No flexible server is protected";
pub const NO_SERVER_HERE: &str = "No flexible server is protected in this vault";
pub const NO_SERVER_MORE: &str =
    "Another vault may have it. The server’s own backups (7 to 35 days) may still have what you need.";
pub const HOW_TO_PROTECT: &str = "How to protect a server";
pub const HOW_TO_PROTECT_AT: &str = "https://learn.microsoft.com/azure/backup/backup-azure-database-postgresql-flex";
pub const CLEAR: &str = "Clear the search";
pub const SERVER_NOT_PROTECTED: &str = "This server is in no Backup vault";
pub const SERVER_NOT_PROTECTED_MORE: &str =
    "Or it is in one that you cannot read. The server’s own backups (7 to 35 days) may still have what you need.";

/// The servers in a vault or a subscription.
pub fn servers_in(name: &str) -> String {
    format!("Servers in {name}")
}

/// The backups of a server.
pub fn backups_of(server: &str) -> String {
    format!("Backups of {server}")
}

/// `1 server`, `14 servers`
pub fn servers(count: usize) -> String {
    counted(count, "server")
}

pub(super) fn counted(count: usize, what: &str) -> String {
    let number = thousands(count as u64);
    if count == 1 { format!("{number} {what}") } else { format!("{number} {what}s") }
}

/// After how many servers there are: in how many subscriptions.
pub fn in_subscriptions(count: usize) -> String {
    format!(" in {}", counted(count, "subscription"))
}

/// How many servers match.
pub fn of_servers(matching: usize, all: usize) -> String {
    format!("{} of {}", thousands(matching as u64), servers(all))
}

/// Servers that have come while more are on their way.
pub fn servers_so_far(count: usize) -> String {
    format!("{} so far", servers(count))
}

/// The walk: how many vaults have been read, and of how many subscriptions the vaults are known.
pub fn vaults_read(done: usize, vaults: usize) -> String {
    if vaults == 0 {
        return "Looking for vaults".into();
    }
    format!("{} of {} read", thousands(done as u64), counted(vaults, "vault"))
}

/// A subscription of which something could not be read.
pub fn not_complete(subscription: &str) -> String {
    format!("{subscription} is not complete")
}

/// At the head of a group.
pub fn vaults_unread(count: usize) -> String {
    format!("{} could not be read", counted(count, "vault"))
}

/// More that could not be read than is told one by one.
pub fn more_unread(count: usize) -> String {
    format!("{} could not be read either.", counted(count, "more vault"))
}

/// Nothing is protected, in so many subscriptions.
pub fn none_in(subscriptions: usize) -> String {
    let which = match subscriptions {
        1 => "Your subscription has none".into(),
        _ => format!("None of your {} has one", counted(subscriptions, "subscription")),
    };
    format!(
        "{which} in a Backup vault that you can read. The server’s own backups (7 to 35 days) may still have what you need."
    )
}

/// Nothing matches.
pub fn no_match(text: &str) -> String {
    format!("No server matches “{}”", text.trim())
}

/// Nothing matches: what was searched.
pub fn no_match_more(all: usize) -> String {
    format!(
        "{} searched by name, vault, resource group, subscription, region and state.",
        match all {
            1 => "1 server was".into(),
            _ => format!("{} were", servers(all)),
        }
    )
}

/// The next rows.
pub fn show_more(more: usize, all: usize) -> String {
    format!("Show {} more (of {})", thousands(more as u64), thousands(all as u64))
}

/// Backups of other kinds that are left out.
pub fn others(count: usize) -> String {
    match count {
        1 => "1 backup of another kind (such as a disk or blobs) is not shown.".into(),
        _ => format!("{count} backups of other kinds (such as disks or blobs) are not shown."),
    }
}

/// A resource that this program does nothing with.
pub fn other_kind(kind: &str) -> String {
    format!("It is of the kind {kind}. This program restores backups of Microsoft.DBforPostgreSQL/flexibleServers.")
}
