// A restore, from the first page to the files: what is sent, once, and what is said of it.
import assert from "node:assert/strict";
import { asked, useAzure, WRITES } from "./harness.mjs";
import { check, container, done, DRILLS, follow, on, POINTS, press, ready, review, running, says, signIn, start, typeContainer } from "./person.mjs";

const visitAt = useAzure();
const visit = (name, walk) => visitAt(name, { at: POINTS }, walk);

const RESTORES = /^POST .*\/restore\?/;
const CHECKS = /^POST .*\/validateRestore\?/;
visitAt("a point becomes files: checked once, started once, followed to the end", async ({ page, azure, pass }) => {
  const { point, prefix } = await running(page, pass);
  await pass(900);
  await done(page);
  await says(page, `${prefix}_database_`);
  await says(page, DRILLS.container);

  const [checked, ...checks] = asked(azure, CHECKS);
  const [restored, ...restores] = asked(azure, RESTORES);
  assert.deepEqual([checks, restores], [[], []]);
  const inner = JSON.parse(restored.body);
  assert.deepEqual(JSON.parse(checked.body).restoreRequestObject, inner);
  assert.equal(inner.recoveryPointId, point);
  const target = inner.restoreTargetInfo.targetDetails;
  assert.equal(target.filePrefix, prefix);
  assert.equal(target.url, DRILLS.container);
  // Nobody typed it: the account was looked up by its name.
  assert.match(target.targetResourceArmId, /\/resourceGroups\/rg-demo\/.*\/stdemoweu\/blobServices\/default\/containers\/drill-2026-11$/);
  assert.equal(inner.restoreTargetInfo.recoveryOption, "FailIfExists");
  // Everything else was reading.
  assert.deepEqual(asked(azure, WRITES).length, 2);

  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Activity" }).click();
  await on(page, "Activity");
  const started = page.getByRole("table", { name: "Started in this browser" }).getByRole("row").filter({ hasText: prefix });
  await started.getByText("Completed").waitFor();
  await started.getByRole("link").click();
  await done(page);
});

visit("a reload while Azure checks keeps the target, and checks again only when asked", async ({ page, azure, pass }) => {
  const { prefix } = await review(page);
  await press(page, "Check with Azure");
  await says(page, "Asks again");
  await page.reload();
  await on(page, "Review the restore");
  await says(page, prefix);
  await page.getByRole("button", { name: "Check with Azure" }).waitFor();
  assert.equal(asked(azure, CHECKS).length, 1);
  await check(page, pass);
  assert.equal(asked(azure, CHECKS).length, 2);
  assert.equal(asked(azure, RESTORES).length, 0);
});

visit("a reload while the job runs goes on watching it", async ({ page, azure, pass }) => {
  await ready(page, pass);
  await start(page, pass);
  await page.reload();
  await says(page, "Azure Backup is writing the files");
  await pass(900);
  await done(page);
  assert.equal(asked(azure, RESTORES).length, 1);
});

visit("a job’s address, opened by a colleague, shows the same job", async ({ page, azure, context, pass }) => {
  await ready(page, pass);
  await start(page, pass);
  const colleague = await context.browser().newContext();
  try {
    const other = await colleague.newPage();
    await other.goto(page.url());
    await on(other, "Sign in to open this link");
    await signIn(other);
    await says(other, "Azure Backup is writing the files");
  } finally {
    await colleague.close();
  }
  assert.equal(asked(azure, RESTORES).length, 1);
});

visit("answers without readable headers: the check cannot be seen, the start still finds its job", async ({ page, azure, pass }) => {
  azure.expose = "";
  await review(page);
  await press(page, "Check with Azure");
  await says(page, "The result of the check cannot be seen");
  await press(page, "Start restore");
  await says(page, "looking for its job");
  await says(page, "Looked through the vault’s jobs once. Asks again");
  await pass(60);
  await says(page, "Azure Backup is writing the files");
  assert.equal(asked(azure, RESTORES).length, 1);
});

visit("a vault without the role: who needs what where stands on the page", async ({ page, azure, pass }) => {
  await review(page, { url: container("no-role") });
  await press(page, "Check with Azure");
  await says(page, "Asks again");
  await pass(60);
  await says(page, "Azure would refuse it");
  await says(page, "The vault lacks a permission");
  const fact = (name) => page.getByRole("term").filter({ hasText: new RegExp(`^${name}$`) }).locator("xpath=following-sibling::dd[1]").innerText();
  assert.match(await fact("Who"), /7ac02f95-e3d1-4860-a5b9-4d8f16e2c073/);
  assert.match(await fact("Needs"), /Storage Blob Data Contributor/);
  assert.match(await fact("Where"), /no-role in stdemoweu/);
  await says(page, "UserErrorMissingRequiredPermissions");
  // Nothing can be started.
  await page.getByRole("button", { name: "Start restore" }).click({ force: true });
  assert.equal(asked(azure, RESTORES).length, 0);
  assert.match(page.url(), /#\/review\?/);
});

visit("a container that is not there is said to be out of reach, and another one can be chosen", async ({ page, azure, pass }) => {
  await review(page, { url: container("not-there") });
  await press(page, "Check with Azure");
  await says(page, "Asks again");
  await pass(60);
  await says(page, "Azure Backup cannot reach the container");
  await follow(page, /Change.*container/);
  await typeContainer(page, DRILLS.container);
  await press(page, "Review");
  await on(page, "Review the restore");
  await check(page, pass);
  assert.equal(asked(azure, CHECKS).length, 2);
});

visit("a restore that fails before it has a job is told with its cause", async ({ page, azure, pass }) => {
  await ready(page, pass, { url: container("restore-refused") });
  await press(page, "Start restore");
  await says(page, "It is creating a job for it");
  await pass(30);
  await on(page, "Azure is already running as many of these operations as it allows");
  await says(page, "UserErrorMaxConcurrentOperationLimitReached");
  assert.equal(asked(azure, RESTORES).length, 1);
});

visit("a job that fails is told with its deepest cause, and can be tried under a new prefix", async ({ page, azure, pass }) => {
  const { prefix } = await ready(page, pass, { url: container("job-fails") });
  await start(page, pass);
  await pass(120);
  await on(page, "The restore of psql-orders-demo failed");
  await page.getByRole("listitem").filter({ hasText: "The cause" }).getByText("UserErrorContainerNotAccessible").waitFor();
  await press(page, "Restore again with a new prefix");
  await on(page, "Review the restore");
  const now = await page.getByRole("term").filter({ hasText: "File prefix" }).locator("xpath=following-sibling::dd[1]").locator("code").first().textContent();
  assert.notEqual(now, prefix);
  assert.equal(asked(azure, RESTORES).length, 1, "a new restore was started by a press that only prepares it");
});

visit("an edit of the target makes the check void", async ({ page, azure, pass }) => {
  await ready(page, pass);
  await follow(page, /Change.*prefix/);
  await on(page, "Where should the files go?");
  await page.getByLabel("File prefix").fill("another-name");
  await press(page, "Review");
  await on(page, "Review the restore");
  await says(page, "You can start once Azure has checked this request.");
  await page.getByRole("button", { name: "Start restore" }).click({ force: true });
  assert.equal(asked(azure, RESTORES).length, 0);
});
