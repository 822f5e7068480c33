//! Azure, or the sign-in service, no longer takes the sign-in.

use super::journey::{DRILLS, to_review};
use super::story::{Story, person};
use pgflex_restore::app::{Event, Person, Session};
use pgflex_restore::azure::challenge::SECOND_FACTOR;
use pgflex_restore::azure::http::{Method, Request, Response, Unreachable};

/// The vault of the servers, for somebody who is signed in.
const PRODUCTION: &str = "#/find?v=1&vault=6f2d9a41-5c0e-4b7a-9f63-2d1e8c7b4a05/rg-backup-prod/bvault-prod-weu";

const NBF: &str = r#"{"access_token":{"nbf":1}}"#;
const CHALLENGE: &str = r#"Bearer error="insufficient_claims", claims="eyJhY2Nlc3NfdG9rZW4iOnsibmJmIjoxfX0=""#;

type Outcome = Result<Response, Unreachable>;

fn unauthorized(code: &str, challenge: Option<&str>) -> Outcome {
    let headers = challenge.map(|challenge| ("WWW-Authenticate".to_string(), challenge.to_string()));
    let body = format!(r#"{{"error":{{"code":"{code}","message":"The access token is not taken."}}}}"#);
    Ok(Response { status: 401, headers: headers.into_iter().collect(), body })
}

fn expired() -> Outcome {
    unauthorized("ExpiredAuthenticationToken", None)
}

/// Answers in Azure's place whatever fits, so many times.
fn instead(story: &mut Story, fits: fn(&Request) -> bool, times: usize, answer: Outcome) {
    let mut left = times;
    story.between = Box::new(move |_, request| {
        let fits = left > 0 && fits(request);
        left -= usize::from(fits);
        fits.then(|| answer.clone())
    });
}

fn any(_: &Request) -> bool {
    true
}

fn job(request: &Request) -> bool {
    request.url.path().contains("/backupJobs/")
}

fn check(request: &Request) -> bool {
    request.url.path().ends_with("/validateRestore")
}

fn start(request: &Request) -> bool {
    request.url.path().ends_with("/restore")
}

fn reviewed() -> Story {
    let mut story = Story::signed_in(PRODUCTION);
    to_review(&mut story, "psql-orders-prod", DRILLS);
    story
}

fn checked() -> Story {
    let mut story = reviewed();
    story.check();
    story
}

fn running() -> Story {
    let mut story = checked();
    story.press("Start restore");
    story.wait_for("Azure Backup is writing the files");
    story
}

/// The browser comes back from the sign-in page.
fn comes_back(story: &mut Story) {
    assert!(std::mem::take(&mut story.left), "nobody has left:\n{}", story.told());
    story.start(person());
}

/// The review after a redirect: the form as it was, the check still to be made, nothing sent.
#[track_caller]
fn reviews_the_same(story: &mut Story, prefix: &str, writes: usize) {
    story.wait_for("Check, then start");
    story.sees(prefix);
    story.sees(DRILLS);
    assert!(story.button("Start restore").unwrap().disabled.is_some(), "the check was before the sign-in");
    story.wait(3600);
    assert_eq!(count(story), writes, "nothing is sent by itself");
}

/// Gives the proof that is asked for, finds the form as it was, and presses on to the files: so many restore requests
/// in all.
fn proves_and_restores(story: &mut Story, prefix: &str, claims: &str, restores: usize) {
    story.press("Sign in with more proof");
    assert_eq!(story.claims.as_deref(), Some(claims));
    comes_back(story);
    reviews_the_same(story, prefix, restores);
    story.check();
    story.press("Start restore");
    story.wait_for("The files of psql-orders-prod are in the container");
    assert_eq!(story.count(Method::Post, "/restore"), restores, "one for each press");
}

/// How many writes were sent.
fn count(story: &Story) -> usize {
    story.count(Method::Post, "/restore") + story.count(Method::Post, "/validateRestore")
}

fn prefix(story: &Story) -> String {
    story.model.drafts.last().unwrap().full_prefix().unwrap().as_str().to_string()
}

#[test]
fn a_token_that_expired_in_the_middle_of_a_watch_is_renewed_unseen() {
    let mut story = running();
    instead(&mut story, job, 1, expired());
    let before = story.sent.len();
    while story.renewals == 0 {
        assert!(story.step(story.now + pgflex_restore::moment::Span::from_secs(60)));
        story.does_not_see("sign-in");
    }
    // The same read, at once, under an id of its own.
    let [.., refused, repeated] = &story.sent[before..] else { panic!("{}", story.told()) };
    assert_eq!(refused.url, repeated.url);
    assert_ne!(refused.headers, repeated.headers);
    story.wait_for("The files of psql-orders-prod are in the container");
    assert_eq!(story.renewals, 1);
    assert!(!story.left);
}

#[test]
fn reads_side_by_side_have_the_token_renewed_once() {
    let mut story = Story::signed_in(PRODUCTION);
    story.wait_for("psql-orders-prod");
    // The instance, its vault and its points are asked for at once.
    instead(&mut story, any, 3, expired());
    story.follow("psql-orders-prod");
    story.wait_for("latest");
    assert_eq!(story.renewals, 1);
    story.does_not_see("sign-in");
}

#[test]
fn a_token_that_expires_again_later_is_renewed_again() {
    let mut story = running();
    instead(&mut story, job, 1, expired());
    story.wait(420);
    assert_eq!(story.renewals, 1);
    instead(&mut story, job, 1, expired());
    story.wait(120);
    assert_eq!(story.renewals, 2);
    story.does_not_see("sign-in");
}

#[test]
fn a_sign_in_that_was_revoked_keeps_what_is_seen_and_goes_on_after_the_next_one() {
    let mut story = running();
    let address = story.address().to_string();
    instead(&mut story, any, usize::MAX, expired());
    story.wait_for("Your sign-in has ended");
    story.sees("Azure carries on with what it has started");
    story.sees("Azure Backup is writing the files");
    story.sees("ExpiredAuthenticationToken");
    story.wait(600);
    let asked = story.sent.len();
    story.wait(3600);
    assert_eq!(story.sent.len(), asked, "nothing is asked without a sign-in");
    story.sees("Azure Backup is writing the files");
    story.between = Box::new(|_, _| None);
    story.press("Sign in again");
    assert_eq!(story.claims, None);
    comes_back(&mut story);
    story.wait_for("The files of psql-orders-prod are in the container");
    assert_eq!(story.address(), address);
    assert_eq!(story.count(Method::Post, "/restore"), 1);
}

#[test]
fn a_challenge_to_a_read_is_met_by_a_sign_in_that_asks_for_the_same() {
    let mut story = running();
    instead(&mut story, job, 1, unauthorized("InvalidAuthenticationToken", Some(CHALLENGE)));
    story.wait_for("Azure asks for more proof of who you are");
    story.sees("Azure Backup is writing the files");
    assert_eq!(story.renewals, 0, "another token of the same sign-in lacks the same");
    story.press("Sign in with more proof");
    assert_eq!(story.claims.as_deref(), Some(NBF));
    comes_back(&mut story);
    story.wait_for("The files of psql-orders-prod are in the container");
}

#[test]
fn a_start_that_azure_does_not_take_starts_nothing_and_may_be_pressed_again() {
    let mut story = checked();
    let prefix = prefix(&story);
    instead(&mut story, start, 1, expired());
    story.press("Start restore");
    story.wait_for("Azure did not accept your sign-in");
    story.sees("Nothing was started.");
    story.sees("Check, then start");
    story.sees(&prefix);
    story.wait(3600);
    assert_eq!((story.count(Method::Post, "/restore"), story.renewals), (1, 1));
    assert!(story.journal.values().all(|row| row.contains("refused")), "the journal says so: {:?}", story.journal);
    story.press("Start restore");
    story.wait_for("The files of psql-orders-prod are in the container");
    assert_eq!(story.count(Method::Post, "/restore"), 2, "one for each press");
    story.sees(&prefix);
    assert!(!story.left);
}

#[test]
fn a_check_that_azure_does_not_take_may_be_pressed_again() {
    let mut story = reviewed();
    instead(&mut story, check, 1, expired());
    story.press("Check with Azure");
    story.wait_for("Azure did not accept your sign-in");
    story.wait(3600);
    assert_eq!((count(&story), story.renewals), (1, 1));
    story.check();
    story.does_not_see("Azure did not accept your sign-in");
}

#[test]
fn a_challenge_in_the_middle_of_the_start_keeps_the_form_and_waits_for_the_person() {
    let mut story = checked();
    let (prefix, address) = (prefix(&story), story.address().to_string());
    instead(&mut story, start, 1, unauthorized("RequestDisallowedByPolicy", Some(CHALLENGE)));
    story.press("Start restore");
    story.wait_for("Azure asks for more proof of who you are");
    story.sees("Nothing was started, and what you entered is kept.");
    assert_eq!(story.address(), address);
    proves_and_restores(&mut story, &prefix, NBF, 2);
}

#[test]
fn a_write_refused_with_a_new_token_too_is_taken_for_a_challenge_that_cannot_be_read() {
    let mut story = checked();
    let prefix = prefix(&story);
    instead(&mut story, start, 2, unauthorized("InvalidAuthenticationToken", None));
    story.press("Start restore");
    story.wait_for("Azure did not accept your sign-in");
    story.press("Start restore");
    story.wait_for("Azure asks for more proof of who you are");
    assert_eq!(story.renewals, 1);
    proves_and_restores(&mut story, &prefix, SECOND_FACTOR, 3);
}

#[test]
fn a_policy_that_says_so_is_believed_without_a_challenge() {
    let mut story = reviewed();
    instead(&mut story, check, 1, unauthorized("RequestDisallowedByAzure", None));
    story.press("Check with Azure");
    story.wait_for("Azure asks for more proof of who you are");
    story.press("Sign in with more proof");
    assert_eq!((story.claims.as_deref(), story.renewals), (Some(SECOND_FACTOR), 0));
}

#[test]
fn more_proof_that_does_not_help_ends_in_plain_words_and_no_loop() {
    for challenge in [None, Some(CHALLENGE)] {
        let mut story = reviewed();
        instead(&mut story, check, usize::MAX, unauthorized("RequestDisallowedByPolicy", challenge));
        story.press("Check with Azure");
        story.wait_for("Azure asks for more proof of who you are");
        story.press("Sign in with more proof");
        comes_back(&mut story);
        story.wait_for("Check, then start");
        for _ in 0..3 {
            story.press("Check with Azure");
            story.wait_for("Azure does not accept your sign-in, even with more proof");
            story.sees("Ask an administrator");
            story.sees("Conditional Access");
            story.sees("Azure portal");
            assert!(story.button("Sign in with more proof").is_none(), "it was offered once");
        }
        story.wait(3600);
        assert_eq!((count(&story), story.left), (4, false));
    }
}

#[test]
fn the_proof_of_a_token_that_was_renewed_since_can_be_given_again() {
    let mut story = reviewed();
    instead(&mut story, check, 1, unauthorized("RequestDisallowedByPolicy", None));
    story.press("Check with Azure");
    story.wait_for("Azure asks for more proof of who you are");
    story.press("Sign in with more proof");
    comes_back(&mut story);
    story.wait_for("Check, then start");
    story.wait(3600);
    story.between = Box::new(|_, request| check(request).then(|| unauthorized("RequestDisallowedByPolicy", None)));
    story.press("Check with Azure");
    story.wait_for("Azure asks for more proof of who you are");
}

#[test]
fn a_sign_in_service_that_does_not_answer_leaves_the_page_as_it_is_and_is_asked_again() {
    let mut story = running();
    instead(&mut story, job, 2, Err(Unreachable::NoToken));
    story.wait_for("The sign-in service did not answer");
    story.sees("Azure Backup is writing the files");
    story.sees("Asks again in");
    story.wait_for("The files of psql-orders-prod are in the container");
    story.does_not_see("The sign-in service did not answer");
}

#[test]
fn a_start_without_a_token_was_not_sent_and_may_be_pressed_again() {
    let mut story = checked();
    instead(&mut story, start, 1, Err(Unreachable::NoToken));
    story.press("Start restore");
    story.wait_for("The sign-in service did not answer");
    story.sees("nothing was sent to Azure");
    story.wait(3600);
    assert_eq!(story.count(Method::Post, "/restore"), 1, "the one that got no token");
    story.press("Start restore");
    story.wait_for("The files of psql-orders-prod are in the container");
}

#[test]
fn an_account_of_another_tenant_is_told_so_and_not_asked_to_renew_anything() {
    let mut story = Story::closed(PRODUCTION);
    instead(&mut story, any, usize::MAX, unauthorized("InvalidAuthenticationTokenTenant", None));
    story.start(person());
    story.wait_for("This belongs to another tenant");
    story.sees("Sign in with an account of its tenant");
    assert_eq!(story.renewals, 0);
    story.press("Sign in with another account");
    let Session::SignedIn(other) = person() else { panic!("nobody") };
    story.between = Box::new(|_, _| None);
    story.start(Session::SignedIn(Person { tenant: "99999999-16b2-4f58-9f0a-b7d1e9c2a840".into(), ..other }));
    story.wait_for("psql-orders-prod");
}

#[test]
fn signing_out_while_a_restore_runs_says_that_azure_carries_on() {
    let mut story = running();
    let address = story.address().to_string();
    story.tell(Event::SignOutPressed);
    assert!(story.told().contains("signs out"));
    story.start(Session::SignedOut);
    story.sees("A restore that Azure has accepted goes on, whoever is signed in.");
    story.wait(600);
    let asked = story.sent.len();
    story.press("Sign in with Microsoft");
    comes_back(&mut story);
    story.wait_for("The files of psql-orders-prod are in the container");
    assert!(story.sent[asked..].iter().all(|request| request.method == Method::Get));
    assert_eq!(story.address(), address);
}

#[test]
fn signing_in_again_keeps_a_form_that_nobody_has_typed_into() {
    let mut story = running();
    story.go(PRODUCTION);
    story.wait_for("psql-orders-prod");
    story.follow("psql-orders-prod");
    story.wait_for("latest");
    story.choose(3);
    story.press("Choose a target");
    story.wait_for("File prefix: [");
    story.press("Review");
    story.wait_for("Check, then start");
    let prefix = prefix(&story);
    let writes = count(&story);
    instead(&mut story, check, 1, unauthorized("RequestDisallowedByPolicy", None));
    story.press("Check with Azure");
    story.wait_for("Azure asks for more proof of who you are");
    story.press("Sign in with more proof");
    comes_back(&mut story);
    reviews_the_same(&mut story, &prefix, writes + 1);
}
