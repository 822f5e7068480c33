// .ci/tools.sh, in a folder of its own, where every program that it calls is a script that says what it was called for.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { test } from "node:test";

const ci = path.resolve(import.meta.dirname, "../../.ci");
const VERSION = "1.2.3";
const trunk = /^trunk=(.*)$/m.exec(fs.readFileSync(path.join(ci, "tools.sh"), "utf8"))[1];

/**
 * Runs tools.sh where Trunk is there already and the wasm-bindgen CLI is not. `fetched`: what cargo-binstall puts
 * there, with the version that each program tells; without it, there is no cargo-binstall. Gives the calls of cargo.
 */
function install(fetched) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "tools-"));
  const program = (name, lines) => fs.writeFileSync(path.join(folder, name), `#!/bin/sh\n${lines}\n`, { mode: 0o755 });
  const put = (versions) =>
    Object.entries(versions)
      .map(([name, version]) => `printf '#!/bin/sh\\necho ${name} ${version}\\n' > .tools/bin/${name}; chmod +x .tools/bin/${name}`)
      .join("\n");
  try {
    for (const name of [".ci", ".tools/bin", "bin", "node_modules/.bin", "rust"]) fs.mkdirSync(path.join(folder, name), { recursive: true });
    for (const name of ["tools.sh", "env.sh"]) fs.copyFileSync(path.join(ci, name), path.join(folder, ".ci", name));
    fs.writeFileSync(path.join(folder, "Cargo.lock"), `name = "wasm-bindgen"\nversion = "${VERSION}"\n`);
    for (const name of ["package-lock.json", ".tools/package-lock.json"]) fs.writeFileSync(path.join(folder, name), "{}");
    program(".tools/bin/trunk", `echo trunk ${trunk}`);
    program("bin/rustc", `echo "${folder}/rust"`);
    program("bin/cargo", `echo "$*" >> calls\n[ "$1" != binstall ] || { shift; exec cargo-binstall "$@"; }\n${put({ "wasm-bindgen": VERSION, "wasm-bindgen-test-runner": VERSION })}`);
    if (fetched) program("bin/cargo-binstall", put(fetched));
    // Of the machine's own programs those alone that the script is written in: another cargo-binstall may be there.
    for (const name of ["awk", "bash", "chmod", "cmp", "dirname", "mkdir", "sh"]) {
      const found = process.env.PATH.split(path.delimiter).map((place) => path.join(place, name)).find((file) => fs.existsSync(file));
      fs.symlinkSync(found, path.join(folder, "bin", name));
    }
    fs.symlinkSync(process.execPath, path.join(folder, "bin/node"));
    const { status, stderr } = spawnSync(path.join(folder, ".ci/tools.sh"), { env: { PATH: path.join(folder, "bin") }, encoding: "utf8" });
    assert.equal(status, 0, stderr);
    return fs.readFileSync(path.join(folder, "calls"), "utf8").trim().split("\n");
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

const FETCHED = /^binstall .*--force .*wasm-bindgen-cli@1\.2\.3$/;
const COMPILED = /^install wasm-bindgen-cli --version 1\.2\.3 .*--force/;

function check(calls, ...patterns) {
  assert.equal(calls.length, patterns.length, calls.join("\n"));
  patterns.forEach((pattern, at) => assert.match(calls[at], pattern));
}

test("without cargo-binstall a tool is compiled", () => {
  check(install(), COMPILED);
});

test("a prebuilt program that runs in its version is taken", () => {
  check(install({ "wasm-bindgen": VERSION, "wasm-bindgen-test-runner": VERSION }), FETCHED);
});

test("a prebuilt program that does not run in its version is compiled after all", () => {
  check(install({ "wasm-bindgen": "1.2.2", "wasm-bindgen-test-runner": VERSION }), FETCHED, COMPILED);
  check(install({}), FETCHED, COMPILED);
});

test("the wasm-bindgen CLI is compiled where what runs the browser's tests did not come with it", () => {
  check(install({ "wasm-bindgen": VERSION }), FETCHED, COMPILED);
});
