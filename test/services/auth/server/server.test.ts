import { connect } from "node:net";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { errorCatalogue } from "../../../../src/services/auth/errors.js";
import { ServiceUnderTest } from "./service-under-test.js";

let service: ServiceUnderTest;
beforeEach(async () => {
  service = await ServiceUnderTest.start();
});
afterEach(() => service.close());

const post = (url: string, body: string, headers: Record<string, string> = {}) =>
  service.call({ method: "POST", url, body, headers });

describe("a body", () => {
  test.each([
    "application/json",
    "application/x-www-form-urlencoded",
    "text/plain",
    "application/vnd.kubernetes.protobuf",
    "multipart/form-data; boundary=x",
    "application/json; charset=latin1",
    "nonsense",
  ])("is JSON when it is called %s", async (type) => {
    const answer = await post("/users", '{"username": "alice"}', { "content-type": type });
    expect(answer.statusCode).toBe(201);
  });

  test("is JSON when it is not called anything", async () => {
    expect((await post("/users", '{"username": "alice"}')).statusCode).toBe(201);
  });

  test.each([
    "{",
    "username=alice",
    "[1,]",
    "\u0000",
    '{"__proto__": {"username": "alice"}}',
    '{"constructor": {"prototype": 1}}',
  ])("is refused when it is %s", async (body) => {
    const answer = await post("/users", body);
    expect(answer.statusCode).toBe(400);
    expect(["notJson", "badRequest"]).toContain((answer.json() as { code: string }).code);
  });

  test.each([
    '{"__proto__": {}, "spec": {"token": "x"}}',
    '{"constructor": {"prototype": {}}, "spec": {"token": "x"}}',
  ])("says nothing of prototypes, where other fields are let pass: %s", async (body) => {
    const answer = await post("/authenticate/token", body);
    expect([answer.statusCode, answer.json()]).toMatchObject([400, { code: "notJson" }]);
  });

  test("holds at most 64 KiB, whether or not it says so", async () => {
    const of = (size: number) => `{"spec":{"token":"${"x".repeat(size - 21)}"}}`;
    expect(of(100)).toHaveLength(100);
    expect((await post("/authenticate/token", of(64 * 1024))).statusCode).toBe(200);
    for (const headers of [{}, { "transfer-encoding": "chunked" }]) {
      const answer = await post("/authenticate/token", of(64 * 1024 + 1), headers);
      expect([answer.statusCode, answer.json()]).toMatchObject([413, { code: "tooLarge" }]);
    }
  });

  test("may be as deep as it likes", async () => {
    const depth = 20_000;
    const bomb = `{"spec":{"token":"x","audiences":${"[".repeat(depth)}${"]".repeat(depth)}}}`;
    expect((await post("/authenticate/token", bomb)).statusCode).toBe(400);
  });
});

describe("an answer that is no success", () => {
  test("has a code of the catalogue, a message and the request's id", async () => {
    const answer = await service.call({ url: "/nowhere" });
    expect(answer.statusCode).toBe(404);
    expect(answer.headers["content-type"]).toMatch(/^application\/json/);
    expect(answer.json()).toEqual({
      code: "notFound",
      message: errorCatalogue.notFound.message,
      request_id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-z]+$/) as unknown,
    });
  });

  test("of a store that is down is 503, in the log with its cause, and over when the store is back", async () => {
    service.database.isDown = true;
    for (const url of ["/users", "/tokens", "/clusters", "/readyz"]) {
      const answer = await service.call({ url });
      expect([answer.statusCode, answer.json()]).toMatchObject([503, { code: "storeUnavailable" }]);
      const { request_id: id } = answer.json() as { request_id: string };
      expect(service.log).toContainEqual(expect.objectContaining({ level: "error", reqId: id }));
    }
    expect((await service.call({ url: "/healthz" })).statusCode).toBe(200);
    expect((await service.call({ url: "/metrics" })).body).toContain("\nkubernetes_auth_store_up 0");
    service.database.isDown = false;
    expect((await service.call({ url: "/readyz" })).statusCode).toBe(200);
    expect((await service.call({ url: "/metrics" })).body).toContain("\nkubernetes_auth_store_up 1");
  });

  test.each(["GET", "DELETE", "PATCH"] as const)("is given to %s where there is only POST", async (method) => {
    expect((await service.call({ method, url: "/authorize" })).statusCode).toBe(404);
  });

  test.each(["/users/%zz", "/%", "//users", "/tokens?limit=%zz", "/users/..%2f..%2fetc", "/tokens?user_id[]=x"])(
    "is given to %s",
    async (url) => {
      const { statusCode } = await service.call({ url });
      expect([400, 404]).toContain(statusCode);
    },
  );

  test("tells a broken request so", async () => {
    const { port } = service.address;
    const answerTo = (text: string) =>
      new Promise<string>((resolve) => {
        let answer = "";
        const socket = connect(port, "127.0.0.1", () => socket.end(text));
        socket.on("data", (chunk) => (answer += chunk.toString()));
        socket.on("close", () => {
          resolve(answer);
        });
      });
    expect(await answerTo("NONSENSE\r\n\r\n")).toMatch(/^HTTP\/1\.1 400 /);
    expect(await answerTo(`GET / HTTP/1.1\r\nHost: x\r\nX: ${"x".repeat(20_000)}\r\n\r\n`)).toMatch(/^HTTP\/1\.1 431 /);
    expect(await answerTo("POST /users HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n")).toMatch(
      /^HTTP\/1\.1 400 /,
    );
    expect((await service.call({ url: "/healthz" })).body).toBe("ok");
  });
});

