/** Namespaces whose pods are the platform's own: they set their level by label, or are Kubernetes itself. */
const EXEMPT_NAMESPACES = ["kube-system"];

/**
 * Pod Security for namespaces that name no level of their own: nothing that takes over the node, and a warning for what
 * does not meet the strictest level. Source: kubernetes.io/docs/concepts/security/pod-security-admission
 */
export const admissionConfiguration = {
  apiVersion: "apiserver.config.k8s.io/v1",
  kind: "AdmissionConfiguration",
  plugins: [
    {
      name: "PodSecurity",
      configuration: {
        apiVersion: "pod-security.admission.config.k8s.io/v1",
        kind: "PodSecurityConfiguration",
        defaults: {
          enforce: "baseline",
          "enforce-version": "latest",
          audit: "restricted",
          "audit-version": "latest",
          warn: "restricted",
          "warn-version": "latest",
        },
        exemptions: { usernames: [], runtimeClasses: [], namespaces: EXEMPT_NAMESPACES },
      },
    },
  ],
} as const;
