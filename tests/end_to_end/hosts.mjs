// The built app on the servers that docs/hosting.md is about: Debian's nginx and Caddy, each with the very file that
// .ci/hosts.mjs writes for it, and a plain file server that sends no header of ours. Each runs for one visit, in a folder of its
// own, on a port of the loopback, as a user who may nothing else.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import fs from "node:fs";
import net from "node:net";
import os from "node:os";
import path from "node:path";
import { hostFiles } from "../../.ci/hosts.mjs";
import { serve } from "../../.ci/serve.mjs";

// Whoever runs the tests as root has them served by nobody: a server must not need more.
const NOBODY = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};

const GUIDE = fs.readFileSync(path.join(import.meta.dirname, "../../docs/hosting.md"), "utf8");

/** The block of docs/hosting.md for a server's configuration, with other places, as an administrator would change it. */
function block(name, folder, below) {
  const written = GUIDE.match(new RegExp(`\n\`\`\`${name}\n([^]*?)\`\`\``))[1];
  const atRoot = written.replace(/^redir .*\n/, "").replace("handle_path /tools/restore/*", "handle");
  return (below === "/" ? atRoot : written).replaceAll("/tools/restore/", below).replaceAll("/tools/restore", below.slice(0, -1))
    .replace(/\/etc\/\w+\/pgflex-restore\.\w+/, `${folder}/host`).replace("/srv/pgflex-restore", `${folder}/site`);
}

const SERVERS = {
  nginx: {
    program: "nginx",
    file: "nginx.conf",
    // What a server needs that runs beside others, around what an administrator writes.
    config: ({ folder, port, below }) => `
daemon off;
worker_processes 1;
pid ${folder}/pid;
error_log ${folder}/errors warn;
events {}
http {
  log_format asked '$request_method $request_uri';
  access_log ${folder}/asked asked;
  ${["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((kind) => `${kind}_temp_path ${folder}/${kind};`).join(" ")}
  server {
    listen 127.0.0.1:${port};
    ${block("nginx", folder, below)}
  }
}
`,
    arguments: (config) => ["-c", config],
    asked: (line) => line.match(/^(\w+) (\S+)$/)?.slice(1),
  },
  caddy: {
    program: "caddy",
    file: "Caddyfile",
    config: ({ folder, port, below }) => `
{
	admin off
	auto_https off
	default_bind 127.0.0.1
	log {
		output file ${folder}/errors
		level WARN
	}
}
http://:${port} {
	log {
		output file ${folder}/asked
	}
	${block("caddy", folder, below)}
}
`,
    arguments: (config) => ["run", "--adapter", "caddyfile", "--config", config],
    asked: (line) => { try { const { request } = JSON.parse(line); return [request.method, request.uri]; } catch { return undefined; } },
  },
};

/** What HOST can be. */
export const HOSTS = [...Object.keys(SERVERS), "plain"];

/** The same as `serve` gives, from the server of that name. `cloud`: whose file it includes. */
export async function serveBy(name, root, { below = "/", config, cloud = "public" } = {}) {
  if (name === "plain") return serve(root, { below, config, headers: {} });
  assert(SERVERS[name], `no such host: ${name}; known: ${HOSTS.join(", ")}`);
  const server = SERVERS[name];
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), `${name}-`));
  const site = path.join(folder, "site");
  fs.cpSync(root, site, { recursive: true });
  if (config !== undefined) fs.writeFileSync(path.join(site, "config.json"), config);
  fs.writeFileSync(path.join(folder, "host"), hostFiles(cloud, fs.readdirSync(root))[server.file]);
  if (NOBODY.uid) for (const place of [folder, site]) fs.chownSync(place, NOBODY.uid, NOBODY.gid);
  const port = await freePort();
  const configFile = path.join(folder, "config");
  fs.writeFileSync(configFile, server.config({ folder, port, below }));

  let said = "";
  const child = spawn(server.program, server.arguments(configFile), {
    stdio: ["ignore", "ignore", "pipe"],
    // Nothing of its own in anybody's home.
    env: { PATH: `${process.env.PATH}:/usr/sbin`, HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder },
    ...NOBODY,
  });
  child.stderr.on("data", (words) => { said += words; });
  const stop = () => child.kill();
  process.once("exit", stop);
  const ended = new Promise((done) => child.once("error", (error) => { said += error.message; done(); }).once("exit", done));
  ended.then(() => { process.off("exit", stop); fs.rmSync(folder, { recursive: true, force: true }); });
  await listening(port, ended, () => `${server.program} did not start:\n${said}`);
  return {
    /** What was asked of it, as it has noted. */
    get requests() {
      return fs.readFileSync(path.join(folder, "asked"), "utf8").split("\n").map(server.asked).filter(Boolean)
        .map(([method, address]) => ({ method, path: new URL(address, "http://host").pathname }));
    },
    address: `http://localhost:${port}${below}`,
    close: stop,
  };
}

function freePort() {
  return new Promise((found, failed) => {
    const probe = net.createServer().once("error", failed).listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => found(port));
    });
  });
}

// Until it takes a connection, or has ended.
async function listening(port, ended, words) {
  let over = false;
  ended.then(() => { over = true; });
  for (;;) {
    assert(!over, words());
    const open = await new Promise((done) => {
      const socket = net.connect(port, "127.0.0.1", () => { socket.destroy(); done(true); }).once("error", () => done(false));
    });
    if (open) return;
    await new Promise((done) => setTimeout(done, 20));
  }
}
