import { describe, expect, it } from "@jest/globals";
import { nodeSecretFiles } from "../../src/bootstrap/node-secret-files.js";
import { plainText, type SecretFile } from "../../src/bootstrap/secret-file.js";
import type { KeyPair } from "../../src/config/secret-variables.js";
import { placeholderSecrets } from "./support/placeholder-secrets.js";
import { variantOf, variants, type Variant } from "./support/variants.js";

const filesOf = ({ config, node }: Variant) =>
  nodeSecretFiles(config, node, placeholderSecrets(config, node), plainText);

/** Whether a value is in one of the files, in plain or, as in a kubeconfig, in base64. */
function holds(files: readonly SecretFile[], value: string): boolean {
  const forms = [value, plainText.base64(value)];
  return files.some(({ text }) => forms.some((form) => text.includes(form)));
}

const pathsOf = (files: readonly SecretFile[]) => files.map(({ path }) => path);
const of = (select: (variant: Variant) => boolean) =>
  variants.filter(select).map((variant) => [variant.name, variant] as const);

const workers = of(({ node }) => node.role === "worker");
const etcdNodes = of(({ node }) => node.role === "etcd");
const controllers = of(({ node }) => node.role === "controller");
const stackedControllers = controllers.filter(([, { config }]) => config.etcd.stacked);
const plainControllers = controllers.filter(([, { config }]) => !config.etcd.stacked);

describe("the secrets of a node", () => {
  it("are shown here for every role, with etcd on nodes of its own and on controllers", () => {
    for (const some of [workers, etcdNodes, stackedControllers, plainControllers]) expect(some).not.toEqual([]);
  });

  it.each(of(() => true))(
    "are root's alone on %s, but for certificates and what is public of a key",
    (_name, variant) => {
      for (const { path, mode = 0o600 } of filesOf(variant)) {
        expect([path, mode]).toEqual([path, /\.(crt|pub)$/.test(path) ? 0o644 : 0o600]);
      }
    },
  );

  it.each(of(() => true))("are in no file twice on %s", (_name, variant) => {
    const paths = pathsOf(filesOf(variant));
    expect(new Set(paths).size).toBe(paths.length);
  });
});

describe("a worker", () => {
  it.each(workers)("is told how it joins and whom it trusts, and no more: %s", (_name, variant) => {
    const paths = pathsOf(filesOf(variant)).filter((path) => !path.startsWith("/etc/containerd/"));
    expect(paths).toEqual(["/etc/kaas/ca.crt", "/etc/kaas/kubeadm/discovery.yaml"]);
  });

  it.each(workers)(
    "has no key of an authority, of service accounts or of Secrets, and nothing of etcd: %s",
    (_name, variant) => {
      const files = filesOf(variant);
      const { clusterCa, frontProxyCa, etcdCa, etcdClient, serviceAccount, webhookClient, encryptionKey } =
        placeholderSecrets(variant.config, variant.node);
      const pairs: readonly KeyPair[] = [frontProxyCa, etcdCa, etcdClient, webhookClient];
      for (const value of [
        clusterCa.key,
        ...pairs.flatMap(({ certificate, key }) => [certificate, key]),
        serviceAccount.privateKey,
        encryptionKey,
        "<credential.secret>",
      ]) {
        expect([value, holds(files, value)]).toEqual([value, false]);
      }
    },
  );
});

describe("an etcd node", () => {
  it.each(etcdNodes)("has its own certificates, and those of no other member: %s", (_name, variant) => {
    const files = filesOf(variant);
    const { key } = variant.node;
    expect(holds(files, `<etcd_members.${key}.server.key>`)).toBe(true);
    expect(holds(files, `<etcd_members.${key}.peer.key>`)).toBe(true);
    const members = files.flatMap(({ text }) => [...text.matchAll(/<etcd_members\.([a-z0-9-]+)\./g)]);
    expect(new Set(members.map(([, member]) => member))).toEqual(new Set([key]));
  });

  it.each(etcdNodes)("has nothing of the cluster's authority, and no key of etcd's own: %s", (_name, variant) => {
    const files = filesOf(variant);
    const { clusterCa, etcdCa, bootstrapToken, serviceAccount, encryptionKey } = placeholderSecrets(
      variant.config,
      variant.node,
    );
    for (const value of [
      clusterCa.certificate,
      clusterCa.key,
      etcdCa.key,
      bootstrapToken,
      serviceAccount.publicKey,
      serviceAccount.privateKey,
      encryptionKey,
    ]) {
      expect([value, holds(files, value)]).toEqual([value, false]);
    }
    expect(holds(files, etcdCa.certificate)).toBe(true);
  });

  it("fails without certificates of its member, and without its volume", () => {
    const { config, node } = variantOf("etcd-member");
    const { etcdMember, etcdVolumeId, ...others } = placeholderSecrets(config, node);
    if (etcdMember === undefined || etcdVolumeId === undefined) throw new Error("nothing to leave out");
    expect(() => nodeSecretFiles(config, node, { ...others, etcdVolumeId }, plainText)).toThrow("no certificates");
    expect(() => nodeSecretFiles(config, node, { ...others, etcdMember }, plainText)).toThrow("no volume");
  });
});

