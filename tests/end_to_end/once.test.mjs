// Nothing is started twice: what is on the wire, and what a person reads, when the answer to the start is lost, late or
// never comes, when the page is loaded anew or closed, when two tabs want the same, when the network is gone.
import assert from "node:assert/strict";
import { CHROMIUM, STREAMS } from "./browser.mjs";
import { asked, useAzure } from "./harness.mjs";
import { check, done, on, POINTS, press, ready, says, signIn, startUnheard } from "./person.mjs";

const visitAzure = useAzure();
const visit = (name, ...rest) => visitAzure(name, { at: POINTS, ...(rest.length > 1 ? rest[0] : {}) }, rest.at(-1));

const RESTORES = /^POST .*\/restore\?/;
const CHECKS = /^POST .*\/validateRestore\?/;
const restores = (azure) => asked(azure, RESTORES);
const ofRestores = (...words) => ({ method, path }) => (RESTORES.test(`${method} ${path}`) ? (words.length > 1 ? words.shift() : words[0]) : undefined);
const unanswered = { expect: [/request: .*\/restore\?/], allow: [/console: .*ERR_/] };
const writing = (page) => says(page, "Azure Backup is writing the files");

visit("over HTTP/2 no browser can send a start again: its answer lost, the job is found", unanswered, async ({ page, azure, pass }) => {
  await ready(page, pass);
  azure.intercept = ofRestores("lose");
  await startUnheard(page);
  await pass(60);
  await writing(page);
  await pass(900);
  await done(page);
  const [sent, ...more] = restores(azure);
  assert.deepEqual([sent.version, more], ["2.0", []]);
  if (STREAMS) assert.equal(sent.headers["content-length"], undefined, "it went out as a stream");
  assert.equal(await page.getByText("started this restore twice").count(), 0);
});

// A stream is refused there before it leaves, and the check goes again, whole.
const refusedStream = STREAMS ? [/request: .*\/validateRestore\?/] : [];
const http1 = { prepare: (context, page, azure) => { azure.http2 = false; }, again: RESTORES };

visit("over HTTP/1.1 a browser sends a start again and tells nobody: both jobs are shown, and the one that writes counts",
  { ...http1, expect: refusedStream, allow: [/console: .*ERR_/] },
  async ({ page, azure, pass }) => {
    await ready(page, pass);
    azure.intercept = ofRestores("lose", undefined);
    await press(page, "Start restore");
    await says(page, "It is creating a job for it");
    await pass(30);
    await says(page, "Azure started this restore twice");
    const [one, other, ...more] = restores(azure);
    assert.deepEqual(more, []);
    assert.deepEqual([other.body, other.headers["x-ms-client-request-id"]], [one.body, one.headers["x-ms-client-request-id"]]);
    assert.match(one.headers["content-length"], /^\d+$/, "it went out whole");
    await pass(900);
    await says(page, "The other job");
    if (await page.getByText(/^The restore of .* failed$/).count()) await page.getByRole("link", { name: "The other job" }).click();
    await done(page);
    assert.equal(restores(azure).length, 2);
    assert.equal(asked(azure, CHECKS).length, 1, "the stream was refused before it left");
  });

visit("over HTTP/1.1 with every answer lost, a job that writes is found, and the page itself sends nothing again",
  { ...http1, expect: [/request: .*\/restore\?/, ...refusedStream], allow: [/console: .*ERR_/] },
  async ({ page, azure, pass }) => {
    await ready(page, pass);
    azure.intercept = ofRestores("lose");
    await startUnheard(page);
    const sent = restores(azure).length;
    assert(sent > 1, "this browser has not sent it again: the test shows nothing");
    await pass(60);
    await says(page, "Azure started this restore twice");
    await pass(900);
    await says(page, "The other job");
    assert.equal(restores(azure).length, sent);
  });

visit("where a body of unknown length is refused, check and start go out whole",
  { expect: [/console: .*411/], again: CHECKS, only: CHROMIUM.streams },
  async ({ page, azure, pass }) => {
    azure.intercept = ({ method, headers }) => (method === "POST" && !headers["content-length"] ? { status: 411 } : undefined);
    await ready(page, pass);
    await press(page, "Start restore");
    await says(page, "It is creating a job for it");
    await pass(30);
    await writing(page);
    assert.deepEqual(asked(azure, CHECKS).map(({ headers }) => "content-length" in headers), [false, true]);
    assert.deepEqual(restores(azure).map(({ headers }) => "content-length" in headers), [true]);
  });

