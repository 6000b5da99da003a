import { createHash } from "node:crypto";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { PASSWORD, ServiceUnderTest } from "../server/service-under-test.js";
import { IssuerUnderTest, isSignIn, signIn } from "./issuer-under-test.js";

let issuer: IssuerUnderTest;
beforeEach(async () => {
  issuer = await IssuerUnderTest.start();
  await issuer.addAlice();
});
afterEach(() => issuer.close());

const opened = async (parameters: Readonly<Record<string, string>> = {}) => {
  const browser = issuer.browser();
  const query = new URLSearchParams({
    ...{ client_id: "web", redirect_uri: "https://app.example.com/callback", response_type: "code", scope: "openid" },
    ...{ code_challenge: "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM", code_challenge_method: "S256", state: "s" },
    ...parameters,
  });
  return { browser, page: await browser.open(`/oidc/auth?${query.toString()}`) };
};

describe("the page to sign in", () => {
  test("loads nothing, is in no frame and in no cache, and its style is allowed by its hash", async () => {
    const { page } = await opened();
    const style = /<style>([^]*?)<\/style>/.exec(page.text)?.[1] ?? "";
    expect(page.headers.get("content-security-policy")?.split("; ")).toEqual([
      "default-src 'none'",
      `style-src 'sha256-${createHash("sha256").update(style).digest("base64")}'`,
      "script-src",
      "base-uri 'none'",
      "frame-ancestors 'none'",
    ]);
    expect(page.headers.get("cache-control")).toBe("no-store");
    expect(page.headers.get("x-frame-options")).toBe("DENY");
    // With none at all browsers send `Origin: null` with the form.
    expect(page.headers.get("referrer-policy")).toBe("same-origin");
    expect(page.text).not.toMatch(/https?:|<script|<img|<link|@import|url\(|\son\w+=/);
  });

  test("has a language, a name for each field, and the first of them ready to be typed into", async () => {
    const { page } = await opened();
    expect(page.text).toContain('<html lang="en">');
    for (const field of ["username", "password"]) {
      expect(page.text).toContain(`<label for="${field}">`);
      expect(page.text).toMatch(new RegExp(`<input id="${field}" name="${field}"`));
    }
    expect(page.text.match(/ autofocus/g)).toHaveLength(1);
    expect(page.text).toMatch(/id="username"[^>]* autofocus>/);
  });

  test("tells the client's name and a hint as text, not as HTML", async () => {
    const { page } = await opened({ login_hint: '"><script>alert(1)</script>' });
    expect(page.text).toContain("The &#60;web&#62; client");
    expect(page.text).not.toContain("<script>");
    expect(page.text).toContain('value="&#34;&#62;&#60;script&#62;');
  });

  test("says the same of a wrong password and of a user that there is not", async () => {
    const texts = [];
    for (const [username, password] of [
      ["alice", "guessed"],
      ["nobody", "guessed"],
      ["system:admin", PASSWORD],
    ] as const) {
      const { browser, page } = await opened();
      const again = await signIn(browser, page, username, password);
      expect([again.status, isSignIn(again)]).toEqual([401, true]);
      texts.push(again.text.replaceAll(username, "…").replaceAll(/interaction\/[\w-]+/g, "interaction/…"));
    }
    expect(new Set(texts.map((text) => text.replaceAll("system&#58;admin", "…"))).size).toBe(1);
    expect(texts[0]).toContain("User name or password is wrong.");
    expect(texts[0]).not.toContain("guessed");
    expect(issuer.audited("sign-in.refused")).toHaveLength(3);
    expect(issuer.audited("sign-in.refused")[0]).toMatchObject({
      client: "web",
      by: "anonymous",
      address: "127.0.0.1",
    });
  });

  test("lets the user type again, and go on", async () => {
    const { browser, page } = await opened();
    const again = await signIn(browser, page, "alice", "wrong");
    const there = await signIn(browser, again);
    expect([there.url.origin, there.url.searchParams.get("state")]).toEqual(["https://app.example.com", "s"]);
    expect(there.url.searchParams.get("iss")).toBe(issuer.origin);
  });

  test("locks an account out together with POST /sign-in, for the right password too", async () => {
    for (let failure = 0; failure < 10; failure += 1) {
      await issuer.service.call({
        method: "POST",
        url: "/sign-in",
        as: null,
        body: { username: "alice", password: "wrong" },
      });
    }
    const { browser, page } = await opened();
    const locked = await signIn(browser, page);
    expect([locked.status, isSignIn(locked)]).toEqual([429, true]);
    expect(Number(locked.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(issuer.audited("sign-in.locked")).toHaveLength(1);
    issuer.service.now += 15 * 60 * 1000 + 1;
    expect((await signIn(browser, locked)).url.origin).toBe("https://app.example.com");
  }, 120_000);

  test("sends the user back who cancels", async () => {
    const { browser, page } = await opened();
    const there = await browser.submit(page, { cancel: "yes" });
    expect(there.url.searchParams.get("error")).toBe("access_denied");
    expect(issuer.audited("sign-in")).toEqual([]);
  });

  test.each([
    {},
    { username: "alice" },
    { username: "", password: "x" },
    { username: "alice", password: "x".repeat(2000) },
  ])("asks again for %j", async (fields) => {
    const { browser, page } = await opened();
    const again = await browser.submit(page, fields);
    expect([again.status, isSignIn(again)]).toEqual([400, true]);
    expect(issuer.audited("sign-in.refused")).toEqual([]);
  });

  test("takes no form that another page sends, and none of another browser", async () => {
    const { browser, page } = await opened();
    const credentials = { username: "alice", password: PASSWORD };
    for (const origin of ["https://evil.example.com", "null"]) {
      const forged = await browser.open(page.url.href, credentials, { origin });
      expect(forged.status).toBe(403);
    }
    const other = await issuer.browser().open(page.url.href, credentials);
    expect([other.status, isSignIn(other)]).toEqual([400, false]);
    expect((await issuer.browser().open(page.url.href)).status).toBe(400);
    expect(issuer.audited("sign-in")).toEqual([]);
    expect((await signIn(browser, page)).url.origin).toBe("https://app.example.com");
  });

  test("is over when it has led on", async () => {
    const { browser, page } = await opened();
    await signIn(browser, page);
    expect((await signIn(browser, page)).status).toBe(400);
  });

  test("keeps cookies from scripts and from other sites", async () => {
    const answer = await fetch(`${issuer.origin}/oidc/device`);
    const cookies = answer.headers.getSetCookie();
    expect(cookies.length).toBeGreaterThan(1);
    for (const cookie of cookies) {
      expect(cookie).toMatch(/; httponly/i);
      expect(cookie).toMatch(/; samesite=lax/i);
      expect(cookie).toMatch(/; path=\/oidc\//i);
    }
  });

  test("of an issuer at https gives cookies to https alone, also behind a proxy that ends TLS", async () => {
    const yaml = `oidc: {issuer: "https://auth.example.com", encryptionKey: {env: KEY}}`;
    const service = await ServiceUnderTest.start(yaml, { environment: { KEY: "x".repeat(32) }, now: Date.now() });
    const { headers } = await service.call({ url: "/oidc/device", as: null, headers: { "x-forwarded-proto": "http" } });
    expect(headers["set-cookie"]?.length).toBeGreaterThan(1);
    for (const cookie of headers["set-cookie"] ?? []) expect(cookie).toMatch(/; secure/i);
    await service.close();
  });

  test("takes no cookie that was tampered with", async () => {
    const { browser, page } = await opened();
    for (const [key, cookie] of browser.cookies) {
      if (key.includes(".sig")) browser.cookies.set(key, { ...cookie, value: "x".repeat(27) });
    }
    expect((await signIn(browser, page)).status).toBe(400);
  });

  test("tells no secret to log or store", async () => {
    const { browser, page } = await opened();
    await signIn(browser, page, "alice", "a wrong password that nobody has");
    const there = await signIn(browser, page);
    const code = there.url.searchParams.get("code") ?? "";
    const kept = JSON.stringify([issuer.service.log, await issuer.service.database.all("SELECT * FROM local_users")]);
    for (const secret of [PASSWORD, "a wrong password that nobody has", code]) expect(kept).not.toContain(secret);
    expect(kept).not.toContain([...browser.cookies.values()][0]?.value);
  });

  test("of a store or a back-end that is down is told so, and works when it is back", async () => {
    const { browser, page } = await opened();
    issuer.service.database.isDown = true;
    const down = await signIn(browser, page);
    expect([down.status, down.text]).toEqual([503, expect.stringContaining("Try again later.")]);
    issuer.service.database.isDown = false;
    expect((await signIn(browser, page)).url.origin).toBe("https://app.example.com");
  });
});
