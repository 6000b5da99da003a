import { KUBE_SYSTEM_NAMESPACE, SYSTEM_NAMESPACE } from "./managed-namespaces.js";

/** A service account of the cluster, as Kubernetes names it. */
export interface ServiceAccount {
  readonly namespace: string;
  readonly name: string;
}

/** The services of a cluster that call AWS, each with the service account that its pods run as. */
export const awsIdentities = {
  "vpc-cni": { namespace: KUBE_SYSTEM_NAMESPACE, name: "aws-node" },
  "ebs-csi": { namespace: KUBE_SYSTEM_NAMESPACE, name: "ebs-csi-controller-sa" },
  "load-balancer-controller": { namespace: SYSTEM_NAMESPACE, name: "aws-load-balancer-controller" },
  "cluster-autoscaler": { namespace: SYSTEM_NAMESPACE, name: "cluster-autoscaler" },
  velero: { namespace: SYSTEM_NAMESPACE, name: "velero" },
  registry: { namespace: SYSTEM_NAMESPACE, name: "harbor-registry" },
} as const satisfies Readonly<Record<string, ServiceAccount>>;

export type AwsIdentity = keyof typeof awsIdentities;
