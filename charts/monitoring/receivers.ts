import type { ClusterConfig, Services } from "../../src/config/cluster-config.js";
import type { Receiver } from "../crds/generated/monitoring.coreos.com.js";
import { HEARTBEAT_KEY, receiverKey, receiversSecret } from "./monitoring-secrets.js";

type Notification = Services["monitoring"]["notifications"][number];

/** No name of bootstrap.yaml has capital letters. */
export const NOBODY = "Nobody";
export const HEARTBEAT = "Heartbeat";

/** In the language of Alertmanager's templates. Alerts of one message have their name and severity in common. */
const titleOf = (cluster: string) => `[${cluster}] {{ .Status | toUpper }}: {{ .CommonLabels.alertname }}`;
const TEXT =
  "{{ range .Alerts }}{{ .Annotations.summary }}\n{{ .Annotations.description }}\n{{ .Annotations.runbook_url }}\n\n{{ end }}";

const HTTPS = 443;

/** Who is told of alerts, as Alertmanager is configured with them. */
export function receiversOf({ name, services }: Pick<ClusterConfig, "name" | "services">): readonly Receiver[] {
  const { notifications, heartbeat } = services.monitoring;
  const title = titleOf(name);
  const switches: readonly Receiver[] =
    heartbeat === undefined
      ? []
      : [{ name: HEARTBEAT, webhookConfigs: [{ urlSecret: secretKey(HEARTBEAT_KEY), sendResolved: false }] }];
  return [{ name: NOBODY }, ...switches, ...notifications.map((each) => receiverOf(each, title))];
}

function receiverOf(notification: Notification, title: string): Receiver {
  const { name } = notification;
  const secret = secretKey(receiverKey(notification));
  switch (notification.type) {
    case "webhook":
      return { name, webhookConfigs: [{ urlSecret: secret, sendResolved: true }] };
    case "slack": {
      const { channel } = notification;
      return { name, slackConfigs: [{ apiURL: secret, channel, sendResolved: true, title, text: TEXT }] };
    }
    case "pagerDuty": {
      // PagerDuty knows the same names.
      const severity = "{{ .CommonLabels.severity }}";
      return { name, pagerdutyConfigs: [{ routingKey: secret, sendResolved: true, description: title, severity }] };
    }
    case "email": {
      const { to, from, smarthost, auth } = notification;
      const signIn = auth === undefined ? {} : { authUsername: auth.username, authPassword: secret };
      const headers = [{ key: "Subject", value: title }];
      return { name, emailConfigs: [{ to, from, smarthost, ...signIn, headers, sendResolved: true }] };
    }
  }
}

/** Ports of those who are told: nothing else is known of where they are. */
export function receiverPorts({ notifications, heartbeat }: Services["monitoring"]): readonly number[] {
  const ports = notifications.map(portOf);
  return [...new Set([...ports, ...(heartbeat === undefined ? [] : [HTTPS])])].sort((a, b) => a - b);
}

function portOf(notification: Notification): number {
  switch (notification.type) {
    case "webhook":
      return notification.port;
    case "slack":
    case "pagerDuty":
      return HTTPS;
    case "email":
      return Number(notification.smarthost.split(":")[1]);
  }
}

function secretKey(key: string) {
  return { name: receiversSecret, key };
}
