#!/usr/bin/env bash
# Builds the app:
#
#   .ci/build.sh          into dist/, as it is shipped
#   .ci/build.sh quick    into build/site/, unoptimised: for `make run`
set -euo pipefail
source "$(dirname "$0")/env.sh"

case "${1:-}" in
quick)
  say "Building the app; the first time about 2 minutes on two cores"
  trunk --quiet build --locked --dist build/site
  ;;
"")
  say "Building dist/; the first time about 2.5 minutes on two cores"
  trunk --quiet build --locked --release
  ;;
*) stop "unknown: $1" ;;
esac
