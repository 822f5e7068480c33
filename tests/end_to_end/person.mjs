// What a person does, by the words on the page and nothing else.
import assert from "node:assert/strict";

/** A server with a backup of some eighteen gigabytes, in a subscription whose containers fail by name. */
export const DRILLS = { subscription: "Failure Drills", vault: "bvault-demo-weu", server: "psql-orders-demo", container: "https://stdemoweu.blob.core.windows.net/drill-2026-11" };

export const container = (name) => `https://stdemoweu.blob.core.windows.net/${name}`;

export const heading = (page, name) => page.getByRole("heading", { level: 1, name });
/** The page has this heading. */
export const on = (page, name) => heading(page, name).waitFor();
export const press = (page, name) => page.getByRole("button", { name, exact: typeof name === "string" }).click();
export const follow = (page, name) => page.getByRole("link", { name, exact: typeof name === "string" }).click();
export const says = (page, text) => page.getByText(text).first().waitFor();

/** Straight to the points of that server: the ids of the simulated Azure are the same in every run. */
export const POINTS = "#/points?v=1&instance=94b7d3e0-58c6-4a1f-8f29-0e6d71c3a5b8/rg-demo/bvault-demo-weu/psql-orders-demo-psql-orders-demo-7d9b04be-096c-4a3e-a1fb-ea6215e805c9";

const PROMISE = /Get a PostgreSQL flexible server backup out/;

export async function signIn(page) {
  await press(page, "Sign in with Microsoft");
  await signedIn(page);
}
export const signedIn = (page) => page.getByRole("banner").getByText("adele@contoso.example").waitFor();
export const signedOut = (page) => page.getByRole("banner").getByText("Signed out").waitFor();

/** Types into the search field of the page on which a server is found. */
export const lookFor = (page, text) => page.getByLabel("Server, vault, resource group or subscription").fill(text);

/** From the first page to the points of a server. */
export async function walkToPoints(page, { server } = DRILLS) {
  await on(page, PROMISE);
  await page.getByRole("main").getByRole("link", { name: /^Find (a|the) server$/ }).click();
  await on(page, "Find a server");
  await lookFor(page, server);
  await follow(page, server);
  await on(page, server);
}

/** Chooses a point of the list, the newest being the first; gives its id. */
export async function choosePoint(page, nth = 0) {
  const point = page.getByRole("radio").nth(nth);
  await point.check();
  await page.getByRole("link", { name: "Choose a target" }).waitFor();
  return await point.getAttribute("value");
}

/** The field for a container's URL. */
export const containerField = (page) => page.getByLabel("Container", { exact: true });

/** Names the container by its URL. */
export async function typeContainer(page, url) {
  await on(page, "Where should the files go?");
  await page.getByLabel("Type its URL").check();
  await containerField(page).fill(url);
}

/** From a chosen point to the review; gives the file prefix. */
export async function chooseTarget(page, url = DRILLS.container) {
  await page.getByRole("link", { name: "Choose a target" }).click();
  await typeContainer(page, url);
  await press(page, "Review");
  await on(page, "Review the restore");
  const prefix = new URL(page.url()).hash && (await page.getByRole("term").filter({ hasText: "File prefix" }).locator("xpath=following-sibling::dd[1]").locator("code").first().textContent());
  assert.match(prefix, /^[A-Za-z0-9-]{1,63}$/);
  return prefix;
}

/** Has Azure check the request, to a good end. */
export async function check(page, pass) {
  await press(page, "Check with Azure");
  await says(page, "Asks again");
  await pass(60);
  await says(page, "Azure would accept it");
}

/** Starts a checked restore and follows it until its job runs. */
export async function start(page, pass) {
  await press(page, "Start restore");
  await says(page, "It is creating a job for it");
  await pass(30);
  await says(page, "Azure Backup is writing the files");
}

/** All the way to a review. */
export async function walkToReview(page, { world = DRILLS, url = world.container, nth = 0 } = {}) {
  await walkToPoints(page, world);
  const point = await choosePoint(page, nth);
  return { point, prefix: await chooseTarget(page, url) };
}

/** From the first page to a job that runs. */
export async function running(page, pass) {
  await signIn(page);
  const reviewed = await walkToReview(page);
  await check(page, pass);
  await start(page, pass);
  return reviewed;
}

/** From the link to the points of a server, not signed in yet, to a review. */
export async function review(page, { url = DRILLS.container, nth = 0 } = {}) {
  await on(page, "Sign in to open this link");
  await signIn(page);
  await on(page, DRILLS.server);
  const point = await choosePoint(page, nth);
  return { point, prefix: await chooseTarget(page, url) };
}

/** The same, and on to where one press starts it. */
export async function ready(page, pass, options) {
  const reviewed = await review(page, options);
  await check(page, pass);
  return reviewed;
}

/** Starts a checked restore to which no answer comes, and sees that it is being looked for. */
export async function startUnheard(page) {
  await press(page, "Start restore");
  await says(page, "We do not know whether Azure heard us");
  await says(page, "Looked through the vault’s jobs once. Asks again");
}

export const done = (page, server = DRILLS.server) => on(page, `The files of ${server} are in the container`);

// --- A plan: several restores together ------------------------------------------------------------------

/** Servers of two vaults whose restores end well, and a container that takes the files of all. */
export const THREE = ["psql-orders-demo", "psql-payments-demo", "psql-orders-prod"];
export const FOR_ALL = "https://stordersrestoreweu.blob.core.windows.net/pg-restore-drills";

/** Begins a plan on the page to find a server, and puts the newest points of these into it from their rows. */
export async function gather(page, servers = THREE) {
  await press(page, "Begin a plan");
  for (const server of servers) {
    await lookFor(page, server);
    const row = page.getByRole("row").filter({ has: page.getByRole("link", { name: server, exact: true }) });
    await row.getByRole("button", { name: "Add the newest to the plan" }).click();
    await row.getByText("It is in the plan").waitFor();
  }
}

/** On to the plan that was gathered. */
export async function openPlan(page, count = THREE.length) {
  await follow(page, "Open the plan");
  await on(page, `Plan: ${count} restores`);
}

/** One container for all. */
export async function targetForAll(page, url = FOR_ALL) {
  await follow(page, "Choose a target for all");
  await on(page, "Where do the files of all restores go?");
  await page.getByLabel("Type its URL").check();
  await containerField(page).fill(url);
  await press(page, "Use it for all");
  await on(page, /^Plan: /);
}

/** The card of one of the plan. */
export const planned = (page, server) => page.getByRole("region", { name: server });

/** So many of the plan's cards say this. */
export const everyCard = (page, count, words) => page.waitForFunction(
  ([count, words]) => [...document.querySelectorAll("main section")].filter((card) => /^\d+\. /.test(card.querySelector("h2")?.textContent ?? "") && card.textContent.includes(words)).length === count,
  [count, words],
);
