//! Nothing is ever lost, and nothing is ever started twice: what random walks have found, as the shortest story each.

use super::journey::{DRILLS, PRODUCTION, ready, started, to_review};
use super::story::Story;
use pgflex_restore::app::{Event, Field};
use pgflex_restore::azure::http::{Method, Request, Response, Unreachable};

/// Answers one request of this kind in Azure's place, the next that comes.
fn once(story: &mut Story, ending: &'static str, answer: Result<Response, Unreachable>) {
    let mut answer = Some(answer);
    story.between = Box::new(move |_, request: &Request| {
        let fits = request.method == Method::Post && request.url.path().ends_with(ending);
        if fits { answer.take() } else { None }
    });
}

fn page() -> Result<Response, Unreachable> {
    Ok(Response { status: 200, headers: Vec::new(), body: "<html>Sign in to the hotel's network</html>".into() })
}

/// The bodies of all restore requests that were sent.
fn restores(story: &Story) -> Vec<String> {
    let sent = story.sent.iter().filter(|request| request.url.path().ends_with("/restore"));
    sent.filter_map(|request| request.body.clone()).collect()
}

#[test]
fn a_review_that_is_loaded_again_after_the_start_does_not_offer_to_start_again() {
    let mut story = ready();
    story.press("Start restore");
    story.wait_for("Azure accepted the request");
    story.back();
    story.reload();
    story.wait_for("This restore was started");
    story.does_not_see("Nothing has been started");
    assert!(story.button("Start restore").is_none(), "{}", story.text());
    assert!(story.button("Check with Azure").is_none(), "{}", story.text());
}

#[test]
fn a_tab_with_the_same_draft_neither_starts_it_again_nor_says_that_it_was_not_started() {
    let (mut first, mut second) = (ready(), ready());
    first.press("Start restore");
    first.wait_for("Azure accepted the request");
    for (prefix, row) in &first.journal {
        second.tell(Event::EntryChanged(prefix.clone(), Some(row.clone())));
    }
    assert!(second.button("Start restore").is_none(), "{}", second.text());
    second.go("#/demo/activity");
    second.does_not_see("Not started");
}

#[test]
fn a_page_of_somebody_else_is_not_taken_for_azures_yes() {
    let mut story = Story::demo(PRODUCTION);
    to_review(&mut story, "psql-orders-prod", DRILLS);
    once(&mut story, "/validateRestore", page());
    story.press("Check with Azure");
    story.wait_for("The answer does not look like one from Azure");
    story.does_not_see("Azure would accept it");
    story.does_not_see("Azure would refuse it");
    assert!(story.button("Start restore").is_some_and(|button| button.disabled.is_some()));
}

#[test]
fn a_page_of_somebody_else_in_answer_to_the_start_is_no_word_of_azures() {
    let mut story = ready();
    once(&mut story, "/restore", page());
    story.press("Start restore");
    story.wait_for("We do not know whether Azure heard us");
    story.does_not_see("Azure accepted the request");
}

/// A restore whose request never arrived, looked for in vain.
fn in_vain() -> Story {
    let mut story = ready();
    once(&mut story, "/restore", Err(Unreachable::NoAnswer));
    story.press("Start restore");
    story.wait_for("No job was found for this restore");
    story
}

#[test]
fn a_second_try_after_a_reload_asks_for_what_the_first_one_did() {
    let mut story = in_vain();
    story.reload();
    story.wait_for("No job was found for this restore");
    story.press("Start it again, with the same prefix");
    story.wait_for("The files of psql-orders-prod are in the container");
    let bodies = restores(&story);
    assert_eq!(bodies.len(), 2);
    assert_eq!(bodies[0], bodies[1]);
}

#[test]
fn a_second_try_is_not_offered_to_who_has_only_the_link() {
    let mut story = in_vain();
    story.journal.clear();
    story.reload();
    story.wait_for("No job was found for this restore");
    let button = story.button("Start it again, with the same prefix").unwrap();
    assert_eq!(button.disabled.as_deref(), Some("Only the browser that sent it knows the whole request."));
}

#[test]
fn a_second_try_is_noted_again_before_it_leaves() {
    let mut story = in_vain();
    // Another tab forgets it.
    let (prefix, _) = story.journal.pop_first().unwrap();
    story.tell(Event::EntryChanged(prefix, None));
    story.press("Start it again, with the same prefix");
    story.wait_for("The request is on its way");
    assert_eq!(story.journal.len(), 1);
}

#[test]
fn a_second_try_that_never_left_says_nothing_of_the_first() {
    let mut story = in_vain();
    once(&mut story, "/restore", Err(Unreachable::Offline));
    story.press("Start it again, with the same prefix");
    story.wait_for("No job was found for this restore");
    story.sees("offline");
    story.go("#/demo/activity");
    story.does_not_see("Not started");
}

#[test]
fn what_another_tab_has_found_is_not_taken_back_here() {
    let mut story = in_vain();
    story.wait(25 * 3600);
    story.tell(Event::Resumed);
    let (prefix, row) = story.journal.first_key_value().map(|(prefix, row)| (prefix.clone(), row.clone())).unwrap();
    let mut row: serde_json::Value = serde_json::from_str(&row).unwrap();
    let vault = row["point"].as_str().unwrap().split("/backupInstances/").next().unwrap().to_string();
    row["job"] = format!("{vault}/backupJobs/5c2b2a99-c4d7-402c-a1e9-0bf31af40443").into();
    row["outcome"] = "completed".into();
    // As the browser does it: what the other tab wrote is in the storage of both.
    story.journal.insert(prefix.clone(), row.to_string());
    story.tell(Event::EntryChanged(prefix.clone(), Some(row.to_string())));
    assert_eq!(story.journal[&prefix], row.to_string());
}

#[test]
fn a_prefix_that_was_sent_does_not_serve_for_another_container() {
    let mut story = Story::demo(PRODUCTION);
    started(&mut story);
    story.wait_for("The files of psql-orders-prod are in the container");
    let target = story.history.iter().find(|address| address.contains("/target?")).unwrap().clone();
    story.go(&target);
    story.wait_for("File prefix: [");
    story.type_into(Field::Container, "https://stprodrestoreweu.blob.core.windows.net/pg-restore");
    story.press("Review");
    story.wait_for("Check, then start");
    story.check();
    story.press("Start restore");
    story.wait_for("Azure Backup is writing the files");
    let prefixes: Vec<String> = restores(&story)
        .iter()
        .map(|body| serde_json::from_str::<serde_json::Value>(body).unwrap())
        .map(|body| body["restoreTargetInfo"]["targetDetails"]["filePrefix"].to_string())
        .collect();
    assert_eq!(prefixes.len(), 2);
    assert_ne!(prefixes[0], prefixes[1]);
}
