//! A job that is followed: how often it is asked for, and until when.

use super::{Host, START, bad, details, good, id, job, list, name};
use pgflex_restore::azure::http::{Response, Unreachable};
use pgflex_restore::flow::watch::Watch;
use pgflex_restore::flow::{Command, Told};
use pgflex_restore::moment::Span;
use serde_json::{Value, json};

struct Watched {
    host: Host,
    watch: Watch,
}

impl Watched {
    fn begun() -> Self {
        let mut host = Host::new();
        let watch = host.with(|context| Watch::start(id('1'), context));
        Watched { host, watch }
    }

    fn told(&mut self, told: Told<'_>) {
        self.host.with(|context| self.watch.hear(told, context));
    }

    /// Answers the request that is under way.
    #[track_caller]
    fn answered(&mut self, answer: Result<Response, Unreachable>) {
        let (ticket, _) = self.host.asked();
        self.told(Told::Answered(ticket, &answer));
    }

    #[track_caller]
    fn says(&mut self, said: Value) {
        self.answered(good(&job('1', said)));
    }

    #[track_caller]
    fn sleeps(&mut self) -> i64 {
        let (ticket, seconds) = self.host.rests();
        self.host.passes(seconds);
        self.told(Told::Woke(ticket));
        seconds
    }

    fn hurried(&mut self) {
        self.host.with(|context| self.watch.hurry(context));
    }
}

#[test]
fn it_is_asked_for_often_in_its_first_three_minutes_and_then_seldom() {
    let mut watched = Watched::begun();
    for (age, rest) in [(0, 10), (10, 10), (179, 10), (180, 30), (3600, 30)] {
        watched.host.now = START + Span::from_secs(age);
        watched.says(json!({}));
        assert_eq!(watched.watch.next(), Some(watched.host.now + Span::from_secs(rest)));
        assert_eq!(watched.sleeps(), rest, "at {age} s");
    }
}

#[test]
fn of_several_no_two_are_asked_for_within_a_second() {
    let at = |seconds: i64, millis: i64| START + Span::from_millis(seconds * 1000 + millis);
    for (turns, rest) in [
        (vec![], at(10, 0)),
        (vec![at(10, 0)], at(11, 0)),
        (vec![at(9, 1)], at(10, 1)),
        // Far enough away, before and after.
        (vec![at(9, 0), at(11, 0)], at(10, 0)),
        // Whichever is told first.
        (vec![at(11, 500), at(10, 500), at(40, 0), at(12, 400)], at(13, 400)),
        (vec![at(3600, 0)], at(10, 0)),
    ] {
        let mut watched = Watched::begun();
        watched.host.turns = turns;
        watched.says(json!({}));
        assert_eq!(watched.watch.next(), Some(rest));
    }
}

#[test]
fn one_that_began_long_ago_by_either_clock_is_asked_for_seldom() {
    let mut watched = Watched::begun();
    watched.says(json!({ "startTime": (START - Span::from_secs(3600)).iso() }));
    assert_eq!(watched.sleeps(), 30);
    // A clock of this browser that is behind makes no old job a young one.
    watched.host.now = START + Span::from_secs(600);
    watched.says(json!({ "startTime": (START + Span::from_secs(590)).iso() }));
    assert_eq!(watched.sleeps(), 30);
}

#[test]
fn at_its_end_it_is_asked_for_no_more_not_even_by_a_press() {
    let mut watched = Watched::begun();
    assert!(!watched.watch.is_over() && watched.watch.job().is_none());
    watched.says(json!({}));
    assert!(!watched.watch.is_over());
    watched.sleeps();
    watched.says(json!({ "status": "Completed" }));
    assert!(watched.watch.is_over());
    watched.host.is_quiet();
    watched.hurried();
    watched.host.is_quiet();
}

