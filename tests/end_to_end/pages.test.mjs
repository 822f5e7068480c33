// What a page is like before anybody does anything: valid, still while it comes, painted before any script.
import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { CHROMIUM } from "./browser.mjs";
import { DIST, started, useBrowser } from "./harness.mjs";
import { invalid } from "./html.mjs";
import { says } from "./person.mjs";

const visit = useBrowser();

test("the page that is sent is valid HTML", async () => {
  assert.deepEqual(await invalid(fs.readFileSync(path.join(DIST, "index.html"), "utf8")), []);
});

/** Writes down what moves by itself: not what somebody's press has moved. */
const watchShifts = (context) =>
  context.addInitScript(() => {
    window.shifts = [];
    new PerformanceObserver((list) => {
      for (const { value, hadRecentInput, sources } of list.getEntries()) {
        if (hadRecentInput) continue;
        const what = sources.map(({ node, previousRect: from, currentRect: to }) =>
          `${(node?.outerHTML ?? node?.nodeName ?? "what is gone").slice(0, 100)} from ${Math.round(from.y)} to ${Math.round(to.y)}`);
        window.shifts.push({ value, what: what.join(" | ") });
      }
    }).observe({ type: "layout-shift", buffered: true });
  });

const PROD = "6f2d9a41-5c0e-4b7a-9f63-2d1e8c7b4a05/rg-backup-prod/bvault-prod-weu";
const ORDERS = `${PROD}/psql-orders-prod-psql-orders-prod-3f0b61d4-9c2a-11ef-8a5e-00155d3c7b19`;

// Every page that reads something, by its address, and what it says once it has; and how much may move, by the measure of
// the web (cumulative layout shift, which calls a tenth good): words beside a clock grow by a digit, and a line of what
// somebody has sent, or the heading of what is read, may become a line longer on a narrow screen.
const PAGES = [
  ["#/demo", "The incident"],
  ["#/demo/find", "psql-warehouse"],
  [`#/demo/points?v=1&instance=${ORDERS}`, "newest first"],
  [`#/demo/points?v=1&instance=${ORDERS}&point=newest`, "Point id", 0.03],
  ["#/demo/activity", "psql-catalog-prod"],
  [`#/demo/plan?v=1&points=${ORDERS}/newest`, "Choose a target", 0.09],
  ["#/demo/job?v=1&job=94b7d3e0-58c6-4a1f-8f29-0e6d71c3a5b8/rg-demo/bvault-demo-weu/89ddcdc2-f7b2-446a-ae5e-7e8cbc0fee56", "Files to expect", 0.03],
  ["#/demo/states", "Every state"],
];

for (const width of [1280, 360]) {
  for (const [at, words, most = 0.005] of PAGES) {
    visit(`nothing moves while ${at.replace(/\?.*/, "")} comes, ${width} px wide`, { at, context: { viewport: { width, height: 800 } }, prepare: watchShifts, only: CHROMIUM.shifts }, async ({ page }) => {
      await started(page);
      await says(page, words);
      // What is on its way has come once nothing was added to the page for a while.
      await page.evaluate(() => new Promise((rest) => {
        let timer = setTimeout(rest, 700);
        new MutationObserver(() => { clearTimeout(timer); timer = setTimeout(rest, 700); }).observe(document.body, { subtree: true, childList: true });
      }));
      const shifts = await page.evaluate(() => window.shifts);
      const moved = shifts.reduce((sum, { value }) => sum + value, 0);
      assert(moved < most, `${moved.toFixed(4)}: ${shifts.map(({ value, what }) => `${value.toFixed(4)}: ${what}`).join("\n")}`);
    });
  }
}
