import { describe, expect, it } from "@jest/globals";
import { Testing, type Chart } from "cdk8s";
import type { Construct } from "constructs";
import { chartsOf } from "../../charts/charts-of.js";
import { CalicoChart } from "../../charts/cni/calico-chart.js";
import { CanalChart } from "../../charts/cni/canal-chart.js";
import { FlannelChart } from "../../charts/cni/flannel-chart.js";
import { definitionsLock } from "../../charts/crds/lock.js";
import type { OpenStackClusterConfig } from "../../src/config/cluster-config.js";
import { plannedCluster } from "../../src/config/cluster-outputs.js";
import { clusterFlows } from "../../src/openstack/flows.js";
import { catalogue } from "../../src/versions/catalogue.js";
import { openStack } from "../support/bootstraps.js";
import { ofKind } from "./manifests.js";
import { find, type Manifest } from "./workload-manifests.js";

type Cni = OpenStackClusterConfig["network"]["cni"];
type NetworkChart = new (scope: Construct, id: string, props: { readonly config: OpenStackClusterConfig }) => Chart;

const charts: Readonly<Record<Cni, NetworkChart>> = { calico: CalicoChart, canal: CanalChart, flannel: FlannelChart };
const configOf = (cni: Cni, network = {}, workers: object = { workers: [{ name: "default", count: 3 }] }) =>
  openStack({ cluster: { profile: "development" }, network: { cni, ...network }, ...workers });

function manifestsOf(cni: Cni, config = configOf(cni)): readonly Manifest[] {
  return Testing.synth(new charts[cni](Testing.app(), cni, { config })) as Manifest[];
}

interface Container {
  readonly name: string;
  readonly image: string;
  readonly args?: readonly string[];
  readonly env?: readonly { readonly name: string; readonly value?: string }[];
  readonly ports?: readonly Readonly<Record<string, unknown>>[];
  readonly securityContext?: Readonly<Record<string, unknown>>;
  readonly volumeMounts?: readonly { readonly name: string; readonly mountPath: string }[];
}

interface Pod {
  readonly containers: readonly Container[];
  readonly initContainers: readonly Container[];
  readonly volumes: readonly { readonly name: string; readonly hostPath?: { readonly path: string } }[];
}

const podOf = (manifests: readonly Manifest[]) =>
  find(manifests, "DaemonSet").spec.template.spec as unknown as Pod & Readonly<Record<string, unknown>>;

function containerOf({ containers, initContainers }: Pod, name: string): Container {
  const found = [...initContainers, ...containers].find((container) => container.name === name);
  if (found === undefined) throw new Error(`no container ${name}`);
  return found;
}

const environmentOf = ({ env = [] }: Container) => Object.fromEntries(env.map(({ name, value }) => [name, value]));

/** What the container runtime reads once the installer has put in what it alone knows. */
function plugins(container: Container): readonly Readonly<Record<string, unknown>>[] {
  const text = environmentOf(container)["CNI_NETWORK_CONFIG"] ?? "";
  return (JSON.parse(text) as { plugins: Readonly<Record<string, unknown>>[] }).plugins;
}

const flannelSettings = (manifests: readonly Manifest[]) =>
  (find(manifests, "ConfigMap", "flannel") as unknown as { data: Readonly<Record<string, string>> }).data;

describe.each<Cni>(["calico", "canal", "flannel"])("the pods' network by %s", (cni) => {
  const manifests = manifestsOf(cni);
  const pod = podOf(manifests);

  it("is the one that bootstrap.yaml names, before whatever has pods on it", () => {
    const made = chartsOf(plannedCluster(configOf(cni))).map((make) => make(Testing.app()));
    const needsNetwork = ({ kind, spec }: Manifest) =>
      ["Deployment", "StatefulSet"].includes(kind) && spec.template.spec["hostNetwork"] !== true;
    const first = made.findIndex((chart) => (Testing.synth(chart) as Manifest[]).some(needsNetwork));
    const networks = made.flatMap(({ node }, index) =>
      Object.keys(charts).includes(node.id) ? [{ id: node.id, index }] : [],
    );
    expect(networks.map(({ id }) => id)).toEqual([cni]);
    expect(networks[0]?.index).toBeLessThanOrEqual(first);
  });

  it("stands on every node, whatever its taints, and nothing pushes it out", () => {
    expect(pod).toMatchObject({
      hostNetwork: true,
      priorityClassName: "system-node-critical",
      tolerations: [{ operator: "Exists" }],
    });
    expect(find(manifests, "DaemonSet").metadata.namespace).toBe("rackspace-node-agents");
  });

  it("asks nobody for names whom there is no way to before it has started", () => {
    expect(pod).toMatchObject({ dnsPolicy: "Default" });
  });

  it("puts plugin and settings where the container runtime looks for them", () => {
    const paths = pod.volumes.flatMap(({ hostPath }) => (hostPath === undefined ? [] : [hostPath.path]));
    expect(paths).toEqual(expect.arrayContaining(["/opt/cni/bin", "/etc/cni/net.d", "/run/xtables.lock"]));
  });

  it("has its ports let through by the security groups", () => {
    const overlay = clusterFlows(configOf(cni)).find(({ name }) => name === "overlay");
    const { Backend } =
      cni === "calico"
        ? { Backend: { Port: 4789 } }
        : (JSON.parse(flannelSettings(manifests)["net-conf.json"] ?? "") as { Backend: { Port: number } });
    expect(overlay).toMatchObject({ protocol: "udp", ports: [Backend.Port, Backend.Port] });
  });
});

