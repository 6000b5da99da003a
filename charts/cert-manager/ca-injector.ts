import { Construct } from "constructs";
import type { ClusterConfig } from "../../src/config/cluster-config.js";
import { imageOf } from "../../src/config/container-images.js";
import { SYSTEM_NAMESPACE } from "../../src/config/managed-namespaces.js";
import { leaderElectionRights } from "../shared/leader-election.js";
import { tcpProbe } from "../shared/probes.js";
import { Workload } from "../shared/workload.js";
import { leaderElectionFlag, METRICS_PORT } from "./settings.js";

const READ = ["get", "list", "watch"];
const READ_AND_CHANGE = [...READ, "update", "patch"];

/**
 * Tells the API server whom to trust as a webhook: it copies certificates of authorities to where the API server looks for them,
 * as annotations there say. Source: github.com/cert-manager/cert-manager, deploy/charts/cert-manager/templates
 */
export class CaInjector extends Construct {
  constructor(scope: Construct, id: string, { config }: { readonly config: ClusterConfig }) {
    super(scope, id);
    // It has no path that tells how it is, and tells metrics whether it has the lease or not.
    const listens = tcpProbe("metrics");
    const injector = new Workload(this, "workload", {
      config,
      namespace: SYSTEM_NAMESPACE,
      name: "cert-manager-cainjector",
      kind: { type: "Deployment", replicas: 2 },
      priority: "platform",
      containers: [
        {
          name: "cainjector",
          image: imageOf("cert-manager-cainjector", config),
          args: [leaderElectionFlag],
          ports: { metrics: METRICS_PORT },
          resources: { cpu: { request: "10m", limit: "500m" }, memory: { request: "64Mi", limit: "512Mi" } },
          probes: { readiness: listens, liveness: listens },
        },
      ],
      rights: {
        cluster: [
          { apiGroups: ["cert-manager.io"], resources: ["certificates"], verbs: READ },
          { apiGroups: [""], resources: ["secrets"], verbs: READ },
          { apiGroups: [""], resources: ["events"], verbs: ["get", "create", "update", "patch"] },
          {
            apiGroups: ["admissionregistration.k8s.io"],
            resources: ["validatingwebhookconfigurations", "mutatingwebhookconfigurations"],
            verbs: READ_AND_CHANGE,
          },
          { apiGroups: ["apiregistration.k8s.io"], resources: ["apiservices"], verbs: READ_AND_CHANGE },
          { apiGroups: ["apiextensions.k8s.io"], resources: ["customresourcedefinitions"], verbs: READ_AND_CHANGE },
        ],
        namespaces: { [SYSTEM_NAMESPACE]: leaderElectionRights("cert-manager-cainjector-leader-election") },
      },
      metrics: [{ port: "metrics" }],
    });
    injector.connections.allowToApiServer();
  }
}
