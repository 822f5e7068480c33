// The browsers that the suite runs in: Debian's Chromium, and with BROWSER=firefox Debian's Firefox ESR, both as they are
// installed. No request leaves this machine: the stand-ins' names lead to loopback, every other name nowhere.
import assert from "node:assert/strict";
import fs from "node:fs";
import http from "node:http";
import net from "node:net";
import path from "node:path";
import { chromium, firefox } from "playwright-core";

/** Which of them. */
export const BROWSER = process.env.BROWSER ?? "chromium";
assert(["chromium", "firefox"].includes(BROWSER), `BROWSER=${BROWSER}: chromium or firefox`);

const FLAGS = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

function program(name, variable) {
  if (process.env[variable]) return process.env[variable];
  const found = process.env.PATH.split(path.delimiter).map((folder) => path.join(folder, name)).find((file) => fs.existsSync(file));
  assert(found, `${name} is missing: put it on PATH or its file name into ${variable}`);
  return found;
}
export const chromiumProgram = () => program("chromium", "CHROMIUM");

/** Chromium, with these flags beside its own. */
export const launch = (flags = []) =>
  chromium.launch({
    executablePath: chromiumProgram(),
    // Chromium refuses its own sandbox to root.
    args: [...FLAGS, ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []), ...flags],
  });

/** The browser of this run, which finds the stand-ins, where there are any (see stand_in.mjs). */
export const launchWith = (standIns) => (BROWSER === "firefox" ? launchFirefox(standIns) : launch(standIns?.chromium));

// What Firefox is not asked, and why. A visit names its reason: `{ only: CHROMIUM.shifts }`.
export const CHROMIUM = {
  // The link to the servers is pressed in the frame, and its page does not come; why is not known yet.
  frames: "in Firefox a link pressed in a frame of another origin leads nowhere: not understood yet",
  // The page that Back leads to is as it should be by its text; but nothing can be asked of it any more.
  back: "after Back to a page that Firefox has kept Playwright waits for the end of a load that never begins",
  names: "a name that is not encrypted leads nowhere in Firefox: its proxy here leads to the stand-ins alone",
  shifts: "Firefox does not measure what moves (layout-shift)",
  scripts: "Playwright cannot switch off scripts in Firefox",
  streams: "Firefox sends every body whole: it has no request streams",
};

/** Whether a request's body may be a stream, which no browser can send again by itself. */
export const STREAMS = BROWSER === "chromium";

// What went wrong is told in Chromium's words, which the visits expect.
const FAILURES = {
  // A test has cut it.
  NS_ERROR_ABORT: "net::ERR_CONNECTION_RESET",
  NS_BINDING_ABORTED: "net::ERR_ABORTED",
  // The page has read enough of it.
  NS_BASE_STREAM_CLOSED: "net::ERR_ABORTED",
  NS_ERROR_NET_RESET: "net::ERR_CONNECTION_RESET",
  NS_ERROR_OFFLINE: "net::ERR_INTERNET_DISCONNECTED",
};

/** Troubles that Firefox keeps to itself: Chromium alone has to tell of them. */
export const toldByChromium = (...patterns) => (BROWSER === "chromium" ? patterns : []);

/** The page about this host asks for a file that is not there, and a browser tells every 404. */
export const NO_FILE = "/no-such-file.js";

/** What else goes wrong in Firefox, without which a visit would hold less there: see below. */
export function listenToFirefox(page, troubles) {
  if (BROWSER !== "firefox") return;
  const open = new Set();
  page.on("request", (request) => open.add(request));
  page.on("requestfinished", (request) => open.delete(request));
  // What Firefox writes to its console by itself WebDriver does not tell: refusals, and what did not come.
  page.on("response", (response) => {
    if (response.status() >= 400 && !response.url().endsWith(NO_FILE)) troubles.push(`console: Failed to load resource: the server responded with a status of ${response.status()}`);
  });
  page.on("requestfailed", (request) => {
    open.delete(request);
    // Of what it does not take for a script it says so itself (below).
    if (!/ABORTED|CORRUPTED_CONTENT/.test(failureOf(request))) troubles.push(`console: Failed to load resource: ${failureOf(request)}`);
  });
  // Nor does it tell of a request whose HTTP/2 connection broke. The page is told, and that Firefox does write.
  page.on("pageerror", ({ name, message }) => {
    const lost = name === KEPT_FROM_PAGE && [...open].find((request) => message.includes(` ${request.url()}. (Reason: CORS request did not succeed)`));
    if (!lost) return;
    open.delete(lost);
    troubles.push(`request: ${lost.method()} ${lost.url()} net::ERR_FAILED (it came to nothing)`);
  });
}

