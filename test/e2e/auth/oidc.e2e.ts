import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import * as client from "openid-client";
import { ADMIN_TOKEN } from "../support/auth-service.js";
import { eventually } from "../support/eventually.js";
import { formOf, OidcBrowser } from "../support/oidc-browser.js";
import { OidcIssuer, type OidcClient, type OidcUser } from "../support/oidc-issuer.js";
import { readJwt, verifyJwt, withoutSignature } from "../support/oidc-jwt.js";
import { LogoutReceiver } from "../support/oidc-logout-receiver.js";
import { typePassword } from "../support/oidc-pages.js";
import { RelyingParty } from "../support/oidc-relying-party.js";

const CALLBACK = "https://web.example.com/callback";
const GOODBYE = "https://web.example.com/goodbye";
const REFUSED = { error: "invalid_grant" };

let issuer: OidcIssuer;
let receiver: LogoutReceiver;
let web: OidcClient;
let party: RelyingParty;
let other: RelyingParty;
let browser: OidcBrowser;
/** Whom no test changes. */
let somebody: OidcUser;
let users = 0;
beforeAll(async () => {
  receiver = await LogoutReceiver.start();
  web = {
    id: "web",
    secret: "the-secret-of-the-web-page",
    redirectUris: [CALLBACK],
    postLogoutRedirectUris: [GOODBYE],
    backchannelLogoutUri: receiver.url,
  };
  const plain = {
    id: "plain",
    secret: "the-secret-of-a-plain-one",
    redirectUris: ["https://plain.example.com/callback"],
  };
  // All that it can tell.
  issuer = await OidcIssuer.start({ clients: [web, plain], logLevel: 9 });
  somebody = await newUser();
  party = await RelyingParty.of(issuer, web);
  other = await RelyingParty.of(issuer, plain);
});
beforeEach(() => {
  browser = newBrowser();
  receiver.tokens.length = 0;
  receiver.status = 200;
});
afterAll(async () => {
  await issuer.close();
  await receiver.stop();
});

const newBrowser = () => new OidcBrowser(issuer.fetch, [CALLBACK, GOODBYE, "https://plain.example.com/"]);
const newUser = (...groups: readonly string[]): Promise<OidcUser> => {
  users += 1;
  return issuer.addUser(`user-${users}`, ...groups);
};
const endpoint = (name: "token_endpoint" | "end_session_endpoint") => party.config.serverMetadata()[name] ?? "";

describe("refreshing", () => {
  test("gives a new token each time, and tells the groups of now", async () => {
    const user = await newUser("team");
    let tokens = await party.signIn(browser, user);
    expect(tokens.claims()?.["groups"]).toEqual(["team"]);
    const seen = new Set([tokens.refresh_token]);
    for (const groups of [["team", "admins"], [], ["others"]]) {
      await issuer.call("PATCH", `/users/${user.id}`, { groups });
      tokens = await party.refresh(tokens);
      expect(tokens.claims()?.["groups"] ?? []).toEqual([...groups].sort());
      expect(seen).not.toContain(tokens.refresh_token);
      seen.add(tokens.refresh_token);
    }
  });

  test("a token that was used already ends all that came of the sign-in, as somebody has copied it", async () => {
    const user = await newUser();
    const first = await party.signIn(browser, user);
    const second = await party.refresh(first);
    const apart = await party.signIn(newBrowser(), user);
    await expect(party.refresh(first)).rejects.toMatchObject(REFUSED);
    await expect(party.refresh(second)).rejects.toMatchObject(REFUSED);
    await expect(client.fetchUserInfo(party.config, second.access_token, user.id)).rejects.toThrow();
    // Another sign-in of the same user is none of it.
    expect((await party.refresh(apart)).claims()?.sub).toBe(user.id);
  });

  test("a token that its client gives back is over", async () => {
    const tokens = await party.signIn(browser, await newUser());
    await client.tokenRevocation(party.config, tokens.refresh_token ?? "");
    await expect(party.refresh(tokens)).rejects.toMatchObject(REFUSED);
  });

  test.each([
    ["is disabled", (id: string) => issuer.call("PATCH", `/users/${id}`, { disabled: true })],
    ["is deleted", (id: string) => issuer.call("DELETE", `/users/${id}`)],
  ])("who %s gets nothing more", async (_, end) => {
    const user = await newUser();
    const tokens = await party.signIn(browser, user);
    await end(user.id);
    await expect(party.refresh(tokens)).rejects.toMatchObject(REFUSED);
    await expect(client.fetchUserInfo(party.config, tokens.access_token, user.id)).rejects.toThrow();
    // Nor by the session of the browser.
    const page = await browser.open((await party.ask()).url);
    expect(formOf(page).inputs).toContain("password");
    // Nor by the password.
    expect((await typePassword(browser, page, user)).url).not.toContain(CALLBACK);
  });

  test("who was disabled and is enabled again has to sign in again", async () => {
    const user = await newUser();
    const tokens = await party.signIn(browser, user);
    await issuer.call("PATCH", `/users/${user.id}`, { disabled: true });
    await expect(party.refresh(tokens)).rejects.toMatchObject(REFUSED);
    await issuer.call("PATCH", `/users/${user.id}`, { disabled: false });
    await expect(party.refresh(tokens)).rejects.toMatchObject(REFUSED);
    expect((await party.signIn(newBrowser(), user)).claims()?.sub).toBe(user.id);
  });
});

