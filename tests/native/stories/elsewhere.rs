//! Asking while nobody looks: asleep, offline, hidden, on another page; and what is told to whoever looks elsewhere.

use super::journey::{DRILLS, PRODUCTION, started, to_review};
use super::story::Story;
use pgflex_restore::app::{Event, Notices, Session};
use pgflex_restore::azure::http::{Method, Response, Unreachable};
use pgflex_restore::flow::standing::Standing;
use pgflex_restore::moment::{Moment, Span};

const DEMO_VAULT: &str = "#/demo/find?v=1&vault=94b7d3e0-58c6-4a1f-8f29-0e6d71c3a5b8/rg-demo/bvault-demo-weu";
const DEMO_ACCOUNT: &str = "https://stdemoweu.blob.core.windows.net";
const ORDERS: &str = "psql-orders-prod";

impl Story {
    /// The computer sleeps for so long; then the page is looked at again.
    fn sleep(&mut self, seconds: i64) {
        self.now = self.now + Span::from_secs(seconds);
        self.tell(Event::OnlineChanged(self.model.online));
        let later = self.queue.split_off(&(self.now, u64::MAX));
        for event in std::mem::replace(&mut self.queue, later).into_values() {
            self.tell(event);
        }
        self.tell(Event::Resumed);
    }

    /// The next thing that happens while nobody looks at the tab, so that the browser rings its timers once a minute.
    pub fn step_hidden(&mut self) {
        let rings = |at: Moment| Moment::from_millis((at.millis() + 59_999).div_euclid(60_000) * 60_000);
        let when = |at: Moment, event: &Event| if matches!(event, Event::Woke(_)) { rings(at) } else { at };
        let next = self.queue.iter().map(|(key, event)| (when(key.0, event), *key)).min();
        let (at, key) = next.expect("something is waited for");
        let event = self.queue.remove(&key).unwrap();
        self.now = at;
        self.tell(event);
    }

    /// What the tab tells: title and icon.
    #[track_caller]
    fn tab(&self, title: &str, mark: Option<Standing>) {
        assert_eq!((self.screen().title.as_str(), self.mark), (title, mark));
    }
}

/// The job of a restore that somebody else has started, opened by its link.
fn opened() -> Story {
    let mut story = Story::demo(PRODUCTION);
    started(&mut story);
    let mut colleague = Story::closed(story.address());
    colleague.azure = std::mem::take(&mut story.azure);
    colleague.now = story.now;
    colleague.start(Session::SignedOut);
    colleague.wait_for("Azure Backup is writing the files");
    colleague
}

/// A restore into a container of the drill account, started.
fn started_into(container: &str) -> Story {
    let mut story = Story::demo(DEMO_VAULT);
    to_review(&mut story, "psql-orders-demo", &format!("{DEMO_ACCOUNT}/{container}"));
    story.check();
    story.press("Start restore");
    story
}

#[test]
fn after_a_week_asleep_one_question_is_asked() {
    let mut story = opened();
    let before = story.sent.len();
    story.sleep(7 * 86_400);
    assert_eq!(story.sent.len(), before + 1);
    story.sees("Azure said 7 d ago");
    // The network, the timers and the page often come back together.
    story.tell(Event::OnlineChanged(true));
    story.tell(Event::Resumed);
    assert_eq!(story.sent.len(), before + 1);
    story.wait_for("The files of psql-orders-prod are in the container");
    assert_eq!(story.sent.len(), before + 1);
    assert!(story.is_at_rest(), "a timer is left: {:?}", story.queue);
}

#[test]
fn a_page_looked_at_again_and_again_asks_no_more_than_every_few_seconds() {
    let mut story = opened();
    let before = story.sent.len();
    for _ in 0..40 {
        story.wait(1);
        story.tell(Event::Resumed);
    }
    assert!((5..=10).contains(&(story.sent.len() - before)), "{} questions in 40 s", story.sent.len() - before);
    assert_eq!(story.queue.len(), 1, "one thing is waited for: {:?}", story.queue);
}

