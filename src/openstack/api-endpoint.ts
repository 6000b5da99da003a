import { Construct } from "constructs";
import type { OpenStackClusterConfig } from "../config/cluster-config.js";
import { FloatingIp } from "./floating-ip.js";
import type { ClusterIdentity } from "../config/cluster-identity.js";
import { LoadBalancer } from "./load-balancer.js";
import type { Network } from "./network.js";
import type { Server } from "./server.js";
import { VirtualIp } from "./virtual-ip.js";

export interface ApiEndpointProps {
  readonly identity: ClusterIdentity;
  readonly network: Network;
  readonly config: OpenStackClusterConfig;
}

/** Where the Kubernetes API answers, in one of the three topologies. Controllers join with {@link addMember}. */
export class ApiEndpoint extends Construct {
  /** Virtual IPs that the controllers' ports must allow. */
  readonly virtualIps: readonly string[];
  private readonly publicOnes: string[] = [];
  private readonly connect: (server: Server) => void;

  constructor(scope: Construct, id: string, props: ApiEndpointProps) {
    super(scope, id);
    const { identity, network, config } = props;
    const { api } = config.provider;
    const address = config.addresses.apiVirtualIp;
    switch (api.topology) {
      case "floating-ips":
        this.virtualIps = [];
        this.connect = (server) => {
          const purpose = `Address of the Kubernetes API on ${server.spec.key}`;
          const props = { identity, network, purpose, portId: server.port.portId };
          this.publicOnes.push(new FloatingIp(server, "floating-ip", props).address);
        };
        return;
      case "octavia": {
        const balancer = new LoadBalancer(this, "load-balancer", {
          identity,
          network,
          address,
          provider: api.provider,
          // Nodes reach the API by the balancer's private address.
          allowedCidrs: [config.network.nodeCidr, ...config.network.apiAllowedCidrs],
        });
        this.virtualIps = [];
        this.connect = (server) => {
          balancer.addMember(server);
        };
        this.publicOnes.push(balancer.floatingIp.address);
        return;
      }
      case "virtual-ip": {
        const virtualIp = new VirtualIp(this, "virtual-ip", { identity, network, service: "api", address });
        this.virtualIps = [address];
        this.connect = () => undefined;
        this.publicOnes.push(virtualIp.floatingIp.address);
        return;
      }
    }
  }

  /** Addresses that users connect to. Complete when every controller has been added. */
  get publicAddresses(): readonly string[] {
    return this.publicOnes;
  }

  /** Lets the API be reached on a controller. */
  addMember(server: Server): void {
    this.connect(server);
  }
}
