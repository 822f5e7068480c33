// The size gate: what a visitor loads from dist/, file by file, against .ci/budget.json.
//
// `budget` there is a ratchet: a change that adds bytes raises it by what it adds, in the same commit, so that growth is
// always a decision; one that saves bytes lowers it. `goal` is what the first whole restore was to cost, `added` what each
// later piece of work was allowed to add to it: no budget lets a size grow beyond both. The simulation has no goal.
import fs from "node:fs";
import path from "node:path";
import { brotli } from "./pack.mjs";

const dist = "dist";
const { goal, added, budget } = JSON.parse(fs.readFileSync(".ci/budget.json", "utf8"));

const kinds = [
  [/^simulated-azure-.*\.(js|wasm)$/, "simulation"],
  [/^index\.html$/, "page"],
  [/\.css$/, "style"],
  [/^boot-.*\.js$/, "boot"],
  [/^app-.*\.js$/, "glue"],
  [/\.wasm$/, "wasm"],
  [/^msal-.*\.js$/, "MSAL"],
  [/\.svg$/, "icon"],
];

const rows = [];
const others = [];
for (const file of fs.readdirSync(dist, { recursive: true }).sort()) {
  if (fs.statSync(path.join(dist, file)).isDirectory()) continue;
  // Copies of the others, for hosts that send them: what a visitor loads is measured once.
  if (/\.(gz|br)$/.test(file)) continue;
  const bytes = fs.readFileSync(path.join(dist, file));
  const kind = kinds.find(([pattern]) => pattern.test(file))?.[1];
  (kind ? rows : others).push({ kind: kind ?? "", file, raw: bytes.length, packed: brotli(bytes).length });
}

const line = (kind, file, raw, packed) => console.log(`${kind.padEnd(12)}${file.padEnd(30)}${String(raw).padStart(10)}${String(packed).padStart(10)}`);
const total = (list, key) => list.reduce((sum, row) => sum + row[key], 0);

line("", "", "raw", "brotli");
for (const row of rows) line(row.kind, row.file, row.raw, row.packed);
const real = rows.filter((row) => row.kind !== "simulation");
const demo = rows.filter((row) => row.kind !== "MSAL");
line("first load", "with MSAL", total(real, "raw"), total(real, "packed"));
line("", "in the simulation", total(demo, "raw"), total(demo, "packed"));
// The copy that boot.js inflates by itself: no compression of the host makes it smaller. And what no page loads.
if (others.length) console.log("\nalso shipped (.bin: the wasm as most browsers load it, already compressed):");
for (const row of others) line("", row.file, row.raw, row.packed);

const sizes = { wasm: total(rows.filter((row) => row.kind === "wasm"), "packed"), firstLoad: total(real, "packed"), simulation: total(rows.filter((row) => row.kind === "simulation"), "packed") };
let passed = 0;
let failed = 0;
console.log();
for (const [name, size] of Object.entries(sizes)) {
  const meant = name in goal ? goal[name] + Object.values(added).reduce((sum, piece) => sum + (piece[name] ?? 0), 0) : Infinity;
  const most = Math.min(budget[name], meant);
  const fits = size > 0 && size <= most;
  fits ? passed++ : failed++;
  const save = size > meant ? "save them: more was never allowed" : "save them, or raise the budget";
  const spare = fits ? `${most - size} to spare` : `${size - most} too many: ${save}`;
  console.log(`${fits ? "ok    " : "FAILED"} ${name}: ${size} of ${most} bytes, ${spare}`);
}
console.log(`\n${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
