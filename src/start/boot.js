// Starts the app: the first script of the page, and the only one that is written by hand.
//
// What it does. Fetches config.json, MSAL and the WebAssembly at the same time, in the simulation the
// simulated Azure in place of the first two; hands them to the WebAssembly; puts whatever goes wrong
// into words, in the shell that index.html has painted or in place of the page.
// What it never does. Decide anything about Azure, keep anything, put HTML into the page.
//
// What the app finds when it starts (src/browser reads it):
//
//   globalThis.pgflexStart = {
//     demo: true | false,         the address was one of the simulation (#/demo…)
//     config:
//       null                      not asked for yet: so in the simulation
//       { status, type, text }    what the host answered for config.json: HTTP status, content type
//                                 ("" if none), body, unread
//       { error }                 no answer; a sentence of the browser's
//   }
//   globalThis.msal               MSAL, outside the simulation
//   globalThis.pgflexLoadMsal()   a Promise: afterwards `msal` is there and `pgflexStart.config` is
//                                 not null. Loads once, however often it is called. Rejects with an
//                                 Error whose message is for the reader; the next call tries again.
//   globalThis.pgflexLoadSimulatedAzure()
//                                 the same for the simulated Azure: afterwards the functions of
//                                 src/simulated_azure.rs are those of globalThis.pgflexSimulatedAzure.
//   globalThis.pgflexStop(what)   ends the page: halts the program, empties the page and says what has
//                                 happened. `what` is an Error of this file's, or any other.
//   document.body                 holds the shell; the app empties it (child by child) and takes it.
//                                 Until `#starting` is gone, a failure is shown there by this file.
//
// index.html names the files and their digests in <meta name="pgflex-files" data-…>, written after
// the build by .ci/seal.mjs. Old browsers run this file too: it is compiled to plain ES2017.

