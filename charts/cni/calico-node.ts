import type { k8s } from "cdk8s-plus-27";
import { Construct } from "constructs";
import { jobs } from "../../src/alerting/jobs.js";
import type { OpenStackClusterConfig } from "../../src/config/cluster-config.js";
import { imageOf } from "../../src/config/container-images.js";
import { NODE_AGENTS_NAMESPACE } from "../../src/config/managed-namespaces.js";
import type { ContainerProps } from "../shared/container.js";
import type { Deviations } from "../shared/deviations.js";
import type { EnvironmentValue } from "../shared/environment-variables.js";
import { commandProbe } from "../shared/probes.js";
import { ServiceAccount } from "../shared/service-account.js";
import { hostVolume } from "../shared/volumes.js";
import { everyTaint } from "../shared/workload-kind.js";
import { Workload } from "../shared/workload.js";
import { nodeRules, pluginRules } from "./calico-rights.js";
import { FELIX_METRICS_PORT } from "./felix.js";
import { packetFilterLock, pluginConfiguration, pluginFiles } from "./node-files.js";
import { pluginList, portMapping } from "./plugin-list.js";

export interface CalicoNodeProps {
  readonly config: OpenStackClusterConfig;
  /** Name of the file that makes the container runtime call Calico's plugin. */
  readonly pluginListFile: string;
  /** Whom the plugin asks for a pod's address. */
  readonly ipam: Readonly<Record<string, string>>;
  /** How Calico runs, beside what is the same everywhere. */
  readonly environment: Readonly<Record<string, EnvironmentValue>>;
  /** What it may do beside what it may everywhere. @default - nothing */
  readonly rules?: readonly k8s.PolicyRule[];
  /** What runs beside it on each node. @default - nothing */
  readonly companions?: readonly ContainerProps[];
  /** Rules that these break, each with its reason. @default - none */
  readonly companionsDeviations?: Deviations;
}

/** The account whose token the plugin shows: short-lived ones, which the agent renews in a file on the node. */
const PLUGIN_ACCOUNT = "calico-cni-plugin";
/** Where Calico tells its plugin the node's name and how large a packet may be. */
const nodeFacts = hostVolume("calico-facts", "/var/lib/calico", "DirectoryOrCreate");

const deviations: Deviations = {
  "non-root": "The node's routes, its packet filter and the folders of its plugins are root's.",
  "no-privileges": "It loads kernel modules and sets the kernel's parameters of each pod's interface.",
  "read-only-root": "It starts its parts by links that it makes in its own /etc.",
  "no-host-network": "It makes the network that pods have, and works before there is any.",
  "no-host-paths": "The container runtime finds the plugin and its settings in folders of the node.",
};

/**
 * Calico's agent, on every node: it enforces network policies, and installs the plugin by which pods come to their interfaces.
 * It stands with the other privileged agents rather than in kube-system, where pods may ask for anything: its priority is that
 * of the node's own programs in any namespace.
 * Source: github.com/projectcalico/calico, manifests/calico-vxlan.yaml and canal.yaml
 */
export class CalicoNode extends Construct {
  constructor(scope: Construct, id: string, props: CalicoNodeProps) {
    super(scope, id);
    const { config, rules = [], companions = [], companionsDeviations = {} } = props;
    new ServiceAccount(this, "plugin-account", {
      namespace: NODE_AGENTS_NAMESPACE,
      name: PLUGIN_ACCOUNT,
      rights: { cluster: pluginRules },
    });
    new Workload(this, "agent", {
      config,
      namespace: NODE_AGENTS_NAMESPACE,
      name: jobs.calico,
      kind: { type: "DaemonSet" },
      priority: "system-node-critical",
      placement: { tolerations: everyTaint },
      nameServers: "node",
      // Nothing is gained by waiting: routes and filters stay in the kernel while it is made anew.
      gracePeriodSeconds: 0,
      initContainers: [installer(props)],
      containers: [agent(props), ...companions],
      rights: {
        cluster: [...nodeRules, ...rules],
        namespaces: {
          [NODE_AGENTS_NAMESPACE]: [
            {
              apiGroups: [""],
              resources: ["serviceaccounts/token"],
              resourceNames: [PLUGIN_ACCOUNT],
              verbs: ["create"],
            },
          ],
        },
      },
      metrics: [{ port: "metrics" }],
      deviations: { ...deviations, ...companionsDeviations },
    });
  }
}

function agent({ config, environment }: CalicoNodeProps): ContainerProps {
  return {
    name: "calico-node",
    image: imageOf("calico-node", config),
    environment: {
      DATASTORE_TYPE: "kubernetes",
      WAIT_FOR_DATASTORE: "true",
      NODENAME: { field: "spec.nodeName" },
      // The chart makes the pool, where there is one.
      NO_DEFAULT_POOLS: "true",
      CALICO_DISABLE_FILE_LOGGING: "true",
      // Its probes ask there, whatever FelixConfiguration says.
      FELIX_HEALTHENABLED: "true",
      ...environment,
    },
    ports: { metrics: FELIX_METRICS_PORT },
    resources: { cpu: { request: "100m", limit: "1" }, memory: { request: "160Mi", limit: "512Mi" } },
    probes: {
      readiness: commandProbe(["/bin/calico-node", "-felix-ready"], { timeoutSeconds: 10 }),
      liveness: commandProbe(["/bin/calico-node", "-felix-live"], { timeoutSeconds: 10, failureThreshold: 6 }),
    },
    preStop: ["/bin/calico-node", "-shutdown"],
    privileged: true,
    writableRoot: true,
    mounts: [
      { volume: pluginConfiguration, path: "/host/etc/cni/net.d", writable: true },
      { volume: nodeFacts, path: "/var/lib/calico", writable: true },
      {
        volume: hostVolume("calico-run", "/var/run/calico", "DirectoryOrCreate"),
        path: "/var/run/calico",
        writable: true,
      },
      { volume: packetFilterLock, path: "/run/xtables.lock", writable: true },
      { volume: hostVolume("kernel-modules", "/lib/modules"), path: "/lib/modules" },
      { volume: hostVolume("bpf", "/sys/fs/bpf"), path: "/sys/fs/bpf", writable: true },
    ],
  };
}

function installer({ config, pluginListFile, ipam }: CalicoNodeProps): ContainerProps {
  return {
    name: "install-cni",
    image: imageOf("calico-cni", config),
    command: ["/opt/cni/bin/install"],
    environment: {
      KUBERNETES_NODE_NAME: { field: "spec.nodeName" },
      CNI_CONF_NAME: pluginListFile,
      CNI_NETWORK_CONFIG: pluginList("k8s-pod-network", [calicoPlugin(ipam), portMapping]),
      SLEEP: "false",
    },
    resources: { cpu: { request: "50m", limit: "500m" }, memory: { request: "32Mi", limit: "256Mi" } },
    privileged: true,
    mounts: [
      { volume: pluginFiles, path: "/host/opt/cni/bin", writable: true },
      { volume: pluginConfiguration, path: "/host/etc/cni/net.d", writable: true },
    ],
  };
}

/** The installer puts what it alone knows in the place of names in underlines. */
function calicoPlugin(ipam: CalicoNodeProps["ipam"]) {
  return {
    type: "calico",
    log_level: "info",
    log_file_path: "/var/log/calico/cni/cni.log",
    datastore_type: "kubernetes",
    nodename: "__KUBERNETES_NODE_NAME__",
    // What the agent found to fit into the node's own packets.
    mtu: 0,
    ipam,
    policy: { type: "k8s" },
    kubernetes: { kubeconfig: "__KUBECONFIG_FILEPATH__" },
  };
}
