#!/usr/bin/env bash
# What the program costs: the bytes of dist/, the core natively, drawing in a headless browser. docs/performance.md
# tells the figures of one machine.
set -euo pipefail
source "$(dirname "$0")/env.sh"

export CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER=wasm-bindgen-test-runner
CHROMEDRIVER=$(command -v chromedriver)
export CHROMEDRIVER

say "Bytes"
node .ci/sizes.mjs || true
say "The core, natively"
cargo bench --locked --quiet --no-default-features --bench figures
say "Finding a server, in a browser"
cargo build --quiet --locked --no-default-features --features stand-in --bin stand-in
node tests/end_to_end/figures.mjs
say "Following fifty restores, in a browser; about 2 minutes on two cores"
node tests/end_to_end/many.mjs
say "Drawing points, in a browser; the first time about 4 minutes on two cores"
cargo test --locked --release --target wasm32-unknown-unknown --test web many_points -- --nocapture
say "Lighthouse, five runs a page and profile; about 8 minutes on two cores"
(cd tests/lighthouse && { [ -d node_modules/lighthouse ] || npm ci --ignore-scripts --no-audit --no-fund --loglevel=error; })
node tests/lighthouse/run.mjs
