import { awsIdentities, type AwsIdentity } from "../../../../src/config/aws-identities.js";
import { bucketPolicy } from "../../../../src/eks/policies/bucket.js";
import { clusterAutoscalerPolicy } from "../../../../src/eks/policies/cluster-autoscaler.js";
import { controlPlanePolicy } from "../../../../src/eks/policies/control-plane.js";
import { ebsCsiPolicy } from "../../../../src/eks/policies/ebs-csi.js";
import type { AccountFacts } from "../../../../src/eks/policies/facts.js";
import { controlPlaneKeyPolicy, dataKeyPolicy } from "../../../../src/eks/policies/keys.js";
import { loadBalancerControllerPolicy } from "../../../../src/eks/policies/load-balancer-controller.js";
import type { Statement } from "../../../../src/eks/policies/policy-document.js";
import { registryPolicy } from "../../../../src/eks/policies/registry.js";
import { podIdentityTrust, serviceTrust } from "../../../../src/eks/policies/trust.js";
import { veleroPolicy } from "../../../../src/eks/policies/velero.js";
import { vpcFlowLogsPolicy } from "../../../../src/eks/policies/vpc-flow-logs.js";

/** What a cluster's policies are made of. */
export interface ClusterParts {
  readonly facts: AccountFacts;
  readonly vpcArn: string;
  readonly controlPlaneKeyArn: string;
  readonly dataKeyArn: string;
  readonly veleroBucketArn: string;
  readonly registryBucketArn: string;
  readonly logGroupArn: string;
}

export const ACCOUNT = "111122223333";
export const REGION = "eu-central-1";

/** @param number makes the ids of what AWS names */
function cluster(clusterName: string, number: number): ClusterParts {
  const arn = (service: string, resource: string) => `arn:aws:${service}:${REGION}:${ACCOUNT}:${resource}`;
  return {
    facts: { partition: "aws", region: REGION, accountId: ACCOUNT, clusterName },
    vpcArn: arn("ec2", `vpc/vpc-0000000000000000${number}`),
    controlPlaneKeyArn: arn("kms", `key/00000000-0000-0000-0000-00000000000${number}`),
    dataKeyArn: arn("kms", `key/00000000-0000-0000-0000-00000000001${number}`),
    veleroBucketArn: `arn:aws:s3:::${clusterName}-velero-${ACCOUNT}-${REGION}`,
    registryBucketArn: `arn:aws:s3:::${clusterName}-registry-${ACCOUNT}-${REGION}`,
    logGroupArn: arn("logs", `log-group:/aws/vpc/${clusterName}/flows`),
  };
}

export const demo = cluster("demo", 1);
/** Another cluster of the same account and region. */
export const other = cluster("other", 2);

/** What the cluster's services and AWS' own may do for it. */
export function rolePolicies(parts: ClusterParts): Readonly<Record<string, readonly Statement[]>> {
  const { facts, dataKeyArn: keyArn } = parts;
  const services: Readonly<Record<Exclude<AwsIdentity, "vpc-cni">, readonly Statement[]>> = {
    "ebs-csi": ebsCsiPolicy(facts, keyArn),
    "load-balancer-controller": loadBalancerControllerPolicy(facts, parts.vpcArn),
    "cluster-autoscaler": clusterAutoscalerPolicy(facts),
    velero: veleroPolicy(facts, { bucketArn: parts.veleroBucketArn, keyArn }),
    registry: registryPolicy(facts, { bucketArn: parts.registryBucketArn, keyArn }),
  };
  return {
    ...services,
    "control-plane": controlPlanePolicy(parts.controlPlaneKeyArn),
    "flow-logs": vpcFlowLogsPolicy(parts.logGroupArn),
  };
}

/** Who may take the roles. */
export function trustPolicies({ facts }: ClusterParts): Readonly<Record<string, readonly Statement[]>> {
  return {
    ...Object.fromEntries(
      Object.entries(awsIdentities).map(([service, account]) => [service, podIdentityTrust(facts, account)]),
    ),
    "control-plane": serviceTrust("eks.amazonaws.com", facts),
    nodes: serviceTrust("ec2.amazonaws.com"),
  };
}

/** What keys and buckets say themselves of who may use them. */
export function resourcePolicies(parts: ClusterParts): Readonly<Record<string, readonly Statement[]>> {
  return {
    "control-plane-key": controlPlaneKeyPolicy(parts.facts),
    "data-key": dataKeyPolicy(parts.facts),
    bucket: bucketPolicy(parts.veleroBucketArn),
  };
}
