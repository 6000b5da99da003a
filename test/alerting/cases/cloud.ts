import { downCase, type AlertCases } from "./alert-case.js";

const service = `job="kube-state-metrics",namespace="rackspace-system",service="ingress"`;

export const cloudCases: AlertCases = {
  LoadBalancerPending: {
    series: {
      [`kube_service_spec_type{${service},type="LoadBalancer"}`]: 1,
      [`kube_service_status_load_balancer_ingress{${service},ip="203.0.113.7"}`]: [null, 1],
    },
  },
  CloudControllerDown: downCase("openstack-cloud-controller-manager"),
  CloudRequestsFailing: {
    series: {
      [`openstack_api_request_errors_total{job="openstack-cloud-controller-manager",request="loadbalancer_get"}`]: [
        "0+6",
        "0+1",
      ],
      [`openstack_api_requests_total{job="openstack-cloud-controller-manager",request="loadbalancer_get"}`]: "0+12",
    },
    labels: { request: "loadbalancer_get" },
    value: "50%",
  },
  ClusterAutoscalerDown: downCase("cluster-autoscaler"),
  ClusterAutoscalerFailing: {
    series: {
      [`cluster_autoscaler_failed_scale_ups_total{job="cluster-autoscaler",reason="cloudProviderError"}`]: [
        "0+1",
        "7+0",
      ],
    },
    labels: { reason: "cloudProviderError" },
  },
};

/** The driver is another one with every provider. */
export const storageDriverCases = {
  openstack: { StorageDriverDown: downCase("cinder-csi") },
  eks: {
    StorageDriverDown: {
      series: {
        [`kube_deployment_status_replicas_available{job="kube-state-metrics",namespace="kube-system",deployment="ebs-csi-controller"}`]:
          [0, 1],
      },
      labels: {},
    },
  },
} as const satisfies Readonly<Record<string, AlertCases>>;
