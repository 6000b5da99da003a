import "reflect-metadata";
import { X509Certificate } from "node:crypto";
import {
  BasicConstraintsExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  X509Certificate as Parsed,
} from "@peculiar/x509";
import { describe, expect, test } from "@jest/globals";
import { authorityNames, leafCertificates } from "../../src/pki/bundle.js";
import { cluster, daysLater, makeBundle, now, soundBundle as bundle } from "./support/bundles.js";

const SERVER = "1.3.6.1.5.5.7.3.1";
const CLIENT = "1.3.6.1.5.5.7.3.2";
const parse = ({ certificate }: { readonly certificate: string }) => new X509Certificate(certificate);
const names = (certificate: X509Certificate) => certificate.subjectAltName?.split(", ") ?? [];
const keyUsages = (pem: string) => new Parsed(pem).getExtension(KeyUsagesExtension);
const leaves = [...leafCertificates(bundle)];

describe.each(authorityNames)("the authority %s", (name) => {
  const pair = bundle.authorities[name];
  const certificate = parse(pair);

  test("signs itself, certificates and lists of revoked ones, and no authority", () => {
    expect(certificate.ca).toBe(true);
    expect(certificate.verify(certificate.publicKey)).toBe(true);
    const usages = keyUsages(pair.certificate);
    expect(usages).toMatchObject({ critical: true });
    expect(usages?.usages).toBe(KeyUsageFlags.digitalSignature | KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign);
    const constraints = new Parsed(pair.certificate).getExtension(BasicConstraintsExtension);
    expect(constraints).toMatchObject({ critical: true, ca: true, pathLength: 0 });
  });

  test("is valid from before the clocks of nodes, for as long as bootstrap.yaml says", () => {
    expect(new Date(certificate.validFrom)).toEqual(new Date("2026-11-21T09:55:00Z"));
    expect(new Date(certificate.validTo)).toEqual(daysLater(3650));
  });
});

test("authorities have the names that kubeadm gives them", () => {
  expect(authorityNames.map((name) => parse(bundle.authorities[name]).subject)).toEqual([
    "CN=kubernetes",
    "CN=etcd-ca",
    "CN=front-proxy-ca",
    "CN=kubernetes-auth-ca",
  ]);
});

describe.each(leaves)("the certificate %s", (_name, { pair, issuer }) => {
  const certificate = parse(pair);
  const authority = parse(bundle.authorities[issuer]);

  test("was issued by its authority and by no other", () => {
    expect(certificate.checkIssued(authority)).toBe(true);
    expect(certificate.verify(authority.publicKey)).toBe(true);
    for (const other of authorityNames.filter((name) => name !== issuer)) {
      expect(certificate.verify(parse(bundle.authorities[other]).publicKey)).toBe(false);
    }
  });

  test("may sign nothing but its own connections", () => {
    expect(certificate.ca).toBe(false);
    expect(keyUsages(pair.certificate)).toMatchObject({ critical: true, usages: KeyUsageFlags.digitalSignature });
  });

  test("has an ECDSA P-256 key of its own", () => {
    expect(certificate.publicKey.asymmetricKeyDetails).toEqual({ namedCurve: "prime256v1" });
    expect(leaves.filter(([, other]) => other.pair.key === pair.key)).toHaveLength(1);
  });
});

test("serial numbers are positive, long and each another", () => {
  const all = [...Object.values(bundle.authorities), ...leaves.map(([, { pair }]) => pair)];
  const serials = all.map((pair) => parse(pair).serialNumber);
  for (const serial of serials) expect(serial).toMatch(/^[4-7][0-9A-F]{31}$/);
  expect(new Set(serials).size).toBe(all.length);
});

describe("a member of etcd", () => {
  test("shows each certificate as a server and as a client, by every name that it is called", () => {
    const { server, peer } = bundle.etcdMembers["etcd-1"] ?? {};
    for (const pair of [server, peer]) {
      const certificate = parse(pair ?? { certificate: "" });
      expect(certificate.subject).toBe("CN=demo-etcd-1");
      expect(certificate.keyUsage).toEqual([SERVER, CLIENT]);
      expect(names(certificate)).toEqual([
        "DNS:etcd-1.demo.example.com",
        "DNS:demo-etcd-1",
        "DNS:localhost",
        "IP Address:10.0.0.17",
        "IP Address:127.0.0.1",
      ]);
    }
  });

  test("has no certificate here when it is stacked: kubeadm makes them", async () => {
    expect((await makeBundle(cluster({ etcd: { count: undefined, stacked: true } }))).etcdMembers).toEqual({});
  });
});

test("clients are clients only, and nobody's server", () => {
  for (const pair of [bundle.etcdClient, bundle.webhookClient, bundle.admin]) {
    expect(parse(pair).keyUsage).toEqual([CLIENT]);
    expect(names(parse(pair))).toEqual([]);
  }
});

test("the webhook's client is the cluster, by an authority whose clients the API server does not take for users", () => {
  const certificate = parse(bundle.webhookClient);
  expect(certificate.subject).toBe("CN=demo");
  expect(certificate.checkIssued(parse(bundle.authorities.cluster))).toBe(false);
});

test("the administrator is in the group that kubeadm binds, not in the one that nothing can be taken from", () => {
  expect(parse(bundle.admin).subject).toBe("O=kubeadm:cluster-admins\nCN=kaas-admin");
});

describe("kubernetes-auth as a server", () => {
  test("is known by its service's names and its fixed address", () => {
    const certificate = parse(bundle.authServer ?? { certificate: "" });
    expect(certificate.keyUsage).toEqual([SERVER]);
    expect(names(certificate)).toEqual([
      "DNS:kubernetes-auth",
      "DNS:kubernetes-auth.rackspace-system",
      "DNS:kubernetes-auth.rackspace-system.svc",
      "DNS:kubernetes-auth.rackspace-system.svc.cluster.local",
      "IP Address:10.3.0.12",
    ]);
  });

  test("needs no certificate where it runs elsewhere", async () => {
    const config = cluster({ auth: { mode: "external", url: "https://auth.example.org" } });
    expect(await makeBundle(config)).not.toHaveProperty("authServer");
  });
});

describe("validity", () => {
  const end = (pair: { readonly certificate: string } | undefined) =>
    new Date(parse(pair ?? { certificate: "" }).validTo);

  test("of what stands in nodes' user-data is that of its authority", () => {
    for (const pair of [bundle.etcdMembers["etcd-0"]?.server, bundle.etcdClient, bundle.webhookClient]) {
      expect(end(pair)).toEqual(daysLater(3650));
    }
  });

  test("of what can be renewed is shorter", () => {
    expect(end(bundle.admin)).toEqual(daysLater(365));
    expect(end(bundle.authServer)).toEqual(daysLater(365));
  });

  test("never goes beyond the authority's", async () => {
    const made = await makeBundle(cluster({ pki: { caValidityDays: 400, certificateValidityDays: 400 } }));
    const { prepareBundle } = await import("../../src/pki/preparation.js");
    const config = cluster({ pki: { caValidityDays: 400, certificateValidityDays: 400 } });
    const { bundle: renewed } = await prepareBundle(config, { existing: made, now: daysLater(380) });
    expect(end(renewed.admin)).toEqual(daysLater(400));
  });

  test("may outlive 2049, after which dates are written in another form", async () => {
    const made = await makeBundle(cluster({ pki: { caValidityDays: 36500 } }), now);
    expect(end(made.authorities.etcd)).toEqual(daysLater(36500));
    expect(parse(made.etcdClient).verify(parse(made.authorities.etcd).publicKey)).toBe(true);
  });
});
