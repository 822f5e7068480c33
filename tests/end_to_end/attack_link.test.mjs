// The hostile link: whatever stands in an address, opening it writes nothing, tells nobody anything, and leads nowhere but
// to a page of this program. Damaged links one by one: links.test.mjs; links to plans: plan.test.mjs.
import assert from "node:assert/strict";
import { CHROMIUM } from "./browser.mjs";
import { asked, started, useAzure, WRITES } from "./harness.mjs";
import { choosePoint, chooseTarget, DRILLS, follow, on, POINTS, press, says, signedIn, signedOut, signIn, walkToPoints } from "./person.mjs";
import { USER } from "./entra.mjs";

const visit = useAzure();

const VAULT = "94b7d3e0-58c6-4a1f-8f29-0e6d71c3a5b8/rg-demo/bvault-demo-weu";
const tokens = (azure) => azure.requests.filter(({ path }) => /\/token(\?|$)/.test(path));
/** Goes to a fragment as a link within the page does. */
const go = (page, fragment) => page.evaluate((fragment) => { location.hash = fragment; }, fragment);
/** What has to do with the address that was left has been done. */
const settled = (page) => page.evaluate(() => new Promise((done) => setTimeout(() => requestAnimationFrame(() => setTimeout(done)))));

// No page of this program, or none that is about anything.
const GARBAGE = [
  "#", "#/", "##", "#/#/find", "#//find", "#///evil.example/x", "#/\\evil.example", "#/find/../../x", "#/./find", "#/%66ind", "#/fi%6ed?v=1",
  "#javascript:alert(1)", "#/javascript:alert(1)", "#data:text/html,<script>alert(1)</script>", "#/https://evil.example/", "#/<img src=x onerror=alert(1)>",
  `#/find?v=1&vault=${VAULT}&vault=${VAULT}`, `#/find?v=1&vault=${VAULT}%00`, `#/find?v=1&vault=${VAULT}%0d%0aX-Evil:1`, `#/find?v=1&vault=${VAULT}%ff`,
  `#/find?v=1&vault=${VAULT}%`, `#/find?v=1&vault=${VAULT}%2`, `#/find?v=1&vault=${VAULT}%u0041`, `#/find?v=1&vault=${VAULT}%2f..%2f..%2fx`, `#/find?v=1&vault=${VAULT}/../x`,
  "#/find?v=1&vault=94b7d3e0-58c6-4a1f-8f29-0e6d71c3a5b8/rg\u202edemo/bvault", "#/find?v=1&vault=94b7d3e0-58c6-4a1f-8f29-0e6d71c3a5b8/rg-demo/bvаult-demo-weu",
  "#/find?v=99999999999999999999", "#/find?v=-1", "#/find?v=1e3", "#/find?v=1.0", "#/find?v=%31%32", "#/points?v=1&instance=", "#/points?v=1&instance=////", "#/job?v=1&job=/////",
  "#/__proto__", "#/constructor?v=1", "#/find?__proto__=x&__proto__=y", "#/states", "#/states/framed", `#/${"a".repeat(40_000)}`, `#/find?v=1&x=${"%41".repeat(12_000)}`, `#/find?${"a=1&".repeat(5000)}`,
  "#/review?v=1&instance=$(id)&point=`id`", "#/restore?v=1&instance=a&point=b&prefix=c", "#/target?v=1&container=https://evil.blob.core.windows.net/x",
];

visit("no fragment asks anything of anybody who is signed out, whatever stands in it", { at: "#/about" }, async ({ page, azure, host }) => {
  await on(page, "About this host");
  for (const fragment of GARBAGE) {
    await go(page, fragment);
    await settled(page);
    await page.getByRole("heading", { level: 1 }).waitFor();
    assert.equal(await page.locator("main img, main script, main iframe").count(), 0, fragment.slice(0, 80));
    assert.equal(page.url().split("#")[0], host.address, fragment.slice(0, 80));
  }
  assert.deepEqual(azure.requests, []);
  await go(page, "#/about");
  await on(page, "About this host");
});

visit("no fragment writes anything or asks for what no page is about, whatever stands in it", { at: "#/about", allow: [/console: .*40[34]/, /request: .*ERR_ABORTED/] }, async ({ page, azure, context }) => {
  await on(page, "About this host");
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Find" }).click();
  await signIn(page);
  for (const fragment of GARBAGE) {
    await go(page, fragment);
    await settled(page);
    await page.getByRole("heading", { level: 1 }).waitFor();
  }
  assert.deepEqual(asked(azure, WRITES), []);
  assert.deepEqual(asked(azure).map(({ path }) => path).filter((path) => /evil|\.\.|%00|%0d|%2f|[^\x21-\x7e]/i.test(path)), []);
  assert.equal(context.pages().length, 1);
});

