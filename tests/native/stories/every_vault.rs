//! Finding a server where one question does not do: every vault is read, what is missing is told, what was known is kept.

use super::failures::{instead, status};
use super::find::{GRAPH, all, graph_page, of_server, on_their_way, refused, servers};
use super::story::{Story, person};
use pgflex_restore::app::{Event, Field};
use pgflex_restore::azure::http::{Method, Request, Unreachable};
use pgflex_restore::moment::Span;

#[test]
fn where_the_graph_refuses_every_vault_is_read_and_only_what_failed_is_asked_for_again() {
    let mut story = Story::closed("#/demo/find");
    instead(&mut story, Method::Post, GRAPH, 1, refused());
    story.start(Default::default());
    story.wait_for("Every vault is read one by one");
    let mut most = 0;
    while !story.text().contains("Read from Azure") {
        most = most.max(on_their_way(&story));
        assert!(story.step(story.now + Span::from_secs(60)));
    }
    assert!((5..=8 + 4).contains(&most), "{most} were on their way at once");
    story.sees("Warn: Contoso Legacy is not complete");
    story.sees("You are not allowed to read the vault bvault-legacy-locked, so servers protected by it are missing below. Ask for Backup Reader on it, then try again.");
    story.sees("> What Azure said");
    story.sees("(Warn) 1 vault could not be read");
    for found in ["psql-orders-prod", "psql-legacy-billing", "psql-just-protected"] {
        assert!(servers(&story).iter().any(|name| name == found), "{found}");
    }
    let before = story.count(Method::Get, "/backupInstances");
    let locked = story.sent.iter().find(|request| request.url.path().contains("bvault-legacy-locked")).unwrap().clone();
    story.between =
        Box::new(move |_, request: &Request| (request.url == locked.url).then(|| status(200, &[], r#"{"value":[]}"#)));
    story.press("Try again");
    story.wait(5);
    story.does_not_see("Contoso Legacy is not complete");
    assert_eq!(story.count(Method::Get, "/backupInstances"), before + 1);
    assert_eq!(story.count(Method::Post, GRAPH), 1);
}

#[test]
fn what_has_come_is_shown_while_the_other_vaults_are_still_read() {
    let mut story = Story::closed("#/demo/find");
    instead(&mut story, Method::Post, GRAPH, 1, refused());
    story.start(Default::default());
    story.wait_for(" so far ~");
    story.sees("vaults read");
    story.sees("What has come is shown below already");
    let so_far = servers(&story).len();
    story.type_into(Field::Search, "psql");
    assert_eq!(servers(&story).len(), so_far, "and can be searched");
    story.type_into(Field::Search, "");
    story.wait_for("Read from Azure");
    assert!(servers(&story).len() > so_far);
}

#[test]
fn a_server_that_the_graph_does_not_show_yet_is_found_by_reading_every_vault() {
    let mut story = all();
    assert!(!servers(&story).contains(&"psql-just-protected".to_string()));
    let before = servers(&story);
    story.press("Read every vault instead");
    story.wait_for("psql-just-protected");
    story.wait(10);
    assert!(before.iter().all(|name| servers(&story).contains(name)), "and nothing else goes");
    story.type_into(Field::Search, "psql-not-restorable");
    story.sees("Azure does not allow a restore now");
    assert_eq!(story.button("Read every vault instead"), None);
    story.type_into(Field::Search, "");
    story.press("Read again");
    story.wait(10);
    assert!(servers(&story).contains(&"psql-just-protected".to_string()), "nor does it go by being read again");
}

#[test]
fn a_graph_that_knows_of_nothing_is_not_believed() {
    let mut story = Story::closed("#/demo/find");
    instead(&mut story, Method::Post, GRAPH, 1, graph_page(0, 0, ""));
    story.start(Default::default());
    story.wait_for("psql-orders-prod");
}

#[test]
fn that_nothing_is_protected_or_seen_is_told() {
    let nothing = |subscriptions: &'static str| {
        let mut story = Story::closed("#/demo/find");
        story.between = Box::new(move |_, request: &Request| {
            let path = request.url.path();
            if path == GRAPH {
                return Some(graph_page(0, 0, ""));
            }
            Some(status(200, &[], if path == "/subscriptions" { subscriptions } else { r#"{"value":[]}"# }))
        });
        story.start(Default::default());
        story.wait(10);
        story
    };
    nothing(r#"{"value":[]}"#).sees("Your account sees no subscription");
    let one = r#"{"value":[{"subscriptionId":"6f2d9a41-5c0e-4b7a-9f63-2d1e8c7b4a05","displayName":"A","state":"Enabled"},{"subscriptionId":"2ae9750c-71b3-4f08-a6d4-c3905be81f27","displayName":"B","state":"Enabled"}]}"#;
    let mut story = nothing(one);
    story.sees("No flexible server is protected");
    story.sees("None of your 2 subscriptions has one in a Backup vault");
    assert!(story.is_at_rest());
    // A server may be backed up in a vault of which nobody has told.
    let just = of_server("94b7d3e0-58c6-4a1f-8f29-0e6d71c3a5b8", "rg-demo", "psql-just-protected");
    story.between = Box::new(|_, _| None);
    story.type_into(Field::Search, &just);
    story.wait_for("[psql-just-protected]");
    story.does_not_see("No flexible server is protected");
}

#[test]
fn a_list_that_the_graph_cuts_short_is_not_taken_for_whole() {
    let mut story = Story::closed("#/demo/find");
    instead(&mut story, Method::Post, GRAPH, 1, graph_page(0, 1000, r#","resultTruncated":"true""#));
    story.start(Default::default());
    story.wait_for("The list is not complete");
    story.sees("What has come so far is shown.");
    assert_eq!(servers(&story).len(), 100);
    story.press("Read every vault instead");
    story.does_not_see("The list is not complete");
    story.type_into(Field::Search, "psql-legacy-billing");
    story.wait_for("[psql-legacy-billing]");
}

#[test]
fn what_passes_by_itself_is_waited_out_with_what_was_known_kept() {
    let slow =
        || status(429, &[("Retry-After", "25")], r#"{"error":{"code":"TooManyRequests","message":"Slow down."}}"#);
    for (answer, told) in [
        (slow(), "Azure asks us to slow down"),
        (Err(Unreachable::NoAnswer), "Azure did not answer"),
        (Err(Unreachable::Offline), "You are offline"),
        (status(503, &[], ""), "Azure has a problem of its own"),
    ] {
        let mut story = all();
        let count = servers(&story).len();
        instead(&mut story, Method::Post, GRAPH, 1, answer.clone());
        story.press("Read again");
        story.wait_for(&format!("Warn: {told}"));
        assert_eq!(servers(&story).len(), count, "{told}");
        story.sees("Read from Azure");
        assert!(story.button("Read every vault instead").is_some());
        story.wait(60);
        story.does_not_see(&format!("Warn: {told}"));
        // The same in the middle of a walk.
        story.press("Read every vault instead");
        instead(&mut story, Method::Get, "/backupVaults", 2, answer.clone());
        story.wait_for(&format!("Warn: {told}"));
        assert_eq!(servers(&story).len(), count, "{told}");
        story.wait_for("psql-just-protected");
        story.wait(60);
        story.does_not_see(&format!("Warn: {told}"));
        story.sees("bvault-legacy-locked");
    }
}

#[test]
fn without_a_network_nothing_is_asked_and_it_goes_on_once_there_is_one() {
    let mut story = Story::closed("#/demo/find");
    story.start(Default::default());
    story.wait_for("servers in");
    story.tell(Event::OnlineChanged(false));
    let before = story.sent.len();
    story.press("Read again");
    story.wait(600);
    story.sees("You are offline");
    assert!(servers(&story).len() > 50);
    assert_eq!(story.sent.len(), before);
    story.tell(Event::OnlineChanged(true));
    story.wait(5);
    story.does_not_see("You are offline");
    story.sees("Read from Azure 4 s ago");
}

#[test]
fn a_vault_that_never_answers_is_told_beside_the_others() {
    let mut story = Story::closed("#/demo/find");
    story.between = Box::new(|_, request: &Request| {
        let path = request.url.path();
        if path == GRAPH {
            return Some(refused());
        }
        let broken = path.ends_with("/backupInstances") && path.contains("bvault-demo");
        broken.then(|| status(503, &[], ""))
    });
    story.start(Default::default());
    story.wait_for("Failure Drills is not complete");
    story.wait_for("psql-orders-prod");
    story.sees("The vault bvault-demo");
    story.sees("Azure has a problem of its own");
}

#[test]
fn a_sign_in_that_has_ended_is_asked_for_and_leads_to_no_walk() {
    let mut story = Story::closed("#/find");
    story.between = Box::new(|_, _| Some(Err(Unreachable::SignedOut("interaction_required".into()))));
    story.start(person());
    story.wait_for("Your sign-in has ended");
    story.wait(60);
    assert_eq!(story.sent.len(), 1);
    story.between = Box::new(|_, _| None);
    story.press("Sign in again");
    story.tell(Event::SessionChanged(person()));
    story.wait_for("servers in 4 subscriptions");
    // In the middle of a walk it stops the walk, which goes on afterwards.
    story.press("Read every vault instead");
    story.between = Box::new(|_, request| {
        request
            .url
            .path()
            .ends_with("/backupInstances")
            .then(|| Err(Unreachable::SignedOut("interaction_required".into())))
    });
    story.wait_for("Your sign-in has ended");
    let before = story.count(Method::Get, "/backupInstances");
    story.wait(60);
    assert_eq!(story.count(Method::Get, "/backupInstances"), before, "no other vault is tried");
    story.between = Box::new(|_, _| None);
    story.press("Sign in again");
    story.tell(Event::SessionChanged(person()));
    story.wait_for("psql-just-protected");
}

#[test]
fn a_page_that_was_left_is_asked_for_no_more() {
    let mut story = Story::closed("#/demo/find");
    instead(&mut story, Method::Post, GRAPH, 1, refused());
    story.start(Default::default());
    story.wait_for(" so far ~");
    story.go("#/demo/activity");
    let before = story.sent.len();
    story.wait(60);
    assert!(story.sent.len() <= before, "{} more were asked for", story.sent.len() - before);
    story.back();
    story.wait_for("Read from Azure");
    story.sees("psql-orders-prod");
}
