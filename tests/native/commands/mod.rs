//! Commands to copy: what a shell makes of them is what was meant, whatever a name holds (security promise 13).

pub mod known;
mod powershell;
mod restore;

use crate::azure::{self, SUB, answer, arm, vault};
use pgflex_restore::azure::calls;
use pgflex_restore::azure::id::{ContainerId, Found, GroupName, ServerId, find};
use pgflex_restore::azure::storage::Account;
use pgflex_restore::commands;
use pgflex_restore::moment::Moment;
use std::process::Command;

const PRINCIPAL: &str = "e4b70c92-8d15-4a6f-b3c8-17f0a95d2e63";

fn container(group: &str) -> ContainerId {
    ContainerId { group: GroupName::parse(group).unwrap(), ..azure::container() }
}

/// An account with these properties.
fn settings(properties: &str) -> Account {
    let id = container("rg").account_id();
    let body = format!(r#"{{"id":"{}","properties":{properties}}}"#, id.path());
    calls::account(arm(), &id).read(&answer(200, &[], &body)).unwrap()
}

fn server() -> ServerId {
    let path = format!(
        "/subscriptions/{SUB}/resourceGroups/rg-orders/providers/Microsoft.DBforPostgreSQL/flexibleServers/psql-orders"
    );
    match find(&path) {
        Some(Found::Server(server)) => server,
        other => panic!("{other:?}"),
    }
}

/// What a shell takes a text for: the arguments of each command, `az` standing for a program that prints them. Each is
/// held to what the Azure CLI takes.
fn arguments(text: &str) -> Vec<Vec<String>> {
    let script = format!("set -eu\naz() {{ printf '%s\\0' \"$@\"; printf '\\n'; }}\n{text}\n");
    let checked = Command::new("bash").args(["-n", "-c", &script]).status().unwrap();
    assert!(checked.success(), "not a script: {text}");
    let run = Command::new("bash").args(["-c", &script]).env_clear().output().unwrap();
    assert!(run.status.success() && run.stderr.is_empty(), "{text}: {}", String::from_utf8_lossy(&run.stderr));
    let printed = String::from_utf8(run.stdout).unwrap();
    let read = |line: &str| line.trim_end_matches('\0').split('\0').map(str::to_string).collect();
    let commands: Vec<Vec<String>> = printed.lines().map(read).collect();
    for words in &commands {
        known::read(words);
    }
    commands
}

/// A command and what a shell takes it for: words with blanks between, commands with a line each.
#[track_caller]
fn check(text: &str, expected: &[&str]) {
    let read: Vec<String> = arguments(text).iter().map(|words| words.join(" ")).collect();
    assert_eq!(read, expected, "of {text}");
}

#[test]
fn every_command_says_to_a_shell_what_it_says_to_a_person() {
    let scope = format!(
        "/subscriptions/{SUB}/resourceGroups/rg/providers/Microsoft.Storage/storageAccounts/stfiles/blobServices/default/containers/drill"
    );
    let account = container("rg").account_id();
    check(
        &commands::grant(&container("rg"), PRINCIPAL),
        &[&format!(
            "role assignment create --role Storage Blob Data Contributor --assignee-object-id {PRINCIPAL} --assignee-principal-type ServicePrincipal --scope {scope}"
        )],
    );
    check(
        &commands::create_container(&container("rg")),
        &[&format!(
            "storage container-rm create --subscription {SUB} --resource-group rg --storage-account stfiles --name drill"
        )],
    );
    check(
        &commands::allow_replication(&account),
        &[&format!(
            "storage account update --subscription {SUB} --resource-group rg --name stfiles --allow-cross-tenant-replication true"
        )],
    );
    let rule = format!(
        "storage account network-rule add --subscription {SUB} --resource-group rg --account-name stfiles --resource-id {} --tenant-id 8c1f5e27-94d3-4b60-a7e8-31d06c5b9f42",
        vault().path()
    );
    let update = format!("storage account update --subscription {SUB} --resource-group rg --name stfiles");
    let tenant = Some("8c1f5e27-94d3-4b60-a7e8-31d06c5b9f42");
    let walled = settings(r#"{"networkAcls":{"defaultAction":"Deny","bypass":"Logging, Metrics"}}"#);
    // What was let in before stays let in.
    check(
        &commands::let_vault_in(&walled, &vault(), tenant),
        &[&rule, &format!("{update} --bypass AzureServices Logging Metrics")],
    );
    // A public endpoint that was off is not opened to everybody.
    let closed = settings(r#"{"publicNetworkAccess":"Disabled","networkAcls":{"bypass":"AzureServices"}}"#);
    check(
        &commands::let_vault_in(&closed, &vault(), tenant),
        &[&rule, &format!("{update} --default-action Deny --public-network-access Enabled")],
    );
    check(
        &commands::give_identity(&vault()),
        &[&format!(
            "dataprotection backup-vault update --subscription {SUB} --resource-group rg-backup --vault-name vault-1 --type SystemAssigned"
        )],
    );
    check(
        &commands::allow_other_subscriptions(&vault()),
        &[&format!(
            "dataprotection backup-vault update --subscription {SUB} --resource-group rg-backup --vault-name vault-1 --cross-subscription-restore-state Enabled"
        )],
    );
    check(
        &commands::let_restore(&vault(), "oncall@contoso.com").unwrap(),
        &[&format!(
            "role assignment create --role Backup Operator --assignee oncall@contoso.com --scope {}",
            vault().path()
        )],
    );
    check(
        &commands::point_in_time(&server(), Moment::parse("2026-11-20T09:14:00Z").unwrap()),
        &[&format!(
            "postgres flexible-server restore --subscription {SUB} --resource-group rg-orders --source-server psql-orders --name psql-orders-restored --restore-time 2026-11-20T09:14:00Z"
        )],
    );
}

#[test]
fn a_resource_group_is_one_word_whatever_it_holds() {
    for group in ["rg(1)", "Größe", "rg_(a).b-c", "rg--x"] {
        let words = arguments(&commands::create_container(&container(group)));
        assert_eq!(words[0][6], group);
        let scope = arguments(&commands::grant(&container(group), PRINCIPAL)).remove(0).pop().unwrap();
        assert!(scope.contains(&format!("/resourceGroups/{group}/")), "{scope}");
    }
}

/// What people put into names to have it run.
pub const HOSTILE: [&str; 18] = [
    "$(reboot)",
    "`reboot`",
    "a;reboot",
    "a&&reboot",
    "a|reboot",
    "a\nreboot",
    "a\rreboot",
    "'; reboot; '",
    "\"; reboot; \"",
    "a\u{202e}b",
    "a\u{200b}b",
    "--help",
    "a\u{0}b",
    "${HOME}",
    "a b",
    "*",
    "a\u{2019}; reboot; \u{2018}",
    "\u{201c}$(reboot)\u{201d}",
];

#[test]
fn nothing_hostile_gets_into_a_command() {
    for name in HOSTILE {
        assert_eq!(commands::let_restore(&vault(), name), None, "{name:?}");
        assert!(GroupName::parse(name).is_none() || name == "--help", "{name:?} is no group");
    }
    assert!(commands::let_restore(&vault(), "").is_none());
    assert!(commands::let_restore(&vault(), "oncall_contoso.com#EXT#@fabrikam.onmicrosoft.com").is_some());
    // What Azure says is no name until it has the form of one: a tenant is a GUID, a rule's words are letters.
    for text in HOSTILE {
        let odd = serde_json::json!({"networkAcls": {"defaultAction": "Deny", "bypass": format!("Logging,{text}")}});
        let account = settings(&odd.to_string());
        let command = commands::let_vault_in(&account, &vault(), Some(text));
        let words: Vec<String> = arguments(&command).concat();
        assert!(!words.contains(&"--tenant-id".to_string()), "{words:?}");
        assert_eq!(words.iter().skip_while(|word| *word != "--bypass").count(), 3, "{words:?}");
    }
    // A group may begin with dashes: as a word of its own it would be read as an option.
    let words = arguments(&commands::create_container(&container("--help")));
    assert!(words[0].contains(&"--resource-group=--help".to_string()), "{words:?}");
}

#[test]
fn a_new_server_has_a_name_that_azure_takes() {
    let mut long = server();
    long.name = pgflex_restore::azure::id::ServerName::parse(&"a".repeat(63)).unwrap();
    let words = arguments(&commands::point_in_time(&long, Moment::default()));
    let name = words[0].iter().position(|word| word == "--name").map(|at| &words[0][at + 1]).unwrap();
    assert_eq!((name.len(), name.ends_with("a-restored")), (63, true));
}