#[test]
fn offline_nothing_is_asked_and_what_was_known_stays_with_its_age() {
    let mut story = opened();
    story.wait(1);
    story.tell(Event::OnlineChanged(false));
    let before = story.sent.len();
    assert!(story.is_at_rest(), "nothing rings while offline: {:?}", story.queue);
    story.now = story.now + Span::from_secs(3600);
    story.tell(Event::Resumed);
    assert_eq!(story.sent.len(), before);
    story.sees("You are offline");
    story.sees("Offline for 1 h.");
    story.sees("Azure said 1 h ago: InProgress");
    assert!(story.button("Try again").is_none());
    assert!(story.button("Ask now").unwrap().disabled.is_some());
    story.tell(Event::OnlineChanged(true));
    assert_eq!(story.sent.len(), before + 1);
    story.does_not_see("You are offline");
    story.wait_for("The files of psql-orders-prod are in the container");
}

#[test]
fn a_page_opened_offline_is_read_once_the_network_is_back() {
    let mut story = Story::demo("#/demo");
    story.tell(Event::OnlineChanged(false));
    story.go(PRODUCTION);
    assert_eq!(story.sent.len(), 0);
    story.sees("You are offline");
    story.tell(Event::OnlineChanged(true));
    assert_eq!(story.sent.len(), 1);
    story.wait_for(ORDERS);
}

#[test]
fn nobody_who_looks_again_makes_a_throttled_read_come_sooner() {
    let mut story = opened();
    story.between = Box::new(|_, _| {
        let headers = vec![("Retry-After".to_string(), "120".to_string())];
        Some(Ok(Response { status: 429, headers, body: String::new() }))
    });
    story.wait_for("Azure asks us to slow down");
    let (before, end) = (story.sent.len(), story.now + Span::from_secs(119));
    while story.now < end {
        story.wait(10);
        story.tell(Event::OnlineChanged(false));
        story.tell(Event::OnlineChanged(true));
        story.tell(Event::Resumed);
        let asked = story.sent.len() - before;
        assert_eq!(asked, usize::from(story.now > end), "{} s early", end.since(story.now).secs());
    }
}

#[test]
fn an_answer_lost_in_a_sleep_is_asked_for_again() {
    let mut story = opened();
    story.press("Ask now");
    let before = story.sent.len();
    story.queue.clear();
    story.now = story.now + Span::from_secs(10);
    story.tell(Event::Resumed);
    assert_eq!(story.sent.len(), before, "it may still come");
    story.now = story.now + Span::from_secs(600);
    story.tell(Event::Resumed);
    assert_eq!(story.sent.len(), before + 1);
}

#[test]
fn a_clock_put_back_does_not_keep_the_page_from_asking() {
    let mut story = opened();
    let before = story.sent.len();
    story.now = story.now - Span::from_secs(3600);
    story.tell(Event::Resumed);
    assert_eq!(story.sent.len(), before + 1);
}

#[test]
fn a_clock_that_is_behind_does_not_make_every_job_a_young_one() {
    let mut story = Story::demo(PRODUCTION);
    started(&mut story);
    let link = story.address().to_string();
    let mut late = Story::closed(&link);
    let mut azure = std::mem::take(&mut story.azure);
    let at = story.now;
    // This browser takes it to be two hours earlier than Azure does; for Azure the job goes on for an hour.
    late.between = Box::new(move |_, request| Some(azure.answer(at, request).outcome));
    late.now = at - Span::from_secs(7200);
    late.start(Session::SignedOut);
    late.wait(3600);
    late.sees("Azure Backup is writing the files");
    assert!((110..150).contains(&late.sent.len()), "{} questions in an hour", late.sent.len());
}

