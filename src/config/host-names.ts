import type { Endpoints } from "./cluster-config.js";

/** The domain of the cluster's own hosts. */
export function clusterDomainOf(cluster: { readonly name: string; readonly domain: string }): string {
  return `${cluster.name}.${cluster.domain}`;
}

/** Port of the Kubernetes API, on controllers and balancers alike. */
export const API_PORT = 6443;

/** Where users reach the Kubernetes API, as kubectl is told it. */
export function apiUrl({ api }: Endpoints): string {
  return `https://${api}:${API_PORT}`;
}

export function endpointsOf(clusterDomain: string): Endpoints {
  return {
    api: `api.${clusterDomain}`,
    apiInternal: `api-int.${clusterDomain}`,
    ingressWildcard: `*.${clusterDomain}`,
  };
}
