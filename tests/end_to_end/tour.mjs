// A walk through the simulation, in which every page and every state of one comes up. Two go along: the
// tests of access, which look at each with axe, and screens.mjs, which takes pictures.
import { check, choosePoint, chooseTarget, container, DRILLS, everyCard, follow, gather, lookFor, on, openPlan, POINTS, press, says, start, targetForAll, THREE, typeContainer, walkToPoints } from "./person.mjs";

// The clock of the simulation runs so many times faster than the page's (src/browser/demo.rs).
const SPEED = 12;

/** Puts the simulation ahead by so many of its seconds. The page's clock has to be Playwright's. */
export const passIn = (page) => (seconds) => page.clock.fastForward((seconds * 1000) / SPEED);

const nav = (page, name) => page.getByRole("navigation", { name: "Main" }).getByRole("link", { name }).click();
const toServer = async (page, server) => {
  await nav(page, "Find");
  await lookFor(page, server);
  await follow(page, server);
  await on(page, server);
};

/** Goes from state to state, giving the name of each while it is on the page. Begins at `#/demo`. */
export async function* tour(page) {
  const pass = passIn(page);
  await on(page, /Get a PostgreSQL/);
  yield "start";
  await nav(page, "Activity");
  await on(page, "Activity");
  await says(page, "restore jobs");
  yield "activity-empty";
  await page.getByRole("link", { name: "PG Flex Restore" }).click();

  await page.getByRole("main").getByRole("link", { name: /^Find (a|the) server$/ }).click();
  await says(page, DRILLS.subscription);
  yield "find";
  await lookFor(page, "https://portal.azure.com/#home");
  await press(page, "Open");
  await says(page, "There is no resource id in this");
  yield "find-not-an-id";
  await lookFor(page, "orders oracle");
  await says(page, "No server matches");
  yield "find-no-match";
  await press(page, "Clear the search");
  await press(page, "Read every vault instead");
  await says(page, "Contoso Legacy is not complete");
  yield "find-not-complete";
  await page.goto(page.url().replace(/#.*/, "#/demo/find?v=1&vault=94b7d3e0-58c6-4a1f-8f29-0e6d71c3a5b8/rg-demo/bvault-demo-empty"));
  await says(page, "No flexible server is protected in this vault");
  yield "servers-none";
  await page.goto(page.url().replace(/#.*/, "#/demo/find?v=1&vault=94b7d3e0-58c6-4a1f-8f29-0e6d71c3a5b8/rg-demo/bvault-demo-weu"));
  await says(page, DRILLS.server);
  yield "servers";
  await follow(page, "psql-points-forbidden");
  await says(page, "You are not allowed to list the recovery points");
  yield "points-forbidden";
  await toServer(page, "psql-temporal");
  await says(page, "No point yet");
  yield "points-none";
  await toServer(page, "psql-sandbox-eu");
  await says(page, "The backup is soft-deleted");
  await page.getByRole("radio").first().check();
  yield "points-soft-deleted";

  await page.getByRole("link", { name: "PG Flex Restore" }).click();
  await walkToPoints(page);
  await says(page, /^5\d, newest first/);
  yield "points";
  await choosePoint(page);
  yield "points-chosen";
  await follow(page, "Choose a target");
  await says(page, "West Europe");
  yield "target";
  await page.getByRole("radio", { name: /^stdemoweu/ }).check();
  await says(page, "drill-2026-11");
  yield "target-picked";
  await page.getByText("Create a new container").click();
  await page.getByLabel("Name of the new container").fill("Drill--1");
  yield "target-new-container";
  await typeContainer(page, "https://stdemoweu.dfs.core.windows.net/drills?sv=2024&sig=x");
  await page.getByLabel("File prefix").fill("-after the mishap");
  await press(page, "Review");
  await says(page, "Two things to put right");
  yield "target-errors";
  await page.getByRole("button", { name: "Use that" }).click();
  await page.goBack();
  await chooseTarget(page, container("no-role"));
  await says(page, "Read from Azure");
  yield "review";
  for (const name of ["PowerShell", "REST", "JSON"]) {
    await page.getByRole("radio", { name, exact: true }).check();
    yield `review-as-${name.toLowerCase()}`;
  }
  await press(page, "Check with Azure");
  await says(page, "Asks again");
  yield "review-checking";
  await pass(60);
  await says(page, "Azure would refuse it");
  yield "review-refused";
  await press(page, "Assign the role");
  await says(page, "Azure is asked to check again in");
  yield "review-assigned";

  await follow(page, /Change.*container/);
  await typeContainer(page, container("job-fails"));
  await press(page, "Review");
  await check(page, pass);
  await start(page, pass);
  await pass(120);
  await on(page, "The restore of psql-orders-demo failed");
  yield "job-failed";
  await press(page, "Restore again with a new prefix");
  await on(page, "Review the restore");
  await follow(page, /Change.*container/);
  await typeContainer(page, DRILLS.container);
  await press(page, "Review");
  await check(page, pass);
  yield "review-checked";
  await press(page, "Start restore");
  await says(page, "It is creating a job for it");
  yield "restore-accepted";
  await pass(30);
  await says(page, "Azure Backup is writing the files");
  yield "job-running";
  await nav(page, "Activity");
  await page.getByRole("button", { name: /^Forget (?!all)/ }).first().click();
  await says(page, "It has not ended");
  yield "activity-forget";
  await page.getByRole("button", { name: /^Keep it/ }).click();
  await press(page, "Forget all of them");
  await says(page, "1 of them has not ended");
  yield "activity-forget-all";
  await press(page, "Keep them");
  await page.goBack();
  await says(page, "Azure Backup is writing the files");
  await pass(1000);
  await on(page, /^The files of/);
  yield "job-done";
  await nav(page, "Activity");
  await on(page, "Activity");
  await page.getByRole("searchbox").fill("");
  await press(page, "Read the vaults’ own lists");
  await says(page, "Read vault by vault");
  yield "activity";
  await nav(page, "About this host");
  await page.getByRole("heading", { level: 1 }).waitFor();
  await says(page, "Ask again");
  yield "about";
  await page.goto(`${page.url().split("#")[0]}#/demo/nowhere`);
  await on(page, "This link is not valid");
  yield "bad-link";
}

/** The states of a plan, and what a link to points and to a plan shows. Begins at `#/demo`, with no plan. */
export async function* tourOfPlan(page) {
  const pass = passIn(page);
  const home = page.url().split("#")[0];
  const servers = [...THREE, "psql-check-no-server"];
  // Opened, and not only gone to: the page is left before.
  const open = async (address) => {
    await page.goto("about:blank");
    await page.goto(home + address);
  };
  await on(page, /Get a PostgreSQL/);
  await page.goto(`${home}#/demo/plan`);
  await says(page, "Nothing is in the plan yet");
  yield "plan-empty";
  await nav(page, "Find");
  await says(page, DRILLS.subscription);
  await gather(page, servers);
  await lookFor(page, "psql-");
  await says(page, "4 points are in the plan");
  yield "find-plan-begun";
  await openPlan(page, 4);
  await everyCard(page, 4, "No target chosen yet");
  yield "plan-gathered";
  const link = page.url().split("#")[1];
  await follow(page, "Choose a target for all");
  await on(page, "Where do the files of all restores go?");
  await says(page, "West Europe");
  yield "plan-target";
  await page.goBack();
  await targetForAll(page);
  await everyCard(page, 4, "Not checked yet");
  await press(page, "Check all with Azure");
  await says(page, "They are being checked now");
  yield "plan-checking";
  await pass(60);
  await pass(60);
  await everyCard(page, 3, "Azure would accept it");
  await everyCard(page, 1, "Azure would refuse it");
  yield "plan-checked";
  await press(page, "Start 3 restores…");
  await says(page, "Start these 3 restores?");
  yield "plan-question";
  await press(page, "Start these 3 now");
  await says(page, "3 in progress");
  await pass(60);
  await everyCard(page, 3, "In progress");
  yield "plan-running";
  await pass(1000);
  await says(page, "3 finished");
  yield "plan-finished";

  await open(`${POINTS.replace("#/", "#/demo/")}&point=newest`);
  await says(page, "This link asks for one point");
  await page.getByRole("radio", { checked: true }).waitFor();
  yield "points-link";
  await open(`#${link}`);
  // This tab keeps what it had prepared.
  await everyCard(page, 3, "Completed");
  await open("#/demo");
  await press(page, "Open a plan of three restores");
  await says(page, "This link asks for 3 points of 3 servers");
  await everyCard(page, 2, "Not checked yet");
  yield "plan-link";
  await open(`#${link.replace("/demo/", "/").replace(/\/[0-9a-f]{32}@[^,]*$/, "/before:2026-11-20T03:10:00Z")}`);
  await on(page, "Sign in to open this link");
  yield "sign-in-plan";
}

/** The demo's own pages: its list of states and the examples there, the shortcuts, and a time out of the incident's log. */
export async function* tourOfDemo(page) {
  const open = (address) => page.goto(page.url().replace(/#.*/, address));
  await on(page, /Get a PostgreSQL/);
  const line = await page.locator(".code code").first().textContent();
  await open("#/demo/states");
  await on(page, "Every state of this program");
  yield "states";
  for (const name of ["not-set-up", "not-signed-in", "framed", "not-encrypted", "no-subscription", "offline", "signed-out", "not-kept", "protected", "bare"]) {
    await open(`#/demo/states/${name}`);
    await says(page, "This is an example");
    yield `example-${name}`;
  }
  await open("#/demo/points?v=1&instance=6f2d9a41-5c0e-4b7a-9f63-2d1e8c7b4a05/rg-backup-prod/bvault-prod-weu/psql-orders-prod-psql-orders-prod-3f0b61d4-9c2a-11ef-8a5e-00155d3c7b19");
  await says(page, "newest first");
  await page.getByLabel("Last point before").fill(line);
  await says(page, "UTC is written in the text");
  yield "points-before";
  await page.getByRole("button", { name: /^Choose this one/ }).first().click();
  await says(page, "Choose a target");
  yield "points-before-chosen";
  await page.getByRole("button", { name: "Keyboard shortcuts" }).click();
  await page.getByRole("dialog").waitFor();
  yield "shortcuts";
}
