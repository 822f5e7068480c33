//! Links, reloads, signing in: the page is opened in many ways, and nothing is lost on any of them.

use super::journey::{DRILLS, PRODUCTION, name_target, started, to_review};
use super::story::{CONFIG, Story, person};
use pgflex_restore::app::{Event, Field, Session};
use pgflex_restore::azure::http::{Method, Response};

const ORDERS: &str = "6f2d9a41-5c0e-4b7a-9f63-2d1e8c7b4a05/rg-backup-prod/bvault-prod-weu/psql-orders-prod-psql-orders-prod-3f0b61d4-9c2a-11ef-8a5e-00155d3c7b19";

/// The address of the newest point but one, as the page itself writes it.
fn shared_link() -> String {
    let mut story = Story::signed_in(&format!("#/points?v=1&instance={ORDERS}"));
    story.wait_for("latest");
    story.choose(1);
    story.address().to_string()
}

#[test]
fn a_shared_link_opened_signed_out_asks_nothing_of_azure_and_goes_on_after_signing_in() {
    let link = shared_link();
    let mut story = Story::open(&link, Session::SignedOut);
    story.sees("Sign in to open this link");
    story.sees("psql-orders-prod");
    assert_eq!(story.sent.len(), 0);
    story.press("Sign in with Microsoft");
    assert!(story.left);
    // The browser comes back to the same address.
    story.start(person());
    story.wait_for("Chosen point");
    story.wait_for("(*) ");
    assert!(story.sent.iter().all(|request| request.method == Method::Get), "opening a link writes nothing");
    assert_eq!(story.address(), link);
}

#[test]
fn the_draft_survives_a_reload_and_a_sign_in() {
    let mut story = Story::signed_in(&shared_link());
    story.wait_for("Choose a target");
    story.press("Choose a target");
    story.wait_for("File prefix: [");
    story.type_into(Field::Container, DRILLS);
    story.type_into(Field::Prefix, "drill-7");
    let ending = story.model.drafts.last().unwrap().ending.clone();
    story.reload();
    story.wait_for("File prefix: [");
    story.sees(DRILLS);
    story.sees(&format!("drill-7{ending}"));
    story.start(Session::SignedOut);
    story.press("Sign in with Microsoft");
    story.start(person());
    story.wait_for("File prefix: [");
    story.sees(&format!("drill-7{ending}"));
}

#[test]
fn a_signature_or_a_key_that_was_typed_is_not_kept() {
    let mut story = Story::signed_in(&shared_link());
    story.wait_for("Choose a target");
    story.press("Choose a target");
    story.wait_for("File prefix: [");
    let secret = "c2VjcmV0";
    for (typed, kept) in [
        (format!("{DRILLS}?sv=2024-11-04&sp=rcw&sig={secret}"), DRILLS),
        (format!("{DRILLS}?SIG={secret}&sv=2024-11-04"), DRILLS),
        (format!("AccountName=stdemoweu;AccountKey={secret}"), "AccountName=stdemoweu"),
        (format!("sig={secret}"), ""),
    ] {
        story.type_into(Field::Container, &typed);
        assert!(!story.draft.clone().unwrap().contains(secret), "{typed} is kept");
        story.reload();
        story.wait_for("File prefix: [");
        assert_eq!(story.model.drafts.last().unwrap().container, kept);
    }
}

#[test]
fn a_review_of_a_target_that_is_not_right_says_what_is_wrong_with_it() {
    let mut story = Story::demo(PRODUCTION);
    to_review(&mut story, "psql-orders-prod", DRILLS);
    let review = story.address().to_string();
    story.back();
    story.type_into(Field::Prefix, "orders prod");
    story.type_into(Field::Container, "https://stordersrestoreweu.blob.core.windows.net/");
    story.go(&review);
    story.sees("Two things to put right");
    story.sees("Only letters, digits and dashes are possible");
    story.sees("This names a storage account");
    story.does_not_see("A link carries no target");
    story.press("Choose a target");
    story.type_into(Field::Prefix, "orders-prod");
    story.type_into(Field::Container, DRILLS);
    story.press("Review");
    story.sees("Check, then start");
}

