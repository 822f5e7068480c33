//! Several accounts are signed in in one tab: switching between them, and a link that only one of them can open.

use super::journey::{DRILLS, to_review};
use super::story::Story;
use pgflex_restore::app::{Event, Person, Session};
use pgflex_restore::azure::http::{Method, Request, Response, Unreachable};

const PRODUCTION: &str = "6f2d9a41-5c0e-4b7a-9f63-2d1e8c7b4a05";
const VAULT: &str = "#/find?v=1&vault=6f2d9a41-5c0e-4b7a-9f63-2d1e8c7b4a05/rg-backup-prod/bvault-prod-weu";
const POINTS: &str = "#/points?v=1&instance=6f2d9a41-5c0e-4b7a-9f63-2d1e8c7b4a05/rg-backup-prod/bvault-prod-weu/psql-orders-prod-psql-orders-prod-3f0b61d4-9c2a-11ef-8a5e-00155d3c7b19";

type Outcome = Result<Response, Unreachable>;

/// Why an account does not see the production subscription, as Azure says it.
#[derive(Clone, Copy)]
enum Blind {
    /// Its tenant is another one.
    Tenant,
    /// Its tenant knows no such subscription.
    Subscription,
    /// It has no role there.
    Role,
    /// Its sign-in has ended.
    Lapsed,
}

