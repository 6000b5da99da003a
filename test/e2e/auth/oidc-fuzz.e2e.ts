import { readFileSync } from "node:fs";
import { Agent } from "node:https";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import fc from "fast-check";
import * as client from "openid-client";
import { OidcBrowser } from "../support/oidc-browser.js";
import { OidcIssuer } from "../support/oidc-issuer.js";
import { RelyingParty } from "../support/oidc-relying-party.js";
import { statusOf } from "./fuzz/status-of.js";

const CASES = Number(process.env["KAAS_OIDC_FUZZ_CASES"] ?? 5000);
/** Sent at the same time. */
const BATCH = 25;

const web = {
  id: "web",
  secret: "the-secret-of-the-web-page",
  redirectUris: ["https://web.example.com/callback"],
  postLogoutRedirectUris: ["https://web.example.com/goodbye"],
  deviceFlow: true,
} as const;

interface Case {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}
type Fields = Readonly<Record<string, string>>;

let issuer: OidcIssuer;
let agent: Agent;
/** What is right, by the name of its parameter. */
let right: Fields;
let cookies: string;
let paths: readonly string[];
beforeAll(async () => {
  issuer = await OidcIssuer.start({ clients: [web] });
  // Node would look for the host of the header in the certificate.
  const trust = { ca: readFileSync(issuer.authorityFile), checkServerIdentity: () => undefined };
  agent = new Agent({ keepAlive: true, maxSockets: BATCH, ...trust });
  const user = await issuer.addUser("alice", "team");
  const party = await RelyingParty.of(issuer, web);
  const browser = new OidcBrowser(issuer.fetch, [web.redirectUris[0]]);
  const tokens = await party.signIn(browser, user);
  const asked = await party.ask({ prompt: "login" });
  const page = await browser.open(asked.url);
  const device = await client.initiateDeviceAuthorization(party.config, { scope: "openid" });
  const unused = await party.ask();
  const { searchParams } = new URL((await browser.open(unused.url)).url);
  right = {
    ...Object.fromEntries(new URL(unused.url).searchParams),
    grant_type: "authorization_code",
    code: searchParams.get("code") ?? "",
    code_verifier: String(unused.checks.pkceCodeVerifier),
    client_secret: web.secret,
    refresh_token: tokens.refresh_token ?? "",
    access_token: tokens.access_token,
    token: tokens.access_token,
    token_type_hint: "access_token",
    id_token_hint: tokens.id_token ?? "",
    post_logout_redirect_uri: web.postLogoutRedirectUris[0],
    logout_hint: "alice",
    user_code: device.user_code,
    device_code: device.device_code,
    username: user.username,
    password: user.password,
    prompt: "login",
    max_age: "10",
    login_hint: "alice",
    ui_locales: "de en",
    acr_values: "1",
    claims: '{"id_token":{"groups":null}}',
    response_mode: "query",
    request: "e30.e30.",
    request_uri: "https://web.example.com/request",
    resource: "https://api.example.com",
    confirm: "yes",
    cancel: "yes",
    logout: "yes",
    xsrf: "x",
  };
  cookies = browser.cookiesFor(`${issuer.url}/oidc/auth`) ?? "";
  const told = await issuer.discovery();
  const endpoints = Object.entries(told).filter(([name]) => /_(endpoint|uri)$/.test(name));
  paths = [
    ...endpoints.map(([, url]) => new URL(String(url)).pathname),
    new URL(page.url).pathname,
    ...[
      "/oidc/device",
      "/oidc/auth/nobody",
      "/oidc/interaction/nobody",
      "/oidc/sign-out/confirm",
      "/oidc/sign-out/success",
    ],
    ...["/.well-known/openid-configuration", "/.well-known/nothing", "/oidc", "/oidc/", "/oidc/%2e%2e/users"],
    ...["/oidc/%00", "/oidc/auth/%ff", "/signing-keys"],
  ];
});
afterAll(async () => {
  agent.destroy();
  await issuer.close();
});