#[test]
fn a_review_of_a_backup_that_may_not_be_read_says_that_and_asks_for_no_target() {
    let mut story = Story::demo(PRODUCTION);
    to_review(&mut story, "psql-orders-prod", DRILLS);
    let forbidden = r#"{"error":{"code":"AuthorizationFailed","message":"No."}}"#;
    story.between = Box::new(move |_, request| {
        let path = request.url.path();
        let instance = path.split_once("/backupInstances/").is_some_and(|(_, name)| !name.contains('/'));
        instance.then(|| Ok(Response { status: 403, headers: Vec::new(), body: forbidden.into() }))
    });
    story.reload();
    story.wait_for("You are not allowed to read this backup");
    story.wait(60);
    story.does_not_see("A link carries no target");
    story.does_not_see("to put right");
}

#[test]
fn a_reload_while_the_job_runs_goes_on_with_the_job_and_sends_nothing_again() {
    let mut story = Story::demo(PRODUCTION);
    started(&mut story);
    story.reload();
    story.wait_for("Azure Backup is writing the files");
    story.wait_for("The files of psql-orders-prod are in the container");
    assert_eq!(story.count(Method::Post, "/restore"), 1);
}

#[test]
fn a_reload_right_after_the_start_finds_the_job_by_its_prefix() {
    let mut story = Story::demo(PRODUCTION);
    to_review(&mut story, "psql-orders-prod", DRILLS);
    story.check();
    story.press("Start restore");
    story.wait_for("The request is on its way");
    assert!(story.address().starts_with("#/demo/restore"));
    story.reload();
    story.wait_for("We do not know whether Azure heard us");
    story.wait_for("Azure Backup is writing the files");
    assert_eq!(story.count(Method::Post, "/restore"), 1);
}

#[test]
fn a_reload_while_azure_checks_leaves_the_review_ready_for_another_check() {
    let mut story = Story::demo(PRODUCTION);
    to_review(&mut story, "psql-orders-prod", DRILLS);
    story.press("Check with Azure");
    story.reload();
    story.wait_for("Check, then start");
    story.sees(DRILLS);
    assert!(story.button("Start restore").unwrap().disabled.is_some());
    assert_eq!(story.count(Method::Post, "/restore"), 0);
}

#[test]
fn a_job_can_be_opened_by_its_link_alone() {
    let mut story = Story::demo(PRODUCTION);
    started(&mut story);
    let link = story.address().to_string();
    let mut colleague = Story::closed(&link);
    colleague.azure = std::mem::take(&mut story.azure);
    colleague.now = story.now;
    colleague.start(Session::SignedOut);
    colleague.wait_for("The files of psql-orders-prod are in the container");
    assert!(colleague.sent.iter().all(|request| request.method == Method::Get));
}

#[test]
fn a_restore_started_here_is_found_under_activity() {
    let mut story = Story::demo(PRODUCTION);
    started(&mut story);
    story.go("#/demo/find");
    story.go("#/demo/activity");
    story.sees("psql-orders-prod");
    story.follow("psql-orders-prod");
    story.wait_for("The files of psql-orders-prod are in the container");
}

#[test]
fn what_one_tenant_started_is_not_shown_to_another() {
    let mut story = Story::signed_in(&shared_link());
    story.wait_for("Choose a target");
    story.press("Choose a target");
    story.wait_for("File prefix: [");
    name_target(&mut story, DRILLS);
    story.check();
    story.press("Start restore");
    story.wait_for("The request is on its way");
    story.go("#/activity");
    story.sees("psql-orders-prod");
    let Session::SignedIn(mut other) = person() else { panic!("nobody") };
    other.tenant = "99999999-16b2-4f58-9f0a-b7d1e9c2a840".into();
    story.start(Session::SignedIn(other));
    story.sees("Nothing was started in this browser");
}

#[test]
fn a_broken_link_says_what_is_wrong_and_asks_nothing() {
    for (link, told) in [
        ("#/points?v=1", "does not say which backup instance"),
        ("#/points?v=2&instance=x", "newer version"),
        ("#/points?v=1&instance=a/b", "backup instance in it is not well formed"),
        ("#/nowhere", "a page that this program does not have"),
        ("#/job?v=1&job=x&job=y", "says “job” twice"),
    ] {
        let story = Story::signed_in(link);
        story.sees("This link is not valid");
        story.sees(told);
        assert_eq!(story.sent.len(), 0);
    }
}

