//! Finding a server: one question for all of them, a search over what came, and what is told where something is missing.

use super::failures::status;
use super::journey::PRODUCTION;
use super::print;
use super::story::Story;
use pgflex_restore::app::{Event, Field};
use pgflex_restore::azure::http::{Method, Request, Response, Unreachable};
use pgflex_restore::moment::Span;
use std::cell::RefCell;
use std::rc::Rc;

pub const GRAPH: &str = "/providers/Microsoft.ResourceGraph/resources";
const INSTANCE: &str = "/subscriptions/6f2d9a41-5c0e-4b7a-9f63-2d1e8c7b4a05/resourceGroups/rg-backup-prod/providers/Microsoft.DataProtection/backupVaults/bvault-prod-weu/backupInstances/psql-orders-prod-psql-orders-prod-3f0b61d4-9c2a-11ef-8a5e-00155d3c7b19";
const SERVERS: &str = "/providers/Microsoft.DBforPostgreSQL/flexibleServers/";

pub fn of_server(subscription: &str, group: &str, name: &str) -> String {
    format!("/subscriptions/{subscription}/resourceGroups/{group}{SERVERS}{name}")
}

/// The page once all that it asked for by itself has come.
pub fn all() -> Story {
    let mut story = Story::demo("#/demo/find");
    story.wait_for("servers in");
    story
}

/// The names of the servers that are drawn, and of the subscriptions, as heads.
pub fn drawn(story: &Story) -> Vec<String> {
    let text = story.text();
    let names = text.lines().filter_map(|line| {
        line.strip_prefix('[')
            .and_then(|line| line.split_once(']'))
            .filter(|(_, rest)| rest.contains(" | "))
            .map(|(name, _)| name.to_string())
            .or_else(|| line.starts_with("= ").then(|| line.to_string()))
    });
    names.collect()
}

pub fn servers(story: &Story) -> Vec<String> {
    drawn(story).into_iter().filter(|name| !name.starts_with("= ")).collect()
}

/// How many requests of this kind are on their way.
pub fn on_their_way(story: &Story) -> usize {
    story.queue.values().filter(|event| matches!(event, Event::Answered(..))).count()
}

