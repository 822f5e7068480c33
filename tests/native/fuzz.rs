//! The inputs that the fuzzer came by are kept (`tests/fuzz/corpus`): what has to hold of every input holds of each of
//! them, and together they lead to everything that an input can lead to.

use crate::properties::{Seen, TARGETS, Target, check};
use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;

/// The longest kept input: a person may have to read it.
const LONGEST: usize = 8 * 1024;

fn folder(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz").join(name)
}

/// The names of what a folder holds, in order.
fn names(name: &str) -> Vec<String> {
    let entries = std::fs::read_dir(folder(name)).unwrap_or_else(|error| panic!("tests/fuzz/{name}: {error}"));
    let mut names: Vec<String> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

/// Replays what is kept for a target, and tells every input that breaks a property.
fn replay(target: &Target) -> (Seen, Vec<String>) {
    let (mut seen, mut wrong) = (Seen::new(), Vec::new());
    for name in names(&format!("corpus/{}", target.name)) {
        let path = format!("corpus/{}/{name}", target.name);
        let input = std::fs::read(folder(&path)).unwrap();
        if input.len() > LONGEST {
            wrong.push(format!("{path} is of {} bytes; {LONGEST} are the most", input.len()));
        }
        if catch_unwind(AssertUnwindSafe(|| check(target.name, &input, &mut seen))).is_err() {
            wrong.push(format!("{path} breaks a property: the panic above says which"));
        }
    }
    (seen, wrong)
}

#[test]
fn what_has_to_hold_of_every_input_holds_of_the_kept_ones() {
    let wrong: Vec<String> = TARGETS.iter().flat_map(|target| replay(target).1).collect();
    assert!(wrong.is_empty(), "\n  {}\n", wrong.join("\n  "));
}

#[test]
fn the_kept_inputs_lead_to_everything_that_an_input_can_lead_to() {
    for target in &TARGETS {
        let expected: Seen = target.sights.iter().copied().collect();
        assert_eq!(replay(target).0, expected, "of {}", target.name);
    }
}

#[test]
fn every_target_has_a_program_and_kept_inputs_and_nothing_has_no_target() {
    let targets: BTreeSet<String> = TARGETS.iter().map(|target| target.name.to_string()).collect();
    assert_eq!(names("corpus").into_iter().collect::<BTreeSet<_>>(), targets, "the folders of tests/fuzz/corpus");
    for target in &targets {
        assert!(!names(&format!("corpus/{target}")).is_empty(), "nothing is kept for {target}");
    }
    let files: BTreeSet<String> = targets.iter().map(|target| format!("{target}.rs")).collect();
    assert_eq!(names("targets").into_iter().collect::<BTreeSet<_>>(), files, "the files of tests/fuzz/targets");
    let manifest = std::fs::read_to_string(folder("Cargo.toml")).unwrap();
    let (_, programs) = manifest.split_once("\n[[bin]]").unwrap();
    let named = programs.lines().filter_map(|line| line.strip_prefix("name = ")).map(|name| name.replace('"', ""));
    assert_eq!(named.collect::<BTreeSet<_>>(), targets, "the programs of tests/fuzz/Cargo.toml");
}
