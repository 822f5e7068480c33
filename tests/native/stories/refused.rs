//! A start that Azure refuses: what is believed of it, and when.

use super::failures::{instead, status};
use super::journey::{ready, to_review};
use super::story::Story;
use pgflex_restore::app::Field;
use pgflex_restore::azure::http::Method;
use pgflex_restore::flow::standing::Standing;
use pgflex_restore::journal::{Entry, Outcome};

const BUSY: &str = r#"{"error":{"code":"UserErrorMaxConcurrentOperationLimitReached","message":"busy"}}"#;
const FORBIDDEN: &str = r#"{"error":{"code":"AuthorizationFailed","message":"no"}}"#;

/// Refused; Azure has not read the request.
fn refused() -> Story {
    let mut story = ready();
    instead(&mut story, Method::Post, "/restore", 1, status(409, &[], BUSY));
    story.press("Start restore");
    story.wait_for("UserErrorMaxConcurrentOperationLimitReached");
    story
}

/// The browser has sent it twice: Azure took the first request, and what is heard is the refusal of the second.
fn refused_in_vain() -> Story {
    let mut story = ready();
    story.after = Box::new(|request, outcome| {
        if request.url.path().ends_with("/restore") {
            *outcome = status(409, &[], BUSY);
        }
    });
    story.press("Start restore");
    story.wait_for("UserErrorMaxConcurrentOperationLimitReached");
    story
}

fn entries(story: &Story) -> Vec<Entry> {
    story.journal.values().filter_map(|row| Entry::parse(row)).collect()
}

#[test]
fn as_long_as_a_job_was_not_read_nobody_says_that_nothing_was_started() {
    let mut story = refused_in_vain();
    story.wait_for("Nothing was started.");
    // The job is in the list by now, but may not be read yet.
    story.wait(30);
    let mut held = 1;
    story.between = Box::new(move |_, request| {
        let fits = request.url.path().contains("/backupJobs/") && held > 0;
        held -= usize::from(fits);
        fits.then(|| status(429, &[("Retry-After", "100")], ""))
    });
    story.wait(60);
    story.sees("whether it was started after all");
    story.does_not_see("Nothing was started.");
    story.wait_for("Azure Backup is writing the files");
    assert_eq!(story.count(Method::Post, "/restore"), 1);
}

#[test]
fn where_the_jobs_cannot_be_read_nobody_says_that_nothing_was_started() {
    let mut story = ready();
    story.after = Box::new(|request, outcome| {
        if request.url.path().ends_with("/restore") {
            *outcome = status(409, &[], BUSY);
        }
    });
    story.press("Start restore");
    story.wait_for("The request is on its way");
    instead(&mut story, Method::Get, "/backupJobs", 1, status(403, &[], FORBIDDEN));
    story.wait_for("Whether it was started after all is not known");
    story.does_not_see("Nothing was started.");
    assert_eq!(story.mark, Some(Standing::Waiting));
    story.wait(60);
    story.press("Look again");
    story.wait_for("The files of psql-orders-prod are in the container");
}

#[test]
fn another_target_chosen_after_a_refusal_leaves_no_job_unwatched() {
    let mut story = refused_in_vain();
    let first = entries(&story).remove(0).prefix;
    story.press("Choose another target");
    story.wait_for("Where should the files go?");
    story.type_into(Field::Container, "https://stordersrestoreweu.blob.core.windows.net/other");
    story.press("Review");
    story.wait_for("Check, then start");
    story.does_not_see(first.as_str());
    story.wait(3_600);
    let known = entries(&story);
    assert_eq!((known.len(), &known[0].prefix, known[0].outcome), (1, &first, Some(Outcome::Completed)));
    assert_eq!(story.mark, Some(Standing::Done));
}

#[test]
fn a_reload_does_not_turn_a_refusal_into_a_perhaps() {
    let mut story = refused();
    story.reload();
    story.sees("Azure refused to start this restore");
    story.does_not_see("We do not know whether Azure heard us");
    story.wait_for("Nothing was started.");
    story.wait(3_600);
    assert!(story.is_at_rest());
    assert_eq!(entries(&story)[0].outcome, Some(Outcome::Refused));
    // Nor later, from the list of restores.
    story.go("#/demo/activity");
    story.reload();
    story.sees("Not started");
    story.wait(5);
    story.follow("psql-orders-prod");
    story.sees("Azure refused to start this restore");
    story.sees("Nothing was started.");
    assert!(story.is_at_rest(), "it was looked for long enough");
}

#[test]
fn a_reload_right_after_a_refusal_still_finds_the_job_of_the_first_request() {
    let mut story = refused_in_vain();
    story.reload();
    story.wait_for("Azure Backup is writing the files");
}

#[test]
fn a_restore_that_waits_for_a_decision_after_a_refusal_is_told_once() {
    let mut story = refused();
    story.wait(3_600);
    story.press("Review again");
    story.check();
    instead(&mut story, Method::Get, "/backupJobs", 1, status(403, &[], FORBIDDEN));
    story.press("Start restore");
    story.wait_for("It is not known whether this point is already being restored");
    let told = story.notified.len();
    for _ in 0..5 {
        story.tell(pgflex_restore::app::Event::Resumed);
    }
    assert_eq!((story.notified.len(), story.mark), (told, Some(Standing::Waiting)));
}

#[test]
fn back_from_a_review_to_a_restore_that_has_not_left_leads_to_the_review() {
    let mut story = refused();
    let restore = story.address().to_string();
    story.wait_for("Nothing was started.");
    story.press("Review again");
    story.check();
    story.go(&restore);
    story.sees("Azure would accept it");
}

#[test]
fn what_azure_took_before_is_not_said_of_the_next_request() {
    let mut story = Story::demo("#/demo/find?v=1&vault=94b7d3e0-58c6-4a1f-8f29-0e6d71c3a5b8/rg-demo/bvault-demo-weu");
    to_review(&mut story, "psql-orders-demo", "https://stdemoweu.blob.core.windows.net/restore-refused");
    story.check();
    story.press("Start restore");
    story.wait_for("Azure accepted the request");
    story.wait_for("Nothing was started.");
    story.press("Review again");
    story.check();
    instead(&mut story, Method::Post, "/restore", 1, Err(pgflex_restore::azure::http::Unreachable::NoAnswer));
    story.press("Start restore");
    story.wait_for("We do not know whether Azure heard us");
    story.does_not_see("Azure accepted the request");
    story.reload();
    story.sees("We do not know whether Azure heard us");
}

#[test]
fn a_refused_restore_that_is_checked_again_and_not_started_is_told_as_refused() {
    let mut story = refused();
    story.press("Review again");
    story.check();
    story.wait(3600);
    let [entry] = entries(&story).try_into().unwrap();
    assert_eq!(entry.outcome, Some(Outcome::Refused));
    assert_eq!(story.count(Method::Post, "/restore"), 1);
}
