// Recorded traffic as the other side of the built app: the same lines that tests/native/stories/replay.rs plays.
import assert from "node:assert/strict";
import { test } from "node:test";
import { useAzure } from "./harness.mjs";
import { on, press, says, signIn, typeContainer } from "./person.mjs";
import { atHand, lines, read } from "./recording.mjs";

if (atHand) {
  const visit = useAzure();
  for (const line of lines.filter(({ opens }) => opens)) replay(visit, line);
} else {
  test("recorded traffic is the other side", { skip: "no recorded traffic beside the project (PGFLEX_REFERENCE)" }, () => {});
}

function replay(visit, line) {
  const recording = read(line);
  // Chromium writes a line for each answer that is a refusal.
  const refusals = new Set(Object.values(line.lacks).filter((instead) => typeof instead === "number"));
  const prepare = (context, page, azure) => {
    azure.expose = "*";
    azure.intercept = (request) => recording.answer(request);
  };
  visit(`${line.file} is the other side`, { at: line.opens, expect: [...refusals].map((status) => new RegExp(`console: .*${status}`)), prepare }, async ({ page, pass, troubles }) => {
    try {
      await on(page, "Sign in to open this link");
      await signIn(page);
      if (line.restores) await restore(page, pass, recording.restore.restoreTargetInfo);
      await passUntil(page, pass, line.sees);
    } finally {
      // Told beside whatever was waited for in vain.
      troubles.push(...recording.unexplained);
    }
    assert.deepEqual(recording.left(), [line.unasked, []]);
  });
}

/** What the recording's own person did: the newest point, as files, into the same container. */
async function restore(page, pass, { restoreLocation, targetDetails }) {
  await page.getByRole("radio").first().check();
  await page.getByRole("link", { name: "Choose a target" }).click();
  await typeContainer(page, targetDetails.url);
  // The vault could not be read, so the person says where it is.
  await page.getByLabel("Region").fill(restoreLocation);
  await press(page, "Review");
  await on(page, "Review the restore");
  await press(page, "Check with Azure");
  await says(page, "Asks again");
  await passUntil(page, pass, "Azure would accept it");
  await press(page, "Start restore");
  // Nor could the jobs: a person decides.
  await says(page, "It is not known whether this point is already being restored");
  await press(page, "Start it anyway");
  await says(page, "It is creating a job for it");
}

/** Puts the clocks ahead, a little more than any wait between two questions at a time, until the page says this. */
async function passUntil(page, pass, words) {
  const told = page.getByText(words).first();
  for (let turn = 0; turn < 40 && !(await told.isVisible()); turn += 1) await pass(31);
  await told.waitFor();
}
