//! The restores that fail by name: their links are those of `docs/simulator.md`.

use super::story::Story;
use pgflex_restore::app::Field;
use pgflex_restore::azure::http::Method;

/// The container that does no harm.
const SAFE: &str = "https://stdemoweu.blob.core.windows.net/drill-2026-11";

/// Opens the link that the page tells for a server.
pub fn opened(server: &str) -> Story {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/simulator.md");
    let page = std::fs::read_to_string(path).unwrap();
    let row = page.lines().find(|line| line.starts_with(&format!("| `{server}` |"))).unwrap();
    Story::demo(row.split('`').find(|code| code.starts_with("#/demo/")).unwrap())
}

/// From its points to the review of a restore of the newest one.
pub fn review(story: &mut Story) {
    story.wait_for("All points");
    story.choose(0);
    story.press("Choose a target");
    story.wait_for("File prefix: [");
    story.type_into(Field::Container, SAFE);
    story.press("Review");
    story.wait_for("Check, then start");
}

/// A restore of a server that Azure has checked, and that was started.
pub(super) fn started(server: &str) -> Story {
    let mut story = opened(server);
    review(&mut story);
    story.check();
    story.press("Start restore");
    story
}

#[track_caller]
fn ends_well(story: &mut Story, server: &str) {
    story.wait_for(&format!("The files of {server} are in the container"));
    story.wait(7_200);
    assert_eq!(story.count(Method::Post, "/restore"), 1, "it was asked for once");
    assert!(story.is_at_rest(), "nothing is asked after the end");
}

#[test]
fn each_documented_refusal_of_a_check_has_words_of_its_own() {
    for (server, words, code) in [
        ("psql-check-no-role", "The vault lacks a permission", "UserErrorMissingRequiredPermissions"),
        ("psql-check-no-msi-role", "The vault lacks a permission", "UserErrorMSIMissingPermissions"),
        ("psql-check-no-container", "Azure Backup cannot reach the container", "UserErrorContainerNotAccessible"),
        (
            "psql-check-too-many",
            "Azure is already running as many of these operations as it allows",
            "UserErrorMaxConcurrentOperationLimitReached",
        ),
        (
            "psql-check-not-ready",
            "The backup is in a state that does not allow a restore",
            "ServerNotReadyForLongTermBackup",
        ),
        ("psql-check-no-group", "Azure does not find something that the request names", "ResourceGroupNotFound"),
        ("psql-check-no-server", "Azure does not find something that the request names", "ResourceNotFound"),
        ("psql-check-forbidden", "The vault lacks a permission", "AuthorizationFailed"),
    ] {
        let mut story = opened(server);
        review(&mut story);
        story.press("Check with Azure");
        story.wait_for("Azure would refuse it");
        story.sees(words);
        story.sees(code);
        story.sees("Nothing was started");
        assert!(story.button("Start restore").unwrap().disabled.is_some(), "{server}");
    }
}

#[test]
fn a_start_that_was_cut_off_before_azure_read_it_can_be_sent_again_by_a_person() {
    let mut story = started("psql-cut-before");
    story.wait_for("We do not know whether Azure heard us");
    story.wait_for("No job was found for this restore");
    assert_eq!(story.count(Method::Post, "/restore"), 1, "nothing is sent without a word");
    story.press("Start it again, with the same prefix");
    story.wait_for("The files of psql-cut-before are in the container");
    assert_eq!(story.count(Method::Post, "/restore"), 2);
}

#[test]
fn a_start_that_was_cut_off_after_azure_read_it_is_found() {
    let mut story = started("psql-cut-after");
    story.wait_for("We do not know whether Azure heard us");
    story.wait_for("Azure Backup is writing the files");
    ends_well(&mut story, "psql-cut-after");
}

#[test]
fn a_late_answer_is_waited_for() {
    let mut story = started("psql-late-answer");
    story.wait(95);
    story.sees("The request is on its way");
    story.wait(10);
    story.sees("Azure accepted the request");
    ends_well(&mut story, "psql-late-answer");
}

#[test]
fn a_job_that_the_list_shows_late_is_found_when_it_does() {
    let mut story = started("psql-list-lags");
    story.wait(230);
    story.sees("We do not know whether Azure heard us");
    ends_well(&mut story, "psql-list-lags");
}

