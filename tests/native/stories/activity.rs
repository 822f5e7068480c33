//! The page Activity: what was started in this browser, and the restore jobs of the vaults, whoever began them.

use super::failures::status;
use super::find::{GRAPH, refused};
use super::journey::{DRILLS, PRODUCTION, ready, started};
use super::print;
use super::story::{Story, person};
use expect_test::expect;
use pgflex_restore::app::{Event, Field, Person, Session};
use pgflex_restore::azure::http::{Method, Request, Response, Unreachable};
use pgflex_restore::journal::Entry;
use pgflex_restore::screen::{Block, Row, Span};
use pgflex_restore::sim::Azure;

const JOBS: &str = "/backupJobs";

/// The page, once it has read what it needs.
fn opened() -> Story {
    let mut story = Story::demo("#/demo/activity");
    story.wait_for("Read from Azure");
    story
}

/// Goes to the page, and back to it, as a person does by the bar on top.
fn visit(story: &mut Story) {
    story.go("#/demo/activity");
    story.wait_for("Read from Azure");
}

/// The rows of a table, by their keys.
fn rows(story: &Story, label: &str) -> Vec<Row> {
    let found = print::blocks(&story.screen()).into_iter().find_map(|block| match block {
        Block::Table { label: said, rows, .. } if said == label => Some(rows),
        _ => None,
    });
    found.unwrap_or_default()
}

fn ours(story: &Story) -> Vec<Row> {
    rows(story, "Started in this browser")
}

fn jobs(story: &Story) -> Vec<Row> {
    rows(story, "Restore jobs of the vaults")
}

/// Presses a button in the only row of what was started here.
#[track_caller]
fn press_in_row(story: &mut Story, label: &str) {
    let row = ours(story).pop().expect("a row");
    let pressed = row.cells.iter().flatten().find_map(|span| match span {
        Span::Press { text, event, more } if text == label => {
            assert_eq!(*more, row.key, "it is told which one it is about");
            Some(event.clone())
        }
        _ => None,
    });
    story.tell(pressed.unwrap_or_else(|| panic!("there is no “{label}”:\n{}", story.text())));
}

fn asks_for_jobs(request: &Request) -> bool {
    request.url.path() == GRAPH && request.body.as_ref().is_some_and(|body| body.contains("backupjobs"))
}

/// How often the graph was asked for jobs.
fn asked(story: &Story) -> usize {
    story.sent.iter().filter(|request| asks_for_jobs(request)).count()
}

/// The graph answers otherwise when it is asked for jobs.
fn of_jobs(answer: Result<Response, Unreachable>) -> super::story::Between {
    Box::new(move |_, request: &Request| asks_for_jobs(request).then(|| answer.clone()))
}

