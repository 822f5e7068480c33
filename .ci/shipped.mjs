// What others made of what is shipped: the crates that are compiled into the two WebAssemblies, Rust's standard library,
// the npm packages in the bundles; and the notices that their licences ask for. .ci/seal.mjs puts the notices beside the
// page, .ci/release.mjs makes the bill of materials.
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";

export const TARGET = "wasm32-unknown-unknown";

/** The WebAssemblies, with what each is built with beyond what cargo builds by itself (index.html). */
const programs = { app: [], "simulated-azure": ["--no-default-features"] };

/** What Rust's standard library has from outside itself, for WebAssembly. A test looks for others in what was built. */
const inStd = ["cfg-if", "dlmalloc", "hashbrown", "libc", "rustc-demangle", "rustc-literal-escaper"];

/** Of licences to choose from, the first of these. The notices of all of them fit on a page. */
const preferred = ["MIT", "Zlib", "BSL-1.0", "BSD-3-Clause", "Unicode-3.0", "CC0-1.0", "Apache-2.0 WITH LLVM-exception", "Apache-2.0"];

/**
 * Everything, sorted: `{ kind: "cargo" | "npm" | "rust", name, version, licence, hash: { algorithm, hex }, folder, authors,
 * features, programs, needs }`. `needs` names others of the list, as `NAME@VERSION`.
 */
export function shipped() {
  const all = [...crates(), ...standardLibrary(), ...npmPackages()];
  return all.sort((a, b) => compare(a.name, b.name) || compare(a.version, b.version) || compare(a.kind, b.kind));
}

export const compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
export const ref = ({ name, version }) => `${name}@${version}`;

// The build's own settings for the standard library are not meant for these questions.
function cargo(...command) {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(CARGO_UNSTABLE_|RUSTC_BOOTSTRAP$|CARGO_TARGET_)/.test(name)));
  return execFileSync("cargo", [...command, "--locked", "--offline"], { env, encoding: "utf8", maxBuffer: 1 << 28, stdio: ["ignore", "pipe", "inherit"] });
}

function crates() {
  const { packages, resolve } = JSON.parse(cargo("metadata", "--format-version=1", `--filter-platform=${TARGET}`));
  const checksums = lockedCrates("Cargo.lock");
  const found = new Map();
  for (const [program, options] of Object.entries(programs)) {
    // What only runs while it is compiled, macros and build scripts, is not shipped.
    const tree = cargo("tree", `--target=${TARGET}`, "--edges=normal,no-proc-macro", "--prefix=none", "--no-dedupe", "--format={p}|{f}", ...options);
    for (const line of new Set(tree.trim().split("\n"))) {
      const [, name, version, features] = line.match(/^(\S+) v(\S+?)(?: \([^|]*\))?\|(.*)$/) ?? fail(`cargo tree has written: ${line}`);
      const known = packages.find((one) => one.name === name && one.version === version) ?? fail(`cargo knows no ${name} ${version}`);
      // This program itself, and what stands in for a crate (.ci/stubs).
      if (!known.source) continue;
      const key = ref(known);
      if (!found.has(key)) {
        found.set(key, {
          kind: "cargo",
          name,
          version,
          licence: spdx(known.license),
          hash: { algorithm: "SHA-256", hex: checksums.get(key) ?? fail(`Cargo.lock has no checksum of ${key}`) },
          folder: path.dirname(known.manifest_path),
          authors: known.authors,
          features: new Set(),
          programs: [],
          id: known.id,
        });
      }
      const crate = found.get(key);
      crate.programs.push(program);
      for (const feature of features.split(",").filter(Boolean)) crate.features.add(feature);
    }
  }
  const all = [...found.values()];
  for (const crate of all) {
    const edges = resolve.nodes.find((node) => node.id === crate.id).deps.filter((edge) => edge.dep_kinds.some((one) => one.kind === null));
    crate.needs = all.filter((other) => edges.some((edge) => edge.pkg === other.id)).map(ref).sort();
    crate.features = [...crate.features].sort();
    delete crate.id;
  }
  return all;
}

function standardLibrary() {
  const rustc = (...what) => execFileSync("rustc", what, { encoding: "utf8" }).trim();
  const version = rustc("--version").split(" ")[1];
  const source = path.join(rustc("--print", "sysroot"), "lib/rustlib/src/rust/library");
  const both = Object.keys(programs);
  const std = { kind: "rust", name: "rust-std", version, licence: "(MIT OR Apache-2.0) AND Unicode-3.0", authors: ["The Rust Project Contributors"], features: [], programs: both, needs: [] };
  // A Rust without the source of its library has the same in it, but does not tell in which versions.
  if (!fs.existsSync(source)) return [std];
  const checksums = lockedCrates(path.join(source, "Cargo.lock"));
  const registries = path.join(process.env.CARGO_HOME ?? path.join(process.env.HOME, ".cargo"), "registry/src");
  const outside = inStd.map((name) => {
    const key = [...checksums.keys()].find((key) => key.startsWith(`${name}@`)) ?? fail(`Rust's standard library has no ${name} any more`);
    const folder = fs.readdirSync(registries).map((one) => path.join(registries, one, key.replace("@", "-"))).find((one) => fs.existsSync(one));
    const licence = folder && fs.readFileSync(path.join(folder, "Cargo.toml"), "utf8").match(/^license = "(.*)"$/m)?.[1];
    // Not there if std came as it was built by others: all of them are under the same two licences.
    return { kind: "cargo", name, version: key.split("@")[1], licence: spdx(licence ?? "MIT OR Apache-2.0"), hash: { algorithm: "SHA-256", hex: checksums.get(key) }, folder, authors: [], features: [], programs: both, needs: [] };
  });
  const builtins = {
    kind: "rust",
    name: "compiler_builtins",
    version: fs.readFileSync(path.join(source, "compiler-builtins/compiler-builtins/Cargo.toml"), "utf8").match(/^version = "(.*)"$/m)[1],
    licence: "MIT AND Apache-2.0 WITH LLVM-exception",
    folder: path.join(source, "compiler-builtins"),
    authors: [],
    features: [],
    programs: both,
    needs: [],
  };
  return [{ ...std, needs: [builtins, ...outside].map(ref).sort() }, builtins, ...outside];
}

