import type { Statement } from "./policy-document.js";

/**
 * What the control plane's role may do beside AmazonEKSClusterPolicy: encrypt Secrets with the cluster's key. Whoever
 * makes the cluster needs kms:DescribeKey and kms:CreateGrant on that key, too.
 * Source: docs.aws.amazon.com/eks/latest/userguide/enable-kms
 */
export function controlPlanePolicy(keyArn: string): readonly Statement[] {
  return [
    {
      sid: "EncryptSecrets",
      actions: ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:ListGrants"],
      resources: [keyArn],
    },
  ];
}