visit("where the start never arrives, a second try is the person’s to decide, and keeps the prefix", unanswered, async ({ page, azure, pass }) => {
  const { prefix } = await ready(page, pass);
  azure.intercept = ofRestores("cut");
  await startUnheard(page);
  await giveUp(page, pass);
  assert.equal(restores(azure).length, 1);
  azure.intercept = undefined;
  await press(page, "Start it again, with the same prefix");
  await says(page, "It is creating a job for it");
  await pass(30);
  await writing(page);
  const [first, second, ...more] = restores(azure);
  assert.deepEqual([second.body, more], [first.body, []]);
  assert(first.body.includes(prefix));
});

/** Until the search for a job gives up. */
async function giveUp(page, pass) {
  for (const times of ["once", "2 times", "3 times"]) {
    await says(page, `Looked through the vault’s jobs ${times}. Asks again`);
    await pass(250);
  }
  await says(page, "No job was found for this restore");
}

visit("a start that arrives minutes later is found by the search that goes on", unanswered, async ({ page, azure, pass }) => {
  await ready(page, pass);
  azure.intercept = ofRestores("late");
  await startUnheard(page);
  await pass(250);
  await says(page, "Looked through the vault’s jobs 2 times. Asks again");
  await azure.deliver();
  await pass(250);
  await writing(page);
  assert.equal(restores(azure).length, 1);
});

visit("a start that arrives after the second try: Azure lets one of them write, and both are shown", unanswered, async ({ page, azure, pass }) => {
  await ready(page, pass);
  azure.intercept = ofRestores("late");
  await startUnheard(page);
  await giveUp(page, pass);
  azure.intercept = undefined;
  await press(page, "Start it again, with the same prefix");
  await says(page, "It is creating a job for it");
  await azure.deliver();
  await pass(30);
  await writing(page);
  await pass(120);
  await says(page, "Azure started this restore twice");
  assert.equal(restores(azure).length, 2);
});

visit("a start that is never answered is looked for once the page’s patience is over", unanswered, async ({ page, azure, pass }) => {
  await ready(page, pass);
  azure.intercept = ofRestores("silence");
  await press(page, "Start restore");
  await says(page, "The request is on its way");
  await azure.unanswered();
  await pass(60);
  await says(page, "The request is on its way");
  await pass(65);
  // By now the job is in the list: the first look finds it.
  await writing(page);
  assert.equal(restores(azure).length, 1);
});

const leftWaiting = { allow: [/request: POST .*\/restore\?.*ERR_ABORTED/] };

