// A plan: several restores together, from the rows of a list to their files; what is on the wire, in one tab and in two;
// and a link to a plan, opened by somebody else.
import assert from "node:assert/strict";
import { asked, started, useAzure, useBrowser, WRITES } from "./harness.mjs";
import { DRILLS, everyCard, follow, FOR_ALL, gather, on, openPlan, planned, press, says, signIn, targetForAll, THREE } from "./person.mjs";
import { passIn } from "./tour.mjs";

const visitAzure = useAzure();
const visit = (name, ...rest) => visitAzure(name, { at: "#/find", ...(rest.length > 1 ? rest[0] : {}) }, rest.at(-1));
const visitDemo = useBrowser();

const RESTORES = /^POST .*\/restore\?/;
const CHECKS = /^POST .*\/validateRestore\?/;
const restores = (azure) => asked(azure, RESTORES);
const details = ({ body }) => JSON.parse(body).restoreTargetInfo.targetDetails;
const leftWaiting = { allow: [/request: POST .*\/restore\?.*ERR_ABORTED/] };
const rows = (page) => page.getByRole("table", { name: "Started in this browser" }).locator("tbody").getByRole("row");

/** So many requests of this kind are answered from now on. */
function answered(page, pattern, count) {
  return new Promise((done) => {
    const hear = (request) => {
      if (!pattern.test(`${request.method()} ${request.url()}`)) return;
      count -= 1;
      if (count > 0) return;
      page.off("requestfinished", hear);
      done();
    };
    page.on("requestfinished", hear);
  });
}

/** Signs in, and goes on to a plan with a target for all. */
async function targeted(page, servers = THREE) {
  await signIn(page);
  await gather(page, servers);
  await openPlan(page, servers.length);
  await targetForAll(page);
  await everyCard(page, servers.length, "Not checked yet");
}

async function checkAll(page, pass, count) {
  const all = answered(page, CHECKS, count);
  await press(page, "Check all with Azure");
  await all;
  await pass(60);
}

/** The same, and checked. */
async function checked(page, pass, servers = THREE) {
  await targeted(page, servers);
  await checkAll(page, pass, servers.length);
  await everyCard(page, servers.length, "Azure would accept it");
}

/** What was checked is started, and its jobs run. */
async function startAll(page, pass, count = THREE.length) {
  await press(page, `Start ${count} restores…`);
  const all = answered(page, RESTORES, count);
  await press(page, `Start these ${count} now`);
  await all;
  await pass(30);
  await says(page, `${count} in progress.`);
  await everyCard(page, count, "In progress");
}

visit("three restores of two vaults: gathered from their rows, checked, confirmed, started once each and followed on one page to their ends",
  async ({ page, azure, pass }) => {
    await targeted(page);
    assert.deepEqual(asked(azure, WRITES), []);
    await checkAll(page, pass, 3);
    await everyCard(page, 3, "Azure would accept it");
    await press(page, "Start 3 restores…");
    const question = page.getByRole("region", { name: "Check, then start" });
    await question.getByText("Start these 3 restores?").waitFor();
    const named = await question.getByRole("listitem").allTextContents();
    assert.equal(named.length, 3);
    THREE.forEach((server, nth) => assert.match(named[nth], new RegExp(`^${server} as of 20.* UTC.* into pg-restore-drills in stordersrestoreweu, with the prefix \\S+$`)));
    assert.equal(restores(azure).length, 0, "nothing is started by the question");
    const sent = answered(page, RESTORES, 3);
    await press(page, "Start these 3 now");
    await sent;
    await pass(30);
    await everyCard(page, 3, "In progress");
    await pass(1000);
    await says(page, "3 finished.");
    await everyCard(page, 3, "Completed");

    const bodies = restores(azure);
    assert.equal(bodies.length, 3);
    assert.equal(new Set(bodies.map(({ path }) => path)).size, 3, "one for each instance");
    assert.equal(new Set(bodies.map(({ path }) => path.match(/backupVaults\/([^/]+)/)[1])).size, 2, "of two vaults");
    assert.equal(new Set(bodies.map((request) => details(request).filePrefix)).size, 3, "each has its own prefix");
    for (const request of bodies) {
      assert.equal(details(request).url, FOR_ALL);
      assert(named.some((line) => line.endsWith(` ${details(request).filePrefix}`)), "the question has named it");
    }
    assert.deepEqual([asked(azure, CHECKS).length, asked(azure, WRITES).length], [3, 6], "everything else was reading");
    await planned(page, THREE[1]).getByRole("link", { name: "See its files" }).click();
    await on(page, `The files of ${THREE[1]} are in the container`);
  });

