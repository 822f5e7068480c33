// One visit to the built app by a person with a real browser. Every visit is served with the shipped
// Content-Security-Policy and fails on anything that went wrong beside what it looked at: a breach of
// the policy, an error nobody caught, a line of error in the console, a request that failed.
import assert from "node:assert/strict";
import path from "node:path";
import fs from "node:fs";
import { after, before, test } from "node:test";
import { chromium } from "playwright-core";
import { serve } from "../../.ci/serve.mjs";

export const DIST = process.env.DIST ?? "dist";
export const CONFIG = JSON.stringify({ cloud: "public", tenant: "contoso.example", clientId: "cccccccc-0000-4000-8000-000000000003" });
// Long enough for a machine that is compiling beside it; nothing waits for it in vain.
const PATIENCE = 15_000;

const FLAGS = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

function chromiumProgram() {
  if (process.env.CHROMIUM) return process.env.CHROMIUM;
  const found = process.env.PATH.split(path.delimiter).map((folder) => path.join(folder, "chromium")).find((file) => fs.existsSync(file));
  assert(found, "Chromium is missing: put `chromium` on PATH or its file name into CHROMIUM");
  return found;
}

export const launch = (flags = []) =>
  chromium.launch({
    executablePath: chromiumProgram(),
    // Chromium refuses its own sandbox to root.
    args: [...FLAGS, ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []), ...flags],
  });

/** One browser for the visits of a file. Each visit has a context of its own: no shared storage. */
export function useBrowser(flags) {
  let browser;
  before(async () => { browser = await launch(await flags?.()); });
  after(() => browser?.close());

  /**
   * A test that visits the app. Options:
   * - site     how the host behaves (see .ci/serve.mjs); false: no config.json
   * - at       the fragment to open
   * - expect   patterns of troubles that belong to this test; any other one fails it, and so does an
   *            expected one that does not come
   * - allow    patterns of troubles that may come along with those
   * - context  options for the browser's context
   * - prepare  (context, page) → before the page is opened
   */
  return function visit(name, { site = {}, at = "", expect = [], allow = [], context: contextOptions = {}, prepare } = {}, walk) {
    test(name, async () => {
      const host = await serve(DIST, { config: CONFIG, ...site });
      const context = await browser.newContext(contextOptions);
      context.setDefaultTimeout(PATIENCE);
      const troubles = [];
      try {
        const page = await watch(context, troubles);
        await prepare?.(context, page);
        await page.goto(host.address + at, { waitUntil: "commit" });
        await walk({ page, host, context, troubles });
        for (const pattern of expect) assert(troubles.some((trouble) => pattern.test(trouble)), `expected, but did not happen: ${pattern}`);
        assert.deepEqual(troubles.filter((trouble) => ![...expect, ...allow].some((pattern) => pattern.test(trouble))), []);
      } catch (error) {
        // What went wrong on the page says more than what was waited for in vain.
        if (troubles.length) error.message += `\nTroubles on the page:\n  ${troubles.join("\n  ")}`;
        throw error;
      } finally {
        await context.close();
        host.close();
      }
    });
  };
}

/** A page whose troubles are written down. */
export async function watch(context, troubles) {
  await context.exposeBinding("tellViolation", (_, words) => troubles.push(`policy: ${words}`));
  await context.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", (event) => {
      window.tellViolation(`${event.effectiveDirective} blocked ${event.blockedURI} ${event.sample} at ${event.sourceFile}:${event.lineNumber}`);
    });
  });
  const page = await context.newPage();
  page.on("console", (message) => { if (["error", "warning"].includes(message.type())) troubles.push(`console: ${message.text()}`); });
  page.on("pageerror", (error) => troubles.push(`uncaught: ${error.message}`));
  page.on("requestfailed", (request) => troubles.push(`request: ${request.url()} ${request.failure()?.errorText}`));
  return page;
}

/** The app has taken the place of the shell. */
export async function started(page) {
  await page.locator("#starting").waitFor({ state: "detached" });
  await page.locator("main h1").first().waitFor();
}
