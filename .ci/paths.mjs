// Looks for paths of a machine in a release: of home folders, of temporary ones, of cargo's own, and those that are given.
//
//   node .ci/paths.mjs FOLDER PATH…
import fs from "node:fs";
import path from "node:path";
import zlib from "node:zlib";

/** Where machines keep what they build from. A text for people may name such a place as well. */
const usual = /(?:\/home|\/root|\/Users|\/tmp|\/var\/folders|\/builds|\/rustc|registry\/src|\.cargo|\.rustup)\/[\w.@-]+|[A-Z]:\\Users\\/g;

const inflate = { ".bin": zlib.gunzipSync, ".gz": zlib.gunzipSync, ".br": zlib.brotliDecompressSync };

/** `FILE: FOUND` for each. `given` is looked for in every file, what is usual in those of the page alone. */
export function paths(folder, given) {
  const found = [];
  for (const entry of fs.readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = path.join(entry.parentPath ?? entry.path, entry.name);
    const bytes = fs.readFileSync(file);
    const text = (inflate[path.extname(file)]?.(bytes) ?? bytes).toString("latin1");
    const page = /\.(html|js|css|svg|wasm)(\.gz|\.br)?$|\.bin$/.test(file);
    for (const one of [...(page ? text.match(usual) ?? [] : []), ...given.filter((one) => text.includes(one))]) found.push(`${file}: ${one}`);
  }
  return found;
}

if (process.argv[1] === import.meta.filename) {
  const [folder, ...given] = process.argv.slice(2);
  const found = paths(folder, given.map((one) => (one.endsWith("/") ? one : `${one}/`)));
  for (const one of found) console.error(`a path of this machine: ${one}`);
  process.exit(found.length ? 1 : 0);
}