visit("a second tab shows all three as they run, and says of the same plan that it was restored before",
  async ({ page, azure, context, host, pass }) => {
    await checked(page, pass);
    await startAll(page, pass);
    const link = page.url();
    const other = await context.newPage();
    await other.goto(`${host.address}#/activity`);
    await signIn(other);
    await rows(other).filter({ hasText: "In progress" }).nth(2).waitFor();
    assert.equal(await rows(other).count(), 3);
    const third = await context.newPage();
    await third.goto(link);
    await signIn(third);
    await on(third, "Plan: 3 restores");
    await says(third, "3 not started.");
    await everyCard(third, 3, "Restored from this browser before");
    await pass(1000);
    for (const tab of [page, other]) await tab.bringToFront();
    await says(page, "3 finished.");
    await rows(other).filter({ hasText: "Completed" }).nth(2).waitFor();
    assert.equal(restores(azure).length, 3);
  });

visit("a tab that is closed while its restores are on their way loses none of them", leftWaiting,
  async ({ page, azure, context, host, pass }) => {
    await checked(page, pass);
    const link = page.url();
    azure.intercept = ({ method, path }) => (RESTORES.test(`${method} ${path}`) ? "silence" : undefined);
    await press(page, "Start 3 restores…");
    await press(page, "Start these 3 now");
    await azure.unanswered(3);
    await page.close();
    const other = await context.newPage();
    await other.goto(`${host.address}#/activity`);
    await signIn(other);
    await pass(60);
    await rows(other).filter({ hasText: "In progress" }).nth(2).waitFor();
    const plan = await context.newPage();
    await plan.goto(link);
    await signIn(plan);
    await everyCard(plan, 3, "Restored from this browser before");
    await pass(1000);
    await rows(other).filter({ hasText: "Completed" }).nth(2).waitFor();
    assert.equal(restores(azure).length, 3);
  });

visit("a reload in the middle of the starts sends nothing twice, and nothing that had not left", leftWaiting,
  async ({ page, azure, pass }) => {
    await checked(page, pass);
    // Two leave, and no answer comes; the third still looks whether its point is being restored already.
    const held = [];
    azure.intercept = async ({ method, path }) => {
      if (RESTORES.test(`${method} ${path}`)) return "silence";
      if (/bvault-prod-weu\/backupJobs\?/.test(path)) await new Promise((go) => held.push(go));
      return undefined;
    };
    await press(page, "Start 3 restores…");
    await press(page, "Start these 3 now");
    await azure.unanswered(2);
    while (held.length < 1) await page.waitForTimeout(20);
    await page.reload();
    azure.intercept = undefined;
    for (const go of held) go();
    await on(page, "Plan: 3 restores");
    await says(page, "2 in progress, 1 not started.");
    await pass(60);
    await everyCard(page, 2, "In progress");
    await pass(1000);
    await says(page, "2 finished, 1 not started.");
    assert.equal(restores(azure).length, 2);
  });

visit("one whose check fails says why, and the others start", async ({ page, azure, pass }) => {
  const servers = [THREE[0], "psql-check-no-server", THREE[2]];
  await targeted(page, servers);
  await checkAll(page, pass, 3);
  await everyCard(page, 2, "Azure would accept it");
  const failing = planned(page, servers[1]);
  await failing.getByText("Azure would refuse it").waitFor();
  await failing.getByText("Azure does not find something that the request names").waitFor();
  await says(page, "1 waiting for you, 2 not started.");
  await press(page, "Start 2 restores…");
  await says(page, "One other stays as it is.");
  const sent = answered(page, RESTORES, 2);
  await press(page, "Start these 2 now");
  await sent;
  await pass(30);
  await everyCard(page, 2, "In progress");
  await pass(1000);
  await says(page, "2 finished, 1 waiting for you.");
  await failing.getByText("Azure would refuse it").waitFor();
  assert.equal(restores(azure).length, 2);
  assert(!restores(azure).some(({ path }) => path.includes(servers[1])));
});

// --- A link to a plan -----------------------------------------------------------------------------------

const VAULT = "94b7d3e0-58c6-4a1f-8f29-0e6d71c3a5b8/rg-demo/bvault-demo-weu";
const ORDERS = "psql-orders-demo-psql-orders-demo-7d9b04be-096c-4a3e-a1fb-ea6215e805c9";
const PAYMENTS = "psql-payments-demo-psql-payments-demo-7bf5bbd3-d23f-4b82-a418-5daca24bd4ac";
const BEFORE = `${new Date(Date.now() - 20 * 86_400_000).toISOString().slice(0, 19)}Z`;
const PLAN = `#/plan?v=1&points=${VAULT}/${ORDERS}/newest,${PAYMENTS}/before:${BEFORE}`;
const EXACT = "[0-9a-f]{32}@20\\d\\d-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ";
const ASKS = "This link asks for 2 points of 2 servers";

