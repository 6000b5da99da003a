import { describe, expect, it } from "@jest/globals";
import type { EksClusterConfig } from "../../src/config/cluster-config.js";
import { eksCluster, type BootstrapChanges } from "../support/clusters.js";
import { clusterStack, resourcesByAddress, synthesizeToJson, type Attributes } from "../support/synthesized.js";

const zone = (letter: string) => `eu-central-1${letter}`;
const role = (name: string) => `arn:aws:iam::123456789012:role/${name}`;
const spot = { name: "spot", capacity: "spot", amiRelease: "1.36.3-20261101" };

const base: BootstrapChanges = {
  provider: {
    availabilityZones: [zone("a"), zone("b")],
    adminRoleArns: [role("platform-admins"), role("deployment/kaas")],
    repositories: ["platform/web", "tools"],
  },
  network: { ingressAllowedCidrs: ["198.51.100.0/24", "203.0.113.0/24"] },
  workers: [{}, spot],
};
const cluster = (changes: BootstrapChanges = {}) =>
  eksCluster({ ...base, ...changes, provider: { ...base.provider, ...changes.provider } });
const stack = clusterStack(cluster());

/** Lists that are sets to the provider: their order is no difference to Terraform. */
const SETS = new Set(["subnet_ids", "route_table_ids", "records"]);

/** What Terraform compares of a resource: all but what it ignores and what only orders its work. */
function observed(attributes: Attributes | undefined): string | undefined {
  if (attributes === undefined) return undefined;
  const { ignore_changes: ignored = [] } = (attributes["lifecycle"] ?? {}) as { ignore_changes?: readonly string[] };
  const compared = Object.entries(attributes).filter(([name]) => name !== "depends_on" && !ignored.includes(name));
  return JSON.stringify(Object.fromEntries(compared), (name, value: unknown) =>
    SETS.has(name) ? [...(value as readonly string[])].sort() : value,
  );
}

/** Addresses of the resources that differ between two configurations, in what Terraform compares. */
function changedAddresses(before: EksClusterConfig, after: EksClusterConfig): readonly string[] {
  const old = resourcesByAddress(clusterStack(before));
  const now = resourcesByAddress(clusterStack(after));
  return [...new Set([...old.keys(), ...now.keys()])]
    .filter((address) => observed(old.get(address)) !== observed(now.get(address)))
    .sort();
}

