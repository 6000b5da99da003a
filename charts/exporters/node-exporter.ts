import { Construct } from "constructs";
import { jobs } from "../../src/alerting/jobs.js";
import type { ClusterConfig } from "../../src/config/cluster-config.js";
import { imageOf } from "../../src/config/container-images.js";
import { NODE_AGENTS_NAMESPACE } from "../../src/config/managed-namespaces.js";
import { httpProbe } from "../shared/probes.js";
import { hostVolume } from "../shared/volumes.js";
import { everyTaint } from "../shared/workload-kind.js";
import { Workload } from "../shared/workload.js";

export interface NodeExporterProps {
  readonly config: ClusterConfig;
}

/** Security groups let it through to every node. */
const PORT = 9100;
/** `nobody` of the image. */
const USER = 65534;
const ROOT = "/host/root";

/** Mounts of containers and of pods come and go, and are told by the kubelet. */
const OTHERS_MOUNTS =
  "^/(dev|proc|sys|run/(containerd|credentials|netns)/.+|var/lib/(containerd|kubelet/(pods|plugins))/.+)($|/)";
/** Ends of pods' networks: Calico's, Flannel's and Amazon's names. */
const PODS_DEVICES = "^(cali|veth|eni).*$";

/**
 * Every node as its operating system sees it.
 * Source: github.com/prometheus/node_exporter
 */
export class NodeExporter extends Construct {
  constructor(scope: Construct, id: string, { config }: NodeExporterProps) {
    super(scope, id);
    const root = hostVolume("root", "/");
    new Workload(this, "workload", {
      config,
      namespace: NODE_AGENTS_NAMESPACE,
      name: jobs.nodeExporter,
      kind: { type: "DaemonSet", maxUnavailable: "10%" },
      priority: "platform-critical",
      placement: { tolerations: everyTaint },
      user: USER,
      containers: [
        {
          name: "node-exporter",
          image: imageOf("node-exporter", config),
          args: [
            `--web.listen-address=:${PORT}`,
            `--path.rootfs=${ROOT}`,
            `--path.sysfs=${ROOT}/sys`,
            `--path.udev.data=${ROOT}/run/udev/data`,
            `--collector.filesystem.mount-points-exclude=${OTHERS_MOUNTS}`,
            `--collector.netclass.ignored-devices=${PODS_DEVICES}`,
            `--collector.netdev.device-exclude=${PODS_DEVICES}`,
            "--collector.systemd",
            "--collector.systemd.unit-include=.+[.](service|timer)",
            // Neither is there on virtual machines.
            "--no-collector.hwmon",
            "--no-collector.btrfs",
          ],
          // systemd answers whoever asks for the state of units.
          environment: { DBUS_SYSTEM_BUS_ADDRESS: `unix:path=${ROOT}/run/dbus/system_bus_socket` },
          ports: { metrics: PORT },
          resources: { cpu: { request: "20m", limit: "250m" }, memory: { request: "32Mi", limit: "128Mi" } },
          probes: { readiness: httpProbe("/", "metrics"), liveness: httpProbe("/", "metrics") },
          mounts: [{ volume: root, path: ROOT, propagation: "HostToContainer" }],
        },
      ],
      deviations: {
        "no-host-network": "It counts the traffic and the connections of the node, which its own network would hide.",
        "no-host-processes": "It counts the node's processes and reads the mounts of the first of them.",
        "no-host-paths": "It reads the node's file systems, devices and the state of its units.",
      },
      metrics: [
        {
          port: "metrics",
          // The node's name says more in an alert than an address and the port.
          relabelings: [{ sourceLabels: ["__meta_kubernetes_pod_node_name"], targetLabel: "instance" }],
          // Of a unit's five states two are looked at.
          metricRelabelings: [
            {
              action: "drop",
              sourceLabels: ["__name__", "state"],
              regex: "node_systemd_unit_state;(activating|deactivating|inactive)",
            },
          ],
        },
      ],
    });
  }
}
