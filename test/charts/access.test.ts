import { describe, expect, it } from "@jest/globals";
import { Testing } from "cdk8s";
import { AccessChart } from "../../charts/access/access-chart.js";
import type { ClusterConfig } from "../../src/config/cluster-config.js";
import { isOnOpenStack, plannedCluster, type Cluster } from "../../src/config/cluster-outputs.js";
import { eksCluster, openStackCluster } from "../support/clusters.js";
import { type Manifest, named, ofKind } from "./manifests.js";

interface Binding extends Manifest {
  readonly roleRef: { readonly name: string };
  readonly subjects: readonly { readonly kind: string; readonly name: string }[];
}
interface Role extends Manifest {
  readonly rules?: readonly { readonly resources: readonly string[]; readonly verbs: readonly string[] }[];
  readonly aggregationRule?: {
    readonly clusterRoleSelectors: readonly { readonly matchLabels: Readonly<Record<string, string>> }[];
  };
}

const synth = (config: ClusterConfig) => {
  const cluster = plannedCluster(config);
  const applied: Cluster = isOnOpenStack(cluster)
    ? { ...cluster, outputs: { ...cluster.outputs, adminRoleId: "f6120fe6406a473682c3b25cdea4510a" } }
    : cluster;
  return Testing.synth(new AccessChart(Testing.app(), "access", applied)) as Manifest[];
};
const administratorsOf = (config: ClusterConfig) => {
  const bindings = ofKind(synth(config), "ClusterRoleBinding") as readonly Binding[];
  const { roleRef, subjects } = named(bindings, "rackspace:default-cluster-admin");
  return { role: roleRef.name, subjects: subjects.map(({ kind, name }) => `${kind} ${name}`) };
};

describe("the binding rackspace:default-cluster-admin", () => {
  it("names the Keystone role by its id on OpenStack, as kubernetes-auth does", () => {
    expect(administratorsOf(openStackCluster())).toEqual({
      role: "cluster-admin",
      subjects: ["Group f6120fe6406a473682c3b25cdea4510a"],
    });
  });

  it("names the group on EKS, where no tenancy makes a role", () => {
    expect(administratorsOf(eksCluster({ access: { adminRole: "platform-people" } }))).toEqual({
      role: "cluster-admin",
      subjects: ["Group platform-people"],
    });
  });
});

describe("the roles of users", () => {
  const roles = ofKind(synth(openStackCluster()), "ClusterRole") as readonly Role[];
  const resources = roles.flatMap(({ rules = [] }) => rules.flatMap((rule) => rule.resources));
  const verbs = roles.flatMap(({ rules = [] }) => rules.flatMap((rule) => rule.verbs));

  it("give nobody a Secret, a service account's token, a command in a pod or another's name", () => {
    for (const powerful of ["*", "secrets", "serviceaccounts/token", "pods/exec", "pods/attach", "pods/portforward"])
      expect(resources).not.toContain(powerful);
    for (const powerful of ["*", "impersonate", "bind", "escalate"]) expect(verbs).not.toContain(powerful);
  });

  it("gather nothing of Kubernetes' own edit or admin for the whole cluster: these read Secrets", () => {
    const gathered = roles.flatMap(({ aggregationRule }) =>
      (aggregationRule?.clusterRoleSelectors ?? []).flatMap(({ matchLabels }) => Object.keys(matchLabels)),
    );
    expect(new Set(gathered)).toEqual(
      new Set(
        ["view", "rackspace-view", "rackspace-edit"].map((role) => `rbac.authorization.k8s.io/aggregate-to-${role}`),
      ),
    );
  });

  it("leave the rules of what is gathered to the controller that writes them", () => {
    for (const name of ["rackspace:view", "rackspace:edit"]) expect(named(roles, name)).not.toHaveProperty("rules");
  });
});
