import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import * as client from "openid-client";
import { formOf, OidcBrowser, type Page } from "../support/oidc-browser.js";
import { OidcIssuer, type OidcClient, type OidcUser } from "../support/oidc-issuer.js";
import { readJwt, verifyJwt, withoutSignature } from "../support/oidc-jwt.js";
import { typePassword } from "../support/oidc-pages.js";
import { RelyingParty } from "../support/oidc-relying-party.js";

const web = {
  id: "web",
  name: "The web page",
  secret: "the-secret-of-the-web-page",
  redirectUris: ["https://web.example.com/callback"],
} as const satisfies OidcClient;
const another = {
  id: "another",
  secret: "the-secret-of-another",
  redirectUris: ["https://another.example.com/callback"],
} as const satisfies OidcClient;

let issuer: OidcIssuer;
let party: RelyingParty;
let alice: OidcUser;
let bob: OidcUser;
let browser: OidcBrowser;
/** One that alice has signed in with. */
let known: OidcBrowser;
beforeAll(async () => {
  issuer = await OidcIssuer.start({ clients: [web, another] });
  alice = await issuer.addUser("alice", "team", "others");
  bob = await issuer.addUser("bob");
  party = await RelyingParty.of(issuer, web);
  known = newBrowser();
  await party.signIn(known, alice);
});
beforeEach(() => {
  browser = newBrowser();
});
afterAll(() => issuer.close());

const newBrowser = () => new OidcBrowser(issuer.fetch, [web.redirectUris[0], another.redirectUris[0]]);
/** What a page asks for, by the names of its fields. */
const wantsPassword = (page: Page) => {
  expect(page.status).toBe(200);
  expect(formOf(page).inputs).toEqual(expect.arrayContaining(["username", "password"]));
};
/** What the issuer has sent the browser back with. */
const answerOf = ({ url }: Page) => {
  expect(url).toMatch(/^https:\/\/web\.example\.com\/callback\?/);
  return Object.fromEntries(new URL(url).searchParams);
};
const codeOf = (page: Page) => answerOf(page)["code"] ?? "";
const userInfo = (options: { method?: string; headers?: Record<string, string>; body?: URLSearchParams }) =>
  issuer.fetch(party.config.serverMetadata().userinfo_endpoint ?? "", options);

/**
 * What the OpenID Foundation's plans ask of a provider's basic and configuration profiles, by the names of their
 * modules, as far as openid-client can tell. Each request brings PKCE, which is asked of every client here.
 */
