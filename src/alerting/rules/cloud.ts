import { isOpenStack, type ClusterConfig } from "../../config/cluster-config.js";
import { KUBE_SYSTEM_NAMESPACE } from "../../config/managed-namespaces.js";
import type { Rule, RuleGroup } from "../alert-rule.js";
import { jobDown } from "../job-down.js";
import { jobs } from "../jobs.js";

/** What asks the cloud for balancers, volumes and nodes. */
export function cloudRules(config: ClusterConfig): readonly RuleGroup[] {
  return [{ name: "cloud", rules: [waiting, ...(isOpenStack(config) ? openStack : eks)] }];
}

const state = `job="${jobs.kubeStateMetrics}"`;

const waiting: Rule = {
  alert: "LoadBalancerPending",
  expr: `
    kube_service_spec_type{${state},type="LoadBalancer"}
    unless on (namespace, service) kube_service_status_load_balancer_ingress{${state}}`,
  for: "15m",
  severity: "warning",
  summary: "A Service has been waiting for its load balancer.",
  description: "The Service {{ $labels.namespace }}/{{ $labels.service }} has no address outside the cluster.",
};

const controller = `job="${jobs.openStackCloudController}"`;

const openStack: readonly Rule[] = [
  jobDown({
    alert: "CloudControllerDown",
    job: jobs.openStackCloudController,
    service: "the OpenStack cloud controller manager",
    severity: "critical",
    consequence: "New nodes do not become ready, and load balancers do not change.",
    for: "15m",
  }),
  {
    alert: "CloudRequestsFailing",
    expr: `
      sum by (request) (rate(openstack_api_request_errors_total{${controller}}[10m]))
      / sum by (request) (rate(openstack_api_requests_total{${controller}}[10m])) > 0.2`,
    for: "15m",
    severity: "warning",
    summary: "OpenStack refuses many of the cluster's requests.",
    description: "{{ $value | humanizePercentage }} of the requests {{ $labels.request }} to OpenStack fail.",
  },
  jobDown({
    alert: "StorageDriverDown",
    job: jobs.cinderCsi,
    service: "the Cinder storage driver",
    severity: "critical",
    consequence: "Volumes are neither made nor attached.",
    for: "15m",
  }),
];

const autoscaler = `job="${jobs.clusterAutoscaler}"`;

const eks: readonly Rule[] = [
  {
    alert: "StorageDriverDown",
    // Amazon's add-on: whether its pods are there is what can be seen of it.
    expr: `
      absent(kube_deployment_status_replicas_available{${state},namespace="${KUBE_SYSTEM_NAMESPACE}",deployment="ebs-csi-controller"} > 0)`,
    for: "15m",
    severity: "critical",
    summary: "No instance of the EBS storage driver is available.",
    description: "No pod of the Deployment ebs-csi-controller is available. Volumes are neither made nor attached.",
  },
  jobDown({
    alert: "ClusterAutoscalerDown",
    job: jobs.clusterAutoscaler,
    service: "the cluster autoscaler",
    severity: "warning",
    consequence: "Node groups keep the size that they have.",
    for: "15m",
  }),
  {
    alert: "ClusterAutoscalerFailing",
    expr: `sum by (reason) (increase(cluster_autoscaler_failed_scale_ups_total{${autoscaler}}[30m])) > 0`,
    for: "15m",
    severity: "warning",
    summary: "Amazon does not give the nodes that the cluster asks for.",
    description: "Node groups could not grow: {{ $labels.reason }}.",
  },
];
