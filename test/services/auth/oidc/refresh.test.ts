import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import * as client from "openid-client";
import { IssuerUnderTest, WEB_SECRET } from "./issuer-under-test.js";

let issuer: IssuerUnderTest;
let aliceId: string;
beforeEach(async () => {
  issuer = await IssuerUnderTest.start();
  aliceId = await issuer.addAlice();
});
afterEach(() => issuer.close());

const start = async () => {
  const configuration = await issuer.discover();
  const browser = issuer.browser();
  const tokens = await issuer.tokens(configuration, browser);
  return {
    configuration,
    browser,
    tokens,
    refresh: (token = tokens.refresh_token ?? "") => client.refreshTokenGrant(configuration, token),
  };
};
const REFUSED = { error: "invalid_grant" };
/** What the directory knows holds for a minute. */
const later = () => {
  issuer.service.now += 61_000;
};
const change = (fields: object) => issuer.service.get({ method: "PATCH", url: `/users/${aliceId}`, body: fields });

describe("a refresh token", () => {
  test("gives new tokens and another one in its place", async () => {
    const { tokens, refresh } = await start();
    const second = await refresh();
    expect(second.claims()).toMatchObject({ sub: aliceId, groups: ["admins", "developers"] });
    expect(second.refresh_token).not.toBe(tokens.refresh_token);
    expect((await refresh(second.refresh_token)).refresh_token).toBeDefined();
  });

  test("that is used again ends everything that came of the same sign-in", async () => {
    const { configuration, tokens, refresh } = await start();
    const second = await refresh();
    await expect(refresh(tokens.refresh_token)).rejects.toMatchObject(REFUSED);
    await expect(refresh(second.refresh_token)).rejects.toMatchObject(REFUSED);
    for (const { access_token: token } of [tokens, second]) {
      await expect(client.fetchUserInfo(configuration, token, aliceId)).rejects.toThrow();
    }
    expect(issuer.audited("oidc.grant-ended")).toMatchObject([{ by: `user:${aliceId}`, client: "web" }]);
  });

  test("that is used many times at once is used once at most, and ends then", async () => {
    const { refresh } = await start();
    const answers = await Promise.allSettled(Array.from({ length: 8 }, () => refresh()));
    const given = answers.flatMap((answer) => (answer.status === "fulfilled" ? [answer.value] : []));
    expect(given.length).toBeLessThanOrEqual(1);
    for (const { refresh_token: token } of given) await expect(refresh(token)).rejects.toMatchObject(REFUSED);
  });

  test("of another client is none", async () => {
    const { tokens } = await start();
    const headlamp = await issuer.discover("headlamp", "the secret of another client");
    await expect(client.refreshTokenGrant(headlamp, tokens.refresh_token ?? "")).rejects.toMatchObject(REFUSED);
  });

  test("gives the groups that the user has now", async () => {
    const { refresh } = await start();
    await change({ groups: ["guests"] });
    expect((await refresh()).claims()?.["groups"]).toEqual(["guests"]);
  });

  test("gives nothing to a user who is disabled, and never again", async () => {
    const { configuration, tokens, refresh } = await start();
    await change({ disabled: true });
    later();
    await expect(refresh()).rejects.toMatchObject(REFUSED);
    await expect(client.fetchUserInfo(configuration, tokens.access_token, aliceId)).rejects.toThrow();
    await change({ disabled: false });
    later();
    await expect(refresh()).rejects.toMatchObject(REFUSED);
    expect(issuer.audited("oidc.user-ended")).toMatchObject([{ by: `user:${aliceId}`, clients: ["web"] }]);
  });

  test("gives nothing to a user who was deleted, not even when the user is one again", async () => {
    const { refresh } = await start();
    await issuer.service.get({ method: "DELETE", url: `/users/${aliceId}` });
    await expect(refresh()).rejects.toMatchObject(REFUSED);
    expect(await issuer.addAlice()).toBe(aliceId);
    await expect(refresh()).rejects.toMatchObject(REFUSED);
  });

  test("ends when the client gives it back", async () => {
    const { configuration, tokens, refresh } = await start();
    await client.tokenRevocation(configuration, tokens.refresh_token ?? "");
    await expect(refresh()).rejects.toMatchObject(REFUSED);
  });

  test("is kept in the store under a hash, what belongs to it cannot be read there, and the log has none of it", async () => {
    const { tokens } = await start();
    const rows = await issuer.service.database.all("SELECT * FROM oidc_records");
    expect(rows.length).toBeGreaterThan(3);
    const kept = rows
      .flatMap((row) => Object.values(row))
      .map((value) => (value instanceof Uint8Array ? Buffer.from(value).toString("latin1") : String(value)));
    const given = [tokens.refresh_token, tokens.access_token, tokens.id_token];
    for (const secret of [...given, "alice", "openid"]) {
      expect(kept.filter((value) => value.includes(secret ?? ""))).toEqual([]);
    }
    const log = JSON.stringify(issuer.service.log);
    for (const secret of [...given, WEB_SECRET]) expect(log).not.toContain(secret);
  });

  test("is forgotten with everything else when it has ended", async () => {
    await start();
    issuer.service.now += 8 * 24 * 60 * 60 * 1000;
    await issuer.service.app.purge();
    expect(await issuer.service.database.all("SELECT * FROM oidc_records")).toEqual([]);
  });
});

describe("without offline_access a sign-in ends with the browser's", () => {
  const signOut = async (browser: ReturnType<IssuerUnderTest["browser"]>) => {
    const page = await browser.open("/oidc/sign-out");
    return browser.submit(page, { logout: "yes" });
  };

  test("when the user signs out", async () => {
    const { browser, refresh } = await start();
    await signOut(browser);
    await expect(refresh()).rejects.toMatchObject(REFUSED);
  });

  test("and with it does not", async () => {
    const configuration = await issuer.discover();
    const browser = issuer.browser();
    const parameters = { scope: "openid offline_access", prompt: "consent" };
    const tokens = await issuer.tokens(configuration, browser, parameters);
    await signOut(browser);
    const again = await client.refreshTokenGrant(configuration, tokens.refresh_token ?? "");
    expect(again.claims()?.sub).toBe(aliceId);
  });
});
