import type { ClusterConfig, Services } from "../../src/config/cluster-config.js";
import { formatPath } from "../../src/config/diagnostics.js";
import { SYSTEM_NAMESPACE } from "../../src/config/managed-namespaces.js";
import type { RequiredSecret } from "../shared/required-secret.js";

/** Name of the Secret; its keys are those of the receivers that have one. */
export const receiversSecret = "alertmanager-receivers";
export const HEARTBEAT_KEY = "heartbeat.url";

type Notification = Services["monitoring"]["notifications"][number];

/** `<receiver>.<field>`, with the field that refers to its secret. */
export function receiverKey({ name, type }: Pick<Notification, "name" | "type">): string {
  return `${name}.${secretFields[type].at(-1) ?? ""}`;
}

const secretFields: Readonly<Record<Notification["type"], readonly string[]>> = {
  webhook: ["url"],
  slack: ["url"],
  pagerDuty: ["routingKey"],
  email: ["auth", "password"],
};

/** What Alertmanager needs to tell somebody of alerts: nothing while it tells nobody. */
export function monitoringSecrets({ services }: Pick<ClusterConfig, "services">): readonly RequiredSecret[] {
  const { enabled, notifications, heartbeat } = services.monitoring;
  const section = ["services", "monitoring"];
  const receivers = notifications.flatMap((notification, index) => {
    if (notification.type === "email" && notification.auth === undefined) return [];
    const path = [...section, "notifications", index, ...secretFields[notification.type]];
    return [[receiverKey(notification), path] as const];
  });
  const switches = heartbeat === undefined ? [] : [[HEARTBEAT_KEY, [...section, "heartbeat", "url"]] as const];
  const keys = [...receivers, ...switches];
  if (!enabled || keys.length === 0) return [];
  return [
    {
      namespace: SYSTEM_NAMESPACE,
      name: receiversSecret,
      purpose: "Addresses and keys of those whom Alertmanager tells of alerts.",
      keys: Object.fromEntries(keys.map(([key, path]) => [key, { from: "configuration", path: formatPath(path) }])),
    },
  ];
}
