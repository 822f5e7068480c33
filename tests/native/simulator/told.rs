//! `docs/simulator.md` and the world, held to each other.

use super::World;
use crate::stories::story::Story;
use pgflex_restore::link::{Link, Place};
use std::collections::BTreeSet;

const DRILLS: &str = "94b7d3e0-58c6-4a1f-8f29-0e6d71c3a5b8";

fn page() -> String {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/simulator.md");
    std::fs::read_to_string(path).unwrap()
}

#[test]
fn every_oddity_of_the_page_has_its_test() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/native/simulator");
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let sources: String = files.map(|path| std::fs::read_to_string(path).unwrap()).collect();
    let page = page();
    let section = page.split("\n## ").find(|section| section.starts_with("Oddities of real traffic")).unwrap();
    let rows: Vec<&str> =
        section.lines().filter(|line| line.starts_with("| ") && !line.starts_with("| oddity")).collect();
    assert_eq!(rows.len(), 11, "{rows:?}");
    for row in rows {
        let tests: Vec<&str> = row.rsplit("| ").next().unwrap().split('`').skip(1).step_by(2).collect();
        assert!(!tests.is_empty(), "{row}");
        for test in tests {
            assert!(sources.contains(&format!("#[test]\nfn {test}() {{")), "there is no test {test}");
        }
    }
}

/// Every address of the demo that the page tells.
fn links(page: &str) -> Vec<&str> {
    page.split('`').filter(|code| code.starts_with("#/demo/")).collect()
}

#[test]
fn every_server_of_the_drills_is_told_with_its_link() {
    let (mut world, page) = (World::new(), page());
    let mut count = 0;
    let list = world.read(&format!("/subscriptions/{DRILLS}/providers/Microsoft.DataProtection/backupVaults"));
    for vault in list["value"].as_array().unwrap() {
        let (id, vault) = (vault["id"].as_str().unwrap(), vault["name"].as_str().unwrap());
        assert!(page.contains(vault), "the page does not tell the vault {vault}");
        for instance in world.read(&format!("{id}/backupInstances"))["value"].as_array().unwrap() {
            let (server, name) =
                (instance["properties"]["friendlyName"].as_str().unwrap(), instance["name"].as_str().unwrap());
            let link = format!("#/demo/points?v=1&instance={DRILLS}/rg-demo/{vault}/{name}");
            let row = page.lines().find(|line| line.starts_with(&format!("| `{server}` |")));
            let row = row.unwrap_or_else(|| panic!("the page does not tell {server}"));
            assert!(row.ends_with(&format!("| `{link}` |")), "the link of {server} should be {link}");
            count += 1;
        }
    }
    assert!(count > 45, "{count}");
}

#[test]
fn every_account_and_container_of_the_drills_is_told() {
    let (mut world, page) = (World::new(), page());
    let version = "?api-version=2023-05-01";
    let list = format!("/subscriptions/{DRILLS}/providers/Microsoft.Storage/storageAccounts{version}");
    for account in super::json_of(&world.get(&list))["value"].as_array().unwrap() {
        let (id, name) = (account["id"].as_str().unwrap(), account["name"].as_str().unwrap());
        assert!(page.contains(&format!("`{name}`")), "the page does not tell {name}");
        let containers = super::json_of(&world.get(&format!("{id}/blobServices/default/containers{version}")));
        for container in containers["value"].as_array().into_iter().flatten() {
            let name = container["name"].as_str().unwrap();
            assert!(page.contains(&format!("`{name}`")), "the page does not tell {name}");
        }
    }
}

#[test]
fn no_link_of_the_page_stands_there_twice() {
    let page = page();
    let links = links(&page);
    assert_eq!(links.iter().collect::<BTreeSet<_>>().len(), links.len());
}

#[test]
fn every_link_of_the_page_opens() {
    let page = page();
    let links = links(&page);
    assert!(links.len() > 50, "{}", links.len());
    for address in links {
        let link = Link::parse(address).unwrap_or_else(|why| panic!("{address}: {why:?}"));
        assert_eq!(link.print(), address);
        let mut story = Story::demo(address);
        story.wait(300);
        if story.button("Try again").is_some() {
            story.press("Try again");
            story.wait(300);
        }
        match link.place {
            Place::FindInstance(vault) => story.sees(&format!("Servers in {}", vault.name)),
            Place::Points(instance, None) => {
                // An instance is named after its server, twice.
                let server = instance.name.as_str().get(..(instance.name.as_str().len() - 38) / 2).unwrap();
                story.sees(server);
                let told = ["All points", "You are not allowed to list the recovery points", "Your sign-in has ended"];
                assert!(told.iter().any(|words| story.text().contains(words)), "{address}:\n{}", story.text());
            }
            Place::States => story.sees("Every state of this program"),
            other => panic!("{address} leads to {other:?}"),
        }
    }
}
