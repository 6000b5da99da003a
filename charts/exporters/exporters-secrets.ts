import type { ClusterConfig } from "../../src/config/cluster-config.js";
import { SYSTEM_NAMESPACE } from "../../src/config/managed-namespaces.js";
import type { RequiredSecret } from "../shared/required-secret.js";

const PASSWORD_LENGTH = 32;

/** Passwords of the users that exporters sign in as; the services make these users with the same Secrets. */
export const exporterSecrets = {
  elasticsearch: secretOf("elasticsearch", "Elasticsearch"),
  harborDatabase: secretOf("harbor-database", "the registry's PostgreSQL"),
  harborRedis: secretOf("harbor-redis", "the registry's Redis"),
  authDatabase: secretOf("kubernetes-auth-database", "the PostgreSQL of kubernetes-auth"),
} as const;

function secretOf(target: string, service: string): RequiredSecret {
  return {
    namespace: SYSTEM_NAMESPACE,
    name: `${target}-exporter`,
    purpose: `Password of the user that reads the metrics of ${service}`,
    keys: { password: { from: "generated", length: PASSWORD_LENGTH } },
  };
}

export function exportersSecrets({ services, auth }: ClusterConfig): readonly RequiredSecret[] {
  const { elasticsearch, harborDatabase, harborRedis, authDatabase } = exporterSecrets;
  if (!services.monitoring.enabled) return [];
  return [
    ...(services.logging.enabled ? [elasticsearch] : []),
    ...(services.registry.enabled ? [harborDatabase, harborRedis] : []),
    ...(auth.mode === "hosted" ? [authDatabase] : []),
  ];
}
