// The hostile clipboard: what is pasted into a field stays a text, whatever it holds, and a secret in it is kept nowhere;
// what is copied from the page is what the page shows, and does in a shell what it says.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { asked, useAzure, useBrowser, WRITES } from "./harness.mjs";
import { check, choosePoint, chooseTarget, containerField, done, DRILLS, follow, lookFor, on, POINTS, press, review, says, signIn, start, walkToPoints } from "./person.mjs";
import { passIn } from "./tour.mjs";

const visit = useBrowser();
const visitAzure = useAzure();

const demo = { at: "#/demo", prepare: (context) => context.clock.install() };
const PASTED = [
  "\u202e\u2066gro.live\u2069\u200b\u200f\u0000\u0007\u001b[31m",
  '<img src=x onerror="window.pwned=1"><script>window.pwned=1</script>',
  "javascript:window.pwned=1",
  "data:text/html,<script>window.pwned=1</script>",
  "//evil.example/x", "\\\\evil.example\\x", "file:///etc/passwd",
  "$(touch pwned) `touch pwned` ; touch pwned #' \" \\",
  "{{constructor.constructor('window.pwned=1')()}}", "%00%0d%0a%s%n${7*7}",
  "https://portal.azure.com/#@evil/resource/subscriptions/../../../x", "\ud800 a lone half", "é".repeat(10_000).normalize("NFD"),
];
/** Every field of the page that takes a text and can be typed into now. */
const fields = async (page) => {
  const all = page.locator("main input:not([type=radio]):not([type=checkbox]), main textarea");
  const found = [];
  for (let at = 0; at < await all.count(); at++) if (await all.nth(at).isEditable() && await all.nth(at).isVisible()) found.push(all.nth(at));
  return found;
};
/** What was pasted is in its field, and nowhere does it mean anything. */
async function hold(page, what) {
  const told = await page.evaluate(() => ({
    pwned: window.pwned,
    odd: document.querySelectorAll("main img, main script, main iframe, main object, [contenteditable]").length,
    links: [...document.querySelectorAll("a[href]")].map((link) => link.protocol).filter((protocol) => !/^https?:$/.test(protocol)),
    hidden: /[\u202a-\u202e\u2066-\u2069\u200b-\u200f\u0007\u001b]/.test(document.body.innerText),
  }));
  assert.deepEqual(told, { pwned: undefined, odd: 0, links: [], hidden: false }, what);
}

visit("whatever is pasted into whichever field stays a text", demo, async ({ page, host }) => {
  const pass = passIn(page);
  let tried = 0;
  const pasteAll = async () => {
    for (const text of PASTED) {
      const typed = [];
      for (const field of await fields(page)) {
        // Some fields come and go with what another one says.
        if (!(await field.isVisible())) continue;
        typed.push([field, await field.inputValue()]);
        await field.fill(text);
        tried += 1;
      }
      await hold(page, text);
      for (const [field, before] of typed.reverse()) if (await field.isVisible()) await field.fill(before);
    }
    assert.equal(page.url().split("#")[0], host.address);
    assert.doesNotMatch(page.url(), /pwned|evil/);
  };
  await page.goto(`${host.address}#/demo/find`);
  await says(page, DRILLS.subscription);
  await pasteAll();
  await page.goto(`${host.address}#/demo/activity`);
  await on(page, "Activity");
  await pasteAll();
  await page.goto(`${host.address}#/demo`);
  await walkToPoints(page);
  await pasteAll();
  await choosePoint(page);
  await follow(page, "Choose a target");
  await page.getByRole("radio", { name: /^stdemoweu/ }).check();
  await page.getByText("Create a new container").click();
  await pasteAll();
  await page.getByLabel("Type its URL").check();
  await pasteAll();
  await page.goBack();
  await on(page, DRILLS.server);
  await chooseTarget(page);
  await check(page, pass);
  await start(page, pass);
  await pass(1000);
  await done(page);
  await pasteAll();
  assert(tried > 60, `${tried} pastes`);
});

