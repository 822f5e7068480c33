// .ci/serve.mjs, which `make run` leaves open to whatever asks.
import assert from "node:assert/strict";
import fs from "node:fs";
import http from "node:http";
import os from "node:os";
import path from "node:path";
import { test } from "node:test";
import { serve } from "../../.ci/serve.mjs";

/** The status of a request whose path goes out as it is: `fetch` would mend it. */
const status = (address, path) =>
  new Promise((answered, failed) => {
    const { port } = new URL(address);
    http.get({ host: "127.0.0.1", port, path }, (response) => answered(response.resume().statusCode)).on("error", failed);
  });

test("an address that is none is refused, and the next one is served", async () => {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), "serve-"));
  fs.writeFileSync(path.join(root, "index.html"), "<p>page");
  const host = await serve(root);
  try {
    assert.equal(await status(host.address, "/%zz"), 400);
    assert.equal(await status(host.address, "//"), 400);
    assert.equal(await status(host.address, "/%2e%2e/%2e%2e/etc/passwd"), 404);
    assert.equal(await status(host.address, "/"), 200);
  } finally {
    host.close();
    fs.rmSync(root, { recursive: true });
  }
});
