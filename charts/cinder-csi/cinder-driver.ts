import type { OpenStackClusterConfig } from "../../src/config/cluster-config.js";
import { imageOf } from "../../src/config/container-images.js";
import type { ContainerProps, Mount } from "../shared/container.js";
import { httpProbe, type Probes } from "../shared/probes.js";

/** The driver's name, as StorageClasses and Kubernetes' own objects know it. */
export const CINDER_DRIVER = "cinder.csi.openstack.org";

/** Folder of the driver's socket in every container of its pods. */
export const SOCKET_FOLDER = "/csi";
export const SOCKET = `${SOCKET_FOLDER}/csi.sock`;

/** Where the liveness probe's sidecar answers, which speaks to the driver by its socket. */
export const HEALTH_PORT = 9808;

/** Address at which a pod of the node's network answers the kubelet, and nobody beyond the node. */
export const LOOPBACK = "127.0.0.1";

/**
 * Of the driver's own container, though another answers: it is this one that is started anew.
 *
 * @param host where the sidecar listens. @default - at the pod's address
 */
export function driverProbes(host?: string): Probes {
  const where = host === undefined ? {} : { host };
  return {
    readiness: httpProbe("/healthz", "healthz", where),
    liveness: httpProbe("/healthz", "healthz", { ...where, timeoutSeconds: 10, failureThreshold: 5 }),
  };
}

/** Why the sidecar that answers for the driver has no probes itself. */
export const withoutProbes =
  "The sidecar that is asked how the driver is has no state of its own: what it answers is the driver's, and is probed there.";

/** @param host as in {@link driverProbes} */
export function livenessProbe(config: OpenStackClusterConfig, socket: Mount, host = ""): ContainerProps {
  return {
    name: "liveness-probe",
    image: imageOf("csi-liveness-probe", config),
    args: [`--csi-address=${SOCKET}`, `--http-endpoint=${host}:${HEALTH_PORT}`],
    resources: { cpu: { request: "5m", limit: "100m" }, memory: { request: "16Mi", limit: "64Mi" } },
    mounts: [socket],
  };
}
