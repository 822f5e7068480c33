// Signing in and out with the real MSAL, at a stand-in of Entra.
import assert from "node:assert/strict";
import { asked, started, useAzure } from "./harness.mjs";
import { check, DRILLS, follow, lookFor, on, press, running, says, signedIn, signedOut, signIn, start, walkToReview } from "./person.mjs";
import { OTHER_USER } from "./entra.mjs";

const visit = useAzure();

/** Looks until it is so. */
async function until(so) {
  for (let looks = 0; !so(); looks++) {
    assert(looks < 500, `in vain: ${so}`);
    await new Promise((done) => setTimeout(done, 50));
  }
}

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
  assert.deepEqual(grants(azure), ["authorization_code"]);
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

let msalIsThere = false;
visit("a sign-in library that could not be loaded is loaded when the person signs in after all",
  {
    at: "#/demo",
    site: { change: (name, bytes) => (!msalIsThere && /^msal-/.test(name) ? undefined : bytes) },
    expect: [/console: .*404/],
    // What Chromium writes where a file is missing, beside its status.
    allow: [/console: Failed to find a valid digest/, /console: Refused to execute script .* MIME type/, /request: .*msal-/],
  },
  async ({ page }) => {
    await started(page);
    await follow(page, "Leave the simulation");
    await says(page, "The sign-in library could not be loaded");
    // The configuration has come: nothing claims that it has not.
    await page.getByRole("button", { name: "Sign in with Microsoft" }).waitFor();
    msalIsThere = true;
    await signIn(page);
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
    await running(page, pass);
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
  assert.deepEqual(grants(azure), ["authorization_code", "refresh_token"]);
});

const grants = (azure) =>
  azure.requests.filter(({ path }) => /\/token/.test(path)).map(({ body }) => new URLSearchParams(body).get("grant_type"));
const bearer = ({ headers }) => headers.authorization.replace(/^Bearer /, "");
const RESTORE = /^POST .*\/restore\?/;

visit("a token that Azure calls expired is renewed in the middle of a watch without a word", { expect: [/console: .*401/] }, async ({ page, azure, pass }) => {
  await running(page, pass);
  azure.entra.expire();
  await pass(40);
  await until(() => grants(azure).includes("refresh_token"));
  await pass(900);
  await on(page, "The files of psql-orders-demo are in the container");
  assert.deepEqual(grants(azure), ["authorization_code", "refresh_token"]);
  assert.equal(azure.entra.signIns.length, 1);
  assert.equal(asked(azure, RESTORE).length, 1);
});

visit("a session that was revoked ends with what was last known, and goes on by itself after the next sign-in",
  { expect: [/console: .*401/, /console: .*400/] },
  async ({ page, azure, pass }) => {
    await running(page, pass);
    const address = page.url();
    azure.entra.revoke();
    await pass(40);
    await says(page, "Your sign-in has ended");
    await says(page, "Azure Backup is writing the files");
    assert.equal(azure.entra.signIns.length, 1, "the page left by itself");
    await pass(900);
    await page.getByRole("button", { name: "Sign in again" }).first().click();
    await on(page, "The files of psql-orders-demo are in the container");
    assert.equal(page.url(), address);
    assert.equal(asked(azure, RESTORE).length, 1);
  });

/** Azure wants a second factor for the writes that fit; the header that says so is shown to the page, or not. */
function challenge(azure, fits, { readable, code = "InvalidAuthenticationToken", always = false }) {
  azure.intercept = (request) => {
    if (!fits.test(`${request.method} ${request.path}`) || (azure.entra.proven(bearer(request)) && !always)) return undefined;
    const claims = Buffer.from(SECOND_FACTOR).toString("base64");
    return {
      status: 401,
      headers: {
        "content-type": "application/json",
        "www-authenticate": `Bearer realm="", authorization_uri="https://login.microsoftonline.com/common/oauth2/authorize", error="insufficient_claims", claims="${claims}"`,
        ...(readable ? { "access-control-expose-headers": "WWW-Authenticate" } : {}),
      },
      body: JSON.stringify({ error: { code, message: "More proof is wanted." } }),
    };
  };
}
const SECOND_FACTOR = '{"access_token":{"acrs":{"essential":true,"values":["p1"]}}}';