#[test]
fn a_point_that_is_gone_is_told_with_the_way_to_those_that_are_there() {
    let mut story = Story::signed_in(&format!("#/review?v=1&instance={ORDERS}&point=0123456789abcdef0123456789abcdef"));
    story.wait_for("This point no longer exists");
    story.press("Show the points that are there");
    story.wait_for("latest");
}

#[test]
fn back_leads_through_the_pages_but_not_through_every_choice() {
    let mut story = Story::demo(PRODUCTION);
    story.wait_for("psql-orders-prod");
    story.follow("psql-orders-prod");
    story.wait_for("latest");
    story.choose(2);
    story.choose(3);
    story.press("Choose a target");
    story.wait_for("File prefix: [");
    story.back();
    story.wait_for("Chosen point");
    story.back();
    story.sees("Servers in bvault-prod-weu");
}

#[test]
fn an_edit_after_the_check_makes_it_void() {
    let mut story = Story::demo(PRODUCTION);
    to_review(&mut story, "psql-orders-prod", DRILLS);
    story.check();
    story.back();
    story.type_into(Field::Container, &DRILLS.replace("pg-restore-drills", "pg-incident-files"));
    story.press("Review");
    story.wait_for("Check, then start");
    assert!(story.button("Start restore").unwrap().disabled.is_some(), "the check was of another target");
    story.does_not_see("Azure would accept it");
}

#[test]
fn a_lapsed_sign_in_keeps_what_was_seen_and_goes_on_after_signing_in() {
    let mut story = Story::signed_in(&shared_link());
    story.wait_for("Choose a target");
    story.press("Choose a target");
    story.wait_for("File prefix: [");
    name_target(&mut story, DRILLS);
    story.check();
    story.press("Start restore");
    story.wait_for("Azure Backup is writing the files");
    story.between =
        Box::new(|_, _| Some(Err(pgflex_restore::azure::http::Unreachable::SignedOut("AADSTS53003".into()))));
    story.wait_for("Your sign-in has ended");
    story.sees("A rule of your organisation blocks this sign-in");
    story.sees("AADSTS53003");
    story.sees("Azure Backup is writing the files");
    story.wait(3600);
    story.between = Box::new(|_, _| None);
    story.press("Sign in again");
    story.tell(Event::SessionChanged(person()));
    story.wait_for("The files of psql-orders-prod are in the container");
}

#[test]
fn a_failed_sign_in_is_told_by_its_code_and_does_not_loop() {
    for (code, told) in [
        ("AADSTS50011", "This address is not registered for the app"),
        ("AADSTS700016", "The app is not known in this tenant"),
        ("AADSTS9002326", "The redirect URI is registered for another kind of app"),
        ("AADSTS65001", "Nobody has consented to the app yet"),
        ("AADSTS50105", "You are not assigned to the app"),
        ("AADSTS53003", "A rule of your organisation blocks this sign-in"),
        ("AADSTS65004", "You did not consent"),
        ("AADSTS700082", "Your sign-in has lapsed"),
        ("msal_not_loaded", "The sign-in library could not be loaded"),
        ("state_mismatch", "does not belong to this page"),
        ("AADSTS99999", "Signing in did not work"),
    ] {
        let story = Story::open("#/", Session::Failed { code: code.into(), message: String::new() });
        story.sees(told);
        story.sees(code);
        // Whoever is to register an address is given it.
        let address = ["AADSTS50011", "AADSTS9002326"].contains(&code);
        assert_eq!(story.text().contains("https://restore.contoso.com/"), address, "{code}");
        assert!(!story.left, "nobody is sent to sign in without a word");
    }
}

#[test]
fn a_host_that_is_not_set_up_says_which_line_and_how_to_mend_it() {
    let mut story = Story::closed("#/");
    story.config =
        "{\n  \"clientId\": \"1b4e28ba-2fa1-4d3b-9f04-0c8a5b1d2e3f\",\n  \"tennant\": \"contoso.com\"\n}".into();
    story.start(Session::SignedOut);
    story.press("What is wrong with config.json");
    story.sees("Line 3 tennant is not a known key.");
    story.sees("tenant is missing.");
    story.press("Try it with a simulated Azure");
    assert_eq!(story.address(), "#/demo/find");
}

