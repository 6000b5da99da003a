import { Chart } from "cdk8s";
import type { Construct } from "constructs";
import { jobs } from "../../src/alerting/jobs.js";
import type { OpenStackClusterConfig } from "../../src/config/cluster-config.js";
import { imageOf } from "../../src/config/container-images.js";
import { KUBE_SYSTEM_NAMESPACE } from "../../src/config/managed-namespaces.js";
import { Cidr } from "../../src/lib/cidr.js";
import { ConfigurationFiles } from "../shared/configuration-files.js";
import { httpProbe } from "../shared/probes.js";
import { configurationVolume } from "../shared/volumes.js";
import { Workload } from "../shared/workload.js";
import { corefile } from "./corefile.js";
import { DNS_PORT, HEALTH_PORT, METRICS_PORT, READY_PORT, servers } from "./servers.js";

export interface CoreDnsChartProps {
  readonly config: OpenStackClusterConfig;
}

const COREFILE = "Corefile";
const COREFILE_FOLDER = "/etc/coredns";
/** kubeadm tells kubelets, and they their pods, to ask at the tenth address of the service network. */
const SERVICE_ADDRESS = 10;

/**
 * Names within the cluster, in the place of kubeadm's add-on and by its label and Service, which other software looks for.
 * Source: k8s.io/kubernetes, cmd/kubeadm/app/phases/addons/dns/manifests.go
 */
export class CoreDnsChart extends Chart {
  constructor(scope: Construct, id: string, { config }: CoreDnsChartProps) {
    super(scope, id);
    const files = new ConfigurationFiles(this, "files", {
      namespace: KUBE_SYSTEM_NAMESPACE,
      name: "coredns",
      files: { [COREFILE]: corefile(servers) },
    });
    const dns = new Workload(this, "dns", {
      config,
      namespace: KUBE_SYSTEM_NAMESPACE,
      name: jobs.coreDns,
      kind: { type: "Deployment", replicas: 2 },
      priority: "system-cluster-critical",
      // It asks these itself for what is not the cluster's.
      nameServers: "node",
      containers: [
        {
          name: "coredns",
          image: imageOf("coredns", config),
          args: ["-conf", `${COREFILE_FOLDER}/${COREFILE}`],
          udpPorts: { dns: DNS_PORT },
          ports: { "dns-tcp": DNS_PORT, metrics: METRICS_PORT, health: HEALTH_PORT, ready: READY_PORT },
          resources: { cpu: { request: "100m", limit: "1" }, memory: { request: "70Mi", limit: "170Mi" } },
          probes: {
            readiness: httpProbe("/ready", "ready"),
            liveness: httpProbe("/health", "health", { failureThreshold: 5 }),
          },
          capabilities: ["NET_BIND_SERVICE"],
          mounts: [{ volume: configurationVolume("corefile", files), path: COREFILE_FOLDER }],
        },
      ],
      rights: {
        cluster: [
          { apiGroups: [""], resources: ["services", "namespaces"], verbs: ["list", "watch"] },
          { apiGroups: ["discovery.k8s.io"], resources: ["endpointslices"], verbs: ["list", "watch"] },
        ],
      },
      udpService: { [DNS_PORT]: "dns" },
      service: { [DNS_PORT]: "dns-tcp" },
      clusterIp: Cidr.parse(config.network.serviceCidr).at(SERVICE_ADDRESS),
      metrics: [{ port: "metrics" }],
      deviations: { "no-capabilities": "Names are asked for at a port that only few programs may take." },
    });
    // Every pod and every node asks for names; nobody else reaches an address of the pods' network.
    dns.connections.allowFromAnywhere({ udp: DNS_PORT }, DNS_PORT);
    dns.connections.allowToAnywhere("resolvers", { udp: DNS_PORT }, DNS_PORT);
    dns.connections.allowToApiServer();
  }
}
