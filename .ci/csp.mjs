// The Content-Security-Policy, written once: .ci/seal.mjs puts it into index.html as a meta element,
// and .ci/serve.mjs sends it as a header. `node .ci/csp.mjs [cloud]` prints the header, for a host's
// own configuration.

// The login hosts and the Azure Resource Manager host of each cloud. The same hosts stand in
// src/azure/cloud.rs: a cloud that is missing here is blocked by the browser.
// China has two login hosts: the documented one and the one that it replaces.
export const clouds = {
  public: { login: ["login.microsoftonline.com"], arm: "management.azure.com" },
  usgov: { login: ["login.microsoftonline.us"], arm: "management.usgovcloudapi.net" },
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
  if (cloud !== undefined && !(cloud in clouds)) throw new Error(`no such cloud: ${cloud}; known: ${Object.keys(clouds).join(", ")}`);
  return [...directives(cloud ? [cloud] : Object.keys(clouds)), "frame-ancestors 'none'"].join("; ");
}

/** All headers that a host should send with every file. */
export const headers = (cloud) => ({
  "content-security-policy": header(cloud),
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
});

if (process.argv[1] === import.meta.filename) {
  for (const [name, value] of Object.entries(headers(process.argv[2]))) console.log(`${name}: ${value}`);
}
