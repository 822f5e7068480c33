//! Fifty restores followed in one tab: what they ask of Azure in the first minute after a load and later, and that each
//! is heard of all the same. `docs/performance.md` tells the figures;
//! `cargo test --no-default-features --test native many -- --nocapture` prints them.

#[path = "../../bench/many.rs"]
mod tab;

use expect_test::expect;
use pgflex_restore::moment::{Moment, Span};
use std::collections::BTreeMap;
use tab::{Many, NIGHT, Tab};

/// As many as the journal keeps.
const MANY: usize = 50;
/// What Azure Resource Manager lets one person read of a subscription: so much at once, and so much more each second.
const AT_ONCE: f64 = 250.0;
const A_SECOND: f64 = 25.0;

type Asked = [(Moment, String)];

fn followed(many: Many, minutes: i64) -> Tab {
    let mut tab = Tab::loaded(many);
    tab.wait(Span::from_secs(60 * minutes), &mut |_| ());
    tab
}

/// Lists of jobs, and jobs, that were asked for within a minute of the following.
fn in_minute(asked: &Asked, minute: i64) -> (usize, usize) {
    let from = Moment::parse(NIGHT).unwrap() + Span::from_secs(60 * minute);
    let within = asked.iter().filter(|(at, _)| *at >= from && *at < from + Span::from_secs(60));
    let (lists, jobs): (Vec<_>, Vec<_>) = within.partition(|(_, path)| path.ends_with("/backupJobs"));
    (lists.len(), jobs.len())
}

/// How low Azure's allowance of reads has come.
fn least_left(asked: &Asked) -> f64 {
    let (mut left, mut least, mut last) = (AT_ONCE, AT_ONCE, Moment::parse(NIGHT).unwrap());
    for (at, _) in asked.iter() {
        left = (left + at.since(last).millis() as f64 / 1000.0 * A_SECOND).min(AT_ONCE) - 1.0;
        (least, last) = (least.min(left), *at);
    }
    least
}

#[test]
fn the_figures_of_many_that_are_followed() {
    let mut lines = vec!["| restores, servers, vaults | minute 1 | 2 | 6 | 30 | least left |".to_string()];
    for (restores, servers, vaults) in [(1, 1, 1), (20, 20, 4), (50, 50, 5), (50, 50, 1), (50, 10, 1), (50, 1, 1)] {
        let asked = followed(Many { restores, servers, vaults }, 30).asked;
        let told = |minute: i64| {
            let (lists, jobs) = in_minute(&asked, minute - 1);
            format!("{lists} + {jobs}")
        };
        lines.push(format!(
            "| {restores}, {servers}, {vaults} | {} | {} | {} | {} | {:.0} |",
            told(1),
            told(2),
            told(6),
            told(30),
            least_left(&asked)
        ));
    }
    let table = lines.join("\n");
    println!("{table}");
    expect![[""]].assert_eq(&table);
}

#[test]
fn fifty_stay_under_75_requests_a_minute_and_each_is_asked_for_within_two() {
    let Tab { asked, model, now, .. } = followed(Many { restores: MANY, servers: MANY, vaults: 5 }, 60);
    assert_eq!(model.watches.len(), MANY);
    // Second jobs of the same request are looked for in the first minutes.
    for minute in 8..60 {
        let (lists, jobs) = in_minute(&asked, minute);
        assert!(lists + jobs <= 75, "{lists} lists and {jobs} jobs in minute {minute}");
    }
    let mut last: BTreeMap<String, Moment> = BTreeMap::new();
    for (at, path) in asked.iter().filter(|(_, path)| !path.ends_with("/backupJobs")) {
        let before = last.insert(path.clone(), *at).unwrap_or(*at);
        assert!(at.since(before) <= Span::from_secs(120), "{path} was not asked for between {before:?} and {at:?}");
    }
    assert_eq!(last.len(), MANY);
    assert!(last.values().all(|at| now.since(*at) <= Span::from_secs(120)));
}

#[test]
fn one_alone_is_asked_for_as_ever() {
    let asked = followed(Many { restores: 1, servers: 1, vaults: 1 }, 10).asked;
    // It began ten minutes ago.
    let jobs: Vec<Moment> =
        asked.iter().filter(|(_, path)| !path.ends_with("/backupJobs")).map(|(at, _)| *at).collect();
    assert!(jobs.windows(2).all(|two| two[1].since(two[0]).secs() == 30), "{jobs:?}");
}
