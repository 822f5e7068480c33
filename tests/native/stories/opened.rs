//! A link is opened: of every kind, with every outcome. Whatever it asks for and whatever comes of it, it is only read.

use super::failures::status;
use super::journey::{PRODUCTION, started};
use super::print::{blocks, buttons};
use super::story::{CONFIG, Story, person};
use pgflex_restore::app::{Event, Session};
use pgflex_restore::azure::http::{ArmUrl, Method, Request};
use pgflex_restore::moment::Moment;
use pgflex_restore::screen::{Block, Span};
use serde_json::Value;

const VAULT: &str = "6f2d9a41-5c0e-4b7a-9f63-2d1e8c7b4a05/rg-backup-prod/bvault-prod-weu";
const ORDERS: &str = "psql-orders-prod-psql-orders-prod-3f0b61d4-9c2a-11ef-8a5e-00155d3c7b19";
const PAYMENTS: &str = "psql-payments-prod-psql-payments-prod-257835b3-825c-4bc1-aacd-994091513534";
const CATALOG: &str = "psql-catalog-prod-psql-catalog-prod-d19d8673-0140-4f0e-a73d-bbf158d6adca";
const IDENTITY: &str =
    "rg-backup-prod-neu/bvault-prod-neu/psql-identity-prod-psql-identity-prod-c693885e-a021-4286-ab3a-fe35fb438935";
const TEMPORAL: &str = "b81c4e7d-0a52-4d39-8e16-95f3c2a7d640/rg-platform-gwc/bvault-platform-gwc/psql-temporal-psql-temporal-b02c562d-3b7d-45f9-a771-fc8cdac0df89";
const SANDBOX: &str = "2ae9750c-71b3-4f08-a6d4-c3905be81f27/rg-analytics-weu/bvault-analytics-weu/psql-sandbox-eu-psql-sandbox-eu-48bed429-9a13-4cb9-a5d7-e2753bbf6e59";
const WAREHOUSE: &str = "2ae9750c-71b3-4f08-a6d4-c3905be81f27/rg-analytics-weu/bvault-analytics-weu/psql-warehouse-psql-warehouse-8c47398f-e0fa-4b08-a7b2-c6b5a732fe9c";

/// The newest points of psql-orders-prod, the newest first; and one that it never had.
const NEWEST: &str = "018c4128e48a78b46197d9cf5c08ad7c@2026-11-16T23:02:47Z";
const SECOND: &str = "15d0a1b5072718f1e4284c7b80f08086@2026-11-09T23:05:03Z";
const THIRD: &str = "63273a9025c042b774d6fc892f469b9f@2026-11-02T23:03:54Z";
const GONE: &str = "0123456789abcdef0123456789abcdef";

const STARTS_NOTHING: &str = "Opening a link starts nothing";

/// Opens a link of the demo as a link.
fn demo(link: &str) -> Story {
    open(Story::closed(&format!("#/demo/{link}")), Session::SignedOut)
}

fn open(mut story: Story, session: Session) -> Story {
    story.opened = true;
    story.start(session);
    story
}

/// A link to a point of psql-orders-prod.
fn orders(which: &str) -> String {
    format!("points?v=1&instance={VAULT}/{ORDERS}&point={which}")
}

/// Fails unless all that was done is to read, and Back leads out to where the link was.
#[track_caller]
fn only_read(story: &Story) {
    for request in &story.sent {
        let asks = request.method == Method::Post && request.url.path().ends_with("/Microsoft.ResourceGraph/resources");
        assert!(request.method == Method::Get || asks, "{:?} {}", request.method, request.url.path());
    }
    assert!(story.journal.is_empty(), "{:?}", story.journal);
    assert_eq!(story.history.len(), 1, "Back does not lead out: {:?}", story.history);
}

/// Follows what has been opened until nothing is on its way any more; sees that it was read only.
#[track_caller]
fn rests(story: &mut Story) {
    story.wait(60);
    only_read(story);
}

/// Presses the words in a line of a list, the first being 0.
#[track_caller]
fn take(story: &mut Story, at: usize) {
    let lists = blocks(&story.screen()).into_iter();
    let lines = lists.filter_map(|block| if let Block::Bullets(lines) = block { Some(lines) } else { None });
    let presses = lines.flatten().flatten().filter_map(|span| match span {
        Span::Press { text, event, .. } if text == "Use this one" => Some(event),
        _ => None,
    });
    let event = presses.into_iter().nth(at).expect("a point to take");
    story.tell(event);
}