#[test]
fn a_second_start_of_a_restore_that_does_run_fails_for_its_files_and_harms_nothing() {
    let mut story = started("psql-list-lags-long");
    story.wait_for("No job was found for this restore");
    story.press("Start it again, with the same prefix");
    story.wait_for("The restore of psql-list-lags-long failed");
    story.sees("already exist in the target container");
    let bodies: Vec<_> = story.sent.iter().filter(|r| r.url.path().ends_with("/restore")).map(|r| &r.body).collect();
    assert_eq!(bodies.len(), 2);
    assert_eq!(bodies[0], bodies[1]);
}

#[test]
fn headers_hidden_for_a_server_leave_its_restore_to_be_found() {
    let mut story = opened("psql-hidden-headers");
    review(&mut story);
    story.press("Check with Azure");
    story.wait_for("The result of the check cannot be seen");
    story.press("Start restore");
    ends_well(&mut story, "psql-hidden-headers");
}

#[test]
fn addresses_that_lead_away_are_not_asked() {
    let mut story = opened("psql-hostile-location");
    review(&mut story);
    story.press("Check with Azure");
    story.wait_for("The answer leads away from Azure");
    story.press("Start restore");
    ends_well(&mut story, "psql-hostile-location");
    let mut other = started("psql-hostile-async");
    ends_well(&mut other, "psql-hostile-async");
    let asked = story.sent.iter().chain(&other.sent);
    assert!(asked.into_iter().all(|request| request.url.host() == "management.azure.com"));
}

#[test]
fn words_that_nobody_knows_mean_that_it_goes_on() {
    let mut story = started("psql-unknown-operation");
    story.wait(60);
    story.sees("Azure accepted the request");
    ends_well(&mut story, "psql-unknown-operation");
    let mut story = started("psql-unknown-job");
    story.wait_for("AwaitingCapacity");
    ends_well(&mut story, "psql-unknown-job");
}

#[test]
fn an_operation_that_may_not_be_read_leaves_its_restore_to_be_found() {
    let mut story = opened("psql-operation-403");
    review(&mut story);
    story.press("Check with Azure");
    story.wait_for("You are not allowed to read the status of this operation");
    story.wait_for("The result of the check cannot be seen");
    story.sees("operationStatus/read");
    story.sees("Azure still carries on with what it has started");
    story.press("Start restore");
    story.wait_for("You are not allowed to read the status of this operation");
    story.sees("operationStatus/read");
    story.wait_for("Azure Backup is writing the files");
    ends_well(&mut story, "psql-operation-403");
}

#[test]
fn a_refusal_after_the_check_says_that_nothing_was_started() {
    let mut story = started("psql-restore-refused");
    story.wait_for("Nothing was started.");
    story.sees("UserErrorMaxConcurrentOperationLimitReached");
}

#[test]
fn a_soft_deleted_instance_offers_no_restore_and_says_why() {
    let mut story = opened("psql-soft-deleted");
    story.wait_for("All points");
    story.choose(0);
    story.wait(5);
    let reason = story.button("Choose a target").unwrap().disabled.unwrap();
    assert_eq!(reason, "The backup has to be undeleted first.");
}

#[test]
fn a_job_that_fails_for_files_offers_a_new_prefix() {
    let mut story = started("psql-files-exist");
    story.wait_for("The restore of psql-files-exist failed");
    story.sees("already exist in the target container");
    story.press("Restore again with a new prefix");
    story.wait_for("Check, then start");
}

#[test]
fn a_warning_stands_above_the_files() {
    let mut story = started("psql-job-warns");
    story.wait_for("Finished, with warnings");
    story.sees("The roles of the server were not written to the target container.");
    ends_well(&mut story, "psql-job-warns");
}

#[test]
fn a_job_that_vanished_is_told_and_no_longer_asked_for() {
    let mut story = started("psql-job-vanishes");
    story.wait_for("Azure no longer knows this job");
    story.wait(3_600);
    assert!(story.is_at_rest());
    story.sees("Files that it wrote stay where they are.");
}

#[test]
fn a_job_that_may_not_be_read_for_a_while_can_be_asked_for_again() {
    let mut story = started("psql-job-403");
    story.wait_for("backupJobs/read");
    story.sees("Backup Reader");
    story.wait(480);
    story.press("Try again");
    ends_well(&mut story, "psql-job-403");
}
