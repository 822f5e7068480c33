#!/usr/bin/env bash
# Builds the same sources once more, in a folder of another name and depth, for another user, with another cargo home: every
# file of the release has to come out with the same bytes, and none of them may hold a path of this machine. The tools
# are shared. Some 3 minutes on two cores; twice that where dist/ is not the build of what is here.
set -euo pipefail
source "$(dirname "$0")/env.sh"

of=$(tree)
[ -n "$of" ] || stop "This folder is not of git, which tells what belongs to the sources."
# One moment for both: what is here may not be committed yet.
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git -c "safe.directory=$top" log -1 --format=%ct)}
export SOURCE_DATE_EPOCH

[ "$(cat build/dist.of build/dist.commit 2>/dev/null)" = "$of"$'\n'"$(commit)" ] || .ci/build.sh
PGFLEX_COMMIT=$(cat build/dist.commit)
export PGFLEX_COMMIT
node .ci/release.mjs

there=$(mktemp -d)
trap 'rm -rf "$there"' EXIT
again=$there/one/more/time
mkdir -p "$again" "$there/home" "$there/cargo/registry"
git -c "safe.directory=$top" archive "$of" | tar --extract --directory="$again"
ln -s "$top/.tools" "$top/node_modules" "$again"
# What was downloaded is copied; the sources are unpacked anew.
cargo_home=${CARGO_HOME:-$HOME/.cargo}
for part in registry/cache registry/index config.toml; do
  [ ! -e "$cargo_home/$part" ] || cp -r "$cargo_home/$part" "$there/cargo/$part"
done

say "The same once more, in $again"
(
  umask 077
  export RUSTUP_HOME=${RUSTUP_HOME:-$HOME/.rustup} CARGO_HOME=$there/cargo HOME=$there/home TZ=Pacific/Chatham
  cd "$again"
  .ci/build.sh
  node .ci/release.mjs
) >"$there/log" 2>&1 || { cat "$there/log"; stop "It does not build elsewhere."; }

diff --recursive --brief build/release "$again/build/release" || stop "The same sources have not given the same bytes."
node .ci/paths.mjs build/release "$top" "$there" "$HOME" "$cargo_home" "$(rustc --print sysroot)"
printf '\nReproduced, from the sources %s:\n' "$of"
cat build/release/SHA256SUMS
