//! Commands of the Azure CLI. The options that they may have are told in `tests/native/commands/known.rs`.

use super::{Restore, Script, is_login, lines, quoted};
use crate::azure::id::{AccountId, ContainerId, GroupName, ServerId, SubscriptionId, VaultId, is_guid};
use crate::azure::storage::Account;
use crate::moment::Moment;

/// Assigns Storage Blob Data Contributor on a container to a vault's identity, by its object id.
pub fn grant(container: &ContainerId, principal: &str) -> String {
    let scope = plain_container(container);
    lines(
        "az role assignment create --role \"Storage Blob Data Contributor\"",
        &[("--assignee-object-id", principal), ("--assignee-principal-type", "ServicePrincipal"), ("--scope", &scope)],
    )
}

/// Assigns Backup Operator on a vault to a person, by their login name; nothing for a login that is not of the form of
/// one.
pub fn let_restore(vault: &VaultId, person: &str) -> Option<String> {
    (is_login(person) && person.contains('@')).then(|| {
        lines(
            "az role assignment create --role \"Backup Operator\"",
            &[("--assignee", person), ("--scope", &vault.plain())],
        )
    })
}

/// Makes a container.
pub fn create_container(container: &ContainerId) -> String {
    let mut more = within(&container.subscription, &container.group);
    more.push(("--storage-account", container.account.as_str()));
    more.push(("--name", container.name.as_str()));
    lines("az storage container-rm create", &more)
}

/// Changes a setting of a storage account.
fn update(account: &AccountId, what: &'static str, value: &str) -> String {
    let mut more = within(&account.subscription, &account.group);
    more.push(("--name", account.name.as_str()));
    more.push((what, value));
    lines("az storage account update", &more)
}

/// Lets objects of an account be copied to other tenants.
pub fn allow_replication(account: &AccountId) -> String {
    update(account, "--allow-cross-tenant-replication", "true")
}

/// Has an account let a vault in through its network rules, and nobody else who was not let in before: its public
/// endpoint on, closed but for a rule for the vault and for trusted services of Azure.
pub fn let_vault_in(account: &Account, vault: &VaultId, tenant: Option<&str>) -> String {
    let place = &account.id;
    let mut more = within(&place.subscription, &place.group);
    let id = vault.plain();
    more.push(("--account-name", place.name.as_str()));
    more.push(("--resource-id", &id));
    more.extend(tenant.filter(|tenant| is_guid(tenant)).map(|tenant| ("--tenant-id", tenant)));
    let mut text = lines("az storage account network-rule add", &more);
    if !account.trusts_azure() {
        text.push('\n');
        text.push_str(&update(place, "--bypass", "AzureServices"));
        // What else is let in stays so.
        for word in &account.bypass {
            text.push(' ');
            text.push_str(&quoted(word));
        }
    }
    if !account.public {
        text.push('\n');
        text.push_str(&update(place, "--default-action", "Deny"));
        text.push_str(" --public-network-access Enabled");
    }
    text
}

/// Gives a vault an identity of its own.
pub fn give_identity(vault: &VaultId) -> String {
    let mut more = within(&vault.subscription, &vault.group);
    more.push(("--vault-name", vault.name.as_str()));
    more.push(("--type", "SystemAssigned"));
    lines("az dataprotection backup-vault update", &more)
}

/// Lets a vault restore into other subscriptions.
pub fn allow_other_subscriptions(vault: &VaultId) -> String {
    let mut more = within(&vault.subscription, &vault.group);
    more.push(("--vault-name", vault.name.as_str()));
    more.push(("--cross-subscription-restore-state", "Enabled"));
    lines("az dataprotection backup-vault update", &more)
}

/// Takes a server back to a moment by itself: as another server beside it.
pub fn point_in_time(server: &ServerId, at: Moment) -> String {
    let name: String = server.name.as_str().chars().take(54).collect();
    let (name, at) = (format!("{}-restored", name.trim_end_matches('-')), at.iso());
    let mut more = within(&server.subscription, &server.group);
    more.push(("--source-server", server.name.as_str()));
    more.push(("--name", &name));
    more.push(("--restore-time", &at));
    lines("az postgres flexible-server restore", &more)
}

fn within<'a>(subscription: &'a SubscriptionId, group: &'a GroupName) -> Vec<(&'static str, &'a str)> {
    vec![("--subscription", subscription.as_str()), ("--resource-group", group.as_str())]
}

/// Its id as Azure writes it.
fn plain_container(container: &ContainerId) -> String {
    format!(
        "/subscriptions/{}/resourceGroups/{}/providers/Microsoft.Storage/storageAccounts/{}/blobServices/default/containers/{}",
        container.subscription, container.group, container.account, container.name
    )
}

/// Checks and starts a restore, by its extension `dataprotection`.
///
/// The request is written down as it is. `restore initialize-for-data-recovery-as-files` would write it too, but each
/// release of the extension differently: no identity of the vault's before 1.6.0, and a data source type that the ones
/// before 1.1.0 do not have. What it writes is all that it does, and both commands below take any file.
pub(super) fn restore(this: &Restore<'_>) -> Script {
    let vault = &this.instance.vault;
    let prefix = this.request.prefix.as_str();
    // Named for the prefix, which is new: it overwrites nothing.
    let file = [prefix, ".json"].concat();
    let mut more = within(&vault.subscription, &vault.group);
    more.push(("--vault-name", vault.name.as_str()));
    more.push(("--backup-instance-name", this.instance.name.as_str()));
    more.push(("--restore-request-object", &file));
    let mut check = more.clone();
    check.push(("--output", "none"));
    more.push(("--query", "jobId"));
    more.push(("--output", "tsv"));
    let check = lines("az dataprotection backup-instance validate-for-restore", &check);
    let start = lines("az dataprotection backup-instance restore trigger", &more);
    let list = [
        ("--subscriptions", vault.subscription.as_str()),
        ("--vaults", vault.name.as_str()),
        ("--operation", "Restore"),
        ("--output", "tsv"),
    ];
    let list = lines("az dataprotection job list-from-resourcegraph", &list);
    Script {
        // What is pasted is read line by line: only `&&` keeps a refused restore from being started.
        start: [
            "cat > ",
            &file,
            " <<'JSON'\n",
            &this.body,
            "\nJSON\n",
            &check,
            " &&\njob=$(",
            &start,
            ") &&\necho \"$job\"",
        ]
        .concat(),
        follow: [
            "[ -n \"${job-}\" ] || job=$(",
            &list,
            " \\\n  --query \"[?properties.extendedInfo.additionalDetails.\\\"Restore File Prefix\\\"=='",
            prefix,
            "'].id | [0]\")\n\
             while state=$(az dataprotection job show --ids \"$job\" --query properties.status --output tsv) &&\n  \
             [ \"$state\" = InProgress ]; do sleep 30; done\n\
             echo \"$state\"",
        ]
        .concat(),
    }
}
