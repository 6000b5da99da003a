import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { IssuerUnderTest } from "./issuer-under-test.js";

let issuer: IssuerUnderTest;
beforeAll(async () => {
  issuer = await IssuerUnderTest.start();
  await issuer.addAlice();
});
afterAll(() => issuer.close());

const FORM = "application/x-www-form-urlencoded";
const post = (url: string, body: string, type = FORM) =>
  issuer.service.call({ method: "POST", url, as: null, body, headers: { "content-type": type } });

describe("a form", () => {
  test("holds at most 64 KiB, whether or not it says so, and the connection goes on", async () => {
    for (const size of [64 * 1024 + 1, 1024 * 1024]) {
      for (const headers of [{}, { "transfer-encoding": "chunked" }]) {
        for (const url of ["/oidc/token", "/oidc/auth", "/oidc/device", "/oidc/interaction/x"]) {
          const answer = await issuer.service.call({
            ...{ method: "POST", url, as: null, body: `a=${"x".repeat(size)}` },
            headers: { "content-type": FORM, ...headers },
          });
          expect([400, 413]).toContain(answer.statusCode);
        }
      }
    }
    expect((await issuer.service.call({ url: "/healthz" })).body).toBe("ok");
  });

  test.each([
    "application/json",
    "text/plain",
    "multipart/form-data; boundary=x",
    "nonsense",
    `${FORM}; charset=klingon`,
  ])("that is called %s is refused", async (type) => {
    for (const url of ["/oidc/token", "/oidc/revoke", "/oidc/device/code", "/oidc/interaction/x"]) {
      const { statusCode } = await post(url, '{"grant_type": "authorization_code"}', type);
      expect([400, 415]).toContain(statusCode);
    }
  });

  test("does not change what other addresses take: JSON, whatever it is called", async () => {
    const answer = await issuer.service.call({
      ...{ method: "POST", url: "/users", body: '{"username": "carol"}' },
      headers: { "content-type": FORM },
    });
    expect(answer.statusCode).toBe(201);
  });

  test("with a name twice is refused", async () => {
    const answer = await post(
      "/oidc/token",
      "grant_type=authorization_code&grant_type=refresh_token&client_id=kubernetes",
    );
    expect([answer.statusCode, answer.json()]).toMatchObject([400, { error: "invalid_request" }]);
  });
});

test("a browser that begins in the middle of connecting a device may start again", async () => {
  const browser = issuer.browser();
  for (const page of [await browser.open("/oidc/device/x"), await browser.open("/oidc/device", { user_code: "x" })]) {
    expect([page.status, page.text]).toEqual([400, expect.stringContaining("Start again")]);
  }
  expect((await browser.open("/oidc/device")).text).toContain('name="user_code"');
});

describe("a request of another origin", () => {
  test("is answered where everybody may read, and nowhere else", async () => {
    const headers = { origin: "https://evil.example.com" };
    const open = await issuer.service.call({ url: "/oidc/jwks", headers });
    expect([open.statusCode, open.headers["access-control-allow-origin"]]).toEqual([200, "https://evil.example.com"]);
    const token = await issuer.service.call({
      ...{
        method: "POST",
        url: "/oidc/token",
        as: null,
        body: "grant_type=refresh_token&refresh_token=x&client_id=kubernetes",
      },
      headers: { ...headers, "content-type": FORM },
    });
    expect([token.statusCode, token.headers["access-control-allow-origin"]]).toEqual([400, undefined]);
  });
});

describe("a store that is down", () => {
  test("is told as such, and is no defect", async () => {
    issuer.service.database.isDown = true;
    const token = await post("/oidc/token", "grant_type=refresh_token&refresh_token=x&client_id=kubernetes");
    expect([token.statusCode, token.json()]).toMatchObject([503, { error: "temporarily_unavailable" }]);
    const info = await issuer.service.call({ url: "/oidc/userinfo", as: null, headers: { authorization: "Bearer x" } });
    expect(info.statusCode).toBe(503);
    expect((await issuer.service.call({ url: "/oidc/jwks" })).statusCode).toBe(200);
    issuer.service.database.isDown = false;
    expect(
      (await post("/oidc/token", "grant_type=refresh_token&refresh_token=x&client_id=kubernetes")).statusCode,
    ).toBe(400);
  });
});

