// The files of .ci/hosts.mjs on the real servers: what each sends, and that the app works there; and a file server that
// sends nothing of ours, where the policy in the page is all there is.
import assert from "node:assert/strict";
import fs from "node:fs";
import http from "node:http";
import os from "node:os";
import path from "node:path";
import zlib from "node:zlib";
import { after, test } from "node:test";
import { cacheControl, clouds, overHttps } from "../../.ci/csp.mjs";
import { asked, CONFIG, DIST, started, useAzure, WRITES } from "./harness.mjs";
import { serveBy } from "./hosts.mjs";
import { done, on, running, says } from "./person.mjs";

// What lies on a host besides the build: copies that are packed, and what is nobody's business.
const site = fs.mkdtempSync(path.join(os.tmpdir(), "site-"));
after(() => fs.rmSync(site, { recursive: true }));
for (const name of fs.readdirSync(DIST).filter((name) => !/\.(gz|br)$/.test(name))) {
  const bytes = fs.readFileSync(path.join(DIST, name));
  fs.writeFileSync(path.join(site, name), bytes);
  if (name.endsWith(".bin")) continue;
  fs.writeFileSync(path.join(site, `${name}.gz`), zlib.gzipSync(bytes));
  fs.writeFileSync(path.join(site, `${name}.br`), zlib.brotliCompressSync(bytes));
}
fs.writeFileSync(path.join(site, ".pgflex-kept"), "what nobody should read");
fs.mkdirSync(path.join(site, ".git"));
fs.writeFileSync(path.join(site, ".git/config"), "what nobody should read");
fs.mkdirSync(path.join(site, "folder"));
fs.writeFileSync(path.join(site, "folder/what-is-in-it"), "");

const file = (pattern) => fs.readdirSync(site).find((name) => pattern.test(name));
const GLUE = file(/^app-.*\.js$/);
const PACKED = file(/^app-.*\.bin$/);
const WASM = file(/^app-.*\.wasm$/);
const index = fs.readFileSync(path.join(site, "index.html"));

/** The answer for a path below the app, as it came: status, headers, bytes. */
const get = (host, name, { headers = {}, method = "GET" } = {}) =>
  new Promise((answered, failed) => {
    const { port, pathname } = new URL(host.address);
    http.request({ host: "127.0.0.1", port, path: pathname + name, headers, method, agent: false }, async (response) => {
      const parts = [];
      for await (const part of response) parts.push(part);
      answered({ status: response.statusCode, headers: response.headers, bytes: Buffer.concat(parts) });
    }).on("error", failed).end();
  });

function holdSafe({ headers }, cloud = "public") {
  for (const [name, value] of Object.entries(overHttps(cloud))) assert.equal(headers[name], value);
  assert.equal(headers["access-control-allow-origin"], undefined);
  assert.doesNotMatch(headers.server ?? "", /\d/, "a server tells its version");
}

const places = ["nginx", "caddy"].flatMap((name) => ["/", "/tools/restore/"].map((below) => ({ name, below })));

