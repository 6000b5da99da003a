import { LbListenerV2 } from "@cdktf/provider-openstack/lib/lb-listener-v2";
import { LbLoadbalancerV2 } from "@cdktf/provider-openstack/lib/lb-loadbalancer-v2";
import { LbMemberV2 } from "@cdktf/provider-openstack/lib/lb-member-v2";
import { LbMonitorV2 } from "@cdktf/provider-openstack/lib/lb-monitor-v2";
import { LbPoolV2 } from "@cdktf/provider-openstack/lib/lb-pool-v2";
import { Construct } from "constructs";
import { API_PORT } from "../config/host-names.js";
import { FloatingIp } from "./floating-ip.js";
import type { ClusterIdentity } from "../config/cluster-identity.js";
import type { Network } from "./network.js";
import type { Server } from "./server.js";

/** Watches and `kubectl exec` are silent for long; Octavia would end them after 50 seconds. */
const IDLE_TIMEOUT_MS = 30 * 60 * 1000;

export interface LoadBalancerProps {
  readonly identity: ClusterIdentity;
  readonly network: Network;
  /** Address of the balancer on the node network. */
  readonly address: string;
  /** Octavia's driver. */
  readonly provider: "amphora" | "ovn";
  /**
   * Who may connect. Must hold the node network. With OVN, which refuses such a list and keeps the clients' addresses, the
   * members' security group says it instead.
   */
  readonly allowedCidrs: readonly string[];
}

/** The Octavia load balancer of the Kubernetes API, with a floating IP. */
export class LoadBalancer extends Construct {
  readonly floatingIp: FloatingIp;
  private readonly poolId: string;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: LoadBalancerProps,
  ) {
    super(scope, id);
    const { identity, network, provider } = props;
    const name = identity.resourceName("api");
    const tags = identity.tags();
    const balancer = new LbLoadbalancerV2(this, "Default", {
      name,
      description: identity.description("Kubernetes API"),
      loadbalancerProvider: provider,
      vipSubnetId: network.subnetId,
      vipAddress: props.address,
      tags,
    });
    const listener = new LbListenerV2(this, "listener", {
      name,
      loadbalancerId: balancer.id,
      protocol: "TCP",
      protocolPort: API_PORT,
      ...(provider === "amphora" && {
        allowedCidrs: [...new Set(props.allowedCidrs)],
        timeoutClientData: IDLE_TIMEOUT_MS,
        timeoutMemberData: IDLE_TIMEOUT_MS,
      }),
      tags,
    });
    const pool = new LbPoolV2(this, "pool", {
      name,
      listenerId: listener.id,
      protocol: "TCP",
      // The only method that OVN has.
      lbMethod: provider === "ovn" ? "SOURCE_IP_PORT" : "LEAST_CONNECTIONS",
      tags,
    });
    new LbMonitorV2(this, "monitor", {
      name,
      poolId: pool.id,
      // OVN knows TCP checks only; /readyz answers without authentication.
      ...(provider === "ovn"
        ? { type: "TCP" }
        : { type: "HTTPS", httpMethod: "GET", urlPath: "/readyz", expectedCodes: "200" }),
      delay: 5,
      timeout: 3,
      maxRetries: 3,
      maxRetriesDown: 3,
    });
    this.poolId = pool.id;
    this.floatingIp = new FloatingIp(this, "public", {
      identity,
      network,
      purpose: "Address of the Kubernetes API",
      portId: balancer.vipPortId,
    });
  }

  /** Makes a controller a member of the balancer. */
  addMember({ spec, port }: Server): void {
    new LbMemberV2(this, spec.key, {
      name: spec.serverName,
      poolId: this.poolId,
      address: port.address,
      subnetId: this.props.network.subnetId,
      protocolPort: API_PORT,
      tags: this.props.identity.tags(spec.role),
    });
  }
}