function npmPackages() {
  const names = JSON.parse(fs.readFileSync("build/bundled.json", "utf8"));
  const { packages } = JSON.parse(fs.readFileSync("package-lock.json", "utf8"));
  const version = (name) => packages[`node_modules/${name}`].version;
  return names.map((name) => {
    const { license, integrity, dependencies = {} } = packages[`node_modules/${name}`];
    const [, base64] = integrity.match(/^sha512-(.*)$/);
    const needs = names.filter((other) => other in dependencies).map((other) => ref({ name: other, version: version(other) }));
    return { kind: "npm", name, version: version(name), licence: spdx(license), hash: { algorithm: "SHA-512", hex: Buffer.from(base64, "base64").toString("hex") }, folder: path.join("node_modules", name), authors: [], features: [], programs: ["msal"], needs };
  });
}

/** NAME@VERSION → checksum. */
function lockedCrates(file) {
  const entries = fs.readFileSync(file, "utf8").matchAll(/^name = "(.*)"\nversion = "(.*)"\nsource = .*\nchecksum = "(.*)"$/gm);
  return new Map([...entries].map(([, name, version, checksum]) => [ref({ name, version }), checksum]));
}

/** As cargo wrote it once: `MIT/Apache-2.0`. */
const spdx = (licence) => licence.replaceAll(/\s*\/\s*/g, " OR ");

/** What stands in third-party.txt. */
export function notices(all) {
  const byText = new Map();
  for (const item of all) {
    const its = text(item, all);
    byText.set(its, [...(byText.get(its) ?? []), `${item.name} ${item.version} (${item.licence})`]);
  }
  const parts = [...byText].map(([its, names]) => `${"=".repeat(78)}\n${names.join("\n")}\n${"-".repeat(78)}\n\n${its}\n`);
  return [
    `PG Flex Restore is under this licence:\n\n${tidy(fs.readFileSync("LICENSE", "utf8"))}\n\n` +
      "Parts of it were made by others: the crates that are compiled into its WebAssembly, Rust's standard library, and the\n" +
      "packages in its scripts. Where a part may be had under one of several licences, its notice is that of the one which is\n" +
      "made use of here.\n",
    ...parts,
  ].join("\n");
}

/** What has to be kept of a part, as its own files have it: a text for each licence, and what it says of its authors. */
function text(item, all) {
  const files = item.folder ? fs.readdirSync(item.folder).filter((name) => /^(licen[cs]e|copying|unlicense)/i.test(name)).sort() : [];
  const also = item.folder ? fs.readdirSync(item.folder).filter((name) => /^(notice|copyright)/i.test(name)).sort() : [];
  const read = (name) => tidy(fs.readFileSync(path.join(item.folder, name), "utf8"));
  if (files.length === 1) return [...files, ...also].map(read).join("\n\n");
  const chosen = item.licence.split(" AND ").map((part) => {
    const offered = part.replaceAll(/[()]/g, "").split(" OR ");
    return preferred.find((one) => offered.includes(one)) ?? fail(`${ref(item)} has no licence known here: ${item.licence}`);
  });
  const found = chosen.map((licence) => {
    const word = licence.split("-")[0].toLowerCase();
    const file = files.find((name) => name.toLowerCase().includes(word));
    if (file) return read(file);
    if (licence === "MIT") return mit(item);
    // The tables of Rust's standard library are those of the crates that have tables of Unicode as well.
    const other = all.find((one) => one.kind === "cargo" && one.licence === licence && one.folder);
    return other && !files.length ? text(other, all) : fail(`${ref(item)} has no text of its licence, ${licence}`);
  });
  return [...found, ...also.map(read)].join("\n\n");
}

const tidy = (text) => text.replaceAll("\r", "").replaceAll(/[ \t]+$/gm, "").replace(/^\n+/, "").trimEnd();

/** For a part that names the licence and brings no text of it. */
const mit = ({ name, authors }) => `Copyright (c) ${authors.map((one) => one.replace(/ <.*>/, "")).join(", ") || `the authors of ${name}`}

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation
files (the "Software"), to deal in the Software without restriction, including without limitation the rights to use, copy,
modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the
Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the
Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE
WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR
COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE,
ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.`;

function fail(words) {
  throw new Error(words);
}
