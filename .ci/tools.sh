#!/usr/bin/env bash
# Puts the tools of this project into the checkout: .tools/ and node_modules/, nothing elsewhere but
# Rust's own wasm target and source. What is there already in the right version is left alone.
#
#   .ci/tools.sh            to build and run the app
#   .ci/tools.sh test       and to test it: adds cargo-deny, Microsoft's SDK for Python, PostgreSQL, Chromium and its
#                           driver, Firefox, nginx, Caddy, ShellCheck
#   .ci/tools.sh fuzz       to fuzz it: cargo-fuzz alone
#   .ci/tools.sh mutants    to test its tests: cargo-mutants alone
set -euo pipefail
source "$(dirname "$0")/env.sh"

trunk=0.21.14
cargo_deny=0.20.2
cargo_fuzz=0.13.2
cargo_mutants=27.1.0

main() {
  command -v cargo >/dev/null || stop "Rust is missing: install it with rustup, see README.md."
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
  crate trunk "$trunk" 140 --no-default-features
  crate wasm-bindgen "$(locked wasm-bindgen)" 80 --no-default-features --bin wasm-bindgen --bin wasm-bindgen-test-runner
  npm_packages
  if [ "${1:-}" = test ]; then
    crate cargo-deny "$cargo_deny" 40 --no-default-features
    python
    microsofts_sdk
    postgresql
    chromium
    firefox
    web_servers
    shellcheck
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
  local program=$1 version=$2 seconds=$3 package
  shift 3
  package=$program
  [ "$program" != wasm-bindgen ] || package=wasm-bindgen-cli
  if runs "$program" "$version"; then return; fi
  if command -v cargo-binstall >/dev/null; then
    say "$package $version: fetching the prebuilt program"
    # Forced: what was noted as installed may have been taken away, or not run here. And that it was fetched does not
    # say that it runs: a prebuilt program may ask for another libc.
    if cargo binstall --force --no-confirm --disable-strategies compile --root .tools "$package@$version" &&
      runs "$program" "$version"; then return; fi
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

# runs PROGRAM VERSION: whether it does, in that version; of wasm-bindgen also the program that runs tests in a browser.
runs() {
  local subcommand=
  # It tells its version as a part of cargo alone.
  [ "$1" != cargo-mutants ] || subcommand=mutants
  case "$("$1" $subcommand --version 2>/dev/null)" in "$1 $2" | "$1 $2 "*) ;; *) return 1 ;; esac
  [ "$1" != wasm-bindgen ] || runs wasm-bindgen-test-runner "$2"
}

npm_packages() {
  if cmp -s package-lock.json .tools/package-lock.json && [ -d node_modules ]; then return; fi
  say "npm packages, as locked; about 10 seconds"
  npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
  cp package-lock.json .tools/
}

python() {
  # Debian has `venv` in python3 and what it needs in python3-venv.
  if ! { command -v python3 && python3 -c 'import venv, ensurepip'; } >/dev/null 2>&1; then
    may_install || stop "The tests need Python 3.11 or later with venv: apt-get install python3 python3-venv (Debian)."
    say "Python and its virtual environments, for the tests; about 20 seconds"
    debian python3 python3-venv
  fi
  python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
    stop "$(python3 --version) is too old: the tests need version 3.11 or later."
}

# Microsoft's clients of Azure, in a virtual environment of their own: what all need in it, and beside that, in a folder
# for each, the release of Azure Backup's client that speaks an api-version.
microsofts_sdk() {
  local home=.tools/python lists=tests/sdk/requirements pinned list
  pinned=$(python3 --version; cat $lists/*.txt)
  if [ "$(cat $home/pinned 2>/dev/null)" = "$pinned" ] && $home/bin/python -c '' 2>/dev/null; then return; fi
  say "Microsoft's SDK for Python, as pinned; about 30 seconds"
  rm -rf $home
  python3 -m venv $home
  pinned_packages $lists/shared.txt
  for list in $lists/20*.txt; do pinned_packages "$list" --target "$home/releases/$(basename "$list" .txt)"; done
  printf '%s\n' "$pinned" >$home/pinned
}

# pinned_packages LIST ARGUMENTS…: exactly what a list names, none that it does not name, none that was altered.
pinned_packages() {
  local list=$1
  shift
  .tools/python/bin/python -m pip install --quiet --disable-pip-version-check --no-input \
    --require-hashes --no-deps --only-binary :all: --requirement "$list" "$@"
}

# Its server and its client: what the page prints after a restore is run against it. A server of its own is started for that
# alone.
postgresql() {
  if compgen -G "/usr/lib/postgresql/*/bin/initdb" >/dev/null || [ -x "$(pg_config --bindir 2>/dev/null)/initdb" ]; then return; fi
  may_install || stop "The tests need PostgreSQL, its server too: apt-get install postgresql (Debian), or its pg_config on PATH."
  say "PostgreSQL, for the tests; about 20 seconds"
  debian postgresql
}

chromium() {
  if command -v chromium >/dev/null && command -v chromedriver >/dev/null; then return; fi
  if may_install; then
    say "Chromium and its driver, for the tests; about 30 seconds"
    debian chromium chromium-driver
  else
    stop "The tests need Chromium and its driver: apt-get install chromium chromium-driver (Debian), or both on PATH as \`chromium\` and \`chromedriver\`."
  fi
}

firefox() {
  if command -v firefox-esr >/dev/null; then return; fi
  may_install || stop "The tests need Firefox ESR: apt-get install firefox-esr (Debian), or it on PATH as \`firefox-esr\`."
  say "Firefox, for the tests; about 30 seconds"
  debian firefox-esr
}

# The hosts that the built page is tried on. The tests start their own, on the loopback, as nobody.
web_servers() {
  local program missing=()
  for program in nginx caddy; do
    # Debian puts nginx where root alone looks.
    PATH=$PATH:/usr/sbin command -v "$program" >/dev/null || missing+=("$program")
  done
  [ ${#missing[@]} -gt 0 ] || return 0
  may_install || stop "The tests need ${missing[*]}: apt-get install ${missing[*]} (Debian; there it begins to serve port 80, which no test
needs: systemctl disable --now ${missing[*]}), or it on PATH."
  say "${missing[*]}, for the tests; about 20 seconds"
  without_services debian "${missing[@]}"
  # Nor when the machine starts the next time.
  if [ -d /run/systemd/system ]; then systemctl --quiet disable "${missing[@]}"; fi
}

shellcheck() {
  if type -P shellcheck >/dev/null; then return; fi
  may_install || stop "The tests need ShellCheck: apt-get install shellcheck (Debian), or \`shellcheck\` on PATH."
  say "ShellCheck, for the tests; about 10 seconds"
  debian shellcheck
}

# Installs without starting what Debian would start at once: its own way to say so is this file. One that is there has
# said what its machine wants.
without_services() {
  local policy=/usr/sbin/policy-rc.d
  if [ -e $policy ]; then
    "$@"
    return
  fi
  trap 'rm -f /usr/sbin/policy-rc.d' EXIT
  printf '#!/bin/sh\nexit 101\n' >$policy
  chmod 755 $policy
  "$@"
  rm -f $policy
  trap - EXIT
}

may_install() { [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; }

debian() {
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

mkdir -p .tools
main "$@"
