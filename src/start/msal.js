// What the page uses of MSAL, and nothing else of it. The build bundles this file into one script,
// `msal-<hash>.js`, which sets the global `msal`; boot.js loads it outside the simulation.
// Errors need no class: they are told apart by their `name` and `errorCode`.
import { PublicClientApplication as Application } from "@azure/msal-browser";

// For the page about this host.
export { version } from "@azure/msal-browser";

// How long the sign-in service may take for an answer, in milliseconds. MSAL itself would wait for ever:
// on the way back from the sign-in page, with nothing on the page yet; and it has every later wish for a
// token wait for the same answer.
const PATIENCE = 30_000;

// One answer, asked for once. What is thrown here MSAL calls `network_error`.
async function ask(method, url, { headers, body } = {}) {
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(), PATIENCE);
  try {
    const answer = await fetch(url, { method, headers, body, signal: limit.signal });
    return { status: answer.status, headers: Object.fromEntries(answer.headers), body: await answer.json() };
  } finally {
    clearTimeout(timer);
  }
}

const networkClient = {
  sendGetRequestAsync: (url, options) => ask("GET", url, options),
  sendPostRequestAsync: (url, options) => ask("POST", url, options),
};

export class PublicClientApplication extends Application {
  constructor(configuration) {
    super({ ...configuration, system: { networkClient } });
  }
}
