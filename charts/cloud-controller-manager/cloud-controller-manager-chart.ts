import { Chart } from "cdk8s";
import type { k8s } from "cdk8s-plus-27";
import type { Construct } from "constructs";
import type { OpenStackCluster } from "../../src/config/cluster-outputs.js";
import { minorImageOf } from "../../src/config/container-images.js";
import { KUBE_SYSTEM_NAMESPACE } from "../../src/config/managed-namespaces.js";
import { CloudAccess } from "../shared/cloud-access.js";
import { leaderElectionRights } from "../shared/leader-election.js";
import { httpProbe } from "../shared/probes.js";
import { onControllers } from "../shared/workload-kind.js";
import { Workload } from "../shared/workload.js";
import { balancerSettings } from "./balancers.js";
import { cloudControllerManager } from "./cloud-controller-manager-secrets.js";

/** The security groups let Prometheus through to it on controllers. */
const PORT = 10258;
const LEASE = "cloud-controller-manager";

/**
 * Tells Kubernetes which server a node is, and OpenStack which balancers Services need.
 * Source: github.com/kubernetes/cloud-provider-openstack, manifests/controller-manager
 */
export class CloudControllerManagerChart extends Chart {
  constructor(scope: Construct, id: string, cluster: OpenStackCluster) {
    super(scope, id);
    const { config } = cluster;
    const access = new CloudAccess(this, "cloud", {
      cluster,
      program: cloudControllerManager,
      sections: { LoadBalancer: balancerSettings(cluster), Networking: { "ipv6-support-disabled": true } },
    });
    new Workload(this, "cloud-controller-manager", {
      ...cloudControllerManager,
      config,
      kind: { type: "DaemonSet" },
      placement: onControllers,
      priority: "platform-critical",
      // The cluster's own runs on nodes that are ready, and it is this that makes them so.
      nameServers: "node",
      containers: [
        {
          name: "cloud-controller-manager",
          image: minorImageOf("openstack-cloud-controller-manager", config),
          command: ["/bin/openstack-cloud-controller-manager"],
          args: [
            "--cloud-provider=openstack",
            `--cloud-config=${access.file}`,
            // Part of the balancers' names.
            `--cluster-name=${config.name}`,
            // Pods have a network of their own: no routes of Neutron.
            "--controllers=cloud-node-controller,cloud-node-lifecycle-controller,service-lb-controller",
            `--leader-elect-resource-name=${LEASE}`,
            "--bind-address=0.0.0.0",
            `--secure-port=${PORT}`,
            "--profiling=false",
          ],
          ports: { https: PORT },
          resources: { cpu: { request: "50m", limit: "500m" }, memory: { request: "64Mi", limit: "256Mi" } },
          probes: {
            readiness: httpProbe("/healthz", "https", { scheme: "HTTPS" }),
            liveness: httpProbe("/healthz", "https", { scheme: "HTTPS" }),
          },
          mounts: access.mounts,
        },
      ],
      rights: {
        cluster: rules,
        namespaces: { [KUBE_SYSTEM_NAMESPACE]: leaderElectionRights(LEASE) },
        // Who asks for its metrics, and whether they may.
        clusterRoles: ["system:auth-delegator"],
        roles: { [KUBE_SYSTEM_NAMESPACE]: "extension-apiserver-authentication-reader" },
      },
      metrics: [{ port: "https", scheme: "https", signIn: true }],
      deviations: {
        "no-host-network":
          "A pod network needs nodes with addresses, which they have from this program: it has to run without one.",
      },
    });
  }
}

/**
 * What its three controllers ask. Upstream's role also has Secrets, volumes and tokens of accounts, which these do not use.
 * Source: k8s.io/cloud-provider, controllers/node, controllers/nodelifecycle, controllers/service
 */
const rules: readonly k8s.PolicyRule[] = [
  { apiGroups: [""], resources: ["nodes"], verbs: ["get", "list", "watch", "update", "patch", "delete"] },
  { apiGroups: [""], resources: ["nodes/status"], verbs: ["patch"] },
  { apiGroups: [""], resources: ["services"], verbs: ["list", "watch", "patch", "update"] },
  { apiGroups: [""], resources: ["services/status"], verbs: ["patch"] },
  { apiGroups: [""], resources: ["events"], verbs: ["create", "patch", "update"] },
];
