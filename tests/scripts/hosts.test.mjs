// .ci/hosts.mjs and hosting/: what no server here can try is held to what its host documents. nginx and Caddy themselves
// are tried in tests/end_to_end/hosts.test.mjs, hosting/update.sh in update.test.mjs.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { after, test } from "node:test";
import { parse } from "yaml";
import { cacheControl, clouds, header, overHttps, types } from "../../.ci/csp.mjs";

const top = path.resolve(import.meta.dirname, "../..");
const work = fs.mkdtempSync(path.join(os.tmpdir(), "hosts-"));
after(() => fs.rmSync(work, { recursive: true }));

// A site as it is built, by its names.
const site = path.join(work, "site");
const HASH = "0123456789abcdef";
const HASHED = ["app", "boot", "msal"].map((name) => `${name}-${HASH}.js`).concat(`app-${HASH}.bin`, `app-${HASH}.wasm`, `icon-${HASH}.svg`, `style-${HASH}.css`).sort();
fs.mkdirSync(site);
for (const name of [...HASHED, "index.html"]) fs.writeFileSync(path.join(site, name), "");
for (const name of [`app-${HASH}.js.gz`, `app-${HASH}.js.br`, "index.html.gz", "index.html.br"]) fs.writeFileSync(path.join(site, name), "");

const out = path.join(work, "out");
const made = spawnSync(process.execPath, [path.join(top, ".ci/hosts.mjs"), out, site], { encoding: "utf8" });
assert.equal(made.status, 0, made.stderr);

const FOR_EVER = "public, max-age=31536000, immutable";
const read = (cloud, name) => fs.readFileSync(path.join(out, cloud, name), "utf8");
/** The same for every cloud. */
const each = (what, hold) => { for (const cloud of Object.keys(clouds)) test(`${what}: ${cloud}`, () => hold(cloud)); };

test("a name with its content’s hash is kept for a year, any other is asked for each time", () => {
  for (const name of HASHED) assert.equal(cacheControl(name), FOR_EVER);
  for (const name of ["", "index.html", "config.json", "config.schema.json", `app-${HASH}`, `app-${HASH.slice(1)}.js`, `app-${HASH}.js.gz`]) assert.equal(cacheControl(name), "no-cache", name);
});

test("every cloud has every file, and each is the same whoever makes it", () => {
  const files = ["404.html", "Caddyfile", "_headers", "azure-front-door.json", "azure-storage.sh", "nginx.conf", "staticwebapp.config.json", "web.config"];
  assert.deepEqual(fs.readdirSync(out).sort(), Object.keys(clouds).sort());
  for (const cloud of Object.keys(clouds)) assert.deepEqual(fs.readdirSync(path.join(out, cloud)).sort(), files);
  for (const cloud of Object.keys(clouds)) for (const name of files) assert(!read(cloud, name).includes(work), `${name} names a folder of this machine`);
});

test("without a site to name the files of, it says so and writes nothing", () => {
  const { status, stderr } = spawnSync(process.execPath, [path.join(top, ".ci/hosts.mjs"), path.join(work, "none"), path.join(work, "not-there")], { encoding: "utf8" });
  assert.equal(status, 1);
  assert.match(stderr, /holds no index\.html/);
  assert(!fs.existsSync(path.join(work, "none")));
});

// --- Azure Static Web Apps: https://learn.microsoft.com/azure/static-web-apps/configuration, and the JSON schema that its
// command line brings (@azure/static-web-apps-cli, schema/staticwebapp.config.json), by which these files are valid.

