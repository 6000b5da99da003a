import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import * as client from "openid-client";
import { IssuerUnderTest, isSignIn, REDIRECT, WEB_SECRET } from "./issuer-under-test.js";

let issuer: IssuerUnderTest;
let aliceId: string;
beforeEach(async () => {
  issuer = await IssuerUnderTest.start();
  aliceId = await issuer.addAlice();
});
afterEach(() => issuer.close());

const post = async (path: string, form: Readonly<Record<string, string>>, headers: Record<string, string> = {}) => {
  const answer = await fetch(`${issuer.origin}${path}`, { method: "POST", body: new URLSearchParams(form), headers });
  return { status: answer.status, body: (await answer.json()) as Readonly<Record<string, string>> };
};
const basic = (secret: string) => ({
  authorization: `Basic ${Buffer.from(`web:${encodeURIComponent(secret)}`).toString("base64")}`,
});

/** Where an authorization request leads, and with what. */
const authorization = async (parameters: Readonly<Record<string, string>>) => {
  const page = await issuer.browser().open(`/oidc/auth?${new URLSearchParams(parameters).toString()}`);
  // Of the other flows errors are told behind a #.
  const told = new URLSearchParams(page.url.search || page.url.hash.slice(1));
  return { page, error: told.get("error"), description: told.get("error_description") ?? "" };
};
const CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
const SOUND = {
  client_id: "web",
  redirect_uri: REDIRECT,
  response_type: "code",
  scope: "openid",
  code_challenge: CHALLENGE,
  code_challenge_method: "S256",
};

describe("signing in at a web client", () => {
  test("gives tokens that tell who the user is", async () => {
    const configuration = await issuer.discover();
    const tokens = await issuer.tokens(configuration);
    expect(tokens.claims()).toMatchObject({
      ...{ iss: issuer.origin, aud: "web", sub: aliceId },
      ...{ preferred_username: "alice", name: "alice", groups: ["admins", "developers"] },
    });
    const info = await client.fetchUserInfo(configuration, tokens.access_token, aliceId);
    expect(info).toEqual({
      sub: aliceId,
      preferred_username: "alice",
      name: "alice",
      groups: ["admins", "developers"],
    });
    expect(tokens.expires_in).toBe(900);
    const { exp = 0, iat = 0 } = tokens.claims() ?? {};
    expect(exp - iat).toBe(900);
    expect(issuer.audited("oidc.tokens")).toMatchObject([
      { by: `user:${aliceId}`, client: "web", grant: "authorization_code", requestId: expect.any(String) as unknown },
    ]);
  });

  test("is the same user at every client, and asks for the password once", async () => {
    const browser = issuer.browser();
    const first = await issuer.tokens(await issuer.discover(), browser);
    const headlamp = await issuer.discover("headlamp", "the secret of another client");
    const { page, checks } = await issuer.authorize(headlamp, browser, {
      redirect_uri: "https://headlamp.example.com/oidc-callback",
    });
    const second = await client.authorizationCodeGrant(headlamp, page.url, checks);
    expect(second.claims()?.sub).toBe(first.claims()?.sub);
    expect(issuer.audited("sign-in")).toHaveLength(1);
  });

  test("asks for the password again when the client wants that, or it was typed too long ago", async () => {
    const browser = issuer.browser();
    const configuration = await issuer.discover();
    await issuer.tokens(configuration, browser);
    for (const parameters of [{ prompt: "login" }, { max_age: "0" }])
      await issuer.tokens(configuration, browser, parameters);
    expect(issuer.audited("sign-in")).toHaveLength(3);
    const { page } = await issuer.authorize(configuration, issuer.browser(), { prompt: "none" });
    expect(page.url.searchParams.get("error")).toBe("login_required");
  });

  test("gives the further audiences of a client, and names it as the one that was authorized", async () => {
    const headlamp = await issuer.discover("headlamp", "the secret of another client");
    const parameters = { redirect_uri: "https://headlamp.example.com/oidc-callback" };
    const { page, checks } = await issuer.authorize(headlamp, issuer.browser(), parameters);
    // openid-client checks the signature when it is told to.
    client.enableNonRepudiationChecks(headlamp);
    const tokens = await client.authorizationCodeGrant(headlamp, page.url, checks);
    expect(tokens.claims()).toMatchObject({
      aud: ["headlamp", "kubernetes"],
      azp: "headlamp",
      nonce: checks.expectedNonce,
    });
    const [header = ""] = (tokens.id_token ?? "").split(".");
    expect(JSON.parse(Buffer.from(header, "base64url").toString())).toMatchObject({ alg: "RS256", typ: "JWT" });
  });

  test("tells no group of a reserved name", async () => {
    await issuer.service.database.run(
      "UPDATE local_users SET member_of = $1",
      JSON.stringify(["system:masters", "SYSTEM:nodes", "rackspace:x", "developers"]),
    );
    const tokens = await issuer.tokens(await issuer.discover());
    expect(tokens.claims()?.["groups"]).toEqual(["developers"]);
  });

  test("takes the port that a public client listens at, on loopback alone", async () => {
    const sound = { ...SOUND, client_id: "kubernetes", redirect_uri: "http://localhost:54321/" };
    expect(isSignIn((await authorization(sound)).page)).toBe(true);
    for (const redirect of [
      "http://localhost.example.com:8000/",
      "http://127.0.0.1:8000/",
      "http://localhost:8000/x",
    ]) {
      expect((await authorization({ ...sound, redirect_uri: redirect })).page.status).toBe(400);
    }
  });
});

