import { Agent } from "node:http";
import { connect } from "node:net";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import fc from "fast-check";
import { AuthService } from "../support/auth-service.js";
import { eventually } from "../support/eventually.js";
import { HOST } from "../support/loopback-server.js";
import { arbitraryCase, NAMES, PASSWORD, type Case, type World } from "./fuzz/cases.js";
import { operationAt, operationsOf, type Operation } from "./fuzz/operations.js";
import { statusOf } from "./fuzz/status-of.js";

/** Fewer for a first look: not every operation is accepted then. */
const CASES = Number(process.env["KAAS_AUTH_FUZZ_CASES"] ?? 100_000);
/** Sent at the same time. */
const BATCH = 50;
/** To sign in costs much: that is done for every so many cases. */
const SESSION_CASES = 2000;
/** Signs in only here. */
const SESSION_USER = "dora";
const MIB = 1024 * 1024;
/**
 * What is held at the end, to what was at the first quarter. A KiB that stays behind of every request would make it more than
 * two; what differs by itself are the database's pages in memory, of which there is a fixed number.
 */
const MEMORY_GROWTH = 1.25;

let service: AuthService;
let operations: readonly Operation[];
let world: World;
let username: string = NAMES[0];
let sent = 0;
const agent = new Agent({ keepAlive: true, maxSockets: BATCH });
beforeAll(async () => {
  service = await AuthService.start({
    modules: ["memory-report.ts"],
    settings: `trustedProxies: [${HOST}/32]`,
  });
  operations = operationsOf(await service.call("GET", "/openapi.json"));
  for (const username of [...NAMES, SESSION_USER])
    await service.call("POST", "/users", { username, password: PASSWORD });
  await renewWorld(true);
});
afterAll(async () => {
  agent.destroy();
  await service.close();
});

/** Cases delete and disable what there is: then there is something again. */
async function renewWorld(withSession: boolean): Promise<void> {
  interface Made {
    readonly id: string;
  }
  const addUser = () => service.call<Made>("POST", "/users", { username });
  const { id: user } = await addUser().catch(() => {
    // It is disabled: others of that name there are enough.
    username = `alice-${sent}`;
    return addUser();
  });
  const made = await service.call<Made & { token: string }>("POST", "/tokens", { user_id: user });
  await service.call("POST", "/clusters", { name: "demo" }).catch(() => undefined);
  const [cluster] = await service.call<readonly Made[]>("GET", "/clusters?name=demo");
  const session = withSession ? await signIn() : world.session;
  world = { user, token: made.id, tokenValue: made.token, cluster: cluster?.id ?? "", session };
}

/** From an address that nobody guesses from. */
async function signIn(): Promise<string> {
  const answer = await fetch(`${service.url}/sign-in`, {
    method: "POST",
    headers: { "x-forwarded-for": "192.0.2.1" },
    body: JSON.stringify({ username: SESSION_USER, password: PASSWORD }),
  });
  return ((await answer.json()) as { session: string }).session;
}

/** Bytes that are held once the garbage is collected. */
async function heldMemory(): Promise<{ readonly heldMiB: number; readonly residentMiB: number }> {
  const reports = () => [...service.output.matchAll(/^memory (\{.*\})$/gm)].map(([, report = ""]) => report);
  const before = reports().length;
  service.signal("SIGUSR2");
  const report = await eventually(() => {
    const [latest] = reports().slice(before);
    if (latest === undefined) throw new Error("the service does not tell of its memory");
    return Promise.resolve(latest);
  });
  const { heapUsed, external, rss } = JSON.parse(report) as NodeJS.MemoryUsage;
  return { heldMiB: (heapUsed + external) / MIB, residentMiB: rss / MIB };
}

function ask({ method, path, headers, body }: Case): Promise<number> {
  const length = "transfer-encoding" in headers ? {} : { "content-length": Buffer.byteLength(body) };
  const { host, port } = service.address;
  return statusOf("http", { host, port, agent, method, path, headers: { ...headers, ...length } }, body);
}

test(`${CASES} requests of every kind: none finds a defect, and memory stays flat`, async () => {
  const statuses = new Map<number, number>();
  const reached = new Map(operations.map(({ name }) => [name, { sent: 0, accepted: 0, refused: 0 }]));
  const memory: Awaited<ReturnType<typeof heldMemory>>[] = [];
  const count = ({ method, path }: Case, status: number) => {
    statuses.set(status, (statuses.get(status) ?? 0) + 1);
    const counts = reached.get(operationAt(operations, method, path)?.name ?? "");
    if (counts === undefined) return;
    counts.sent += 1;
    if (status >= 200 && status < 300) counts.accepted += 1;
    if (status >= 400) counts.refused += 1;
  };
  const batches = fc.array(
    arbitraryCase(operations, () => world),
    { minLength: BATCH, maxLength: BATCH, size: "max" },
  );
  const started = performance.now();
  await fc.assert(
    fc.asyncProperty(batches, async (batch) => {
      const answers = await Promise.all(batch.map((each) => ask(each)));
      for (const [index, each] of batch.entries()) count(each, answers[index] ?? 0);
      expect(batch.filter((_, index) => (answers[index] ?? 0) >= 500)).toEqual([]);
      sent += BATCH;
      if (sent % (CASES / 4) === 0) memory.push(await heldMemory());
      await renewWorld(sent % SESSION_CASES === 0);
    }),
    { numRuns: CASES / BATCH, endOnFailure: true },
  );
  const seconds = (performance.now() - started) / 1000;
  const told = [...statuses].sort(([one], [other]) => one - other).map(([status, times]) => `${status}: ${times}`);
  process.stderr.write(`  ${sent} requests in ${seconds.toFixed(0)} s; ${told.join(", ")}\n`);
  for (const [name, { sent: asked, accepted, refused }] of reached) {
    process.stderr.write(`  ${name}: ${asked} asked, ${accepted} accepted, ${refused} refused\n`);
  }
  for (const kind of ["heldMiB", "residentMiB"] as const) {
    process.stderr.write(`  ${kind} by quarters: ${memory.map((each) => each[kind].toFixed(1)).join(", ")}\n`);
  }

  expect(service.hasEnded).toBe(false);
  expect(service.output).not.toContain('"level":"error"');
  // The cases reach what they are meant for: every operation is done, and refuses.
  for (const status of [200, 201, 204, 400, 401, 404, 409, 413]) {
    expect([status, (statuses.get(status) ?? 0) > 10]).toEqual([status, true]);
  }
  const missed = [...reached].filter(
    ([, { sent: asked, accepted, refused }]) => asked < CASES / 1000 || accepted === 0 || refused === 0,
  );
  expect(missed).toEqual([]);
  expect((statuses.get(0) ?? 0) / sent).toBeLessThan(0.05);
  const [first, , , last] = memory;
  expect((last?.heldMiB ?? Number.NaN) / (first?.heldMiB ?? Number.NaN)).toBeLessThan(MEMORY_GROWTH);
  expect((last?.residentMiB ?? Number.NaN) / (first?.residentMiB ?? Number.NaN)).toBeLessThan(MEMORY_GROWTH);
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
  expect(await ask({ method: "GET", path: "/healthz", headers: {}, body: "" })).toBe(200);
});
