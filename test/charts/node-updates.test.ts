import { describe, expect, it } from "@jest/globals";
import { Testing } from "cdk8s";
import { chartsOf } from "../../charts/charts-of.js";
import { NodeUpdatesChart } from "../../charts/node-updates/node-updates-chart.js";
import type { ClusterConfig, OpenStackClusterConfig } from "../../src/config/cluster-config.js";
import { plannedCluster } from "../../src/config/cluster-outputs.js";
import { eks, openStack } from "../support/bootstraps.js";
import { find, type Manifest } from "./workload-manifests.js";

const manifestsOf = (config: OpenStackClusterConfig) =>
  Testing.synth(new NodeUpdatesChart(Testing.app(), "node-updates", config)) as Manifest[];
const withWindow = (rebootWindow: object) => openStack({ services: { nodeUpdates: { rebootWindow } } });

describe("updates of nodes", () => {
  const manifests = manifestsOf(openStack());
  const operator = find(manifests, "Deployment");
  const agent = find(manifests, "DaemonSet");
  const pod = agent.spec.template.spec;

  it("reboot nodes within the window, or at any time without one", () => {
    const args = (config: OpenStackClusterConfig) =>
      find(manifestsOf(config), "Deployment").spec.template.spec.containers[0]?.args;
    expect(args(withWindow({ start: "02:30", durationMinutes: 90 }))).toEqual([
      "--reboot-window-start=02:30",
      "--reboot-window-length=90m",
    ]);
    expect(args(openStack())).toEqual([]);
  });

  it("are decided among the restricted, and done by agents on every node", () => {
    expect(operator.metadata.namespace).toBe("rackspace-system");
    expect(operator.spec.template.spec).toMatchObject({ securityContext: { runAsNonRoot: true } });
    expect(agent.metadata.namespace).toBe("rackspace-node-agents");
    expect(pod["tolerations"]).toEqual([{ operator: "Exists" }]);
  });

  it("are done as root, which logind lets reboot, without privileges and with nothing of the node to write to", () => {
    const [container] = pod.containers as unknown as {
      securityContext: object;
      volumeMounts: { mountPath: string; readOnly: boolean }[];
    }[];
    expect(container?.securityContext).toEqual({
      allowPrivilegeEscalation: false,
      capabilities: { drop: ["ALL"] },
      readOnlyRootFilesystem: true,
      runAsUser: 0,
    });
    expect(pod["securityContext"]).not.toHaveProperty("runAsNonRoot");
    expect(container?.volumeMounts.map(({ mountPath, readOnly }) => [mountPath, readOnly])).toEqual([
      ["/var/run/dbus", true],
      ["/etc/flatcar", true],
      ["/usr/share/flatcar", true],
      ["/etc/os-release", true],
    ]);
  });

  it("may drain nodes, whose pods it evicts", () => {
    const { rules } = find(manifests, "ClusterRole", "rackspace:flatcar-linux-update-agent");
    expect(rules).toContainEqual({ apiGroups: [""], resources: ["pods/eviction"], verbs: ["create"] });
  });

  it("reach the API server from both", () => {
    const policies = manifests.filter(({ kind }) => kind === "NetworkPolicy").map(({ metadata }) => metadata.name);
    expect(policies).toEqual([
      "flatcar-linux-update-operator-to-api-server",
      "flatcar-linux-update-agent-to-api-server",
    ]);
  });

  it("are OpenStack's alone, and nobody's where they are switched off", () => {
    const charts = (config: ClusterConfig) =>
      chartsOf(plannedCluster(config)).map((make) => make(Testing.app()).node.id);
    expect(charts(openStack())).toContain("node-updates");
    expect(charts(openStack({ services: { nodeUpdates: { enabled: false } } }))).not.toContain("node-updates");
    expect(charts(eks())).not.toContain("node-updates");
  });
});
