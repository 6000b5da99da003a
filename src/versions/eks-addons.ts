/** Add-ons that Amazon EKS installs and updates in a cluster. */
export const EKS_ADDONS = [
  "vpc-cni",
  "eks-pod-identity-agent",
  "kube-proxy",
  "coredns",
  "aws-ebs-csi-driver",
  "snapshot-controller",
] as const;

export type EksAddon = (typeof EKS_ADDONS)[number];
