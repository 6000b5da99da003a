import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { type Browser } from "playwright-core";
import { eventually } from "../support/eventually.js";
import { freePort, HOST } from "../support/loopback-server.js";
import { OidcBrowser, type Page } from "../support/oidc-browser.js";
import { launchChromium, newVisitor } from "../support/oidc-chromium.js";
import { OidcIssuer, type OidcUser } from "../support/oidc-issuer.js";
import { OAuth2Proxy } from "../support/oidc-oauth2-proxy.js";
import { typePassword } from "../support/oidc-pages.js";

const SECRET = "the-secret-of-the-dashboard";

let issuer: OidcIssuer;
let proxy: OAuth2Proxy;
let browser: OidcBrowser;
let member: OidcUser;
let stranger: OidcUser;
beforeAll(async () => {
  const port = await freePort();
  const url = `http://${HOST}:${port}`;
  const dashboard = {
    id: "dashboard",
    name: "Dashboard",
    secret: SECRET,
    redirectUris: [`${url}/oauth2/callback`],
    postLogoutRedirectUris: [`${url}/`],
  };
  issuer = await OidcIssuer.start({ clients: [dashboard] });
  proxy = await OAuth2Proxy.start({
    issuer: issuer.url,
    clientId: dashboard.id,
    clientSecret: SECRET,
    trusted: issuer.authorityFile,
    port,
    flags: [
      // kubernetes-auth knows no addresses of e-mail.
      ...[
        "--scope=openid profile groups",
        "--oidc-email-claim=sub",
        "--allowed-group=team",
        "--pass-user-headers=true",
      ],
      ...["--cookie-refresh=1s", `--whitelist-domain=${HOST}:*`],
    ],
  });
  member = await issuer.addUser("member", "team", "others");
  stranger = await issuer.addUser("stranger", "others");
});
beforeEach(() => {
  browser = new OidcBrowser(issuer.fetch);
});
afterAll(async () => {
  await proxy.close();
  await issuer.close();
});

/** The headers that the UI was given. */
const seenBy = (text: string) => JSON.parse(text) as Readonly<Record<string, string>>;
const signIn = async (user: OidcUser): Promise<Page> =>
  typePassword(browser, await browser.open(`${proxy.url}/a/page?of=it`), user);
/** Where users are sent to be signed out everywhere; OAuth2 Proxy puts in the token that it keeps. */
const signOutUrl = () => {
  const end = new URL(`${issuer.url}/oidc/sign-out`);
  end.searchParams.set("post_logout_redirect_uri", `${proxy.url}/`);
  return `${proxy.url}/oauth2/sign_out?rd=${encodeURIComponent(`${end.href}&id_token_hint={id_token}`)}`;
};

describe("OAuth2 Proxy", () => {
  test("lets in members of its group, and tells the UI who it is", async () => {
    const page = await signIn(member);
    expect([page.status, page.url]).toEqual([200, `${proxy.url}/a/page?of=it`]);
    expect(seenBy(page.text)).toMatchObject({
      "x-forwarded-user": member.id,
      "x-forwarded-preferred-username": "member",
      "x-forwarded-groups": "others,team",
    });
  });

  test("refuses everybody else, who has signed in well", async () => {
    const page = await signIn(stranger);
    expect([page.status, new URL(page.url).pathname]).toEqual([403, "/oauth2/callback"]);
    // Nor is there a session.
    expect((await browser.open(`${proxy.url}/oauth2/userinfo`)).status).toBe(401);
  });

  test("refuses who has been taken out of the group, when it refreshes", async () => {
    const user = await issuer.addUser("leaver", "team");
    expect((await signIn(user)).status).toBe(200);
    await issuer.call("PATCH", `/users/${user.id}`, { groups: ["others"] });
    // Its session is renewed when it is older than a second, of which only whole ones count.
    await eventually(async () => {
      expect((await browser.open(`${proxy.url}/a/page`)).status).toBe(403);
    }, 10);
  });

  test("asks who has been disabled to sign in again, when it refreshes", async () => {
    const user = await issuer.addUser("disabled", "team");
    expect((await signIn(user)).status).toBe(200);
    await issuer.call("PATCH", `/users/${user.id}`, { disabled: true });
    const page = await eventually(async () => {
      const seen = await browser.open(`${proxy.url}/a/page`);
      expect([new URL(seen.url).origin, seen.text.includes('type="password"')]).toEqual([issuer.url, true]);
      return seen;
    }, 10);
    expect((await typePassword(browser, page, user)).url).not.toContain(proxy.url);
  });

  test("signs out here and at the issuer", async () => {
    await signIn(member);
    const asked = await browser.open(signOutUrl());
    expect(new URL(asked.url).origin).toBe(issuer.url);
    const page = await browser.submit(asked, { logout: "yes" });
    // Back at the UI, and so at the page of sign-in again.
    expect([new URL(page.url).origin, page.text.includes('type="password"')]).toEqual([issuer.url, true]);
  });
});

describe("Chromium", () => {
  let chromium: Browser;
  beforeAll(async () => {
    chromium = await launchChromium();
  });
  afterAll(() => chromium.close());

  test("signs in and out as its user does, and no page logs a mistake", async () => {
    const visitor = await newVisitor(chromium);
    const page = await visitor.newPage();
    const mistakes: string[] = [];
    page.on("console", (message) => {
      if (["error", "warning"].includes(message.type())) mistakes.push(`${page.url()}: ${message.text()}`);
    });
    page.on("pageerror", (error) => mistakes.push(error.message));

    await page.goto(`${proxy.url}/a/page`);
    // The name is where the cursor stands; the keyboard is enough.
    await page.keyboard.type(member.username);
    await page.keyboard.press("Tab");
    await page.keyboard.type(member.password);
    await page.keyboard.press("Enter");
    await page.waitForURL(`${proxy.url}/a/page`);
    expect(seenBy((await page.textContent("body")) ?? "")).toMatchObject({ "x-forwarded-user": member.id });

    await page.goto(signOutUrl());
    await page.getByRole("button").first().click();
    await page.waitForSelector("input[type=password]");
    expect(mistakes).toEqual([]);
    await visitor.close();
  });
});
