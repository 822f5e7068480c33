//! A week in front of a job that never ends: what the page keeps and asks stays within bounds. Where walks are not
//! asked for, it is a day.

use crate::stories::journey::{PRODUCTION, started};
use crate::stories::story::Story;
use pgflex_restore::app::Event;
use pgflex_restore::azure::http::Method;
use pgflex_restore::flow::Command;
use pgflex_restore::moment::Span;
use pgflex_restore::screen::screen;

const HOUR: Span = Span::from_secs(3600);

/// Follows the job of a restore that runs and runs: Azure's own answer of the first minute, over and over, but for what
/// chance does to one in twenty.
fn endless() -> Story {
    let mut story = Story::demo(PRODUCTION);
    started(&mut story);
    let address = story.sent.iter().rev().find(|request| request.url.path().contains("/backupJobs/")).unwrap().clone();
    let running = story.azure.answer(story.now, &address).outcome;
    assert!(running.as_ref().is_ok_and(|response| response.body.contains("\"InProgress\"")));
    let mut chance = super::chance::Chance::new(7);
    story.between = Box::new(move |_, request| {
        assert_eq!(request.method, Method::Get, "nothing is written to Azure");
        Some(if chance.happens(50) { Err(pgflex_restore::azure::http::Unreachable::NoAnswer) } else { running.clone() })
    });
    story
}

/// How much the application has in mind: what there is to be said of it whole.
fn size(story: &Story) -> usize {
    format!("{:?}", story.model).len() + format!("{:?}", screen(&story.model)).len()
}

#[test]
fn a_week_of_polling_takes_no_more_memory_than_an_hour_and_no_more_requests_each_hour() {
    let mut story = endless();
    // The first minutes are asked about more often.
    story.wait(HOUR.secs());
    let (least, most) = (size(&story) * 9 / 10, size(&story) * 11 / 10);
    let mut least_sent = usize::MAX;
    let days = if super::in_full() { 7 } else { 1 };
    for hour in 1..days * 24 {
        story.sent.clear();
        story.log.clear();
        story.wait(HOUR.secs());
        // Twice a minute, and once more soon after one that was not answered.
        let sent = story.sent.len();
        assert!(sent <= 140, "{sent} requests in hour {hour}");
        least_sent = least_sent.min(sent);
        assert!(
            (least..=most).contains(&size(&story)),
            "hour {hour}: {} is not within {least} to {most}",
            size(&story)
        );
        assert!(story.waits() <= 1, "{} waits in hour {hour}", story.waits());
    }
    assert!(least_sent > 60, "only {least_sent} requests in an hour: it is not followed");
    story.sees("Azure Backup is writing the files");
}

/// The person looks at the page again every ten minutes, half a day long, and asks: old waits are not heaped up.
#[test]
fn looking_again_and_again_heaps_up_nothing() {
    let mut story = endless();
    story.wait(HOUR.secs());
    let most = size(&story) * 11 / 10;
    for _ in 0..12 * 6 {
        story.tell(Event::Resumed);
        story.tell(Event::AskPressed);
        story.wait(600);
        assert!(size(&story) <= most, "{} is more than {most}", size(&story));
        assert!(story.waits() <= 2, "{} waits", story.waits());
    }
}

/// A wake-up that comes too late, or twice, asks nothing twice.
#[test]
fn a_stale_wake_up_asks_nothing() {
    let mut story = endless();
    story.wait(60);
    let commands = story.model.update(Event::Woke(pgflex_restore::flow::Ticket(1)), story.now);
    assert!(!commands.iter().any(|command| matches!(command, Command::Send(..))), "{commands:?}");
}