visit("a link cannot say whom to sign in with, at which Azure, or where files go; nor can a query", { at: `?tenant=evil.example&clientId=evil&cloud=china&config=https://evil.example/config.json${POINTS}&tenant=evil.example&clientId=eeeeeeee-0000-4000-8000-00000000000e&cloud=china&arm=https://evil.example&login=https://evil.example&config=https://evil.example/config.json&container=https://evil.blob.core.windows.net/loot&target=evil&prefix=evil&token=evil&sid=evil&login_hint=evil&redirect_uri=https://evil.example` },
  async ({ page, azure, host }) => {
    await on(page, "Sign in to open this link");
    assert.deepEqual(host.requests.map(({ path }) => path).filter((path) => /config/.test(path)), [new URL("config.json", host.address).pathname]);
    await signIn(page);
    await on(page, DRILLS.server);
    await choosePoint(page);
    await follow(page, "Choose a target");
    await on(page, "Where should the files go?");
    await page.getByLabel("Type its URL").check();
    assert.equal(await page.getByLabel("Container", { exact: true }).inputValue(), "");
    assert.doesNotMatch(await page.getByLabel("File prefix").inputValue(), /evil/);
    assert.doesNotMatch(await page.evaluate(() => JSON.stringify([localStorage, sessionStorage].map((area) => Object.entries(area).filter(([key]) => key.startsWith("pgflex."))))), /evil|loot/);
    const [login] = azure.entra.signIns;
    assert.equal(login.client_id, "cccccccc-0000-4000-8000-000000000003");
    assert.equal(login.redirect_uri, host.address);
    assert.equal(login.login_hint, undefined);
    assert(azure.requests.every(({ host, path }) => host.endsWith("management.azure.com") || (host === "login.microsoftonline.com" && path.startsWith("/contoso.example/"))), "another tenant or cloud was asked");
    assert(!azure.requests.some(({ path, body }) => /evil|loot/.test(path.replace(/state=[^&]*/, "") + body)), "what the link said was sent on");
  });

// Spellings of the simulation's address; only its own one may be it.
const NEARLY = ["#demo/find", "#/Demo/find", "#/DEMO/find", "#/%64emo/find", "#//demo/find", "##/demo/find", "#/demo%2ffind", "#/demo;/find", "#/demo\\find", "#/dem\u043e/find", "#/demo\u200b/find", "#/demoo/find", "#/find/demo", "#/find?demo", "#/find#/demo"];

visit("what is nearly an address of the simulation never mixes the two: no page of it without its banner, nothing of Azure with it", { allow: [/request: .*ERR_ABORTED/] }, async ({ page, azure, host }) => {
  await started(page);
  await signIn(page);
  for (const fragment of NEARLY) {
    await page.goto(`${host.address}#/about`);
    await on(page, "About this host");
    const before = azure.requests.length;
    await go(page, fragment);
    await settled(page);
    await page.getByRole("heading", { level: 1 }).waitFor();
    const banner = await page.getByText("Simulated Azure · no request leaves this browser").count();
    const account = await page.getByRole("banner").getByText(USER.preferred_username).count();
    assert(!(banner && account), `${fragment}: the account and the simulation on one page`);
    assert(!banner || azure.requests.length === before, `${fragment}: the simulation asked Azure`);
  }
});