describe("an authorization request", () => {
  test("of an address that is not the client's leads nowhere", async () => {
    for (const redirect_uri of [
      "https://evil.example.com/callback",
      `${REDIRECT}/`,
      `${REDIRECT}?x=1`,
      "https://APP.example.com/other",
    ]) {
      const { page } = await authorization({ ...SOUND, redirect_uri });
      expect([page.status, page.url.origin]).toEqual([400, issuer.origin]);
      expect(page.text).toContain("invalid_redirect_uri");
    }
  });

  test("of a client that there is not leads nowhere", async () => {
    const { page } = await authorization({ ...SOUND, client_id: "nobody" });
    expect(page.status).toBe(400);
    expect(page.text).toContain("invalid_client");
  });

  const without = ({ code_challenge: _challenge, code_challenge_method: _method, ...rest }: typeof SOUND) => rest;
  test.each([
    ["without PKCE", without(SOUND), "invalid_request", /PKCE/],
    ["with PKCE in the clear", { ...SOUND, code_challenge_method: "plain" }, "invalid_request", /not supported/],
    ["with PKCE of no method", { ...without(SOUND), code_challenge: CHALLENGE }, "invalid_request", /plain/],
    [
      "of the implicit flow",
      { ...SOUND, response_type: "id_token", nonce: "n" },
      "unsupported_response_type",
      /unsupported/,
    ],
    [
      "of the hybrid flow",
      { ...SOUND, response_type: "code id_token", nonce: "n" },
      "unsupported_response_type",
      /unsupported/,
    ],
    ["of no response", { ...SOUND, response_type: "none" }, "unsupported_response_type", /unsupported/],
    ["with a request object", { ...SOUND, request: "eyJhbGciOiJub25lIn0.e30." }, "request_not_supported", /^$/],
    [
      "with an address of one",
      { ...SOUND, request_uri: "https://app.example.com/r" },
      "request_uri_not_supported",
      /^$/,
    ],
  ])("%s is refused", async (_name, parameters, error, description) => {
    const answer = await authorization(parameters);
    expect(answer.error).toBe(error);
    expect(answer.description).toMatch(description);
  });

  test("that is sent as a form is one too", async () => {
    expect(isSignIn(await issuer.browser().open("/oidc/auth", SOUND))).toBe(true);
  });
});

