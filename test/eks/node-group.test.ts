import { describe, expect, it } from "@jest/globals";
import { eksCluster, type BootstrapChanges } from "../support/clusters.js";
import { clusterStack, dataSourcesOf, resource, type Attributes } from "../support/synthesized.js";

interface Fields {
  readonly name?: string;
  readonly [field: string]: unknown;
}

const ownImage = { id: "ami-0123456789abcdef0" };
const RELEASES = { al2023: "1.36.3-20261101", bottlerocket: "1.52.0-0a1b2c3d" };
const stackOf = (fields: Fields, changes: BootstrapChanges = {}) =>
  clusterStack(eksCluster({ ...changes, workers: [fields] }));
const groupOf = (fields: Fields, changes: BootstrapChanges = {}) =>
  resource(stackOf(fields, changes), "aws_eks_node_group", `nodes_group_${fields.name ?? "default"}`);
const lifecycleOf = (fields: Fields) => groupOf(fields)["lifecycle"] as { ignore_changes: readonly string[] };

describe("a node group's name", () => {
  it("has a prefix that is the group's for ever: what must be made anew is there before the old one goes", () => {
    expect(groupOf({ name: "gpu" })).toMatchObject({
      node_group_name_prefix: "demo-gpu-",
      lifecycle: { create_before_destroy: true },
    });
    expect(groupOf({ name: "gpu" })).not.toHaveProperty("node_group_name");
  });

  it("fits with the longest names of cluster and group: the provider takes 37 characters and adds 26", () => {
    const [clusterName, name] = ["c".repeat(20), "g".repeat(15)];
    const stack = clusterStack(eksCluster({ cluster: { name: clusterName }, workers: [{ name }] }));
    const prefix = String(resource(stack, "aws_eks_node_group", `nodes_group_${name}`)["node_group_name_prefix"]);
    expect(prefix.length).toBeLessThanOrEqual(37);
  });

  it.each<[string, Fields]>([
    ["instance types", { instanceTypes: ["c7i.xlarge", "c6i.xlarge"] }],
    ["capacity", { capacity: "spot" }],
    ["an image", { ami: "bottlerocket" }],
    ["an image of the user's own", { ami: ownImage }],
    ["a disk", { diskGiB: 100 }],
    ["labels and taints", { labels: { a: "b" }, taints: [{ key: "c", effect: "PreferNoSchedule" }] }],
    ["a size", { count: 9, maxCount: 20 }],
  ])("stays the same with other %s", (_title, change) => {
    const named = (fields: Fields) => [
      groupOf({ name: "gpu", ...fields })["node_group_name_prefix"],
      resource(stackOf({ name: "gpu", ...fields }), "aws_launch_template", "nodes_group_gpu_template")["name_prefix"],
    ];
    expect(named(change)).toEqual(named({}));
  });
});

describe("a node group's size", () => {
  it("is what the configuration says at first, within the autoscaler's bounds", () => {
    expect(groupOf({ count: 3, minCount: 0, maxCount: 9 })["scaling_config"]).toEqual({
      desired_size: 3,
      min_size: 0,
      max_size: 9,
    });
  });

  it("is the autoscaler's later: Terraform ignores how many nodes there are, and not the bounds", () => {
    for (const ami of ["al2023", "bottlerocket", ownImage]) {
      const { ignore_changes } = lifecycleOf({ ami });
      expect(ignore_changes.filter((attribute) => attribute.startsWith("scaling_config"))).toEqual([
        "scaling_config[0].desired_size",
      ]);
    }
  });

  it("shrinks by no more at once than the configuration allows while it is updated", () => {
    expect(groupOf({ maxUnavailablePercent: 40 })["update_config"]).toEqual({ max_unavailable_percentage: 40 });
  });
});

