//! What is easily lost: a job that nobody looks for, a word of Azure's that a reload forgets, an answer to the wrong one
//! of two requests.

use super::drills::{opened, review};
use super::failures::{instead, status};
use super::journey::{DRILLS, PRODUCTION, ready, started, to_review};
use super::safety::restores;
use super::story::{Between, Story};
use pgflex_restore::app::Event;
use pgflex_restore::azure::http::{Method, Unreachable};
use pgflex_restore::flow::standing::Standing;
use pgflex_restore::journal::{Entry, Outcome};
use serde_json::Value;

const NOT_FOUND: &str = r#"{"error":{"code":"ResourceNotFound","message":"no"}}"#;

/// The only row of the journal.
fn entry(story: &Story) -> Entry {
    let rows: Vec<&String> = story.journal.values().collect();
    assert_eq!(rows.len(), 1, "{rows:?}");
    Entry::parse(rows[0]).unwrap()
}

/// Changes Azure's answer to the restore request, which it has read.
fn answered(
    story: &mut Story,
    answer: impl Fn() -> Result<pgflex_restore::azure::http::Response, Unreachable> + 'static,
) {
    story.after = Box::new(move |request, outcome| {
        if request.url.path().ends_with("/restore") {
            *outcome = answer();
        }
    });
}

#[test]
fn the_job_that_writes_counts_also_while_nobody_looks_at_the_one_that_fails() {
    for server in ["psql-taken-twice", "psql-taken-twice-other-fails"] {
        let mut story = opened(server);
        review(&mut story);
        story.check();
        story.press("Start restore");
        story.wait_for("Azure accepted the request");
        story.go("#/demo/activity");
        story.wait_for_here("(Ok) Completed");
        assert!(!story.notified.iter().any(|(standing, _)| *standing == Standing::Failed), "{:?}", story.notified);
        assert_eq!(restores(&story), 1);
    }
}

#[test]
fn a_refusal_of_the_second_of_two_requests_does_not_hide_the_first() {
    let mut story = ready();
    let busy = r#"{"error":{"code":"UserErrorMaxConcurrentOperationLimitReached","message":"busy"}}"#;
    answered(&mut story, || status(409, &[], busy));
    story.press("Start restore");
    story.wait_for("UserErrorMaxConcurrentOperationLimitReached");
    story.sees("whether it was started after all");
    story.wait_for("Azure Backup is writing the files");
    story.wait_for("The files of psql-orders-prod are in the container");
    assert_eq!((restores(&story), entry(&story).outcome), (1, Some(Outcome::Completed)));
}

