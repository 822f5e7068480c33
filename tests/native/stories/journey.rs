//! The journey that all goes well on.

use super::story::{CONFIG, Story, person};
use expect_test::expect;
use pgflex_restore::app::Field;
use pgflex_restore::azure::cloud::ApiVersion;
use pgflex_restore::azure::http::Method;
use std::cell::RefCell;
use std::rc::Rc;

pub const DRILLS: &str = "https://stordersrestoreweu.blob.core.windows.net/pg-restore-drills";

/// From the first page to that of the target, with a point of the list, the newest being 0.
pub fn to_target(story: &mut Story, server: &str, point: usize) {
    story.wait_for(server);
    story.follow(server);
    story.wait_for("latest");
    story.choose(point);
    story.press("Choose a target");
    story.wait_for("File prefix: [");
}

/// From the first page to a target that can be reviewed.
pub fn to_review(story: &mut Story, server: &str, container: &str) {
    to_target(story, server, 1);
    name_target(story, container);
}

/// From the page of the target to the review.
pub fn name_target(story: &mut Story, container: &str) {
    story.type_into(Field::Container, container);
    story.press("Review");
    story.wait_for("Check, then start");
}

/// Checked, one press away from the start.
pub fn ready() -> Story {
    let mut story = Story::demo(PRODUCTION);
    to_review(&mut story, "psql-orders-prod", DRILLS);
    story.check();
    story
}

/// A restore that was started and whose job runs.
pub fn started(story: &mut Story) {
    to_review(story, "psql-orders-prod", DRILLS);
    story.check();
    story.press("Start restore");
    story.wait_for("Azure Backup is writing the files");
}

/// The vault with the servers of the mock-ups.
pub const PRODUCTION: &str =
    "#/demo/find?v=1&vault=6f2d9a41-5c0e-4b7a-9f63-2d1e8c7b4a05/rg-backup-prod/bvault-prod-weu";