describe("the page of sign-in", () => {
  test("signs in to every client at once", async () => {
    await party.signIn(browser, somebody);
    expect((await other.comeAgain(browser)).claims()).toMatchObject({ sub: somebody.id, aud: "plain" });
  });

  test("says the same to a wrong password as to a user that nobody knows, and lets both try again", async () => {
    const user = await newUser();
    const asked = await party.ask();
    const wrong = await typePassword(browser, await browser.open(asked.url), { ...user, password: "wrong-password" });
    const strange = newBrowser();
    const stranger = { id: "", username: `${user.username}-and-more`, password: "wrong-password" };
    const unknown = await typePassword(strange, await strange.open((await party.ask()).url), stranger);
    const withoutItsOwn = ({ text }: { text: string }, name: string) =>
      text
        .replaceAll(name, "NAME")
        .replaceAll(/\/oidc\/interaction\/[\w-]+/g, "PATH")
        .replaceAll(/value="[\w.-]{20,}"/g, "VALUE");
    expect(withoutItsOwn(wrong, user.username)).toBe(withoutItsOwn(unknown, stranger.username));
    expect([wrong.status, wrong.text.includes("wrong-password")]).toEqual([unknown.status, false]);
    expect((await party.redeem(await typePassword(browser, wrong, user), asked)).claims()?.sub).toBe(user.id);
  });

  test("locks out who guesses, and tells for how long", async () => {
    const user = await newUser();
    let page = await browser.open((await party.ask()).url);
    for (let guess = 0; guess < 10; guess += 1) {
      page = await typePassword(browser, page, { ...user, password: `guess-number-${guess}` });
      expect(formOf(page).inputs).toContain("password");
    }
    const locked = await typePassword(browser, page, user);
    expect([locked.status, locked.url.startsWith(CALLBACK)]).toEqual([429, false]);
    expect(Number(locked.headers.get("retry-after"))).toBeGreaterThan(0);
  });

  test("runs nothing, is framed by nobody and kept by nobody", async () => {
    const page = await browser.open((await party.ask()).url);
    const policy = page.headers.get("content-security-policy") ?? "";
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).toContain("base-uri 'none'");
    expect(policy).not.toMatch(/unsafe-(inline|eval)/);
    expect(page.headers.get("cache-control")).toContain("no-store");
    expect(page.headers.get("x-content-type-options")).toBe("nosniff");
    expect(page.headers.get("referrer-policy")).toMatch(/^(no-referrer|same-origin|origin)/);
    expect(page.text).not.toMatch(/<script|https?:\/\/(?!127\.0\.0\.1)/i);
    expect(page.text).toMatch(/^<!doctype html>\s*<html lang="en"/i);
  });

  test("takes a password from nobody but the browser that it was shown to", async () => {
    const user = await newUser();
    const page = await browser.open((await party.ask()).url);
    const thief = newBrowser();
    const stolen = await typePassword(thief, page, user);
    expect(stolen.status).toBeGreaterThan(399);
    expect(stolen.status).toBeLessThan(500);
    expect(thief.cookieNames).toEqual([]);
  });

  test("goes back to the client when the user does not want to", async () => {
    const asked = await party.ask();
    const page = await browser.submit(await browser.open(asked.url), { cancel: "yes" });
    await expect(party.redeem(page, asked)).rejects.toMatchObject({ error: "access_denied" });
  });

  test("sets cookies that scripts and plain HTTP never see", async () => {
    const answer = await issuer.fetch((await party.ask()).url);
    const cookies = answer.headers.getSetCookie();
    expect(cookies.length).toBeGreaterThan(0);
    for (const cookie of cookies) {
      expect(cookie).toMatch(/; httponly/i);
      expect(cookie).toMatch(/; secure/i);
      expect(cookie).toMatch(/; samesite=(lax|strict)/i);
    }
  });
});

