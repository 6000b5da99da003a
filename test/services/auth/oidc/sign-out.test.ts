import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { createPublicKey, verify, type JsonWebKey } from "node:crypto";
import * as client from "openid-client";
import { IssuerUnderTest, isSignIn, listener } from "./issuer-under-test.js";

let told: Awaited<ReturnType<typeof listener>>;
let issuer: IssuerUnderTest;
let aliceId: string;
const start = async (status = 200) => {
  told = await listener(status);
  issuer = await IssuerUnderTest.start({ backchannel: told.url });
  aliceId = await issuer.addAlice();
};
beforeEach(() => start());
afterEach(async () => {
  await issuer.close();
  await told.close();
});

const signedIn = async () => {
  const browser = issuer.browser();
  const configuration = await issuer.discover();
  const tokens = await issuer.tokens(configuration, browser);
  return { browser, configuration, tokens };
};

/** What a logout token says, when its signature is that of a key that the issuer shows. */
const logoutToken = async (body: string | undefined) => {
  const token = new URLSearchParams(body).get("logout_token") ?? "";
  const [head = "", payload = "", signature = ""] = token.split(".");
  const decoded = (part: string) => JSON.parse(Buffer.from(part, "base64url").toString()) as Record<string, unknown>;
  const header = decoded(head);
  const { keys } = (await (await fetch(`${issuer.origin}/oidc/jwks`)).json()) as {
    keys: (JsonWebKey & { kid: string })[];
  };
  const jwk = keys.find(({ kid }) => kid === header["kid"]);
  if (jwk === undefined) throw new Error("signed with a key that is not shown");
  const key = createPublicKey({ key: jwk, format: "jwk" });
  expect(verify("sha256", Buffer.from(`${head}.${payload}`), key, Buffer.from(signature, "base64url"))).toBe(true);
  return { header, claims: decoded(payload) };
};

describe("signing out", () => {
  test("asks, ends the browser's sign-in, and leads back to the client", async () => {
    const { browser, configuration, tokens } = await signedIn();
    const url = client.buildEndSessionUrl(configuration, {
      id_token_hint: tokens.id_token ?? "",
      post_logout_redirect_uri: "https://app.example.com/bye",
      state: "s",
    });
    const page = await browser.open(url.href);
    expect(page.text).toContain("<h1>Sign out?</h1>");
    expect(page.text).toContain("The &#60;web&#62; client");
    expect(page.headers.get("content-security-policy")).toContain("frame-ancestors 'none'");
    const there = await browser.submit(page, { logout: "yes" });
    expect(there.url.href).toBe("https://app.example.com/bye?state=s");
    expect(issuer.audited("sign-out")).toMatchObject([{ by: `user:${aliceId}`, client: "web" }]);
    const { page: again } = await issuer.authorize(configuration, browser, { prompt: "none" });
    expect(again.url.searchParams.get("error")).toBe("login_required");
  });

  test("leads nowhere that the client did not name", async () => {
    const { browser, tokens } = await signedIn();
    const query = new URLSearchParams({
      id_token_hint: tokens.id_token ?? "",
      post_logout_redirect_uri: "https://evil.example.com/",
    });
    expect((await browser.open(`/oidc/sign-out?${query.toString()}`)).status).toBe(400);
  });

  test("takes no form that another page sends", async () => {
    const { browser, configuration } = await signedIn();
    await browser.open("/oidc/sign-out");
    expect((await browser.open("/oidc/sign-out/confirm", { logout: "yes", xsrf: "x" })).status).toBe(400);
    const { page } = await issuer.authorize(configuration, browser, { prompt: "none" });
    expect(page.url.searchParams.get("code")).not.toBeNull();
  });

  test("tells the client, by a token that is signed", async () => {
    const { browser } = await signedIn();
    await browser.submit(await browser.open("/oidc/sign-out"), { logout: "yes" });
    expect(told.bodies).toHaveLength(1);
    const { header, claims } = await logoutToken(told.bodies[0]);
    expect(header).toMatchObject({ alg: "RS256", typ: "logout+jwt" });
    expect(claims).toMatchObject({
      ...{ iss: issuer.origin, aud: "web", sub: aliceId },
      events: { "http://schemas.openid.net/event/backchannel-logout": {} },
    });
    expect(claims).not.toHaveProperty("nonce");
    expect(issuer.audited("oidc.client-told")).toMatchObject([{ client: "web" }]);
  });
});

describe("a user who is deleted", () => {
  test("is signed out at every client that knows the user", async () => {
    const { browser, configuration } = await signedIn();
    await issuer.service.get({ method: "DELETE", url: `/users/${aliceId}` });
    expect((await logoutToken(told.bodies[0])).claims).toMatchObject({ sub: aliceId, aud: "web" });
    expect(told.bodies).toHaveLength(1);
    expect(await issuer.service.database.all("SELECT id FROM oidc_records WHERE user_id = $1", aliceId)).toEqual([]);
    const { page } = await issuer.authorize(configuration, browser, { prompt: "none" });
    expect(page.url.searchParams.get("error")).toBe("login_required");
    expect(issuer.audited("oidc.user-ended")).toMatchObject([{ by: `user:${aliceId}`, clients: ["web"] }]);
  });

  test("is deleted although a client answers badly, and the log says so", async () => {
    await issuer.close();
    await told.close();
    await start(500);
    await signedIn();
    await issuer.service.get({ method: "DELETE", url: `/users/${aliceId}` });
    expect(issuer.audited("oidc.client-not-told")).toMatchObject([{ client: "web" }]);
  });

  test("is deleted although a client never answers, in a bounded time", async () => {
    told.server.removeAllListeners("request");
    await signedIn();
    const began = Date.now();
    await issuer.service.get({ method: "DELETE", url: `/users/${aliceId}` });
    expect(Date.now() - began).toBeLessThan(10_000);
    expect(issuer.audited("oidc.client-not-told")).toHaveLength(1);
  });
});

test("a user who is disabled is asked to sign in, and cannot", async () => {
  const { browser, configuration } = await signedIn();
  await issuer.service.get({ method: "PATCH", url: `/users/${aliceId}`, body: { disabled: true } });
  const { page } = await issuer.authorize(configuration, browser);
  expect([page.status, isSignIn(page)]).toEqual([401, true]);
  expect(told.bodies).toHaveLength(1);
  const { page: silent } = await issuer.authorize(configuration, browser, { prompt: "none" });
  expect(silent.url.searchParams.get("error")).toBe("login_required");
});

test("another user who signs in with the same browser is another user", async () => {
  const { browser, configuration, tokens } = await signedIn();
  const bobId = await issuer.service.addUser("bob", { password: "another password of bob" });
  const checks = { pkceCodeVerifier: client.randomPKCECodeVerifier() };
  const url = client.buildAuthorizationUrl(configuration, {
    ...{ redirect_uri: "https://app.example.com/callback", scope: "openid", prompt: "login" },
    code_challenge: await client.calculatePKCECodeChallenge(checks.pkceCodeVerifier),
    code_challenge_method: "S256",
  });
  const form = await browser.open(url.href);
  // The library signs alice out first, by a form that sends itself.
  const between = await browser.submit(form, { username: "bob", password: "another password of bob" });
  const page = await browser.submit(between);
  const bobs = await client.authorizationCodeGrant(configuration, page.url, checks);
  expect(bobs.claims()?.sub).toBe(bobId);
  await expect(client.refreshTokenGrant(configuration, tokens.refresh_token ?? "")).rejects.toMatchObject({
    error: "invalid_grant",
  });
});