describe("the basic profile", () => {
  test("oidcc-discovery-endpoint-verification: the issuer says what it can, and nothing that it must not", async () => {
    const told = await issuer.discovery();
    expect(told).toMatchObject({
      issuer: issuer.url,
      response_types_supported: ["code"],
      subject_types_supported: ["public"],
      id_token_signing_alg_values_supported: ["RS256"],
      code_challenge_methods_supported: ["S256"],
    });
    expect(told["scopes_supported"]).toEqual(expect.arrayContaining(["openid", "profile", "groups", "offline_access"]));
    expect(told["claims_supported"]).toEqual(expect.arrayContaining(["sub", "preferred_username", "groups"]));
    expect([...(told["grant_types_supported"] as readonly string[])].sort()).toEqual([
      "authorization_code",
      "refresh_token",
      "urn:ietf:params:oauth:grant-type:device_code",
    ]);
    for (const [name, value] of Object.entries(told)) {
      if (/_(endpoint|uri)$/.test(name)) expect(new URL(String(value)).origin).toBe(issuer.url);
      if (/_alg(_values_supported)?$/.test(name)) expect(value).not.toContain("none");
    }
    const { keys } = await issuer.keys();
    expect(keys.length).toBeGreaterThan(0);
    for (const key of keys) {
      expect(key).toMatchObject({ kty: "RSA", use: "sig", alg: "RS256" });
      expect(new Set(Object.keys(key))).toEqual(new Set(["kty", "use", "alg", "kid", "n", "e"]));
    }
  });

  test("oidcc-server: a code gives tokens that pass every check", async () => {
    const tokens = await party.signIn(browser, alice);
    const { header, claims } = verifyJwt(tokens.id_token ?? "", await issuer.keys());
    expect(header.alg).toBe("RS256");
    expect(claims).toMatchObject({ iss: issuer.url, aud: web.id, sub: alice.id });
    expect(tokens).toMatchObject({ token_type: "bearer", expires_in: 900 });
    expect(Number(claims["exp"]) - Number(claims["iat"])).toBe(900);
  });

  test("oidcc-response-type-missing: is told to the client", async () => {
    const { url, checks } = await party.ask({ response_type: "" });
    const missing = new URL(url);
    missing.searchParams.delete("response_type");
    expect(answerOf(await browser.open(missing.href))).toMatchObject({
      error: "invalid_request",
      state: checks.expectedState,
    });
  });

  test("oidcc-userinfo-get: tells who it is", async () => {
    const tokens = await party.comeAgain(known);
    const { claims } = readJwt(tokens.id_token ?? "");
    const told = await client.fetchUserInfo(party.config, tokens.access_token, alice.id);
    expect(told).toEqual({ sub: alice.id, preferred_username: "alice", name: "alice", groups: ["others", "team"] });
    expect(claims).toMatchObject(told);
    for (const authorization of ["Bearer wrong", `Bearer ${tokens.id_token}`]) {
      expect((await userInfo({ headers: { authorization } })).status).toBe(401);
    }
  });

  test("oidcc-userinfo-post-header: the same by POST", async () => {
    const { access_token: token } = await party.comeAgain(known);
    const answer = await userInfo({ method: "POST", headers: { authorization: `Bearer ${token}` } });
    expect(await answer.json()).toMatchObject({ sub: alice.id });
  });

  test("oidcc-userinfo-post-body: the same by a form", async () => {
    const { access_token: token } = await party.comeAgain(known);
    const answer = await userInfo({ method: "POST", body: new URLSearchParams({ access_token: token }) });
    expect(await answer.json()).toMatchObject({ sub: alice.id });
  });

  test("oidcc-ensure-request-without-nonce-succeeds-for-code-flow: and the token then has none", async () => {
    const tokens = await party.comeAgain(known, { nonce: "" });
    expect(tokens.claims()).not.toHaveProperty("nonce");
  });

  const claimsFor = async (scope: string) => {
    const tokens = await party.comeAgain(known, { scope });
    return client.fetchUserInfo(party.config, tokens.access_token, alice.id);
  };
  // Clusters and UIs need the groups, whatever scopes they think of asking for.
  const always = () => ({ sub: alice.id, preferred_username: "alice", groups: ["others", "team"] });
  test("oidcc-scope-profile: tells the name", async () => {
    expect(await claimsFor("openid profile")).toEqual({ ...always(), name: "alice" });
  });

  test.each(["email", "address", "phone"])(
    "oidcc-scope-%s: succeeds, and tells nothing that is not known",
    async (scope) => {
      expect(await claimsFor(`openid ${scope}`)).toEqual(always());
    },
  );

  test("oidcc-scope-all: tells what is known", async () => {
    expect(await claimsFor("openid profile email address phone groups")).toEqual({ ...always(), name: "alice" });
  });

  test("oidcc-ensure-other-scope-order-succeeds", async () => {
    expect(await claimsFor("profile openid")).toEqual({ ...always(), name: "alice" });
  });

  test.each(["page", "popup"])("oidcc-display-%s: succeeds", async (display) => {
    const tokens = await party.comeAgain(known, { display });
    expect(tokens.claims()?.sub).toBe(alice.id);
  });

  test("oidcc-prompt-login: asks again, and tells when that was", async () => {
    const first = await party.signIn(browser, alice, { max_age: "10000" });
    // In whole seconds.
    await delay(1100);
    const asked = await party.ask({ prompt: "login", max_age: "10000" });
    const page = await browser.open(asked.url);
    wantsPassword(page);
    const second = await party.redeem(await typePassword(browser, page, alice), asked);
    expect(Number(second.claims()?.auth_time)).toBeGreaterThan(Number(first.claims()?.auth_time));
  });

  test("oidcc-prompt-none-not-logged-in: is an error that shows nobody a page", async () => {
    const asked = await party.ask({ prompt: "none" });
    const page = await browser.open(asked.url);
    expect(answerOf(page)).toMatchObject({ error: "login_required", state: asked.checks.expectedState });
    await expect(party.redeem(page, asked)).rejects.toMatchObject({ error: "login_required" });
  });

  test("oidcc-prompt-none-logged-in: gives the same user at the same time of sign-in", async () => {
    const first = await party.signIn(browser, alice, { max_age: "10000" });
    const second = await party.comeAgain(browser, { prompt: "none", max_age: "10000" });
    const { sub, auth_time } = first.claims() ?? {};
    expect(second.claims()).toMatchObject({ sub, auth_time });
  });

  test("oidcc-max-age-1: asks again whose sign-in is older", async () => {
    await party.signIn(browser, alice);
    await delay(2100);
    const asked = await party.ask({ max_age: "1" });
    const page = await browser.open(asked.url);
    wantsPassword(page);
    // openid-client refuses a token that tells of an older sign-in, or of none.
    const tokens = await party.redeem(await typePassword(browser, page, alice), asked);
    expect(tokens.claims()?.auth_time).toBeGreaterThan(0);
  });

  test("oidcc-max-age-10000: does not ask again", async () => {
    const first = await party.signIn(browser, alice, { max_age: "10000" });
    const second = await party.comeAgain(browser, { max_age: "10000" });
    expect(second.claims()?.auth_time).toBe(first.claims()?.auth_time);
  });

  test("oidcc-ensure-request-with-unknown-parameter-succeeds", async () => {
    expect((await party.comeAgain(known, { extra: "foobar" })).claims()?.sub).toBe(alice.id);
  });

  test("oidcc-id-token-hint: with prompt=none succeeds for the same user, and for nobody else", async () => {
    const first = await party.signIn(browser, alice);
    const hint = { prompt: "none", id_token_hint: first.id_token ?? "" };
    expect((await party.comeAgain(browser, hint)).claims()?.sub).toBe(alice.id);
    const other = newBrowser();
    await party.signIn(other, bob);
    expect(answerOf(await other.open((await party.ask(hint)).url))).toMatchObject({ error: "login_required" });
    const unsigned = { ...hint, id_token_hint: withoutSignature(first.id_token ?? "") };
    expect(answerOf(await browser.open((await party.ask(unsigned)).url))).toMatchObject({ error: "invalid_request" });
  });

  test("oidcc-login-hint: stands in the form already, escaped", async () => {
    const hint = `"><script>alert(1)</script>@example.com`;
    const page = await browser.open((await party.ask({ login_hint: hint })).url);
    wantsPassword(page);
    expect(page.text).not.toContain("<script>alert");
  });

  test.each([
    ["ui-locales", "ui_locales"],
    ["claims-locales", "claims_locales"],
  ])("oidcc-%s: succeeds", async (_, parameter) => {
    expect((await party.comeAgain(known, { [parameter]: "se fr-CA" })).claims()?.sub).toBe(alice.id);
  });

  test("oidcc-ensure-request-with-acr-values-succeeds", async () => {
    expect((await party.comeAgain(known, { acr_values: "1 2" })).claims()?.sub).toBe(alice.id);
  });

  test("oidcc-codereuse: a code is good once; used again it ends what it gave", async () => {
    const asked = await party.ask();
    const page = await known.open(asked.url);
    const tokens = await party.redeem(page, asked);
    await expect(party.redeem(page, asked)).rejects.toMatchObject({ error: "invalid_grant" });
    await expect(party.refresh(tokens)).rejects.toMatchObject({ error: "invalid_grant" });
    await expect(client.fetchUserInfo(party.config, tokens.access_token, alice.id)).rejects.toThrow(
      client.WWWAuthenticateChallengeError,
    );
  });

  test.each([
    ["of another host", "https://evil.example.com/callback"],
    ["of another client", another.redirectUris[0]],
    ["with a longer path", `${web.redirectUris[0]}/more`],
    ["with a query", `${web.redirectUris[0]}?a=b`],
    ["with a fragment", `${web.redirectUris[0]}#a`],
    ["in capital letters", "https://web.example.com/CALLBACK"],
    ["of plain HTTP", "http://web.example.com/callback"],
    ["up and down", "https://web.example.com/../callback"],
    ["of a script", "javascript:alert(1)"],
  ])("oidcc-ensure-registered-redirect-uri: one %s is refused on a page", async (_, redirect_uri) => {
    const page = await browser.open((await party.ask({ redirect_uri })).url);
    expect(page.status).toBe(400);
    expect(new URL(page.url).origin).toBe(issuer.url);
    expect(page.headers.get("content-type")).toMatch(/^text\/html/);
    expect(page.text).not.toContain("javascript:");
  });

  test("oidcc-ensure-registered-redirect-uri: a code is bound to the one that it was sent to", async () => {
    const asked = await party.ask();
    const page = await known.open(asked.url);
    const body = new URLSearchParams({
      grant_type: "authorization_code",
      code: codeOf(page),
      redirect_uri: "https://evil.example.com/callback",
      code_verifier: String(asked.checks.pkceCodeVerifier),
      client_id: web.id,
      client_secret: web.secret,
    });
    const answer = await issuer.fetch(party.config.serverMetadata().token_endpoint ?? "", { method: "POST", body });
    expect([answer.status, await answer.json()]).toMatchObject([400, { error: "invalid_grant" }]);
  });

  test("oidcc-unsigned-request-object-supported-correctly-or-rejected-as-unsupported", async () => {
    const { url, checks } = await party.ask();
    const request = withoutSignature(`a.${Buffer.from(JSON.stringify({ scope: "openid" })).toString("base64url")}.c`);
    expect(answerOf(await browser.open(`${url}&request=${request}`))).toMatchObject({
      error: "request_not_supported",
      state: checks.expectedState,
    });
  });

  test("oidcc-ensure-request-object-with-redirect-uri: none leads elsewhere", async () => {
    const { url } = await party.ask();
    const claims = { redirect_uri: "https://evil.example.com/callback" };
    const request = withoutSignature(`a.${Buffer.from(JSON.stringify(claims)).toString("base64url")}.c`);
    expect(answerOf(await browser.open(`${url}&request=${request}`))).toMatchObject({ error: "request_not_supported" });
  });

  test("oidcc-claims-essential: succeeds", async () => {
    const claims = JSON.stringify({ userinfo: { name: { essential: true } } });
    const tokens = await party.comeAgain(known, { scope: "openid", claims });
    expect(await client.fetchUserInfo(party.config, tokens.access_token, alice.id)).toMatchObject({ sub: alice.id });
  });

  test("oidcc-refresh-token: gives new tokens of the same user and sign-in, for this client alone", async () => {
    const tokens = await party.signIn(browser, alice, { max_age: "10000" });
    const { iss, sub, aud, auth_time } = tokens.claims() ?? {};
    const other = await RelyingParty.of(issuer, another);
    await expect(other.refresh(tokens)).rejects.toMatchObject({ error: "invalid_grant" });
    const refreshed = await party.refresh(tokens);
    expect(refreshed.claims()).toMatchObject({ iss, sub, aud, auth_time });
    expect(refreshed.refresh_token).not.toBe(tokens.refresh_token);
    expect(refreshed.access_token).not.toBe(tokens.access_token);
  });

  test("oidcc-ensure-request-with-valid-pkce-succeeds: and the verifier of another one does not", async () => {
    const [asked, stranger] = [await party.ask(), await party.ask()];
    const page = await known.open(asked.url);
    const { pkceCodeVerifier } = stranger.checks;
    const stolen = {
      ...asked,
      checks: { ...asked.checks, ...(pkceCodeVerifier !== undefined && { pkceCodeVerifier }) },
    };
    await expect(party.redeem(page, stolen)).rejects.toMatchObject({ error: "invalid_grant" });
  });

  test("oidcc-ensure-post-request-succeeds: the request may be a form", async () => {
    const asked = await party.ask();
    const { origin, pathname, searchParams } = new URL(asked.url);
    const fields = Object.fromEntries(searchParams);
    const blank: Page = { url: origin, status: 200, headers: new Headers(), text: "" };
    const page = await browser.submit({ ...blank, text: `<form method="post" action="${pathname}"></form>` }, fields);
    wantsPassword(page);
    expect((await party.redeem(await typePassword(browser, page, alice), asked)).claims()?.sub).toBe(alice.id);
  });

  test("oidcc-server-client-secret-post: the secret may stand in the form", async () => {
    const posting = await RelyingParty.of(issuer, web, client.ClientSecretPost(web.secret));
    expect((await posting.comeAgain(known)).claims()?.sub).toBe(alice.id);
  });

  test.each([
    ["in the header", client.ClientSecretBasic],
    ["in the form", client.ClientSecretPost],
  ])("a wrong secret %s is refused, and the code is not lost", async (_, authentication) => {
    const [wrong, none] = [
      await RelyingParty.of(issuer, web, authentication("a-secret-that-is-wrong")),
      await RelyingParty.of(issuer, web, client.None()),
    ];
    const asked = await party.ask();
    const page = await known.open(asked.url);
    for (const refused of [wrong, none]) {
      await expect(refused.redeem(page, asked)).rejects.toMatchObject({ status: 401 });
    }
    expect((await party.redeem(page, asked)).claims()?.sub).toBe(alice.id);
  });

  test("a client that is not known is refused on a page", async () => {
    const url = new URL((await party.ask()).url);
    url.searchParams.set("client_id", "nobody");
    const page = await browser.open(url.href);
    expect([page.status, new URL(page.url).origin]).toEqual([400, issuer.url]);
  });

  test.each([
    ["no PKCE", { code_challenge: "", code_challenge_method: "" }, "invalid_request"],
    ["plain PKCE", { code_challenge_method: "plain" }, "invalid_request"],
    ["PKCE without a method", { code_challenge_method: "" }, "invalid_request"],
    ["the implicit flow", { response_type: "id_token" }, "unsupported_response_type"],
    ["the hybrid flow", { response_type: "code id_token" }, "unsupported_response_type"],
    ["a token at once", { response_type: "token" }, "unsupported_response_type"],
  ])("%s is refused", async (_, changed, error) => {
    const { url, checks } = await party.ask(changed);
    const { searchParams, hash } = new URL((await browser.open(url)).url);
    // Other flows are answered in the fragment.
    const told = { ...Object.fromEntries(new URLSearchParams(hash.slice(1))), ...Object.fromEntries(searchParams) };
    expect(told).toMatchObject({ error, state: checks.expectedState, iss: issuer.url });
    expect(told).not.toHaveProperty("code");
  });

  test.each(["password", "client_credentials", "implicit", "urn:ietf:params:oauth:grant-type:jwt-bearer"])(
    "the grant %s is refused",
    async (grant_type) => {
      const { username, password } = alice;
      const body = new URLSearchParams({
        grant_type,
        username,
        password,
        client_id: web.id,
        client_secret: web.secret,
      });
      const answer = await issuer.fetch(party.config.serverMetadata().token_endpoint ?? "", { method: "POST", body });
      expect([answer.status, await answer.json()]).toMatchObject([400, { error: "unsupported_grant_type" }]);
    },
  );
});