visit("a link to a plan tells whoever is signed out what it asks for, asks nothing, and opens with exact points once they have signed in",
  { at: PLAN },
  async ({ page, azure, context, host }) => {
    await on(page, "Sign in to open this link");
    for (const words of [ORDERS, PAYMENTS, "Its newest point", "Its last point before", "bvault-demo-weu", "rg-demo", "None: a link carries no target"]) await says(page, words);
    assert.equal(new URL(page.url()).hash, PLAN, "the address is as it came");
    assert.equal(azure.requests.length, 0);
    await signIn(page);
    await on(page, "Plan: 2 restores");
    await says(page, ASKS);
    await page.waitForFunction(() => !/newest|before:/.test(location.hash));
    assert.match(new URL(page.url()).hash, new RegExp(`^#/plan\\?v=1&points=${VAULT}/${ORDERS}/${EXACT},${PAYMENTS}/${EXACT}$`));
    const made = (nth) => new Date(new URL(page.url()).hash.match(/20\d\d-\d\d-\d\dT[\d:]+Z/g)[nth]);
    assert(made(1) < new Date(BEFORE) && made(0) > made(1));
    await everyCard(page, 2, "No target chosen yet");

    const exact = page.url();
    await page.reload();
    await on(page, "Plan: 2 restores");
    await everyCard(page, 2, "No target chosen yet");
    assert.equal(await page.getByText(ASKS).count(), 0, "a reload opens no link");
    assert.equal(page.url(), exact);

    // Passed on, it means the very same points, and its address stays as it is.
    const other = await context.newPage();
    await other.goto(exact);
    await on(other, "Sign in to open this link");
    await signIn(other);
    await says(other, ASKS);
    await everyCard(other, 2, "No target chosen yet");
    assert.equal(other.url(), exact);
    assert.deepEqual(asked(azure, WRITES), []);
    assert(exact.startsWith(host.address));
  });

for (const [what, which, words] of [["the newest point", "newest", "Its newest point"], ["the last point before a moment", `before:${BEFORE}`, "Its last point before"]]) {
  visit(`a link to ${what} says so before and after the sign-in, and has that very point chosen`,
    { at: `#/points?v=1&instance=${VAULT}/${ORDERS}&point=${which}` },
    async ({ page, azure }) => {
      await on(page, "Sign in to open this link");
      await says(page, words);
      assert.equal(azure.requests.length, 0);
      await signIn(page);
      await on(page, DRILLS.server);
      await says(page, `This link asks for one point of ${DRILLS.server}`);
      await says(page, words);
      const chosen = page.getByRole("radio", { checked: true });
      await chosen.waitFor();
      await page.waitForFunction(() => /@20/.test(location.hash));
      const [, name, made] = page.url().match(/&point=([0-9a-f]{32})@(20[\dT:-]+Z)$/);
      assert.equal(await chosen.getAttribute("value"), name);
      if (which === "newest") assert(await page.getByRole("radio").first().isChecked());
      else assert(new Date(made) < new Date(BEFORE));
      assert.deepEqual(asked(azure, WRITES), []);
    });
}

const point = `${VAULT}/${ORDERS}/newest`;

visit("a target in a link to a plan is nobody's: it is not taken", { at: `#/plan?v=1&points=${point}&container=${encodeURIComponent(FOR_ALL)}&target=${encodeURIComponent(FOR_ALL)}` },
  async ({ page, azure }) => {
    await on(page, "Sign in to open this link");
    await says(page, "None: a link carries no target");
    await signIn(page);
    await on(page, "Plan: one restore");
    await everyCard(page, 1, "No target chosen yet");
    assert(!(await page.content()).includes("stordersrestoreweu"));
    assert.deepEqual(asked(azure, WRITES), []);
  });

