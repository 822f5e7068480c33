// Recorded traffic that answers in Azure's place. tests/recordings.json has one line for each recording; what a line says
// stands in tests/native/stories/replay.rs, which plays the same lines without a browser.
import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";

const FOLDER = process.env.PGFLEX_REFERENCE ?? path.resolve(import.meta.dirname, "../../../shared/reference");

/** Whether recorded traffic is at hand: it is third-party material and no part of the project. */
export const atHand = fs.existsSync(path.join(FOLDER, "recordings"));

export const lines = JSON.parse(fs.readFileSync(path.join(import.meta.dirname, "../recordings.json"), "utf8"));

// What a browser is shown of an answer. The lengths and encodings of the recorded bodies are not ours.
const TOLD = /^(location|azure-asyncoperation|retry-after|content-type|x-ms-[\w-]+)$/;

/** A text of the recording, with what was taken out of its signed addresses put back. */
const filled = (text) =>
  text
    .replaceAll("<ticks>", "638999999999999999")
    .replaceAll("<base64url-cert ~2.5KB>", "MIIHhzCCBm-gAwIBAgITHgTa_".repeat(100))
    .replaceAll("<sig>", "a-b_c")
    .replaceAll("<hash>", "d-e_f");

const pathOf = (url) => decodeURIComponent(url.replace(/^https:\/\/[^/]+/, "").replace(/\?.*$/s, "")).toLowerCase();

/** A body without the file prefix, which is never the same twice. */
function unnamed(body) {
  if (!body) return null;
  const copy = structuredClone(typeof body === "string" ? JSON.parse(body) : body);
  const inner = copy.restoreRequestObject ?? copy;
  if (inner.restoreTargetInfo) delete inner.restoreTargetInfo.targetDetails.filePrefix;
  return copy;
}

export function read(line) {
  const flow = JSON.parse(fs.readFileSync(path.join(FOLDER, "recordings", line.file), "utf8"));
  const said = flow.interactions.map(({ n, method, url, requestBody, status, headers, body, repeated = 1 }) => ({
    n,
    method,
    path: pathOf(filled(url)),
    sent: requestBody,
    left: repeated,
    asked: false,
    answer: {
      status,
      headers: Object.fromEntries(Object.entries(headers ?? {}).filter(([name]) => TOLD.test(name)).map(([name, value]) => [name, filled(String(value))])),
      body: body === null ? "" : JSON.stringify(body),
    },
  }));
  const lacks = Object.entries(line.lacks).map(([what, instead]) => ({ what: what.toLowerCase(), instead, asked: false }));
  const unexplained = [];

  return {
    /** What was sent to start the restore. */
    restore: said.find(({ path }) => path.endsWith("/restore"))?.sent,
    unexplained,

    /** The recorded answer to a request, in order where they repeat; the last one stays. */
    answer({ method, path: address, body }) {
      const wanted = pathOf(address);
      const of = said.filter((one) => one.method === method && one.path === wanted);
      const found = of.find(({ left }) => left > 0) ?? of.at(-1);
      if (found) {
        found.left -= 1;
        found.asked = true;
        try {
          assert.deepEqual(unnamed(body), unnamed(found.sent));
        } catch (error) {
          unexplained.push(`another body was recorded of ${method} ${wanted}: ${error.message}`);
        }
        return found.answer;
      }
      const lacked = lacks.find(({ what }) => {
        const [verb, end] = what.split(" ");
        return verb === method.toLowerCase() && wanted.endsWith(end);
      });
      if (!lacked) {
        unexplained.push(`${method} ${address} is not in the recording`);
        return { status: 404, headers: { "content-type": "application/json" }, body: JSON.stringify({ error: { code: "NotRecorded", message: "It is not in the recording." } }) };
      }
      lacked.asked = true;
      const refused = typeof lacked.instead === "number";
      return {
        status: refused ? lacked.instead : 200,
        headers: { "content-type": "application/json" },
        body: JSON.stringify(refused ? { error: { code: "AuthorizationFailed", message: "It is not in the recording." } } : lacked.instead),
      };
    },

    /** The numbers of what was recorded and never asked for, and what the line says is lacking and nobody asked for. */
    left() {
      return [said.filter(({ asked }) => !asked).map(({ n }) => n), lacks.filter(({ asked }) => !asked).map(({ what }) => what)];
    },
  };
}
