import type { OpenStackClusterConfig } from "../../config/cluster-config.js";

/** What may be asked without signing in: whether the server is well. */
export const ANONYMOUS_PATHS = ["/healthz", "/livez", "/readyz"] as const;

/** Names that Kubernetes, kubeadm and the platform give rights to by themselves. No issuer may hand them out. */
const RESERVED_PREFIXES = ["system:", "kubeadm:", "rackspace:"] as const;

const startsReserved = (variable: string): string =>
  RESERVED_PREFIXES.map((prefix) => `${variable}.startsWith("${prefix}")`).join(" || ");

/** Structured authentication. Source: kubernetes.io/docs/reference/config-api/apiserver-config.v1 */
export function authenticationConfiguration({ access: { oidc } }: Pick<OpenStackClusterConfig, "access">) {
  return {
    apiVersion: "apiserver.config.k8s.io/v1",
    kind: "AuthenticationConfiguration",
    anonymous: { enabled: true, conditions: ANONYMOUS_PATHS.map((path) => ({ path })) },
    ...(oidc !== undefined && {
      jwt: [
        {
          issuer: { url: oidc.issuer, audiences: [oidc.clientId] },
          claimMappings: {
            username: { claim: oidc.usernameClaim, prefix: "" },
            groups: { claim: oidc.groupsClaim, prefix: "" },
          },
          userValidationRules: [
            { expression: `!(${startsReserved("user.username")})`, message: "reserved user name" },
            { expression: `!user.groups.exists(group, ${startsReserved("group")})`, message: "reserved group" },
          ],
        },
      ],
    }),
  };
}