describe("sign-out", () => {
  const signOut = (parameters: Record<string, string> = {}) => client.buildEndSessionUrl(party.config, parameters).href;
  /** Says yes where the issuer asks; what comes of it. */
  const confirm = async (url: string, by = browser) => {
    const page = await by.open(url);
    if (!page.text.includes("<form")) return page;
    return by.submit(page, Object.fromEntries(formOf(page).buttons.slice(0, 1)));
  };
  const isSignedIn = async (by = browser) => {
    const { searchParams } = new URL((await by.open((await party.ask({ prompt: "none" })).url)).url);
    return searchParams.get("error") === null;
  };
  const goodbye = { post_logout_redirect_uri: GOODBYE };

  test("oidcc-rp-initiated-logout: ends the session, and comes back with the state", async () => {
    const tokens = await party.signIn(browser, somebody);
    expect(await isSignedIn()).toBe(true);
    const url = signOut({ ...goodbye, id_token_hint: tokens.id_token ?? "", state: "a-state" });
    expect((await confirm(url)).url).toBe(`${GOODBYE}?state=a-state`);
    expect(await isSignedIn()).toBe(false);
  });

  test("oidcc-rp-initiated-logout-no-state: comes back without one", async () => {
    const tokens = await party.signIn(browser, somebody);
    expect((await confirm(signOut({ ...goodbye, id_token_hint: tokens.id_token ?? "" }))).url).toBe(GOODBYE);
  });

  test.each<[string, (token: string) => Record<string, string>]>([
    ["no-post-logout-redirect-uri", (token) => ({ id_token_hint: token, state: "a-state" })],
    ["no-params", () => ({})],
    ["only-state", () => ({ state: "a-state" })],
  ])("oidcc-rp-initiated-logout-%s: ends the session on a page", async (_, parameters) => {
    const tokens = await party.signIn(browser, somebody);
    const url = new URL(endpoint("end_session_endpoint"));
    for (const [name, value] of Object.entries(parameters(tokens.id_token ?? ""))) url.searchParams.set(name, value);
    const page = await confirm(url.href);
    expect([page.status, new URL(page.url).origin]).toEqual([200, issuer.url]);
    expect(await isSignedIn()).toBe(false);
  });

  test.each([
    ["bad-post-logout-redirect-uri", { post_logout_redirect_uri: "https://evil.example.com/" }],
    ["query-added-to-post-logout-redirect-uri", { post_logout_redirect_uri: `${GOODBYE}?a=b` }],
    ["bad-id-token-hint", { id_token_hint: "nonsense" }],
  ])("oidcc-rp-initiated-logout-%s: leads nowhere", async (_, changed) => {
    const tokens = await party.signIn(browser, somebody);
    const page = await browser.open(signOut({ ...goodbye, id_token_hint: tokens.id_token ?? "", ...changed }));
    expect([page.status, new URL(page.url).origin]).toEqual([400, issuer.url]);
    expect(await isSignedIn()).toBe(true);
  });

  test("oidcc-rp-initiated-logout-modified-id-token-hint: leads nowhere, signed by nobody or by another", async () => {
    const { id_token: token = "" } = await party.signIn(browser, somebody);
    for (const hint of [withoutSignature(token), `${token.slice(0, -20)}${"A".repeat(20)}`]) {
      const page = await browser.open(signOut({ ...goodbye, id_token_hint: hint }));
      expect([page.status, new URL(page.url).origin]).toEqual([400, issuer.url]);
    }
    expect(await isSignedIn()).toBe(true);
  });

  test("by a link that somebody else made ends nothing before the user says so", async () => {
    await party.signIn(browser, somebody);
    await browser.open(signOut());
    expect(await isSignedIn()).toBe(true);
  });

  test("oidcc-backchannel-rp-initiated-logout: tells clients by a token that they can verify", async () => {
    const tokens = await party.signIn(browser, somebody);
    await confirm(signOut({ ...goodbye, id_token_hint: tokens.id_token ?? "" }));
    const [token = ""] = await eventually(() => {
      expect(receiver.tokens).toHaveLength(1);
      return Promise.resolve(receiver.tokens);
    }, 10);
    const { header, claims } = verifyJwt(token, await issuer.keys());
    // OpenID Connect Back-Channel Logout 1.0, sections 2.4 and 2.6
    expect(header.typ).toBe("logout+jwt");
    expect(claims).toMatchObject({ iss: issuer.url, aud: "web", sub: somebody.id });
    expect(claims["events"]).toEqual({ "http://schemas.openid.net/event/backchannel-logout": {} });
    expect(typeof claims["jti"]).toBe("string");
    expect(Math.abs(Number(claims["iat"]) - Date.now() / 1000)).toBeLessThan(30);
    expect(claims).not.toHaveProperty("nonce");
    await expect(party.refresh(tokens)).rejects.toMatchObject(REFUSED);
  });

  test("is not told to clients that the user never signed in to, nor twice", async () => {
    await other.signIn(browser, somebody);
    await confirm(signOut());
    expect(await isSignedIn()).toBe(false);
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(receiver.tokens).toEqual([]);
  });

  test("tells clients of a user who is deleted", async () => {
    const user = await newUser();
    await party.signIn(browser, user);
    await issuer.call("DELETE", `/users/${user.id}`);
    await eventually(() => {
      expect(receiver.tokens.map((token) => readJwt(token).claims["sub"])).toContain(user.id);
      return Promise.resolve();
    }, 10);
  });

  test.each([
    ["answers with an error", 500],
    ["never answers", undefined],
  ])("goes on when a client %s", async (_, status) => {
    const tokens = await party.signIn(browser, somebody);
    receiver.status = status;
    const start = performance.now();
    expect((await confirm(signOut({ ...goodbye, id_token_hint: tokens.id_token ?? "" }))).url).toBe(GOODBYE);
    expect(performance.now() - start).toBeLessThan(10_000);
    expect(receiver.tokens).toHaveLength(1);
    expect(await isSignedIn()).toBe(false);
  });
});

