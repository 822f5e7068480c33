//! Journeys on which Azure says no, or nothing at all.

use super::journey::{DRILLS, PRODUCTION, started, to_review};
use super::story::Story;
use pgflex_restore::app::Field;
use pgflex_restore::azure::http::{Method, Request, Response, Unreachable};
use pgflex_restore::azure::id::SubscriptionId;

const DEMO_VAULT: &str = "#/demo/find?v=1&vault=94b7d3e0-58c6-4a1f-8f29-0e6d71c3a5b8/rg-demo/bvault-demo-weu";
const DEMO_ACCOUNT: &str = "https://stdemoweu.blob.core.windows.net";

/// A restore of the drill vault's server into a container of the drill account, reviewed.
fn reviewed(container: &str) -> Story {
    let mut story = Story::demo(DEMO_VAULT);
    to_review(&mut story, "psql-orders-demo", &format!("{DEMO_ACCOUNT}/{container}"));
    story
}

/// Answers in Azure's place when a request of this kind comes, so many times.
pub fn instead(
    story: &mut Story,
    method: Method,
    ending: &'static str,
    times: usize,
    answer: Result<Response, Unreachable>,
) {
    let mut left = times;
    story.between = Box::new(move |_, request: &Request| {
        let fits = request.method == method && request.url.path().ends_with(ending) && left > 0;
        left -= usize::from(fits);
        fits.then(|| answer.clone())
    });
}

pub fn status(status: u16, headers: &[(&str, &str)], body: &str) -> Result<Response, Unreachable> {
    let headers = headers.iter().map(|(name, value)| (name.to_string(), value.to_string())).collect();
    Ok(Response { status, headers, body: body.into() })
}

#[test]
fn a_missing_role_is_told_with_who_needs_what_where() {
    let mut story = reviewed("no-role");
    story.press("Check with Azure");
    story.wait_for("Azure would refuse it");
    story.sees("The vault lacks a permission");
    story.sees("Storage Blob Data Contributor");
    story.sees("Who: ");
    story.sees("Needs: Storage Blob Data Contributor");
    story.sees("Where: The container no-role in stdemoweu");
    // Azure's own sentence says the action.
    story.sees("Microsoft.Storage/storageAccounts/blobServices/containers/write");
    story.sees("UserErrorMissingRequiredPermissions");
    assert!(story.button("Start restore").unwrap().disabled.is_some());
    assert_eq!(story.count(Method::Post, "/restore"), 0);
    story.press("Check with Azure");
    story.wait_for("Azure is checking");
}

#[test]
fn a_container_that_is_not_there_is_refused_before_anything_starts() {
    let mut story = reviewed("not-there");
    story.press("Check with Azure");
    story.wait_for("Azure would refuse it");
    story.sees("Azure Backup cannot reach the container");
    assert_eq!(story.count(Method::Post, "/restore"), 0);
}

#[test]
fn a_job_that_fails_tells_its_deepest_cause_and_can_be_tried_again_under_a_new_prefix() {
    let mut story = reviewed("job-fails");
    story.check();
    story.press("Start restore");
    story.wait_for("The restore of psql-orders-demo failed");
    story.sees("[Bad] The cause");
    story.sees("UserErrorContainerNotAccessible");
    let first = prefix(&story);
    story.press("Restore again with a new prefix");
    story.wait_for("Check, then start");
    let second = story.text();
    assert!(!second.contains(&first), "the new try has the old prefix {first}:\n{second}");
    story.sees(&format!("{DEMO_ACCOUNT}/job-fails"));
    assert_eq!(story.count(Method::Post, "/restore"), 1);
}

/// The prefix of the first restore request that was sent.
pub fn prefix(story: &Story) -> String {
    let body = story.sent.iter().find(|r| r.url.path().ends_with("/restore")).and_then(|r| r.body.clone()).unwrap();
    let body: serde_json::Value = serde_json::from_str(&body).unwrap();
    body["restoreTargetInfo"]["targetDetails"]["filePrefix"].as_str().unwrap().to_string()
}

