import { fixedAddressOf, type ClusterNode } from "../../config/cluster-config.js";
import { API_PORT } from "../../config/host-names.js";
import { KUBEADM_API } from "./documents.js";
import { nodePatches, nodeRegistration } from "./node-registration.js";

/** Long enough for every node of a new cluster to join; adding one later makes a token of its own. */
const TOKEN_TTL = "24h0m0s";

/** How the first controller initialises the control plane. @param bootstrapToken by which the other nodes join */
export function initConfiguration(node: ClusterNode, bootstrapToken: string) {
  return {
    apiVersion: KUBEADM_API,
    kind: "InitConfiguration",
    bootstrapTokens: [
      {
        token: bootstrapToken,
        description: "joins the nodes of a new cluster",
        ttl: TOKEN_TTL,
        usages: ["authentication", "signing"],
        groups: ["system:bootstrappers:kubeadm:default-node-token"],
      },
    ],
    localAPIEndpoint: localApiEndpoint(node),
    nodeRegistration: nodeRegistration({}),
    patches: nodePatches,
  };
}

export function localApiEndpoint(node: ClusterNode) {
  return { advertiseAddress: fixedAddressOf(node), bindPort: API_PORT };
}
