// What `make dist` has made: dist/, and build/release with all that an administrator is given.
import { Spec, Validation } from "@cyclonedx/cyclonedx-library";
import assert from "node:assert/strict";
import { execFileSync, spawn, spawnSync } from "node:child_process";
import crypto from "node:crypto";
import fs from "node:fs";
import { unzipSync } from "fflate";
import os from "node:os";
import path from "node:path";
import { after, test } from "node:test";
import zlib from "node:zlib";
import { paths } from "../../.ci/paths.mjs";

const out = "build/release";
const version = /^version = "(.*)"$/m.exec(fs.readFileSync("Cargo.toml", "utf8"))[1];
const name = `pgflex-restore-${version}`;
const folder = `${out}/${name}`;
const bom = JSON.parse(fs.readFileSync(`${folder}/sbom.cdx.json`, "utf8"));
const dist = fs.readdirSync("dist");

const scratch = fs.mkdtempSync(path.join(os.tmpdir(), "release-"));
after(() => fs.rmSync(scratch, { recursive: true }));

const files = (root) => fs.readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => path.relative(root, path.join(entry.parentPath ?? entry.path, entry.name))).sort();
const read = (file) => fs.readFileSync(file);
const digest = (bytes) => crypto.createHash("sha256").update(bytes).digest("hex");

test("the release holds what is served, its licences and its sums", () => {
  const all = files(folder);
  for (const file of ["LICENSE", "README.md", "SHA256SUMS", "sbom.cdx.json", "third-party.txt", "docs/release.md", "site/index.html", "site/third-party.txt"]) assert(all.includes(file), file);
  assert.deepEqual(files(`${folder}/site`), files("dist"));
});

test("sha256sum accepts every file, and none is left out", () => {
  execFileSync("sha256sum", ["--check", "--strict", "--quiet", "SHA256SUMS"], { cwd: folder });
  execFileSync("sha256sum", ["--check", "--strict", "--quiet", "SHA256SUMS"], { cwd: out });
  const summed = [...fs.readFileSync(`${folder}/SHA256SUMS`, "utf8").matchAll(/^[0-9a-f]{64} {2}(.*)$/gm)].map(([, file]) => file);
  assert.deepEqual(summed.sort(), files(folder).filter((file) => file !== "SHA256SUMS"));
});

/** The command of a guide that begins like that, with other places. */
const told = (start, ...places) => {
  const line = fs.readFileSync(`${folder}/docs/release.md`, "utf8").split("\n").find((line) => line.startsWith(`    ${start}`));
  assert(line, `docs/release.md has no ${start}`);
  return places.reduce((line, [from, to]) => { assert(line.includes(from), from); return line.replace(from, to); }, line.trim());
};

test("what the guide says to run in the folder that is served finds what is another file, and what is missing", () => {
  const served = `${scratch}/served`;
  fs.cpSync(`${folder}/site`, served, { recursive: true });
  fs.writeFileSync(`${served}/config.json`, "{}");
  const command = told("sed -n", ["~/pgflex-restore-VERSION", path.resolve(folder)]);
  const check = () => spawnSync("sh", ["-c", command], { cwd: served, encoding: "utf8", env: { ...process.env, LC_ALL: "C" } });
  const good = check();
  assert.deepEqual([good.status, good.stdout, good.stderr], [0, "", ""]);
  const [one, other] = dist.filter((file) => file.endsWith(".js"));
  fs.appendFileSync(`${served}/${one}`, " ");
  fs.rmSync(`${served}/${other}`);
  const bad = check();
  assert.notEqual(bad.status, 0);
  assert.match(bad.stdout, new RegExp(`^${one}: FAILED$`, "m"));
  assert.match(bad.stdout, new RegExp(`^${other}: FAILED`, "m"));
});

