import { apiServerFiles } from "./flags.js";

/** Those whom kubernetes-auth does not know: Kubernetes' own, nodes that join, and the administrators by certificate. */
const KNOWN_HERE = ["request.user.startsWith('system:')", "request.groups.exists(g, g.startsWith('kubeadm:'))"];

/**
 * Who is asked what a user may do, in this order: what kubernetes-auth refuses no role allows. When it does not answer, a "no" of
 * RBAC becomes an error of the server, with which kubeadm ends neither an initialisation nor a join: of those who bring the
 * cluster up it is never asked.
 * Source: kubernetes.io/docs/reference/config-api/apiserver-config.v1
 */
export const authorizationConfiguration = {
  apiVersion: "apiserver.config.k8s.io/v1",
  kind: "AuthorizationConfiguration",
  authorizers: [
    { type: "Node", name: "node" },
    {
      type: "Webhook",
      name: "kubernetes-auth",
      webhook: {
        authorizedTTL: "30s",
        unauthorizedTTL: "30s",
        timeout: "3s",
        subjectAccessReviewVersion: "v1",
        matchConditionSubjectAccessReviewVersion: "v1",
        failurePolicy: "NoOpinion",
        connectionInfo: { type: "KubeConfigFile", kubeConfigFile: apiServerFiles.authorizationWebhook },
        matchConditions: KNOWN_HERE.map((expression) => ({ expression: `!(${expression})` })),
      },
    },
    { type: "RBAC", name: "rbac" },
  ],
} as const;
