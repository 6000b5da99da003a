import type { ClusterNode } from "../../config/cluster-config.js";
import { paths } from "../paths.js";
import { KUBEADM_API } from "./documents.js";
import { localApiEndpoint } from "./init-configuration.js";
import { nodePatches, nodeRegistration, type NodeRegistrationProps } from "./node-registration.js";

/**
 * How a node joins. The file of the discovery holds the CA and the token: kubeadm's other ways read a ConfigMap without
 * signing in, which the API server does not allow.
 */
export function joinConfiguration(registration: NodeRegistrationProps) {
  return {
    apiVersion: KUBEADM_API,
    kind: "JoinConfiguration",
    discovery: { file: { kubeConfigPath: paths.discovery } },
    nodeRegistration: nodeRegistration(registration),
    patches: nodePatches,
  };
}

/** How a controller joins: the authorities' keys are on it already. */
export function controllerJoinConfiguration(node: ClusterNode) {
  return { ...joinConfiguration({}), controlPlane: { localAPIEndpoint: localApiEndpoint(node) } };
}
