// Microsoft Entra ID, as far as MSAL asks it: authorize with PKCE, token, refresh, logout. Signs
// nothing; MSAL does not check the signature of an id token that comes straight from the endpoint.
import crypto from "node:crypto";

export const TENANT = "aaaaaaaa-0000-4000-8000-000000000001";
export const OTHER_USER = { name: "Berta Kern", preferred_username: "berta@contoso.example", oid: "bbbbbbbb-0000-4000-8000-000000000004" };
export const USER = { name: "Adele Vance", preferred_username: "adele@contoso.example", oid: "bbbbbbbb-0000-4000-8000-000000000002" };

const encode = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");
// The third part is no signature; all tokens begin with "eyJ", as real ones do.
const token = (claims) => `${encode({ typ: "JWT", alg: "RS256", kid: "stand-in" })}.${encode(claims)}.${Buffer.from("unsigned").toString("base64url")}`;

const FOREIGN_STATES = {
  formed: Buffer.from(JSON.stringify({ id: "01a2039c-0000-7000-8000-000000000000", meta: { interactionType: "redirect" } })).toString("base64"),
  broken: "no state at all",
};

/** Of another tenant than the others. */
export const OUTSIDER = { name: "Clara Diaz", preferred_username: "clara@fabrikam.example", oid: "bbbbbbbb-0000-4000-8000-000000000005", tid: "aaaaaaaa-0000-4000-8000-000000000006" };
const tenantOf = (user) => user.tid ?? TENANT;

/**
 * Its state and its switches, which a test may change at any time:
 * - lifetime      seconds that an access token holds
 * - foreignState  answer the next sign-in with a `state` that the page never sent: "formed" as MSAL forms them, or "broken"
 * - refuse        answer the next sign-in with this error: "AADSTS65004" is a consent declined
 * - refreshDead   every refresh token has expired (AADSTS700082)
 * - silent        the grants, "authorization_code" or "refresh_token", to which the token endpoint never answers
 * - user          who signs in
 */
export function makeEntra() {
  const codes = new Map();
  // What every access token, and every refresh token, stands for.
  const tokens = new Map();
  const refreshes = new Map();
  const entra = {
    lifetime: 3600,
    foreignState: undefined,
    refuse: undefined,
    refreshDead: false,
    silent: [],
    user: USER,
    /** What the page asked of authorize, in order: the search parameters. */
    signIns: [],
    /** Whether a Bearer token is one of ours, and still good. */
    accepts: (bearer) => (tokens.get(bearer)?.until ?? 0) > Date.now(),
    /** Whether it comes straight from a sign-in with a second factor: a renewed one lacks the claim. */
    proven: (bearer) => tokens.get(bearer)?.proven ?? false,
    /** Whose Bearer token it is: the login name. */
    whose: (bearer) => tokens.get(bearer)?.user.preferred_username,
    /** Azure no longer takes any of the access tokens issued so far. */
    expire: () => tokens.clear(),
    /** An administrator ends every session: nor does Entra take the refresh tokens any more. */
    revoke: () => [tokens, refreshes].forEach((issued) => issued.clear()),
    answer,
  };
  return entra;

  // { url, body } → { status, headers, body }
  function answer(url, body) {
    const operation = url.pathname.match(/\/oauth2\/v2\.0\/(authorize|token|logout)$/)?.[1];
    if (operation === "authorize") return authorize(url);
    if (operation === "token") return redeem(url, new URLSearchParams(body));
    if (operation === "logout") return redirect(url.searchParams.get("post_logout_redirect_uri") ?? "about:blank");
    return { status: 404, headers: {}, body: `Entra's stand-in knows no ${url.pathname}` };
  }

  function authorize(url) {
    const asked = Object.fromEntries(url.searchParams);
    entra.signIns.push(asked);
    if (asked.code_challenge_method !== "S256" || !asked.code_challenge) return { status: 400, headers: {}, body: "AADSTS9002325: PKCE is required" };
    const back = new URLSearchParams({ state: entra.foreignState ? FOREIGN_STATES[entra.foreignState] : asked.state });
    if (entra.refuse) {
      back.set("error", "access_denied");
      back.set("error_description", `${entra.refuse}: refused by the stand-in`);
    } else {
      const code = crypto.randomUUID();
      codes.set(code, { ...asked, user: entra.user });
      back.set("code", code);
      back.set("session_state", crypto.randomUUID());
      back.set("client_info", encode({ uid: entra.user.oid, utid: tenantOf(entra.user) }));
    }
    entra.foreignState = undefined;
    entra.refuse = undefined;
    return redirect(`${asked.redirect_uri}#${back}`);
  }

  // Nothing for an answer that never comes.
  function redeem(url, form) {
    if (entra.silent.includes(form.get("grant_type"))) return undefined;
    let nonce, user, proven = false;
    if (form.get("grant_type") === "authorization_code") {
      const asked = codes.get(form.get("code"));
      codes.delete(form.get("code"));
      if (!asked) return refused("AADSTS70008: this code is unknown or used");
      const challenge = crypto.createHash("sha256").update(form.get("code_verifier") ?? "").digest("base64url");
      if (challenge !== asked.code_challenge) return refused("AADSTS501481: the verifier does not fit the challenge");
      if (form.get("redirect_uri") !== asked.redirect_uri || form.get("client_id") !== asked.client_id) return refused("AADSTS500112: another address or client");
      ({ nonce, user } = asked);
      proven = JSON.parse(asked.claims ?? "{}").access_token?.acrs?.values?.includes("p1") ?? false;
    } else if (form.get("grant_type") === "refresh_token") {
      if (entra.refreshDead) return refused("AADSTS700082: the refresh token has expired");
      user = refreshes.get(form.get("refresh_token"));
      if (!user) return refused("AADSTS50173: the refresh token was revoked");
    } else {
      return refused("AADSTS70003: an unknown grant");
    }
    const now = Math.floor(Date.now() / 1000);
    const access = token({ aud: "https://management.azure.com", tid: tenantOf(user), oid: user.oid, exp: now + entra.lifetime, uti: crypto.randomUUID(), ...(proven ? { acrs: ["p1"] } : {}) });
    const refresh = `refresh-${crypto.randomUUID()}`;
    tokens.set(access, { until: Date.now() + entra.lifetime * 1000, proven, user });
    refreshes.set(refresh, user);
    return json(200, {
      token_type: "Bearer",
      scope: form.get("scope").split(" ").filter((scope) => scope.startsWith("https://")).join(" "),
      expires_in: entra.lifetime,
      ext_expires_in: entra.lifetime,
      access_token: access,
      refresh_token: refresh,
      id_token: token({ aud: form.get("client_id"), iss: `${url.origin}/${tenantOf(user)}/v2.0`, iat: now, nbf: now, exp: now + 3600, nonce, ...user, sub: `subject of ${user.oid}`, tid: tenantOf(user), ver: "2.0" }),
      client_info: encode({ uid: user.oid, utid: tenantOf(user) }),
    });
  }
}

const redirect = (location) => ({ status: 302, headers: { location }, body: "" });
const json = (status, value) => ({ status, headers: { "content-type": "application/json", "access-control-allow-origin": "*" }, body: JSON.stringify(value) });
const refused = (words) => json(400, { error: "invalid_grant", error_description: words, error_codes: [Number(words.match(/\d+/)[0])] });
