#!/usr/bin/env bash
# Puts the tools of this project into the checkout: .tools/ and node_modules/, nothing elsewhere but
# Rust's own wasm target and source. What is there already in the right version is left alone.
#
#   .ci/tools.sh            to build and run the app
#   .ci/tools.sh test       and to test it: adds cargo-deny, Chromium and its driver
#   .ci/tools.sh fuzz       to fuzz it: cargo-fuzz alone
#   .ci/tools.sh mutants    to test its tests: cargo-mutants alone
set -euo pipefail
source "$(dirname "$0")/env.sh"

trunk=0.21.14
cargo_deny=0.20.2
cargo_fuzz=0.13.2
cargo_mutants=27.1.0

main() {
  command -v cargo >/dev/null || stop "Rust is missing: install it with rustup."
  case "${1:-}" in
  fuzz)
    crate cargo-fuzz "$cargo_fuzz" 30
    return
    ;;
  mutants)
    crate cargo-mutants "$cargo_mutants" 70
    return
    ;;
  esac
  node_and_targets
  crate trunk "$trunk" 200 --no-default-features
  crate wasm-bindgen "$(locked wasm-bindgen)" 160 --no-default-features --bin wasm-bindgen --bin wasm-bindgen-test-runner
  npm_packages
  if [ "${1:-}" = test ]; then
    crate cargo-deny "$cargo_deny" 75 --no-default-features
    chromium
  fi
}

node_and_targets() {
  command -v node >/dev/null || stop "Node.js is missing: install version 20.11 or later, with npm."
  node -e 'const [a, b] = process.versions.node.split("."); process.exit(a > 20 || (a == 20 && b >= 11) ? 0 : 1)' ||
    stop "Node.js $(node --version) is too old: install version 20.11 or later."
  if [ ! -d "$(rustc --print target-libdir --target wasm32-unknown-unknown)" ]; then
    command -v rustup >/dev/null || stop "Rust's target wasm32-unknown-unknown is missing, and there is no rustup to add it."
    say "Adding Rust's WebAssembly target"
    rustup target add wasm32-unknown-unknown
  fi
  if [ ! -d "$rust_source" ] && command -v rustup >/dev/null; then
    say "Adding the source of Rust's standard library"
    rustup component add rust-src || true # .ci/build.sh can do without it.
  fi
}

# crate PROGRAM VERSION SECONDS ARGUMENTS…: the tool in exactly this version.
crate() {
  local program=$1 version=$2 seconds=$3 package subcommand=
  shift 3
  package=$program
  [ "$program" != wasm-bindgen ] || package=wasm-bindgen-cli
  # It tells its version as a part of cargo alone.
  [ "$program" != cargo-mutants ] || subcommand=mutants
  case "$("$program" $subcommand --version 2>/dev/null)" in "$program $version" | "$program $version "*) return ;; esac
  if command -v cargo-binstall >/dev/null; then
    say "$package $version: fetching the prebuilt program"
    if cargo binstall --no-confirm --disable-strategies compile --root .tools "$package@$version"; then return; fi
  fi
  say "$package $version: building it, once; about $seconds seconds on two cores"
  # Built to be ready soon, not to run fast. One target folder, so that what the tools share is built
  # once. wasm-bindgen-cli without its lock file: that names crates which not every registry has.
  local locked=--locked
  [ "$package" != wasm-bindgen-cli ] || locked=
  CARGO_TARGET_DIR=target/tools \
    CARGO_PROFILE_RELEASE_OPT_LEVEL=${TOOLS_OPT_LEVEL:-0} CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 \
    CARGO_PROFILE_RELEASE_PANIC=unwind CARGO_PROFILE_RELEASE_DEBUG=false \
    cargo install "$package" --version "$version" $locked --force --quiet --root .tools "$@"
}

npm_packages() {
  if cmp -s package-lock.json .tools/package-lock.json && [ -d node_modules ]; then return; fi
  say "npm packages, as locked; about 10 seconds"
  npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
  cp package-lock.json .tools/
}

chromium() {
  if command -v chromium >/dev/null && command -v chromedriver >/dev/null; then return; fi
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    say "Chromium and its driver, for the tests; about 30 seconds"
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium chromium-driver
  else
    stop "The tests need Chromium and its driver: apt-get install chromium chromium-driver (Debian), or both on PATH as \`chromium\` and \`chromedriver\`."
  fi
}

mkdir -p .tools
main "$@"
