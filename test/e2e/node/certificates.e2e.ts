import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { fixedAddressOf } from "../../../src/config/cluster-config.js";
import type { KeyPair } from "../../../src/config/secret-variables.js";
import { authorityNames, leafCertificates, type SecretsBundle } from "../../../src/pki/bundle.js";
import { prepareBundle } from "../../../src/pki/preparation.js";
import { openStackCluster } from "../../support/clusters.js";
import { runCommand } from "../support/process.js";

const config = openStackCluster({ etcd: { count: 3 } });
if (config.etcd.stacked) throw new Error("the members are to have nodes of their own");
const members = config.etcd.nodes;
const folder = mkdtempSync(join(tmpdir(), "kaas-certificates-"));

function save(name: string, text: string): string {
  const file = join(folder, name);
  writeFileSync(file, text, { mode: 0o600 });
  return file;
}

const openssl = (...args: readonly string[]) =>
  runCommand(`openssl ${args[0] ?? ""}`, "openssl", args, { cwd: folder, environment: {} });

/** openssl's own judgement of a chain, as strict as it can be. */
function verify(authority: KeyPair, leaf: KeyPair, ...options: readonly string[]): Promise<string> {
  const ca = save("ca.crt", authority.certificate);
  return openssl("verify", "-x509_strict", "-CAfile", ca, ...options, save("leaf.crt", leaf.certificate));
}

describe("openssl", () => {
  let bundle: SecretsBundle;
  beforeAll(async () => {
    ({ bundle } = await prepareBundle(config, { now: new Date() }));
  });
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  const member = (key: string) => {
    const found = bundle.etcdMembers[key];
    if (found === undefined) throw new Error(`no member ${key}`);
    return found;
  };

  it("accepts every certificate as its own authority's, and as no other's", async () => {
    const leaves = [...leafCertificates(bundle)];
    expect(leaves.length).toBe(2 * members.length + 4);
    for (const [name, { pair, issuer }] of leaves) {
      for (const other of authorityNames) {
        const verified = await verify(bundle.authorities[other], pair).then(
          () => true,
          () => false,
        );
        expect([name, other, verified]).toEqual([name, other, other === issuer]);
      }
    }
  });

  it("takes each for what it is for, and for nothing else", async () => {
    const { etcd, auth, cluster } = bundle.authorities;
    const both = [member("etcd-0").server, member("etcd-1").peer];
    for (const pair of both) {
      await verify(etcd, pair, "-purpose", "sslserver");
      await verify(etcd, pair, "-purpose", "sslclient");
    }
    for (const [authority, client] of [
      [etcd, bundle.etcdClient],
      [auth, bundle.webhookClient],
      [cluster, bundle.admin],
    ] as const) {
      await verify(authority, client, "-purpose", "sslclient");
      await expect(verify(authority, client, "-purpose", "sslserver")).rejects.toThrow("purpose");
    }
    if (bundle.authServer === undefined) throw new Error("kubernetes-auth is hosted");
    await verify(auth, bundle.authServer, "-purpose", "sslserver");
    await expect(verify(auth, bundle.authServer, "-purpose", "sslclient")).rejects.toThrow("purpose");
  });

  it("finds a member's names and addresses, and no other member's", async () => {
    const { etcd } = bundle.authorities;
    for (const node of members) {
      const { server, peer } = member(node.key);
      for (const pair of [server, peer]) {
        await verify(etcd, pair, "-verify_ip", fixedAddressOf(node));
        await verify(etcd, pair, "-verify_ip", "127.0.0.1");
        await verify(etcd, pair, "-verify_hostname", node.fqdn);
      }
    }
    const [first, second] = members;
    if (first === undefined || second === undefined) throw new Error("too few members");
    const { server } = member(first.key);
    await expect(verify(etcd, server, "-verify_ip", fixedAddressOf(second))).rejects.toThrow("mismatch");
  });

  it("reads each key, and finds it to be the certificate's", async () => {
    for (const [name, { pair }] of leafCertificates(bundle)) {
      const ofCertificate = await openssl("x509", "-in", save("leaf.crt", pair.certificate), "-noout", "-pubkey");
      const ofKey = await openssl("pkey", "-in", save("leaf.key", pair.key), "-pubout");
      expect([name, ofKey]).toEqual([name, ofCertificate]);
    }
  });

  it("accepts what was renewed from the authorities that were there before", async () => {
    const nearTheEnd = new Date(Date.now() + 360 * 86_400_000);
    const renewed = (await prepareBundle(config, { existing: bundle, now: nearTheEnd })).bundle;
    expect(renewed.authorities).toEqual(bundle.authorities);
    expect(renewed.admin).not.toEqual(bundle.admin);
    const later = ["-attime", String(Math.floor(nearTheEnd.getTime() / 1000) + 10 * 86_400)];
    await verify(bundle.authorities.cluster, renewed.admin, ...later, "-purpose", "sslclient");
    await expect(verify(bundle.authorities.cluster, bundle.admin, ...later)).rejects.toThrow("expired");
  });
});