const KEPT_FROM_PAGE = "Cross-Origin Request Blocked";

// What Firefox has to say about a page, which it writes among the errors that nobody caught.
const OF_ITS_OWN = [
  [/^Cross-Origin Request Blocked: /, "net::ERR_FAILED"],
  [/^Content-Security-Policy: /, "Refused"],
  [/^None of the “sha384” hashes in the integrity attribute match/, "Failed to find a valid digest"],
  [/^The resource from “.*” was blocked due to MIME type/, "Refused to execute script … MIME type"],
];

/** An error that nobody caught, or a line of the console. */
export function errorOf({ name, message }) {
  const words = name ? `${name}: ${message}` : message;
  const own = BROWSER === "firefox" && OF_ITS_OWN.find(([pattern]) => pattern.test(words));
  return own ? `console: ${own[1]}: ${words}` : `uncaught: ${message}`;
}

/** Why a request failed. */
export function failureOf(request) {
  const words = request.failure()?.errorText;
  return BROWSER === "firefox" ? (FAILURES[words] ?? `net::ERR_FAILED (${words})`) : words;
}

// --- Firefox ----------------------------------------------------------------------------------------

// What Firefox would ask of its makers by itself, and what would make a run differ from the next one. Playwright has its own
// list beside it; whatever both have forgotten ends at the proxy.
const PREFERENCES = {
  "app.normandy.enabled": false,
  "app.update.auto": false,
  "browser.aboutConfig.showWarning": false,
  "browser.region.network.url": "",
  "browser.safebrowsing.provider.google4.updateURL": "",
  "browser.safebrowsing.provider.mozilla.updateURL": "",
  "browser.search.geoSpecificDefaults": false,
  "browser.topsites.contile.enabled": false,
  "captivedetect.canonicalURL": "",
  "dom.push.connection.enabled": false,
  "extensions.blocklist.enabled": false,
  "extensions.systemAddon.update.enabled": false,
  "messaging-system.rsexperimentloader.enabled": false,
  "network.captive-portal-service.enabled": false,
  "network.dns.disablePrefetch": true,
  "network.prefetch-next": false,
  "network.trr.mode": 5,
  "services.settings.server": "data:,#remote-settings-dummy/v1",
  "toolkit.telemetry.enabled": false,
  "toolkit.telemetry.server": "",
  "toolkit.telemetry.unified": false,
  // No name is asked of anybody, and what cannot go by the proxy does not go.
  "network.dns.forceResolve": "127.0.0.1",
  "network.proxy.failover_direct": false,
  "network.proxy.no_proxies_on": "localhost, 127.0.0.1",
  "network.proxy.type": 1,
  // The hosts of the login are known to Firefox as ones whose certificate nobody may wave through.
  "network.stricttransportsecurity.preloadlist": false,
  "security.cert_pinning.enforcement_level": 0,
  // Light, as Playwright has it in Chromium where a test says nothing.
  "layout.css.prefers-color-scheme.content-override": 1,
  // Nothing moves: this cannot be asked for page by page.
  "ui.prefersReducedMotion": 1,
  // As on Linux with a mouse, and as Chromium has it: Tab goes to links and buttons too.
  "accessibility.tabfocus": 7,
  // Firefox 153 ends the page's process where `ariaLabelledByElements` of one element is read by the page's scripts, and
  // then by a script beside them, as WebDriver's are. Playwright reads it in both worlds; the app reads it in none.
  "accessibility.ARIAElementReflection.enabled": false,
};

