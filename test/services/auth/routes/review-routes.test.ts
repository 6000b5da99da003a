import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { formatToken } from "../../../../src/services/auth/domain/token-format.js";
import { ServiceUnderTest, START } from "../server/service-under-test.js";

const DAY = 24 * 60 * 60 * 1000;
let service: ServiceUnderTest;
let userId: string;
let made: { readonly id: string; readonly token: string };

beforeEach(async () => {
  service = await ServiceUnderTest.start("audiences: [api]");
  userId = await service.addUser("alice", { groups: ["team"] });
  made = await service.addToken(userId);
});
afterEach(() => service.close());

const post = (url: string, body: unknown) => service.call({ method: "POST", url, as: null, body });

describe("a TokenReview", () => {
  test.each(["authentication.k8s.io/v1", "authentication.k8s.io/v1beta1"])(
    "of %s is answered as such",
    async (apiVersion) => {
      const answer = await post("/authenticate/token", {
        apiVersion,
        kind: "TokenReview",
        spec: { token: made.token },
      });
      expect(answer.statusCode).toBe(200);
      expect(answer.headers["content-type"]).toMatch(/^application\/json/);
      expect(answer.json()).toEqual({
        apiVersion,
        kind: "TokenReview",
        status: {
          authenticated: true,
          user: {
            username: "alice",
            uid: userId,
            groups: ["team"],
            extra: { "kaas.rackspace.com/token-id": [made.id] },
          },
        },
      });
    },
  );

  test("of no version, as the reference has it, is one of v1beta1", async () => {
    const answer = await post("/authenticate/token", { spec: { token: made.token } });
    expect(answer.json()).toMatchObject({
      apiVersion: "authentication.k8s.io/v1beta1",
      kind: "TokenReview",
      status: { authenticated: true, user: { username: "alice" } },
    });
  });

  test("as an API server sends it, with fields that it does not need, is answered", async () => {
    const body = {
      kind: "TokenReview",
      apiVersion: "authentication.k8s.io/v1",
      metadata: { creationTimestamp: null },
      spec: { token: made.token, audiences: ["api", "https://kubernetes.default.svc"] },
      status: { user: {} },
    };
    expect((await post("/authenticate/token", body)).json()).toMatchObject({
      status: { authenticated: true, audiences: ["api"] },
    });
  });

  test.each<[string, () => Promise<string>, string | undefined]>([
    ["garbage", () => Promise.resolve("garbage"), undefined],
    ["a service account's", () => Promise.resolve("eyJhbGciOiJSUzI1NiJ9.e30.c2ln"), undefined],
    ["one with a typing mistake", () => Promise.resolve(made.token.slice(0, -1) + "-"), undefined],
    ["an unknown one", () => Promise.resolve(formatToken(new Uint8Array(32))), "No token found"],
    [
      "a deleted one",
      async () => {
        await service.call({ method: "DELETE", url: `/tokens/${made.id}` });
        return made.token;
      },
      "Token deleted",
    ],
    [
      "an expired one",
      () => {
        service.now = START + 365 * DAY;
        return Promise.resolve(made.token);
      },
      "Token expired",
    ],
    [
      "one for another cluster",
      async () => (await service.addToken(userId, { clusters: ["other"] })).token,
      "Token is not for this cluster",
    ],
    [
      "a disabled user's",
      async () => {
        await service.call({ method: "PATCH", url: `/users/${userId}`, body: { disabled: true } });
        return made.token;
      },
      "User not found or disabled",
    ],
    [
      "a deleted user's",
      async () => {
        await service.call({ method: "DELETE", url: `/users/${userId}` });
        return made.token;
      },
      "Token deleted",
    ],
  ])("refuses %s with the error that API servers do not cache, or with none", async (_, token, error) => {
    const text = await token();
    expect(await service.review(text)).toEqual({ authenticated: false, ...(error !== undefined && { error }) });
  });

  test("for another audience is refused", async () => {
    expect(await service.review(made.token, { audiences: ["vault"] })).toMatchObject({ authenticated: false });
  });

  test("of a token that is not ours never reaches the store", async () => {
    const before = service.database.statements;
    for (const token of [
      "",
      "garbage",
      "eyJhbGciOiJSUzI1NiJ9.e30.c2ln",
      `kaas_${"0".repeat(49)}`,
      "x".repeat(60_000),
    ]) {
      expect(await service.review(token)).toEqual({ authenticated: false });
    }
    expect(service.database.statements).toBe(before);
    await service.review(made.token);
    expect(service.database.statements).toBeGreaterThan(before);
  });

  test("that cannot be decided is answered 503, and counted", async () => {
    service.database.isDown = true;
    const answer = await post("/authenticate/token", { spec: { token: made.token } });
    expect(answer.statusCode).toBe(503);
    expect(answer.json()).toMatchObject({ code: "storeUnavailable" });
    service.database.isDown = false;
    const metrics = (await service.call({ url: "/metrics" })).body.split("\n");
    expect(metrics).toContainEqual('kubernetes_auth_token_reviews_total{result="error"} 1');
  });

  test("is in the audit log, and the token is not", async () => {
    await service.review(made.token);
    await service.review("garbage");
    expect(service.audited("token-review")).toEqual([
      expect.objectContaining({ authenticated: true, token: made.id, user: userId, by: "anonymous" }),
      expect.objectContaining({ authenticated: false, refusal: "not-ours" }),
    ]);
    expect(JSON.stringify(service.log)).not.toContain(made.token);
  });

  test("is noted as the last use of the token, to the minute", async () => {
    service.now = START + 90_000;
    await service.review(made.token);
    await service.app.flush();
    expect(await service.get({ url: `/tokens/${made.id}` })).toMatchObject({ last_used: "2026-11-21T12:01:00.000Z" });
  });

  test.each([
    ["another kind", { kind: "SubjectAccessReview", spec: { token: "x" } }, "body.kind"],
    [
      "a version that there is not",
      { apiVersion: "authentication.k8s.io/v2", spec: { token: "x" } },
      "body.apiVersion",
    ],
    ["no token", { spec: {} }, "body.spec.token"],
    ["a token that is no text", { spec: { token: 5 } }, "body.spec.token"],
    ["audiences that are no list", { spec: { token: "x", audiences: "api" } }, "body.spec.audiences"],
    ["no spec", {}, "body.spec"],
  ])("of %s is no request", async (_, body, path) => {
    const answer = await post("/authenticate/token", body);
    expect(answer.statusCode).toBe(400);
    expect(answer.json()).toMatchObject({ code: "badRequest", details: [{ path }] });
  });
});