visit("a reload between the start and its answer finds the job, and sends nothing", leftWaiting, async ({ page, azure, pass }) => {
  const { prefix } = await ready(page, pass);
  azure.intercept = ofRestores("silence");
  await press(page, "Start restore");
  await says(page, "The request is on its way");
  await azure.unanswered();
  assert.match(page.url(), new RegExp(`#/restore\\?.*prefix=${prefix}$`));
  await page.reload();
  await on(page, /^Restoring/);
  await pass(60);
  await writing(page);
  assert.match(page.url(), /#\/job\?/);
  await says(page, prefix);
  assert.equal(restores(azure).length, 1);
});

visit("a tab that is closed before the answer has come: another one finds the restore under Activity", leftWaiting,
  async ({ page, azure, context, host, pass }) => {
    const { prefix } = await ready(page, pass);
    azure.intercept = ofRestores("silence");
    await press(page, "Start restore");
    await says(page, "The request is on its way");
    await azure.unanswered();
    await page.close();
    const other = await context.newPage();
    await other.goto(`${host.address}#/activity`);
    await signIn(other);
    const row = other.getByRole("table", { name: "Started in this browser" }).getByRole("row").filter({ hasText: prefix });
    await row.getByText("Looking for its job").waitFor();
    await pass(60);
    await row.getByText("In progress").waitFor();
    await row.getByRole("link").click();
    await writing(other);
    await pass(900);
    await done(other);
    assert.equal(restores(azure).length, 1);
  });

const full = (context) => context.addInitScript(() => {
  const keep = Storage.prototype.setItem;
  Storage.prototype.setItem = function (key, value) {
    if (this === localStorage) throw new DOMException("full", "QuotaExceededError");
    return keep.call(this, key, value);
  };
});

visit("where storage takes nothing the restore runs, the person is told, and its address alone leads back to it",
  { ...leftWaiting, prepare: full },
  async ({ page, azure, pass }) => {
    await ready(page, pass);
    azure.intercept = ofRestores("silence");
    await press(page, "Start restore");
    await says(page, "The request is on its way");
    await azure.unanswered();
    await says(page, "This browser keeps no notes.");
    await page.reload();
    await on(page, /^Restoring/);
    await pass(60);
    await writing(page);
    await pass(900);
    await done(page);
    assert.equal(restores(azure).length, 1);
  });

visit("a double press starts one restore", async ({ page, azure, pass }) => {
  await ready(page, pass);
  await page.getByRole("button", { name: "Start restore" }).evaluate((button) => { button.click(); button.click(); });
  await says(page, "It is creating a job for it");
  assert.equal(restores(azure).length, 1);
});

visit("two tabs want the same restore: one starts it, the other says so, and then shows the job that runs",
  async ({ page, azure, context, host, pass }) => {
    const { prefix } = await ready(page, pass);
    const other = await context.newPage();
    await other.goto(host.address + POINTS);
    await ready(other, pass);
    let answer;
    const held = new Promise((go) => { answer = go; });
    azure.intercept = async ({ method, path }) => { if (RESTORES.test(`${method} ${path}`)) await held; };
    await press(page, "Start restore");
    await says(page, "The request is on its way");
    await press(other, "Start restore");
    await says(other, "Another tab is starting this restore");
    await says(other, "Nothing was sent from here");
    answer();
    await says(page, "It is creating a job for it");
    await pass(30);
    await writing(page);
    await press(other, "Start restore");
    await says(other, "This point is already being restored");
    await other.getByText(prefix).first().waitFor();
    await press(other, "Do not start it");
    await says(other, "Azure would accept it");
    assert.equal(restores(azure).length, 1);
  });

visit("a tab that was duplicated holds the same restore: pressed in both, it is started once, and both follow it",
  async ({ page, azure, context, pass }) => {
    await ready(page, pass);
    // What the tab’s menu does: the new one has its address and a copy of its session storage.
    const [other] = await Promise.all([context.waitForEvent("page"), page.evaluate(() => { open(location.href); })]);
    await check(other, pass);
    // Whichever is a moment later may find its button gone: its page follows the other's restore by then.
    const start = (tab) => tab.getByRole("button", { name: "Start restore", exact: true }).click({ timeout: 5000 }).catch(() => {});
    await Promise.all([start(page), start(other)]);
    await on(page, /^Restoring/);
    await on(other, /^Restoring/);
    await pass(60);
    await writing(page);
    await writing(other);
    await pass(900);
    await done(page);
    await done(other);
    assert.equal(page.url(), other.url());
    assert.equal(restores(azure).length, 1);
  });

visit("an hour without a network while the job runs: it has ended when the network is back",
  { allow: [/console: .*ERR_INTERNET_DISCONNECTED/, /request: .*ERR_INTERNET_DISCONNECTED/] },
  async ({ page, azure, context, pass }) => {
    await ready(page, pass);
    await press(page, "Start restore");
    await says(page, "It is creating a job for it");
    await pass(30);
    await writing(page);
    await context.setOffline(true);
    const before = asked(azure).length;
    await pass(3600);
    await says(page, "You are offline");
    assert.equal(asked(azure).length, before);
    await context.setOffline(false);
    await done(page);
    assert.equal(restores(azure).length, 1);
  });

visit("a network that goes as the start leaves: after an hour the job is found, and nothing is sent again",
  unanswered,
  async ({ page, azure, context, pass }) => {
    await ready(page, pass);
    azure.intercept = ofRestores("silence");
    await press(page, "Start restore");
    await says(page, "The request is on its way");
    await azure.unanswered();
    await context.setOffline(true);
    await pass(3600);
    await says(page, "We do not know whether Azure heard us");
    await says(page, "You are offline");
    await context.setOffline(false);
    await pass(60);
    await done(page);
    assert.equal(restores(azure).length, 1);
  });
