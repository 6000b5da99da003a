import { Agent, request } from "node:http";
import { connect } from "node:net";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import fc from "fast-check";
import { ADMIN_TOKEN, AuthService } from "../support/auth-service.js";

/** Fewer for a first look: a whole run takes some minutes. */
const CASES = Number(process.env["KAAS_AUTH_FUZZ_CASES"] ?? 10_000);
/** Sent at the same time. */
const BATCH = 50;
/** After that many everything is loaded and every cache is warm. */
const WARM = CASES / 5;
const MEMORY_GROWTH = 1.25;

let service: AuthService;
let ids: readonly string[];
const agent = new Agent({ keepAlive: true, maxSockets: BATCH });
beforeAll(async () => {
  service = await AuthService.start();
  const user = await service.call<{ id: string }>("POST", "/users", { username: "alice" });
  const token = await service.call<{ id: string; token: string }>("POST", "/tokens", { user_id: user.id });
  const cluster = await service.call<{ id: string }>("POST", "/clusters", { name: "demo" });
  ids = [user.id, token.id, cluster.id, token.token, "00000000-0000-4000-8000-000000000000"];
});
afterAll(async () => {
  agent.destroy();
  await service.close();
});

const inAMonth = () => new Date(Date.now() + 30 * 24 * 60 * 60 * 1000).toISOString();

interface Case {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string | string[]>>;
  readonly body: string;
}

function arbitraryCase(): fc.Arbitrary<Case> {
  const field = fc.constantFrom(
    ...["apiVersion", "kind", "spec", "token", "audiences", "user", "groups", "group", "resourceAttributes", "verb"],
    ...["namespace", "resource", "username", "password", "disabled", "user_id", "description", "expiry", "clusters"],
    ...[
      "name",
      "kubeconfig",
      "admin_role",
      "role_scope",
      "project",
      "domain",
      "application_credential",
      "id",
      "secret",
    ],
  );
  const trap = fc.constantFrom(
    ...[...ids, "alice", "demo", "TokenReview", "SubjectAccessReview", "authentication.k8s.io/v1", "\ud800", "a\0b"],
    ...["2027-01-01T00:00:00Z", "9999-12-31T23:59:59+23:59", "0000-01-01T00:00:00Z", "system:masters", "' OR 1=1 --"],
    ...[-1, 1e308, Number.MAX_SAFE_INTEGER, true, null, [], {}],
  );
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof(
      { depthSize: "small", withCrossShrink: true },
      trap,
      fc.jsonValue({ maxDepth: 2 }),
      fc.dictionary(field, tie("value"), { maxKeys: 6 }),
      fc.array(tie("value"), { maxLength: 4 }),
    ),
  }));
  const text = fc.oneof(
    { weight: 8, arbitrary: value.map((json) => JSON.stringify(json) as string | undefined).map((json) => json ?? "") },
    { weight: 1, arbitrary: fc.string({ unit: "binary" }) },
    { weight: 1, arbitrary: fc.constantFrom("[".repeat(30_000), '{"a":'.repeat(10_000), "x".repeat(66_000), "") },
  );
  const route = fc.constantFrom(
    ...["/authenticate/token", "/authorize", "/sign-in", "/users", "/tokens", "/clusters", "/healthz", "/readyz"],
    ...["/openapi.json", "/nowhere"],
  );
  const path = fc.oneof(
    route,
    fc.tuple(route, fc.oneof(fc.constantFrom(...ids), fc.webSegment())).map(([base, id]) => `${base}/${id}`),
    fc.tuple(route, fc.webQueryParameters()).map(([base, query]) => `${base}?${query}`),
    fc
      .tuple(route, fc.constantFrom("limit", "after", "user_id", "name", "username"), fc.webSegment())
      .map(([base, name, given]) => `${base}?${name}=${given}`),
  );
  const headers = fc.constantFrom<Case["headers"]>(
    { "x-auth-token": ADMIN_TOKEN },
    { "x-auth-token": ADMIN_TOKEN, "content-type": "application/x-www-form-urlencoded" },
    { "x-auth-token": ADMIN_TOKEN, "content-type": "no/such; ;type=" },
    { "x-auth-token": [ADMIN_TOKEN, ADMIN_TOKEN], "content-type": ["a/b", "c/d"] },
    { "x-auth-token": "wrong", "x-forwarded-for": "10.0.0.1", cookie: ["a=b", "c=d"] },
    { "x-auth-token": `kaas-session_${"A".repeat(43)}`, "content-encoding": "gzip", "accept-encoding": "br" },
    { "transfer-encoding": "chunked", range: "bytes=0-1", "if-none-match": "*" },
    { "x-auth-token": ADMIN_TOKEN, "transfer-encoding": "chunked" },
    { "x-http-method-override": "DELETE", "accept-version": "2", connection: "close" },
  );
  const method = fc.constantFrom("GET", "POST", "POST", "POST", "PATCH", "DELETE", "HEAD", "PUT", "OPTIONS");
  const anything = fc.record({ method, path, headers, body: text });

  // Requests that are right but for one field, or wholly: they get further.
  const [user, , cluster, token] = ids;
  const right = fc.constantFrom<readonly [string, string, Readonly<Record<string, unknown>>]>(
    ["POST", "/authenticate/token", { kind: "TokenReview", spec: { token, audiences: ["api"] } }],
    ["POST", "/authorize", { spec: { user: "alice", groups: ["team"], resourceAttributes: { verb: "get" } } }],
    ["POST", "/users", { username: "alice", groups: ["team"] }],
    ["PATCH", `/users/${user}`, { groups: ["team"], disabled: false }],
    ["POST", "/tokens", { user_id: user, description: "x", expiry: inAMonth(), clusters: ["demo"] }],
    ["POST", "/clusters", { name: "demo", kubeconfig: "x", admin_role: "y", role_scope: { project: "p" } }],
    ["PATCH", `/clusters/${cluster}`, { kubeconfig: "x", role_scope: null }],
    ["GET", `/tokens?user_id=${user}&limit=3`, {}],
    ["DELETE", "/sign-in", {}],
  );
  const almost = fc
    .tuple(right, fc.option(fc.nat(5)), value, headers)
    .map(([[rightMethod, rightPath, fields], index, replacement, given]): Case => {
      const name = index === null ? undefined : Object.keys(fields)[index];
      const body = name === undefined ? fields : { ...fields, [name]: replacement };
      return { method: rightMethod, path: rightPath, headers: given, body: JSON.stringify(body) };
    });
  return fc.oneof(anything, almost);
}

