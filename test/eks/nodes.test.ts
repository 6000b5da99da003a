import { describe, expect, it } from "@jest/globals";
import { eksCluster } from "../support/clusters.js";
import { clusterStack, resource, resourcesOf } from "../support/synthesized.js";
import { madeBefore } from "./support/graph.js";

const stack = clusterStack(eksCluster({ workers: [{}, { name: "spot", capacity: "spot" }] }));
const GROUPS = ["nodes_group_default", "nodes_group_spot"].map((name) => `aws_eks_node_group.${name}`);
const addonsBefore = (group: string) =>
  [...madeBefore(stack, group)].filter((address) => address.startsWith("aws_eks_addon.")).sort();

describe("nodes", () => {
  it("start once the network's add-on, kube-proxy and the agent that gives pods their rights are there", () => {
    for (const group of GROUPS) {
      expect(addonsBefore(group)).toEqual([
        "aws_eks_addon.nodes_addon_eks-pod-identity-agent",
        "aws_eks_addon.nodes_addon_kube-proxy",
        "aws_eks_addon.nodes_addon_vpc-cni",
      ]);
    }
  });

  it("are there before the add-ons whose pods need one", () => {
    for (const addon of ["coredns", "aws-ebs-csi-driver", "snapshot-controller"]) {
      expect([...madeBefore(stack, `aws_eks_addon.nodes_addon_${addon}`)]).toEqual(expect.arrayContaining(GROUPS));
    }
  });

  it("start once every rule and way of the network is there, and the control plane", () => {
    const before = madeBefore(stack, "aws_eks_node_group.nodes_group_default");
    const network = [
      "aws_route",
      "aws_route_table_association",
      "aws_vpc_endpoint",
      "aws_vpc_security_group_egress_rule",
      "aws_vpc_security_group_ingress_rule",
    ];
    const needed = network.flatMap((type) => Object.keys(resourcesOf(stack, type)).map((name) => `${type}.${name}`));
    expect(needed.length).toBeGreaterThan(20);
    expect([...before]).toEqual(expect.arrayContaining([...needed, "aws_eks_cluster.control-plane"]));
  });

  it("share a role that EC2 alone takes, without the rights of the network's add-on, which has its own", () => {
    const groups = Object.values(resourcesOf(stack, "aws_eks_node_group"));
    expect(groups.map((group) => group["node_role_arn"])).toEqual(GROUPS.map(() => "${aws_iam_role.nodes_role.arn}"));
    const { Statement } = JSON.parse(String(resource(stack, "aws_iam_role", "nodes_role")["assume_role_policy"])) as {
      Statement: readonly Readonly<Record<string, unknown>>[];
    };
    expect(Statement.map(({ Principal }) => Principal)).toEqual([{ Service: ["ec2.amazonaws.com"] }]);
    const rights = Object.keys(resourcesOf(stack, "aws_iam_role_policy_attachment"))
      .filter((name) => name.startsWith("nodes_role_"))
      .sort();
    // A node that may not describe instances finds no name for itself and never joins.
    expect(rights).toEqual([
      "nodes_role_AmazonEC2ContainerRegistryPullOnly",
      "nodes_role_AmazonEKSWorkerNodePolicy",
      "nodes_role_AmazonSSMManagedInstanceCore",
    ]);
  });
});

describe("the network's add-on", () => {
  it("enforces network policies", () => {
    const settings = String(resource(stack, "aws_eks_addon", "nodes_addon_vpc-cni")["configuration_values"]);
    expect(JSON.parse(settings)).toEqual({ enableNetworkPolicy: "true" });
  });
});

describe("the storage driver", () => {
  const settingsOf = (cluster: Readonly<Record<string, unknown>>) =>
    JSON.parse(
      String(
        resource(clusterStack(eksCluster({ cluster })), "aws_eks_addon", "nodes_addon_aws-ebs-csi-driver")[
          "configuration_values"
        ],
      ),
    ) as unknown;

  it("tags volumes with the cluster that they are of, by which its role is kept to them, and with the user's tags", () => {
    expect(settingsOf({ name: "other", tags: { team: "platform" } })).toEqual({
      controller: { k8sTagClusterId: "other", extraVolumeTags: { "kaas.cluster": "other", team: "platform" } },
    });
  });
});

describe("the cluster's DNS", () => {
  it("grows with the cluster", () => {
    const settings = String(resource(stack, "aws_eks_addon", "nodes_addon_coredns")["configuration_values"]);
    expect(JSON.parse(settings)).toEqual({ autoScaling: { enabled: true } });
  });
});