#[test]
fn a_pasted_id_or_portal_address_leads_straight_there() {
    let instance = "/subscriptions/6f2d9a41-5c0e-4b7a-9f63-2d1e8c7b4a05/resourceGroups/rg-backup-prod/providers/Microsoft.DataProtection/backupVaults/bvault-prod-weu/backupInstances/psql-orders-prod-psql-orders-prod-3f0b61d4-9c2a-11ef-8a5e-00155d3c7b19";
    let server = "/subscriptions/6f2d9a41-5c0e-4b7a-9f63-2d1e8c7b4a05/resourceGroups/rg-orders-prod/providers/Microsoft.DBforPostgreSQL/flexibleServers/psql-orders-prod";
    for pasted in [
        instance.to_string(),
        instance.to_uppercase().replace("/SUBSCRIPTIONS", "/subscriptions"),
        format!("https://portal.azure.com/#@contoso.com/resource{instance}/overview"),
        format!("https://portal.azure.com/#view/X/id/{}", instance.replace('/', "%2F")),
        server.to_string(),
        format!("  https://portal.azure.com/#@contoso.com/resource{server}/overview \n"),
    ] {
        let mut story = Story::demo("#/demo/find");
        story.type_into(Field::Search, &pasted);
        story.press("Open");
        story.wait_for("latest");
        assert!(story.address().starts_with("#/demo/points"), "{pasted}");
    }
    // The first api-version cannot be asked by a server's id; the page can.
    let mut story = Story::closed("#/find");
    story.config = CONFIG.replace('}', r#","apiVersion":"2021-07-01"}"#);
    story.start(person());
    story.type_into(Field::Search, server);
    story.press("Open");
    story.wait_for("latest");
    let mut story = Story::demo("#/demo/find");
    story.type_into(Field::Search, "https://portal.azure.com/#home");
    story.press("Open");
    story.sees("There is no resource id in this");
    story.sees("https://portal.azure.com/#home");
}

#[test]
fn a_server_that_is_found_late_pulls_nobody_from_where_they_have_gone() {
    let mut story = Story::demo("#/demo/find");
    let server = "/subscriptions/6f2d9a41-5c0e-4b7a-9f63-2d1e8c7b4a05/resourceGroups/rg-orders-prod/providers/Microsoft.DBforPostgreSQL/flexibleServers/psql-orders-prod";
    story.type_into(Field::Search, server);
    story.press("Open");
    story.go("#/demo/activity");
    story.wait(60);
    assert_eq!(story.address(), "#/demo/activity");
    story.back();
    story.wait(60);
    assert_eq!(story.address(), "#/demo/find", "nor from where they have come back to");
    assert!(story.is_at_rest(), "a timer is left");
}

#[test]
fn every_page_of_points_comes_and_none_twice() {
    let mut story =
        Story::demo("#/demo/find?v=1&vault=2ae9750c-71b3-4f08-a6d4-c3905be81f27/rg-analytics-weu/bvault-analytics-weu");
    story.wait_for("psql-warehouse");
    story.follow("psql-warehouse");
    story.wait_for("240, newest first");
    assert_eq!(story.count(Method::Get, "/recoveryPoints"), 3);
    let rows = story.screen().page.points.unwrap().rows();
    assert!(rows.windows(2).all(|pair| pair[0].made > pair[1].made));
}

#[test]
fn points_that_come_in_no_order_and_twice_are_shown_newest_first_and_once() {
    let mut story = Story::closed(&format!("#/points?v=1&instance={ORDERS}"));
    let point = |name: &str, made: &str| {
        format!(r#"{{"name":"{name}","properties":{{"recoveryPointId":"{name}","recoveryPointTime":"{made}"}}}}"#)
    };
    let points = [
        point("b", "2026-11-09T23:05:03Z"),
        point("c", "2026-11-02T23:05:03Z"),
        point("a", "2026-11-16T23:05:03Z"),
        point("b", "2026-11-09T23:05:03Z"),
        point("d", "2026-11-02T23:05:03Z"),
    ];
    let body = format!(r#"{{"value":[{}]}}"#, points.join(","));
    story.between = Box::new(move |_, request| {
        let list = request.url.path().ends_with("/recoveryPoints");
        list.then(|| Ok(Response { status: 200, headers: Vec::new(), body: body.clone() }))
    });
    story.start(person());
    story.wait_for("4, newest first");
    let rows = story.screen().page.points.unwrap().rows();
    let names: Vec<_> = rows.iter().map(|row| row.name.as_str()).collect();
    assert_eq!(names, ["a", "b", "c", "d"]);
}
