import type { ApiHosts } from "./cluster-config.js";

/** The domain of the cluster's own hosts. */
export function clusterDomainOf(cluster: { readonly name: string; readonly domain: string }): string {
  return `${cluster.name}.${cluster.domain}`;
}

/** Port of the Kubernetes API, on controllers and balancers alike. */
export const API_PORT = 6443;

/** Where users reach the Kubernetes API, as kubectl is told it. */
export function apiUrl(hosts: ApiHosts): string {
  return urlOf(hosts.public);
}

/** Where nodes reach it. */
export function internalApiUrl(hosts: ApiHosts): string {
  return urlOf(hosts.internal);
}

function urlOf(host: string): string {
  return `https://${host}:${API_PORT}`;
}

export function apiHostsOf(clusterDomain: string): ApiHosts {
  return { public: `api.${clusterDomain}`, internal: `api-int.${clusterDomain}` };
}

export function ingressWildcardOf(clusterDomain: string): string {
  return `*.${clusterDomain}`;
}

/** Host of a service that runs in the cluster: `prometheus.demo.mk8s.example.com`. */
export function serviceHostOf(service: string, clusterDomain: string): string {
  return `${service}.${clusterDomain}`;
}

/** Host of a kubernetes-auth that runs in the cluster. */
export function authHostOf(clusterDomain: string): string {
  return serviceHostOf(AUTH_SERVICE, clusterDomain);
}

/** Name of the service, and so of its host. */
export const AUTH_SERVICE = "kubernetes-auth";
