// One visit to the built app by a person with a real browser. Every visit is served with the shipped
// Content-Security-Policy and fails on anything that went wrong beside what it looked at: a breach of
// the policy, an error nobody caught, a line of error in the console, a request that failed.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { serve } from "../../.ci/serve.mjs";
import { BROWSER, errorOf, failureOf, launchWith, listenToFirefox, NO_FILE } from "./browser.mjs";
import { serveBy } from "./hosts.mjs";
import { startStandIns } from "./stand_in.mjs";

export const DIST = process.env.DIST ?? "dist";
export const CONFIG = JSON.stringify({ cloud: "public", tenant: "contoso.example", clientId: "cccccccc-0000-4000-8000-000000000003" });
// Long enough for a machine that is compiling beside it; nothing waits for it in vain.
const PATIENCE = 25_000;
// No visit takes as long: what never comes is waited for no longer.
const LONGEST = 900_000;
// A read that was on its way when the clock was put ahead, or when its page was left, is given up by the page.
const GIVEN_UP = /^request: (GET https:\/\/[\w.]*management\.azure\.com\/|POST https:\/\/management\.azure\.com\/providers\/Microsoft\.ResourceGraph\/).* net::ERR_ABORTED$/;

// Where requests may go: the page's own host, Entra, Azure Resource Manager.
const OURS = /^(http:\/\/localhost:\d+\/|data:|https:\/\/(login\.microsoftonline\.com|([a-z0-9-]+\.)?management\.azure\.com)\/)/;
// What the stand-in of Entra gives out: two parts of a JWT, a refresh token.
const TOKEN = /eyJ[\w-]+\.eyJ|refresh-[0-9a-f]{8}/;

// HOST=nginx, caddy or plain has the app served by that one (hosts.mjs), BELOW=/some/path/ below that path. A visit that asks
// for a host which behaves worse than those gets .ci/serve.mjs, which can.
const { HOST, BELOW = "/" } = process.env;
function serveSite(name, { change, type, headers, compress, ...site }) {
  const worse = Object.fromEntries(Object.entries({ change, type, headers, compress }).filter(([, asked]) => asked !== undefined));
  const all = { below: BELOW, config: CONFIG, ...site };
  return name && !Object.keys(worse).length ? serveBy(name, DIST, all) : serve(DIST, { ...all, ...worse });
}

/** One browser for the visits of a file. Each visit has a context of its own: no shared storage. */
export function useBrowser(standIns) {
  let browser, gone;
  const hosts = new Set();
  before(async () => {
    browser = await launchWith(await standIns?.());
    gone = new Promise((_, failed) => browser.once("disconnected", () => failed(new Error("The browser is gone."))));
    gone.catch(() => {});
  });
  after(async () => {
    // Also of a visit that has not come to its end: else this process would not end either.
    for (const host of hosts) host.close();
    await browser?.close();
  });

  /**
   * A test that visits the app. Options:
   * - site     how the host behaves (see .ci/serve.mjs); false: no config.json
   * - host     which server it is, of hosts.mjs; else the one that HOST names
   * - at       the fragment to open
   * - expect   patterns of troubles that belong to this test; any other one fails it, and so does an
   *            expected one that does not come
   * - allow    patterns of troubles that may come along with those
   * - context  options for the browser's context
   * - only     why it is a visit with Chromium alone (see browser.mjs)
   * - todo     what is known not to work yet: then a failure is told, and does not count
   * - prepare  (context, page) → before the page is opened
   */
  return function visit(name, { host: hostName = HOST, site = {}, at = "", expect = [], allow = [], context: contextOptions = {}, prepare, only, todo } = {}, walk) {
    test(name, { todo, skip: BROWSER === "chromium" ? undefined : only, timeout: LONGEST }, async () => {
      const context = await browser.newContext(contextOptions);
      context.setDefaultTimeout(PATIENCE);
      const host = await serveSite(hostName, site);
      hosts.add(host);
      const troubles = [];
      try {
        const page = await watch(context, troubles);
        await prepare?.(context, page);
        await page.goto(host.address + at, { waitUntil: "commit" });
        await Promise.race([walk({ page, host, context, troubles }), gone]);
        for (const pattern of expect) assert(troubles.some((trouble) => pattern.test(trouble)), `expected, but did not happen: ${pattern}`);
        assert.deepEqual(troubles.filter((trouble) => ![...expect, ...allow].some((pattern) => pattern.test(trouble))), []);
      } catch (error) {
        // What the page says tells more than what was waited for in vain.
        const said = await Promise.all(context.pages().map(async (page) =>
          `The page at ${page.url()} says:\n${await page.locator("body").innerText({ timeout: 1000 }).catch(() => "nothing")}`));
        throw new Error([error.message, "Troubles:", ...troubles, ...said].join("\n"), { cause: error });
      } finally {
        hosts.delete(host);
        host.close();
        // A browser that is gone has closed it, and what the visit failed at is what counts.
        await context.close().catch(() => {});
      }
    });
  };
}

/**
 * The same with Entra and Azure behind it, each visit in a fresh world. Whatever a test looks at, every
 * visit also holds to what has to be true of all requests and of everything that is kept.
 *
 * A test gets besides: `azure`, the stand-ins, and `pass(seconds)`, which puts the clocks of the page and
 * of the simulated Azure ahead together: a wait of minutes is over, and nobody has waited. The option `again` says which requests the browser
 * may send twice.
 */
