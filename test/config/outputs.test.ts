import { describe, expect, it } from "@jest/globals";
import type { ClusterConfig } from "../../src/config/cluster-config.js";
import { missingOutputs, plannedCluster } from "../../src/config/cluster-outputs.js";
import { formatDiagnostics, formatPath } from "../../src/config/diagnostics.js";
import { parseOutputs } from "../../src/config/load-outputs.js";
import { eksCluster, openStackCluster } from "../support/clusters.js";
import { synthesizeToJson } from "../support/synthesized.js";

const openStack = openStackCluster({ provider: { tenancy: { manage: true, adminCloud: "admin" } } });
const eks = eksCluster();

const sound = {
  openstack: {
    "demo-tenancy": { admin_role_id: "7b2f" },
    demo: {
      identity_url: "https://cloud.example.com:5000/v3",
      external_network_id: "net-1",
      network_id: "net-2",
      subnet_id: "sub-1",
      ingress_address: "203.0.113.9",
    },
  },
  eks: {
    demo: {
      vpc_id: "vpc-1",
      public_subnet_ids: { b: "subnet-b", a: "subnet-a" },
      load_balancer_security_group_id: "sg-1",
      ingress_allocation_ids: { a: "eipalloc-a", b: "eipalloc-b" },
      data_key_arn: "arn:aws:kms:eu-central-1:123456789012:key/0f1e",
    },
  },
} as const;

function outputsOf(document: unknown, config: ClusterConfig) {
  const result = parseOutputs(JSON.stringify(document), config);
  if (!result.ok) throw new Error(formatDiagnostics("outputs.json", result.diagnostics));
  return result.cluster;
}

function mistakesOf(text: string, config: ClusterConfig) {
  const result = parseOutputs(text, config);
  if (result.ok) throw new Error("it was taken for sound");
  return result.diagnostics;
}

describe("outputs.json of a cluster on OpenStack", () => {
  it("is what charts know of it", () => {
    const cluster = outputsOf(sound.openstack, openStack);
    expect(cluster.outputs).toEqual({
      adminRoleId: "7b2f",
      identityUrl: "https://cloud.example.com:5000/v3",
      externalNetworkId: "net-1",
      networkId: "net-2",
      subnetId: "sub-1",
      ingressAddress: "203.0.113.9",
    });
    expect(missingOutputs(cluster)).toEqual([]);
  });

  it.each([
    ["https://cloud.example.com/identity", "https://cloud.example.com/identity/v3"],
    ["https://cloud.example.com:5000/", "https://cloud.example.com:5000/v3"],
    ["https://cloud.example.com:5000/v3/", "https://cloud.example.com:5000/v3"],
  ])("says of the identity service's address %s its version", (listed, used) => {
    const { outputs } = outputsOf({ demo: { identity_url: listed } }, openStack);
    expect(outputs).toMatchObject({ identityUrl: used });
  });

  it("names the role of a tenancy that is made elsewhere", () => {
    const config = openStackCluster();
    expect(outputsOf({ "demo-tenancy": { admin_role_id: "7b2f" } }, config).outputs).toMatchObject({
      adminRoleId: "7b2f",
    });
  });
});

describe("outputs.json of a cluster on EKS", () => {
  it("is what charts know of it, zones in the configuration's order", () => {
    const cluster = outputsOf(sound.eks, eks);
    expect(cluster.outputs).toMatchObject({
      vpcId: "vpc-1",
      publicSubnetIds: ["subnet-a", "subnet-b"],
      ingressAllocationIds: ["eipalloc-a", "eipalloc-b"],
    });
    expect(missingOutputs(cluster)).toEqual([]);
  });
});

describe("what outputs.json does not tell", () => {
  it("is a placeholder, and only that", () => {
    const cluster = outputsOf({ demo: { network_id: "net-2" } }, openStack);
    expect(cluster.outputs).toEqual({ ...plannedCluster(openStack).outputs, networkId: "net-2" });
    expect(missingOutputs(cluster).map(({ stack, name }) => `${stack}.${name}`)).toEqual([
      "demo-tenancy.admin_role_id",
      "demo.identity_url",
      "demo.external_network_id",
      "demo.subnet_id",
      "demo.ingress_address",
    ]);
  });

  it.each([
    ["OpenStack", openStackCluster({ services: { ingress: { enabled: false } } }), "ingress_address"],
    ["EKS", eksCluster({ services: { ingress: { enabled: false } } }), "ingress_allocation_ids"],
  ])("is not missed on %s where a cluster without ingress has none", (_provider, config, output) => {
    const names = missingOutputs(plannedCluster(config)).map(({ name }) => name);
    expect(names.length).toBeGreaterThan(3);
    expect(names).not.toContain(output);
  });

  it("may be other outputs of the stacks, of any form", () => {
    const document = { demo: { ...sound.eks.demo, role_arns: { velero: 1 }, later: null }, "demo-identity": {} };
    expect(missingOutputs(outputsOf(document, eks))).toEqual([]);
  });
});

describe("outputs.json is refused", () => {
  it("with every mistake at once: its place, its value, what was expected and what to do", () => {
    const text = JSON.stringify(
      {
        "demo-tenency": { admin_role_id: "7b2f" },
        demo: { identity_url: "cloud.example.com", network_id: 7, ingress_address: "203.0.113" },
      },
      null,
      2,
    );
    const mistakes = mistakesOf(text, openStack);
    expect(mistakes.map(({ path, position, value }) => [formatPath(path), position?.line, value])).toEqual([
      ["demo-tenency", 2, undefined],
      ["demo.identity_url", 6, "cloud.example.com"],
      ["demo.network_id", 7, 7],
      ["demo.ingress_address", 8, "203.0.113"],
    ]);
    expect(mistakes.map(({ remedy }) => remedy)).toEqual([
      "did you mean demo-tenancy?",
      ...Array<unknown>(3).fill(expect.stringContaining("npx cdktf output demo-tenancy demo --outputs-file")),
    ]);
    expect(mistakes[3]).toMatchObject({ expected: "an IPv4 address" });
  });

  it("for a zone without its subnet", () => {
    const [only, ...others] = mistakesOf('{"demo": {"public_subnet_ids": {"a": "subnet-a"}}}', eks);
    expect(others).toEqual([]);
    expect(only).toMatchObject({ path: ["demo", "public_subnet_ids", "b"], problem: "is missing" });
  });

  it.each([
    ["no JSON", '{"demo": {"cloud_credential_secret": "hush"', ""],
    ["a list", '[{"cloud_credential_secret": "hush"}]', ""],
    ["outputs without their stack", '{"cloud_credential_secret": {"value": "hush"}}', "cloud_credential_secret"],
    ["a text for a stack", '{"demo": "hush"}', "demo"],
  ])("for %s, without a word of what may be secret", (_case, text, path) => {
    const mistakes = mistakesOf(text, openStack);
    expect(mistakes.map((mistake) => formatPath(mistake.path))).toEqual([path]);
    expect(JSON.stringify(mistakes)).not.toContain("hush");
  });
});

describe("the stacks have every output that charts ask for", () => {
  it.each([
    ["OpenStack", openStack],
    ["EKS", eks],
  ])("on %s", (_provider, config) => {
    const stacks = synthesizeToJson(config);
    const wanted = missingOutputs(plannedCluster(config));
    expect(wanted.length).toBeGreaterThan(4);
    const absent = wanted.filter(({ stack, name }) => !(name in (stacks.get(stack)?.output ?? {})));
    expect(absent).toEqual([]);
  });
});