test("what is opened first tells the version and the commit, and leads to files that are there", () => {
  const text = fs.readFileSync(`${folder}/README.md`, "utf8");
  const commit = fs.readFileSync("build/dist.commit", "utf8").trim();
  assert(text.includes(`Version ${version}, ${commit ? `commit \`${commit}\`` : "of no commit"}`));
  assert.equal(/no release to give to others/.test(text), !commit || commit.endsWith("-dirty"));
  assert.deepEqual(bom.metadata.component.properties?.filter((one) => one.name === "pgflex-restore:commit").map((one) => one.value) ?? [], commit ? [commit] : []);
  const links = [...text.matchAll(/\]\((.*?)\)/g)].map(([, to]) => to);
  assert(links.includes("docs/hosting.md"));
  for (const link of links) assert(fs.existsSync(`${folder}/${link}`), link);
});

test("of sources that are not those of a commit it is said loudly that it is no release", () => {
  const before = read("build/dist.commit");
  const say = (commit) => {
    fs.writeFileSync("build/dist.commit", `${commit}\n`);
    const { warned } = again(Date.UTC(2031, 4, 6));
    return [warned, fs.readFileSync(`${scratch}/again/${name}/README.md`, "utf8")];
  };
  try {
    for (const words of say("0123456789ab-dirty")) assert.match(words, /no release to give to others.*not those of the commit/);
    for (const words of say("")) assert.match(words, /no release to give to others.*not known/);
    for (const words of say("0123456789ab")) assert.doesNotMatch(words, /to give to others/);
  } finally {
    fs.writeFileSync("build/dist.commit", before);
  }
});

test("both archives hold the folder, and scripts in it can be run", () => {
  execFileSync("tar", ["--extract", "--file", path.resolve(out, `${name}.tar.gz`)], { cwd: scratch });
  assert.deepEqual(files(`${scratch}/${name}`), files(folder));
  for (const file of files(folder)) {
    assert(read(`${scratch}/${name}/${file}`).equals(read(`${folder}/${file}`)), file);
    const runs = (where) => (fs.statSync(where).mode & 0o111) !== 0;
    assert.equal(runs(`${scratch}/${name}/${file}`), file.endsWith(".sh"), file);
  }
  const zipped = unzipSync(read(`${out}/${name}.zip`));
  assert.deepEqual(Object.keys(zipped).sort(), files(folder).map((file) => `${name}/${file}`));
  for (const [file, bytes] of Object.entries(zipped)) assert(read(`${out}/${file}`).equals(bytes), file);
});

/** When the files of an archive were changed last, each moment once. */
function times(archive) {
  const list = execFileSync("tar", ["--list", "--verbose", "--numeric-owner", "--full-time", "--utc", "--file", archive], { encoding: "utf8" });
  return [...new Set(list.trim().split("\n").map((line) => line.match(/ 0\/0 +\d+ (\S+ \S+)/)[1]))].map((time) => Date.parse(`${time.replace(" ", "T")}Z`));
}

/** The sums of the archives, and what was warned of, when they are made again: by another user, elsewhere, from files of another time. */
function again(moment) {
  const index = fs.statSync("dist/index.html");
  fs.utimesSync("dist/index.html", 1, 1);
  try {
    const env = { ...process.env, PATH: `${path.resolve(".tools/bin")}:${process.env.PATH}`, TZ: "Pacific/Chatham", LC_ALL: "C", SOURCE_DATE_EPOCH: String(moment / 1000) };
    const { status, stderr } = spawnSync("sh", ["-c", `umask 077; exec "${process.execPath}" .ci/release.mjs "${scratch}/again"`], { env, encoding: "utf8" });
    assert.equal(status, 0, stderr);
    return { sums: fs.readFileSync(`${scratch}/again/SHA256SUMS`, "utf8"), warned: stderr };
  } finally {
    fs.utimesSync("dist/index.html", index.atime, index.mtime);
  }
}

test("whenever it is made, wherever, by whomever: the archives are the same", () => {
  const [moment, ...others] = times(`${out}/${name}.tar.gz`);
  assert.deepEqual(others, []);
  assert.equal(again(moment).sums, fs.readFileSync(`${out}/SHA256SUMS`, "utf8"));
});

test("the files of the next release have another time: by it hosts tell one index.html from the next", () => {
  const moment = Date.UTC(2031, 4, 6, 7, 8, 10);
  again(moment);
  assert.deepEqual(times(`${scratch}/again/${name}.tar.gz`), [moment]);
});

test("every name in dist/ but three tells its content", () => {
  const plain = dist.filter((file) => !/-[0-9a-f]{16}\./.test(file));
  assert.deepEqual(plain.sort(), ["config.schema.json", "index.html", "third-party.txt"]);
  for (const file of dist.filter((file) => /\.(wasm|bin|js)$/.test(file))) assert.equal(file.match(/-([0-9a-f]{16})\./)[1], digest(read(`dist/${file}`)).slice(0, 16), file);
});

test("compressed copies are those of the files beside them, and smaller", () => {
  const inflate = { gz: zlib.gunzipSync, br: zlib.brotliDecompressSync };
  for (const [extension, plain] of Object.entries(inflate)) {
    const copies = dist.filter((file) => file.endsWith(`.${extension}`));
    // All that pages are made of; what is compressed already and what can change under its name has none.
    assert.deepEqual(copies, dist.filter((file) => /-[0-9a-f]{16}\.(js|css|svg|wasm)$/.test(file)).map((file) => `${file}.${extension}`));
    for (const copy of copies) {
      const [packed, original] = [read(`dist/${copy}`), read(`dist/${copy.slice(0, -3)}`)];
      assert(plain(packed).equals(original), copy);
      assert(packed.length < original.length, copy);
    }
  }
});

test("what boot.js inflates is the WebAssembly, and tells neither a time nor a system", () => {
  const packed = dist.filter((file) => file.endsWith(".bin"));
  assert.equal(packed.length, 2);
  for (const file of packed) {
    const bytes = read(`dist/${file}`);
    const plain = dist.find((other) => other.endsWith(".wasm") && other.startsWith(file.replace(/-[0-9a-f]{16}\.bin$/, "-")));
    assert(zlib.gunzipSync(bytes).equals(read(`dist/${plain}`)), file);
    assert.deepEqual([...bytes.subarray(3, 10)], [0, 0, 0, 0, 0, 2, 255]);
  }
});

test("a host that guesses from names sends it as it is: Python's", async () => {
  const host = spawn("python3", ["-u", "-m", "http.server", "0", "--bind", "127.0.0.1", "--directory", "dist"], { stdio: ["ignore", "pipe", "ignore"] });
  try {
    const [said] = await new Promise((heard, failed) => host.stdout.once("data", (data) => heard([String(data)])).once("close", failed));
    const address = `http://127.0.0.1:${said.match(/port (\d+)/)[1]}`;
    for (const file of dist.filter((file) => file.endsWith(".bin"))) {
      const answer = await fetch(`${address}/${file}`);
      assert.equal(answer.status, 200);
      assert.equal(answer.headers.get("content-encoding"), null);
      assert.equal(answer.headers.get("content-type"), "application/octet-stream");
      assert(Buffer.from(await answer.arrayBuffer()).equals(read(`dist/${file}`)));
    }
  } finally {
    host.kill();
  }
});

