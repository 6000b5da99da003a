import { Construct } from "constructs";
import type { OpenStackClusterConfig } from "../../src/config/cluster-config.js";
import { imageOf, minorImageOf } from "../../src/config/container-images.js";
import { NODE_AGENTS_NAMESPACE } from "../../src/config/managed-namespaces.js";
import { ConfigurationFiles } from "../shared/configuration-files.js";
import type { Mount } from "../shared/container.js";
import { iniFile } from "../shared/ini-file.js";
import { httpProbe } from "../shared/probes.js";
import { configurationVolume, hostVolume, memoryVolume } from "../shared/volumes.js";
import { everyTaint } from "../shared/workload-kind.js";
import { Workload } from "../shared/workload.js";
import {
  CINDER_DRIVER,
  driverProbes,
  HEALTH_PORT,
  livenessProbe,
  LOOPBACK,
  SOCKET,
  SOCKET_FOLDER,
  withoutProbes,
} from "./cinder-driver.js";

const NAME = "cinder-csi-node";
const KUBELET = "/var/lib/kubelet";
const DRIVER_FOLDER = `${KUBELET}/plugins/${CINDER_DRIVER}`;
const REGISTRAR_PORT = 9809;
const CONFIGURATION = "/etc/cinder-csi";

/**
 * Servers need not have a drive with their metadata, and what is on one is of the day on which they were made: the service
 * is asked first.
 */
const configuration = iniFile({ Metadata: { "search-order": "metadataService,configDrive" } });

/** Mounts volumes on its node. It has no credential: that they are attached is the controller's work. */
export class CinderNode extends Construct {
  constructor(scope: Construct, id: string, config: OpenStackClusterConfig) {
    super(scope, id);
    const files = new ConfigurationFiles(this, "files", {
      namespace: NODE_AGENTS_NAMESPACE,
      name: NAME,
      files: { "cloud.conf": configuration },
    });
    const socket: Mount = {
      volume: hostVolume("socket", DRIVER_FOLDER, "DirectoryOrCreate"),
      path: SOCKET_FOLDER,
      writable: true,
    };
    new Workload(this, "workload", {
      config,
      namespace: NODE_AGENTS_NAMESPACE,
      name: NAME,
      kind: { type: "DaemonSet", maxUnavailable: "10%" },
      placement: { tolerations: everyTaint },
      priority: "platform-critical",
      containers: [
        {
          name: "cinder-csi-plugin",
          image: minorImageOf("cinder-csi-plugin", config),
          command: ["/bin/cinder-csi-plugin"],
          args: [
            `--endpoint=unix://${SOCKET}`,
            "--provide-controller-service=false",
            `--cloud-config=${CONFIGURATION}/cloud.conf`,
          ],
          ports: { healthz: HEALTH_PORT },
          resources: { cpu: { request: "10m", limit: "500m" }, memory: { request: "32Mi", limit: "256Mi" } },
          probes: driverProbes(LOOPBACK),
          privileged: true,
          mounts: [
            socket,
            {
              volume: hostVolume("kubelet", KUBELET),
              path: KUBELET,
              writable: true,
              propagation: "Bidirectional",
            },
            { volume: hostVolume("devices", "/dev"), path: "/dev", writable: true, propagation: "HostToContainer" },
            { volume: configurationVolume("configuration", files), path: CONFIGURATION },
            // mount and blkid keep account here, and a drive with metadata is mounted on /tmp.
            { volume: memoryVolume("run", "4Mi"), path: "/run", writable: true },
            { volume: memoryVolume("temporary", "4Mi"), path: "/tmp", writable: true },
          ],
        },
        {
          name: "node-driver-registrar",
          image: imageOf("csi-node-driver-registrar", config),
          args: [
            `--csi-address=${SOCKET}`,
            `--kubelet-registration-path=${DRIVER_FOLDER}/csi.sock`,
            `--http-endpoint=${LOOPBACK}:${REGISTRAR_PORT}`,
          ],
          ports: { registrar: REGISTRAR_PORT },
          resources: { cpu: { request: "5m", limit: "100m" }, memory: { request: "16Mi", limit: "64Mi" } },
          probes: {
            readiness: httpProbe("/healthz", "registrar", { host: LOOPBACK }),
            liveness: httpProbe("/healthz", "registrar", { host: LOOPBACK }),
          },
          mounts: [
            socket,
            {
              volume: hostVolume("registration", `${KUBELET}/plugins_registry`),
              path: "/registration",
              writable: true,
            },
          ],
        },
        livenessProbe(config, socket, LOOPBACK),
      ],
      deviations: {
        probes: withoutProbes,
        "non-root": "Disks are formatted and mounted by root alone, and so are the kubelet's sockets reached.",
        "no-privileges": "It mounts disks where the kubelet and the pods of the node see them.",
        "no-host-paths":
          "It works on the node's disks, in the kubelet's folders, and meets the kubelet by sockets there.",
        "no-host-network":
          "It asks the metadata service which server it is on, and in which zone: pods are kept from that.",
      },
    });
  }
}