pub fn refused() -> Result<Response, Unreachable> {
    status(403, &[], r#"{"error":{"code":"AuthorizationFailed","message":"You may not ask the graph."}}"#)
}

/// So many servers, as the graph tells them: from a number on.
pub fn graph_page(from: usize, until: usize, more: &str) -> Result<Response, Unreachable> {
    let rows: Vec<String> = (from..until).map(|nth| {
        let subscription = format!("00000000-0000-4000-8000-{:012}", nth % 7);
        let vault = format!("/subscriptions/{subscription}/resourceGroups/rg-{}/providers/Microsoft.DataProtection/backupVaults/bvault-{}", nth % 50, nth % 50);
        let source = of_server(&subscription, "rg-data", &format!("psql-{nth:05}"));
        format!(r#"{{"id":"{vault}/backupInstances/psql-{nth:05}","source":"{source}","name":"psql-{nth:05}","region":"northeurope","state":"ProtectionConfigured","operations":["Restore"],"subscription":"Contoso {}","exists":1}}"#, nth % 7)
    }).collect();
    status(
        200,
        &[],
        &format!(r#"{{"totalRecords":2500,"count":{},"data":[{}],"facets":[]{more}}}"#, rows.len(), rows.join(",")),
    )
}

#[test]
fn one_question_shows_every_server_by_subscription_and_name() {
    let story = all();
    assert_eq!(story.count(Method::Post, GRAPH), 1);
    assert_eq!(story.count(Method::Get, "/subscriptions") + story.count(Method::Get, "/backupInstances"), 0);
    let drawn = drawn(&story);
    let heads: Vec<&String> = drawn.iter().filter(|name| name.starts_with("= ")).collect();
    assert_eq!(heads[0], "= Contoso Analytics 4 servers");
    assert!(heads.windows(2).all(|pair| pair[0] < pair[1]), "{heads:?}");
    let at = |name: &str| drawn.iter().position(|drawn| drawn == name).unwrap();
    assert!(at("= Contoso Production 6 servers") < at("psql-catalog-prod"));
    assert!(at("psql-catalog-prod") < at("psql-identity-prod") && at("psql-identity-prod") < at("psql-orders-prod"));
    let count = servers(&story).len();
    story.sees(&format!("{count} servers in 4 subscriptions"));
}

#[test]
fn a_search_goes_by_every_word_over_all_that_is_shown() {
    let mut story = all();
    for (typed, found) in [
        ("psql-orders-prod", &["psql-orders-prod"][..]),
        ("GITEA", &["psql-gitea"]),
        ("bvault-prod-neu", &["psql-identity-prod", "psql-ledger-prod"]),
        ("rg-catalog-prod", &["psql-catalog-prod"]),
        ("contoso platform suspended", &["psql-keycloak"]),
        ("2ae9750c soft-deleted", &["psql-sandbox-eu"]),
        ("eastus2", &["psql-telemetry-us"]),
        ("east us  2", &["psql-telemetry-us"]),
        ("germany prot", &["psql-sonarqube"]),
        ("  stopped  ", &["psql-orders-2024"]),
    ] {
        story.type_into(Field::Search, typed);
        assert_eq!(servers(&story), found, "by {typed}");
    }
    story.sees("1 of ");
    story.type_into(Field::Search, "");
    story.sees("servers in 4 subscriptions");
}

#[test]
fn a_pasted_id_leaves_what_it_names_before_it_is_opened() {
    let vault = INSTANCE.split_once("/backupInstances/").unwrap().0;
    let of_vault = ["psql-catalog-prod", "psql-orders-2024", "psql-orders-prod", "psql-payments-prod"];
    let orders = of_server("6f2d9a41-5c0e-4b7a-9f63-2d1e8c7b4a05", "rg-orders-prod", "psql-orders-prod");
    let gone = of_server("6f2d9a41-5c0e-4b7a-9f63-2d1e8c7b4a05", "rg-orders-prod", "psql-orders-2024");
    let mut story = all();
    for (pasted, found) in [
        (INSTANCE.to_string(), &["psql-orders-prod"][..]),
        (format!("{INSTANCE}/recoveryPoints/0123456789abcdef"), &["psql-orders-prod"]),
        (format!("https://portal.azure.com/#@contoso.com/resource{INSTANCE}/overview"), &["psql-orders-prod"]),
        (vault.to_uppercase(), &of_vault),
        (format!("{vault}/backupPolicies/weekly-12m"), &of_vault),
        (format!("{vault}/backupJobs/00000000-0000-4000-8000-000000000000"), &of_vault),
        (orders, &["psql-orders-prod"]),
        (gone, &["psql-orders-2024"]),
    ] {
        story.type_into(Field::Search, &pasted);
        assert_eq!(servers(&story), found, "by {pasted}");
        assert!(story.button("Open").is_some());
    }
    story.press("Open");
    assert!(story.address().starts_with("#/demo/points"), "{}", story.address());
    assert_eq!(story.count(Method::Get, "/backupInstances"), 0, "what is known is not asked for");
}

#[test]
fn return_opens_what_was_pasted_or_the_only_server_that_is_left() {
    let mut story = all();
    let vault = INSTANCE.split_once("/backupInstances/").unwrap().0;
    story.type_into(Field::Search, vault);
    story.tell(Event::OpenPressed);
    story.wait_for("Servers in bvault-prod-weu");
    assert_eq!(servers(&story).len(), 4);
    story.back();
    story.type_into(Field::Search, "prod");
    story.tell(Event::OpenPressed);
    assert_eq!(story.address(), "#/demo/find", "several are left");
    story.type_into(Field::Search, "psql-orders-prod");
    assert_eq!(story.button("Open"), None);
    story.tell(Event::OpenPressed);
    story.wait_for("latest");
    story.sees("# psql-orders-prod");
    story.back();
    story.sees("1 of ");
    assert_eq!(servers(&story), ["psql-orders-prod"], "what was looked for is there on coming back");
}

#[test]
fn a_server_that_no_list_has_is_asked_for_by_its_id() {
    let mut story = all();
    let just = of_server("94b7d3e0-58c6-4a1f-8f29-0e6d71c3a5b8", "rg-demo", "psql-just-protected");
    story.type_into(Field::Search, &just);
    story.wait_for("## Backups of psql-just-protected");
    story.wait_for("[psql-just-protected]");
    assert_eq!(story.address(), "#/demo/find", "nobody has opened it yet");
    story.press("Open");
    story.wait_for("All points");
    story.back();
    story.type_into(Field::Search, &of_server("94b7d3e0-58c6-4a1f-8f29-0e6d71c3a5b8", "rg-demo", "psql-never-seen"));
    story.wait_for("This server is in no Backup vault");
    story.type_into(Field::Search, "");
    story.does_not_see("Backups of");
}

#[test]
fn what_matches_nothing_is_told_with_what_was_searched() {
    let mut story = all();
    let count = servers(&story).len();
    story.type_into(Field::Search, "orders oracle");
    story.sees("No server matches “orders oracle”");
    story.sees(&format!("{count} servers were searched"));
    story.sees(&format!("0 of {count} servers"));
    story.press("Clear the search");
    assert_eq!(servers(&story).len(), count);
    story.type_into(
        Field::Search,
        "/subscriptions/6f2d9a41-5c0e-4b7a-9f63-2d1e8c7b4a05/resourceGroups/rg/providers/Microsoft.Compute/disks/d",
    );
    story.sees("It is of the kind Microsoft.Compute/disks");
    story.does_not_see("No server matches");
}

#[test]
fn what_keeps_a_server_from_being_restored_stands_below_its_state() {
    let mut story = all();
    for (server, told) in [
        ("psql-sandbox-eu", "(Bad) Soft-deletedUndelete it in the vault to restore"),
        ("psql-not-restorable", "(Ok) ProtectedAzure does not allow a restore now"),
        ("psql-orders-2024", "The server is deleted, or you cannot see it; its backups can be restored"),
        ("psql-orders-prod", "(Ok) Protected | "),
    ] {
        story.type_into(Field::Search, server);
        story.sees(told);
    }
}

#[test]
fn a_long_list_comes_in_pages_and_is_drawn_a_hundred_at_a_time() {
    let mut story = Story::closed("#/demo/find");
    story.between = Box::new(|_, request: &Request| {
        if request.url.path().ends_with("/recoveryPoints") {
            return Some(status(200, &[], r#"{"value":[]}"#));
        }
        let body = request.body.as_deref().unwrap_or_default();
        Some(match (body.contains("\"page2\""), body.contains("\"page3\"")) {
            (false, false) => graph_page(0, 1000, r#","$skipToken":"page2","resultTruncated":"true""#),
            (true, _) => graph_page(1000, 2000, r#","$skipToken":"page3""#),
            (_, true) => graph_page(2000, 2500, r#","resultTruncated":"false""#),
        })
    });
    story.start(Default::default());
    story.wait_for("1\u{202f}000 servers so far");
    assert_eq!(servers(&story).len(), 100, "what has come can be used");
    story.wait_for("2\u{202f}500 servers in 7 subscriptions");
    assert_eq!(story.count(Method::Post, GRAPH), 3);
    story.sees("= Contoso 0 358 servers");
    story.press("Show 100 more (of 2\u{202f}400)");
    assert_eq!(servers(&story).len(), 200);
    story.sees("[Show 100 more (of 2\u{202f}300) !]");
    story.type_into(Field::Search, "psql-02499");
    assert_eq!(servers(&story), ["psql-02499"]);
    story.sees("1 of 2\u{202f}500 servers");
}

#[test]
fn the_newest_point_is_asked_for_only_where_somebody_looks_and_four_at_a_time() {
    let mut story = Story::demo("#/demo/find");
    story.rows_on_screen = 9;
    story.wait_for("servers in");
    let mut most = 0;
    let end = story.now + Span::from_secs(5);
    while story.step(end) {
        most = most.max(on_their_way(&story));
    }
    assert_eq!(most, 4);
    let asked: Vec<&str> =
        story.sent.iter().map(|request| request.url.path()).filter(|path| path.ends_with("/recoveryPoints")).collect();
    let mut servers: Vec<&str> = asked.iter().map(|path| path.rsplit('/').nth(1).unwrap()).collect();
    servers.sort_unstable();
    servers.dedup();
    // Two of the nine rows are heads of subscriptions.
    assert_eq!(servers.len(), 7, "{servers:?}");
    story.type_into(Field::Search, "psql-warehouse");
    story.sees("2026-11-20 02:04:02 UTC");
    let before = story.sent.len();
    story.type_into(Field::Search, "");
    story.wait(1);
    assert_eq!(story.sent.len(), before, "what is known is not asked for again");
}

#[test]
fn who_types_on_does_not_wait_for_the_newest_points_of_what_is_gone_from_the_page() {
    let mut story = Story::demo("#/demo/find");
    story.rows_on_screen = 60;
    story.wait_for("servers in");
    while on_their_way(&story) < 4 {
        story.step(story.now);
    }
    story.type_into(Field::Search, "psql-payments-prod");
    story.wait_for("psql-payments-prod]rg-payments-prod | (Ok) Protected | 2026-");
    let asked = story.count(Method::Get, "/recoveryPoints");
    assert!(asked <= 8, "{asked} were asked for");
}

#[test]
fn a_newest_point_older_than_two_weeks_is_found_in_the_whole_list() {
    let mut story = all();
    story.type_into(Field::Search, "psql-orders-2024");
    story.wait_for("2026-03-30");
    let of_it = story.sent.iter().filter(|request| request.url.path().contains("psql-orders-2024"));
    let filtered: Vec<bool> = of_it.map(|request| request.url.query().contains("startDate")).collect();
    assert_eq!(filtered, [true, false]);
    story.type_into(Field::Search, "psql-temporal");
    story.wait_for("No point yet");
}

#[test]
fn a_newest_point_that_cannot_be_told_is_a_dash_with_its_reason_and_no_more() {
    let mut story = all();
    story.type_into(Field::Search, "psql-points-forbidden");
    story.wait_for("–You are not allowed to list the recovery points");
    assert!(print::statuses(&story.screen()).is_empty());
    story.does_not_see("Bad:");
    story.does_not_see("Warn:");
}

#[test]
fn lists_of_points_that_do_not_answer_keep_no_other_from_being_read() {
    let mut story = all();
    // Longer than four servers whose points never come.
    story.rows_on_screen = 80;
    story.type_into(Field::Search, "rg-demo answers");
    story.wait(120);
    story.type_into(Field::Search, "psql-orders-demo");
    story.wait_for("psql-orders-demo]rg-demo | (Ok) Protected | 2026-");
}

#[test]
fn the_links_of_old_open_the_same_page_narrowed() {
    let mut story = Story::demo(PRODUCTION);
    story.wait_for("psql-orders-prod");
    story.sees("# Servers in bvault-prod-weu");
    story.sees("rg-backup-prod");
    story.sees("Read from Azure");
    assert_eq!(story.count(Method::Post, GRAPH), 0, "a vault is read itself");
    assert_eq!(story.count(Method::Get, "/backupInstances"), 1);
    story.press("All servers");
    story.wait_for("servers in 4 subscriptions");
    story.go("#/demo/find?v=1&subscription=2ae9750c-71b3-4f08-a6d4-c3905be81f27");
    story.sees("# Servers in Contoso Analytics");
    assert_eq!(servers(&story).len(), 4, "what is known is shown at once");
    story.wait_for("Read from Azure");
    assert_eq!(servers(&story).len(), 4);
    assert_eq!(story.count(Method::Post, GRAPH), 2);
    // The graph may not be asked about this one.
    let mut story = Story::demo("#/demo/find?v=1&subscription=d1947b26-8f0e-4ac3-9275-60be3c8da1f7");
    story.wait_for("# Servers in Contoso Legacy");
    story.wait_for("psql-legacy-billing");
    story.wait_for("Contoso Legacy is not complete");
    assert!(servers(&story).iter().all(|name| name.starts_with("psql-legacy")));
}

#[test]
fn a_vault_with_other_backups_says_how_many_and_one_without_servers_says_so() {
    let mut story =
        Story::demo("#/demo/find?v=1&vault=b81c4e7d-0a52-4d39-8e16-95f3c2a7d640/rg-platform-weu/bvault-platform-weu");
    story.wait_for("1 backup of another kind (such as a disk or blobs) is not shown.");
    let mut story = Story::demo("#/demo/find?v=1&vault=94b7d3e0-58c6-4a1f-8f29-0e6d71c3a5b8/rg-demo/bvault-demo-empty");
    story.wait_for("No flexible server is protected in this vault");
}

#[test]
fn coming_back_shows_what_is_known_at_once_and_reads_anew_only_what_is_old() {
    let mut story = all();
    story.wait(60);
    let count = servers(&story).len();
    story.follow("psql-features");
    story.wait_for("latest");
    story.back();
    assert_eq!(servers(&story).len(), count);
    story.wait(5);
    assert_eq!(story.count(Method::Post, GRAPH), 1);
    story.go("#/demo/about");
    story.wait(400);
    let before = story.sent.len();
    story.go("#/demo/find");
    assert_eq!(servers(&story).len(), count, "and what is old stays until it is read anew");
    story.sees("Reading…");
    story.wait(30);
    assert_eq!(story.count(Method::Post, GRAPH), 2);
    assert!(story.sent.len() > before + 4, "the newest points too");
}

#[test]
fn reading_again_drops_what_is_gone_and_keeps_what_is_there() {
    let mut story = Story::closed("#/demo/find");
    let rows = Rc::new(RefCell::new((0, 20)));
    let told = Rc::clone(&rows);
    story.between = Box::new(move |_, request: &Request| {
        let (from, until) = *told.borrow();
        Some(if request.url.path() == GRAPH {
            graph_page(from, until, "")
        } else {
            status(200, &[], r#"{"value":[]}"#)
        })
    });
    story.start(Default::default());
    story.wait_for("20 servers in 7 subscriptions");
    *rows.borrow_mut() = (5, 23);
    story.press("Read again");
    story.sees("20 servers in 7 subscriptions");
    story.wait_for("18 servers in 7 subscriptions");
    assert!(
        servers(&story).contains(&"psql-00022".to_string()) && !servers(&story).contains(&"psql-00001".to_string())
    );
}
