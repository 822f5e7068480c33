//! `docs/links.md` and the reader of links, held to each other: what the page shows opens, and is as long as it says.

use crate::link::told;
use expect_test::expect;
use pgflex_restore::link::{Link, MOST_POINTS, Which};

const VAULT: &str = "6f2d9a41-5c0e-4b7a-9f63-2d1e8c7b4a05/rg-backup-prod/bvault-prod-weu";
const ORDERS: &str = "psql-orders-prod-psql-orders-prod-3f0b61d4-9c2a-11ef-8a5e-00155d3c7b19";
const PAYMENTS: &str = "psql-payments-prod-psql-payments-prod-257835b3-825c-4bc1-aacd-994091513534";
const IDENTITY: &str =
    "rg-backup-prod-neu/bvault-prod-neu/psql-identity-prod-psql-identity-prod-c693885e-a021-4286-ab3a-fe35fb438935";
const GRAFANA: &str = "b81c4e7d-0a52-4d39-8e16-95f3c2a7d640/rg-platform-weu/bvault-platform-weu/psql-grafana-psql-grafana-b076f839-dc8c-4458-ae5f-dd4b1948ae35";
const POINT: &str = "15d0a1b5072718f1e4284c7b80f08086@2026-11-09T23:05:03Z";

/// A resource id of a server's backup, as Azure lists it.
fn id(server: &str) -> String {
    format!(
        "/subscriptions/6f2d9a41-5c0e-4b7a-9f63-2d1e8c7b4a05/resourceGroups/rg-backup-prod/providers/\
         Microsoft.DataProtection/backupVaults/bvault-prod-weu/backupInstances/{server}"
    )
}

fn page() -> String {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/links.md");
    std::fs::read_to_string(path).unwrap()
}

/// What a fragment opens, told without the world's long names.
#[track_caller]
fn opens(fragment: &str) -> String {
    let link = Link::parse(fragment).unwrap_or_else(|problem| panic!("{problem:?}: {fragment}"));
    let (in_vault, vault) = (id(""), id("").replace("/backupInstances/", ""));
    told(&link).replace(&in_vault, "").replace(&vault, "VAULT").replace(ORDERS, "ORDERS").replace(PAYMENTS, "PAYMENTS")
}

