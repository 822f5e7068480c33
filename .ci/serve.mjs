// A small static server with the headers that a host should send: for `make run`, and for the
// end-to-end tests, which also ask it to behave like worse hosts.
//
//   node .ci/serve.mjs FOLDER [--port N] [--config FILE] [--cloud NAME]
import fs from "node:fs";
import http from "node:http";
import path from "node:path";
import zlib from "node:zlib";
import { cacheControl, headers as safe, types } from "./csp.mjs";

/**
 * Serves `root`. Options:
 * - below     the path under which the app lies ("/" or "/some/path/")
 * - compress  "none", "gzip" or "br"
 * - headers   sent with every file
 * - config    the text of config.json; without it, config.json is missing
 * - change    (name, bytes) → the bytes to send instead, or undefined for a missing file
 * - type      (name) → the content type to send instead
 * - port      0: any that is free
 */
export async function serve(root, { below = "/", compress = "none", headers = safe(), config, change = (_, bytes) => bytes, type = () => undefined, port = 0 } = {}) {
  const requests = [];
  const server = http.createServer((request, response) => {
    let at, name;
    try {
      at = new URL(request.url, "http://host").pathname;
      name = at.startsWith(below) ? decodeURIComponent(at.slice(below.length)) || "index.html" : undefined;
    } catch {
      // No address (`//`), or one with a "%" that nothing follows: whoever asks must not end the server.
      return response.writeHead(400, { ...headers, "content-type": "text/plain" }).end("bad request");
    }
    requests.push({ method: request.method, path: at });
    const bytes = name === undefined ? undefined : change(name, read(name));
    if (bytes === undefined) return response.writeHead(404, { ...headers, "content-type": "text/plain" }).end("not found");
    const encoded = compress === "br" ? zlib.brotliCompressSync(bytes) : compress === "gzip" ? zlib.gzipSync(bytes) : bytes;
    response.writeHead(200, {
      ...headers,
      "content-type": type(name) ?? types[path.extname(name).slice(1)] ?? "application/octet-stream",
      "cache-control": cacheControl(name),
      "content-length": encoded.length,
      ...(compress === "none" ? {} : { "content-encoding": compress }),
    });
    response.end(request.method === "HEAD" ? undefined : encoded);
  });

  function read(name) {
    if (name === "config.json" && config !== undefined) return Buffer.from(config);
    const file = path.join(root, path.normalize(`/${name}`));
    return fs.existsSync(file) && fs.statSync(file).isFile() ? fs.readFileSync(file) : undefined;
  }

  await new Promise((listening, failed) => server.once("error", failed).listen(port, "127.0.0.1", listening));
  return {
    requests,
    address: `http://localhost:${server.address().port}${below}`,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

if (process.argv[1] === import.meta.filename) {
  const [root, ...rest] = process.argv.slice(2);
  const option = (name) => (rest.includes(`--${name}`) ? rest[rest.indexOf(`--${name}`) + 1] : undefined);
  const config = option("config") ? fs.readFileSync(option("config"), "utf8") : undefined;
  const port = Number(option("port") ?? 8080);
  try {
    const { address } = await serve(root, { config, port, headers: safe(option("cloud")) });
    console.log(`\nOpen ${address}#/demo in a browser: the app with a simulated Azure, no account needed.`);
    console.log(`${address} is the same app for a real Azure${config ? "" : "; it needs a config.json, see README.md"}. Ctrl+C ends it.`);
  } catch (error) {
    if (error.code !== "EADDRINUSE") throw error;
    console.error(`Port ${port} is in use. Choose another one: make run PORT=8081`);
    process.exit(1);
  }
}
