import { Cidr } from "../lib/cidr.js";
import { fixedAddressOf, isOpenStack, type ClusterConfig } from "./cluster-config.js";
import { API_PORT } from "./host-names.js";

/** Who is spoken to, as a network policy names it when no pod can be: by networks and a port of TCP. */
export interface NetworkPeer {
  readonly cidrs: readonly string[];
  readonly port: number;
}

const HTTPS = 443;
/** Kubernetes gives itself the first address of the service network. */
const KUBERNETES_SERVICE = 1;

/** Networks of the nodes' own addresses. */
export function nodeNetworks(config: ClusterConfig): readonly string[] {
  return [isOpenStack(config) ? config.network.nodeCidr : config.provider.vpcCidr];
}

/**
 * Networks that nodes speak to pods from, and with them the API server. In an overlay a node reaches the pods of another
 * by its tunnel, whose address is one of the pods' network.
 */
export function nodeSources(config: ClusterConfig): readonly string[] {
  return [...nodeNetworks(config), ...(isOpenStack(config) ? [config.network.podCidr] : [])];
}

/**
 * The API servers. Where policies are judged before a service's address was translated, which differs by CNI, the address of
 * the service is what counts.
 */
export function apiServers(config: ClusterConfig): readonly NetworkPeer[] {
  const service = { cidrs: [host(Cidr.parse(config.network.serviceCidr).at(KUBERNETES_SERVICE))], port: HTTPS };
  if (!isOpenStack(config)) return [{ cidrs: nodeNetworks(config), port: HTTPS }, service];
  return [{ cidrs: config.controllers.map((controller) => host(fixedAddressOf(controller))), port: API_PORT }, service];
}

function host(address: string): string {
  return `${address}/32`;
}
