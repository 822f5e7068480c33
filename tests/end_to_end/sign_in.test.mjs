// Signing in and out with the real MSAL, at a stand-in of Entra.
import assert from "node:assert/strict";
import { asked, started, useAzure } from "./harness.mjs";
import { check, on, press, says, signedIn, signedOut, signIn, start, walkToReview } from "./person.mjs";

const visit = useAzure();

visit("signing in asks for one permission with PKCE, and leads back to the first page", async ({ page, azure, host }) => {
  await started(page);
  await signedOut(page);
  assert.equal(azure.requests.length, 0, "something was asked before the sign-in");
  await signIn(page);
  assert.equal(page.url(), host.address);

  const [login, ...more] = azure.entra.signIns;
  assert.deepEqual(more, []);
  assert.equal(login.response_type, "code");
  assert.equal(login.response_mode, "fragment");
  assert.equal(login.code_challenge_method, "S256");
  assert.match(login.code_challenge, /^[\w-]{43}$/);
  assert.equal(login.redirect_uri, host.address);
  assert.equal(login.prompt, "select_account");
  assert.deepEqual(login.scope.split(" ").sort(), ["https://management.azure.com/user_impersonation", "offline_access", "openid", "profile"]);
  assert(login.state && login.nonce);
  // The stand-in has checked code, verifier, address and client: else there were no token.
  const grants = azure.requests.filter(({ path }) => /\/token/.test(path) ).map(({ body }) => new URLSearchParams(body).get("grant_type"));
  assert.deepEqual(grants, ["authorization_code"]);
  assert.equal(asked(azure).length, 0, "Azure was asked though the first page needs nothing of it");
});

visit("signing in leads back to the page that was open, without a code in the address or the history", { at: "#/find" }, async ({ page, host }) => {
  await on(page, "Sign in to open this link");
  await signIn(page);
  await on(page, "Find a server");
  await says(page, "Contoso Production");
  assert.equal(page.url(), `${host.address}#/find`);
  await page.reload();
  await signedIn(page);
  await says(page, "Contoso Production");
});

visit("an answer with a state that this page never sent is not used", async ({ page, azure }) => {
  await started(page);
  azure.entra.foreignState = "formed";
  await press(page, "Sign in with Microsoft");
  await says(page, "The answer to the sign-in does not belong to this page");
  await signedOut(page);
  assert.equal(new URL(page.url()).hash, "");
  assert(!azure.requests.some(({ path }) => /\/token/.test(path)), "the code was redeemed");
  // Nobody is sent to the sign-in page again by themselves.
  await page.reload();
  await started(page);
  await signedOut(page);
  assert.equal(azure.entra.signIns.length, 1);
  await signIn(page);
  assert.equal(azure.entra.signIns.length, 2);
});

visit("a consent that was declined is said to be, and can be given later", { at: "#/find" }, async ({ page, azure, host }) => {
  await on(page, "Sign in to open this link");
  azure.entra.refuse = "AADSTS65004";
  await press(page, "Sign in with Microsoft");
  await says(page, "You did not consent");
  await says(page, "AADSTS65004");
  await signedOut(page);
  assert.equal(azure.entra.signIns.length, 1);
  assert.equal(page.url(), `${host.address}#/find`);
  await signIn(page);
  await on(page, "Find a server");
});

visit("a sign-in that lapses while a job is watched leaves what was last known, and goes on after the next one",
  { expect: [/console: .*400/] },
  async ({ page, azure, pass }) => {
    await signIn(page);
    await walkToReview(page);
    await check(page, pass);
    await start(page, pass);
    const address = page.url();
    assert.match(address, /#\/job\?/);
    azure.entra.refreshDead = true;
    await pass(3700);
    await says(page, "Your sign-in has ended");
    await says(page, "Azure Backup is writing the files");
    assert.equal(azure.entra.signIns.length, 1, "the page left by itself");
    azure.entra.refreshDead = false;
    await press(page, "Sign in again");
    await on(page, "The files of psql-orders-demo are in the container");
    assert.equal(page.url(), address);
    assert.equal(asked(azure, /^POST .*\/restore\?/).length, 1);
  });

visit("a token that has lapsed is renewed without a word", async ({ page, azure, pass }) => {
  await signIn(page);
  await walkToReview(page);
  await pass(3700);
  await check(page, pass);
  const grants = azure.requests.filter(({ path }) => /\/token/.test(path)).map(({ body }) => new URLSearchParams(body).get("grant_type"));
  assert.deepEqual(grants, ["authorization_code", "refresh_token"]);
});

visit("tokens that Azure no longer takes end the sign-in, and another one goes on", { at: "#/find", expect: [/console: .*401/] }, async ({ page, azure }) => {
  await signIn(page);
  await says(page, "Contoso Drills");
  azure.entra.revoke();
  await page.getByRole("link", { name: "Contoso Drills" }).click();
  await says(page, "Your sign-in has ended");
  await press(page, "Sign in again");
  await on(page, "Vaults of Contoso Drills");
  await says(page, "bvault-demo-weu");
});

visit("signing out leaves nothing behind in this tab", async ({ page, azure, host }) => {
  await signIn(page);
  const kept = () => page.evaluate(() => JSON.stringify([Object.entries(sessionStorage), Object.entries(localStorage)]));
  assert.match(await kept(), /refresh|accesstoken/i);
  await page.getByRole("banner").getByText("adele@contoso.example").click();
  await press(page, "Sign out");
  await page.getByRole("button", { name: "Sign in with Microsoft" }).waitFor();
  await signedOut(page);
  assert(azure.requests.some(({ path }) => /\/logout\?/.test(path)), "Entra was not told");
  assert.equal(page.url().split("#")[0], host.address);
  assert.doesNotMatch(await kept(), /eyJ|refresh-|"secret"|adele/);
});
