// After .ci/build.sh: puts dist/ and all else that an administrator needs into one folder, with a bill of materials and
// SHA-256 sums, and that folder into two archives.
//
//   node .ci/release.mjs [OUT]      OUT: build/release unless said otherwise
//
//   build/release/pgflex-restore-VERSION/       README.md, site/, hosts/, entra/, docs/, …
//   build/release/pgflex-restore-VERSION.tar.gz, .zip
//   build/release/SHA256SUMS                    of the two archives
//
// The same inputs give the same bytes: names are sorted, and every file has the time of the commit, or the one in
// SOURCE_DATE_EPOCH. No fixed one: hosts tell index.html of one release from that of the next by its time and size.
import { Enums, Models, Serialize, Spec, Validation } from "@cyclonedx/cyclonedx-library";
import { zipSync } from "fflate";
import { execFileSync } from "node:child_process";
import crypto from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { gzip } from "./pack.mjs";
import { TARGET, compare, ref, shipped } from "./shipped.mjs";

const PROGRAM = "pgflex-restore";
const version = fs.readFileSync("Cargo.toml", "utf8").match(/^version = "(.*)"$/m)[1];
const name = `${PROGRAM}-${version}`;
const out = process.argv[2] ?? "build/release";
const folder = path.join(out, name);
const time = Number(process.env.SOURCE_DATE_EPOCH || committed());
// What .ci/build.sh has built, and "About this host" tells. Nothing, where the sources were not of git.
const commit = fs.existsSync("build/dist.commit") ? fs.readFileSync("build/dist.commit", "utf8").trim() : "";
// Whether somebody else can build it again: from sources that stand in that commit, and in no other way.
const doubt = !commit ? "It is not known of which commit it is." : commit.endsWith("-dirty") ? "Its sources are not those of the commit: something had been changed and not committed." : "";

fs.rmSync(out, { recursive: true, force: true });
fs.mkdirSync(folder, { recursive: true });
copy("dist", "site");
run(process.execPath, ".ci/hosts.mjs", path.join(folder, "hosts"));
for (const entry of fs.readdirSync("hosting")) copy(path.join("hosting", entry), entry === "entra" ? entry : path.join("hosts", entry));
// What is for whoever hosts it, gives out rights for it, or makes links to it.
for (const page of ["entra", "hosting", "links", "record", "release", "reliability", "security"]) copy(`docs/${page}.md`, `docs/${page}.md`);
for (const file of ["CHANGELOG.md", "LICENSE", "SECURITY.md"]) copy(file, file);
copy("dist/third-party.txt", "third-party.txt");
write("README.md", readme());
write("sbom.cdx.json", await billOfMaterials());
write("SHA256SUMS", sums(folder, files(folder)));

const archives = [`${name}.tar.gz`, `${name}.zip`];
fs.writeFileSync(path.join(out, archives[0]), gzip(tar()));
fs.writeFileSync(path.join(out, archives[1]), zip());
fs.writeFileSync(path.join(out, "SHA256SUMS"), sums(out, archives));
console.log(`\n${out}/:\n${fs.readFileSync(path.join(out, "SHA256SUMS"), "utf8").trimEnd()}`);
if (doubt) console.warn(`\nWARNING: this is no release to give to others. ${doubt}`);

// When the sources are not of git but of an archive, its files have the time of the commit.
function committed() {
  try {
    return run("git", "-c", `safe.directory=${process.cwd()}`, "log", "-1", "--format=%ct");
  } catch {
    return Math.floor(fs.statSync("Cargo.toml").mtimeMs / 1000);
  }
}

function copy(from, to) {
  fs.mkdirSync(path.dirname(path.join(folder, to)), { recursive: true });
  fs.cpSync(from, path.join(folder, to), { recursive: true });
}

function write(file, text) {
  fs.writeFileSync(path.join(folder, file), text);
}

/** Every file below it, by its path, sorted by bytes and not by the rules of a language. */
function files(root) {
  const all = fs.readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return all.map((entry) => path.relative(root, path.join(entry.parentPath ?? entry.path, entry.name))).sort(compare);
}

/** As `sha256sum -c` reads them. */
function sums(root, names) {
  const sum = (file) => crypto.createHash("sha256").update(fs.readFileSync(path.join(root, file))).digest("hex");
  return names.map((file) => `${sum(file)}  ${file}\n`).join("");
}

/** Whatever it is here: read by everybody, and run if it is a script. */
function mode(file) {
  return file.endsWith(".sh") ? 0o755 : 0o644;
}

// The options by which GNU tar tells nothing of the machine.
function tar() {
  for (const file of files(folder)) fs.chmodSync(path.join(folder, file), mode(file));
  const plain = ["--format=ustar", "--sort=name", `--mtime=@${time}`, "--owner=0", "--group=0", "--numeric-owner", "--mode=u=rwX,go=rX"];
  return execFileSync("tar", ["--create", ...plain, `--directory=${out}`, name], { env: { ...process.env, LC_ALL: "C" }, maxBuffer: 1 << 28 });
}

