// Sharing: what is on the clipboard, what the system is given, and where it leads. In the simulation.
import assert from "node:assert/strict";
import { started, useBrowser } from "./harness.mjs";
import { check, choosePoint, chooseTarget, DRILLS, on, POINTS, press, says, start, walkToPoints } from "./person.mjs";
import { passIn } from "./tour.mjs";

const visit = useBrowser();
const berlin = { timezoneId: "Europe/Berlin", locale: "de-DE", permissions: ["clipboard-read", "clipboard-write"] };
const LIST = POINTS.replace("#/", "#/demo/");

const opened = async (page) => {
  const share = page.locator("details.share");
  if (!(await share.getAttribute("open").then((open) => open !== null))) await share.locator("summary").click();
  return share;
};
const copied = async (page, what) => {
  await page.getByRole("button", { name: `Copy ${what}` }).click();
  await says(page, "Copied.");
  return page.evaluate(() => navigator.clipboard.readText());
};

/** The system’s sheet: notes what it is given, and whether the press is still going on; fails with what a test says. */
const sheet = (failure) => (context) => context.addInitScript((name) => {
  window.shares = [];
  Object.defineProperty(navigator, "share", { value: async (data) => {
    window.shares.push({ ...data, press: window.event?.type });
    if (name) throw new DOMException("", name);
  } });
}, failure);
const noSheet = (context) => context.addInitScript(() => Object.defineProperty(navigator, "share", { value: undefined }));

/** `2026-10-24 23:05:03 UTC (01:05 CEST, +02:00, Sun 25 Oct)`, as this program's own calendar has it. */
function written(at) {
  const of = (options) => Object.fromEntries(new Intl.DateTimeFormat("en-GB", { timeZone: "Europe/Berlin", ...options }).formatToParts(at).map(({ type, value }) => [type, value]));
  const { hour, minute, weekday, day, month, timeZoneName } = of({ hour: "2-digit", minute: "2-digit", hourCycle: "h23", weekday: "short", day: "numeric", month: "short", timeZoneName: "short" });
  const offset = of({ timeZoneName: "longOffset" }).timeZoneName.replace("GMT", "");
  return `${at.toISOString().replace("T", " ").replace(/\.\d+Z/, "")} UTC (${hour}:${minute} ${timeZoneName}, ${offset}, ${weekday} ${day} ${month.slice(0, 3)})`;
}

visit("a point, a review and a job are shared by their address, a text and a line of Markdown, which name no target",
  { at: "#/demo", context: berlin, prepare: async (context) => { await noSheet(context); await context.clock.install(); } },
  async ({ page }) => {
    const pass = passIn(page);
    await walkToPoints(page);
    await choosePoint(page, 1);
    const look = async (title) => {
      const share = await opened(page);
      assert.equal(await share.getByRole("button", { name: "Share…" }).count(), 0, "there is no sheet to open");
      const address = page.url();
      assert.equal(await copied(page, "the address"), address);
      const text = await copied(page, "the text");
      const [line, last, ...more] = text.split("\n");
      assert.match(line, new RegExp(`^${title}${DRILLS.server}, point of 20.* UTC \\(.*\\), vault ${DRILLS.vault}$`));
      assert.deepEqual([last, more], [address, []]);
      const markdown = await copied(page, "the Markdown line");
      assert.match(markdown, new RegExp(`^\\[${title}${DRILLS.server}, point of \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d UTC\\]\\(`));
      assert(markdown.endsWith(`](${address})`), markdown);
      assert.doesNotMatch(text + markdown, /blob\.core|stdemoweu|drill-2026/);
    };
    await look("");
    const prefix = await chooseTarget(page);
    await look("Restore to review: ");
    await check(page, pass);
    await start(page, pass);
    await look("Restore job: ");
    assert(!page.url().includes(prefix));
    const job = page.url();
    await page.goto("about:blank");
    await page.goto(job);
    await says(page, "Azure Backup is writing the files");
  });

for (const [change, now] of [["the last hour of summer time", "2026-11-20T12:00:00Z"], ["the first hour of it", "2026-04-24T12:00:00Z"]]) {
  visit(`the points on both sides of ${change} are told with the offset of their own date`,
    { at: LIST, context: berlin, prepare: (context) => context.clock.install({ time: now }) },
    async ({ page }) => {
      await on(page, DRILLS.server);
      await page.getByRole("radio").first().waitFor();
      const rows = page.getByRole("row").filter({ has: page.getByRole("radio") });
      const made = (await rows.locator("time:first-of-type").evaluateAll((all) => all.map((time) => time.dateTime))).map((at) => new Date(at));
      const offsets = made.map((at) => written(at).match(/[+-]\d\d:\d\d/)[0]);
      const nth = offsets.findIndex((offset, i) => i > 0 && offset !== offsets[i - 1]);
      assert(nth > 0, `the list goes over the change: ${offsets}`);
      for (const row of [nth - 1, nth]) {
        await rows.nth(row).getByRole("radio").check();
        const share = await opened(page);
        await share.getByText(written(made[row])).waitFor();
      }
    });
}

visit("the system is given title, text and address within the press", { at: LIST, context: berlin, prepare: sheet() }, async ({ page }) => {
  await on(page, DRILLS.server);
  await choosePoint(page);
  await opened(page);
  await press(page, "Share…");
  const [given, ...more] = await page.evaluate(() => window.shares);
  assert.deepEqual(more, []);
  assert.equal(given.press, "click");
  assert.equal(given.title, DRILLS.server);
  assert.equal(given.url, page.url());
  assert.match(given.text, new RegExp(`^${DRILLS.server}, point of .*, vault ${DRILLS.vault}$`));
  assert.deepEqual(Object.keys(given).sort(), ["press", "text", "title", "url"]);
});

for (const [what, failure, told] of [["dismissed", "AbortError", 0], ["refused", "NotAllowedError", 1]]) {
  visit(`a sheet that is ${what} ${told ? "is told politely" : "is nothing to tell"}, and the texts stay`, { at: LIST, context: berlin, prepare: sheet(failure) }, async ({ page }) => {
    await started(page);
    await on(page, DRILLS.server);
    await page.getByRole("radio").first().waitFor();
    await opened(page);
    await press(page, "Share…");
    await page.waitForFunction(() => window.shares.length === 1);
    const words = page.getByText("This browser did not share it.");
    if (told) await words.waitFor();
    assert.equal(await copied(page, "the address"), page.url());
    if (!told) assert.equal(await words.count(), 0);
  });
}
