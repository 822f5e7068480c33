//! `docs/entra.md`: each of its commands is run, and what it says of hosts, roles and numbers is so.

use super::register::shell;
use super::{Shell, needs, same};
use pgflex_restore::azure::access::{BLOB_CONTRIBUTOR, RESTORE};
use pgflex_restore::azure::cloud::Cloud;

const TEAM: &str = "7ac02f95-e3d1-4860-a5b9-4d8f16e2c073";
const SUB: &str = "6f2d9a41-5c0e-4b7a-9f63-2d1e8c7b4a05";

fn guide() -> String {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/entra.md");
    std::fs::read_to_string(path).unwrap()
}

/// Its indented lines, those that follow each other together, with names in place of what stands for them.
fn blocks() -> Vec<String> {
    let mut blocks = vec![String::new()];
    for line in guide().lines() {
        match (line.strip_prefix("    "), blocks.last_mut().unwrap()) {
            (Some(line), block) => block.push_str(&(line.to_string() + "\n")),
            (None, block) if !block.is_empty() => blocks.push(String::new()),
            (None, _) => {}
        }
    }
    let names = [("GROUP-OBJECT-ID", TEAM), ("OBJECT-ID", TEAM), ("SUBSCRIPTION-ID", SUB)];
    let named = |block: String| names.iter().fold(block, |block, (name, value)| block.replace(name, value));
    blocks.into_iter().filter(|block| !block.is_empty()).map(named).collect()
}

/// The names that a command gives a value: `name='[…]'`.
fn given(block: &str) -> Vec<&str> {
    block.split_whitespace().filter_map(|word| Some(word.trim_start_matches('\'').split_once("=")?.0)).collect()
}

#[test]
fn every_command_of_the_guide_is_run() {
    let mut run = 0;
    for block in blocks() {
        let shell = shell();
        let ran = |shell: &Shell| shell.bash(&["-c", &format!("set -eu\n{block}")]);
        match block.split_whitespace().next().unwrap() {
            "az" if block.starts_with("az deployment") => {
                let asked = ran(&shell);
                assert!(asked.went_well, "{block}: {asked:?}");
                let known = same::bicep();
                let names = given(block.split("--parameters").nth(1).unwrap());
                assert!(names.len() == 2 && names.iter().all(|name| known.get(*name).is_some()), "{names:?}");
            }
            "terraform" => {
                let known = same::terraform();
                let names: Vec<&str> = given(&block).into_iter().filter(|name| !name.starts_with('-')).collect();
                assert!(
                    names.len() == 2 && names.iter().all(|name| known.get(format!("variable.{name}")).is_some()),
                    "{names:?}"
                );
            }
            command if command == "az" || command.starts_with("entra/") || command.starts_with("GRAPH=") => {
                let asked = ran(&shell);
                assert!(asked.went_well && !asked.asked.is_empty(), "{block}: {asked:?}");
            }
            address => {
                assert!(address.starts_with("https://") && address.ends_with("?client_id=CLIENT-ID"), "{block}");
                continue;
            }
        }
        run += 1;
    }
    assert_eq!(run, 8);
}

#[test]
fn the_guide_says_what_is_so() {
    let guide = guide();
    for cloud in Cloud::ALL {
        assert!(guide.contains(&format!("{}`", cloud.login_host())) || cloud == Cloud::Public, "{cloud:?}");
    }
    let china = [Cloud::China.login_host(), "login.partner.microsoftonline.cn"];
    assert!(china.iter().all(|host| Cloud::China.has_host(host) && guide.contains(&format!("`{host}`"))));
    assert!(guide.contains(&format!("`{RESTORE}`")), "what the Activity Log calls a restore");
    // As the script prints it.
    let printed = shell().run("register.sh", &[super::register::PAGE]).err;
    let address = "https://login.microsoftonline.com/TENANT-ID/adminconsent?client_id=CLIENT-ID";
    assert!(guide.contains(address));
    let (tenant, client) = ("3c0d5a7e-16b2-4f58-9f0a-b7d1e9c2a840", "1b4e28ba-2fa1-4d3b-9f04-0c8a5b1d2e3f");
    assert!(printed.contains(&address.replace("TENANT-ID", tenant).replace("CLIENT-ID", client)), "{printed}");
    assert_eq!(needs::actions("restore-operator.json").len(), 17);
    assert!(guide.contains("It has seventeen actions"));
    let script = super::file("assign-role.sh");
    assert!(script.contains(BLOB_CONTRIBUTOR) && guide.contains("Storage Blob\n  Data Contributor alone"));
    for role in ["restore-operator", "restore-follower", "target-preparer"] {
        let read: serde_json::Value = serde_json::from_str(&super::file(&format!("{role}.json"))).unwrap();
        assert!(guide.contains(&format!("**{}**", read["Name"].as_str().unwrap())), "{role}");
    }
}
