//! `register.sh`, and the page's own command.

use super::{Cloud, Ran, Shell};
use expect_test::expect;
use pgflex_restore::azure::cloud;
use pgflex_restore::config;
use pgflex_restore::words::page::{REGISTER_MORE, register};
use serde_json::{Deserializer, Value, json};

pub const PAGE: &str = "https://restore.contoso.com/";
const ME: &str = "4b70c92e-8d15-4a6f-b3c8-17f0a95d2e63";
const TEAM: &str = "7ac02f95-e3d1-4860-a5b9-4d8f16e2c073";
const CLIENT: &str = "1b4e28ba-2fa1-4d3b-9f04-0c8a5b1d2e3f";

/// A shell of somebody who is signed in.
pub fn shell() -> Shell {
    let shell = Shell::new();
    shell.keep("me", &format!("{ME}\n"));
    shell
}

#[track_caller]
fn well(ran: Ran) -> Ran {
    assert!(ran.went_well, "{ran:?}");
    ran
}

/// The bodies that were sent, in order.
pub fn bodies(ran: &Ran) -> Vec<Value> {
    Deserializer::from_str(&ran.bodies).into_iter().map(Result::unwrap).collect()
}

#[test]
fn an_app_is_registered_for_the_people_who_are_assigned_and_a_second_run_changes_nothing() {
    let shell = shell();
    let first = well(shell.run("register.sh", &["--assign", TEAM, PAGE]));
    expect![[r#"
        cloud show endpoints.resourceManager
        account show tenantId
        cloud show endpoints.activeDirectory
        cloud show endpoints.microsoftGraphResourceId
        rest get applications(uniqueName='pg-flex-restore')?$select=id
        rest get applications
        rest get applications(uniqueName='pg-flex-restore')?$select=spa
        rest patch applications(uniqueName='pg-flex-restore')
        rest get applications(uniqueName='pg-flex-restore')?$select=appId
        rest patch servicePrincipals(appId='1b4e28ba-2fa1-4d3b-9f04-0c8a5b1d2e3f')
        rest get servicePrincipals(appId='1b4e28ba-2fa1-4d3b-9f04-0c8a5b1d2e3f')?$select=id
        rest get servicePrincipals/5d6e0f1a-7b2c-4d3e-8f90-a1b2c3d4e5f6/appRoleAssignedTo?$top=999
        rest post servicePrincipals/5d6e0f1a-7b2c-4d3e-8f90-a1b2c3d4e5f6/appRoleAssignedTo
    "#]]
    .assert_eq(&first.told());
    expect![[r#"
        Registered: PG Flex Restore
        Assigned: 7ac02f95-e3d1-4860-a5b9-4d8f16e2c073

        For an administrator, to consent for the whole tenant (needed where assignment is required, or where people may not
        consent for themselves):
        https://login.microsoftonline.com/3c0d5a7e-16b2-4f58-9f0a-b7d1e9c2a840/adminconsent?client_id=1b4e28ba-2fa1-4d3b-9f04-0c8a5b1d2e3f

        config.json:
    "#]]
    .assert_eq(&first.err);
    let read = config::read(&first.out).unwrap();
    assert_eq!((read.client_id.as_str(), read.cloud), (CLIENT, cloud::Cloud::Public));
    let second = well(shell.run("register.sh", &["--assign", TEAM, PAGE]));
    assert_eq!(second.out, first.out);
    assert_eq!(second.writes(), 2, "the same two bodies once more, and nobody is assigned twice: {}", second.told());
    assert_eq!(bodies(&second), bodies(&first)[..2]);
}

#[test]
fn whoever_sets_it_up_is_not_shut_out() {
    let shell = shell();
    let ran = well(shell.run("register.sh", &[PAGE]));
    assert_eq!(shell.read("assigned"), format!("{ME}\n"));
    assert_eq!(bodies(&ran)[1], json!({ "appRoleAssignmentRequired": true }));
    // Once somebody is assigned, nobody else is.
    std::fs::remove_file(shell.folder.join("assigned")).unwrap();
    well(shell.run("register.sh", &["--assign", &TEAM.to_uppercase(), PAGE]));
    well(shell.run("register.sh", &[PAGE]));
    assert_eq!(shell.read("assigned"), format!("{TEAM}\n"));
    // An az that nobody is signed in to in person.
    let shell = Shell::new();
    let ran = well(shell.run("register.sh", &[PAGE]));
    assert!(ran.err.contains("Nobody is assigned yet"), "{}", ran.err);
}

#[test]
fn everybody_is_let_in_for_the_asking() {
    let shell = shell();
    let ran = well(shell.run("register.sh", &["--everyone", PAGE]));
    assert_eq!(bodies(&ran)[1..], [json!({ "appRoleAssignmentRequired": false })]);
}

#[test]
fn people_of_other_tenants_sign_in_where_every_organization_does() {
    let ran = well(shell().run("register.sh", &["--multi-tenant", PAGE]));
    assert_eq!(bodies(&ran)[0]["signInAudience"], "AzureADMultipleOrgs");
    assert_eq!(config::read(&ran.out).unwrap().tenant, "organizations");
}

#[test]
fn an_address_that_is_not_named_is_not_taken_away_unasked() {
    let other = "https://restore.contoso.com/drill/";
    let shell = shell();
    well(shell.run("register.sh", &[PAGE, other, PAGE]));
    assert_eq!(shell.read("addresses"), format!("{PAGE}\n{other}\n"), "each once");
    let ran = shell.run("register.sh", &[PAGE]);
    assert!(!ran.went_well && ran.err.contains(other), "{ran:?}");
    assert_eq!(ran.writes(), 0);
    well(shell.run("register.sh", &["--remove-others", PAGE]));
    assert_eq!(shell.read("addresses"), format!("{PAGE}\n"));
}

#[test]
fn an_app_that_somebody_else_has_made_is_brought_up_to_date() {
    let shell = shell();
    shell.keep("named", "c0ffee00-8d15-4a6f-b3c8-17f0a95d2e63\n");
    let ran = well(shell.run("register.sh", &[PAGE]));
    assert!(ran.told().contains("rest patch applications/c0ffee00-8d15-4a6f-b3c8-17f0a95d2e63\n"), "{}", ran.told());
    assert_eq!(shell.read("key"), "", "none is made");
    shell.keep("named", "c0ffee00-8d15-4a6f-b3c8-17f0a95d2e63\nc0ffee01-8d15-4a6f-b3c8-17f0a95d2e63\n");
    let ran = shell.run("register.sh", &[PAGE]);
    assert!(!ran.went_well && ran.err.contains("Several registrations are called PG Flex Restore"), "{ran:?}");
    assert_eq!(ran.writes(), 0);
}

#[test]
fn what_was_just_made_is_asked_for_again() {
    let shell = shell();
    shell.keep("late", "");
    let ran = well(shell.run("register.sh", &[PAGE]));
    assert_eq!(ran.told().matches("?$select=appId").count(), 2);
}

/// Arguments that nothing is asked for.
#[track_caller]
fn refused(arguments: &[&str], why: &str) {
    let ran = shell().run("register.sh", arguments);
    assert!(!ran.went_well && ran.err.contains(why), "{arguments:?}: {ran:?}");
    assert!(ran.asked.is_empty() && ran.out.is_empty(), "{arguments:?}: {ran:?}");
}

#[test]
fn hostile_arguments_are_refused() {
    for address in [
        "https://restore.contoso.com",
        "https://restore.contoso.com/index.html",
        "http://restore.contoso.com/",
        "http://localhost.evil.example/",
        "https://restore.contoso.com/?a=b/",
        "https://restore.contoso.com/#/",
        "https://*.contoso.com/",
        "https://user@restore.contoso.com/",
        "https://restore.contoso.com/a/../",
        "https://restore.contoso.com//",
        "https://restore.contoso.com/it's/",
        "https://restore.contoso.com/\"],\"x\":[\"/",
        "https://restore.contoso.com/$(touch HERE)/",
        "https://restore.contoso.com/`touch HERE`/",
        "https://restore.contoso.com/\nhttps://evil.example/",
        "https://restore.contoso.com/ /",
        "javascript:alert(1)/",
        "",
    ] {
        refused(&[address], "Not the address of a page");
    }
    refused(&[&format!("https://restore.contoso.com/{}/", "a".repeat(256))], "Not the address of a page");
    for name in ["", "a'b", "a\"b", "a\nb", "$(id)", &"a".repeat(101)] {
        refused(&["--name", name, PAGE], "A name has letters");
    }
    for who in ["oncall@contoso.com", "' or 1 eq 1", &format!("{TEAM}\n{ME}"), ""] {
        refused(&["--assign", who, PAGE], "Not an object id");
    }
    refused(&["--assign"], "wants a value");
    refused(&["--secret", PAGE], "Not an option: --secret");
    refused(&[], "Which address has the page?");
}

#[test]
fn a_page_on_this_computer_or_in_a_folder_has_an_address_too() {
    for address in ["http://localhost:8080/", "http://localhost/restore/", "https://h.example:8443/a/b%20c/"] {
        let shell = shell();
        well(shell.run("register.sh", &[address]));
        assert_eq!(shell.read("addresses"), format!("{address}\n"));
    }
}

#[test]
fn every_cloud_is_asked_at_its_own_hosts() {
    let graphs = [
        "https://graph.microsoft.com",
        "https://graph.microsoft.us",
        "https://microsoftgraph.chinacloudapi.cn",
        "https://graph.svc.sovcloud.fr",
    ];
    for (known, graph) in cloud::Cloud::ALL.into_iter().zip(graphs) {
        for slash in ["", "/"] {
            let host = |host: &str| format!("https://{host}");
            let mut shell = shell();
            shell.cloud = Cloud { graph, login: host(known.login_host()), arm: host(known.arm_host()), slash };
            let ran = well(shell.run("register.sh", &[PAGE]));
            assert_eq!(config::read(&ran.out).unwrap().cloud, known);
            assert!(ran.err.contains(&format!("https://{}/3c0d5a7e-", known.login_host())), "{}", ran.err);
        }
    }
    let mut shell = shell();
    shell.cloud.arm = "https://evil.example".into();
    let ran = shell.run("register.sh", &[PAGE]);
    assert!(!ran.went_well && ran.out.is_empty(), "{ran:?}");
    assert_eq!(ran.writes(), 0, "it is judged first");
}

#[test]
fn the_page_s_own_command_leaves_the_configuration_and_tells_of_consent() {
    let shell = shell();
    let ran = well(shell.bash(&["-c", &register("https://restore.contoso.com/pg/")]));
    assert_eq!(config::read(&shell.read("config.json")).unwrap().client_id, CLIENT);
    assert!(ran.out.is_empty() && ran.err.contains("/adminconsent?client_id="), "{ran:?}");
    assert!(REGISTER_MORE.contains("an administrator has to consent, at the address that it prints"));
    assert_eq!(shell.read("addresses"), "https://restore.contoso.com/pg/\n");
    // What no browser has in its address, and what a person may type.
    for odd in
        ["https://h/$(touch HERE)/", "https://h/`touch HERE`/'/", "https://h/';touch HERE;'/", "https://h/${PATH}/"]
    {
        let shell = super::register::shell();
        let ran = shell.bash(&["-c", &register(odd)]);
        assert!(!ran.went_well && ran.asked.is_empty() && !shell.folder.join("HERE").exists(), "{ran:?}");
    }
}

#[test]
fn whatever_goes_wrong_stops_it_with_its_own_words_before_anything_is_said_to_be_done() {
    let whole = shell();
    let calls = well(whole.run("register.sh", &[PAGE])).asked.len();
    assert!(calls > 12);
    for fails in 1..=calls {
        let shell = shell();
        shell.keep("fails", &fails.to_string());
        let ran = shell.run("register.sh", &[PAGE]);
        assert!(!ran.went_well && ran.out.is_empty() && ran.err.contains("Not now."), "{fails}: {ran:?}");
        assert_eq!(ran.asked.len(), fails, "nothing follows: {}", ran.told());
        let done = |line: &str| ran.told().lines().take(fails - 1).any(|told| told.starts_with(line));
        assert_eq!(ran.err.contains("Registered"), done("rest patch applications"), "{fails}: {ran:?}");
        assert!(!ran.err.contains("Assigned"), "it is the last that is asked for: {ran:?}");
    }
}

#[test]
fn the_host_of_an_address_has_small_letters() {
    let shell = shell();
    well(shell.run("register.sh", &["https://Restore.Contoso.COM:8443/PG/", "https://restore.contoso.com:8443/PG/"]));
    assert_eq!(shell.read("addresses"), "https://restore.contoso.com:8443/PG/\n");
}

#[test]
fn a_script_tells_what_it_is_for_and_what_it_lacks() {
    for (script, arguments) in [("register.sh", &[PAGE][..]), ("assign-role.sh", &[TEAM, "/subscriptions/x"])] {
        let shell = shell();
        for asked in ["-h", "--help"] {
            let ran = well(shell.run(script, &[asked]));
            let head = format!("\n  {script} [OPTIONS] ");
            assert!(ran.out.contains(&head) && ran.out.contains("Needs the Azure CLI"), "{ran:?}");
            assert!(ran.asked.is_empty() && ran.err.is_empty() && !ran.out.contains("set -euo"), "{ran:?}");
        }
        let sub = format!("/subscriptions/{TEAM}");
        let arguments: Vec<&str> =
            arguments.iter().map(|word| if word.starts_with('/') { &sub } else { *word }).collect();
        let said = arguments.iter().map(|word| format!(" '{word}'")).collect::<String>();
        // A shell that is not Bash, and a Bash that acts as one.
        for sh in ["sh", "bash --posix"] {
            let ran = shell.bash(&["-c", &format!("{sh} entra/{script}{said}")]);
            assert!(!ran.went_well && ran.err.starts_with("Run this by bash, not by sh: bash "), "{ran:?}");
        }
        // Nothing but what the script itself runs.
        let tools = "mkdir tools; for one in bash cut tr sed cat dirname; do ln -s \"$(command -v $one)\" tools; done";
        let ran = shell.bash(&["-c", &format!("{tools}; PATH=$PWD/tools bash entra/{script}{said}")]);
        assert!(!ran.went_well && ran.err.starts_with("Azure CLI (az) is missing"), "{ran:?}");
    }
}
