// What the page uses of MSAL, and nothing else of it. The build bundles this file into one script,
// `msal-<hash>.js`, which sets the global `msal`; boot.js loads it outside the simulation.
// Errors need no class: they are told apart by their `name` and `errorCode`.
export { PublicClientApplication } from "@azure/msal-browser";