#[test]
fn no_answer_to_the_start_is_never_sent_again_and_the_job_is_found_by_its_prefix() {
    let mut story = Story::demo(PRODUCTION);
    to_review(&mut story, "psql-orders-prod", DRILLS);
    story.check();
    // Azure hears the request; its answer is lost.
    let mut azure = std::mem::take(&mut story.azure);
    story.between = Box::new(move |now, request| {
        let lost = request.method == Method::Post && request.url.path().ends_with("/restore");
        let reply = azure.answer(now, request);
        Some(if lost { Err(Unreachable::NoAnswer) } else { reply.outcome })
    });
    story.press("Start restore");
    story.wait_for("We do not know whether Azure heard us");
    story.wait_for("Azure Backup is writing the files");
    assert_eq!(story.count(Method::Post, "/restore"), 1);
    assert!(story.journal.values().any(|row| row.contains("/backupJobs/")), "the journal knows the job");
    assert!(story.address().starts_with("#/demo/job"));
}

#[test]
fn a_request_that_never_arrived_is_started_again_only_by_a_person_and_keeps_its_prefix() {
    let mut story = Story::demo(PRODUCTION);
    to_review(&mut story, "psql-orders-prod", DRILLS);
    story.check();
    instead(&mut story, Method::Post, "/restore", 1, Err(Unreachable::NoAnswer));
    story.press("Start restore");
    story.wait_for("No job was found for this restore");
    story.wait(7200);
    assert_eq!(story.count(Method::Post, "/restore"), 1, "nothing is sent without a word");
    story.press("Start it again, with the same prefix");
    story.wait_for("The files of psql-orders-prod are in the container");
    let bodies: Vec<_> = story.sent.iter().filter(|r| r.url.path().ends_with("/restore")).map(|r| &r.body).collect();
    assert_eq!(bodies.len(), 2);
    assert_eq!(bodies[0], bodies[1]);
}

#[test]
fn a_refused_start_says_that_nothing_was_started() {
    let mut story = reviewed("restore-refused");
    story.check();
    story.press("Start restore");
    story.wait_for("Nothing was started.");
    story.press("Review again");
    story.wait_for("Check, then start");
    assert_eq!(story.count(Method::Post, "/restore"), 1);
    story.go("#/demo/activity");
    story.sees("(Bad) Not started");
}

#[test]
fn hidden_headers_leave_the_check_unseen_and_the_restore_is_found_all_the_same() {
    let mut story = reviewed("hidden-headers");
    story.press("Check with Azure");
    story.wait_for("The result of the check cannot be seen");
    story.press("Start restore");
    story.wait_for("The files of psql-orders-demo are in the container");
    assert_eq!(story.count(Method::Post, "/restore"), 1);
}

