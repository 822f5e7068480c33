//! What has to hold of every reader, whatever it is given: of a link, of the configuration, of what storage kept, and of
//! all that Azure answers.
//!
//! The same properties twice: the fuzzer (`targets/`, `make fuzz`) looks for an input that breaks one, and the native
//! tests (`tests/native/fuzz.rs`) replay the kept inputs, `corpus/`. Every input is a text, as it is for the program:
//! what a browser hands over has been decoded.

pub mod address;
mod answer;
mod challenge;
mod config;
mod id;
pub mod journal;
mod link;
mod moment;
mod operation;
mod problem;
mod response;
mod when;

use std::collections::BTreeSet;

/// The subscription that is in hand.
const SUB: &str = "11111111-2222-4333-8444-555555555555";

/// A vault of it.
const VAULT: &str = "/subscriptions/11111111-2222-4333-8444-555555555555/resourceGroups/rg/providers/\
                     Microsoft.DataProtection/backupVaults/vault-1";

/// The kinds of outcome that inputs have led to.
pub type Seen = BTreeSet<&'static str>;

/// One reader, or a family of them, under the fuzzer.
pub struct Target {
    /// Its name: that of its program in `Cargo.toml`, of its file in `targets/` and of its folder in `corpus/`.
    pub name: &'static str,
    /// Panics where a property does not hold of an input; else notes what the input led to.
    pub check: fn(&str, &mut Seen),
    /// All that inputs can lead to: the kept ones have to lead to each of it, or they say little.
    pub sights: &'static [&'static str],
}

/// Every target.
pub const TARGETS: [Target; 11] = [
    address::TARGET,
    answer::TARGET,
    challenge::TARGET,
    config::TARGET,
    id::TARGET,
    journal::TARGET,
    link::TARGET,
    moment::TARGET,
    operation::TARGET,
    problem::TARGET,
    when::TARGET,
];

/// What a target says of an input.
pub fn check(name: &str, input: &[u8], seen: &mut Seen) {
    let target = TARGETS.iter().find(|target| target.name == name).expect("a target of this name");
    (target.check)(&String::from_utf8_lossy(input), seen);
}
