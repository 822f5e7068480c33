//! Reads that get no answer, or one that Azure never gives, by the names of `docs/simulator.md`.

use super::drills::{opened, review};
use super::story::Story;
use pgflex_restore::app::{Event, Person, Session};
use pgflex_restore::azure::challenge::SECOND_FACTOR;
use pgflex_restore::azure::http::Method;

/// How often the list of points was asked for.
fn lists(story: &Story) -> usize {
    story.count(Method::Get, "/recoveryPoints")
}

#[test]
fn what_passes_by_itself_is_waited_out_with_words_for_it() {
    for (server, words) in [
        ("psql-throttled", "Azure asks us to slow down"),
        ("psql-throttled-no-hint", "Azure asks us to slow down"),
        ("psql-azure-500", "Azure has a problem of its own"),
        ("psql-azure-503", "Azure has a problem of its own"),
        ("psql-no-network", "You are offline"),
        ("psql-no-answer", "Azure did not answer"),
        ("psql-body-huge", "The answer was too long to read"),
    ] {
        let mut story = opened(server);
        story.wait_for(words);
        story.wait_for("All points 52");
        story.wait(120);
        story.does_not_see(words);
        assert!((4..9).contains(&lists(&story)), "{server}: asked {} times in a minute and a half", lists(&story));
    }
}

#[test]
fn azures_own_wait_is_kept_to_the_second() {
    let mut story = opened("psql-throttled");
    story.wait(24);
    assert_eq!(lists(&story), 1);
    story.wait(2);
    assert_eq!(lists(&story), 2);
}

#[test]
fn a_body_that_azure_never_sends_is_told_and_asked_for_again_by_a_person_alone() {
    for server in ["psql-body-html", "psql-body-empty", "psql-body-truncated", "psql-body-mistyped"] {
        let mut story = opened(server);
        story.wait_for("The answer does not look like one from Azure");
        story.wait(120);
        assert_eq!(lists(&story), 1, "{server}");
        story.press("Try again");
        story.wait_for("All points 52");
        story.wait(5);
        story.does_not_see("The answer does not look like one from Azure");
    }
}

#[test]
fn an_operation_whose_status_cannot_be_read_for_a_while_is_followed_to_its_end() {
    for (server, told) in [
        ("psql-azure-500", "Azure has a problem of its own"),
        ("psql-throttled", "Azure asks us to slow down"),
        ("psql-no-answer", "Azure did not answer"),
        ("psql-body-huge", "The answer was too long to read"),
    ] {
        let mut story = opened(server);
        review(&mut story);
        story.press("Check with Azure");
        story.wait_for(told);
        story.wait(120);
        if story.button("Check with Azure").unwrap().disabled.is_none() {
            // The check itself met the trouble, and is not sent again without a word.
            assert_eq!(story.count(Method::Post, "/validateRestore"), 1);
            story.press("Check with Azure");
            story.wait_for(told);
        }
        story.wait_for("Azure would accept it");
    }
}

#[test]
fn a_list_that_never_ends_is_stopped_and_what_has_come_can_be_used() {
    let mut story = opened("psql-endless-pages");
    story.wait(900);
    story.sees("The list does not end");
    assert_eq!(lists(&story), 1_000);
    assert!(story.is_at_rest());
    story.sees("All points 52");
    story.choose(3);
    story.press("Choose a target");
    story.wait_for("File prefix: [");
}

#[test]
fn a_next_page_at_another_host_is_not_asked_for_and_what_has_come_stays() {
    let mut story = opened("psql-hostile-next");
    story.wait_for("The answer leads away from Azure");
    story.sees("All points 52");
    assert_eq!(lists(&story), 1);
    assert!(story.sent.iter().all(|request| request.url.host() == "management.azure.com"));
}

/// Whom the simulated sign-in signs in.
fn you() -> Person {
    Person { id: String::new(), username: "you@contoso.example".into(), tenant: "demo".into() }
}

#[test]
fn a_lapsed_token_asks_for_a_sign_in_and_what_was_open_goes_on_after_it() {
    for server in ["psql-401-expired", "psql-401-revoked"] {
        let mut story = opened(server);
        story.wait_for("Your sign-in has ended");
        // What was under way beside it comes to the same end.
        story.wait(5);
        let asked = lists(&story);
        story.wait(120);
        assert_eq!(lists(&story), asked, "nothing is asked without a sign-in");
        story.press("Sign in again");
        assert!(story.left);
        story.tell(Event::SessionChanged(Session::SignedIn(you())));
        story.wait_for("All points 52");
        story.wait(5);
        story.does_not_see("Your sign-in has ended");
    }
}

#[test]
fn a_challenged_check_keeps_the_review_and_can_be_pressed_again_after_a_sign_in() {
    for server in ["psql-claims-readable", "psql-claims-hidden"] {
        let mut story = opened(server);
        review(&mut story);
        story.press("Check with Azure");
        story.wait_for("Azure asks for more proof of who you are");
        story.sees("without authenticating through MFA");
        story.press("Sign in with more proof");
        assert_eq!(story.claims.as_deref(), Some(SECOND_FACTOR));
        story.tell(Event::SessionChanged(Session::SignedIn(you())));
        story.wait(60);
        assert_eq!(story.count(Method::Post, "/validateRestore"), 1, "nothing is sent by itself");
        story.check();
        story.press("Start restore");
        story.wait_for(&format!("The files of {server} are in the container"));
        assert_eq!(story.count(Method::Post, "/restore"), 1);
    }
}

#[test]
fn a_challenged_start_keeps_the_review_and_starts_once_after_a_sign_in() {
    let mut story = opened("psql-claims-at-start");
    review(&mut story);
    story.check();
    story.press("Start restore");
    story.wait_for("Azure asks for more proof of who you are");
    story.sees("Nothing was started");
    story.press("Sign in with more proof");
    story.tell(Event::SessionChanged(Session::SignedIn(you())));
    story.wait(60);
    assert_eq!(story.count(Method::Post, "/restore"), 1, "nothing is sent by itself");
    story.press("Start restore");
    story.wait_for("The files of psql-claims-at-start are in the container");
    assert_eq!(story.count(Method::Post, "/restore"), 2);
}
