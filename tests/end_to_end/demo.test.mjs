// The simulation: the whole app, without an account and without a request to anybody.
import assert from "node:assert/strict";
import { started, useBrowser } from "./harness.mjs";
import { check, choosePoint, chooseTarget, DRILLS, on, press, says, start, walkToPoints } from "./person.mjs";
import { passIn } from "./tour.mjs";

const visit = useBrowser();
const demo = { at: "#/demo", prepare: (context) => context.clock.install() };

/** Every request, from the first on. */
function written(page) {
  const requests = [];
  page.on("request", (request) => requests.push(request.url()));
  return requests;
}

async function review(page) {
  await walkToPoints(page);
  await choosePoint(page);
  return chooseTarget(page);
}

visit("a whole restore in the simulation sends no request, and says on every page that it is one",
  demo,
  async ({ page, host }) => {
    const pass = passIn(page);
    await started(page);
    const requests = written(page);
    const banner = page.getByRole("region", { name: "Simulation" });
    await banner.waitFor();
    await review(page);
    await banner.waitFor();
    await check(page, pass);
    await start(page, pass);
    await banner.waitFor();
    await pass(1000);
    await on(page, `The files of ${DRILLS.server} are in the container`);
    await banner.waitFor();
    // Chromium asks for the icon again when an address changes.
    assert.deepEqual(requests.filter((url) => !/\/icon-[0-9a-f]+\.svg$/.test(url)), []);
    assert(host.requests.every(({ path }) => !/config\.json|msal-/.test(path)));
  });

visit("the simulation goes on where a reload has cut it off", demo, async ({ page }) => {
  const pass = passIn(page);
  const prefix = await review(page);
  await check(page, pass);
  await press(page, "Start restore");
  await says(page, "It is creating a job for it");
  await page.reload();
  await says(page, prefix);
  await pass(60);
  await says(page, "Azure Backup is writing the files");
  await page.reload();
  await says(page, "Azure Backup is writing the files");
  await pass(1000);
  await on(page, `The files of ${DRILLS.server} are in the container`);
});

visit("two minutes of a small restore pass in some ten seconds", { at: "#/demo" }, async ({ page }) => {
  // Nobody turns this clock: the speed is the visitor's.
  const world = { subscription: "Contoso Platform", vault: "bvault-platform-weu", server: "psql-grafana" };
  await walkToPoints(page, world);
  await choosePoint(page);
  await chooseTarget(page, "https://stordersrestoreweu.blob.core.windows.net/pg-restore-drills");
  await press(page, "Check with Azure");
  await says(page, "Azure would accept it");
  await press(page, "Start restore");
  await page.getByRole("heading", { level: 1, name: "The files of psql-grafana are in the container" }).waitFor({ timeout: 40_000 });
});

visit("leaving the simulation leads to the first page, signed out; nothing of it is shown there", demo, async ({ page }) => {
  await review(page);
  await press(page, "Check with Azure");
  await page.getByRole("link", { name: "Leave the simulation" }).click();
  await page.getByRole("button", { name: "Sign in with Microsoft" }).waitFor();
  await page.getByRole("banner").getByText("Signed out").waitFor();
  assert.equal(await page.getByRole("region", { name: "Simulation" }).count(), 0);
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Find" }).click();
  await on(page, "Sign in to open this link");
  await page.goBack();
  await page.goBack();
  await page.getByRole("region", { name: "Simulation" }).waitFor();
  await on(page, "Review the restore");
});

visit("the simulation works on a host that is not set up", { ...demo, site: { config: undefined } }, async ({ page }) => {
  await walkToPoints(page);
});
