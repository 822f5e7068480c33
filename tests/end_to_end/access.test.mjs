// For everybody: without a mouse, on a narrow screen, in the dark, with a screen reader.
import assert from "node:assert/strict";
import fs from "node:fs";
import { started, useBrowser } from "./harness.mjs";
import { invalid } from "./html.mjs";
import { choosePoint, chooseTarget, containerField, DRILLS, heading, on, says, walkToPoints } from "./person.mjs";
import { passIn, tour, tourOfDemo, tourOfPlan } from "./tour.mjs";

const visit = useBrowser();
const demo = { at: "#/demo", prepare: (context) => context.clock.install() };
const axe = fs.readFileSync("node_modules/axe-core/axe.min.js", "utf8");

const LOOKS = [
  { name: "light, wide", colorScheme: "light", width: 1280 },
  { name: "dark, narrow", colorScheme: "dark", width: 360 },
  { name: "dark, wide", colorScheme: "dark", width: 1280 },
  { name: "light, narrow", colorScheme: "light", width: 360 },
];

/** What axe finds on the pages of a tour, in these looks at each, what is not valid, and what is wider than a narrow screen. */
async function holdPages(page, pages, looks) {
  const found = [];
  let nth = 0;
  for await (const name of pages) {
    for (const look of looks(nth)) {
      await page.setViewportSize({ width: look.width, height: 900 });
      await page.emulateMedia({ colorScheme: look.colorScheme, reducedMotion: "reduce" });
      if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(axe);
      const violations = await page.evaluate(async () => {
        const { violations } = await window.axe.run(document, { resultTypes: ["violations"] });
        return violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map((node) => `${node.html.slice(0, 160)} ${node.any[0]?.message ?? ""}`).join(" | ")}`);
      });
      found.push(...violations.map((violation) => `${name}, ${look.name}: ${violation}`));
    }
    found.push(...(await invalid(await page.content())).map((what) => `${name}: not valid: ${what}`));
    await page.setViewportSize({ width: 320, height: 900 });
    const wider = await page.evaluate(() => {
      const width = document.documentElement.scrollWidth;
      if (width <= 320) return [];
      const out = [...document.body.querySelectorAll("*")].filter((element) => element.getBoundingClientRect().right > 320.5);
      return [`${width} px: ${out.slice(0, 4).map((element) => element.outerHTML.slice(0, 120)).join(" | ")}`];
    });
    found.push(...wider.map((what) => `${name}, 320 px: scrolls sideways: ${what}`));
    await page.setViewportSize({ width: 1280, height: 900 });
    nth += 1;
  }
  assert.deepEqual(found, []);
}

const still = { ...demo, context: { reducedMotion: "reduce" } };

visit("axe finds nothing on any page, and nothing is wider than a narrow screen", still, ({ page }) =>
  // Every page in one light and one dark look, wide and narrow by turns: all four at each would double the time.
  holdPages(page, tour(page), (nth) => LOOKS.slice((nth % 2) * 2, (nth % 2) * 2 + 2)));

visit("axe finds nothing in any state of a plan, nor where a link is opened", still, ({ page }) => holdPages(page, tourOfPlan(page), () => LOOKS));

visit("axe finds nothing in the list of states, in its examples, where a time is read, and in the shortcuts", still, ({ page }) => holdPages(page, tourOfDemo(page), () => LOOKS));

/** Presses Tab until the element has the focus; every stop on the way has to be seen. */
async function tabTo(page, locator) {
  for (let stops = 0; stops < 60; stops++) {
    await page.keyboard.press("Tab");
    const shown = await page.evaluate(() => {
      // Past the last stop the focus is with the browser's own parts.
      if (document.activeElement === document.body) return { box: true, outline: true };
      const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement);
      const { width, height } = document.activeElement.getBoundingClientRect();
      return { what: document.activeElement.outerHTML.slice(0, 120), outline: outlineStyle !== "none" && parseFloat(outlineWidth) > 0, box: width > 1 && height > 1 };
    });
    assert(shown.box, `the focus is on something that is not seen: ${shown.what}`);
    assert(shown.outline, `the focus is not to be seen: ${shown.what}`);
    if (await locator.evaluate((element) => element === document.activeElement)) return;
  }
  assert.fail(`never reached with Tab: ${locator}`);
}

const link = (page, name) => page.getByRole("main").getByRole("link", { name, exact: true });
const button = (page, name) => page.getByRole("button", { name, exact: true });

visit("a restore is started with the keyboard alone", demo, async ({ page }) => {
  const pass = passIn(page);
  const go = async (locator) => {
    await locator.waitFor();
    await tabTo(page, locator);
    await page.keyboard.press("Enter");
  };
  await started(page);
  await go(link(page, "Find the server"));
  await tabTo(page, page.getByLabel("Server, vault, resource group or subscription"));
  await page.keyboard.type(DRILLS.server);
  await go(link(page, DRILLS.server));
  const first = page.getByRole("radio").first();
  await first.waitFor();
  await tabTo(page, first);
  await page.keyboard.press("Space");
  await page.keyboard.press("ArrowDown");
  assert(await page.getByRole("radio").nth(1).isChecked());
  // The card with the way on stands before the list: backwards.
  const on1 = link(page, "Choose a target");
  await on1.waitFor();
  await on1.focus();
  await page.keyboard.press("Enter");
  await on(page, "Where should the files go?");
  await tabTo(page, page.getByLabel("Pick it from what Azure lists"));
  await page.keyboard.press("ArrowDown");
  await tabTo(page, containerField(page));
  await page.keyboard.type(DRILLS.container);
  // Return submits the form.
  await page.keyboard.press("Enter");
  await on(page, "Review the restore");
  await go(button(page, "Check with Azure"));
  await says(page, "Asks again");
  await pass(60);
  await says(page, "Azure would accept it");
  await go(button(page, "Start restore"));
  await says(page, "It is creating a job for it");
  await pass(30);
  await says(page, "Azure Backup is writing the files");
});

visit("the timeline is one stop of the Tab key, and a point is chosen on it without a mouse", demo, async ({ page }) => {
  await walkToPoints(page);
  const marks = page.getByRole("listbox", { name: /^Points, / }).getByRole("option");
  const second = marks.nth((await marks.count()) - 2);
  await tabTo(page, marks.last());
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("Enter");
  await page.getByRole("link", { name: "Choose a target" }).waitFor();
  assert.equal(await second.getAttribute("aria-selected"), "true");
  assert(await page.getByRole("radio").nth(1).isChecked(), "its row is chosen too");
  assert.match(await second.getAttribute("aria-label"), /^\d\d? \w+ \d{4}, \d\d:\d\d UTC, Completed, Full, vault tier, default, chosen$/i);
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.closest("[role=listbox]")), null, "another mark is a stop");
  await page.keyboard.press("Shift+Tab");
  assert(await second.evaluate((element) => element === document.activeElement));
});

visit("a key pressed once more on the check starts nothing: the button under the focus never becomes another", demo, async ({ page }) => {
  const pass = passIn(page);
  await walkToPoints(page);
  await choosePoint(page);
  await chooseTarget(page);
  await button(page, "Check with Azure").focus();
  await page.keyboard.press("Enter");
  await says(page, "Asks again");
  assert(await button(page, "Check with Azure").evaluate((element) => element === document.activeElement), "the focus has moved");
  await page.keyboard.press("Enter");
  await pass(60);
  await says(page, "Azure would accept it");
  assert(await button(page, "Check with Azure").evaluate((element) => element === document.activeElement), "the focus has moved");
  await page.keyboard.press("Tab");
  assert(await button(page, "Start restore").evaluate((element) => element === document.activeElement), "the start comes after it");
  await on(page, "Review the restore");
});

visit("the first Tab leads past the bar to the content", demo, async ({ page }) => {
  await started(page);
  await page.keyboard.press("Tab");
  const skip = page.getByRole("link", { name: "Skip to the content" });
  assert(await skip.evaluate((element) => element === document.activeElement && element.getBoundingClientRect().width > 1));
  const address = page.url();
  await page.keyboard.press("Enter");
  assert.equal(await page.evaluate(() => document.activeElement.id), "main");
  assert.equal(page.url(), address);
});

const focused = (page) => page.waitForFunction(() => document.activeElement?.id === "page-title");

visit("a new page has its heading focused and its name in the tab; a choice within a page moves no focus", demo, async ({ page }) => {
  await started(page);
  await link(page, "Find the server").click();
  await on(page, "Find a server");
  await focused(page);
  assert.equal(await page.title(), "Find a server · PG Flex Restore");
  await walkFromFind(page);
  await focused(page);
  assert.equal(await page.title(), `${DRILLS.server} · PG Flex Restore`);
  const point = page.getByRole("radio").nth(2);
  await point.focus();
  await page.keyboard.press("Space");
  await page.getByRole("link", { name: "Choose a target" }).waitFor();
  assert(await point.evaluate((element) => element === document.activeElement), "choosing took the focus away");
  await page.getByRole("link", { name: "Choose a target" }).click();
  await on(page, "Where should the files go?");
  await focused(page);
  await page.goBack();
  await heading(page, DRILLS.server).waitFor();
  await focused(page);
});

async function walkFromFind(page) {
  await link(page, DRILLS.server).click();
  await on(page, DRILLS.server);
  await page.getByRole("radio").first().waitFor();
}

visit("what is wrong with the form is told at once, focused, and leads to the field", demo, async ({ page }) => {
  await walkToPoints(page);
  await choosePoint(page);
  await page.getByRole("link", { name: "Choose a target" }).click();
  await on(page, "Where should the files go?");
  await page.getByLabel("Type its URL").check();
  await page.getByRole("button", { name: "Review" }).click();
  const alert = page.getByRole("alert");
  await alert.waitFor();
  await page.waitForFunction(() => document.activeElement?.id === "errors");
  await alert.getByRole("link").click();
  const field = containerField(page);
  assert(await field.evaluate((element) => element === document.activeElement));
  assert.equal(await field.getAttribute("aria-invalid"), "true");
  const described = await field.getAttribute("aria-describedby");
  assert.match(await page.locator(`#${described.split(" ").at(-1)}`).textContent(), /Say which container/);
});

visit("typing keeps the caret where it is, with every redraw", demo, async ({ page }) => {
  await walkToPoints(page);
  await choosePoint(page);
  await page.getByRole("link", { name: "Choose a target" }).click();
  await page.getByLabel("Type its URL").check();
  const field = containerField(page);
  await field.click();
  await page.keyboard.type("https://stdemoweu.blob.core.windows.net/dril");
  await page.keyboard.press("Home");
  for (const _ of "https://") await page.keyboard.press("ArrowRight");
  await page.keyboard.type("xy");
  assert.equal(await field.inputValue(), "https://xystdemoweu.blob.core.windows.net/dril");
});

visit("a pasted text that leads nowhere is read out, each time that it is opened", { at: "#/demo/find" }, async ({ page }) => {
  const words = /There is no resource id in this/;
  const spoken = page.getByRole("status").filter({ hasText: words });
  const field = page.getByLabel("Server, vault, resource group or subscription");
  for (const text of ["https://portal.azure.com/#home", "/subscriptions/x"]) {
    await field.fill(text);
    await spoken.waitFor({ state: "detached" });
    await field.press("Enter");
    await spoken.waitFor({ state: "attached" });
  }
});

visit("what changes is read out: the check’s end, not each question", demo, async ({ page }) => {
  const pass = passIn(page);
  await walkToPoints(page);
  await choosePoint(page);
  await chooseTarget(page);
  await page.evaluate(() => {
    window.spoken = [];
    new MutationObserver(() => {
      const words = [...document.querySelectorAll('[role="status"], [role="alert"], [aria-live]')].map((live) => live.textContent.trim()).filter(Boolean).join(" / ");
      if (words !== window.spoken.at(-1)) window.spoken.push(words);
    }).observe(document.body, { subtree: true, childList: true, characterData: true });
  });
  await button(page, "Check with Azure").click();
  await says(page, "Asks again");
  await pass(10);
  await pass(10);
  await pass(60);
  await says(page, "Azure would accept it");
  const spoken = (await page.evaluate(() => window.spoken)).filter(Boolean);
  assert.deepEqual(spoken, ["Azure is checking", "Azure would accept it"]);
});

visit("a slash leads to the search, a question mark lists the shortcuts, and both can be switched off for good", demo, async ({ page }) => {
  await started(page);
  const search = page.getByLabel("Server, vault, resource group or subscription");
  const shortcuts = page.getByRole("dialog", { name: "Keyboard shortcuts" });
  await page.keyboard.press("/");
  await on(page, "Find a server");
  await search.evaluate((field) => new Promise((focused) => (field === document.activeElement ? focused() : field.addEventListener("focus", focused))));
  // In a field it is a letter as any other.
  await page.keyboard.type("a/?");
  assert.equal(await search.inputValue(), "a/?");
  await page.getByRole("button", { name: "Keyboard shortcuts" }).click();
  await shortcuts.waitFor();
  assert(await shortcuts.evaluate((dialog) => dialog.contains(document.activeElement) && dialog.matches(":modal")));
  await page.keyboard.press("Escape");
  await shortcuts.waitFor({ state: "hidden" });
  assert.equal(await page.evaluate(() => document.activeElement.textContent), "Keyboard shortcuts", "the focus goes back");
  await page.keyboard.press("?");
  await shortcuts.waitFor();
  await shortcuts.getByLabel("Single keys are shortcuts").uncheck();
  await shortcuts.getByRole("button", { name: "Close" }).click();
  await shortcuts.waitFor({ state: "hidden" });
  await page.reload();
  await started(page);
  await page.keyboard.press("?");
  await page.getByRole("button", { name: "Keyboard shortcuts" }).click();
  await shortcuts.waitFor();
  assert(!(await shortcuts.getByLabel("Single keys are shortcuts").isChecked()));
});

visit("a filter or an order of the list chooses no point and takes none away", demo, async ({ page }) => {
  await walkToPoints(page);
  await choosePoint(page);
  const chosen = page.url();
  await page.getByLabel("Only points with").fill("2026-1");
  await page.keyboard.press("Tab");
  await page.getByLabel("Order").selectOption({ label: "Oldest first" });
  await page.keyboard.press("Tab");
  assert.equal(page.url(), chosen);
  await page.getByRole("main").getByRole("link", { name: "Choose a target" }).click();
  await on(page, "Where should the files go?");
});
