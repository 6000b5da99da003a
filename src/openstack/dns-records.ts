import { DataOpenstackDnsZoneV2 } from "@cdktf/provider-openstack/lib/data-openstack-dns-zone-v2";
import { DnsRecordsetV2 } from "@cdktf/provider-openstack/lib/dns-recordset-v2";
import { DnsZoneV2 } from "@cdktf/provider-openstack/lib/dns-zone-v2";
import { Construct } from "constructs";
import type { ClusterIdentity } from "../config/cluster-identity.js";

export interface DnsRecordsProps {
  readonly identity: ClusterIdentity;
  /** Fully qualified, with the dot at the end. */
  readonly zone: string;
  /** `zone`: the zone is made here; `records`: it exists. */
  readonly manage: "zone" | "records";
  readonly ttlSeconds: number;
}

/** The cluster's names in Designate. */
export class DnsRecords extends Construct {
  private readonly zoneId: string;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: DnsRecordsProps,
  ) {
    super(scope, id);
    const { identity, zone } = props;
    this.zoneId =
      props.manage === "zone"
        ? new DnsZoneV2(this, "zone", {
            name: zone,
            email: `hostmaster@${zone.slice(0, -1)}`,
            description: identity.description("Zone"),
            ttl: props.ttlSeconds,
            type: "PRIMARY",
          }).id
        : new DataOpenstackDnsZoneV2(this, "zone", { name: zone }).id;
  }

  /**
   * A name with one address, or several of which clients take one.
   *
   * @param id stable: the record is keyed by it
   * @param name without the dot at the end
   */
  addAddresses(id: string, name: string, addresses: readonly string[]): void {
    new DnsRecordsetV2(this, id, {
      zoneId: this.zoneId,
      name: `${name}.`,
      type: "A",
      ttl: this.props.ttlSeconds,
      description: this.props.identity.description("Record"),
      records: [...addresses],
    });
  }
}