#[test]
fn every_link_of_the_page_opens_what_it_says() {
    let page = page();
    let fragments = page.lines().filter_map(|line| line.strip_prefix("    ")).filter(|line| line.starts_with("#/"));
    let lines: Vec<String> = fragments.map(opens).collect();
    expect![[r#"
        Demo Points ORDERS newest
        Demo Plan ORDERS before 2026-11-20T03:10:00Z, PAYMENTS before 2026-11-20T03:10:00Z
        Demo Points ORDERS newest
        Demo Plan ORDERS newest, ORDERS before 2026-11-01T00:00:00Z
        Demo Plan ORDERS/recoveryPoints/15d0a1b5072718f1e4284c7b80f08086
        Demo FindInstance VAULT
        Demo Target ORDERS/recoveryPoints/15d0a1b5072718f1e4284c7b80f08086
        Demo Job VAULT/backupJobs/7385170d-48d1-4435-bf26-8f047aefd32a
        Demo Points /subscriptions/6f2d9a41-5c0e-4b7a-9f63-2d1e8c7b4a05/resourceGroups/rg-r%C3%A9serve/providers/Microsoft.DataProtection/backupVaults/bvault-prod-weu/backupInstances/psql-orders-prod before 2026-11-20T03:10:00Z"#]].assert_eq(&lines.join("\n"));
}

#[test]
fn every_form_of_a_point_is_told() {
    let page = page();
    let (_, rows) = page.split_once("| `point=` | means |\n|---|---|\n").unwrap();
    let forms: Vec<Which> = rows
        .lines()
        .map_while(|row| row.strip_prefix("| `"))
        .map(|row| Which::parse(row.split('`').next().unwrap()).unwrap_or_else(|| panic!("{row}")))
        .collect();
    assert!(
        matches!(forms.as_slice(), [Which::Point(_, None), Which::Point(_, Some(_)), Which::Newest, Which::Before(_)]),
        "{forms:?}"
    );
}

#[test]
fn every_abbreviation_of_a_plan_is_told() {
    let page = page();
    let (_, rows) = page.split_once("| written | is of |\n|---|---|\n").unwrap();
    let lines: Vec<String> = rows
        .lines()
        .map_while(|row| row.strip_prefix("| `"))
        .map(|row| {
            let (written, of) = row.split_once("` | ").unwrap();
            let other = "b81c4e7d-0a52-4d39-8e16-95f3c2a7d640";
            let plan = format!("#/plan?v=1&points={VAULT}/{ORDERS}/a1,{}", written.replace("subscription", other));
            let second = opens(&plan);
            format!("{}: {}", of.trim_end_matches(" |"), second.split_once(", ").unwrap().1)
        })
        .collect();
    expect![[r#"
        the same server: ORDERS newest
        another server in the same vault: instance newest
        another vault of the same resource group: /subscriptions/6f2d9a41-5c0e-4b7a-9f63-2d1e8c7b4a05/resourceGroups/rg-backup-prod/providers/Microsoft.DataProtection/backupVaults/vault/backupInstances/instance newest
        another vault of the same subscription: /subscriptions/6f2d9a41-5c0e-4b7a-9f63-2d1e8c7b4a05/resourceGroups/group/providers/Microsoft.DataProtection/backupVaults/vault/backupInstances/instance newest
        another subscription: /subscriptions/b81c4e7d-0a52-4d39-8e16-95f3c2a7d640/resourceGroups/group/providers/Microsoft.DataProtection/backupVaults/vault/backupInstances/instance newest"#]].assert_eq(&lines.join("\n"));
}

#[test]
fn every_page_is_told_with_its_keys() {
    let page = page();
    let (_, rows) = page.split_once("| page | keys | opens |\n|---|---|---|\n").unwrap();
    for name in ["find", "points", "plan", "plan-target", "target", "review", "restore", "job", "activity", "about"] {
        assert!(rows.contains(&format!("\n| `{name}` | ")), "{name} is not told");
        let given = [
            ("instance", format!("{VAULT}/{ORDERS}")),
            ("points", format!("{VAULT}/{ORDERS}/newest")),
            ("point", "15d0a1b5".into()),
            ("prefix", "orders-k3x9".into()),
            ("job", format!("{VAULT}/7385170d-48d1-4435-bf26-8f047aefd32a")),
        ];
        let row = rows.lines().find(|row| row.starts_with(&format!("| `{name}` | "))).unwrap();
        let keys = row.split(" | ").nth(1).unwrap();
        let told = given.iter().filter(|(key, _)| keys.contains(&format!("`{key}`")));
        let query: String = told.map(|(key, value)| format!("&{key}={value}")).collect();
        opens(&format!("#/{name}?v=1{query}"));
    }
    assert_eq!(rows.lines().take_while(|row| row.starts_with("| ")).count(), 11, "a page that there is not");
}

#[test]
fn links_are_as_long_as_the_page_says() {
    let length = |fragment: &str| {
        let printed = Link::parse(fragment).unwrap().print();
        assert_eq!(printed, fragment, "it is as short as it can be");
        printed.len()
    };
    let one = format!("#/plan?v=1&points={VAULT}/{ORDERS}/{POINT}");
    let further = |next: &str| length(&format!("{one},{next}")) - one.len();
    let page = page();
    for (of, characters) in [
        ("one point, `points`", length(&format!("#/points?v=1&instance={VAULT}/{ORDERS}&point={POINT}"))),
        ("one point, `plan`", length(&one)),
        ("each further one of the same server", further("018c4128e48a78b46197d9cf5c08ad7c@2026-11-16T23:02:47Z")),
        ("of another server in the same vault", further(&format!("{PAYMENTS}/{POINT}"))),
        ("of another vault", further(&format!("{IDENTITY}/{POINT}"))),
        ("of another subscription", further(&format!("{GRAFANA}/{POINT}"))),
    ] {
        assert!(page.contains(&format!("\n| {of} | {characters} |\n")), "{of}: {characters} characters");
    }
    assert_eq!(MOST_POINTS, 20, "the page says twenty");
}

#[test]
fn what_the_scripts_of_the_page_make_opens() {
    let page = page();
    let after = |text: &str| page.split_once(text).unwrap_or_else(|| panic!("{text}")).1.to_string();
    // The shell puts what is between the quotes behind each id, and commas between.
    let shell = after("echo \"https://restore.contoso.com/");
    let (before, _) = shell.split_once("$(").unwrap();
    for which in ["/newest", "/before:2026-11-20T03:10:00Z"] {
        if which == "/newest" {
            assert!(shell.contains(&format!("$(sed 's|$|{which}|' <<<\"$ids\" | paste -sd, -)")), "{shell}");
        } else {
            assert!(page.contains("/before:$(date -u +%Y-%m-%dT%H:%M:%SZ)|"), "{page}");
        }
        let made = format!("{before}{}{which},{}{which}", id(ORDERS), id(PAYMENTS));
        let form = which.replace("/before:", " before ").replace("/newest", " newest");
        assert_eq!(opens(&made), format!("Azure Plan ORDERS{form}, PAYMENTS{form}"));
    }
    let query = after("link = strcat('https://restore.contoso.com/");
    let parts: Vec<&str> = query.lines().next().unwrap().trim_end_matches(')').split(", ").collect();
    let made: String = parts
        .into_iter()
        .map(|part| match part {
            "id" => id(ORDERS),
            "tostring(now(" => "2026-11-20T03:10:00.1234567Z".into(),
            text => text.trim_matches('\'').into(),
        })
        .collect();
    assert_eq!(opens(&made), "Azure Points ORDERS before 2026-11-20T03:10:00Z");
}

#[test]
fn the_first_page_of_the_repository_shows_the_forms_that_there_are() {
    let readme = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/README.md")).unwrap();
    assert!(readme.contains("(docs/links.md)"));
    for fragment in readme.lines().filter_map(|line| line.strip_prefix("    ")).filter(|line| line.starts_with("#/")) {
        let names = [("SUBSCRIPTION", &VAULT[..36]), ("RECOVERY-POINT-ID", "15d0a1b5"), ("JOB-ID", &VAULT[..36])];
        let filled = names.iter().fold(fragment.to_string(), |text, (name, value)| text.replace(name, value));
        opens(&filled);
    }
}
