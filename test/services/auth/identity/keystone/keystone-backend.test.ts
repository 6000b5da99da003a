import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { BackendUnavailableError } from "../../../../../src/services/auth/identity/identity-backend.js";
import { KeystoneBackend } from "../../../../../src/services/auth/identity/keystone/keystone-backend.js";
import { keystoneSettings } from "../../../../../src/services/auth/identity/keystone/keystone-settings.js";

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

const SERVICE_PASSWORD = "the-service-password";
const USER_PASSWORD = "the-password-of-alice";
const LIFETIME_SECONDS = 3600;
const credentials = { type: "password", username: "alice", password: USER_PASSWORD } as const;

/** What a Keystone answers that knows alice. What real ones answer is shown in the end-to-end tests. */
let answers: Record<string, Answer>;
let requests: string[];
let connections: Socket[];
let clock: number;
let server: Server;
let backend: KeystoneBackend;

const json =
  (body: unknown, status = 200, headers = {}): Answer =>
  (_, response) => {
    response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(body));
  };

const signedIn = (
  name: string,
  times = { issued_at: "2026-01-01T12:00:00.000000Z", expires_at: "2026-01-01T13:00:00.000000Z" },
) =>
  json({ token: { ...times, user: { id: `id-of-${name}`, name, domain: { id: "default", name: "Default" } } } }, 201, {
    "x-subject-token": `token-${requests.length}`,
  });

beforeEach(async () => {
  requests = [];
  connections = [];
  clock = Date.parse("2031-05-05T00:00:00Z");
  answers = {
    "POST /v3/auth/tokens": (request, response) => {
      signedIn("alice")(request, response);
    },
    "GET /v3/domains": json({ domains: [{ id: "default", enabled: true }] }),
    "GET /v3/users/alice": json({ user: { id: "alice", name: "alice", domain_id: "default", enabled: true } }),
  };
  server = createServer((request, response) => {
    const name = `${request.method ?? ""} ${request.url?.split("?")[0] ?? ""}`;
    requests.push(`${name} ${request.headers["x-auth-token"]?.toString() ?? "-"}`);
    request.resume().once("end", () => {
      (answers[name] ?? json({ error: { code: 404 } }, 404))(request, response);
    });
  });
  server.on("connection", (socket) => connections.push(socket));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const settings = keystoneSettings.parse({
    type: "keystone",
    url: `http://127.0.0.1:${port}/v3/`,
    serviceUser: { username: "service", password: { env: "P" } },
    timeoutSeconds: 1.5,
    refusalMilliseconds: 200,
  });
  backend = new KeystoneBackend({ settings, servicePassword: SERVICE_PASSWORD, now: () => clock });
});

