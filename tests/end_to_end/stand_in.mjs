// Entra and Azure Resource Manager under their real names, on loopback. Entra is played here
// (entra.mjs). Azure is the simulated Azure as a server (tests/stand_in, plain HTTP): this file puts
// TLS, the check of the token and the browser's cross-origin rules before it, as Azure does.
import { spawn } from "node:child_process";
import { EventEmitter, once } from "node:events";
import http from "node:http";
import http2 from "node:http2";
import https from "node:https";
import net from "node:net";
import { createInterface } from "node:readline";
import { clouds } from "../../.ci/csp.mjs";
import { makeCertificate } from "./certificate.mjs";
import { makeEntra } from "./entra.mjs";

const PROGRAM = "target/debug/stand-in";

/**
 * Starts both. Options, which a test may also change later on what is returned:
 * - expose     the value of Access-Control-Expose-Headers; undefined leaves what the simulated Azure says
 * - intercept  ({ method, host, path, headers, body }) → { status, headers, body } in Azure's place;
 *              "cut": Azure does not hear of it, and the connection breaks; "lose": Azure hears of it, and the
 *              connection breaks instead of the answer; "late": it breaks, and Azure hears of it at `deliver()`;
 *              "silence": Azure hears of it, and nothing ever comes back; undefined to go on
 * - alter      (answer, { method, host, path }): changes { status, headers, body } of the simulated Azure
 * - http2      whether new connections speak HTTP/2, as Azure's do, or HTTP/1.1, as behind many a proxy
 * - azure      where the simulated Azure listens ("127.0.0.1:PORT"); by default it is started
 */
