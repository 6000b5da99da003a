import { describe, expect, it } from "@jest/globals";
import { operatorRights } from "../../../charts/monitoring/operator-rights.js";
import { eks, openStack } from "../../support/bootstraps.js";
import { clusterManifests, the } from "./manifests.js";

interface DeploymentSpec {
  readonly replicas: number;
  readonly strategy: unknown;
  readonly template: {
    readonly spec: { readonly containers: readonly { readonly image: string; readonly args: readonly string[] }[] };
  };
}

describe.each([
  ["OpenStack", openStack()],
  ["Amazon EKS", eks()],
])("the Prometheus Operator on %s", (_title, config) => {
  const manifests = clusterManifests(config);
  const { spec } = the<DeploymentSpec>(manifests, "Deployment", "prometheus-operator");
  const [operator] = spec.template.spec.containers;

  it("runs nothing of users: where their Prometheus, Alertmanager or Thanos Ruler is, it does not look", () => {
    for (const what of [
      "prometheus-instance",
      "alertmanager-instance",
      "alertmanager-config",
      "thanos-ruler-instance",
    ]) {
      expect(operator?.args).toContain(`--${what}-namespaces=rackspace-system`);
    }
    expect(operator?.args.join(" ")).not.toMatch(/--(deny-)?namespaces=/);
  });

  it("keeps the Service of kubelets that a ServiceMonitor reads", () => {
    expect(operator?.args).toContain("--kubelet-service=kube-system/kubelet");
    expect(the(manifests, "ServiceMonitor", "kubelet").metadata.namespace).toBe("kube-system");
  });

  it("never runs twice, as it elects no leader", () => {
    expect([spec.replicas, spec.strategy]).toEqual([1, { type: "Recreate" }]);
  });

  it("adds containers of its own version", () => {
    const reloader = operator?.args.find((arg) => arg.startsWith("--prometheus-config-reloader=")) ?? "";
    expect(reloader).toMatch(/=quay\.io\/prometheus-operator\/prometheus-config-reloader:v/);
    expect(reloader.split(":").at(-1)).toBe(operator?.image.split(":").at(-1));
  });
});

describe("the rights of the Prometheus Operator", () => {
  it("let it change nothing outside the namespaces of the platform but events", () => {
    const changing = (operatorRights.cluster ?? []).filter(({ verbs }) =>
      verbs.some((verb) => !["get", "list", "watch"].includes(verb)),
    );
    expect(changing.flatMap(({ resources = [] }) => resources)).toEqual(["events"]);
    expect(Object.keys(operatorRights.namespaces ?? {}).sort()).toEqual(["kube-system", "rackspace-system"]);
  });

  it("let it read Secrets of users by name alone", () => {
    const secrets = (operatorRights.cluster ?? []).filter(({ resources = [] }) => resources.includes("secrets"));
    expect(secrets.map(({ verbs }) => verbs)).toEqual([["get"]]);
  });
});
