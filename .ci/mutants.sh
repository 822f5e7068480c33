#!/usr/bin/env bash
# Tests the tests: changes the program in one place after the other (.ci/mutants.toml says where) and looks whether a test
# notices. What none noticed is told at the end and stands in target/mutants.out/missed.txt. Further arguments go to
# cargo-mutants: `.ci/mutants.sh --re src/link.rs` takes those whose names, as they are told, hold that.
set -euo pipefail
source "$(dirname "$0")/env.sh"

# For the test runner's --fail-fast.
export RUSTC_BOOTSTRAP=1
cargo mutants --config .ci/mutants.toml --output target --jobs 2 --no-shuffle --colors never "$@"