describe("an address to go back to", () => {
  const askedWith = (client_id: string, redirect_uri: string) => {
    const code_challenge = "x".repeat(43);
    const asked = { client_id, redirect_uri, response_type: "code", scope: "openid", code_challenge };
    const query = new URLSearchParams({ ...asked, code_challenge_method: "S256" });
    return issuer.service.call({ url: `/oidc/auth?${query.toString()}`, as: null });
  };

  test.each([
    ["web", "https://app.example.com/callback"],
    ["kubernetes", "http://localhost:8000/"],
    ["kubernetes", "http://localhost:49152/"],
  ])("of %s may be %s", async (client, address) => {
    expect((await askedWith(client, address)).statusCode).toBe(303);
  });

  test.each([
    ["web", "https://app.example.com/x/../callback"],
    ["web", "https://APP.example.com/callback"],
    ["web", "https://app.example.com:443/callback"],
    ["web", "https://app.example.com/callback?a"],
    ["web", "https://app.example.com/%63allback"],
    ["kubernetes", "http://localhost:49152"],
    ["kubernetes", "http://localhost:49152/x/.."],
    ["kubernetes", "http://127.0.0.1:8000/"],
    ["kubernetes", "http://localhost:1@evil.example.com/"],
    ["web", "https://app.example.com:8443/callback"],
  ])("of %s may not be %s, whatever comes to the same", async (client, address) => {
    const answer = await askedWith(client, address);
    expect(answer.statusCode).toBe(400);
    expect(answer.body).toContain("tell those who run that program");
  });
});

test("whatever is sent to the issuer is answered with no defect", async () => {
  const names = fc.constantFrom(
    ...["client_id", "client_secret", "redirect_uri", "response_type", "scope", "state", "nonce", "prompt", "max_age"],
    ...[
      "code_challenge",
      "code_challenge_method",
      "grant_type",
      "code",
      "code_verifier",
      "refresh_token",
      "device_code",
    ],
    ...[
      "user_code",
      "xsrf",
      "confirm",
      "id_token_hint",
      "login_hint",
      "post_logout_redirect_uri",
      "logout",
      "token",
      "request",
    ],
    ...[
      "response_mode",
      "claims",
      "resource",
      "username",
      "password",
      "ui_locales",
      "acr_values",
      "display",
      "client_assertion",
    ],
  );
  const values = fc.oneof(
    fc.constantFrom(
      "web",
      "kubernetes",
      "code",
      "openid offline_access",
      "S256",
      "authorization_code",
      "refresh_token",
    ),
    fc.constantFrom(
      "https://app.example.com/callback",
      "http://localhost:8000/",
      "none",
      "login consent",
      "form_post",
      "-1",
    ),
    fc.constantFrom(
      "urn:ietf:params:oauth:grant-type:device_code",
      "a.b.c",
      "eyJhbGciOiJub25lIn0.e30.",
      "\0",
      "x".repeat(5000),
    ),
    fc.string({ unit: "binary", maxLength: 30 }),
  );
  const cases = fc.record({
    method: fc.constantFrom("GET" as const, "POST" as const, "DELETE" as const),
    path: fc.constantFrom(
      ...["auth", "token", "jwks", "userinfo", "revoke", "sign-out", "sign-out/confirm", "sign-out/success", "device"],
      ...["device/code", "device/x", "auth/x", "interaction/x", "interaction/", "", "%zz", "..%2f..", "constructor"],
    ),
    fields: fc.array(fc.tuple(names, values), { maxLength: 8 }),
    accept: fc.constantFrom("text/html", "application/json", "*/*", ""),
    authorization: fc.option(
      fc.constantFrom("Basic x", "Basic d2ViOng=", "Bearer x", "Bearer", "Basic Og==", "DPoP x", ""),
      {
        nil: undefined,
      },
    ),
    cookie: fc.option(
      fc.constantFrom("kubernetes-auth=x; kubernetes-auth.sig=y", "kubernetes-auth", "=;=", "a=\u00e4"),
      {
        nil: undefined,
      },
    ),
  });
  await fc.assert(
    fc.asyncProperty(cases, async ({ method, path, fields, accept, authorization, cookie }) => {
      const sent = new URLSearchParams(fields).toString();
      const answer = await issuer.service.call({
        ...{ method, as: null, url: method === "POST" ? `/oidc/${path}` : `/oidc/${path}?${sent}` },
        ...(method === "POST" && { body: sent }),
        headers: {
          accept,
          "content-type": FORM,
          ...(authorization !== undefined && { authorization }),
          ...(cookie && { cookie }),
        },
      });
      expect(answer.statusCode).toBeLessThan(500);
    }),
    { numRuns: 500 },
  );
  expect(issuer.service.log.filter(({ msg }) => String(msg).includes("defect"))).toEqual([]);
}, 120_000);
