import { Construct } from "constructs";
import type { k8s } from "cdk8s-plus-27";
import type { OpenStackClusterConfig } from "../../src/config/cluster-config.js";
import { imageOf } from "../../src/config/container-images.js";
import { NODE_AGENTS_NAMESPACE } from "../../src/config/managed-namespaces.js";
import { ConfigurationFiles } from "../shared/configuration-files.js";
import type { ContainerProps } from "../shared/container.js";
import { httpProbe } from "../shared/probes.js";
import { configurationVolume, hostVolume, type Volume } from "../shared/volumes.js";
import { packetFilterLock } from "./node-files.js";

export interface FlannelProps {
  readonly config: OpenStackClusterConfig;
  /** Files beside Flannel's own. @default - none */
  readonly files?: Readonly<Record<string, string>>;
}

/** As the security groups have it. */
const VXLAN_PORT = 8472;
const HEALTH_PORT = 8081;

/** What Flannel may do: it keeps what it knows of a node in the node's annotations. */
export const flannelRules: readonly k8s.PolicyRule[] = [
  { apiGroups: [""], resources: ["pods"], verbs: ["get"] },
  { apiGroups: [""], resources: ["nodes"], verbs: ["get", "list", "watch"] },
  { apiGroups: [""], resources: ["nodes/status"], verbs: ["patch"] },
];

export const flannelDeviations = {
  "no-capabilities": "It makes interfaces, routes and rules of the packet filter, and no more than these.",
  "read-only-root": "Its iptables links itself to the kind that the node uses when it first runs.",
} as const;

/**
 * Flannel's daemon, which carries pods' packets between nodes by VXLAN: each node has a part of the pods' network that
 * Kubernetes gives it.
 * Source: github.com/flannel-io/flannel, Documentation/kube-flannel.yml
 */
export class Flannel extends Construct {
  /** Flannel's files in a folder. */
  readonly configuration: Volume;
  readonly container: ContainerProps;

  constructor(scope: Construct, id: string, { config, files = {} }: FlannelProps) {
    super(scope, id);
    const network = {
      Network: config.network.podCidr,
      EnableNFTables: false,
      Backend: { Type: "vxlan", Port: VXLAN_PORT },
    };
    const all = new ConfigurationFiles(this, "files", {
      namespace: NODE_AGENTS_NAMESPACE,
      name: "flannel",
      files: { "net-conf.json": JSON.stringify(network), ...files },
    });
    this.configuration = configurationVolume("flannel-configuration", all);
    this.container = {
      name: "kube-flannel",
      image: imageOf("flannel", config),
      command: ["/opt/bin/flanneld"],
      args: ["--ip-masq", "--kube-subnet-mgr", `--healthz-port=${HEALTH_PORT}`],
      environment: {
        POD_NAME: { field: "metadata.name" },
        POD_NAMESPACE: { field: "metadata.namespace" },
        EVENT_QUEUE_DEPTH: "5000",
        CONT_WHEN_CACHE_NOT_READY: "false",
      },
      ports: { healthz: HEALTH_PORT },
      resources: { cpu: { request: "50m", limit: "500m" }, memory: { request: "50Mi", limit: "256Mi" } },
      probes: {
        readiness: httpProbe("/readyz", "healthz"),
        liveness: httpProbe("/healthz", "healthz", { periodSeconds: 30 }),
      },
      capabilities: ["NET_ADMIN", "NET_RAW"],
      writableRoot: true,
      mounts: [
        {
          volume: hostVolume("flannel-run", "/run/flannel", "DirectoryOrCreate"),
          path: "/run/flannel",
          writable: true,
        },
        { volume: this.configuration, path: "/etc/kube-flannel" },
        { volume: packetFilterLock, path: "/run/xtables.lock", writable: true },
      ],
    };
  }
}