// Whoever writes markup to a clipboard has the browser look at it, which is no matter of the field's.
visit("of what is on a clipboard a field takes the plain text alone", { at: "#/demo/find", context: { permissions: ["clipboard-read", "clipboard-write"] }, allow: [/console: Executing inline event handler/, /policy: script-src-attr/] }, async ({ page }) => {
  await says(page, DRILLS.subscription);
  await lookFor(page, "");
  await page.evaluate(() => navigator.clipboard.write([new ClipboardItem({
    "text/plain": new Blob(["psql-orders"], { type: "text/plain" }),
    "text/html": new Blob(['<b>evil</b><img src=x onerror="window.pwned=1"><a href="https://evil.example">x</a>'], { type: "text/html" }),
  })]));
  await page.getByLabel("Server, vault, resource group or subscription").focus();
  await page.keyboard.press("Control+V");
  assert.equal(await page.getByLabel("Server, vault, resource group or subscription").inputValue(), "psql-orders");
  await hold(page, "a page’s markup");
});

visit("megabytes that are pasted leave the page alive", { at: "#/demo/find" }, async ({ page, host }) => {
  await says(page, DRILLS.subscription);
  for (const text of ["x".repeat(2e6), "/subscriptions/".repeat(1e5), "%25".repeat(5e5), "a ".repeat(1e5)]) {
    await lookFor(page, text);
    await page.keyboard.press("Enter");
    await lookFor(page, "psql-orders-demo");
    await page.getByRole("link", { name: "psql-orders-demo", exact: true }).waitFor();
  }
  await page.goto(`${host.address}${POINTS.replace("#/", "#/demo/")}`);
  await on(page, DRILLS.server);
  for (const text of ["2026-11-20 03:10:00 ".repeat(1e5), "1".repeat(1e6), `${" ".repeat(1e6)}yesterday`]) {
    await page.getByRole("textbox", { name: "Last point before" }).fill(text);
    await page.getByRole("textbox", { name: "Last point before" }).fill("");
  }
  await choosePoint(page);
});

const SIGNED = `https://stdemoweu.blob.core.windows.net/drill-2026-11?sp=racwl&st=2026-11-20T00:00:00Z&sv=2024-11-04&sr=c&sig=${"S3cr3tS1gn4tur3".repeat(3)}%3D`;
const SECRET = /S3cr3tS1gn4tur3|c2VjcmV0S2V5/;
visitAzure("a signature or a key that is pasted is refused, sent nowhere, and kept nowhere", { at: POINTS }, async ({ page, azure, context }) => {
  await on(page, "Sign in to open this link");
  await signIn(page);
  await on(page, DRILLS.server);
  await choosePoint(page);
  await follow(page, "Choose a target");
  await page.getByLabel("Type its URL").check();
  const leaks = async (where) => {
    const kept = await page.evaluate(() => JSON.stringify([location.href, document.title, history.state, Object.entries(localStorage), Object.entries(sessionStorage)]) + document.documentElement.outerHTML);
    assert(!SECRET.test(kept), `${where}: it is kept or shown`);
    for (const { path, body } of azure.requests) assert(!SECRET.test(path + body), `${where}: it was sent`);
  };
  for (const secret of [SIGNED, SIGNED.replace("https:", "http:"), SIGNED.split("?")[1], "DefaultEndpointsProtocol=https;AccountName=stdemoweu;AccountKey=c2VjcmV0S2V5c2VjcmV0S2V5==;EndpointSuffix=core.windows.net"]) {
    await containerField(page).fill(secret);
    await press(page, "Review");
    await on(page, "Where should the files go?");
    await page.locator("[aria-invalid=true]").first().waitFor();
    await leaks("the target");
  }
  // Loaded again, the field has what is no secret of it.
  await containerField(page).fill(SIGNED);
  await page.reload();
  await on(page, "Where should the files go?");
  assert.equal(await containerField(page).inputValue(), SIGNED.split("?")[0]);
  await leaks("after a reload");
  for (const place of ["Find", "Activity", "About this host"]) {
    await containerField(page).fill(SIGNED).catch(() => {});
    await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: place }).click();
    await on(page, place === "Find" ? "Find a server" : place);
    await leaks(place);
    await page.goBack();
  }
  assert.deepEqual(asked(azure, WRITES), []);
  assert.deepEqual(await context.cookies(), []);
});

// --- What is copied ------------------------------------------------------------------------------------------------

/** Everything that is copied is noted, and goes nowhere else. */
const noting = (context) => context.addInitScript(() => {
  window.copied = [];
  Object.defineProperty(navigator, "clipboard", { value: { writeText: async (text) => { window.copied.push(text); } } });
});

