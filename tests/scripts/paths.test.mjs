// .ci/paths.mjs, over files that hold a path.
import assert from "node:assert/strict";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { test } from "node:test";
import zlib from "node:zlib";
import { paths } from "../../.ci/paths.mjs";

// Put together: no file of this project names such a place.
const HOME = ["", "home", "ada"].join("/");
const WINDOWS = ["C:", "Users", "ada"].join("\\");

/** What is found in files of these names and contents. */
function found(contents, given = []) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "paths-"));
  try {
    for (const [name, bytes] of Object.entries(contents)) {
      fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
      fs.writeFileSync(path.join(folder, name), bytes);
    }
    return paths(folder, given).map((one) => one.slice(folder.length + 1)).sort();
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

test("a path is found in a WebAssembly, however it is compressed", () => {
  const wasm = Buffer.from(`\0asm\x01\0\0\0${HOME}/one.rs`, "latin1");
  const all = { "site/a.wasm": wasm, "site/a.wasm.br": zlib.brotliCompressSync(wasm), "site/a.wasm.gz": zlib.gzipSync(wasm), "site/a.bin": zlib.gzipSync(wasm) };
  assert.deepEqual(found(all), Object.keys(all).map((name) => `${name}: ${HOME}`).sort());
});

test("a path below a home folder that is called otherwise is found as well", () => {
  assert.deepEqual(found({ "site/a.wasm": "…/.cargo/registry/src/one.rs", "site/b.js": WINDOWS }), ["site/a.wasm: .cargo/registry", "site/b.js: C:\\Users\\"]);
});

test("a text for people may name a folder, but not one of this machine", () => {
  assert.deepEqual(found({ "docs/a.md": `unpack it to ${HOME}/site; built in /srv/checkout/` }), []);
  assert.deepEqual(found({ "a.tar.gz": zlib.gzipSync(`unpack it to ${HOME}/site`) }), []);
  assert.deepEqual(found({ "docs/a.md": "built in /srv/checkout/" }, ["/srv/checkout/"]), ["docs/a.md: /srv/checkout/"]);
});

test("what names no path is not taken for one", () => {
  assert.deepEqual(found({ "site/a.js": "/home;b.cargo;'#/demo/find'" }), []);
});
