// The tampered file: whichever file of the build is not the one that it was built with, on the host or on the way, is not
// run, and the page says so. A file that is missing, a page in its place, a boot.js that is changed: start_up.test.mjs.
import assert from "node:assert/strict";
import fs from "node:fs";
import { test } from "node:test";
import { DIST, started, useBrowser } from "./harness.mjs";
import { on, says } from "./person.mjs";

const visit = useBrowser();

const names = fs.readdirSync(DIST);
const named = (pattern) => names.find((name) => pattern.test(name)) ?? assert.fail(`no ${pattern} in ${DIST}`);
const along = [/console: /, /request: /, /uncaught: /];
const only = (pattern, change) => (name, bytes) => (pattern.test(name) ? change(bytes) : bytes);
/** One byte is another one, in the middle. */
const flipped = (bytes) => { const other = Buffer.from(bytes); other[other.length >> 1] ^= 1; return other; };

const told = (page) => page.getByRole("alert").getByRole("heading", { name: "A part of this page is not the one it was built with, so it was not run." }).waitFor();
const noInflating = (context) => context.addInitScript(() => { delete window.DecompressionStream; });
/** Nothing of the program is there: the shell stands as it was painted. */
const shell = async (page) => {
  assert.equal(await page.locator("#starting").count(), 1);
  assert.equal(await page.getByRole("button", { name: "Sign in with Microsoft" }).count(), 0);
};

test("every file of the build is told with its digest, or is no part of the program", () => {
  const index = fs.readFileSync(`${DIST}/index.html`, "utf8");
  // A packed copy is unpacked before the digest is looked at: it is that of the file beside it.
  const unsealed = names.filter((name) => /-[0-9a-f]{16}\.\w+$/.test(name) && !new RegExp(`${name.replaceAll(".", "\\.")}"[^>]*?integrity="sha384-[A-Za-z0-9+/]{64}"`).test(index));
  assert.deepEqual(unsealed.map((name) => name.replace(/-[0-9a-f]{16}/, "")), ["icon.svg"]);
});

const parts = [
  ["WebAssembly", /^app-.*\.bin$/, {}],
  ["WebAssembly, where it cannot be inflated", /^app-.*\.wasm$/, { prepare: noInflating }],
  ["glue", /^app-.*\.js$/, {}],
  ["MSAL", /^msal-/, {}],
  ["simulated Azure", /^simulated-azure-.*\.bin$/, { at: "#/demo" }],
  ["simulated Azure, where it cannot be inflated", /^simulated-azure-.*\.wasm$/, { at: "#/demo", prepare: noInflating }],
  ["glue of the simulated Azure", /^simulated-azure-.*\.js$/, { at: "#/demo" }],
];
const half = (bytes) => bytes.subarray(0, bytes.length >> 1);
for (const [how, change, changed] of [
  ["of which one byte is another one", flipped, parts],
  ["that breaks off in the middle", half, [parts[0], parts[2]]],
  ["that is empty", () => Buffer.alloc(0), [parts[0], parts[3]]],
]) {
  for (const [what, pattern, options] of changed) {
    visit(`${what} ${how} is not run, and the page says so`, { ...options, site: { change: only(pattern, change) }, expect: [/console: /], allow: along }, async ({ page }) => {
      await told(page);
      await shell(page);
    });
  }
}

visit("a boot.js of which one byte is another one leaves the shell, with its advice", { site: { change: only(/^boot-/, flipped) }, allow: along }, async ({ page }) => {
  await says(page, "If nothing happens, a script of this page was blocked");
  await shell(page);
});

visit("a style sheet of which one byte is another one is not used; the words are all there", { site: { change: only(/^style-/, flipped) }, allow: along }, async ({ page }) => {
  await started(page);
  // Firefox lists it all the same, with nothing in it.
  assert.equal(await page.evaluate(() => [...document.styleSheets].filter((sheet) => sheet.href && sheet.cssRules.length).length), 0);
  await page.getByRole("button", { name: "Sign in with Microsoft" }).waitFor();
});

// Each is a file of some build, and whole.
for (const [what, pattern, other] of [
  ["the glue of another program", /^app-.*\.js$/, /^simulated-azure-.*\.js$/],
  ["the WebAssembly of another program", /^app-.*\.bin$/, /^simulated-azure-.*\.bin$/],
  ["MSAL in place of the glue", /^app-.*\.js$/, /^msal-/],
]) {
  visit(`two builds mixed, with ${what}, do not run`, { site: { change: only(pattern, () => fs.readFileSync(`${DIST}/${named(other)}`)) }, allow: along }, async ({ page }) => {
    await told(page);
    await shell(page);
  });
}

