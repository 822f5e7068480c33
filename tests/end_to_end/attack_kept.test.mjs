// What is left behind, and what a page without protection says: whoever sits down at the browser next finds no token, no
// name and no restore; whoever opens the page in the clear is told so.
import assert from "node:assert/strict";
import { CHROMIUM } from "./browser.mjs";
import { started, useAzure, useBrowser } from "./harness.mjs";
import { done, on, press, running, says, signedOut } from "./person.mjs";
import { USER } from "./entra.mjs";

const visit = useAzure();
// A name that leads to this machine, and that no browser takes for it.
const visitInTheClear = useBrowser(() => ({ chromium: ["--host-resolver-rules=MAP restore.example 127.0.0.1"] }));

visit("a whole restore keeps no name, no login and no claims, and tells its console nothing; the list forgotten and signed out, nothing of ours is left",
  { prepare: (context) => { context.lines = []; context.on("console", (message) => context.lines.push(message.text())); } },
  async ({ page, pass, context }) => {
    await running(page, pass);
    await pass(900);
    await done(page);
    const ours = () => page.evaluate(() => [localStorage, sessionStorage].flatMap((area) => Object.entries(area)).filter(([key]) => key.startsWith("pgflex.")));
    const kept = JSON.stringify(await ours());
    assert.match(kept, /pgflex\.journal\./);
    for (const personal of [USER.preferred_username, USER.name, USER.oid, "eyJ", "refresh-"]) assert(!kept.includes(personal), `${personal} is kept`);
    assert(!page.url().includes("adele"));
    assert.deepEqual(context.lines.filter((line) => /adele|Vance|eyJ|management\.azure\.com\/[^ ]*\?|login\.microsoftonline/.test(line)), []);

    await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Activity" }).click();
    await on(page, "Activity");
    await press(page, "Forget all of them");
    await says(page, "Nothing was started in this browser");
    await page.getByRole("banner").getByText(USER.preferred_username).click();
    await press(page, "Sign out");
    await signedOut(page);
    const left = await page.evaluate(() => [localStorage, sessionStorage].map((area) => Object.entries(area)).flat());
    assert.deepEqual(left.filter(([key]) => key.startsWith("pgflex.")).map(([key]) => key), []);
    for (const [key, value] of left) assert.doesNotMatch(key + value, /eyJ|refresh-|adele|Vance|"secret"/, key);
    assert.deepEqual((await context.cookies()).filter(({ domain }) => domain === "localhost"), []);
    assert.deepEqual(await page.evaluate(async () => [await caches?.keys?.() ?? [], (await indexedDB.databases?.() ?? []).map(({ name }) => name)]), [[], []]);
  });

visitInTheClear("over a connection that is not encrypted the page says so, and nobody can sign in", { only: CHROMIUM.names, expect: [/left for elsewhere: http:\/\/restore\.example:/], allow: [/console: /, /request: /, /uncaught: /] }, async ({ page, host }) => {
  await started(page);
  await page.goto(host.address.replace("localhost", "restore.example"));
  await started(page);
  await says(page, "This connection is not encrypted");
  assert(await page.getByRole("button", { name: "Sign in with Microsoft" }).isDisabled());
  assert.equal(await page.getByText("Signing in did not work").count(), 0, "what follows from it is not told besides");
  assert.match(page.url(), /^http:\/\/restore\.example:/);
});
