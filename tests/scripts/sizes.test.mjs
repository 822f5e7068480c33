// .ci/sizes.mjs, the size gate, over a folder of one byte a file.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { test } from "node:test";

const gate = path.resolve(import.meta.dirname, "../../.ci/sizes.mjs");
const ROOMY = { wasm: 1000, firstLoad: 1000, simulation: 1000 };

/** What the gate says of each size, and whether it lets the build through. */
function gated(numbers) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "sizes-"));
  try {
    fs.mkdirSync(path.join(folder, "dist"));
    fs.mkdirSync(path.join(folder, ".ci"));
    for (const name of ["app.wasm", "simulated-azure-0.wasm"]) fs.writeFileSync(path.join(folder, "dist", name), "x");
    fs.writeFileSync(path.join(folder, ".ci/budget.json"), JSON.stringify(numbers));
    const { status, stdout } = spawnSync(process.execPath, [gate], { cwd: folder, encoding: "utf8" });
    const told = Object.fromEntries([...stdout.matchAll(/^(ok|FAILED) +(\w+): /gm)].map(([, verdict, name]) => [name, verdict]));
    return { ...told, passes: status === 0 };
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

test("what fits its budget, its goal and what was added passes", () => {
  const added = { "a piece of work": { wasm: 1000, firstLoad: 1000 } };
  assert.deepEqual(gated({ goal: { wasm: 0, firstLoad: 0 }, added, budget: ROOMY }), { wasm: "ok", firstLoad: "ok", simulation: "ok", passes: true });
});

test("what is above its budget fails", () => {
  const goal = { wasm: 1000, firstLoad: 1000 };
  assert.deepEqual(gated({ goal, added: {}, budget: { ...ROOMY, simulation: 1 } }), { wasm: "ok", firstLoad: "ok", simulation: "FAILED", passes: false });
});

test("no budget allows more than the goal and what was added", () => {
  const added = { "a piece of work": { wasm: 1, firstLoad: 1000 } };
  assert.deepEqual(gated({ goal: { wasm: 0, firstLoad: 0 }, added, budget: ROOMY }), { wasm: "FAILED", firstLoad: "ok", simulation: "ok", passes: false });
});