/** Presses every button that copies a command or a value; gives what was shown beside it, and what was copied. */
async function copyAll(page) {
  const found = [];
  const buttons = page.locator(".code button");
  for (let at = 0; at < await buttons.count(); at++) {
    const button = buttons.nth(at);
    if (!(await button.isVisible())) continue;
    await page.evaluate(() => { window.copied = []; });
    const shown = await button.evaluate((button) => button.closest(".code").querySelector("code").textContent);
    await button.click();
    await page.waitForFunction(() => window.copied.length === 1);
    const [copied] = await page.evaluate(() => window.copied);
    assert.equal(copied.trimEnd(), shown.trimEnd(), "what is copied is not what is shown");
    assert.doesNotMatch(copied, /[\u0000-\u0008\u000b-\u001f\u007f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]/, "a hidden character is copied");
    found.push(copied);
  }
  return found;
}

/** Runs a text in bash, where nothing is to be found but programs that note that they were called. */
function inBash(text) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "pasted-"));
  try {
    const programs = path.join(folder, "programs");
    fs.mkdirSync(programs);
    for (const name of ["az", "curl", "touch", "sleep", "cat", "id", "azcopy", "psql", "pg_restore", "createdb", "sed", "grep", "rm", "jq", "head", "tr", "mktemp", "sort"]) {
      fs.writeFileSync(path.join(programs, name), `#!/bin/bash\nprintf '%s\\n' ${name} >> "${folder}/called"\nexit 1\n`, { mode: 0o755 });
    }
    const options = { cwd: folder, env: { PATH: programs }, input: text, timeout: 20_000 };
    const read = spawnSync("/bin/bash", ["-n"], options);
    assert.equal(read.status, 0, `no script: ${text}\n${read.stderr}`);
    spawnSync("/bin/bash", ["--norc", "-s"], options);
    const called = fs.existsSync(`${folder}/called`) ? fs.readFileSync(`${folder}/called`, "utf8").split("\n") : [];
    assert(!called.includes("touch") && !called.includes("id"), `a name was run: ${text}`);
    assert(!fs.existsSync(path.join(folder, "pwned")), text);
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

const CORPUS = ["$(touch pwned)`touch pwned`${IFS}touch${IFS}pwned ~/x !touch", "'; touch pwned; '\"; touch pwned; \" && touch pwned | touch pwned", "x\ntouch pwned\n'@\ntouch pwned\n@'\nJSON\ntouch pwned\n", "\u202ednwp hcuot\u200b\u2066", " --help -x"];

for (const [what, members, least = CORPUS.length] of [
  ["the names of a server and its vault", /^(resourceName|friendlyName|name|serverName)$/],
  // What is no region is not known: the person is asked, and there is no command before that.
  ["their region", /^(location|resourceLocation|resourceRegion|region)$/, 0],
  ["an identity", /^(userAssignedIdentityArmUrl|principalId|tenantId)$/],
  ["an account’s address", /^(blob|primaryEndpoints|dnsEndpointType)$/],
]) {
  visitAzure(`what Azure calls ${what} does nothing in a shell, copied by the page’s own buttons`, { at: POINTS, prepare: noting, allow: [/console: .*40[034]/, /request: /], again: /./ }, async ({ page, azure }) => {
    await review(page);
    const addresses = page.url();
    let copied = 0;
    for (const hostile of CORPUS) {
      // An id leads to what is asked next: those are told as they are.
      const poison = (value, key) => {
        if (Array.isArray(value)) return value.map((item) => poison(item, key));
        if (value && typeof value === "object") return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, poison(inner, name)]));
        return typeof value === "string" && members.test(key ?? "") ? value + hostile : value;
      };
      azure.alter = (answer, { path }) => {
        if (/operation/i.test(path)) return;
        try { answer.body = JSON.stringify(poison(JSON.parse(answer.body))); } catch { /* it has no body */ }
      };
      await page.goto("about:blank");
      await page.goto(addresses);
      await page.getByRole("heading", { level: 1 }).first().waitFor();
      await page.getByText(/Read from Azure|could not be read|Say where|is not known|not allowed|One thing|put right|cannot be told/i).first().waitFor();
      for (const tab of ["az", "PowerShell", "REST", "JSON"]) {
        const radio = page.getByRole("radio", { name: tab, exact: true });
        if (!(await radio.count())) continue;
        await radio.check();
        const texts = await copyAll(page);
        copied += texts.length;
        if (tab === "az" || tab === "REST") texts.forEach(inBash);
      }
    }
    assert(copied >= least, `${copied} texts were copied`);
    azure.alter = undefined;
    assert.deepEqual(asked(azure, WRITES), []);
  });
}
