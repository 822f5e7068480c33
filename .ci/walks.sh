#!/usr/bin/env bash
# Random walks over the whole application: how many, from which on, or which one, is in WALKS, FROM and WALK.
set -euo pipefail
source "$(dirname "$0")/env.sh"

cargo test --locked --profile walks --no-default-features --test native walks:: -- --nocapture