visit("a page that is taken over into the other world takes no press, no plan and no token along", { at: POINTS, allow: [/request: .*ERR_ABORTED/] }, async ({ page, azure, host }) => {
  await on(page, "Sign in to open this link");
  await signIn(page);
  await on(page, DRILLS.server);
  await choosePoint(page);
  await chooseTarget(page);
  const review = page.url();
  const real = asked(azure).length;
  // Somebody leads the same tab into the simulation, to the same page.
  await go(page, review.split("#")[1].replace(/^\//, "/demo/"));
  await says(page, "Say where the files go");
  await settled(page);
  const known = asked(azure).length;
  assert(known <= real + 1, "the simulation asked Azure");
  // In the simulation everything goes, up to a start …
  await page.goto(`${host.address}#/demo`);
  await walkToPoints(page);
  await choosePoint(page);
  await chooseTarget(page);
  await press(page, "Check with Azure");
  await says(page, "Asks again");
  // … and back in the real world nothing of it is left.
  await page.goto(review);
  await on(page, "Review the restore");
  await says(page, DRILLS.container);
  assert.equal(await page.getByRole("button", { name: "Start restore" }).isEnabled().catch(() => false), false, "a check of the simulation counts for Azure");
  assert.deepEqual(asked(azure, WRITES), []);
  await signedIn(page);
});

const ANSWERS = {
  "a code with a state that nobody sent": "#code=attackers-code&state=eyJpZCI6IjAxYTIwMzljLTAwMDAtNzAwMC04MDAwLTAwMDAwMDAwMDAwMCIsIm1ldGEiOnsiaW50ZXJhY3Rpb25UeXBlIjoicmVkaXJlY3QifX0%3D&client_info=eyJ1aWQiOiJ4IiwidXRpZCI6InkifQ&session_state=x",
  "a code without a state": "#code=attackers-code",
  "tokens themselves": "#access_token=attackers-token&id_token=attackers-token&token_type=Bearer&expires_in=3600&state=x",
  "an error with words to believe": "#error=access_denied&error_description=%3Ch1%3ECall%20%2B1%20555%200100%20to%20unlock%20your%20account%3C%2Fh1%3E&error_uri=https%3A%2F%2Fevil.example&state=x",
  "a sign-out that nobody asked for": "#state=x&logout=1",
};

for (const [what, fragment] of Object.entries(ANSWERS)) {
  visit(`an answer to a sign-in that is a link, of ${what}, signs nobody in and says none of its words`, { at: fragment }, async ({ page, azure, host }) => {
    await started(page);
    await signedOut(page);
    assert.doesNotMatch(await page.locator("body").innerText(), /555 0100|attackers/);
    assert.equal(page.url().replace(/#$/, ""), host.address, "the answer stays in the address");
    assert.deepEqual(azure.requests, []);
    // Whoever is signed in stays who they are.
    await signIn(page);
    await page.goto("about:blank");
    await page.goto(host.address + fragment);
    await started(page);
    await signedIn(page);
    assert.equal(tokens(azure).length, 1, "a code of somebody else was redeemed");
    assert.doesNotMatch(await page.locator("body").innerText(), /555 0100|attackers/);
    assert.equal(page.url().replace(/#$/, ""), host.address);
    // The same within the page, which loads nothing anew.
    await go(page, fragment);
    await settled(page);
    await signedIn(page);
    assert.equal(tokens(azure).length, 1);
    await says(page, "This link is not valid");
    assert.doesNotMatch(await page.locator("body").innerText(), /555 0100/);
    assert.deepEqual(asked(azure, WRITES), []);
    await go(page, "#/");
  });
}

visit("an error in place of the answer that is awaited, with a state that nobody sent, says none of its words", { at: "#/find" }, async ({ page, azure }) => {
  await on(page, "Sign in to open this link");
  Object.assign(azure.entra, { foreignState: "formed", refuse: "AADSTS65004: call +1 555 0100" });
  await press(page, "Sign in with Microsoft");
  await signedOut(page);
  await says(page, "The answer to the sign-in does not belong to this page");
  assert.doesNotMatch(await page.locator("body").innerText(), /555 0100|AADSTS65004/);
  assert.equal(tokens(azure).length, 0);
});

visit("an address to come back to that somebody has planted leads to no page of theirs", { at: "#/find" }, async ({ page, azure, host }) => {
  await on(page, "Sign in to open this link");
  for (const planted of ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "/../evil", "#javascript:alert(1)"]) {
    await page.evaluate((planted) => sessionStorage.setItem("pgflex.return", planted), planted);
    await page.reload();
    await on(page, "Sign in to open this link");
    assert.equal(page.url(), `${host.address}#/find`);
    // Also where the address is free to be taken.
    await page.evaluate((planted) => sessionStorage.setItem("pgflex.return", planted), planted);
    await page.goto("about:blank");
    await page.goto(`${host.address}#code=x`);
    await started(page);
    assert.equal(page.url().replace(/#$/, ""), host.address, planted);
    await page.goto(`${host.address}#/find`);
    await on(page, "Sign in to open this link");
  }
  assert.deepEqual(azure.requests, []);
});

// Of servers that come on screen the newest points are read, and the drills' are refused or cut.
visit("after signing out, Back shows nothing that Azure has told", { at: "#/find", only: CHROMIUM.back, allow: [/console: .*(403|ERR_|recoveryPoints)/, /request: .*\/recoveryPoints/] }, async ({ page }) => {
  await signIn(page);
  await says(page, DRILLS.server);
  await follow(page, DRILLS.server);
  await on(page, DRILLS.server);
  await page.getByRole("banner").getByText(USER.preferred_username).click();
  await press(page, "Sign out");
  await signedOut(page);
  for (let steps = 0; steps < 4; steps++) {
    await page.goBack().catch(() => {});
    if (!page.url().startsWith("http://localhost")) break;
    await started(page);
    const text = await page.locator("main").innerText();
    assert.doesNotMatch(text, /Contoso Production|UTC/, `${page.url()} still shows what Azure has told`);
    assert.equal(await page.getByRole("banner").getByText(USER.preferred_username).count(), 0);
  }
});
