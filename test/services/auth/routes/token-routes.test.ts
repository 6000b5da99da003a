import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import type { Token } from "../../../../src/api/tokens.js";
import { PASSWORD, ServiceUnderTest, START } from "../server/service-under-test.js";

const DAY = 24 * 60 * 60 * 1000;
const UNKNOWN = "7f2c1a90-0000-4000-8000-000000000000";
const inDays = (days: number) => new Date(START + days * DAY).toISOString();
let service: ServiceUnderTest;
let alice: string;

beforeEach(async () => {
  service = await ServiceUnderTest.start("tokens: {defaultLifetimeDays: 365, maxLifetimeDays: 400, warningDays: 30}");
  alice = await service.addUser("alice", { password: PASSWORD });
});
afterEach(() => service.close());

const create = (body: unknown, as?: string) =>
  service.call({ method: "POST", url: "/tokens", body, ...(as !== undefined && { as }) });

describe("a token that is made", () => {
  test("is answered as the reference has it, and holds a year", async () => {
    const answer = await create({ user_id: alice });
    expect(answer.statusCode).toBe(201);
    expect(answer.json()).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/) as unknown,
      token: expect.stringMatching(/^kaas_[0-9A-Za-z]{49}$/) as unknown,
      user_id: alice,
      description: "",
      expiry: inDays(365),
      created: inDays(0),
      last_used: null,
      clusters: null,
    });
  });

  test("is shown then and never again, and its value is nowhere in the store", async () => {
    const { token, id } = await service.addToken(alice);
    for (const url of ["/tokens", `/tokens/${id}`, `/tokens?user_id=${alice}`]) {
      const { body } = await service.call({ url });
      expect(body).toContain(id);
      expect(body).not.toContain(token);
      expect(body).not.toContain('"token"');
    }
    const rows = JSON.stringify(await service.database.all("SELECT * FROM tokens"));
    expect(rows).toContain(id);
    expect(rows).not.toContain(token);
    expect(JSON.stringify(service.log)).not.toContain(token);
  });

  test("has the end, the description and the clusters that were asked for", async () => {
    const asked = { expiry: inDays(400), description: "CI", clusters: ["demo"] };
    expect((await create({ user_id: alice, ...asked })).json()).toMatchObject(asked);
  });

  test("is another one each time", async () => {
    const tokens = await Promise.all(Array.from({ length: 50 }, () => service.addToken(alice)));
    expect(new Set(tokens.map(({ token }) => token)).size).toBe(50);
  });

  test.each<[string, () => object, string]>([
    ["no user", () => ({}), "body.user_id"],
    ["a user that there is not", () => ({ user_id: UNKNOWN }), "body.user_id"],
    ["no id", () => ({ user_id: "alice" }), "body.user_id"],
    ["an end that is past", () => ({ user_id: alice, expiry: inDays(0) }), "body.expiry"],
    ["a later end than anybody gets", () => ({ user_id: alice, expiry: inDays(400.001) }), "body.expiry"],
    ["an end that is no time", () => ({ user_id: alice, expiry: "tomorrow" }), "body.expiry"],
    ["a field that there is not", () => ({ user_id: alice, expires: inDays(1) }), "body"],
    ["a description of two lines", () => ({ user_id: alice, description: "a\nb" }), "body.description"],
    ["a description with NUL", () => ({ user_id: alice, description: "a\0b" }), "body.description"],
    ["no cluster at all", () => ({ user_id: alice, clusters: [] }), "body.clusters"],
  ])("with %s is a mistake, told with its place", async (_, body, path) => {
    const answer = await create(body());
    expect(answer.statusCode).toBe(400);
    expect(answer.json()).toMatchObject({ code: "badRequest", details: [{ path }] });
  });

  test("has every mistake told", async () => {
    const answer = await create({ user_id: 5, description: 6, expiry: 7 });
    const { details } = answer.json() as { details: { path: string }[] };
    expect(details.map(({ path }) => path).sort()).toEqual(["body.description", "body.expiry", "body.user_id"]);
  });

  test("is audited", async () => {
    const { id } = await service.addToken(alice);
    expect(service.audited("token.create")).toEqual([
      expect.objectContaining({ by: "administrator", token: id, user: alice, expiry: inDays(365) }),
    ]);
  });
});

describe("a token that is there", () => {
  test("is described anew", async () => {
    const { id } = await service.addToken(alice, { description: "old" });
    const url = `/tokens/${id}`;
    expect(await service.get({ method: "PATCH", url, body: { description: "new" } })).toMatchObject({
      description: "new",
    });
    expect(await service.get({ url })).toMatchObject({ id, description: "new" });
    expect((await service.call({ method: "PATCH", url, body: { expiry: inDays(1) } })).statusCode).toBe(400);
  });

  test("is gone at once when it is deleted, from lists too, and is deleted once", async () => {
    const { id, token } = await service.addToken(alice);
    const url = `/tokens/${id}`;
    expect(await service.review(token)).toMatchObject({ authenticated: true });
    const deleted = await service.call({ method: "DELETE", url });
    expect([deleted.statusCode, deleted.body]).toEqual([204, ""]);
    expect(await service.review(token)).toMatchObject({ authenticated: false });
    expect(await service.get({ url: "/tokens" })).toEqual([]);
    for (const method of ["GET", "DELETE", "PATCH"] as const) {
      const body = method === "PATCH" ? { description: "" } : undefined;
      expect((await service.call({ method, url, body })).statusCode).toBe(404);
    }
    expect(service.audited("token.delete")).toHaveLength(1);
  });

  test.each([
    [31, undefined],
    [30, "it expires in 30 days"],
    [1.5, "it expires in 2 days"],
    [0.5, "it expires within a day"],
    [-1, "it has expired"],
  ])("%d days before its end has the warning %j", async (daysLeft, warning) => {
    await service.addToken(alice);
    service.now = START + (365 - daysLeft) * DAY;
    const [listed] = await service.get<Token[]>({ url: "/tokens" });
    expect(listed?.warning).toBe(warning);
  });

  test("is forgotten some time after its end", async () => {
    const { token } = await service.addToken(alice);
    service.now = START + (365 + 30) * DAY;
    await service.app.purge();
    expect(await service.review(token)).toMatchObject({ error: "Token expired" });
    service.now += 1;
    await service.app.purge();
    expect(await service.review(token)).toMatchObject({ error: "No token found" });
  });
});

