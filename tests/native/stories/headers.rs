//! The diagnostics of the page about this host: which headers of Azure's answers this browser shows.

use super::journey::{PRODUCTION, started, to_review};
use super::print;
use super::story::Story;
use pgflex_restore::azure::http::Response;
use pgflex_restore::screen::Block;
use std::sync::{Arc, Mutex};

/// The text to copy; empty where there is none.
fn report(story: &Story) -> String {
    let text = |block| if let Block::Code { text, .. } = block { Some(text) } else { None };
    print::blocks(&story.screen()).into_iter().find_map(text).unwrap_or_default()
}

#[test]
fn headers_that_were_shown_are_listed_by_name_and_none_by_value() {
    let mut story = Story::demo(PRODUCTION);
    let values = Arc::new(Mutex::new(Vec::new()));
    let (mut azure, kept) = (std::mem::take(&mut story.azure), Arc::clone(&values));
    story.between = Box::new(move |now, request| {
        let reply = azure.answer(now, request);
        let headers = reply.outcome.iter().flat_map(|response| response.headers.clone());
        kept.lock().unwrap().extend(headers.map(|(_, value)| value));
        Some(reply.outcome)
    });
    started(&mut story);
    story.go("#/demo/about");
    story.does_not_see("[Warn]");
    let report = report(&story);
    assert!(report.starts_with("PG Flex Restore "), "{report}");
    assert_eq!(report.lines().nth(1), Some("Mozilla/5.0"), "of which browser it tells");
    let restore = report.split("\n\n").find(|part| part.starts_with("Restore, accepted (202):\n")).unwrap();
    assert!(restore.contains("\n  azure-asyncoperation\n") && restore.contains("-remaining-subscription-writes\n"));
    assert!(report.contains("\n\nJob:\n  200\n  cache-control\n"), "{report}");
    let (page, values) = (story.text(), values.lock().unwrap());
    assert!(values.len() > 100);
    for value in values.iter().filter(|value| value.len() > 5) {
        assert!(!page.contains(value.as_str()) && !report.contains(value.as_str()), "{value} is told");
    }
}

#[test]
fn what_a_hidden_header_means_is_said() {
    let mut story = Story::demo("#/demo/find?v=1&vault=94b7d3e0-58c6-4a1f-8f29-0e6d71c3a5b8/rg-demo/bvault-demo-weu");
    to_review(&mut story, "psql-orders-demo", "https://stdemoweu.blob.core.windows.net/hidden-headers");
    story.press("Check with Azure");
    story.wait_for("The result of the check cannot be seen");
    story.press("Start restore");
    story.wait_for("Azure Backup is writing the files");
    story.go("#/demo/about");
    story.sees("[Warn] A restore cannot be followed to its job: it is found by its file prefix instead.");
    story.sees("Restore, accepted (202), hidden: azure-asyncoperation, location");
    assert!(report(&story).contains("hidden: azure-asyncoperation, location"));
}

#[test]
fn a_challenge_that_cannot_be_read_is_told_with_what_happens_instead() {
    let mut story = Story::closed(PRODUCTION);
    story.between = Box::new(|_, _| Some(Ok(Response { status: 401, headers: Vec::new(), body: String::new() })));
    story.start(Default::default());
    story.wait(60);
    story.go("#/demo/about");
    story.sees("[Warn] What Azure wants to have proven at a sign-in cannot be read");
    story.sees("Sign-in refused (401), hidden: www-authenticate");
}

#[test]
fn refusals_are_told_apart_and_a_flood_of_names_is_not_kept() {
    let mut story = Story::closed(PRODUCTION);
    story.between = Box::new(|_, _| {
        let headers = (0..500).map(|nth| (format!("X-Flood-{nth}"), "1".to_string())).collect();
        Some(Ok(Response { status: 429, headers, body: String::new() }))
    });
    story.start(Default::default());
    story.wait(600);
    story.go("#/demo/about");
    let report = report(&story);
    assert!(report.contains("\n\nToo many requests (429):\n  429\n  x-flood-0\n"), "{report}");
    assert!(report.contains("x-flood-99\n") && !report.contains("x-flood-400"), "{report}");
    story.sees("[Warn] How long Azure wants us to wait is not known");
}

#[test]
fn before_anything_was_asked_there_is_nothing_to_show() {
    let story = Story::demo("#/demo/about");
    story.sees("Nothing was asked of Azure yet.");
    let report = report(&story);
    assert!(!report.contains("List or other read"), "{report}");
}
