// hosting/update.sh: a new build goes into the folder that is served, and no moment of it leaves a site that does not start.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import crypto from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { test } from "node:test";

const script = path.resolve(import.meta.dirname, "../../hosting/update.sh");
const DAY = 24 * 60 * 60;
const START = 1_800_000_000;

/** A folder with a few builds in it, and what the script is run with: `date` tells the time that the test says. */
function scene(hold) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "update-"));
  const bin = path.join(folder, "bin");
  fs.mkdirSync(bin);
  const at = (name) => path.join(folder, name);
  const program = (name, lines) => fs.writeFileSync(path.join(bin, name), `#!/bin/sh\n${lines}\n`, { mode: 0o755 });
  const run = (from, { to = "target", now = START, ...options } = {}) => {
    program("date", `echo ${now}`);
    return spawnSync("sh", [script, at(from), at(to)], { encoding: "utf8", env: { PATH: `${bin}:${process.env.PATH}` }, ...options });
  };
  const update = (...args) => { const { status, stderr } = run(...args); assert.equal(status, 0, stderr); };
  try {
    return hold({ at, program, run, update, build: (name, options) => build(at(name), name, options), names: (of = "target") => fs.readdirSync(at(of)).sort() });
  } finally {
    spawnSync("chmod", ["-R", "u+w", folder]);
    fs.rmSync(folder, { recursive: true });
  }
}

/** A build: files named by their content, an index.html that names them, copies that are packed. Gives their names. */
function build(folder, words, { packed = true, more = {} } = {}) {
  fs.mkdirSync(folder, { recursive: true });
  const put = (name, text) => {
    fs.writeFileSync(path.join(folder, name), text);
    if (packed) for (const kind of ["gz", "br"]) fs.writeFileSync(path.join(folder, `${name}.${kind}`), `${kind} of ${text}`);
  };
  const named = ["app.js", "boot.js", "simulated-azure.bin"].map((file) => {
    const text = file === "boot.js" ? "the same in every build" : `${file} of ${words}`;
    const name = file.replace(".", `-${crypto.createHash("sha256").update(text).digest("hex").slice(0, 16)}.`);
    put(name, text);
    return name;
  });
  put("index.html", `<!doctype html><meta data-files="${named.join(" ")}">`);
  for (const [name, text] of Object.entries(more)) fs.writeFileSync(path.join(folder, name), text);
  return named;
}

/** Whether a browser that takes nothing packed, and one that does, find a page and all that it names, each as it was built. */
function holdStarts(folder) {
  for (const kind of ["", ".gz", ".br"]) {
    const index = path.join(folder, `index.html${kind}`);
    if (!fs.existsSync(index)) continue;
    const named = fs.readFileSync(index, "utf8").match(/data-files="([^"]+)"/)[1].split(" ");
    for (const name of named) {
      const bytes = fs.readFileSync(path.join(folder, name));
      assert.equal(crypto.createHash("sha256").update(bytes).digest("hex").slice(0, 16), name.match(/-(\w{16})\./)[1], `${name} is not what it was`);
    }
  }
}

test("a first build comes as it is", () => scene(({ at, build, update, names }) => {
  build("one", { more: { _headers: "/*", "config.json": "a sample" } });
  update("one");
  assert.deepEqual(names(), names("one").filter((name) => name !== "config.json"));
  assert.equal(fs.statSync(at("target/index.html")).mode & 0o777, 0o644);
}));

test("the build before stays for a day, then goes; what is yours stays", () => scene(({ at, build, update, names }) => {
  const [one, two, three] = ["one", "two", "three"].map((name) => build(name, { packed: name !== "three" }));
  const shared = (name) => /^boot-/.test(name);
  update("one");
  for (const [name, text] of Object.entries({ "config.json": "mine", "robots.txt": "mine", "mine-and-not.js": "mine" })) fs.writeFileSync(at(`target/${name}`), text);
  update("two");
  for (const name of [...one, ...two]) assert(names().includes(name), name);
  // A day less a second later: a third one, and the first is still there.
  update("three", { now: START + DAY - 1 });
  for (const name of [...one, ...two, ...three]) assert(names().includes(name), name);
  // The first has had its day, the second has not.
  update("three", { now: START + DAY + 1 });
  for (const name of one.filter((name) => !shared(name))) assert(!names().some((kept) => kept.startsWith(name)), name);
  for (const name of [...two, ...three]) assert(names().includes(name), name);
  update("three", { now: START + 2 * DAY + 1 });
  assert.deepEqual(names(), [...names("three"), "config.json", "mine-and-not.js", "robots.txt"].sort());
  assert.equal(fs.readFileSync(at("target/config.json"), "utf8"), "mine");
  holdStarts(at("target"));
}));