describe("the stack of a cluster on EKS", () => {
  it("says what each output is, and hides none: there is no secret in it", () => {
    const outputs = Object.entries(stack.output);
    expect(outputs.length).toBeGreaterThan(10);
    expect(outputs.filter(([, output]) => typeof output["description"] !== "string")).toEqual([]);
    expect(outputs.filter(([, output]) => "sensitive" in output)).toEqual([]);
  });

  it("tells the charts what they need, and operators what they ask for", () => {
    expect(Object.keys(stack.output)).toEqual(
      expect.arrayContaining([
        ...["cluster_name", "endpoint", "certificate_authority", "region", "account_id", "vpc_id"],
        ...["private_subnet_ids", "public_subnet_ids", "worker_security_group_id", "load_balancer_security_group_id"],
        ...["role_arns", "buckets", "data_key_arn", "repositories", "ingress_allocation_ids", "ingress_addresses"],
        "name_servers",
      ]),
    );
  });

  it("has the same outputs when a node group comes or goes", () => {
    expect(clusterStack(cluster({ workers: [{}] })).output).toEqual(stack.output);
    expect(clusterStack(cluster({ workers: [{ count: 5 }, spot, { name: "gpu" }] })).output).toEqual(stack.output);
  });

  it("asks for nothing: Terraform needs no variable and no secret", () => {
    for (const one of synthesizeToJson(cluster()).values()) {
      expect(one.variable ?? {}).toEqual({});
      expect(JSON.stringify(one)).not.toMatch(/"sensitive"|PRIVATE KEY|\$\{var\./);
    }
  });

  it("reads of AWS only the account, the partition and versions, and never a secret", () => {
    expect(Object.keys(stack.data ?? {}).sort()).toEqual([
      "aws_caller_identity",
      "aws_eks_addon_version",
      "aws_partition",
      "aws_ssm_parameter",
    ]);
  });
});

describe("what a change touches", () => {
  it("is, when a zone is added, the zone's own and what spans all zones", () => {
    const three = cluster({ provider: { availabilityZones: [zone("a"), zone("b"), zone("c")] } });
    const others = changedAddresses(cluster(), three).filter((address) => !/[-_]c(-|$)/.test(address));
    expect(others).toEqual([
      "aws_eks_cluster.control-plane",
      "aws_eks_node_group.nodes_group_default",
      "aws_eks_node_group.nodes_group_spot",
      "aws_route53_record.dns_ingress",
      "aws_vpc_endpoint.vpc-endpoint_dynamodb",
      "aws_vpc_endpoint.vpc-endpoint_s3",
    ]);
  });

  it.each<[string, BootstrapChanges, RegExp]>([
    ["a node group", { workers: [{}, spot, { name: "gpu", ami: "bottlerocket" }] }, /nodes_group_gpu/],
    [
      "an admin role",
      { provider: { adminRoleArns: [role("platform-admins"), role("auditors"), role("deployment/kaas")] } },
      /access_\d+-auditors/,
    ],
    [
      "a repository",
      { provider: { repositories: ["new/one", "platform/web", "tools"] } },
      /registry_new-one-[0-9a-f]+/,
    ],
    [
      "a range of users",
      { network: { ingressAllowedCidrs: ["192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24"] } },
      /load-balancers-https?-from-192-0-2-0-24/,
    ],
  ])("is, when %s is added, that alone", (_title, changes, own) => {
    const changed = changedAddresses(cluster(), cluster(changes));
    expect(changed.length).toBeGreaterThan(0);
    expect(changed.filter((address) => !own.test(address))).toEqual([]);
  });

  it.each<[string, BootstrapChanges, readonly string[]]>([
    [
      "another size",
      { workers: [{ count: 5, minCount: 3, maxCount: 9 }, spot] },
      ["aws_eks_node_group.nodes_group_default"],
    ],
    ["another disk", { workers: [{ diskGiB: 100 }, spot] }, ["aws_launch_template.nodes_group_default_template"]],
    [
      "another release",
      { workers: [{}, { ...spot, amiRelease: "1.36.3-20261115" }] },
      ["aws_eks_node_group.nodes_group_spot"],
    ],
  ])("is, when one node group gets %s, that group alone", (_title, changes, expected) => {
    expect(changedAddresses(cluster(), cluster(changes))).toEqual(expected);
  });

  it("is nothing when a node group's release is no longer held: its nodes stay as they are", () => {
    const before = cluster({ workers: [{}, spot] });
    const after = cluster({ workers: [{}, { name: "spot", capacity: "spot" }] });
    const [address] = changedAddresses(before, after);
    const { lifecycle } = resourcesByAddress(clusterStack(after)).get(String(address)) ?? {};
    expect(lifecycle).toMatchObject({ ignore_changes: expect.arrayContaining(["release_version"]) as unknown });
  });

  it("is the control plane and the node groups when Kubernetes gets another version", () => {
    const unpinned = { workers: [{}, { name: "spot", capacity: "spot" }] };
    expect(
      changedAddresses(
        cluster({ ...unpinned, cluster: { kubernetes: "1.35.4" } }),
        cluster({ ...unpinned, cluster: { kubernetes: "1.36.3" } }),
      ),
    ).toEqual([
      "aws_eks_cluster.control-plane",
      "aws_eks_node_group.nodes_group_default",
      "aws_eks_node_group.nodes_group_spot",
    ]);
  });

  it("is the control plane alone when its endpoint opens to somebody", () => {
    const endpoint = { public: true, allowedCidrs: ["192.0.2.0/24"] };
    expect(changedAddresses(cluster(), cluster({ provider: { endpoint } }))).toEqual(["aws_eks_cluster.control-plane"]);
  });

  it("is nothing when lists are reordered: zones, admin roles, repositories, ranges, node groups", () => {
    const reversed = (list: unknown) => [...(list as readonly unknown[])].reverse();
    const { provider, network, workers } = base;
    const reordered = cluster({
      provider: {
        availabilityZones: reversed(provider?.["availabilityZones"]),
        adminRoleArns: reversed(provider?.["adminRoleArns"]),
        repositories: reversed(provider?.["repositories"]),
      },
      network: { ingressAllowedCidrs: reversed(network?.["ingressAllowedCidrs"]) },
      workers: [...(workers ?? [])].reverse(),
    });
    expect(JSON.stringify(reordered)).not.toBe(JSON.stringify(cluster()));
    expect(changedAddresses(cluster(), reordered)).toEqual([]);
    expect(clusterStack(reordered).data).toEqual(stack.data);
  });
});

describe("the provider", () => {
  const providersOf = (changes: BootstrapChanges) =>
    [...synthesizeToJson(cluster(changes)).values()].map(({ provider }) => provider);

  it("works in the cluster's region, and tags all that it makes with the cluster and the user's tags", () => {
    for (const provider of providersOf({ cluster: { tags: { team: "platform" } } })) {
      expect(provider).toEqual({
        aws: [{ region: "eu-central-1", default_tags: [{ tags: { "kaas.cluster": "demo", team: "platform" } }] }],
      });
    }
  });

  it("works in the one account that the configuration names, in both stacks", () => {
    for (const provider of providersOf({ provider: { accountId: "123456789012" } })) {
      expect(provider["aws"]).toMatchObject([{ allowed_account_ids: ["123456789012"] }]);
    }
    expect(providersOf({})[0]?.["aws"]?.[0]).not.toHaveProperty("allowed_account_ids");
  });
});

describe("Terraform's state of a cluster on EKS", () => {
  it("is encrypted and locked in S3, the cluster's and its issuer's apart", () => {
    const state = { backend: "s3", bucket: "states", region: "eu-central-1" };
    const stacks = synthesizeToJson(cluster({ terraform: { state } }));
    expect([...stacks].map(([name, { terraform }]) => [name, terraform["backend"]])).toEqual(
      ["demo", "demo-identity"].map((name) => [
        name,
        {
          s3: {
            bucket: "states",
            region: "eu-central-1",
            key: `kaas/${name}.tfstate`,
            encrypt: true,
            use_lockfile: true,
          },
        },
      ]),
    );
  });
});

describe("the stack of a cluster's issuer", () => {
  it.each<[string, BootstrapChanges]>([
    ["hosted in the cluster", {}],
    ["that serves many clusters", { auth: { mode: "external", url: "https://auth.example.com" } }],
  ])("has the issuer and nothing else, with kubernetes-auth %s", (_title, changes) => {
    const stacks = synthesizeToJson(cluster(changes));
    expect([...stacks.keys()]).toEqual(["demo", "demo-identity"]);
    const identity = stacks.get("demo-identity");
    if (identity === undefined) throw new Error("no stack of the issuer");
    expect([...resourcesByAddress(identity).keys()]).toEqual(["aws_eks_identity_provider_config.identity-provider"]);
    expect(identity).not.toHaveProperty("data");
    expect(identity).not.toHaveProperty("output");
  });

  it("stands apart from the cluster's, which can be made before the issuer answers", () => {
    expect(Object.keys(stack.resource)).not.toContain("aws_eks_identity_provider_config");
  });
});