for (const { name, below } of places) {
  const on = (what, walk) => test(`${name}, at ${below}: ${what}`, async () => {
    const host = await serveBy(name, site, { below, config: CONFIG });
    try { await walk(host); } finally { host.close(); }
  });

  on("every file that is there has its type, is safe, and is kept as long as its name allows", async (host) => {
    const types = { html: "text/html; charset=utf-8", js: "text/javascript; charset=utf-8", css: "text/css; charset=utf-8", json: "application/json", txt: "text/plain; charset=utf-8",
      svg: "image/svg+xml; charset=utf-8", wasm: "application/wasm", bin: "application/octet-stream" };
    const names = fs.readdirSync(site, { withFileTypes: true }).filter((entry) => entry.isFile() && /^[a-z].*\.(?!gz|br)\w+$/.test(entry.name)).map((entry) => entry.name);
    assert(names.length > 8);
    for (const name of ["", "config.json", ...names]) {
      const answer = await get(host, name);
      assert.equal(answer.status, 200, name);
      holdSafe(answer);
      assert.equal(answer.headers["content-type"], types[(name || "index.html").split(".").pop()], name);
      assert.equal(answer.headers["cache-control"], cacheControl(name), name);
      assert.equal(answer.headers["content-encoding"], undefined, name);
    }
    assert.match(cacheControl(GLUE), /immutable/);
    assert.deepEqual((await get(host, "")).bytes, index);
    assert.equal((await get(host, "config.json")).bytes.toString(), CONFIG);
  });

  on("what is missing is an error that is as safe, no page, and not kept", async (host) => {
    for (const name of ["not-there", "not-there.html", "app-0123456789abcdef.js", "app-0123456789abcdef.bin", "folder/not-there"]) {
      const answer = await get(host, name);
      assert.equal(answer.status, 404, name);
      holdSafe(answer);
      assert.doesNotMatch(answer.headers["cache-control"] ?? "", /max-age|immutable/, name);
      assert.doesNotMatch(answer.bytes.toString(), /pgflex/, name);
    }
  });

  on("nothing is listed, nothing hidden is shown, nothing is written", async (host) => {
    for (const name of [".pgflex-kept", ".git/config", ".git/", "folder/", "%2egit/config", "../host", "%2e%2e/host", "..%2fhost"]) {
      const answer = await get(host, name);
      // Outside of the app's folder Caddy answers with nothing, where nobody has told it more.
      assert([400, 403, 404].includes(answer.status) || !answer.bytes.length, `${name}: ${answer.status}`);
      assert.doesNotMatch(answer.bytes.toString(), /what-is-in-it|nobody should read|Content-Security/i, name);
    }
    for (const method of ["POST", "PUT", "DELETE"]) {
      const answer = await get(host, "index.html", { method });
      assert([403, 405].includes(answer.status), `${method}: ${answer.status}`);
    }
  });

  on("the page is asked for each time, and sent when it has changed", async (host) => {
    for (const encoding of ["identity", "gzip", "br"]) {
      const first = await get(host, "", { headers: { "accept-encoding": encoding } });
      const again = await get(host, "", { headers: { "accept-encoding": encoding, "if-none-match": first.headers.etag } });
      assert.equal(again.status, 304, encoding);
      holdSafe(again);
      assert.equal(again.headers["cache-control"], "no-cache");
      assert.equal((await get(host, "", { headers: { "if-none-match": '"another"' } })).status, 200);
    }
  });

  on("packed copies are sent to whoever takes them, WebAssembly that the page unpacks as it is", async (host) => {
    const unpack = { gzip: zlib.gunzipSync, br: zlib.brotliDecompressSync };
    for (const [encoding, sends] of Object.entries(name === "caddy" ? { gzip: "gzip", br: "br" } : { gzip: "gzip" })) {
      for (const file of ["", GLUE, WASM]) {
        const answer = await get(host, file, { headers: { "accept-encoding": encoding } });
        holdSafe(answer);
        assert.equal(answer.headers["content-encoding"], sends, file);
        assert.match(answer.headers.vary, /accept-encoding/i);
        assert.equal(answer.headers["cache-control"], cacheControl(file));
        assert.deepEqual(unpack[sends](answer.bytes), fs.readFileSync(path.join(site, file || "index.html")));
      }
    }
    const answer = await get(host, PACKED, { headers: { "accept-encoding": "gzip, br, zstd, deflate" } });
    assert.equal(answer.headers["content-encoding"], undefined);
    assert.deepEqual(answer.bytes, fs.readFileSync(path.join(site, PACKED)));
  });
}

for (const name of ["nginx", "caddy"]) {
  test(`${name}: the address without its slash leads to the page, by whichever name the host is called`, async () => {
    const host = await serveBy(name, site, { below: "/tools/restore/" });
    try {
      const { port } = new URL(host.address);
      const answer = await new Promise((answered, failed) =>
        http.get({ host: "127.0.0.1", port, path: "/tools/restore", headers: { host: "restore.example" }, agent: false }, (response) => answered(response.resume())).on("error", failed));
      assert([301, 302, 308].includes(answer.statusCode), String(answer.statusCode));
      // Nothing of the server's own: it may stand behind another, by https.
      assert.equal(answer.headers.location, "/tools/restore/");
    } finally {
      host.close();
    }
  });
}

for (const cloud of Object.keys(clouds)) {
  test(`the files for ${cloud} admit that cloud alone`, async () => {
    for (const name of ["nginx", "caddy"]) {
      const host = await serveBy(name, site, { cloud });
      try {
        const answer = await get(host, "");
        assert.equal(answer.status, 200);
        holdSafe(answer, cloud);
        const hosts = answer.headers["content-security-policy"].match(/https:\/\/[^ ;]+/g).map((host) => host.replace("*.", ""));
        assert(hosts.every((host) => host.endsWith(clouds[cloud].arm) || clouds[cloud].login.some((login) => host.endsWith(login))));
      } finally {
        host.close();
      }
    }
  });
}

// --- The app there ----------------------------------------------------------------------------------

const visit = useAzure();

for (const { name, below } of [...places, { name: "plain", below: "/tools/restore/" }]) {
  visit(`${name}, at ${below}: a person signs in, and a point becomes files`, { host: name, site: { below } }, async ({ page, azure, pass, host }) => {
    await started(page);
    const { prefix } = await running(page, pass);
    assert.equal(new URL(page.url()).pathname, below);
    await pass(900);
    await done(page);
    await says(page, `${prefix}_database_`);
    assert.equal(asked(azure, WRITES).length, 2);
    assert(host.requests.every(({ path }) => path.startsWith(below)), "something was asked for outside of the app's folder");
  });
}

visit("a plain file server: the policy in the page holds by itself", { host: "plain", at: "#/about", expect: [/policy: connect-src blocked/, /policy: require-trusted-types-for blocked/], allow: [/console: /, /request: /] },
  async ({ page, host }) => {
    await on(page, "About this host");
    const { headers } = await get(host, "");
    assert.deepEqual([...Object.keys(overHttps()), "cache-control"].filter((name) => name in headers), []);
    const refused = await page.evaluate(async () => [
      await fetch("https://evil.example/").then(() => "sent", (error) => error.name),
      (() => { try { document.createElement("div").innerHTML = "<b>x</b>"; return "taken"; } catch (error) { return error.name; } })(),
    ]);
    assert.deepEqual(refused, ["TypeError", "TypeError"]);
  });