/// Takes a point out of every list of points, as Azure does with one that is about to go.
fn unlist(story: &mut Story, name: &'static str) {
    story.after = Box::new(move |request, outcome| {
        if let (true, Ok(response)) = (request.url.path().ends_with("/recoveryPoints"), outcome) {
            let mut list: Value = serde_json::from_str(&response.body).unwrap();
            list["value"].as_array_mut().unwrap().retain(|point| point["name"] != name);
            response.body = list.to_string();
        }
    });
}

fn id(point: &'static str) -> &'static str {
    point.split('@').next().unwrap()
}

#[test]
fn a_link_to_a_point_shows_it_and_says_what_it_asked_for() {
    for link in [orders(id(THIRD)), orders(THIRD), orders(&THIRD.replace("23:03:54Z", "23:03:00Z"))] {
        let mut story = demo(&link);
        rests(&mut story);
        story.sees("Plain: This link asks for one point of psql-orders-prod\n  63273a9025c042b774d6fc892f469b9f");
        story.sees(STARTS_NOTHING);
        story.sees("(*) 2026-11-02 23:03:54 UTC");
        assert_eq!(story.address(), format!("#/demo/{link}"), "it names the point as it is");
        story.press("Choose a target");
        story.wait_for("File prefix: [");
        story.does_not_see("This link asks for");
        story.back();
        story.does_not_see("This link asks for");
    }
}

#[test]
fn a_point_that_is_chosen_instead_takes_no_banner_away_but_the_address_names_it() {
    let mut story = demo(&orders(THIRD));
    rests(&mut story);
    story.choose(0);
    assert_eq!(story.address(), format!("#/demo/{}", orders(NEWEST)));
    story.sees("(*) 2026-11-16 23:02:47 UTC");
    only_read(&story);
}

#[test]
fn a_link_to_the_newest_point_becomes_one_to_that_point() {
    for which in ["newest", "NEWEST"] {
        let mut story = demo(&orders(which));
        rests(&mut story);
        story.sees("This link asks for one point of psql-orders-prod");
        story.sees("Its newest point: made 2026-11-16 23:02:47 UTC (5 d 3 h ago)");
        story.sees("(*) 2026-11-16 23:02:47 UTC latest");
        assert_eq!(story.address(), format!("#/demo/{}", orders(NEWEST)), "tomorrow another one is the newest");
    }
}

#[test]
fn nothing_is_called_the_newest_before_all_have_been_read() {
    let mut story = demo(&format!("points?v=1&instance={WAREHOUSE}&point=newest"));
    let asked = story.address().to_string();
    story.wait_for("100 so far");
    story.does_not_see(": made ");
    assert_eq!(story.address(), asked);
    rests(&mut story);
    story.sees("Its newest point: made 2026-11-20 02:04:02 UTC");
    story.sees("240, newest first");
}

#[test]
fn a_link_to_the_last_point_before_a_moment_finds_it_in_any_zone_and_tells_the_next_one() {
    for (which, point, found, next) in [
        ("before:2026-11-10T00:00:00Z", SECOND, "2026-11-09 23:05:03", "2026-11-16 23:02:47"),
        ("before:2026-11-10T01:00:00%2B01:00", SECOND, "2026-11-09 23:05:03", "2026-11-16 23:02:47"),
        // Made at that moment is not made before it.
        ("before:2026-11-09T23:05:03Z", THIRD, "2026-11-02 23:03:54", "2026-11-09 23:05:03"),
    ] {
        let mut story = demo(&orders(which));
        rests(&mut story);
        story.sees("Its last point before 2026-11-");
        story.sees(&format!(": made {found} UTC"));
        story.sees(&format!("The next one after that moment was made {next} UTC"));
        story.sees(&format!("(*) {found} UTC"));
        assert_eq!(story.address(), format!("#/demo/{}", orders(point)));
    }
}

#[test]
fn a_point_made_at_that_very_moment_is_the_next_one_and_not_the_last_one_before_it() {
    let point = |name: &str, made: &str| {
        format!(r#"{{"name":"{name}","properties":{{"recoveryPointId":"{name}","recoveryPointTime":"{made}"}}}}"#)
    };
    let points = [point("b2", "2026-11-09T23:05:03Z"), point("a1", "2026-11-02T23:05:03Z")];
    let body = format!(r#"{{"value":[{}]}}"#, points.join(","));
    let mut story = Story::closed(&format!("#/demo/{}", orders("before:2026-11-09T23:05:03Z")));
    story.between =
        Box::new(move |_, request| request.url.path().ends_with("/recoveryPoints").then(|| status(200, &[], &body)));
    let mut story = open(story, Session::SignedOut);
    rests(&mut story);
    story.sees(": made 2026-11-02 23:05:03 UTC");
    story.sees("The next one after that moment was made 2026-11-09 23:05:03 UTC");
    assert_eq!(story.address(), format!("#/demo/{}", orders("a1@2026-11-02T23:05:03Z")));
}

#[test]
fn before_tomorrow_is_the_newest_and_there_is_no_next_one() {
    let mut story = demo(&orders("before:2027-01-01T00:00:00Z"));
    rests(&mut story);
    story.sees("Its last point before 2027-01-01 00:00:00 UTC");
    story.sees(": made 2026-11-16 23:02:47 UTC");
    story.does_not_see("The next one after that moment");
    assert_eq!(story.address(), format!("#/demo/{}", orders(NEWEST)));
}

#[test]
fn a_partial_point_is_not_the_last_one_before_a_moment() {
    let mut story = demo(&orders("before:2026-06-02T00:00:00Z"));
    rests(&mut story);
    story.sees("2026-06-01 23:03:24 UTC Partial");
    story.does_not_see("(*) 2026-06-01 23:03:24 UTC");
    story.sees(": made 2026-05-25 ");
}

#[test]
fn before_the_oldest_there_is_none_and_the_oldest_can_be_taken() {
    let asked = orders("before:2020-01-01T00:00:00Z");
    let mut story = demo(&asked);
    rests(&mut story);
    story.sees("Its last point before 2020-01-01 00:00:00 UTC");
    story.sees("Bad: There is no point before that moment");
    story.sees("The oldest one that Azure lists was made later.");
    story.sees("- After it: 2025-11-24 23:02:34 UTC");
    story.does_not_see("- Before it: ");
    assert!(story.button("Choose a target").is_none());
    assert_eq!(story.address(), format!("#/demo/{asked}"), "it is still what was asked for");
    take(&mut story, 0);
    story.sees("(*) 2025-11-24 23:02:34 UTC");
    story.does_not_see("There is no point before that moment");
    assert_eq!(story.address(), format!("#/demo/{}", orders("1070eafdc6ebd115cafff9898523a23c@2025-11-24T23:02:34Z")));
    only_read(&story);
}

#[test]
fn a_point_that_is_gone_is_told_with_those_next_to_the_moment_that_the_link_says() {
    for (at, before, after) in [
        ("2026-11-05T00:00:00Z", Some("2026-11-02 23:03:54"), Some("2026-11-09 23:05:03")),
        ("2026-11-20T00:00:00Z", Some("2026-11-16 23:02:47"), None),
        ("2020-11-20T00:00:00Z", None, Some("2025-11-24 23:02:34")),
    ] {
        let asked = orders(&format!("{GONE}@{at}"));
        let mut story = demo(&asked);
        rests(&mut story);
        story.sees("This link asks for one point of psql-orders-prod");
        story.sees("Bad: This point no longer exists");
        story.sees("The points next to it:");
        for (words, neighbour) in [("- Before it: ", before), ("- After it: ", after)] {
            match neighbour {
                Some(made) => story.sees(&format!("{words}{made} UTC")),
                None => story.does_not_see(words),
            }
        }
        story.does_not_see("(*) ");
        assert!(story.button("Choose a target").is_none());
        assert_eq!(story.address(), format!("#/demo/{asked}"));
        take(&mut story, 0);
        story.sees(&format!("(*) {} UTC", before.or(after).unwrap()));
        only_read(&story);
    }
}

#[test]
fn a_point_that_is_gone_has_no_neighbours_where_the_link_says_no_time() {
    let mut story = demo(&orders(GONE));
    rests(&mut story);
    story.sees("This point no longer exists");
    story.does_not_see("The points next to it:");
    story.sees("51, newest first");
}

#[test]
fn a_point_that_is_listed_no_more_can_be_chosen_as_long_as_azure_knows_it() {
    // When it was made is Azure's to say, whatever the link claims.
    for which in [id(SECOND).to_string(), format!("{}@2020-01-01T00:00:00Z", id(SECOND))] {
        let mut story = Story::closed(&format!("#/demo/{}", orders(&which)));
        unlist(&mut story, id(SECOND));
        let mut story = open(story, Session::SignedOut);
        rests(&mut story);
        story.sees("Warn: Azure no longer lists this point");
        story.sees("It can still be read by its id");
        story.sees("2026-11-09 23:05:03 UTC (12 d 3 h ago)");
        story.sees("- Before it: 2026-11-02 23:03:54 UTC");
        story.sees("- After it: 2026-11-16 23:02:47 UTC");
        story.press("Choose a target");
        story.wait_for("File prefix: [");
    }
}

#[test]
fn whether_a_point_is_gone_cannot_be_told_where_it_may_not_be_read() {
    let forbidden = r#"{"error":{"code":"AuthorizationFailed","message":"No."}}"#;
    let mut story = Story::closed(&format!("#/demo/{}", orders(SECOND)));
    unlist(&mut story, id(SECOND));
    story.between =
        Box::new(move |_, request| request.url.path().ends_with(id(SECOND)).then(|| status(403, &[], forbidden)));
    let mut story = open(story, Session::SignedOut);
    rests(&mut story);
    story.sees("Warn: This point is not in the list, and cannot be read by its id");
    story.sees("AuthorizationFailed");
    story.does_not_see("This point no longer exists");
    story.sees("- Before it: 2026-11-02 23:03:54 UTC");
    assert!(story.button("Choose a target").is_none());
}

#[test]
fn a_point_that_cannot_be_read_for_a_while_is_read_once_that_is_over() {
    let mut story = Story::closed(&format!("#/demo/{}", orders(SECOND)));
    unlist(&mut story, id(SECOND));
    let over = Moment::parse("2026-11-22T02:13:00Z").unwrap();
    story.between = Box::new(move |now, request| {
        (now < over && request.url.path().ends_with(id(SECOND))).then(|| status(503, &[], ""))
    });
    let mut story = open(story, Session::SignedOut);
    story.wait_for("This point is not in the list, and cannot be read by its id");
    story.wait_for("Azure no longer lists this point");
    story.does_not_see("cannot be read by its id");
    rests(&mut story);
}

#[test]
fn what_azure_does_not_know_or_does_not_show_is_told_once_and_no_point_is_called_gone() {
    let forbidden = r#"{"error":{"code":"AuthorizationFailed","message":"No."}}"#;
    let tenant = r#"{"error":{"code":"InvalidAuthenticationTokenTenant","message":"The wrong issuer."}}"#;
    for (from, to, answer, title, said) in [
        (ORDERS, "psql-nobody", None, "Azure does not know this backup", "UserErrorGenericResourceNotFound"),
        ("prod-weu/", "prod-xyz/", None, "Azure does not know this backup", "ResourceNotFound"),
        ("rg-backup-prod", "rg-nowhere", None, "Azure does not know this backup", "ResourceGroupNotFound"),
        ("6f2d9a41", "00000000", None, "Your account does not see this subscription", "SubscriptionNotFound"),
        ("", "", Some((403, forbidden)), "You are not allowed to read this backup", "AuthorizationFailed"),
        ("", "", Some((401, tenant)), "This belongs to another tenant", "InvalidAuthenticationTokenTenant"),
    ] {
        for which in ["newest", "before:2026-11-10T00:00:00Z", THIRD] {
            let asked = format!("#/{}", orders(which).replace(from, to));
            let mut story = Story::closed(&asked);
            story.between = Box::new(move |_, _| answer.map(|(code, body)| status(code, &[], body)));
            let mut story = open(story, person());
            rests(&mut story);
            story.sees("This link asks for one point of psql-");
            story.sees(title);
            story.sees(said);
            assert_eq!(story.text().matches(title).count(), 1, "{}", story.text());
            story.does_not_see("This point no longer exists");
            story.does_not_see("There is no ");
            assert!(story.button("Choose a target").is_none());
            assert_eq!(story.address(), asked);
            let again = if title.contains("tenant") { "Sign in with another account" } else { "Try again" };
            assert!(story.button(again).is_some(), "{}", story.text());
        }
    }
}

#[test]
fn a_link_to_a_soft_deleted_backup_shows_the_point_and_lets_nobody_restore_it() {
    let mut story = demo(&format!("points?v=1&instance={SANDBOX}&point=newest"));
    rests(&mut story);
    story.sees("Its newest point: made 2026-11-06 02:05:39 UTC");
    story.sees("The backup is soft-deleted");
    for label in ["Choose a target", "Add to the plan"] {
        assert!(story.button(label).unwrap().disabled.is_some(), "{label}");
    }
}

#[test]
fn a_link_to_another_kind_of_backup_leads_to_the_vaults_servers() {
    let disk = "b81c4e7d-0a52-4d39-8e16-95f3c2a7d640/rg-platform-weu/bvault-platform-weu/disk-gitea-data";
    for which in ["newest", GONE] {
        let mut story = Story::closed("#/demo/find");
        let name = disk_instance(&mut story);
        let mut story = demo(&format!("points?v=1&instance={disk}&point={which}").replace("disk-gitea-data", &name));
        rests(&mut story);
        story.sees("This is not the backup of a flexible server");
        story.does_not_see("There is no ");
        assert!(story.button("Choose a target").is_none());
        story.press("Show the vault’s servers");
        story.wait_for("psql-grafana");
    }
}

/// The name of the disk's backup instance, as Azure lists it.
fn disk_instance(story: &mut Story) -> String {
    let list = "/subscriptions/b81c4e7d-0a52-4d39-8e16-95f3c2a7d640/resourceGroups/rg-platform-weu/providers/Microsoft.DataProtection/backupVaults/bvault-platform-weu/backupInstances";
    let names = listed(story, list, |_| true);
    names.into_iter().find(|name| name.starts_with("disk-")).unwrap()
}

/// The names of what Azure lists at a path, those that fit.
fn listed(story: &mut Story, path: &str, fits: fn(&Value) -> bool) -> Vec<String> {
    let url = format!("https://management.azure.com{path}?api-version=2024-04-01");
    let url = ArmUrl::admit("management.azure.com", &url, None).unwrap();
    let request = Request { method: Method::Get, url, headers: Vec::new(), body: None };
    let response = story.azure.answer(story.now, &request).outcome.unwrap();
    let list: Value = serde_json::from_str(&response.body).unwrap();
    let all = list["value"].as_array().unwrap().iter().filter(|item| fits(item));
    all.map(|item| item["name"].as_str().unwrap().to_string()).collect()
}

#[test]
fn a_server_without_points_has_none_whichever_is_asked_for() {
    for which in ["newest", "before:2026-11-10T00:00:00Z", GONE] {
        let asked = format!("points?v=1&instance={TEMPORAL}&point={which}");
        let mut story = demo(&asked);
        rests(&mut story);
        story.sees("This link asks for one point of psql-temporal");
        story.sees("No point yet");
        assert_eq!(story.text().contains("This point no longer exists"), which == GONE);
        assert!(story.button("Choose a target").is_none());
        assert_eq!(story.address(), format!("#/demo/{asked}"));
    }
}

#[test]
fn a_plan_of_several_servers_and_vaults_names_every_point_once_it_is_known() {
    let mut story = demo(&format!(
        "plan?v=1&points={VAULT}/{ORDERS}/newest,{},{PAYMENTS}/before:2026-11-10T00:00:00Z,{IDENTITY}/newest",
        id(THIRD)
    ));
    story.sees("This link asks for 4 points of 3 servers");
    rests(&mut story);
    story.sees("# Plan: 4 restores");
    story.sees("This link asks for 4 points of 3 servers");
    story.sees(STARTS_NOTHING);
    for line in [
        "## 1. psql-orders-prod\n  2026-11-16 23:02:47 UTC",
        "## 2. psql-orders-prod\n  2026-11-02 23:03:54 UTC",
        "## 3. psql-payments-prod\n  2026-11-03 01:05:33 UTC",
        "## 4. psql-identity-prod\n  2026-11-15 03:02:22 UTC",
    ] {
        story.sees(line);
    }
    let exact = format!(
        "#/demo/plan?v=1&points={VAULT}/{ORDERS}/{NEWEST},{},{PAYMENTS}/7954ce5a4274efefcce7e723b05887ec@2026-11-03T01:05:33Z,\
         {IDENTITY}/e543c7850e594bcce8189137e1c98160@2026-11-15T03:02:22Z",
        id(THIRD)
    );
    assert_eq!(story.address(), exact);
    // Nothing is in the plan that could be started.
    assert!(
        buttons(&story.screen()).iter().all(|button| !button.label.starts_with("Start") || button.disabled.is_some())
    );
}

#[test]
fn three_servers_of_a_plan_are_read_at_a_time() {
    let mut story = demo(&format!(
        "plan?v=1&points={VAULT}/{ORDERS}/newest,{PAYMENTS}/newest,{CATALOG}/newest,{IDENTITY}/newest,{WAREHOUSE}/newest"
    ));
    assert_eq!(story.count(Method::Get, "/recoveryPoints"), 3);
    story.sees("Waits for its turn Three servers are read at a time.");
    rests(&mut story);
    story.does_not_see("Waits for its turn");
    story.sees("## 5. psql-warehouse\n  2026-11-20 02:04:02 UTC");
}

#[test]
fn the_newest_and_its_id_are_one_point_of_a_plan() {
    let mut story =
        demo(&format!("plan?v=1&points={VAULT}/{ORDERS}/newest,{},before:2027-01-01T00:00:00Z", id(NEWEST)));
    rests(&mut story);
    story.sees("This link asks for 3 points of psql-orders-prod");
    story.sees("Some of them are the same point. It is listed once.");
    story.sees("# Plan: one restore");
    assert_eq!(story.address(), format!("#/demo/plan?v=1&points={VAULT}/{ORDERS}/{NEWEST}"));
}

#[test]
fn a_point_of_a_plan_that_is_gone_takes_none_of_the_others_away() {
    let mut story = demo(&format!(
        "plan?v=1&points={VAULT}/{ORDERS}/{GONE}@2026-11-05T00:00:00Z,{PAYMENTS}/newest,{CATALOG}/before:2020-01-01T00:00:00Z,psql-nobody/newest"
    ));
    rests(&mut story);
    story.sees("This link asks for 4 points of 4 servers");
    story.does_not_see("Some of them are the same point");
    story.sees("Bad: This point no longer exists");
    story.sees("- Before it: 2026-11-02 23:03:54 UTC");
    story.sees("## 2. psql-payments-prod\n  2026-11-17 01:04:24 UTC");
    story.sees("Bad: There is no point before that moment");
    story.sees("Azure does not know this backup");
    take(&mut story, 0);
    rests(&mut story);
    story.does_not_see("This point no longer exists");
    story.sees("## 1. psql-orders-prod\n  2026-11-02 23:03:54 UTC");
    assert!(
        story.address().starts_with(&format!("#/demo/plan?v=1&points={VAULT}/{ORDERS}/{THIRD},{PAYMENTS}/4a0f9082"))
    );
}

#[test]
fn a_link_to_the_target_of_a_plan_says_nothing_of_a_target() {
    let mut story = demo(&format!("plan-target?v=1&points={VAULT}/{ORDERS}/newest,{PAYMENTS}/newest"));
    rests(&mut story);
    story.sees("Where do the files of all restores go?");
    assert!(story.address().contains(&format!("{ORDERS}/{NEWEST},{PAYMENTS}/4a0f9082")), "{}", story.address());
}

/// The address of a restore's job, and the Azure that runs it.
fn job() -> Story {
    let mut story = Story::demo(PRODUCTION);
    started(&mut story);
    story
}

/// A colleague opens the address that somebody has, in the same Azure.
fn colleague(story: &mut Story) -> Story {
    let mut other = Story::closed(story.address());
    (other.azure, other.now) = (std::mem::take(&mut story.azure), story.now);
    open(other, Session::SignedOut)
}

const JOB: &str = "Plain: This link leads to a restore job\n  It is read from Azure as it is now. Opening a link starts nothing and stops nothing.";

#[test]
fn a_link_to_a_job_follows_it_to_its_end() {
    let mut first = job();
    let mut story = colleague(&mut first);
    story.wait_for("Azure Backup is writing the files");
    story.sees(JOB);
    story.wait_for("The files of psql-orders-prod are in the container");
    story.sees(JOB);
    only_read(&story);
    first.azure = std::mem::take(&mut story.azure);
    first.now = story.now;
    // And once more, now that it is over.
    let mut story = colleague(&mut first);
    story.wait_for("The files of psql-orders-prod are in the container");
    story.sees(JOB);
    rests(&mut story);
    assert!(story.is_at_rest(), "a job that is over is asked for no more");
}

#[test]
fn a_link_to_a_job_that_failed_says_why() {
    let mut first = super::drills::opened("psql-job-fails");
    super::drills::review(&mut first);
    first.check();
    first.press("Start restore");
    first.wait_for("The restore of psql-job-fails failed");
    let mut story = colleague(&mut first);
    story.wait_for("The restore of psql-job-fails failed");
    story.sees(JOB);
    story.sees("InternalServerError");
    rests(&mut story);
}

#[test]
fn a_link_to_a_job_that_is_gone_or_may_not_be_read_says_so() {
    let gone = format!("job?v=1&job={VAULT}/0f0f0f0f-1111-4222-8333-444444444444");
    let mut story = demo(&gone);
    rests(&mut story);
    story.sees(JOB);
    story.sees("Azure no longer knows this job");
    story.sees("Files that it wrote stay where they are.");
    story.does_not_see("Reading the job");
    let mut first = job();
    let mut other = Story::closed(first.address());
    (other.azure, other.now) = (std::mem::take(&mut first.azure), first.now);
    other.between = Box::new(|_, request| {
        let job = request.url.path().contains("/backupJobs/");
        job.then(|| status(403, &[], r#"{"error":{"code":"AuthorizationFailed","message":"No."}}"#))
    });
    let mut story = open(other, Session::SignedOut);
    rests(&mut story);
    story.sees(JOB);
    story.sees("AuthorizationFailed");
}

#[test]
fn a_link_to_a_job_that_is_no_restore_follows_nothing() {
    let mut story = Story::closed("#/demo/find");
    let vault = "/subscriptions/6f2d9a41-5c0e-4b7a-9f63-2d1e8c7b4a05/resourceGroups/rg-backup-prod/providers/Microsoft.DataProtection/backupVaults/bvault-prod-weu";
    let backups =
        listed(&mut story, &format!("{vault}/backupJobs"), |job| job["properties"]["operationCategory"] == "Backup");
    let mut story = demo(&format!("job?v=1&job={VAULT}/{}", backups[0]));
    story.wait_for("This job is not a restore: Backup");
    story.sees(JOB);
    story.sees("The portal shows jobs of other kinds.");
    rests(&mut story);
}

#[test]
fn a_page_that_is_loaded_again_or_come_back_to_was_not_opened_by_a_link() {
    for link in [orders("newest"), format!("plan?v=1&points={VAULT}/{ORDERS}/newest")] {
        let mut story = demo(&link);
        rests(&mut story);
        story.sees("This link asks for one point");
        story.reload();
        story.wait(60);
        story.does_not_see("This link asks for");
    }
}

#[test]
fn a_link_to_the_target_or_the_review_of_a_point_is_only_read() {
    for (page, shown) in [("target", "Where should the files go?"), ("review", "A link carries no target")] {
        let link = format!("{page}?v=1&instance={VAULT}/{ORDERS}&point={}", id(SECOND));
        let mut story = demo(&link);
        rests(&mut story);
        story.sees("This link asks for one point of psql-orders-prod");
        story.sees(shown);
        assert_eq!(story.address(), format!("#/demo/{link}"));
    }
}

#[test]
fn a_link_to_a_restore_looks_for_its_job_and_starts_none() {
    let link = format!("restore?v=1&instance={VAULT}/{ORDERS}&point={}&prefix=orders-prod-20261109-k3x9zz", id(SECOND));
    let mut story = demo(&link);
    story.wait_for("No job was found for this restore");
    story.does_not_see("This link asks for");
    only_read(&story);
}

#[test]
fn somebody_who_is_not_signed_in_is_told_what_a_link_asks_for_and_azure_is_asked_nothing() {
    let vault =
        "Vault: bvault-prod-weu\nResource group: rg-backup-prod\nSubscription: 6f2d9a41-5c0e-4b7a-9f63-2d1e8c7b4a05\n";
    let none = "Target: None: a link carries no target; you choose it\n";
    for (link, told, after) in [
        (
            orders("newest"),
            format!("Backup instance: {ORDERS}\nPoint: Its newest point\n{vault}{none}"),
            ": made 2026-11-16 23:02:47 UTC",
        ),
        (
            orders(THIRD),
            format!("Backup instance: {ORDERS}\nPoint: {} / made 2026-11-02 23:03:54 UTC", id(THIRD)),
            "(*) 2026-11-02 23:03:54 UTC",
        ),
        (
            format!("plan?v=1&points={VAULT}/{ORDERS}/newest,{PAYMENTS}/{GONE},{IDENTITY}/before:2026-11-10T00:00:00Z"),
            format!(
                "Backup instance: {ORDERS}\nPoint: Its newest point\nBackup instance: {PAYMENTS}\nPoint: {GONE}\n{vault}\
                 Backup instance: {}\nPoint: Its last point before 2026-11-10 00:00:00 UTC",
                IDENTITY.rsplit('/').next().unwrap()
            ),
            "# Plan: 3 restores",
        ),
        (
            format!("plan-target?v=1&points={VAULT}/{ORDERS}/newest"),
            format!("Backup instance: {ORDERS}\nPoint: Its newest point\n{vault}{none}"),
            "Where do the files of all restores go?",
        ),
        (
            format!("target?v=1&instance={VAULT}/{ORDERS}&point={}", id(THIRD)),
            format!("Backup instance: {ORDERS}\nPoint: {}\n{vault}{none}", id(THIRD)),
            "Where should the files go?",
        ),
        (
            format!("job?v=1&job={VAULT}/0f0f0f0f-1111-4222-8333-444444444444"),
            format!("Job: 0f0f0f0f-1111-4222-8333-444444444444\n{vault}"),
            "Azure no longer knows this job",
        ),
    ] {
        let address = format!("#/{link}");
        let mut story = open(Story::closed(&address), Session::SignedOut);
        story.wait(3600);
        story.sees("# Sign in to open this link");
        story.sees(&told);
        story.sees("Nobody has checked who made it");
        assert_eq!(story.sent.len(), 0, "nothing is asked");
        assert_eq!(story.address(), address, "what it asks for is not lost");
        assert!(story.button("Do not open it").is_some());
        story.press("Sign in with Microsoft");
        assert!(story.left);
        // The browser comes back to the same address.
        let mut story = {
            story.opened = true;
            story.start(person());
            story
        };
        rests(&mut story);
        story.sees(after);
    }
}

#[test]
fn who_does_not_want_to_open_a_link_leaves_nothing_behind() {
    let mut story = open(Story::closed(&format!("#/{}", orders("newest"))), Session::SignedOut);
    story.press("Do not open it");
    assert_eq!(story.address(), "#/");
    story.wait(60);
    assert!(story.sent.is_empty() && story.journal.is_empty() && story.draft.is_none());
}

#[test]
fn a_link_that_is_opened_where_the_host_is_not_set_up_asks_nothing() {
    let mut story = Story::closed(&format!("#/plan?v=1&points={VAULT}/{ORDERS}/newest"));
    story.config = CONFIG.replace("tenant", "tennant");
    let story = open(story, Session::SignedOut);
    story.sees("tennant is not a known key");
    assert!(story.sent.is_empty());
    assert!(story.address().ends_with("/newest"), "{}", story.address());
}

#[test]
fn a_broken_or_hostile_link_is_a_clear_page_and_asks_nothing() {
    let many: Vec<String> = (1..=21).map(|number| format!("p{number}")).collect();
    for (link, told) in [
        (orders("before:2026-11-10T00:00:00"), "such as before:2026-11-20T03:10:00Z"),
        (orders("before:yesterday"), "The recovery point in it is not well formed"),
        (orders("newest,"), "The recovery point in it is not well formed"),
        (orders("<script>alert(1)</script>"), "The recovery point in it is not well formed"),
        (orders("newest&point=oldest"), "It says “point” twice."),
        (format!("target?v=1&instance={VAULT}/{ORDERS}&point=newest"), "The recovery point in it is not well formed"),
        (format!("review?v=1&instance={VAULT}/{ORDERS}&point=newest"), "The recovery point in it is not well formed"),
        ("plan?v=1&points=".into(), "in it is not well formed"),
        ("plan?v=1&points=psql-orders-prod/newest".into(), "in it is not well formed"),
        (format!("plan?v=1&points={VAULT}/{ORDERS}/newest,../../evil/newest"), "in it is not well formed"),
        (format!("plan?v=1&points={VAULT}/{ORDERS}/newest,$(reboot)"), "in it is not well formed"),
        (format!("plan?v=1&points=https://evil.example/{VAULT}/{ORDERS}/newest"), "in it is not well formed"),
        (format!("plan?v=1&points={VAULT}/{ORDERS}/{}", many.join(",")), "It names more than 20 points."),
        (format!("plan?v=2&points={VAULT}/{ORDERS}/newest"), "newer version"),
        (format!("plan?v=1&points={VAULT}/{ORDERS}/{}", "p,".repeat(20_000)), "longer than any link"),
        (format!("plan?v=1&points={VAULT}/%zz"), "It is damaged"),
    ] {
        for session in [person(), Session::SignedOut] {
            let mut story = open(Story::closed(&format!("#/{link}")), session);
            story.wait(60);
            story.sees("# This link is not valid");
            story.sees(told);
            story.sees("Nothing was asked of Azure");
            for hostile in ["evil", "script", "reboot", "oldest"] {
                story.does_not_see(hostile);
            }
            assert!(story.sent.is_empty() && story.journal.is_empty() && story.draft.is_none());
            assert!(story.button("Find a server").is_some());
        }
    }
}

#[test]
fn a_link_cannot_bring_a_target_a_tenant_or_a_token_along() {
    let more = "&target=https://evil.example/c&container=evil&tenant=evil&clientId=evil&token=evil&start=1&prefix=evil";
    for link in [orders("newest"), format!("plan?v=1&points={VAULT}/{ORDERS}/newest")] {
        let mut story = demo(&format!("{link}{more}"));
        rests(&mut story);
        story.does_not_see("evil");
        assert!(!story.address().contains("evil"), "{}", story.address());
    }
}

#[test]
fn the_next_link_in_the_same_tab_is_a_page_of_its_own_and_says_nothing_of_the_first() {
    let mut story = demo(&orders("newest"));
    rests(&mut story);
    story.go(&format!("#/demo/points?v=1&instance={VAULT}/{PAYMENTS}&point=newest"));
    story.wait(60);
    story.does_not_see("This link asks for one point of psql-orders-prod");
    story.sees("(*) 2026-11-17 01:04:24 UTC");
    story.tell(Event::AddressChanged(format!("#/demo/{}", orders(NEWEST))));
    story.does_not_see("This link asks for one point of psql-payments-prod");
}

#[test]
fn who_comes_back_from_a_sign_in_to_what_was_prepared_is_told_of_no_link() {
    let mut story = super::journey::ready();
    story.opened = true;
    story.reload();
    story.wait(60);
    story.sees("Check, then start");
    story.does_not_see("This link asks for");
}
