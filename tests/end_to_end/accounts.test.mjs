// Several accounts signed in at once in one tab, with the real MSAL: which one is in use, and a link that only one of
// them can open.
import assert from "node:assert/strict";
import { asked, CONFIG, useAzure, WRITES } from "./harness.mjs";
import { DRILLS, on, POINTS, press, says, signIn, signedOut } from "./person.mjs";
import { OTHER_USER, OUTSIDER, USER } from "./entra.mjs";

const visit = useAzure();

/** A host for accounts of any tenant. */
const site = { config: JSON.stringify({ ...JSON.parse(CONFIG), tenant: "organizations" }) };
const SUBSCRIPTION = POINTS.match(/[0-9a-f-]{36}/)[0];
const [ADELE, BERTA, CLARA] = [USER, OTHER_USER, OUTSIDER].map((user) => user.preferred_username);
const REFUSALS = {
  tenant: [401, "InvalidAuthenticationTokenTenant", "The access token is from the wrong issuer."],
  subscription: [404, "SubscriptionNotFound", `The subscription '${SUBSCRIPTION}' could not be found.`],
  role: [403, "AuthorizationFailed", "The client does not have authorization to perform the action."],
};

const whose = (azure, { headers }) => azure.entra.whose(headers.authorization.replace(/^Bearer /, ""));
const ofSubscription = (azure, name) => asked(azure).filter((request) => request.path.includes(SUBSCRIPTION) && whose(azure, request) === name);

/** What is in the subscription is kept from these accounts. */
function hide(azure, blind) {
  azure.intercept = (request) => {
    const refusal = request.path.includes(SUBSCRIPTION) && REFUSALS[blind[whose(azure, request)]];
    if (!refusal) return undefined;
    const [status, code, message] = refusal;
    return { status, headers: { "content-type": "application/json" }, body: JSON.stringify({ error: { code, message } }) };
  };
}

const uses = (page, name) => page.getByRole("banner").locator("summary").getByText(name).waitFor();
const menu = (page) => page.getByRole("banner").locator("summary").click();

/** Signs in as somebody else beside who is signed in already. */
async function signInAs(page, azure, user, from) {
  azure.entra.user = user;
  await from();
  await uses(page, user.preferred_username);
}

/** Nothing of ours tells who is signed in: neither storage nor the address. */
async function holdNames(page) {
  const kept = await page.evaluate(() => {
    const of = (area) => Object.entries(area).filter(([key]) => key.startsWith("pgflex."));
    return JSON.stringify([location.href, history.state, ...of(localStorage), ...of(sessionStorage)]);
  });
  assert.doesNotMatch(kept, /@|%40|bbbbbbbb-0000|aaaaaaaa-0000/, "an account is kept or stands in the address");
}

visit("a link that another account of this tab can open is opened as that one", { at: POINTS, site, expect: [/console: .*401/] }, async ({ page, azure, host }) => {
  hide(azure, { [ADELE]: "tenant" });
  await on(page, "Sign in to open this link");
  await signIn(page);
  await says(page, "This belongs to another tenant");
  await says(page, "Another account may see it");
  await signInAs(page, azure, OUTSIDER, () => press(page, "Sign in with another account"));
  await on(page, DRILLS.server);
  assert.equal(ofSubscription(azure, ADELE).length, 3);

  // Back to the first account, in place.
  await menu(page);
  await press(page, `Switch to ${ADELE}`);
  await uses(page, ADELE);
  await says(page, `${CLARA} can see it`);
  const ofInstance = ofSubscription(azure, CLARA).filter(({ path }) => /\/backupInstances\/[^/]+\?/.test(path));
  assert.equal(ofInstance.length, 2, "for her page, and one more that tells it");
  assert.equal(await page.getByRole("banner").getByRole("button", { name: "Sign out" }).count(), 0, "the menu stands open");
  assert.equal(page.url(), host.address + POINTS);

  await press(page, `Open it as ${CLARA}`);
  await uses(page, CLARA);
  await on(page, DRILLS.server);
  assert.equal(await page.evaluate(() => document.activeElement.tagName), "H1", "it is read out from its heading on");
  await page.getByRole("radio").first().waitFor();
  assert.equal(page.url(), host.address + POINTS);
  await holdNames(page);

  // A reload goes on as the account that was in use, and still knows the other.
  await page.reload();
  await uses(page, CLARA);
  await on(page, DRILLS.server);
  await menu(page);
  await page.getByRole("button", { name: `Switch to ${ADELE}` }).waitFor();
  assert.equal(azure.entra.signIns.length, 2, "nobody was sent to the sign-in page again");
  assert.deepEqual(asked(azure, WRITES), []);
});

visit("what no account of this tab can see is said to be so, and another one can sign in", { at: POINTS, site, expect: [/console: .*40[34]/] }, async ({ page, azure }) => {
  hide(azure, { [ADELE]: "subscription", [BERTA]: "role" });
  await on(page, "Sign in to open this link");
  await signIn(page);
  await says(page, "Your account does not see this subscription");
  await signInAs(page, azure, OTHER_USER, () => press(page, "Sign in with another account"));
  await says(page, "You are not allowed to read this backup");
  await says(page, "None of the accounts signed in here can see it");
  await signInAs(page, azure, OUTSIDER, () => press(page, "Sign in with another account"));
  await on(page, DRILLS.server);
  await menu(page);
  for (const name of [ADELE, BERTA]) await page.getByRole("button", { name: `Switch to ${name}` }).waitFor();
  await holdNames(page);
});

visit("signing out of two accounts leaves neither behind in this tab", { at: POINTS, site }, async ({ page, azure }) => {
  await on(page, "Sign in to open this link");
  await signIn(page);
  await on(page, DRILLS.server);
  await menu(page);
  await signInAs(page, azure, OUTSIDER, () => press(page, "Sign in with another account"));
  await on(page, DRILLS.server);
  const kept = () => page.evaluate(() => JSON.stringify([Object.entries(sessionStorage), Object.entries(localStorage)]));
  assert.match(await kept(), /adele/);
  await menu(page);
  await press(page, "Sign out of all accounts here");
  await signedOut(page);
  assert.doesNotMatch(await kept(), /eyJ|refresh-|"secret"|adele|clara/);
});

visit("a sign-in that is broken off leaves who was signed in, and can be gone back to", { at: POINTS, site }, async ({ page, azure }) => {
  await on(page, "Sign in to open this link");
  await signIn(page);
  await on(page, DRILLS.server);
  azure.entra.refuse = "AADSTS65004";
  await menu(page);
  await press(page, "Sign in with another account");
  await says(page, "You did not consent");
  await menu(page);
  await press(page, `Switch to ${ADELE}`);
  await uses(page, ADELE);
  await on(page, DRILLS.server);
});