for (const [what, at] of [
  ["names a script", `#/plan?v=1&points=${VAULT}/%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E/newest`],
  ["leads up and out", `#/plan?v=1&points=94b7d3e0-58c6-4a1f-8f29-0e6d71c3a5b8/../../${ORDERS}/newest`],
  ["names another host", `#/plan?v=1&points=https://evil.example/${point}`],
  ["names more points than one may", `#/plan?v=1&points=${VAULT}/${ORDERS}/${Array.from({ length: 21 }, (_, nth) => nth.toString(16).padStart(32, "0")).join(",")}`],
  ["names a moment without a zone", `#/plan?v=1&points=${VAULT}/${ORDERS}/before:2026-11-01T00:00:00`],
  ["names its points twice", `#/plan?v=1&points=${point}&points=${point}`],
]) {
  visit(`a link to a plan that ${what} is no link, and asks nothing, signed out or in`, { at }, async ({ page, azure, host }) => {
    await on(page, "This link is not valid");
    assert.equal(azure.requests.length, 0);
    assert.equal(await page.locator("main img, main script").count(), 0);
    await page.goto(`${host.address}#/about`);
    await started(page);
    await page.goto(`${host.address}#/find`);
    await signIn(page);
    await on(page, "Find a server");
    await says(page, DRILLS.server);
    const before = asked(azure).filter(({ path }) => !path.includes("/recoveryPoints")).length;
    await page.goto(host.address + at);
    await on(page, "This link is not valid");
    assert.equal(asked(azure).filter(({ path }) => !path.includes("/recoveryPoints")).length, before);
  });
}

// --- Without a mouse ------------------------------------------------------------------------------------

const demo = { at: "#/demo/find", prepare: (context) => context.clock.install() };

/** What has the focus, once what was pressed is drawn: never nothing. */
async function focused(page) {
  await page.evaluate(() => new Promise((drawn) => { requestAnimationFrame(() => requestAnimationFrame(drawn)); }));
  const text = await page.evaluate(() => (document.activeElement === document.body ? undefined : document.activeElement.textContent));
  assert(text !== undefined, "the focus is lost");
  return text;
}

/** Goes with Tab to what has this name, and presses Return. */
async function go(page, role, name) {
  const there = page.getByRole(role, { name, exact: true }).first();
  await there.waitFor();
  for (let stops = 0; ; stops += 1) {
    assert(stops < 80, `never reached with Tab: ${name}`);
    await page.keyboard.press("Tab");
    if (await there.evaluate((element) => element === document.activeElement)) break;
  }
  await page.keyboard.press("Enter");
}

visitDemo("a plan is made, checked, asked about and not started with the keyboard alone, and the focus is never lost", demo, async ({ page }) => {
  const pass = passIn(page);
  await on(page, "Find a server");
  await go(page, "button", "Begin a plan");
  await focused(page);
  for (const server of THREE.slice(0, 2)) {
    await page.getByLabel("Server, vault, resource group or subscription").focus();
    await page.keyboard.press("ControlOrMeta+a");
    await page.keyboard.type(server);
    await page.getByRole("row").filter({ hasText: server }).getByRole("button", { name: "Add the newest to the plan" }).waitFor();
    await go(page, "button", "Add the newest to the plan");
    await says(page, "It is in the plan");
    await focused(page);
  }
  await go(page, "link", "Open the plan");
  await on(page, "Plan: 2 restores");
  await focused(page);
  await go(page, "link", "Choose a target for all");
  await on(page, "Where do the files of all restores go?");
  await go(page, "radio", "Pick it from what Azure lists");
  await page.keyboard.press("ArrowDown");
  await page.getByLabel("Container", { exact: true }).focus();
  await page.keyboard.type(FOR_ALL);
  await page.keyboard.press("Enter");
  await on(page, "Plan: 2 restores");
  await everyCard(page, 2, "Not checked yet");
  await focused(page);
  await go(page, "button", "Check all with Azure");
  assert.equal(await focused(page), "Check all with Azure");
  await pass(60);
  await everyCard(page, 2, "Azure would accept it");
  assert.equal(await focused(page), "Check all with Azure", "the check's end moves no focus");
  // Return once more asks for no other check, and starts nothing.
  await page.keyboard.press("Enter");
  assert.equal(await focused(page), "Check all with Azure");
  await go(page, "button", "Start 2 restores…");
  await says(page, "Start these 2 restores?");
  // A key too many is no start: what has the focus now is not the answer that starts them.
  assert.doesNotMatch(await focused(page), /^Start these/);
  await go(page, "button", "Do not start them");
  await page.getByRole("button", { name: "Start 2 restores…" }).waitFor();
  await focused(page);
  await says(page, "2 not started.");
  await go(page, "button", "Start 2 restores…");
  await go(page, "button", "Start these 2 now");
  await focused(page);
  await says(page, "2 in progress.");
  await pass(60);
  await everyCard(page, 2, "In progress");
  await focused(page);
  await follow(page, /^Activity/);
  await on(page, "Activity");
});
