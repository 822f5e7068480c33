//! Many walks, on all processors; one walk, by its seed; a walk that broke a promise, made short.

use super::chance::Chance;
use super::promises::Broken;
use super::scenes;
use super::seen::Seen;
use super::walk::{self, Log};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

/// A walk before it is taken: where it begins, and the chance of each step.
#[derive(Clone)]
pub struct Plan {
    pub seed: u64,
    steps: Vec<u64>,
}

impl Plan {
    /// The walk of this number.
    pub fn new(seed: u64) -> Plan {
        let mut chance = Chance::new(seed);
        let steps = 10 + chance.below(60);
        Plan { seed, steps: (0..steps).map(|_| chance.roll()).collect() }
    }

    /// Takes the walk. What it did is told if it is to be.
    pub fn walk(&self, log: bool) -> (Result<Seen, Broken>, Vec<String>) {
        let told = log.then(Log::default);
        let walked = catch_unwind(AssertUnwindSafe(|| {
            let mut walk = scenes::begin(self.seed, told.clone())?;
            let mut done = Ok(());
            for step in &self.steps {
                walk.chance = Chance::new(*step);
                done = walk.wander();
                if done.is_err() {
                    break;
                }
            }
            walk.chance = Chance::new(!self.seed);
            done.and_then(|()| walk.end())?;
            Ok(walk.seen)
        }));
        let panicked = |_| Err(Broken { promise: "the screen can always be drawn", what: "it panicked".into() });
        (walked.unwrap_or_else(panicked), told.as_ref().map(walk::told).unwrap_or_default())
    }

    /// A shorter walk that breaks the same promise.
    fn shortened(&self, promise: &str) -> Plan {
        let breaks = |plan: &Plan| plan.walk(false).0.is_err_and(|broken| broken.promise == promise);
        let mut short = self.clone();
        let mut size = short.steps.len().div_ceil(2);
        while size > 0 {
            let mut at = 0;
            while at < short.steps.len() {
                let mut shorter = short.clone();
                shorter.steps.drain(at..(at + size).min(short.steps.len()));
                if breaks(&shorter) { short = shorter } else { at += size }
            }
            size /= 2;
        }
        short
    }
}

/// Takes one walk; fails with all that it did where a promise is broken.
pub fn one(seed: u64) -> Seen {
    let plan = Plan::new(seed);
    let (walked, told) = plan.walk(true);
    println!("{}", told.join("\n"));
    walked.unwrap_or_else(|broken| fail(&plan, &broken))
}

/// Takes so many walks, from this number on.
pub fn many(from: u64, count: u64) -> Seen {
    let (next, all, broken) = (AtomicU64::new(from), Mutex::new(Seen::default()), Mutex::new(None));
    let workers = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| {
                let mut seen = Seen::default();
                loop {
                    let seed = next.fetch_add(1, Ordering::Relaxed);
                    if seed >= from + count || broken.lock().unwrap().is_some() {
                        break;
                    }
                    let plan = Plan::new(seed);
                    match plan.walk(false).0 {
                        Ok(more) => seen.add(&more),
                        Err(why) => *broken.lock().unwrap() = Some((plan, why)),
                    }
                }
                all.lock().unwrap().add(&seen);
            });
        }
    });
    if let Some((plan, why)) = broken.into_inner().unwrap() {
        fail(&plan, &why);
    }
    all.into_inner().unwrap()
}

fn fail(plan: &Plan, broken: &Broken) -> ! {
    let short = plan.shortened(broken.promise);
    let (walked, told) = short.walk(true);
    let what = walked.err().map_or_else(|| broken.what.clone(), |broken| broken.what);
    panic!(
        "a promise is broken: {}\n{what}\n\nthe walk, of {} steps:\n{}\n\nto walk it again:\n  WALK={} cargo test --profile walks --no-default-features --test native walks::\n",
        broken.promise,
        short.steps.len(),
        told.join("\n"),
        plan.seed
    );
}
