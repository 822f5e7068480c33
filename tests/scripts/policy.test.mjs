// The policy of the page, and what the build is made of: neither may widen unseen.
import assert from "node:assert/strict";
import fs from "node:fs";
import { test } from "node:test";
import { clouds, header, headers, meta } from "../../.ci/csp.mjs";

const read = (policy) => Object.fromEntries(policy.split("; ").map((directive) => directive.split(" ")).map(([name, ...sources]) => [name, sources.join(" ")]));
const hosts = (names) => names.flatMap((name) => [...clouds[name].login, clouds[name].arm, `*.${clouds[name].arm}`]).map((host) => `https://${host}`).join(" ");
const fixed = {
  "default-src": "'none'",
  "script-src": "'self' 'wasm-unsafe-eval'",
  "style-src": "'self'",
  "img-src": "'self' data:",
  "base-uri": "'none'",
  "form-action": "'none'",
  "object-src": "'none'",
  "frame-src": "'none'",
  "require-trusted-types-for": "'script'",
  "trusted-types": "pgflex-boot",
};

test("the policy is the one that was promised, and admits the hosts of the table and no others", () => {
  assert.deepEqual(read(meta()), { ...fixed, "connect-src": `'self' ${hosts(Object.keys(clouds))}` });
  for (const name of Object.keys(clouds)) {
    assert.deepEqual(read(header(name)), { ...fixed, "connect-src": `'self' ${hosts([name])}`, "frame-ancestors": "'none'" }, name);
    assert.equal(headers(name)["content-security-policy"], header(name));
  }
  assert.throws(() => header("evil"), /no such cloud/);
});

test("every host of the policy is one name, or all names below one, over https", () => {
  for (const { login, arm } of Object.values(clouds)) {
    for (const host of [...login, arm]) assert.match(host, /^[a-z0-9-]+(\.[a-z0-9-]+)+$/);
  }
});

test("the other headers are those that were promised", () => {
  const { "content-security-policy": _, ...others } = headers();
  assert.deepEqual(others, {
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
  });
});

test("whatever is built, tested or fetched is what the lock files say", () => {
  for (const lock of ["Cargo.lock", "tests/fuzz/Cargo.lock", "package-lock.json", "tests/lighthouse/package-lock.json"]) assert(fs.existsSync(lock), lock);
  const scripts = ["Makefile", ...fs.readdirSync(".ci").map((name) => `.ci/${name}`).filter((file) => fs.statSync(file).isFile())];
  for (const file of scripts) {
    for (const line of fs.readFileSync(file, "utf8").split("\n").filter((line) => !/^\s*(#|\/\/)/.test(line))) {
      if (/\bcargo (build|test|clippy|bench|run|fetch|install|deny)\b/.test(line)) assert.match(line, /--locked|\$locked/, `${file}: ${line}`);
      if (/\btrunk\b.* build\b/.test(line)) assert.match(line, /--locked/, `${file}: ${line}`);
      if (/\bnpm (install|i|ci|add|update|exec)\b|\bnpx\b/.test(line)) assert.match(line, /\bnpm ci --ignore-scripts\b/, `${file}: ${line}`);
    }
  }
});

test("a package of npm is told with the digest of what it is", () => {
  for (const lock of ["package-lock.json", "tests/lighthouse/package-lock.json"]) {
    const { packages } = JSON.parse(fs.readFileSync(lock, "utf8"));
    for (const [name, { link, integrity, resolved }] of Object.entries(packages)) {
      if (!name || link) continue;
      assert.match(integrity ?? "", /^sha512-/, `${lock}: ${name}`);
      if (resolved) assert.match(resolved, /^https:\/\/registry\.npmjs\.org\//, `${lock}: ${name}`);
    }
  }
});
