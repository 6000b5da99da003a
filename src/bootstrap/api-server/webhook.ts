import { authServiceAddress } from "../../config/address-plan.js";
import type { OpenStackClusterConfig } from "../../config/cluster-config.js";

/** Port of kubernetes-auth's service in its own cluster. */
const AUTH_PORT = 8443;

/**
 * Where the API server asks kubernetes-auth. In the cluster itself by the service's fixed address: a controller does not
 * resolve the names of services.
 */
export function webhookUrl({ auth, network }: Pick<OpenStackClusterConfig, "auth" | "network">, path: string): string {
  switch (auth.mode) {
    case "hosted":
      return `https://${authServiceAddress(network.serviceCidr)}:${AUTH_PORT}${path}`;
    case "external":
      return `${auth.url.replace(/\/+$/, "")}${path}`;
  }
}
