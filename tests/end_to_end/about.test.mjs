// The page about this host: what it finds of good, bare and odd hosts, asked of nobody but them.
import assert from "node:assert/strict";
import fs from "node:fs";
import { headers as safe } from "../../.ci/csp.mjs";
import { asked, useAzure } from "./harness.mjs";
import { on, says, signIn } from "./person.mjs";

const msal = JSON.parse(fs.readFileSync("node_modules/@azure/msal-browser/package.json", "utf8"));
const visit = useAzure();

/** The lines of the card: what each says and the word at its end. */
const lines = async (page) => {
  await says(page, "Ask again");
  const words = await page.locator(".card .checks__item").evaluateAll((items) =>
    items.map((item) => [item.querySelector("div")?.innerText.split("\n").slice(0, 2), item.querySelector(".checks__word").innerText]));
  return Object.fromEntries(words.map(([[title], word]) => [title, word]));
};

const GOOD = {
  "Encrypted connection": "Yes",
  "Not inside another page": "Yes",
  "An origin of its own": "Yes",
  "Content-Security-Policy": "Yes",
  "No framing": "Yes",
  "Referrer-Policy": "Yes",
  "X-Content-Type-Options": "Yes",
  "Cross-Origin-Opener-Policy": "Yes",
  "Cross-Origin-Resource-Policy": "Yes",
  "Permissions-Policy": "Yes",
  "index.html and config.json are never old": "Yes",
  "Other files are kept": "Yes",
  "application/wasm": "Yes",
  "404 for a missing file": "Yes",
};

/** What the page's own host was asked for by the page about it. */
const probes = (host) => host.requests.filter(({ method }) => method === "HEAD").map(({ path }) => path.replace(/-[0-9a-f]{16}/, "-hash"));

visit("a host with the headers of its cloud gives every protection, and is asked alone and without a token", { at: "#/find", site: { below: "/", headers: safe("public") } }, async ({ page, host, azure, context }) => {
  await signIn(page);
  await says(page, "psql-orders-prod");
  assert.deepEqual(probes(host), [], "the host is asked on its page alone");
  // The newest points of servers that were on screen may still be asked for.
  const others = () => asked(azure).filter(({ path }) => !path.includes("/recoveryPoints")).length;
  const before = others();
  const along = [];
  context.on("request", (request) => along.push(request));
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "About this host" }).click();
  await on(page, "About this host");
  assert.deepEqual(await lines(page), GOOD);
  assert.deepEqual(probes(host).sort(), ["/", "/app-hash.wasm", "/config.json", "/no-such-file.js"]);
  assert.equal(others(), before, "Azure was asked");
  const heads = along.filter((request) => request.method() === "HEAD");
  assert.equal(heads.length, 4);
  for (const request of heads) {
    const { authorization, cookie, referer } = await request.allHeaders();
    assert.deepEqual({ authorization, cookie, referer }, { authorization: undefined, cookie: undefined, referer: undefined });
    assert.equal(new URL(request.url()).origin, new URL(host.address).origin);
  }
  await page.locator(".facts__line", { hasText: "Sign-in (MSAL)" }).getByText(msal.version).waitFor();
  const again = Promise.all(heads.map((request) => page.waitForResponse(request.url())));
  await page.getByRole("button", { name: "Ask again" }).click();
  await again;
  assert.equal(probes(host).length, 8);
});

visit("a host that sends no header is told each that is missing, in the demo too", { at: "#/demo/about", site: { headers: {} } }, async ({ page }) => {
  const found = await lines(page);
  const missing = Object.keys(found).filter((title) => found[title] === "Missing");
  assert.deepEqual(missing, ["Content-Security-Policy", "No framing", "Referrer-Policy", "X-Content-Type-Options", "Cross-Origin-Opener-Policy", "Cross-Origin-Resource-Policy", "Permissions-Policy"]);
  await says(page, "docs/hosting.md");
  const report = await page.locator("section[aria-labelledby=report] pre").textContent();
  assert.match(report, /^PG Flex Restore \d/);
  assert.match(report, /index\.html:\n {2}200\n/);
  assert.doesNotMatch(report, /localhost/);
});

visit("a host that gives its page for every file is found out", { at: "#/about", site: { below: "/", headers: safe(), change: (name, bytes) => (name === "no-such-file.js" ? Buffer.from("<!doctype html>") : bytes) } }, async ({ page }) => {
  assert.deepEqual(await lines(page), { ...GOOD, "Content-Security-Policy": "Weak", "404 for a missing file": "Weak" });
  await says(page, "switch off the fallback");
});

for (const host of ["nginx", "caddy"]) {
  visit(`${host} with our file gives every protection`, { host, at: "#/about", site: { below: "/" } }, async ({ page }) => {
    assert.deepEqual(await lines(page), GOOD);
  });
  visit(`${host} with our file below a path: others may live beside it, and the page says so`, { host, at: "#/about", site: { below: "/tools/restore/" } }, async ({ page }) => {
    assert.deepEqual(await lines(page), { ...GOOD, "An origin of its own": "Weak" });
    await says(page, "It is not at the root of its host");
  });
}
