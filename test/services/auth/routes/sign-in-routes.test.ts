import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { PASSWORD, ServiceUnderTest } from "../server/service-under-test.js";

let service: ServiceUnderTest;
beforeEach(async () => {
  service = await ServiceUnderTest.start();
  await service.addUser("alice", { password: PASSWORD });
});
afterEach(() => service.close());

const signIn = (body: unknown) => service.call({ method: "POST", url: "/sign-in", as: null, body });
const statusAs = async (as: string) => (await service.call({ url: "/tokens", as })).statusCode;

describe("signing in", () => {
  test("gives a session, which ends by itself", async () => {
    const answer = await signIn({ username: "alice", password: PASSWORD });
    expect(answer.statusCode).toBe(201);
    expect(answer.json()).toMatchObject({ expires: "2026-11-21T13:00:00.000Z", user: { username: "alice" } });
    const { session } = answer.json() as { session: string };
    service.now += 3_600_000 - 1;
    expect(await statusAs(session)).toBe(200);
    service.now += 1;
    expect(await statusAs(session)).toBe(401);
  });

  test("is over when the user signs out, is deleted, or shows something else", async () => {
    const [one, other] = [await service.signIn("alice"), await service.signIn("alice")];
    expect((await service.call({ method: "DELETE", url: "/sign-in", as: one })).statusCode).toBe(204);
    expect((await service.call({ method: "DELETE", url: "/sign-in", as: one })).statusCode).toBe(401);
    expect([await statusAs(one), await statusAs(other), await statusAs(`${other}x`)]).toEqual([401, 200, 401]);
    const [user] = await service.get<{ id: string }[]>({ url: "/users" });
    await service.get({ method: "DELETE", url: `/users/${user?.id}` });
    expect(await statusAs(other)).toBe(401);
  });

  test("leaves neither password nor session in store or log", async () => {
    const session = await service.signIn("alice");
    await signIn({ username: "alice", password: "a wrong password that nobody has" });
    const stored = JSON.stringify([
      await service.database.all("SELECT * FROM sessions"),
      await service.database.all("SELECT * FROM local_users"),
      service.log,
    ]);
    for (const secret of [session, PASSWORD, "a wrong password that nobody has"]) expect(stored).not.toContain(secret);
  });

  test("is refused alike for a wrong password and a user that there is not", async () => {
    const answers = await Promise.all([
      signIn({ username: "alice", password: "wrong" }),
      signIn({ username: "nobody", password: "wrong" }),
      signIn({ application_credential: { id: "x", secret: "wrong" } }),
    ]);
    for (const answer of answers) {
      expect(answer.statusCode).toBe(401);
      const { request_id: _, ...rest } = answer.json() as { request_id: string };
      expect(rest).toEqual({ code: "wrongCredentials", message: "user name and password do not fit together" });
    }
  });

  test("is refused to a user who is disabled", async () => {
    const [user] = await service.get<{ id: string }[]>({ url: "/users" });
    await service.get({ method: "PATCH", url: `/users/${user?.id}`, body: { disabled: true } });
    expect((await signIn({ username: "alice", password: PASSWORD })).statusCode).toBe(401);
  });

  test("is refused after ten failures, for a while, with the same answer for the right password", async () => {
    for (let failure = 0; failure < 10; failure++) {
      expect((await signIn({ username: "alice", password: "wrong" })).statusCode).toBe(401);
    }
    const locked = await signIn({ username: "alice", password: PASSWORD });
    expect(locked.statusCode).toBe(429);
    expect(locked.json()).toMatchObject({ code: "lockedOut" });
    expect(Number(locked.headers["retry-after"])).toBeGreaterThan(0);
    service.now += 15 * 60 * 1000 + 1;
    expect((await signIn({ username: "alice", password: PASSWORD })).statusCode).toBe(201);
  }, 120_000);

  test.each([
    [{}],
    [{ username: "alice" }],
    [{ username: "alice", password: "" }],
    [{ username: "alice", password: "x".repeat(1025) }],
    [{ username: ["alice"], password: PASSWORD }],
    [{ username: "alice", password: PASSWORD, otp: "1" }],
    [{ application_credential: { id: "x" } }],
  ])("takes no %j", async (body) => {
    const answer = await signIn(body);
    expect(answer.statusCode).toBe(400);
    expect(answer.body).not.toContain(PASSWORD);
  });

  test("of a store that is down is answered 503", async () => {
    service.database.isDown = true;
    expect((await signIn({ username: "alice", password: PASSWORD })).statusCode).toBe(503);
  });
});

describe("the administrators' token", () => {
  test("is compared whole", async () => {
    const shown = [undefined, "", "the-administrators-toke", "the-administrators-token ", "The-administrators-token"];
    for (const token of shown) {
      const answer = await service.call({ url: "/users", as: token ?? null });
      // Blanks at the end of a header are no part of it.
      expect(answer.statusCode).toBe(token?.endsWith(" ") === true ? 200 : 401);
    }
  });

  test("is two while one replaces the other", async () => {
    const [first, second] = ["first-token", "second-token"];
    service.current = { ...service.current, adminTokens: [first, second] };
    expect([await statusAs(first), await statusAs(second)]).toEqual([200, 200]);
    service.current = { ...service.current, adminTokens: [second] };
    expect([await statusAs(first), await statusAs(second)]).toEqual([401, 200]);
  });

  test("that comes twice is none", async () => {
    const headers = { "x-auth-token": ["the-administrators-token", "the-administrators-token"] };
    expect((await service.call({ url: "/users", as: null, headers })).statusCode).toBe(401);
  });

  test("is none when there is none", async () => {
    service.current = { ...service.current, adminTokens: [] };
    expect(await statusAs("the-administrators-token")).toBe(401);
    expect(await statusAs("")).toBe(401);
  });
});
