//! What the tools take, as their sources say it: a command that is offered has no option that its tool does not know,
//! lacks none that it insists on, and gives a choice one of its values.
//!
//! - azure-cli 2.91.0 (PyPI): `command_modules/{profile/__init__,cloud/__init__,util/_params,resource/_params,
//!   role/_params,role/custom,storage/_params,storage/operations/account,postgresql/_params,
//!   postgresql/commands/custom_commands}.py`; what every command takes: `azure-cli-core` 2.91.0 and knack 0.14.0.
//! - Azure/azure-cli-extensions, `src/dataprotection/azext_dataprotection`: `manual/_params.py` (201a3b46),
//!   `manual/commands.py` (62e38fb0), `manual/custom.py` (1c565bd9), `manual/enums.py` (098a6ce0),
//!   `aaz/latest/dataprotection/job/_show.py` (70d2473a), `aaz/latest/dataprotection/backup_vault/_update.py` (201a3b46);
//!   its releases: `HISTORY.rst` (03e64973, up to 1.11.1).
//! - Azure/azure-powershell, `src/DataProtection/DataProtection.Autorest/custom/Cmdlets/Platform`:
//!   `Restore/Initialize-AzDataProtectionRestoreRequest.ps1` (003547ac; 8ee0740c for 2.4.0 to 2.6.1),
//!   `Restore/Test-AzDataProtectionBackupInstanceRestore.ps1` (1ebd7f6e),
//!   `Restore/Start-AzDataProtectionBackupInstanceRestore.ps1` (286ff472), `Job/Get-AzDataProtectionJob.ps1` (073d0d59);
//!   whether a file prefix is taken: `custom/manifests/AzureDatabaseForPGFlexServer.json` (b7ee16ad refuses it, 9734e3b2
//!   insists on it) and `custom/manifests/AzureDatabaseForPostgreSQL.json` (b7ee16ad: insists on it);
//!   its releases: `src/DataProtection/DataProtection/ChangeLog.md` (003547ac, up to 2.10.1).

use std::collections::BTreeMap;

/// A command of the Azure CLI, without the words before its options.
pub struct Az {
    pub command: &'static str,
    /// The options that it insists on; names of one option are told apart by a bar.
    pub needs: &'static [&'static str],
    /// Other options.
    pub takes: &'static [&'static str],
}

/// What every command takes.
const ALL: &[&str] = &["--subscription", "--output|-o", "--query", "--only-show-errors", "--debug", "--verbose"];

/// Options that have one of these values.
const CHOICES: &[(&str, &[&str])] = &[
    ("--assignee-principal-type", &["User", "Group", "ServicePrincipal", "ForeignGroup"]),
    ("--bypass", &["None", "Logging", "Metrics", "AzureServices"]),
    ("--default-action", &["Allow", "Deny"]),
    ("--public-network-access", &["Enabled", "Disabled", "SecuredByPerimeter"]),
    ("--allow-cross-tenant-replication", &["true", "false"]),
    ("--cross-subscription-restore-state", &["Disabled", "Enabled", "PermanentlyDisabled"]),
    ("--operation", &["OnDemandBackup", "ScheduledBackup", "Restore"]),
    ("--method", &["head", "get", "put", "post", "delete", "options", "patch"]),
    ("--custom-role-only", &["true", "false"]),
    ("--output", &["json", "jsonc", "table", "tsv", "yaml", "yamlc", "none"]),
];

/// Options with several values.
const SEVERAL: &[&str] = &[
    "--bypass",
    "--subscriptions",
    "--vaults",
    "--ids",
    "--headers",
    "--uri-parameters",
    "--url-parameters",
    "--parameters",
];

const RESTORE: &[&str] =
    &["--resource-group|-g", "--vault-name|-v", "--backup-instance-name|--name|-n", "--restore-request-object"];

