import type { OpenStackClusterConfig } from "../../config/cluster-config.js";
import { paths } from "../paths.js";
import { auditLogFlags } from "./audit-policy.js";

/** Files of the API server below {@link paths.apiServer}. */
export const apiServerFiles = {
  admission: `${paths.apiServer}/admission.yaml`,
  auditPolicy: `${paths.apiServer}/audit-policy.yaml`,
  authentication: `${paths.apiServer}/authentication.yaml`,
  authenticationWebhook: `${paths.apiServer}/authentication-webhook.yaml`,
  authorization: `${paths.apiServer}/authorization.yaml`,
  authorizationWebhook: `${paths.apiServer}/authorization-webhook.yaml`,
  encryption: `${paths.apiServer}/encryption.yaml`,
} as const;

/** Flags of kube-apiserver beside those that kubeadm sets. */
export function apiServerFlags({ auth }: Pick<OpenStackClusterConfig, "auth">): Readonly<Record<string, string>> {
  return {
    "admission-control-config-file": apiServerFiles.admission,
    "audit-log-path": `${paths.auditLog}/audit.log`,
    "audit-policy-file": apiServerFiles.auditPolicy,
    ...auditLogFlags,
    "authentication-config": apiServerFiles.authentication,
    // A token that is revoked works for 40 seconds at most: this, and 10 of a cache that cannot be set.
    "authentication-token-webhook-cache-ttl": "30s",
    "authentication-token-webhook-config-file": apiServerFiles.authenticationWebhook,
    "authentication-token-webhook-version": "v1",
    ...(auth.authorization
      ? { "authorization-config": apiServerFiles.authorization }
      : { "authorization-mode": "Node,RBAC" }),
    "encryption-provider-config": apiServerFiles.encryption,
    profiling: "false",
    "tls-min-version": "VersionTLS12",
  };
}
