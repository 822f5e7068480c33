#!/usr/bin/env bash
# Known flaws in dependencies: of the crates in RustSec's database, of the npm packages in the registry's. Ends with
# 0 if both were asked and know of none, with 1 if one knows of any, with 2 if one could not be asked.
set -euo pipefail
source "$(dirname "$0")/env.sh"

flawed=0
unasked=()

crates() {
  local reason
  if ! reason=$(cargo deny --locked --log-level error fetch db 2>&1); then
    printf '%s\n' "$reason" >&2
    unasked+=("RustSec's database (github.com): the crates")
    return
  fi
  local manifest
  for manifest in Cargo.toml tests/fuzz/Cargo.toml; do
    say "The crates of $manifest"
    cargo deny --locked --offline --manifest-path "$manifest" --config deny.toml check advisories || flawed=1
  done
}

npm_packages() {
  local folder reports
  for folder in . tests/lighthouse; do
    say "The npm packages of $folder/package-lock.json"
    # The registry's answer has a list, even an empty one; whatever else there is tells why there is none.
    reports=$(npm audit --prefix "$folder" --package-lock-only --omit=optional --json 2>/dev/null) || true
    if ! node -e 'process.exit(JSON.parse(process.argv[1] || "{}").vulnerabilities ? 0 : 1)' "$reports"; then
      node -e 'console.error(JSON.parse(process.argv[1] || "{}").message ?? "no answer")' "$reports"
      unasked+=("npm's registry: the packages of $folder")
      continue
    fi
    npm audit --prefix "$folder" --package-lock-only --omit=optional || flawed=1
  done
}

crates
npm_packages
printf '\n'
[ ${#unasked[@]} = 0 ] || printf 'Could not be asked: %s\n' "${unasked[@]}" >&2
[ "$flawed" = 0 ] || stop "There are known flaws, see above."
[ ${#unasked[@]} = 0 ] || exit 2
echo "No known flaws."
