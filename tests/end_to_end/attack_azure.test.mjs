// The hostile Azure: answers that no Azure gives. The page stays alive, says so, and asks politely. Where its addresses
// lead elsewhere, names hold markup or an answer is a page: security.test.mjs.
import assert from "node:assert/strict";
import zlib from "node:zlib";
import { asked, useAzure, WRITES } from "./harness.mjs";
import { choosePoint, DRILLS, follow, lookFor, on, POINTS, press, ready, review, says, signIn, walkToReview } from "./person.mjs";

const visit = useAzure();

const GRAPH = /\/Microsoft\.ResourceGraph\//;
const START = /^POST .*\/restore\?/;
const VAULT = "#/find?v=1&vault=6f2d9a41-5c0e-4b7a-9f63-2d1e8c7b4a05/rg-backup-prod/bvault-prod-weu";
const json = { "content-type": "application/json; charset=utf-8" };
const ofPost = (pattern, answer) => ({ method, path }) => (method === "POST" && pattern.test(path) ? answer : undefined);
const instead = (pattern, answer) => ({ path }) => (pattern.test(path) ? answer : undefined);

/** Every link leads to a page of this program, or to one of the few hosts that it names. */
async function holdLinks(page) {
  const links = await page.locator("a[href]").evaluateAll((all) => all.map((link) => [link.getAttribute("href"), link.target, link.rel]));
  for (const [href, target, rel] of links) {
    assert.match(href, /^(#\/|#main$|\.\/$|https:\/\/(portal\.azure\.com|learn\.microsoft\.com|github\.com)\/)/);
    if (target) assert.match(rel, /noopener|noreferrer/, href);
  }
}

/** A person can go on: the page answers a press, and has no element that did not come from the program. */
async function alive(page) {
  await holdLinks(page);
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Activity" }).click();
  await on(page, "Activity");
  assert.equal(await page.locator("main img, main script, main iframe, main object, main form[action]").count(), 0);
}

for (const [what, answer, words] of [
  ["tens of megabytes", { status: 200, headers: json, body: `{"data":[${"1,".repeat(15e6)}1]}` }, "The answer was too long to read"],
  ["little that unfolds to hundreds of megabytes", { status: 200, headers: { ...json, "content-encoding": "gzip" }, body: zlib.gzipSync(Buffer.alloc(3e8, " ")) }, "The answer was too long to read"],
  ["a nest of a million lists", { status: 200, headers: json, body: "[".repeat(1e6) + "]".repeat(1e6) }, "The answer does not look like one from Azure"],
  ["a nest of a million objects in its list", { status: 200, headers: json, body: `{"data":[${'{"a":'.repeat(1e6)}1${"}".repeat(1e6)}]}` }, "The answer does not look like one from Azure"],
  ["a number beyond all numbers", { status: 200, headers: json, body: '{"data":[{"id":1e999}],"totalRecords":-1e999}' }, "The answer does not look like one from Azure"],
  ["bytes that are no text", { status: 200, headers: json, body: Buffer.from([0xff, 0xfe, 0x00, 0xd8, 0x80]) }, "The answer does not look like one from Azure"],
  ["nothing at all", { status: 200, headers: json, body: "" }, "The answer does not look like one from Azure"],
]) {
  visit(`an answer of ${what} is told, and the page goes on`, { at: "#/find" }, async ({ page, azure }) => {
    azure.intercept = ({ path }) => (GRAPH.test(path) || /^\/subscriptions\?/.test(path) ? answer : undefined);
    await signIn(page);
    await says(page, words);
    await alive(page);
    assert.deepEqual(asked(azure, WRITES), []);
  });
}

visit("a list of forty thousand servers is counted, searched, and drawn as far as anybody reads", { at: "#/find", allow: [/console: .*404/] }, async ({ page, azure }) => {
  azure.alter = (answer, { path }) => {
    if (!GRAPH.test(path)) return;
    const body = JSON.parse(answer.body);
    const [row] = body.data;
    body.data = Array.from({ length: 40_000 }, (_, i) => ({ ...row, id: row.id?.replace(/[^/]*$/, `server-${i}`), name: `server-${i}` }));
    delete body.$skipToken;
    answer.body = JSON.stringify(body);
    assert(answer.body.length < 24 * 1024 * 1024, "it is too long to be read, which is another test");
  };
  await signIn(page);
  await page.getByRole("table").first().waitFor();
  assert(await page.getByRole("row").count() < 300, "all of them are drawn");
  await lookFor(page, "no such server");
  await says(page, "No server matches");
  await alive(page);
});

visit("an error in an answer that calls itself good is no good answer", { at: VAULT }, async ({ page, azure }) => {
  azure.intercept = instead(/\/backupInstances\?/, { status: 200, headers: json, body: '{"error":{"code":"AuthorizationFailed","message":"no"}}' });
  await signIn(page);
  await says(page, "The answer does not look like one from Azure");
});

// What is good in name alone: an error under a good status, a text, a list, nothing.
const SHAM = ['{"error":{"code":"AuthorizationFailed","message":"<b>all is well</b>"}}', '"Succeeded"', "[]", "null", ""];

visit("a check that is answered with an error and a good status is no good check", { at: POINTS, again: /validateRestore/ }, async ({ page, azure }) => {
  await review(page);
  for (const body of SHAM) {
    azure.intercept = ofPost(/validateRestore/, { status: 200, headers: json, body });
    await Promise.all([page.waitForResponse(/validateRestore/), page.getByRole("button", { name: /^Check (with Azure|again)$/ }).click()]);
    await says(page, "The answer does not look like one from Azure");
    assert.equal(await page.getByText("Azure would accept it").count(), 0, body);
    assert.equal(await page.getByRole("button", { name: "Start restore" }).isEnabled().catch(() => false), false, body);
  }
  assert.equal(asked(azure, START).length, 0);
});

visit("a start that is answered with an error and a good status is looked for, and not sent again", { at: POINTS }, async ({ page, azure, pass }) => {
  await ready(page, pass);
  azure.intercept = ofPost(/\/restore\?/, { status: 200, headers: json, body: SHAM[0] });
  await press(page, "Start restore");
  await says(page, "Looked through the vault’s jobs once. Asks again");
  assert.equal(await page.getByText(/Azure accepted the request|Azure Backup is writing/).count(), 0);
  await pass(600);
  assert.equal(asked(azure, START).length, 1);
});

visit("a list that names itself as its next page is told at once, and what has come is shown", { at: VAULT }, async ({ page, azure }) => {
  azure.alter = (answer, { path }) => {
    if (/\/backupInstances\?/.test(path)) answer.body = JSON.stringify({ ...JSON.parse(answer.body), nextLink: `https://management.azure.com${path}` });
  };
  await signIn(page);
  await says(page, "The list does not end");
  await says(page, "psql-orders-prod");
  assert(asked(azure, /\/backupInstances\?/).length <= 3, "it was read round and round");
});

visit("whatever Azure says of when to ask again, it is asked neither at once nor in a year", { at: POINTS, allow: [/console: .*429/] }, async ({ page, azure, pass }) => {
  await on(page, "Sign in to open this link");
  await signIn(page);
  await on(page, DRILLS.server);
  await choosePoint(page);
  for (const after of ["9999999999999999999999", "-1", "0", "1e9", "Wed, 21 Oct 2099 07:28:00 GMT", "soon", "600, 1"]) {
    azure.intercept = instead(/\/recoveryPoints\?/, { status: 429, headers: { ...json, "retry-after": after, "access-control-expose-headers": "Retry-After" }, body: '{"error":{"code":"TooManyRequests","message":"slow"}}' });
    await page.reload();
    await says(page, /Asks again|asks again/);
    const before = asked(azure, /\/recoveryPoints\?/).length;
    // Ten minutes are the longest that Azure may ask for.
    await pass(601);
    await page.waitForFunction(() => true);
    const now = asked(azure, /\/recoveryPoints\?/).length;
    assert(now >= before && now <= before + 12, `after “${after}” it was asked ${now - before} times in ten minutes`);
  }
});

visit("an operation that never ends is asked about calmly for as long as the page is open", async ({ page, azure, pass }) => {
  await signIn(page);
  await walkToReview(page);
  azure.alter = (answer, { path }) => {
    if (/operation(Status|Results)/i.test(path)) Object.assign(answer, { status: 200, body: '{"status":"InProgress"}' });
  };
  await press(page, "Check with Azure");
  await says(page, "Asks again");
  for (let hours = 0; hours < 6; hours++) await pass(3600);
  const polls = asked(azure, /operation(Status|Results)/i).length;
  assert(polls < 40, `${polls} questions`);
  assert.equal(await page.getByRole("button", { name: "Start restore" }).isEnabled().catch(() => false), false);
  await alive(page);
});

for (const id of ["../../../evil", "x/../../evil", "..%2f..%2fevil", "evil\u202e", "\\\\evil.example\\x"]) {
  visit(`a job whose id climbs out of its vault is not asked for there, but looked for in the vault: ${encodeURIComponent(id)}`, { at: POINTS }, async ({ page, azure, pass }) => {
    await ready(page, pass);
    let told = 0;
    azure.alter = (answer, { path }) => {
      if (!/operationStatus/i.test(path) || !/"jobId"/.test(answer.body)) return;
      told += 1;
      const body = JSON.parse(answer.body);
      for (const part of [body, body.properties ?? {}]) if (part.jobId) part.jobId = part.jobId.replace(/[^/]*$/, "") + id;
      answer.body = JSON.stringify(body);
    };
    await press(page, "Start restore");
    await says(page, "It is creating a job for it");
    await pass(30);
    await says(page, "Azure Backup is writing the files");
    assert(told >= 1);
    assert.deepEqual(asked(azure).map(({ path }) => path.split("?")[0]).filter((path) => /evil|\.\.|%2f/i.test(path)), [], "a made-up id was asked for");
    assert.equal(asked(azure, START).length, 1);
  });
}

/** What is put in front of every name that Azure tells, and never shows as it came. */
const HIDDEN = "\u202e\u2066\u200b\u200f\u0007";
visit("names that look like others, turn text round or hide it are shown for what they are, on every page", { at: "#/find", allow: [/console: .*400/], again: /validateRestore/ }, async ({ page, azure }) => {
  const marked = (value) => (typeof value === "string" && !/[/:]/.test(value) ? `${HIDDEN}${value}` : value);
  const mark = (value, key) => {
    if (Array.isArray(value)) return value.map((item) => mark(item));
    if (value && typeof value === "object") return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, mark(inner, name)]));
    return /^(displayName|friendlyName|subscription|message|server|policyName|recommendedAction)$/i.test(key ?? "") ? marked(value) : value;
  };
  azure.alter = (answer) => {
    try { answer.body = JSON.stringify(mark(JSON.parse(answer.body))); } catch { /* it has no body */ }
  };
  await signIn(page);
  await says(page, DRILLS.server);
  const hold = async () => {
    const text = await page.evaluate(() => document.body.innerText + document.title);
    assert.doesNotMatch(text, /[\u202a-\u202e\u2066-\u2069\u200b-\u200f\u0007]/, "a hidden character is shown as it came");
    await holdLinks(page);
  };
  await hold();
  await says(page, /⟨U\+202E⟩/);
  azure.alter = undefined;
  await page.goto(page.url().replace(/#.*/, POINTS));
  await on(page, DRILLS.server);
  await hold();
  await choosePoint(page);
  await follow(page, "Choose a target");
  await on(page, "Where should the files go?");
  azure.intercept = ({ method, path }) => (method === "POST" && /validateRestore/.test(path) ? { status: 400, headers: json, body: JSON.stringify({ error: { code: `Bad${HIDDEN}Code`, message: `${HIDDEN}<img src=x onerror=alert(1)><a href="javascript:alert(1)">mend it</a>`, innerError: { recommendedAction: [`${HIDDEN}javascript:alert(1)`] } } }) } : undefined);
  await page.getByLabel("Type its URL").check();
  await page.getByLabel("Container", { exact: true }).fill(DRILLS.container);
  await press(page, "Review");
  await on(page, "Review the restore");
  await press(page, "Check with Azure");
  await says(page, '<a href="javascript:alert(1)">mend it</a>');
  assert.equal(await page.locator("main img, main script").count(), 0);
  await hold();
});

visit("headers that no Azure sends change nothing and fetch nothing", { at: "#/find" }, async ({ page, azure, context }) => {
  azure.alter = (answer) => {
    Object.assign(answer.headers, {
      "set-cookie": "token=evil; Path=/; SameSite=None; Secure",
      link: "<https://evil.example/x.js>; rel=preload; as=script, <https://evil.example>; rel=preconnect",
      refresh: "0; url=https://evil.example/",
      "report-to": '{"group":"evil","max_age":1,"endpoints":[{"url":"https://evil.example/r"}]}',
      nel: '{"report_to":"evil","max_age":1,"success_fraction":1}',
      "content-disposition": "attachment; filename=evil.exe",
      sourcemap: "https://evil.example/x.map",
      "x-ms-request-id": "é".normalize("NFD").replace(/[^\x20-\x7e]/g, "") + "<script>".repeat(200),
    });
  };
  await signIn(page);
  await says(page, DRILLS.server);
  assert.deepEqual((await context.cookies()).filter(({ name }) => name === "token"), []);
  await alive(page);
});

visit("members that mean something to other languages, and members that stand there twice, are members like any other", { at: "#/find" }, async ({ page, azure }) => {
  azure.alter = (answer, { path }) => {
    if (GRAPH.test(path)) answer.body = answer.body.replace(/\{/g, '{"__proto__":{"polluted":true,"id":"/evil"},"constructor":{"prototype":{"polluted":true}},"id":"/evil","name":"twice",');
  };
  await signIn(page);
  await page.getByRole("table").first().waitFor();
  assert.equal(await page.evaluate(() => ({}).polluted), undefined);
  await alive(page);
});

visit("whom to sign in with is the configuration’s to say, whatever a challenge names", { expect: [/console: .*401/] }, async ({ page, azure }) => {
  await signIn(page);
  await walkToReview(page);
  const claims = Buffer.from(JSON.stringify({ access_token: { acrs: { essential: true, values: ["p1"] } }, id_token: { email: null } })).toString("base64");
  azure.intercept = ({ method, path }) => (method === "POST" && /validateRestore/.test(path) ? {
    status: 401,
    headers: { ...json, "www-authenticate": `Bearer realm="", authorization_uri="https://evil.example/common", client_id="evil", error="insufficient_claims", claims="${claims}"`, "access-control-expose-headers": "WWW-Authenticate" },
    body: '{"error":{"code":"InvalidAuthenticationToken","message":"more"}}',
  } : undefined);
  await press(page, "Check with Azure");
  await press(page, "Sign in with more proof");
  await on(page, "Review the restore");
  const [first, second] = azure.entra.signIns;
  assert.deepEqual([second.client_id, second.redirect_uri, second.scope.split(" ").sort()], [first.client_id, first.redirect_uri, first.scope.split(" ").sort()]);
  assert.equal(JSON.parse(second.claims).id_token?.email, undefined, "more than the access token's claims was passed on");
});