describe("a code", () => {
  const code = async () => {
    const configuration = await issuer.discover();
    const { page, checks } = await issuer.authorize(configuration, issuer.browser());
    const form = {
      grant_type: "authorization_code",
      redirect_uri: REDIRECT,
      code: page.url.searchParams.get("code") ?? "",
      code_verifier: checks.pkceCodeVerifier,
    };
    return { configuration, form };
  };

  test("that is used again ends what it gave before", async () => {
    const { configuration, form } = await code();
    const first = await post("/oidc/token", form, basic(WEB_SECRET));
    expect(first.status).toBe(200);
    expect(await post("/oidc/token", form, basic(WEB_SECRET))).toMatchObject({
      status: 400,
      body: { error: "invalid_grant" },
    });
    await expect(client.refreshTokenGrant(configuration, first.body["refresh_token"] ?? "")).rejects.toMatchObject({
      error: "invalid_grant",
    });
    await expect(client.fetchUserInfo(configuration, first.body["access_token"] ?? "", aliceId)).rejects.toThrow();
    expect(issuer.audited("oidc.tokens-refused")[0]).toMatchObject({ client: "web", error: "invalid_grant" });
  });

  test("that is used many times at once is used once, and ends then", async () => {
    const { configuration, form } = await code();
    const answers = await Promise.all(Array.from({ length: 8 }, () => post("/oidc/token", form, basic(WEB_SECRET))));
    const taken = answers.filter(({ status }) => status === 200);
    expect(taken.length).toBeLessThanOrEqual(1);
    expect(answers.filter(({ status }) => status === 400).length).toBe(8 - taken.length);
    for (const { body } of taken) {
      await expect(client.refreshTokenGrant(configuration, body["refresh_token"] ?? "")).rejects.toMatchObject({
        error: "invalid_grant",
      });
    }
  });

  test.each([
    ["a wrong secret", {}, basic("the secret of nobody at all"), 401, "invalid_client"],
    ["another client's secret", {}, basic("the secret of another client"), 401, "invalid_client"],
    ["no secret", { client_id: "web" }, {}, 401, "invalid_client"],
    [
      "an assertion",
      {
        client_id: "web",
        client_assertion: "e30.e30.",
        client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
      },
      {},
      401,
      "invalid_client",
    ],
    ["another verifier", { code_verifier: "x".repeat(43) }, basic(WEB_SECRET), 400, "invalid_grant"],
    ["no verifier", { code_verifier: "" }, basic(WEB_SECRET), 400, "invalid_grant"],
    ["another address", { redirect_uri: "https://app.example.com/other" }, basic(WEB_SECRET), 400, "invalid_grant"],
    ["another code", { code: "x" }, basic(WEB_SECRET), 400, "invalid_grant"],
  ])("with %s gives nothing", async (_name, change, headers, status, error) => {
    const { form } = await code();
    expect(await post("/oidc/token", { ...form, ...change }, headers)).toMatchObject({ status, body: { error } });
    expect(issuer.audited("oidc.tokens")).toEqual([]);
  });

  test("of another client gives nothing", async () => {
    const { form } = await code();
    const answer = await post("/oidc/token", { ...form, client_id: "kubernetes" });
    expect(answer).toMatchObject({ status: 400, body: { error: "invalid_grant" } });
  });

  test("is taken with the secret in the form as well", async () => {
    const { form } = await code();
    const answer = await post("/oidc/token", { ...form, client_id: "web", client_secret: WEB_SECRET });
    expect(answer.status).toBe(200);
  });
});

describe("what is known of the issuer", () => {
  test("begins with its address, whatever a request says that it was sent to", async () => {
    const { body } = await issuer.service.call({
      url: "/.well-known/openid-configuration",
      headers: { host: "evil.example.com", "x-forwarded-host": "evil.example.com", "x-forwarded-proto": "https" },
    });
    const told = JSON.parse(body) as Readonly<Record<string, unknown>>;
    expect(told["issuer"]).toBe(issuer.origin);
    for (const [name, value] of Object.entries(told)) {
      if (/_(endpoint|uri)$/.test(name)) expect(String(value)).toMatch(new RegExp(`^${issuer.origin}/oidc/`));
    }
    expect(body).not.toContain("evil");
  });

  test("has codes with PKCE alone, and one algorithm", async () => {
    const told = (await issuer.discover()).serverMetadata();
    expect(told).toMatchObject({
      response_types_supported: ["code"],
      code_challenge_methods_supported: ["S256"],
      id_token_signing_alg_values_supported: ["RS256"],
      token_endpoint_auth_methods_supported: ["client_secret_basic", "client_secret_post", "none"],
      backchannel_logout_supported: true,
    });
    expect([...(told.grant_types_supported ?? [])].sort()).toEqual([
      "authorization_code",
      "refresh_token",
      "urn:ietf:params:oauth:grant-type:device_code",
    ]);
  });

  test("is nothing when there is no issuer", async () => {
    const { ServiceUnderTest } = await import("../server/service-under-test.js");
    const plain = await ServiceUnderTest.start();
    const urls = ["/.well-known/openid-configuration", "/oidc/jwks", "/oidc/auth", "/oidc/device", "/signing-keys"];
    for (const url of urls) expect((await plain.call({ url })).statusCode).toBe(404);
    await plain.close();
  });
});
