// Keeps, of the inputs that the fuzzer came by, those that run the most code which no kept one runs: few enough to be
// replayed with every test, and to be looked through.
//
//   node .ci/keep.mjs CONTROL KEPT    CONTROL: the control file of a libFuzzer merge of both; KEPT: the folder to keep them in
import { copyFileSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";

/** How many are kept for a target, those included that people wrote. */
const MOST = 40;

const [control, kept] = process.argv.slice(2);
// How many inputs there are, how many of them were there before, their names, and what each runs: `FT <input> <place>…`.
const lines = readFileSync(control, "utf8").split("\n");
const names = lines.slice(2, 2 + Number(lines[0]));
const inputs = lines
  .filter((line) => line.startsWith("FT "))
  .map((line) => line.split(" ").slice(1))
  .map(([input, ...places]) => ({ path: names[Number(input)], places: new Set(places) }));

const known = (input) => input.path.startsWith(kept + "/");
let count = inputs.filter(known).length;
const run = new Set(inputs.filter(known).flatMap((input) => [...input.places]));
let found = inputs.filter((input) => !known(input));
for (; count < MOST; count++) {
  for (const input of found) input.places = new Set([...input.places].filter((place) => !run.has(place)));
  found = found.filter((input) => input.places.size > 0);
  const best = found.reduce((best, input) => (input.places.size > (best?.places.size ?? 0) ? input : best), undefined);
  if (!best) break;
  copyFileSync(best.path, join(kept, basename(best.path)));
  for (const place of best.places) run.add(place);
}
console.log(`${count} inputs are kept in ${kept}; they run ${run.size} places`);