describe("signing keys", () => {
  test("are administrators' to rotate, and nobody else's", async () => {
    for (const headers of [{}, { "x-auth-token": "wrong" }]) {
      const answers = [
        await issuer.fetch(`${issuer.url}/signing-keys`, { headers }),
        await issuer.fetch(`${issuer.url}/signing-keys`, { method: "POST", headers, body: "{}" }),
      ];
      for (const { status } of answers) expect(status).toBe(401);
    }
    const answer = await issuer.fetch(`${issuer.url}/signing-keys`, { headers: { "x-auth-token": ADMIN_TOKEN } });
    const told = await answer.text();
    expect(answer.status).toBe(200);
    // Not a private part of them.
    expect(told).not.toMatch(/"(d|p|q|dp|dq|qi|encrypted|private\w*)"/i);
  });

  test("that are withdrawn verify nothing any more, and tokens of the new one do", async () => {
    const old = await party.signIn(browser, somebody);
    await issuer.call("POST", "/signing-keys", { withdraw: true });
    const keys = await issuer.keys();
    expect(() => verifyJwt(old.id_token ?? "", keys)).toThrow("not known");
    // Clients keep what they know of the keys for a while.
    party = await RelyingParty.of(issuer, web);
    verifyJwt((await party.refresh(old)).id_token ?? "", keys);
  });

  test("and sessions outlive a restart", async () => {
    const tokens = await party.signIn(browser, somebody);
    const before = await issuer.keys();
    const [service] = issuer.replicas;
    await service?.kill("SIGTERM");
    await service?.resume();
    expect(await issuer.keys()).toEqual(before);
    expect((await party.comeAgain(browser)).claims()?.sub).toBe(somebody.id);
    expect((await party.refresh(tokens)).claims()?.sub).toBe(somebody.id);
  });
});

test("the log holds no secret of it all, and no defect", () => {
  const output = issuer.replicas.map((service) => service.output).join("\n");
  expect(output).toContain("sign-in");
  const found = (pattern: RegExp) => output.match(pattern) ?? [];
  expect(found(/the-password-of|wrong-password|guess-number|the-secret-of|the-encryption-key/g)).toEqual([]);
  // Signed tokens, and codes in addresses.
  expect(found(/eyJ[\w-]+\.[\w-]+\.|[?&]code=[\w-]{20,}/g)).toEqual([]);
  expect(found(/^.*"level":"error".*$/gm)).toEqual([]);
});
