// From an empty tab to the app, or to words that say why not.
import assert from "node:assert/strict";
import fs from "node:fs";
import { test } from "node:test";
import { meta } from "../../.ci/csp.mjs";
import { CHROMIUM } from "./browser.mjs";
import { DIST, started, useBrowser } from "./harness.mjs";

const visit = useBrowser();
const index = fs.readFileSync(`${DIST}/index.html`, "utf8");

test("the page holds no script, style or handler of its own, and every script has a digest", () => {
  for (const [, attributes, text] of index.matchAll(/<script\b([^>]*)>([\s\S]*?)<\/script>/g)) {
    assert.equal(text, "");
    assert.match(attributes, /\bdefer\b.* src="[^"]+" integrity="sha384-[^"]+"/);
  }
  assert.equal(index.match(/<script\b/g).length, 2);
  assert.doesNotMatch(index, /<style\b|\sstyle=|\son[a-z]+=|javascript:/i);
  for (const [link] of index.matchAll(/<link\b[^>]*stylesheet[^>]*>/g)) assert.match(link, /integrity="?sha384-/);
});

test("the policy stands in the page before anything that it governs", () => {
  const policy = index.indexOf(`<meta http-equiv="Content-Security-Policy" content="${meta()}">`);
  assert(policy > 0);
  assert(policy < index.search(/<(link|script|style)\b/));
});

test("the page loads nothing from elsewhere and from no absolute path", () => {
  for (const [, address] of index.matchAll(/\s(?:src|href|data-[a-z]+)="([^"]*)"/g)) assert.doesNotMatch(address, /^(\/|[a-z]+:)/);
});

visit("without scripts the page says what it is for, and that it needs them", { context: { javaScriptEnabled: false }, only: CHROMIUM.scripts }, async ({ page }) => {
  await page.getByRole("heading", { level: 1, name: /PostgreSQL flexible server backup/ }).waitFor();
  // Chromium's switch stops scripts but does not bring <noscript> to life; the advice comes anyhow.
  assert.match(index, /<noscript><p><b>Scripts are switched off for this page\./);
  await page.getByText("If nothing happens").waitFor();
});

for (const compress of ["none", "gzip", "br"]) {
  visit(`the app starts on a host that compresses with: ${compress}`, { site: { compress } }, async ({ page, host }) => {
    await started(page);
    const asked = host.requests.map((request) => request.path);
    assert(asked.some((path) => /\/app-.*\.bin$/.test(path)));
    assert(!asked.some((path) => path.endsWith(".wasm")), "the plain WebAssembly was loaded as well");
  });
}

visit("the app starts below a path", { site: { below: "/tools/restore/" } }, ({ page }) => started(page));

visit("a browser that cannot inflate takes the plain WebAssembly",
  { prepare: (context) => context.addInitScript(() => { delete window.DecompressionStream; }) },
  async ({ page, host }) => {
    await started(page);
    assert(host.requests.some((request) => request.path.endsWith(".wasm")));
  });

visit("the app is given the configuration as the host sent it", { site: { config: '{ "cloud": "public", ' } }, async ({ page }) => {
  await started(page);
  assert.deepEqual(await page.evaluate(() => window.pgflexStart), { demo: false, config: { status: 200, type: "application/json", text: '{ "cloud": "public", ' } });
});

visit("the app is told that there is no configuration", { site: { config: undefined }, expect: [/console: .*404/] }, async ({ page }) => {
  await started(page);
  assert.equal(await page.evaluate(() => window.pgflexStart.config.status), 404);
});

visit("outside the simulation nothing of the simulated Azure is loaded", {}, async ({ page, host }) => {
  await started(page);
  assert.deepEqual(host.requests.filter((request) => /simulated/.test(request.path)), []);
});

visit("the simulated Azure answers, from a WebAssembly of its own", { at: "#/demo/find" }, async ({ page, host }) => {
  await started(page);
  await page.getByText("Failure Drills").first().waitFor();
  assert.deepEqual(host.requests.map((request) => request.path.match(/(simulated-azure)-.*(\..*)$/)?.slice(1).join("")).filter(Boolean).sort(),
    ["simulated-azure.bin", "simulated-azure.js"]);
});

visit("the simulated Azure is loaded when the simulation is entered from elsewhere", {}, async ({ page }) => {
  await started(page);
  await page.evaluate(() => { location.hash = "#/demo/find"; });
  await page.getByText("Failure Drills").first().waitFor();
});

visit("where the simulated Azure cannot be loaded any more, the page says so and offers to start again",
  { site: { change: (name, bytes) => (/^simulated-.*\.bin$/.test(name) ? undefined : bytes) }, expect: [/console: .*404/], allow: [/request: /, /console: Failed to find a valid digest/, /SRI/] },
  async ({ page }) => {
    await started(page);
    await page.evaluate(() => { location.hash = "#/demo/find"; });
    await page.getByRole("heading", { level: 1, name: /is missing on its host/ }).waitFor();
    await page.getByRole("alert").getByRole("button", { name: "Load the page again" }).waitFor();
  });

// What a panic comes to: a trap, here from a module of eight instructions, since the app has no panic to press.
const trap = () => {
  const bytes = [0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 7, 5, 1, 1, 116, 0, 0, 10, 5, 1, 3, 0, 0, 11];
  const { t } = new WebAssembly.Instance(new WebAssembly.Module(new Uint8Array(bytes))).exports;
  return { inATimer: () => setTimeout(t), inAPromise: () => { Promise.resolve().then(t); } };
};
for (const where of ["inATimer", "inAPromise"]) {
  visit(`a program that traps ${where === "inATimer" ? "when it is called" : "while it waits"} ends in a page that says so, and does nothing more`,
    { at: "#/demo/find", expect: [/uncaught: unreachable/] },
    async ({ page }) => {
      await started(page);
      await page.getByText("Failure Drills").first().waitFor();
      const title = await page.title();
      await page.evaluate(`(${trap})().${where}()`);
      await page.getByRole("heading", { level: 1, name: "This page has stopped" }).waitFor();
      await page.getByRole("alert").getByText(/unreachable/).waitFor();
      // Going on to another page is an event that the program would otherwise follow.
      await page.evaluate(() => { location.hash = "#/demo/about"; });
      await page.evaluate(() => new Promise((done) => setTimeout(() => requestAnimationFrame(done))));
      assert.equal(await page.title(), title);
      await page.getByRole("button", { name: "Load the page again" }).click();
      await page.getByRole("heading", { level: 1, name: /About/ }).waitFor();
    });
}

visit("the simulation loads neither MSAL nor a configuration; leaving it loads both, once", { at: "#/demo" }, async ({ page, host }) => {
  await started(page);
  const count = (pattern) => host.requests.filter((request) => pattern.test(request.path)).length;
  assert.equal(await page.evaluate(() => window.pgflexStart.demo), true);
  assert.equal(count(/msal-/), 0);
  assert.equal(count(/config\.json$/), 0);
  await page.evaluate(() => Promise.all([window.pgflexLoadMsal(), window.pgflexLoadMsal()]));
  assert.equal(await page.evaluate(() => typeof window.msal.PublicClientApplication), "function");
  assert.equal(await page.evaluate(() => window.pgflexStart.config.status), 200);
  assert.equal(count(/msal-/), 1);
  assert.equal(count(/config\.json$/), 1);
});

// --- Files that are not what the page was built with ------------------------------------------------

const changed = (pattern) => (name, bytes) => (pattern.test(name) ? Buffer.concat([bytes, Buffer.from("\n// one line more")]) : bytes);
const replaced = (pattern, other) => (name, bytes) => (pattern.test(name) ? other : bytes);
// The body of a page, where the host answers every address with its page.
const aPage = Buffer.from("<!doctype html><title>A page</title>");
// What Chromium itself writes where a file is missing or does not fit its digest.
const digest = /console: Failed to find a valid digest/;
const along = [digest, /console: Fetch API cannot load .* SRI's integrity checks failed/, /console: Refused to execute script .* MIME type/, /request: /];

const alert = (page, title) => page.getByRole("alert").filter({ has: page.getByRole("heading", { name: title }) }).waitFor();

const parts = [
  ["WebAssembly", /^app-.*\.bin$/, ""],
  ["glue", /^app-.*\.js$/, ""],
  ["MSAL", /^msal-/, ""],
  ["simulated Azure", /^simulated-azure-.*\.bin$/, "#/demo"],
  ["glue of the simulated Azure", /^simulated-azure-.*\.js$/, "#/demo"],
];

for (const [what, pattern, at] of parts) {
  visit(`a changed ${what} is not run, and the page says so`, { at, site: { change: changed(pattern) }, expect: [digest], allow: along },
    async ({ page }) => {
      await alert(page, /is not the one it was built with/);
      await page.getByRole("button", { name: "Load the page again" }).waitFor();
    });

  visit(`a missing ${what} is said to be missing`, { at, site: { change: replaced(pattern, undefined) }, expect: [/console: .*404/], allow: along },
    ({ page }) => alert(page, /is missing on its host/));

  visit(`a ${what} for which the host answers with a page is said to be missing`,
    { at, site: { change: replaced(pattern, aPage), type: (name) => (pattern.test(name) ? "text/html" : undefined) }, expect: [digest], allow: along },
    ({ page }) => alert(page, /is missing on its host/));
}

visit("a policy of the host’s own, without WebAssembly in it, is told as that, and not as an old browser",
  { site: { headers: { "content-security-policy": "default-src 'self'" } }, allow: [/policy: /, /console: /, /uncaught: /] },
  async ({ page }) => {
    await alert(page, "This page’s host does not let it run.");
    await page.getByText("lacks 'wasm-unsafe-eval'").waitFor();
  });

visit("where boot.js itself is changed, the advice appears by itself", { site: { change: changed(/^boot-/) }, expect: [digest], allow: along },
  async ({ page }) => {
    await page.getByText("If nothing happens, a script of this page was blocked").waitFor();
  });

visit("a connection that breaks is told apart from a changed file",
  { prepare: (_, page) => page.route(/\.bin$/, (route) => route.abort("connectionreset")), expect: [/request: .*ERR_CONNECTION_RESET/], allow: [/console: .*ERR_CONNECTION_RESET/] },
  ({ page }) => alert(page, /could not be loaded/));

visit("an old browser is told that it is old",
  { prepare: (context) => context.addInitScript(() => { CSS.supports = () => false; }) },
  ({ page }) => alert(page, /too old/));
