import { afterEach, expect, test } from "@jest/globals";
import { ServiceUnderTest } from "./service-under-test.js";

let service: ServiceUnderTest | undefined;
afterEach(() => service?.close());

/** Fails ten times from one address; whether another, which signed in before, is let in then. */
async function isTakenApart(yaml: string): Promise<boolean> {
  const running = await ServiceUnderTest.start(yaml);
  service = running;
  const account = { username: "alice", password: "correct horse battery staple" };
  await running.call({ method: "POST", url: "/users", body: account });
  const signIn = async (from: string, password = account.password) => {
    const headers = { "x-forwarded-for": from };
    const body = { ...account, password };
    return (await running.call({ method: "POST", url: "/sign-in", as: null, body, headers })).statusCode;
  };
  expect(await signIn("192.0.2.1")).toBe(201);
  for (let time = 0; time < 10; time += 1) expect(await signIn("198.51.100.7", "wrong")).toBe(401);
  expect(await signIn("198.51.100.7")).toBe(429);
  const status = await signIn("192.0.2.1");
  return status === 201;
}

test("where a sign-in comes from is what a trusted proxy says", async () => {
  expect(await isTakenApart("trustedProxies: [127.0.0.0/8, '::1/128']")).toBe(true);
});

test.each(["", "trustedProxies: [192.0.2.0/24]"])("it is what nobody else says (%j)", async (yaml) => {
  expect(await isTakenApart(yaml)).toBe(false);
});