function arbitraryCase(): fc.Arbitrary<Case> {
  const names = Object.keys(right);
  const trap = fc.constantFrom(
    ...["", " ", "\0", "\ud800", "%", "%00", "a\r\nb: c", "none", "null", "__proto__", "constructor", "toString", "-1"],
    ...[
      "1e999",
      "9".repeat(400),
      "{",
      "[]",
      '{"id_token":{"__proto__":null}}',
      '{"userinfo":[]}',
      "javascript:alert(1)",
    ],
    ...["//evil.example.com", "https://web.example.com/callback#", "a".repeat(5000), "openid openid", "login none"],
    ...["select_account", "consent", "fragment", "form_post", "jwt", "web_message", "refresh_token", "S256", "plain"],
    ...["urn:ietf:params:oauth:grant-type:device_code", "client_credentials", "' OR 1=1 --", "<b>", "e30.e30.e30"],
  );
  const value = fc.oneof(
    { weight: 4, arbitrary: trap },
    { weight: 2, arbitrary: fc.constantFrom(...Object.values(right)) },
    { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 50 }) },
    { weight: 1, arbitrary: fc.string({ unit: "grapheme", maxLength: 50 }) },
  );
  // A parameter that is given twice is wrong too.
  const strange = fc.array(fc.tuple(fc.oneof(fc.constantFrom(...names), fc.string()), value), { maxLength: 8 });
  const wanted: Readonly<Record<string, readonly string[]>> = {
    "/oidc/auth": [
      "client_id",
      "redirect_uri",
      "response_type",
      "scope",
      "code_challenge",
      "code_challenge_method",
      "state",
    ],
    "/oidc/token": ["client_id", "client_secret", "grant_type", "code", "redirect_uri", "code_verifier"],
    "/oidc/device/code": ["client_id", "client_secret", "scope"],
    "/oidc/device": ["user_code", "confirm"],
    "/oidc/sign-out": ["id_token_hint", "post_logout_redirect_uri", "state"],
    "/oidc/revoke": ["client_id", "client_secret", "token"],
    "/oidc/userinfo": ["access_token"],
  };
  const refreshing = ["client_id", "client_secret", "grant_type", "refresh_token"];
  const almost = fc
    .tuple(
      fc.constantFrom(...Object.entries(wanted), ["/oidc/token", refreshing] as const),
      fc.array(fc.tuple(fc.nat(8), value), { maxLength: 2 }),
    )
    .map(([[path, fields], changes]) => {
      const given = Object.fromEntries(fields.map((name) => [name, right[name] ?? ""]));
      if (fields === refreshing) given["grant_type"] = "refresh_token";
      for (const [index, changed] of changes) given[fields[index % fields.length] ?? ""] = changed;
      return { path, pairs: Object.entries(given) };
    });
  const anything = fc.record({ path: fc.constantFrom(...paths), pairs: strange });
  const headers = fc.constantFrom<Fields>(
    ...[
      {},
      {},
      {},
      { cookie: cookies },
      { cookie: cookies, origin: "null" },
      { cookie: cookies, origin: "https://evil.example.com" },
    ],
    ...[
      { authorization: `Bearer ${right["access_token"]}` },
      { authorization: "Bearer " },
      { authorization: "Basic !!!" },
    ],
    { authorization: `Basic ${Buffer.from(`${web.id}:${web.secret}`).toString("base64")}` },
    { authorization: `Basic ${Buffer.from("%zz:%").toString("base64")}` },
    { cookie: "_session=; _interaction=x; _session.sig=%; __proto__=1" },
    { cookie: "a".repeat(4000), accept: "application/json", "accept-language": "*;q=x" },
    ...[{ host: "evil.example.com" }, { "x-forwarded-host": "evil.example.com", "x-forwarded-proto": "http" }],
  );
  const types = fc.oneof(
    { weight: 3, arbitrary: fc.constant("application/x-www-form-urlencoded") },
    fc.constantFrom(
      ...["application/x-www-form-urlencoded; charset=no-such", "application/json", "multipart/form-data"],
      ...["text/plain", ";;"],
    ),
  );
  const raw = fc.constantFrom(
    "%",
    "%zz=%ff",
    "=&=&==",
    "&".repeat(2000),
    "a[b][c]=d",
    ...Array.from({ length: 4 }, () => "x".repeat(66_000)),
    "{}",
    "\0",
    "a=1;b=2",
  );
  const methods = fc.constantFrom("GET", "POST", "POST", "HEAD", "PUT", "DELETE", "OPTIONS", "PATCH");
  const usual = fc.constantFrom("GET", "POST");
  return fc
    .tuple(
      fc.oneof(fc.tuple(almost, usual), fc.tuple(anything, methods)),
      headers,
      types,
      fc.oneof({ weight: 9, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: raw }),
    )
    .map(([[{ path, pairs }, method], given, type, text]): Case => {
      const form = text ?? pairs.map((pair) => pair.map(encode).join("=")).join("&");
      if (method === "GET" || method === "HEAD") {
        // What a line of a request cannot hold is no case.
        const query = form.replaceAll(/[^!-~]/g, "%20").slice(0, 8000);
        return { method, path: `${path}?${query}`, headers: given, body: "" };
      }
      return { method, path, headers: { "content-type": type, ...given }, body: form };
    });
}

function encode(text: string): string {
  return new URLSearchParams({ "": text }).toString().slice(1);
}

function ask({ method, path, headers, body }: Case): Promise<number> {
  const { hostname, port } = new URL(issuer.url);
  const length = { "content-length": Buffer.byteLength(body) };
  return statusOf("https", { host: hostname, port, agent, method, path, headers: { ...headers, ...length } }, body);
}

test(`${CASES} requests of every kind: none finds a defect`, async () => {
  const counts = new Map<number, number>();
  const started = performance.now();
  await fc.assert(
    fc.asyncProperty(fc.array(arbitraryCase(), { minLength: BATCH, maxLength: BATCH, size: "max" }), async (batch) => {
      const statuses = await Promise.all(batch.map((each) => ask(each)));
      for (const status of statuses) counts.set(status, (counts.get(status) ?? 0) + 1);
      const defects = batch.map((each, index) => ({ ...each, status: statuses[index] ?? 0 }));
      expect(defects.filter(({ status }) => status >= 500)).toEqual([]);
    }),
    { numRuns: CASES / BATCH, endOnFailure: true },
  );
  const seconds = (performance.now() - started) / 1000;
  const told = [...counts].sort(([one], [other]) => one - other).map(([status, count]) => `${status}: ${count}`);
  process.stderr.write(`  ${CASES} requests in ${seconds.toFixed(0)} s; ${told.join(", ")}\n`);
  const [service] = issuer.replicas;
  expect(service?.hasEnded).toBe(false);
  expect(service?.output).not.toContain('"level":"error"');
  // The cases reach what they are meant for.
  for (const status of [200, 303, 400, 401, 404, 413]) expect(counts.get(status) ?? 0).toBeGreaterThan(5);
  expect((counts.get(0) ?? 0) / CASES).toBeLessThan(0.05);
  // And it goes on.
  expect((await issuer.keys()).keys.length).toBeGreaterThan(0);
});