#[test]
fn a_list_in_trouble_is_not_asked_for_once_its_page_is_left() {
    let mut story = Story::closed(PRODUCTION);
    story.between = Box::new(|_, _| Some(Err(Unreachable::NoAnswer)));
    story.start(Session::SignedOut);
    story.wait(30);
    story.go("#/demo/about");
    let before = story.sent.len();
    story.wait(3600);
    assert_eq!(story.sent.len(), before);
    assert!(story.is_at_rest());
    story.between = Box::new(|_, _| None);
    story.go(PRODUCTION);
    assert_eq!(story.sent.len(), before + 1);
    story.wait_for(ORDERS);
}

#[test]
fn a_job_merely_opened_is_not_asked_for_once_its_page_is_left() {
    let mut colleague = opened();
    colleague.tab("Restoring psql-orders-prod: in progress · PG Flex Restore", Some(Standing::Going));
    colleague.go("#/demo/about");
    // What the host is asked on that page is answered.
    colleague.wait(1);
    let before = colleague.sent.len();
    assert!(colleague.is_at_rest(), "a timer is left: {:?}", colleague.queue);
    colleague.wait(3600);
    assert_eq!(colleague.sent.len(), before);
    colleague.tab("About this host · PG Flex Restore", None);
}

#[test]
fn a_restore_started_here_is_followed_on_every_page_and_its_end_is_told_until_it_is_seen() {
    let mut story = Story::demo(PRODUCTION);
    to_review(&mut story, ORDERS, DRILLS);
    story.check();
    story.tab("Review the restore · PG Flex Restore", None);
    story.press("Start restore");
    story.wait_for("The request is on its way");
    story.go("#/demo/activity");
    story.tab("Restoring psql-orders-prod: in progress · Activity · PG Flex Restore", Some(Standing::Going));
    story.wait(3600);
    story.tab("Done: psql-orders-prod · Activity · PG Flex Restore", Some(Standing::Done));
    assert_eq!(story.notified, [(Standing::Done, ORDERS.to_string())]);
    assert_eq!(story.screen().frame.said.unwrap().1, "Done: psql-orders-prod");
    assert!(story.journal.values().any(|row| row.contains("/backupJobs/")), "the journal knows the job");
    story.follow(ORDERS);
    assert_eq!(story.screen().frame.said, None);
    story.wait_for("The files of psql-orders-prod are in the container");
    story.tab("Done: psql-orders-prod · PG Flex Restore", Some(Standing::Done));
    story.go("#/demo/activity");
    story.tab("Activity · PG Flex Restore", None);
    assert_eq!(story.notified.len(), 1);
}

#[test]
fn a_page_left_and_opened_again_goes_on_with_what_it_knew_and_asks_no_oftener() {
    let mut story = Story::demo(PRODUCTION);
    started(&mut story);
    let job = story.address().to_string();
    let before = story.sent.len();
    for _ in 0..20 {
        story.go("#/demo/about");
        story.go(&job);
        story.sees("Azure Backup is writing the files");
    }
    assert_eq!(story.sent.len(), before);
}

#[test]
fn a_failed_restore_is_told_by_title_icon_and_notification() {
    let mut story = started_into("job-fails");
    story.wait_for("The restore of psql-orders-demo failed");
    // Its files might be there by a second job: that is looked for first.
    story.wait(5);
    story.tab("Failed: psql-orders-demo · PG Flex Restore", Some(Standing::Failed));
    assert_eq!(story.notified, [(Standing::Failed, "psql-orders-demo".to_string())]);
    let mut refused = started_into("restore-refused");
    refused.wait_for("Nothing was started.");
    refused.tab("Failed: psql-orders-demo · PG Flex Restore", Some(Standing::Failed));
}

