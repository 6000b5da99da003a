import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { ADMIN_TOKEN, AuthService } from "../support/auth-service.js";

const YEAR_MILLISECONDS = 365 * 24 * 60 * 60 * 1000;

let service: AuthService;
beforeAll(async () => {
  service = await AuthService.start();
});
afterAll(() => service.close());

test("the walk-through of the reference document works as it stands there", async () => {
  const { stdout } = await promisify(execFile)("bash", [join(import.meta.dirname, "walk-through.sh")], {
    env: {
      ...process.env,
      K8S_AUTH_URL: service.url,
      K8S_AUTH_USERNAME: "alice@example.com",
      K8S_AUTH_ADMIN_TOKEN: ADMIN_TOKEN,
    },
  });
  const [user, token, tokens, review, clusters] = stdout
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, unknown>);

  expect(user).toMatchObject({ username: "alice@example.com" });
  expect(token).toMatchObject({ user_id: user?.["id"], description: "" });
  const lifetime = Date.parse(String(token?.["expiry"])) - Date.now();
  expect(Math.abs(lifetime - YEAR_MILLISECONDS)).toBeLessThan(60_000);
  const { token: value, ...listed } = token ?? {};
  expect(value).toMatch(/^kaas_/);
  expect(tokens).toEqual([listed]);
  expect(review).toEqual({
    apiVersion: "authentication.k8s.io/v1beta1",
    kind: "TokenReview",
    status: {
      authenticated: true,
      user: {
        username: "alice@example.com",
        uid: user?.["id"],
        groups: [],
        extra: { "kaas.rackspace.com/token-id": [token?.["id"]] },
      },
    },
  });
  expect(clusters).toEqual([]);
});

test("an unknown token is refused as the reference document has it", async () => {
  // With the checksum of 256 bits that are all zero.
  const review = await service.call("POST", "/authenticate/token", { spec: { token: `kaas_${"0".repeat(43)}1AHeeq` } });
  expect(review).toMatchObject({ status: { authenticated: false, error: "No token found" } });
});
