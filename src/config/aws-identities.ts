/** A service account of the cluster, as Kubernetes names it. */
export interface ServiceAccount {
  readonly namespace: string;
  readonly name: string;
}

/** The services of a cluster that call AWS, each with the service account that its pods run as. */
export const awsIdentities = {
  "vpc-cni": { namespace: "kube-system", name: "aws-node" },
  "ebs-csi": { namespace: "kube-system", name: "ebs-csi-controller-sa" },
  "load-balancer-controller": { namespace: "rackspace-system", name: "aws-load-balancer-controller" },
  "cluster-autoscaler": { namespace: "rackspace-system", name: "cluster-autoscaler" },
  velero: { namespace: "rackspace-system", name: "velero" },
  registry: { namespace: "rackspace-system", name: "harbor-registry" },
} as const satisfies Readonly<Record<string, ServiceAccount>>;

export type AwsIdentity = keyof typeof awsIdentities;
