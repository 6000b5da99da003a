import { setTimeout as delay } from "node:timers/promises";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { ADMIN_TOKEN, AuthService } from "../support/auth-service.js";

const PASSWORD = "correct-horse-battery-staple";
const WRONG_PASSWORD = "wrong-horse-battery-staple";
const NEW_PASSWORD = "another-horse-battery-staple";
const WRONG_ADMIN = "no-token-of-an-administrator";
const CREDENTIAL_SECRET = "secret-of-an-application-credential";

let service: AuthService;
beforeAll(async () => {
  service = await AuthService.start({ logLevel: 9 });
});
afterAll(() => service.close());

const attempt = async (...call: Parameters<AuthService["call"]>): Promise<void> => {
  await service.call(...call).catch(() => undefined);
};

test("the most verbose log tells of every flow, and holds no secret of any", async () => {
  const { id } = await service.call<{ id: string }>("POST", "/users", { username: "alice", password: PASSWORD });
  await service.call("PATCH", `/users/${id}`, { password: NEW_PASSWORD });
  const signIn = { username: "alice", password: NEW_PASSWORD };
  const { session } = await service.call<{ session: string }>("POST", "/sign-in", signIn);
  await attempt("POST", "/sign-in", { username: "alice", password: WRONG_PASSWORD });
  await attempt("POST", "/sign-in", { username: "alice", password: WRONG_PASSWORD, extra: PASSWORD });
  await attempt("POST", "/sign-in", { application_credential: { id: "x", secret: CREDENTIAL_SECRET } });
  await attempt("GET", "/users", undefined, WRONG_ADMIN);
  const made = await service.call<{ id: string; token: string }>("POST", "/tokens", {}, session);
  const review = (token: string) => service.call("POST", "/authenticate/token", { spec: { token } });
  await review(made.token);
  const mistyped = `${made.token.slice(0, -1)}-`;
  const forged = "eyJhbGciOiJSUzI1NiJ9.c2VydmljZS1hY2NvdW50.c2lnbmF0dXJl";
  for (const token of [mistyped, forged]) await review(token);
  await attempt("POST", "/authenticate/token", { spec: { token: made.token, audiences: made.token } });
  await attempt("POST", "/tokens", { user_id: made.token, [made.token]: 1 });
  await attempt("GET", `/tokens?user_id=${made.token}`);
  await attempt("GET", `/nowhere/${made.token}?token=${made.token}`);
  await attempt("POST", "/users", `{"password": "${PASSWORD}", `);
  await service.call("DELETE", `/tokens/${made.id}`);
  await review(made.token);
  await service.call("DELETE", "/sign-in", undefined, session);
  // A configuration with a mistake is told of, and not taken.
  writeFileSync(join(service.folder, "config.yaml"), `adminToken: ${ADMIN_TOKEN}\n`);
  service.signal("SIGHUP");
  await delay(1500);

  const { output } = service;
  for (const told of [
    '"token-review"',
    '"sign-in"',
    '"sign-in.refused"',
    '"token.create"',
    '"token.delete"',
    "old one stays",
  ])
    expect(output).toContain(told);
  expect(output).toContain('"level":"debug"');
  const secrets = { PASSWORD, WRONG_PASSWORD, NEW_PASSWORD, WRONG_ADMIN, ADMIN_TOKEN, CREDENTIAL_SECRET };
  for (const [name, secret] of Object.entries({ ...secrets, session, token: made.token, mistyped, forged })) {
    expect([name, output.includes(secret)]).toEqual([name, false]);
  }
});

test("the answer to a sign-in takes as long for a user that there is not as for a wrong password", async () => {
  const users = Array.from({ length: 9 }, (_, index) => `known-${index}`);
  for (const username of users) await service.call("POST", "/users", { username, password: PASSWORD });
  const signIn = async (username: string) => {
    const start = performance.now();
    const answer = await fetch(`${service.url}/sign-in`, {
      method: "POST",
      body: JSON.stringify({ username, password: WRONG_PASSWORD }),
    });
    const { request_id: _, ...told } = (await answer.json()) as { request_id: string };
    expect(answer.status).toBe(401);
    return { told, milliseconds: performance.now() - start };
  };
  const median = (values: readonly number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
  await signIn("warm-up");
  const known = [];
  const unknown = [];
  for (const username of users) {
    known.push(await signIn(username));
    unknown.push(await signIn(`un${username}`));
  }
  const times = [known, unknown].map((attempts) => median(attempts.map(({ milliseconds }) => milliseconds)));
  const [ofKnown = NaN, ofUnknown = NaN] = times;
  process.stderr.write(`  wrong password ${ofKnown.toFixed(0)} ms, no such user ${ofUnknown.toFixed(0)} ms\n`);
  expect(new Set([...known, ...unknown].map(({ told }) => JSON.stringify(told))).size).toBe(1);
  expect(ofKnown / ofUnknown).toBeGreaterThan(0.7);
  expect(ofKnown / ofUnknown).toBeLessThan(1.4);
});
