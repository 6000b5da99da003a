import type { Directive } from "./corefile.js";

export const DNS_PORT = 53;
export const METRICS_PORT = 9153;
/** CoreDNS' own choice, as that of the next. */
export const HEALTH_PORT = 8080;
export const READY_PORT = 8181;

/** As kubeadm tells kubelets. */
const CLUSTER_DOMAIN = "cluster.local";
const REVERSE_ZONES = ["in-addr.arpa", "ip6.arpa"];
/** The balancer of the Service has let go of a pod that ends after so long. */
const LAME_DUCK = "5s";

/**
 * How CoreDNS answers: kubeadm's settings.
 * Source: coredns.io/plugins, k8s.io/kubernetes, cmd/kubeadm/app/phases/addons/dns/manifests.go
 */
export const servers: readonly Directive[] = [
  {
    name: `.:${DNS_PORT}`,
    block: [
      { name: "errors" },
      { name: "health", args: [`:${HEALTH_PORT}`], block: [{ name: "lameduck", args: [LAME_DUCK] }] },
      { name: "ready", args: [`:${READY_PORT}`] },
      {
        name: "kubernetes",
        args: [CLUSTER_DOMAIN, ...REVERSE_ZONES],
        block: [
          { name: "pods", args: ["insecure"] },
          { name: "fallthrough", args: REVERSE_ZONES },
          { name: "ttl", args: ["30"] },
        ],
      },
      { name: "prometheus", args: [`:${METRICS_PORT}`] },
      { name: "forward", args: [".", "/etc/resolv.conf"], block: [{ name: "max_concurrent", args: ["1000"] }] },
      {
        name: "cache",
        args: ["30"],
        // It knows these itself, and a copy of them would be late.
        block: ["success", "denial"].map((kind) => ({ name: "disable", args: [kind, CLUSTER_DOMAIN] })),
      },
      { name: "loop" },
      { name: "reload" },
      { name: "loadbalance" },
    ],
  },
];
