#!/usr/bin/env bash
# Looks for inputs that break what has to hold of every input (tests/fuzz/properties): each target for TIME seconds, or
# TARGET alone. What it comes by stays in target/fuzz/found and is where the next run begins; one that breaks a property is
# put into tests/fuzz/artifacts and told.
#
#   KEEP=1   adds to the kept inputs (tests/fuzz/corpus) those that run the most code which none of them runs (.ci/keep.mjs)
set -euo pipefail
source "$(dirname "$0")/env.sh"

command -v c++ >/dev/null || stop "A C++ compiler is missing, for libFuzzer: apt-get install g++ (Debian)."

# Stable Rust has what libFuzzer asks of it, if told that it may. No sanitizer: there is no unsafe code to watch.
export RUSTC_BOOTSTRAP=1 CARGO_TARGET_DIR=$top/target/fuzz
cd tests/fuzz
# A lock file that does not fit stops it here: cargo-fuzz would write another.
cargo fetch --locked --quiet
fuzz() { cargo fuzz "$1" --fuzz-dir . --sanitizer none "${@:2}"; }

say "Building the targets; the first time about a minute on two cores"
fuzz build

broken=
for target in ${TARGET:-$(cargo fuzz list --fuzz-dir .)}; do
  found=$CARGO_TARGET_DIR/found/$target
  kept=corpus/$target
  mkdir -p "$found"
  # An input is a text that a person can read: 4 KB are enough for each that Azure sends.
  options=(-dict=words.dict -max_len=4096 -timeout=5 -print_final_stats=1 -print_funcs=0 -verbosity=0)
  if [ -n "${KEEP:-}" ]; then
    say "$target: keeping what runs the most code"
    # The merge alone would keep every input that runs one more place: more than a hundred for each target.
    control=$CARGO_TARGET_DIR/$target.merge
    rm -rf "$control" "$control.out" && mkdir "$control.out"
    fuzz run "$target" "$control.out" "$kept" "$found" -- -set_cover_merge=1 -use_counters=0 -merge_control_file="$control" "${options[@]}"
    node "$top/.ci/keep.mjs" "$control" "$kept"
  else
    say "$target: ${TIME:-60} s"
    fuzz run "$target" "$found" "$kept" -- -max_total_time="${TIME:-60}" "${options[@]}" || broken+=" $target"
  fi
done
[ -z "$broken" ] || stop "A property is broken by an input in tests/fuzz/artifacts:$broken. Mend it, and keep the input in tests/fuzz/corpus."
