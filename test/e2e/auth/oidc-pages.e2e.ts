import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import type { AxeResults } from "axe-core";
import * as client from "openid-client";
import { type Browser, type Page } from "playwright-core";
import { launchChromium, newVisitor } from "../support/oidc-chromium.js";
import { OidcIssuer, type OidcUser } from "../support/oidc-issuer.js";
import { RelyingParty } from "../support/oidc-relying-party.js";

const web = {
  id: "web",
  name: "Dashboard",
  secret: "the-secret-of-the-web-page",
  redirectUris: ["https://web.example.com/callback"],
} as const;
const kubectl = { id: "kubernetes", name: "kubectl", public: true, deviceFlow: true } as const;
const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
/** Of a telephone, and of a desk. */
const SIZES = [
  { width: 320, height: 640 },
  { width: 1280, height: 800 },
] as const;
/** Where pictures of the pages go, for people. Default: nowhere. */
const PICTURES = process.env["KAAS_E2E_PICTURES"];

let issuer: OidcIssuer;
let party: RelyingParty;
let chromium: Browser;
let alice: OidcUser;
beforeAll(async () => {
  [issuer, chromium] = await Promise.all([OidcIssuer.start({ clients: [web, kubectl] }), launchChromium()]);
  alice = await issuer.addUser("alice");
  party = await RelyingParty.of(issuer, web);
});
afterAll(async () => {
  await chromium.close();
  await issuer.close();
});

/** What axe finds wrong with a page, and how much of it stands beyond the window's side. */
async function defectsOf(page: Page, name: string): Promise<readonly string[]> {
  const defects: string[] = [];
  for (const size of SIZES) {
    await page.setViewportSize(size);
    if (PICTURES !== undefined) {
      mkdirSync(PICTURES, { recursive: true });
      await page.screenshot({ path: join(PICTURES, `${name}-${size.width}.png`), fullPage: true });
    }
    const wide = await page.evaluate<number>("document.documentElement.scrollWidth - window.innerWidth");
    if (wide > 0) defects.push(`${name}: ${wide} pixels beyond the side of ${size.width}`);
  }
  await page.evaluate(AXE);
  const { violations } = await page.evaluate<AxeResults>("axe.run()");
  const found = violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${name}: ${id}: ${html}`));
  return [...defects, ...found];
}

test.each(["light", "dark"] as const)("pages in %s can be read by everybody, with any window", async (scheme) => {
  const visitor = await newVisitor(chromium, scheme);
  const page = await visitor.newPage();
  const defects: string[] = [];
  const look = async (name: string) => {
    defects.push(...(await defectsOf(page, `${scheme}-${name}`)));
  };
  /** Does what leads to another page, and waits for that. */
  const goOn = async (act: () => Promise<unknown>) => {
    const loaded = page.waitForEvent("load");
    await act();
    await loaded;
  };
  const sendForm = () => goOn(() => page.keyboard.press("Enter"));
  const pressFirst = () => goOn(() => page.getByRole("button").first().click());
  const signIn = async (password: string) => {
    await page.fill("input[name=username]", alice.username);
    await page.fill("input[name=password]", password);
    await sendForm();
  };

  await page.goto((await party.ask()).url);
  expect(await page.evaluate("document.activeElement.name")).toBe("username");
  expect(await page.getAttribute("input[name=username]", "autocomplete")).toBe("username");
  expect(await page.getAttribute("input[name=password]", "autocomplete")).toBe("current-password");
  // Who signs in reads to what.
  expect(await page.textContent("body")).toContain("Dashboard");
  await look("sign-in");
  await signIn("wrong-password");
  expect(await page.getByRole("alert").count()).toBe(1);
  await look("sign-in-refused");
  await page.goto((await party.ask({ redirect_uri: "https://evil.example.com/" })).url);
  await look("error");

  const native = await RelyingParty.of(issuer, kubectl);
  const device = await client.initiateDeviceAuthorization(native.config, { scope: "openid groups" });
  await page.goto(device.verification_uri);
  await look("device-code");
  await page.fill("input[name=user_code]", "WRNG-CODE");
  await sendForm();
  await look("device-code-refused");
  // People type it as they like.
  await page.fill("input[name=user_code]", device.user_code.toLowerCase().replaceAll("-", " "));
  await sendForm();
  await look("device-confirm");
  expect(await page.textContent("body")).toContain("kubectl");
  await pressFirst();
  await look("device-sign-in");
  await signIn(alice.password);
  await look("device-done");
  expect((await client.pollDeviceAuthorizationGrant(native.config, device)).claims()?.sub).toBe(alice.id);

  const ended = client.buildEndSessionUrl(party.config).href;
  await page.goto(ended);
  await look("sign-out");
  await pressFirst();
  await look("signed-out");
  expect(defects).toEqual([]);
  await visitor.close();
});
