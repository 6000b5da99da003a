import { describe, expect, it } from "@jest/globals";
import { Chart, Testing } from "cdk8s";
import { httpProbe, type ProbeOptions } from "../../../charts/shared/probes.js";
import { scratchVolume } from "../../../charts/shared/volumes.js";
import { everyTaint } from "../../../charts/shared/workload-kind.js";
import { Workload, type WorkloadProps } from "../../../charts/shared/workload.js";
import { openStack } from "../../support/bootstraps.js";
import { find, type Manifest } from "../workload-manifests.js";

const scratch = scratchVolume("scratch", "1Mi");
const smallest: WorkloadProps = {
  config: openStack(),
  namespace: "rackspace-system",
  name: "sample",
  kind: { type: "Deployment", replicas: 2 },
  priority: "platform",
  containers: [
    {
      name: "sample",
      image: "registry.example.com/sample:1",
      ports: { https: 8443 },
      resources: { cpu: { request: "10m", limit: "100m" }, memory: { request: "16Mi", limit: "32Mi" } },
      probes: { readiness: httpProbe("/ready", "https"), liveness: httpProbe("/live", "https") },
      mounts: [{ volume: scratch, path: "/scratch", writable: true }],
    },
  ],
};

function manifestsOf(changes: Partial<WorkloadProps> = {}): readonly Manifest[] {
  const chart = new Chart(Testing.app(), "chart");
  new Workload(chart, "sample", { ...smallest, ...changes });
  return Testing.synth(chart) as Manifest[];
}

/** The first container with fields changed, or left out. */
const containers = (changes: object) => smallest.containers.map((each) => ({ ...each, ...changes }));

describe("a workload", () => {
  const deployment = find(manifestsOf(), "Deployment");
  const pod = deployment.spec.template.spec;
  const [first] = pod.containers;

  it("is selected by k8s-app, wherever it is selected", () => {
    const selector = { "k8s-app": "sample" };
    expect(deployment.spec.selector).toEqual({ matchLabels: selector });
    expect(deployment.spec.template.metadata.labels).toMatchObject(selector);
    expect(find(manifestsOf(), "PodDisruptionBudget").spec.selector).toEqual({ matchLabels: selector });
    expect(find(manifestsOf({ service: { 443: "https" } }), "Service").spec.selector).toEqual(selector);
  });

  it("bears the platform's label, which policies know it by", () => {
    for (const { metadata } of manifestsOf())
      expect(metadata.labels).toMatchObject({ "app.kubernetes.io/managed-by": "kaas" });
  });

  it("passes the restricted Pod Security level, and writes to no root file system", () => {
    expect(pod.securityContext).toMatchObject({ runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } });
    expect(first?.securityContext).toEqual({
      allowPrivilegeEscalation: false,
      capabilities: { drop: ["ALL"] },
      readOnlyRootFilesystem: true,
    });
    expect(pod).not.toHaveProperty("hostNetwork");
    expect(pod).not.toHaveProperty("hostPID");
  });

  it("has requests and limits of processor and memory", () => {
    expect(first?.resources).toEqual({
      requests: { cpu: "10m", memory: "16Mi" },
      limits: { cpu: "100m", memory: "32Mi" },
    });
  });

  it("loses one pod at a time, and stands on several zones and nodes as far as there are any", () => {
    expect(find(manifestsOf(), "PodDisruptionBudget").spec).toMatchObject({ maxUnavailable: 1 });
    expect(pod.topologySpreadConstraints).toMatchObject([
      { topologyKey: "topology.kubernetes.io/zone", whenUnsatisfiable: "ScheduleAnyway" },
      { topologyKey: "kubernetes.io/hostname", whenUnsatisfiable: "ScheduleAnyway" },
    ]);
  });

  it("gets a token of the Kubernetes API where it has rights, and nowhere else", () => {
    expect(pod.automountServiceAccountToken).toBe(false);
    const rights = { cluster: [{ apiGroups: [""], resources: ["nodes"], verbs: ["get"] }] };
    const entitled = manifestsOf({ rights });
    expect(find(entitled, "Deployment").spec.template.spec.automountServiceAccountToken).toBe(true);
    expect(find(entitled, "ClusterRole").rules).toEqual(rights.cluster);
    expect(find(entitled, "ClusterRoleBinding").subjects).toEqual([
      { kind: "ServiceAccount", name: "sample", namespace: "rackspace-system" },
    ]);
    expect(manifestsOf().map(({ kind }) => kind)).not.toContain("ClusterRoleBinding");
  });

  it("asks the cluster for addresses by name, and its node where it runs before the cluster's DNS", () => {
    const policy = (changes: Partial<WorkloadProps>) =>
      find(manifestsOf(changes), "Deployment").spec.template.spec["dnsPolicy"];
    expect(policy({})).toBeUndefined();
    expect(policy({ nameServers: "node" })).toBe("Default");
    expect(policy({ nameServers: "node", deviations: { "no-host-network": "it comes first" } })).toBe("Default");
  });

  it("is found at an address that is known beforehand, by UDP and TCP at the same port", () => {
    const manifests = manifestsOf({
      containers: containers({ udpPorts: { names: 5353 } }),
      udpService: { 443: "names" },
      service: { 443: "https" },
      clusterIp: "10.3.0.10",
    });
    const { spec } = find(manifests, "Service");
    expect(spec).toMatchObject({ clusterIP: "10.3.0.10" });
    expect(spec.ports).toEqual([
      { name: "names", port: 443, protocol: "UDP", targetPort: "names" },
      { name: "https", port: 443, targetPort: "https" },
    ]);
    expect(find(manifestsOf({ service: { 443: "https" } }), "Service").spec).not.toHaveProperty("clusterIP");
  });

  it("is asked how it is at its pod's address, or where it alone answers", () => {
    const probe = (options: ProbeOptions) => httpProbe("/ready", "https", options).httpGet;
    expect(probe({})).not.toHaveProperty("host");
    expect(probe({ host: "localhost" })).toMatchObject({ host: "localhost", path: "/ready" });
  });

  it("of every node has neither a budget nor a spread, and goes where it is tolerated", () => {
    const manifests = manifestsOf({ kind: { type: "DaemonSet" }, placement: { tolerations: everyTaint } });
    expect(manifests.map(({ kind }) => kind).sort()).toEqual(["DaemonSet", "ServiceAccount"]);
    expect(find(manifests, "DaemonSet").spec.template.spec).toMatchObject({ tolerations: [{ operator: "Exists" }] });
  });
});

