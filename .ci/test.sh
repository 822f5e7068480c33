#!/usr/bin/env bash
# Everything that must hold before a change goes in. Quick answers first; stops at the first failure.
set -euo pipefail
source "$(dirname "$0")/env.sh"

began=$SECONDS
steps=0

step() {
  local name=$1 from=$SECONDS
  shift
  say "$name"
  if ! "$@"; then
    printf '\n%s: FAILED\n%d passed, 1 failed\n' "$name" "$steps"
    exit 1
  fi
  steps=$((steps + 1))
  printf -- '-- %s: %d s\n' "$name" $((SECONDS - from))
}

wasm=wasm32-unknown-unknown
export CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER=wasm-bindgen-test-runner
CHROMEDRIVER=$(command -v chromedriver)
export CHROMEDRIVER

step "Formatting" cargo fmt --check
step "Formatting: the fuzzer" cargo fmt --check --manifest-path tests/fuzz/Cargo.toml
step "The scripts" node --test tests/scripts/*.test.mjs
# All of them, also those of other systems: cargo-deny looks at each, offline.
step "Fetching crates" cargo fetch --locked --quiet
step "Fetching crates: the fuzzer" cargo fetch --locked --quiet --manifest-path tests/fuzz/Cargo.toml
step "The core and the simulated Azure" cargo test --locked --no-default-features
step "Random walks" env WALKS=4000 .ci/walks.sh
step "Dependencies: bans, licences, sources" cargo deny --locked --offline --log-level error check bans licenses sources
step "Dependencies: the fuzzer" cargo deny --locked --offline --log-level error --manifest-path tests/fuzz/Cargo.toml --config deny.toml check bans licenses sources
step "Lints: core" cargo clippy --locked --no-default-features --features stand-in --all-targets -- -D warnings
step "Lints: native" cargo clippy --locked --all-targets -- -D warnings
step "Lints: browser" cargo clippy --locked --target $wasm --lib --bin pgflex-restore --bin simulated-azure --test web -- -D warnings
step "The views too" cargo test --locked
step "The edge, in a browser" cargo test --locked --target $wasm --test web
step "The build" .ci/build.sh
step "The archives" node .ci/release.mjs
step "The release" node --test tests/release/*.test.mjs
step "The simulated Azure, as a server" cargo build --locked --no-default-features --features stand-in --bin stand-in
step "What a restore has written, loaded into PostgreSQL" cargo test --locked --no-default-features --features stand-in --test runbook
step "Microsoft's SDK against the simulated Azure" .tools/python/bin/python -B tests/sdk/run.py
# Two files at a time: they wait more than they compute.
step "End to end, from nginx, below a path" env HOST=nginx BELOW=/tools/restore/ node --test --test-concurrency=2 --test-reporter=spec tests/end_to_end/*.test.mjs
step "End to end, in Firefox, from Caddy" env BROWSER=firefox HOST=caddy node --test --test-concurrency=2 --test-reporter=spec tests/end_to_end/*.test.mjs

printf '\nIn %d s: %d passed, 0 failed\n' $((SECONDS - began)) "$steps"
