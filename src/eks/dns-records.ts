import { DataAwsRoute53Zone } from "@cdktf/provider-aws/lib/data-aws-route53-zone/index.js";
import { Route53Record } from "@cdktf/provider-aws/lib/route53-record/index.js";
import { Route53Zone } from "@cdktf/provider-aws/lib/route53-zone/index.js";
import { Construct } from "constructs";
import type { ClusterIdentity } from "../config/cluster-identity.js";
import { acceptRisk } from "./accepted-risk.js";

export interface DnsRecordsProps {
  readonly identity: ClusterIdentity;
  /** Fully qualified, with the dot at the end. */
  readonly zone: string;
  /** `zone`: the zone is made here; `records`: it exists. */
  readonly manage: "zone" | "records";
  readonly ttlSeconds: number;
}

/** The cluster's names in Route 53. */
export class DnsRecords extends Construct {
  /** Servers that the zone above must name; undefined for a zone that exists already. */
  readonly nameServers?: readonly string[];
  private readonly zoneId: string;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: DnsRecordsProps,
  ) {
    super(scope, id);
    const name = props.zone.slice(0, -1);
    if (props.manage === "records") {
      this.zoneId = new DataAwsRoute53Zone(this, "zone", { name, privateZone: false }).zoneId;
      return;
    }
    const zone = new Route53Zone(this, "zone", { name, comment: props.identity.description("Zone") });
    acceptRisk(zone, {
      CKV2_AWS_38: "signing needs a key in us-east-1 and a record in the zone above, which is not the cluster's",
      CKV2_AWS_39: "Route 53 writes query logs to us-east-1 alone, and the zone holds public names only",
    });
    this.zoneId = zone.zoneId;
    this.nameServers = zone.nameServers;
  }

  /**
   * A name with one address, or several of which clients take one.
   *
   * @param id stable: the record is keyed by it
   * @param name without the dot at the end
   */
  addAddresses(id: string, name: string, addresses: readonly string[]): void {
    const { ttlSeconds: ttl } = this.props;
    new Route53Record(this, id, { zoneId: this.zoneId, name, type: "A", ttl, records: [...addresses] });
  }
}