(function () {
  "use strict";

  const files = document.querySelector('meta[name="pgflex-files"]').dataset;
  const demo = /^#\/demo($|[/?])/.test(location.hash);
  const start = (window.pgflexStart = { demo, config: null });
  let policy = null;
  // This file runs before the event, once: from here on a promise tells that the page has been read.
  const pageIsRead = new Promise((done) => document.addEventListener("DOMContentLoaded", done, { once: true }));

  window.pgflexLoadMsal = once(async () => {
    const msal = loadScript(files.msal, files.msalIntegrity);
    // Waited for below: until then it must not count as unhandled.
    msal.catch(() => {});
    // The configuration is there even where MSAL is not: the app tells which of them is missing.
    start.config = await fetchConfig();
    await msal;
  });

  window.pgflexLoadSimulatedAzure = once(async () => {
    const [wasm] = await Promise.all([
      fetchWasm("simulatedWasm", "simulatedPacked"),
      loadScript(files.simulated, files.simulatedIntegrity),
    ]);
    await window.pgflexSimulatedAzure({ module_or_path: wasm });
  });

  window.pgflexStop = function (what) {
    // Whatever else still calls into the program: nothing is done and nothing is sent any more.
    if (typeof wasm_bindgen !== "undefined" && wasm_bindgen.halt) wasm_bindgen.halt();
    const problem = what && what.title ? what : stopped(what);
    const main = element("main", "page", [element("h1", "", [problem.title]), note(problem, [])]);
    main.id = "main";
    empty(document.body).append(main);
  };

  // A program that cannot go on traps. The first trap ends the page; more may follow from what it left.
  const ended = once(async (trap) => window.pgflexStop(trap));
  const end = (error) => { if (error instanceof WebAssembly.RuntimeError) ended(error); };
  window.addEventListener("error", (event) => end(event.error));
  window.addEventListener("unhandledrejection", (event) => end(event.reason));

  run().catch(show);

  async function run() {
    refuseOldBrowsers();
    const wasm = fetchWasm("wasm", "packed");
    const rest = demo ? window.pgflexLoadSimulatedAzure() : window.pgflexLoadMsal();
    const both = Promise.all([wasm, rest]);
    // Should the glue fail first, then these are no longer waited for: they must not count as unhandled.
    both.catch(() => {});
    // The script made by wasm-bindgen stands after this one; it has run, or failed, when the page is read.
    await pageIsRead;
    if (typeof wasm_bindgen === "undefined") throw await wrongFile(files.glue);
    const [response] = await both;
    try {
      await wasm_bindgen({ module_or_path: response });
    } catch (error) {
      throw startFailed(error);
    }
  }

  // Calls it once, and again only after it has failed.
  function once(load) {
    let loading = null;
    return (argument) => {
      if (!loading) {
        loading = load(argument);
        loading.catch(() => { loading = null; });
      }
      return loading;
    };
  }

  function refuseOldBrowsers() {
    const needed = {
      WebAssembly: typeof WebAssembly === "object",
      "light-dark() in style sheets": window.CSS && CSS.supports("color", "light-dark(#000, #fff)"),
    };
    const missing = Object.keys(needed).filter((name) => !needed[name]);
    if (missing.length) throw oldBrowser(`It lacks: ${missing.join(", ")}.`);
  }

  // Always the gzip copy, inflated here, whatever the host does. A page cannot know whether its host
  // compresses WebAssembly (many compress only text), and guessing wrong costs three times the bytes,
  // while being always right costs a seventh where the host knows brotli. The name ends in `.bin`, so
  // that no host takes it for something to be unpacked on the way. Browsers without
  // DecompressionStream take the plain file. `integrity` covers what arrives, before any of it is run.
  async function fetchWasm(plain, packed) {
    const inflate = typeof DecompressionStream === "function";
    const name = inflate ? packed : plain;
    let response;
    try {
      response = await fetch(files[name], { integrity: files[`${name}Integrity`] });
    } catch (error) {
      throw await wrongFile(files[name]);
    }
    if (!inflate) return response;
    const inflated = response.body.pipeThrough(new DecompressionStream("gzip"));
    return new Response(inflated, { headers: { "content-type": "application/wasm" } });
  }

  async function fetchConfig() {
    try {
      const response = await fetch("config.json", { cache: "no-cache", redirect: "error" });
      return { status: response.status, type: response.headers.get("content-type") || "", text: await response.text() };
    } catch (error) {
      return { error: String(error.message || error) };
    }
  }

  function loadScript(file, integrity) {
    return new Promise((done, failed) => {
      const script = document.createElement("script");
      script.src = address(file);
      script.integrity = integrity;
      script.onload = () => done();
      script.onerror = () => { script.remove(); wrongFile(file).then(failed); };
      document.head.append(script);
    });
  }

  // Under `require-trusted-types-for 'script'` a script's address must come from a policy. This one,
  // the only one that the page may have, knows two addresses.
  function address(file) {
    if (!window.trustedTypes) return file;
    policy = policy || trustedTypes.createPolicy("pgflex-boot", {
      createScriptURL(address) {
        if (address !== files.msal && address !== files.simulated) throw new TypeError("not a script of this page");
        return address;
      },
    });
    return policy.createScriptURL(file);
  }

  // --- What went wrong, in words -----------------------------------------------------------------

  function problem(title, advice, detail) {
    return Object.assign(new Error(`${title} ${advice}`), { title, advice, detail });
  }

  function oldBrowser(detail) {
    return problem(
      "This browser is too old for this page.",
      "Use a current Edge, Chrome, Firefox or Safari.",
      detail,
    );
  }

  // A browser says only that a file did not load. Asking for it once more, without running it, tells
  // a file that was changed from one that is missing or out of reach.
  async function wrongFile(file) {
    const askHost = "Load the page again. If this persists, the host was only partly upgraded: its administrator should copy all files of the build again.";
    let response;
    try {
      response = await fetch(file, { cache: "reload" });
    } catch (error) {
      return problem(
        "A part of this page could not be loaded.",
        "Check the connection, and whether something in the browser or on the network blocks this site. Then load the page again.",
        `${file}: ${error.message}`,
      );
    }
    const type = response.headers.get("content-type") || "";
    if (!response.ok || type.startsWith("text/html")) {
      return problem("A part of this page is missing on its host.", askHost, `${file}: HTTP ${response.status} ${type}`);
    }
    return problem(
      "A part of this page is not the one it was built with, so it was not run.",
      `It was changed on the host or on the way here, or a script was blocked. ${askHost}`,
      file,
    );
  }

  function startFailed(error) {
    // The two browsers' words for it; that it is a matter of policy the error does not say otherwise.
    if (error instanceof WebAssembly.CompileError && /content security policy|\bCSP\b/i.test(error.message)) {
      return problem(
        "This page’s host does not let it run.",
        "Its Content-Security-Policy, or one that is added on the way here, lacks 'wasm-unsafe-eval'. Tell this page’s administrator: docs/hosting.md of the release has the whole policy.",
        error.message,
      );
    }
    if (error instanceof WebAssembly.CompileError) return oldBrowser(error.message);
    return problem(
      "This page stopped while it was starting.",
      "Load the page again. If this persists, tell this page’s administrator, and quote the line below.",
      String(error && error.message || error),
    );
  }

  function stopped(error) {
    // Some browsers begin the stack with what happened, Firefox tells where alone.
    const stack = String((error && error.stack) || "");
    return problem(
      "This page has stopped",
      "The program ran into a fault of its own. Nothing is sent twice: what Azure has accepted goes on there, and a restore that was started is found again at the same address.",
      // Where it was, by the numbers of functions: enough for whoever has the same build.
      (stack.startsWith(String(error)) ? stack : `${error}\n${stack}`).split("\n").slice(0, 4).join(" "),
    );
  }

  async function show(error) {
    if (!error.title) error = startFailed(error);
    await pageIsRead;
    const place = document.getElementById("starting");
    // The app is on the page already, and says for itself what is wrong.
    if (place) empty(place).append(note(error, [element("h2", "", [error.title])]));
  }

  function note(error, title) {
    const words = element("div", "", [
      ...title,
      element("p", "", [error.advice]),
      element("p", "small quiet", [error.detail || ""]),
      element("p", "", [reload()]),
    ]);
    const made = element("div", "note note--bad", [element("b", "", ["!"]), words]);
    made.setAttribute("role", "alert");
    return made;
  }

  function reload() {
    const button = element("button", "button", ["Load the page again"]);
    button.type = "button";
    button.addEventListener("click", () => location.reload());
    return button;
  }

  function empty(place) {
    while (place.firstChild) place.firstChild.remove();
    return place;
  }

  function element(name, className, children) {
    const made = document.createElement(name);
    if (className) made.className = className;
    made.append(...children);
    return made;
  }
})();
