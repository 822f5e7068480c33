//! Random walks over the whole application: a person who presses anything, a network that does anything, a browser
//! that falls over at any step, and the promises that hold all the same.
//!
//! `WALKS` says how many walks, `FROM` which is the first, `WALK` which single one. Without them it is a quick look, for
//! every day; `make test` takes thousands, `make walks` as many as there is time for.

mod chance;
mod ending;
mod network;
mod person;
mod promises;
mod run;
mod scenes;
mod seen;
mod walk;
mod week;

use seen::Sight;

/// How many walks a quick look takes.
const FEW: u64 = 150;

/// From how many on every sight has to be come by.
const ENOUGH: u64 = 3000;

/// Whether walks were asked for, and so there is time.
fn in_full() -> bool {
    number("WALKS").is_some()
}

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok().map(|text| text.parse().expect("a number"))
}

#[test]
fn every_promise_is_kept_wherever_a_walk_leads() {
    if let Some(seed) = number("WALK") {
        run::one(seed);
        return;
    }
    let (from, count) = (number("FROM").unwrap_or(0), number("WALKS").unwrap_or(FEW));
    let began = std::time::Instant::now();
    let seen = run::many(from, count);
    println!(
        "{count} walks in {:?}: {} events, {} requests, at most {} waits",
        began.elapsed(),
        seen.events,
        seen.requests,
        seen.most_waits
    );
    for sight in Sight::ALL {
        println!("{:>8} {sight:?}", seen.count(sight));
    }
    let never: Vec<Sight> = Sight::ALL.into_iter().filter(|sight| seen.count(*sight) == 0).collect();
    assert!(never.is_empty() || count < ENOUGH, "no walk came by {never:?}");
}
