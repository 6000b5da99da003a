import { ComputeServergroupV2 } from "@cdktf/provider-openstack/lib/compute-servergroup-v2";
import { Construct } from "constructs";
import type { ClusterIdentity } from "../config/cluster-identity.js";

export interface ServerGroupProps {
  readonly identity: ClusterIdentity;
  /** Part of the group's name after the cluster's: `etcd`, `worker-default`. */
  readonly members: string;
  /** `soft`: two members share a host when there is no other; `hard`: the later one is not started then. */
  readonly antiAffinity: "soft" | "hard";
}

/** Keeps servers apart, so that a lost host takes few of them along. */
export class ServerGroup extends Construct {
  readonly serverGroupId: string;

  constructor(scope: Construct, id: string, props: ServerGroupProps) {
    super(scope, id);
    const group = new ComputeServergroupV2(this, "Default", {
      name: props.identity.resourceName(props.members),
      policies: [props.antiAffinity === "hard" ? "anti-affinity" : "soft-anti-affinity"],
    });
    this.serverGroupId = group.id;
  }
}
