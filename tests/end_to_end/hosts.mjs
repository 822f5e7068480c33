// The built app on the servers that docs/hosting.md is about: Debian's nginx and Caddy, each with the very file that
// .ci/hosts.mjs writes for it, and Python's plain file server, which sends no header of ours. Each runs for one visit, in a folder of
// its own, on a port of the loopback.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import fs from "node:fs";
import net from "node:net";
import os from "node:os";
import path from "node:path";
import { hostFiles } from "../../.ci/hosts.mjs";

// Whoever runs the tests as root has the app served by nobody: a server must not need more.
const NOBODY = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};

const GUIDE = fs.readFileSync(path.join(import.meta.dirname, "../../docs/hosting.md"), "utf8");

/** The block of docs/hosting.md for a server's configuration, with other places, as an administrator would change it. */
function block(name, folder, below) {
  const written = GUIDE.match(new RegExp(`\n\`\`\`${name}\n([^]*?)\`\`\``))[1];
  const atRoot = written.replace(/^redir .*\n/, "").replace(/^location = [^]*?\n}\n/, "").replace("handle_path /tools/restore/*", "handle");
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
  plain: {
    program: "python3",
    at: (below) => `root${below}`,
    arguments: (config, { folder, port }) => ["-m", "http.server", "--bind", "127.0.0.1", "--directory", `${folder}/root`, String(port)],
    // It notes what was asked where others complain. Python may be one of the person's own, which nobody else may run.
    notes: "asked",
    asked: (line) => line.match(/"(\w+) (\S+) HTTP/)?.slice(1),
    user: {},
  },
};

/** The same as `serve` gives, from the server of that name. `cloud`: whose file it includes. */
export async function serveBy(...asked) {
  // Between the moment in which a port was free and the next, somebody else may have taken it.
  return start(...asked).catch(() => start(...asked));
}

async function start(name, root, { below = "/", config, cloud = "public" } = {}) {
  assert(SERVERS[name], `no such host: ${name}; known: ${Object.keys(SERVERS).join(", ")}`);
  const { program, file, at = () => "site", notes = "notes", user = NOBODY, ...server } = SERVERS[name];
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), `${name}-`));
  const site = path.join(folder, at(below));
  fs.cpSync(root, site, { recursive: true });
  fs.chmodSync(site, 0o755);
  if (config !== undefined) fs.writeFileSync(path.join(site, "config.json"), config);
  const place = { folder, below, port: await freePort() };
  const configFile = path.join(folder, "config");
  if (file) {
    fs.writeFileSync(path.join(folder, "host"), hostFiles(cloud, fs.readdirSync(root))[file]);
    fs.writeFileSync(configFile, server.config(place));
  }
  if (user.uid) fs.chownSync(folder, user.uid, user.gid);

  const noted = fs.openSync(path.join(folder, notes), "a");
  const child = spawn(program, server.arguments(configFile, place), {
    stdio: ["ignore", "ignore", noted],
    // nginx lies where root alone looks; Caddy would keep something in a home.
    env: { ...process.env, PATH: `${process.env.PATH}:/usr/sbin`, ...(file ? { HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder } : {}) },
    ...user,
  });
  fs.closeSync(noted);
  const stop = () => child.kill();
  process.once("exit", stop);
  let over;
  child.once("error", (error) => { over = error.message; }).once("exit", (code) => { over = `it ended with ${code}\n${fs.readFileSync(path.join(folder, notes), "utf8")}`; });
  child.once("close", () => { process.off("exit", stop); fs.rmSync(folder, { recursive: true, force: true }); });
  await listening(place.port, () => over && `${program} did not start: ${over}`);
  return {
    /** What was asked of it, as it has noted. */
    get requests() {
      return fs.readFileSync(path.join(folder, "asked"), "utf8").split("\n").map(server.asked).filter(Boolean)
        .map(([method, address]) => ({ method, path: new URL(address, "http://host").pathname }));
    },
    address: `http://localhost:${place.port}${below}`,
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

// Until it takes a connection; `failed` tells why it never will.
async function listening(port, failed) {
  for (;;) {
    assert(!failed(), failed());
    const open = await new Promise((done) => {
      const socket = net.connect(port, "127.0.0.1", () => { socket.destroy(); done(true); }).once("error", () => done(false));
    });
    if (open) return;
    await new Promise((done) => setTimeout(done, 20));
  }
}