for (const readable of [true, false]) {
  visit(`a challenge in the middle of the start that ${readable ? "can" : "cannot"} be read keeps the form, and the person goes on`, { expect: [/console: .*401/] }, async ({ page, azure, pass }) => {
    await signIn(page);
    const { prefix } = await walkToReview(page);
    await check(page, pass);
    const review = page.url();
    challenge(azure, RESTORE, { readable });
    await press(page, "Start restore");
    if (!readable) {
      await says(page, "Azure did not accept your sign-in");
      await press(page, "Start restore");
    }
    await says(page, "Azure asks for more proof of who you are");
    await press(page, "Sign in with more proof");
    await on(page, "Review the restore");
    await signedIn(page);
    await says(page, prefix);
    await says(page, DRILLS.container);
    assert.equal(page.url(), review);

    const [first, second, ...more] = azure.entra.signIns;
    assert.deepEqual(more, []);
    // MSAL adds wishes of its own about the id token.
    assert.equal(JSON.parse(first.claims).access_token, undefined);
    assert.deepEqual(JSON.parse(second.claims).access_token, JSON.parse(SECOND_FACTOR).access_token);
    assert.equal(second.prompt, undefined);
    const presses = readable ? 1 : 2;
    await pass(600);
    assert.equal(asked(azure, RESTORE).length, presses, "something was sent by itself");

    await check(page, pass);
    await start(page, pass);
    await says(page, prefix);
    const sent = asked(azure, RESTORE);
    assert.equal(sent.length, presses + 1, "one for each press");
    // The token of that sign-in is the one in use, from its first request on.
    assert.deepEqual(sent.map((request) => azure.entra.proven(bearer(request))), [...Array(presses).fill(false), true]);
    assert.equal(grants(azure).at(-1), "authorization_code");
    const proven = asked(azure).map((request) => azure.entra.proven(bearer(request)));
    assert(!proven.slice(proven.indexOf(true)).includes(false), "another token took its place");
  });
}

visit("more proof that Azure does not take either ends in plain words, and nobody is sent round", { expect: [/console: .*401/], again: /validateRestore/ }, async ({ page, azure }) => {
  await signIn(page);
  await walkToReview(page);
  challenge(azure, /^POST .*\/validateRestore\?/, { readable: false, code: "RequestDisallowedByPolicy", always: true });
  await press(page, "Check with Azure");
  await says(page, "Azure asks for more proof of who you are");
  await press(page, "Sign in with more proof");
  await on(page, "Review the restore");
  for (let again = 0; again < 2; again++) {
    await press(page, "Check with Azure");
    await says(page, "Azure does not accept your sign-in, even with more proof");
    await says(page, "Conditional Access");
  }
  assert.equal(await page.getByRole("button", { name: "Sign in with more proof" }).count(), 0);
  assert.equal(azure.entra.signIns.length, 2);
});

visit("a sign-in service that does not answer on the way back leaves nobody before an empty page",
  { at: "#/find", expect: [/request: .*\/token.*ERR_ABORTED/] },
  async ({ page, azure, pass, host }) => {
    await on(page, "Sign in to open this link");
    azure.entra.silent = ["authorization_code"];
    await press(page, "Sign in with Microsoft");
    await until(() => grants(azure).length > 0);
    await pass(31);
    await says(page, "The sign-in service did not answer");
    await signedOut(page);
    assert.equal(page.url(), `${host.address}#/find`);
    assert.equal(azure.entra.signIns.length, 1, "the page left again by itself");
    azure.entra.silent = [];
    await signIn(page);
    await says(page, "Contoso Production");
    assert.equal(page.url(), `${host.address}#/find`);
  });

visit("a renewal that hangs in the middle of a watch is given up after a while, and asked for again",
  // The list of jobs, in which a second one is looked for, may still be on its way when the test ends.
  { expect: [/request: .*\/token.*ERR_ABORTED/, /console: .*401/], allow: [/backupJobs.*ERR_ABORTED/] },
  async ({ page, azure, pass }) => {
    await running(page, pass);
    azure.entra.expire();
    azure.entra.silent = ["refresh_token"];
    await pass(40);
    await until(() => grants(azure).includes("refresh_token"));
    await pass(31);
    await says(page, "The sign-in service did not answer");
    await says(page, "Azure Backup is writing the files");
    azure.entra.silent = [];
    await pass(900);
    await on(page, "The files of psql-orders-demo are in the container");
    assert.equal(azure.entra.signIns.length, 1);
    assert.equal(asked(azure, RESTORE).length, 1);
  });

visit("another account that signs in in another tab changes nothing here", { at: "#/find" }, async ({ page, azure, context, host }) => {
  await signIn(page);
  await says(page, "Contoso Production");
  const other = await context.newPage();
  azure.entra.user = OTHER_USER;
  await other.goto(`${host.address}#/find`);
  await press(other, "Sign in with Microsoft");
  await other.getByRole("banner").getByText(OTHER_USER.preferred_username).waitFor();
  await page.reload();
  await signedIn(page);
  await lookFor(page, DRILLS.server);
  await says(page, DRILLS.vault);
  // Who signs out there is still signed in here.
  await other.getByRole("banner").getByText(OTHER_USER.preferred_username).click();
  await press(other, "Sign out");
  await signedOut(other);
  await page.reload();
  await signedIn(page);
  await says(page, DRILLS.vault);
});

visit("signing out while a restore runs says that Azure carries on", async ({ page, azure, pass }) => {
  await running(page, pass);
  const address = page.url();
  await page.getByRole("banner").getByText("adele@contoso.example").click();
  await press(page, "Sign out");
  await says(page, "A restore that Azure has accepted goes on, whoever is signed in.");
  await signedOut(page);
  assert.equal(page.url(), address);
  await pass(900);
  await signIn(page);
  await on(page, "The files of psql-orders-demo are in the container");
  assert.equal(asked(azure, RESTORE).length, 1);
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