describe.each<Cni>(["calico", "canal"])("Calico's policies with %s", (cni) => {
  const manifests = manifestsOf(cni);

  it("are those of the release whose definitions are applied", () => {
    const { version } = definitionsLock.calico;
    const images = ofKind(manifests, "DaemonSet")
      .concat(ofKind(manifests, "Deployment"))
      .flatMap((manifest) => {
        const pod = manifest.spec.template.spec as unknown as Partial<Pod>;
        return [...(pod.initContainers ?? []), ...(pod.containers ?? [])].map(({ image }) => image);
      });
    const ofCalico = images.filter((image) => image.startsWith("quay.io/calico/"));
    expect(ofCalico.map((image) => image.split(":")[1])).toEqual([`v${version}`, `v${version}`, `v${version}`]);
    expect(catalogue.images["calico-typha"].tag).toBe(`v${version}`);
  });

  it("have metrics of the job that alerts name, at a port that security groups let Prometheus' nodes reach", () => {
    const monitor = find(manifests, "ServiceMonitor", "calico-node");
    expect(monitor.spec).toMatchObject({ jobLabel: "k8s-app", endpoints: [{ port: "metrics" }] });
    expect(monitor.metadata.labels).toMatchObject({ "k8s-app": "calico-node" });
    expect(find(manifests, "FelixConfiguration").spec).toMatchObject({
      prometheusMetricsEnabled: true,
      prometheusMetricsPort: 9091,
    });
    expect(containerOf(podOf(manifests), "calico-node").ports).toContainEqual({ name: "metrics", containerPort: 9091 });
    const flows = clusterFlows(configOf(cni)).filter(({ name }) => name === "felix-metrics");
    expect(flows.map(({ to, ports }) => [to, ports])).toEqual([
      ["controller", [9091, 9091]],
      ["worker", [9091, 9091]],
    ]);
  });

  it("need a token for their plugin alone, which the agent makes", () => {
    expect(find(manifests, "Role", "rackspace:calico-node").rules).toEqual([
      {
        apiGroups: [""],
        resources: ["serviceaccounts/token"],
        resourceNames: ["calico-cni-plugin"],
        verbs: ["create"],
      },
    ]);
    expect(find(manifests, "ServiceAccount", "calico-cni-plugin").metadata.namespace).toBe("rackspace-node-agents");
  });

  it("are cleared up after by a controller that needs no more than the restricted level", () => {
    const controllers = find(manifests, "Deployment", "calico-kube-controllers");
    expect(controllers.metadata.namespace).toBe("rackspace-system");
    expect(controllers.spec).toMatchObject({ replicas: 1, strategy: { type: "Recreate" } });
    expect(controllers.spec.template.spec).not.toHaveProperty("hostNetwork");
    const [container] = controllers.spec.template.spec.containers as readonly Container[];
    expect(container?.ports).toEqual([
      {
        name: "metrics",
        containerPort: find(manifests, "KubeControllersConfiguration").spec["prometheusMetricsPort" as never],
      },
    ]);
  });

  it("make pods' interfaces as large as what carries their packets lets them be", () => {
    const [calico] = plugins(containerOf(podOf(manifests), "install-cni"));
    expect(calico).toMatchObject({ type: "calico", mtu: 0 });
    const pattern = cni === "canal" ? { mtuIfacePattern: "^flannel\\.1$" } : {};
    expect(find(manifests, "FelixConfiguration").spec).toMatchObject(pattern);
  });
});

