import { describe, expect, test } from "@jest/globals";
import { authorityNames, type SecretsBundle } from "../../src/pki/bundle.js";
import { checkBundle } from "../../src/pki/bundle-check.js";
import { prepareBundle } from "../../src/pki/preparation.js";
import { formatBundle, parseBundle } from "../../src/pki/stored-bundle.js";
import { cluster, daysLater, foreignBundle, now, soundBundle } from "./support/bundles.js";

/** What was done about everything that was not kept. */
async function changes(config = cluster(), time = now, existing: SecretsBundle = soundBundle) {
  const { bundle, steps } = await prepareBundle(config, { existing, now: time });
  const done = steps.filter(({ action }) => action !== "kept").map(({ secret, action }) => `${action} ${secret}`);
  return { bundle, steps, done };
}

test("everything is made at first, and the cluster is not initialised", async () => {
  const { bundle, steps } = await prepareBundle(cluster(), { now });
  expect(steps.filter(({ action }) => action !== "made")).toEqual([]);
  expect(steps.map(({ secret }) => secret)).toEqual(
    expect.arrayContaining(["authorities.auth", "serviceAccount", "etcdMembers.etcd-2.peer", "authServer", "admin"]),
  );
  expect(bundle.initialised).toBe(false);
  expect(Buffer.from(bundle.encryptionKey, "base64")).toHaveLength(32);
  expect(bundle.bootstrapToken).toMatch(/^[a-z0-9]{6}\.[a-z0-9]{16}$/);
  expect(checkBundle(bundle, cluster(), now)).toEqual({ damage: [], overdue: [], warnings: [] });
});

test("two clusters share no secret", () => {
  expect(soundBundle.encryptionKey).not.toBe(foreignBundle.encryptionKey);
  expect(soundBundle.bootstrapToken).not.toBe(foreignBundle.bootstrapToken);
  expect(soundBundle.authorities.cluster.key).not.toBe(foreignBundle.authorities.cluster.key);
});

test("a bundle that is read and prepared again is the same to the byte", async () => {
  const text = formatBundle(soundBundle, []);
  const read = parseBundle(text);
  if (!read.ok) throw new Error("not read");
  const { bundle, done } = await changes(cluster(), daysLater(100), read.bundle);
  expect(done).toEqual([]);
  expect(formatBundle(bundle, [])).toBe(text);
});

describe("what can be renewed is", () => {
  test.each([
    ["kept while 30 days are left", 334, []],
    ["renewed with less", 336, ["renewed authServer", "renewed admin"]],
    ["renewed when it has expired", 400, ["renewed authServer", "renewed admin"]],
  ])("%s", async (_rule, day, done) => {
    expect((await changes(cluster(), daysLater(day))).done).toEqual(done);
  });

  test("kept until a third of a short life is left", async () => {
    const config = cluster({ pki: { certificateValidityDays: 9 } });
    const { bundle } = await prepareBundle(config, { now });
    expect((await changes(config, daysLater(5.5), bundle)).done).toEqual([]);
    expect((await changes(config, daysLater(6.5), bundle)).done).toEqual(["renewed authServer", "renewed admin"]);
  });
});

test("a renewal keeps authorities, keys and tokens, and whether the cluster is initialised", async () => {
  const existing = { ...soundBundle, initialised: true };
  const { bundle, done } = await changes(cluster(), daysLater(360), existing);
  expect(done).not.toEqual([]);
  const { authServer: _server, admin: _admin, ...kept } = bundle;
  expect(existing).toMatchObject(kept);
  expect(bundle.admin.key).not.toBe(existing.admin.key);
});

test("what stands in user-data is not renewed before its authority ends, for that replaces nodes", async () => {
  const { steps } = await changes(cluster(), daysLater(3640));
  for (const name of ["etcdMembers.etcd-0.server", "etcdClient", "webhookClient"]) {
    expect(steps.find(({ secret }) => secret === name)?.action).toBe("kept");
  }
});

describe("bootstrap.yaml changed:", () => {
  test("a member more has certificates made, and the others keep theirs", async () => {
    const { bundle, done } = await changes(cluster({ etcd: { count: 5 } }));
    expect(done).toEqual(["3.server", "3.peer", "4.server", "4.peer"].map((name) => `made etcdMembers.etcd-${name}`));
    expect(bundle.etcdMembers).toMatchObject(soundBundle.etcdMembers);
  });

  test("a member less is dropped, and said", async () => {
    const { bundle, done } = await changes(cluster({ etcd: { count: 1 } }));
    expect(Object.keys(bundle.etcdMembers)).toEqual(["etcd-0"]);
    expect(done).toEqual(
      ["1.server", "1.peer", "2.server", "2.peer"].map((name) => `dropped etcdMembers.etcd-${name}`),
    );
  });

  test("another address renews the member's certificates, and says why", async () => {
    const { steps, done } = await changes(cluster({ network: { nodeCidr: "10.1.0.0/22" } }));
    expect(done).toHaveLength(6);
    expect(steps.find(({ secret }) => secret === "etcdMembers.etcd-0.server")).toMatchObject({
      action: "renewed",
      reason: "has other names: +IP Address:10.1.0.16 -IP Address:10.0.0.16",
    });
  });

  test("another service network renews kubernetes-auth's certificate alone", async () => {
    expect((await changes(cluster({ network: { serviceCidr: "10.4.0.0/16" } }))).done).toEqual(["renewed authServer"]);
  });

  test("kubernetes-auth elsewhere needs no certificate here", async () => {
    const config = cluster({ auth: { mode: "external", url: "https://auth.example.org" } });
    expect((await changes(config)).done).toEqual(["dropped authServer"]);
  });
});

test("a certificate of other usages or of another subject is renewed", async () => {
  const existing = { ...soundBundle, webhookClient: soundBundle.authServer ?? soundBundle.admin };
  const { steps } = await changes(cluster(), now, existing);
  expect(steps.find(({ secret }) => secret === "webhookClient")?.action).toBe("renewed");
});

test("the registry's credentials are those of the moment", async () => {
  const { bundle: first } = await prepareBundle(cluster(), { existing: soundBundle, now, registryAuth: "YTpi" });
  expect(first.registryAuth).toBe("YTpi");
  const { bundle: second, steps } = await prepareBundle(cluster(), { existing: first, now });
  expect(second).toEqual(soundBundle);
  expect(steps.at(-1)).toMatchObject({ secret: "registryAuth", action: "dropped" });
});

test("an authority is never made in the place of one that expired", async () => {
  await expect(changes(cluster(), daysLater(3651))).rejects.toThrow("damaged");
});

test("every certificate that is made says when it ends", async () => {
  const { steps } = await prepareBundle(cluster(), { now });
  const without = steps.filter(({ expires }) => expires === undefined).map(({ secret }) => secret);
  expect(without).toEqual(["serviceAccount", "encryptionKey", "bootstrapToken"]);
  expect(authorityNames.map((name) => steps.find(({ secret }) => secret === `authorities.${name}`)?.expires)).toEqual(
    authorityNames.map(() => daysLater(3650)),
  );
});