afterEach(async () => {
  await backend.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const signIns = () => requests.filter((request) => request.startsWith("POST"));
const unavailable = async (promise: Promise<unknown>) => {
  const error: unknown = await promise.catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(BackendUnavailableError);
  return error as BackendUnavailableError;
};

describe("an answer that cannot be Keystone's decision makes it unavailable:", () => {
  const strange: Readonly<Record<string, Answer>> = {
    "500": json({ error: { code: 500 } }, 500),
    "503": json({}, 503),
    "429": json({ error: { code: 429 } }, 429),
    "403": json({ error: { code: 403 } }, 403),
    "a redirection": json({}, 302, { location: "http://127.0.0.1:1/" }),
    "a proxy's 404": (_, response) => response.writeHead(404).end("<html>Not Found</html>"),
    "a proxy's 401": (_, response) => response.writeHead(401).end("<html>Who are you?</html>"),
    "no JSON": (_, response) => response.writeHead(200).end("<html>"),
    "JSON of another shape": json({ user: { id: 1 }, token: {} }, 200, { "x-subject-token": "t" }),
    nothing: () => undefined,
    "half an answer": (_, response) => {
      response.writeHead(200, { "content-length": 100 }).write("{");
      response.socket?.end();
    },
    "an answer without an end": (_, response) => response.writeHead(200).write("{"),
    "more than 4 MiB": (_, response) => response.writeHead(200).end(`"${"x".repeat(4 * 1024 * 1024)}"`),
    "a closed connection": (_, response) => response.socket?.destroy(),
  };

  test.each(Object.keys(strange))("%s", async (name) => {
    const answer = strange[name] ?? json({});
    answers["GET /v3/users/alice"] = answer;
    await unavailable(backend.find("alice"));
    answers["POST /v3/auth/tokens"] = answer;
    await unavailable(backend.signIn(credentials));
  });

  test("and is read no further than its greatest length", async () => {
    answers["GET /v3/users/alice"] = strange["more than 4 MiB"] ?? json({});
    expect((await unavailable(backend.find("alice"))).message).toContain("more than 4194304 bytes");
  });

  test("and what it says holds no secret", async () => {
    answers["GET /v3/users/alice"] = json({ echo: SERVICE_PASSWORD }, 500);
    const texts = [await unavailable(backend.find("alice"))];
    answers["POST /v3/auth/tokens"] = json({ token: { echo: USER_PASSWORD } }, 201, {
      "x-subject-token": "secret-token",
    });
    texts.push(await unavailable(backend.signIn(credentials)));
    for (const error of texts) {
      const text = JSON.stringify([error.message, error.stack, String(error.cause), error]);
      for (const secret of [SERVICE_PASSWORD, USER_PASSWORD, "secret-token", "token-1"])
        expect(text).not.toContain(secret);
    }
  });
});

describe("a refusal", () => {
  test.each([400, 401, 404])("with %d is one of the credentials", async (code) => {
    answers["POST /v3/auth/tokens"] = json({ error: { code } }, code);
    expect(await backend.signIn(credentials)).toBeUndefined();
  });

  test("comes no sooner than the settings say, and a success at once", async () => {
    const took = async () => {
      const start = performance.now();
      await backend.signIn(credentials);
      return performance.now() - start;
    };
    expect(await took()).toBeLessThan(190);
    answers["POST /v3/auth/tokens"] = json({ error: { code: 401 } }, 401);
    expect(await took()).toBeGreaterThanOrEqual(199);
  });
});

describe("the token of the service", () => {
  test("is fetched once for all who need it at the same time, and kept", async () => {
    await Promise.all([
      backend.find("alice"),
      backend.find("alice"),
      backend.findByName("alice").catch(() => undefined),
    ]);
    await backend.find("alice");
    expect(signIns()).toHaveLength(1);
  });

  test("is renewed before its end, by the time that it lives and not by Keystone's clock", async () => {
    await backend.find("alice");
    clock += (LIFETIME_SECONDS - 301) * 1000;
    await backend.find("alice");
    expect(signIns()).toHaveLength(1);
    clock += 1000;
    await backend.find("alice");
    expect(signIns()).toHaveLength(2);
  });

  test("that lives shortly is renewed halfway", async () => {
    const times = { issued_at: "2026-01-01T12:00:00.000000Z", expires_at: "2026-01-01T12:01:00.000000Z" };
    answers["POST /v3/auth/tokens"] = (request, response) => {
      signedIn("service", times)(request, response);
    };
    await backend.find("alice");
    clock += 29_000;
    await backend.find("alice");
    expect(signIns()).toHaveLength(1);
    clock += 1000;
    await backend.find("alice");
    expect(signIns()).toHaveLength(2);
  });

  test("that is refused is fetched again, once for each question", async () => {
    await backend.find("alice");
    const accept = answers["GET /v3/users/alice"] ?? json({});
    answers["GET /v3/users/alice"] = (request, response) => {
      const isOld = request.headers["x-auth-token"] === "token-1";
      (isOld ? json({ error: { code: 401 } }, 401) : accept)(request, response);
    };
    expect(await backend.find("alice")).toMatchObject({ username: "alice" });
    expect(signIns()).toHaveLength(2);
    answers["GET /v3/users/alice"] = json({ error: { code: 401 } }, 401);
    await unavailable(backend.find("alice"));
    expect(signIns().length).toBeLessThanOrEqual(4);
  });

  test("is not asked for again at once when the service user is refused: its account would be locked", async () => {
    answers["POST /v3/auth/tokens"] = json({ error: { code: 401 } }, 401);
    for (let round = 0; round < 3; round += 1) await unavailable(backend.find("alice"));
    expect(signIns()).toHaveLength(1);
    clock += 5000;
    await unavailable(backend.find("alice"));
    expect(signIns()).toHaveLength(2);
  });
});

test("connections are kept, and one that the server ends is replaced unnoticed", async () => {
  await backend.find("alice");
  const first = connections.length;
  await backend.find("alice");
  expect(connections).toHaveLength(first);
  const known = answers["GET /v3/users/alice"] ?? json({});
  let ended = 0;
  answers["GET /v3/users/alice"] = (request, response) => {
    answers["GET /v3/users/alice"] = known;
    ended += 1;
    response.socket?.resetAndDestroy();
  };
  expect(await backend.find("alice")).toMatchObject({ username: "alice" });
  expect(ended).toBe(1);
});

test.each(["", "..", "../projects/x", "x?y", "x#y", "x/y", "alice\0", "x".repeat(65)])(
  "%j is nobody's id, and Keystone is not asked about it",
  async (subject) => {
    expect(await backend.find(subject)).toBeUndefined();
    expect(requests).toEqual([]);
  },
);

test("a NUL signs nobody in, and Keystone does not see it", async () => {
  expect(await backend.signIn({ ...credentials, password: "a\0b" })).toBeUndefined();
  expect(await backend.signIn({ ...credentials, username: "alice\0" })).toBeUndefined();
  expect(requests).toEqual([]);
});

test("roles of another user or place are not taken, whatever the answer holds", async () => {
  const assignment = (user: string, project: string, id: string) => ({
    role: { id, name: id },
    user: { id: user },
    scope: { project: { id: project } },
  });
  answers["GET /v3/projects/here"] = json({ project: { id: "here", domain_id: "default", enabled: true } });
  answers["GET /v3/domains/default"] = json({ domain: { id: "default", enabled: true } });
  answers["GET /v3/role_assignments"] = json({
    role_assignments: [
      assignment("alice", "here", "taken"),
      assignment("alice", "here", "taken"),
      assignment("alice", "there", "of-another-place"),
      assignment("bob", "here", "of-another-user"),
      assignment("alice", "here", "system:masters"),
    ],
  });
  expect(await backend.find("alice", { project: "here" })).toMatchObject({ groups: ["taken"], roleNames: ["taken"] });
});
