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

# The commit of git that these files are of, with -dirty behind it where they differ. Nothing, where there is no git.
commit() { git -c "safe.directory=$top" describe --always --dirty --abbrev=12 --exclude='*' 2>/dev/null || true; }

# The tree of git that these files are, or would be if all of them were committed. Nothing, where there is no git.
tree() {
  local git=(git -c "safe.directory=$top")
  mkdir -p build
  cp "$("${git[@]}" rev-parse --git-path index)" build/index 2>/dev/null || return 0
  { GIT_INDEX_FILE=$top/build/index "${git[@]}" add --all && GIT_INDEX_FILE=$top/build/index "${git[@]}" write-tree; } || return 0
}