#[test]
fn a_restore_that_waits_for_a_decision_needs_somebody() {
    let mut story = Story::demo(PRODUCTION);
    to_review(&mut story, ORDERS, DRILLS);
    story.check();
    story.between = Box::new(|_, request| {
        let start = request.method == Method::Post && request.url.path().ends_with("/restore");
        start.then_some(Err(Unreachable::NoAnswer))
    });
    story.press("Start restore");
    story.wait_for("We do not know whether Azure heard us");
    story.tab("Restoring psql-orders-prod: in progress · PG Flex Restore", Some(Standing::Going));
    story.wait_for("No job was found for this restore");
    story.tab("Needs you: psql-orders-prod · PG Flex Restore", Some(Standing::Waiting));
    assert_eq!(story.notified, [(Standing::Waiting, ORDERS.to_string())]);
    // Not answered, it goes on needing somebody.
    story.go("#/demo/activity");
    story.tab("Needs you: psql-orders-prod · Activity · PG Flex Restore", Some(Standing::Waiting));
}

#[test]
fn a_sign_in_that_ends_while_a_restore_is_followed_needs_somebody_and_asks_no_more() {
    let mut story = Story::demo(PRODUCTION);
    started(&mut story);
    story.go("#/demo/activity");
    story.between = Box::new(|_, _| Some(Err(Unreachable::SignedOut("interaction_required".into()))));
    story.wait(3600);
    story.tab("Needs you: psql-orders-prod · Activity · PG Flex Restore", Some(Standing::Waiting));
    assert_eq!(story.notified, [(Standing::Waiting, ORDERS.to_string())]);
    assert!(story.is_at_rest());
    story.between = Box::new(|_, _| None);
    let person = super::story::person();
    story.tell(Event::SessionChanged(person));
    story.wait(3600);
    story.tab("Done: psql-orders-prod · Activity · PG Flex Restore", Some(Standing::Done));
}

#[test]
fn of_several_restores_the_most_urgent_is_told() {
    let mut story = started_into("job-fails");
    story.wait_for("Azure Backup is writing the files");
    story.go(DEMO_VAULT);
    to_review(&mut story, "psql-orders-demo", &format!("{DEMO_ACCOUNT}/drill-2026-11"));
    story.check();
    story.press("Start restore");
    story.wait_for("This point is already being restored");
    story.tab("Needs you: psql-orders-demo · PG Flex Restore", Some(Standing::Waiting));
    story.press("Start it anyway");
    story.wait_for("Azure Backup is writing the files");
    story.go("#/demo/activity");
    let failed = "Failed: psql-orders-demo · Activity · PG Flex Restore";
    story.wait(1800);
    story.tab(failed, Some(Standing::Failed));
    let ends: Vec<Standing> = story.notified.iter().map(|(standing, _)| *standing).collect();
    assert_eq!(ends, [Standing::Waiting, Standing::Failed, Standing::Done]);
}

#[test]
fn an_old_job_that_is_opened_is_no_news() {
    let mut story = Story::demo(PRODUCTION);
    started(&mut story);
    story.wait_for("The files of psql-orders-prod are in the container");
    let mut later = Story::closed(story.address());
    later.azure = std::mem::take(&mut story.azure);
    later.now = story.now;
    later.start(Session::SignedOut);
    later.wait_for("The files of psql-orders-prod are in the container");
    later.tab("Done: psql-orders-prod · PG Flex Restore", Some(Standing::Done));
    assert_eq!((later.notified.len(), later.screen().frame.said), (0, None));
}

#[test]
fn notifications_are_offered_where_there_are_any_and_asked_for_by_a_press_alone() {
    let said = ["A notification tells you when it is done", "This browser blocks notifications"];
    for (notices, offered, words) in [
        (Notices::Absent, false, None),
        (Notices::Askable, true, None),
        (Notices::Allowed, false, Some(said[0])),
        (Notices::Blocked, false, Some(said[1])),
    ] {
        let mut story = Story::closed(PRODUCTION);
        story.notices = notices;
        story.start(Session::SignedOut);
        started(&mut story);
        assert_eq!(story.button("Tell me when it is done").is_some(), offered, "{notices:?}");
        for sentence in said {
            assert_eq!(story.text().contains(sentence), words == Some(sentence), "{notices:?}");
        }
        assert_eq!(story.model.notices, notices);
        if offered {
            story.press("Tell me when it is done");
            story.sees(said[0]);
        }
    }
}
