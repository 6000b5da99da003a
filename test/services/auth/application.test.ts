import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { ServiceUnderTest, START } from "./server/service-under-test.js";

const DAY_MILLISECONDS = 24 * 60 * 60 * 1000;

let service: ServiceUnderTest;
beforeEach(async () => {
  service = await ServiceUnderTest.start();
});
afterEach(() => service.close());

const gauge = async () => {
  const { body } = await service.call({ url: "/metrics" });
  return /^kubernetes_auth_tokens_expiring (\d+)$/m.exec(body)?.[1];
};

test("the audit log tells of tokens that end soon, once and without their values, and the metrics how many they are", async () => {
  const user = await service.addUser("alice");
  const inDays = (days: number) => new Date(START + days * DAY_MILLISECONDS).toISOString();
  const soon = await service.addToken(user, { expiry: inDays(29) });
  await service.addToken(user, { expiry: inDays(31) });
  await service.review(soon.token);
  await service.app.flush();
  await service.app.warnOfExpiry();
  await service.app.warnOfExpiry();
  expect(service.audited("token.expiring")).toEqual([
    expect.objectContaining({
      log: "audit",
      by: "kubernetes-auth",
      token: soon.id,
      user,
      expiry: inDays(29),
      lastUsed: inDays(0),
    }),
  ]);
  expect(JSON.stringify(service.log)).not.toContain(soon.token);
  expect(await gauge()).toBe("1");

  service.now += 2 * DAY_MILLISECONDS;
  await service.app.warnOfExpiry();
  expect(service.audited("token.expiring")).toHaveLength(2);
  expect(await gauge()).toBe("2");
});

test("how long before its end a token is told of may change while the service runs", async () => {
  await service.addToken(await service.addUser("alice"), {
    expiry: new Date(START + 50 * DAY_MILLISECONDS).toISOString(),
  });
  await service.app.warnOfExpiry();
  expect(await gauge()).toBe("0");
  service.current = { ...service.current, warningDays: 60 };
  await service.app.warnOfExpiry();
  expect(await gauge()).toBe("1");
});