#[test]
fn one_that_azure_no_longer_knows_is_told_from_one_that_may_not_be_read() {
    for (status, gone) in [(404, true), (403, false)] {
        let mut watched = Watched::begun();
        for rest in [10, 20, 40, 80] {
            watched.answered(bad(status));
            assert!(watched.watch.trouble().is_some() && !watched.watch.is_gone(), "it may not be everywhere yet");
            assert_eq!(watched.sleeps(), rest);
        }
        watched.answered(bad(status));
        assert_eq!(watched.watch.is_gone(), gone);
        assert!(watched.watch.trouble().is_some());
        watched.host.is_quiet();
        // A press asks once more, and what is said then takes the fault away.
        watched.hurried();
        assert!(!watched.watch.is_gone());
        watched.says(json!({}));
        assert!(watched.watch.trouble().is_none() && !watched.watch.is_gone());
    }
}

#[test]
fn what_was_said_last_stays_while_it_is_asked_for_again() {
    let mut watched = Watched::begun();
    watched.says(json!({}));
    watched.sleeps();
    watched.answered(bad(503));
    assert!(watched.watch.trouble().is_some() && watched.watch.next().is_some());
    assert_eq!(watched.watch.last.as_ref().map(|(_, when)| *when), Some(START));
}

/// One whose job has said what it restores, and whose twin is looked for: the list is under way.
fn with_twin_sought() -> Watched {
    let mut watched = Watched::begun();
    watched.host.with(|context| watched.watch.seek_twin(&[], context));
    let (ticket, _) = watched.host.asked();
    watched.told(Told::Answered(ticket, &good(&job('1', details("orders-k3x9", "c", "a1b2")))));
    watched.host.rests();
    watched.host.with(|context| watched.watch.seek_twin(&[], context));
    watched
}

#[test]
fn a_second_job_with_its_prefix_is_found_once_it_has_said_what_it_is() {
    let mut watched = with_twin_sought();
    watched.host.with(|context| watched.watch.seek_twin(&[], context));
    watched.answered(good(&list(&[job('1', json!({})), job('2', json!({}))])));
    assert_eq!(watched.watch.twin(), None);
    watched.answered(good(&job('2', details("orders-k3x9", "c", "a1b2"))));
    assert_eq!(watched.watch.twin(), Some(&id('2')));
}

#[test]
fn one_that_has_failed_before_it_was_followed_has_its_twin_looked_for_once() {
    let mut watched = Watched::begun();
    let mut failed = details("orders-k3x9", "c", "a1b2");
    failed["status"] = json!("Failed");
    watched.says(failed);
    assert!(watched.watch.seeks_twin());
    watched.host.with(|context| watched.watch.seek_twin(&[], context));
    watched.answered(good(&list(&[])));
    assert!(!watched.watch.seeks_twin());
    watched.host.is_quiet();
}

#[test]
fn what_was_said_before_another_one_ended_is_not_said_since() {
    let (mut one, mut other) = (Watched::begun(), Watched::begun());
    one.says(json!({}));
    other.host.passes(5);
    other.says(json!({ "status": "Failed" }));
    assert!(!one.watch.was_read_since(&other.watch));
    assert!(other.watch.was_read_since(&one.watch));
    one.sleeps();
    one.says(json!({}));
    assert!(one.watch.was_read_since(&other.watch));
    assert!(!Watched::begun().watch.was_read_since(&other.watch), "it was never read");
}

#[test]
fn when_it_fails_its_twin_is_looked_for_at_once() {
    for (status, hurries) in [("Failed", true), ("Completed", false)] {
        let mut watched = with_twin_sought();
        watched.answered(good(&list(&[])));
        watched.host.rests();
        watched.hurried();
        let (ticket, asked) = watched.host.asked();
        assert_eq!(asked, name('1'));
        watched.told(Told::Answered(ticket, &good(&job('1', json!({ "status": status })))));
        let looked = watched.host.commands().iter().any(|command| matches!(command, Command::Send(..)));
        assert_eq!(looked, hurries, "{status}");
    }
}

#[test]
fn one_that_is_left_leaves_no_timer_behind() {
    let mut watched = with_twin_sought();
    watched.answered(good(&list(&[])));
    watched.host.commands();
    watched.host.with(|context| watched.watch.stop(context));
    let commands = watched.host.commands();
    assert_eq!(commands.len(), 2, "its own, and that of the search for its twin: {commands:?}");
    assert!(commands.iter().all(|command| matches!(command, Command::LetSleep(_))), "{commands:?}");
}
