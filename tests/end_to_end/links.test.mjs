// Addresses: shared, broken, kept over a sign-in, gone back to; and a host that is not set up.
import assert from "node:assert/strict";
import { asked, started, useAzure, WRITES } from "./harness.mjs";
import { choosePoint, chooseTarget, containerField, DRILLS, follow, lookFor, on, press, says, signIn, typeContainer, walkToPoints, walkToReview } from "./person.mjs";

const visit = useAzure();

// The ids of the simulated Azure: made up, and the same in every run.
const VAULT = "94b7d3e0-58c6-4a1f-8f29-0e6d71c3a5b8/rg-demo/bvault-demo-weu";

visit("a shared link says what it leads to, asks nothing before the sign-in, and opens with the same point chosen",
  async ({ page, azure, host, context }) => {
    await signIn(page);
    await walkToPoints(page);
    const point = await choosePoint(page, 3);
    const link = page.url();
    assert.match(link, new RegExp(`#/points\\?v=1&instance=${VAULT}/psql-orders-demo-.*&point=${point}@[0-9T:-]+Z$`));

    const colleague = await context.browser().newContext();
    try {
      const other = await colleague.newPage();
      const before = azure.requests.length;
      await other.goto(link);
      await on(other, "Sign in to open this link");
      for (const shown of [point, "bvault-demo-weu", "rg-demo", "94b7d3e0-58c6-4a1f-8f29-0e6d71c3a5b8"]) await says(other, shown);
      assert.equal(azure.requests.length, before);
      await signIn(other);
      await on(other, DRILLS.server);
      await other.getByRole("radio", { checked: true }).waitFor();
      assert.equal(await other.getByRole("radio", { checked: true }).getAttribute("value"), point);
      await other.getByRole("link", { name: "Choose a target" }).waitFor();
      assert.equal(other.url().split("#")[1], link.split("#")[1]);
    } finally {
      await colleague.close();
    }
    assert.deepEqual(asked(azure, WRITES), []);
    assert.match(link, new RegExp(`^${host.address}`));
  });

visit("a review that is shared carries no target and starts nothing", async ({ page, azure, context }) => {
  await signIn(page);
  await walkToReview(page);
  const colleague = await context.browser().newContext();
  try {
    const other = await colleague.newPage();
    await other.goto(page.url());
    await on(other, "Sign in to open this link");
    await signIn(other);
    await on(other, "Review the restore");
    await says(other, "Say where the files go");
    assert.equal(await other.getByRole("button", { name: /Check|Start/ }).count(), 0);
  } finally {
    await colleague.close();
  }
  assert.deepEqual(asked(azure, WRITES), []);
});

visit("a link to a point that is gone says so", { expect: [/console: .*404/] }, async ({ page }) => {
  await signIn(page);
  await walkToPoints(page);
  const link = page.url().replace(/&point=.*/, "");
  await page.goto(`${link}&point=00000000000000000000000000000000`);
  await says(page, "This point no longer exists");
});

visit("what was typed into the target’s form survives a reload and a sign-in", { expect: [/console: .*401/, /console: .*400/], allow: [/request: .*ERR_ABORTED/] }, async ({ page, azure }) => {
  await signIn(page);
  await walkToPoints(page);
  await choosePoint(page);
  await follow(page, "Choose a target");
  await on(page, "Where should the files go?");
  await typeContainer(page, "https://stdemoweu.blob.core.windows.net/dri");
  await page.getByLabel("File prefix").fill("night-of-the-21st");
  const ending = await page.locator("#prefix-end").textContent();
  const unchanged = async () => {
    await on(page, "Where should the files go?");
    await says(page, "West Europe");
    assert.equal(await containerField(page).inputValue(), "https://stdemoweu.blob.core.windows.net/dri");
    assert.equal(await page.getByLabel("File prefix").inputValue(), "night-of-the-21st");
    assert.equal(await page.locator("#prefix-end").textContent(), ending);
  };
  await page.reload();
  await unchanged();

  azure.entra.revoke();
  await page.reload();
  await says(page, "Your sign-in has ended");
  await page.getByRole("button", { name: "Sign in again" }).first().click();
  await unchanged();
});

