// After Trunk has built: gives every file a name from its content, writes the digests that hold the
// page together, and puts the Content-Security-Policy into it. What is shipped also gets compressed
// copies, and the notices of those whose work is in it. Trunk calls it as a hook, on the staging
// folder, before that becomes dist/.
import { transformSync } from "esbuild";
import { execFileSync } from "node:child_process";
import crypto from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { isHashed, meta } from "./csp.mjs";
import { brotli, gzip } from "./pack.mjs";
import { notices, shipped } from "./shipped.mjs";

const release = process.env.TRUNK_PROFILE === "release";
const staging = process.env.TRUNK_STAGING_DIR;
const indexFile = path.join(staging, "index.html");
let index = fs.readFileSync(indexFile, "utf8");

const [placeholder, glueName, wasmName] =
  index.match(/<meta name="pgflex-files" data-glue="([^"]+)" data-wasm="([^"]+)">/) ??
  fail("index.html holds no file names: has `pattern_script` in Trunk.toml changed?");

const { glue, wasm, packed } = rust("app", take(glueName).toString(), take(wasmName));
// Its glue would take the name of the app's: inside a function it has one of its own.
const inFunction = (source) => `globalThis.pgflexSimulatedAzure = (() => {\n${source}\nreturn wasm_bindgen;\n})();`;
const simulated = rust("simulated-azure", inFunction(take("simulated-azure.js")), take("simulated-azure_bg.wasm"));
const files = {
  glue,
  wasm,
  packed,
  msal: seal("msal", "js", fs.readFileSync("build/msal.js")),
  simulated: simulated.glue,
  "simulated-wasm": simulated.wasm,
  "simulated-packed": simulated.packed,
};
const boot = seal("boot", "js", fs.readFileSync("build/boot.js"));

const names = Object.entries(files).flatMap(([key, file]) => [`data-${key}="${file.name}"`, `data-${key}-integrity="${file.integrity}"`]);
const script = (file) => `<script defer src="${file.name}" integrity="${file.integrity}"></script>`;

index = index
  .replace(placeholder, "")
  .replace(/<!--[\s\S]*?-->\s*/g, "")
  // An icon is no subresource that browsers check.
  .replace(/(<link rel="icon"[^>]*?) integrity="[^"]*"/, "$1")
  // First of all that a policy can govern.
  .replace(/<meta charset="utf-8">/, (charset) => `${charset}\n  <meta http-equiv="Content-Security-Policy" content="${meta()}">`)
  // boot.js first: it starts the downloads, then the glue is read.
  .replace(/\s*<\/head>/, `\n  <meta name="pgflex-files" ${names.join(" ")}>\n  ${script(boot)}\n  ${script(glue)}\n</head>`);
if (!index.includes("Content-Security-Policy")) fail("index.html has no <meta charset> to put the policy behind");
fs.writeFileSync(indexFile, index);

if (release) {
  for (const name of fs.readdirSync(staging)) copies(name);
  fs.writeFileSync(path.join(staging, "third-party.txt"), notices(shipped()));
}

function take(name) {
  const file = path.join(staging, name);
  const bytes = fs.readFileSync(file);
  fs.unlinkSync(file);
  return bytes;
}

function seal(stem, extension, bytes) {
  const hash = (algorithm, form) => crypto.createHash(algorithm).update(bytes).digest(form);
  const name = `${stem}-${hash("sha256", "hex").slice(0, 16)}.${extension}`;
  fs.writeFileSync(path.join(staging, name), bytes);
  return { name, integrity: `sha384-${hash("sha384", "base64")}`, toString: () => name };
}

function rust(stem, longGlue, longWasm) {
  const { glue, wasm } = release ? optimise(longGlue, longWasm) : { glue: longGlue, wasm: longWasm };
  return {
    glue: seal(stem, "js", minify(glue)),
    wasm: seal(stem, "wasm", wasm),
    // For boot.js to inflate. `.bin`, for which no host sets a Content-Encoding by itself.
    packed: seal(stem, "bin", gzip(wasm)),
  };
}

// Compressed as far as it goes, once, for a host that sends such a copy in place of the file (`gzip_static` of nginx,
// `precompressed` of Caddy). Only of what has its content in its name: a copy of index.html that is left behind when
// the file is replaced would be sent in its place, for 2 KB that any host can compress as it goes.
function copies(name) {
  if (!isHashed(name) || name.endsWith(".bin")) return;
  const bytes = fs.readFileSync(path.join(staging, name));
  for (const [extension, pack] of [["gz", gzip], ["br", brotli]]) {
    const packed = pack(bytes);
    if (packed.length < bytes.length) fs.writeFileSync(path.join(staging, `${name}.${extension}`), packed);
  }
}

// As small as it gets, and with letters for the names by which the two know each other: wasm-bindgen puts a hash into
// most of them, which no compression makes smaller. Low memory is never in use: Rust begins with the stack, of which
// it is the end. Functions are put in the order of their names first: what is alike stands together, and compresses
// better. A large function is not put into another one, even if that is the only one to call it: an index of a local
// above 127 takes two bytes. What is computed twice is not kept in a local either: it compresses to less.
function optimise(glue, wasm) {
  const file = "build/optimised.wasm";
  fs.writeFileSync(file, wasm);
  const optimiser = (...options) => execFileSync("wasm-opt", [...options, "--enable-reference-types", file, "-o", file]);
  optimiser("-g", "--reorder-functions-by-name");
  const smallest = ["--strip-debug", "--low-memory-unused", "--one-caller-inline-max-function-size", "100", "--skip-pass=local-cse", "-Oz", "-Oz"];
  const names = JSON.parse(optimiser(...smallest, "--minify-imports-and-exports-and-modules"));
  const rename = (long, short) => {
    if (!glue.includes(long)) fail(`the glue has no ${long}`);
    glue = glue.replaceAll(long, () => short);
  };
  rename(`"${names.imports[0][0]}": `, `"a": `);
  for (const [, long, short] of names.imports) rename(` ${long}: `, ` ${short}: `);
  for (const [long, short] of names.exports) glue = glue.replace(new RegExp(`\\bwasm\\.${long}\\b`, "g"), () => `wasm.${short}`);
  return { glue, wasm: fs.readFileSync(file) };
}

// Names at the top level stay: boot.js looks for `wasm_bindgen`.
function minify(source) {
  return Buffer.from(transformSync(source, { minify: true, target: "es2022" }).code);
}

function fail(words) {
  console.error(`seal: ${words}`);
  process.exit(1);
}
