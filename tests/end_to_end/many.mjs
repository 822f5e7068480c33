// What following fifty restores costs in a browser: the time of an update, the longest task, the memory before and after
// an hour. `make bench` runs it, with figures.mjs. The page's clock is Playwright's, and runs as fast as it is told.
import { serve } from "../../.ci/serve.mjs";
import { launch } from "./browser.mjs";
import { CONFIG, DIST } from "./harness.mjs";
import { signIn } from "./person.mjs";
import { startStandIns } from "./stand_in.mjs";
import { TENANT } from "./entra.mjs";

const MANY = 50;
const STEP = 10;
const CONTAINER = "https://stordersrestoreweu.blob.core.windows.net/pg-restore-drills";
const vault = (nth) => `/subscriptions/6f2d9a41-5c0e-4b7a-9f63-2d1e8c7b4a05/resourceGroups/rg-backup-prod/providers/Microsoft.DataProtection/backupVaults/bvault-${nth % 5}`;
const instance = (nth) => `${vault(nth)}/backupInstances/psql-${nth}`;
const drawn = (nth) => (Math.imul(nth, 0x9e3779b1) >>> 0).toString(16).padStart(8, "0");
const jobId = (nth) => `${vault(nth)}/backupJobs/${drawn(nth)}-5c0e-4b7a-9f63-${nth.toString(16).padStart(12, "0")}`;
const point = (nth) => nth.toString(16).padStart(32, "0");
const prefix = (nth) => `orders-${nth}`;

/** A job that runs, as Azure tells it. */
function job(nth, began, full) {
  const extendedInfo = { additionalDetails: { "Restore File Prefix": prefix(nth) }, recoveryDestination: CONTAINER, sourceRecoverPoint: { recoveryPointID: point(nth) } };
  return { id: jobId(nth), properties: { operationCategory: "Restore", status: "InProgress", backupInstanceId: instance(nth), dataSourceName: `psql-${nth}`, startTime: began, ...(full ? { extendedInfo } : {}) } };
}

/** What the journal has of it. */
const row = (nth, began) => JSON.stringify({
  v: 1, realm: `public/${TENANT}`, point: `${instance(nth)}/recoveryPoints/${point(nth)}`, made: began, server: `psql-${nth}`,
  container: CONTAINER, region: "westeurope", prefix: prefix(nth), sent: began, accepted: began, job: jobId(nth),
});

const all = Array.from({ length: MANY }, (_, nth) => nth);
const azure = await startStandIns({ args: ["--answers", "1000"] });
const browser = await launch([...azure.chromium, "--enable-precise-memory-info", "--js-flags=--expose-gc"]);
const began = Date.now() - 600_000;
azure.intercept = ({ path }) => {
  const at = path.split("?")[0];
  const body = at.endsWith("/backupJobs") ? { value: all.filter((nth) => at.startsWith(`${vault(nth)}/`)).map((nth) => job(nth, new Date(began).toISOString(), false)) }
    : at.includes("/backupJobs/") ? job(parseInt(at.split("-").at(-1), 16), new Date(began).toISOString(), true)
    : undefined;
  return body && { status: 200, headers: { "content-type": "application/json; charset=utf-8" }, body: JSON.stringify(body) };
};
const host = await serve(DIST, { config: CONFIG });
const context = await browser.newContext();
await context.addInitScript((rows) => {
  for (const [key, value] of rows) localStorage.setItem(`pgflex.journal.${key}`, value);
  // The memory of the WebAssembly, which is not among what JavaScript tells.
  for (const name of ["instantiate", "instantiateStreaming"]) {
    const make = WebAssembly[name];
    WebAssembly[name] = async (...given) => {
      const made = await make.apply(WebAssembly, given);
      window.wasmMemory = Object.values((made.instance ?? made).exports).find((value) => value instanceof WebAssembly.Memory) ?? window.wasmMemory;
      return made;
    };
  }
  window.tasks = [];
  new PerformanceObserver((list) => window.tasks.push(...list.getEntries().map(({ duration }) => duration))).observe({ entryTypes: ["longtask"] });
}, all.map((nth) => [prefix(nth), row(nth, began)]));
await context.clock.install();
const page = await context.newPage();
const session = await context.newCDPSession(page);
await session.send("Performance.enable");

/** What the page's own thread has done until now, in seconds, and what it holds, in bytes. */
async function measured() {
  await session.send("HeapProfiler.collectGarbage");
  const { metrics } = await session.send("Performance.getMetrics");
  const of = (name) => metrics.find((metric) => metric.name === name).value;
  return { heap: of("JSHeapUsedSize"), nodes: of("Nodes"), task: of("TaskDuration"), wasm: await page.evaluate(() => window.wasmMemory?.buffer.byteLength ?? 0) };
}
const jobs = () => azure.requests.filter(({ method, path }) => method === "GET" && path.includes("/backupJobs")).length;

await page.goto(`${host.address}#/activity`);
await signIn(page);
await page.waitForFunction((many) => document.querySelectorAll("main tbody tr").length >= many, MANY);
const minute = async (minutes) => {
  for (let step = 0; step < (minutes * 60) / STEP; step += 1) {
    await page.clock.runFor(STEP * 1000);
    // What was asked is answered and drawn, before more time passes.
    await page.evaluate(() => new Promise((drawn) => { requestIdleCallback(drawn, { timeout: 1000 }); }));
  }
};
await minute(10);
const [before, asked] = [await measured(), jobs()];
await page.evaluate(() => { window.tasks.length = 0; });
await minute(60);
const after = await measured();
const tasks = await page.evaluate(() => window.tasks);
const reads = jobs() - asked;
const mb = (bytes) => (bytes / 1e6).toFixed(2);
console.log(`${(reads / 60).toFixed(1).padStart(10)}     reads of jobs a minute, ${MANY} followed for an hour on the page that lists them (its clock made fast)`);
console.log(`${(((after.task - before.task) * 1000) / reads).toFixed(1).padStart(10)} ms  of the page's thread for each: sent, answered, updated, drawn`);
console.log(`${(tasks.length ? Math.max(...tasks) : 0).toFixed(0).padStart(10)} ms  the longest task of that hour; ${tasks.length} took more than 50 ms`);
console.log(`${mb(before.heap).padStart(10)} MB  of JavaScript before, ${mb(after.heap)} MB after; WebAssembly ${mb(before.wasm)} MB before, ${mb(after.wasm)} MB after; ${before.nodes} nodes before, ${after.nodes} after`);
await browser.close();
host.close();
azure.close();