pub const AZ: &[Az] = &[
    Az {
        command: "account get-access-token",
        needs: &[],
        takes: &["--resource", "--resource-type", "--scope", "--tenant|-t"],
    },
    Az { command: "account show", needs: &[], takes: &["--name|-n"] },
    Az { command: "account list", needs: &[], takes: &["--all", "--refresh"] },
    Az { command: "cloud show", needs: &[], takes: &["--name|-n"] },
    Az {
        command: "deployment group create",
        needs: &["--resource-group|-g"],
        takes: &["--name|-n", "--template-file|-f", "--template-uri|-u", "--parameters|-p", "--mode", "--no-wait"],
    },
    Az { command: "ad signed-in-user show", needs: &[], takes: &[] },
    Az { command: "ad group show", needs: &["--group|-g"], takes: &[] },
    Az { command: "ad sp update", needs: &["--id"], takes: &["--set", "--add", "--remove", "--force-string"] },
    Az { command: "ad app delete", needs: &["--id"], takes: &[] },
    Az {
        command: "rest",
        needs: &["--url|--uri|-u"],
        takes: &[
            "--method|-m",
            "--headers",
            "--uri-parameters|--url-parameters",
            "--body|-b",
            "--skip-authorization-header",
            "--resource",
            "--output-file",
        ],
    },
    Az {
        command: "role definition list",
        needs: &[],
        takes: &["--name|-n", "--resource-group|-g", "--scope", "--custom-role-only"],
    },
    Az { command: "role definition create", needs: &["--role-definition"], takes: &[] },
    Az { command: "role definition update", needs: &["--role-definition"], takes: &[] },
    Az {
        command: "role assignment create",
        needs: &["--role", "--scope"],
        takes: &[
            "--assignee",
            "--assignee-object-id",
            "--assignee-principal-type",
            "--description",
            "--name|-n",
            "--condition",
            "--condition-version",
        ],
    },
    Az {
        command: "storage container-rm create",
        needs: &["--name|-n", "--storage-account"],
        takes: &["--resource-group|-g", "--public-access", "--fail-on-exist"],
    },
    Az {
        command: "storage account update",
        needs: &["--name|-n"],
        takes: &[
            "--resource-group|-g",
            "--allow-cross-tenant-replication|-r",
            "--bypass",
            "--default-action",
            "--public-network-access",
        ],
    },
    Az {
        command: "storage account network-rule add",
        needs: &["--account-name|-n"],
        takes: &["--resource-group|-g", "--resource-id", "--tenant-id", "--ip-address", "--subnet", "--vnet-name"],
    },
    Az {
        command: "postgres flexible-server restore",
        needs: &["--resource-group|-g", "--name|-n", "--source-server"],
        takes: &["--restore-time", "--zone", "--no-wait", "--yes|-y"],
    },
    Az {
        command: "dataprotection backup-vault update",
        needs: &["--resource-group|-g", "--vault-name|-v"],
        takes: &["--type", "--cross-subscription-restore-state|--csr-state", "--tags", "--no-wait"],
    },
    Az {
        command: "dataprotection backup-instance validate-for-restore",
        needs: RESTORE,
        takes: &["--use-secondary-region", "--no-wait"],
    },
    Az {
        command: "dataprotection backup-instance restore trigger",
        needs: RESTORE,
        takes: &["--use-secondary-region", "--no-wait"],
    },
    // In place of `--resource-group`, `--vault-name` and `--job-id`, which have an `id_part`: `--ids`.
    Az { command: "dataprotection job show", needs: &["--ids"], takes: &["--use-secondary-region"] },
    Az {
        command: "dataprotection job list-from-resourcegraph",
        needs: &[],
        takes: &[
            "--subscriptions",
            "--resource-groups",
            "--vaults",
            "--datasource-type",
            "--start-time",
            "--end-time",
            "--status",
            "--operation",
            "--datasource-id",
        ],
    },
];