#[test]
fn a_refused_start_keeps_its_prefix_for_the_next_one() {
    let mut story = ready();
    instead(&mut story, Method::Post, "/restore", 1, status(409, &[], r#"{"error":{"code":"Busy","message":"no"}}"#));
    story.press("Start restore");
    story.wait_for("Nothing was started.");
    let first = entry(&story).prefix;
    story.press("Review again");
    story.sees(first.as_str());
    story.check();
    story.press("Start restore");
    story.wait_for("The files of psql-orders-prod are in the container");
    assert_eq!((entry(&story).prefix, restores(&story)), (first, 2));
}

#[test]
fn a_browsers_clock_that_is_days_wrong_hides_no_job() {
    let mut story = ready();
    answered(&mut story, || Err(Unreachable::NoAnswer));
    story.press("Start restore");
    story.wait_for("We do not know whether Azure heard us");
    // As it was noted by a clock that is three days ahead.
    for row in story.journal.values_mut() {
        let mut value: Value = serde_json::from_str(row).unwrap();
        value["sent"] = (value["sent"].as_i64().unwrap() + 3 * 86_400_000).into();
        *row = value.to_string();
    }
    story.reload();
    story.wait_for("Azure Backup is writing the files");
    assert_eq!(restores(&story), 1);
}

#[test]
fn a_job_that_does_not_say_its_prefix_at_once_is_read_again() {
    let mut story = ready();
    let mut silent = 2;
    story.after = Box::new(move |request, outcome| {
        let path = request.url.path();
        if path.ends_with("/restore") {
            *outcome = Err(Unreachable::NoAnswer);
        } else if let (true, Ok(response)) = (path.contains("/backupJobs/") && silent > 0, outcome) {
            silent -= 1;
            let mut job: Value = serde_json::from_str(&response.body).unwrap();
            job["properties"]["extendedInfo"] = Value::Null;
            response.body = job.to_string();
        }
    });
    story.press("Start restore");
    story.wait_for("Azure Backup is writing the files");
    assert_eq!(restores(&story), 1);
}

#[test]
fn that_azure_took_the_request_is_not_forgotten_by_a_reload() {
    let mut story = ready();
    story.press("Start restore");
    story.wait_for("Azure accepted the request");
    story.reload();
    story.sees("Azure accepted the request; looking for its job");
    story.does_not_see("We do not know whether Azure heard us");
    story.wait_for("Azure Backup is writing the files");
}

#[test]
fn what_azure_took_is_not_offered_to_be_started_again_where_its_job_is_not_found() {
    let mut story = ready();
    story.press("Start restore");
    story.wait_for("Azure accepted the request");
    instead(&mut story, Method::Get, "/backupJobs", 999, status(200, &[], r#"{"value":[]}"#));
    story.reload();
    story.wait_for("Azure accepted the request, but its job was not found");
    assert!(story.button("Start it again, with the same prefix").is_none(), "{}", story.text());
    story.between = Box::new(|_, _| None);
    story.press("Look again");
    story.wait_for("The files of psql-orders-prod are in the container");
    assert_eq!(restores(&story), 1);
}

#[test]
fn what_a_closed_tab_has_started_is_found_by_the_one_that_is_left() {
    let (mut closed, mut left) = (ready(), Story::demo("#/demo/activity"));
    closed.press("Start restore");
    closed.wait_for("Azure accepted the request");
    left.azure = std::mem::take(&mut closed.azure);
    left.now = closed.now;
    for (prefix, row) in closed.journal {
        left.journal.insert(prefix.clone(), row.clone());
        left.tell(Event::EntryChanged(prefix, Some(row)));
    }
    left.wait(30);
    assert_eq!(left.count(Method::Get, "/backupJobs"), 0, "the other tab has a minute to find it");
    left.wait_for("In progress");
    left.wait_for("(Ok) Completed");
}

/// Refuses the reads of single jobs, so many times.
fn refused(times: usize) -> Between {
    let mut left = times;
    Box::new(move |_, request| {
        let fits = request.url.path().contains("/backupJobs/") && left > 0;
        left -= usize::from(fits);
        fits.then(|| status(404, &[], NOT_FOUND))
    })
}

#[test]
fn a_job_that_is_not_found_everywhere_yet_is_asked_for_again() {
    let mut story = ready();
    story.between = refused(3);
    story.press("Start restore");
    story.wait_for("Azure accepted the request");
    story.go("#/demo/activity");
    story.wait_for_here("(Ok) Completed");
    story.does_not_see("no longer knows");
}

#[test]
fn a_job_that_could_not_be_read_is_asked_for_when_the_page_is_seen_again() {
    let mut story = Story::demo(PRODUCTION);
    started(&mut story);
    story.between = refused(6);
    story.wait(600);
    story.sees("When Azure last answered, it was writing the files");
    story.tell(Event::Resumed);
    story.wait(1);
    story.tell(Event::Resumed);
    story.wait_for("The files of psql-orders-prod are in the container");
}

#[test]
fn a_list_of_jobs_that_is_not_whole_says_nothing_of_what_is_missing() {
    let mut story = ready();
    let mut lost = false;
    story.between = Box::new(move |_, request| match request.url.path() {
        path if path.ends_with("/restore") => {
            lost = true;
            Some(Err(Unreachable::NoAnswer))
        }
        path if path.ends_with("/backupJobs") && lost => {
            let job = r#"{"id":"x"}"#;
            Some(status(200, &[], &format!(r#"{{"value":[{job}],"nextLink":"https://evil.example/jobs"}}"#)))
        }
        _ => None,
    });
    story.press("Start restore");
    story.wait_for("We do not know whether Azure heard us");
    story.wait(3_600);
    let again = story.button("Start it again, with the same prefix");
    assert!(again.is_none_or(|button| button.disabled.is_some()), "{}", story.text());
    story.does_not_see("Most likely the request never arrived");
}

#[test]
fn the_address_of_a_restore_leads_to_its_job_once_that_is_known() {
    let mut story = ready();
    story.press("Start restore");
    story.wait_for("Azure accepted the request");
    let restore = story.address().to_string();
    story.wait_for("The files of psql-orders-prod are in the container");
    story.go("#/demo");
    story.reload();
    story.go(&restore);
    assert!(story.address().starts_with("#/demo/job?"), "{}", story.address());
    story.wait_for("The files of psql-orders-prod are in the container");
}

#[test]
fn a_restore_that_this_page_looks_for_keeps_no_other_one_of_its_point_from_being_decided() {
    let mut story = ready();
    answered(&mut story, || status(202, &[], ""));
    story.press("Start restore");
    story.wait_for("looking for its job");
    story.go(PRODUCTION);
    to_review(&mut story, "psql-orders-prod", DRILLS);
    story.press("Prepare another one");
    instead(&mut story, Method::Get, "/backupJobs", 99, status(200, &[], r#"{"value":[]}"#));
    story.check();
    assert!(!story.claimed.is_empty(), "the first one is looked for still");
    story.press("Start restore");
    story.wait_for("This point is already being restored");
    story.does_not_see("Another tab");
    story.press("Start it anyway");
    story.wait_for("The request is on its way");
    assert_eq!(restores(&story), 2);
}

#[test]
fn what_never_left_is_neither_noted_nor_told_as_a_failure() {
    let mut story = ready();
    instead(&mut story, Method::Post, "/restore", 1, Err(Unreachable::Offline));
    story.press("Start restore");
    story.wait_for("You are offline");
    assert!(story.journal.is_empty(), "{:?}", story.journal);
    assert_eq!((story.mark, story.notified.len()), (None, 0));
}

#[test]
fn where_storage_keeps_nothing_the_restore_runs_and_the_person_is_told() {
    let mut story = ready();
    story.tell(Event::StorageRefused);
    answered(&mut story, || Err(Unreachable::NoAnswer));
    story.press("Start restore");
    story.wait_for("The request is on its way");
    story.sees("This browser keeps no notes.");
    story.wait_for("We do not know whether Azure heard us");
    story.sees("This browser keeps no notes.");
    story.go("#/demo/activity");
    story.sees("This browser keeps no notes.");
    story.back();
    // The address alone leads back to it.
    story.journal.clear();
    story.reload();
    story.wait_for("The files of psql-orders-prod are in the container");
    assert_eq!(restores(&story), 1);
}
