// Find any backup, restore to any container, and know beforehand that it will work: with the mouse, and no id typed.
import assert from "node:assert/strict";
import { asked, CONFIG, useAzure, WRITES } from "./harness.mjs";
import { check, choosePoint, container, DRILLS, follow, lookFor, on, POINTS, press, review, says, signIn, start, walkToPoints } from "./person.mjs";

const visit = useAzure();

const GRAPH = /^POST \/providers\/Microsoft\.ResourceGraph\/resources/;
const POINT_LISTS = /^GET .*\/recoveryPoints\?/;
const ROLE = /^PUT .*\/roleAssignments\//;
const NEW = /^PUT .*\/containers\/[a-z0-9-]+\?/;

visit("every protected server stands on one page after one question, and a keystroke finds one", async ({ page, azure }) => {
  await signIn(page);
  await page.getByRole("main").getByRole("link", { name: /^Find (a|the) server$/ }).click();
  await says(page, "psql-orders-prod");
  assert.equal(asked(azure, GRAPH).length, 1);
  const rows = page.getByRole("table", { name: "Protected flexible servers" }).getByRole("row");
  const all = await rows.count();
  assert(all > 60, `${all} rows`);
  // The newest points of what is on the screen were asked for, and of nothing else.
  await page.waitForFunction(() => document.querySelectorAll("tbody time").length > 3);
  const lists = asked(azure, POINT_LISTS).length;
  assert(lists > 3 && lists < 30, `${lists} of ${all}`);

  await lookFor(page, "psql-ORDERS-prod west");
  await says(page, /1 of \d+ servers/);
  await page.getByRole("link", { name: "psql-orders-prod" }).waitFor();
  assert.equal(asked(azure, GRAPH).length, 1, "nothing is asked for a keystroke");
  await page.keyboard.press("Enter");
  await on(page, "psql-orders-prod");
  // Coming back, the list is there, with what was looked for.
  await page.goBack();
  await says(page, /1 of \d+ servers/);
  assert.equal(asked(azure, GRAPH).length, 1);
});

visit("a container is picked from what Azure lists, and its resource id goes along", async ({ page, azure, pass }) => {
  await signIn(page);
  await walkToPoints(page);
  await choosePoint(page);
  await follow(page, "Choose a target");
  await on(page, "Where should the files go?");
  await page.getByRole("combobox", { name: "Subscription" }).selectOption({ label: DRILLS.subscription });
  await page.getByRole("radio", { name: /^stzonedweu/ }).check();
  await page.getByRole("radio", { name: "drill" }).check();
  await press(page, "Review");
  await on(page, "Review the restore");
  await says(page, "Read from Azure");
  await check(page, pass);
  const [sent] = asked(azure, /^POST .*\/validateRestore\?/);
  const target = JSON.parse(sent.body).restoreRequestObject.restoreTargetInfo.targetDetails;
  assert.equal(target.url, "https://stzonedweu.z01.blob.storage.azure.net/drill");
  assert.match(target.targetResourceArmId, /\/storageAccounts\/stzonedweu\/blobServices\/default\/containers\/drill$/);
});

visit("a container is made in place, once, and the vault is given its role on it", async ({ page, azure, pass }) => {
  await signIn(page);
  await walkToPoints(page);
  await choosePoint(page);
  await follow(page, "Choose a target");
  await page.getByRole("radio", { name: /^stdemoweu/ }).check();
  await page.getByText("Create a new container").click();
  await page.getByLabel("Name of the new container").fill("night-of-the-21st");
  await press(page, "Create this container");
  await page.getByRole("radio", { name: "night-of-the-21st" }).waitFor();
  assert(await page.getByRole("radio", { name: "night-of-the-21st" }).isChecked());
  assert.equal(asked(azure, NEW).length, 1);

  await press(page, "Review");
  await says(page, "The vault cannot write to the container");
  await press(page, "Assign the role");
  await says(page, "Azure is asked to check again in");
  assert.equal(asked(azure, ROLE).length, 1);
  await pass(300);
  await says(page, "Waiting until the role works");
  // Azure has taken the check, and is asked how it stands.
  await says(page, "Asks again");
  await pass(60);
  await says(page, "Azure would accept it");
  await start(page, pass);
  assert.equal(asked(azure, ROLE).length, 1);
  assert.equal(asked(azure, /^POST .*\/restore\?/).length, 1);
});

visit("what is known beforehand writes nothing and stands on the page before anything is pressed", { at: POINTS }, async ({ page, azure }) => {
  await review(page, { url: container("no-role") });
  await says(page, "Read from Azure");
  await page.getByRole("heading", { name: "One thing will make it fail" }).waitFor();
  await says(page, "az role assignment create");
  assert.equal(asked(azure, WRITES).length, 0);
});

const SWITCHED_OFF = CONFIG.replace("}", ', "grantRoles": false, "createContainers": false, "targets": ["stdemoweu"]}');

visit("what an administrator has switched off cannot be done from here", { at: POINTS, site: { config: SWITCHED_OFF } }, async ({ page, azure }) => {
  await review(page, { url: container("no-role") });
  await says(page, "The vault cannot write to the container");
  await says(page, "This page’s administrator has switched off assigning roles from here.");
  assert.equal(await page.getByRole("button", { name: "Assign the role" }).count(), 0);
  await page.goBack();
  await on(page, "Where should the files go?");
  await page.getByLabel("Pick it from what Azure lists").check();
  await says(page, "stdemoweu");
  assert.equal(await page.getByText("Create a new container").count(), 0);
  await page.getByLabel("Type its URL").check();
  await page.getByLabel("Container", { exact: true }).fill("https://stnograntweu.blob.core.windows.net/drill");
  await press(page, "Review");
  await says(page, /administrator/);
  assert.match(page.url(), /#\/target\?/);
  assert.equal(asked(azure, WRITES).length, 0);
});