visit("a page whose digest of the program is another one does not run it",
  { site: { change: only(/^index\.html$/, (bytes) => Buffer.from(bytes.toString().replace(/(data-packed-integrity="sha384-)./, (_, before) => `${before}#`).replace(/sha384-#/, "sha384-A"))) }, allow: along },
  async ({ page }) => {
    // One in sixty-four digests begins with that letter.
    if (/data-packed-integrity="sha384-A/.test(fs.readFileSync(`${DIST}/index.html`, "utf8"))) return;
    await told(page);
    await shell(page);
  });

visit("a page that names a script of somebody else’s does not load it, nor the program",
  { site: { change: only(/^index\.html$/, (bytes) => Buffer.from(bytes.toString().replace(/data-msal="[^"]*"/, 'data-msal="https://evil.example/msal.js"'))) }, expect: [/policy: script-src/], allow: [...along, /policy: connect-src/, /left for elsewhere: https:\/\/evil/] },
  async ({ page }) => {
    await page.getByText(/could not be loaded/).first().waitFor();
    assert.equal(await page.getByRole("button", { name: /Find/ }).count(), 0);
  });

for (const [what, pattern, type, runs] of [
  ["the packed program as text", /\.bin$/, "text/plain", true],
  ["scripts as plain text, which no browser runs", /\.js$/, "text/plain", false],
  ["scripts as JSON", /^app-.*\.js$/, "application/json", false],
]) {
  visit(`a host that serves ${what} ${runs ? "is put up with" : "is told"}`, { site: { type: (name) => (pattern.test(name) ? type : undefined) }, allow: along }, async ({ page }) => {
    if (runs) return started(page);
    await page.getByText(/If nothing happens, a script of this page was blocked|A part of this page is not the one/).first().waitFor();
    await shell(page);
  });
}

// --- The one file that has no digest: the administrator's ----------------------------------------------------------

const good = { clientId: "cccccccc-0000-4000-8000-000000000003", tenant: "contoso.example" };
const asHtml = (name) => (name === "config.json" ? "text/html; charset=utf-8" : undefined);
for (const [what, config, site = {}] of [
  ["that is a page", "<!doctype html><title>Sign in to the network</title>", { type: asHtml }],
  ["of ten megabytes", JSON.stringify({ ...good, note: "x".repeat(1e7) })],
  ["of ten megabytes of brackets", "[".repeat(1e7)],
  ["nested a hundred thousand deep", `{"targets":${"[".repeat(1e5)}${"]".repeat(1e5)}}`],
  ["in another encoding", Buffer.from("\ufeff" + JSON.stringify(good), "utf16le")],
  ["that is a list", JSON.stringify([good])],
  ["that is empty", ""],
  ["with a cloud of its own", JSON.stringify({ ...good, cloud: "https://evil.example" })],
  ["with an Azure of its own", JSON.stringify({ ...good, armHost: "evil.example" })],
  ["with a sign-in of its own", JSON.stringify({ ...good, authority: "https://evil.example/common" })],
  ["with a tenant that leads elsewhere", JSON.stringify({ ...good, tenant: "evil.example/../common" })],
  ["with a tenant that is an address", JSON.stringify({ ...good, tenant: "https://evil.example" })],
  ["with members that mean something to other languages", '{"__proto__":{"clientId":"x"},"constructor":1,"clientId":"cccccccc-0000-4000-8000-000000000003","tenant":"contoso.example"}'],
  ["that says a thing twice", `{"tenant":"evil.example",${JSON.stringify(good).slice(1)}`],
  ["with a number beyond all numbers", `{"grantRoles":1e999,${JSON.stringify(good).slice(1)}`],
]) {
  visit(`a configuration ${what} is no configuration: nobody can sign in, and the page says why`, { at: "#/about", site: { config, ...site } }, async ({ page }) => {
    await on(page, /^(This host is not set up yet|config\.json has a mistake)$/);
    assert.equal(await page.getByRole("button", { name: "Sign in with Microsoft" }).count(), 0);
    assert(!/evil/.test(await page.locator("a[href]").evaluateAll((all) => all.map((link) => link.href).join(" "))));
  });
}

visit("a configuration that an editor has put a mark before is read", { at: "#/about", site: { config: `\ufeff${JSON.stringify(good)}` } }, async ({ page }) => {
  await on(page, "About this host");
  await says(page, "contoso.example");
});
