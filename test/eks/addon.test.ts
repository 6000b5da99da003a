import { describe, expect, it } from "@jest/globals";
import { EKS_ADDONS } from "../../src/versions/eks-addons.js";
import { eksCluster, type BootstrapChanges } from "../support/clusters.js";
import { clusterStack, dataSourcesOf, resource, resourcesOf } from "../support/synthesized.js";

const stackOf = (changes: BootstrapChanges = {}) => clusterStack(eksCluster(changes));
const addons = Object.entries(resourcesOf(stackOf(), "aws_eks_addon"));

describe("add-ons", () => {
  it("are all that EKS installs for a cluster, which gets none unasked", () => {
    expect(addons.map(([, { addon_name }]) => addon_name).sort()).toEqual([...EKS_ADDONS].sort());
    expect(resource(stackOf(), "aws_eks_cluster", "control-plane")["bootstrap_self_managed_addons"]).toBe(false);
  });

  it("are as declared, whatever somebody changed by hand", () => {
    for (const [, addon] of addons) {
      expect(addon).toMatchObject({
        cluster_name: "${aws_eks_cluster.control-plane.name}",
        resolve_conflicts_on_create: "OVERWRITE",
        resolve_conflicts_on_update: "OVERWRITE",
      });
    }
  });

  it.each(EKS_ADDONS)("%s has the version that the configuration holds", (name) => {
    const stack = stackOf({ provider: { addons: { [name]: "v1.2.3-eksbuild.4" } } });
    expect(resource(stack, "aws_eks_addon", `nodes_addon_${name}`)["addon_version"]).toBe("v1.2.3-eksbuild.4");
    expect(Object.keys(dataSourcesOf(stack, "aws_eks_addon_version"))).not.toContain(`nodes_addon_${name}_version`);
  });

  it.each(EKS_ADDONS)("%s has Amazon's default for the version of Kubernetes where none is held", (name) => {
    const stack = stackOf({ cluster: { kubernetes: "1.35.4" } });
    expect(resource(stack, "aws_eks_addon", `nodes_addon_${name}`)["addon_version"]).toBe(
      `\${data.aws_eks_addon_version.nodes_addon_${name}_version.version}`,
    );
    const asked = dataSourcesOf(stack, "aws_eks_addon_version")[`nodes_addon_${name}_version`];
    expect(asked).toMatchObject({ addon_name: name, kubernetes_version: "1.35" });
    expect(asked).not.toHaveProperty("most_recent");
  });

  it("that call AWS get their own role for their own service account, and no other add-on gets one", () => {
    const roles = addons.filter(([, addon]) => "pod_identity_association" in addon);
    expect(Object.fromEntries(roles.map(([name, addon]) => [name, addon["pod_identity_association"]]))).toEqual({
      "nodes_addon_vpc-cni": [
        { role_arn: "${aws_iam_role.pod-identity_vpc-cni_role.arn}", service_account: "aws-node" },
      ],
      "nodes_addon_aws-ebs-csi-driver": [
        { role_arn: "${aws_iam_role.pod-identity_ebs-csi_role.arn}", service_account: "ebs-csi-controller-sa" },
      ],
    });
    for (const [, addon] of addons) expect(addon).not.toHaveProperty("service_account_role_arn");
  });

  it("that call AWS come after their role's rights, and so go before them: nodes need both to the end", () => {
    const cni = "aws_iam_role_policy_attachment.pod-identity_vpc-cni_role_AmazonEKS_CNI_Policy";
    expect(Object.fromEntries(addons)["nodes_addon_vpc-cni"]?.["depends_on"]).toContain(cni);
    const csi = "aws_iam_role_policy.pod-identity_ebs-csi_role_policy";
    expect(Object.fromEntries(addons)["nodes_addon_aws-ebs-csi-driver"]?.["depends_on"]).toContain(csi);
  });
});
