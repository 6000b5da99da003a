import { Eip } from "@cdktf/provider-aws/lib/eip/index.js";
import { Construct } from "constructs";
import type { ClusterIdentity } from "../config/cluster-identity.js";
import { acceptRisk } from "./accepted-risk.js";
import type { ZoneSubnets } from "./subnet-plan.js";

export interface IngressAddressesProps {
  readonly identity: ClusterIdentity;
  readonly zones: readonly ZoneSubnets[];
}

/** Addresses reserved for the ingress' balancer, one a zone: they outlive the balancer, and names can point to them. */
export class IngressAddresses extends Construct {
  /** What the balancer is told, by the zone's letter. */
  readonly allocationIds: Readonly<Record<string, string>>;
  readonly addresses: readonly string[];

  constructor(scope: Construct, id: string, { identity, zones }: IngressAddressesProps) {
    super(scope, id);
    const reserved = zones.map(({ letter }) => {
      const address = new Eip(this, letter, {
        domain: "vpc",
        tags: { Name: identity.resourceName(`ingress-${letter}`) },
      });
      acceptRisk(address, { CKV2_AWS_19: "the load balancer controller gives it to the ingress' balancer" });
      return { letter, address };
    });
    this.allocationIds = Object.fromEntries(reserved.map(({ letter, address }) => [letter, address.allocationId]));
    this.addresses = reserved.map(({ address }) => address.publicIp);
  }
}
