// Activity: what was started in this browser and what the vaults tell, filtered and forgotten, without a mouse and in two
// tabs.
import assert from "node:assert/strict";
import { asked, useAzure, useBrowser, WRITES } from "./harness.mjs";
import { check, choosePoint, chooseTarget, on, press, running as started, says, signIn, start, walkToPoints } from "./person.mjs";
import { passIn } from "./tour.mjs";

const visit = useBrowser();
const visitAzure = useAzure();
const demo = { at: "#/demo", prepare: (context) => context.clock.install() };

const nav = (page, name) => page.getByRole("navigation", { name: "Main" }).getByRole("link", { name }).click();
const rows = (page, table) => page.getByRole("table", { name: table }).locator("tbody").getByRole("row");
const ours = (page) => rows(page, "Started in this browser");
const jobs = (page) => rows(page, "Restore jobs of the vaults");
const forget = (page, prefix) => page.getByRole("button", { name: `Forget ${prefix}`, exact: true });
const focused = (page) => page.evaluate(() => document.activeElement.textContent);
// The simulation keeps its notes for one tab alone.
const kept = (page) => page.evaluate(() => Object.keys(sessionStorage).length);

/** A restore that runs, and the page on which it is listed; gives its prefix. */
async function running(page, pass) {
  await walkToPoints(page);
  await choosePoint(page);
  const prefix = await chooseTarget(page);
  await check(page, pass);
  await start(page, pass);
  await nav(page, "Activity");
  await on(page, "Activity");
  await jobs(page).filter({ hasText: prefix }).waitFor();
  return prefix;
}

visit("both lists are filtered as one types, and rows lead to their jobs", demo, async ({ page }) => {
  const prefix = await running(page, passIn(page));
  const all = await jobs(page).count();
  const field = page.getByRole("searchbox", { name: "Filter by server, vault, container, prefix or state" });
  await field.fill("gitea failed");
  await says(page, new RegExp(`^\\d of ${all} restore jobs`));
  for (const row of await jobs(page).all()) assert.match(await row.textContent(), /psql-gitea.*Failed/);
  assert.equal(await ours(page).count(), 0);
  await page.getByRole("button", { name: "Clear the filter" }).focus();
  await page.keyboard.press("Enter");
  assert.equal(await field.inputValue(), "");
  assert.deepEqual([await ours(page).count(), await jobs(page).count()], [1, all]);
  await field.fill(prefix);
  await jobs(page).filter({ hasText: "started here" }).getByRole("link").click();
  await says(page, "Azure Backup is writing the files");
  assert.match(page.url(), /#\/demo\/job\?/);
  await page.goBack();
  await says(page, `1 of ${all} restore jobs`);
});

visit("a restore that runs is forgotten by keyboard, but not by a key too many", demo, async ({ page }) => {
  const pass = passIn(page);
  const prefix = await running(page, pass);
  const before = await kept(page);
  await forget(page, prefix).focus();
  await page.keyboard.press("Enter");
  await says(page, "It has not ended. Its job goes on in Azure");
  assert.match(await focused(page), /^Keep it/);
  await page.keyboard.press("Enter");
  assert.match(await focused(page), /^Forget/);
  assert.equal(await ours(page).count(), 1);
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  assert.match(await focused(page), /^Forget it anyway/);
  await page.keyboard.press("Enter");
  await says(page, "Nothing was started in this browser");
  await says(page, "This browser has forgotten it.");
  assert(await kept(page) < before);
  await pass(1000);
  await page.reload();
  await jobs(page).filter({ hasText: prefix }).waitFor();
  await says(page, "Nothing was started in this browser");
});

visitAzure("what one tab forgets the other one shows no more", async ({ page, azure, pass, context }) => {
  const { prefix } = await started(page, pass);
  await nav(page, "Activity");
  await on(page, "Activity");
  await ours(page).filter({ hasText: prefix }).waitFor();
  const other = await context.newPage();
  await other.goto(page.url());
  await signIn(other);
  await forget(other, prefix).waitFor();
  const before = asked(azure, WRITES).length;
  await press(other, "Forget all of them");
  await says(other, "1 of them has not ended");
  await press(other, "Forget them anyway");
  await says(other, "This browser’s list of restores is empty now.");
  await says(page, "Nothing was started in this browser");
  assert.equal(asked(azure, WRITES).length, before);
});