describe("a controller", () => {
  it.each(plainControllers)(
    "is a client of etcd that has nodes of its own, without its authority's key: %s",
    (_name, variant) => {
      const files = filesOf(variant);
      expect(pathsOf(files)).not.toContain("/etc/kubernetes/pki/etcd/ca.key");
      expect(holds(files, "<etcd_ca.key>")).toBe(false);
      expect(holds(files, "<etcd_client.key>")).toBe(true);
      expect(holds(files, "<credential.secret>")).toBe(false);
    },
  );

  it.each(stackedControllers)("issues the certificates of the etcd member that it carries: %s", (_name, variant) => {
    const files = filesOf(variant);
    expect(pathsOf(files)).toContain("/etc/kubernetes/pki/etcd/ca.key");
    expect(holds(files, "<etcd_ca.key>")).toBe(true);
    expect(holds(files, "<etcd_client.key>")).toBe(false);
  });

  it.each(controllers)("initialises the cluster only if it is the first: %s", (_name, variant) => {
    const init = pathsOf(filesOf(variant)).filter((path) => path.endsWith("/init.yaml"));
    expect(init).toHaveLength(variant.node.ordinal === 0 ? 1 : 0);
  });

  it.each(controllers)("shows kubernetes-auth which cluster's it is: %s", (_name, variant) => {
    const webhooks = filesOf(variant).filter(({ path }) => path.endsWith("-webhook.yaml"));
    const { auth } = variant.config;
    expect(webhooks).toHaveLength(auth.authorization ? 2 : 1);
    for (const webhook of webhooks) {
      expect(JSON.parse(webhook.text)).toMatchObject({
        users: [{ user: { "client-key-data": plainText.base64("<webhook_client.key>") } }],
        clusters: [
          {
            cluster: {
              "certificate-authority-data": plainText.base64(
                auth.mode === "hosted" ? "<auth_ca_certificate>" : (auth.caCertificate ?? ""),
              ),
            },
          },
        ],
      });
    }
  });
});

describe("a mirror that asks who pulls", () => {
  const mirrored = of(({ config }) => config.containerImages.mirror !== undefined);
  const docker = "/etc/kaas/docker/config.json";
  const containerd = "/etc/containerd/certs.d/registry.example.com:5000/hosts.toml";

  it.each(mirrored)("is told by each program that pulls there: %s", (_name, variant) => {
    const { node, config } = variant;
    const expected = [
      ...(node.role === "etcd" ? [] : [containerd]),
      ...(node.role === "etcd" || (node.role === "controller" && config.etcd.stacked) ? [docker] : []),
    ];
    const files = filesOf(variant).filter(({ path }) => [docker, containerd].includes(path));
    expect(pathsOf(files)).toEqual(expected);
    for (const { text } of files) expect(text).toContain("<registry_auth>");
  });
});

describe("the documents by which kubeadm and the kubelet sign in", () => {
  it("name the API as nodes reach it, with the authority and the token", () => {
    const discovery = filesOf(variantOf("worker-labels-and-taints")).find(({ path }) =>
      path.endsWith("/discovery.yaml"),
    );
    expect(JSON.parse(discovery?.text ?? "")).toMatchObject({
      clusters: [
        {
          cluster: {
            server: "https://api-int.demo.mk8s.example.com:6443",
            "certificate-authority-data": plainText.base64("<cluster_ca.certificate>"),
          },
        },
      ],
      users: [{ user: { token: "<bootstrap_token>" } }],
    });
  });
});
