import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { PASSWORD, ServiceUnderTest, START } from "../server/service-under-test.js";

const UNKNOWN = "7f2c1a90-0000-4000-8000-000000000000";
let service: ServiceUnderTest;
beforeEach(async () => {
  service = await ServiceUnderTest.start();
});
afterEach(() => service.close());

const create = (body: unknown) => service.call({ method: "POST", url: "/users", body });
const change = (id: string, body: unknown) => service.call({ method: "PATCH", url: `/users/${id}`, body });

describe("users", () => {
  test("are made with a name alone, as in the reference, and listed as a bare array", async () => {
    const answer = await create({ username: "alice@example.com" });
    expect(answer.statusCode).toBe(201);
    const user = answer.json();
    expect(user).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/) as unknown,
      username: "alice@example.com",
      backend: "local",
      created: new Date(START).toISOString(),
    });
    expect(await service.get({ url: "/users" })).toEqual([user]);
    expect(await service.get({ url: "/users?username=alice@example.com" })).toEqual([user]);
    expect(await service.get({ url: "/users?username=bob" })).toEqual([]);
    expect(await service.get({ url: `/users/${(user as { id: string }).id}` })).toEqual(user);
  });

  test("that are made again are the same, and keep what is not told anew", async () => {
    const id = await service.addUser("alice", { groups: ["team"], password: PASSWORD });
    expect(await service.addUser("alice")).toBe(id);
    const { token } = await service.addToken(id);
    expect(await service.review(token)).toMatchObject({ user: { groups: ["team"] } });
    await service.signIn("alice");
  });

  test("have their groups changed at once", async () => {
    const id = await service.addUser("alice", { groups: ["team"] });
    const { token } = await service.addToken(id);
    expect(await service.review(token)).toMatchObject({ user: { groups: ["team"] } });
    expect((await change(id, { groups: ["other", "admins"] })).statusCode).toBe(200);
    expect(await service.review(token)).toMatchObject({ user: { groups: ["admins", "other"] } });
  });

  test("lose their tokens with them, also when they are made again", async () => {
    const id = await service.addUser("alice");
    const { token } = await service.addToken(id);
    expect((await service.call({ method: "DELETE", url: `/users/${id}` })).statusCode).toBe(204);
    expect((await service.call({ method: "DELETE", url: `/users/${id}` })).statusCode).toBe(404);
    expect(await service.get({ url: "/users" })).toEqual([]);
    await service.addUser("alice");
    expect(await service.review(token)).toMatchObject({ authenticated: false });
  });

  test("that are deleted while they are changed can be made again", async () => {
    const id = await service.addUser("alice");
    // To hash a password takes long enough.
    const changed = change(id, { password: PASSWORD, disabled: true });
    const deleted = service.call({ method: "DELETE", url: `/users/${id}` });
    expect([(await changed).statusCode, (await deleted).statusCode]).toEqual([404, 204]);
    expect((await create({ username: "alice" })).statusCode).toBe(201);
  });

  test.each(["system:admin", "System:masters", "kubeadm:x", "rackspace:x", "eks:x", "arn:x"])(
    "are not called %s, and are in no such group",
    async (name) => {
      expect((await create({ username: name })).statusCode).toBe(400);
      expect((await create({ username: "alice", groups: [name] })).statusCode).toBe(400);
      const id = await service.addUser("alice");
      expect((await change(id, { groups: [name] })).statusCode).toBe(400);
    },
  );

  test.each([
    [{}],
    [{ username: "" }],
    [{ username: "  " }],
    [{ username: "a\nb" }],
    [{ username: "a\0b" }],
    [{ username: "x".repeat(256) }],
    [{ username: ["alice"] }],
    [{ username: "alice", password: "short" }],
    [{ username: "alice", admin: true }],
    [[{ username: "alice" }]],
    [null],
    ["alice"],
  ])("are not made of %j", async (body) => {
    expect((await create(JSON.stringify(body))).statusCode).toBe(400);
    expect(await service.get({ url: "/users" })).toEqual([]);
  });

  test("that are not there are not found", async () => {
    expect((await service.call({ url: `/users/${UNKNOWN}` })).statusCode).toBe(404);
    expect((await change(UNKNOWN, { groups: [] })).statusCode).toBe(404);
    expect((await service.call({ url: "/users/alice" })).statusCode).toBe(400);
  });

  test("whose changes are audited, what they were changed to is not", async () => {
    const id = await service.addUser("alice");
    await change(id, { password: PASSWORD });
    expect(service.audited("user.change")).toEqual([
      expect.objectContaining({ by: "administrator", user: id, changed: ["password"] }),
    ]);
    expect(JSON.stringify(service.log)).not.toContain(PASSWORD);
  });

  test("are for nobody who does not say who asks, as all the rest", async () => {
    for (const [method, url, body] of [
      ["GET", "/users", undefined],
      ["POST", "/users", { username: "x" }],
      ["GET", "/tokens", undefined],
      ["POST", "/tokens", {}],
      ["GET", "/clusters", undefined],
      ["POST", "/clusters", { name: "x" }],
    ] as const) {
      for (const as of [null, "", "wrong", "kaas-session_wrong"]) {
        const answer = await service.call({ method, url, body, as });
        expect([answer.statusCode, answer.json()]).toMatchObject([401, { code: "noCredentials" }]);
      }
    }
  });
});
