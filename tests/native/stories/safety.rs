//! Nothing is started twice, and nothing that was started is lost: what speaks against a start, two tabs, a page that
//! is closed at the worst moment.

use super::drills::{opened, review};
use super::failures::{instead, prefix, status};
use super::journey::{DRILLS, PRODUCTION, ready, started, to_review};
use super::story::Story;
use pgflex_restore::app::Event;
use pgflex_restore::azure::http::{Method, Unreachable};
use pgflex_restore::journal::Entry;

pub fn restores(story: &Story) -> usize {
    story.count(Method::Post, "/restore")
}

/// Prepares and starts, in another browser where nothing is noted, a restore that runs already.
fn found_running() -> Story {
    let mut story = Story::demo(PRODUCTION);
    started(&mut story);
    story.wait(60);
    story.journal.clear();
    story.draft = None;
    story.go(PRODUCTION);
    story.reload();
    to_review(&mut story, "psql-orders-prod", DRILLS);
    story.check();
    story.press("Start restore");
    story.wait_for("This point is already being restored");
    story
}

#[test]
fn a_restore_of_the_same_point_that_runs_already_needs_a_second_word() {
    let mut story = found_running();
    story.sees("This job");
    assert_eq!(restores(&story), 1);
    story.press("Do not start it");
    story.sees("Azure would accept it");
    story.wait(600);
    assert_eq!(restores(&story), 1);
}

#[test]
fn whoever_has_seen_that_it_runs_may_start_it_all_the_same() {
    let mut story = found_running();
    story.press("Start it anyway");
    story.wait_for("Azure Backup is writing the files");
    assert_eq!(restores(&story), 2);
}