describe("a SubjectAccessReview", () => {
  const spec = { user: "alice", groups: ["team"], resourceAttributes: { verb: "delete", resource: "namespaces" } };

  test.each(["authorization.k8s.io/v1", "authorization.k8s.io/v1beta1"])(
    "of %s has no opinion by default",
    async (apiVersion) => {
      const answer = await post("/authorize", { apiVersion, kind: "SubjectAccessReview", spec });
      expect(answer.statusCode).toBe(200);
      expect(answer.json()).toEqual({ apiVersion, kind: "SubjectAccessReview", status: { allowed: false } });
    },
  );

  test("that a rule refuses is denied with its reason, and audited; rules may change meanwhile", async () => {
    service.current = {
      ...service.current,
      denyRules: [{ reason: "namespaces stay", resources: ["namespaces"], verbs: ["delete"] }],
    };
    const denied = { allowed: false, denied: true, reason: "namespaces stay" };
    expect((await post("/authorize", { spec })).json()).toMatchObject({ status: denied });
    expect(service.audited("access-denied")).toEqual([
      expect.objectContaining({ user: "alice", reason: "namespaces stay" }),
    ]);
    service.current = { ...service.current, denyRules: [] };
    expect((await post("/authorize", { spec })).json()).toMatchObject({ status: { allowed: false } });
    expect(service.audited("access-denied")).toHaveLength(1);
  });

  test("is answered while the store is down", async () => {
    service.database.isDown = true;
    expect((await post("/authorize", { spec })).statusCode).toBe(200);
  });
});