test("the bill of materials follows the schema of CycloneDX 1.6, and its references lead somewhere", async () => {
  assert.equal(bom.specVersion, "1.6");
  assert.equal(await new Validation.JsonStrictValidator(Spec.Version.v1dot6).validate(JSON.stringify(bom)), null);
  const refs = [bom.metadata.component, ...bom.components].map((one) => one["bom-ref"]);
  assert.equal(new Set(refs).size, refs.length);
  const reached = new Set();
  const go = (at) => {
    assert(refs.includes(at), at);
    if (reached.has(at)) return;
    reached.add(at);
    for (const next of bom.dependencies.find((one) => one.ref === at).dependsOn ?? []) go(next);
  };
  go("pgflex-restore");
  assert.deepEqual(refs.filter((one) => !reached.has(one)), []);
});

test("it says of each part which it is: its address, its licence, its digest as locked", () => {
  const locks = ["Cargo.lock", "package-lock.json", `${standardLibrary()}/Cargo.lock`].filter((file) => fs.existsSync(file)).map((file) => fs.readFileSync(file, "utf8")).join("\n");
  assert.equal(bom.metadata.component.version, version);
  // Made from what is in it: no chance and no clock.
  assert.match(bom.serialNumber, /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  assert.deepEqual([Date.parse(bom.metadata.timestamp)], times(`${out}/${name}.tar.gz`));
  // What deny.toml lets in, and what it has no say in: of what can be chosen, the other one.
  const licences = [...fs.readFileSync("deny.toml", "utf8").match(/^allow = \[(.*)\]$/m)[1].matchAll(/"(.*?)"/g)].map(([, one]) => one).concat("Apache-2.0 WITH LLVM-exception", "Unlicense");
  for (const { name, version, purl, licenses, hashes } of bom.components) {
    assert.match(purl, /^pkg:(cargo|npm|generic)\/[\w%/.-]+@[\w%.-]+$/);
    assert.equal(licenses.length, 1, name);
    for (const one of licenses[0].expression.replaceAll(/[()]/g, "").split(/ (?:AND|OR) /)) assert(licences.includes(one), `${name}: ${one}`);
    if (purl.startsWith("pkg:generic/")) continue;
    const [{ alg, content }] = hashes;
    assert(locks.includes(alg === "SHA-512" ? `"sha512-${Buffer.from(content, "hex").toString("base64")}"` : `version = "${version}"\nsource = "registry+https://github.com/rust-lang/crates.io-index"\nchecksum = "${content}"`), name);
  }
});

test("it names what is in the programs", () => {
  const named = new Set(bom.components.map((one) => one.name.replaceAll("-", "_")));
  const own = ["pgflex_restore", "simulated_azure", "__rustc"];
  const std = ["alloc", "core", "std"];
  assert(named.has("rust_std"));
  for (const program of ["pgflex-restore", "simulated-azure"]) {
    const crates = cratesIn(`target/wasm32-unknown-unknown/release/${program}.wasm`);
    assert(crates.has("core") && crates.has("serde_json"), `the names of functions are not in ${program}.wasm as expected`);
    for (const crate of crates) assert(named.has(crate) || own.includes(crate) || std.includes(crate), `${program}: ${crate}`);
  }
  for (const crate of ["leptos", "serde_json", "wasm-bindgen", "web-sys", "dlmalloc"]) assert(named.has(crate.replaceAll("-", "_")), crate);
  const packages = bom.components.filter((one) => one.purl.startsWith("pkg:npm/")).map((one) => `${one.group}/${one.name}`);
  assert.deepEqual(packages.sort(), ["@azure/msal-browser", "@azure/msal-common"]);
});

test("it names nothing that only builds or tests them", () => {
  const named = new Set(bom.components.map((one) => one.name));
  for (const tool of ["arbtest", "expect-test", "jsonschema", "tiny_http", "wasm-bindgen-test", "wasm-bindgen-macro", "serde_derive", "leptos_macro", "wasm-streams", "esbuild", "binaryen", "playwright-core", "fflate", "pgflex-restore"]) assert(!named.has(tool), tool);
});

test("what is in which program, with which features", () => {
  const told = (name, key) => bom.components.find((one) => one.name === name).properties.filter((one) => one.name === `pgflex-restore:${key}`).map((one) => one.value);
  assert.deepEqual(told("leptos", "in"), ["app"]);
  assert.deepEqual(told("leptos", "feature"), ["csr"]);
  assert.deepEqual(told("serde_json", "in"), ["app", "simulated-azure"]);
  assert.deepEqual(told("leptos", "target"), ["wasm32-unknown-unknown"]);
});

test("the notices name every part and hold every licence that was chosen", () => {
  const text = fs.readFileSync("dist/third-party.txt", "utf8");
  assert.equal(fs.readFileSync(`${folder}/third-party.txt`, "utf8"), text);
  for (const { group, name, version } of bom.components) assert(text.includes(`\n${group ? `${group}/` : ""}${name} ${version} (`), name);
  for (const words of ["Copyright (c) Microsoft Corporation", "Copyright (c) Greg Johnston", "The Rust Project Contributors", "UNICODE LICENSE V3", fs.readFileSync("LICENSE", "utf8").trim(), "Boost Software License", "LLVM Exceptions to the Apache 2.0 License"]) assert(text.includes(words), words);
  // A block for each text: its names, then the text. None is empty.
  for (const block of text.split(/^={78}\n/m).slice(1)) assert.match(block, /^(\S+ \S+ \(.*\)\n)+-{78}\n\n[^]{400,}/);
});

test("nothing in the release tells of the machine that built it", () => {
  const cargo = process.env.CARGO_HOME ?? path.join(os.homedir(), ".cargo");
  assert.deepEqual(paths(folder, [process.cwd(), os.homedir(), cargo, scratch].map((one) => `${one}/`)), []);
});

function standardLibrary() {
  return path.join(execFileSync("rustc", ["--print", "sysroot"], { encoding: "utf8" }).trim(), "lib/rustlib/src/rust/library");
}

/** The crates that have functions in a WebAssembly, by the names that the compiler gave those. */
function cratesIn(file) {
  const [section] = WebAssembly.Module.customSections(new WebAssembly.Module(read(file)), "name");
  const roots = Buffer.from(section).toString("latin1").matchAll(/Cs[0-9A-Za-z]*_(\d+)_?([A-Za-z_]\w*)/g);
  return new Set([...roots].map(([, length, rest]) => rest.slice(0, Number(length))));
}