describe("Calico", () => {
  const config = configOf("calico", { podCidr: "10.64.0.0/16" });
  const manifests = manifestsOf("calico", config);
  const environment = environmentOf(containerOf(podOf(manifests), "calico-node"));

  it("carries pods' packets between all nodes by VXLAN, and hides pods behind their node outside of the cluster", () => {
    expect(find(manifests, "IPPool").spec).toMatchObject({
      cidr: "10.64.0.0/16",
      vxlanMode: "Always",
      ipipMode: "Never",
      natOutgoing: true,
    });
    expect(environment).toMatchObject({ CALICO_NETWORKING_BACKEND: "vxlan", NO_DEFAULT_POOLS: "true" });
  });

  it("knows a node by the address that the cloud gave it, never by a virtual IP", () => {
    expect(environment).toMatchObject({ IP: "autodetect", IP_AUTODETECTION_METHOD: "kubernetes-internal-ip" });
  });

  it("gives pods addresses of its own pool", () => {
    const [calico] = plugins(containerOf(podOf(manifests), "install-cni"));
    expect(calico).toMatchObject({ ipam: { type: "calico-ipam" } });
  });
});

describe("Typha", () => {
  const workers = (count: number) =>
    manifestsOf("calico", configOf("calico", {}, { workers: [{ name: "default", count }] }));
  const deployments = (manifests: readonly Manifest[]) =>
    ofKind(manifests, "Deployment").map(({ metadata }) => metadata.name);

  it("stands between Calico's agents and the API server of more than fifty nodes, three of them controllers", () => {
    expect(deployments(workers(47))).toEqual(["calico-kube-controllers"]);
    const many = workers(48);
    expect(deployments(many)).toEqual(["calico-typha", "calico-kube-controllers"]);
    expect(find(many, "Deployment", "calico-typha").spec.replicas).toBe(3);
  });

  it("is found by the agents by the name of its Service and of its port, through the security groups", () => {
    const many = workers(48);
    const service = find(many, "Service", "calico-typha");
    expect(environmentOf(containerOf(podOf(many), "calico-node"))).toMatchObject({
      FELIX_TYPHAK8SSERVICENAME: service.metadata.name,
      FELIX_TYPHAK8SNAMESPACE: service.metadata.namespace,
    });
    expect(service.spec.ports).toEqual([{ name: "calico-typha", port: 5473, targetPort: "calico-typha" }]);
    const flows = clusterFlows(configOf("calico")).filter(({ ports }) => ports?.[0] === 5473);
    expect(flows.map(({ to }) => to)).toEqual(["controller", "worker"]);
  });
});

describe("Canal", () => {
  const manifests = manifestsOf("canal", configOf("canal", { podCidr: "10.64.0.0/16" }));
  const pod = podOf(manifests);

  it("is Calico's agent without a network of its own, and Flannel beside it", () => {
    expect(pod.containers.map(({ name }) => name)).toEqual(["calico-node", "kube-flannel"]);
    expect(environmentOf(containerOf(pod, "calico-node"))).toMatchObject({ CALICO_NETWORKING_BACKEND: "none", IP: "" });
    expect(ofKind(manifests, "IPPool")).toEqual([]);
    expect(JSON.parse(flannelSettings(manifests)["net-conf.json"] ?? "")).toMatchObject({ Network: "10.64.0.0/16" });
  });

  it("gives pods addresses of the part of the network that Kubernetes gave their node", () => {
    const [calico] = plugins(containerOf(pod, "install-cni"));
    expect(calico).toMatchObject({ ipam: { type: "host-local", subnet: "usePodCidr" } });
  });
});

describe("Flannel", () => {
  const manifests = manifestsOf("flannel", configOf("flannel", { podCidr: "10.64.0.0/16" }));
  const pod = podOf(manifests);

  it("is not privileged, and changes the network alone", () => {
    const all = [...pod.initContainers, ...pod.containers];
    expect(all.map(({ securityContext }) => securityContext?.["privileged"])).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect(containerOf(pod, "kube-flannel").securityContext).toMatchObject({
      capabilities: { drop: ["ALL"], add: ["NET_ADMIN", "NET_RAW"] },
    });
  });

  it("reads the settings that it installs", () => {
    const settings = flannelSettings(manifests);
    expect(JSON.parse(settings["net-conf.json"] ?? "")).toMatchObject({ Network: "10.64.0.0/16" });
    const [from] = containerOf(pod, "install-cni").args ?? [];
    const file = from?.replace("/etc/kube-flannel/", "") ?? "";
    expect(JSON.parse(settings[file] ?? "")).toMatchObject({ plugins: [{ type: "flannel" }, { type: "portmap" }] });
  });

  it("brings nothing of Calico", () => {
    expect(manifests.filter(({ apiVersion }) => apiVersion.startsWith("crd.projectcalico.org"))).toEqual([]);
  });
});