test("going back to the build before makes its files needed again", () => scene(({ at, build, update, names }) => {
  const one = build("one");
  const two = build("two");
  update("one");
  update("two");
  update("one", { now: START + DAY - 1 });
  update("one", { now: START + DAY + 2 });
  for (const name of [...one, ...two]) assert(names().includes(name), name);
  update("one", { now: START + 2 * DAY });
  for (const name of one) assert(names().includes(name), name);
  assert(!names().includes(two[0]));
  holdStarts(at("target"));
}));

test("a clock that was ahead keeps nothing for ever", () => scene(({ build, update, names }) => {
  const [first] = build("one");
  build("two");
  update("one");
  update("two", { now: START + 1000 * DAY });
  update("two");
  assert(names().includes(first));
  update("two", { now: START + DAY + 1 });
  assert(!names().includes(first));
}));

test("a build without packed copies takes those of the build before along", () => scene(({ at, build, update, names }) => {
  build("one");
  build("two", { packed: false });
  update("one");
  update("two");
  assert(!names().includes("index.html.gz") && !names().includes("index.html.br"));
  holdStarts(at("target"));
}));

test("killed at any change that it makes, it leaves a site that starts, and the next run finishes it", () => scene(({ at, build, run, update, program, names }) => {
  build("one");
  build("two", { more: { _headers: "/*" } });
  update("one");
  fs.cpSync(at("target"), at("begun"), { recursive: true });
  // Each program that changes anything ends the script before, or half through, the n-th time that it is called.
  let ended = 0;
  for (let nth = 1; ; nth++) {
    fs.rmSync(at("target"), { recursive: true });
    fs.cpSync(at("begun"), at("target"), { recursive: true });
    fs.rmSync(at("count"), { force: true });
    for (const name of ["cp", "mv", "rm"]) {
      const real = ["/bin", "/usr/bin"].map((place) => `${place}/${name}`).find((file) => fs.existsSync(file));
      const half = name === "cp" ? `for last; do :; done; echo half >"$last";` : "";
      program(name, `echo >>"${at("count")}"\nif [ "$(wc -l <"${at("count")}")" -eq ${nth} ]; then ${half} kill -KILL $PPID; exit 1; fi\nexec ${real} "$@"`);
    }
    const { status, signal } = run("two", { now: START + 2 * DAY });
    for (const name of ["cp", "mv", "rm"]) fs.rmSync(at(`bin/${name}`));
    holdStarts(at("target"));
    if (status === 0) break;
    assert.equal(signal, "SIGKILL");
    ended += 1;
    update("two", { now: START + 2 * DAY });
    holdStarts(at("target"));
    assert.equal(fs.readFileSync(at("target/index.html"), "utf8"), fs.readFileSync(at("two/index.html"), "utf8"));
    assert(!names().includes(".pgflex-part"));
  }
  assert(ended > 15, `ended ${ended} times only`);
}));

test("what a run before has left half done is mended", () => scene(({ at, build, update }) => {
  const [first] = build("one");
  update("one");
  fs.writeFileSync(at(`target/${first}`), "half");
  update("one");
  holdStarts(at("target"));
}));

test("a target that is a link, or lies below one, is followed and stays a link", () => scene(({ at, build, update }) => {
  build("one");
  fs.mkdirSync(at("real/served"), { recursive: true });
  fs.symlinkSync(at("real"), at("link"));
  fs.symlinkSync(at("real/served"), at("current"));
  update("one", { to: "link/served" });
  holdStarts(at("real/served"));
  build("two");
  update("two", { to: "current" });
  assert(fs.lstatSync(at("current")).isSymbolicLink());
  assert.equal(fs.readFileSync(at("real/served/index.html"), "utf8"), fs.readFileSync(at("two/index.html"), "utf8"));
}));

test("names with blanks are taken as they are", () => scene(({ at, build, update }) => {
  build("a build");
  update("a build", { to: "the target" });
  holdStarts(at("the target"));
}));

test("what cannot be done is said, and nothing is changed", () => scene(({ at, build, run, update, names }) => {
  const [first] = build("one");
  update("one");
  const before = names();
  const refused = (words, ...args) => { const { status, stderr } = run(...args); assert.equal(status, 1); assert.match(stderr, words); assert.deepEqual(names(), before); };
  refused(/holds no index\.html/, "not-there");
  refused(/same folder/, "target");
  build("half");
  fs.rmSync(at(`half/${build("half")[0]}`));
  refused(/is not whole: index\.html asks for app-/, "half");
  build("deep");
  fs.mkdirSync(at("deep/folder"));
  refused(/is no file/, "deep");
  build("two");
  fs.chmodSync(at("target"), 0o555);
  for (const place of [".", "two", "target"]) fs.chmodSync(at(place), 0o755 & (place === "target" ? 0o555 : 0o777));
  // Root may everything: it is tried as somebody else.
  refused(/cannot be written to: run this as a user who may/, "two", process.getuid() === 0 ? { uid: 65534, gid: 65534 } : {});
  assert(names().includes(first));
}));