describe("the list of tokens", () => {
  test("is a bare array, with the way to the next page in headers", async () => {
    const ids = [];
    for (let count = 0; count < 5; count++) {
      service.now++;
      ids.push((await service.addToken(alice)).id);
    }
    const seen: string[] = [];
    let url: string | undefined = `/tokens?limit=2&user_id=${alice}`;
    const sizes = [];
    while (url !== undefined) {
      const answer = await service.call({ url });
      const page = answer.json() as Token[];
      sizes.push(page.length);
      seen.push(...page.map(({ id }) => id));
      const link: string | undefined = /^<(.*)>; rel="next"$/.exec(String(answer.headers["link"]))?.[1];
      expect(answer.headers["x-next"] === undefined).toBe(link === undefined);
      if (link !== undefined) {
        const query = new URLSearchParams(link.split("?")[1]);
        expect(query.get("after")).toBe(answer.headers["x-next"]);
        expect(query.get("user_id")).toBe(alice);
      }
      url = link;
    }
    expect(sizes).toEqual([2, 2, 1]);
    expect(seen).toEqual(ids);
  });

  test("is of one user when that is asked for", async () => {
    const bob = await service.addUser("bob");
    await service.addToken(alice);
    const { id } = await service.addToken(bob);
    expect(await service.get({ url: `/tokens?user_id=${bob}` })).toEqual([expect.objectContaining({ id })]);
  });

  test.each(["limit=0", "limit=1001", "limit=many", "user_id=alice", "page=2", "limit=1&limit=2"])(
    "is not asked for with %s",
    async (query) => {
      expect((await service.call({ url: `/tokens?${query}` })).statusCode).toBe(400);
    },
  );

  test("that goes on after what is no position has ended", async () => {
    await service.addToken(alice);
    expect(await service.get({ url: "/tokens?after=x%27%20OR%201=1" })).toEqual([]);
  });
});

describe("a user who has signed in", () => {
  let bob: string;
  let bobs: string;
  let session: string;
  beforeEach(async () => {
    bob = await service.addUser("bob");
    bobs = (await service.addToken(bob)).id;
    session = await service.signIn("alice");
  });

  test("makes, lists, describes and deletes tokens of its own", async () => {
    const made = (await create({}, session)).json() as { id: string; user_id: string };
    expect(made.user_id).toBe(alice);
    expect(await service.get({ url: "/tokens", as: session })).toEqual([expect.objectContaining({ id: made.id })]);
    const url = `/tokens/${made.id}`;
    expect((await service.call({ method: "PATCH", url, as: session, body: { description: "x" } })).statusCode).toBe(
      200,
    );
    expect((await service.call({ method: "DELETE", url, as: session })).statusCode).toBe(204);
    expect(service.audited("token.create").at(-1)).toMatchObject({ by: `user:${alice}` });
  });

  test("sees and changes nothing of others", async () => {
    const url = `/tokens/${bobs}`;
    expect((await service.call({ url, as: session })).statusCode).toBe(404);
    expect((await service.call({ method: "PATCH", url, as: session, body: { description: "x" } })).statusCode).toBe(
      404,
    );
    expect((await service.call({ method: "DELETE", url, as: session })).statusCode).toBe(404);
    expect((await create({ user_id: bob }, session)).statusCode).toBe(403);
    expect((await service.call({ url: `/tokens?user_id=${bob}`, as: session })).statusCode).toBe(403);
    expect(await service.get({ url: "/tokens", as: session })).toEqual([]);
    expect(await service.get({ url })).toMatchObject({ description: "" });
  });

  test.each<["GET" | "POST" | "PATCH" | "DELETE", string, object | undefined]>([
    ["GET", "/users", undefined],
    ["GET", `/users/${UNKNOWN}`, undefined],
    ["POST", "/users", { username: "eve" }],
    ["PATCH", `/users/${UNKNOWN}`, { groups: [] }],
    ["DELETE", `/users/${UNKNOWN}`, undefined],
    ["POST", "/clusters", { name: "demo" }],
    ["PATCH", `/clusters/${UNKNOWN}`, { kubeconfig: "" }],
    ["DELETE", `/clusters/${UNKNOWN}`, undefined],
  ])("may not %s %s", async (method, url, body) => {
    const answer = await service.call({ method, url, body, as: session });
    expect(answer.statusCode).toBe(403);
    expect(answer.json()).toMatchObject({ code: "forbidden" });
  });

  test("sees the clusters", async () => {
    expect((await service.call({ url: "/clusters", as: session })).statusCode).toBe(200);
  });
});
