import { Cidr } from "../lib/cidr.js";
import { fixedAddressOf, type AddressPlan, type NodeRole, type OpenStackClusterConfig } from "./cluster-config.js";

const GATEWAY = 1;
const API_VIRTUAL_IP = 5;
const INGRESS_VIRTUAL_IP = 6;
/** First fixed address of a role; a node's own is this plus its ordinal. 16 apart, for at most 9 members each. */
const FIRST_OF_ROLE: Readonly<Record<Exclude<NodeRole, "worker">, number>> = { etcd: 16, controller: 32 };
/**
 * kubernetes-auth's in the service network: after kubeadm's for DNS, the tenth, and among the sixteen that Kubernetes hands
 * out last in the smallest network.
 */
const AUTH_SERVICE = 12;
/** Addresses kept out of Neutron's allocation pool at the start of the node network. */
export const RESERVED_ADDRESSES = 64;

/** The fixed addresses of a node network, by position, so that none moves when nodes come and go. */
export function addressPlan(nodeCidr: string): AddressPlan {
  const network = Cidr.parse(nodeCidr);
  return {
    gateway: network.at(GATEWAY),
    apiVirtualIp: network.at(API_VIRTUAL_IP),
    ingressVirtualIp: network.at(INGRESS_VIRTUAL_IP),
    pool: { start: network.at(RESERVED_ADDRESSES), end: network.at(-2) },
  };
}

export function fixedAddress(nodeCidr: string, role: NodeRole, ordinal: number): string | undefined {
  return role === "worker" ? undefined : Cidr.parse(nodeCidr).at(FIRST_OF_ROLE[role] + ordinal);
}

/** Where nodes reach the Kubernetes API on their network. */
export function internalApiAddresses({
  provider,
  addresses,
  controllers,
}: Pick<OpenStackClusterConfig, "provider" | "addresses" | "controllers">): readonly string[] {
  return provider.api.topology === "floating-ips" ? controllers.map(fixedAddressOf) : [addresses.apiVirtualIp];
}

/** Address of kubernetes-auth's service in a cluster that hosts it: the API server knows it before there is any DNS. */
export function authServiceAddress(serviceCidr: string): string {
  return Cidr.parse(serviceCidr).at(AUTH_SERVICE);
}
