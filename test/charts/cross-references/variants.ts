import type { ClusterConfig } from "../../../src/config/cluster-config.js";
import { listEnvironments, loadEnvironment } from "../../../src/config/environments.js";
import { eksCluster, openStackCluster, type BootstrapChanges } from "../../support/clusters.js";
import { projectRoot } from "../../support/project.js";

const MIRROR = "registry.example.com/mirror";

const off = (service: string): BootstrapChanges => ({ services: { [service]: { enabled: false } } });
const services = ["logging", "monitoring", "registry", "backup", "ingress", "dashboard", "nodeUpdates"];

/** What both providers have. */
const common: Readonly<Record<string, BootstrapChanges>> = {
  ...Object.fromEntries(services.map((service) => [`without ${service}`, off(service)])),
  "with a mirror": { containerImages: { mirror: MIRROR } },
  "with an image of its own": {
    containerImages: {
      overrides: { "metrics-server": { name: "registry.example.com/metrics-server", tag: "v1.2.3" } },
    },
  },
  "with receivers of alerts": {
    services: {
      monitoring: {
        notifications: [
          { type: "webhook", name: "hook", url: { env: "HOOK_URL" } },
          { type: "slack", name: "chat", channel: "#alerts", url: { env: "CHAT_URL" } },
          { type: "pagerDuty", name: "pager", routingKey: { env: "PAGER_KEY" } },
          {
            ...{ type: "email", name: "mail", to: "a@example.com", from: "b@example.com" },
            ...{ smarthost: "mail.example.com:587", auth: { username: "kaas", password: { env: "MAIL_PASSWORD" } } },
          },
        ],
        heartbeat: { url: { env: "HEARTBEAT_URL" } },
      },
    },
  },
  "with kubernetes-auth elsewhere": { auth: { mode: "external", url: "https://auth.example.org" } },
};

const onOpenStack: Readonly<Record<string, BootstrapChanges>> = {
  ...common,
  "with Canal": { network: { cni: "canal" } },
  "with Flannel": { network: { cni: "flannel" } },
  "with stacked etcd": { etcd: { stacked: true }, controlPlane: { count: 3 } },
  "behind Octavia": { provider: { api: { topology: "octavia" } } },
  "with virtual IPs": { provider: { api: { topology: "virtual-ip" } } },
};

/** Configurations by name: the environments of the checkout, and what one may choose else. */
export function variants(): Readonly<Record<string, ClusterConfig>> {
  return Object.fromEntries([
    ...listEnvironments(projectRoot).map((reference) => {
      const result = loadEnvironment(reference);
      if (!result.ok) throw new Error(`${reference.name} has mistakes`);
      return [reference.name, result.config] as const;
    }),
    ...Object.entries(onOpenStack).map(([name, changes]) => [`OpenStack ${name}`, openStackCluster(changes)] as const),
    ...Object.entries(common).map(([name, changes]) => [`EKS ${name}`, eksCluster(changes)] as const),
  ]);
}
