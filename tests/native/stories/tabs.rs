//! Two tabs of one browser: what each hears of the other, and what it makes of it.

use super::failures::{instead, status};
use super::journey::{PRODUCTION, ready, started};
use super::story::Story;
use pgflex_restore::app::Event;
use pgflex_restore::azure::http::{Method, Unreachable};
use pgflex_restore::flow::standing::Standing;
use pgflex_restore::journal::{Entry, Outcome};

/// What one tab has written the other one hears; says how many rows that were.
fn hears(tab: &mut Story, other: &mut Story) -> usize {
    let mut count = 0;
    for (prefix, row) in &other.journal {
        if tab.journal.get(prefix) != Some(row) {
            tab.journal.insert(prefix.clone(), row.clone());
            tab.tell(Event::EntryChanged(prefix.clone(), Some(row.clone())));
            count += 1;
        }
    }
    let gone: Vec<String> = tab.journal.keys().filter(|prefix| !other.journal.contains_key(*prefix)).cloned().collect();
    for prefix in gone {
        tab.journal.remove(&prefix);
        tab.tell(Event::EntryChanged(prefix, None));
        count += 1;
    }
    count
}

/// The other tab goes on with the same Azure, at the same time.
fn turn_to(tab: &mut Story, other: &mut Story) {
    tab.azure = std::mem::take(&mut other.azure);
    tab.now = other.now;
}

fn entry(tab: &Story) -> Entry {
    Entry::parse(tab.journal.values().next().expect("a row")).unwrap()
}

#[test]
fn a_tab_whose_start_never_left_leaves_the_row_of_its_duplicate_alone() {
    let (mut first, mut second) = (ready(), ready());
    instead(&mut first, Method::Post, "/restore", 1, Err(Unreachable::Offline));
    first.press("Start restore");
    first.wait_for("You are offline");
    assert!(first.journal.is_empty());
    second.press("Start restore");
    second.wait_for("Azure accepted the request");
    hears(&mut first, &mut second);
    assert_eq!(first.journal.len(), 1);
    assert!(first.button("Start restore").is_none(), "{}", first.text());
}

#[test]
fn that_azure_took_it_is_heard_by_the_other_tab_as_well() {
    let (mut first, mut second) = (ready(), ready());
    first.press("Start restore");
    first.wait_for("The request is on its way");
    hears(&mut second, &mut first);
    second.sees("We do not know whether Azure heard us");
    first.wait_for("Azure accepted the request");
    hears(&mut second, &mut first);
    second.sees("Azure accepted the request; looking for its job");
    second.does_not_see("We do not know whether Azure heard us");
}

#[test]
fn a_refused_tab_follows_the_job_that_another_one_has_found() {
    let (mut first, mut second) = (ready(), Story::demo("#/demo/activity"));
    let busy = r#"{"error":{"code":"Busy","message":"no"}}"#;
    first.after = Box::new(move |request, outcome| {
        if request.url.path().ends_with("/restore") {
            *outcome = status(409, &[], busy);
        }
    });
    first.press("Start restore");
    first.wait_for("Nothing was started.");
    hears(&mut second, &mut first);
    turn_to(&mut second, &mut first);
    second.wait_for_here("In progress");
    hears(&mut first, &mut second);
    assert!(first.address().starts_with("#/demo/job?"), "{}", first.address());
}

#[test]
fn what_a_tab_was_refused_once_is_not_said_of_the_next_try_of_another() {
    let mut first = ready();
    let refused = status(409, &[], r#"{"error":{"code":"Busy","message":"no"}}"#);
    instead(&mut first, Method::Post, "/restore", 1, refused);
    first.press("Start restore");
    first.wait_for("Nothing was started.");
    first.wait(3_600);
    let mut second = Story::closed(first.address());
    (second.journal, second.draft, second.now) = (first.journal.clone(), first.draft.clone(), first.now);
    second.start(Default::default());
    second.press("Review again");
    second.wait_for("Check, then start");
    second.check();
    second.press("Start restore");
    second.wait_for("Azure accepted the request");
    first.now = second.now;
    hears(&mut first, &mut second);
    assert_eq!(entry(&first).outcome, None, "it is another try");
    first.does_not_see("Nothing was started.");
    assert_eq!(hears(&mut second, &mut first), 0);
    second.wait_for("The files of psql-orders-prod are in the container");
}

#[test]
fn a_second_try_in_one_tab_is_looked_for_anew_in_the_other() {
    let mut first = ready();
    instead(&mut first, Method::Post, "/restore", 1, Err(Unreachable::NoAnswer));
    first.press("Start restore");
    first.wait_for("No job was found for this restore");
    let mut second = Story::closed(first.address());
    (second.journal, second.now) = (first.journal.clone(), first.now);
    second.start(Default::default());
    second.wait_for("No job was found for this restore");
    first.now = second.now;
    first.press("Start it again, with the same prefix");
    first.wait_for("The request is on its way");
    hears(&mut second, &mut first);
    second.does_not_see("Most likely the request never arrived");
    turn_to(&mut second, &mut first);
    second.wait_for("Azure Backup is writing the files");
}

#[test]
fn how_a_job_ended_is_not_taken_back_by_a_tab_that_has_not_heard_it_yet() {
    let mut first = Story::demo(PRODUCTION);
    started(&mut first);
    let mut second = Story::closed(first.address());
    second.journal = first.journal.clone();
    turn_to(&mut second, &mut first);
    second.start(Default::default());
    second.wait_for("Azure Backup is writing the files");
    turn_to(&mut first, &mut second);
    first.wait_for("The files of psql-orders-prod are in the container");
    assert_eq!(entry(&first).outcome, Some(Outcome::Completed));
    assert_eq!(hears(&mut second, &mut first), 1);
    assert_eq!(entry(&second).outcome, Some(Outcome::Completed), "what was heard is not written over");
    assert_eq!(hears(&mut first, &mut second), 0);
}

#[test]
fn a_second_try_days_later_is_looked_for_as_long_as_a_first_one() {
    let mut story = ready();
    instead(&mut story, Method::Post, "/restore", 1, Err(Unreachable::NoAnswer));
    story.press("Start restore");
    story.wait_for("No job was found for this restore");
    story.wait(3 * 86_400);
    story.after = Box::new(|request, outcome| {
        if request.url.path().ends_with("/restore") {
            *outcome = Err(Unreachable::NoAnswer);
        }
    });
    story.press("Start it again, with the same prefix");
    story.wait_for("We do not know whether Azure heard us");
    // The list lags.
    instead(&mut story, Method::Get, "/backupJobs", 5, status(200, &[], r#"{"value":[]}"#));
    story.wait_for("Azure Backup is writing the files");
    assert_eq!(story.count(Method::Post, "/restore"), 2);
}

#[test]
fn a_status_that_asks_for_more_proof_needs_somebody() {
    let mut story = ready();
    story.press("Start restore");
    story.wait_for("Azure accepted the request");
    let challenge =
        "Bearer error=\"insufficient_claims\", claims=\"eyJhY2Nlc3NfdG9rZW4iOnsiYWNycyI6eyJ2YWx1ZXMiOlsicDEiXX19fQ==\"";
    let asked = status(401, &[("WWW-Authenticate", challenge)], "");
    story.between = Box::new(move |_, request| request.url.path().contains("/operation").then(|| asked.clone()));
    story.wait_for("Azure asks for more proof of who you are");
    story.go("#/demo/activity");
    story.wait(600);
    assert_eq!(story.mark, Some(Standing::Waiting));
}
