// What finding a server costs, in a browser: from the sign-in to the list, and for each keystroke over 5,000 servers.
// `make bench` runs it. Each call to Azure takes 50 ms longer than it would.
import { serve } from "../../.ci/serve.mjs";
import { launch } from "./browser.mjs";
import { CONFIG, DIST } from "./harness.mjs";
import { signIn } from "./person.mjs";
import { startStandIns } from "./stand_in.mjs";

const SLOWER = 50;
const RUNS = 7;
const SERVERS = 5_000;
const PAGE = 1_000;

const median = (values) => values.sort((a, b) => a - b)[values.length >> 1];

/** A row as the resource graph tells it. */
function row(nth) {
  const subscription = `94b7d3e0-58c6-4a1f-8f29-0e6d71c3a5${String(10 + (nth % 40))}`;
  const name = `psql-${["orders", "payments", "catalog", "ledger", "identity"][nth % 5]}-${String(nth).padStart(4, "0")}`;
  const vault = `/subscriptions/${subscription}/resourceGroups/rg-backup-${nth % 7}/providers/Microsoft.DataProtection/backupVaults/bvault-${nth % 90}`;
  return {
    id: `${vault}/backupInstances/${name}-${name}-7d9b04be-096c-4a3e-a1fb-ea6215e805c9`,
    source: `/subscriptions/${subscription}/resourceGroups/rg-data-${nth % 200}/providers/Microsoft.DBforPostgreSQL/flexibleServers/${name}`,
    name,
    region: nth % 3 ? "westeurope" : "northeurope",
    state: "ProtectionConfigured",
    operations: ["BackupNow", "Restore", "ChangePolicy", "StopBackup", "Delete"],
    subscription: `Contoso ${nth % 40}`,
    exists: true,
  };
}

/** The answer to a question of the resource graph, of so many servers. */
function graph(request, servers) {
  const from = Number(JSON.parse(request.body).options.$skipToken ?? 0);
  const data = Array.from({ length: Math.min(PAGE, servers - from) }, (_, nth) => row(from + nth));
  const next = from + data.length < servers ? { $skipToken: String(from + data.length) } : {};
  const body = JSON.stringify({ totalRecords: servers, count: data.length, data, facets: [], resultTruncated: "false", ...next });
  return { status: 200, headers: { "content-type": "application/json; charset=utf-8" }, body };
}

const azure = await startStandIns({ args: ["--answers", "1000"] });
const browser = await launch(azure.chromium);

/** Signs in on the page to find a server; `seen` says when that is over. */
async function find(servers, seen, walk) {
  await azure.reset();
  azure.intercept = async (request) => {
    await new Promise((over) => setTimeout(over, SLOWER));
    return servers && request.path.includes("Microsoft.ResourceGraph") ? graph(request, servers) : undefined;
  };
  const host = await serve(DIST, { config: CONFIG });
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`${host.address}#/find`);
  // From when the code that the sign-in gave is turned into a token.
  let since;
  page.on("request", (request) => {
    if (request.url().includes("/oauth2/v2.0/token")) since ??= performance.now();
  });
  await signIn(page);
  await page.getByText(seen).first().waitFor();
  const took = performance.now() - since;
  const asked = azure.requests.filter(({ host, method, path }) => host === azure.arm && method !== "OPTIONS" && !path.includes("recoveryPoints"));
  await walk?.(page);
  await context.close();
  host.close();
  return { took, asked: asked.length };
}

const runs = [];
for (let run = 0; run < RUNS; run += 1) runs.push(await find(0, "psql-features"));
console.log(`${median(runs.map(({ took }) => took)).toFixed(0).padStart(10)} ms  from the token to the list of all simulated servers, ${runs[0].asked} request(s) to Azure of ${SLOWER} ms more each`);

const many = await find(SERVERS, /5.?000 servers/, async (page) => {
  const times = await page.evaluate(async () => {
    const field = document.getElementById("search");
    const times = [];
    for (const text of ["o", "or", "ord", "orde", "order", "orders", "orders-", "orders-0", "", "contoso 7", "contoso 7 north", ""]) {
      const began = performance.now();
      field.value = text;
      field.dispatchEvent(new Event("input", { bubbles: true }));
      // What is drawn by then is laid out, so that the next frame shows it.
      document.body.getBoundingClientRect();
      times.push(performance.now() - began);
      await new Promise((frame) => requestAnimationFrame(() => requestAnimationFrame(frame)));
    }
    return times;
  });
  console.log(`${median(times.slice()).toFixed(1).padStart(10)} ms  a keystroke over ${SERVERS} servers, at most ${Math.max(...times).toFixed(1)} ms: searched, drawn and laid out`);
});
console.log(`${many.took.toFixed(0).padStart(10)} ms  from the token to all of ${SERVERS} servers, ${many.asked} requests one after the other`);
await browser.close();
azure.close();
