import type { OpenStackProvider } from "../../src/config/cluster-config.js";
import type { OpenStackCluster } from "../../src/config/cluster-outputs.js";
import type { IniSections } from "../shared/ini-file.js";

/** What the cloud controller manager is told of balancers, for Services of type LoadBalancer. */
export function balancerSettings({ config: { provider }, outputs }: OpenStackCluster): IniSections[string] {
  if (!provider.octavia) return { enabled: false };
  return {
    enabled: true,
    "floating-network-id": outputs.externalNetworkId,
    "network-id": outputs.networkId,
    "subnet-id": outputs.subnetId,
    ...driverSettings(provider),
    // Services with externalTrafficPolicy Local need one: it is how a balancer knows which nodes have a pod.
    "create-monitor": true,
    // Terraform has the groups of the nodes' ports, and lets balancers through to NodePorts.
    "manage-security-groups": false,
  };
}

/** Of the API's balancer where there is one, and else Octavia's own driver. */
function driverSettings({ api }: OpenStackProvider): IniSections[string] {
  const driver = api.topology === "octavia" ? api.provider : "amphora";
  switch (driver) {
    case "amphora":
      return { "lb-provider": "amphora", "lb-method": "ROUND_ROBIN" };
    case "ovn":
      return { "lb-provider": "ovn", "lb-method": "SOURCE_IP_PORT" };
  }
}
