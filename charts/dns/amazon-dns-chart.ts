import { Chart } from "cdk8s";
import type { Construct } from "constructs";
import { jobs } from "../../src/alerting/jobs.js";
import type { EksClusterConfig } from "../../src/config/cluster-config.js";
import { KUBE_SYSTEM_NAMESPACE } from "../../src/config/managed-namespaces.js";
import { Connections, type WorkloadReference } from "../shared/connections.js";
import { Metrics } from "../shared/metrics.js";
import { DNS_PORT, METRICS_PORT } from "./servers.js";

export interface AmazonDnsChartProps {
  readonly config: EksClusterConfig;
}

/** Pods and Service of Amazon's add-on. */
const DNS: WorkloadReference = { namespace: KUBE_SYSTEM_NAMESPACE, name: jobs.coreDns };

/** CoreDNS is Amazon's add-on on EKS; that Prometheus reads its metrics is the platform's. */
export class AmazonDnsChart extends Chart {
  constructor(scope: Construct, id: string, { config }: AmazonDnsChartProps) {
    super(scope, id);
    new Metrics(this, "metrics", { config, workload: DNS, endpoints: [{ port: "metrics", number: METRICS_PORT }] });
    // The flow of the metrics closes the pods to everybody else, and names are for all.
    new Connections(this, "connections", { config, workload: DNS }).allowFromAnywhere({ udp: DNS_PORT }, DNS_PORT);
  }
}