describe("a deviation", () => {
  const reason = "it sets up the node's network";
  const deviating = (...rules: readonly string[]) =>
    manifestsOf({ deviations: Object.fromEntries(rules.map((rule) => [rule, reason])) });

  it("stands on the workload and on its pods, with its reason", () => {
    const deployment = find(deviating("no-host-network"), "Deployment");
    const annotations = { "kaas.rackspace.com/without-no-host-network": reason };
    expect(deployment.metadata.annotations).toEqual(annotations);
    expect(deployment.spec.template.metadata.annotations).toEqual(annotations);
  });

  it.each([
    ["no-host-network", { hostNetwork: true, dnsPolicy: "ClusterFirstWithHostNet" }],
    ["no-host-processes", { hostPID: true }],
  ])("from %s shows in the pod, and in nothing else", (rule, fields) => {
    const [before, after] = [manifestsOf(), deviating(rule)].map((all) => find(all, "Deployment").spec.template.spec);
    expect(after).toEqual({ ...before, ...fields });
  });

  it.each([
    ["read-only-root", { writableRoot: true }, { readOnlyRootFilesystem: false }],
    ["no-capabilities", { capabilities: ["NET_RAW"] }, { capabilities: { drop: ["ALL"], add: ["NET_RAW"] } }],
    [
      "no-privileges",
      { privileged: true },
      { allowPrivilegeEscalation: true, privileged: true, capabilities: undefined },
    ],
  ])("from %s shows in the container that needs it, and in nothing else", (rule, needs, fields) => {
    const security = (changes: Partial<WorkloadProps>) =>
      find(manifestsOf(changes), "Deployment").spec.template.spec.containers[0]?.securityContext;
    const deviating = security({ containers: containers(needs), deviations: { [rule]: reason } });
    expect(deviating).toEqual({ ...security({}), ...fields });
  });

  it("from non-root leaves the user to the image", () => {
    expect(find(deviating("non-root"), "Deployment").spec.template.spec.securityContext).toEqual({
      seccompProfile: { type: "RuntimeDefault" },
    });
  });

  const hostPath = { volume: { name: "host", source: { hostPath: { path: "/sys" } } }, path: "/host" };
  it.each([
    ["probes", { containers: containers({ probes: undefined }) }],
    ["no-host-paths", { containers: containers({ mounts: [hostPath] }) }],
    ["no-privileges", { initContainers: containers({ privileged: true }) }],
    ["no-capabilities", { containers: containers({ capabilities: ["NET_RAW"] }) }],
    ["read-only-root", { containers: containers({ writableRoot: true }) }],
  ])("from %s fails when nobody says why, and when there is none", (rule, changes) => {
    expect(() => manifestsOf(changes)).toThrow(`sample breaks the rule ${rule} and does not say why`);
    expect(manifestsOf({ ...changes, deviations: { [rule]: reason } })).not.toHaveLength(0);
    expect(() => deviating(rule)).toThrow(`sample says why it breaks the rule ${rule}, and does not`);
  });
});