describe("the service", () => {
  test("describes itself with every address that it has", async () => {
    const { paths } = await service.get<{ paths: Record<string, object> }>({ url: "/openapi.json" });
    const described = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(described).toEqual(
      expect.arrayContaining([
        ...["POST /authenticate/token", "POST /authorize", "POST /sign-in", "DELETE /sign-in"],
        ...["GET /users", "POST /users", "GET /users/{id}", "PATCH /users/{id}", "DELETE /users/{id}"],
        ...["GET /tokens", "POST /tokens", "GET /tokens/{id}", "PATCH /tokens/{id}", "DELETE /tokens/{id}"],
        ...["GET /clusters", "POST /clusters", "PATCH /clusters/{id}", "DELETE /clusters/{id}"],
      ]),
    );
  });

  test("counts requests by the route's pattern: an id makes no new series", async () => {
    for (const id of ["7f2c1a90-0000-4000-8000-000000000000", "7f2c1a90-0000-4000-8000-000000000001"]) {
      await service.call({ url: `/tokens/${id}` });
      await service.call({ url: `/nowhere-${id}` });
    }
    const lines = (await service.call({ url: "/metrics" })).body.split("\n");
    expect(lines).toContainEqual('kubernetes_auth_http_requests_total{route="/tokens/:id",method="GET",code="404"} 2');
    expect(lines).toContainEqual('kubernetes_auth_http_requests_total{route="none",method="GET",code="404"} 2');
  });

  test("answers whatever it is sent with no defect", async () => {
    const urls = ["/authenticate/token", "/authorize", "/sign-in", "/users", "/tokens", "/clusters"];
    const userId = await service.addUser("alice");
    const ids = [userId, (await service.addToken(userId)).id];
    const field = fc.constantFrom(
      ...["spec", "token", "audiences", "username", "password", "groups", "user_id", "expiry", "clusters", "name"],
      ...["role_scope", "project", "kubeconfig", "description", "apiVersion", "kind", "resourceAttributes", "disabled"],
    );
    const { body } = fc.letrec((tie) => ({
      body: fc.oneof(
        { depthSize: "small" },
        fc.jsonValue(),
        fc.constantFrom(...ids, "2027-01-01T00:00:00Z", "9999-12-31T23:59:59+23:59", "demo", "a\0b", "\ud800"),
        fc.dictionary(field, tie("body")),
        fc.array(tie("body"), { maxLength: 3 }),
      ),
    }));
    const cases = fc.record({
      method: fc.constantFrom("GET", "POST", "PATCH", "DELETE"),
      url: fc.oneof(
        fc.constantFrom(...urls),
        fc.tuple(fc.constantFrom(...urls), fc.constantFrom(...ids, "x")).map(([url, id]) => `${url}/${id}`),
        fc
          .tuple(fc.constantFrom(...urls), fc.webQueryParameters())
          .map(([url, query]) => `${url}?${encodeURI(query)}&limit=5`),
      ),
      body,
    });
    await fc.assert(
      fc.asyncProperty(cases, async (call) => {
        const withBody = call.method === "GET" ? { ...call, body: undefined } : call;
        const answer = await service.call(withBody);
        expect(answer.statusCode).toBeLessThan(500);
      }),
      { numRuns: 300 },
    );
  });
});
