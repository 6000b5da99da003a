import type { ClusterConfig } from "../../src/config/cluster-config.js";
import { SYSTEM_NAMESPACE } from "../../src/config/managed-namespaces.js";
import type { RequiredSecret } from "../shared/required-secret.js";

export const grafanaSecret: RequiredSecret = {
  namespace: SYSTEM_NAMESPACE,
  name: "grafana",
  purpose: "Name and password of Grafana's own administrator, and the key that it encrypts its settings with",
  keys: {
    // Whoever signs in by a name that Grafana knows is that user: nobody may be called as the administrator is.
    "admin-user": { from: "generated", length: 24 },
    "admin-password": { from: "generated", length: 32 },
    "secret-key": { from: "generated", length: 32 },
  },
};

export function grafanaSecrets({ services }: Pick<ClusterConfig, "services">): readonly RequiredSecret[] {
  return services.monitoring.enabled ? [grafanaSecret] : [];
}
