// Lighthouse on the built page, as a visitor meets it first: five runs each, on its desktop and its mobile profile; the
// medians, and whether the first page has what docs/performance.md promises: the simulation loads a second WebAssembly, and
// is told beside it. `make bench` runs it, `node tests/lighthouse/run.mjs first` the first page alone. Its packages are of
// its own folder, so that no test has to load them.
import lighthouse, { desktopConfig } from "lighthouse";
import { launch } from "chrome-launcher";
import { serve } from "../../.ci/serve.mjs";
import { chromiumProgram } from "../end_to_end/browser.mjs";
import { CONFIG } from "../end_to_end/harness.mjs";

const RUNS = 5;
const CATEGORIES = ["performance", "accessibility", "best-practices"];
const GOALS = { desktop: [100, 100, 100], mobile: [95, 100, 100] };
const EACH = [["first page", ""], ["simulation", "#/demo"], ["points in the simulation", "#/demo/points?v=1&instance=6f2d9a41-5c0e-4b7a-9f63-2d1e8c7b4a05/rg-backup-prod/bvault-prod-weu/psql-orders-prod-psql-orders-prod-3f0b61d4-9c2a-11ef-8a5e-00155d3c7b19"]];

const PAGES = EACH.filter(([name]) => name.startsWith(process.argv[2] ?? ""));
const chromePath = chromiumProgram();
const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

let missed = 0;
for (const [name, at] of PAGES) {
  for (const profile of ["desktop", "mobile"]) {
    const runs = [];
    for (let run = 0; run < RUNS; run++) {
      const host = await serve("dist", { config: CONFIG });
      const chrome = await launch({ chromePath, logLevel: "silent", chromeFlags: ["--headless=new", "--disable-gpu", ...(process.getuid?.() === 0 ? ["--no-sandbox"] : [])] });
      const { lhr } = await lighthouse(host.address + at, { port: chrome.port, onlyCategories: CATEGORIES, logLevel: "error" }, profile === "desktop" ? desktopConfig : undefined);
      await chrome.kill();
      host.close();
      if (lhr.runtimeError) throw new Error(lhr.runtimeError.message);
      runs.push(lhr);
    }
    const scores = CATEGORIES.map((category) => Math.round(100 * median(runs.map((run) => run.categories[category].score))));
    const timing = (audit) => median(runs.map((run) => run.audits[audit].numericValue));
    const goals = GOALS[profile];
    const met = at !== "" || scores.every((score, nth) => score >= goals[nth]);
    if (!met) missed += 1;
    console.log(`${met ? "ok    " : "MISSED"} ${name}, ${profile}: performance ${scores[0]}, accessibility ${scores[1]}, best practices ${scores[2]}; ` +
      `first paint ${Math.round(timing("first-contentful-paint"))} ms, largest ${Math.round(timing("largest-contentful-paint"))} ms, ` +
      `blocked ${Math.round(timing("total-blocking-time"))} ms, moved ${timing("cumulative-layout-shift").toFixed(3)}`);
    if (!met) {
      const lost = new Map();
      for (const run of runs) for (const category of CATEGORIES) for (const { id, weight } of run.categories[category].auditRefs) {
        const { score, displayValue, title } = run.audits[id];
        if (weight > 0 && score !== null && score < 0.995) lost.set(id, `${score} ${title} ${displayValue ?? ""}`);
      }
      for (const [id, why] of lost) console.log(`       ${id}: ${why}`);
    }
  }
}
process.exit(missed ? 1 : 0);
