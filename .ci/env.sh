# Sourced by the other scripts: where the tools are, and how Rust is built here.

cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 1
top=$PWD
export PATH="$top/.tools/bin:$top/node_modules/.bin:$PATH"

# Rust's standard library, to be built along with the app (.ci/build.sh).
rust_source=$(rustc --print sysroot 2>/dev/null)/lib/rustlib/src/rust/library

say() { printf '\n== %s\n' "$*"; }
stop() { printf '\n%s\n' "$*" >&2; exit 1; }

# The version of a package in Cargo.lock.
locked() { awk -v want="name = \"$1\"" '$0 == want { getline; gsub(/version = |"/, ""); print; exit }' Cargo.lock; }
