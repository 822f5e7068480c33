#!/usr/bin/env bash
# Builds the app:
#
#   .ci/build.sh          into dist/, as it is shipped
#   .ci/build.sh quick    into build/site/, unoptimised: for `make run`
set -euo pipefail
source "$(dirname "$0")/env.sh"

# Trunk builds offline: what is not there yet is fetched before.
fetch() { cargo fetch --locked --quiet --target wasm32-unknown-unknown; }

at_once="-Zunstable-options -Cpanic=immediate-abort"

case "${1:-}" in
quick)
  say "Building the app; the first time about 2 minutes on two cores"
  fetch
  trunk --quiet build --locked --dist build/site
  ;;
"")
  say "Building dist/; the first time about 2.5 minutes on two cores"
  # What it is the build of: .ci/reproduce.sh asks.
  of=$(tree)
  rm -f build/dist.of
  # No path of this machine gets into the WebAssembly: two builds in different places give the same bytes.
  flags="--remap-path-prefix=$top=. --remap-path-prefix=${CARGO_HOME:-$HOME/.cargo}=cargo --remap-path-prefix=$(rustc --print sysroot)=rust"
  # The standard library is built along, for size, and a panic is a trap at once (boot.js tells it): a tenth
  # less to load. Stable Rust does this as well, if told that it may; one that no longer does builds as usual.
  if [ -d "$rust_source" ] && RUSTC_BOOTSTRAP=1 rustc --print cfg $at_once >/dev/null 2>&1; then
    flags+=" $at_once"
    export RUSTC_BOOTSTRAP=1 CARGO_UNSTABLE_BUILD_STD=std,panic_abort CARGO_UNSTABLE_BUILD_STD_FEATURES=optimize_for_size
  else
    say "Without the source of Rust's standard library, or with a Rust that cannot build it: dist/ gets a tenth larger"
  fi
  export CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS=$flags
  # "About this host" tells the commit. Sources that are not of git have none, unless it is told here.
  PGFLEX_COMMIT=${PGFLEX_COMMIT:-$(commit)}
  [ -z "$PGFLEX_COMMIT" ] || export PGFLEX_COMMIT
  # Only now: the standard library has dependencies of its own.
  fetch
  trunk --quiet build --locked --release
  echo "$of" >build/dist.of
  echo "$PGFLEX_COMMIT" >build/dist.commit
  ;;
*) stop "unknown: $1" ;;
esac