#[test]
fn a_restore_from_the_first_page_to_the_files() {
    let mut story = Story::demo("#/demo/find");
    story.type_into(Field::Search, "orders-prod");
    to_review(&mut story, "psql-orders-prod", DRILLS);
    story.check();
    story.press("Start restore");
    story.wait_for("The files of psql-orders-prod are in the container");
    assert_eq!(story.count(Method::Post, "/restore"), 1);
    assert_eq!(story.count(Method::Post, "/validateRestore"), 1);
    story.wait(3600);
    assert!(story.is_at_rest(), "nothing is asked after the end");
    expect![[r#"
        02:12:00     shows “Find a server”
        02:12:00 POST Microsoft.ResourceGraph/resources → 200
        02:12:00 types “orders-prod”
        02:12:00 follows “psql-orders-prod”
        02:12:00     shows “psql-orders-prod”
        02:12:00 GET backupInstances/psql-orders-… → 200
        02:12:00 GET backupVaults/bvault-prod-weu → 200
        02:12:00 GET psql-orders-…/recoveryPoints → 200
        02:12:00 chooses the point of 2026-11-09T23:05:03Z
        02:12:00 address becomes #/demo/points
        02:12:00 presses “Choose a target”
        02:12:00     shows “Where should the files go?”
        02:12:00 GET backupPolicies/weekly-12m → 200
        02:12:00 GET flexibleServers/psql-orders-prod → 200
        02:12:00 GET /subscriptions → 200
        02:12:00 GET Microsoft.Storage/storageAccounts → 200
        02:12:00 types “https://stordersrestoreweu.blob.core.windows.net/pg-restore-drills”
        02:12:00 presses “Review”
        02:12:00     shows “Review the restore”
        02:12:00 address #/demo/review
        02:12:00 POST Microsoft.ResourceGraph/resources → 200
        02:12:01 GET Microsoft.Authorization/permissions → 200
        02:12:01 GET bvault-prod-weu/backupJobs → 200
        02:12:01 POST Microsoft.ResourceGraph/resources → 200
        02:12:01 GET storageAccounts/stordersrestoreweu → 200
        02:12:01 GET containers/pg-restore-drills → 200
        02:12:01 GET Microsoft.Authorization/permissions → 200
        02:12:01 GET Microsoft.Authorization/roleAssignments → 200
        02:12:01 presses “Check with Azure”
        02:12:01     shows “Review the restore | Busy: Azure is checking”
        02:12:01 POST psql-orders-…/validateRestore → 202
        02:12:11 GET operationStatus/MzlhZjRhZjQt… → 200
        02:12:22 GET operationStatus/MzlhZjRhZjQt… → 200
        02:12:32 GET operationStatus/MzlhZjRhZjQt… → 200
        02:12:42 GET operationStatus/MzlhZjRhZjQt… → 200
        02:12:42     shows “Review the restore | Ok: Azure would accept it”
        02:12:42 presses “Start restore”
        02:12:42     shows “Review the restore | Busy: Finding out whether this point is already being restored”
        02:12:42 GET bvault-prod-weu/backupJobs → 200
        02:12:43     shows “Restoring psql-orders-prod | Busy: The request is on its way”
        02:12:43 notes the restore
        02:12:43 POST psql-orders-…/restore → 202
        02:12:43 address #/demo/restore
        02:12:43     shows “Restoring psql-orders-prod | Busy: Azure accepted the request”
        02:12:43 notes the restore
        02:13:13 GET operationStatus/MzlhZjRhZjQt… → 200
        02:13:14     shows “Restore job”
        02:13:14 notes the restore
        02:13:14 address becomes #/demo/job
        02:13:14 GET backupJobs/e0f940cb-ea0… → 200
        02:13:14     shows “Restoring psql-orders-prod | Busy: Azure Backup is writing the files”
        02:13:14 GET bvault-prod-weu/backupJobs → 200
        02:13:24 GET backupJobs/e0f940cb-ea0… → 200
        02:13:34 GET backupJobs/e0f940cb-ea0… → 200
        02:13:45 GET backupJobs/e0f940cb-ea0… → 200
        02:13:55 GET backupJobs/e0f940cb-ea0… → 200
        02:14:05 GET backupJobs/e0f940cb-ea0… → 200
        02:14:14 GET bvault-prod-weu/backupJobs → 200
        02:14:15 GET backupJobs/e0f940cb-ea0… → 200
        02:14:25 GET backupJobs/e0f940cb-ea0… → 200
        02:14:36 GET backupJobs/e0f940cb-ea0… → 200
        02:14:46 GET backupJobs/e0f940cb-ea0… → 200
        02:14:57 GET backupJobs/e0f940cb-ea0… → 200
        02:15:07 GET backupJobs/e0f940cb-ea0… → 200
        02:15:17 GET backupJobs/e0f940cb-ea0… → 200
        02:15:28 GET backupJobs/e0f940cb-ea0… → 200
        02:15:38 GET backupJobs/e0f940cb-ea0… → 200
        02:15:48 GET backupJobs/e0f940cb-ea0… → 200
        02:16:19 GET backupJobs/e0f940cb-ea0… → 200
        02:16:49 GET backupJobs/e0f940cb-ea0… → 200
        02:17:19 GET backupJobs/e0f940cb-ea0… → 200
        02:17:49 GET backupJobs/e0f940cb-ea0… → 200
        02:18:19 GET backupJobs/e0f940cb-ea0… → 200
        02:18:50 GET backupJobs/e0f940cb-ea0… → 200
        02:19:15 GET bvault-prod-weu/backupJobs → 200
        02:19:20 GET backupJobs/e0f940cb-ea0… → 200
        02:19:51 GET backupJobs/e0f940cb-ea0… → 200
        02:20:21 GET backupJobs/e0f940cb-ea0… → 200
        02:20:51 GET backupJobs/e0f940cb-ea0… → 200
        02:21:22 GET backupJobs/e0f940cb-ea0… → 200
        02:21:52 GET backupJobs/e0f940cb-ea0… → 200
        02:22:22 GET backupJobs/e0f940cb-ea0… → 200
        02:22:52 GET backupJobs/e0f940cb-ea0… → 200
        02:23:23 GET backupJobs/e0f940cb-ea0… → 200
        02:23:53 GET backupJobs/e0f940cb-ea0… → 200
        02:24:23 GET backupJobs/e0f940cb-ea0… → 200
        02:24:54 GET backupJobs/e0f940cb-ea0… → 200
        02:24:54     shows “The files of psql-orders-prod are in the container”
        02:24:54 notes the restore
    "#]]
    .assert_eq(&story.told());
}

/// The signature of an address covers it to the letter.
#[test]
fn an_operation_is_asked_at_the_very_address_that_azure_gave() {
    let mut story = Story::demo(PRODUCTION);
    let given = Rc::new(RefCell::new(Vec::new()));
    let noted = Rc::clone(&given);
    story.after = Box::new(move |_, outcome| {
        let address = outcome.as_ref().ok().and_then(|response| response.header("Azure-AsyncOperation"));
        noted.borrow_mut().extend(address.map(str::to_string));
    });
    started(&mut story);
    let mut asked: Vec<&str> = story.sent.iter().map(|request| request.url.as_str()).collect();
    asked.retain(|url| url.contains("/operationStatus/"));
    asked.dedup();
    assert_eq!(asked, *given.borrow());
    assert!(asked.len() == 2 && asked.iter().all(|url| url.len() > 3_900), "a check and a restore: {asked:?}");
}

#[test]
fn the_journey_is_the_same_in_every_api_version_that_can_be_set() {
    for version in ApiVersion::ALL.map(ApiVersion::as_str) {
        let mut story = Story::closed(&PRODUCTION.replace("#/demo/", "#/"));
        story.config = CONFIG.replace('}', &format!(r#","apiVersion":"{version}"}}"#));
        story.start(person());
        to_review(&mut story, "psql-orders-prod", DRILLS);
        story.check();
        story.press("Start restore");
        story.wait_for("The files of psql-orders-prod are in the container");
        let of_backup =
            |path: &str| path.contains("/Microsoft.DataProtection/") && !path.contains("/Microsoft.Authorization/");
        let sent: Vec<_> = story.sent.iter().map(|request| &request.url).filter(|url| of_backup(url.path())).collect();
        let asked = |part: &str| sent.iter().filter(|url| url.query().contains(part)).count();
        assert_eq!(asked(&format!("api-version={version}")), sent.len(), "all is asked of Azure Backup in {version}");
        assert_eq!(asked("&s=") > 0, version != "2021-07-01", "the addresses of operations are signed since later");
    }
}