function zip() {
  // A zip file has the time of a place without its zone: here it is UTC.
  process.env.TZ = "UTC";
  const entry = (file) => [fs.readFileSync(path.join(folder, file)), { mtime: time * 1000, os: 3, attrs: ((0o100000 | mode(file)) << 16) >>> 0 }];
  return zipSync(Object.fromEntries(files(folder).map((file) => [`${name}/${file}`, entry(file)])), { level: 9 });
}

/** What is opened first. */
function readme() {
  const told = commit ? `commit \`${commit}\`` : "of no commit that is known";
  return `# PG Flex Restore ${version}

Gets backups of Azure Database for PostgreSQL flexible server out of an Azure Backup vault, as files: a page without a server of its own.

Version ${version}, ${told}. Both stand at *About this host* in the page, too.
${doubt ? `\n**This is no release to give to others.** ${doubt} Nobody else can build it again.\n` : ""}
Put it on a host: [docs/hosting.md](docs/hosting.md). Begin there.

| | |
|---|---|
| [docs/entra.md](docs/entra.md) | who may sign in, and which roles they need |
| [docs/security.md](docs/security.md), [SECURITY.md](SECURITY.md) | what it promises and what it does not; how to report a flaw |
| [docs/release.md](docs/release.md) | what each file is, how to check them on the host, how to build them again |
| [CHANGELOG.md](CHANGELOG.md) | what is new |

Check that all of it is as it was packed, here in this folder:

    sha256sum --check --quiet SHA256SUMS
`;
}

/** CycloneDX: what is shipped, by whom, under which licence, and with what it was built. */
async function billOfMaterials() {
  const { ComponentType } = Enums;
  const all = shipped();
  const purls = {
    cargo: (one) => `pkg:cargo/${one.name}@${encodeURIComponent(one.version)}`,
    npm: (one) => `pkg:npm/${one.name.replace("@", "%40")}@${one.version}`,
    rust: (one) => `pkg:generic/${one.name}@${one.version}`,
  };
  const property = (key, value) => new Models.Property(`${PROGRAM}:${key}`, value);
  const components = new Map();
  for (const one of all) {
    const purl = purls[one.kind](one);
    const scope = one.name.startsWith("@") ? one.name.split("/") : [undefined, one.name];
    const component = new Models.Component(ComponentType.Library, scope[1], { group: scope[0], version: one.version, purl, bomRef: purl });
    component.licenses.add(new Models.LicenseExpression(one.licence));
    if (one.hash) component.hashes.set(Enums.HashAlgorithm[one.hash.algorithm], one.hash.hex);
    for (const program of one.programs) component.properties.add(property("in", program));
    if (one.kind !== "npm") component.properties.add(property("target", TARGET));
    for (const feature of one.features) component.properties.add(property("feature", feature));
    components.set(ref(one), component);
  }
  const needed = new Set(all.flatMap((one) => one.needs));
  for (const one of all) for (const need of one.needs) components.get(ref(one)).dependencies.add(components.get(need).bomRef);

  const application = new Models.Component(ComponentType.Application, PROGRAM, { version, bomRef: PROGRAM });
  application.licenses.add(new Models.LicenseExpression("MIT"));
  if (commit) application.properties.add(property("commit", commit));
  for (const one of all) if (!needed.has(ref(one))) application.dependencies.add(components.get(ref(one)).bomRef);

  const bom = new Models.Bom({ metadata: new Models.Metadata({ component: application, timestamp: new Date(time * 1000) }) });
  for (const [tool, itsVersion] of Object.entries(tools())) bom.metadata.tools.components.add(new Models.Component(ComponentType.Application, tool, { version: itsVersion }));
  for (const component of components.values()) bom.components.add(component);
  const serialized = () => new Serialize.JsonSerializer(new Serialize.JSON.Normalize.Factory(Spec.Spec1dot6)).serialize(bom, { sortLists: true, space: 2 });
  // The same bill for the same files has the same number, and any other another one.
  bom.serialNumber = `urn:uuid:${uuid(serialized() + sums(folder, files(folder)))}`;
  const text = serialized();
  const wrong = await new Validation.JsonStrictValidator(Spec.Spec1dot6.version).validate(text);
  if (wrong) throw new Error(`sbom.cdx.json does not follow its schema: ${JSON.stringify(wrong)}`);
  return `${text}\n`;
}

/** One that is made from a text: version 8 of RFC 9562. */
function uuid(text) {
  const bytes = crypto.createHash("sha256").update(text).digest().subarray(0, 16);
  bytes[6] = (bytes[6] & 0x0f) | 0x80;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  return bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

/** With these the same bytes come out again. */
function tools() {
  const npm = JSON.parse(fs.readFileSync("package-lock.json", "utf8")).packages;
  const told = (program) => run(program, "--version").match(/\d+\.\d+\.\d+/)[0];
  return {
    rustc: told("rustc"),
    trunk: told("trunk"),
    "wasm-bindgen": told("wasm-bindgen"),
    node: process.versions.node,
    binaryen: npm["node_modules/binaryen"].version,
    esbuild: npm["node_modules/esbuild"].version,
    zlib: process.versions.zlib,
    brotli: process.versions.brotli,
  };
}

function run(program, ...command) {
  return execFileSync(program, command, { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] }).trim();
}