each("staticwebapp.config.json holds what is documented, and no fallback", (cloud) => {
  const text = read(cloud, "staticwebapp.config.json");
  assert(text.length < 20_000, "more than Static Web Apps reads");
  const { $schema, routes, globalHeaders, mimeTypes, ...rest } = JSON.parse(text);
  assert.deepEqual(rest, {});
  assert.match($schema, /^https:\/\//);
  assert.deepEqual(globalHeaders, { ...overHttps(cloud), "cache-control": "no-cache" });
  assert.deepEqual(routes, HASHED.map((name) => ({ route: `/${name}`, headers: { "cache-control": FOR_EVER } })));
  assert.deepEqual(mimeTypes, Object.fromEntries(Object.entries(types).map(([extension, type]) => [`.${extension}`, type])));
});

// --- Cloudflare Pages and Netlify: https://developers.cloudflare.com/pages/configuration/headers/ (100 rules, 2,000 letters
// in a line), https://docs.netlify.com/routing/headers/. What both understand: a path at the beginning of a line, its
// headers below it, indented; `#` begins a comment.

function rulesOf(text) {
  const rules = [];
  for (const line of text.split("\n")) {
    assert(line.length <= 2000, `longer than Cloudflare reads: ${line.slice(0, 40)}`);
    if (line === "" || line.startsWith("#")) continue;
    if (line.startsWith("/")) { rules.push({ at: line, headers: {} }); continue; }
    const [, name, value] = line.match(/^ {2}([a-z-]+): (\S.*)$/) ?? assert.fail(`no header: ${line}`);
    assert(!(name in rules.at(-1).headers), `twice: ${name}`);
    rules.at(-1).headers[name] = value;
  }
  return rules;
}

each("_headers keeps within what Cloudflare and Netlify read, and says nothing twice to one request", (cloud) => {
  const rules = rulesOf(read(cloud, "_headers"));
  assert(rules.length <= 100);
  assert.equal(new Set(rules.map(({ at }) => at)).size, rules.length);
  const sent = (at) => {
    const all = {};
    for (const { headers } of rules.filter((rule) => rule.at === "/*" || rule.at === at)) {
      for (const [name, value] of Object.entries(headers)) { assert(!(name in all), `${at} gets ${name} twice`); all[name] = value; }
    }
    return all;
  };
  assert(rules.every(({ at }) => at === "/*" || !/[*:]/.test(at)));
  for (const name of ["", "index.html", "config.json", ...HASHED]) assert.deepEqual(sent(`/${name}`), { ...overHttps(cloud), "cache-control": cacheControl(name) });
  // Both say by themselves that what no rule names is to be asked for each time.
  assert.deepEqual(sent("/not-there.js"), overHttps(cloud));
  assert.deepEqual(sent(`/app-${HASH.replace("0", "f")}.js`), overHttps(cloud));
});

test("below a path, what docs/hosting.md says to run names the files there", () => {
  const run = (name) => {
    const command = fs.readFileSync(path.join(top, "docs/hosting.md"), "utf8").match(new RegExp(`^(sed .*hosts/public/${name}) >`, "m"))[1];
    const { status, stdout } = spawnSync("sh", ["-c", command.replace("hosts/", `${out}/`)], { encoding: "utf8" });
    assert.equal(status, 0);
    return stdout;
  };
  assert.deepEqual(rulesOf(run("_headers")), rulesOf(read("public", "_headers")).map(({ at, headers }) => ({ at: `/tools/restore${at}`, headers })));
  const config = JSON.parse(read("public", "staticwebapp.config.json"));
  assert.deepEqual(JSON.parse(run("staticwebapp.config.json")), { ...config, routes: config.routes.map((rule) => ({ ...rule, route: `/tools/restore${rule.route}` })) });
});

test("every file that docs/hosting.md names is there", () => {
  const guide = fs.readFileSync(path.join(top, "docs/hosting.md"), "utf8");
  const named = [...guide.matchAll(/hosts[/\\]([\w./\\-]*\w)/g)].map(([, name]) => name.replace("\\", "/"));
  assert(named.length > 10);
  for (const name of named) assert([path.join(out, name), path.join(top, "hosting", name)].some(fs.existsSync), name);
});

// --- IIS: the schema of system.webServer, https://learn.microsoft.com/iis/configuration/system.webserver/

// An XML parser that the tests have anyhow.
const AS_JSON = `
import json, sys, xml.etree.ElementTree as tree
def told(e): return [e.tag, e.attrib, [told(c) for c in e]]
print(json.dumps(told(tree.fromstring(sys.stdin.buffer.read()))))`;

function xml(text) {
  const { status, stdout, stderr } = spawnSync("python3", ["-c", AS_JSON], { input: text, encoding: "utf8" });
  assert.equal(status, 0, stderr);
  return JSON.parse(stdout);
}

each("web.config is well formed, and holds only sections that IIS lets a site set", (cloud) => {
  const [root, , [server, ...locations]] = xml(read(cloud, "web.config"));
  assert.equal(root, "configuration");
  assert.equal(server[0], "system.webServer");
  const sections = Object.fromEntries(server[2].map(([name, attributes, children]) => [name, { attributes, children }]));
  assert.deepEqual(Object.keys(sections), ["defaultDocument", "directoryBrowse", "security", "httpProtocol", "staticContent"]);
  assert.equal(sections.directoryBrowse.attributes.enabled, "false");
  assert.deepEqual(sections.defaultDocument.children[0][2], [["clear", {}, []], ["add", { value: "index.html" }, []]]);
  assert.deepEqual(sections.security.children, [["requestFiltering", { removeServerHeader: "true" }, []]]);

  // Each is removed before it is added: one that a parent has set would be an error else.
  const [[custom, , said]] = sections.httpProtocol.children;
  assert.equal(custom, "customHeaders");
  assert.deepEqual(said, [["remove", { name: "X-Powered-By" }, []],
    ...Object.entries(overHttps(cloud)).flatMap(([name, value]) => [["remove", { name }, []], ["add", { name, value }, []]])]);
  const maps = Object.entries(types).flatMap(([extension, mimeType]) =>
    [["remove", { fileExtension: `.${extension}` }, []], ["mimeMap", { fileExtension: `.${extension}`, mimeType }, []]]);
  assert.deepEqual(sections.staticContent.children, [...maps, ["clientCache", { cacheControlMode: "DisableCache" }, []]]);

  assert.deepEqual(locations.map(([name, { path }]) => [name, path]), HASHED.map((name) => ["location", name]));
  for (const location of locations) {
    assert.deepEqual(location[2], [["system.webServer", {}, [["staticContent", {}, [["clientCache",
      { cacheControlMode: "UseMaxAge", cacheControlMaxAge: "365.00:00:00", cacheControlCustom: "public, immutable" }, []]]]]]]);
  }
});

// --- Azure Storage, with and without Front Door ---------------------------------------------------------

each("the template for Front Door has a rule for each header, within its limits", (cloud) => {
  const { parameters, resources: [set, ...rules] } = JSON.parse(read(cloud, "azure-front-door.json"));
  assert.deepEqual(Object.keys(parameters), ["profile"]);
  assert.equal(set.type, "Microsoft.Cdn/profiles/ruleSets");
  const sent = {};
  rules.forEach(({ type, name, dependsOn, properties }, at) => {
    assert.equal(type, "Microsoft.Cdn/profiles/ruleSets/rules");
    assert.match(name, /^\[format\('\{0\}\/pgflexrestore\/[a-z]{1,260}', parameters\('profile'\)\)\]$/);
    assert.equal(dependsOn.length, 1);
    assert.equal(properties.order, at + 1);
    const [{ name: action, parameters }] = properties.actions;
    assert.deepEqual([action, parameters.typeName, parameters.headerAction], ["ModifyResponseHeader", "DeliveryRuleHeaderActionParameters", "Overwrite"]);
    assert(parameters.value.length <= 640, `${parameters.headerName} is longer than Front Door takes`);
    sent[parameters.headerName] = parameters.value;
  });
  assert.deepEqual(sent, overHttps(cloud));
});

test("the site goes up to storage with its types, packed where it can be, index.html last, and what it no longer holds goes", () => {
  const folder = path.join(work, "storage");
  fs.cpSync(site, folder, { recursive: true });
  fs.writeFileSync(path.join(folder, "config.json"), "{}");
  const bin = path.join(work, "az");
  fs.mkdirSync(bin);
  const gone = `app-${HASH.replace("0", "f")}.js`;
  fs.writeFileSync(path.join(bin, "az"), `#!/bin/sh\nprintf '%s\\t' "$@" >>"${bin}/calls"; echo >>"${bin}/calls"\n` +
    // It has told some of them before it fails.
    `if [ "\${FAILS:-}" ]; then case "$*" in *"$FAILS"*) echo ${gone}; echo "no list today" >&2; exit 3 ;; esac; fi\n` +
    `case "$*" in *"blob list"*) printf '%s\\n' index.html app-${HASH}.js ${gone} mine.txt tools/${gone} tools/restore/${gone} tools/restore/app-${HASH}.js tools/restore/more/${gone} ;; esac\n`, { mode: 0o755 });
  const run = (...args) => spawnSync("sh", [path.join(out, "public/azure-storage.sh"), ...args], { encoding: "utf8", env: { PATH: `${bin}:${process.env.PATH}` } });
  const { status, stderr } = run(folder, "account");
  assert.equal(status, 0, stderr);
  const calls = fs.readFileSync(path.join(bin, "calls"), "utf8").trim().split("\n").map((line) => line.split("\t"));
  const of = (call, option) => call[call.indexOf(`--${option}`) + 1];
  assert(calls.every((call) => of(call, "container-name") === "$web" && of(call, "account-name") === "account" && of(call, "auth-mode") === "login"));

  const uploads = calls.filter((call) => call[2] === "upload");
  assert.deepEqual(uploads.map((call) => of(call, "name")), [...HASHED, "config.json", "index.html"]);
  for (const call of uploads) {
    const name = of(call, "name");
    const packed = fs.existsSync(path.join(folder, `${name}.gz`));
    assert.equal(of(call, "file"), path.join(folder, packed ? `${name}.gz` : name));
    assert.equal(call.includes("--content-encoding") && of(call, "content-encoding"), packed && "gzip");
    assert.equal(of(call, "content-type"), types[name.split(".").pop()]);
    assert.equal(of(call, "content-cache-control"), cacheControl(name));
  }
  assert.deepEqual(calls.slice(uploads.length).map((call) => [call[2], call.includes("--name") && of(call, "name")]), [["list", false], ["delete", gone]]);

  // Below a folder, all of it there, and nothing elsewhere.
  for (const below of ["tools/restore", "tools/restore/"]) {
    fs.rmSync(path.join(bin, "calls"));
    const { status, stderr } = run(folder, "account", below);
    assert.equal(status, 0, stderr);
    const names = fs.readFileSync(path.join(bin, "calls"), "utf8").trim().split("\n").map((line) => line.split("\t")).filter((call) => call[2] !== "list").map((call) => [call[2], of(call, "name")]);
    assert.deepEqual(names, [...[...HASHED, "config.json", "index.html"].map((name) => ["upload", `tools/restore/${name}`]), ["delete", `tools/restore/${gone}`]]);
  }
  assert.match(run(folder, "account", "/tools/restore").stderr, /begins with a slash/);

  // What cannot be listed cannot be cleared away, and whoever runs it hears of that.
  fs.rmSync(path.join(bin, "calls"));
  const failed = spawnSync("sh", [path.join(out, "public/azure-storage.sh"), folder, "account"], { encoding: "utf8", env: { PATH: `${bin}:${process.env.PATH}`, FAILS: "blob list" } });
  assert.notEqual(failed.status, 0);
  assert.match(failed.stderr, /no list today/);
  assert.doesNotMatch(fs.readFileSync(path.join(bin, "calls"), "utf8"), /delete/);

  fs.rmSync(path.join(folder, "config.json"));
  assert.match(run(folder, "account").stderr, /no config\.json/);
});

// --- GitHub Pages ---------------------------------------------------------------------------------------

test("the workflow for GitHub Pages publishes one folder, runs nothing, and may no more than it must", () => {
  const workflow = parse(fs.readFileSync(path.join(top, "hosting/github-pages.yml"), "utf8"), { strict: true, uniqueKeys: true });
  assert.deepEqual(Object.keys(workflow), ["name", "on", "permissions", "concurrency", "jobs"]);
  assert.deepEqual(workflow.on, { push: { branches: ["main"], paths: ["site/**"] }, workflow_dispatch: null });
  assert.deepEqual(workflow.permissions, {});
  const [job, ...others] = Object.values(workflow.jobs);
  assert.deepEqual(others, []);
  assert.deepEqual(job.permissions, { contents: "read", pages: "write", "id-token": "write" });
  assert.deepEqual(job.steps.map(({ uses }) => uses.replace(/@v\d+$/, "")),
    ["checkout", "configure-pages", "upload-pages-artifact", "deploy-pages"].map((name) => `actions/${name}`));
  assert.equal(job.steps[0].with["persist-credentials"], false);
  assert.deepEqual(job.steps[2].with, { path: "site" });
});

// --- Shell ----------------------------------------------------------------------------------------------

test("the shell scripts are plain sh, and shellcheck finds nothing in them", () => {
  const scripts = [path.join(top, "hosting/update.sh"), ...Object.keys(clouds).map((cloud) => path.join(out, cloud, "azure-storage.sh"))];
  for (const script of scripts) assert.equal(spawnSync("sh", ["-n", script], { encoding: "utf8" }).stderr, "");
  const { error, stdout } = spawnSync("shellcheck", ["--shell=sh", ...scripts], { encoding: "utf8" });
  assert.equal(error, undefined, "shellcheck is missing: apt-get install shellcheck (Debian)");
  assert.equal(stdout, "");
});

test("no header holds what a host’s file would read as its own", () => {
  for (const cloud of Object.keys(clouds)) for (const value of Object.values(overHttps(cloud))) assert.match(value, /^[\w 'a-z:;,/.*()=-]+$/);
  assert.throws(() => header("another"), /no such cloud/);
});