export function useAzure(options = {}) {
  let azure;
  after(() => azure?.close());
  const visitPage = useBrowser(async () => {
    azure = await startStandIns({ args: ["--answers", "1000"], ...options });
    return azure;
  });

  return function visit(name, ...rest) {
    const { prepare, again, allow = [], ...options } = rest.length > 1 ? rest[0] : {};
    const walk = rest.at(-1);
    const fresh = async (context, page) => {
      await azure.reset();
      await context.clock.install();
      await prepare?.(context, page, azure);
    };
    visitPage(name, { ...options, allow: [...allow, GIVEN_UP], prepare: fresh }, async (scene) => {
      const reads = openReads(scene.context);
      const pass = async (seconds) => {
        // A read that is on its way would seem to have taken as long, be given up, and asked again.
        await azure.advance(seconds);
        await reads.answered();
        await scene.context.clock.fastForward(seconds * 1000);
      };
      await walk({ ...scene, azure, pass });
      holdRequests(azure, scene.host, again);
      for (const page of scene.context.pages()) await holdSecrets(page);
    });
  };
}

const nextTask = () => new Promise((begun) => {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => { port1.close(); begun(); };
  port2.postMessage(0);
});

// A token that is being renewed: what waits for it reads too.
const RENEWAL = /^https:\/\/login\.[^/]+\/[^?]*\/token(\?|$)/;

/** The reads that the pages of a context wait for. */
function openReads(context) {
  const open = new Set();
  let next = () => {};
  const end = (request) => { open.delete(request); next(); };
  context.on("request", (request) => { if (request.method() === "GET" || RENEWAL.test(request.url())) open.add(request); });
  context.on("requestfinished", end);
  context.on("requestfailed", end);
  return {
    async answered() {
      do {
        while (open.size) await new Promise((ended) => { next = ended; });
        // What has come may lead to the next read.
        for (const page of context.pages()) await page.evaluate(nextTask);
      } while (open.size);
    },
  };
}

/** Whatever writes: all but reads, of which the resource graph's are sent as POSTs. */
export const WRITES = /^(?!GET)(?!POST \/providers\/Microsoft\.ResourceGraph\/)/;

/** What was asked of Azure, without the preflights: a browser asks those by itself. */
export const asked = (azure, pattern = /./) =>
  azure.requests.filter(({ host, method, path }) => host.endsWith(azure.arm) && method !== "OPTIONS" && pattern.test(`${method} ${path}`));

function holdRequests(azure, host, again) {
  const ids = new Set();
  for (const { method, path, headers } of asked(azure)) {
    const what = `${method} ${path}`;
    assert.match(headers["x-ms-client-request-id"] ?? "", /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, what);
    assert(again?.test(what) || !ids.has(headers["x-ms-client-request-id"]), `an id was used twice: ${what}`);
    ids.add(headers["x-ms-client-request-id"]);
    assert.match(headers.authorization, /^Bearer eyJ/, what);
    assert.equal(headers.cookie, undefined, what);
    assert.equal(headers.referer, undefined, what);
    assert.equal(headers.origin, new URL(host.address).origin, what);
  }
  for (const { path } of azure.requests) assert.doesNotMatch(path, TOKEN, "a token stands in an address");
}

/** No token and no signature in the address, in what the app keeps, or in what it shows. */
async function holdSecrets(page) {
  const kept = await page.evaluate(() => {
    const of = (area) => Object.entries(area).filter(([key]) => key.startsWith("pgflex."));
    return [JSON.stringify([location.href, history.state, document.title, ...of(localStorage), ...of(sessionStorage)]), document.documentElement.outerHTML];
  }).then(([ours, shown]) => {
    assert.doesNotMatch(ours, /[a-z]+@(contoso|fabrikam)\.example/, "a login is kept, or stands in the address");
    return ours + shown;
  });
  assert.doesNotMatch(kept, TOKEN);
  assert.doesNotMatch(kept, /acrs|access_token/, "claims are kept or shown");
  assert.doesNotMatch(kept, /[?&](t|c|s|h)=[\w-]{40,}/, "a signed address is kept or shown");
}

/** Writes down the troubles of every page of a browser’s context; gives the first page. */
export async function watch(context, troubles) {
  await context.exposeBinding("tellViolation", (_, words) => troubles.push(`policy: ${words}`));
  await context.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", (event) => {
      window.tellViolation(`${event.effectiveDirective} blocked ${event.blockedURI} ${event.sample} at ${event.sourceFile}:${event.lineNumber}`);
    });
  });
  context.on("page", (page) => listen(page, troubles));
  return context.newPage();
}

function listen(page, troubles) {
  page.on("console", (message) => {
    if (message.location().url.endsWith(NO_FILE)) return;
    if (["error", "warning"].includes(message.type())) troubles.push(`console: ${message.text()}`);
    if (TOKEN.test(message.text())) troubles.push("console: a token");
  });
  page.on("pageerror", (error) => troubles.push(errorOf(error)));
  page.on("request", (request) => { if (!OURS.test(request.url())) troubles.push(`left for elsewhere: ${request.url()}`); });
  // The icon, and what the host is asked about itself, may still be on their way when the page is left.
  page.on("requestfailed", (request) => /\/icon-\w+\.svg$/.test(request.url()) || request.method() === "HEAD" || troubles.push(`request: ${request.method()} ${request.url()} ${failureOf(request)}`));
  listenToFirefox(page, troubles);
}

/** The app has taken the place of the shell. */
export async function started(page) {
  await page.locator("#starting").waitFor({ state: "detached" });
  await page.locator("main h1").first().waitFor();
}
