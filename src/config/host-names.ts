import type { Endpoints } from "./cluster-config.js";

/** The domain of the cluster's own hosts. */
export function clusterDomainOf(cluster: { readonly name: string; readonly domain: string }): string {
  return `${cluster.name}.${cluster.domain}`;
}

export function endpointsOf(clusterDomain: string): Endpoints {
  return {
    api: `api.${clusterDomain}`,
    apiInternal: `api-int.${clusterDomain}`,
    ingressWildcard: `*.${clusterDomain}`,
  };
}