#[test]
fn throttling_is_waited_out_with_what_is_there_kept_on_screen() {
    let mut story = Story::demo(PRODUCTION);
    started(&mut story);
    let slow = status(429, &[("Retry-After", "25")], r#"{"error":{"code":"TooManyRequests","message":"Slow down."}}"#);
    let mut left = 3;
    story.between = Box::new(move |_, request| {
        let job = request.url.path().contains("/backupJobs/") && left > 0;
        left -= usize::from(job);
        job.then(|| slow.clone())
    });
    story.wait_for("Azure asks us to slow down");
    story.sees("Azure Backup is writing the files");
    story.sees("Asks again in 25 s");
    story.wait_for("The files of psql-orders-prod are in the container");
}

#[test]
fn an_answer_that_is_no_json_is_told_and_can_be_asked_again() {
    let mut story = Story::closed(PRODUCTION);
    let page =
        status(200, &[("Content-Type", "text/html")], "<html><body>Sign in to the hotel's network</body></html>");
    instead(&mut story, Method::Get, "/backupInstances", 1, page);
    story.start(Default::default());
    story.wait_for("The answer does not look like one from Azure");
    story.press("Try again");
    story.wait_for("psql-orders-prod");
}

#[test]
fn a_list_that_names_itself_as_its_next_page_is_told_at_once() {
    let mut story = Story::closed(PRODUCTION);
    story.between = Box::new(|_, request: &Request| {
        let body = format!(r#"{{"value":[],"nextLink":"{}"}}"#, request.url.as_str());
        request.url.path().ends_with("/backupInstances").then(|| status(200, &[], &body))
    });
    story.start(Default::default());
    story.wait_for("The list does not end");
    // It leads to itself: asked once, it has said all that it will ever say.
    assert!(story.count(Method::Get, "/backupInstances") <= 2, "{}", story.count(Method::Get, "/backupInstances"));
}

#[test]
fn a_next_page_that_leads_away_is_not_followed() {
    let mut story = Story::closed(PRODUCTION);
    let body = r#"{"value":[],"nextLink":"https://management.azure.com.evil.example/subscriptions/x?api-version=1"}"#;
    instead(&mut story, Method::Get, "/backupInstances", 1, status(200, &[], body));
    story.start(Default::default());
    story.wait_for("The answer leads away from Azure");
    assert!(story.sent.iter().all(|request| request.url.host() == "management.azure.com"));
}

#[test]
fn an_operation_that_leads_away_is_not_followed_and_the_restore_is_still_found() {
    let mut story = Story::demo(PRODUCTION);
    to_review(&mut story, "psql-orders-prod", DRILLS);
    story.check();
    let mut azure = std::mem::take(&mut story.azure);
    story.between = Box::new(move |now, request| {
        let mut reply = azure.answer(now, request);
        if request.method == Method::Post
            && let Ok(response) = &mut reply.outcome
        {
            for (_, value) in response.headers.iter_mut().filter(|(_, value)| value.starts_with("https://")) {
                *value = value.replacen("management.azure.com", "management.azure.com.evil.example", 1);
            }
        }
        Some(reply.outcome)
    });
    story.press("Start restore");
    story.wait_for("Azure Backup is writing the files");
    assert_eq!(story.count(Method::Post, "/restore"), 1);
}

#[test]
fn an_operation_that_azure_has_forgotten_is_told_and_its_restore_is_still_found() {
    let mut story = Story::demo(PRODUCTION);
    to_review(&mut story, "psql-orders-prod", DRILLS);
    story.check();
    story.between = Box::new(|_, request| {
        let operation = request.url.path().contains("/operationStatus/");
        operation.then(|| status(404, &[], r#"{"error":{"code":"ResourceNotFound","message":"It is gone."}}"#))
    });
    story.press("Start restore");
    story.wait_for("Azure no longer knows this operation");
    story.sees("What it started may still be running.");
    story.wait_for("Azure Backup is writing the files");
    assert_eq!(story.count(Method::Post, "/restore"), 1);
}

#[test]
fn one_forbidden_list_says_so_and_names_the_role() {
    let mut story = Story::demo(DEMO_VAULT);
    story.wait_for("psql-points-forbidden");
    story.follow("psql-points-forbidden");
    story.wait_for("You are not allowed to list the recovery points");
    story.sees("Backup Reader");
    story.sees("AuthorizationFailed");
}

#[test]
fn a_wrong_target_is_told_at_its_field_and_nothing_that_was_typed_is_lost() {
    let mut story = Story::demo(PRODUCTION);
    story.wait_for("psql-orders-prod");
    story.follow("psql-orders-prod");
    story.wait_for("latest");
    story.choose(0);
    story.press("Choose a target");
    story.wait_for("File prefix: [");
    story.press("Review");
    story.sees("One thing to put right");
    for (typed, told) in [
        ("stordersrestoreweu", "This is not an address"),
        ("http://stordersrestoreweu.blob.core.windows.net/x", "Only https"),
        ("https://stordersrestoreweu.blob.core.windows.net/", "names a storage account"),
        ("https://stordersrestoreweu.blob.core.windows.net/drills/a/b.sql", "a file or a folder"),
        ("https://stordersrestoreweu.blob.core.windows.net/drills?sv=1&sig=abc", "carries a signature"),
        ("https://stordersrestoreweu.dfs.core.windows.net/drills", "Data Lake"),
        ("https://stordersrestoreweu.blob.core.windows.net/Drills", "3 to 63 lower-case"),
        ("https://example.com/drills", "not a blob container of Public Azure"),
    ] {
        story.type_into(Field::Container, typed);
        story.sees(told);
        story.sees(typed);
    }
    story.type_into(Field::Container, DRILLS);
    story.type_into(Field::Prefix, "orders prod_2026");
    story.sees("Use orders-prod-2026");
    story.press("Review");
    story.sees("One thing to put right");
    story.type_into(Field::Prefix, "orders-prod-2026");
    story.press("Review");
    story.wait_for("Check, then start");
}

/// Opens a vault on a host that is set up for the oldest api-version.
fn with_the_oldest_api_version(subscription: &str, vault: &str) -> Story {
    let mut story = Story::closed("#/find");
    story.config = super::story::CONFIG.replace('}', r#","apiVersion":"2021-07-01"}"#);
    // That version knows no `identityDetails` of an instance, and of a vault's identity no more than its type.
    story.after = Box::new(|_, outcome| {
        let Ok(response) = outcome else { return };
        response.body =
            response.body.replace("\"identityDetails\"", "\"-\"").replace("\"userAssignedIdentities\"", "\"-\"");
    });
    story.start(super::story::person());
    story.wait_for(vault);
    story.sees(subscription);
    story
}

#[test]
fn a_container_that_only_a_later_api_version_can_name_is_refused_with_words() {
    let mut story = with_the_oldest_api_version("Contoso Production", "bvault-prod-weu");
    let elsewhere = "/subscriptions/b81c4e7d-0a52-4d39-8e16-95f3c2a7d640/resourceGroups/rg-restore-weu/providers/Microsoft.Storage/storageAccounts/stordersrestoreweu/blobServices/default/containers/pg-restore-drills";
    to_review(&mut story, "psql-orders-prod", elsewhere);
    story.press("Check with Azure");
    story.wait_for("This api-version cannot name a container in another subscription");
    story.sees("apiVersion in config.json");
    assert_eq!(story.count(Method::Post, "/validateRestore"), 0);
}

#[test]
fn an_identity_that_only_a_later_api_version_can_name_is_refused_with_words() {
    let mut story = with_the_oldest_api_version("Contoso Analytics", "bvault-analytics-weu");
    to_review(&mut story, "psql-warehouse", "https://stwarehouseexports.blob.core.windows.net/pg-restore");
    story.does_not_see("The vault writes with");
    story.press("Check with Azure");
    story.wait_for("This api-version cannot name the vault’s identity");
    story.sees("apiVersion in config.json");
    assert_eq!(story.count(Method::Post, "/validateRestore"), 0);
}

#[test]
fn the_oldest_api_version_does_for_a_vault_with_an_identity_of_its_own() {
    let mut story = with_the_oldest_api_version("Contoso Production", "bvault-prod-weu");
    to_review(&mut story, "psql-orders-prod", DRILLS);
    story.check();
}

#[test]
fn no_request_ever_leaves_the_subscriptions_of_vault_and_target() {
    let mut story = Story::demo(PRODUCTION);
    started(&mut story);
    story.wait_for("The files of psql-orders-prod are in the container");
    let [own, target] = ["6f2d9a41-5c0e-4b7a-9f63-2d1e8c7b4a05", "b81c4e7d-0a52-4d39-8e16-95f3c2a7d640"]
        .map(|id| SubscriptionId::parse(id).unwrap());
    // The resource graph is asked about all of them, and to pick a target from what they are and have is offered first.
    let of_all = |path: &str| path == "/subscriptions" || path.ends_with("/resources");
    for request in story.sent.iter().filter(|request| !of_all(request.url.path())) {
        let path = request.url.path();
        let named = path.split('/').nth(2).and_then(SubscriptionId::parse);
        let there = path.contains("/Microsoft.Storage/storageAccounts/");
        let ours = if there { &target } else { &own };
        assert_eq!(named.as_ref(), Some(ours), "{path}");
    }
}

#[test]
fn a_review_of_a_server_that_may_not_be_read_says_so_and_asks_for_no_other_target() {
    let mut story = Story::demo(PRODUCTION);
    to_review(&mut story, "psql-orders-prod", DRILLS);
    let forbidden = r#"{"error":{"code":"AuthorizationFailed","message":"no"}}"#;
    let instance = story.sent.iter().find(|r| r.url.path().contains("/backupInstances/")).unwrap().url.clone();
    let refused = status(403, &[], forbidden);
    story.between = Box::new(move |_, request| (request.url == instance).then(|| refused.clone()));
    story.reload();
    story.wait_for("You are not allowed to read this backup");
    story.wait(60);
    story.does_not_see("Say where the files go");
    assert_eq!(story.button("Check with Azure"), None);
    // Once it can be read, what was typed is there.
    story.between = Box::new(|_, _| None);
    story.press("Try again");
    story.wait_for("Check, then start");
    story.sees("pg-restore-drills");
}
