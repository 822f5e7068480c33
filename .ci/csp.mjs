// What a host says with each file, written once: the Content-Security-Policy, the other headers, how long
// a file may be kept, its content type. .ci/seal.mjs puts the policy into index.html as a meta element,
// .ci/serve.mjs sends all of it, .ci/hosts.mjs writes it down for each kind of host.
// `node .ci/csp.mjs [cloud]` prints the headers, for any other host's configuration.

// The login hosts and the Azure Resource Manager host of each cloud. The same hosts stand in
// src/azure/cloud.rs: a cloud that is missing here is blocked by the browser.
// China has two login hosts: the documented one and the one that it replaces.
export const clouds = {
  public: { login: ["login.microsoftonline.com"], arm: "management.azure.com" },
  usgovernment: { login: ["login.microsoftonline.us"], arm: "management.usgovcloudapi.net" },
  china: { login: ["login.chinacloudapi.cn", "login.partner.microsoftonline.cn"], arm: "management.chinacloudapi.cn" },
  bleu: { login: ["login.sovcloud-identity.fr"], arm: "management.sovcloud-api.fr" },
};

function directives(names) {
  const hosts = names.flatMap((name) => {
    const { login, arm } = clouds[name];
    // Long-running operations may be answered by a regional host below the ARM host.
    return [...login, arm, `*.${arm}`];
  });
  return [
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'",
    "style-src 'self'",
    "img-src 'self' data:",
    `connect-src 'self' ${hosts.map((host) => `https://${host}`).join(" ")}`,
    "base-uri 'none'",
    "form-action 'none'",
    "object-src 'none'",
    "frame-src 'none'",
    "require-trusted-types-for 'script'",
    // The one policy is boot.js's: it admits the addresses of the two scripts that it loads and nothing else.
    "trusted-types pgflex-boot",
  ];
}

/** For index.html. It admits every cloud, since a header can narrow a meta but never widen it. */
export const meta = () => directives(Object.keys(clouds)).join("; ");

/** For a host, narrowed to one cloud where its name is given. Only a header can forbid framing. */
export function header(cloud) {
  if (cloud !== undefined && !Object.hasOwn(clouds, cloud)) throw new Error(`no such cloud: ${cloud}; known: ${Object.keys(clouds).join(", ")}`);
  return [...directives(cloud ? [cloud] : Object.keys(clouds)), "frame-ancestors 'none'"].join("; ");
}

/**
 * All headers that a host should send with every file, errors too. By OWASP's ASVS 5.0, chapter V3.4:
 * - 3.4.2  No Access-Control-Allow-Origin: nobody else's page may read these files.
 * - 3.4.3  Content-Security-Policy: everything is refused but what the app uses; scripts by digest besides.
 * - 3.4.4  X-Content-Type-Options. 3.4.5: Referrer-Policy. 3.4.8: Cross-Origin-Opener-Policy.
 * - 3.4.6  frame-ancestors, in the policy. X-Frame-Options adds nothing in a browser that can run the app.
 * - 3.4.7  No reports of violations are sent: the page has no server of its own, and promises no telemetry.
 * - 3.4.1  Strict-Transport-Security: `overHttps`.
 * Beyond it, none of these files may be used by another origin (Cross-Origin-Resource-Policy). The page needs no
 * Cross-Origin-Embedder-Policy: it embeds nothing, and asks for no shared memory.
 */
export const headers = (cloud) => ({
  "content-security-policy": header(cloud),
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
});

/**
 * The same, where people come by https, which is everywhere but on a machine of one's own: the app needs it, and so does
 * Entra. `make run` does not send it: over http it is to be left out (RFC 6797, 7.2), and browsers pass over it. It binds
 * a whole host name, for a year after the last visit, not the names below it: those are for whoever owns the domain to say.
 */
export const overHttps = (cloud) => ({ ...headers(cloud), "strict-transport-security": "max-age=31536000" });

/** What stands in a name that was made from the file's content: such a file never changes. A regular expression of every host. */
export const HASHED = "-[0-9a-f]{16}[.][a-z]+$";
const pattern = new RegExp(HASHED);
export const isHashed = (name) => pattern.test(name);

/** For a file that never changes. */
export const FOR_EVER = "public, max-age=31536000, immutable";

/** How long a file of this name may be kept: one without a hash has to be asked for each time. */
export const cacheControl = (name) => (isHashed(name) ? FOR_EVER : "no-cache");

/** The content type of each kind of file. `.bin` is WebAssembly that boot.js unpacks: no host may do so on the way. */
export const types = {
  html: "text/html; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  css: "text/css; charset=utf-8",
  json: "application/json",
  txt: "text/plain; charset=utf-8",
  svg: "image/svg+xml; charset=utf-8",
  wasm: "application/wasm",
  bin: "application/octet-stream",
};

if (process.argv[1] === import.meta.filename) {
  for (const [name, value] of Object.entries(overHttps(process.argv[2]))) console.log(`${name}: ${value}`);
}
