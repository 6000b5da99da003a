import { randomBytes } from "node:crypto";
import { beforeAll, describe, expect, it } from "@jest/globals";
import { ownDocument } from "../../src/bootstrap/node-document.js";
import { compressDocument } from "../../src/bootstrap/user-data.js";
import { checkUserDataSize, longestSecrets, USER_DATA_LIMIT } from "../../src/bootstrap/user-data-size.js";
import {
  allNodes,
  isOpenStack,
  type ClusterNode,
  type OpenStackClusterConfig,
} from "../../src/config/cluster-config.js";
import { listEnvironments, loadEnvironment } from "../../src/config/environments.js";
import { UserError } from "../../src/lib/user-error.js";
import { prepareBundle } from "../../src/pki/preparation.js";
import { terraformVariables } from "../../src/pki/terraform-variables.js";
import { nodeUserData, secretsOf, sharedDocumentOf } from "../support/node-user-data.js";
import { projectRoot } from "../support/project.js";
import { caCertificate, cluster, nodeOf } from "./support/bootstrap-cluster.js";
import { variants } from "./support/variants.js";

function check(config: OpenStackClusterConfig, node: ClusterNode): void {
  const shared = compressDocument(sharedDocumentOf(config, node));
  checkUserDataSize(config, node, { shared, own: ownDocument(config, node) });
}

function refusal(config: OpenStackClusterConfig, key: string): UserError {
  try {
    check(config, nodeOf(config, key));
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
  throw new Error("accepted");
}

describe("what Nova takes", () => {
  it("is 65,535 characters of base64", () => {
    expect(Buffer.alloc(USER_DATA_LIMIT).toString("base64").length).toBeLessThanOrEqual(65_535);
    expect(Buffer.alloc(USER_DATA_LIMIT + 1).toString("base64").length).toBeGreaterThan(65_535);
  });
});

describe("user-data that could exceed it", () => {
  // Keys do not shrink when they are compressed.
  const sshKeys = Array.from({ length: 400 }, () => `ssh-rsa ${randomBytes(96).toString("base64")}`);

  it("is refused with its size, the limit and its largest parts, the largest first", () => {
    const { message, remedy } = refusal(cluster({ access: { sshKeys } }), "worker-0");
    expect(message).toMatch(
      /^demo: the user-data of worker-0 can take \d+ bytes, and Nova takes 49149; the largest parts are SSH keys of core \(\d+\), \/opt\/kaas\/bin\/join-cluster \(\d+\), /,
    );
    expect(remedy).toContain("SSH keys");
  });

  it("is refused for what stands among the secrets too, which nothing compresses", () => {
    const auth = { mode: "external", url: "https://auth.example.com", caCertificate: { file: "large.pem" } };
    const config = cluster({ auth }, { "large.pem": caCertificate.repeat(40) });
    expect(refusal(config, "controller-0").message).toContain(
      "the largest parts are /etc/kubernetes/apiserver/authentication-webhook.yaml",
    );
    expect(() => {
      check(config, nodeOf(config, "worker-0"));
    }).not.toThrow();
  });
});

describe("the demo environments", () => {
  const configs = listEnvironments(projectRoot).flatMap((environment) => {
    const result = loadEnvironment(environment);
    if (!result.ok) throw new Error(`${environment.name} has mistakes`);
    return isOpenStack(result.config) ? [result.config] : [];
  });
  const titled = configs.map((config) => [config.name, config] as const);

  it.each(titled)("stay within three quarters of it: %s", async (_name, config) => {
    const { bundle } = await prepareBundle(config, { now: new Date("2026-11-21T12:00:00Z") });
    const variables = terraformVariables(bundle);
    const { etcdVolumeId = "", objectStore } = longestSecrets;
    const facts = { etcdVolumeId, ...(objectStore !== undefined && { objectStore }) };
    for (const node of allNodes(config)) {
      check(config, node);
      const size = Buffer.byteLength(nodeUserData(config, node, secretsOf(variables, node, facts)));
      expect([node.key, size < (USER_DATA_LIMIT * 3) / 4]).toEqual([node.key, true]);
    }
  });
});

describe("every kind of node", () => {
  it.each(variants.map((variant) => [variant.name, variant] as const))(
    "leaves room for what bootstrap.yaml may add, with the longest secrets: %s",
    (_name, { config, node }) => {
      check(config, node);
      const size = Buffer.byteLength(nodeUserData(config, node, longestSecrets));
      expect(size).toBeLessThan((USER_DATA_LIMIT * 5) / 6);
    },
  );
});

describe("the longest secrets that are declared", () => {
  // A cluster's name has 20 characters at most, a host's 253, of which the longest service's takes 16.
  const name = "n".repeat(20);
  const domain = Array.from({ length: 4 }, () => "d".repeat(63))
    .join(".")
    .slice(0, 253 - 16 - name.length - 1);
  const config = cluster({ cluster: { name, domain }, etcd: { count: 9 } });
  let variables: ReturnType<typeof terraformVariables>;
  beforeAll(async () => {
    const now = new Date("2026-11-21T12:00:00Z");
    variables = terraformVariables((await prepareBundle(config, { now })).bundle);
  });

  it("are as long as those of a real bundle, or longer, with the longest names that a cluster can have", () => {
    for (const node of allNodes(config)) {
      const real = texts(secretsOf(variables, node));
      const longest = new Map(texts(longestSecrets));
      for (const [path, text] of real) {
        expect([path, text.length <= (longest.get(path)?.length ?? 0)]).toEqual([path, true]);
      }
      expect(real.length).toBeGreaterThan(10);
    }
  });
});

/** The texts of a value by their path. */
function texts(value: unknown, path = ""): readonly (readonly [path: string, text: string])[] {
  if (typeof value === "string") return [[path, value]];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, entry]) => texts(entry, `${path}.${key}`));
}