describe("a node group's image", () => {
  it.each(["al2023", "bottlerocket"] as const)(
    "of %s is of the release that is recommended at first, and stays",
    (ami) => {
      const stack = stackOf({ ami });
      expect(resource(stack, "aws_eks_node_group", "nodes_group_default")["release_version"]).toBe(
        "${data.aws_ssm_parameter.nodes_group_default_release.insecure_value}",
      );
      expect(Object.keys(dataSourcesOf(stack, "aws_ssm_parameter"))).toEqual(["nodes_group_default_release"]);
      expect(lifecycleOf({ ami }).ignore_changes).toContain("release_version");
    },
  );

  it.each(["al2023", "bottlerocket"] as const)(
    "of %s is of the release that the configuration holds, and follows it",
    (ami) => {
      const fields = { ami, amiRelease: RELEASES[ami] };
      expect(groupOf(fields)["release_version"]).toBe(RELEASES[ami]);
      expect(dataSourcesOf(stackOf(fields), "aws_ssm_parameter")).toEqual({});
      expect(lifecycleOf(fields).ignore_changes).not.toContain("release_version");
    },
  );

  it("follows the cluster's version of Kubernetes, of which EKS chooses the patch", () => {
    const older = stackOf({}, { cluster: { kubernetes: "1.35.4" } });
    expect(resource(older, "aws_eks_node_group", "nodes_group_default")["version"]).toBe("1.35");
    expect(dataSourcesOf(older, "aws_ssm_parameter")["nodes_group_default_release"]?.["name"]).toContain("/1.35/");
    expect(groupOf({})["version"]).toBe("1.36");
    expect(lifecycleOf({}).ignore_changes).not.toContain("version");
  });

  it("of the user's own has neither type nor version nor release, which EKS refuses beside it", () => {
    const group = groupOf({ ami: ownImage });
    for (const field of ["ami_type", "version", "release_version"]) expect(group).not.toHaveProperty(field);
    expect(lifecycleOf({ ami: ownImage }).ignore_changes).not.toContain("release_version");
    expect(dataSourcesOf(stackOf({ ami: ownImage }), "aws_ssm_parameter")).toEqual({});
  });

  it("is of the architecture of its instance types", () => {
    expect(groupOf({ instanceTypes: ["m7g.xlarge"] })["ami_type"]).toBe("AL2023_ARM_64_STANDARD");
    expect(groupOf({ instanceTypes: ["m7i.xlarge"] })["ami_type"]).toBe("AL2023_x86_64_STANDARD");
  });
});

describe("a node group", () => {
  it("takes the newest version of its template, which replaces its servers in turn", () => {
    expect(groupOf({})["launch_template"]).toEqual({
      id: "${aws_launch_template.nodes_group_default_template.id}",
      version: "${aws_launch_template.nodes_group_default_template.latest_version}",
    });
  });

  it("is of on-demand or spot capacity, with its instance types in the user's order", () => {
    const instanceTypes = ["m7i.2xlarge", "m6i.2xlarge", "c7i.2xlarge"];
    expect(groupOf({ capacity: "spot", instanceTypes })).toMatchObject({
      capacity_type: "SPOT",
      instance_types: instanceTypes,
    });
    expect(groupOf({})["capacity_type"]).toBe("ON_DEMAND");
  });

  it("says its taints in EKS' words", () => {
    const taints = [
      { key: "a", value: "1", effect: "NoSchedule" },
      { key: "b", effect: "PreferNoSchedule" },
      { key: "c", value: "3", effect: "NoExecute" },
    ];
    expect(
      resource(
        clusterStack(eksCluster({ workers: [{}, { name: "gpu", taints }] })),
        "aws_eks_node_group",
        "nodes_group_gpu",
      )["taint"],
    ).toEqual([
      { key: "a", value: "1", effect: "NO_SCHEDULE" },
      { key: "b", effect: "PREFER_NO_SCHEDULE" },
      { key: "c", value: "3", effect: "NO_EXECUTE" },
    ]);
  });

  it("has the user's labels and that of its pool, which the autoscaler reads of an empty group", () => {
    expect(groupOf({ name: "gpu", labels: { workload: "batch" } })["labels"]).toEqual({
      workload: "batch",
      "kaas/pool": "gpu",
    });
  });

  it("stands in every zone's private subnet, and in no public one", () => {
    expect(groupOf({})["subnet_ids"]).toEqual(["${aws_subnet.vpc_private-a.id}", "${aws_subnet.vpc_private-b.id}"]);
  });

  it("has nodes replaced that are not well", () => {
    expect(groupOf({})["node_repair_config"]).toEqual({ enabled: true });
  });

  it("is made once the network is ready and its role may do what nodes do", () => {
    const after = groupOf({})["depends_on"] as readonly string[];
    const rights = Object.entries(stackOf({}).resource["aws_iam_role_policy_attachment"] ?? {}).filter(
      ([, attachment]: [string, Attributes]) => attachment["role"] === "${aws_iam_role.nodes_role.name}",
    );
    expect(rights.length).toBeGreaterThan(1);
    expect(after).toEqual(
      expect.arrayContaining([
        "terraform_data.network-is-ready",
        ...rights.map(([name]) => `aws_iam_role_policy_attachment.${name}`),
      ]),
    );
  });
});
