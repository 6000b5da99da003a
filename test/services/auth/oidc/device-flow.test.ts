import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import * as client from "openid-client";
import type { Page } from "./browser.js";
import { IssuerUnderTest, isSignIn, signIn } from "./issuer-under-test.js";

let issuer: IssuerUnderTest;
let aliceId: string;
let configuration: client.Configuration;
beforeEach(async () => {
  issuer = await IssuerUnderTest.start();
  aliceId = await issuer.addAlice();
  configuration = await issuer.discover("kubernetes", null);
});
afterEach(() => issuer.close());

const begin = () => client.initiateDeviceAuthorization(configuration, { scope: "openid offline_access" });
const poll = (deviceCode: string) =>
  client.genericGrantRequest(configuration, "urn:ietf:params:oauth:grant-type:device_code", {
    device_code: deviceCode,
  });
const PENDING = { error: "authorization_pending" };

describe("signing in on another device", () => {
  test("is: type the code, see whose it is, sign in, done", async () => {
    const device = await begin();
    expect(device.verification_uri).toBe(`${issuer.origin}/oidc/device`);
    await expect(poll(device.device_code)).rejects.toMatchObject(PENDING);
    const browser = issuer.browser();
    const code = await browser.open("/oidc/device");
    expect(code.text).toContain('name="user_code"');
    const confirm = await browser.submit(code, { user_code: device.user_code.toLowerCase().replace("-", " ") });
    expect(confirm.text).toContain("kubectl");
    expect(confirm.text).toContain(device.user_code);
    const page = await browser.submit(confirm, { confirm: "yes" });
    expect(isSignIn(page)).toBe(true);
    await expect(poll(device.device_code)).rejects.toMatchObject(PENDING);
    const done = await signIn(browser, page);
    expect([done.status, done.text]).toEqual([200, expect.stringContaining("<h1>Signed in</h1>")]);
    const tokens = await client.pollDeviceAuthorizationGrant(configuration, { ...device, interval: 0 });
    expect(tokens.claims()).toMatchObject({ sub: aliceId, aud: "kubernetes", groups: ["admins", "developers"] });
    expect((await client.refreshTokenGrant(configuration, tokens.refresh_token ?? "")).claims()?.sub).toBe(aliceId);
    expect(issuer.audited("oidc.tokens")).toHaveLength(2);
  });

  test("is on pages that nobody keeps or frames; what is the same for everybody may be kept", async () => {
    const page = await issuer.browser().open("/oidc/device");
    expect(page.headers.get("cache-control")).toBe("no-store");
    expect(page.headers.get("x-frame-options")).toBe("DENY");
    expect(page.headers.get("content-security-policy")).toContain("frame-ancestors 'none'");
    expect((await fetch(`${issuer.origin}/oidc/jwks`)).headers.get("cache-control")).toBeNull();
  });

  test("gives tokens once", async () => {
    const device = await begin();
    await through(device.user_code);
    expect(await poll(device.device_code)).toHaveProperty("id_token");
    await expect(poll(device.device_code)).rejects.toMatchObject({ error: "invalid_grant" });
  });

  test("goes by the whole address as well, on a page that sends its form by itself", async () => {
    const device = await begin();
    const browser = issuer.browser();
    const page = await browser.open(device.verification_uri_complete ?? "");
    const [, script = ""] = /<script>([^]*?)<\/script>/.exec(page.text) ?? [];
    const { createHash } = await import("node:crypto");
    const hash = createHash("sha256").update(script).digest("base64");
    expect(page.headers.get("content-security-policy")).toContain(`script-src 'sha256-${hash}'`);
    const confirm = await browser.submit(page);
    expect(confirm.text).toContain(device.user_code);
  });

  test("is refused by the user who cancels, before or at the sign-in", async () => {
    for (const cancel of [
      async (page: Page, browser: ReturnType<IssuerUnderTest["browser"]>) => browser.submit(page, { abort: "yes" }),
      async (page: Page, browser: ReturnType<IssuerUnderTest["browser"]>) =>
        browser.submit(await browser.submit(page, { confirm: "yes" }), { cancel: "yes" }),
    ]) {
      const device = await begin();
      const browser = issuer.browser();
      const confirm = await browser.submit(await browser.open("/oidc/device"), { user_code: device.user_code });
      expect((await cancel(confirm, browser)).text).toContain("You have cancelled it.");
      await expect(poll(device.device_code)).rejects.toMatchObject({ error: "access_denied" });
    }
  });

  test("takes no code that there is not, and none twice", async () => {
    const device = await begin();
    await through(device.user_code);
    const browser = issuer.browser();
    for (const code of ["BCDF-GHJK", "", device.user_code, "x".repeat(10_000), "<b>", "\0"]) {
      const page = await browser.submit(await browser.open("/oidc/device"), { user_code: code });
      expect([page.status, page.text]).toEqual([200, expect.stringContaining('role="alert"')]);
      expect(page.text).not.toContain("<b>");
    }
  });

  test("takes no form but its own", async () => {
    const device = await begin();
    const browser = issuer.browser();
    await browser.open("/oidc/device");
    const forged = await browser.open("/oidc/device", { user_code: device.user_code, confirm: "yes", xsrf: "x" });
    expect(forged.status).toBe(400);
    await expect(poll(device.device_code)).rejects.toMatchObject(PENDING);
  });

  test("is not for clients that do not say so", async () => {
    const web = await issuer.discover();
    await expect(client.initiateDeviceAuthorization(web, { scope: "openid" })).rejects.toMatchObject({
      error: "invalid_request",
    });
  });
});

async function through(userCode: string): Promise<void> {
  const browser = issuer.browser();
  const confirm = await browser.submit(await browser.open("/oidc/device"), { user_code: userCode });
  await signIn(browser, await browser.submit(confirm, { confirm: "yes" }));
}