#[test]
fn a_restore_that_azures_list_does_not_show_yet_is_known_from_this_browsers_notes() {
    let mut story = ready();
    story.press("Start restore");
    story.wait_for("Azure accepted the request");
    // Back to the points, the same one again, before the list of jobs has it.
    story.go(PRODUCTION);
    to_review(&mut story, "psql-orders-prod", DRILLS);
    story.press("Prepare another one");
    instead(&mut story, Method::Get, "/backupJobs", 1, status(200, &[], r#"{"value":[]}"#));
    story.check();
    story.press("Start restore");
    story.wait_for("This point is already being restored");
    story.sees("Started in this browser");
    assert_eq!(restores(&story), 1);
}

#[test]
fn where_the_jobs_may_not_be_read_a_person_decides() {
    let mut story = ready();
    let forbidden = r#"{"error":{"code":"AuthorizationFailed","message":"no"}}"#;
    instead(&mut story, Method::Get, "/backupJobs", 1, status(403, &[], forbidden));
    story.press("Start restore");
    story.wait_for("It is not known whether this point is already being restored");
    story.sees("Nothing was started");
    assert_eq!(restores(&story), 0);
    story.press("Start it anyway");
    story.wait_for("Azure Backup is writing the files");
    assert_eq!(restores(&story), 1);
}

#[test]
fn a_start_that_still_looks_is_not_sent_once_the_person_has_gone_elsewhere() {
    let mut story = ready();
    instead(&mut story, Method::Get, "/backupJobs", 3, Err(Unreachable::NoAnswer));
    story.press("Start restore");
    story.sees("Finding out whether this point is already being restored");
    story.go("#/demo/activity");
    story.wait(600);
    assert_eq!(restores(&story), 0);
    assert!(story.journal.is_empty(), "what never left is not noted");
    assert!(story.claimed.is_empty(), "what is not started is not claimed");
}

#[test]
fn what_another_tab_is_starting_is_not_started_here() {
    let mut story = ready();
    story.held_elsewhere = true;
    story.press("Start restore");
    story.wait_for("Another tab is starting this restore");
    assert_eq!(restores(&story), 0);
    story.held_elsewhere = false;
    story.press("Start restore");
    story.wait_for("Azure Backup is writing the files");
    assert_eq!(restores(&story), 1);
    assert!(story.claimed.is_empty(), "every tab finds it among the jobs now");
}

#[test]
fn what_another_tab_has_started_is_followed_here() {
    // The tab was duplicated: both hold the same draft, with the same prefix.
    let mut other = ready();
    let mut this = ready();
    other.press("Start restore");
    other.wait_for("Azure accepted the request");
    this.azure = std::mem::take(&mut other.azure);
    this.now = other.now;
    for (prefix, row) in &other.journal {
        this.tell(Event::EntryChanged(prefix.clone(), Some(row.clone())));
    }
    this.wait_for("Azure Backup is writing the files");
    assert_eq!(restores(&this), 0);
}

#[test]
fn the_note_is_written_before_the_request_leaves() {
    let mut story = ready();
    story.press("Start restore");
    story.wait_for("The request is on its way");
    let noted = story.log.iter().position(|line| line.contains("notes the restore")).unwrap();
    let left = story.log.iter().position(|line| line.contains("/restore →")).unwrap();
    assert!(noted < left, "{:?}", story.log);
}

#[test]
fn a_page_that_was_closed_says_at_its_next_start_what_has_become_of_the_restore() {
    let mut story = Story::demo(PRODUCTION);
    started(&mut story);
    story.go("#/demo");
    story.reload();
    story.wait_for("Restores that had not ended when this page was last open");
    story.wait_for("In progress");
    story.wait_for("(Ok) Completed");
    story.wait(3600);
    assert!(story.is_at_rest(), "what has ended is not asked for any more");
    story.reload();
    story.does_not_see("Restores that had not ended");
    story.go("#/demo/activity");
    assert!(story.started_here().contains("(Ok) Completed"));
    story.wait(5);
    assert!(story.is_at_rest(), "the note says how it ended");
}

#[test]
fn a_page_closed_between_the_note_and_the_request_offers_the_very_same_request() {
    let mut story = ready();
    instead(&mut story, Method::Post, "/restore", 1, Err(Unreachable::NoAnswer));
    story.press("Start restore");
    story.wait_for("We do not know whether Azure heard us");
    story.reload();
    story.wait_for("No job was found for this restore");
    assert_eq!(restores(&story), 1);
    story.press("Start it again, with the same prefix");
    story.wait_for("The files of psql-orders-prod are in the container");
    let sent: Vec<_> = story.sent.iter().filter(|r| r.url.path().ends_with("/restore")).collect();
    assert_eq!((sent.len(), &sent[0].body), (2, &sent[1].body));
}

#[test]
fn a_second_try_that_azure_refuses_says_so_and_goes_on_looking_for_the_first() {
    let mut story = ready();
    instead(&mut story, Method::Post, "/restore", 1, Err(Unreachable::NoAnswer));
    story.press("Start restore");
    story.wait_for("No job was found for this restore");
    let refused = r#"{"error":{"code":"UserErrorMaxConcurrentOperationLimitReached","message":"busy"}}"#;
    instead(&mut story, Method::Post, "/restore", 1, status(400, &[], refused));
    story.press("Start it again, with the same prefix");
    story.wait_for("UserErrorMaxConcurrentOperationLimitReached");
    story.does_not_see("Nothing was started.");
    story.wait_for("No job was found for this restore");
    let entry = Entry::parse(story.journal.values().next().unwrap()).unwrap();
    assert_eq!(entry.outcome, None, "the first request may still have arrived");
    assert_eq!(entry.prefix.as_str(), prefix(&story));
}

#[test]
fn damaged_notes_are_told_and_left_as_they_are() {
    let mut story = Story::demo("#/demo/activity");
    story.journal.insert("old".into(), "{\"v\":9}".into());
    story.reload();
    story.sees("Some notes of this browser could not be read");
    story.go(PRODUCTION);
    started(&mut story);
    assert_eq!(story.journal.get("old").map(String::as_str), Some("{\"v\":9}"));
    assert_eq!(story.journal.len(), 2);
}

#[test]
fn of_two_jobs_that_one_request_has_begun_both_are_shown_and_the_one_that_writes_counts() {
    for server in ["psql-taken-twice", "psql-taken-twice-other-fails"] {
        let mut story = opened(server);
        review(&mut story);
        story.check();
        story.press("Start restore");
        story.wait_for("Azure started this restore twice");
        story.wait(7_200);
        let failed = story.text().contains(&format!("The restore of {server} failed"));
        if failed {
            story.sees("that one counts");
            story.sees(": completed");
            story.follow("The other job");
            story.wait(60);
        }
        story.sees(&format!("The files of {server} are in the container"));
        story.sees("Azure started this restore twice");
        story.sees(": failed");
        assert_eq!(restores(&story), 1);
        story.go("#/demo/activity");
        assert!(story.started_here().contains("(Ok) Completed"));
        story.reload();
        story.wait(3_600);
        assert!(story.is_at_rest(), "what has ended is not asked for any more");
    }
}

#[test]
fn a_second_job_is_no_longer_looked_for_once_the_restore_has_ended_and_its_page_is_left() {
    let mut story = Story::demo(PRODUCTION);
    started(&mut story);
    let slow = status(429, &[("Retry-After", "600")], "");
    instead(&mut story, Method::Get, "/backupJobs", 99, slow);
    story.wait_for("The files of psql-orders-prod are in the container");
    story.go("#/demo/about");
    // What the host is asked on that page is answered.
    story.wait(1);
    assert!(story.is_at_rest(), "a timer is left");
}
