import { expect, test } from "@jest/globals";
import { ADMIN_TOKEN, AuthService } from "../support/auth-service.js";
import { eventually } from "../support/eventually.js";

/** The service looks for the first time within twenty seconds of its start. */
const FIRST_LOOK_SECONDS = 25;
const DAY_MILLISECONDS = 24 * 60 * 60 * 1000;

test("a token that ends soon is told of in the log by itself, also by a process that starts anew", async () => {
  const service = await AuthService.start({ settings: "tokens: {warningDays: 10}", logLevel: 1 });
  try {
    const { id: user } = await service.call<{ id: string }>("POST", "/users", { username: "alice" });
    const tokenOf = (days: number) => {
      const expiry = new Date(Date.now() + days * DAY_MILLISECONDS).toISOString();
      return service.call<{ id: string; token: string }>("POST", "/tokens", { user_id: user, expiry });
    };
    const soon = await tokenOf(9);
    await tokenOf(11);
    const told = () =>
      service.output
        .split("\n")
        .filter((line) => line.includes('"event":"token.expiring"'))
        .map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>);
    for (const times of [1, 2]) {
      await eventually(() => {
        expect(told()).toHaveLength(times);
        return Promise.resolve();
      }, FIRST_LOOK_SECONDS);
      expect(told().at(-1)).toMatchObject({ log: "audit", token: soon.id, user });
      const answer = await fetch(`${service.url}/metrics`, { headers: { "x-auth-token": ADMIN_TOKEN } });
      expect(await answer.text()).toContain("\nkubernetes_auth_tokens_expiring 1\n");
      await service.kill("SIGTERM");
      await service.resume();
    }
    expect(service.output).not.toContain(soon.token);
  } finally {
    await service.close();
  }
});
