//! Fifty restores followed in one tab: they ask little of Azure, in the first minute after a load and later, and each is
//! heard of all the same. `make bench` prints the figures, which `docs/performance.md` tells.

#[path = "../../bench/many.rs"]
mod tab;

use pgflex_restore::moment::{Moment, Span};
use std::collections::BTreeMap;
use tab::{Many, Tab};

/// As many as the journal keeps.
const MANY: usize = 50;

fn followed(restores: usize, minutes: i64) -> Tab {
    let mut tab = Tab::loaded(Many { restores, servers: restores, vaults: 5.min(restores) });
    let end = tab.now + Span::from_secs(60 * minutes);
    while let Some(event) = tab.next(end) {
        let commands = tab.model.update(event, tab.now);
        tab.perform(commands);
    }
    tab.now = end;
    tab
}

fn jobs(tab: &Tab) -> impl Iterator<Item = &(Moment, String)> {
    tab.asked.iter().filter(|(_, path)| !path.ends_with("/backupJobs"))
}

#[test]
fn fifty_stay_under_75_requests_a_minute_and_each_is_asked_for_within_two() {
    let tab = followed(MANY, 5);
    assert_eq!(tab.model.watches.len(), MANY);
    // At a load all are read, and for each a second job is looked for, once more a minute later.
    let (lists, read) = tab.in_minute(1);
    assert!(lists <= MANY && read <= 2 * MANY, "{lists} lists and {read} jobs at first");
    assert!(tab.least_left() > 100, "{}", tab.least_left());
    for minute in 3..=5 {
        let (lists, read) = tab.in_minute(minute);
        assert!(lists + read <= 75, "{lists} lists and {read} jobs in minute {minute}");
    }
    let mut last: BTreeMap<&str, Moment> = BTreeMap::new();
    for (at, path) in jobs(&tab) {
        let before = last.insert(path, *at).unwrap_or(*at);
        assert!(at.since(before) <= Span::from_secs(120), "{path} was not asked for between {before:?} and {at:?}");
    }
    assert_eq!(last.len(), MANY);
    assert!(last.values().all(|at| tab.now.since(*at) <= Span::from_secs(120)));
}

#[test]
fn never_more_than_three_look_for_a_second_job_at_once() {
    let tab = followed(MANY, 1);
    let lists: Vec<Moment> =
        tab.asked.iter().filter(|(_, path)| path.ends_with("/backupJobs")).map(|(at, _)| *at).collect();
    assert_eq!(lists.len(), MANY, "each is looked for, once in this minute");
    // An answer takes 200 ms.
    assert!(lists.windows(4).all(|four| four[3].since(four[0]) >= Span::from_millis(200)), "{lists:?}");
}

#[test]
fn one_alone_is_asked_for_as_ever() {
    let tab = followed(1, 10);
    // It began ten minutes ago.
    let asked: Vec<Moment> = jobs(&tab).map(|(at, _)| *at).collect();
    assert!(asked.windows(2).all(|two| (30..31).contains(&two[1].since(two[0]).secs())), "{asked:?}");
    assert!(asked.len() > 15);
}

#[test]
fn jobs_of_one_server_that_are_noted_are_not_read_to_find_each_others_second_one() {
    let mut tab = Tab::loaded(Many { restores: MANY, servers: 1, vaults: 1 });
    let end = tab.now + Span::from_secs(600);
    while let Some(event) = tab.next(end) {
        let commands = tab.model.update(event, tab.now);
        tab.perform(commands);
    }
    let first = tab.asked.first().map(|(at, _)| *at).unwrap();
    for minute in 0..10 {
        let (from, until) = (first + Span::from_secs(60 * minute), first + Span::from_secs(60 * (minute + 1)));
        let reads = jobs(&tab).filter(|(at, _)| (from..until).contains(at)).count();
        assert!(reads <= 110, "{reads} jobs in minute {}", minute + 1);
    }
}
