import type { ServiceAccount } from "../../config/aws-identities.js";
import { arnOf, type AccountFacts } from "./facts.js";
import type { Statement } from "./policy-document.js";

/**
 * Lets pods of one service account of this cluster take the role. What tells them apart are the tags that EKS sets on
 * the session: an association must not disable them. The cluster's ARN beside its name, because roles know no regions.
 * Source: docs.aws.amazon.com/eks/latest/userguide/pod-id-role, pod-id-abac
 */
export function podIdentityTrust(facts: AccountFacts, serviceAccount: ServiceAccount): readonly Statement[] {
  const { accountId, clusterName } = facts;
  return [
    {
      sid: "PodsOfTheServiceAccount",
      principals: { Service: ["pods.eks.amazonaws.com"] },
      actions: ["sts:AssumeRole", "sts:TagSession"],
      conditions: {
        StringEquals: {
          "aws:SourceAccount": [accountId],
          "aws:RequestTag/eks-cluster-arn": [arnOf(facts, "eks", `cluster/${clusterName}`)],
          "aws:RequestTag/eks-cluster-name": [clusterName],
          "aws:RequestTag/kubernetes-namespace": [serviceAccount.namespace],
          "aws:RequestTag/kubernetes-service-account": [serviceAccount.name],
        },
      },
    },
  ];
}

/**
 * Lets a service of AWS take the role.
 *
 * @param service its principal, like `eks.amazonaws.com`
 * @param facts given where the service says for whom it asks: it may do so for this account alone. EC2 does not say.
 *   Source: docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy
 */
export function serviceTrust(service: string, facts?: AccountFacts): readonly Statement[] {
  return [
    {
      sid: "Service",
      principals: { Service: [service] },
      actions: ["sts:AssumeRole"],
      ...(facts !== undefined && { conditions: { StringEquals: { "aws:SourceAccount": [facts.accountId] } } }),
    },
  ];
}