async function launchFirefox({ firefox: lead } = {}) {
  const proxy = await startProxy(lead);
  const [host, port] = ["127.0.0.1", proxy.address().port];
  const browser = await firefox.launch({
    // Firefox as it is installed speaks WebDriver BiDi; the other protocol is of Playwright's own build.
    channel: "moz-firefox",
    executablePath: program("firefox-esr", "FIREFOX"),
    // For what this version does not know by BiDi: see `inItsOwnWindow`.
    args: ["--remote-allow-system-access"],
    firefoxUserPrefs: {
      ...PREFERENCES,
      ...Object.fromEntries(["http", "ssl"].flatMap((kind) => [[`network.proxy.${kind}`, host], [`network.proxy.${kind}_port`, port]])),
    },
  });
  browser.on("disconnected", () => proxy.close());
  const newContext = browser.newContext.bind(browser);
  browser.newContext = (options) => newContext({ ...options, ignoreHTTPSErrors: true });
  return browser;
}

/** Leads the stand-ins' names to where they listen, and every other one nowhere. */
async function startProxy({ hosts = [], at } = {}) {
  const known = (name) => hosts.some((host) => (host.startsWith("*.") ? name.endsWith(host.slice(1)) : name === host));
  const sockets = new Set();
  const server = http.createServer((_, response) => response.writeHead(502).end());
  server.on("connect", (request, socket) => {
    sockets.add(socket.once("close", () => sockets.delete(socket)).on("error", () => {}));
    const [name, port] = request.url.split(":");
    if (!known(name) || port !== "443") return socket.end("HTTP/1.1 502 Nowhere\r\n\r\n");
    const [address, to] = at.split(":");
    const onward = net.connect(to, address, () => {
      socket.write("HTTP/1.1 200 Here\r\n\r\n");
      socket.pipe(onward).pipe(socket);
    });
    sockets.add(onward.once("close", () => { sockets.delete(onward); socket.destroy(); }).on("error", () => {}));
    socket.once("close", () => onward.destroy());
  });
  const close = server.close.bind(server);
  server.close = () => {
    close();
    for (const socket of sockets) socket.destroy();
  };
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  return server.unref();
}

// Playwright sets the colour scheme by a command that this version of Firefox does not have. It is answered here, and done
// as Firefox itself will do it: by a script in its own window.
const SCHEME = '"emulation.setMediaFeaturesOverride"';
let send;

const { ws: WebSocket } = BROWSER === "firefox" ? await import("playwright-core/lib/utilsBundle") : {};
if (WebSocket) {
  send = WebSocket.prototype.send;
  WebSocket.prototype.send = function (text, ...rest) {
    if (!String(text).includes(SCHEME)) return send.call(this, text, ...rest);
    const { id, params } = JSON.parse(text);
    const answer = (words) => this.emit("message", Buffer.from(JSON.stringify({ id, ...words })), false);
    setScheme(this, params).then(
      () => answer({ type: "success", result: {} }),
      ({ message }) => answer({ type: "error", error: "unknown error", message }),
    );
    return undefined;
  };
}

async function setScheme(socket, { contexts = [], features }) {
  // Of a whole context of Playwright's it is the default, which the preferences have.
  if (!contexts.length) return;
  await inItsOwnWindow(socket, (ids, scheme) => {
    const { NavigableManager } = ChromeUtils.importESModule("chrome://remote/content/shared/NavigableManager.sys.mjs");
    for (const id of ids.split(" ")) NavigableManager.getBrowsingContextById(id).top.prefersColorSchemeOverride = scheme;
  }, contexts.join(" "), features["prefers-color-scheme"] ?? "none");
}

/** Runs a function, with texts for arguments, in the window that Firefox draws around its pages. */
async function inItsOwnWindow(socket, work, ...texts) {
  const { contexts } = await ask(socket, "browsingContext.getTree", { "moz:scope": "chrome", maxDepth: 0 });
  const answer = await ask(socket, "script.callFunction", {
    functionDeclaration: String(work),
    arguments: texts.map((value) => ({ type: "string", value })),
    target: { context: contexts[0].context },
    awaitPromise: true,
  });
  if (answer.type === "exception") throw new Error(answer.exceptionDetails.text);
}

// Beyond the numbers that Playwright gives to its own questions.
let lastId = 1e12;

function ask(socket, method, params) {
  lastId += 1;
  const id = lastId;
  return new Promise((done, failed) => {
    const hear = (data) => {
      const text = String(data);
      if (!text.includes(`"id":${id}`)) return;
      socket.off("message", hear);
      const { type, result, message } = JSON.parse(text);
      if (type === "success") done(result);
      else failed(new Error(`${method}: ${message}`));
    };
    socket.on("message", hear);
    send.call(socket, JSON.stringify({ id, method, params }));
  });
}