function statusOf({ method, path, headers, body }: Case): Promise<number> {
  return new Promise((resolve, reject) => {
    const length = "transfer-encoding" in headers ? {} : { "content-length": Buffer.byteLength(body) };
    const options = { host: service.address.host, port: service.address.port, agent };
    const sent = request({ ...options, method, path, headers: { ...headers, ...length } }, (answer) => {
      answer.resume();
      answer.on("end", () => {
        resolve(answer.statusCode ?? 0);
      });
      answer.on("error", reject);
    });
    sent.on("error", (error) => {
      // A connection that the server has just closed, after a body that it did not read.
      if (["ECONNRESET", "EPIPE"].includes((error as NodeJS.ErrnoException).code ?? "")) resolve(0);
      else reject(error);
    });
    sent.end(body);
  });
}

test(`${CASES} requests of every kind: none finds a defect, and memory stays flat`, async () => {
  const counts = new Map<number, number>();
  let sent = 0;
  let warmMiB = Number.NaN;
  const started = performance.now();
  await fc.assert(
    fc.asyncProperty(fc.array(arbitraryCase(), { minLength: BATCH, maxLength: BATCH, size: "max" }), async (batch) => {
      const statuses = await Promise.all(batch.map((each) => statusOf(each)));
      for (const status of statuses) counts.set(status, (counts.get(status) ?? 0) + 1);
      const defects = batch.filter((_, index) => (statuses[index] ?? 0) >= 500);
      sent += BATCH;
      if (sent === WARM) warmMiB = service.memoryMiB;
      expect(defects).toEqual([]);
    }),
    { numRuns: CASES / BATCH, endOnFailure: true },
  );
  const seconds = (performance.now() - started) / 1000;
  const told = [...counts].sort(([one], [other]) => one - other).map(([status, count]) => `${status}: ${count}`);
  process.stderr.write(`  ${sent} requests in ${seconds.toFixed(0)} s; ${told.join(", ")}\n`);
  process.stderr.write(
    `  memory ${warmMiB.toFixed(0)} MiB when warm, ${service.memoryMiB.toFixed(0)} MiB at the end\n`,
  );
  expect(service.hasEnded).toBe(false);
  expect(service.output).not.toContain('"level":"error"');
  // The cases reach what they are meant for.
  for (const status of [200, 201, 400, 401, 404, 409, 413]) expect(counts.get(status) ?? 0).toBeGreaterThan(10);
  expect((counts.get(0) ?? 0) / sent).toBeLessThan(0.05);
  expect(service.memoryMiB / warmMiB).toBeLessThan(MEMORY_GROWTH);
});

test("requests that are no HTTP are answered so, or closed, and the service goes on", async () => {
  const closed = (text: Uint8Array) =>
    new Promise<string>((resolve) => {
      let answer = "";
      const socket = connect(service.address.port, service.address.host, () => {
        socket.end(text);
      });
      socket.on("data", (chunk) => (answer += chunk.toString("latin1")));
      socket.on("error", () => undefined);
      socket.on("close", () => {
        resolve(answer);
      });
    });
  const line = fc.constantFrom(
    "GET / HTTP/1.1\r\n",
    "POST /users HTTP/1.1\r\n",
    "GET /users HTTP/9.9\r\n",
    "\r\n\r\n",
    "",
  );
  const header = fc.constantFrom(
    ...[
      "Host: x\r\n",
      "Content-Length: -1\r\n",
      "Content-Length: 5\r\nContent-Length: 6\r\n",
      "Transfer-Encoding: x\r\n",
    ],
    ...[
      "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n",
      " folded: x\r\n",
      "a b: c\r\n",
      "x: \u0001\r\n",
      "Expect: x\r\n",
    ],
  );
  const bytes = fc
    .tuple(line, fc.array(header), fc.uint8Array({ maxLength: 200 }))
    .map(([start, headers, rest]) =>
      Uint8Array.from(Buffer.concat([Buffer.from(`${start}${headers.join("")}\r\n`, "latin1"), rest])),
    );
  await fc.assert(
    fc.asyncProperty(bytes, async (text) => {
      const answer = await closed(text);
      expect(answer).toMatch(/^(HTTP\/1\.1 [1-4]|$)/);
    }),
    { numRuns: 2000 },
  );
  expect(await statusOf({ method: "GET", path: "/healthz", headers: {}, body: "" })).toBe(200);
});
