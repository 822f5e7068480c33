// Before Trunk builds: makes the three files in build/ that are not Rust's. Trunk calls it as a hook.
import { build } from "esbuild";
import fs from "node:fs";

const common = { bundle: true, minify: true, logLevel: "warning", metafile: true };

const made = await Promise.all([
  // MSAL, as far as the page uses it. Its licence asks for its notice: it stays, at the end.
  build({
    ...common,
    entryPoints: ["src/start/msal.js"],
    outfile: "build/msal.js",
    format: "iife",
    globalName: "msal",
    target: "es2022",
    legalComments: "eof",
  }),
  // Old browsers must be able to read this one, to be told that they are old.
  build({ ...common, entryPoints: ["src/start/boot.js"], outfile: "build/boot.js", target: "es2017" }),
  // One request for all style. Nesting and light-dark() stay as they are written.
  build({ ...common, entryPoints: ["style/main.css"], outfile: "build/style.css", target: "esnext" }),
]);

// Whose work is in them: for the notices, and for the bill of materials.
const inputs = made.flatMap(({ metafile }) => Object.keys(metafile.inputs));
const packages = inputs.map((file) => file.match(/(?:^|\/)node_modules\/((?:@[^/]+\/)?[^/]+)\/(?!.*\/node_modules\/)/)?.[1]).filter(Boolean);
fs.writeFileSync("build/bundled.json", JSON.stringify([...new Set(packages)].sort()));