fn refused(status: u16, code: &str, message: &str) -> Outcome {
    let body = format!(r#"{{"error":{{"code":"{code}","message":"{message}"}}}}"#);
    Ok(Response { status, headers: Vec::new(), body })
}

impl Blind {
    fn answer(self) -> Outcome {
        match self {
            Blind::Tenant => refused(
                401,
                "InvalidAuthenticationTokenTenant",
                "The access token is from the wrong issuer. It must match the tenant associated with this subscription.",
            ),
            Blind::Subscription => refused(
                404,
                "SubscriptionNotFound",
                "The subscription '6f2d9a41-5c0e-4b7a-9f63-2d1e8c7b4a05' could not be found.",
            ),
            Blind::Role => refused(
                403,
                "AuthorizationFailed",
                "The client does not have authorization to perform the action over the scope.",
            ),
            Blind::Lapsed => Err(Unreachable::SignedOut("AADSTS700082".into())),
        }
    }
}

fn account(name: &str, tenant: &str) -> Person {
    Person { id: format!("{name}/{tenant}"), username: format!("{name}@contoso.com"), tenant: tenant.into() }
}

fn adele() -> Person {
    account("adele", "3c0d5a7e-16b2-4f58-9f0a-b7d1e9c2a840")
}

fn berta() -> Person {
    account("berta", "9d1f6b30-7e24-4c8a-b5d9-02c3e8f7a614")
}

fn carla() -> Person {
    account("carla", "5b8e2f10-44d7-4e02-8d61-7a9c1f3b2d50")
}

fn whose(request: &Request) -> &str {
    let (_, token) = request.headers.iter().find(|(name, _)| name == "Authorization").expect("it is told whose");
    token.strip_prefix("Bearer ").unwrap()
}

/// Azure keeps what is in the production subscription from some accounts.
fn hide(story: &mut Story, blind: &[(Person, Blind)]) {
    let blind: Vec<(String, Blind)> = blind.iter().map(|(person, why)| (person.id.clone(), *why)).collect();
    story.between = Box::new(move |_, request| {
        let why = blind.iter().find(|(id, _)| *id == whose(request)).map(|(_, why)| *why)?;
        // The resource graph leaves out what an account does not see.
        let graph = || Ok(Response { status: 200, headers: Vec::new(), body: r#"{"count":0,"data":[]}"#.into() });
        match request.url.path() {
            path if path.contains(PRODUCTION) => Some(why.answer()),
            path if path.contains("Microsoft.ResourceGraph") => Some(graph()),
            _ => None,
        }
    });
}

/// A tab in which these accounts are signed in, the first one being in use, before it opens an address.
fn tab(address: &str, accounts: &[Person]) -> Story {
    let mut story = Story::closed(address);
    story.accounts = accounts.to_vec();
    story
}

fn opened(address: &str, accounts: &[Person], blind: &[(Person, Blind)]) -> Story {
    let mut story = tab(address, accounts);
    hide(&mut story, blind);
    story.start(Session::SignedIn(accounts[0].clone()));
    story
}

/// What the account's menu offers.
fn offered(story: &Story) -> Vec<String> {
    let account = story.screen().frame.account.expect("an account");
    account.actions.into_iter().map(|(words, _)| words).collect()
}

#[track_caller]
fn choose(story: &mut Story, words: &str) {
    let account = story.screen().frame.account.expect("an account");
    let Some((_, event)) = account.actions.into_iter().find(|(says, _)| says == words) else {
        panic!("the menu does not offer “{words}”: {:?}", offered(story));
    };
    story.tell(event);
}

fn uses(story: &Story) -> String {
    story.screen().frame.account.expect("an account").name
}

/// How often each account was asked for what is in the production subscription.
fn asked(story: &Story, person: &Person) -> usize {
    let sent = story.sent.iter().zip(&story.sent_as);
    sent.filter(|(request, id)| request.url.path().contains(PRODUCTION) && **id == person.id).count()
}

fn only_reads(story: &Story) {
    let writes =
        story.sent.iter().find(|request| request.method != Method::Get && !request.url.path().contains("Graph"));
    assert_eq!(writes, None);
}

#[test]
fn a_switch_reads_everything_again_as_the_other_account_and_keeps_the_address() {
    let mut story = opened(POINTS, &[adele(), berta()], &[]);
    story.wait_for("latest");
    assert_eq!(uses(&story), "adele@contoso.com");
    assert_eq!(
        offered(&story),
        ["Switch to berta@contoso.com", "Sign in with another account", "Sign out of all accounts here"]
    );
    let (before, address, key) = (story.sent.len(), story.address().to_string(), story.screen().page.key);
    // The answers to these are still on their way when the account changes.
    story.tell(Event::AskPressed);
    choose(&mut story, "Switch to berta@contoso.com");
    assert_eq!(uses(&story), "berta@contoso.com");
    assert_eq!(story.screen().frame.said.map(|(_, words)| words).as_deref(), Some("You are berta@contoso.com now."));
    assert_ne!(story.screen().page.key, key, "it is read out as another page");
    story.does_not_see("latest");
    story.wait_for("latest");
    assert_eq!(story.address(), address);
    assert!(story.sent_as[before..].iter().rev().take(3).all(|id| *id == berta().id));
    assert!(!story.left, "nobody has to go to the sign-in page");
    choose(&mut story, "Switch to adele@contoso.com");
    story.wait_for("latest");
    assert_eq!(story.sent_as.last(), Some(&adele().id));
    only_reads(&story);
}

#[test]
fn the_draft_of_one_account_is_not_met_by_the_other() {
    let mut story = opened(VAULT, &[adele(), berta()], &[]);
    to_review(&mut story, "psql-orders-prod", DRILLS);
    choose(&mut story, "Switch to berta@contoso.com");
    assert_eq!(story.draft, None);
    story.wait_for("Say where the files go");
    story.does_not_see(DRILLS);
}

#[test]
fn a_link_that_another_account_can_open_is_offered_to_be_opened_as_that_one() {
    for (why, title) in [
        (Blind::Tenant, "This belongs to another tenant"),
        (Blind::Subscription, "Your account does not see this subscription"),
        (Blind::Role, "You are not allowed to read this backup"),
    ] {
        let mut story = opened(POINTS, &[adele(), berta()], &[(adele(), why)]);
        story.wait_for(title);
        story.wait_for("berta@contoso.com can see it");
        assert_eq!(asked(&story, &berta()), 1, "one read tells it");
        story.wait(3600);
        story.tell(Event::Resumed);
        story.wait(60);
        assert_eq!(asked(&story, &berta()), 1, "once");
        assert_eq!(uses(&story), "adele@contoso.com", "nobody is switched by themselves");
        story.press("Open it as berta@contoso.com");
        story.wait_for("latest");
        assert_eq!((uses(&story), story.address()), ("berta@contoso.com".to_string(), POINTS));
        story.does_not_see("can see it");
        only_reads(&story);
    }
}

#[test]
fn a_vault_a_subscription_and_a_job_are_offered_as_well() {
    let mut story = opened(VAULT, &[adele(), berta()], &[]);
    to_review(&mut story, "psql-orders-prod", DRILLS);
    story.check();
    story.press("Start restore");
    story.wait_for("Azure Backup is writing the files");
    let (job, azure) =
        (story.address().to_string(), std::mem::replace(&mut story.azure, pgflex_restore::sim::Azure::new(None)));
    let now = story.now;
    let mut azure = Some(azure);
    for (address, seen) in [
        (job.as_str(), "The files of psql-orders-prod are in the container"),
        (VAULT, "psql-orders-prod"),
        ("#/find?v=1&subscription=6f2d9a41-5c0e-4b7a-9f63-2d1e8c7b4a05", "psql-orders-prod"),
    ] {
        let mut story = tab(address, &[adele(), berta()]);
        if let Some(azure) = azure.take() {
            (story.azure, story.now) = (azure, now);
        }
        hide(&mut story, &[(adele(), Blind::Role)]);
        story.start(Session::SignedIn(adele()));
        story.wait_for("berta@contoso.com can see it");
        story.press("Open it as berta@contoso.com");
        story.wait_for(seen);
        only_reads(&story);
    }
}

#[test]
fn where_no_account_can_see_it_that_is_said_and_another_sign_in_offered() {
    let all = [adele(), berta(), carla()];
    let blind = [(adele(), Blind::Subscription), (berta(), Blind::Tenant), (carla(), Blind::Role)];
    let mut story = opened(POINTS, &all, &blind);
    story.wait_for("None of the accounts signed in here can see it");
    story.sees("adele@contoso.com, signed in to the tenant 3c0d5a7e-16b2-4f58-9f0a-b7d1e9c2a840");
    assert_eq!((asked(&story, &berta()), asked(&story, &carla())), (1, 1));
    assert!(story.button("Open it as berta@contoso.com").is_none());
    story.wait(3600);
    assert!(story.is_at_rest());
    // Whoever has got a role meanwhile is found.
    hide(&mut story, &[(adele(), Blind::Subscription), (berta(), Blind::Tenant)]);
    story.press("Try again");
    story.wait_for("carla@contoso.com can see it");
    assert_eq!((asked(&story, &berta()), asked(&story, &carla())), (2, 2));
    hide(&mut story, &blind);
    story.press("Try again");
    story.wait_for("None of the accounts signed in here can see it");
    story.press("Sign in with another account");
    assert!(story.left);
}

#[test]
fn an_account_that_could_not_be_asked_is_not_taken_for_one_that_cannot_see_it() {
    for silent in [Err(Unreachable::NoAnswer), refused(503, "ServerBusy", "Later."), Blind::Lapsed.answer()] {
        let mut story = tab(POINTS, &[adele(), berta(), carla()]);
        story.between = Box::new(move |_, request| match whose(request) {
            id if id == adele().id || id == carla().id => Some(Blind::Role.answer()),
            _ => Some(silent.clone()),
        });
        story.start(Session::SignedIn(adele()));
        story.wait_for("It is not known yet whether another account signed in here can see it");
        story.does_not_see("None of the accounts");
        assert_eq!((asked(&story, &berta()), asked(&story, &carla())), (1, 1));
        assert_eq!(story.renewals, 0, "the token in use has nothing to do with it");
    }
}

#[test]
fn whoever_is_signed_in_alone_is_offered_another_account_and_nobody_is_asked() {
    for why in [Blind::Subscription, Blind::Role, Blind::Tenant] {
        let mut story = opened(POINTS, &[adele()], &[(adele(), why)]);
        story.wait_for("Another account may see it");
        assert_eq!(offered(&story), ["Sign in with another account", "Sign out"]);
        assert_eq!(asked(&story, &adele()), 3, "the instance, its vault, its points");
        let offers = super::print::buttons(&story.screen());
        let offers = offers.iter().filter(|button| button.label == "Sign in with another account").count();
        assert_eq!(offers, 1, "it is offered once");
        story.press("Sign in with another account");
        assert!(story.left);
    }
}

#[test]
fn what_is_gone_from_a_vault_that_can_be_read_is_asked_of_nobody_else() {
    let mut story = tab(POINTS, &[adele(), berta()]);
    story.between = Box::new(|_, request| {
        let gone = || refused(404, "UserErrorGenericResourceNotFound", "Azure resource does not exist.");
        request.url.path().contains("/backupInstances/").then(gone)
    });
    story.start(Session::SignedIn(adele()));
    story.wait_for("Azure does not know this backup");
    story.wait(60);
    story.sees("The vault is there and your account can read it");
    story.does_not_see("signed in here");
    assert_eq!(asked(&story, &berta()), 0);
}

#[test]
fn a_restore_is_followed_by_an_account_of_its_tenant_alone() {
    let mut story = opened(VAULT, &[adele(), berta()], &[(berta(), Blind::Tenant)]);
    to_review(&mut story, "psql-orders-prod", DRILLS);
    story.check();
    story.press("Start restore");
    story.wait_for("Azure Backup is writing the files");
    let job = story.address().to_string();
    let rows = story.journal.clone();
    story.go("#/activity");
    story.sees("psql-orders-prod");
    choose(&mut story, "Switch to berta@contoso.com");
    assert_eq!(
        story.screen().frame.said.map(|(_, words)| words).as_deref(),
        Some("You are berta@contoso.com now. A restore that was started as another account still goes on.")
    );
    story.wait(3600);
    story.does_not_see("psql-orders-prod");
    assert_eq!((asked(&story, &berta()), story.mark), (0, None), "it is neither followed nor shown");
    // Nor does what this account cannot read say anything of how it ended.
    story.go(&job);
    story.wait_for("adele@contoso.com can see it");
    assert_eq!(story.journal, rows);
    story.press("Open it as adele@contoso.com");
    story.wait_for("The files of psql-orders-prod are in the container");
    assert_ne!(story.journal, rows, "how it ended is noted");
    assert_eq!(story.count(Method::Post, "/restore"), 1);
}

#[test]
fn what_is_noted_of_a_restore_is_neither_shown_to_another_tenant_nor_changed_by_it() {
    // Berta's tenant manages the subscription for the other one: she sees it all.
    let mut story = opened(VAULT, &[adele(), berta()], &[]);
    to_review(&mut story, "psql-orders-prod", DRILLS);
    story.check();
    story.after = Box::new(|request, outcome| {
        if request.url.path().ends_with("/restore") {
            *outcome = Err(Unreachable::NoAnswer);
        }
    });
    story.press("Start restore");
    story.wait_for("The request left");
    assert_eq!(story.screen().page.title, "Restoring psql-orders-prod");
    let rows = story.journal.clone();
    choose(&mut story, "Switch to berta@contoso.com");
    assert_ne!(story.screen().page.title, "Restoring psql-orders-prod", "the address does not name the server");
    story.does_not_see("The request left");
    story.wait_for("The files of psql-orders-prod are in the container");
    assert_eq!(story.journal, rows, "rows of a tenant are its own accounts’ alone");
    choose(&mut story, "Switch to adele@contoso.com");
    story.wait_for("The files of psql-orders-prod are in the container");
    story.wait(60);
    assert_ne!(story.journal, rows);
    assert_eq!(story.count(Method::Post, "/restore"), 1);
}

#[test]
fn a_job_that_another_tenant_watches_to_its_end_is_noted_by_its_own() {
    let mut story = opened(VAULT, &[adele(), berta()], &[]);
    to_review(&mut story, "psql-orders-prod", DRILLS);
    story.check();
    story.press("Start restore");
    story.wait_for("Azure Backup is writing the files");
    let rows = story.journal.clone();
    choose(&mut story, "Switch to berta@contoso.com");
    story.wait_for("The files of psql-orders-prod are in the container");
    assert_eq!(story.journal, rows);
    choose(&mut story, "Switch to adele@contoso.com");
    story.wait_for("The files of psql-orders-prod are in the container");
    assert_ne!(story.journal, rows);
}

#[test]
fn a_subscription_that_is_not_seen_does_not_make_a_job_a_forgotten_one() {
    // A colleague of the same tenant, who has no role there.
    let other = Person { id: "dora".into(), username: "dora@contoso.com".into(), ..adele() };
    let mut story = opened(VAULT, &[adele(), other.clone()], &[(other, Blind::Subscription)]);
    to_review(&mut story, "psql-orders-prod", DRILLS);
    story.check();
    story.press("Start restore");
    story.wait_for("Azure Backup is writing the files");
    choose(&mut story, "Switch to dora@contoso.com");
    story.wait_for("Your account does not see this subscription");
    story.wait(3600);
    assert!(story.journal.values().all(|row| !row.contains("gone")), "{:?}", story.journal);
    story.press("Open it as adele@contoso.com");
    story.wait_for("The files of psql-orders-prod are in the container");
}

#[test]
fn a_start_that_is_on_its_way_during_a_switch_is_found_again_and_not_sent_again() {
    let mut story = opened(VAULT, &[adele(), berta()], &[(berta(), Blind::Tenant)]);
    to_review(&mut story, "psql-orders-prod", DRILLS);
    story.check();
    story.press("Start restore");
    story.wait_for("The request is on its way");
    choose(&mut story, "Switch to berta@contoso.com");
    story.wait(600);
    choose(&mut story, "Switch to adele@contoso.com");
    story.wait_for("The files of psql-orders-prod are in the container");
    assert_eq!(story.count(Method::Post, "/restore"), 1);
    assert!(story.sent.iter().zip(&story.sent_as).all(|(request, id)| request.method == Method::Get
        || request.url.path().contains("Graph")
        || *id == adele().id));
}

#[test]
fn one_login_in_two_tenants_is_told_apart_by_the_tenant() {
    let guest = Person { id: "adele/2".into(), tenant: berta().tenant, ..adele() };
    let mut story = opened(POINTS, &[adele(), guest], &[(adele(), Blind::Tenant)]);
    assert_eq!(uses(&story), "adele@contoso.com (tenant 3c0d5a7e)");
    assert_eq!(offered(&story)[0], "Switch to adele@contoso.com (tenant 9d1f6b30)");
    story.wait_for("adele@contoso.com (tenant 9d1f6b30) can see it");
    story.press("Open it as adele@contoso.com (tenant 9d1f6b30)");
    story.wait_for("latest");
}

#[test]
fn signing_out_ends_every_account_here() {
    let mut story = opened(POINTS, &[adele(), berta()], &[]);
    story.wait_for("latest");
    choose(&mut story, "Sign out of all accounts here");
    assert!(story.told().contains("signs out"));
    story.tell(Event::SessionChanged(Session::Failed { code: "x".into(), message: String::new() }));
    assert_eq!(offered(&story), ["Sign in"], "nobody is left to switch to");
}

#[test]
fn a_sign_in_that_is_broken_off_leaves_the_others_signed_in() {
    let mut story = tab(POINTS, &[adele(), berta()]);
    story.start(Session::Failed { code: "AADSTS65004".into(), message: String::new() });
    assert_eq!(offered(&story), ["Switch to adele@contoso.com", "Switch to berta@contoso.com", "Sign in"]);
    choose(&mut story, "Switch to adele@contoso.com");
    story.wait_for("latest");
    assert_eq!(uses(&story), "adele@contoso.com");
}

#[test]
fn the_demo_knows_no_accounts() {
    let mut story =
        tab("#/demo/points?v=1&instance=94b7d3e0-58c6-4a1f-8f29-0e6d71c3a5b8/rg-demo/bvault-demo-weu/none", &[]);
    story.start(Session::SignedOut);
    story.wait(60);
    story.sees("Azure does not know this backup");
    story.does_not_see("account signed in");
    story.does_not_see("another account");
}

#[test]
fn whoever_signs_in_from_another_tenant_does_not_meet_what_was_prepared_before() {
    let mut story = opened(VAULT, &[adele()], &[]);
    to_review(&mut story, "psql-orders-prod", DRILLS);
    choose(&mut story, "Sign in with another account");
    // They go back once, and sign in after all.
    story.accounts = Vec::new();
    story.start(Session::Failed { code: "access_denied".into(), message: String::new() });
    choose(&mut story, "Sign in");
    let kept = story.draft.clone();
    story.accounts = vec![adele(), berta()];
    story.start(Session::SignedIn(berta()));
    story.wait_for("Say where the files go");
    story.does_not_see(DRILLS);
    // Who has prepared it finds it as it was.
    story.draft = kept;
    story.start(Session::SignedIn(adele()));
    story.wait_for("Check, then start");
    story.sees(DRILLS);
}

#[test]
fn what_one_tenant_knows_of_a_job_does_not_lead_another_one_there() {
    let mut story = opened(VAULT, &[adele(), berta()], &[(berta(), Blind::Tenant)]);
    to_review(&mut story, "psql-orders-prod", DRILLS);
    story.check();
    story.press("Start restore");
    story.wait_for("Azure Backup is writing the files");
    let restore = story.model.journal.entries[0].clone();
    let address = story.model.address(pgflex_restore::link::Place::Restore(restore.point, restore.prefix));
    choose(&mut story, "Switch to berta@contoso.com");
    story.go(&address);
    story.wait(60);
    assert_eq!(story.address(), address);
    choose(&mut story, "Switch to adele@contoso.com");
    story.wait(5);
    assert!(story.address().contains("/job?"), "{}", story.address());
}

#[test]
fn of_a_plan_of_which_one_instance_is_hidden_that_one_is_asked_for_with_other_eyes() {
    let hidden = "psql-payments-prod-psql-payments-prod-257835b3-825c-4bc1-aacd-994091513534";
    let orders = POINTS.split_once("instance=").unwrap().1;
    let plan = format!("#/plan?v=1&points={orders}/newest,{hidden}/newest");
    let mut story = tab(&plan, &[adele(), berta()]);
    let id = adele().id;
    story.between = Box::new(move |_, request| {
        let path = request.url.path();
        let kept = whose(request) == id && path.contains(hidden);
        kept.then(|| Blind::Role.answer())
    });
    story.start(Session::SignedIn(adele()));
    story.wait_for("berta@contoso.com can see it");
    assert_eq!(asked(&story, &berta()), 1);
    story.sees("psql-orders-prod");
    story.press("Open it as berta@contoso.com");
    story.wait(60);
    story.does_not_see("can see it");
    assert!(story.address().contains(hidden), "{}", story.address());
    only_reads(&story);
}

#[test]
fn a_link_that_was_opened_signed_out_and_then_as_the_wrong_account_is_opened_as_the_right_one() {
    let mut story = tab(POINTS, &[]);
    hide(&mut story, &[(adele(), Blind::Tenant)]);
    story.start(Session::SignedOut);
    story.wait(60);
    assert!(story.sent.is_empty());
    choose(&mut story, "Sign in");
    story.accounts = vec![adele()];
    story.start(Session::SignedIn(adele()));
    story.wait_for("This belongs to another tenant");
    assert_eq!(story.address(), POINTS);
    choose(&mut story, "Sign in with another account");
    story.accounts = vec![adele(), berta()];
    story.start(Session::SignedIn(berta()));
    story.wait_for("latest");
    assert_eq!(story.address(), POINTS);
    only_reads(&story);
}
