// Pictures of every page and state of the simulation, light and dark, wide and narrow, in build/screens/.
// `npm run screens`, or `npm run screens -- review job` for those whose names begin so.
import fs from "node:fs";
import path from "node:path";
import { serve } from "../../.ci/serve.mjs";
import { launch } from "./browser.mjs";
import { CONFIG, DIST } from "./harness.mjs";
import { choosePoint, POINTS } from "./person.mjs";
import { tour, tourOfDemo, tourOfPlan } from "./tour.mjs";

const folder = "build/screens";
const wanted = process.argv.slice(2);
const wants = (name) => wanted.length === 0 || wanted.some((start) => name.startsWith(start));

fs.mkdirSync(folder, { recursive: true });
const browser = await launch();

async function shoot(page, name) {
  if (!wants(name)) return;
  for (const width of [1280, 360]) {
    await page.setViewportSize({ width, height: 800 });
    for (const colorScheme of ["light", "dark"]) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await page.evaluate(() => window.scrollTo(0, 0));
      await page.screenshot({ path: path.join(folder, `${name}-${width}-${colorScheme}.png`), fullPage: true });
    }
  }
  await page.setViewportSize({ width: 1280, height: 800 });
  console.log(name);
}

/** Opens the app at an address, on a host of its own. */
async function open(at, options, walk) {
  const host = await serve(DIST, options);
  const context = await browser.newContext({ timezoneId: "Europe/Berlin", locale: "en-GB", reducedMotion: "reduce" });
  await context.clock.install();
  const page = await context.newPage();
  await page.goto(host.address + at);
  await page.locator("#starting").waitFor({ state: "detached" });
  await walk(page);
  await context.close();
  host.close();
}

await open("#/demo", { config: CONFIG }, async (page) => {
  for await (const name of tour(page)) await shoot(page, name);
});
await open("#/demo", { config: CONFIG }, async (page) => {
  for await (const name of tourOfPlan(page)) await shoot(page, name);
});
await open("#/demo", { config: CONFIG }, async (page) => {
  for await (const name of tourOfDemo(page)) await shoot(page, name);
});
await open(POINTS.replace("#/", "#/demo/"), { config: CONFIG }, async (page) => {
  await choosePoint(page);
  await page.locator("summary", { hasText: "Share" }).click();
  await shoot(page, "points-share");
});
await open("", { config: CONFIG }, (page) => shoot(page, "start-signed-out"));
await open("#/find", { config: CONFIG }, (page) => shoot(page, "sign-in"));
await open("#/points?v=1&instance=94b7d3e0-58c6-4a1f-8f29-0e6d71c3a5b8/rg-demo/bvault-demo-weu/psql-orders-demo-psql-orders-demo-7d9b04be-096c-4a3e-a1fb-ea6215e805c9&point=00000000000000000000000000000000", { config: CONFIG }, (page) => shoot(page, "sign-in-link"));
await open("", {}, (page) => shoot(page, "start-not-set-up"));
await open("#/about", { config: '{\n  "clientId": "nobody",\n  "tenant": "contoso.example",\n  "clout": "public"\n}' }, (page) => shoot(page, "about-wrong"));
await open("#/about", { config: CONFIG }, (page) => shoot(page, "about-set-up"));
await browser.close();
