import { describe, expect, test } from "@jest/globals";
import { formatPath } from "../../src/config/diagnostics.js";
import type { SecretsBundle } from "../../src/pki/bundle.js";
import { checkBundle } from "../../src/pki/bundle-check.js";
import {
  cluster,
  daysLater,
  foreignBundle as foreign,
  now,
  secretsOf,
  soundBundle as sound,
} from "./support/bundles.js";

function findings(bundle: SecretsBundle, time = now, config = cluster()) {
  const { damage, overdue, warnings } = checkBundle(bundle, config, time);
  const texts = (all: typeof damage) => all.map(({ path, problem }) => `${formatPath(path)} ${problem ?? ""}`);
  return {
    damage: texts(damage),
    overdue: texts(overdue),
    warnings: warnings.map(({ path, message }) => `${formatPath(path)} ${message}`),
  };
}

const nothing = { damage: [], overdue: [], warnings: [] };

test("a sound bundle is sound", () => {
  expect(findings(sound)).toEqual(nothing);
});

describe("damage is named by its place", () => {
  const { admin, authorities, serviceAccount } = sound;
  const cut = (text: string) => text.slice(0, text.length / 2);
  const garbled = (text: string) => text.replace(/\n(.{8})/, "\n########");
  const WHOLE = "it was cut short or changed";

  test.each<[string, Partial<SecretsBundle>, string]>([
    ["another cluster's bundle", { cluster: "other" }, "cluster is another cluster's bundle"],
    [
      "an authority's key of another",
      { authorities: { ...authorities, etcd: { ...authorities.etcd, key: foreign.authorities.etcd.key } } },
      "authorities.etcd.key is the key of another certificate",
    ],
    [
      "a key of another certificate",
      { admin: { ...admin, key: foreign.admin.key } },
      "admin.key is the key of another certificate",
    ],
    [
      "a certificate of another authority",
      { admin: foreign.admin },
      "admin.certificate was not issued by authorities.cluster",
    ],
    [
      "a certificate cut short",
      { admin: { ...admin, certificate: cut(admin.certificate) } },
      `admin.certificate is no whole certificate: ${WHOLE}`,
    ],
    [
      "a garbled certificate",
      { admin: { ...admin, certificate: garbled(admin.certificate) } },
      `admin.certificate is no whole certificate: ${WHOLE}`,
    ],
    [
      "two certificates in one",
      { admin: { ...admin, certificate: admin.certificate + foreign.admin.certificate } },
      `admin.certificate is no whole certificate: ${WHOLE}`,
    ],
    ["a key cut short", { admin: { ...admin, key: cut(admin.key) } }, `admin.key is no whole private key: ${WHOLE}`],
    [
      "a public key of another private key",
      { serviceAccount: { ...serviceAccount, publicKey: foreign.serviceAccount.publicKey } },
      "serviceAccount.publicKey belongs to another key",
    ],
    [
      "a service account's key cut short",
      { serviceAccount: { ...serviceAccount, privateKey: cut(serviceAccount.privateKey) } },
      `serviceAccount.privateKey is no whole private key: ${WHOLE}`,
    ],
  ])("%s", (_what, change, finding) => {
    expect(findings({ ...sound, ...change })).toEqual({ ...nothing, damage: [finding] });
  });

  test("a certificate in the place of an authority", () => {
    const { damage } = findings({ ...sound, authorities: { ...authorities, frontProxy: admin } });
    expect(damage).toEqual(["authorities.frontProxy.certificate is no authority's"]);
  });

  test("an authority of another bundle: everything that it did not issue", () => {
    const { damage } = findings({ ...sound, authorities: { ...authorities, auth: foreign.authorities.auth } });
    expect(damage).toEqual([
      "webhookClient.certificate was not issued by authorities.auth",
      "authServer.certificate was not issued by authorities.auth",
    ]);
  });

  test("a time before its certificates: the clock, once for each", () => {
    const { damage } = findings(sound, daysLater(-1));
    expect(damage).toContain(
      "admin.certificate is valid only from 2026-11-21T09:55:00.000Z, and it is 2026-11-20T10:00:00.000Z here",
    );
  });

  test("all of it at once", () => {
    const bundle = {
      ...sound,
      cluster: "other",
      admin: { ...admin, key: foreign.admin.key },
      authServer: foreign.admin,
    };
    expect(findings(bundle).damage).toHaveLength(3);
  });
});

describe("overdue is", () => {
  test("what has expired, by name and day", () => {
    expect(findings(sound, daysLater(366))).toEqual({
      ...nothing,
      overdue: ["authServer expired on 2027-11-21", "admin expired on 2027-11-21"],
    });
  });

  test("what bootstrap.yaml asks for and is not there", () => {
    const { authServer: _gone, ...bundle } = sound;
    expect(findings(bundle)).toEqual({ ...nothing, overdue: ["authServer is missing"] });
    expect(findings(sound, now, cluster({ etcd: { count: 5 } })).overdue).toEqual(
      ["3.server", "3.peer", "4.server", "4.peer"].map((name) => `etcdMembers.etcd-${name} is missing`),
    );
  });

  test("what bootstrap.yaml asks for otherwise", () => {
    const config = cluster({ network: { serviceCidr: "10.4.0.0/16" } });
    expect(findings(sound, now, config)).toEqual({
      ...nothing,
      overdue: ["authServer has other names: +IP Address:10.4.0.12 -IP Address:10.3.0.12"],
    });
  });

  test("mended by preconfigure, and says so", () => {
    for (const { remedy } of checkBundle(sound, cluster(), daysLater(366)).overdue) {
      expect(remedy).toBe("kaasctl preconfigure demo renews it");
    }
  });
});

describe("an authority", () => {
  test("that ends within half a year is a warning", () => {
    expect(findings(sound, daysLater(3469)).warnings.filter((text) => text.startsWith("auth"))).toEqual([]);
    const { warnings, damage } = findings(sound, daysLater(3471));
    expect(damage).toEqual([]);
    expect(warnings).toContain("authorities.etcd ends on 2036-11-18, in 179 days, and everything that it issued");
  });

  test("that has ended is damage, said once for all that it issued", () => {
    const { damage, overdue } = findings(sound, daysLater(3651));
    expect(damage).toEqual(
      ["cluster", "etcd", "frontProxy", "auth"].map(
        (name) => `authorities.${name} expired on 2036-11-18, and everything that it issued`,
      ),
    );
    expect(overdue).toEqual([]);
  });
});

test("a certificate that ends soon is a warning", () => {
  expect(findings(sound, daysLater(340))).toEqual({
    ...nothing,
    warnings: ["authServer ends on 2027-11-21, in 25 days", "admin ends on 2027-11-21, in 25 days"],
  });
});

test("no finding shows anything secret", () => {
  const broken: SecretsBundle = {
    ...sound,
    admin: { certificate: sound.admin.key, key: sound.admin.certificate },
    serviceAccount: { publicKey: sound.serviceAccount.privateKey, privateKey: foreign.serviceAccount.privateKey },
  };
  const text = JSON.stringify(checkBundle(broken, cluster(), now));
  for (const secret of [...secretsOf(sound), ...secretsOf(foreign)]) expect(text).not.toContain(secret);
});