export async function startStandIns({ cloud = "public", expose, intercept, alter, http2: two = true, azure, args = [] } = {}) {
  const { login, arm } = clouds[cloud];
  const { key, cert, print } = makeCertificate([...login, arm, `*.${arm}`]);
  let program = azure ? undefined : await startProgram(args);
  const standIns = { arm, login, entra: makeEntra(), expose, intercept, alter, http2: two, requests: [], late: [], silent: 0 };
  const heard = new EventEmitter();

  const play = async (request, response) => {
    const host = (request.headers[":authority"] ?? request.headers.host).replace(/:\d+$/, "");
    const headers = Object.fromEntries(Object.entries(request.headers).filter(([name]) => !name.startsWith(":")));
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const asked = { method: request.method, host, path: request.url, headers, body: Buffer.concat(chunks).toString() };
    standIns.requests.push({ ...asked, version: request.httpVersion });
    const answer = login.includes(host) ? standIns.entra.answer(new URL(request.url, `https://${host}`), asked.body)
      : host === arm || host.endsWith(`.${arm}`) ? await answerAsArm(asked).catch(unlessOver(program))
      : { status: 421, body: `no stand-in plays ${host}` };
    if (answer === "break") (request.stream?.session ?? request.socket).destroy();
    // The others on this connection go on.
    else if (answer === "end") request.stream ? request.stream.close(http2.constants.NGHTTP2_INTERNAL_ERROR) : request.socket.destroy();
    else if (answer) response.writeHead(answer.status, answer.headers).end(answer.body ?? "");
  };
  const servers = [https.createServer({ key, cert }, play), http2.createSecureServer({ key, cert }, play)];
  const sockets = new Set();
  const server = net.createServer((socket) => {
    sockets.add(socket.once("close", () => sockets.delete(socket)).on("error", () => {}));
    servers[Number(standIns.http2)].emit("connection", socket);
  });

  /** A test that is over ends the program with what is still on its way to it: nobody waits for that any more. */
  const unlessOver = (then) => (error) => {
    if (then === program) throw error;
    return "break";
  };

  /** The answer; "break" for none and a broken connection; nothing for none at all. */
  async function answerAsArm(request) {
    const { method, host, path, headers } = request;
    const cors = { "access-control-allow-origin": "*", ...(standIns.expose === undefined ? {} : { "access-control-expose-headers": standIns.expose }) };
    if (method === "OPTIONS") {
      return {
        status: 200,
        headers: {
          ...cors,
          "access-control-allow-methods": "GET,POST,PUT,DELETE,PATCH,OPTIONS,HEAD",
          "access-control-allow-headers": headers["access-control-request-headers"] ?? "",
          "access-control-max-age": "3600",
        },
      };
    }
    if (!standIns.entra.accepts((headers.authorization ?? "").replace(/^Bearer /, ""))) {
      return {
        status: 401,
        headers: {
          ...cors,
          "content-type": "application/json; charset=utf-8",
          "www-authenticate": `Bearer authorization_uri="https://${login[0]}/", error="invalid_token", error_description="The access token is invalid."`,
        },
        body: JSON.stringify({ error: { code: "InvalidAuthenticationToken", message: "The access token is invalid." } }),
      };
    }
    const instead = await standIns.intercept?.(request);
    if (instead === "late") standIns.late.push(request);
    if (instead === "lose" || instead === "silence") await forward(request);
    if (instead === "silence") {
      standIns.silent += 1;
      heard.emit("silence");
      return undefined;
    }
    if (typeof instead === "string") return "break";
    if (instead) return { ...instead, headers: { ...cors, ...instead.headers } };
    const answer = await forward(request);
    if (answer === "end") return answer;
    if (standIns.alter) {
      answer.body = answer.body.toString();
      standIns.alter(answer, { method, host, path });
      delete answer.headers["content-length"];
    }
    return { ...answer, headers: { ...answer.headers, ...cors } };
  }

  function forward({ method, host, path, headers, body }) {
    const target = azure ?? program.address;
    const [address, port] = target.split(":");
    const { "transfer-encoding": chunked, ...kept } = headers;
    const onward = { ...kept, "content-length": Buffer.byteLength(body), "x-stand-in-host": host, host: target };
    return new Promise((done, failed) => {
      const sent = http.request({ host: address, port, method, path, headers: onward }, async (answer) => {
        const chunks = [];
        for await (const chunk of answer) chunks.push(chunk);
        const { connection, "keep-alive": kept, "transfer-encoding": encoding, ...headers } = answer.headers;
        done({ status: answer.statusCode, headers, body: Buffer.concat(chunks) });
      });
      // What is no HTTP is how the simulated Azure says that nothing is answered (tests/stand_in).
      sent.on("error", (error) => (error.code?.startsWith("HPE_") ? done("end") : failed(error)));
      sent.end(body);
    });
  }

  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  const at = `127.0.0.1:${server.address().port}`;
  return Object.assign(standIns, {
    /** For Chromium: these names lead here, every other one nowhere, and this certificate is believed. */
    chromium: [
      `--host-resolver-rules=${[...login, arm, `*.${arm}`].map((host) => `MAP ${host}:443 ${at}`).join(", ")}, MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1`,
      `--ignore-certificate-errors-spki-list=${print}`,
    ],
    /** For Firefox: these names lead here. */
    firefox: { hosts: [...login, arm, `*.${arm}`], at },
    /** A fresh world: nobody has signed in, nothing was started. */
    async reset() {
      const over = program;
      program = undefined;
      over?.close();
      if (over) program = await startProgram(args);
      Object.assign(standIns, { entra: makeEntra(), expose, intercept, alter, http2: two, requests: [], late: [], silent: 0 });
    },
    /** Waits until so many requests have reached the simulated Azure whose answer never comes ("silence"): by its clock as it stands. */
    async unanswered(count = 1) {
      while (standIns.silent < count) await once(heard, "silence");
    },
    /** What was on its way arrives now. */
    async deliver() {
      await Promise.all(standIns.late.splice(0).map(forward));
    },
    /** Puts the clock of the simulated Azure ahead. */
    async advance(seconds) {
      const answer = await fetch(`http://${azure ?? program.address}/stand-in/advance?seconds=${seconds}`, { method: "POST" });
      if (!answer.ok) throw new Error(`the clock was not put ahead: ${answer.status}`);
    },
    close() {
      server.close();
      for (const socket of sockets) socket.destroy();
      program?.close();
      program = undefined;
    },
  });
}

async function startProgram(args) {
  const child = spawn(PROGRAM, args, { stdio: ["pipe", "pipe", "inherit"] });
  const address = await new Promise((listening, failed) => {
    child.once("error", failed);
    child.once("exit", (code) => failed(new Error(`${PROGRAM} ended with ${code} before it listened`)));
    createInterface(child.stdout).on("line", (line) => {
      const found = line.match(/^listening on (\S+:\d+)$/);
      if (found) listening(found[1]);
    });
  });
  return { address, close: () => child.kill() };
}
