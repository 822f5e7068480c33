# Sourced by the other scripts: where the tools are, and how Rust is built here.

cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 1
top=$PWD
export PATH="$top/.tools/bin:$top/node_modules/.bin:$PATH"

# No path of this machine gets into the WebAssembly: two builds in different places give the same bytes.
cargo_home=${CARGO_HOME:-$HOME/.cargo}
export CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS="--remap-path-prefix=$top=. --remap-path-prefix=$cargo_home=cargo --remap-path-prefix=$(rustc --print sysroot)=rust"

say() { printf '\n== %s\n' "$*"; }
stop() { printf '\n%s\n' "$*" >&2; exit 1; }

# The version of a package in Cargo.lock.
locked() { awk -v want="name = \"$1\"" '$0 == want { getline; gsub(/version = |"/, ""); print; exit }' Cargo.lock; }