/// Reads the arguments of an `az` as it would: command, options with their values.
#[track_caller]
pub fn read(words: &[String]) -> (&'static str, BTreeMap<String, Vec<String>>) {
    let said = words.iter().take_while(|word| !word.starts_with('-')).cloned().collect::<Vec<_>>();
    let joined = said.join(" ");
    let known = AZ.iter().find(|az| az.command == joined).unwrap_or_else(|| panic!("no command: az {joined}"));
    let mut options: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut last = String::new();
    for word in &words[said.len()..] {
        if let Some(name) = word.strip_prefix("--") {
            let (name, value) = name.split_once('=').map_or((name, None), |(name, value)| (name, Some(value)));
            last = format!("--{name}");
            let before = options.insert(last.clone(), value.map(str::to_string).into_iter().collect());
            assert!(before.is_none(), "{last} twice: {words:?}");
        } else {
            options.get_mut(&last).unwrap().push(word.clone());
        }
    }
    let all = [known.needs, known.takes, ALL].concat();
    for (name, values) in &options {
        assert!(all.iter().any(|option| option.split('|').any(|n| n == name)), "az {joined} does not know {name}");
        let many = SEVERAL.contains(&name.as_str());
        assert!(values.len() == 1 || many && !values.is_empty(), "{name} of {words:?}");
        if let Some((_, choices)) = CHOICES.iter().find(|(option, _)| option == name) {
            assert!(values.iter().all(|value| choices.contains(&value.as_str())), "{name} is none of {choices:?}");
        }
    }
    for option in known.needs {
        let names: Vec<&str> = option.split('|').collect();
        assert!(names.iter().any(|name| options.contains_key(*name)), "az {joined} needs {option}");
    }
    if known.command == "role assignment create" {
        let who = ["--assignee", "--assignee-object-id"].iter().filter(|name| options.contains_key(**name)).count();
        assert_eq!(who, 1, "either a name or an object id: {words:?}");
    }
    (known.command, options)
}

/// A cmdlet: the parameters that it insists on, and others.
pub struct Cmdlet {
    pub name: &'static str,
    pub needs: &'static [&'static str],
    pub takes: &'static [&'static str],
}

pub const CMDLETS: &[Cmdlet] = &[
    // The parameter set `RestoreAsFiles`. With a prefix: what `fileNamePrefixDisabled: false` insists on.
    Cmdlet {
        name: "Initialize-AzDataProtectionRestoreRequest",
        needs: &[
            "DatasourceType",
            "SourceDataStore",
            "RestoreLocation",
            "RestoreType",
            "TargetContainerURI",
            "RecoveryPoint",
            "FileNamePrefix",
        ],
        takes: &["TargetResourceIdForRestoreAsFile", "UseSystemAssignedIdentity", "UserAssignedIdentityArmId"],
    },
    Cmdlet {
        name: "Test-AzDataProtectionBackupInstanceRestore",
        needs: &["ResourceGroupName", "Name", "VaultName", "RestoreRequest"],
        takes: &["SubscriptionId", "RestoreToSecondaryRegion", "NoWait"],
    },
    Cmdlet {
        name: "Start-AzDataProtectionBackupInstanceRestore",
        needs: &["ResourceGroupName", "BackupInstanceName", "VaultName", "Parameter"],
        takes: &["SubscriptionId", "RestoreToSecondaryRegion", "NoWait"],
    },
    Cmdlet {
        name: "Get-AzDataProtectionJob",
        needs: &["ResourceGroupName", "VaultName", "Id"],
        takes: &["SubscriptionId", "UseSecondaryRegion"],
    },
    // Of PowerShell itself.
    Cmdlet { name: "Start-Sleep", needs: &["Seconds"], takes: &[] },
];

#[test]
fn what_a_tool_does_not_take_is_told() {
    let words = |text: &str| text.split(' ').map(str::to_string).collect::<Vec<_>>();
    let refused = |text: &str| {
        let words = words(text);
        std::panic::catch_unwind(|| read(&words)).is_err()
    };
    assert_eq!(read(&words("dataprotection job show --ids a b")).1["--ids"], ["a", "b"]);
    assert_eq!(read(&words("storage account update --name=--x")).1["--name"], ["--x"]);
    assert!(refused("dataprotection job shows --ids a"), "no such command");
    assert!(refused("dataprotection job show --job a --ids b"), "no such option");
    assert!(refused("dataprotection job show --query a"), "an option is missing");
    assert!(refused("storage account update --name a b"), "two values");
    assert!(refused("storage account update --name a --default-action Refuse"), "none of the choices");
    assert!(refused("role assignment create --role a --scope b"), "to whom");
}
