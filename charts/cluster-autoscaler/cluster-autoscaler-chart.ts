import { Chart } from "cdk8s";
import type { Construct } from "constructs";
import { awsIdentities } from "../../src/config/aws-identities.js";
import type { EksClusterConfig } from "../../src/config/cluster-config.js";
import { minorImageOf } from "../../src/config/container-images.js";
import { leaderElectionRights } from "../shared/leader-election.js";
import { httpProbe } from "../shared/probes.js";
import { Workload } from "../shared/workload.js";
import { autoscalerRights, STATUS } from "./autoscaler-rights.js";

export interface ClusterAutoscalerChartProps {
  readonly config: EksClusterConfig;
}

/** Upstream's, for health and metrics. */
const PORT = 8085;
/** EKS sets both on the groups of its node groups; its value is not looked at. */
const groupTags = (clusterName: string) => [
  "k8s.io/cluster-autoscaler/enabled",
  `k8s.io/cluster-autoscaler/${clusterName}`,
];

/**
 * Makes node groups larger when pods find no place, and smaller when nodes are not needed, within each group's bounds.
 * Source: github.com/kubernetes/autoscaler, cluster-autoscaler/cloudprovider/aws
 */
export class ClusterAutoscalerChart extends Chart {
  constructor(scope: Construct, id: string, { config }: ClusterAutoscalerChartProps) {
    super(scope, id);
    const { namespace, name } = awsIdentities["cluster-autoscaler"];
    // Before it has the lease it is well, and while it has it, as long as its rounds succeed.
    const healthy = httpProbe("/health-check", "http");
    const autoscaler = new Workload(this, "workload", {
      config,
      namespace,
      name,
      kind: { type: "Deployment", replicas: 2 },
      priority: "platform-critical",
      containers: [
        {
          name: "cluster-autoscaler",
          image: minorImageOf("cluster-autoscaler", config),
          command: ["/cluster-autoscaler"],
          args: [
            "--cloud-provider=aws",
            // Of its lease and of the state that it tells.
            `--namespace=${namespace}`,
            `--node-group-auto-discovery=asg:tag=${groupTags(config.name).join(",")}`,
            "--expander=least-waste",
            // Groups of one kind in several zones grow alike.
            "--balance-similar-node-groups=true",
            // Nearly every pod has an empty folder of its own: no node would ever go.
            "--skip-nodes-with-local-storage=false",
            // kube-system's have disruption budgets, or wait for the hour that upstream gives them.
            "--skip-nodes-with-system-pods=true",
          ],
          // The metadata of its node, which would tell, are out of a pod's reach.
          environment: { AWS_REGION: config.provider.region },
          ports: { http: PORT },
          resources: { cpu: { request: "50m", limit: "500m" }, memory: { request: "128Mi", limit: "600Mi" } },
          probes: { readiness: healthy, liveness: healthy },
        },
      ],
      rights: {
        cluster: autoscalerRights,
        namespaces: {
          [namespace]: [
            ...leaderElectionRights(name),
            { apiGroups: [""], resources: ["configmaps"], resourceNames: [STATUS], verbs: ["get", "update", "delete"] },
            // What is not there yet has no name to grant.
            { apiGroups: [""], resources: ["configmaps"], verbs: ["create"] },
          ],
        },
      },
      metrics: [{ port: "http" }],
    });
    autoscaler.connections.allowToApiServer();
    autoscaler.connections.allowToAws();
  }
}