visit("Back and Forward go through the pages, with what was chosen and typed", async ({ page }) => {
  await signIn(page);
  await walkToPoints(page);
  const point = await choosePoint(page, 2);
  const prefix = await chooseTarget(page);
  await page.goBack();
  await on(page, "Where should the files go?");
  assert.equal(await containerField(page).inputValue(), DRILLS.container);
  await page.goBack();
  await on(page, DRILLS.server);
  assert.equal(await page.getByRole("radio", { checked: true }).getAttribute("value"), point);
  await page.goBack();
  await on(page, "Find a server");
  await says(page, `1 of`);
  for (let steps = 0; steps < 3; steps++) await page.goForward();
  await on(page, "Review the restore");
  await says(page, prefix);
});

for (const [what, at, words] of [
  ["a page that does not exist", "#/pionts", "It names a page that this program does not have."],
  ["half of an instance", "#/points?v=1&instance=94b7d3e0-58c6-4a1f-8f29-0e6d71c3a5b8/rg-demo", /not well formed/],
  ["no instance", "#/points?v=1", "It does not say which backup instance."],
  ["a key twice", "#/find?v=1&subscription=a&subscription=b", /twice/],
  ["a version to come", "#/find?v=2", "It was made by a newer version of this program than this host has."],
  ["a script for a vault", "#/find?v=1&vault=94b7d3e0-58c6-4a1f-8f29-0e6d71c3a5b8/rg/%3Cscript%3Ealert(1)%3C/script%3E", /not well formed/],
]) {
  visit(`an address that names ${what} is no link, and leads on`, { at }, async ({ page, azure }) => {
    await on(page, "This link is not valid");
    await says(page, words);
    assert.equal(azure.requests.length, 0);
    await follow(page, "First page");
    await page.getByRole("button", { name: "Sign in with Microsoft" }).waitFor();
  });
}

// One of the vault's servers may not be read: it is a drill.
visit("a pasted portal address leads straight to the points", { at: "#/find", allow: [/console: .*403/] }, async ({ page }) => {
  await signIn(page);
  const vault = `/subscriptions/${VAULT.replace("/", "/resourceGroups/").replace(/\/([^/]+)$/, "/providers/Microsoft.DataProtection/backupVaults/$1")}`;
  await lookFor(page, `https://portal.azure.com/#@contoso.example/resource${vault}/overview`);
  await page.keyboard.press("Enter");
  await on(page, "Servers in bvault-demo-weu");
  await page.goBack();
  await lookFor(page, "/subscriptions/6f2d9a41-5c0e-4b7a-9f63-2d1e8c7b4a05/resourceGroups/rg-orders-prod/providers/Microsoft.DBforPostgreSQL/flexibleServers/psql-orders-prod");
  await press(page, "Open");
  await on(page, "psql-orders-prod");
});

// --- The host ---------------------------------------------------------------------------------------

const noSignIn = async (page) => {
  await started(page);
  assert.equal(await page.getByRole("button", { name: "Sign in with Microsoft" }).count(), 0);
};

visit("a host without config.json says so, and how to set it up", { site: { config: undefined }, at: "#/about", expect: [/console: .*404/] }, async ({ page, host }) => {
  await on(page, "This host is not set up yet");
  await says(page, "There is no config.json beside index.html.");
  await says(page, host.address);
  await noSignIn(page);
});

visit("a page of Azure’s on a host without config.json leads to how to set it up", { site: { config: undefined }, at: "#/find", expect: [/console: .*404/] }, async ({ page }) => {
  await on(page, "This host is not set up yet");
  await noSignIn(page);
});

for (const [what, config, words] of [
  ["is no JSON", '{\n  "clientId": "cccccccc-0000-4000-8000-000000000003",\n  "tenant": contoso\n}', "Line 3"],
  ["has a key that is not known", '{\n  "clientId": "cccccccc-0000-4000-8000-000000000003",\n  "tenant": "contoso.example",\n  "tenent": "x"\n}', "Line 4"],
  ["has a client id that is none", '{\n  "clientId": "nobody",\n  "tenant": "contoso.example"\n}', "Line 2"],
]) {
  visit(`a config.json that ${what} is told with its line`, { site: { config }, at: "#/about" }, async ({ page, azure }) => {
    await on(page, "config.json has a mistake");
    await says(page, words);
    await noSignIn(page);
    assert.equal(azure.requests.length, 0);
  });
}

visit("a host that is set up tells its configuration, without anybody signed in", { at: "#/about" }, async ({ page, azure, host }) => {
  await on(page, "About this host");
  for (const words of ["management.azure.com", "login.microsoftonline.com", "contoso.example", "cccccccc-0000-4000-8000-000000000003", host.address]) await says(page, words);
  assert.equal(azure.requests.length, 0);
});