fn no_rows() -> Result<Response, Unreachable> {
    status(200, &[], r#"{"totalRecords":0,"count":0,"data":[],"facets":[],"resultTruncated":"false"}"#)
}

#[test]
fn one_question_tells_the_restores_of_all_vaults_whoever_began_them() {
    let mut story = Story::demo(PRODUCTION);
    started(&mut story);
    visit(&mut story);
    assert_eq!(asked(&story), 1);
    story.type_into(Field::Jobs, "prod");
    expect![[r#"
        # Activity
        Restores started in this browser or by somebody else. Each leads to its job.
        Filter by server, vault, container, prefix or state: [prod] 
        ## Started in this browser
          1 restore, noted in this browser only. Nothing secret is noted. ~ 
          [Forget all of them !]
          Server | State | Started | Took | Into | Note
          [psql-orders-prod]bvault-prod-weu · point of 2026-11-09 23:05:03 UTC | (Busy) In progress | 2026-11-22 02:12:43 UTC (31 s ago) | 31 s so far | orders-prod-20261109-q3b7zt / https://stordersrestoreweu.blob.core.windows.net/pg-restore-drills | [Forget]
        ## Restore jobs of the vaults
          From the last 14 days, whoever started them. Each row is a link that another person can open if they can read the vault.
          3 of 15 restore jobs ~ Read from Azure just now
          [Read again !]
          Server | State | Started | Took | Into
          [psql-orders-prod]bvault-prod-weu · point of 2026-11-09 23:05:03 UTC | (Busy) In progressstarted here | 2026-11-22 02:12:43 UTC (31 s ago) | 31 s so far | orders-prod-20261109-q3b7zt / https://stordersrestoreweu.blob.core.windows.net/pg-restore-drills
          [psql-catalog-prod]bvault-prod-weu · point of 2026-11-16 22:03:44 UTC | (Ok) Completed | 2026-11-17 13:03:44 UTC (4 d 13 h ago) | 53 min 14 s | drill-catalog-2026-11-16 / https://stordersrestoreweu.blob.core.windows.net/exports
          [psql-catalog-prod]bvault-prod-weu · point of 2026-11-09 22:03:25 UTC | (Ok) Completed | 2026-11-10 13:03:25 UTC (11 d 13 h ago) | 53 min 12 s | drill-catalog-2026-11-09 / https://stordersrestoreweu.blob.core.windows.net/exports
          From Azure Resource Graph, which is a few minutes behind and leaves out what you cannot see. The vaults’ own lists show more, vault by vault.
          [Read the vaults’ own lists !]
    "#]].assert_eq(&story.text());
    story.type_into(Field::Jobs, "");
    assert_eq!(jobs(&story).len(), 15);
    story.wait(300);
    assert_eq!(asked(&story), 1, "it is not read again and again");
    story.press("Read again");
    story.wait(5);
    assert_eq!(asked(&story), 2);
    assert!(jobs(&story).iter().any(|row| print::text(&row.cells[1], story.now).contains("(Busy) In progress")));
}

#[test]
fn the_page_is_read_only_while_it_is_shown_and_anew_when_somebody_comes_back_after_a_while() {
    let mut story = opened();
    assert_eq!(story.count(Method::Get, JOBS), 0, "no list is read besides");
    story.go("#/demo/about");
    story.wait(30);
    visit(&mut story);
    assert_eq!(asked(&story), 1, "what is half a minute old is shown as it is");
    story.go("#/demo/about");
    story.wait(600);
    story.tell(Event::Resumed);
    assert_eq!(asked(&story), 1);
    story.go("#/demo/activity");
    assert_eq!((asked(&story), jobs(&story).len()), (2, 14), "what is known is there at once");
    story.wait(5);
    assert!(story.is_at_rest());
    // A question that is on its way when the page is left is not put again for nobody.
    let mut left = Story::closed("#/demo/activity");
    left.between = of_jobs(Err(Unreachable::NoAnswer));
    left.start(Default::default());
    left.wait(1);
    left.go("#/demo/about");
    left.wait(600);
    assert_eq!(asked(&left), 1);
    left.between = Box::new(|_, _| None);
    visit(&mut left);
    assert_eq!(jobs(&left).len(), 14);
}

#[test]
fn where_the_graph_refuses_the_lists_of_the_known_vaults_are_read() {
    let mut story = Story::demo(PRODUCTION);
    story.wait_for("psql-orders-prod");
    story.between = of_jobs(refused());
    visit(&mut story);
    story.sees("Plain: Read vault by vault");
    story.sees("did not answer for your account. Read from 1 of 1 vault known here.");
    story.sees("> What Azure said");
    let told: Vec<String> = jobs(&story).iter().map(|row| print::text(&row.cells[0], story.now)).collect();
    assert_eq!(told, ["[psql-catalog-prod]bvault-prod-weu"; 2], "no backups, and nothing of other vaults");
    story.does_not_see("exports");
    story.follow("psql-catalog-prod");
    story.wait_for("drill-catalog-");
    // The question is put first again.
    story.between = Box::new(|_, _| None);
    visit(&mut story);
    story.press("Read again");
    story.wait(5);
    story.does_not_see("Read vault by vault");
    assert_eq!(jobs(&story).len(), 14);
}

#[test]
fn without_the_graph_and_without_a_known_vault_nothing_is_claimed() {
    for (answer, title) in
        [(refused(), "Warn: The restore jobs could not be read"), (no_rows(), "Plain: No restore in the last 14 days")]
    {
        let mut story = Story::closed("#/demo/activity");
        story.between = of_jobs(answer);
        story.start(Default::default());
        story.wait(5);
        story.sees(title);
        story.sees("No vault is known here yet");
        story.press("Find a server");
        story.wait_for("psql-orders-prod");
        story.go("#/demo/activity");
        assert!(story.screen().page.title == "Activity");
    }
}

#[test]
fn a_graph_that_tells_of_no_job_is_believed_only_where_it_tells_of_servers() {
    let mut story = Story::demo("#/demo/find");
    story.wait_for("servers in");
    story.between = of_jobs(no_rows());
    visit(&mut story);
    story.sees("Plain: No restore in the last 14 days");
    assert_eq!(story.count(Method::Get, JOBS), 0);
    story.press("Read the vaults’ own lists");
    story.wait_for("14 restore jobs");
    story.sees("proves nothing");
    // Nobody has asked it for servers.
    let mut started_here = Story::demo(PRODUCTION);
    started(&mut started_here);
    started_here.between = of_jobs(no_rows());
    visit(&mut started_here);
    started_here.wait(5);
    assert!(jobs(&started_here).iter().any(|row| print::text(&row.cells[4], started_here.now).contains(DRILLS)));
    started_here.sees("started here");
}

#[test]
fn one_vault_that_may_not_be_read_hides_no_other_and_is_asked_for_again_alone() {
    let mut story = opened();
    let before = jobs(&story).len();
    let forbidden = r#"{"error":{"code":"AuthorizationFailed","message":"You may not."}}"#;
    story.between = Box::new(move |_, request: &Request| {
        let path = request.url.path();
        (path.contains("bvault-platform-weu") && path.ends_with(JOBS)).then(|| status(403, &[], forbidden))
    });
    story.press("Read the vaults’ own lists");
    story.wait(5);
    story.sees("Warn: 1 vault could not be read");
    story.sees(
        "You are not allowed to list the jobs of bvault-platform-weu. Ask for Backup Reader on it, then try again.",
    );
    assert_eq!(jobs(&story).len(), before, "what was known of it stays");
    story.sees("drill-catalog-2026-11-16");
    story.between = Box::new(|_, _| None);
    let asked = story.count(Method::Get, JOBS);
    story.press("Try again");
    story.wait(5);
    story.does_not_see("could not be read");
    assert_eq!(story.count(Method::Get, JOBS), asked + 1);
    assert_eq!(jobs(&story).len(), before);
}

#[test]
fn what_is_typed_filters_both_lists() {
    let mut story = Story::demo(PRODUCTION);
    started(&mut story);
    visit(&mut story);
    let counts = |story: &mut Story, text: &str| {
        story.type_into(Field::Jobs, text);
        (ours(story).len(), jobs(story).len())
    };
    assert_eq!(counts(&mut story, "psql-ORDERS"), (1, 1));
    for (text, found) in [
        ("bvault-platform", (0, 4)),
        ("exports", (0, 4)),
        ("sonarqube-2026-11-10", (0, 1)),
        ("  failed ", (0, 2)),
        ("failed sonarqube", (0, 0)),
        ("pg-restore-drills", (1, 1)),
        ("in progress", (1, 2)),
        ("started here", (0, 1)),
        ("", (1, 15)),
    ] {
        assert_eq!(counts(&mut story, text), found, "{text}");
    }
    story.type_into(Field::Jobs, "gitea");
    story.sees("0 of 1 restore,");
    story.sees("2 of 15 restore jobs");
    story.sees("Nothing here matches “gitea”.");
    assert!(story.address().ends_with("/activity"), "it is no part of the address");
    story.go("#/demo/about");
    visit(&mut story);
    assert_eq!(jobs(&story).len(), 2, "and is there when somebody comes back");
}

#[test]
fn what_has_ended_is_forgotten_at_once() {
    let mut story = Story::demo(PRODUCTION);
    started(&mut story);
    story.wait_for("The files of psql-orders-prod are in the container");
    visit(&mut story);
    press_in_row(&mut story, "Forget");
    assert!(story.journal.is_empty() && ours(&story).is_empty());
    assert_eq!(story.screen().frame.said.map(|(_, words)| words), Some("This browser has forgotten it.".into()));
    story.sees("Nothing was started in this browser");
    // The job is Azure's, and stays; it is no longer known from here.
    story.press("Read again");
    story.wait_for("15 restore jobs");
    story.does_not_see("started here");
}

#[test]
fn what_has_not_ended_is_forgotten_after_it_was_told_what_that_means() {
    let mut story = Story::demo(PRODUCTION);
    started(&mut story);
    visit(&mut story);
    press_in_row(&mut story, "Forget");
    story.sees("Its job goes on in Azure, but this browser will no longer follow or list it.");
    assert_eq!(story.journal.len(), 1);
    press_in_row(&mut story, "Keep it");
    story.does_not_see("Its job goes on in Azure");
    press_in_row(&mut story, "Forget");
    story.go("#/demo/about");
    visit(&mut story);
    story.does_not_see("Its job goes on in Azure");
    press_in_row(&mut story, "Forget");
    press_in_row(&mut story, "Forget it anyway");
    assert!(story.journal.is_empty() && ours(&story).is_empty());
    story.wait(5);
    assert!(story.is_at_rest(), "nothing is asked about it any more");
    let sent = story.sent.len();
    story.wait(3_600);
    assert_eq!(story.sent.len(), sent);
    assert!(story.journal.is_empty(), "and it is not noted again");
    assert!(story.mark.is_none() && story.notified.is_empty());
}

#[test]
fn one_whose_job_is_looked_for_is_forgotten_and_looked_for_no_more() {
    let mut story = ready();
    super::failures::instead(&mut story, Method::Post, "/restore", 1, Err(Unreachable::NoAnswer));
    story.press("Start restore");
    story.wait_for("We do not know whether Azure heard us");
    visit(&mut story);
    press_in_row(&mut story, "Forget");
    press_in_row(&mut story, "Forget it anyway");
    let sent = story.sent.len();
    story.wait(6 * 3_600);
    assert_eq!(story.sent.len(), sent);
    assert!(story.journal.is_empty() && story.claimed.is_empty());
    // Its prefix may be in use: what is prepared next has another one.
    let point = story.history.iter().find(|address| address.contains("/review")).unwrap().clone();
    let spent = story.sent.iter().find(|request| request.url.path().ends_with("/restore")).unwrap().clone();
    story.go(&point);
    story.wait_for("Check, then start");
    story.check();
    story.press("Start restore");
    story.wait_for("Azure accepted the request");
    let sent: Vec<&Request> = story.sent.iter().filter(|request| request.url.path().ends_with("/restore")).collect();
    assert_eq!(sent.len(), 2);
    assert_ne!(sent[1].body, spent.body);
}

#[test]
fn what_another_tab_forgets_is_looked_for_no_more_in_this_one() {
    let mut story = ready();
    super::failures::instead(&mut story, Method::Post, "/restore", 1, Err(Unreachable::NoAnswer));
    story.press("Start restore");
    story.wait_for("We do not know whether Azure heard us");
    visit(&mut story);
    let (prefix, _) = story.journal.pop_first().unwrap();
    story.tell(Event::EntryChanged(prefix, None));
    let sent = story.sent.len();
    story.wait(6 * 3_600);
    assert_eq!(story.sent.len(), sent);
    assert!(story.journal.is_empty());
}

#[test]
fn forgetting_all_asks_once_more_only_where_something_has_not_ended() {
    let mut story = Story::demo(PRODUCTION);
    started(&mut story);
    visit(&mut story);
    story.press("Forget all of them");
    story.sees("Warn: 1 of them has not ended");
    story.sees("Their jobs go on in Azure, but this browser will no longer follow or list them.");
    story.press("Keep them");
    assert_eq!(story.journal.len(), 1);
    story.press("Forget all of them");
    story.press("Forget them anyway");
    assert!(story.journal.is_empty());
    assert_eq!(
        story.screen().frame.said.map(|(_, words)| words),
        Some("This browser’s list of restores is empty now.".into())
    );
    let mut ended = Story::demo(PRODUCTION);
    started(&mut ended);
    ended.wait_for("The files of psql-orders-prod are in the container");
    visit(&mut ended);
    ended.press("Forget all of them");
    assert!(ended.journal.is_empty());
}

/// What one tab has written the other one hears.
fn hears(tab: &mut Story, other: &Story) {
    for (prefix, row) in &other.journal {
        if tab.journal.get(prefix) != Some(row) {
            tab.journal.insert(prefix.clone(), row.clone());
            tab.tell(Event::EntryChanged(prefix.clone(), Some(row.clone())));
        }
    }
    for prefix in tab.journal.keys().cloned().collect::<Vec<_>>() {
        if !other.journal.contains_key(&prefix) {
            tab.journal.remove(&prefix);
            tab.tell(Event::EntryChanged(prefix, None));
        }
    }
}

#[test]
fn rows_of_another_tab_come_change_and_go_while_the_page_is_open() {
    let (mut first, mut second) = (ready(), opened());
    second.sees("Nothing was started in this browser");
    first.press("Start restore");
    first.wait_for("The request is on its way");
    hears(&mut second, &first);
    assert_eq!(ours(&second).len(), 1);
    second.sees("(Busy) Looking for its job");
    first.wait_for("Azure Backup is writing the files");
    hears(&mut second, &first);
    second.azure = Azure::new(Some(&first.azure.ledger()));
    second.now = first.now;
    second.wait(30);
    assert!(print::text(&ours(&second)[0].cells[1], second.now).contains("(Busy) In progress"));
    // Both ask about it before one of them forgets it.
    press_in_row(&mut second, "Forget");
    second.sees("It has not ended");
    first.go("#/demo/activity");
    press_in_row(&mut first, "Forget");
    press_in_row(&mut first, "Forget it anyway");
    hears(&mut second, &first);
    assert!(ours(&second).is_empty() && second.journal.is_empty());
    second.does_not_see("Its job goes on in Azure");
    let sent = second.sent.len();
    second.wait(3_600);
    assert_eq!(second.sent.len(), sent, "it is followed no more");
    assert!(second.journal.is_empty());
}

#[test]
fn a_tab_whose_page_shows_what_another_one_forgets_shows_it_on_and_does_not_note_it_again() {
    let mut first = Story::demo(PRODUCTION);
    started(&mut first);
    let mut second = Story::closed("#/demo/activity");
    (second.journal, second.azure, second.now) =
        (first.journal.clone(), Azure::new(Some(&first.azure.ledger())), first.now);
    second.start(Default::default());
    second.press("Forget all of them");
    second.press("Forget them anyway");
    hears(&mut first, &second);
    first.wait_for("The files of psql-orders-prod are in the container");
    assert!(first.journal.is_empty());
    visit(&mut first);
    first.sees("Nothing was started in this browser");
}

/// The same login name in another tenant.
fn elsewhere() -> Session {
    let Session::SignedIn(person) = person() else { unreachable!() };
    Session::SignedIn(Person { tenant: "00000000-1111-4222-8333-444444444444".into(), ..person })
}

#[test]
fn what_one_tenant_was_shown_is_not_shown_to_another() {
    let mut story = Story::signed_in(&PRODUCTION.replace("/demo", ""));
    started(&mut story);
    story.go("#/activity");
    story.wait_for("Read from Azure");
    assert_eq!((ours(&story).len(), jobs(&story).len()), (1, 15));
    press_in_row(&mut story, "Forget");
    // The graph does not answer the other one yet: nothing of the first one's stands there meanwhile.
    story.between =
        Box::new(|_, request: &Request| (request.url.path() == GRAPH).then_some(Err(Unreachable::NoAnswer)));
    story.tell(Event::SessionChanged(elsewhere()));
    for _ in 0..2 {
        assert!(ours(&story).is_empty() && jobs(&story).is_empty());
        for word in ["psql-", "started here", "1 restore", "Forget", "has not ended"] {
            story.does_not_see(word);
        }
        story.wait(20);
    }
    story.between = Box::new(|_, _| None);
    story.press("Try again");
    story.wait(5);
    assert!(!jobs(&story).is_empty(), "what it may see itself it sees");
    story.does_not_see("started here");
    // Whatever is pressed there, the first one's is kept, and found again.
    story.tell(Event::ForgetPressed);
    story.tell(Event::ForgetOnePressed(Entry::parse(story.journal.values().next().unwrap()).unwrap().prefix));
    story.tell(Event::ForgetInSpitePressed);
    assert_eq!(story.journal.len(), 1);
    story.tell(Event::SessionChanged(person()));
    assert_eq!(ours(&story).len(), 1);
    let mut fresh = Story::closed("#/activity");
    (fresh.journal, fresh.azure, fresh.now) =
        (story.journal.clone(), Azure::new(Some(&story.azure.ledger())), story.now);
    fresh.start(elsewhere());
    fresh.sees("Nothing was started in this browser");
}

#[test]
fn a_colleague_opens_the_link_of_a_row() {
    let mut story = opened();
    story.type_into(Field::Jobs, "drill-catalog-2026-11-16");
    let link = print::links(&story.screen()).into_iter().find(|(text, _)| text == "psql-catalog-prod").unwrap().1;
    let mut colleague = Story::demo(&link);
    colleague.wait_for("The files of psql-catalog-prod are in the container");
    colleague.sees("drill-catalog-2026-11-16");
    assert!(colleague.journal.is_empty(), "looking on is nothing that was started there");
    assert!(colleague.sent.iter().all(|request| request.method == Method::Get));
}

#[test]
fn a_long_list_is_drawn_in_parts() {
    let row = |nth: usize| {
        format!(
            r#"{{"id":"/subscriptions/6f2d9a41-5c0e-4b7a-9f63-2d1e8c7b4a05/resourceGroups/rg/providers/Microsoft.DataProtection/backupVaults/bvault/backupJobs/00000000-0000-4000-8000-{nth:012}","server":"psql-{nth}","status":"Completed","began":"2026-11-20T{:02}:{:02}:00.0000000Z"}}"#,
            nth / 60,
            nth % 60
        )
    };
    let all: Vec<String> = (0..230).map(row).collect();
    let body = format!(r#"{{"totalRecords":230,"count":230,"data":[{}],"resultTruncated":"false"}}"#, all.join(","));
    let mut story = Story::closed("#/demo/activity");
    story.between = of_jobs(status(200, &[], &body));
    story.start(Default::default());
    story.wait_for("230 restore jobs");
    assert_eq!(jobs(&story).len(), 100);
    assert!(print::text(&jobs(&story)[0].cells[0], story.now).starts_with("[psql-229]"), "newest first");
    story.press("Show 100 more (of 130)");
    story.press("Show 30 more (of 30)");
    assert_eq!(jobs(&story).len(), 230);
}

#[test]
fn without_a_network_what_is_there_stays_and_the_page_says_so() {
    let mut story = opened();
    story.between = of_jobs(Err(Unreachable::Offline));
    story.press("Read again");
    story.wait(2);
    story.sees("You are offline");
    assert_eq!(jobs(&story).len(), 14);
}

#[test]
fn what_another_tab_forgets_while_its_target_is_open_here_leaves_its_prefix_to_nothing_else() {
    let mut story = ready();
    let target = story.history.iter().find(|address| address.contains("/target")).unwrap().clone();
    super::failures::instead(&mut story, Method::Post, "/restore", 1, Err(Unreachable::NoAnswer));
    story.press("Start restore");
    story.wait_for("We do not know whether Azure heard us");
    story.go(&target);
    let (prefix, _) = story.journal.pop_first().unwrap();
    story.tell(Event::EntryChanged(prefix.clone(), None));
    story.type_into(Field::Container, "https://stordersrestoreweu.blob.core.windows.net/exports");
    story.press("Review");
    story.wait_for("Check, then start");
    story.check();
    let check = story.sent.iter().rfind(|request| request.url.path().ends_with("/validateRestore")).unwrap();
    let body = check.body.as_ref().unwrap();
    assert!(body.contains("exports") && !body.contains(&prefix), "{body}");
}

#[test]
fn what_a_filter_hides_is_not_forgotten_with_the_rest() {
    let mut story = Story::demo(PRODUCTION);
    started(&mut story);
    story.wait_for("The files of psql-orders-prod are in the container");
    visit(&mut story);
    story.type_into(Field::Jobs, "gitea");
    story.sees("0 of 1 restore,");
    assert!(story.button("Forget all of them").is_none(), "they are not to be seen");
    story.type_into(Field::Jobs, "");
    assert!(story.button("Forget all of them").is_some());
}

#[test]
fn what_is_asked_about_forgetting_is_taken_back_by_a_filter() {
    let mut story = Story::demo(PRODUCTION);
    started(&mut story);
    visit(&mut story);
    story.press("Forget all of them");
    story.type_into(Field::Jobs, "gitea");
    story.does_not_see("has not ended");
    assert!(story.button("Forget them anyway").is_none());
}

#[test]
fn what_ends_while_it_is_asked_about_is_not_said_to_go_on() {
    let mut story = Story::demo(PRODUCTION);
    started(&mut story);
    visit(&mut story);
    press_in_row(&mut story, "Forget");
    story.wait_for("(Ok) Completed | 2026-11-22 02:12:43");
    story.does_not_see("has not ended");
    story.does_not_see("goes on in Azure");
    press_in_row(&mut story, "Keep it");
    assert_eq!(story.journal.len(), 1);
    let mut all = Story::demo(PRODUCTION);
    started(&mut all);
    visit(&mut all);
    all.press("Forget all of them");
    all.wait_for("(Ok) Completed | 2026-11-22 02:12:43");
    all.does_not_see("not ended");
    all.does_not_see("go on in Azure");
    all.press("Forget them anyway");
    assert!(all.journal.is_empty());
}

/// A page of what the graph answers: jobs by their numbers, and the token that leads on.
fn page_of(numbers: std::ops::Range<usize>, more: &str) -> String {
    let row = |nth: usize| {
        format!(
            r#"{{"id":"/subscriptions/6f2d9a41-5c0e-4b7a-9f63-2d1e8c7b4a05/resourceGroups/rg/providers/Microsoft.DataProtection/backupVaults/bvault/backupJobs/00000000-0000-4000-8000-{nth:012}","server":"psql-{nth}","status":"Completed","began":"2026-11-20T00:{nth:02}:00.0000000Z"}}"#
        )
    };
    let all: Vec<String> = numbers.map(row).collect();
    format!(r#"{{"data":[{}],"resultTruncated":"false"{more}}}"#, all.join(","))
}

#[test]
fn a_job_that_two_pages_tell_is_listed_once() {
    let mut story = Story::closed("#/demo/activity");
    story.between = Box::new(|_, request: &Request| {
        let body = request.body.as_deref().filter(|_| asks_for_jobs(request))?;
        let next = body.contains("skipToken\":\"two");
        let page = if next { page_of(5..20, "") } else { page_of(0..10, r#","$skipToken":"two""#) };
        Some(status(200, &[], &page))
    });
    story.start(Default::default());
    story.wait_for("20 restore jobs");
    let mut keys: Vec<String> = jobs(&story).into_iter().map(|row| row.key).collect();
    keys.sort();
    keys.dedup();
    assert_eq!(keys.len(), 20);
}

#[test]
fn a_restore_that_runs_is_listed_however_wrong_the_clock_is() {
    let mut story = Story::demo(PRODUCTION);
    started(&mut story);
    story.between = of_jobs(refused());
    // As a computer sees it whose clock is ahead by a month.
    story.after = Box::new(|request, outcome| {
        if let (true, Ok(response)) = (request.url.path().ends_with(JOBS), outcome) {
            response.body = response.body.replace("2026-11-", "2026-10-");
        }
    });
    visit(&mut story);
    assert_eq!(jobs(&story).len(), 1, "{}", story.text());
    story.sees("started here");
}

#[test]
fn a_start_that_is_forgotten_on_its_way_is_neither_sent_again_nor_noted() {
    let mut story = ready();
    story.press("Start restore");
    story.wait_for("The request is on its way");
    visit(&mut story);
    press_in_row(&mut story, "Forget");
    press_in_row(&mut story, "Forget it anyway");
    story.wait(3_600);
    assert!(story.is_at_rest() && story.journal.is_empty() && story.claimed.is_empty());
    assert_eq!(story.count(Method::Post, "/restore"), 1);
}

#[test]
fn what_another_tab_forgets_while_it_is_shown_is_looked_for_no_more_once_its_page_is_left() {
    let mut story = ready();
    super::failures::instead(&mut story, Method::Post, "/restore", 1, Err(Unreachable::NoAnswer));
    story.press("Start restore");
    story.wait_for("We do not know whether Azure heard us");
    let (prefix, _) = story.journal.pop_first().unwrap();
    story.tell(Event::EntryChanged(prefix, None));
    story.sees("We do not know whether Azure heard us");
    story.go("#/demo/about");
    story.wait(5);
    let sent = story.sent.len();
    story.wait(6 * 3_600);
    assert_eq!(story.sent.len(), sent);
    assert!(story.journal.is_empty() && story.claimed.is_empty());
}
