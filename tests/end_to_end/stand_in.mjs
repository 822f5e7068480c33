// Entra and Azure Resource Manager under their real names, on loopback. Entra is played here
// (entra.mjs). Azure is the simulated Azure as a server (tests/stand_in, plain HTTP): this file puts
// TLS, the check of the token and the browser's cross-origin rules before it, as Azure does.
import { spawn } from "node:child_process";
import http from "node:http";
import https from "node:https";
import { createInterface } from "node:readline";
import { clouds } from "../../.ci/csp.mjs";
import { makeCertificate } from "./certificate.mjs";
import { makeEntra } from "./entra.mjs";

const PROGRAM = "target/debug/stand-in";

/**
 * Starts both. Options, which a test may also change later on what is returned:
 * - expose     the value of Access-Control-Expose-Headers; undefined leaves what the simulated Azure says
 * - intercept  ({ method, host, path, headers, body }) → { status, headers, body } in Azure's place,
 *              or "cut" to break the connection, "lose" to let Azure have the request and break the
 *              connection instead of its answer, or undefined to go on
 * - alter      (answer, { method, host, path }): changes { status, headers, body } of the simulated Azure
 * - reuse      whether a connection is used again, as Azure's are; Chromium then sends a request again by
 *              itself, even a POST, where it breaks before an answer has come
 * - azure      where the simulated Azure listens ("127.0.0.1:PORT"); by default it is started
 */
export async function startStandIns({ cloud = "public", expose, intercept, alter, reuse = true, azure, args = [] } = {}) {
  const { login, arm } = clouds[cloud];
  const { key, cert, print } = makeCertificate([...login, arm, `*.${arm}`]);
  let program = azure ? undefined : await startProgram(args);
  const standIns = { arm, login, entra: makeEntra(), expose, intercept, alter, reuse, requests: [] };

  const server = https.createServer({ key, cert }, async (request, response) => {
    const host = request.headers.host.replace(/:\d+$/, "");
    const url = new URL(request.url, `https://${host}`);
    if (!standIns.reuse) response.shouldKeepAlive = false;
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    standIns.requests.push({ method: request.method, host, path: request.url, headers: request.headers, body: body.toString() });
    if (login.includes(host)) {
      const answer = standIns.entra.answer(url, body.toString());
      response.writeHead(answer.status, answer.headers).end(answer.body);
    } else if (host === arm || host.endsWith(`.${arm}`)) {
      await answerAsArm(request, response, host, body);
    } else {
      response.writeHead(421).end(`no stand-in plays ${host}`);
    }
  });

  async function answerAsArm(request, response, host, body) {
    const cors = { "access-control-allow-origin": "*", ...(standIns.expose === undefined ? {} : { "access-control-expose-headers": standIns.expose }) };
    if (request.method === "OPTIONS") {
      return response.writeHead(200, {
        ...cors,
        "access-control-allow-methods": "GET,POST,PUT,DELETE,PATCH,OPTIONS,HEAD",
        "access-control-allow-headers": request.headers["access-control-request-headers"] ?? "",
        "access-control-max-age": "3600",
      }).end();
    }
    if (!standIns.entra.accepts((request.headers.authorization ?? "").replace(/^Bearer /, ""))) {
      return response.writeHead(401, {
        ...cors,
        "content-type": "application/json; charset=utf-8",
        "www-authenticate": `Bearer authorization_uri="https://${login[0]}/", error="invalid_token", error_description="The access token is invalid."`,
      }).end(JSON.stringify({ error: { code: "InvalidAuthenticationToken", message: "The access token is invalid." } }));
    }
    const instead = await standIns.intercept?.({ method: request.method, host, path: request.url, headers: request.headers, body: body.toString() });
    if (instead === "cut") return request.socket.destroy();
    if (instead === "lose") {
      await forward(request, host, body);
      return request.socket.destroy();
    }
    if (instead) return response.writeHead(instead.status, { ...cors, ...instead.headers }).end(instead.body ?? "");
    const answer = await forward(request, host, body);
    if (standIns.alter) {
      answer.body = answer.body.toString();
      standIns.alter(answer, { method: request.method, host, path: request.url });
      delete answer.headers["content-length"];
    }
    response.writeHead(answer.status, { ...answer.headers, ...cors }).end(answer.body);
  }

  function forward(request, host, body) {
    const target = azure ?? program.address;
    const [address, port] = target.split(":");
    const headers = { ...request.headers, "x-stand-in-host": host, host: target };
    return new Promise((done, failed) => {
      const onward = http.request({ host: address, port, method: request.method, path: request.url, headers }, async (answer) => {
        const chunks = [];
        for await (const chunk of answer) chunks.push(chunk);
        const { connection, "transfer-encoding": encoding, ...kept } = answer.headers;
        done({ status: answer.statusCode, headers: kept, body: Buffer.concat(chunks) });
      });
      onward.on("error", failed);
      onward.end(body);
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
    /** A fresh world: nobody has signed in, nothing was started. */
    async reset() {
      program?.close();
      if (program) program = await startProgram(args);
      Object.assign(standIns, { entra: makeEntra(), expose, intercept, alter, reuse, requests: [] });
    },
    /** Puts the clock of the simulated Azure ahead. */
    async advance(seconds) {
      const answer = await fetch(`http://${azure ?? program.address}/stand-in/advance?seconds=${seconds}`, { method: "POST" });
      if (!answer.ok) throw new Error(`the clock was not put ahead: ${answer.status}`);
    },
    close() {
      server.close();
      server.closeAllConnections();
      program?.close();
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
